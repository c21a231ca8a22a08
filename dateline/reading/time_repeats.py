"""What comes again, what only points at the past, present or future, and feasts."""

from collections.abc import Callable
from datetime import date, timedelta

from dateline.reading.patterns import word_set
from dateline.reading.time_lengths import length_value
from dateline.reading.time_match import Match, Reading, Resolve
from dateline.reading.time_parts import leads_to_noun, on_day, steps_of, year_of
from dateline.reading.time_words import DAYPARTS, ENDS_NOUN, FREQUENT, FUNCTION_WORDS, PAST_REF, PRESENT_REF, UNITS
from dateline.world import calendars, numbers
from dateline.world.calendars import WEEKDAYS


def every(match: Match) -> Reading | None:
    """As in "every Friday", "each year", "every two weeks"."""
    part = match.lower("part")
    if match.lower("weekday"):
        value = f"XXXX-WXX-{WEEKDAYS[match.lower('weekday')] + 1}"
        return Reading("SET", value + (f"T{DAYPARTS[part]}" if part else ""))
    if part:
        return Reading("SET", f"XXXX-XX-XXT{DAYPARTS[part]}")
    count = match.count() if match.lower("number") else 1
    if match.has("other") and count == 1:
        count = 2
    return Reading("SET", length_value(count, UNITS[match.lower("unit")]))


def weekdays(match: Match) -> Reading | None:
    return Reading("SET", f"XXXX-WXX-{WEEKDAYS[match.lower('weekdays')[:-1]] + 1}")


def frequent(match: Match) -> Reading | None:
    word = match.word("frequent")
    if word is None or (word.text.istitle() and match.start > 0) or _is_paper(match):
        return None  # the Daily Star
    if word.lower == "quarterly" and leads_to_noun(match):
        return None  # "the quarterly results" are those of a quarter, not what comes every three months
    return Reading("SET", "P6M" if match.has("semi") else FREQUENT[word.lower])


def _is_paper(match: Match) -> bool:
    """As in "the party daily Granma", "the Ukrainian daily reports that": a paper, not how often."""
    before, after = match.word_before, match.word_after
    if match.lower("frequent") not in ("daily", "weekly") or before is None or not before.text[0].isupper():
        return False
    named = after is not None and after.text[0].isupper() and match.before not in ("the", "a", "its", "their")
    return named or match.after in _PAPER_DOES


_PAPER_DOES = word_set("reports reported said says wrote writes quoted quotes cited published")


def reference(value: str) -> Resolve:
    """The resolver of words that only point: "now", "recently", "the future"."""

    def resolve(match: Match) -> Reading | None:
        now = match.now
        if _is_no_reference(match):
            return None
        if value == PRESENT_REF:
            return Reading("DATE", value, now, now)
        return Reading("DATE", value, *((None, now) if value == PAST_REF else (now, None)))

    return resolve


def _is_no_reference(match: Match) -> bool:
    """As in "now that", "the past two polls", "the present case", "the future elections", "as soon as"."""
    after, first = match.after, match.first.lower
    if first == "now":
        beside = match.word_after
        glued = after == "-" and beside is not None and beside.start == match.first.end  # "now-defunct", no dash
        return after == "that" or glued
    if first == "the" and match.has("past", "present", "future"):
        noun = (
            after.isalpha() and after not in ENDS_NOUN and after not in FUNCTION_WORDS and after not in _AFTER_REFERENCE
        )
        return noun or after[:1].isdigit() or after in numbers.NUMBER_WORDS
    return first == "soon" and (after in ("as", "after", "enough", "-") or match.before in ("as", "too", "how", "no"))


_AFTER_REFERENCE = word_set("will would could may might can has had have looks seems if so also they you i she")


def ramadan(match: Match) -> Reading | None:
    year, now = year_of(match.lower("year")), match.now
    rel = match.lower("rel")
    if year is not None:
        found = next(iter(calendars.ramadan(year)), None)
    elif now and rel in ("last", "next"):
        found = next(iter(calendars.ramadan(now.year + steps_of(rel))), None)
    else:
        found = calendars.ramadan_near(now, future=match.future()) if now else None
    return (
        Reading("DATE", f"{found.first.isoformat()}/{found.last.isoformat()}", *found)
        if found
        else Reading("DATE", None)
    )


# First that fits: words that must stand in the match, and its days in a year.
_FEASTS: tuple[tuple[str, Callable[[int], tuple[date, ...]]], ...] = (
    ("christmas eve", lambda year: (date(year, 12, 24),)),
    ("christmas", lambda year: (date(year, 12, 25),)),
    ("year eve", lambda year: (date(year, 12, 31),)),
    ("year day", lambda year: (date(year, 1, 1),)),
    ("nowruz", lambda year: (date(year, 3, 20),)),
    ("halloween", lambda year: (date(year, 10, 31),)),
    ("thanksgiving", lambda year: (calendars.thanksgiving(year),)),
    ("good friday", lambda year: (calendars.easter(year) - timedelta(days=2),)),
    ("easter monday", lambda year: (calendars.easter(year) + timedelta(days=1),)),
    ("easter", lambda year: (calendars.easter(year),)),
    ("eid fitr", lambda year: calendars.islamic_day(year, 10, 1)),
    ("eid adha", lambda year: calendars.islamic_day(year, 12, 10)),
    ("ashura", lambda year: calendars.islamic_day(year, 1, 10)),
)
_FEAST_THINGS = word_set(
    "- card cards gift gifts present presents tree trees carol carols song songs lights decorations market markets ad "
    "shopping shoppers dinner cake pudding story movie music"
)
_FEAST_SOON = 30  # days: a feast so near ahead is meant ahead, where no verb looks back


def feast(match: Match) -> Reading | None:
    """A feast of one day: with no year the latest, or the next where the verb looks ahead or it is near."""
    days = next(days for words, days in _FEASTS if all(match.has(word) for word in words.split()))
    year, now, rel = year_of(match.lower("year")), match.now, match.lower("rel")
    if match.after in _FEAST_THINGS:
        return None  # "a Christmas card", "Christmas-themed"
    if year is not None:
        return next((on_day(day) for day in days(year)), None)
    if now is None:
        return _yearless(days)
    known = sorted(day for y in range(now.year - 2, now.year + 3) for day in days(y))
    before, ahead = max(day for day in known if day <= now), min(day for day in known if day > now)
    near = (ahead - now).days <= _FEAST_SOON and not match.past()
    if rel in ("last", "past") and before == now:
        before = max(day for day in known if day < now)
    return on_day(ahead if rel in ("next", "coming") or (not rel and (match.future() or near)) else before)


def _yearless(days: Callable[[int], tuple[date, ...]]) -> Reading:
    """The value of a feast where no year is known: that of one with a fixed day has its month and day."""
    one, other = days(2001), days(2002)
    fixed = one and other and (one[0].month, one[0].day) == (other[0].month, other[0].day)
    return Reading("DATE", f"XXXX-{one[0]:%m-%d}" if fixed else None)
