"""Time expressions: found anywhere, normalised to TIMEX3 and to calendar days.

The stage reads sentences in order and remembers what was named last, so that "the next day" has something to stand on.
`time_rules.RULES` is the method: a template of words, and the function that says what it means. Where rules overlap,
the one that starts first wins, then the longer one, then the earlier in the list. Calendar words count from the day of
publication, or from the day on which somebody speaks or an entry is dated (`time_speakers`).

Calendar conventions: record.md, "Times". TIMEX3 types and values: TimeML 1.2.1 annotation guidelines. Extents leave out
the preposition ("Friday", "the past week"); `with_preposition` puts it back for claims.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from msgspec.structs import replace

from dateline.codes import TimePrecision
from dateline.reading.patterns import Word, words_of
from dateline.reading.time_match import Context, Match, Reading
from dateline.reading.time_readings import readings
from dateline.reading.time_speakers import Days as SpokenDays
from dateline.reading.words import Sentence
from dateline.record import Period, Span, Unknown
from dateline.world.calendars import Days

STAGE = "times"
_DROPPED_ENDS = (".", ",", "-")


class Timed(NamedTuple):
    """A time expression with what made it: the rule, and the day that its calendar words were counted from."""

    period: Period
    rule: str
    now: date | None
    by: Literal["publication", "entry", "speaker"]


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
    timed = tuple(timed_in(sentences, published=published))
    unknown = (
        Unknown(stage=STAGE, span=one.period.span, reason=reason, where=one.period.where)
        for one in timed
        if (reason := _why_unknown(one.period, one.now))
    )
    return tuple(one.period for one in timed), tuple(unknown)


def timed_in(sentences: Sequence[Sentence], *, published: date | None) -> Iterator[Timed]:
    """As `find_times`, with the rule that fired for each and the day that it counted from."""
    context = Context(published)
    spoken = SpokenDays(sentences, published)
    for sentence in sentences:
        words = words_of(sentence)
        for match, reading, by in spoken.read(sentence, words, context):
            context = match.context._replace(now=published)
            yield Timed(_period(sentence, words, match, reading), match.rule.name, match.now, by)


def time_spans(words: Sequence[Word]) -> list[tuple[int, int]]:
    """Where the time expressions of a sentence stand, as indexes of its words (end excluded): no counts are there."""
    return [(match.start, match.end) for match, _ in readings(words, Context(None))]


def _why_unknown(period: Period, now: date | None) -> str:
    if period.earliest or period.latest or period.type in ("DURATION", "SET"):
        return ""
    if now is None:
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
        **precision_of(reading.first, reading.last),
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


def precision_of(first: date | None, last: date | None) -> dict[str, Any]:
    """`precision`, `date_prec` and `time_precision` of a stretch of days; empty where neither side is known."""
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
