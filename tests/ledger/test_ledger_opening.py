"""Opening a ledger: what it is made of, what it refuses, and that every refusal is one line that says what to do."""

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from ledger_records import numbered, sample

from dateline.errors import LedgerDamaged, LedgerError, LedgerFull, LedgerLocked, LedgerNewer
from dateline.ledger import Ledger, migrations, sqlite, tables

HERE = Path(__file__).parent


def one_line(raised: pytest.ExceptionInfo[LedgerError], path: Path) -> bool:
    said = str(raised.value)
    return said.startswith(str(path)) and "\n" not in said and "sqlalche.me" not in said


@pytest.fixture
def closed(path: Path) -> Path:
    with Ledger(path) as ledger:
        ledger.add(sample())
    return path


# --- migrations ---


# Indexes of expressions: test_ledger_evidence.py sees that they are there and used.
@pytest.mark.filterwarnings("ignore:autogenerate skipping:UserWarning", "ignore:Skipped unsupported reflection")
def test_the_migrations_make_the_tables_that_the_code_names(ledger: Ledger) -> None:
    engine = sqlite.engine_for(ledger.path, create=False, timeout_s=1)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, tables.metadata) == []
        assert sqlite.missing_guards(connection, tables.EVERY_TABLE) == []
    engine.dispose()


def test_the_known_revisions_are_those_in_the_folder() -> None:
    steps = ScriptDirectory(str(migrations.SCRIPTS)).walk_revisions()
    assert tuple(reversed([step.revision for step in steps])) == migrations.KNOWN


def test_a_later_step_leaves_old_rows_and_their_hashes_as_they_are(closed: Path, tmp_path: Path) -> None:
    scripts = tmp_path / "scripts"
    shutil.copytree(migrations.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "r0004_notes.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\nrevision = '0004'\ndown_revision = '0003'\n"
        "def upgrade():\n    op.add_column('claims', sa.Column('note', sa.Text))\n"
    )
    known = (*migrations.KNOWN, "0004")
    engine = sqlite.engine_for(closed, create=False, timeout_s=1)
    with engine.execution_options(**{sqlite.WRITES: True}).begin() as connection:
        done = migrations.upgrade(connection, at="2026-01-01T00:00:00Z", known=known, scripts=scripts)
        assert done == ("0004",)
    with engine.connect() as connection:
        assert migrations.applied(connection) == known
        assert migrations.upgrade(connection, at="-", known=known, scripts=scripts) == ()
        assert "note" in {row[1] for row in connection.exec_driver_sql("PRAGMA table_info(claims)")}
    engine.dispose()
    with pytest.raises(LedgerNewer, match="0004"):
        Ledger(closed)
    with pytest.MonkeyPatch.context() as patched:  # the code that knows the step
        patched.setattr(migrations.missing, "__defaults__", (known,))
        patched.setattr(migrations.upgrade, "__kwdefaults__", {"known": known, "scripts": scripts})
        with Ledger(closed) as ledger:
            assert ledger.verify().ok
            ledger.add(numbered(1))
            assert ledger.verify().ok
            assert ledger.summary().revision == "0004"


