"""Rules 2, 4 and 5 with the real reader: what leaves the ledger leads back to bytes, and reading again adds nothing."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from dateline.ingest.incoming import Incoming
from dateline.ledger import Ledger
from dateline.reading.pipeline import read
from dateline.show.claims_csv import lines


@pytest.fixture(scope="module")
def kept(example_reports: list[Incoming], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "x.db"
    with Ledger(path) as ledger:
        for item in example_reports:
            ledger.add(read(item.report, id=item.id), raw=item.raw, media_type=item.media_type, origin=item.origin)
    return path


def test_reading_the_same_bytes_again_adds_nothing(example_reports: list[Incoming], kept: Path) -> None:
    with Ledger(kept, create=False) as ledger:
        before = ledger.summary()
        for item in example_reports:
            added = ledger.add(read(item.report, id=item.id), raw=item.raw, media_type=item.media_type)
            assert (added.new_report, added.new_reading, added.claims) == (False, False, 0)
        assert ledger.summary() == before


def test_every_claim_that_leaves_leads_back_to_a_span_of_kept_bytes(kept: Path) -> None:
    with Ledger(kept, create=False) as ledger:
        found = list(ledger.claims())
        assert len(found) == ledger.summary().claims > 50
        for stored in found:
            record, raw = ledger.record(stored.report_id), ledger.raw(stored.report_id)
            assert sha256(raw).hexdigest() == stored.raw_sha256
            assert sha256(record.report.text.encode()).hexdigest() == stored.text_sha256 == record.report.sha256
            for part in (stored.claim.quote, stored.claim.trigger, *stored.claim.figures):
                assert record.report.words_at(part.span, part.where) == part.text
            assert stored.claim in record.claims


def test_every_row_of_csv_leads_back_to_a_span(kept: Path) -> None:
    with Ledger(kept, create=False) as ledger:
        rows = list(csv.DictReader(io.StringIO("".join(lines(ledger.claims())), newline="")))
        assert len(rows) == ledger.summary().claims
        for row in rows:
            report = ledger.record(row["report_id"]).report
            text = report.text if row["quote_in"] == "text" else report.title or ""
            assert text[int(row["quote_start"]) : int(row["quote_end"])] == row["quote"]
            assert row["text_sha256"] == report.sha256


def _spoil(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(statement)


def _tables(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        named = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return [name for (name,) in named if name != "alembic_version"]


@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET {} = {}"])
def test_the_database_itself_refuses_to_change_or_drop_what_was_read(kept: Path, statement: str) -> None:
    held = [name for name in _tables(kept) if _one(kept, f"SELECT count(*) FROM {name}")]
    assert {"reports", "readings", "claims"} <= set(held)
    for table in held:
        column = _one(kept, f"SELECT name FROM pragma_table_info('{table}') LIMIT 1")
        with pytest.raises(sqlite3.IntegrityError):
            _spoil(kept, statement.format(table, column, column))


def _one(path: Path, question: str) -> object:
    with closing(sqlite3.connect(path)) as database:
        return database.execute(question).fetchone()[0]


def test_the_record_that_is_kept_is_the_record_that_was_read(example_reports: list[Incoming], kept: Path) -> None:
    with Ledger(kept, create=False) as ledger:
        by_id = {ledger.record(stored.report_id).id: stored.report_id for stored in ledger.claims()}
        for item in example_reports:
            again = json.loads(ledger.record(by_id[item.id]).to_json())
            assert again == json.loads(read(item.report, id=item.id).to_json())
