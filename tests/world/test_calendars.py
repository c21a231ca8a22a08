"""Calendar arithmetic."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.world import calendars
from dateline.world.calendars import Days

TUESDAY = date(2014, 6, 17)
_days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


def test_spans_of_the_calendar() -> None:
    assert calendars.month_days(2012, 2) == Days(date(2012, 2, 1), date(2012, 2, 29))
    assert calendars.quarter_days(2014, 4) == Days(date(2014, 10, 1), date(2014, 12, 31))
    assert calendars.half_days(2014, 1) == Days(date(2014, 1, 1), date(2014, 6, 30))
    assert calendars.week_days(TUESDAY) == Days(date(2014, 6, 16), date(2014, 6, 22))
    assert calendars.decade_days(1980) == Days(date(1980, 1, 1), date(1989, 12, 31))
    assert calendars.century_days(20) == Days(date(1901, 1, 1), date(2000, 12, 31))
    assert calendars.iso_week(TUESDAY) == "2014-W25"


def test_winter_runs_into_the_next_year() -> None:
    assert calendars.season_days(2013, "winter") == Days(date(2013, 12, 1), date(2014, 2, 28))


@pytest.mark.parametrize(
    ("day", "saturday"),
    [
        (TUESDAY, date(2014, 6, 14)),
        (date(2014, 6, 20), date(2014, 6, 14)),  # a Friday: the weekend to come is not meant
        (date(2014, 6, 21), date(2014, 6, 21)),  # a Saturday: the one under way
        (date(2014, 6, 22), date(2014, 6, 21)),
    ],
)
def test_the_weekend_before(day: date, saturday: date) -> None:
    assert calendars.weekend_before(day).first == saturday


@pytest.mark.parametrize(("part", "first", "last"), [("early", 1, 10), ("mid", 11, 20), ("late", 21, 30)])
def test_thirds_of_a_month(part: str, first: int, last: int) -> None:
    month = calendars.month_days(2014, 6)
    assert calendars.third_of_month(month, part) == Days(date(2014, 6, first), date(2014, 6, last))


@pytest.mark.parametrize(("part", "first", "last"), [("early", 1, 4), ("mid", 5, 8), ("late", 10, 12)])
def test_parts_of_a_year(part: str, first: int, last: int) -> None:
    year = calendars.third_of_year(calendars.year_days(2014), part)
    assert (year.first, year.last) == (date(2014, first, 1), calendars.month_days(2014, last).last)


@pytest.mark.parametrize(
    "day",
    [date(1961, 4, 2), date(2000, 4, 23), date(2008, 3, 23), date(2014, 4, 20), date(2038, 4, 25)],
)
def test_easter(day: date) -> None:
    assert calendars.easter(day.year) == day


@pytest.mark.parametrize("day", [date(1999, 11, 25), date(2013, 11, 28), date(2024, 11, 28), date(2023, 11, 23)])
def test_thanksgiving(day: date) -> None:
    assert calendars.thanksgiving(day.year) == day


# Announced in most countries: Eid al-Adha (10 Dhu al-Hijja), Ashura (10 Muharram), Eid al-Fitr (1 Shawwal).
@pytest.mark.parametrize(
    ("month", "day", "announced"),
    [
        (12, 10, date(2013, 10, 15)),
        (12, 10, date(2024, 6, 16)),
        (1, 10, date(2013, 11, 14)),
        (10, 1, date(2014, 7, 28)),
    ],
)
def test_islamic_feasts_lie_within_a_day_of_what_was_announced(month: int, day: int, announced: date) -> None:
    assert any(abs((found - announced).days) <= 1 for found in calendars.islamic_day(announced.year, month, day))


@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(1, 29))
def test_islamic_days_lie_in_the_year_asked_for(year: int, month: int, day: int) -> None:
    found = calendars.islamic_day(year, month, day)
    assert 0 <= len(found) <= 2
    assert all(one.year == year for one in found)


# Announced first days in most countries; the tabular calendar may lie a day off.
@pytest.mark.parametrize(
    "announced",
    [date(1990, 3, 28), date(2003, 10, 27), date(2014, 6, 29), date(2020, 4, 24), date(2024, 3, 11)],
)
def test_ramadan_begins_within_a_day_of_what_was_announced(announced: date) -> None:
    (days,) = calendars.ramadan(announced.year)
    assert abs((days.first - announced).days) <= 1
    assert days.length == 30


def test_ramadan_covers_every_year_and_two_in_some() -> None:
    assert all(calendars.ramadan(year) for year in calendars.RAMADAN_YEARS)
    assert len(calendars.ramadan(1997)) == len(calendars.ramadan(2030)) == 2
    assert calendars.ramadan(1800) == ()


def test_ramadan_near_a_day() -> None:
    before, after = calendars.ramadan_near(TUESDAY), calendars.ramadan_near(TUESDAY, future=True)
    assert before is not None
    assert after is not None
    assert before.first.year == 2013
    assert after.first.year == 2014


@given(_days, st.integers(min_value=-1200, max_value=1200))
def test_shifting_months_keeps_the_day_where_it_can(day: date, months: int) -> None:
    there = calendars.shift_months(day, months)
    assert (there.year - day.year) * 12 + there.month - day.month == months
    assert there.day == min(day.day, calendars.month_days(there.year, there.month).last.day)


@given(_days, st.integers(min_value=0, max_value=6))
def test_a_weekday_is_found_within_a_week(day: date, weekday: int) -> None:
    before, after = calendars.weekday_on_or_before(day, weekday), calendars.weekday_on_or_after(day, weekday)
    assert before.weekday() == after.weekday() == weekday
    assert timedelta(0) <= day - before < timedelta(7)
    assert timedelta(0) <= after - day < timedelta(7)
