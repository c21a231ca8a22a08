"""Roles: which phrases, places, times and figures belong to which trigger, and as what.

The reader says of every word around a trigger how likely it plays each role for it; a phrase, place, time or figure
takes the role that its words do. What stands in another sentence counts only where the trigger's own gave none.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dateline.reading.actors import Parties
from dateline.reading.phrases import Phrase
from dateline.reading.reader import Look, View
from dateline.reading.sentences import token_at
from dateline.reading.triggers import THRESHOLD, Trigger
from dateline.reading.words import Sentence, Token
from dateline.record import Figure, Part, Period, Place, Span

Kind = Literal["party", "place", "time", "figure"]
ROLES: dict[Kind, tuple[str, ...]] = {
    "party": ("actor", "target"),
    "place": ("at", "from", "to"),
    "time": ("when",),
    "figure": ("figure",),
}
# Probability, 0-1, above which a pair has a role; chosen on held-out reports (training/reader/heldout.py).
THRESHOLDS: dict[Kind, float] = {"party": 0.4, "place": 0.25, "time": 0.3, "figure": 0.5}
INHERITED: dict[Kind, float] = {"party": 0.5, "place": 0.25, "time": 0.2, "figure": 0.6}  # from another sentence
UNNAMED: dict[Kind, float] = {"party": 0.45, "place": 0.5}  # the same for words that no stage before named
_MOVES = frozenset({"displacement", "deployment", "territory_lost", "offensive"})
_WAYS = {"from": "from", "to": "to", "into": "to", "towards": "to", "toward": "to"}
_PLACE_WORDS = frozenset("in at near from to into around outside inside across towards toward off".split())
RIGHT_AFTER = 0.5  # 0-1: how sure a place is that stands right after the trigger and its preposition
EDGE = 0.3  # 0-1: the words at the ends of such a run are at least this sure
JOINED = 0.4  # 0-1: two parties with words between them that are this sure are one
NEW = -1
MOST = 40  # candidates of a kind in one sentence; no sentence of gold/train has more
REACH = 3  # sentences: how far a part may stand from its trigger


class Candidate(Struct, frozen=True, kw_only=True):
    """Something that may have a role. Token positions count in its own sentence.

    `thing` is its position in the list it came from.
    """

    kind: Kind
    sentence: int
    first: int
    last: int
    head: int
    thing: int


class Link(Struct, frozen=True, kw_only=True):
    """Something in a role of a trigger, at words `first` to `last` of a sentence.

    `trigger` and `thing` are positions in the lists that were paired; `thing` is NEW for words that no stage named.
    """

    trigger: int
    kind: Kind
    thing: int
    role: str
    score: float
    sentence: int = 0
    first: int = 0
    last: int = 0


def candidates(
    sentences: Sequence[Sentence],
    parties: Parties,
    places: Sequence[Place],
    times: Sequence[Period],
    figures: Sequence[Figure],
    dateline: Span | None = None,
) -> list[list[Candidate]]:
    """What each sentence holds that may have a role, sentence by sentence.

    Nothing in the `dateline` has one: it says where the report was written.
    """
    made: list[list[Candidate]] = [[] for _ in sentences]
    for i, phrase in enumerate(parties.phrases):
        made[phrase.sentence].append(_party(phrase, i))
    parts: tuple[tuple[Kind, Sequence[Part]], ...] = (("place", places), ("time", times), ("figure", figures))
    for kind, things in parts:
        for i, part in enumerate(things):
            written_there = dateline is not None and part.where == "text" and dateline.holds(part.span)
            if not written_there and (found := _in_sentence(part, sentences)):
                at, first, last = found
                made[at].append(Candidate(kind=kind, sentence=at, first=first, last=last, head=last, thing=i))
    return [_bounded(row) for row in made]


def _bounded(row: Sequence[Candidate]) -> list[Candidate]:
    """The first MOST of each kind: pairs grow with the square of a sentence, and junk must not hold a batch up."""
    return [c for kind in ROLES for c in [c for c in row if c.kind == kind][:MOST]]


def _party(phrase: Phrase, thing: int) -> Candidate:
    return Candidate(
        kind="party",
        sentence=phrase.sentence,
        first=phrase.first,
        last=phrase.last,
        head=phrase.head,
        thing=thing,
    )


def _in_sentence(part: Part, sentences: Sequence[Sentence]) -> tuple[int, int, int] | None:
    for sentence in sentences:
        if sentence.holds(part):
            first = token_at(sentence, part.span.start)
            last = max(first, token_at(sentence, part.span.end) - 1)
            return (sentence.index, min(first, len(sentence.tokens) - 1), min(last, len(sentence.tokens) - 1))
    return None


def assign(
    triggers: Sequence[Trigger],
    sentences: Sequence[Sentence],
    held: Sequence[Sequence[Candidate]],
    look: Look,
) -> tuple[Link, ...]:
    """Everything that has a role for a trigger, trigger by trigger."""
    made: list[Link] = []
    crowded = Counter(t.sentence for t in triggers if t.score >= THRESHOLD)
    for i, trigger in enumerate(triggers):
        view = look.view(trigger.sentence, trigger.tokens)
        near = within_reach(trigger, sentences, held)
        heard = _heard(trigger, near, sentences, view)
        links = [
            link for c in near if (c.sentence, c.kind) in heard and (link := _link(i, trigger, c, view, sentences))
        ]
        if crowded[trigger.sentence] <= 1:
            links += _only_time(i, trigger, near, links)
        links += _unnamed(i, trigger, near, links, view, sentences)
        made += _settled(_whole(links, view), trigger)
    return tuple(made)


def _only_time(i: int, trigger: Trigger, near: Sequence[Candidate], links: Sequence[Link]) -> list[Link]:
    """The one time of a sentence that tells of one event is that event's (record.md, "Times")."""
    times = [c for c in near if c.kind == "time" and c.sentence == trigger.sentence]
    if len(times) != 1 or any(link.kind == "time" and link.sentence == trigger.sentence for link in links):
        return []
    (c,) = times
    return [
        Link(trigger=i, kind="time", thing=c.thing, role="when", score=THRESHOLDS["time"], sentence=c.sentence,
             first=c.first, last=c.last)
    ]  # fmt: skip


