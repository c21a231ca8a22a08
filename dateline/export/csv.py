"""Dateline's own table of incidents as CSV: wide, safe to open in a spreadsheet, and read back exactly.

Columns are those of `table.py`; `cells.py` says how a cell is written. `read` takes the file back in.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from dateline.errors import ExportError
from dateline.export.cells import day_cell, list_cell, list_of, number_cell, text_cell, text_of
from dateline.export.lookup import Lookup
from dateline.export.loss import Losses
from dateline.export.table import COLUMNS, HOLDS, SCHEMA, Column, Value, row_of, values
from dateline.export.target import table_file
from dateline.export.traces import Trace, of_estimate
from dateline.incidents.types import Incident

__all__ = ["HEADER", "NOTES", "SCHEMA", "cell_of", "read", "value_of", "write"]

HEADER = tuple(column.name for column in COLUMNS)
NOTES = ("Take one leading apostrophe off a text cell: it keeps spreadsheets from reading the text as a formula.",)


def write(incidents: Iterable[Incident], lookup: Lookup, path: Path, losses: Losses) -> None:
    """Write a row an incident, and the claims behind every figure beside it."""
    with table_file(path, HEADER) as out:
        for incident in incidents:
            found = values(row_of(incident, lookup))
            out.row([cell_of(column, found[column.name]) for column in COLUMNS], _traces(incident, lookup))
            losses.wrote(incident, HOLDS)


def read(path: Path) -> Iterator[dict[str, Value]]:
    """The rows of a file that `write` wrote, each value with its type.

    Raises:
        ExportError: its columns are others.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        if tuple(next(rows, ())) != HEADER:
            raise ExportError(f"{path}: its columns are not those of {SCHEMA}; export it again")
        for row in rows:
            yield {column.name: value_of(column, cell) for column, cell in zip(COLUMNS, row, strict=True)}


def cell_of(column: Column, value: Value) -> str:
    """A value as a cell, by its column's type."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return list_cell(value)
    if isinstance(value, date):
        return day_cell(value)
    return text_cell(value) if isinstance(value, str) else number_cell(value)


def value_of(column: Column, cell: str) -> Value:
    """The value that `cell_of` took."""
    if column.kind == "list":
        return list_of(cell)
    if not cell:
        return None
    if column.kind == "number":
        return float(cell)
    if column.kind == "whole":
        return int(cell)
    return date.fromisoformat(cell) if column.kind == "day" else text_of(cell)


def _traces(incident: Incident, lookup: Lookup) -> Iterator[Trace]:
    for each in incident.figures:
        names = (f"{each.measure}_low", f"{each.measure}_best", f"{each.measure}_high")
        yield from of_estimate(incident.id, each, lookup, names)
