"""What is counted from a day: ago, later, the past week, recent days, the third day of."""

from datetime import date, timedelta

from dateline.reading.time_lengths import back_from, count_of, length_value
from dateline.reading.time_match import Match, Reading
from dateline.reading.time_parts import on_day
from dateline.reading.time_words import (
    ARTICLES,
    COMPARED,
    FEW_AGO,
    FUTURE_REF,
    PAST_FEW,
    PAST_REF,
    PLURALS,
    RECENT,
    UNITS,
)
from dateline.world import calendars, numbers
from dateline.world.calendars import Days

_COMPARED_REACH = 12  # words


def past_units(match: Match) -> Reading | None:
    """As in "in the past week": from so many units before publication to it; "the next two days" from it onwards."""
    unit, now = UNITS[match.lower("unit")], match.now
    # "the last year of the war" and the like: a length, not a stretch up to now.
    count = count_of(match) if match.lower("number") else (None if match.lower("few") else 1)
    plural = match.lower("unit") in PLURALS
    if match.lower("few") == "couple":
        count = 2
    if count == 1 and plural and not match.lower("number"):
        count = None
    value = length_value(count, unit)
    ahead = match.has("next", "coming")
    size = count if count is not None else PAST_FEW
    if ahead and count is None and not match.lower("few"):
        return recent(match)  # "the coming weeks"
    if now is None or _is_of_a_whole(match):
        return Reading("DURATION", value)  # "the last day of the truce" is none of the days before publication
    if unit in ("second", "minute"):
        return Reading("DURATION", value, now, now)
    # Hours reach into another day as soon as there are enough of them; "the past few hours" are today's.
    other = back_from(now, -size if ahead else size, unit)
    if other is None:
        return Reading("DURATION", value)
    if unit == "hour" and size % 24:
        other = now if size < 12 else back_from(now, -1 if ahead else 1 + int(size // 24), "day") or now
    return Reading("DURATION", value, *((now, other) if ahead else (other, now)))


def _is_of_a_whole(match: Match) -> bool:
    """Tell "the last day of the truce" from "the last seven weeks of war"."""
    whole = match.words_after(2)[-1:]
    if match.after != "of" or not match.has("last") or not match.has("the", "its", "his", "their"):
        return False
    return whole[0].lower in ARTICLES or (whole[0].text[0].isupper() and not match.first.text.isupper())


def ago(match: Match) -> Reading | None:
    """As in "two weeks ago": the calendar unit that many before; bounds leave one side open."""
    return _counted_from(match, match.now, -1)


def long_ago(match: Match) -> Reading | None:
    """As in "weeks ago": no number told, so only the near side is known."""
    return Reading("DATE", PAST_REF, None, match.now)


def from_now(match: Match) -> Reading | None:
    """As in "three weeks from now"."""
    return _counted_from(match, match.now, 1)


def later(match: Match) -> Reading | None:
    """As in "three days earlier", "two years later": counted from the day that the report named last."""
    unit = UNITS[match.lower("unit")]
    known = match.context.named if unit in ("day", "night", "hour", "minute", "second") else match.context.within
    return _counted_from(match, known, 1 if match.has("later") else -1)


def _counted_from(match: Match, day: date | None, way: int) -> Reading | None:
    unit, count = UNITS[match.lower("unit")], count_of(match)
    if match.lower("few") == "couple":
        count = 2
    compared = _quarter_compared(match, unit, count) if way < 0 else None
    if compared:
        return compared
    if day is None:
        return Reading("DATE", PAST_REF if count is None and match.has("ago") else None)
    if count is None:
        near, far = back_from(day, -way * FEW_AGO[0], unit), back_from(day, -way * FEW_AGO[1], unit)
        if near is None or far is None:
            return None
        return Reading("DATE", PAST_REF if way < 0 else FUTURE_REF, *sorted((near, far)))
    there = back_from(day, -way * count, unit)
    if there is None:
        return None
    if unit in ("hour", "minute", "second"):
        return Reading("TIME", there.isoformat(), there, there)
    value, days = _grain(there, unit, count)
    if match.has("ago") and match.has("over", "more", "least") != match.has("no"):
        return Reading("DATE", value, None, there)
    if match.has("ago") and match.has("less", "more", "fewer", "most"):
        return Reading("DATE", value, there, day)
    return Reading("DATE", value, *days)


def _quarter_compared(match: Match, unit: str, count: float | None) -> Reading | None:
    """As in "from $2 million a year earlier", told of a quarter: the same quarter of the year before."""
    if match.context.quarter is None or unit != "year" or count is None or count != int(count):
        return None
    if not is_compared(match):
        return None
    year, quarter = match.context.quarter
    year -= int(count)
    return Reading("DATE", f"{year:04d}-Q{quarter}", *calendars.quarter_days(year, quarter))


def is_compared(match: Match) -> bool:
    """Whether a figure leads to a match: "from $2 million a year earlier"."""
    return any(match.at(-i) in COMPARED for i in range(1, _COMPARED_REACH))


def _grain(day: date, unit: str, count: float) -> tuple[str, Days]:
    """The calendar unit that holds `day`, as coarse as the words; "a year ago" is told to the month."""
    if unit in ("day", "night"):
        return day.isoformat(), Days(day, day)
    if unit in ("week", "fortnight", "weekend"):
        return calendars.iso_week(day), calendars.week_days(day)
    if unit in ("month", "quarter") or count != int(count):
        return f"{day:%Y-%m}", calendars.month_days(day.year, day.month)
    if unit == "year":
        month = calendars.month_days(day.year, day.month)
        return f"{day.year:04d}", month if count == 1 else calendars.year_days(day.year)
    if unit == "decade":
        return f"{day.year // 10}", calendars.year_days(day.year)
    return f"{day.year // 100:02d}", calendars.year_days(day.year)


def anniversary(match: Match) -> Reading | None:
    """As in "seven years ago today": the very day."""
    count, now = match.count(), match.now
    there = back_from(now, count, UNITS[match.lower("unit")]) if now and count else None
    return on_day(there) if there else None


def recent(match: Match) -> Reading | None:
    """As in "recent weeks", "the coming days": TIMEX3 has no length for them; the days are a reading of ours."""
    unit, now, ahead = UNITS[match.lower("units") or match.lower("unit")], match.now, not match.has("recent")
    value = FUTURE_REF if ahead else PAST_REF
    if now is None:
        return Reading("DATE", value)
    other = back_from(now, -RECENT.get(unit, PAST_FEW) if ahead else RECENT.get(unit, PAST_FEW), unit)
    if other is None or unit in ("second", "minute", "hour"):
        other = now
    return Reading("DATE", value, *((now, other) if ahead else (other, now)))


def day_of(match: Match) -> Reading | None:
    """As in "the third day of June", "the third day of the siege", "the 97th day of the war".

    It has a place in a count; where the report names nothing that the count begins at, its days are not known.
    """
    number = numbers.ordinal_value(match.lower("ordinal"))
    if not number:
        return None
    if match.after == "of" and match.now and match.at(match.end - match.start + 1) in ("ramadan",):
        month = calendars.ramadan_near(match.now, future=match.future())
        if month and match.has("day", "night") and number <= month.length:
            return on_day(month.first + timedelta(days=number - 1))
    return Reading("DATE", None)