def within_reach(
    trigger: Trigger, sentences: Sequence[Sentence], held: Sequence[Sequence[Candidate]]
) -> list[Candidate]:
    """The candidates of a trigger's sentence and of those around it, in the title or in the text alike."""
    here = trigger.sentence
    return [
        c
        for s in range(max(0, here - REACH), min(len(held), here + REACH + 1))
        if sentences[s].where == sentences[here].where
        for c in held[s]
        if not _is_trigger(c, trigger)
    ]


def _heard(
    trigger: Trigger, near: Sequence[Candidate], sentences: Sequence[Sentence], view: View
) -> set[tuple[int, Kind]]:
    """Sentences and kinds where some word is sure enough: elsewhere no candidate can be, and none need be looked at."""
    made: set[tuple[int, Kind]] = set()
    for s, kind in {(c.sentence, c.kind) for c in near}:
        least = (THRESHOLDS if s == trigger.sentence else INHERITED)[kind]
        last = len(sentences[s].tokens) - 1
        always = s == trigger.sentence and kind == "place"  # a rule may place it where the reader does not
        if always or sum(view.peak(s, 0, last, role) for role in ROLES[kind]) >= least:
            made.add((s, kind))
    return made


def _is_trigger(candidate: Candidate, trigger: Trigger) -> bool:
    """A phrase whose head is the trigger itself ("the attack") takes no part in it; a figure or time in it may."""
    same = candidate.sentence == trigger.sentence
    return same and candidate.kind == "party" and trigger.first <= candidate.head <= trigger.last


def _way(trigger: Trigger, candidate: Candidate, sentences: Sequence[Sentence]) -> str | None:
    """ "withdrew from Homs to Hama": after a movement the preposition right before a place says which way."""
    if trigger.event not in _MOVES or candidate.first <= trigger.last:
        return None
    tokens = sentences[candidate.sentence].tokens
    at = candidate.first - 1
    while at > trigger.last and tokens[at].tag in ("DET", "ADJ", "NOUN"):
        at -= 1
    inside = tokens[candidate.first].lower  # a place's words may open with their preposition
    return _WAYS.get(inside) or _WAYS.get(tokens[at].lower)


def _right_after(trigger: Trigger, candidate: Candidate, sentences: Sequence[Sentence]) -> bool:
    """ "clashes in Aleppo": nothing but a preposition of place between trigger and place."""
    tokens = sentences[candidate.sentence].tokens
    before = candidate.first - 1
    opens = tokens[candidate.first].lower in _PLACE_WORDS and before == trigger.last
    return opens or (before - 1 == trigger.last and tokens[before].lower in _PLACE_WORDS)


