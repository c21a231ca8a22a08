"""Lengths of time: "three days", "two-week", "half an hour", "for years", "a minute and a half"."""

from datetime import date, timedelta

from dateline.reading.time_match import Match, Reading
from dateline.reading.time_parts import leads_to_noun
from dateline.reading.time_words import (
    AFTER_LENGTH,
    COUNTED,
    HALVES,
    LENGTH_CUES,
    LONG_WORDS,
    NO_RATE_AFTER,
    NO_RATE_BEFORE,
    NOT_GOING_ON,
    REACH,
    UNIT_CODES,
    UNITS,
)
from dateline.world import calendars, numbers


def length_value(count: float | None, unit: str) -> str:
    """TIMEX3 value of so many units; X where the number is not told. A half is told in the next smaller unit."""
    time, code = UNIT_CODES[unit]
    if count is not None and unit == "fortnight":
        count *= 2
    if count is None:
        return f"P{time}X{code}"
    half = HALVES.get(unit)
    if half and count % 1 == 0.5:
        whole = f"{int(count)}{code}" if count > 1 else ""
        return f"P{time}{whole}{half}" if time or half[0] != "T" else f"P{whole}{half}"
    return f"P{time}{count:g}{code}"


def back_from(day: date, count: float, unit: str) -> date | None:
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


def count_of(match: Match) -> float | None:
    """The number of units, with "1/2" or "and a half" added; None where it is vague."""
    count, top, under = match.count(), match.lower("top"), match.lower("frac")
    if count is None or not under:
        return count
    return count + (int(top) / int(under) if top and int(under) else 0.5)


def duration(match: Match) -> Reading | None:
    """As in "three days", "the first two years", "a month"."""
    unit, count = UNITS[match.lower("unit")], count_of(match)
    if is_age(match):
        return None
    _without_over(match)
    if match.lower("article") and not match.lower("frac"):
        if not _is_length(match, unit):
            return None
    elif (match.lower("unit") == "second" and match.lower("number") in ("a", "one")) or (
        unit == "quarter" and (match.lower("number") in ("a", "one", "three") and match.lower("unit") != "quarters")
    ):
        return None
    elif match.lower("number") == "one" and unit == "day" and match.future():
        return Reading("DATE", "FUTURE_REF", match.now, None)  # "will one day be"
    of_noun = match.lower("unit") in UNIT_CODES and leads_to_noun(match)
    if of_noun and match.first.lower == "the" and match.at(1) not in ("first", "initial", "final", "opening"):
        match.start += 1  # "the 30-second video": the article is the video's
    return _up_to_now(match, unit, count) or Reading("DURATION", length_value(count, unit))


def _without_over(match: Match) -> None:
    """ "Over three days" is more than three, "over the three days" during them."""
    if match.first.lower == "over" and match.at(1) == "the":
        match.start += 1


def _is_length(match: Match, unit: str) -> bool:
    """Tell "for a year" and "a month after" from "a day of clashes", "a quarter of them", "a second group"."""
    if unit in ("second", "quarter"):
        return False
    if match.after in ("-", "of") and unit in ("day", "night", "week", "month", "year"):
        return False
    return (
        not match.before or match.before in LENGTH_CUES or match.after in AFTER_LENGTH or not match.opens_with_article
    )


def _up_to_now(match: Match, unit: str, count: float | None) -> Reading | None:
    """As in "has been under siege for two years", "after seven years of war": a length that runs up to publication."""
    now = match.now
    if now is None or count is None or unit in ("minute", "second"):
        return None
    perfect = match.before in ("for", "in", "over") and any(match.at(-i) in ("has", "have") for i in range(2, REACH))
    if not perfect and not _of_what_goes_on(match):
        return None
    size = max(1.0, count / 24) if unit == "hour" else count
    first = back_from(now, size, "day" if unit == "hour" else unit)
    return Reading("DURATION", length_value(count, unit), first, now) if first else None


