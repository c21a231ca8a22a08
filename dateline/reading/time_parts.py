"""What the parts of an expression mean: is this a month, which year is meant, which third, which day."""

import re
from datetime import date

from dateline.reading.datelines import full_year
from dateline.reading.patterns import Word
from dateline.reading.time_match import Match, Reading
from dateline.reading.time_words import (
    COUNTED,
    DATED_BY_YEAR,
    DAYPARTS,
    DOUBTFUL_MONTHS,
    EDGES,
    ENDS_NOUN,
    FIRST_BARE_YEAR,
    FIRST_SHORT,
    FIRST_YEAR,
    FUNCTION_WORDS,
    GROUPS,
    LAST_BARE_YEAR,
    LAST_SHORT,
    LAST_YEAR,
    MEASURED,
    MONTH_CUES,
    NEAR_MONTHS,
    NINE_ELEVEN,
    SET_KINDS,
    SET_LONG_BEFORE,
    SET_MONTHS,
    SOON_MONTHS,
    STALE,
    UP_TO,
    YEAR_CUES,
)
from dateline.world import calendars
from dateline.world.calendars import MONTHS, WEEKDAYS, Days


def month_is_meant(match: Match, name: str = "month") -> bool:
    """Tell May and March from may and march, Jan. from Jan Egeland."""
    word = match.word(name)
    if word is None or word.lower not in DOUBTFUL_MONTHS:
        return word is not None
    if (
        (match.end - match.start > 1 and match.has(*MONTH_CUES - {"-", ","}))
        or match.lower("year")
        or match.lower("day")
    ):
        return True
    if word.text.islower() and word.lower in ("may", "march", "august") and match.before not in ("in", "since", "last"):
        return False
    if word.lower == "august" and word.text.istitle() and match.start:
        return True
    if word.text == "March" and match.before == "the" and match.after.isalpha() and not _is_name(match.word_after):
        return True  # "the March accession"; "the March of the Living" is none
    before = match.before
    if (
        before in ("on", ",", "and", "of", "to", "by", "-")
        and word.lower in ("may", "march")
        and not (word.text.istitle() and before in ("and", "of", "to", "by") and not _is_name(match.word_after))
    ):
        return False
    return before in MONTH_CUES or (match.after == "'s" and word.lower == "march")


def _is_name(word: Word | None) -> bool:
    return word is not None and word.text[:1].isupper()


def year_is_meant(match: Match, year: int) -> bool:
    """A bare four-digit number is a year after the words that go with years, and not where things are counted."""
    after = match.word_after
    if match.at(1) in ("'s", "’s") and after and not match.before.isalpha():
        return year >= FIRST_BARE_YEAR
    if FIRST_BARE_YEAR <= year <= LAST_BARE_YEAR and _opens_clause(match):
        return True  # "In 2013 rebels killed ten"
    at_least = match.before == "least" and match.at(-2) == "at" and match.at(-3) == "since"
    if (at_least or match.before in ("in", "since")) and not (after and after.lower in COUNTED):
        return True
    if after and (after.lower in COUNTED or after.lower in MEASURED):
        return False
    if match.start == 0:
        return bool(after and after.lower in ("was", "saw", "is", ",", "has", "will", ":", "brought"))
    if after and year >= FIRST_BARE_YEAR and after.lower in DATED_BY_YEAR:
        return True  # "2016 presidential candidates"
    if match.before in YEAR_CUES:
        plural = after is not None and after.text.islower() and after.lower.endswith("s") and len(after.lower) > 3
        # "the 1987 accords" is a year, "of 1500 rebels" a count.
        return not plural or match.before in ("the", "'s", "a", "this") or (year % 100 != 0 and match.before != "to")
    if match.before == "fiscal" or match.before in MONTHS:
        return True
    # "the total 2020 population": a year before a noun of one thing, after a word.
    one = after is not None and after.text.islower() and after.text.isalpha() and not after.text.endswith("s")
    return (
        one
        and after is not None
        and after.lower not in FUNCTION_WORDS
        and FIRST_BARE_YEAR <= year <= LAST_BARE_YEAR
        and match.before.isalpha()
        and not _is_name(match.word_before)
    )


def _opens_clause(match: Match) -> bool:
    """Whether "in", "since", "by", "until" lead to a match and open a clause: "Since at least 2012 militants …"."""
    lead = -3 if match.at(-2) == "at" and match.before in ("least", "most") else -1
    return match.at(lead) in ("in", "since", "by", "until") and match.at(lead - 1) in ("", ",", ";", ":", "and", "but")


