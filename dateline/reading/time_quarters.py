"""Quarters and halves of a year, and the quarter that a report of results tells of."""

from datetime import date

from dateline.reading.time_match import Match, Reading
from dateline.reading.time_parts import clipped, relative_year, year_of
from dateline.reading.time_words import ENDS_NOUN, FIRST_DAYS
from dateline.world import calendars, numbers
from dateline.world.calendars import MONTHS


def quarter(match: Match) -> Reading | None:
    """As in "the third quarter of 1989", "the first half of this year"; with no year, the latest begun.

    Quarters are those of the calendar year, a fiscal one too: reports seldom tell when a company's year begins.
    """
    number, now = numbers.ordinal_value(match.lower("ordinal")), match.now
    half = match.has("half")
    if match.lower("ordinal") in ("last", "final"):
        number = 2 if half else 4
    if number is None or number > (2 if half else 4):
        return None
    if match.has("-") and match.first.lower == "the" and match.after.isalpha() and match.after not in ENDS_NOUN:
        match.start += 1  # "the third-quarter loss": the article is the loss's
    year = year_of(match.lower("year"))
    year = year or relative_year(match, "yearrel")
    if year is None and now:
        first = (calendars.half_days if half else calendars.quarter_days)(now.year, number).first
        year = now.year - (first > now and not match.future())
    letter = "H" if half else "Q"
    if year is None:
        return Reading("DATE", f"XXXX-{letter}{number}")
    days = (calendars.half_days if half else calendars.quarter_days)(year, number)
    return Reading("DATE", f"{year:04d}-{letter}{number}", *clipped(days, match))


def the_quarter(match: Match) -> Reading | None:
    """As in "the quarter", "the latest period", "the year-earlier quarter": the one that the report tells of.

    That is the one named last, else the last that was over at publication. A "period" is one only where a quarter was
    named.
    """
    known, now = match.context.quarter, match.now
    year_before = match.has("ago", "earlier")
    number = numbers.ordinal_value(match.lower("ordinal"))
    if match.lower("period") and known is None:
        return None
    if year_before and not match.has("quarter") and not match.lower("period"):
        return _year_before(match, now)
    if known is None or match.at(match.end - match.start) in ("ended", "ending"):
        known = _quarter_ended(match, now) or known or _last_quarter(now)
    if known is None:
        return Reading("DATE", "XXXX-QX")
    year, at = known[0] - year_before, number or known[1]
    if match.lower("year"):
        year = year_of(match.lower("year")) or year
    if match.has("previous"):
        year, at = (year, at - 1) if at > 1 else (year - 1, 4)
    return Reading("DATE", f"{year:04d}-Q{at}", *clipped(calendars.quarter_days(year, at), match))


def _year_before(match: Match, now: date | None) -> Reading | None:
    """As in "year-earlier profit": of the quarter that is told of, else of the year before."""
    known = match.context.quarter
    if known:
        return Reading("DATE", f"{known[0] - 1:04d}-Q{known[1]}", *calendars.quarter_days(known[0] - 1, known[1]))
    if now is None:
        return Reading("DATE", None)
    return Reading("DATE", f"{now.year - 1:04d}", *calendars.year_days(now.year - 1))


def _last_quarter(now: date | None) -> tuple[int, int] | None:
    """The last quarter that was over."""
    if now is None:
        return None
    before = calendars.shift_months(now.replace(day=1), -3)
    return before.year, (before.month + 2) // 3


def _quarter_ended(match: Match, now: date | None) -> tuple[int, int] | None:
    """As in "the quarter ended Sept. 30": the quarter of that month, or the one before it in its first days."""
    beside = match.end - match.start
    month = MONTHS.get(match.at(beside + 1))
    if month is None or now is None or match.at(beside) not in ("ended", "ending"):
        return None
    words = [match.at(beside + 2), match.at(beside + 3)]
    day = next((int(word) for word in words if word.isdigit() and len(word) < 3), 28)
    if day <= FIRST_DAYS:
        month = (month - 2) % 12 + 1
    return now.year - (month > now.month), (month + 2) // 3
