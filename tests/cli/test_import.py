"""`dateline import`: a ledger comes in whole, or one line says why it does not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.ledger import Ledger
from dateline.ledger.transfer import lines
from dateline.record import MadeBy, Record, Report


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    with Ledger(tmp_path / "first.db") as ledger:
        ledger.add(Record(id="a", report=Report(text="قتل رجل."), made_by=MadeBy(version="0.1.0")))
        (tmp_path / "x.jsonl").write_bytes(b"".join(lines(ledger)))
    return tmp_path / "x.jsonl"


def test_a_ledger_comes_in(dateline: Callable[..., tuple[int, str, str]], exported: Path) -> None:
    status, out, err = dateline("import", exported, "--ledger", "second.db")
    with Ledger("first.db") as first, Ledger("second.db") as second:
        assert first.head() == second.head()
        head = first.head()
    assert (status, err) == (0, "")
    assert out == (
        f"second.db: {head.seq} new rows, {head.seq} in all; head {head.hash}; `dateline verify` checks them\n"
    )
    status, out, _ = dateline("import", exported, "--ledger", "second.db")
    assert (status, out.split(",")[0]) == (0, "second.db: no new rows")
    assert dateline("verify", "--ledger", "second.db", "--head", head.hash)[0] == 0


@pytest.mark.parametrize(
    ("file", "ledger", "said"),
    [
        ("missing.jsonl", "y.db", "missing.jsonl: cannot be read"),
        ("x.jsonl", "nowhere/y.db", "the folder nowhere does not exist"),
        ("first.db", "y.db", "not a ledger as JSON lines"),
    ],
)
def test_what_cannot_come_in_is_one_line(
    file: str, ledger: str, said: str, dateline: Callable[..., tuple[int, str, str]], exported: Path
) -> None:
    status, out, err = dateline("import", file, "--ledger", ledger)
    assert (status, out) == (1, "")
    assert said in err
    assert err.count("\n") == 1


def test_an_altered_file_is_refused(dateline: Callable[..., tuple[int, str, str]], exported: Path) -> None:
    exported.write_bytes(exported.read_bytes().replace(b'"media_type":"text/plain"', b'"media_type":"text/pluin"'))
    status, _, err = dateline("import", exported, "--ledger", "y.db")
    assert status == 1
    assert "its hash is another; nothing was imported" in err
    assert not Path("y.db").exists()
