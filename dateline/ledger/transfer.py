"""A whole ledger as lines of JSON, and back: every chained row in order, with the originals, so that nothing is lost.

The first line names the schema and the head of the chain. Then a line a row: its place, table, id and hash, its columns
that are not null, for a claim its look-up rows, for a report or evidence the original bytes (base64). Lines that begin
with `{"incident":` may follow; they are no part of the ledger.

A file comes in whole or not at all: every hash is made anew and compared before anything is written. What is then
written in steps is always a beginning of the same chain, so an import that was broken off is taken up by another.
"""

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Engine, Table, insert, select

from dateline.errors import InputError, LedgerError
from dateline.ledger import chain, migrations, sqlite, tables
from dateline.ledger.chain import Head, Link
from dateline.ledger.files import KeptFiles
from dateline.ledger.store import Ledger, check_path
from dateline.record import Report
from dateline.version import VERSION

SCHEMA = "dateline-ledger/1"
INCIDENT_LINE = b'{"incident":'

Row = dict[str, Any]
Progress = Callable[[int, int], None]

# Links read at a time, and lines written in one transaction: reports are large, and memory is to stay flat.
_WINDOW = 200
_MOST_HELD = 64_000_000  # bytes of files at a time
_TIMEOUT_S = 10.0
_CHAINED: dict[str, Table] = {str(table.name): table for table in tables.CHAINED}
_LOOKUPS: dict[str, Table] = {str(table.name): table for table in tables.LOOKUPS}


class Opening(Struct, frozen=True, kw_only=True):
    """The first line: what the file is, who wrote it, and where the chain ends in it."""

    dateline: Literal["ledger"] = "ledger"
    schema: str = SCHEMA
    version: str = VERSION
    head: Head


