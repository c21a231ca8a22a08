"""What the calendar says: names of days and months, weeks, quarters, seasons, feasts, and the days each covers.

Every function gives days with both ends included. Weeks run from Monday to Sunday (ISO 8601); seasons are the northern
meteorological ones, by whole months. Ramadan follows the tabular Islamic calendar (civil epoch, 16 July 622), so it may
lie a day off the sighting in a given country.
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple


class Days(NamedTuple):
    """A run of days, both ends included."""

    first: date
    last: date

    @property
    def length(self) -> int:
        """Number of days, at least 1."""
        return (self.last - self.first).days + 1


MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

# Monday is 0, as in `date.weekday()`.
WEEKDAYS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "monday mon", "tuesday tues tue", "wednesday wed", "thursday thurs thur thu", "friday fri",
            "saturday sat", "sunday sun",
        )
    )
    for name in names.split()
}  # fmt: skip

# First month and TIMEX3 code. Winter begins in December and runs into the next year.
SEASONS: dict[str, tuple[int, str]] = {
    "spring": (3, "SP"),
    "springtime": (3, "SP"),
    "summer": (6, "SU"),
    "summertime": (6, "SU"),
    "autumn": (9, "FA"),
    "fall": (9, "FA"),
    "winter": (12, "WI"),
    "wintertime": (12, "WI"),
}

_RAMADAN_MONTH = 9
_RAMADAN_DAYS = 30  # always 30 in the tabular calendar, where odd months are full
RAMADAN_YEARS = range(1980, 2036)  # Gregorian years that `ramadan` answers for


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The day of those three numbers; None where the calendar has none, as 31 June."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_days(year: int, month: int) -> Days:
    """The days of one month."""
    return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def year_days(year: int) -> Days:
    """The days of one calendar year."""
    return Days(date(year, 1, 1), date(year, 12, 31))


def quarter_days(year: int, quarter: int) -> Days:
    """The days of a calendar quarter, 1 to 4. A company's fiscal quarter may differ; reports seldom say how."""
    first = 3 * quarter - 2
    return Days(date(year, first, 1), month_days(year, first + 2).last)


def half_days(year: int, half: int) -> Days:
    """The days of a half year, 1 or 2."""
    return Days(date(year, 6 * half - 5, 1), month_days(year, 6 * half).last)


def week_days(day: date) -> Days:
    """Monday to Sunday of the week that holds `day`."""
    monday = day - timedelta(days=day.weekday())
    return Days(monday, monday + timedelta(days=6))


def weekend_of(day: date) -> Days:
    """Saturday and Sunday of the week that holds `day`."""
    saturday = week_days(day).first + timedelta(days=5)
    return Days(saturday, saturday + timedelta(days=1))


def weekend_before(day: date) -> Days:
    """The latest Saturday and Sunday that do not begin after `day`. Source: record.md, "Times"."""
    this = weekend_of(day)
    return this if this.first <= day else weekend_of(day - timedelta(days=7))


def season_days(year: int, season: str) -> Days:
    """The days of a season; `year` is the year it begins in."""
    first, _ = SEASONS[season]
    end = shift_months(date(year, first, 1), 2)
    return Days(date(year, first, 1), month_days(end.year, end.month).last)


def decade_days(first_year: int) -> Days:
    """The ten years from `first_year`: 1980 gives 1980-01-01 to 1989-12-31."""
    return Days(date(first_year, 1, 1), date(first_year + 9, 12, 31))


def century_days(ordinal: int) -> Days:
    """The days of a century by its ordinal: the 20th runs from 1901 to 2000."""
    return Days(date(100 * ordinal - 99, 1, 1), date(100 * ordinal, 12, 31))


def weekday_on_or_before(day: date, weekday: int) -> date:
    """The latest such weekday that is not after `day`; Monday is 0."""
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def weekday_on_or_after(day: date, weekday: int) -> date:
    """The first such weekday that is not before `day`; Monday is 0."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def shift_months(day: date, months: int) -> date:
    """The same day of the month so many months on; the month's last day where it is shorter.

    Raises:
        ValueError: the year would leave 1 to 9999.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def third_of_month(days: Days, part: str) -> Days:
    """The early (1-10), mid (11-20) or late (21 to the end) part of a month."""
    first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, days.last.day)}[part]
    return Days(days.first.replace(day=first), days.first.replace(day=last))


def third_of_year(days: Days, part: str) -> Days:
    """The early (January to April), mid (May to August) or late (October to December) part of a year.

    Labelled claims read "late 2023" so, all of them; between mid and late lies September.
    """
    first, last = {"early": (1, 4), "mid": (5, 8), "late": (10, 12)}[part]
    year = days.first.year
    return Days(date(year, first, 1), month_days(year, last).last)


def third_of_decade(days: Days, part: str) -> Days:
    """The early (years 0-3), mid (4-6) or late (7-9) part of a decade."""
    first, last = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}[part]
    year = days.first.year
    return Days(date(year + first, 1, 1), date(year + last, 12, 31))


def iso_week(day: date) -> str:
    """TIMEX3 value of the week that holds `day`: 2014-W24."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def easter(year: int) -> date:
    """Easter Sunday of the western churches. Source: the anonymous Gregorian computus (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + k - 7 * ((a + 11 * h + 22 * k) // 451) + 114, 31)
    return date(year, month, day + 1)


def thanksgiving(year: int) -> date:
    """The fourth Thursday of November, as in the United States."""
    return weekday_on_or_after(date(year, 11, 1), 3) + timedelta(days=21)


def islamic_day(year: int, month: int, day: int) -> tuple[date, ...]:
    """The Gregorian days of `year`, one or two, that are that day of the tabular Islamic year; none of most others."""
    first = (year - 622) * 33 // 32
    days = (_islamic_to_gregorian(islamic, month, day) for islamic in range(first - 1, first + 3))
    return tuple(found for found in days if found.year == year)


def _islamic_to_gregorian(year: int, month: int, day: int) -> date:
    # Tabular Islamic calendar to Julian Day Number; day 1 of Python's calendar is JDN 1721426.
    # Source: Dershowitz and Reingold, "Calendrical Calculations", arithmetic Islamic calendar.
    jdn = (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + day + 1948440 - 385
    return date.fromordinal(jdn - 1721425)


def _ramadan_table() -> dict[int, tuple[Days, ...]]:
    table: dict[int, list[Days]] = {year: [] for year in RAMADAN_YEARS}
    for islamic in range(1400, 1460):
        first = _islamic_to_gregorian(islamic, _RAMADAN_MONTH, 1)
        if first.year in table:
            table[first.year].append(Days(first, first + timedelta(days=_RAMADAN_DAYS - 1)))
    return {year: tuple(days) for year, days in table.items()}


# Gregorian year in which it begins → its days; 1997 and 2030 saw two begin.
RAMADAN = _ramadan_table()


def ramadan(year: int) -> tuple[Days, ...]:
    """The Ramadans that begin in a Gregorian year, 1980 to 2035; none outside those years."""
    return RAMADAN.get(year, ())


def ramadan_near(day: date, *, future: bool = False) -> Days | None:
    """The Ramadan under way on `day`, else the latest before it (the next one with `future`)."""
    known = [days for year in range(day.year - 1, day.year + 2) for days in ramadan(year)]
    if future:
        return next((days for days in known if days.last >= day), None)
    return next((days for days in reversed(known) if days.first <= day), None)