def _link(i: int, trigger: Trigger, candidate: Candidate, view: View, sentences: Sequence[Sentence]) -> Link | None:
    scores = {role: role_score(candidate, view, role) for role in ROLES[candidate.kind]}
    role = max(scores, key=scores.__getitem__)
    score = sureness(candidate, scores)
    own = candidate.sentence == trigger.sentence
    if candidate.kind == "place":
        role = (_way(trigger, candidate, sentences) if own else None) or role
        if own and _right_after(trigger, candidate, sentences):
            score = max(score, RIGHT_AFTER)
    if score < (THRESHOLDS if own else INHERITED)[candidate.kind]:
        return None
    return Link(
        trigger=i,
        kind=candidate.kind,
        thing=candidate.thing,
        role=role,
        score=round(score, 4),
        sentence=candidate.sentence,
        first=candidate.first,
        last=candidate.last,
    )


def sureness(candidate: Candidate, scores: Mapping[str, float]) -> float:
    """How likely a candidate has any role, by the scores of its roles.

    A place counts by all of them together: that it belongs to the event is surer than whether it is at, from or to it.
    """
    return min(1.0, sum(scores.values())) if candidate.kind == "place" else max(scores.values())


def role_score(candidate: Candidate, view: View, role: str) -> float:
    """How likely a candidate's words play a role: its head's word counts as much as its surest."""
    words = view.peak(candidate.sentence, candidate.first, candidate.last, role)
    return (words + view.peak(candidate.sentence, candidate.head, candidate.head, role)) / 2


def _unnamed(
    i: int,
    trigger: Trigger,
    near: Sequence[Candidate],
    links: Sequence[Link],
    view: View,
    sentences: Sequence[Sentence],
) -> list[Link]:
    """Runs of words of the trigger's sentence that play a role and that no stage before named: a party that is no
    noun phrase, a place that is in no table ("a bus stop", "our region")."""
    s = trigger.sentence
    tokens = sentences[s].tokens
    made: list[Link] = []
    for kind in ("party", "place"):
        taken = {t for c in near if c.kind == kind and c.sentence == s for t in range(c.first, c.last + 1)}
        taken |= {t for k in links if k.kind == kind and k.sentence == s for t in range(k.first, k.last + 1)}
        for role in ROLES[kind]:
            for first, last in runs(view, s, len(tokens), role, UNNAMED[kind]):
                words = set(range(first, last + 1))
                if words & taken or words & set(trigger.tokens) or not _says_something(tokens[first : last + 1]):
                    continue
                scores = view.of(s, first, last, role)
                made.append(
                    Link(trigger=i, kind=kind, thing=NEW, role=role, score=round(float(scores.max()), 4), sentence=s,
                         first=first, last=last)
                )  # fmt: skip
                taken |= words
    return made


def runs(view: View, sentence: int, size: int, role: str, peak: float) -> list[tuple[int, int]]:
    """Stretches of words that play a role, each with a word that is at least `peak` sure and none below EDGE."""
    made: list[tuple[int, int]] = []
    if view.peak(sentence, 0, size - 1, role) < peak:
        return []
    column = view.of(sentence, 0, size - 1, role).tolist()  # a sentence that was cut off ends early
    first = None
    for t in range(len(column) + 1):
        if t < len(column) and column[t] >= EDGE:
            first = t if first is None else first
        elif first is not None:
            if max(column[first:t]) >= peak:
                made.append((first, t - 1))
            first = None
    return made


def _says_something(tokens: Sequence[Token]) -> bool:
    return any(t.tag in ("NOUN", "PROPN", "NUM", "ADJ", "PRON") and any(c.isalpha() for c in t.text) for t in tokens)


def _whole(links: Sequence[Link], view: View) -> list[Link]:
    """Parties of one role that stand in one run of words are one: "attacks on [Ukraine's] [energy facilities]"."""
    made: list[Link] = []
    for link in sorted(links, key=lambda k: (k.kind, k.role, k.sentence, k.first, -k.last)):
        before = made[-1] if made else None
        if before and _goes_on(before, link, view):
            made[-1] = replace(before, last=link.last, thing=NEW, score=max(before.score, link.score))
        else:
            made.append(link)
    return made


def _goes_on(before: Link, link: Link, view: View) -> bool:
    """Whether two parties are parts of one: the words between, and both, play the role as well."""
    same = (before.kind, before.role, before.sentence) == (link.kind, link.role, link.sentence)
    if not same or link.kind != "party" or link.first <= before.last or link.first - before.last > 3:
        return False
    between = view.of(link.sentence, before.last, link.first, link.role)
    return len(between) > 0 and float(between.min()) >= JOINED


def _settled(links: Sequence[Link], trigger: Trigger) -> list[Link]:
    """What another sentence gives is left out where the trigger's own gave something of the kind and role."""
    own = {_slot(link) for link in links if link.sentence == trigger.sentence}
    return [link for link in links if link.sentence == trigger.sentence or _slot(link) not in own]


def _slot(link: Link) -> tuple[str, str]:
    return link.kind, link.role if link.kind == "party" else ""
