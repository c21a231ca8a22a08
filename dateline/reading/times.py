"""Time expressions: found anywhere, normalised to TIMEX3 and to calendar days.

The stage reads sentences in order and remembers the last day that was named, so that "the next day" has something to
stand on. RULES is the method: a template of words, and the function that says what it means. Where rules overlap, the
one that starts first wins, then the longer one, then the earlier in the list.

Calendar conventions: record.md, "Times". TIMEX3 types and values: TimeML 1.2.1 annotation guidelines. Extents leave out
the preposition ("Friday", "the past week"); `with_preposition` puts it back for claims.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from msgspec.structs import replace

from dateline.codes import TimePrecision, TimexType
from dateline.reading.patterns import Lexicon, Word, group_span, word_set, words_of
from dateline.reading.words import Sentence
from dateline.record import Period, Span, Unknown
from dateline.world import calendars, numbers
from dateline.world.calendars import MONTHS, SEASONS, WEEKDAYS, Days

STAGE = "times"

# Lower-case words that are months or weekdays only with help: "may" is a modal, "march" a verb, "sat" a past tense.
_DOUBTFUL_MONTHS = word_set("may march mar jan jun dec sep august")
_DOUBTFUL_WEEKDAYS = word_set("mon tue tues wed thu thur thurs fri sat sun")
_MONTH_CUES = word_set(
    "in since until till by last next this early mid late from to through between and before after during of "
    "past - , throughout around on"
)
_YEAR_CUES = word_set(
    "in since until till by during from through before after the to and of early mid late a between circa "
    "around about ( - , for summer spring autumn fall winter year back on christmas ramadan its his her their "
    "this 's throughout as"
)
_FIRST_YEAR, _LAST_YEAR = 1800, 2100  # a four-digit number outside is no year
# How many units "a few weeks ago" lies back, and how many "the past few weeks" last at the least.
_FEW = (2, 5)
_PAST_FEW = 3
# Days. A bare day and month ("1 May") is the latest one, unless that lies further back than this: then the coming one
# is meant, as nobody leaves the year out of a date eleven months old.
_STALE = 320

_UNIT_CODES = {
    "second": ("T", "S"), "minute": ("T", "M"), "hour": ("T", "H"), "day": ("", "D"), "night": ("", "D"),
    "week": ("", "W"), "fortnight": ("", "W"), "month": ("", "M"), "quarter": ("", "Q"), "year": ("", "Y"),
    "decade": ("", "DE"), "century": ("", "CE"), "weekend": ("", "WE"),
}  # fmt: skip
_PLURALS = {f"{unit}s": unit for unit in _UNIT_CODES if unit != "century"} | {"centuries": "century"}
_UNITS = {unit: unit for unit in _UNIT_CODES} | _PLURALS | {"mins": "minute", "hrs": "hour", "yrs": "year"}
_DAYPARTS = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "midday": "MI", "noon": "MI", "dawn": "MO",
    "lunchtime": "MI", "nightfall": "EV", "dusk": "EV", "midnight": "NI", "mornings": "MO", "nights": "NI",
    "evenings": "EV", "afternoons": "AF",
}  # fmt: skip
_EDGES = {
    "early": ("early", "beginning", "start"),
    "mid": ("mid", "middle"),
    "late": ("late", "end"),
}
_FREQUENT = {
    "daily": "P1D", "weekly": "P1W", "monthly": "P1M", "quarterly": "P3M", "annual": "P1Y", "annually": "P1Y",
    "yearly": "P1Y", "hourly": "PT1H", "nightly": "P1D", "biennial": "P2Y", "fortnightly": "P2W",
}  # fmt: skip
_PRESENT = "PRESENT_REF"
_PAST = "PAST_REF"
_FUTURE = "FUTURE_REF"

_NUMBER_WORDS = sorted(numbers.NUMBER_WORDS - {"score", "bn", "mn", "pair", "couple"})
# Shapes of digits: a word gets the first that fits it.
_YEAR_SHAPE = r"/(?:1[0-9]|20|21)\d\d/"
_DAY_SHAPE = r"/0?[1-9]|[12]\d|3[01]/"
_TWO_DIGITS = r"/\d\d/"
_DAYTH_SHAPE = r"/\d{1,2}(?:st|nd|rd|th)/"
_GLUED_SHAPE = r"/\d{1,2}(?:[:.][0-5]\d)?(?:am|pm)/"
_CLOCK_SHAPE = r"/\d{1,2}[:.][0-5]\d(?::[0-5]\d)?/"
_CABLE_SHAPE = r"/(?:[01]\d|2[0-3])[0-5]\d/"
_DECADE_SHAPE = r"/(?:1[89]|20)\d0s/"
_DECADE_SHORT = r"/[2-9]0s/"
_WHOLE_SHAPE = r"/\d+/"
_COMMA_SHAPE = r"/\d+[.,]\d+/"
_SHAPES = (
    _YEAR_SHAPE, _DAY_SHAPE, _TWO_DIGITS, _DAYTH_SHAPE, _GLUED_SHAPE, _CLOCK_SHAPE, _CABLE_SHAPE, _DECADE_SHAPE,
    _DECADE_SHORT, _WHOLE_SHAPE, _COMMA_SHAPE,
)  # fmt: skip

CLASSES: Mapping[str, Iterable[str]] = {
    "shapes": _SHAPES,
    "year": [_YEAR_SHAPE],
    "yearshort": [_YEAR_SHAPE, _DAY_SHAPE, _TWO_DIGITS],
    "day": [_DAY_SHAPE, _DAYTH_SHAPE],
    "short": [_DAY_SHAPE, _TWO_DIGITS],
    "clock": [_CLOCK_SHAPE],
    "glued": [_GLUED_SHAPE],
    "cable": [_CABLE_SHAPE, _YEAR_SHAPE],
    "decade": [_DECADE_SHAPE, _DECADE_SHORT],
    "relative": ["last", "next", "this", "past", "coming", "previous", "following", "that"],
    "edges": [word for words in _EDGES.values() for word in words],
    "nears": ["today", "yesterday", "tomorrow", "tonight"],
    "decadeword": ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"],
    "month": list(MONTHS),
    "weekday": list(WEEKDAYS),
    "weekdays": ["mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays"],
    "season": list(SEASONS),
    "ordinal": [*list(numbers.ORDINALS), "last", "final", "/\\d{1,2}(?:st|nd|rd|th)/"],
    "unit": list(_UNITS),
    "units": [*_PLURALS, "mins", "hrs", "yrs"],
    "one": list(_UNIT_CODES),
    "part": list(_DAYPARTS),
    "number": [
        *_NUMBER_WORDS,
        "a",
        "an",
        _YEAR_SHAPE,
        _DAY_SHAPE,
        _TWO_DIGITS,
        _WHOLE_SHAPE,
        _COMMA_SHAPE,
        _CLOCK_SHAPE,
    ],
    "few": ["several", "few", "many", "couple", "some", "dozens", "hundreds", "thousands", "coming"],
    "frequent": list(_FREQUENT),
}


class Reading(NamedTuple):
    """What an expression means. `first` or `last` is None where that side is open or not known."""

    type: TimexType
    value: str | None
    first: date | None = None
    last: date | None = None


class Context(NamedTuple):
    """What a rule may stand on: the day of publication, and the last day that the report named."""

    published: date | None
    named: date | None


class Match:
    """One match of a template: its words by name, and what stands around it."""

    __slots__ = ("_groups", "_words", "context", "end", "start")

    def __init__(self, words: Sequence[Word], found: re.Match[str], context: Context) -> None:
        self._words = words
        self._groups = found
        self.start, self.end = found.span()
        self.context = context
        if (
            words[self.start].lower in ("a", "an")
            and self.end - self.start > 2
            and _opens_number(words[self.start + 1])
        ):
            self.start += 1  # "a four-year siege": the article is the siege's

    @property
    def published(self) -> date | None:
        return self.context.published

    def lower(self, name: str) -> str:
        """The words of a named group, lower-cased; empty where it did not take part."""
        start, end = group_span(self._groups, name)
        return " ".join(word.lower for word in self._words[start:end]) if start >= 0 else ""

    def word(self, name: str) -> Word | None:
        start, _ = group_span(self._groups, name)
        return self._words[start] if start >= 0 else None

    def has(self, *words: str) -> bool:
        """Whether one of these words is part of the match."""
        return any(word.lower in words for word in self._words[self.start : self.end])

    def at(self, offset: int) -> str:
        """The word at an offset from the match's first word; empty outside the sentence."""
        index = self.start + offset
        return self._words[index].lower if 0 <= index < len(self._words) else ""

    @property
    def before(self) -> str:
        return self.at(-1)

    @property
    def after(self) -> str:
        return self.at(self.end - self.start)

    @property
    def word_after(self) -> Word | None:
        return self._words[self.end] if self.end < len(self._words) else None

    @property
    def first(self) -> Word:
        return self._words[self.start]

    def count(self, name: str = "number") -> float | None:
        """The value of a number group; None where it is vague or absent."""
        start, end = group_span(self._groups, name)
        if start < 0:
            return None
        run = [word.lower for word in self._words[start:end]]
        if run in (["a"], ["an"]):
            return 1
        read = numbers.number_at(run, 0) or (numbers.number_at(run, 1) if len(run) > 1 else None)
        if read is None or read.end != len(run):
            return None
        return read.value + (0.5 if self.has("half") and "half" not in run else 0)

    def future(self) -> bool:
        """Whether the verb that governs the match looks ahead."""
        return _looks_ahead(self._words, self.start, self.end)


