"""Chains: which of a report's sayings put forward what a trigger names, outermost first.

A saying that holds a trigger is scored as the source of its claim by `data/chain_weights.csv`, fitted by
training/status/fit_chain.py.
"""

from collections.abc import Sequence
from functools import cache
from math import exp

from msgspec import Struct

from dateline.codes import EventType
from dateline.reading.attribution import Said
from dateline.reading.attribution_score import WORD_CLASSES
from dateline.reading.clauses import DETERMINERS, POSSESSIVES
from dateline.reading.reader import View
from dateline.reading.sentences import token_at
from dateline.reading.triggers import Trigger
from dateline.reading.words import Sentence
from dateline.record import Part, Source, Speaker
from dateline.world.labels import read_table

# Scores, 0-1: a saying that holds a trigger is named as its claim's source from here on; best in five folds of
# gold/train.
CHAIN_KEEP = 0.4
# Sources: longer chains than this were never annotated.
MOST_LINKS = 2


def chain_for(
    trigger: Trigger, sentence: Sentence, said: Sequence[Said], view: View, sentences: Sequence[Sentence]
) -> tuple[Source, ...]:
    """Who puts forward what `trigger` names, outermost first; empty where the report itself speaks.

    A saying counts by what the reader gives its words for this trigger, beside its own score where its content holds
    the trigger; its cue is not the trigger itself (who condemns or demands is the actor, not the source).
    """
    chain: list[Said] = []
    for link in considered(trigger, sentence, said, view, sentences):
        if link.sure >= CHAIN_KEEP and not any(_same_voice(link.said, c) for c in chain):
            chain.append(link.said)
    return tuple(Source(source=_speaker(one), cue=one.cue) for one in chain[:MOST_LINKS])


class Considered(Struct, frozen=True, kw_only=True):
    """A saying that may be a claim's source. `held` is its own score where it holds the trigger and 0 elsewhere,
    `seen` the reader's; both 0-1."""

    said: Said
    held: float
    seen: float

    @property
    def sure(self) -> float:
        return (1 - SEEN) * self.held + SEEN * self.seen


def considered(
    trigger: Trigger, sentence: Sentence, said: Sequence[Said], view: View, sentences: Sequence[Sentence]
) -> list[Considered]:
    """Every saying that may put forward what `trigger` names, outermost first, with its two scores."""
    return [
        Considered(
            said=one,
            held=chain_score(one, trigger.part, sentence, trigger.event) if holds(one, trigger.part) else 0.0,
            seen=_seen(one, view, sentences),
        )
        for one in sorted(said, key=_outermost_first)
        if one.cue.where == trigger.part.where and not one.cue.span.overlaps(trigger.part.span)
        if abs(one.index - sentence.index) <= FAR or holds(one, trigger.part)
        if not any(
            _answers(other, one, trigger, sentence) or _comes_after(other, one, trigger, sentence) for other in said
        )
    ]


def _answers(other: Said, one: Said, trigger: Trigger, sentence: Sentence) -> bool:
    """Whether another saying of the sentence begins between this one and the trigger as its equal: "A said this, while
    B said that"; what B said is not A's."""
    if other.source is None or other.cue.where != one.cue.where or not holds(other, trigger.part):
        return False
    between = one.cue.span.end <= other.source.span.start < trigger.part.span.start
    before = sentence.words(sentence.span.start, other.source.span.start) if sentence.holds(other.source) else ""
    return between and before.rstrip().lower().endswith(_EQUALS)


def _comes_after(other: Said, one: Said, trigger: Trigger, sentence: Sentence) -> bool:
    """Whether this saying begins after the trigger as the equal of another that holds it: "A said [this], while B said
    that"; what A said is not B's."""
    if (
        one.source is None
        or not sentence.holds(one.source)
        or holds(one, trigger.part)
        or not holds(other, trigger.part)
    ):
        return False
    follows = all(part.span.start >= one.cue.span.end for part in one.content) and bool(one.content)
    before = sentence.words(sentence.span.start, one.source.span.start).rstrip().lower()
    behind = trigger.part.span.end <= one.source.span.start and other.cue.span.end <= one.source.span.start
    return follows and behind and before.endswith(_EQUALS)


_EQUALS = (", while", ", and", ", but", ", whereas", "; but", ";")
FAR = 8  # sentences: no window reaches further, so that a saying further off counts only by what it holds
# 0-1: how much of a link's score is the reader's; chosen on held-out reports.
SEEN = 0.6


