"""What comes again, what only points at the past, present or future, and feasts."""

from datetime import date, timedelta

from dateline.reading.time_lengths import length_value
from dateline.reading.time_match import Match, Reading, Resolve
from dateline.reading.time_parts import on_day, steps_of, year_of
from dateline.reading.time_words import DAYPARTS, FREQUENT, PAST_REF, PRESENT_REF, UNITS
from dateline.world import calendars
from dateline.world.calendars import WEEKDAYS


def every(match: Match) -> Reading | None:
    """As in "every Friday", "each year", "every two weeks"."""
    if match.lower("weekday"):
        return Reading("SET", f"XXXX-WXX-{WEEKDAYS[match.lower('weekday')] + 1}")
    if match.lower("part"):
        return Reading("SET", f"XXXX-XX-XXT{DAYPARTS[match.lower('part')]}")
    unit = UNITS[match.lower("unit")]
    return Reading("SET", length_value(match.count() if match.lower("number") else 1, unit))


def weekdays(match: Match) -> Reading | None:
    return Reading("SET", f"XXXX-WXX-{WEEKDAYS[match.lower('weekdays')[:-1]] + 1}")


def frequent(match: Match) -> Reading | None:
    word = match.word("frequent")
    if word is None or (word.text.istitle() and match.start > 0):
        return None  # the Daily Star
    return Reading("SET", FREQUENT[word.lower])


def reference(value: str) -> Resolve:
    def resolve(match: Match) -> Reading | None:
        now = match.now
        if match.first.lower == "now" and match.after in ("that", "-"):
            return None
        if value == PRESENT_REF:
            return Reading("DATE", value, now, now)
        return Reading("DATE", value, *((None, now) if value == PAST_REF else (now, None)))

    return resolve


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


def eid(match: Match) -> Reading | None:
    """Eid al-Fitr: the day after Ramadan. Eid al-Adha, two months and ten days later, is left to a later table."""
    year, now = year_of(match.lower("year")), match.now
    known = (
        next(iter(calendars.ramadan(year)), None)
        if year
        else (calendars.ramadan_near(now - timedelta(days=30), future=match.future()) if now else None)
    )
    return on_day(known.last + timedelta(days=1)) if known else Reading("DATE", None)


# First that fits: words that must stand in the match, month and day.
_FEASTS = (
    ("christmas eve", (12, 24)), ("christmas", (12, 25)), ("year eve", (12, 31)), ("year day", (1, 1)),
    ("nowruz", (3, 20)),
)  # fmt: skip


def feast(match: Match) -> Reading | None:
    month, day = next(when for words, when in _FEASTS if all(match.has(word) for word in words.split()))
    year, now = year_of(match.lower("year")), match.now
    if year is None and now:
        this = date(now.year, month, day)
        year = now.year + (this < now) if match.future() else now.year - (this > now)
    return on_day(date(year, month, day)) if year else Reading("DATE", f"XXXX-{month:02d}-{day:02d}")