def _opens_number(word: Word) -> bool:
    return word.lower[0].isdigit() or word.lower in numbers.ONES or word.lower in numbers.TENS


Resolve = Callable[[Match], Reading | None]


class Rule(NamedTuple):
    name: str
    template: str
    resolve: Resolve


# --- tense -----------------------------------------------------------------------------------------------------------

_AHEAD = word_set(
    "will 'll ’ll shall would scheduled due plans plan planned planning expected intends slated upcoming might "
    "may could hopes expects"
)
_SAID = word_set(
    "said says told was were had did has added announced reported killed died wounded began took came went fell "
    "left hit struck attacked fired arrested ordered met voted held launched been called became made saw"
)
_AUXILIARY = word_set("be been being have get")
_REACH = 12  # words; a verb further off seldom governs the expression


def _looks_ahead(words: Sequence[Word], start: int, end: int) -> bool:
    """Look back for the nearest finite verb, then ahead. A participle after "be" or "to be" is no past tense."""
    for i in range(start - 1, max(-1, start - _REACH), -1):
        word = words[i].lower
        if word in _AHEAD or (word == "to" and (words[i + 1].lower == "be" or words[i - 1].lower in ("set", "going"))):
            return not (word == "planned" and words[i - 1].lower == "had")
        if word in _SAID and not (i and words[i - 1].lower in _AUXILIARY):
            return False
        if word in (";", ":"):
            return False
    return any(word.lower in ("will", "shall", "'ll", "’ll") for word in words[end : end + 4])


# --- what the parts mean ---------------------------------------------------------------------------------------------


def _month_is_meant(match: Match, name: str = "month") -> bool:
    """Tell May and March from may and march, Jan. from Jan Egeland."""
    word = match.word(name)
    if word is None or word.lower not in _DOUBTFUL_MONTHS:
        return word is not None
    if (
        (match.end - match.start > 1 and match.has(*_MONTH_CUES - {"-", ","}))
        or match.lower("year")
        or match.lower("day")
    ):
        return True
    if word.text.islower() and word.lower in ("may", "march", "august") and match.before not in ("in", "since", "last"):
        return False
    before = match.before
    if (
        before in ("on", ",", "and", "of", "to", "by", "-")
        and word.lower in ("may", "march")
        and not (word.text.istitle() and before in ("and", "of", "to", "by") and not _is_name(match.word_after))
    ):
        return False
    return before in _MONTH_CUES or (match.after == "'s" and word.lower == "march")


def _is_name(word: Word | None) -> bool:
    return word is not None and word.text[:1].isupper()


def _year_is_meant(match: Match, year: int) -> bool:
    """A bare four-digit number is a year after the words that go with years, and not where things are counted."""
    after = match.word_after
    if match.before in ("in", "since") and not (after and after.lower in _COUNTED):
        return True
    if after and (after.lower in _COUNTED or after.lower in _MEASURED):
        return False
    if match.start == 0:
        return bool(after and after.lower in ("was", "saw", "is", ",", "has", "will", ":", "brought"))
    if match.before in _YEAR_CUES:
        plural = after is not None and after.text.islower() and after.lower.endswith("s") and len(after.lower) > 3
        # "the 1987 accords" is a year, "of 1500 rebels" a count.
        return not plural or match.before in ("the", "'s", "a", "this") or (year % 100 != 0 and match.before != "to")
    return match.before == "fiscal" or match.before in MONTHS


