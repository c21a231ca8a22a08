"""Roles: which phrases, places, times and figures belong to which trigger, and as what.

Each trigger is paired with everything in its sentence, and with the places and times of the sentence before where its
own has none; a small linear model gives each pair a role or none. It sees what stands between the two, which side it is
on, the voice of the verb, and what kind of thing it is.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from dateline.reading.actors import Parties
from dateline.reading.clusters import clusters_of
from dateline.reading.linear import Features, load
from dateline.reading.phrases import Phrase
from dateline.reading.sentences import token_at
from dateline.reading.stems import stem
from dateline.reading.triggers import Trigger
from dateline.reading.words import Sentence, Token
from dateline.record import Figure, Part, Period, Place, Span

Kind = Literal["party", "place", "time", "figure"]
ROLES: dict[Kind, tuple[str, ...]] = {
    "party": ("none", "actor", "target"),
    "place": ("none", "at", "from", "to"),
    "time": ("none", "when"),
    "figure": ("none", "counts"),
}
# Probability, 0-1, above which a pair has a role; chosen on held-out reports (training/plain/heldout.py).
THRESHOLDS: dict[Kind, float] = {"party": 0.33, "place": 0.35, "time": 0.4, "figure": 0.45}
MOST = 40  # candidates of a kind in one sentence; no sentence of gold/train has more
INHERITED = 0.35  # the same for what the sentence before gives (training/plain/heldout.py)


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


def pairs(
    trigger: Trigger, sentences: Sequence[Sentence], held: Sequence[Sequence[Candidate]], kind: Kind
) -> list[Candidate]:
    """The candidates of one kind that a trigger is paired with."""
    found = [c for c in held[trigger.sentence] if c.kind == kind and not _is_trigger(c, trigger)]
    before = trigger.sentence - 1
    if kind in ("place", "time") and before >= 0 and sentences[before].where == sentences[trigger.sentence].where:
        found += [c for c in held[before] if c.kind == kind]
    return found


def _is_trigger(candidate: Candidate, trigger: Trigger) -> bool:
    """A phrase whose head is the trigger itself ("the attack") takes no part in it; a figure or time in it may."""
    return candidate.kind == "party" and trigger.first <= candidate.head <= trigger.last


def pair_features(
    trigger: Trigger,
    candidate: Candidate,
    sentences: Sequence[Sentence],
    held: Sequence[Sequence[Candidate]],
    triggers: Sequence[Trigger],
) -> list[str]:
    """Features of one pair. Everything is told relative to the trigger.

    The names before "=" are what the weights were fitted on: a new one means fitting again.
    """
    event, label = trigger.event, candidate.label
    word = sentences[candidate.sentence].tokens[candidate.head].text
    head, groups = stem(word), clusters_of(word)
    near = "same" if candidate.sentence == trigger.sentence else "before"
    alone = f"{near}:{_count([c for c in held[trigger.sentence] if c.kind == candidate.kind])}"
    made = [
        f"e={event}", f"lab={label}", f"e-lab={event}|{label}", f"h={head}", f"eh={event}|{head}", f"g={groups[1]}",
        f"eg={event}|{groups[0]}", f"near={near}", f"alone={alone}",
    ]  # fmt: skip
    if near == "before":
        return made + _before_features(trigger, candidate, sentences, held, triggers, alone)
    if candidate.sort:
        made += [f"sort={candidate.sort}", f"e-sort={event}|{candidate.sort}"]
    tokens = sentences[trigger.sentence].tokens
    gap = _Gap(trigger, candidate, tokens)
    rank = _count([c for c in held[trigger.sentence] if c.kind == candidate.kind and _between(c, candidate, trigger)])
    events = _count([t for t in triggers if t.sentence == trigger.sentence and _inside(t, candidate, trigger)])
    made += _path_features(trigger, candidate, gap, rank, events)
    made += _word_features(trigger, candidate, gap, rank, tokens)
    return made + _edge_features(event, gap)


def _before_features(
    trigger: Trigger,
    candidate: Candidate,
    sentences: Sequence[Sentence],
    held: Sequence[Sequence[Candidate]],
    triggers: Sequence[Trigger],
    alone: str,
) -> list[str]:
    """Of a place or time in the sentence before: what else is there, and whether the trigger points back."""
    event, label = trigger.event, candidate.label
    last = max((c.first for c in held[candidate.sentence] if c.kind == candidate.kind), default=0)
    earlier = {t.event for t in triggers if t.sentence == candidate.sentence}
    same = "same" if event in earlier else "other" if earlier else "none"
    known = _lead(sentences[trigger.sentence].tokens, trigger.first) in ("the", "this", "these", "that", "those")
    many = _count([c for c in held[candidate.sentence] if c.kind == candidate.kind])
    return [
        f"e-alone={event}|{alone}", f"last={candidate.first == last}", f"lab-alone={label}|{alone}",
        f"earlier={same}|{alone}", f"e-earlier={event}|{same}", f"lab-earlier={label}|{same}", f"known={known}|{same}",
        f"many={many}|{candidate.first == last}", f"from={sentences[candidate.sentence].kind}",
    ]  # fmt: skip


class _Gap:
    """What stands between a trigger and a candidate of its sentence, seen from the trigger."""

    __slots__ = ("commas", "link", "path", "side", "verbs", "voice", "words")

    def __init__(self, trigger: Trigger, candidate: Candidate, tokens: Sequence[Token]) -> None:
        self.side, self.words = _side(trigger, candidate, tokens)
        self.voice = _voice(trigger, tokens)
        self.verbs = sum(t.tag == "VERB" for t in self.words)
        self.commas = sum(t.text in ",;:—–" for t in self.words)
        self.path = _path(self.words)
        self.link = _link(self.words)


def _side(trigger: Trigger, candidate: Candidate, tokens: Sequence[Token]) -> tuple[str, Sequence[Token]]:
    """Left of the trigger, right of it or inside it, and the words between the two."""
    if candidate.last < trigger.first:
        return "L", tokens[candidate.last + 1 : trigger.first]
    if candidate.first > trigger.last:
        return "R", tokens[trigger.last + 1 : candidate.first]
    return "I", ()


def _path(between: Sequence[Token]) -> str:
    """The words between in short; of more than six only how many, by fives: a long path is seen once in training."""
    if len(between) > 6:
        return f"long{min(len(between) // 5, 5)}"
    return " ".join(_short(t.tag, t.lower) for t in between)


def _link(between: Sequence[Token]) -> str:
    """How close a candidate stands: next to the trigger, in one noun phrase with it, or further off."""
    tags = {t.tag for t in between}
    if tags <= {"AUX", "ADV", "PART"}:
        return "adjacent"
    return "noun" if tags <= {"DET", "ADJ", "NUM", "NOUN", "ADV"} else "far"


def _path_features(trigger: Trigger, candidate: Candidate, gap: _Gap, rank: int, events: int) -> list[str]:
    """Where a candidate stands: side, voice, what lies between, and how many of its kind are nearer (`rank`)."""
    event, label, side = trigger.event, candidate.label, gap.side
    sv = f"{side}{gap.voice}"
    verbs, commas = gap.verbs, gap.commas
    sort = candidate.sort
    shared = any(t.tag == "CCONJ" for t in gap.words)  # "X did this and that": the subject of the first verb
    return [
        f"sv-sort={sv}|{sort}", f"e-sv-sort={event}|{sv}|{sort}", f"sort-rank={sort}|{sv}|{rank}|{gap.link}",
        f"shared={sv}|{candidate.first <= 1}|{shared}|{min(verbs, 3)}", 
        f"sort-shared={sort}|{sv}|{candidate.first <= 1}",
        f"sv={sv}", f"e-sv={event}|{sv}", f"sv-link={sv}|{gap.link}", f"sv-rank={sv}|{rank}",
        f"sv-verbs={sv}|{min(verbs, 3)}", f"sv-commas={sv}|{min(commas, 3)}", f"sv-events={sv}|{events}",
        f"path={sv}|{gap.path}", f"epath={event}|{side}|{gap.path}",
        f"dist={side}|{min(len(gap.words) // 3, 8)}", f"sv-lab={sv}|{label}", f"e-sv-lab={event}|{sv}|{label}",
        f"lab-rank={label}|{side}|{rank}", f"e-sv-rank={event}|{sv}|{rank}|{gap.link}",
        f"sv-first={sv}|{candidate.first == 0}", f"rank-verbs={sv}|{rank}|{min(verbs, 2)}|{min(commas, 2)}",
        f"said={sv}|{any(t.lower in _SAYING for t in gap.words)}",
    ]  # fmt: skip


def _word_features(trigger: Trigger, candidate: Candidate, gap: _Gap, rank: int, tokens: Sequence[Token]) -> list[str]:
    """The words at a candidate's edges and at its head, beside the trigger's own."""
    event, label, side = trigger.event, candidate.label, gap.side
    sv = f"{side}{gap.voice}"
    lead = _lead(tokens, candidate.first)
    after = tokens[candidate.last + 1] if candidate.last + 1 < len(tokens) else None
    follow, follow_tag = (after.lower, after.tag) if after else ("$", "$")
    groups = clusters_of(tokens[candidate.head].text)
    word = stem(tokens[trigger.first].text)
    return [
        f"sv-lead={sv}|{lead}", f"e-sv-lead={event}|{sv}|{lead}", f"follow={side}|{follow}", f"ftag={sv}|{follow_tag}",
        f"lead={lead}", f"lead-lab={lead}|{label}", f"e-lead={event}|{lead}", f"sv-g={sv}|{groups[1]}",
        f"e-sv-g={event}|{sv}|{groups[0]}", f"t-sv-rank={word}|{sv}|{rank}", f"t-lead={word}|{side}|{lead}",
        f"end={side}|{candidate.last >= len(tokens) - 3}", f"lenlab={label}|{len(tokens) // 12}",
    ]  # fmt: skip


def _lead(tokens: Sequence[Token], first: int) -> str:
    """The word before a candidate, an article skipped: most often the preposition that gives it its role."""
    lead = tokens[first - 1].lower if first else "^"
    return tokens[first - 2].lower if lead in ("the", "a", "an") and first > 1 else lead


def _edge_features(event: str, gap: _Gap) -> list[str]:
    """The last verb or preposition before a candidate on the right; the first and last word after one on the left."""
    if gap.side == "R":
        verb = next((stem(t.text) for t in reversed(gap.words) if t.tag in ("VERB", "ADP")), "-")
        return [f"last={verb}", f"e-last={event}|{verb}"]
    if gap.side == "L" and gap.words:
        first, last = gap.words[0], gap.words[-1]
        return [
            f"next={_short(first.tag, first.lower)}|{gap.voice}",
            f"prev={_short(last.tag, last.lower)}|{gap.voice}",
        ]
    return []


_SAYING = frozenset("said says say told according reported added announced claimed stated".split())


def _short(tag: str, word: str) -> str:
    return word if tag in ("ADP", "AUX", "CCONJ", "SCONJ", "PART", "PRON", "PUNCT") else tag


def _count(things: Sequence[object]) -> int:
    return min(len(things), 4)


def _between(c: Candidate, candidate: Candidate, trigger: Trigger) -> bool:
    return (candidate.last < c.first and c.last < trigger.first) or (
        trigger.last < c.first and c.last < candidate.first
    )


def _inside(t: Trigger, candidate: Candidate, trigger: Trigger) -> bool:
    return candidate.last < t.first < trigger.first or trigger.last < t.first < candidate.first


def _voice(trigger: Trigger, tokens: Sequence[Token]) -> str:
    """Passive, active, -ing, to-, or a noun: how the trigger takes its parties."""
    head = next((t for t in tokens[trigger.first : trigger.last + 1] if t.tag in ("VERB", "AUX")), None)
    if head is None:
        return "noun" if tokens[trigger.first].tag in ("NOUN", "PROPN") else "other"
    before = [t.lower for t in tokens[max(0, trigger.first - 3) : trigger.first]]
    if head.form == "VBN":
        if {"was", "were", "is", "are", "been", "being", "be", "got"} & set(before):
            return "passive"
        return "perfect" if {"has", "have", "had", "having"} & set(before) else "participle"
    if head.form == "VBG":
        return "ing"
    return "to" if "to" in before[-1:] else "active"


def assign(
    triggers: Sequence[Trigger],
    sentences: Sequence[Sentence],
    held: Sequence[Sequence[Candidate]],
    among: Sequence[Trigger] | None = None,
) -> tuple[Link, ...]:
    """Every pair that has a role. Inherited places and times count only where the trigger's sentence gave none.

    `among` are the triggers that stand for events of their own, by default all.
    """
    among = triggers if among is None else among
    made: list[Link] = []
    for kind, roles in ROLES.items():
        asked = [(i, c) for i, t in enumerate(triggers) for c in pairs(t, sentences, held, kind)]
        items: list[Features] = [pair_features(triggers[i], c, sentences, held, among) for i, c in asked]
        scores = load(f"roles_{kind}").probabilities(items)
        for (i, c), row in zip(asked, scores, strict=True):
            best = 1 + int(row[1:].argmax())
            some = 1 - float(row[0])
            if some >= (THRESHOLDS[kind] if c.sentence == triggers[i].sentence else INHERITED):
                made.append(Link(trigger=i, kind=kind, thing=c.thing, role=roles[best], score=round(some, 4)))
    return tuple(_settled(made, triggers, held))


def _settled(links: Iterable[Link], triggers: Sequence[Trigger], held: Sequence[Sequence[Candidate]]) -> list[Link]:
    at = {(c.kind, c.thing): c.sentence for row in held for c in row}

    def is_own(link: Link) -> bool:
        return at[link.kind, link.thing] == triggers[link.trigger].sentence

    kept = list(links)
    served = {(link.trigger, link.kind) for link in kept if is_own(link)}
    return [link for link in kept if is_own(link) or (link.trigger, link.kind) not in served]
