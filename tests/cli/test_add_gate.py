"""`dateline add` with its gate: what is set aside is kept and counted, and nothing that was read is hidden by it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.ledger import ClaimQuery, Ledger
from tests.cli.conftest import Outcome
from tests.reading.test_gate import FOOTBALL, MARKETS, MURDER, RAID

Run = Callable[..., Outcome]


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder of invented news: two reports for a conflict record, two about other things."""
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in (("football", FOOTBALL), ("markets", MARKETS), ("murder", MURDER), ("raid", RAID)):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def claims_of(ledger: str, report: str) -> int:
    with Ledger(ledger, create=False) as kept:
        return len(list(kept.claims(ClaimQuery(report=report))))


def test_what_holds_nothing_is_kept_counted_and_said_in_one_line(dateline: Run, news: Path) -> None:
    done = dateline("add", news, "--ledger", "x.db")
    assert done.status == 0
    aside, summary = done.out.splitlines()
    assert aside == "2 reports hold nothing for a conflict record: not read in full (--no-gate reads them)"
    assert summary.startswith("4 reports new, 0 already there, 0 failed; ")
    lines = done.err.splitlines()
    assert re.fullmatch("new report [0-9a-f]{20}: football, not read in full", lines[0])
    assert re.fullmatch(r"new report [0-9a-f]{20}: raid, \d+ claims?", lines[3])
    with Ledger("x.db", create=False) as kept:
        assert kept.summary().reports == 4
        assert kept.raw(lines[0].split()[2].rstrip(":")) == FOOTBALL.encode()
    assert dateline("verify", "--ledger", "x.db").status == 0


def test_one_report_is_said_in_the_singular(dateline: Run, news: Path) -> None:
    done = dateline("add", news / "markets.txt", "--ledger", "x.db")
    line = done.out.splitlines()[0]
    assert line == "1 report holds nothing for a conflict record: not read in full (--no-gate reads it)"


def test_adding_again_adds_nothing_and_says_nothing_of_it(dateline: Run, news: Path) -> None:
    dateline("add", news, "--ledger", "x.db")
    with Ledger("x.db", create=False) as kept:
        before = kept.summary()
    done = dateline("add", news, "--ledger", "x.db")
    assert done.out.startswith("0 reports new, 4 already there, 0 failed; no new claims; ")
    with Ledger("x.db", create=False) as kept:
        assert kept.summary() == before


def test_no_gate_reads_everything(dateline: Run, news: Path) -> None:
    done = dateline("add", news, "--ledger", "x.db", "--no-gate")
    assert done.out.startswith("4 reports new, ")
    assert "not read in full" not in done.err
    with Ledger("x.db", create=False) as kept:
        ids = [line.split()[2].rstrip(":") for line in done.err.splitlines()]
        assert all(kept.record(each).mentions.times for each in ids if each == ids[0])
        assert all(len(kept.record(each).made_by.weights) > 1 for each in ids)


def test_no_gate_later_reads_what_was_set_aside(dateline: Run, news: Path) -> None:
    dateline("add", news, "--ledger", "x.db")
    done = dateline("add", news, "--ledger", "x.db", "--no-gate")
    assert done.out.startswith("0 reports new, 2 read again, 2 already there, 0 failed; ")
    with Ledger("x.db", create=False) as kept:
        assert (kept.summary().reports, kept.summary().readings) == (4, 6)
    assert dateline("verify", "--ledger", "x.db").status == 0


def test_the_gate_never_hides_claims_that_were_read(dateline: Run, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A gate that is trained anew may think less of a report; its claims stay the latest."""
    dateline("add", news / "raid.txt", "--ledger", "x.db", "--no-gate")
    before = claims_of("x.db", "raid")
    assert before > 0
    monkeypatch.setattr("dateline.reading.gate.worth_reading", lambda report: False)
    done = dateline("add", news / "raid.txt", "--ledger", "x.db")
    assert done.out.startswith("0 reports new, 1 already there, 0 failed; no new claims; ")
    assert claims_of("x.db", "raid") == before


def test_read_never_asks_the_gate(dateline: Run, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(report: object) -> bool:
        raise AssertionError("read asked the gate")

    monkeypatch.setattr("dateline.reading.gate.worth_reading", refuse)
    done = dateline("read", news, "--json")
    assert done.status == 0
    assert len(done.out.splitlines()) == 4
    assert "not read in full" not in done.out


def test_a_gate_without_weights_fails_in_one_line_a_report(
    dateline: Run, news: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from dateline.reading import gate, linear

    monkeypatch.setattr(linear, "WEIGHTS", tmp_path / "none")
    gate.threshold.cache_clear()
    linear.load.cache_clear()
    try:
        done = dateline("add", news / "raid.txt", "--ledger", "x.db")
    finally:
        gate.threshold.cache_clear()
        linear.load.cache_clear()
    assert done.status == 1
    assert re.search(r"raid\.txt: .*gate\.\w+: .* reinstall dateline", done.err)
    assert "Traceback" not in done.err