def _of_what_goes_on(match: Match) -> bool:
    """As in "after seven years of carnage", "three days of bombardment": told of what has just happened."""
    if match.after != "of" or match.future() or match.has("first", "initial", "opening", "final"):
        return False
    return not any(word.lower in NOT_GOING_ON for word in match.words_after(4))


def is_age(match: Match) -> bool:
    """As in "12-year-old", "aged 12 years", "12 years of age"."""
    next_but_one = match.at(match.end - match.start + 1)
    if match.after.startswith("old") or (match.after == "-" and next_but_one.startswith("old")):
        return True
    return match.before in ("aged", "age") or (match.after == "of" and next_but_one == "age")


def hyphened(match: Match) -> Reading | None:
    """As in "two-week", "48-hour", "a six-month period"; never "12-year-old"."""
    if is_age(match):
        return None
    count = match.count()
    return None if count is None else Reading("DURATION", length_value(count, UNITS[match.lower("one")]))


def half_unit(match: Match) -> Reading | None:
    """As in "half an hour", "half a century"."""
    unit = match.lower("one")
    whole = {"decade": "P5Y", "century": "P50Y", "fortnight": "P1W"}.get(unit)
    if whole is None and unit not in HALVES:
        return None
    return Reading("DURATION", whole or length_value(0.5, unit))


def quarter_century(match: Match) -> Reading | None:
    """As in "a quarter of a century", "a quarter-century"."""
    return Reading("DURATION", "P25Y")


def how_long(match: Match) -> Reading | None:
    """As in "week-long", "months-long", "years-old", "yearlong"."""
    word = match.lower("longword")
    if word:
        return Reading("DURATION", length_value(1, LONG_WORDS[word]))
    name = match.lower("unit")
    plural = name not in UNIT_CODES
    if match.has("old") and not plural:
        return None
    return Reading("DURATION", length_value(None if plural else 1, UNITS[name]))


def vague_length(match: Match) -> Reading | None:
    """As in "for weeks", "in years", "several months", "hours after", "the final days"."""
    unit = UNITS[match.lower("units")]
    if match.has("ahead") and match.after == "of":
        match.end -= 1  # "days ahead of the talks"
    beside = match.after in ("after", "before", "ahead", "into") and match.at(match.end - match.start + 1) != ";"
    if is_age(match):
        return None
    _without_over(match)
    if not match.lower("few") and not beside and not match.has(*_GOES_ON):
        if match.has("the") and not match.has(*_FIRST, *_GOES_ON):
            return None
        if match.before not in (
            "for",
            "in",
            "within",
            "of",
            "after",
            "over",
            "follows",
            "until",
            "took",
            "take",
            "takes",
        ):
            return None
        if unit in ("quarter", "second", "night"):
            return None
        if match.before in ("in", "of", "over") and match.after in ("of", "and") and not match.has(*_FIRST):
            return None
    if beside and not match.lower("few") and unit in ("quarter", "second", "night"):
        return None
    return Reading("DURATION", length_value(None, unit))


_FIRST = ("first", "final", "early", "opening")
_GOES_ON = ("ahead", "followed", "come")  # "the weeks ahead", "the years that followed", "the days to come"


def rate(match: Match) -> Reading | None:
    """As in "twice a week", "50,000 barrels a day", "per month": how often, which TIMEX3 calls a set."""
    unit, before, after = match.lower("one"), match.before, match.after
    if match.has("per", "each"):
        return Reading("SET", length_value(1, unit))
    if after in ("ago", "later", "earlier", "after", "before", "-", "and", "or", "old", "long"):
        return None
    told = before in ("once", "twice", "times", "%", "percent", "cent")
    number = before[:1].isdigit() or before in numbers.NUMBER_WORDS
    number = number or before in COUNTED
    plural = len(before) > 3 and before.endswith("s") and before not in NO_RATE_BEFORE and after not in NO_RATE_AFTER
    return Reading("SET", length_value(1, unit)) if told or number or plural else None
