"""Roles: which phrases, places, times and figures belong to which trigger, and as what.

Each trigger is paired with everything in its sentence, and with the places and times of the sentence before where its own
has none; a small linear model gives each pair a role or none. It sees what stands between the two, which side it is on, the
voice of the verb, and what kind of thing it is.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from dateline.reading.clusters import clusters_of
from dateline.reading.linear import Features, load
from dateline.reading.phrases import Phrase
from dateline.reading.sentences import token_at
from dateline.reading.stems import stem
from dateline.reading.triggers import Trigger
from dateline.reading.words import Sentence, Token
from dateline.record import Figure, Part, Period, Place

Kind = Literal["party", "place", "time", "figure"]
ROLES: dict[Kind, tuple[str, ...]] = {
    "party": ("none", "actor", "target"),
    "place": ("none", "at", "from", "to"),
    "time": ("none", "when"),
    "figure": ("none", "counts"),
}
# Probability, 0-1, above which a pair has a role; chosen by cross-validation on gold/train (training/plain/roles.py).
THRESHOLDS: dict[Kind, float] = {"party": 0.38, "place": 0.35, "time": 0.4, "figure": 0.4}


class Candidate(Struct, frozen=True, kw_only=True):
    """Something that may have a role. Token positions count in its own sentence; `label` says what sort of thing it is
    (the kind of a phrase, the precision of a place, the measure of a figure); `thing` finds it again."""

    kind: Kind
    sentence: int
    first: int
    last: int
    head: int
    label: str
    thing: int


class Link(Struct, frozen=True, kw_only=True):
    """A candidate in a role of a trigger. `trigger` and `thing` are positions in the lists that were paired."""

    trigger: int
    kind: Kind
    thing: int
    role: str
    score: float


def candidates(
    sentences: Sequence[Sentence], phrases: Sequence[Phrase], places: Sequence[Place], times: Sequence[Period], figures: Sequence[Figure],
) -> list[list[Candidate]]:  # fmt: skip
    """What each sentence holds that may have a role, sentence by sentence."""
    made: list[list[Candidate]] = [[] for _ in sentences]
    for i, phrase in enumerate(phrases):
        made[phrase.sentence].append(Candidate(
            kind="party", sentence=phrase.sentence, first=phrase.first, last=phrase.last, head=phrase.head,
            label=f"{phrase.kind}:{phrase.name}", thing=i,
        ))  # fmt: skip
    parts: tuple[tuple[Kind, Sequence[Part]], ...] = (("place", places), ("time", times), ("figure", figures))
    for kind, things in parts:
        for i, part in enumerate(things):
            if found := _in_sentence(part, sentences):
                sentence, first, last = found
                made[sentence].append(Candidate(
                    kind=kind, sentence=sentence, first=first, last=last, head=last, label=_label(part), thing=i,
                ))  # fmt: skip
    return made


def _in_sentence(part: Part, sentences: Sequence[Sentence]) -> tuple[int, int, int] | None:
    for sentence in sentences:
        if sentence.holds(part):
            first = token_at(sentence, part.span.start)
            last = max(first, token_at(sentence, part.span.end) - 1)
            return (sentence.index, min(first, len(sentence.tokens) - 1), min(last, len(sentence.tokens) - 1))
    return None


def _label(part: Part) -> str:
    if isinstance(part, Place):
        return f"{'people' if part.demonym else part.precision or 'unknown'}"
    if isinstance(part, Figure):
        return part.measure or "nothing"
    if isinstance(part, Period):
        return f"{part.type}:{part.precision or '-'}"
    return ""


def pairs(
    trigger: Trigger, sentences: Sequence[Sentence], held: Sequence[Sequence[Candidate]], kind: Kind
) -> list[Candidate]:
    """The candidates of one kind that a trigger is paired with."""
    here = [
        c
        for c in held[trigger.sentence]
        if c.kind == kind and not (trigger.first <= c.head <= trigger.last and kind == "party")
    ]
    if (
        kind in ("place", "time")
        and trigger.sentence
        and sentences[trigger.sentence - 1].where == sentences[trigger.sentence].where
    ):
        here = here + [c for c in held[trigger.sentence - 1] if c.kind == kind]
    return here


def pair_features(
    trigger: Trigger, candidate: Candidate, sentences: Sequence[Sentence], held: Sequence[Sequence[Candidate]], triggers: Sequence[Trigger],
) -> list[str]:  # fmt: skip
    """Features of one pair. Everything is told relative to the trigger."""
    event = trigger.event
    other = sentences[candidate.sentence].tokens
    head = stem(other[candidate.head].text)
    groups = clusters_of(other[candidate.head].text)
    label = candidate.label
    near = "same" if candidate.sentence == trigger.sentence else "before"
    alone = f"{near}:{_count([c for c in held[trigger.sentence] if c.kind == candidate.kind])}"
    made = [f"e={event}", f"lab={label}", f"e-lab={event}|{label}", f"h={head}", f"eh={event}|{head}", f"g={groups[1]}", f"eg={event}|{groups[0]}",
            f"near={near}", f"alone={alone}"]  # fmt: skip
    if candidate.sentence != trigger.sentence:
        last = max((c.first for c in held[candidate.sentence] if c.kind == candidate.kind), default=0)
        return [*made, f"e-alone={event}|{alone}", f"last={candidate.first == last}", f"lab-alone={label}|{alone}"]
    tokens = sentences[trigger.sentence].tokens
    voice = _voice(trigger, tokens)
    if candidate.last < trigger.first:
        side, between = "L", tokens[candidate.last + 1 : trigger.first]
    elif candidate.first > trigger.last:
        side, between = "R", tokens[trigger.last + 1 : candidate.first]
    else:
        side, between = "I", ()
    tags = [t.tag for t in between]
    verbs = sum(t.tag == "VERB" for t in between)
    commas = sum(t.text in ",;:—–" for t in between)
    rank = _count([c for c in held[trigger.sentence] if c.kind == candidate.kind and _between(c, candidate, trigger)])
    events = _count([t for t in triggers if t.sentence == trigger.sentence and _inside(t, candidate, trigger)])
    lead = tokens[candidate.first - 1].lower if candidate.first else "^"
    if lead in ("the", "a", "an") and candidate.first > 1:
        lead = tokens[candidate.first - 2].lower
    follow = tokens[candidate.last + 1].lower if candidate.last + 1 < len(tokens) else "$"
    follow_tag = tokens[candidate.last + 1].tag if candidate.last + 1 < len(tokens) else "$"
    path = (
        " ".join(_short(t.tag, t.lower) for t in between) if len(between) <= 6 else f"long{min(len(between) // 5, 5)}"
    )
    link = (
        "adjacent"
        if all(t in ("AUX", "ADV", "PART") for t in tags)
        else "noun"
        if all(t in ("DET", "ADJ", "NUM", "NOUN", "ADV") for t in tags)
        else "far"
    )
    sv = f"{side}{voice}"
    made += [
        f"sv={sv}", f"e-sv={event}|{sv}", f"sv-link={sv}|{link}", f"sv-rank={sv}|{rank}", f"sv-lead={sv}|{lead}", f"e-sv-lead={event}|{sv}|{lead}",
        f"sv-verbs={sv}|{min(verbs, 3)}", f"sv-commas={sv}|{min(commas, 3)}", f"sv-events={sv}|{events}", f"path={sv}|{path}", f"epath={event}|{side}|{path}",
        f"dist={side}|{min(len(between) // 3, 8)}", f"sv-lab={sv}|{label}", f"e-sv-lab={event}|{sv}|{label}", f"lab-rank={label}|{side}|{rank}",
        f"follow={side}|{follow}", f"ftag={sv}|{follow_tag}", f"lead={lead}", f"lead-lab={lead}|{label}", f"e-lead={event}|{lead}",
        f"sv-g={sv}|{groups[1]}", f"e-sv-g={event}|{sv}|{groups[0]}", f"e-sv-rank={event}|{sv}|{rank}|{link}", f"sv-first={sv}|{candidate.first == 0}",
        f"t-sv-rank={stem(tokens[trigger.first].text)}|{sv}|{rank}", f"t-lead={stem(tokens[trigger.first].text)}|{side}|{lead}",
        f"rank-verbs={sv}|{rank}|{min(verbs, 2)}|{min(commas, 2)}", f"said={sv}|{any(t.lower in _SAYING for t in between)}",
        f"end={side}|{candidate.last >= len(tokens) - 3}", f"lenlab={label}|{len(tokens) // 12}",
    ]  # fmt: skip
    if side == "R":
        verb = next((stem(t.text) for t in reversed(between) if t.tag in ("VERB", "ADP")), "-")
        made += [f"last={verb}", f"e-last={event}|{verb}"]
    if side == "L" and between:
        made += [
            f"next={_short(between[0].tag, between[0].lower)}|{voice}",
            f"prev={_short(between[-1].tag, between[-1].lower)}|{voice}",
        ]
    return made


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
    triggers: Sequence[Trigger], sentences: Sequence[Sentence], held: Sequence[Sequence[Candidate]]
) -> tuple[Link, ...]:
    """Every pair that has a role. Inherited places and times count only where the trigger's sentence gave none."""
    asked: list[tuple[int, Candidate]] = []
    made: list[Link] = []
    for kind, roles in ROLES.items():
        asked = [(i, c) for i, t in enumerate(triggers) for c in pairs(t, sentences, held, kind)]
        items: list[Features] = [pair_features(triggers[i], c, sentences, held, triggers) for i, c in asked]
        scores = load(f"roles_{kind}").probabilities(items)
        for (i, c), row in zip(asked, scores, strict=True):
            best = 1 + int(row[1:].argmax())
            if 1 - float(row[0]) >= THRESHOLDS[kind]:
                made.append(
                    Link(trigger=i, kind=kind, thing=c.thing, role=roles[best], score=round(1 - float(row[0]), 4))
                )
    return tuple(_settled(made, triggers, held))


def _settled(links: Iterable[Link], triggers: Sequence[Trigger], held: Sequence[Sequence[Candidate]]) -> list[Link]:
    at = {(c.kind, c.thing): c.sentence for row in held for c in row}
    kept = list(links)
    own = {(link.trigger, link.kind) for link in kept if at[link.kind, link.thing] == triggers[link.trigger].sentence}
    return [
        link for link in kept
        if at[link.kind, link.thing] == triggers[link.trigger].sentence or (link.trigger, link.kind) not in own
    ]  # fmt: skip
