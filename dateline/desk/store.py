"""What belongs to the desk and not to the record, in a file beside the ledger: `x.db.desk`.

Users, sessions, API tokens, attempts to sign in, saved searches, what a person has read and has in hand, drafts of
blind coding. Nothing of the record lies here: whoever deletes the file loses users, read marks and codings that are not
settled. Tokens of sessions and of the API are kept as hashes alone.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from secrets import token_bytes
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    QueuePool,
    Table,
    Text,
    create_engine,
    event,
)
from sqlalchemy.exc import DatabaseError

from dateline.errors import LedgerDamaged, LedgerError, LedgerLocked, LedgerNewer

SCHEMA = 3  # PRAGMA user_version; a change of the tables adds a step to `_STEPS`
# What brings a file of each version to the next one; tables that are new are made without a step.
_STEPS = {1: ("ALTER TABLE searches ADD COLUMN shared INTEGER NOT NULL DEFAULT 0",)}
_WRITES = "dateline_writes"  # execution option: the transaction is begun as a writing one
_PATIENCE_S = 10.0
_LOCKED = frozenset((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED))

metadata = MetaData()

meta = Table("meta", metadata, Column("name", Text, primary_key=True), Column("value", LargeBinary, nullable=False))
users = Table(
    "users",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),  # argon2id, with its own salt and costs
    Column("added_at", Text, nullable=False),
    Column("added_by", Text, nullable=False),
)
sessions = Table(
    "sessions",
    metadata,
    Column("hash", Text, primary_key=True),  # SHA-256 of what the cookie holds
    Column("user", Text, nullable=False),
    Column("began", Integer, nullable=False),  # seconds since 1970, as all moments below that are compared
    Column("seen", Integer, nullable=False),
    Column("address", Text, nullable=False),
    Column("client", Text, nullable=False),
    Index("sessions_by_user", "user"),
)
tokens = Table(
    "tokens",
    metadata,
    Column("id", Text, primary_key=True),
    Column("hash", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("scopes", Text, nullable=False),  # parted by spaces
    Column("note", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    Column("used", Integer),
    Index("tokens_by_user", "user"),
)
# Who signed in or tried to, who was added or changed, and from where each decision came.
attempts = Table(
    "attempts",
    metadata,
    Column("at", Integer, nullable=False),
    Column("address", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("client", Text, nullable=False),
    Column("outcome", Text, nullable=False),  # ok, refused, limited, out
    Index("attempts_by_address", "address", "at"),
    Index("attempts_by_name", "name", "at"),
)
audit = Table(
    "audit",
    metadata,
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("client", Text, nullable=False),
    Index("audit_by_about", "about"),
)
searches = Table(
    "searches",
    metadata,
    Column("user", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("address", Text, nullable=False),  # of the page, with its filters
    Column("added_at", Text, nullable=False),
    Column("shared", Integer, nullable=False, server_default="0"),  # with everybody who may sign in
    sqlite_with_rowid=False,
)
read_marks = Table(
    "read_marks",
    metadata,
    Column("user", Text, primary_key=True),
    Column("kind", Text, primary_key=True),  # report, incident
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    sqlite_with_rowid=False,
)
# Reports in which no claim was read, and which somebody took out of the inbox or put back: rows are added, and the last
# one of a report holds. Where there are claims, a decision in the ledger says it.
triage = Table(
    "triage",
    metadata,
    Column("report", Text, nullable=False),
    Column("state", Text, nullable=False),  # not_for_us, waiting
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("address", Text, nullable=False),
    Index("triage_by_report", "report"),
)
# Reports that two people code without seeing each other. What they say stays here until both have finished and an
# editor has settled where they differ; then it goes to the ledger as decisions of each.
codings = Table(
    "codings",
    metadata,
    Column("id", Text, primary_key=True),
    Column("report", Text, nullable=False),
    Column("claims", Text, nullable=False),  # the ids of those that are coded, as JSON
    Column("one", Text, nullable=False),
    Column("two", Text, nullable=False),
    Column("assigned_by", Text, nullable=False),
    Column("assigned_at", Text, nullable=False),
    Column("outcome", Text),  # what an editor chose, as JSON: kept before any of it goes to the ledger
    Column("settled_at", Text),  # when all of it was there
    Index("codings_by_report", "report"),
)
coding_answers = Table(
    "coding_answers",
    metadata,
    Column("coding", Text, primary_key=True),
    Column("user", Text, primary_key=True),
    Column("claim", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("value", Text, nullable=False),  # JSON
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
    sqlite_with_rowid=False,
)
coding_done = Table(
    "coding_done",
    metadata,
    Column("coding", Text, primary_key=True),
    Column("user", Text, primary_key=True),
    Column("values", Text, nullable=False),  # by claim and field, as JSON: what was read with what the coder changed
    Column("at", Text, nullable=False),
    sqlite_with_rowid=False,
)
in_hand = Table(
    "in_hand",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("user", Text, nullable=False),
    Column("since", Integer, nullable=False),
    sqlite_with_rowid=False,
)


class Store:
    """The file, open; safe to use from several threads.

    Args:
        path: the file; it is made where there is none.
    Raises:
        LedgerNewer: a later version of Dateline wrote it.
        LedgerError: it is damaged, or may not be written; so does every use of it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = _engine(path)
        self._writer = self._engine.execution_options(**{_WRITES: True})
        with self._plain_errors():
            self._make_tables()
            self.secret = self._kept_secret()

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._plain_errors(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, on the disk when it is done."""
        with self._plain_errors(), self._writer.begin() as connection:
            yield connection

    def rows(self, statement: Any) -> Sequence[Any]:
        with self.reading() as connection:
            return connection.execute(statement).all()

    def write(self, statement: Any) -> int:
        """Run one statement; how many rows it touched."""
        with self.writing() as connection:
            return connection.execute(statement).rowcount

    def _make_tables(self) -> None:
        with self._writer.begin() as connection:
            version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            if version > SCHEMA:
                raise LedgerNewer(f"{self.path}: a later version of Dateline wrote it; bring Dateline up to date")
            if version < SCHEMA:
                for step in (step for at in range(version or SCHEMA, SCHEMA) for step in _STEPS.get(at, ())):
                    connection.exec_driver_sql(step)
                metadata.create_all(connection)
                connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")

    def _kept_secret(self) -> bytes:
        """What form tokens are made with: the same after a restart, so that an open page still works."""
        with self._writer.begin() as connection:
            connection.exec_driver_sql("INSERT OR IGNORE INTO meta VALUES ('secret', ?)", (token_bytes(32),))
            return bytes(connection.exec_driver_sql("SELECT value FROM meta WHERE name = 'secret'").scalar_one())

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            code = (getattr(error.orig, "sqlite_errorcode", None) or 0) & 0xFF
            if code in _LOCKED:
                raise LedgerLocked(f"{self.path}: another program holds it; try again when it is done") from error
            if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
                raise LedgerDamaged(f"{self.path}: is damaged; restore it, or delete it and add users anew") from error
            raise LedgerError(f"{self.path}: {error.orig}; check the file and its folder") from error


def store_path(ledger: Path) -> Path:
    return ledger.with_name(ledger.name + ".desk")


def _engine(path: Path) -> Engine:
    def connect() -> sqlite3.Connection:
        made = sqlite3.connect(str(path), isolation_level=None, check_same_thread=False, timeout=_PATIENCE_S)
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("PRAGMA synchronous=FULL")
        return made

    if not path.exists():
        path.touch(mode=0o600)  # hashes of passwords are nobody else's business
    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=8, max_overflow=16)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
