"""A whole ledger as JSON lines and back: the same rows, the same head of the chain, and nothing that does not hash."""

import base64
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from export_incidents import ALL, claims
from sqlalchemy import select

from dateline.errors import InputError, LedgerDamaged, LedgerError
from dateline.export import write
from dateline.export.jsonl import incidents_in
from dateline.ingest.incoming import Failure
from dateline.ledger import Decision, Ledger, tables
from dateline.ledger.migrations import KNOWN
from dateline.ledger.transfer import bring_in, lines
from dateline.record import (
    Actor,
    Claim,
    Figure,
    MadeBy,
    Part,
    Period,
    Place,
    Record,
    Report,
    Source,
    Span,
    Speaker,
)

READER = MadeBy(version="0.1.0")
RAW = bytes(range(256)) * 3


def record(number: int, version: str = "0.1.0") -> Record:
    text = f"قتل {number + 3} أشخاص.\nOfficials said that {number + 3} people died near Keshen{number}."
    sentence = text.split("\n")[1]

    def of(words: str) -> dict[str, Any]:
        at = text.index(words)
        return {"text": words, "span": Span(at, at + len(words))}

    claim = Claim(
        id=f"c{number}",
        event="shelling",
        trigger=Part(**of("died")),
        quote=Part(**of(sentence)),
        actors=(Actor(name="Officials", **of("Officials")),),
        places=(Place(name="Keshen", lat=36.0, lon=-0.0, country="IQ", **of("near Keshen")),),
        time=Period(type="DATE", **of("said")),
        figures=(Figure(measure="killed", low=number + 3, high=float(number + 3), **of(f"{number + 3} people")),),
        attribution=(Source(source=Speaker(name="Officials", **of("Officials")), cue=None),),
        score=0.1 + 0.2,
    )
    report = Report(text=text, title=None if number % 2 else "=Title", source="Kesh Courier")
    return Record(id=f"n{number}", report=report, claims=(claim,), made_by=MadeBy(version=version))


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger with rows in every table, a report read twice, and one original of two reports."""
    with Ledger(tmp_path / "first.db") as ledger:
        for number in range(5):
            ledger.add(record(number), raw=RAW + bytes([number]), media_type="text/html", origin=f"{number}.html")
        ledger.add(record(0, "0.2.0"), raw=RAW + b"\x00", media_type="text/html", origin="0.html")
        ledger.add(record(7), raw=RAW + b"\x01")
        ledger.add_failure(Failure(origin="a.jsonl row 3", stage="ingest", message="not JSON", sha256=None))
        key = next(ledger.claims()).key
        ledger.decide(Decision(kind="accept", by="أنا", on="2026-01-05T09:00:00Z", claims=(key,)))
        yield ledger


@pytest.fixture
def exported(filled: Ledger, tmp_path: Path) -> Path:
    write("jsonl", ALL, claims, tmp_path / "x.jsonl", ledger=filled)
    return tmp_path / "x.jsonl"


def content(ledger: Ledger) -> dict[str, list[tuple[Any, ...]]]:
    with ledger._reading() as connection:
        return {
            str(table.name): [
                tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in tables.EVERY_TABLE
        }


def test_a_ledger_comes_back_as_it_was(filled: Ledger, exported: Path, tmp_path: Path) -> None:
    brought = bring_in(exported, tmp_path / "second.db")
    with Ledger(tmp_path / "second.db", create=False) as second:
        assert second.head() == filled.head() == brought.head
        assert content(second) == content(filled)
        assert second.verify(head=filled.head().hash).ok
        assert [second.raw(row[1]) for row in content(second)["reports"]] == [
            filled.raw(row[1]) for row in content(filled)["reports"]
        ]
    assert brought.rows == brought.added == filled.head().seq


def test_exporting_what_was_imported_gives_the_same_file(exported: Path, tmp_path: Path) -> None:
    bring_in(exported, tmp_path / "second.db")
    with Ledger(tmp_path / "second.db") as second:
        write("jsonl", incidents_in(exported), claims, tmp_path / "y.jsonl", ledger=second)
    assert (tmp_path / "y.jsonl").read_bytes() == exported.read_bytes()


def test_incidents_stand_behind_the_rows_and_read_back_exactly(exported: Path) -> None:
    kinds = ["incident" in json.loads(line) for line in exported.read_text("utf-8").splitlines()]
    assert kinds == sorted(kinds)
    assert sum(kinds) == len(ALL)
    assert tuple(incidents_in(exported)) == ALL


def test_nothing_is_lost(filled: Ledger, tmp_path: Path) -> None:
    report = write("jsonl", ALL, claims, tmp_path / "y.jsonl", ledger=filled)
    assert report.losses == ()


def test_an_imported_ledger_can_be_added_to(exported: Path, tmp_path: Path) -> None:
    bring_in(exported, tmp_path / "second.db")
    with Ledger(tmp_path / "second.db") as second:
        assert not second.add(record(1), raw=RAW + b"\x01", media_type="text/html", origin="1.html").new_reading
        assert second.add(record(9)).new_report
        assert second.verify().ok


def test_a_beginning_of_the_same_chain_is_taken_further(filled: Ledger, exported: Path, tmp_path: Path) -> None:
    bring_in(exported, tmp_path / "second.db")
    filled.add(record(11))
    write("jsonl", (), claims, tmp_path / "more.jsonl", ledger=filled)
    brought = bring_in(tmp_path / "more.jsonl", tmp_path / "second.db")
    assert brought.added == 3  # a report, its reading, its claim
    with Ledger(tmp_path / "second.db") as second:
        assert second.head() == filled.head()
        assert second.verify().ok
    assert bring_in(tmp_path / "more.jsonl", tmp_path / "second.db").added == 0
    assert bring_in(exported, tmp_path / "second.db").added == 0  # it holds all of that, and more


def test_a_ledger_with_other_rows_is_refused_and_left_alone(exported: Path, tmp_path: Path) -> None:
    with Ledger(tmp_path / "other.db") as other:
        other.add(record(20))
        before = content(other)
    with pytest.raises(LedgerError, match="holds other rows than"):
        bring_in(exported, tmp_path / "other.db")
    with Ledger(tmp_path / "other.db") as other:
        assert content(other) == before


def test_a_longer_ledger_with_other_rows_is_refused(exported: Path, tmp_path: Path) -> None:
    with Ledger(tmp_path / "other.db") as other:
        for number in range(30, 45):
            other.add(record(number))
    with pytest.raises(LedgerError, match="holds other rows than"):
        bring_in(exported, tmp_path / "other.db")


def _change(path: Path, table: str, change: Callable[[dict[str, Any]], None]) -> Path:
    """The file with one row of a table changed."""
    made, done = [], False
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row.get("table") == table and not done:
            change(row)
            done = True
        made.append(json.dumps(row, ensure_ascii=False))
    assert done
    changed = path.with_name("changed.jsonl")
    changed.write_text("\n".join(made) + "\n", "utf-8")
    return changed


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        ("claims", lambda r: r["row"].update(modality="denied"), "its hash is another"),
        ("claims", lambda r: r["row"].update(score=0.4), "its hash is another"),
        ("claims", lambda r: r["under"]["claim_figures"][0].update(low=99.0), "its hash is another"),
        ("claims", lambda r: r["under"].pop("claim_actors"), "its hash is another"),
        ("claims", lambda r: r.update(hash="00" * 32), "its hash is another"),
        ("claims", lambda r: r.update(seq=r["seq"] + 1), "does not follow row"),
        ("claims", lambda r: r["row"].update(colour="red"), "has a column that this Dateline does not know"),
        ("claims", lambda r: r["under"].update(claim_moods=[]), "of a table that this Dateline does not know"),
        ("reports", lambda r: r["row"].update(text="Nothing happened."), "its hash is another"),
        ("reports", lambda r: r.update(raw=base64.b64encode(b"x").decode()), "does not have the original bytes"),
        ("reports", lambda r: r.pop("raw"), "does not have the original bytes"),
        ("decisions", lambda r: r["row"].update(taken_by="eve"), "its hash is another"),
        ("decisions", lambda r: r.update(table="verdicts"), "of a table that this Dateline does not know"),
        ("revisions", lambda r: r.update(id="9999"), "written by a newer Dateline"),
    ],
)
def test_a_row_that_does_not_hash_is_refused_and_nothing_comes_in(
    table: str, change: Callable[[dict[str, Any]], None], said: str, exported: Path, tmp_path: Path
) -> None:
    changed = _change(exported, table, change)
    with pytest.raises(InputError, match=said) as caught:
        bring_in(changed, tmp_path / "second.db")
    assert "nothing was imported" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "second.db").exists()
    assert not (tmp_path / "second.db.files").exists()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda text: text[: len(text) // 2], "not a row of a ledger|ends at row"),
        (lambda text: "\n".join(text.split("\n")[:6]) + "\n", "ends at row 5 of"),
        (lambda text: "", "not a ledger as JSON lines"),
        (lambda text: '{"id": "x", "text": "a report"}\n', "not a ledger as JSON lines"),
        (lambda text: text.replace("dateline-ledger/1", "dateline-ledger/9", 1), "this Dateline reads"),
        (lambda text: text.split("\n", 2)[0] + "\n" + text.split("\n", 2)[2], "does not follow row 0"),
    ],
)
def test_a_file_that_is_not_whole_is_refused(
    spoil: Callable[[str], str], said: str, exported: Path, tmp_path: Path
) -> None:
    exported.write_text(spoil(exported.read_text("utf-8")), "utf-8")
    with pytest.raises(InputError, match=said):
        bring_in(exported, tmp_path / "second.db")
    assert not (tmp_path / "second.db").exists()


def test_an_import_that_was_broken_off_is_taken_up(
    exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.ledger.transfer._WINDOW", 3)

    def stop(done: int, total: int) -> None:
        if done > total / 2 + 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_in(exported, tmp_path / "second.db", stop)
    brought = bring_in(exported, tmp_path / "second.db")
    assert 0 < brought.added < brought.rows
    with Ledger(tmp_path / "second.db") as second:
        assert second.verify(head=brought.head.hash).ok


def test_tables_that_came_later_come_later(filled: Ledger, exported: Path, tmp_path: Path) -> None:
    """A ledger of an older Dateline is imported with its own revisions, and brought up to date when it is opened."""
    head, first, *_ = exported.read_text("utf-8").splitlines()
    opening, row = json.loads(head), json.loads(first)
    opening["head"] = {"seq": 1, "hash": row["hash"]}
    old = tmp_path / "old.jsonl"
    old.write_text(json.dumps(opening) + "\n" + first + "\n", "utf-8")
    assert bring_in(old, tmp_path / "old.db").rows == 1
    with Ledger(tmp_path / "old.db") as ledger:
        assert ledger.summary().revision == KNOWN[-1]
        assert ledger.head().seq == len(KNOWN)
        ledger.add(record(1))
        assert ledger.verify().ok


def test_a_missing_original_stops_the_export(filled: Ledger, tmp_path: Path) -> None:
    next(path for path in filled.files.folder.rglob("*") if path.is_file()).unlink()
    with pytest.raises(LedgerDamaged, match="is missing"):
        list(lines(filled))


def test_lines_come_one_at_a_time(filled: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows smaller than the ledger give the same lines: nothing hangs on how many are read at once."""
    whole = list(lines(filled))
    for window in (1, 2, 7):
        monkeypatch.setattr("dateline.ledger.transfer._WINDOW", window)
        assert list(lines(filled)) == whole