_COUNTED = word_set(
    "people soldiers troops civilians men women children fighters rebels militants refugees others killed dead "
    "wounded injured persons families houses homes prisoners barrels tons tonnes gmt hours hrs oil members "
    "police"
)
_MEASURED = word_set("km kilometers kilometres miles meters metres m percent % dollars euros pounds feet local utc")


def _year(word: str) -> int | None:
    if not word:
        return None
    year = int(word)
    return year if _FIRST_YEAR <= year <= _LAST_YEAR else None


def _day_number(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def _month(word: str) -> int:
    return MONTHS[word]


def _relative_year(match: Match, name: str) -> int | None:
    """The year of "this year", "last year"; "that year" is the year of the day named last."""
    word, now, named = match.lower(name), match.published, match.context.named
    if word == "that":
        return named.year if named else None
    return now.year + _relative(word) if now and word else None


def _relative(word: str) -> int:
    """How many units "last", "this" and "next" lie from now."""
    return {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1, "following": 1}.get(word, 0)


def _clip(days: Days, match: Match) -> Days:
    """A period under way ends on the day of publication, unless the verb looks ahead."""
    now = match.published
    if now and days.first <= now < days.last and not match.future():
        return Days(days.first, now)
    return days


def _nearest_year(match: Match, month: int) -> int | None:
    """The year of a month that is named without one: the nearest past, the next with a future verb."""
    now = match.published
    if now is None:
        return None
    if match.future():
        return now.year + (month < now.month)
    return now.year - (month > now.month)


def _dated(match: Match, prefix: str = "") -> date | str | None:
    """The day that a day-and-month group names; a TIMEX3 value where only the year is not known."""
    month, day = _month(match.lower("month")), _day_number(match.lower("day"))
    year = _year(match.lower("year"))
    now = match.published
    if match.lower("year") and year is None:
        return None
    if year is None and match.lower("rel"):
        year = _relative_year(match, "rel")
    elif year is None and month == 9 and day == 11 and match.after in _NINE_ELEVEN and (not now or now.year > 2001):
        year = 2001
    elif year is None and now:
        year = _year_of_day(match, now, month, day)
    if year is not None:
        return calendars.calendar_day(year, month, day)
    return f"XXXX-{month:02d}-{day:02d}" if calendars.calendar_day(2000, month, day) else None


_NINE_ELEVEN = word_set("attacks attack terrorist terror hijackings hijackers commission")


def _year_of_day(match: Match, now: date, month: int, day: int) -> int:
    this = calendars.calendar_day(now.year, month, day)
    if this is None:  # 29 February in a common year
        return now.year - 1
    weekday = WEEKDAYS.get(match.lower("weekday"))
    if weekday is not None:  # a weekday settles the year: the nearest in which it fits
        years = sorted(range(now.year - 3, now.year + 2), key=lambda y: abs(y - now.year))
        fits = (y for y in years if (d := calendars.calendar_day(y, month, day)) and d.weekday() == weekday)
        found = next(fits, None)
        if found is not None:
            return found
    if this > now:
        last = calendars.calendar_day(now.year - 1, month, day) or this
        ahead = match.future() or (now - last).days > _STALE
        return now.year if ahead else now.year - 1
    return now.year + (match.future() and (now - this).days > 180)


# --- days ------------------------------------------------------------------------------------------------------------


def _on(day: date, part: str = "") -> Reading:
    """A day, or a part of one."""
    if part:
        return Reading("TIME", f"{day.isoformat()}T{_DAYPARTS[part]}", day, day)
    return Reading("DATE", day.isoformat(), day, day)


def _full_date(match: Match) -> Reading | None:
    if not _month_is_meant(match):
        return None
    day = _dated(match)
    if isinstance(day, date):
        return _on(day, match.lower("part"))
    return Reading("DATE", day) if day else None


def _day_range(match: Match) -> Reading | None:
    """As in "12-14 June", "between 3 and 5 May", "11, 12 and 13 November": one stretch of days."""
    last = _dated(match)
    if not isinstance(last, date):
        return None
    month = MONTHS.get(match.lower("from_month"), last.month)
    year = last.year - (month > last.month)
    first = calendars.calendar_day(year, month, _day_number(match.lower("from_day")))
    if first is None or first > last:
        return None
    return Reading("DATE", f"{first.isoformat()}/{last.isoformat()}", first, last)


def _iso_date(match: Match) -> Reading | None:
    day = calendars.calendar_day(int(match.lower("year")), int(match.lower("m")), _day_number(match.lower("day")))
    return _on(day) if day else None


def _slashed(match: Match) -> Reading | None:
    """10/26/89 or 26/10/1989; where both orders make a date, the one nearer to publication."""
    a, b, year = int(match.lower("a")), int(match.lower("b")), int(match.lower("y"))
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    both = [day for day in (calendars.calendar_day(year, a, b), calendars.calendar_day(year, b, a)) if day]
    if not both:
        return None
    now = match.published
    if now is None and len(set(both)) > 1:
        return Reading("DATE", f"{year:04d}")
    return _on(min(both, key=lambda day: abs((day - now).days) if now else 0))


def _weekday(match: Match) -> Reading | None:
    word = match.word("weekday")
    if word is None or (word.lower in _DOUBTFUL_WEEKDAYS and not (word.text[0].isupper() and _abbreviated(match))):
        return None
    number, now = WEEKDAYS[word.lower], match.published
    part = match.lower("part")
    if now is None:
        return Reading("TIME" if part else "DATE", f"XXXX-WXX-{number + 1}" + (f"T{_DAYPARTS[part]}" if part else ""))
    return _on(_which_weekday(match, number, now), part)


def _abbreviated(match: Match) -> bool:
    return match.after in (".", ",") or match.after in MONTHS or match.has(".")


def _which_weekday(match: Match, number: int, now: date) -> date:
    rel = match.lower("rel")
    if rel == "last":
        return calendars.weekday_on_or_before(now - timedelta(days=1), number)
    if rel in ("next", "coming"):
        return calendars.weekday_on_or_after(now + timedelta(days=1), number)
    if rel in ("following", "previous") and match.context.named:
        step = timedelta(days=1)
        named = match.context.named
        if rel == "following":
            return calendars.weekday_on_or_after(named + step, number)
        return calendars.weekday_on_or_before(named - step, number)
    if match.future():
        return calendars.weekday_on_or_after(now, number)
    return calendars.weekday_on_or_before(now, number)


def _night_into(match: Match) -> Reading | None:
    """As in "overnight into Sunday", "Monday night into Tuesday": the eve and the day."""
    now = match.published
    number = WEEKDAYS[match.lower("into")]
    if now is None:
        return Reading("TIME", f"XXXX-WXX-{(number - 1) % 7 + 1}TNI")
    latest = now + timedelta(days=1) if match.future() else now
    day = calendars.weekday_on_or_before(latest, number)
    eve = day - timedelta(days=1)
    return Reading("TIME", f"{eve.isoformat()}TNI", eve, day)


def _near_day(match: Match) -> Reading | None:
    """today, yesterday, tomorrow, tonight, last night, this morning."""
    offset = {"yesterday": -1, "tomorrow": 1}.get(match.lower("near"), -1 if match.has("last") else 0)
    part = "night" if match.lower("near") == "tonight" else match.lower("part")
    if match.published is None:
        return Reading("TIME" if part else "DATE", None)
    return _on(match.published + timedelta(days=offset), part)


def _overnight(match: Match) -> Reading | None:
    now = match.published
    if now is None:
        return Reading("TIME", "TNI")
    eve = now - timedelta(days=1)
    return Reading("TIME", f"{eve.isoformat()}TNI", eve, now)


def _part_alone(match: Match) -> Reading | None:
    """As in "the evening", "at dawn": of the day last named, else not known."""
    part, day = match.lower("part"), match.context.named
    if part in ("night", "nights") and not match.has("late", "early"):
        return _overnight(match)
    return _on(day, part) if day else Reading("TIME", f"T{_DAYPARTS[part]}")


def _named_day(match: Match) -> Reading | None:
    """As in "the next day", "the same day", "a day earlier": counted from the day that the report named last."""
    step = {"next": 1, "following": 1, "after": 1, "later": 1, "previous": -1, "before": -1, "earlier": -1}
    offset = next((by for word, by in step.items() if match.has(word)), 0)
    part = match.lower("part")
    if (not offset and not match.has("same", "very", "that")) or (match.has("a") and not match.has("later", "earlier")):
        return None
    if match.context.named is None:
        return Reading("TIME" if part else "DATE", f"T{_DAYPARTS[part]}" if part else "XXXX-XX-XX")
    return _on(match.context.named + timedelta(days=offset), part)


def _nine_eleven(match: Match) -> Reading | None:
    if (match.lower("a"), match.lower("b")) != ("9", "11"):
        return None
    return _on(date(2001, 9, 11)) if match.published is None or match.published > date(2001, 9, 11) else None


# --- hours -----------------------------------------------------------------------------------------------------------


def _clock(match: Match) -> Reading | None:
    """A time of day, with the day where one stands beside it; else the day last named."""
    hour, minute = _hour_minute(match)
    if hour is None or hour > 24 or minute > 59:
        return None
    day = _clock_day(match) or match.context.named
    stamp = f"T{hour:02d}:{minute:02d}"
    return Reading("TIME", f"{day.isoformat()}{stamp}", day, day) if day else Reading("TIME", stamp)


def _cable_alone(match: Match) -> Reading | None:
    """As in "AT 1530": four digits after "at" are an hour, unless things are counted by them."""
    after = match.word_after
    if match.before != "at" or (after and (after.lower in _COUNTED or after.lower in _MEASURED)):
        return None
    return _clock(match)


_HOUR_WORDS = word_set("a.m. p.m. am pm gmt local hours")


def _hour_minute(match: Match) -> tuple[int | None, int]:
    text = match.lower("clock") or match.lower("glued") or match.lower("short") or match.lower("cable")
    if not text:  # "noon", "midnight"
        return (12, 0) if match.has("noon", "midday") else (24, 0)
    digits = [int(part) for part in re.findall(r"\d+", text)]
    if match.lower("cable"):
        digits = [int(text[:2]), int(text[2:])]
    elif "." in text and not re.search("[ap]m$", text) and not match.has(*_HOUR_WORDS):
        return None, 0  # "2.50" is a number
    hour, minute = digits[0], digits[1] if len(digits) > 1 else 0
    late = match.has("p.m.", "pm", "p") or text.endswith("pm")
    early = match.has("a.m.", "am", "a") or text.endswith("am")
    if (late or early) and hour > 12:
        return (hour, minute) if match.lower("clock") else (None, 0)
    if late and hour < 12:
        hour += 12
    if early and hour == 12:
        hour = 0
    return hour, minute


def _clock_day(match: Match) -> date | None:
    now = match.published
    if match.lower("weekday") and now:
        return _which_weekday(match, WEEKDAYS[match.lower("weekday")], now)
    if match.lower("month"):
        day = _dated(match)
        return day if isinstance(day, date) else None
    near = match.lower("near")
    if near and now:
        return now + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(near, 0))
    return None


