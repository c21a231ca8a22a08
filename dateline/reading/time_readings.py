"""The rules at work on a sentence: every match tried, the one that starts first kept, then the longest."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from dateline.reading.patterns import UNKNOWN, Word
from dateline.reading.time_counted import is_compared
from dateline.reading.time_match import Context, Match, Reading, Rule
from dateline.reading.time_rules import LEXICON, compiled

NowAt = Callable[[int], date | None]

_QUARTER = re.compile(r"\d{4}-Q[1-4]")
_LONGER = frozenset(("P9M", "P6M"))  # other lengths of time that results are told of
_OPENERS = frozenset(("since",))
_CLOSERS = frozenset(("until", "till", "by", "before"))


class _Candidate(NamedTuple):
    start: int
    end: int
    number: int
    rule: Rule
    found: re.Match[str]


def readings(words: Sequence[Word], context: Context, now_at: NowAt | None = None) -> Iterator[tuple[Match, Reading]]:
    """The matches of a sentence that mean something, left to right, with no overlap.

    Args:
        context: what stands before the sentence.
        now_at: for the index of a match's first word, the day that it counts from; by default that of the context.
    """
    at = 0
    for candidate in _candidates(LEXICON.encode(words)):
        if candidate.start < at:
            continue
        here = context if now_at is None else context._replace(now=now_at(candidate.start))
        match = Match(words, candidate.found, here, candidate.rule)
        if match.start < at:
            continue
        try:
            reading = candidate.rule.resolve(match)
        except (ValueError, OverflowError):  # the calendar ends at the years 1 and 9999
            continue
        if reading is not None:
            at = match.end
            match.context = here if _only_compares(match, reading) else _after(here, reading)
            context = match.context._replace(now=context.now)
            yield match, _opened(match, reading)


def _candidates(codes: str) -> list[_Candidate]:
    """Every match of every rule: the first to start comes first, then the longest, then the earliest in the list."""
    there = set(codes)
    if there == {UNKNOWN}:
        return []
    made = [
        _Candidate(*found.span(), number, rule, found)
        for number, (rule, pattern, needed) in enumerate(compiled())
        if not needed.isdisjoint(there)
        for found in pattern.finditer(codes)
    ]
    made.sort(key=lambda c: (c.start, -c.end, c.number))
    return made


def _only_compares(match: Match, reading: Reading) -> bool:
    """As in "up from $2 million a year earlier": nothing that follows counts from the year it is compared with."""
    if match.rule.name not in _BACK:
        return False
    return _QUARTER.fullmatch(reading.value or "") is not None or is_compared(match)


_BACK = ("ago", "later", "quarter a year ago", "quarter, a year ago")


def _after(context: Context, reading: Reading) -> Context:
    """What later expressions ("the next day", "that year", "a year earlier") count from, once this one is read."""
    first, value = reading.first, reading.value or ""
    if value in _LONGER:
        return context._replace(quarter=None)  # "a year earlier" is now told of nine months
    if first is None or reading.type not in ("DATE", "TIME") or (context.now and first > context.now):
        return context  # a day still to come is no ground to stand on
    if value.endswith("_REF"):
        return context
    if first == reading.last and len(value) >= len("2014-06-17"):
        context = context._replace(named=first)
    over = context.now is None or (reading.last is not None and reading.last < context.now)
    if _QUARTER.fullmatch(value) and over:
        # Only ever a later one: after "$2 million a year earlier" the report still tells of the quarter before that.
        context = context._replace(quarter=max(context.quarter or (0, 0), (int(value[:4]), int(value[-1]))))
    return context._replace(within=first)


def _opened(match: Match, reading: Reading) -> Reading:
    """As in "since 2011" runs to publication; "until 9 May", while it is still to come, from publication."""
    before, now = match.before, match.now
    if before in ("about", "at", "early", "late", "least", "around", "the"):
        before = match.at(-3 if before == "least" else -2)  # "since at least 2012"
    if before in _OPENERS and reading.first and reading.type != "DURATION":
        return reading._replace(last=now if now is None or now >= reading.first else reading.last)
    if before == "before" and reading.type == "TIME":
        return reading  # "before dawn on Sunday" is on Sunday
    if before in _CLOSERS and now and reading.last and reading.last > now:
        return reading._replace(first=now)
    return reading
