"""Weeks, months, quarters, seasons, years and longer, as the calendar cuts them. Conventions: record.md, "Times"."""

from datetime import date, timedelta

from dateline.reading.time_lengths import length_value
from dateline.reading.time_match import Match, Reading
from dateline.reading.time_parts import (
    clipped,
    edge_of,
    in_group_name,
    leads_to_noun,
    month_is_meant,
    month_of,
    nearest_year,
    on_day,
    relative_year,
    steps_of,
    year_is_meant,
    year_of,
)
from dateline.reading.time_words import CLASSES, HALF_MONTH, LAST_YEAR, PAST_FEW, PLURALS, UNITS
from dateline.world import calendars, numbers
from dateline.world.calendars import SEASONS, Days


def month_reading(match: Match) -> Reading | None:
    if not month_is_meant(match) or in_group_name(match):
        return None
    if match.first.lower == "the" and match.has("-") and leads_to_noun(match):
        match.start += 1  # "the late-November trip": the article is the trip's
    month, now = month_of(match.lower("month")), match.now
    year = year_of(match.lower("year"))
    if match.lower("year") and year is None:
        return None
    if year is None and match.lower("yearrel"):
        year = relative_year(match, "yearrel")
    elif year is None and match.lower("rel") and now:
        year = _relative_month_year(match.lower("rel"), month, now)
    elif year is None:
        year = nearest_year(match, month)
    if year is None:
        return Reading("DATE", f"XXXX-{month:02d}")
    days = calendars.month_days(year, month)
    part = edge_of(match)
    days = clipped(calendars.third_of_month(days, part) if part else days, match)
    return Reading("DATE", f"{year:04d}-{month:02d}", *days)


def _relative_month_year(rel: str, month: int, now: date) -> int:
    """As in "last June" is the latest June before this month, "next June" the first after it."""
    if rel in ("last", "past"):
        return now.year - (month >= now.month)
    if rel in ("next", "coming"):
        return now.year + (month <= now.month)
    return now.year


def month_range(match: Match) -> Reading | None:
    """As in "from March to June", "between March and June 2014"."""
    if match.word("month") is None:
        return None
    month, first_month = month_of(match.lower("month")), month_of(match.lower("from_month"))
    year = year_of(match.lower("year")) or nearest_year(match, month)
    if year is None:
        return Reading("DATE", f"XXXX-{first_month:02d}/XXXX-{month:02d}")
    first_year = year_of(match.lower("from_year")) or year - (first_month > month)
    first = calendars.month_days(first_year, first_month).first
    last = calendars.month_days(year, month).last
    return Reading("DATE", f"{first:%Y-%m}/{last:%Y-%m}", first, last) if first <= last else None


def year_reading(match: Match) -> Reading | None:
    year = year_of(match.lower("year"))
    if year is None or (not match.lower("edge") and not match.has("fiscal", "fy") and not year_is_meant(match, year)):
        return None
    part = edge_of(match)
    days = calendars.year_days(year)
    if match.has("end"):
        days, part = calendars.month_days(year, 12), ""
    return Reading("DATE", f"{year:04d}", *clipped(calendars.third_of_year(days, part) if part else days, match))


def year_range(match: Match) -> Reading | None:
    """As in "2013-15", "from 2011 to 2014", "between 1982 and 1986"."""
    first, text = year_of(match.lower("from_year")), match.lower("year") or match.lower("short")
    if first is None:
        return None
    last = int(text) if len(text) == 4 else first // 100 * 100 + int(text)
    if not first < last <= min(first + 99, LAST_YEAR):
        return None
    if match.lower("short") and match.before in ("(", "$"):
        return None
    return Reading("DATE", f"{first:04d}/{last:04d}", date(first, 1, 1), clipped(calendars.year_days(last), match).last)


def decade(match: Match) -> Reading | None:
    text = match.lower("decade")
    if text:
        first = int(text[:-1]) if len(text) == 5 else 1900 + int(text[:-1])
    else:
        first = 1900 + 10 * (2 + list(CLASSES["decadeword"]).index(match.lower("decadeword")))
    if not text and match.before not in ("the", "'s") and not match.has("the"):
        return None
    if match.before in ("my", "your", "his", "her", "our", "their", "its") or match.at(-2) in (
        "my",
        "his",
        "her",
        "their",
    ):
        return None  # "in her 40s": an age
    part, days = edge_of(match), calendars.decade_days(first)
    return Reading("DATE", f"{first // 10}", *(calendars.third_of_decade(days, part) if part else days))


