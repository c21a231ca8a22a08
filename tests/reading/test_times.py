"""Time expressions: every rule of record.md, "Times", has a row. All sentences are invented."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.reading.sentences import split
from dateline.reading.times import find_times, with_preposition
from dateline.record import Period, Report, Unknown

TUESDAY = date(2014, 6, 17)


def times_of(text: str, published: date | None = TUESDAY) -> tuple[tuple[Period, ...], tuple[Unknown, ...]]:
    return find_times(split(Report(text=text)), published=published)


def only(text: str, published: date | None = TUESDAY) -> Period:
    periods, _ = times_of(text, published)
    assert len(periods) == 1, [p.text for p in periods]
    return periods[0]


# Published on Tuesday, 17 June 2014. None is an open or unknown end.
@pytest.mark.parametrize(
    ("sentence", "text", "value", "earliest", "latest"),
    [
        # record.md, "Times"
        ("The bridge fell last week.", "last week", "2014-W24", "2014-06-09", "2014-06-15"),
        ("In the last week two bridges fell.", "the last week", "P1W", "2014-06-10", "2014-06-17"),
        ("In the past week two bridges fell.", "the past week", "P1W", "2014-06-10", "2014-06-17"),
        ("It was shelled over the weekend.", "the weekend", "2014-W24-WE", "2014-06-14", "2014-06-15"),
        ("They left on Monday.", "Monday", "2014-06-16", "2014-06-16", "2014-06-16"),
        ("They left on Tuesday.", "Tuesday", "2014-06-17", "2014-06-17", "2014-06-17"),
        ("They left on Friday.", "Friday", "2014-06-13", "2014-06-13", "2014-06-13"),
        ("They will meet on Friday.", "Friday", "2014-06-20", "2014-06-20", "2014-06-20"),
        ("Talks are to be held on Friday.", "Friday", "2014-06-20", "2014-06-20", "2014-06-20"),
        ("The envoy is due on Friday.", "Friday", "2014-06-20", "2014-06-20", "2014-06-20"),
        ("The envoy plans to return on Friday.", "Friday", "2014-06-20", "2014-06-20", "2014-06-20"),
        ("They will stay, he said on Monday.", "Monday", "2014-06-16", "2014-06-16", "2014-06-16"),
        ("The town fell last month.", "last month", "2014-05", "2014-05-01", "2014-05-31"),
        ("Since 2011 the road has been shut.", "2011", "2011", "2011-01-01", "2014-06-17"),
        # months and their parts
        ("In December the town fell.", "December", "2013-12", "2013-12-01", "2013-12-31"),
        ("In June the town fell.", "June", "2014-06", "2014-06-01", "2014-06-17"),
        ("The vote will be in December.", "December", "2014-12", "2014-12-01", "2014-12-31"),
        ("In early May it fell.", "early May", "2014-05", "2014-05-01", "2014-05-10"),
        ("In mid-May it fell.", "mid-May", "2014-05", "2014-05-11", "2014-05-20"),
        ("In late May it fell.", "late May", "2014-05", "2014-05-21", "2014-05-31"),
        ("It fell last June.", "last June", "2013-06", "2013-06-01", "2013-06-30"),
        ("It fell in March 2003.", "March 2003", "2003-03", "2003-03-01", "2003-03-31"),
        ("It fell late last month.", "late last month", "2014-05", "2014-05-21", "2014-05-31"),
        # days
        ("It fell on 12 May 2013.", "12 May 2013", "2013-05-12", "2013-05-12", "2013-05-12"),
        ("It fell on May 12.", "May 12", "2014-05-12", "2014-05-12", "2014-05-12"),
        ("He left on Monday, Dec. 26, 2011.", "Monday, Dec. 26, 2011", "2011-12-26", "2011-12-26", "2011-12-26"),
        ("On the 3rd of May it fell.", "the 3rd of May", "2014-05-03", "2014-05-03", "2014-05-03"),
        ("It fell on 18 August last year.", "18 August last year", "2013-08-18", "2013-08-18", "2013-08-18"),
        ("Talks open on 1 July.", "1 July", "2014-07-01", "2014-07-01", "2014-07-01"),
        ("It fell on 2014-05-12.", "2014-05-12", "2014-05-12", "2014-05-12", "2014-05-12"),
        ("Filed 26/05/2014.", "26/05/2014", "2014-05-26", "2014-05-26", "2014-05-26"),
        ("It fell yesterday.", "yesterday", "2014-06-16", "2014-06-16", "2014-06-16"),
        ("It fell today.", "today", "2014-06-17", "2014-06-17", "2014-06-17"),
        ("They leave tomorrow.", "tomorrow", "2014-06-18", "2014-06-18", "2014-06-18"),
        ("It fell this morning.", "this morning", "2014-06-17TMO", "2014-06-17", "2014-06-17"),
        ("It fell last night.", "last night", "2014-06-16TNI", "2014-06-16", "2014-06-16"),
        ("It was shelled overnight.", "overnight", "2014-06-16TNI", "2014-06-16", "2014-06-17"),
        ("It fell late on Friday night.", "Friday night", "2014-06-13TNI", "2014-06-13", "2014-06-13"),
        ("It fell at 10:30 a.m. Monday.", "10:30 a.m. Monday", "2014-06-16T10:30", "2014-06-16", "2014-06-16"),
        ("It fell overnight into Sunday.", "overnight into Sunday", "2014-06-14TNI", "2014-06-14", "2014-06-15"),
        ("It fell last Tuesday.", "last Tuesday", "2014-06-10", "2014-06-10", "2014-06-10"),
        # weeks, years and longer
        ("Earlier this week it fell.", "Earlier this week", "2014-W25", "2014-06-16", "2014-06-17"),
        ("It fell last year.", "last year", "2013", "2013-01-01", "2013-12-31"),
        ("It fell in mid-2013.", "mid-2013", "2013", "2013-05-01", "2013-08-31"),
        ("It fell in 2009.", "2009", "2009", "2009-01-01", "2009-12-31"),
        ("It began in the 1980s.", "the 1980s", "198", "1980-01-01", "1989-12-31"),
        ("It fell in the third quarter of 2013.", "the third quarter of 2013", "2013-Q3", "2013-07-01", "2013-09-30"),
        ("It fell last summer.", "last summer", "2013-SU", "2013-06-01", "2013-08-31"),
        ("Nine have fallen so far this year.", "so far this year", "2014", "2014-01-01", "2014-06-17"),
        ("It fell in the first week of May.", "the first week of May", None, "2014-05-01", "2014-05-07"),
        # counted from publication
        ("It fell two weeks ago.", "two weeks ago", "2014-W23", "2014-06-02", "2014-06-08"),
        ("It fell three days ago.", "three days ago", "2014-06-14", "2014-06-14", "2014-06-14"),
        ("It fell two months ago.", "two months ago", "2014-04", "2014-04-01", "2014-04-30"),
        ("It fell three years ago.", "three years ago", "2011", "2011-01-01", "2011-12-31"),
        ("It fell more than a year ago.", "more than a year ago", "2013", None, "2013-06-17"),
        ("In the past 48 hours it fell.", "the past 48 hours", "PT48H", "2014-06-15", "2014-06-17"),
        ("Over the next two days they leave.", "the next two days", "P2D", "2014-06-17", "2014-06-19"),
        ("In recent days it fell.", "recent days", "PAST_REF", None, "2014-06-17"),
        ("It has been shut for two years.", "two years", "P2Y", "2012-06-17", "2014-06-17"),
        # ranges
        ("It fell between 3 and 5 May.", "between 3 and 5 May", None, "2014-05-03", "2014-05-05"),
        ("It fell on 12-14 June.", "12-14 June", None, "2014-06-12", "2014-06-14"),
        ("It was held from March to June.", "from March to June", None, "2014-03-01", "2014-06-30"),
        ("It was held from 2011 to 2013.", "from 2011 to 2013", None, "2011-01-01", "2013-12-31"),
        ("The truce holds until 30 June.", "30 June", "2014-06-30", "2014-06-17", "2014-06-30"),
        # feasts
        ("Ramadan was quiet.", "Ramadan", None, "2013-07-09", "2013-08-07"),
    ],
)
def test_intervals(sentence: str, text: str, value: str | None, earliest: str | None, latest: str | None) -> None:
    found = only(sentence)
    assert found.text == text
    assert value is None or found.value == value
    assert (found.earliest and found.earliest.isoformat()) == earliest
    assert (found.latest and found.latest.isoformat()) == latest


@pytest.mark.parametrize(
    ("sentence", "text", "kind", "value"),
    [
        ("It lasted for three days.", "three days", "DURATION", "P3D"),
        ("A four-year siege began.", "four-year", "DURATION", "P4Y"),
        ("They waited for weeks.", "weeks", "DURATION", "PXW"),
        ("It lasted nearly two hours.", "nearly two hours", "DURATION", "PT2H"),
        ("They march every Friday.", "every Friday", "SET", "XXXX-WXX-5"),
        ("It is shelled daily.", "daily", "SET", "P1D"),
        ("They meet every two weeks.", "every two weeks", "SET", "P2W"),
    ],
)
def test_lengths_and_repeats_have_no_days(sentence: str, text: str, kind: str, value: str) -> None:
    found = only(sentence)
    assert (found.text, found.type, found.value) == (text, kind, value)
    assert found.earliest is None
    assert found.latest is None


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
    "last next this week month on in the 3 May June 2014 Monday night since until of ago two days early "
    "mid - , . between and to every 10:30 a.m. Ramadan summer quarter third 1980s 9 / 11 weekend recent"
)
_WORDS = st.sampled_from(_SAMPLE.split())


@given(st.one_of(st.text(max_size=80), st.lists(_WORDS, max_size=14).map(" ".join)), st.one_of(st.none(), st.dates()))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_true_spans_and_ordered_days(text: str, published: date | None) -> None:
    periods, _ = find_times(split(Report(text=text)), published=published)
    for period in periods:
        assert period.span.of(text) == period.text
        assert period.earliest is None or period.latest is None or period.earliest <= period.latest
    ends = [0, *(period.span.end for period in periods)]
    assert all(end <= period.span.start for end, period in zip(ends, periods, strict=False))


def test_twenty_thousand_words_a_second() -> None:
    text = "Two soldiers died on Friday near the old bridge, and three villages were shelled last week. " * 300
    sentences = split(Report(text=text))
    start = time.process_time()
    find_times(sentences, published=TUESDAY)
    assert len(text.split()) / (time.process_time() - start) > 20_000
