"""Dateline's own table of incidents as one Parquet file: the columns of `table.py` with their types, figures nested.

DuckDB writes it, from JSON lines in a temporary file beside the target: its way for rows of Python (`executemany`)
takes a hundred times as long, and nothing else is needed (no pandas, no pyarrow). Days are DATE, numbers DOUBLE, lists
VARCHAR[]; `figures` is a list of structs with low, best, high, rule, parts and the words that each comes from.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from dateline.errors import ExportError
from dateline.export.figures import figures
from dateline.export.lookup import Lookup
from dateline.export.loss import Losses
from dateline.export.table import COLUMNS, HOLDS, SCHEMA, ColumnKind, row_of, values
from dateline.incidents.types import Incident
from dateline.version import VERSION

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PARQUET_HOLDS = HOLDS | {"figure_parts"}
_TYPES: dict[ColumnKind, str] = {
    "text": "VARCHAR", "number": "DOUBLE", "whole": "BIGINT", "day": "DATE", "list": "VARCHAR[]",
}  # fmt: skip
_PART = "STRUCT(of VARCHAR, low DOUBLE, best DOUBLE, high DOUBLE, claims VARCHAR[])"
_SOURCE = (
    "STRUCT(of VARCHAR[], claim VARCHAR, publisher VARCHAR, published DATE, url VARCHAR, text_sha256 VARCHAR, "
    "raw_sha256 VARCHAR, quote_in VARCHAR, quote_start BIGINT, quote_end BIGINT, quote VARCHAR, words VARCHAR)"
)
FIGURES = "figures"
_FIGURE = f"measure VARCHAR, low DOUBLE, best DOUBLE, high DOUBLE, rule VARCHAR, parts {_PART}[], sources {_SOURCE}[]"
_FIGURES_TYPE = f"STRUCT({_FIGURE})[]"
SQL_TYPES: dict[str, str] = {**{column.name: _TYPES[column.kind] for column in COLUMNS}, FIGURES: _FIGURES_TYPE}
# DuckDB holds a buffer of this size at least, and refuses a longer line.
_LINE_LEAST_BYTES = 1 << 20
_ROW_GROUP = 20_000  # rows; bounds what DuckDB holds in memory


def write(incidents: Iterable[Incident], lookup: Lookup, path: Path, losses: Losses) -> None:
    """Write the table.

    Raises:
        ExportError: DuckDB is not installed, or cannot write there.
    """
    connection = _connect()
    lines = path.with_name(f"{path.name}.jsonl")
    longest = _LINE_LEAST_BYTES
    try:
        with lines.open("wb") as file:
            for incident in incidents:
                row = {**values(row_of(incident, lookup)), FIGURES: figures(incident, lookup)}
                longest = max(longest, file.write(msgspec.json.encode(row) + b"\n"))
                losses.wrote(incident, PARQUET_HOLDS)
        _copy(connection, lines, path, longest)
    finally:
        connection.close()
        lines.unlink(missing_ok=True)


def _connect() -> "DuckDBPyConnection":
    try:
        import duckdb
    except ImportError as error:
        raise ExportError(
            "parquet: the package duckdb is not installed; `pip install duckdb` and export again"
        ) from error
    # One thread: a file of a few thousand rows is written as fast, and a laptop has other work.
    return duckdb.connect(config={"threads": "1", "autoinstall_known_extensions": "false"})


def _copy(connection: "DuckDBPyConnection", lines: Path, path: Path, longest: int) -> None:
    import duckdb

    columns = ", ".join(f"{_quoted(name)}: {_quoted(kind)}" for name, kind in SQL_TYPES.items())
    read = (
        f"SELECT * FROM read_json({_quoted(str(lines))}, format = 'newline_delimited', columns = {{{columns}}}, "
        f"maximum_object_size = {longest})"
    )
    about = f"{{dateline_schema: {_quoted(SCHEMA)}, dateline_version: {_quoted(VERSION)}}}"
    options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROW_GROUP}, KV_METADATA {about}"
    try:
        connection.execute(f"COPY ({read}) TO {_quoted(str(path))} ({options})")
    except duckdb.Error as error:
        raise ExportError(f"{path}: cannot be written as Parquet ({' '.join(str(error).split())})") from error


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
