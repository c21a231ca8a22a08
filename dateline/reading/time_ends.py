"""The ends of a stretch as mentions: "between 3 and 5 May" is one time of a claim, two expressions in TIMEX3.

TimeML's guidelines, and the labels of every set, have an expression for each end ("3", "5 May"), each with a value of
its own. A claim is about the whole stretch and keeps it.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from dateline.reading.times import precision_of
from dateline.record import Period, Span
from dateline.world import calendars
from dateline.world.calendars import MONTHS, WEEKDAYS, Days

_LEAD = re.compile(r"(?:between|from)\s+", re.IGNORECASE)
# What stands between the ends; a comma only between two days ("11, 12 and 13 May"), not before a year.
_BETWEEN = re.compile(
    r"(?:\s*,)?\s+(?:and|to|through|until)\s+|\s*[-–—]\s*|(?<=\d)\s*,\s*(?=\d{1,2}(?!\d))", re.IGNORECASE
)
_MOST_ENDS = 3


def times_mentioned(periods: Iterable[Period]) -> tuple[Period, ...]:
    """Times as the record mentions them: a stretch that names its ends by each of them, any other as it is."""
    return tuple(end for period in periods for end in _ends(period))


def _ends(period: Period) -> Iterator[Period]:
    values = (period.value or "").split("/")
    spans = list(_spans(period.text))
    if len(values) != 2 or not 2 <= len(spans) <= _MOST_ENDS or not all(_is_end(period.text[a:b]) for a, b in spans):
        yield period  # "the first week of May", "Ramadan" have two days in their value and name neither
        return
    if len(spans) == _MOST_ENDS:
        values.insert(1, _middle(period, spans[1]))
    for (start, end), value in zip(spans, values, strict=True):
        days = _days(value)
        last = min(days.last, period.latest) if days and period.latest else days and days.last
        yield replace(
            period,
            text=period.text[start:end],
            span=Span(period.span.start + start, period.span.start + end),
            value=value,
            earliest=days and days.first,
            latest=last,
            **precision_of(days and days.first, last),
        )


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the ends stand in the text of a stretch."""
    lead = _LEAD.match(text)
    at = lead.end() if lead else 0
    for between in _BETWEEN.finditer(text, at):
        yield at, between.start()
        at = between.end()
    yield at, len(text)


def _is_end(text: str) -> bool:
    """Whether a piece of a stretch opens with a number or a name of the calendar: "3", "Aug. 5", "Monday"."""
    word = re.match(r"\w*", text)
    return word is not None and (text[:1].isdigit() or word.group().lower() in {*MONTHS, *WEEKDAYS})


def _middle(period: Period, span: tuple[int, int]) -> str:
    """The value of "12" in "11, 12 and 13 May"."""
    number = int(re.sub(r"\D", "", period.text[slice(*span)]) or 0)
    if period.earliest is None or period.latest is None:
        return "XXXX-XX-XX"
    days = map(date.fromordinal, range(period.earliest.toordinal(), period.latest.toordinal() + 1))
    return next((day.isoformat() for day in days if day.day == number), "XXXX-XX-XX")


def _days(value: str) -> Days | None:
    """The days of "2011", "2014-03" or "2014-05-03"; None where the year is not known."""
    numbers = [int(part) for part in value.split("-") if part.isdigit()]
    if len(numbers) != value.count("-") + 1:
        return None
    if len(numbers) == 1:
        return calendars.year_days(*numbers)
    if len(numbers) == 2:
        return calendars.month_days(*numbers)
    day = date(*numbers)
    return Days(day, day)
