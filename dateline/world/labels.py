"""Tables and their labels: each table in `dateline/data` has a .toml that says where it comes from and what it holds.

`read_table` checks a table's bytes against its label before it is used; `broken_rules` (for `make check` and the tests)
what the label asserts of the rows.
"""

import csv
import tomllib
from functools import lru_cache
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct, field

from dateline.errors import ResourceError

DATA = Path(__file__).resolve().parent.parent / "data"
_REMEDY = "run `make tables` or restore the file"


class Bounds(Struct, frozen=True, forbid_unknown_fields=True):
    """How many rows a table may have, both ends included."""

    min: int
    max: int


class Asserts(Struct, frozen=True, forbid_unknown_fields=True):
    """What must hold of a table's rows: `unique` columns, `filled` columns, `values` allowed in a column."""

    rows: Bounds
    unique: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    values: dict[str, tuple[str, ...]] = {}


class Label(Struct, frozen=True):
    """Where a table comes from and what it holds. `sha256` is of the file's bytes; of the content for a .sqlite.
    `used_by` is the room that reads it: only what the reading uses goes into `made_by` of a record."""

    title: str
    source: str
    licence: str
    columns: tuple[str, ...]
    sha256: str
    asserts: Asserts = field(name="assert")
    made: str = ""
    trained_by: str = ""
    used_by: Literal["reading", "incidents", "export"] = "reading"


@lru_cache(maxsize=64)
def read_label(name: str) -> Label:
    """The label of a table ("regions" for regions.toml).

    Raises:
        ResourceError: it is missing, or is not a label.
    """
    path = DATA / f"{name}.toml"
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Label)
    except FileNotFoundError as error:
        raise ResourceError(f"{path.name} is missing; {_REMEDY}") from error
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ResourceError(f"{path.name} is not a label: {error}; {_REMEDY}") from error


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a CSV table, its bytes checked against its label.

    Raises:
        ResourceError: the table is missing, was altered, or has other columns than its label says.
    """
    columns = read_label(name).columns
    return [dict(zip(columns, row, strict=True)) for row in read_rows(name)]


def read_rows(name: str) -> list[list[str]]:
    """The same as lists in the order of the label's columns, for a table so long that this counts.

    Raises:
        ResourceError: as `read_table`.
    """
    path, label = DATA / f"{name}.csv", read_label(name)
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise ResourceError(f"{path.name} is missing; {_REMEDY}") from error
    got = sha256(raw).hexdigest()
    if got != label.sha256:
        raise ResourceError(
            f"{path.name}: sha256 {got[:12]} is not the {label.sha256[:12]} named in {name}.toml; {_REMEDY}"
        )
    reader = csv.reader(StringIO(raw.decode("utf-8")))
    columns = next(reader, [])
    if tuple(columns) != label.columns:
        raise ResourceError(f"{path.name}: columns {columns} are not those of {name}.toml; {_REMEDY}")
    return list(reader)


@lru_cache(maxsize=1)
def table_hashes() -> dict[str, str]:
    """Name of every table that the reading uses, with the sha256 its label names: for `made_by.tables`."""
    labels = {path.stem: read_label(path.stem) for path in sorted(DATA.glob("*.toml"))}
    return {name: label.sha256 for name, label in labels.items() if label.used_by == "reading"}


def broken_rules(name: str, rows: list[dict[str, Any]], asserts: Asserts) -> list[str]:
    """What a label asserts of a table's rows and does not hold, one line each; empty where all holds."""
    made = []
    if not asserts.rows.min <= len(rows) <= asserts.rows.max:
        made.append(f"{name}: {len(rows)} rows, not {asserts.rows.min} to {asserts.rows.max}")
    if asserts.unique:
        keys = [tuple(row[column] for column in asserts.unique) for row in rows]
        made += [f"{name}: {key} stands twice" for key in sorted({k for k in keys if keys.count(k) > 1})]
    for column in asserts.filled:
        made += [f"{name}: row {n} has no {column}" for n, row in enumerate(rows, start=1) if not row[column]]
    for column, allowed in asserts.values.items():
        found = {part for row in rows for part in row[column].split("|")} - {*allowed}
        made += [f"{name}: {column} has {value!r}" for value in sorted(found)]
    return made
