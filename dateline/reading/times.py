"""Time expressions: found anywhere, normalised to TIMEX3 and to calendar days.

The stage reads sentences in order and remembers the last day that was named, so that "the next day" has something to
stand on. RULES is the method: a template of words, and the function that says what it means. Where rules overlap, the
one that starts first wins, then the longer one, then the earlier in the list.

Calendar conventions: record.md, "Times". TIMEX3 types and values: TimeML 1.2.1 annotation guidelines. Extents leave out
the preposition ("Friday", "the past week"); `with_preposition` puts it back for claims.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from msgspec.structs import replace

from dateline.codes import TimePrecision
from dateline.reading.patterns import UNKNOWN, Word, words_of
from dateline.reading.time_match import Context, Match, Reading, Rule
from dateline.reading.time_rules import LEXICON, compiled
from dateline.reading.words import Sentence
from dateline.record import Period, Span, Unknown
from dateline.world.calendars import Days

STAGE = "times"


_DROPPED_ENDS = (".", ",", "-")


_QUARTER = re.compile(r"\d{4}-Q[1-4]")
_OPENERS = frozenset(("since",))


_CLOSERS = frozenset(("until", "till", "by", "before"))


class _Candidate(NamedTuple):
    start: int
    end: int
    number: int
    rule: Rule
    found: re.Match[str]


def find_times(
    sentences: Sequence[Sentence], *, published: date | None
) -> tuple[tuple[Period, ...], tuple[Unknown, ...]]:
    """Every time expression of a report, in reading order.

    Args:
        sentences: with tokens; tags are not needed.
        published: publication day, from which calendar words are read. Without it, what depends on it keeps its type,
            and its value where the words alone give one, and stands in the second tuple with the reason.
    Returns:
        The periods, and what could not be placed on the calendar.
    """
    periods: list[Period] = []
    unknown: list[Unknown] = []
    context = Context(published)
    for sentence in sentences:
        words = words_of(sentence)
        for match, reading in _readings(words, context):
            context = match.context
            period = _period(sentence, words, match, _opened(match, reading))
            periods.append(period)
            reason = _why_unknown(reading, published)
            if reason:
                unknown.append(Unknown(stage=STAGE, span=period.span, reason=reason, where=sentence.where))
    return tuple(periods), tuple(unknown)


def time_spans(words: Sequence[Word]) -> list[tuple[int, int]]:
    """Where the time expressions of a sentence stand, as indexes of its words (end excluded): no counts are there."""
    return [(match.start, match.end) for match, _ in _readings(words, Context(None))]


def _readings(words: Sequence[Word], context: Context) -> Iterator[tuple[Match, Reading]]:
    """The matches of a sentence that mean something, left to right, with no overlap."""
    at = 0
    for candidate in _candidates(LEXICON.encode(words)):
        if candidate.start < at:
            continue
        match = Match(words, candidate.found, context, candidate.rule)
        if match.start < at:
            continue
        try:
            reading = candidate.rule.resolve(match)
        except (ValueError, OverflowError):  # the calendar ends at the years 1 and 9999
            continue
        if reading is not None:
            at = match.end
            match.context = context = _after(context, reading)
            yield match, reading


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


def _after(context: Context, reading: Reading) -> Context:
    """What later expressions ("the next day", "that year", "a year earlier") count from, once this one is read."""
    first, value = reading.first, reading.value or ""
    if first is None or reading.type not in ("DATE", "TIME") or (context.now and first > context.now):
        return context  # a day still to come is no ground to stand on
    if value.endswith("_REF"):
        return context
    if first == reading.last and len(value) >= len("2014-06-17"):
        context = context._replace(named=first)
    if _QUARTER.fullmatch(value):
        # Only ever a later one: after "$2 million a year earlier" the report still tells of the quarter before that.
        context = context._replace(quarter=max(context.quarter or (0, 0), (int(value[:4]), int(value[-1]))))
    return context._replace(within=first)


def _opened(match: Match, reading: Reading) -> Reading:
    """As in "since 2011" runs to publication; "until 9 May", while it is still to come, from publication."""
    before, now = match.before, match.now
    if before in ("about", "at", "early", "late", "least", "around", "the"):
        before = match.at(-2)
    if before in _OPENERS and reading.first and reading.type != "DURATION":
        return reading._replace(last=now if now is None or now >= reading.first else reading.last)
    if before in _CLOSERS and now and reading.last and reading.last > now:
        return reading._replace(first=now)
    return reading


def _why_unknown(reading: Reading, published: date | None) -> str:
    if reading.first or reading.last or reading.type in ("DURATION", "SET"):
        return ""
    if published is None:
        return "no publication date"
    return "nothing in the report says which day it counts from"


def _period(sentence: Sentence, words: Sequence[Word], match: Match, reading: Reading) -> Period:
    last = match.end - 1
    while last > match.start and words[last].lower in _DROPPED_ENDS:
        last -= 1
    part = sentence.part(words[match.start].start, words[last].end)
    return Period(
        text=part.text,
        span=part.span,
        where=part.where,
        type=reading.type,
        value=reading.value,
        earliest=reading.first,
        latest=reading.last,
        **_precision(reading.first, reading.last),
    )


# Days, at most → our word, UCDP date_prec, ACLED time_precision. Sources: UCDP GED codebook, "date_prec" (2: two to six
# days, 3: a week, 4: a month, 5: more); ACLED codebook, "time precision" (1: day, 2: week, 3: month).
_PRECISIONS: tuple[tuple[int, TimePrecision, int, int], ...] = (
    (1, "day", 1, 1),
    (6, "days", 2, 2),
    (8, "week", 3, 2),  # "the past week" counts both its ends
    (31, "month", 4, 3),
    (92, "quarter", 5, 3),
    (366, "year", 5, 3),
)


def _precision(first: date | None, last: date | None) -> dict[str, Any]:
    if first is None and last is None:
        return {}
    length = Days(first, last).length if first and last else None
    for most, word, ucdp, acled in _PRECISIONS:
        if length is not None and length <= most:
            return {"precision": word, "date_prec": ucdp, "time_precision": acled}
    return {"precision": "more", "date_prec": 5, "time_precision": 3}


# What a claim's time takes in to the left of the TIMEX3 extent: "early on Saturday", "over the past week".
_LEAD = re.compile(
    r"(?:(?:(?:early|late|later|earlier|ever|as|starting|beginning)\s+)?"
    r"(?:on|in|at|by|since|until|till|from|during|over|for|within|before|after|throughout|of|around|about)\s+"
    r"(?:(?:dawn|dusk|noon|midnight|midday)\s+on\s+)?(?:(?:the|around|about|at least|less than|more than)\s+)?)$",
    re.IGNORECASE,
)


_LEAD_REACH = 30  # characters; longer than any lead above


def with_preposition(period: Period, sentence: Sentence) -> Period:
    """The same period with the words that lead into it, as claims quote it: "Friday" → "on Friday"."""
    at = period.span.start - sentence.span.start
    if at <= 0 or period.where != sentence.where:
        return period
    lead = _LEAD.search(sentence.text[max(0, at - _LEAD_REACH) : at])
    if lead is None or re.match(r"(?i)of\s", lead.group()):
        return period
    start = period.span.start - len(lead.group())
    if start > sentence.span.start and sentence.text[start - sentence.span.start - 1].isalnum():
        return period  # the lead began inside a word
    part = sentence.part(start, period.span.end)
    return replace(period, text=part.text, span=Span(start, period.span.end))