def century(match: Match) -> Reading | None:
    ordinal = numbers.ordinal_value(match.lower("ordinal"))
    if ordinal is None and match.lower("ordinal") == "twenty first":
        ordinal = 21
    if ordinal is None or not 1 <= ordinal <= 22:
        return None
    return Reading("DATE", f"{ordinal - 1:02d}", *calendars.century_days(ordinal))


def this_unit(match: Match) -> Reading | None:
    """As in "last week" is the calendar week before, "this month" the one under way, "next year" the one to come.

    "That year" and "the following month" count from what the report named last.
    """
    unit, rel, now = match.lower("one"), match.lower("rel"), match.now
    word = match.word("one")
    if word and match.word("rel") and word.text.istitle() and not match.first.text.isupper() and match.start:
        return None  # "This Week" is a programme
    if match.lower("back") or rel in ("that", "following"):
        return _named_unit(match, unit)
    if not rel and match.has("the") and not match.has("current", "full", "whole", "entire", "fiscal"):
        return None
    by = steps_of(rel)
    made = _calendar_unit(unit, by, now) if now else None
    if made is None or now is None:
        return Reading("DATE", None) if now is None else None
    value, days = made
    if unit == "weekend":
        if by == 0 and match.past() and days.first > now:
            days = calendars.weekend_before(now)
            value = f"{calendars.iso_week(days.first)}-WE"
        return Reading("DATE", value, *days)
    part = edge_of(match)
    if part and unit in ("year", "month"):
        days = (calendars.third_of_year if unit == "year" else calendars.third_of_month)(days, part)
    if match.has("later") and days.last >= now:
        return Reading("DATE", value, max(days.first, now), days.last)
    if match.has("earlier", "far"):
        return Reading("DATE", value, days.first, min(days.last, max(days.first, now)))
    return Reading("DATE", value, *clipped(days, match))


_STEPS = {"following": 1, "next": 1, "previous": -1, "preceding": -1, "prior": -1}


def _named_unit(match: Match, unit: str) -> Reading | None:
    """As in "that year", "the same month", "the following week": counted from what was named last."""
    words = f"{match.lower('rel')} {match.lower('back')}".split()
    by = next((_STEPS[word] for word in words if word in _STEPS), 0)
    base = match.context.within
    if unit == "day":
        return None  # the rule of named days
    if base is None and by and match.now:
        base = match.now
    if base is None:
        return Reading("DATE", _UNNAMED.get(unit))
    made = _calendar_unit(unit, by, base)
    return Reading("DATE", made[0], *made[1]) if made else None


_UNNAMED = {"year": "XXXX", "month": "XXXX-XX", "week": "XXXX-WXX"}


def unit_beside(match: Match) -> Reading | None:
    """As in "… the year before.": counted from what was named last. "The week before the vote" is none."""
    unit, base = match.lower("one"), match.context.within
    if unit == "day" or (match.after and match.after[0].isalnum() and match.after not in ("and", "but", "when", "in")):
        return None
    if base is None:
        return Reading("DATE", _UNNAMED.get(unit))
    made = _calendar_unit(unit, 1 if match.has("after", "later") else -1, base)
    return Reading("DATE", made[0], *made[1]) if made else None


def unit_end(match: Match) -> Reading | None:
    """As in "by year's end", "at month-end": the last third of the one under way."""
    unit, now = match.lower("one"), match.now
    if unit not in ("year", "month"):
        return None
    made = _calendar_unit(unit, steps_of(match.lower("rel")), now) if now else None
    if made is None:
        return Reading("DATE", None)
    days = calendars.month_days(made[1].last.year, 12) if unit == "year" else calendars.third_of_month(made[1], "late")
    return Reading("DATE", made[0], *days)


