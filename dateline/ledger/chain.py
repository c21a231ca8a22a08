"""The hash chain that runs through all tables.

A row's hash is taken over its table's name, its columns that are not null and, for a claim, its look-up rows; a
column that a later migration adds is null in older rows and so leaves their hashes as they are. A link's hash is
taken over its place, its row's hash and the hash of the link before it.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, select

from dateline.ledger import tables

Row = Mapping[str, Any]

BEFORE_THE_FIRST = "0" * 64


class Link(Struct, frozen=True, kw_only=True):
    """One place in the chain: which row stands there, and the hashes that hold it there."""

    seq: int
    table_name: str
    row_id: str
    row_hash: str
    prev_hash: str
    hash: str


class Head(Struct, frozen=True):
    """The end of the chain: the number of rows that were ever added, and the hash that stands for all of them."""

    seq: int
    hash: str


def row_hash(table: str, row: Row, lookups: Sequence[tuple[str, Sequence[Row]]] = ()) -> str:
    """SHA-256 over the row, and over the look-up rows that belong to it, table by table in the order given."""
    # str: SQLAlchemy names its tables by a kind of string that is not plain.
    under = [[str(name), [_present(each) for each in rows]] for name, rows in lookups if rows]
    return sha256(msgspec.json.encode([str(table), _present(row), under], order="sorted")).hexdigest()


def link_hash(seq: int, table: str, row_id: str, of_row: str, previous: str) -> str:
    return sha256(msgspec.json.encode([seq, table, row_id, of_row, previous])).hexdigest()


def link(after: Head, table: str, row_id: str, of_row: str) -> Link:
    """The link that follows `after`."""
    seq, table = after.seq + 1, str(table)
    made = link_hash(seq, table, row_id, of_row, after.hash)
    return Link(seq=seq, table_name=table, row_id=row_id, row_hash=of_row, prev_hash=after.hash, hash=made)


def head(connection: Connection) -> Head:
    """Where the chain ends now. Only inside a writing transaction does it stay so."""
    last = connection.execute(_LAST).first()
    return Head(last.seq, last.hash) if last else Head(0, BEFORE_THE_FIRST)


def append(connection: Connection, links: Iterable[Link]) -> None:
    connection.execute(tables.chain.insert(), [msgspec.structs.asdict(each) for each in links])


def _present(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


_LAST = select(tables.chain.c.seq, tables.chain.c.hash).order_by(tables.chain.c.seq.desc()).limit(1)