class ChainedRow(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One row of the chain, with all that its hash covers, and the bytes of the file that it names."""

    seq: int
    table: str
    id: str
    hash: str
    row: Row
    under: dict[str, list[Row]] = {}
    raw: bytes | None = None

    def link(self, after: Head) -> Link:
        """The link that this row makes after `after`; its hash is made from the content, not taken from the line."""
        under = [(name, self.under[name]) for name in _LOOKUPS if name in self.under]
        return chain.link(after, self.table, self.id, chain.row_hash(self.table, self.row, under))


class Brought(Struct, frozen=True, kw_only=True):
    """What an import did: rows in the file, rows that were new, and the head of the chain, that of the file."""

    rows: int
    added: int
    head: Head


# --- out -------------------------------------------------------------------------------------------------------------


def lines(ledger: Ledger) -> Iterator[bytes]:
    """The ledger as it is now, a line at a time; others may add to it meanwhile.

    Raises:
        LedgerDamaged: a kept original is gone or was altered, or a row of the chain is missing.
    """
    with ledger._reading() as connection:  # one transaction: one state of the ledger
        head = chain.head(connection)
        encode = msgspec.json.Encoder().encode
        yield encode(Opening(head=head)) + b"\n"
        for row in rows_in_order(connection, ledger.files, head):
            yield encode(row) + b"\n"


def rows_in_order(connection: Connection, files: KeptFiles, head: Head) -> Iterator[ChainedRow]:
    """Every chained row up to `head`, with what belongs to it."""
    for start in range(0, head.seq, _WINDOW):
        end = min(start + _WINDOW, head.seq)
        held = {
            name: {row.pop("seq"): row for row in _rows(connection, t, "seq", start, end)}
            for name, t in _CHAINED.items()
        }
        under = {name: _by_claim(_rows(connection, t, "claim", start, end)) for name, t in _LOOKUPS.items()}
        for link in _rows(connection, tables.chain, "seq", start, end):
            seq, name = link["seq"], link["table_name"]
            row = held.get(name, {}).get(seq)
            if row is None:
                raise LedgerError(f"{name} {link['row_id']}: the row at {seq} is gone; `dateline verify` tells more")
            yield ChainedRow(
                seq=seq,
                table=name,
                id=link["row_id"],
                hash=link["hash"],
                row=_present(row),
                under={lookup: found for lookup, of in under.items() if (found := of.get(seq))},
                raw=files.read(digest) if (digest := _file_of(name, row)) else None,
            )


def _file_of(table: str, row: Row) -> str | None:
    """The SHA-256 of the kept file that a row names."""
    if table == tables.reports.name:
        return str(row.get("raw_sha256"))
    return row.get("sha256") if table == tables.evidence.name else None


def _rows(connection: Connection, table: Table, key: str, after: int, end: int) -> list[Row]:
    chosen = select(table).where(table.c[key] > after, table.c[key] <= end).order_by(*table.primary_key.columns)
    return [dict(row) for row in connection.execute(chosen).mappings()]


def _by_claim(found: list[Row]) -> dict[int, list[Row]]:
    made: dict[int, list[Row]] = {}
    for row in found:
        made.setdefault(row.pop("claim"), []).append(_present(row))
    return made


def _present(row: Row) -> Row:
    return {str(name): value for name, value in row.items() if value is not None}


# --- in --------------------------------------------------------------------------------------------------------------


def bring_in(source: Path, path: Path, progress: Progress | None = None) -> Brought:
    """Make the ledger of a file of lines at `path`, where there is none yet or one that is a beginning of it.

    Args:
        progress: called with (rows done, rows in all), over both passes: the check and the writing.
    Raises:
        InputError: the file is not a ledger's, ends too early, or a row is not the one that its hash names.
        LedgerError: `path` holds other rows than the file.
    """
    opening = _opening(source)
    total = 2 * opening.head.seq
    into = _Target(path)
    try:
        before = into.head()
        for at, link in _checked(source, opening):
            if at == before.seq and link != before.hash:
                raise LedgerError(f"{path}: holds other rows than {source}; import into a new ledger")
            if progress and at % _WINDOW == 0:
                progress(at, total)
        if before.seq > opening.head.seq:
            into.must_hold(opening.head, source)
            return Brought(rows=opening.head.seq, added=0, head=opening.head)
        rows = (row for row in _chained(source) if row.seq > before.seq)
        for some in _in_steps(rows):
            into.write(some)
            if progress:
                progress(opening.head.seq + some[-1].seq, total)
        return Brought(rows=opening.head.seq, added=opening.head.seq - before.seq, head=opening.head)
    finally:
        into.close()


def _opening(source: Path) -> Opening:
    try:
        with source.open("rb") as file:
            made = msgspec.json.decode(file.readline(), type=Opening)
    except OSError as error:
        raise InputError(f"{source}: cannot be read ({error.strerror}); check the path") from error
    except msgspec.DecodeError as error:
        raise InputError(
            f"{source}: not a ledger as JSON lines ({error}); `dateline export jsonl` writes one"
        ) from error
    if made.schema != SCHEMA:
        raise InputError(
            f"{source}: is {made.schema!r}, and this Dateline reads {SCHEMA!r}; use version {made.version}"
        )
    return made


def _chained(source: Path) -> Iterator[ChainedRow]:
    """The rows of a file; lines of incidents are passed over."""
    with source.open("rb") as file:
        file.readline()
        for number, line in enumerate(file, start=2):
            if line.startswith(INCIDENT_LINE):
                continue
            try:
                yield msgspec.json.decode(line, type=ChainedRow)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise InputError(f"{source} line {number}: not a row of a ledger ({error}); export it again") from error


def _in_steps(rows: Iterator[ChainedRow]) -> Iterator[list[ChainedRow]]:
    """Rows to be written in one transaction: `_WINDOW` of them, or fewer where their files are large."""
    some: list[ChainedRow] = []
    held = 0
    for row in rows:
        some.append(row)
        held += len(row.raw or b"")
        if len(some) == _WINDOW or held > _MOST_HELD:
            yield some
            some, held = [], 0
    if some:
        yield some


def _checked(source: Path, opening: Opening) -> Iterator[tuple[int, str]]:
    """Place and hash of each row, every one made anew from its content and compared with what the file says."""
    at = Head(0, chain.BEFORE_THE_FIRST)
    for row in _chained(source):
        wrong = _problem(row, at)
        if wrong:
            raise InputError(f"{source}: row {row.seq} ({row.table} {row.id}) {wrong}; nothing was imported")
        at = Head(row.seq, row.hash)
        yield row.seq, row.hash
    if at != opening.head:
        raise InputError(
            f"{source}: ends at row {at.seq:,} of {opening.head.seq:,}, or at another hash than its first line says; "
            "copy or export it again"
        )


def _problem(row: ChainedRow, after: Head) -> str | None:
    """What is wrong with a row that follows `after`, or None."""
    table = _CHAINED.get(row.table)
    if table is None or not set(row.under) <= set(_LOOKUPS):
        return "is of a table that this Dateline does not know"
    if not set(row.row) <= _columns(table) or any(
        not set(r) <= _columns(_LOOKUPS[n]) for n, rs in row.under.items() for r in rs
    ):
        return "has a column that this Dateline does not know"
    if row.seq != after.seq + 1:
        return f"does not follow row {after.seq}"
    if row.table == tables.revisions.name and row.id not in migrations.KNOWN:
        return "was written by a newer Dateline"
    if row.link(after).hash != row.hash:
        return "is not as it was written: its hash is another"
    return _problem_with_file(row)


def _problem_with_file(row: ChainedRow) -> str | None:
    digest = _file_of(row.table, row.row)
    if digest is not None and (row.raw is None or sha256(row.raw).hexdigest() != digest):
        return "does not have the original bytes that its sha256 names"
    text_of = row.row.get("text_sha256") if row.table == tables.reports.name else None
    if text_of is not None and Report(text=str(row.row.get("text", ""))).sha256 != text_of:
        return "does not have the text that its sha256 names"
    return None


def _columns(table: Table) -> set[str]:
    return {str(column.name) for column in table.columns} - {"seq", "claim"}


class _Gathered:
    """Rows to be written in one go, by table: many times as fast as one by one."""

    def __init__(self) -> None:
        self._links: list[Link] = []
        self._rows: dict[str, list[Row]] = {}

    def add(self, row: ChainedRow, after: Head) -> Head:
        """Take in a row; return the head of the chain behind it."""
        link = row.link(after)
        self._links.append(link)
        self._take(_CHAINED[row.table], {**row.row, "seq": row.seq})
        for name, under in row.under.items():
            for each in under:
                self._take(_LOOKUPS[name], {**each, "claim": row.seq})
        return Head(link.seq, link.hash)

    def write(self, connection: Connection) -> None:
        if self._links:
            chain.append(connection, self._links)
        for table in (*tables.CHAINED, *tables.LOOKUPS):  # in this order: a row stands before those that name it
            if found := self._rows.get(table.name):
                connection.execute(insert(table), found)

    def _take(self, table: Table, row: Row) -> None:
        whole = {str(column.name): row.get(column.name) for column in table.columns}
        self._rows.setdefault(table.name, []).append(whole)


class _Target:
    """The database that rows are brought into, below `Ledger`: opening that one would add rows of its own."""

    def __init__(self, path: Path) -> None:
        check_path(path, create=True)
        self.path = path
        self.files = KeptFiles(path)
        self._engine: Engine | None = None

    def head(self) -> Head:
        """Where its chain ends; place 0 where there is no ledger yet. Nothing is made."""
        if not self.path.exists():
            return Head(0, chain.BEFORE_THE_FIRST)
        with sqlite.plain_errors(self.path, _TIMEOUT_S), self._open().connect() as connection:
            return chain.head(connection) if migrations.applied(connection) else Head(0, chain.BEFORE_THE_FIRST)

    def must_hold(self, head: Head, source: Path) -> None:
        of_place = select(tables.chain.c.hash).where(tables.chain.c.seq == head.seq)
        with sqlite.plain_errors(self.path, _TIMEOUT_S), self._open().connect() as connection:
            if connection.execute(of_place).scalar() != head.hash:
                raise LedgerError(f"{self.path}: holds other rows than {source}; import into a new ledger")

    def write(self, rows: list[ChainedRow]) -> None:
        """Write rows that follow the last one, in one transaction; the originals are on the disk before."""
        for row in rows:
            if row.raw is not None:
                self.files.keep(row.raw)
        with sqlite.plain_errors(self.path, _TIMEOUT_S):
            self._prepare()
            with self._open().execution_options(**{sqlite.WRITES: True}).begin() as connection:
                self._write(connection, rows)

    def close(self) -> None:
        if self._engine is not None:
            self._engine.dispose()

    def _write(self, connection: Connection, rows: list[ChainedRow]) -> None:
        before = chain.head(connection) if migrations.applied(connection) else Head(0, chain.BEFORE_THE_FIRST)
        if rows[0].seq != before.seq + 1:
            raise LedgerError(f"{self.path}: another program added to it meanwhile; import into a new ledger")
        gathered = _Gathered()
        for row in rows:
            if row.table == tables.revisions.name:  # the tables are made where they were made in the first ledger
                gathered.write(connection)
                gathered = _Gathered()
                migrations.take(connection, (row.id,))
            before = gathered.add(row, before)
        gathered.write(connection)

    def _prepare(self) -> None:
        with self._open().connect() as connection:
            if not migrations.applied(connection):
                connection.rollback()
                sqlite.prepare(connection, _TIMEOUT_S)

    def _open(self) -> Engine:
        if self._engine is None:
            self._engine = sqlite.engine_for(self.path, create=True, timeout_s=_TIMEOUT_S)
        return self._engine
