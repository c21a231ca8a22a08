"""Time expressions: every rule of record.md, "Times", has a row in time_expressions.txt. All sentences are invented."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.reading.sentences import split
from dateline.reading.times import find_times, with_preposition
from dateline.record import Period, Report, Span, Unknown

TUESDAY = date(2014, 6, 17)
TABLE = Path(__file__).with_name("time_expressions.txt")


def times_of(text: str, published: date | None = TUESDAY) -> tuple[tuple[Period, ...], tuple[Unknown, ...]]:
    return find_times(split(Report(text=text)), published=published)


def only(text: str, published: date | None = TUESDAY) -> Period:
    periods, _ = times_of(text, published)
    assert len(periods) == 1, [p.text for p in periods]
    return periods[0]


def rows() -> Iterator[tuple[str, str, str, str, str]]:
    """(sentence with its expression in brackets, type, value, first day, last day) of the table."""
    for line in TABLE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            sentence, kind, value, first, last = line.split(" | ")
            yield sentence, kind, value, first, last


@pytest.mark.parametrize(("sentence", "kind", "value", "first", "last"), tuple(rows()))
def test_the_table_of_expressions(sentence: str, kind: str, value: str, first: str, last: str) -> None:
    start, end = sentence.index("["), sentence.index("]") - 1
    periods, _ = times_of(sentence.replace("[", "").replace("]", ""))
    found = next((one for one in periods if one.span == Span(start, end)), None)
    assert found is not None, [one.text for one in periods]
    days = tuple("-" if day is None else day.isoformat() for day in (found.earliest, found.latest))
    assert (found.type, found.value or "-", *days) == (kind, value, first, last)


def test_the_table_is_large_and_has_no_row_twice() -> None:
    sentences = [row[0] for row in rows()]
    assert len(sentences) >= 300
    assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize(
    "sentence",
    [
        "The 12-year-old boy was 12 years old.",
        "Mrs May said they may march on the town.",
        "They march on.",
        "The team won 3-1.",
        "He sat down beside Jan Egeland.",
        "Flight 1987 was late.",
        "They killed 2000 people.",
        "The fall of the town was swift.",
        "He fired a second time.",
        "The woman was in her 40s.",
        "ABC's This Week asked him.",
        "He told USA Today so.",
        "The Winter Olympics were held.",
        "They came as soon as they could.",
        "In the past two polls he led.",
        "He was not present.",
        "The March 23 Movement (M23) denied it.",
        "The April 6 Youth Movement denied it.",
        "The spring of the watch broke.",
        "The Communist Party daily Granma denied it.",
        "The Ukrainian daily reports that they left.",
        "He told USA TODAY so.",
        "He sent a Christmas card.",
        "The now-defunct party led.",
    ],
)
def test_what_is_no_time(sentence: str) -> None:
    assert times_of(sentence) == ((), ())


@pytest.mark.parametrize(
    ("sentence", "widened"),
    [
        ("They left on Friday.", "on Friday"),
        ("In the past week they left.", "In the past week"),
        ("They left over the weekend.", "over the weekend"),
        ("In December they left.", "In December"),
        ("On Monday, Dec. 26, 2011 they left.", "On Monday, Dec. 26, 2011"),
        ("They left early on Saturday.", "early on Saturday"),
        ("Since 2011 they have left.", "Since 2011"),
        ("They left yesterday.", "yesterday"),
    ],
)
def test_a_claim_takes_the_preposition(sentence: str, widened: str) -> None:
    report = Report(text=sentence)
    (stands,) = split(report)
    (period,), _ = find_times((stands,), published=TUESDAY)
    wide = with_preposition(period, stands)
    assert wide.text == widened == wide.span.of(sentence)
    assert (wide.earliest, wide.latest, wide.value) == (period.earliest, period.latest, period.value)


def test_capitals_are_read_alike() -> None:
    assert only("THE BRIDGE FELL ON 11 MAY.").earliest == date(2014, 5, 11)
    assert only("THE BRIDGE FELL LAST NIGHT.").earliest == date(2014, 6, 16)


def test_the_next_day_counts_from_the_day_named_last() -> None:
    (first, second), unknown = times_of("The town fell on 3 May. The next day they left.")
    assert (first.earliest, second.earliest) == (date(2014, 5, 3), date(2014, 5, 4))
    assert unknown == ()


@pytest.mark.parametrize(
    ("text", "expression", "value"),
    [
        ("The town fell on 3 May. That night they left.", "That night", "2014-05-03TNI"),
        ("The town fell on 3 May. Two days later they left.", "Two days later", "2014-05-05"),
        ("The town fell on 3 May. A week earlier it was quiet.", "A week earlier", "2014-W17"),
        ("The town fell in May 2011. That year they left.", "That year", "2011"),
        ("The town fell in May 2011. The following year they left.", "The following year", "2012"),
        ("The town fell in May 2011. They came back the month before.", "the month before", "2011-04"),
        ("The town fell in 2011. They came back three years later.", "three years later", "2014"),
        ("It was shut in the first quarter. Sales fell to $3 million from $5 million a year earlier.",
         "a year earlier", "2013-Q1"),
        ("Sales in the first quarter fell to $3 million from $5 million a year earlier. For the nine months they were "
         "$8 million, down from $9 million a year earlier.", "a year earlier", "2013"),
        ("It was shut in the third quarter. In the year-earlier quarter it was open.",
         "the year-earlier quarter", "2012-Q3"),
    ],
)  # fmt: skip
def test_what_counts_from_what_was_named_last(text: str, expression: str, value: str) -> None:
    periods, _ = times_of(text)
    assert (periods[-1].text, periods[-1].value) == (expression, value)


def test_a_day_still_to_come_is_nothing_to_count_from() -> None:
    (coming, next_day), (unknown,) = times_of("Talks will open on 1 July. The next day was quiet.")
    assert coming.earliest == date(2014, 7, 1)
    assert next_day.earliest is None
    assert unknown.span == next_day.span


def test_without_a_publication_date_a_day_takes_the_year_named_last() -> None:
    periods, _ = times_of("The town fell on 12 May 2013. They left on 14 May.", published=None)
    assert periods[-1].earliest == date(2013, 5, 14)


def test_a_day_that_counts_from_nothing_is_unknown() -> None:
    (period,), (unknown,) = times_of("It was the third day of the siege.")
    assert period.text == "the third day"
    assert period.earliest is None
    assert (unknown.stage, unknown.span) == ("times", period.span)


@pytest.mark.parametrize(
    ("sentence", "value"),
    [("It fell on Friday.", "XXXX-WXX-5"), ("It fell last week.", None), ("It fell today.", None)],
)
def test_without_a_publication_date_relative_times_are_unknown(sentence: str, value: str | None) -> None:
    (period,), (unknown,) = times_of(sentence, published=None)
    assert (period.value, period.earliest, period.latest) == (value, None, None)
    assert unknown.reason == "no publication date"


def test_without_a_publication_date_full_dates_are_still_read() -> None:
    assert only("It fell on 12 May 2013.", published=None).earliest == date(2013, 5, 12)


@pytest.mark.parametrize(
    ("sentence", "precision", "ucdp", "acled"),
    [
        ("It fell on Monday.", "day", 1, 1),
        ("It fell over the weekend.", "days", 2, 2),
        ("It fell last week.", "week", 3, 2),
        ("It fell last month.", "month", 4, 3),
        ("It fell in the third quarter of 2013.", "quarter", 5, 3),
        ("It fell last year.", "year", 5, 3),
        ("It has been shut since 2011.", "more", 5, 3),
    ],
)
def test_precision_follows_the_codebooks(sentence: str, precision: str, ucdp: int, acled: int) -> None:
    found = only(sentence)
    assert (found.precision, found.date_prec, found.time_precision) == (precision, ucdp, acled)


_SAMPLE = (
    "last next this week month year on in the 3 May June 2014 Monday Fridays night since until of ago two days early "
    "mid - , . between and to every 10:30 a.m. Ramadan Easter summer quarter third first 1980s 9 / 11 weekend recent "
    "a half hour later earlier said told “ ” ( ) : 2 1 00 31 12 nineteen ninety year's end past few coming hours per "
    "overnight into Tuesday noon GMT yesterday that following same decade century 02"
)
_WORDS = st.sampled_from(_SAMPLE.split())


@given(st.one_of(st.text(max_size=80), st.lists(_WORDS, max_size=14).map(" ".join)), st.one_of(st.none(), st.dates()))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_true_spans_and_ordered_days(text: str, published: date | None) -> None:
    periods, unknown = find_times(split(Report(text=text)), published=published)
    for period in periods:
        assert period.span.of(text) == period.text
        assert period.earliest is None or period.latest is None or period.earliest <= period.latest
        assert (period.date_prec is None) == (period.earliest is None and period.latest is None)
    assert {one.span for one in unknown} <= {period.span for period in periods}
    ends = [0, *(period.span.end for period in periods)]
    assert all(end <= period.span.start for end, period in zip(ends, periods, strict=False))


@pytest.mark.parametrize(
    ("sentence", "published", "day"),
    [
        ("It fell on 29 February.", date(2018, 3, 10), date(2016, 2, 29)),
        ("They must conclude it by 29 February.", date(2016, 2, 19), date(2016, 2, 29)),
    ],
)
def test_a_leap_day_is_in_a_year_that_has_it(sentence: str, published: date, day: date) -> None:
    assert only(sentence, published).latest == day
