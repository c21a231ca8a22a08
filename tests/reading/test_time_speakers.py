"""Whose day a time counts from: of publication, of a dated entry, of the one who speaks. All texts are invented."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import read
from dateline.reading.sentences import split
from dateline.reading.times import Timed, timed_in
from dateline.record import Report

TUESDAY = date(2014, 6, 17)


def timed(text: str, published: date | None = TUESDAY) -> list[Timed]:
    return list(timed_in(split(Report(text=text)), published=published))


def days(text: str, expression: str, published: date | None = TUESDAY) -> tuple[str | None, str]:
    """The first day of an expression, and whose day it counts from."""
    found = next(one for one in timed(text, published) if one.period.text == expression)
    return found.period.earliest and found.period.earliest.isoformat(), found.by


@pytest.mark.parametrize(
    ("text", "expression", "day"),
    [
        ("“They shelled the town yesterday,” the mayor said on Friday.", "yesterday", "2014-06-12"),
        ("The mayor said on Friday: “They shelled the town yesterday.”", "yesterday", "2014-06-12"),
        ("The mayor told state television on Friday that “they will come back tomorrow”.", "tomorrow", "2014-06-14"),
        ("On Friday, the mayor said: “They shelled us last night.”", "last night", "2014-06-12"),
        ("In a statement dated 3 May, the group said it “took the town two days ago”.", "two days ago", "2014-05-01"),
        ("He told parliament last Thursday that talks would open tomorrow.", "tomorrow", "2014-06-13"),
        ("Two soldiers were killed on Sunday, the ministry said on Friday.", "Sunday", "2014-06-08"),
    ],
)
def test_what_is_said_counts_from_the_day_it_was_said(text: str, expression: str, day: str) -> None:
    assert days(text, expression) == (day, "speaker")


def test_a_quotation_goes_on_over_sentences() -> None:
    text = "The mayor said on Friday: “They came back. Yesterday they took the bridge.” He left today."
    assert days(text, "Yesterday") == ("2014-06-12", "speaker")
    assert days(text, "today") == ("2014-06-17", "publication")


@pytest.mark.parametrize(
    ("text", "expression", "day"),
    [
        # said today, or on no day that is told
        ("“They shelled the town yesterday,” the mayor said.", "yesterday", "2014-06-16"),
        ("The mayor said the town was shelled on Friday, and again yesterday.", "yesterday", "2014-06-16"),
        # in reported speech of the day before, today is the writer's
        ("The mayor said yesterday that talks would open today.", "today", "2014-06-17"),
        # the day of the event beside a word of saying
        ("The mayor said gunmen took the bridge on Friday and left yesterday.", "yesterday", "2014-06-16"),
        # the quotation is one thing, the writer's own words another
        ("“They left,” the mayor said on Friday, and yesterday the bridge fell.", "yesterday", "2014-06-16"),
        # two days of saying: which is meant is not told
        ("He said on Friday and she said on Sunday that it fell last night.", "last night", "2014-06-16"),
    ],
)
def test_what_counts_from_publication_all_the_same(text: str, expression: str, day: str) -> None:
    assert days(text, expression) == (day, "publication")


DIARY = """The town in June

June 3 — The bridge was shelled overnight. Two men died yesterday.

Nobody came today.

June 5: The mill fell this morning.
"""


def test_an_entry_of_a_diary_has_its_own_day() -> None:
    assert days(DIARY, "overnight") == ("2014-06-02", "entry")
    assert days(DIARY, "yesterday") == ("2014-06-02", "entry")
    assert days(DIARY, "this morning") == ("2014-06-05", "entry")


def test_one_dated_paragraph_is_no_diary() -> None:
    text = "June 3 — The bridge was shelled yesterday.\n\nThe mill fell yesterday.\n"
    assert [one.period.earliest for one in timed(text) if one.period.text == "yesterday"] == [
        date(2014, 6, 2),
        date(2014, 6, 16),
    ]


@pytest.mark.parametrize(
    ("text", "expression", "day"),
    [
        ("Mar. 13: Operations in the south\n\nThe force took the mill yesterday.", "yesterday", None),
        ("Friday, 10:32 GMT\n\nThe mill fell last night.", "last night", "2014-06-12"),
        ("Evening update June 10, 2014\n\nThe mill fell last night.", "last night", "2014-06-09"),
        ("ORSK, Brimsa (June 10, 2014) The force took the mill yesterday.", "yesterday", "2014-06-09"),
        ("ORSK, Brimsa (June 10) - The force took the mill on Monday.", "Monday", "2014-06-09"),
    ],
)
def test_lines_that_date_what_follows(text: str, expression: str, day: str | None) -> None:
    first, by = days(text, expression)
    assert (first, by) == ((day, "entry") if day else ("2014-06-16", "publication"))


def test_an_entry_dates_a_report_without_a_day_of_publication() -> None:
    assert days("12 May 2013: The town fell yesterday.", "yesterday", None) == ("2013-05-11", "entry")
    assert days("The town fell yesterday.", "yesterday", None) == (None, "publication")


def test_an_entry_long_after_publication_is_a_slip() -> None:
    assert days("12 May 2019: The town fell yesterday.", "yesterday") == ("2014-06-16", "publication")


def test_every_time_names_its_rule() -> None:
    (first, second) = timed("The mill fell on Friday, the bridge three weeks ago.")
    assert (first.rule, second.rule) == ("weekday", "ago")
    assert {first.now, second.now} == {TUESDAY}


_PIECES = st.sampled_from(
    ["“", "”", "he said on Friday", "June 3 — ", "yesterday", "\n\n", ". ", "told reporters on 3 May", "ORSK (June 3) "]
)


@given(st.lists(_PIECES, max_size=12).map(" ".join), st.one_of(st.none(), st.dates()))
@settings(max_examples=200, deadline=None)
def test_any_order_of_entries_and_sayings_is_read(text: str, published: date | None) -> None:
    for one in timed(text, published):
        assert one.period.span.of(text) == one.period.text
        assert one.by != "publication" or one.now == published


def test_days_alone_on_their_lines_head_the_entries_of_a_chronology() -> None:
    text = (
        "Timeline of the siege\n\n"
        "June 9, 2014\n\nRebels stormed the city yesterday and killed ten soldiers at a checkpoint in the north.\n\n"
        "June 11, 2014\n\nA bomb killed five people near the old bridge today, and the army left the town.\n"
    )
    times = {one.text: one.earliest for one in read(text, published=date(2014, 6, 17)).mentions.times}
    assert (times["yesterday"], times["today"]) == (date(2014, 6, 8), date(2014, 6, 11))
