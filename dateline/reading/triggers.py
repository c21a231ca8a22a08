"""Triggers: the words that name an event, each with its type.

The reader gives every word a probability for each event type and for none; neighbouring words of one type make one
trigger.
"""

from collections.abc import Sequence
from typing import cast

from msgspec import Struct

from dateline.codes import EventType
from dateline.reading.reader import TYPES, Rows
from dateline.reading.words import Sentence, Token
from dateline.record import Part

# Probability, 0-1, over all event types together; chosen on held-out reports of gold/train
# (training/reader/heldout.py).
THRESHOLD = 0.4
# The same for words that only repeat what another sentence claims; nothing is claimed on their strength alone.
FAINT = 0.15
MOST = 25  # triggers in one sentence; no sentence of gold/train has more
_MAY_STAND_BETWEEN = frozenset({"ADP", "PART", "DET", "PUNCT", "ADJ", "NOUN"})


class Trigger(Struct, frozen=True, kw_only=True):
    """One trigger. `first` and `last` are token positions in the sentence, both included; `score` is 0-1."""

    event: EventType
    part: Part
    sentence: int
    first: int
    last: int
    score: float

    @property
    def tokens(self) -> range:
        return range(self.first, self.last + 1)


def find_triggers(
    sentences: Sequence[Sentence], events: Sequence[Rows], threshold: float | None = None
) -> tuple[Trigger, ...]:
    """Every trigger of a report, in reading order; `events` are the reader's rows, a sentence each."""
    least = THRESHOLD if threshold is None else threshold
    return tuple(
        trigger
        for sentence, rows in zip(sentences, events, strict=True)
        for trigger in _surest(_decode(sentence, rows, least))
    )


def find_faint(sentences: Sequence[Sentence], events: Sequence[Rows], clear: Sequence[Trigger]) -> tuple[Trigger, ...]:
    """Words that would be triggers if the report had told the same thing elsewhere: they make no claim of their own."""
    taken = {(t.sentence, i) for t in clear for i in t.tokens}
    found = find_triggers(sentences, events, FAINT)
    return tuple(t for t in found if not any((t.sentence, i) in taken for i in t.tokens))


def _surest(found: Sequence[Trigger]) -> Sequence[Trigger]:
    """No more than MOST a sentence, so that a long run of junk costs no more than a sentence of the press."""
    least = sorted((t.score for t in found), reverse=True)[MOST - 1] if len(found) > MOST else 0.0
    return [t for t in found if t.score >= least][:MOST]


def _decode(sentence: Sentence, rows: Rows, threshold: float) -> list[Trigger]:
    """Runs of words of one type above the threshold, over at most one small word between them."""
    some = 1.0 - rows[:, 0]
    best = 1 + rows[:, 1:].argmax(axis=1)
    made: list[Trigger] = []
    i = 0
    while i < len(sentence.tokens):
        if some[i] < threshold:
            i += 1
            continue
        last = _run_end(sentence.tokens, some, best, i, threshold)
        peak = i + int(some[i : last + 1].argmax())
        trigger = Trigger(
            event=cast(EventType, TYPES[best[peak]]),
            part=sentence.part(sentence.tokens[i].start, sentence.tokens[last].end),
            sentence=sentence.index,
            first=i,
            last=last,
            score=round(float(some[peak]), 4),
        )
        made.append(trigger)
        i = last + 1
    return made


def _run_end(tokens: Sequence[Token], some: Rows, best: Sequence[int], first: int, threshold: float) -> int:
    """The last word of the run that opens at `first`; one small word may stand inside it ("took full control")."""
    last, j = first, first + 1
    while j < len(tokens) and j - last <= 2:
        if some[j] >= threshold and best[j] == best[first]:
            last = j
        elif tokens[j].tag not in _MAY_STAND_BETWEEN:
            break
        j += 1
    return last