# --- weeks, months, years --------------------------------------------------------------------------------------------


def _edge(match: Match) -> str:
    """early, mid or late; empty where the expression names the whole."""
    words = match.lower("edge")
    if not words:
        return ""
    for part, members in _EDGES.items():
        if any(word in members for word in words.split()):
            return part
    return ""


def _month_reading(match: Match) -> Reading | None:
    if not _month_is_meant(match):
        return None
    month, now = _month(match.lower("month")), match.published
    year = _year(match.lower("year"))
    if match.lower("year") and year is None:
        return None
    if year is None and match.lower("yearrel"):
        year = _relative_year(match, "yearrel")
    elif year is None and match.lower("rel") and now:
        year = _relative_month_year(match.lower("rel"), month, now)
    elif year is None:
        year = _nearest_year(match, month)
    if year is None:
        return Reading("DATE", f"XXXX-{month:02d}")
    days = calendars.month_days(year, month)
    part = _edge(match)
    days = _clip(calendars.third_of_month(days, part) if part else days, match)
    return Reading("DATE", f"{year:04d}-{month:02d}", *days)


def _relative_month_year(rel: str, month: int, now: date) -> int:
    """As in "last June" is the latest June before this month, "next June" the first after it."""
    if rel in ("last", "past"):
        return now.year - (month >= now.month)
    if rel in ("next", "coming"):
        return now.year + (month <= now.month)
    return now.year


def _month_range(match: Match) -> Reading | None:
    """As in "from March to June", "between March and June 2014"."""
    if match.word("month") is None:
        return None
    month, first_month = _month(match.lower("month")), _month(match.lower("from_month"))
    year = _year(match.lower("year")) or _nearest_year(match, month)
    if year is None:
        return Reading("DATE", f"XXXX-{first_month:02d}/XXXX-{month:02d}")
    first_year = _year(match.lower("from_year")) or year - (first_month > month)
    first = calendars.month_days(first_year, first_month).first
    last = calendars.month_days(year, month).last
    return Reading("DATE", f"{first:%Y-%m}/{last:%Y-%m}", first, last) if first <= last else None


