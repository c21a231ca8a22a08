"""Lengths of time, and what is counted from a day: ago, later, the past week, the third day of."""

from datetime import date, timedelta

from dateline.reading.time_match import Match, Reading
from dateline.reading.time_parts import on_day
from dateline.reading.time_words import (
    FEW_AGO,
    FUTURE_REF,
    LENGTH_CUES,
    PAST_FEW,
    PAST_REF,
    PLURALS,
    REACH,
    UNIT_CODES,
    UNITS,
)
from dateline.world import calendars, numbers
from dateline.world.calendars import Days


def length_value(count: float | None, unit: str) -> str:
    time, code = UNIT_CODES[unit]
    if count is not None and unit == "fortnight":
        count *= 2
    amount = "X" if count is None else f"{count:g}"
    return f"P{time}{amount}{code}"


def _back(day: date, count: float, unit: str) -> date | None:
    """`day` less so many units; None where the calendar ends."""
    per_day = {"second": 0, "minute": 0, "hour": 1 / 24, "day": 1, "night": 1, "week": 7, "fortnight": 14, "weekend": 7}
    try:
        if unit in per_day:
            gone = count * per_day[unit]
            return day - timedelta(days=int(gone) if gone > 0 else -int(-gone))
        months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
        return calendars.shift_months(day, -round(count * months))
    except (OverflowError, ValueError):
        return None


def past_units(match: Match) -> Reading | None:
    """As in "in the past week": from so many units before publication to it; "the next two days" from it onwards."""
    unit, now = UNITS[match.lower("unit")], match.now
    # "the last year of the war" and the like: a length, not a stretch up to now.
    count = match.count() if match.lower("number") else (None if match.lower("few") else 1)
    plural = match.lower("unit") in PLURALS
    if count == 1 and plural and not match.lower("number"):
        count = None
    value = length_value(count, unit)
    ahead = match.has("next", "coming")
    size = count if count is not None else PAST_FEW
    if now is None:
        return Reading("DURATION", value)
    if ahead and count is None and not match.lower("few"):
        return Reading("DURATION", value, now, None)  # "the coming weeks"
    if unit in ("second", "minute"):
        return Reading("DURATION", value, now, now)
    # Hours reach into another day as soon as there are enough of them; "the past few hours" are today's.
    other = _back(now, -size if ahead else size, unit)
    if other is None:
        return Reading("DURATION", value)
    if unit == "hour" and size % 24:
        other = now if size < 12 else _back(now, -1 if ahead else 1 + int(size // 24), "day") or now
    return Reading("DURATION", value, *((now, other) if ahead else (other, now)))


def ago(match: Match) -> Reading | None:
    """As in "two weeks ago": the calendar unit that many before; bounds leave one side open."""
    return _counted_from(match, match.now, -1)


def long_ago(match: Match) -> Reading | None:
    """As in "weeks ago": no number told, so only the near side is known."""
    return Reading("DATE", PAST_REF, None, match.now)


def from_now(match: Match) -> Reading | None:
    return _counted_from(match, match.now, 1)


def later(match: Match) -> Reading | None:
    """As in "three days earlier", "two years later": counted from the day that the report named last."""
    return _counted_from(match, match.context.named, 1 if match.has("later") else -1)


def _counted_from(match: Match, day: date | None, way: int) -> Reading | None:
    unit, count = UNITS[match.lower("unit")], match.count()
    if day is None:
        return Reading("DATE", PAST_REF if count is None and match.has("ago") else None)
    if count is None:
        near, far = _back(day, -way * FEW_AGO[0], unit), _back(day, -way * FEW_AGO[1], unit)
        if near is None or far is None:
            return None
        return Reading("DATE", PAST_REF if way < 0 else FUTURE_REF, *sorted((near, far)))
    there = _back(day, -way * count, unit)
    if there is None:
        return None
    if unit in ("hour", "minute", "second"):
        return Reading("TIME", there.isoformat(), there, there)
    value, days = _grain(there, unit, count)
    if match.has("ago") and match.has("over", "more", "least"):
        return Reading("DATE", value, None, there)
    if match.has("ago") and match.has("less"):
        return Reading("DATE", value, there, day)
    return Reading("DATE", value, *days)


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
        return f"{day.year:04d}", calendars.year_days(day.year)
    return f"{day.year // 100:02d}", calendars.year_days(day.year)


def anniversary(match: Match) -> Reading | None:
    """As in "seven years ago today": the very day."""
    count, now = match.count(), match.now
    there = _back(now, count, UNITS[match.lower("unit")]) if now and count else None
    return on_day(there) if there else None


def duration(match: Match) -> Reading | None:
    unit, count = UNITS[match.lower("unit")], match.count()
    if _is_age(match):
        return None
    if match.lower("number") in ("a", "an"):
        if match.before and match.before not in LENGTH_CUES and match.after != "-" and match.first.lower in ("a", "an"):
            return Reading("SET", length_value(1, unit)) if match.before in ("twice", "once", "times") else None
        if match.after in ("-", "of") and unit in ("day", "night"):
            return None  # "a day of clashes", "a night-time raid"
    elif match.lower("unit") == "second" or (unit == "quarter" and match.lower("number") in ("a", "one")):
        return None
    if unit == "minute" and match.count() is None and match.has("few") is False:
        return None
    return _up_to_now(match, unit, count) or Reading("DURATION", length_value(count, unit))


def _up_to_now(match: Match, unit: str, count: float | None) -> Reading | None:
    """As in "has been under siege for two years", "have died in eight days": the perfect runs up to publication."""
    now = match.now
    if now is None or count is None or match.before not in ("for", "in", "over") or unit in ("minute", "second"):
        return None
    if not any(match.at(-i) in ("has", "have") for i in range(2, REACH)):
        return None
    size = max(1.0, count / 24) if unit == "hour" else count
    first = _back(now, size, "day" if unit == "hour" else unit)
    return Reading("DURATION", length_value(count, unit), first, now) if first else None


def _is_age(match: Match) -> bool:
    """As in "12-year-old", "aged 12 years", "12 years of age"."""
    if match.after in ("old", "olds") or (
        match.after == "-" and match.at(match.end - match.start + 1) in ("old", "olds")
    ):
        return True
    return match.before in ("aged", "age") or (match.after == "of" and match.at(match.end - match.start + 1) == "age")


def hyphened(match: Match) -> Reading | None:
    """As in "two-week", "48-hour", "three-day"; never "12-year-old"."""
    if _is_age(match):
        return None
    count = match.count()
    return None if count is None else Reading("DURATION", length_value(count, UNITS[match.lower("one")]))


def vague_length(match: Match) -> Reading | None:
    """As in "for weeks", "in years", "several months"."""
    if not match.lower("few") and match.before not in ("for", "in", "within", "of", "after", "over"):
        return None
    unit = UNITS[match.lower("units")]
    if not match.lower("few") and unit in ("quarter", "second", "night"):
        return None
    if not match.lower("few") and match.before in ("in", "of", "over") and match.after in ("of", "and"):
        return None
    return Reading("DURATION", length_value(None, unit))


def recent(match: Match) -> Reading | None:
    """As in "recent weeks", "the coming days": no length told, so only the side of publication is known."""
    if match.has("recent"):
        return Reading("DATE", PAST_REF, None, match.now)
    return Reading("DATE", FUTURE_REF, match.now, None)


def day_of(match: Match) -> Reading | None:
    """As in "the third day of the siege": it has a place in a count, and nothing that says where the count begins."""
    return Reading("DATE", None) if numbers.ordinal_value(match.lower("ordinal")) else None
