"""A stretch of a claim is mentioned by its ends. All sentences are invented; published on Tuesday, 17 June 2014."""

from datetime import date

import pytest

from dateline.reading.sentences import split
from dateline.reading.time_ends import times_mentioned
from dateline.reading.times import find_times
from dateline.record import Report

TUESDAY = date(2014, 6, 17)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("It fell between 3 and 5 May.", [("3", "2014-05-03"), ("5 May", "2014-05-05")]),
        ("It fell on May 3-5.", [("May 3", "2014-05-03"), ("5", "2014-05-05")]),
        ("It fell on 11, 12 and 13 May.", [("11", "2014-05-11"), ("12", "2014-05-12"), ("13 May", "2014-05-13")]),
        ("It ran from Aug. 26 to Oct. 20, 2013.", [("Aug. 26", "2013-08-26"), ("Oct. 20, 2013", "2013-10-20")]),
        ("It was shut from Monday to Friday.", [("Monday", "2014-06-09"), ("Friday", "2014-06-13")]),
        ("It was held from March through June.", [("March", "2014-03"), ("June", "2014-06")]),
        ("It was held between 1982 and 1986.", [("1982", "1982"), ("1986", "1986")]),
        ("It was held in 2011-13.", [("2011", "2011"), ("13", "2013")]),
        ("It fell in the first week of May.", [("the first week of May", "2014-05-01/2014-05-07")]),
        ("It fell in the last two days of May.", [("the last two days of May", "2014-05-30/2014-05-31")]),
        ("It fell on Friday.", [("Friday", "2014-06-13")]),
    ],
)
def test_a_stretch_is_mentioned_by_its_ends(text: str, ends: list[tuple[str, str]]) -> None:
    periods, _ = find_times(split(Report(text=text)), published=TUESDAY)
    made = times_mentioned(periods)
    assert [(one.text, one.value) for one in made] == ends
    assert all(text[one.span.start : one.span.end] == one.text for one in made)


def test_ends_have_the_days_of_their_own() -> None:
    (stretch,), _ = find_times(split(Report(text="It was held from March to June.")), published=TUESDAY)
    first, _ = times_mentioned([stretch])
    assert (first.earliest, first.latest, first.precision) == (date(2014, 3, 1), date(2014, 3, 31), "month")


def test_no_end_goes_on_after_the_stretch() -> None:
    (stretch,), _ = find_times(split(Report(text="It was held from 2011 to 2014.")), published=TUESDAY)
    first, last = times_mentioned([stretch])
    assert (first.earliest, first.latest) == (date(2011, 1, 1), date(2011, 12, 31))
    assert (last.earliest, last.latest) == (date(2014, 1, 1), TUESDAY)


def test_ends_without_a_year_have_no_days() -> None:
    periods, _ = find_times(split(Report(text="It was held from March to June.")), published=None)
    assert [(one.value, one.earliest, one.latest) for one in times_mentioned(periods)] == [
        ("XXXX-03", None, None),
        ("XXXX-06", None, None),
    ]