def _year_reading(match: Match) -> Reading | None:
    year = _year(match.lower("year"))
    if year is None or (not match.lower("edge") and not match.has("fiscal", "fy") and not _year_is_meant(match, year)):
        return None
    part = _edge(match)
    days = calendars.year_days(year)
    return Reading("DATE", f"{year:04d}", *_clip(calendars.third_of_year(days, part) if part else days, match))


def _year_range(match: Match) -> Reading | None:
    """As in "2013-15", "from 2011 to 2014", "between 1982 and 1986"."""
    first, text = _year(match.lower("from_year")), match.lower("year") or match.lower("short")
    if first is None:
        return None
    last = int(text) if len(text) == 4 else first // 100 * 100 + int(text)
    if not first < last <= min(first + 99, _LAST_YEAR):
        return None
    if match.lower("short") and match.before in ("(", "$"):
        return None
    return Reading("DATE", f"{first:04d}/{last:04d}", date(first, 1, 1), _clip(calendars.year_days(last), match).last)


def _decade(match: Match) -> Reading | None:
    text = match.lower("decade")
    if text:
        first = int(text[:-1]) if len(text) == 5 else 1900 + int(text[:-1])
    else:
        first = 1900 + 10 * (2 + list(CLASSES["decadeword"]).index(match.lower("decadeword")))
    if not text and match.before not in ("the", "'s") and not match.has("the"):
        return None
    part, days = _edge(match), calendars.decade_days(first)
    return Reading("DATE", f"{first // 10}", *(calendars.third_of_decade(days, part) if part else days))


def _century(match: Match) -> Reading | None:
    ordinal = numbers.ordinal_value(match.lower("ordinal"))
    if ordinal is None and match.lower("ordinal") == "twenty first":
        ordinal = 21
    if ordinal is None or not 1 <= ordinal <= 22:
        return None
    return Reading("DATE", f"{ordinal - 1:02d}", *calendars.century_days(ordinal))


def _this_unit(match: Match) -> Reading | None:
    """As in "last week" is the calendar week before, "this month" the one under way, "next year" the one to come."""
    unit, by, now = match.lower("one"), _relative(match.lower("rel")), match.published
    made = _calendar_unit(unit, by, now) if now else None
    if made is None or now is None:
        return Reading("DATE", None) if now is None else None
    value, days = made
    if unit == "weekend":
        return Reading("DATE", value, *days)
    part = _edge(match)
    if part and unit in ("year", "month"):
        days = (calendars.third_of_year if unit == "year" else calendars.third_of_month)(days, part)
    if match.has("later") and days.last >= now:
        return Reading("DATE", value, max(days.first, now), days.last)
    if match.has("earlier", "far"):
        return Reading("DATE", value, days.first, min(days.last, max(days.first, now)))
    return Reading("DATE", value, *_clip(days, match))


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


def _in_the_unit(match: Match) -> Reading | None:
    """As in "later in the year", "during the month": the one under way at publication."""
    unit = match.lower("one")
    if not match.has("in") and (unit not in ("year", "month", "quarter") or match.before not in ("in", "during", "of")):
        return None
    if unit == "day":
        return _named_day_itself(match)
    now = match.published
    made = _calendar_unit(unit, 0, now) if now else None
    if made is None:
        return Reading("DATE", None) if now is None else None
    return Reading("DATE", made[0], *_clip(made[1], match))


def _named_day_itself(match: Match) -> Reading:
    named = match.context.named
    return _on(named) if named else Reading("DATE", "XXXX-XX-XX")


def _weekend(match: Match) -> Reading | None:
    """As in "the weekend": the latest Saturday and Sunday before publication, or the next with a future verb."""
    now = match.published
    if now is None:
        return Reading("DATE", "XXXX-WXX-WE")
    days = calendars.weekend_of(now) if match.future() else calendars.weekend_before(now)
    return Reading("DATE", f"{calendars.iso_week(days.first)}-WE", *days)


def _edge_of_unit(match: Match) -> Reading | None:
    """As in "the end of the year", "the beginning of this month"."""
    unit, now = match.lower("one"), match.published
    made = _calendar_unit(unit, _relative(match.lower("rel")), now) if now else None
    if made is None or now is None:
        return Reading("DATE", None) if unit != "day" else None
    value, days = made
    part = _edge(match)
    if part and unit in ("year", "month"):
        days = (calendars.third_of_year if unit == "year" else calendars.third_of_month)(days, part)
    return Reading("DATE", value, *days)


def _quarter(match: Match) -> Reading | None:
    """As in "the third quarter of 1989", "the first half of this year"; with no year, the latest begun."""
    number, now = numbers.ordinal_value(match.lower("ordinal")), match.published
    half = match.has("half")
    if number is None or number > (2 if half else 4):
        return None
    year = _year(match.lower("year"))
    year = year or _relative_year(match, "yearrel")
    if year is None and now:
        first = (calendars.half_days if half else calendars.quarter_days)(now.year, number).first
        year = now.year - (first > now and not match.future())
    letter = "H" if half else "Q"
    if year is None:
        return Reading("DATE", f"XXXX-{letter}{number}")
    days = (calendars.half_days if half else calendars.quarter_days)(year, number)
    return Reading("DATE", f"{year:04d}-{letter}{number}", *_clip(days, match))


def _season(match: Match) -> Reading | None:
    season, now = match.lower("season"), match.published
    word = match.word("season")
    rel, year = match.lower("rel"), _year(match.lower("year"))
    if season == "fall" and year is None and rel not in ("last", "this", "next") and not match.lower("yearrel"):
        return None  # "the fall of Mosul"
    if season == "spring" and word is not None and word.text.istitle() and match.before in ("arab", "prague"):
        return None
    year = year or _relative_year(match, "yearrel")
    if year is None and now:
        year = _season_year(match, season, rel, now)
    code = SEASONS[season][1]
    if year is None:
        return Reading("DATE", f"XXXX-{code}")
    return Reading("DATE", f"{year:04d}-{code}", *_clip(calendars.season_days(year, season), match))


