"""What is asked of a ledger, and what comes back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from ledger_records import numbered, part, sample, sample_claims, sample_report
from msgspec.structs import replace

from dateline.errors import InputError, LedgerError
from dateline.ledger import ClaimQuery, Ledger
from dateline.ledger.migrations import KNOWN
from dateline.ledger.words import fold, phrase, words_of
from dateline.record import Figure, MadeBy, Mentions, Period, Record, Report

FLED, SHELLED, BOMBED = "c1fled00000000000000", "c2shelled00000000000", "c3bombed000000000000"


@pytest.fixture
def towns(ledger: Ledger) -> Ledger:
    ledger.add(sample(), origin="towns.html")
    return ledger


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger that is only asked."""
    with Ledger(tmp_path_factory.mktemp("unchanged") / "x.db") as ledger:
        ledger.add(sample())
        ledger.add(numbered(1))
        yield ledger


def found(ledger: Ledger, **query: object) -> list[str]:
    return [each.claim.id for each in ledger.claims(ClaimQuery(**query))]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, [BOMBED, SHELLED, FLED]),  # latest day first: published on the 17th, the 16th, from the 9th
        ({"event": "shelling"}, [SHELLED]),
        ({"event": "killing"}, []),
        ({"place": "Mosul"}, [FLED]),
        ({"place": "mosul"}, [FLED]),
        ({"place": "in and around"}, [FLED]),
        ({"place": "around in"}, []),
        ({"place": "Mos"}, []),
        ({"text": "?!"}, []),
        ({"place": "DEIR EZ ZOR"}, [SHELLED]),
        ({"place": "Deir ez-Zor"}, [SHELLED]),
        ({"place": "Zor Deir"}, []),
        ({"place": "Ra's al-Ayn"}, [BOMBED]),
        ({"place": "Ras al Ayn"}, [BOMBED]),
        ({"place": "'-'"}, []),
        ({"place": "100%"}, []),
        ({"country": "IQ"}, [FLED]),
        ({"country": "sy"}, [BOMBED, SHELLED]),
        ({"actor": "fighters"}, [SHELLED]),
        ({"actor": "x-17"}, [SHELLED]),
        ({"target": "x-17"}, []),
        ({"actor": "aircraft"}, [BOMBED]),  # as written, where the name is the ministry's
        ({"target": "people"}, [FLED]),
        ({"actor": "people"}, []),
        ({"source": "Relief Council"}, [FLED]),
        ({"source": "relief"}, [FLED]),
        ({"source": "the kesh courier"}, [BOMBED, SHELLED, FLED]),
        ({"modality": "denied"}, [BOMBED]),
        ({"since": date(2014, 6, 16)}, [BOMBED, SHELLED]),
        ({"since": date(2014, 6, 15)}, [BOMBED, SHELLED, FLED]),
        ({"until": date(2014, 6, 9)}, [FLED]),
        ({"until": date(2014, 6, 8)}, []),
        ({"since": date(2014, 6, 10), "until": date(2014, 6, 11)}, [FLED]),
        ({"since": date(2014, 6, 18)}, []),
        ({"text": "12,000 people"}, [FLED]),
        ({"text": "SHELLED deir"}, [SHELLED]),
        ({"text": "shell"}, []),
        ({"text": "in and around", "limit": 0}, []),
        ({"limit": 2}, [BOMBED, SHELLED]),
        ({"report": "river-towns"}, [BOMBED, SHELLED, FLED]),
        ({"report": "another"}, []),
        ({"country": "SY", "event": "air_strike", "place": "Ayn", "source": "ministry"}, [BOMBED]),
        ({"country": "SY", "place": "Mosul"}, []),
    ],
)
def test_queries(unchanged: Ledger, query: dict[str, object], expected: list[str]) -> None:
    only = {"source": "Kesh Courier"} if "source" not in query and "report" not in query else {}
    assert found(unchanged, **{**only, **query}) == expected


