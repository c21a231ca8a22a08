"""`dateline explain` with the real reader, on an invented report: what it prints, and what it says where it cannot."""

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

import dateline as library
from dateline.ledger import Ledger, StoredClaim
from dateline.reading.explain import Explanation, explain
from dateline.record import MadeBy, Record
from dateline.show.explain_page import changed, explain_page
from dateline.show.terminal import put, terminal
from tests.cli.conftest import Outcome

Run = Callable[..., Outcome]
TEXT = "Rebels allegedly shelled the town of Homs on Monday, killing at least 12 people, the Syrian army said.\n"


@pytest.fixture(scope="module")
def record() -> Record:
    made = library.read(TEXT, published=date(2014, 6, 17), source="Orontes News Agency")
    assert made.claims
    return made


@pytest.fixture
def ledger(tmp_path: Path, record: Record) -> Path:
    path = tmp_path / "x.db"
    with Ledger(path) as made:
        made.add(record)
    return path


def stored(path: Path, claim_id: str) -> StoredClaim:
    with Ledger(path, create=False) as opened:
        return opened.claim(claim_id)


def test_the_page_tells_heads_scores_and_places_of_words(dateline: Run, ledger: Path, record: Record) -> None:
    claim = record.claims[0]
    done = dateline("explain", claim.id[:12], "--ledger", ledger, "--width", "100")
    assert (done.status, done.err) == (0, "")
    assert "event head: the likeliest type" in done.out
    assert f"“{claim.trigger.text}” at {claim.trigger.span.start}–{claim.trigger.span.end}" in done.out
    assert "≥ 0." in done.out
    assert "next: " in done.out


def test_json_is_one_line_that_reads_back(dateline: Run, ledger: Path, record: Record) -> None:
    done = dateline("explain", record.claims[0].id, "--ledger", ledger, "--json")
    assert done.out.count("\n") == 1
    assert Explanation.from_json(done.out).claim == record.claims[0]
    start, end = json.loads(done.out)["claim"]["trigger"]["span"]
    assert TEXT[start:end] == record.claims[0].trigger.text


@pytest.mark.parametrize("width", [40, 60, 80, 140])
def test_no_line_is_wider_than_asked(ledger: Path, record: Record, width: int) -> None:
    for claim in record.claims:
        out = io.StringIO()
        page = explain_page(stored(ledger, claim.id), explain(record.report, claim.id), width=width)
        put(terminal(width=width, file=out), page)
        assert max(cell_len(line) for line in out.getvalue().splitlines()) <= width


def test_an_unknown_claim_is_one_line(dateline: Run, ledger: Path) -> None:
    done = dateline("explain", "zz", "--ledger", ledger)
    assert done.status == 1
    assert not done.out
    assert done.err.startswith(f"dateline: {ledger}: no claim 'zz'")
    assert done.err.count("\n") == 1


def test_a_claim_that_no_longer_comes_out_names_the_weights_that_differ(
    dateline: Run, tmp_path: Path, record: Record
) -> None:
    path = tmp_path / "old.db"
    kept_by = replace(record.made_by, weights={**record.made_by.weights, "reader": "ab" * 32})
    with Ledger(path) as made:
        made.add(replace(record, claims=(replace(record.claims[0], id="5e" * 10),), made_by=kept_by))
    done = dateline("explain", "5e5e", "--ledger", path)
    assert done.status == 1
    assert not done.out
    assert done.err.count("\n") == 1
    assert f"reader {'ab' * 6} (now {record.made_by.weights['reader'][:12]})" in done.err


def test_a_claim_that_is_read_otherwise_now_says_in_what(dateline: Run, tmp_path: Path, record: Record) -> None:
    path = tmp_path / "other.db"
    with Ledger(path) as made:
        made.add(replace(record, claims=(replace(record.claims[0], score=0.0123),), made_by=MadeBy(version="0.0.9")))
    done = dateline("explain", record.claims[0].id, "--ledger", path, "--width", "200")
    assert done.status == 0
    assert "Warning: read again, it differs from what was kept in score; changed since: version 0.0.9" in done.out
    as_json = dateline("explain", record.claims[0].id, "--ledger", path, "--json")
    assert "differs from what was kept in score" in as_json.err
    assert Explanation.from_json(as_json.out).claim == record.claims[0]


def test_a_claim_that_is_read_the_same_has_no_warning(ledger: Path, record: Record) -> None:
    claim = record.claims[0]
    assert changed(stored(ledger, claim.id), explain(record.report, claim.id)) == ""
