"""What reconciling keeps between two runs, in a file beside the ledger: `x.db.incidents`.

Everything in it is made from the ledger and can be made again; whoever deletes it loses nothing but time. Reports have
numbers here, in the order in which they came in; a claim's number is its report's times `CLAIMS` plus its position.
"""

import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    StaticPool,
    Table,
    Text,
    create_engine,
    event,
    insert,
)
from sqlalchemy.exc import DatabaseError

from dateline.errors import LedgerDamaged, LedgerError, LedgerLocked
from dateline.incidents.types import Brief

SCHEMA = 7  # changes with the tables, or with what a step makes of the same claims
CLAIMS = 1 << 16  # more than any report holds
_WRITES = "dateline_writes"  # execution option: the transaction is begun as a writing one
_IN_ONE_QUERY = 5_000  # numbers
_LOCKED = frozenset((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED))
_DAMAGED = frozenset((sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT))
_PATIENCE_S = 30.0  # waiting for another program that writes
_KEPT_BRIEFS = 4_000  # decoded briefs held in memory, some 20 kB each

T = TypeVar("T")

metadata = MetaData()


def _table(name: str, *columns: Any) -> Table:
    """A table found by its key alone."""
    return Table(name, metadata, *columns, sqlite_with_rowid=False)


def _key(name: str, kind: Any = Integer) -> "Column[Any]":
    return Column(name, kind, primary_key=True, autoincrement=False)


