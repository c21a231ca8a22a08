"""Roles: which phrases, places, times and figures belong to which trigger, and as what.

The reader says of every word around a trigger how likely it plays each role for it; a phrase, place, time or figure
takes the role that its words do. What stands in another sentence counts only where the trigger's own gave none.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from dateline.reading.actors import Parties
from dateline.reading.phrases import Phrase
from dateline.reading.reader import Look, View
from dateline.reading.sentences import token_at
from dateline.reading.triggers import Trigger
from dateline.reading.words import Sentence
from dateline.record import Figure, Part, Period, Place, Span

Kind = Literal["party", "place", "time", "figure"]
ROLES: dict[Kind, tuple[str, ...]] = {
    "party": ("actor", "target"),
    "place": ("at", "from", "to"),
    "time": ("when",),
    "figure": ("figure",),
}
# Probability, 0-1, above which a pair has a role; chosen on held-out reports (training/reader/heldout.py).
THRESHOLDS: dict[Kind, float] = {"party": 0.4, "place": 0.4, "time": 0.4, "figure": 0.4}
INHERITED: dict[Kind, float] = {"party": 0.5, "place": 0.4, "time": 0.3, "figure": 0.6}  # from another sentence
MOST = 40  # candidates of a kind in one sentence; no sentence of gold/train has more
REACH = 3  # sentences: how far a part may stand from its trigger


class Candidate(Struct, frozen=True, kw_only=True):
    """Something that may have a role. Token positions count in its own sentence.

    `label` says what it is (the kind of a phrase, the precision of a place, the measure of a figure), `sort` what kind
    of party; `thing` is its position in the list it came from.
    """

    kind: Kind
    sentence: int
    first: int
    last: int
    head: int
    label: str
    thing: int
    sort: str = ""


class Link(Struct, frozen=True, kw_only=True):
    """A candidate in a role of a trigger. `trigger` and `thing` are positions in the lists that were paired."""

    trigger: int
    kind: Kind
    thing: int
    role: str
    score: float


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
        made[phrase.sentence].append(_party(phrase, parties.of(phrase).kind or "", i))
    parts: tuple[tuple[Kind, Sequence[Part]], ...] = (("place", places), ("time", times), ("figure", figures))
    for kind, things in parts:
        for i, part in enumerate(things):
            written_there = dateline is not None and part.where == "text" and dateline.holds(part.span)
            if not written_there and (found := _in_sentence(part, sentences)):
                at, first, last = found
                label = _label(part)
                made[at].append(
                    Candidate(kind=kind, sentence=at, first=first, last=last, head=last, label=label, thing=i)
                )
    return [_bounded(row) for row in made]


def _bounded(row: Sequence[Candidate]) -> list[Candidate]:
    """The first MOST of each kind: pairs grow with the square of a sentence, and junk must not hold a batch up."""
    return [c for kind in ROLES for c in [c for c in row if c.kind == kind][:MOST]]


def _party(phrase: Phrase, sort: str, thing: int) -> Candidate:
    return Candidate(
        kind="party",
        sentence=phrase.sentence,
        first=phrase.first,
        last=phrase.last,
        head=phrase.head,
        label=f"{phrase.kind}:{phrase.name}",
        sort=sort,
        thing=thing,
    )


def _in_sentence(part: Part, sentences: Sequence[Sentence]) -> tuple[int, int, int] | None:
    for sentence in sentences:
        if sentence.holds(part):
            first = token_at(sentence, part.span.start)
            last = max(first, token_at(sentence, part.span.end) - 1)
            return (sentence.index, min(first, len(sentence.tokens) - 1), min(last, len(sentence.tokens) - 1))
    return None


def _label(part: Part) -> str:
    if isinstance(part, Place):
        return "people" if part.demonym else part.precision or "unknown"
    if isinstance(part, Figure):
        return part.measure or "nothing"
    if isinstance(part, Period):
        return f"{part.type}:{part.precision or '-'}"
    return ""


def assign(
    triggers: Sequence[Trigger],
    sentences: Sequence[Sentence],
    held: Sequence[Sequence[Candidate]],
    look: Look,
) -> tuple[Link, ...]:
    """Every candidate that has a role for a trigger, trigger by trigger."""
    made: list[Link] = []
    for i, trigger in enumerate(triggers):
        view = look.view(trigger.sentence, trigger.tokens)
        near = _near(trigger, sentences, held)
        links = [link for c in near if (link := _link(i, trigger, c, view))]
        made += _settled(links, trigger, held)
    return tuple(made)


def _near(trigger: Trigger, sentences: Sequence[Sentence], held: Sequence[Sequence[Candidate]]) -> Iterable[Candidate]:
    """The candidates of a trigger's sentence and of those around it, in the title or in the text alike."""
    here = trigger.sentence
    for s in range(max(0, here - REACH), min(len(held), here + REACH + 1)):
        if sentences[s].where == sentences[here].where:
            yield from (c for c in held[s] if not _is_trigger(c, trigger))


def _is_trigger(candidate: Candidate, trigger: Trigger) -> bool:
    """A phrase whose head is the trigger itself ("the attack") takes no part in it; a figure or time in it may."""
    same = candidate.sentence == trigger.sentence
    return same and candidate.kind == "party" and trigger.first <= candidate.head <= trigger.last


def _link(i: int, trigger: Trigger, candidate: Candidate, view: View) -> Link | None:
    scores = {role: _score(candidate, view, role) for role in ROLES[candidate.kind]}
    role = max(scores, key=scores.__getitem__)
    own = candidate.sentence == trigger.sentence
    least = (THRESHOLDS if own else INHERITED)[candidate.kind]
    if scores[role] < least:
        return None
    return Link(trigger=i, kind=candidate.kind, thing=candidate.thing, role=role, score=round(scores[role], 4))


def _score(candidate: Candidate, view: View, role: str) -> float:
    """How likely a candidate's words play a role: its head's word counts as much as its surest."""
    words = view.of(candidate.sentence, candidate.first, candidate.last, role)
    if not len(words):
        return 0.0
    head = view.of(candidate.sentence, candidate.head, candidate.head, role)
    return float(words.max() + (head[0] if len(head) else 0.0)) / 2


def _settled(links: Sequence[Link], trigger: Trigger, held: Sequence[Sequence[Candidate]]) -> list[Link]:
    """What another sentence gives is left out where the trigger's own gave something of the kind and role."""
    at = {(c.kind, c.thing): c.sentence for row in held for c in row}
    own = {(k.kind, k.role if k.kind == "party" else "") for k in links if at[k.kind, k.thing] == trigger.sentence}
    return [
        k
        for k in links
        if at[k.kind, k.thing] == trigger.sentence or (k.kind, k.role if k.kind == "party" else "") not in own
    ]