def test_text_stops_at_its_limit(towns: Ledger) -> None:
    assert len(found(towns, text="the")) > 1
    assert found(towns, text="the", limit=1) == found(towns, text="the")[:1]


@pytest.mark.parametrize(
    ("earliest", "latest", "published", "since", "until", "kept"),
    [
        (None, None, None, date(2000, 1, 1), None, False),  # no day at all is never within any
        (None, None, None, None, date(2030, 1, 1), False),
        (None, None, None, None, None, True),
        (None, None, date(2014, 6, 17), date(2014, 6, 17), date(2014, 6, 17), True),
        (date(2011, 1, 1), None, date(2014, 6, 17), date(2020, 1, 1), None, True),  # open end
        (date(2011, 1, 1), None, None, None, date(2010, 12, 31), False),
        (None, date(2011, 1, 1), None, None, date(1900, 1, 1), True),  # open beginning
        (None, date(2011, 1, 1), None, date(2011, 1, 2), None, False),
        (date(2013, 1, 1), date(2013, 12, 31), date(2014, 6, 17), date(2014, 1, 1), None, False),  # its own time counts
    ],
)
def test_since_and_until(
    ledger: Ledger,
    earliest: date | None,
    latest: date | None,
    published: date | None,
    since: date | None,
    until: date | None,
    kept: bool,
) -> None:
    time = Period(type="DATE", earliest=earliest, latest=latest, text="Monday", span=part("Monday").span)
    claim = replace(sample_claims()[1], time=time)
    ledger.add(sample(report=sample_report(published=published), claims=(claim,)))
    assert bool(found(ledger, since=since, until=until)) is kept


def test_claims_without_a_day_come_last(ledger: Ledger) -> None:
    undated = sample(id="undated", report=sample_report(published=None), claims=sample_claims()[2:])
    ledger.add(undated)
    ledger.add(sample())
    assert found(ledger) == [BOMBED, SHELLED, FLED, BOMBED]
    assert [each.given_id for each in ledger.claims()][-1] == "undated"


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(InputError, match="'murder' is none of battle"):
        ClaimQuery(event="murder")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="'sure' is none of actual"):
        ClaimQuery(modality="sure")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="limit"):
        ClaimQuery(limit=-1)


def test_claims_as_they_were_known_on_a_day(towns: Ledger) -> None:
    assert len(found(towns, known_by=date(2014, 6, 17))) == 3
    assert not found(towns, known_by=date(2014, 6, 16))
    towns.add(sample(report=sample_report(published=None)))  # known from the day on which it came in
    assert len(found(towns, known_by=date(2014, 6, 17))) == 3
    assert len(found(towns, known_by=date(2999, 1, 1))) == 6


def test_every_reading(towns: Ledger) -> None:
    towns.add(sample(made_by=MadeBy(version="0.2.0")))
    assert len(found(towns)) == 3
    assert len(found(towns, every_reading=True)) == 6
    assert [each.latest for each in towns.claims(ClaimQuery(event="shelling", every_reading=True))] == [False, True]


def test_a_claim_by_its_id_or_the_start_of_it(towns: Ledger) -> None:
    shown = towns.claim("c2")
    assert shown.claim == sample_claims()[1]
    assert (shown.given_id, shown.publisher, shown.published) == ("river-towns", "The Kesh Courier", date(2014, 6, 17))
    assert shown.made_by == sample().made_by
    assert towns.claim(shown.claim.id) == towns.claim(shown.key) == towns.claim(f"{shown.report_id[:6]}/c2") == shown
    for wrong in ("c", ""):
        with pytest.raises(LedgerError, match="begin with 'c'" if wrong else "no claim"):
            towns.claim(wrong)
    with pytest.raises(LedgerError, match="no claim 'zzz'"):
        towns.claim("zzz")
    with pytest.raises(LedgerError, match="no claim"):
        towns.claim("%")


