"""Files beside the ledger in which pages look things up fast: made from it, and made again where they are gone."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from dateline.errors import LedgerDamaged, LedgerError, LedgerLocked
from dateline.ledger import Ledger

_PATIENCE_S = 10.0
_LOCKED = frozenset((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED))
_DAMAGED = frozenset((sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT))


@contextmanager
def opened(path: Path, *pragmas: str) -> Iterator[sqlite3.Connection]:
    """The file for one use, by whatever thread; without a transaction.

    Args:
        pragmas: settings of this file's own, as "cache_size=-32768".
    Raises:
        LedgerError: it is damaged, or may not be written, or another program holds it.
    """
    try:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE_S)) as connection:
            for each in ("journal_mode=WAL", "synchronous=NORMAL", *pragmas):
                connection.execute(f"PRAGMA {each}")
            yield connection
    except sqlite3.Error as error:
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        if code in _LOCKED:
            raise LedgerLocked(f"{path}: another program holds it; try again when it is done") from error
        if code in _DAMAGED:
            said = "is damaged; delete it and start the desk again, which makes it from the ledger"
            raise LedgerDamaged(f"{path}: {said}") from error
        raise LedgerError(f"{path}: {error}; it may be deleted, and is made again from the ledger") from error


def first_hash(ledger: Ledger) -> str:
    """By which a file knows its ledger: another one may have lain at the same path."""
    with ledger.reading() as connection:
        return connection.exec_driver_sql("SELECT hash FROM chain ORDER BY seq LIMIT 1").scalar() or ""