def _seen(one: Said, view: View, sentences: Sequence[Sentence]) -> float:
    """How likely the reader finds it that a saying's source and cue are the trigger's."""
    parts = [(one.cue, "cue")] + ([(one.source, "source")] if one.source else [])
    made = []
    for part, role in parts:
        words = _words(part, one.index, sentences)
        made.append(view.peak(words[0][0], words[0][1], words[-1][1], role) if words else 0.0)
    return sum(made) / len(made)


def _words(part: Part, near: int, sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    """(sentence, token) of a part's words, which stand in a sentence not far from `near`."""
    for s in (near, *range(max(0, near - 3), min(len(sentences), near + 4))):
        if sentences[s].holds(part):
            first, end = token_at(sentences[s], part.span.start), token_at(sentences[s], part.span.end)
            # A part may begin within a word: of "US-led", or where the layout was mended.
            first -= first > 0 and sentences[s].tokens[first - 1].end > part.span.start
            return [(s, t) for t in range(first, end)]
    return []


def chain_score(one: Said, trigger: Part, sentence: Sentence, event: EventType | None) -> float:
    """How surely the saying that holds a trigger is the source of its claim, 0-1; by `data/chain_weights.csv`."""
    table = chain_weights()
    total = sum(table.get(name, 0.0) * value for name, value in chain_features(one, trigger, sentence, event).items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def chain_features(one: Said, trigger: Part, sentence: Sentence, event: EventType | None) -> dict[str, float]:
    """What the score of a chain's link looks at: the cue, the words just before the trigger, and what lies between."""
    made = {"bias": 1.0, "score": one.score, f"construction={one.construction}": 1.0, f"event={event}": 1.0}
    cue = one.cue.text.lower().split()[-1 if one.construction == "passive" else 0]
    made[f"cue={cue}"] = 1.0
    made["reports"] = float(one.reports)
    made["hedges"] = float(one.hedges)
    made["quoted"] = float(one.quoted)
    made["source=none"] = float(one.source is None)
    made["source=short"] = float(one.source is not None and len(one.source.text) < 5)
    made["elsewhere"] = float(one.index != sentence.index)
    before = [t.text.lower() for t in sentence.tokens if t.start < trigger.span.start][-12:]
    after = next((t.text.lower() for t in sentence.tokens if t.start >= trigger.span.end), "")
    last = before[-1] if before else "edge"
    for name, members in WORD_CLASSES:
        if last in members:
            made[f"before={name}"] = 1.0
            break
    made["by"] = float(after == "by")
    made["relative"] = float(any(w in ("who", "which", "where", "whose") for w in before[-4:]))
    made["relative:that"] = float("that" in before[-3:] and one.cue.text.lower() not in before[-5:])
    made["aside"] = float(
        any(w in ("after", "since", "during", "amid", "following", "before", "despite") for w in before[-4:])
    )
    made["reason"] = float(any(w in ("because", "as", "while", "when", "if", "with") for w in before[-5:]))
    made["far"] = float(min(abs(trigger.span.start - one.cue.span.end), 300)) / 100
    made["named"] = float(trigger.text[:1].isupper() and not trigger.text.isupper() and last != "edge")
    made["noun"] = float(last in DETERMINERS or last in POSSESSIVES)
    made["participle"] = float(trigger.text.lower().endswith(("ed", "en")) and after in ("by", "in", "on", "at"))
    return made


@cache
def chain_weights() -> dict[str, float]:
    """Weight of each feature of a chain's link."""
    return {row["feature"]: float(row["weight"]) for row in read_table("chain_weights")}


def holds(one: Said, trigger: Part) -> bool:
    """Whether what is said holds all of the trigger, in the title or in the text alike."""
    return any(part.where == trigger.where and part.span.holds(trigger.span) for part in one.content)


def _outermost_first(one: Said) -> tuple[int, int]:
    length = sum(part.span.end - part.span.start for part in one.content)
    # "X, quoted by Y, said": both hold the same words, and Y passes on what X said.
    passed_on = one.construction == "quoted" and one.cue.text.lower().endswith(" by")
    return (0 if passed_on else 1, -length)


def _same_voice(one: Said, other: Said) -> bool:
    mine = (one.name or "").lower() if one.source else None
    theirs = (other.name or "").lower() if other.source else None
    return mine == theirs


def _speaker(one: Said) -> Speaker | None:
    if one.source is None:
        return None
    return Speaker(text=one.source.text, span=one.source.span, where=one.source.where, name=one.name or one.source.text)
