"""All that is SQLite's own: how a ledger's file is opened, what makes its rows unchangeable, what its errors mean.

Another database needs another file with these functions, and nothing else.
"""

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, QueuePool, Table, UniqueConstraint, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from dateline.errors import LedgerDamaged, LedgerError, LedgerFull, LedgerLocked

WRITES = "dateline_writes"  # execution option: the transaction is begun as a writing one

# "DLdg": names the file as a ledger, to `file` and to us (PRAGMA application_id).
_APPLICATION = 0x444C6467
_WAIT_BETWEEN_TRIES_S = 0.02

_LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_DAMAGED = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT})
# A write that the disk refused for another reason than ENOSPC: a quota, a limit on a file's size.
_REFUSED_WRITES = frozenset({sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_SHMSIZE})


def engine_for(path: Path, *, create: bool, timeout_s: float) -> Engine:
    """An engine of connections that wait `timeout_s` for a lock, and whose commits are on the disk when they return."""
    address = _address(path, create)

    def connect() -> sqlite3.Connection:
        made = sqlite3.connect(
            address, uri=True, timeout=timeout_s, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        made.execute("PRAGMA synchronous=FULL")
        made.execute("PRAGMA foreign_keys=ON")
        return made

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)
    event.listen(engine, "begin", _begin)
    return engine


def prepare(connection: Connection, timeout_s: float) -> None:
    """Make a new, empty file ready: readers beside a writer (WAL), and the mark of a ledger. Outside a transaction."""
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    until = time.monotonic() + timeout_s
    while True:
        try:
            raw.execute("PRAGMA journal_mode=WAL")
            raw.execute(f"PRAGMA application_id={_APPLICATION}")
            return
        except sqlite3.OperationalError as error:
            # The change to WAL does not wait for a lock by itself; another process may be making the same file ready.
            if error.sqlite_errorcode & 0xFF not in _LOCKED or time.monotonic() > until:
                raise
            time.sleep(_WAIT_BETWEEN_TRIES_S)


def seal(connection: Connection, tables: Sequence[Table]) -> None:
    """Make the database itself refuse every change to the rows of `tables`."""
    for table in tables:
        for statement in _guards(table).values():
            connection.exec_driver_sql(statement)


def missing_guards(connection: Connection, tables: Sequence[Table]) -> list[tuple[str, str]]:
    """(table, trigger) for each guard of `seal` that is not there as it was made."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    found: dict[str, str] = {row[0]: row[1] for row in rows}
    return [
        (table.name, name)
        for table in tables
        for name, statement in _guards(table).items()
        if found.get(name) != statement
    ]


def damage(connection: Connection) -> list[str]:
    """What SQLite itself finds wrong with the file's pages and indexes; empty where all is well."""
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    return [] if found == ["ok"] else found


@contextmanager
def plain_errors(path: Path, timeout_s: float) -> Iterator[None]:
    """Turn what SQLite and SQLAlchemy raise into the ledger's own errors, each one line that says what to do."""
    try:
        yield
    except DBAPIError as error:
        raise _plain(path, timeout_s, error.orig or error) from error
    except (sqlite3.Error, SQLAlchemyError) as error:
        raise _plain(path, timeout_s, error) from error


def _plain(path: Path, timeout_s: float, error: BaseException) -> LedgerError:
    extended = getattr(error, "sqlite_errorcode", None) or 0
    code = extended & 0xFF
    said = " ".join(str(error).split())
    if code in _LOCKED:
        return LedgerLocked(f"{path}: another program has held it for {timeout_s:g} seconds; try again when it is done")
    if code in _DAMAGED or (code == sqlite3.SQLITE_ERROR and "no such" in said) or "decode to UTF-8" in said:
        return LedgerDamaged(f"{path}: is not a ledger or is damaged ({said}); restore it from a backup")
    if code == sqlite3.SQLITE_FULL or extended in _REFUSED_WRITES:
        return LedgerFull(f"{path}: the disk has no room for it ({said}); free some and add again, nothing is lost")
    if code == sqlite3.SQLITE_READONLY:
        return LedgerError(f"{path}: can only be read; check the permissions of the file and its folder")
    if code == sqlite3.SQLITE_CANTOPEN:
        return LedgerError(
            f"{path}: cannot be opened; check that it is a file you may write, in a folder you may write"
        )
    return LedgerError(f"{path}: {said}; `dateline verify` tells whether it is whole")


def _address(path: Path, create: bool) -> str:
    where = "file:" + quote(str(path.absolute()))
    if path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        # WAL needs a file beside the database; where none may be made, a finished database is read as it lies.
        log = path.with_name(path.name + "-wal")
        return where + ("?mode=ro" if log.exists() and log.stat().st_size else "?mode=ro&immutable=1")
    return where + ("?mode=rwc" if create else "?mode=rw")


def _begin(connection: Connection) -> None:
    # A writer takes the lock before it reads where the chain ends, or two would add to the same end.
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _guards(table: Table) -> dict[str, str]:
    """The triggers of one table, by name. INSERT OR REPLACE fires no DELETE trigger: the third one stops it."""
    name = table.name
    refuse = "BEGIN SELECT RAISE(ABORT, 'rows of a ledger are added, never changed'); END"
    taken = " OR ".join(
        f'EXISTS (SELECT 1 FROM "{name}" WHERE ' + " AND ".join(f'"{c}" = NEW."{c}"' for c in key) + ")"
        for key in _keys(table)
    )
    return {
        f"{name}_no_update": f'CREATE TRIGGER "{name}_no_update" BEFORE UPDATE ON "{name}" {refuse}',
        f"{name}_no_delete": f'CREATE TRIGGER "{name}_no_delete" BEFORE DELETE ON "{name}" {refuse}',
        f"{name}_no_replace": f'CREATE TRIGGER "{name}_no_replace" BEFORE INSERT ON "{name}" WHEN {taken} {refuse}',
    }


def _keys(table: Table) -> list[list[str]]:
    """The column lists that name one row: the primary key and each unique constraint, in a fixed order."""
    unique = [
        [column.name for column in constraint.columns]
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    ]
    return [[column.name for column in table.primary_key.columns], *sorted(unique)]