def test_two_reports_may_hold_claims_with_one_id(towns: Ledger) -> None:
    other = towns.add(sample(report=sample_report(source="Another paper")))
    with pytest.raises(LedgerError, match=f"2 claims begin with .*{other.report_id}/{FLED}"):
        towns.claim(FLED)
    assert towns.claim(f"{other.report_id}/{FLED}").publisher == "Another paper"


def test_an_id_in_full_is_never_ambiguous_with_a_longer_one(ledger: Ledger) -> None:
    first, second, third = sample_claims()
    ledger.add(sample(claims=(replace(first, id="c1"), replace(second, id="c10"), third)))
    assert ledger.claim("c1").claim.event == "displacement"


def test_reports_by_the_start_of_their_id(towns: Ledger) -> None:
    whole = next(towns.claims()).report_id
    assert towns.record(whole[:8]) == towns.record(whole)
    for wrong in ("zz", "%"):
        with pytest.raises(LedgerError, match="no report"):
            towns.raw(wrong)
    towns.add(sample(report=sample_report(url=None)))
    with pytest.raises(LedgerError, match="more than one report"):
        towns.record("")


def test_adding_while_claims_are_walked(towns: Ledger) -> None:
    walked = []
    for number, each in enumerate(towns.claims()):
        towns.add(numbered(number))
        walked.append(each.claim.id)
    assert walked == [BOMBED, SHELLED, FLED]


def test_summary(towns: Ledger) -> None:
    towns.add(numbered(1))
    made = towns.summary()
    assert (made.reports, made.readings, made.claims, made.failures, made.revision) == (2, 2, 9, 0, "0003")
    assert made.head.seq == len(KNOWN) + 2 + 2 + 9


def test_the_record_comes_back_to_the_byte(ledger: Ledger) -> None:
    for record in (
        sample(),
        numbered(3),
        sample(claims=(), report=sample_report(title=None, published=None, url=None)),
    ):
        added = ledger.add(record)
        assert ledger.record(added.report_id) == record
        assert ledger.record(added.report_id).to_json() == record.to_json()


_any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
_numbers = st.one_of(st.none(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(text="fled", title=None, warning="", low=-0.0, score=0.5)
@given(text=_any_text, title=st.none() | _any_text, warning=_any_text, low=_numbers, score=st.floats(0, 1))
def test_any_record_comes_back_to_the_byte(
    tmp_path: Path, text: str, title: str | None, warning: str, low: float | None, score: float
) -> None:
    claims: tuple = ()
    figures: tuple[Figure, ...] = ()
    if text:
        span = type(part("fled").span)(0, len(text))
        whole = type(part("fled"))(text=text, span=span)
        figure = Figure(text=text, span=span, measure="killed", low=low, high=low)
        figures = (figure,)
        claims = (replace(sample_claims()[0], trigger=whole, quote=whole, also=(), targets=(), places=(), time=None,
                          figures=figures, attribution=(), hedge=None, score=score),)  # fmt: skip
    record = Record(
        id=warning,
        report=Report(text=text, title=title),
        claims=claims,
        mentions=Mentions(figures=figures),
        warnings=(warning,),
        made_by=MadeBy(version="0"),
    )
    with Ledger(tmp_path / "any.db") as ledger:
        added = ledger.add(record)
        if added.new_reading:
            assert ledger.record(added.report_id).to_json() == record.to_json()
        assert ledger.verify().ok, ledger.verify().problems


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Mosul", " mosul "),
        ("al-Qaeda's", " al qaedas | al qaeda "),
        ("Ra’s al-Ayn", " ras al ayn | ra al ayn "),
        ("Da’esh", " daesh "),
        ("São Tomé", " sao tome "),
        ("U.N.", " u n "),
        ("  ", "  "),
        ("snake_case", " snake case "),
    ],
)
def test_names_as_they_are_compared(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_a_phrase_does_not_run_from_one_name_into_the_next() -> None:
    folded = fold("Ayn Issa", "north of Raqqa")
    assert phrase("Issa north") not in folded
    assert phrase("ISSA") in folded
    assert words_of([folded]) == ["ayn", "issa", "north", "of", "raqqa"]
