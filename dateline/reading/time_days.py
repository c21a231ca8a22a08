"""Days and hours: full dates, weekdays, yesterday and overnight, times of day. Conventions: record.md, "Times"."""

import re
from datetime import date, timedelta

from dateline.reading.datelines import full_year
from dateline.reading.time_match import Match, Reading
from dateline.reading.time_parts import dated, day_number, in_group_name, month_is_meant, on_day, steps_of, year_of
from dateline.reading.time_words import (
    COUNTED,
    DAYPARTS,
    DOUBTFUL_WEEKDAYS,
    ENDS_NOUN,
    HOUR_WORDS,
    MEASURED,
    UP_TO_DAY,
)
from dateline.world import calendars
from dateline.world.calendars import MONTHS, WEEKDAYS


def full_date(match: Match) -> Reading | None:
    if not month_is_meant(match) or in_group_name(match):
        return None
    _without_order(match)
    if match.first.lower == "the" and match.lower("day").isdigit() and not match.lower("part"):
        match.start += 1  # "the 25 January revolution": the article is the noun's
    day = dated(match)
    if isinstance(day, date):
        return on_day(day, match.lower("part"))
    if day is None and match.lower("year") and year_of(match.lower("year")) is None:
        return None
    return Reading("DATE", day)  # without days and value, where there is no such day: "31 June"


def _without_order(match: Match) -> None:
    """ "Earlier Friday" is an order of things told, on Friday; "early Friday" is a part of it."""
    if match.first.lower in ("earlier", "later"):
        match.start += 1


def day_range(match: Match) -> Reading | None:
    """As in "12-14 June", "between 3 and 5 May", "11, 12 and 13 November": one stretch of days."""
    last = dated(match)
    if not isinstance(last, date):
        return None
    month = MONTHS.get(match.lower("from_month"), last.month)
    year = last.year - (month > last.month)
    first = calendars.calendar_day(year, month, day_number(match.lower("from_day")))
    if first is None or first > last:
        return None
    if (last - first).days > _SIDE_BY_SIDE and not match.has("between", "from") and _is_listed(match):
        return _first_of_list(match, month)
    return Reading("DATE", f"{first.isoformat()}/{last.isoformat()}", first, last)


_SIDE_BY_SIDE = 2  # days between those that "and" makes one stretch of


def _is_listed(match: Match) -> bool:
    """Whether "and" or a comma follows the first day, and not "to"."""
    after = match.word_at(max(match.place("from_day"), match.place("from_month")) + 1)
    if after and after.text == ".":
        after = match.word_at(max(match.place("from_day"), match.place("from_month")) + 2)
    return after is not None and after.lower in ("and", ",")


def _first_of_list(match: Match, month: int) -> Reading | None:
    """As in "3 and 20 May": the first of two days, each an expression of its own."""
    last = dated(match)
    if not isinstance(last, date) or (match.lower("from_month") and not match.lower("year")):
        return None  # the rule of full dates reads "3 May and 20 April"
    end = max(match.place("from_day"), match.place("from_month")) + 1
    if not match.lower("from_month") and match.place("month") < end:
        return None
    first = calendars.calendar_day(last.year, month, day_number(match.lower("from_day")))
    if first is None:
        return None
    match.end = end
    return on_day(first)


def night_of_range(match: Match) -> Reading | None:
    """As in "the night of 14-15 June": the eve and the day."""
    stretch = day_range(match)
    if stretch is None or stretch.first is None:
        return None
    return Reading("TIME", f"{stretch.first.isoformat()}T{DAYPARTS[match.lower('part')]}", stretch.first, stretch.last)


def weekday_range(match: Match) -> Reading | None:
    """As in "from Monday to Friday": the first on or before the last."""
    now = match.now
    if now is None:
        return None
    last = _which_weekday(match, WEEKDAYS[match.lower("weekday")], now)
    first = calendars.weekday_on_or_before(last, WEEKDAYS[match.lower("from_weekday")])
    return Reading("DATE", f"{first.isoformat()}/{last.isoformat()}", first, last)


def iso_date(match: Match) -> Reading | None:
    day = calendars.calendar_day(int(match.lower("year")), int(match.lower("m")), day_number(match.lower("day")))
    return on_day(day) if day else None


def iso_month(match: Match) -> Reading | None:
    """As in "2010-11-CA-161", the number of a release."""
    year, month = int(match.lower("year")), int(match.lower("m"))
    if len(match.lower("m")) != 2 or not 1 <= month <= 12 or match.after.isdigit():
        return None
    match.end -= 1
    return Reading("DATE", f"{year:04d}-{month:02d}", *calendars.month_days(year, month))


def slashed(match: Match) -> Reading | None:
    """10/26/89 or 26/10/1989; where both orders make a date, the one nearer to publication."""
    a, b, year = int(match.lower("a")), int(match.lower("b")), full_year(match.lower("y"))
    both = [day for day in (calendars.calendar_day(year, a, b), calendars.calendar_day(year, b, a)) if day]
    if not both:
        return None
    now = match.now
    if now is None and len(set(both)) > 1:
        return Reading("DATE", f"{year:04d}")
    return on_day(min(both, key=lambda day: abs((day - now).days) if now else 0))


