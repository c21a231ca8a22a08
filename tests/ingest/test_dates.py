"""Dates as machines and rows write them."""

from datetime import date, timedelta

import pytest

from dateline.ingest.dates import future_warning, read_date

DAY = date(2014, 6, 17)


@pytest.mark.parametrize(
    "raw",
    [
        "2014-06-17",
        " 2014-06-17T23:59:00-05:00",
        "2014-06-17 08:00:00.123+00:00",
        "20140617",
        "20140617T080000Z",
        "Tue, 17 Jun 2014 08:00:00 GMT",
        "17 June 2014",
        "Tuesday, 17th June 2014 10:32",
        "June 17, 2014",
        "Jun. 17, 2014",
        "17/06/2014",
        "06/17/2014",
    ],
)
def test_one_day_many_ways(raw: str) -> None:
    assert read_date(raw) == DAY


@pytest.mark.parametrize(
    "raw",
    ["", "soon", "03/04/2014", "2014-02-30", "2014", "June 2014", "0001-01-01", "1970-01-01T00:00:00Z", "99/99/2014"],
)
def test_what_names_no_day_or_two_is_no_date(raw: str) -> None:
    assert read_date(raw) is None


def test_a_future_date_is_warned_of() -> None:
    assert future_warning(date.today() + timedelta(days=2))
    assert not future_warning(date.today())
    assert not future_warning(None)