def spoken_year(match: Match) -> Reading | None:
    """As in "nineteen eighty-nine", "the year two thousand and four", as broadcasts are written down."""
    last = numbers.ONES.get(match.lower("cardinal"), 0)
    if match.has("nineteen"):
        year = 1900 + numbers.TENS[match.lower("ten")] + last
        return Reading("DATE", f"{year:04d}", *calendars.year_days(year)) if last < 10 else None
    if not match.has("year") and match.before not in ("in", "since", "by", "until"):
        return None
    return Reading("DATE", f"{2000 + last:04d}", *calendars.year_days(2000 + last)) if last < 20 else None


def _calendar_unit(unit: str, by: int, now: date) -> tuple[str, Days] | None:
    if unit == "week":
        day = now + timedelta(days=7 * by)
        return calendars.iso_week(day), calendars.week_days(day)
    if unit == "weekend":
        weekend = calendars.weekend_of(now + timedelta(days=7 * by))
        return f"{calendars.iso_week(weekend.first)}-WE", weekend
    if unit == "month":
        day = calendars.shift_months(now.replace(day=1), by)
        return f"{day:%Y-%m}", calendars.month_days(day.year, day.month)
    if unit == "year":
        return f"{now.year + by:04d}", calendars.year_days(now.year + by)
    if unit == "quarter":
        day = calendars.shift_months(now.replace(day=1), 3 * by)
        quarter = (day.month + 2) // 3
        return f"{day.year:04d}-Q{quarter}", calendars.quarter_days(day.year, quarter)
    if unit == "decade":
        first = now.year // 10 * 10 + 10 * by
        return f"{first // 10}", calendars.decade_days(first)
    if unit == "century":
        ordinal = (now.year - 1) // 100 + 1 + by
        return f"{ordinal - 1:02d}", calendars.century_days(ordinal)
    if unit == "day":
        day = now + timedelta(days=by)
        return day.isoformat(), Days(day, day)
    return None


def in_the_unit(match: Match) -> Reading | None:
    """As in "later in the year", "during the month": the one under way at publication."""
    unit = match.lower("one")
    if not match.has("in") and (unit not in ("year", "month") or match.before not in ("in", "during", "of", "for")):
        return None
    if match.before == "for" and match.after not in ("ended", "ending"):
        return None  # "for the year" is a length, or a purpose
    if unit == "day":
        return _named_day_itself(match)
    if unit == "year" and match.after in ("ended", "ending"):
        return Reading("DURATION", "P1Y")  # a company's own year
    now = match.now
    made = _calendar_unit(unit, 0, now) if now else None
    if made is None:
        return Reading("DATE", None) if now is None else None
    return Reading("DATE", made[0], *clipped(made[1], match))


def _named_day_itself(match: Match) -> Reading:
    named = match.context.named
    return on_day(named) if named else Reading("DATE", "XXXX-XX-XX")


def weekend(match: Match) -> Reading | None:
    """As in "the weekend": the latest Saturday and Sunday before publication, or the next with a future verb."""
    now = match.now
    if now is None:
        return Reading("DATE", "XXXX-WXX-WE")
    days = calendars.weekend_of(now) if match.future() else calendars.weekend_before(now)
    return Reading("DATE", f"{calendars.iso_week(days.first)}-WE", *days)


def edge_of_unit(match: Match) -> Reading | None:
    """As in "the end of the year", "the beginning of this month"."""
    unit, now = match.lower("one"), match.now
    made = _calendar_unit(unit, steps_of(match.lower("rel")), now) if now else None
    if made is None or now is None:
        return Reading("DATE", None) if unit != "day" else None
    value, days = made
    part = edge_of(match)
    if part and unit in ("year", "month"):
        days = (calendars.third_of_year if unit == "year" else calendars.third_of_month)(days, part)
    return Reading("DATE", value, *days)


def season(match: Match) -> Reading | None:
    season, now = match.lower("season"), match.now
    word = match.word("season")
    rel, year = match.lower("rel"), year_of(match.lower("year"))
    if season == "fall" and year is None and rel not in ("last", "this", "next") and not match.lower("yearrel"):
        return None  # "the fall of Mosul"
    if match.after in ("olympics", "olympic", "games", "paralympics"):
        return None
    if season == "spring" and match.after == "of":
        return None  # "the spring of the watch"; with a year, "of" is part of the match
    if season == "spring" and word is not None and word.text.istitle() and match.before in ("arab", "prague"):
        return None
    year = year or relative_year(match, "yearrel")
    if year is None and now:
        year = _season_year(match, season, rel, now)
    code = SEASONS[season][1]
    if year is None:
        return Reading("DATE", f"XXXX-{code}")
    return Reading("DATE", f"{year:04d}-{code}", *clipped(calendars.season_days(year, season), match))