def weekday(match: Match) -> Reading | None:
    word = match.word("weekday")
    if word is None or (word.lower in DOUBTFUL_WEEKDAYS and not (word.text[0].isupper() and _abbreviated(match))):
        return None
    _without_order(match)
    number, now = WEEKDAYS[word.lower], match.now
    part = match.lower("part")
    if part.endswith("s"):
        return Reading("SET", f"XXXX-WXX-{number + 1}T{DAYPARTS[part]}")
    if now is None:
        return Reading("TIME" if part else "DATE", f"XXXX-WXX-{number + 1}" + (f"T{DAYPARTS[part]}" if part else ""))
    return on_day(_which_weekday(match, number, now), part)


def _abbreviated(match: Match) -> bool:
    return (
        (match.after in (".", ",") and match.start > 0)
        or match.after in MONTHS
        or match.has(".")
        or match.before == "on"
    )


def _which_weekday(match: Match, number: int, now: date) -> date:
    rel = match.lower("rel") or ("coming" if match.has("coming") else "")
    if rel == "last":
        return calendars.weekday_on_or_before(now - timedelta(days=1), number)
    if rel in ("next", "coming"):
        return calendars.weekday_on_or_after(now + timedelta(days=1), number)
    if rel == "previous" and match.context.named is None:
        return calendars.weekday_on_or_before(now - timedelta(days=1), number)
    if rel in ("following", "previous") and match.context.named:
        step = timedelta(days=1)
        named = match.context.named
        if rel == "following":
            return calendars.weekday_on_or_after(named + step, number)
        return calendars.weekday_on_or_before(named - step, number)
    rules = ("weekday", "hour", "clock", "dawn")
    leads_on = match.rule.name in rules and match.before in UP_TO_DAY and not match.past()
    if match.future() or leads_on:
        return calendars.weekday_on_or_after(now, number)
    return calendars.weekday_on_or_before(now, number)


def weekday_of_week(match: Match) -> Reading | None:
    """As in "Thursday last week", "on Monday of this week"."""
    number, now = WEEKDAYS[match.lower("weekday")], match.now
    if now is None:
        return Reading("DATE", f"XXXX-WXX-{number + 1}")
    monday = calendars.week_days(now).first + timedelta(days=7 * steps_of(match.lower("week")))
    return on_day(monday + timedelta(days=number))


def edge_of_day(match: Match) -> Reading | None:
    """As in "early morning", "mid-afternoon yesterday", "late evening"."""
    part = match.lower("part")
    if part == "night" and match.has("early"):
        return None
    if match.has("-") and match.after.isalpha() and match.after not in ENDS_NOUN:
        return None  # "late-night comedians"
    day = _beside(match) or match.context.named or match.now
    return on_day(day, part) if day else Reading("TIME", f"T{DAYPARTS[part]}")


def small_hours(match: Match) -> Reading | None:
    """As in "the early hours of Sunday", "the early morning hours", "the small hours"."""
    if not match.has("hours"):
        return None
    day = _beside(match) or match.context.named or match.now
    return on_day(day, "morning") if day else Reading("TIME", "TMO")


def night_into(match: Match) -> Reading | None:
    """As in "overnight into Sunday", "Monday night into Tuesday", "the night of Friday to Saturday"."""
    now = match.now
    number = WEEKDAYS[match.lower("into")]
    if match.lower("eve") and (WEEKDAYS[match.lower("eve")] + 1) % 7 != number:
        return None
    if now is None:
        return Reading("TIME", f"XXXX-WXX-{(number - 1) % 7 + 1}TNI")
    latest = now + timedelta(days=1) if match.future() else now
    day = calendars.weekday_on_or_before(latest, number)
    eve = day - timedelta(days=1)
    return Reading("TIME", f"{eve.isoformat()}TNI", eve, day)


def near_day(match: Match) -> Reading | None:
    """today, yesterday, tomorrow, tonight, last night, this morning."""
    if match.before in _TODAYS and match.first.text[0].isupper():
        return None  # "USA Today"
    if match.lower("near"):
        _without_order(match)
    offset = {"yesterday": -1, "tomorrow": 1}.get(match.lower("near"), -1 if match.has("last") else 0)
    part = "night" if match.lower("near") == "tonight" else match.lower("part")
    if match.now is None:
        return Reading("TIME" if part else "DATE", None)
    return on_day(match.now + timedelta(days=offset), part)


_TODAYS = ("usa", "russia", "india", "psychology")  # papers and stations


def overnight(match: Match) -> Reading | None:
    now = match.now
    if now is None:
        return Reading("TIME", "TNI")
    eve = now - timedelta(days=1)
    if match.lower("weekday"):
        day = _which_weekday(match, WEEKDAYS[match.lower("weekday")], now)
        eve = eve if day == now else day
    return Reading("TIME", f"{eve.isoformat()}TNI", eve, eve + timedelta(days=1))