def test_a_step_that_fails_leaves_nothing_behind(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr(migrations, "_write_down", fail)
        with pytest.raises(OSError, match="power cut"):
            Ledger(path)
    with Ledger(path) as ledger:
        ledger.add(sample())
        assert ledger.verify().ok


def test_alembic_is_imported_only_where_a_step_is_missing(closed: Path) -> None:
    code = (
        "import sys; from dateline.ledger import Ledger; Ledger(sys.argv[1]).summary(); print('alembic' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code, str(closed)], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


def test_writers_are_durable_and_readers_stand_beside_them(ledger: Ledger) -> None:
    database = sqlite3.connect(ledger.path)
    assert database.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    database.close()
    engine = sqlite.engine_for(ledger.path, create=False, timeout_s=3)
    with engine.connect() as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("synchronous", "busy_timeout")
        }
    engine.dispose()
    assert asked == {"synchronous": 2, "busy_timeout": 3000}


# --- refusals ---


@pytest.mark.parametrize("kind", ["missing", "empty", "folder", "no folder"])
def test_what_only_reads_never_makes_a_file(tmp_path: Path, kind: str) -> None:
    path = tmp_path / ("no/x.db" if kind == "no folder" else "x.db")
    if kind == "empty":
        path.touch()
    if kind == "folder":
        path.mkdir()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(LedgerError) as raised:
        Ledger(path, create=False)
    assert one_line(raised, path)
    assert sorted(tmp_path.rglob("*")) == before
    assert kind != "empty" or path.stat().st_size == 0


def test_a_new_ledger_needs_a_folder_and_a_file_path(tmp_path: Path) -> None:
    for path, told in ((tmp_path / "no" / "x.db", "make it first"), (tmp_path, "is a folder")):
        with pytest.raises(LedgerError, match=told) as raised:
            Ledger(path)
        assert one_line(raised, path)
    with pytest.raises(LedgerError, match="a file on this machine"):
        Ledger("postgresql://host/x")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_a_ledger_only_when_asked_to(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.touch()
    with Ledger(path) as ledger:
        assert ledger.add(sample()).new_report


def _not_a_database(path: Path) -> None:
    path.write_text("This is a letter, not a database. " * 100)


def _another_database(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE recipes (name)")
    database.commit()
    database.close()


def _cut_short(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 3])


def _without_a_table(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("DROP TABLE revisions")
    database.close()


def _overwritten_header(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(b"\0" * 100 + whole[100:])


@pytest.mark.parametrize("damage", [_not_a_database, _without_a_table, _overwritten_header])
@pytest.mark.parametrize("create", [True, False])
def test_a_damaged_ledger_is_said_to_be_damaged(closed: Path, damage: Callable[[Path], None], create: bool) -> None:
    damage(closed)
    whole = closed.read_bytes()
    with pytest.raises(LedgerDamaged) as raised:
        Ledger(closed, create=create)
    assert one_line(raised, closed)
    assert closed.read_bytes() == whole


def test_another_program_s_database_is_left_alone(path: Path) -> None:
    _another_database(path)
    whole = path.read_bytes()
    with pytest.raises(LedgerDamaged, match="not a ledger"):
        Ledger(path)
    assert path.read_bytes() == whole


def test_a_ledger_cut_short_is_found_damaged_and_no_other_error_comes_out(closed: Path) -> None:
    _cut_short(closed)
    said = _complaint(lambda: _walk(closed))
    assert said.startswith(str(closed))
    assert "\n" not in said


def _walk(path: Path) -> None:
    with Ledger(path, create=False) as ledger:
        assert not ledger.verify().ok
        list(ledger.claims())


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE claims SET body = '{'",
        "UPDATE claims SET body = '{}'",
        "UPDATE readings SET body = '[]'",
        "UPDATE readings SET made_by = ''",
        "UPDATE reports SET published = 'soon'",
        "UPDATE reports SET published = CAST(x'ff' AS TEXT)",
    ],
)
def test_rows_that_cannot_be_read_raise_damaged(closed: Path, change: str) -> None:
    database = sqlite3.connect(closed)
    for table in ("claims", "readings", "reports"):
        database.execute(f"DROP TRIGGER {table}_no_update")
    database.execute(change)
    database.commit()
    database.close()
    with Ledger(closed, create=False) as ledger:
        report_id = sqlite3.connect(closed).execute("SELECT id FROM reports").fetchone()[0]
        asks = (lambda: list(ledger.claims()), lambda: ledger.claim("c1"), lambda: ledger.record(report_id))
        said = [each for each in map(_complaint, asks) if each]
        assert said
        assert all(each.startswith(str(closed)) and "\n" not in each for each in said)
        assert not ledger.verify().ok


def _complaint(ask: Callable[[], object]) -> str:
    try:
        ask()
    except LedgerDamaged as error:
        return str(error)
    return ""


def test_a_newer_ledger_is_not_touched(closed: Path) -> None:
    database = sqlite3.connect(closed)
    database.execute("INSERT INTO revisions VALUES (999, '0999', '2030-01-01T00:00:00Z')")
    database.commit()
    database.close()
    whole = closed.read_bytes()
    for create in (True, False):
        with pytest.raises(LedgerNewer, match=r"newer Dateline \(revision 0999\)") as raised:
            Ledger(closed, create=create)
        assert one_line(raised, closed)
    assert closed.read_bytes() == whole


def test_a_locked_ledger_is_waited_for_and_then_said_to_be_locked(closed: Path) -> None:
    holder = sqlite3.connect(closed, isolation_level=None)
    with Ledger(closed, timeout_s=0.2) as ledger:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerLocked, match=r"0\.2 seconds") as raised:
            ledger.add(numbered(1))
        assert one_line(raised, closed)
        assert len(list(ledger.claims())) == 3  # readers are not kept out
        assert ledger.verify().ok
        holder.execute("COMMIT")
        assert ledger.add(numbered(1)).new_report
    holder.close()


def test_a_ledger_that_nobody_may_open_is_said_to_be_locked(closed: Path) -> None:
    holder = sqlite3.connect(closed, isolation_level=None)
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LedgerLocked) as raised:
        Ledger(closed, create=False, timeout_s=0.2)
    assert one_line(raised, closed)
    holder.close()