def _season_year(match: Match, season: str, rel: str, now: date) -> int:
    if rel in ("next", "coming") or match.future():
        return next(y for y in range(now.year - 1, now.year + 2) if calendars.season_days(y, season).last >= now)
    done = rel in ("last", "past")
    years = range(now.year, now.year - 3, -1)
    spans = ((y, calendars.season_days(y, season)) for y in years)
    return next(y for y, days in spans if (days.last < now if done else days.first <= now))


def _week_of_month(match: Match) -> Reading | None:
    """As in "the first week of June", "the last two days of May", "the first three months of 2018"."""
    unit = _UNITS[match.lower("unit")]
    whole = _whole_of(match)
    if unit not in ("day", "week", "month"):
        return None
    if whole is None:
        return Reading("DATE", None)
    count = match.count() if match.lower("number") else 1
    if count is None or count > 31:
        count = _PAST_FEW
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
    if days.length == 1:
        return _on(days.first)
    return Reading("DATE", f"{days.first.isoformat()}/{days.last.isoformat()}", *days)


def _whole_of(match: Match) -> Days | None:
    """The month or year that "of" names in "the first week of June 2014"."""
    year = _year(match.lower("year"))
    if match.lower("month"):
        month = _month(match.lower("month"))
        year = year or _nearest_year(match, month)
        return calendars.month_days(year, month) if year else None
    year = year or _relative_year(match, "yearrel")
    return calendars.year_days(year) if year else None


# --- lengths, and what is counted from a day -------------------------------------------------------------------------


def _length_value(count: float | None, unit: str) -> str:
    time, code = _UNIT_CODES[unit]
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


def _past_units(match: Match) -> Reading | None:
    """As in "in the past week": from so many units before publication to it; "the next two days" from it onwards."""
    unit, now = _UNITS[match.lower("unit")], match.published
    # "the last year of the war" and the like: a length, not a stretch up to now.
    count = match.count() if match.lower("number") else (None if match.lower("few") else 1)
    plural = match.lower("unit") in _PLURALS
    if count == 1 and plural and not match.lower("number"):
        count = None
    value = _length_value(count, unit)
    ahead = match.has("next", "coming")
    size = count if count is not None else _PAST_FEW
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


def _ago(match: Match) -> Reading | None:
    """As in "two weeks ago": the calendar unit that many before; bounds leave one side open."""
    return _counted_from(match, match.published, -1)


def _long_ago(match: Match) -> Reading | None:
    """As in "weeks ago": no number told, so only the near side is known."""
    return Reading("DATE", _PAST, None, match.published)


def _from_now(match: Match) -> Reading | None:
    return _counted_from(match, match.published, 1)


def _later(match: Match) -> Reading | None:
    """As in "three days earlier", "two years later": counted from the day that the report named last."""
    return _counted_from(match, match.context.named, 1 if match.has("later") else -1)


def _counted_from(match: Match, day: date | None, way: int) -> Reading | None:
    unit, count = _UNITS[match.lower("unit")], match.count()
    if day is None:
        return Reading("DATE", _PAST if count is None and match.has("ago") else None)
    if count is None:
        near, far = _back(day, -way * _FEW[0], unit), _back(day, -way * _FEW[1], unit)
        if near is None or far is None:
            return None
        return Reading("DATE", _PAST if way < 0 else _FUTURE, *sorted((near, far)))
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


def _anniversary(match: Match) -> Reading | None:
    """As in "seven years ago today": the very day."""
    count, now = match.count(), match.published
    there = _back(now, count, _UNITS[match.lower("unit")]) if now and count else None
    return _on(there) if there else None


_LENGTH_CUES = word_set(
    "for in within of after over than about nearly almost lasting lasted last during under some spent least "
    "every around approximately roughly just only exactly another until to before takes took take"
)


def _duration(match: Match) -> Reading | None:
    unit, count = _UNITS[match.lower("unit")], match.count()
    if _is_age(match):
        return None
    if match.lower("number") in ("a", "an"):
        if (
            match.before
            and match.before not in _LENGTH_CUES
            and match.after != "-"
            and match.first.lower in ("a", "an")
        ):
            return Reading("SET", _length_value(1, unit)) if match.before in ("twice", "once", "times") else None
        if match.after in ("-", "of") and unit in ("day", "night"):
            return None  # "a day of clashes", "a night-time raid"
    elif match.lower("unit") == "second" or (unit == "quarter" and match.lower("number") in ("a", "one")):
        return None
    if unit == "minute" and match.count() is None and match.has("few") is False:
        return None
    return _up_to_now(match, unit, count) or Reading("DURATION", _length_value(count, unit))


def _up_to_now(match: Match, unit: str, count: float | None) -> Reading | None:
    """As in "has been under siege for two years", "have died in eight days": the perfect runs up to publication."""
    now = match.published
    if now is None or count is None or match.before not in ("for", "in", "over") or unit in ("minute", "second"):
        return None
    if not any(match.at(-i) in ("has", "have") for i in range(2, _REACH)):
        return None
    size = max(1.0, count / 24) if unit == "hour" else count
    first = _back(now, size, "day" if unit == "hour" else unit)
    return Reading("DURATION", _length_value(count, unit), first, now) if first else None


def _is_age(match: Match) -> bool:
    """As in "12-year-old", "aged 12 years", "12 years of age"."""
    if match.after in ("old", "olds") or (
        match.after == "-" and match.at(match.end - match.start + 1) in ("old", "olds")
    ):
        return True
    return match.before in ("aged", "age") or (match.after == "of" and match.at(match.end - match.start + 1) == "age")


def _hyphened(match: Match) -> Reading | None:
    """As in "two-week", "48-hour", "three-day"; never "12-year-old"."""
    if _is_age(match):
        return None
    count = match.count()
    return None if count is None else Reading("DURATION", _length_value(count, _UNITS[match.lower("one")]))


def _vague_length(match: Match) -> Reading | None:
    """As in "for weeks", "in years", "several months"."""
    if not match.lower("few") and match.before not in ("for", "in", "within", "of", "after", "over"):
        return None
    unit = _UNITS[match.lower("units")]
    if not match.lower("few") and unit in ("quarter", "second", "night"):
        return None
    if not match.lower("few") and match.before in ("in", "of", "over") and match.after in ("of", "and"):
        return None
    return Reading("DURATION", _length_value(None, unit))


def _recent(match: Match) -> Reading | None:
    """As in "recent weeks", "the coming days": no length told, so only the side of publication is known."""
    if match.has("recent"):
        return Reading("DATE", _PAST, None, match.published)
    return Reading("DATE", _FUTURE, match.published, None)


# --- repeats, references, feasts -------------------------------------------------------------------------------------