meta = _table("meta", _key("name", Text), Column("value", Text, nullable=False))
reports = Table(
    "reports",
    metadata,
    _key("number"),
    Column("id", Text, nullable=False, unique=True),
    Column("seq", Integer, nullable=False),
    Column("known", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("address", Text),
    Column("notice", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("reports_by_address", "address"),
    Index("reports_by_outlet", "outlet", "notice"),
)
sentences = Table(
    "sentences",
    metadata,
    _key("outlet", Text),
    _key("sentence", BigInteger),
    _key("report"),
    Index("sentences_by_report", "report"),
    sqlite_with_rowid=False,
)
standing = _table("standing", _key("outlet", Text), _key("sentence", BigInteger))
# `rank` puts the holders of a trace in an order of content: by the day they were known, then by their ids.
traces = Table(
    "traces",
    metadata,
    _key("trace", BigInteger),
    _key("rank", BigInteger),
    _key("report"),
    Index("traces_by_report", "report"),
    sqlite_with_rowid=False,
)
blocks = Table(
    "blocks",
    metadata,
    _key("block", BigInteger),
    _key("claim", BigInteger),
    Index("blocks_by_claim", "claim"),
    sqlite_with_rowid=False,
)
# `by_report` took `report` back or replaced it, for the reason that people are told.
aside = Table(
    "aside",
    metadata,
    _key("report"),
    _key("by_report"),
    Column("why", Text, nullable=False),
    Index("aside_by_the_other", "by_report"),
    sqlite_with_rowid=False,
)
obeyed = _table("obeyed", _key("id", Text))  # decisions
pending = _table("pending", _key("claim", BigInteger))  # to be grouped anew
copies = Table(
    "copies",
    metadata,
    _key("a"),
    _key("b"),
    Column("body", LargeBinary, nullable=False),
    Index("copies_by_b", "b"),
    sqlite_with_rowid=False,
)
matches = Table(
    "matches",
    metadata,
    _key("a", BigInteger),
    _key("b", BigInteger),
    Column("probability", Float, nullable=False),
    Index("matches_by_b", "b"),
    sqlite_with_rowid=False,
)
claims = Table(
    "claims",
    metadata,
    _key("claim", BigInteger),
    Column("incident", Text, nullable=False),
    Index("claims_by_incident", "incident"),
)
# `lat` and `lon` are set where the place is known well enough to be a spot (spots.py). The indexes hold all columns
# that lists and maps are filtered by: what a filter rules out is passed without a look at the incidents themselves.
incidents = Table(
    "incidents",
    metadata,
    _key("id", Text),
    Column("happened", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("first_day", Text),
    Column("last_day", Text),
    Column("origins", Integer, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Column("body", LargeBinary, nullable=False),
    Index("incidents_by_day", "last_day", "first_day", "id", "happened", "status", "event", "origins"),
    Index("incidents_by_spot", "lat", "lon", "id", "last_day", "first_day", "happened", "status", "event"),
)


class Shelf:
    """The file, or none: without a path all is held in memory and gone when it is closed.

    Args:
        path: the file; it is made where there is none.
        like: a file that may only be read: what it holds is copied into memory, as far as it can be read.
    Raises:
        LedgerError: the file is damaged, or another program holds it; so does every use of it.
    """

    def __init__(self, path: Path | None = None, *, like: Path | None = None) -> None:
        self.path = path
        self._engine = _engine(path, like)
        self._briefs: OrderedDict[int, Brief] = OrderedDict()
        self._written: Connection | None = None  # the transaction that is open
        self._version = 0  # of the file, as others wrote it
        with _plain_errors(path):
            self._make_tables()

    def close(self) -> None:
        self._engine.dispose()

    def _make_tables(self) -> None:
        """The tables; those that another version made otherwise are taken away first."""
        with self._engine.connect() as connection:  # who only looks waits for nobody
            if connection.exec_driver_sql("PRAGMA user_version").scalar() == SCHEMA:
                return
        with self._engine.execution_options(**{_WRITES: True}).connect() as connection:
            if connection.exec_driver_sql("PRAGMA user_version").scalar() == SCHEMA:
                return
            old = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
            for name in old:
                connection.exec_driver_sql(f'DROP TABLE "{name}"')
            metadata.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
            connection.commit()

    def begin(self, connection: Connection, *, made_by: str, policy: str) -> None:
        """Make ready for a run: empty where the shelf was made by other rules; by another policy, all incidents are to
        be made again from the groups that they are of."""
        kept = {row[0]: row[1] for row in connection.exec_driver_sql("SELECT name, value FROM meta")}
        if kept.get("made_by", made_by) != made_by:
            self.empty(connection)
        elif kept.get("policy", policy) != policy:
            connection.exec_driver_sql("INSERT OR IGNORE INTO pending SELECT claim FROM claims")
        for name, value in (("made_by", made_by), ("policy", policy)):
            connection.exec_driver_sql("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def empty(self, connection: Connection) -> None:
        """Take everything out."""
        for table in metadata.sorted_tables:
            connection.execute(table.delete())
        self._briefs.clear()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, or a part of the one that is open; where it fails nothing of it stays, in memory either."""
        if self._written is not None:
            yield self._written
            return
        try:
            with _plain_errors(self.path), self._engine.execution_options(**{_WRITES: True}).begin() as connection:
                self._forget_if_others_wrote(connection)
                self._written = connection
                yield connection
        except BaseException:
            self._briefs.clear()
            raise
        finally:
            self._written = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with _plain_errors(self.path), self._engine.connect() as connection:
            self._forget_if_others_wrote(connection)
            yield connection

    def _forget_if_others_wrote(self, connection: Connection) -> None:
        """What is held in memory may be another report's by now."""
        version = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
        if version != self._version:
            self._version = version
            self._briefs.clear()

    def brief(self, connection: Connection, number: int) -> Brief:
        return self.briefs(connection, (number,))[number]

    def briefs(self, connection: Connection, numbers: Iterable[int]) -> dict[int, Brief]:
        """Briefs by the numbers of their reports."""
        wanted = list(dict.fromkeys(numbers))
        missing = [number for number in wanted if number not in self._briefs]
        found = {number: self._briefs[number] for number in wanted if number in self._briefs}
        for part in in_parts(missing, _IN_ONE_QUERY):
            rows = connection.exec_driver_sql(
                f"SELECT number, body FROM reports WHERE number IN ({','.join(map(str, part))})"
            )
            for number, body in rows:
                found[number] = self.keep(number, BRIEF.decode(body))
        return found

    def numbers_of(self, connection: Connection, keys: Iterable[str]) -> dict[str, int]:
        """The numbers of claims by their keys; a claim that no latest reading holds has none."""
        by_report: dict[str, set[str]] = {}
        for key in keys:
            by_report.setdefault(key.partition("/")[0], set()).add(key)
        found: dict[str, int] = {}
        for id, wanted in by_report.items():
            number = connection.exec_driver_sql("SELECT number FROM reports WHERE id = ?", (id,)).scalar()
            if number is not None:
                tellings = self.brief(connection, number).tellings
                found.update({t.key: claim_number(number, t.position) for t in tellings if t.key in wanted})
        return found

    def keep(self, number: int, brief: Brief) -> Brief:
        """Hold a brief in memory as the one of that number."""
        self._briefs[number] = brief
        self._briefs.move_to_end(number)
        while len(self._briefs) > _KEPT_BRIEFS:
            self._briefs.popitem(last=False)
        return brief

    def forget(self, number: int) -> None:
        self._briefs.pop(number, None)


BRIEF = msgspec.json.Decoder(Brief)


def claim_number(report: int, position: int) -> int:
    return report * CLAIMS + position


def report_number(claim: int) -> int:
    return claim // CLAIMS


def in_parts(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """The values in lists of at most `size`, in order."""
    left = iter(values)
    while part := list(islice(left, size)):
        yield part


def add_rows(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Rows with a value for each column in order, fast: straight to the driver."""
    if rows:
        connection.exec_driver_sql(str(insert(table).compile(dialect=connection.dialect)), list(rows))


def load_numbers(connection: Connection, name: str, numbers: Iterable[int]) -> None:
    """Put numbers into a table of this connection's own, to be joined with: `name`(number)."""
    connection.exec_driver_sql(f"CREATE TEMP TABLE IF NOT EXISTS {name} (number INTEGER PRIMARY KEY)")
    connection.exec_driver_sql(f"DELETE FROM {name}")
    rows = [(number,) for number in numbers]
    if rows:
        connection.exec_driver_sql(f"INSERT OR IGNORE INTO {name} VALUES (?)", rows)


@contextmanager
def _plain_errors(path: Path | None) -> Iterator[None]:
    """One line that says what to do, where the file cannot be used."""
    try:
        yield
    except DatabaseError as error:
        if path is None:
            raise LedgerError(f"incidents in memory: {error.orig}") from error
        code = (getattr(error.orig, "sqlite_errorcode", None) or 0) & 0xFF
        if code in _LOCKED:
            raise LedgerLocked(f"{path}: another program holds it; try again when it is done") from error
        if code in _DAMAGED or "no such" in str(error.orig) or "has no column" in str(error.orig):
            raise LedgerDamaged(f"{path}: is damaged; delete it, and it is made again from the ledger") from error
        raise LedgerError(f"{path}: {error.orig}; it may be deleted, and is made again from the ledger") from error


def _copy_into(memory: sqlite3.Connection, like: Path) -> None:
    """What a file that may only be read holds; nothing where it is not there, or is no shelf."""
    log = like.with_name(like.name + "-wal")
    mode = "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(f"file:{quote(str(like.absolute()))}?{mode}", uri=True)) as file:
            file.backup(memory)
    except sqlite3.Error:
        memory.executescript("PRAGMA writable_schema=RESET; VACUUM")


def _engine(path: Path | None, like: Path | None = None) -> Engine:
    def connect() -> sqlite3.Connection:
        made = sqlite3.connect(
            ":memory:" if path is None else str(path),
            isolation_level=None,
            check_same_thread=False,
            timeout=_PATIENCE_S,
        )
        if like is not None and like.exists():
            _copy_into(made, like)
        if path is not None:
            made.execute("PRAGMA journal_mode=WAL")
        made.execute("PRAGMA synchronous=NORMAL")
        made.execute("PRAGMA cache_size=-65536")  # 64 MiB
        made.execute("PRAGMA temp_store=MEMORY")
        return made

    if path is None:
        engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)
    else:
        engine = create_engine("sqlite://", creator=connect)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