def year_of(word: str) -> int | None:
    if not word:
        return None
    year = int(word)
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def day_number(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def month_of(word: str) -> int:
    return MONTHS[word]


def relative_year(match: Match, name: str) -> int | None:
    """The year of "this year", "last year"; "that year" is the year of the day named last."""
    word, now, named = match.lower(name), match.now, match.context.named
    if word == "that":
        return named.year if named else None
    return now.year + steps_of(word) if now and word else None


def steps_of(word: str) -> int:
    """How many units "last", "this" and "next" lie from now."""
    return {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1, "following": 1}.get(word, 0)


def clipped(days: Days, match: Match) -> Days:
    """A period under way ends on the day of publication, unless the verb looks ahead."""
    now = match.now
    if now and days.first <= now < days.last and not match.future():
        return Days(days.first, now)
    return days


def nearest_year(match: Match, month: int) -> int | None:
    """The year of a month that is named without one: the nearest past, the next with a future verb."""
    now = match.now
    if now is None:
        return match.context.within.year if match.context.within else None
    ahead = (month - now.month) % 12  # months until the next of that name
    if match.future() or (match.before in UP_TO and 0 < ahead <= NEAR_MONTHS and not match.past()):
        return now.year + (month < now.month)
    near = SET_MONTHS if _is_set(match) else SOON_MONTHS
    if 0 < ahead <= near and not match.past():
        return now.year + (month < now.month)
    return now.year - (month > now.month)


def dated(match: Match) -> date | str | None:
    """The day that a day-and-month group names; a TIMEX3 value where only the year is not known."""
    month, day = month_of(match.lower("month")), day_number(match.lower("day"))
    year = year_of(match.lower("year"))
    now = match.now
    if match.lower("year") and year is None:
        return None
    if match.lower("yy"):
        year = _short_year(match)
    if year is None and match.lower("rel"):
        year = relative_year(match, "rel")
    elif year is None and month == 9 and day == 11 and match.after in NINE_ELEVEN and (not now or now.year > 2001):
        year = 2001
    elif year is None and now:
        year = _year_of_day(match, now, month, day)
    elif year is None and match.context.within:
        year = match.context.within.year  # without a day of publication, that of the date named last
    if year is not None:
        return calendars.calendar_day(year, month, day)
    return f"XXXX-{month:02d}-{day:02d}" if calendars.calendar_day(2000, month, day) else None


def _short_year(match: Match) -> int | None:
    """The year of "28 MAR 89"; None for "12 May 40 people", where the number is then no part of the match."""
    place, number, month = match.place("yy"), int(match.lower("yy")), match.word("month")
    after = match.word_at(place + 1)
    capitals = month is not None and month.text.isupper()
    free = after is None or not after.text[0].isalnum() or (after.lower in FUNCTION_WORDS and after.lower != "of")
    if free and len(match.lower("yy")) == 2 and (number >= FIRST_SHORT or (capitals and number <= LAST_SHORT)):
        return full_year(match.lower("yy"))
    if place == match.end - 1:
        match.end = place
    return None


def _year_of_day(match: Match, now: date, month: int, day: int) -> int:
    this = calendars.calendar_day(now.year, month, day)
    if this is None:  # 29 February in a common year, or a day that no year has
        way = 1 if match.future() else -1
        leap = (now.year + way * by for by in range(1, 9))
        return next((year for year in leap if calendars.calendar_day(year, month, day)), now.year)
    weekday = WEEKDAYS.get(match.lower("weekday"))
    if weekday is not None:  # a weekday settles the year: the nearest in which it fits
        years = sorted(range(now.year - 3, now.year + 2), key=lambda y: abs(y - now.year))
        fits = (y for y in years if (d := calendars.calendar_day(y, month, day)) and d.weekday() == weekday)
        found = next(fits, None)
        if found is not None:
            return found
    lead = match.lower("lead")
    if lead:  # "last Oct. 23"
        return now.year - (this >= now) if lead == "last" else now.year + (this <= now)
    if this > now:
        last = calendars.calendar_day(now.year - 1, month, day)
        if last is None:
            return now.year  # 29 February: the coming one is nearer than that four years back
        near = (this - now).days < (now - last).days
        ahead = (
            match.future()
            or (now - last).days > STALE
            or (near and match.before in UP_TO)
            or (near and _attends(match))
        )
        return now.year if ahead else now.year - 1
    return now.year + (match.future() and (now - this).days > 180)


def leads_to_noun(match: Match) -> bool:
    """Whether a match stands before a noun of its own: "the 30-second video", "the late-November trip"."""
    return match.after.isalpha() and match.after not in ENDS_NOUN and match.after not in FUNCTION_WORDS


def in_group_name(match: Match) -> bool:
    """As in "the March 23 Movement", "the April 6 Youth Movement": a day in the name of a group."""
    after = [word for word in match.words_after(3) if not word.lower.isdigit()][:2]
    if not after or not after[0].text[0].isupper():
        return False
    return after[0].lower in GROUPS or (after[0].lower == "youth" and after[-1].lower in GROUPS)


def _attends(match: Match) -> bool:
    """As in "payable 15 December", "effective June 1": words that look ahead though they are no verbs."""
    if match.before in ("payable", "effective", "due", "begin", "start", "expires"):
        return True
    return _is_set(match) and not match.past()


def _is_set(match: Match) -> bool:
    """As in "the July 25 vote", "November's general election", "the primary Aug. 30": set long before."""
    beside = [word.lower for word in match.words_after(3)]
    while beside and (beside[0] in ("'s", "’s") or beside[0] in SET_KINDS):
        del beside[0]
    return match.before in SET_LONG_BEFORE or (beside[:1] != [] and beside[0] in SET_LONG_BEFORE)


def on_day(day: date, part: str = "") -> Reading:
    """A day, or a part of one."""
    if part:
        return Reading("TIME", f"{day.isoformat()}T{DAYPARTS[part]}", day, day)
    return Reading("DATE", day.isoformat(), day, day)


def edge_of(match: Match) -> str:
    """early, mid or late; empty where the expression names the whole."""
    words = match.lower("edge")
    if not words:
        return ""
    for part, members in EDGES.items():
        if any(word in members for word in words.split()):
            return part
    return ""