def part_alone(match: Match) -> Reading | None:
    """As in "the evening", "at dawn": of the day last named, else not known."""
    part, day = match.lower("part"), match.context.named
    if match.after == "of" and match.words_after(2)[-1].lower[0].isdigit():
        return None
    if part in ("night", "nights") and not match.has("late", "early"):
        return overnight(match)
    return on_day(day, part) if day else Reading("TIME", f"T{DAYPARTS[part]}")


def named_day(match: Match) -> Reading | None:
    """As in "the next day", "the same day", "a day earlier": counted from the day that the report named last."""
    step = {"next": 1, "following": 1, "after": 1, "later": 1, "previous": -1, "before": -1, "earlier": -1}
    opener = match.first.lower  # "earlier that day" is that day
    offset = 0 if opener in ("earlier", "later") else next((by for word, by in step.items() if match.has(word)), 0)
    part = match.lower("part")
    if opener in ("earlier", "later", "early", "late") and not match.has("that", "same"):
        return None
    if (not offset and not match.has("same", "very", "that")) or (match.has("a") and not match.has("later", "earlier")):
        return None
    if match.context.named is None:
        return Reading("TIME" if part else "DATE", f"T{DAYPARTS[part]}" if part else "XXXX-XX-XX")
    return on_day(match.context.named + timedelta(days=offset), part)


def nine_eleven(match: Match) -> Reading | None:
    if (match.lower("a"), match.lower("b")) != ("9", "11"):
        return None
    return on_day(date(2001, 9, 11)) if match.now is None or match.now > date(2001, 9, 11) else None


def clock(match: Match) -> Reading | None:
    """A time of day, with the day where one stands beside it; else the day last named."""
    light = next((word for word in ("dawn", "dusk", "nightfall") if match.has(word)), "")
    if light and not re.search(r"\d", match.first.text):
        day = _beside(match) or match.context.named
        return on_day(day, light) if day else Reading("TIME", f"T{DAYPARTS[light]}")
    hour, minute = _hour_minute(match)
    if hour is None or hour > 24 or minute > 59:
        return None
    # An hour is that of the day named last; before any is named, of the day of publication.
    day = _beside(match) or match.context.named or match.now
    stamp = f"T{hour:02d}:{minute:02d}"
    return Reading("TIME", f"{day.isoformat()}{stamp}", day, day) if day else Reading("TIME", stamp)


def cable_alone(match: Match) -> Reading | None:
    """As in "AT 1530": four digits after "at" are an hour, unless things are counted by them."""
    after = match.word_after
    if match.before != "at" or (after and (after.lower in COUNTED or after.lower in MEASURED)):
        return None
    return clock(match)


def _hour_minute(match: Match) -> tuple[int | None, int]:
    text = match.lower("clock") or match.lower("glued") or match.lower("short") or match.lower("cable")
    if match.has("o'clock", "o’clock"):
        count = float(text) if text else match.count()
        return (int(count), 0) if count and count == int(count) and count <= 12 else (None, 0)
    if not text:  # "noon", "midnight"
        return (12, 0) if match.has("noon", "midday") else (24, 0)
    digits = [int(part) for part in re.findall(r"\d+", text)]
    if match.lower("cable"):
        digits = [int(text[:2]), int(text[2:])]
    elif (
        "." in text and not re.search(r"[ap]\.?m\.?$", text) and not match.lower("zone") and not match.has(*HOUR_WORDS)
    ):
        return None, 0  # "2.50" is a number
    hour, minute = digits[0], digits[1] if len(digits) > 1 else 0
    part = match.lower("part")
    late = match.has("p.m.", "pm", "p") or re.search(r"p\.?m\.?$", text) is not None or (part and part != "morning")
    early = match.has("a.m.", "am", "a") or re.search(r"a\.?m\.?$", text) is not None or part == "morning"
    if (late or early) and hour > 12:
        return (hour, minute) if match.lower("clock") else (None, 0)
    if late and hour < 12:
        hour += 12
    if early and hour == 12:
        hour = 0
    return hour, minute


_RANGE_REACH = 6  # words from an hour to the day that stands beside the hour after it


def _beside(match: Match) -> date | None:
    """The day that stands beside a part of a day or an hour: "noon on Saturday, March 28"."""
    now = match.now
    if match.lower("month") and match.lower("day"):
        day = dated(match)
        return day if isinstance(day, date) else None
    if match.lower("weekday") and now:
        return _which_weekday(match, WEEKDAYS[match.lower("weekday")], now)
    near = match.lower("near")
    if near and now:
        return now + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(near, 0))
    if now and match.after in ("and", "to", "until", "-"):  # "between 6am and 8am on Monday"
        names = (word.lower for word in match.words_after(_RANGE_REACH))
        number = next((WEEKDAYS[name] for name in names if name in WEEKDAYS and len(name) > len("thurs")), None)
        return None if number is None else _which_weekday(match, number, now)
    return None