def _season_year(match: Match, season: str, rel: str, now: date) -> int:
    if rel in ("next", "coming") or match.future():
        return next(y for y in range(now.year - 1, now.year + 2) if calendars.season_days(y, season).last >= now)
    done = rel in ("last", "past")
    years = range(now.year, now.year - 3, -1)
    spans = ((y, calendars.season_days(y, season)) for y in years)
    return next(y for y, days in spans if (days.last < now if done else days.first <= now))


_WHOLES = {"day": ("week", "month", "year"), "week": ("month", "year"), "month": ("year",)}


def week_of_month(match: Match) -> Reading | None:
    """As in "the first week of June", "the last two days of May", "the first three months of 2018"."""
    unit, within = UNITS[match.lower("unit")], match.lower("whole")
    if unit not in ("day", "week", "month") or (within and within not in _WHOLES.get(unit, ())):
        return None
    whole = _whole_of(match)
    if whole is None:
        return Reading("DATE", None)
    vague = match.has("few") or match.lower("unit") in PLURALS
    count = match.count() if match.lower("number") else (None if vague else 1)
    if count is None or count > 31:
        count = PAST_FEW
    ordinal = match.lower("ordinal")
    size = int(count)
    if ordinal in ("last", "final"):
        first = (
            calendars.shift_months(whole.last + timedelta(days=1), -size)
            if unit == "month"
            else whole.last - timedelta(days=size * (7 if unit == "week" else 1) - 1)
        )
        days = Days(max(first, whole.first), whole.last)
    else:
        number = numbers.ordinal_value(ordinal)
        if number is None:
            return None
        if unit == "month":
            first = calendars.shift_months(whole.first, (number - 1) * size)
            last = calendars.shift_months(first, size) - timedelta(days=1)
        else:
            length = size * (7 if unit == "week" else 1)
            first = whole.first + timedelta(days=(number - 1) * length)
            last = first + timedelta(days=length - 1)
        if first > whole.last:
            return None
        days = Days(first, min(last, whole.last))
    if match.lower("whole") == "year" and match.now and days.first > match.now and match.past():
        days = Days(calendars.shift_months(days.first, -12), calendars.shift_months(days.last, -12))
    days = clipped(days, match)
    if within and match.lower("unit") in PLURALS:
        match.end = match.place("whole") - 2  # TimeML marks "the first two months" and "the year", a length and a date
        return Reading("DURATION", length_value(count if match.lower("number") else None, unit), *days)
    if days.length == 1:
        return on_day(days.first)
    return Reading("DATE", f"{days.first.isoformat()}/{days.last.isoformat()}", *days)


def _whole_of(match: Match) -> Days | None:
    """The month or year that "of" names in "the first week of June 2014"."""
    year = year_of(match.lower("year"))
    if match.lower("month"):
        month = month_of(match.lower("month"))
        year = year or nearest_year(match, month)
        return calendars.month_days(year, month) if year else None
    if match.has("ramadan"):
        return calendars.ramadan_near(match.now, future=match.future()) if match.now else None
    if match.lower("whole") and match.now:
        made = _calendar_unit(match.lower("whole"), 0, match.now)
        return made[1] if made else None
    year = year or relative_year(match, "yearrel")
    return calendars.year_days(year) if year else None


def half_of_month(match: Match) -> Reading | None:
    """As in "the second half of May": from the 16th on."""
    half, month = numbers.ordinal_value(match.lower("ordinal")), month_of(match.lower("month"))
    year = year_of(match.lower("year")) or nearest_year(match, month)
    if half not in (1, 2) and match.lower("ordinal") != "last":
        return None
    if year is None:
        return Reading("DATE", f"XXXX-{month:02d}")
    whole = calendars.month_days(year, month)
    middle = whole.first + timedelta(days=HALF_MONTH)
    days = clipped(Days(whole.first, middle - timedelta(days=1)) if half == 1 else Days(middle, whole.last), match)
    return Reading("DATE", f"{year:04d}-{month:02d}", *days)