def _every(match: Match) -> Reading | None:
    """As in "every Friday", "each year", "every two weeks"."""
    if match.lower("weekday"):
        return Reading("SET", f"XXXX-WXX-{WEEKDAYS[match.lower('weekday')] + 1}")
    if match.lower("part"):
        return Reading("SET", f"XXXX-XX-XXT{_DAYPARTS[match.lower('part')]}")
    unit = _UNITS[match.lower("unit")]
    return Reading("SET", _length_value(match.count() if match.lower("number") else 1, unit))


def _weekdays(match: Match) -> Reading | None:
    return Reading("SET", f"XXXX-WXX-{WEEKDAYS[match.lower('weekdays')[:-1]] + 1}")


def _frequent(match: Match) -> Reading | None:
    word = match.word("frequent")
    if word is None or (word.text.istitle() and match.start > 0):
        return None  # the Daily Star
    return Reading("SET", _FREQUENT[word.lower])


def _reference(value: str) -> Resolve:
    def resolve(match: Match) -> Reading | None:
        now = match.published
        if match.first.lower == "now" and match.after in ("that", "-"):
            return None
        if value == _PRESENT:
            return Reading("DATE", value, now, now)
        return Reading("DATE", value, *((None, now) if value == _PAST else (now, None)))

    return resolve


def _ramadan(match: Match) -> Reading | None:
    year, now = _year(match.lower("year")), match.published
    rel = match.lower("rel")
    if year is not None:
        found = next(iter(calendars.ramadan(year)), None)
    elif now and rel in ("last", "next"):
        found = next(iter(calendars.ramadan(now.year + _relative(rel))), None)
    else:
        found = calendars.ramadan_near(now, future=match.future()) if now else None
    return (
        Reading("DATE", f"{found.first.isoformat()}/{found.last.isoformat()}", *found)
        if found
        else Reading("DATE", None)
    )


def _eid(match: Match) -> Reading | None:
    """Eid al-Fitr: the day after Ramadan. Eid al-Adha, two months and ten days later, is left to a later table."""
    year, now = _year(match.lower("year")), match.published
    known = (
        next(iter(calendars.ramadan(year)), None)
        if year
        else (calendars.ramadan_near(now - timedelta(days=30), future=match.future()) if now else None)
    )
    return _on(known.last + timedelta(days=1)) if known else Reading("DATE", None)


# First that fits: words that must stand in the match, month and day.
_FEASTS = (
    ("christmas eve", (12, 24)), ("christmas", (12, 25)), ("year eve", (12, 31)), ("year day", (1, 1)),
    ("nowruz", (3, 20)),
)  # fmt: skip


def _feast(match: Match) -> Reading | None:
    month, day = next(when for words, when in _FEASTS if all(match.has(word) for word in words.split()))
    year, now = _year(match.lower("year")), match.published
    if year is None and now:
        this = date(now.year, month, day)
        year = now.year + (this < now) if match.future() else now.year - (this > now)
    return _on(date(year, month, day)) if year else Reading("DATE", f"XXXX-{month:02d}-{day:02d}")


def _day_of(match: Match) -> Reading | None:
    """As in "the third day of the siege": it has a place in a count, and nothing that says where the count begins."""
    return Reading("DATE", None) if numbers.ordinal_value(match.lower("ordinal")) else None


# --- the rules -------------------------------------------------------------------------------------------------------

_ABOUT = (
    "(about|around|nearly|almost|approximately|roughly|some|over|more than|less than|fewer than|at least|at most|up to|"
    "well over)?"
)
_EARLY = "(early|late|earlier|later)?"
_MDY = "({weekday} ,?)? {month} .? {day} (,? {year}|,? {rel:relative} year)?"
_DMY = "({weekday} ,?)? the? {day} of? {month} .? (,? {year}|,? {rel:relative} year)?"
_EDGE = "(the? {edge:edges} (of|-)?)?"
_AMPM = "(a.m.|p.m.|am|pm|a . m|p . m)"
_AT_DAY = "(,? on? ({near:nears}|{weekday}))?"