def test_a_closed_ledger_says_so(path: Path) -> None:
    ledger = Ledger(path)
    ledger.close()
    ledger.close()
    for ask in (ledger.summary, lambda: list(ledger.claims()), lambda: ledger.add(sample())):
        with pytest.raises(LedgerError, match="closed"):
            ask()


def test_a_ledger_that_may_only_be_read_is_read_and_not_written(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and may(path, mode))  # root may do anything
    with Ledger(closed, create=False) as ledger:
        assert len(list(ledger.claims())) == 3
        assert ledger.verify().ok
        with pytest.raises(LedgerError, match="only be read") as raised:
            ledger.add(numbered(1))
        assert one_line(raised, closed)
    assert not closed.with_name("x.db-wal").exists()


# --- a full disk ---


def test_a_full_database_is_said_to_be_full_and_loses_nothing(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    def nearly_full(*given: object, **named: object) -> sqlite3.Connection:
        made: sqlite3.Connection = connect(*given, **named)  # type: ignore[call-overload]
        pages = made.execute("PRAGMA page_count").fetchone()[0]
        made.execute(f"PRAGMA max_page_count={pages + 20}")
        return made

    kept = []
    with monkeypatch.context() as patched:
        patched.setattr(sqlite.sqlite3, "connect", nearly_full)
        with Ledger(closed) as ledger:
            with pytest.raises(LedgerFull) as raised:
                kept.extend(ledger.add(numbered(number)).report_id for number in range(100))
            assert one_line(raised, closed)
            assert ledger.verify().ok
    assert kept
    with Ledger(closed) as ledger:
        assert ledger.add(numbered(len(kept))).new_report
        assert all(ledger.record(each) == numbered(n) for n, each in enumerate(kept))
        assert ledger.verify().ok


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_no_room_for_the_original_keeps_the_row_out(closed: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def no_room(_: int) -> None:
        raise OSError(number, os.strerror(number))

    with Ledger(closed) as ledger:
        before = ledger.summary()
        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", no_room)
            with pytest.raises(LedgerFull, match="no room") as raised:
                ledger.add(numbered(1))
        assert one_line(raised, closed)
        assert ledger.summary() == before
        assert not list(ledger.files.folder.rglob("*.part"))
        assert ledger.add(numbered(1)).new_report
        assert ledger.verify().ok


def test_originals_that_may_not_be_written_are_one_clear_line(closed: Path) -> None:
    shutil.rmtree(closed.with_name("x.db.files"))
    closed.with_name("x.db.files").write_text("in the way")
    with Ledger(closed) as ledger, pytest.raises(LedgerError, match="cannot be written") as raised:
        ledger.add(numbered(1))
    assert one_line(raised, closed)


@pytest.mark.skipif(sys.platform == "win32", reason="limits on a file's size are POSIX")
def test_a_disk_that_refuses_a_write_is_said_to_be_full(closed: Path) -> None:
    code = (  # in a process of its own: the limit must not hold for the tests themselves
        "import resource, sys; sys.path.insert(0, sys.argv[2])\n"
        "from ledger_records import numbered\nfrom dateline.errors import LedgerFull\n"
        "from dateline.ledger import Ledger\n"
        "ledger = Ledger(sys.argv[1])\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "try:\n    for n in range(200):\n        print(ledger.add(numbered(n)).report_id, flush=True)\n"
        "except LedgerFull as error:\n    print('FULL', error, flush=True)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(closed), str(HERE)], capture_output=True, text=True, check=False
    )
    *kept, last = told.stdout.splitlines()
    assert last.startswith(f"FULL {closed}"), told.stderr
    assert kept
    with Ledger(closed) as ledger:
        assert ledger.verify().ok
        assert all(ledger.record(each) == numbered(n) for n, each in enumerate(kept))
        assert ledger.add(numbered(len(kept))).new_report