RULES: tuple[Rule, ...] = (
    Rule("iso date", "{year} - {m:short} - {day}", _iso_date),
    Rule("slashed date", "{a:short} / {b:short} / {y:yearshort}", _slashed),
    Rule("dashed date", "{a:short} - {b:short} - {y:year}", _slashed),
    Rule("day range, day first", "(between|from)? {from_day:day} ({from_month:month} .?)? (-|to|and|through|until|,) "
         "((,|and)? {mid:day} (,? and|,|-))? " + _DMY, _day_range),
    Rule("day range, month first", "(between|from)? {month} .? {from_day:day} (-|to|and|through) {day} (,? {year})?",
         _day_range),
    Rule("day range, two months", "(between|from)? {from_month:month} .? {from_day:day} (-|to|and|through|until) "
         "{month} .? {day} (,? {year})?", _day_range),
    Rule("month first", f"{_EARLY} {_MDY} {{part}}?", _full_date),
    Rule("day first", f"{_EARLY} {_DMY} {{part}}?", _full_date),
    Rule("part of a date, month first", f"((early|late) (in|on)?)? the (early|late)? {{part}} of {_MDY}", _full_date),
    Rule("part of a date, day first", f"((early|late) (in|on)?)? the (early|late)? {{part}} of {_DMY}", _full_date),
    Rule("part of a weekday", "((early|late) (in|on)?)? the (early|late)? {part} of {weekday}", _weekday),
    Rule("weekday", f"{_EARLY} (the? {{rel:relative}})? {{weekday}} .? (early|late)? {{part}}?",
         _weekday),
    Rule("night into", "(overnight|{eve:weekday} night) (into|to) {into:weekday}", _night_into),
    Rule("near day", "(early|late|earlier|later)? {near:nears} (early|late)? {part}?", _near_day),
    Rule("part of today", "(early|late|earlier|later)? this {part}", _near_day),
    Rule("last night", "(early|late)? last {part}", _near_day),
    Rule("overnight", "overnight", _overnight),
    Rule("cable hour alone", "{cable}", _cable_alone),
    Rule("in the unit", "((earlier|later|late|early) in)? the {one}", _in_the_unit),
    Rule("part alone", "((early|late) (in|at)?)? the (early|late)? {part}", _part_alone),
    Rule("dawn", "(dawn|dusk|nightfall|midday|midnight|noon)", _clock),
    Rule("named day", "(the|that|a) (very|same|next|following|previous)? (day|{part}) (earlier|later|before|after)?",
         _named_day),
    Rule("9/11", "{a:short} / {b:short}", _nine_eleven),
    Rule("clock", f"{{clock}} {_AMPM}? (local time|gmt|utc|hours)? {_AT_DAY}", _clock),
    Rule("hour", f"({{short}} {_AMPM}|{{glued}}) (local time|gmt|utc)? {_AT_DAY}", _clock),
    Rule("cable hour", "{cable} (hours|hrs|gmt|local time|utc)", _clock),
    Rule("month", f"{_EDGE} ({{rel:relative}})? {{month}} .? "
         "(of? ,? {year}|(of|,)? {yearrel:relative} year)?", _month_reading),
    Rule("month range",
         "(between|from) {from_month:month} ({from_year:year})? (to|and|through|until|-) {month} ,? {year}?",
         _month_range),
    Rule("month range, bare", "{from_month:month} ({from_year:year})? (to|through|-) {month} ,? {year}?", _month_range),
    Rule("year", f"{_EDGE} (fiscal year?|fy)? {{year}}", _year_reading),
    Rule("year range", "(between|from)? {from_year:year} (to|and|-|through|until) ({year}|{short})", _year_range),
    Rule("decade", f"{_EDGE} (the (early|late|mid)?)? -? '? ({{decade}}|{{decadeword}})", _decade),
    Rule("century", "the? {ordinal} -? century", _century),
    Rule("calendar unit", "({edge:edges} -?|earlier|later|so far)? {rel:relative} {one} (so far)?", _this_unit),
    Rule("the weekend", "the weekend", _weekend),
    Rule("edge of a unit", "the {edge:edges} of (the|this|{rel:relative}) {one}", _edge_of_unit),
    Rule("quarter", "the? fiscal? {ordinal} -? (fiscal? quarter|half) "
         "(of? (fiscal)? {year}|of? {yearrel:relative} year|of the year)?", _quarter),
    Rule("season", f"{_EDGE} (this? {{rel:relative}}|the)? {{season}} (of? {{year}}|of? {{yearrel:relative}} year)?",
         _season),
    Rule("part of a month",
         "the {ordinal} {number:number+}? few? {unit} (of|in) ({month} ,? {year}?|{year}|{yearrel:relative} year)",
         _week_of_month),
    Rule("past units", "(the|this|these|its|his|their)? (past|last|next|coming|previous) ({number:number+}|{few} of?)? "
         "(and a half)? {unit}", _past_units),
    Rule("ago", f"{_ABOUT} (a? {{few}} of?|{{number:number+}}) (and a half)? {{unit}} ago", _ago),
    Rule("units ago", "{unit:units} ago", _long_ago),
    Rule("ago today", f"{_ABOUT} {{number:number+}} {{unit}} ago today", _anniversary),
    Rule("from now", f"{_ABOUT} (a? {{few}} of?|{{number:number+}}) {{unit}} from (now|today)", _from_now),
    Rule("later", f"{_ABOUT} (a? {{few}} of?|{{number:number+}}) (and a half)? {{unit}} (earlier|later)", _later),
    Rule("duration", f"{_ABOUT} {{number:number+}} (and a half|more|full|straight|consecutive)? -? {{unit}}",
         _duration),
    Rule("hyphened", "{number:number+} - {one} -? long?", _hyphened),
    Rule("vague length", f"{_ABOUT} (a? {{few}} of?|many|several)? more? {{units}}", _vague_length),
    Rule("recent units", "(the|these)? (most|more)? (recent|coming) {units}", _recent),
    Rule("every", "(every|each) (other)? ({weekday}|{part}|{number:number+}? {unit})", _every),
    Rule("weekdays", "{weekdays}", _weekdays),
    Rule("frequent", "{frequent}", _frequent),
    Rule("now", "(now|right now|nowadays|currently|presently|at present|at the moment|the present)",
         _reference(_PRESENT)),
    Rule("recently", "(recently|lately|the (recent|distant)? past)", _reference(_PAST)),
    Rule("soon", "(the (near|foreseeable)? future|soon)", _reference(_FUTURE)),
    Rule("Ramadan", "{rel:relative}? ramadan {year}?", _ramadan),
    Rule("Eid", "eid (al - fitr|ul - fitr|al fitr) {year}?", _eid),
    Rule("feast", "(christmas (day|eve)?|new year ('s|’s) (day|eve)|nowruz) {year}?", _feast),
    Rule("day of", "(the|a|its) {ordinal} (straight|consecutive)? (day|week|month|year|night)", _day_of),
)  # fmt: skip

_LEXICON = Lexicon(CLASSES, [rule.template for rule in RULES])
_DROPPED_ENDS = (".", ",", "-")
_OPENERS = frozenset(("since",))
_CLOSERS = frozenset(("until", "till", "by", "before"))


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], Resolve], ...]:
    # At first use: the sixty-odd expressions take longer to compile than the rest of the package to import.
    return tuple((_LEXICON.compile(rule.template), rule.resolve) for rule in RULES)


class _Candidate(NamedTuple):
    start: int
    end: int
    rule: int
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
    context = Context(published, None)
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
    return [(match.start, match.end) for match, _ in _readings(words, Context(None, None))]


def _readings(words: Sequence[Word], context: Context) -> Iterator[tuple[Match, Reading]]:
    """The matches of a sentence that mean something, left to right, with no overlap."""
    codes = _LEXICON.encode(words)
    rules = _compiled()
    candidates = [
        _Candidate(*found.span(), number, found)
        for number, (pattern, _) in enumerate(rules)
        for found in pattern.finditer(codes)
    ]
    candidates.sort(key=lambda c: (c.start, -c.end, c.rule))
    at = 0
    for candidate in candidates:
        if candidate.start < at:
            continue
        match = Match(words, candidate.found, context)
        try:
            reading = rules[candidate.rule][1](match)
        except (ValueError, OverflowError):  # the calendar ends at the years 1 and 9999
            continue
        if reading is not None:
            at = candidate.end
            if _names_a_day(reading, context.published):
                context = Context(context.published, reading.first)
                match.context = context
            yield match, reading


def _names_a_day(reading: Reading, published: date | None) -> bool:
    """Whether later expressions ("the next day") may count from it: one day, and not a day still to come."""
    if reading.first is None or reading.first != reading.last or len(reading.value or "") < len("2014-06-17"):
        return False
    return published is None or reading.first <= published


def _opened(match: Match, reading: Reading) -> Reading:
    """As in "since 2011" runs to publication; "until 9 May", while it is still to come, from publication."""
    before, now = match.before, match.published
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
