"""Dateline's own table as Parquet: read back with types, and the same facts as the CSV."""

from datetime import date
from pathlib import Path

import duckdb
import pytest
from export_incidents import ALL, FULL, NO_DATE, PLAIN, QUOTE, claims

from dateline.export import csv as own
from dateline.export import write
from dateline.export.table import COLUMNS


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("parquet") / "it's.parquet"  # a quote in the path is no way out of the SQL
    write("parquet", ALL, claims, made)
    return made


def rows(path: Path, what: str = "*") -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(f"SELECT {what} FROM read_parquet(?)", [str(path)]).fetchall()


def test_columns_have_their_types(path: Path) -> None:
    with duckdb.connect() as connection:
        found = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    types = {name: kind for name, kind, *_ in found}
    assert list(types) == [*own.HEADER, "figures"]
    wanted = {"text": "VARCHAR", "number": "DOUBLE", "whole": "BIGINT", "day": "DATE", "list": "VARCHAR[]"}
    assert {column.name: types[column.name] for column in COLUMNS} == {c.name: wanted[c.kind] for c in COLUMNS}
    assert types["figures"].startswith("STRUCT(measure VARCHAR, low DOUBLE")


def test_it_holds_the_same_facts_as_the_csv(path: Path, tmp_path: Path) -> None:
    write("csv", ALL, claims, tmp_path / "x.csv")
    names = ", ".join(f'"{name}"' for name in own.HEADER)
    found = [
        {name: tuple(value) if isinstance(value, list) else value for name, value in zip(own.HEADER, row, strict=True)}
        for row in rows(path, names)
    ]
    assert found == list(own.read(tmp_path / "x.csv"))


def test_days_numbers_and_lists(path: Path) -> None:
    ((earliest, best, actors),) = rows(path.with_name(path.name), "earliest, killed_best, actors")[1:2]
    assert (earliest, best, actors) == (date(2014, 6, 17), 12.0, ["لواء الفجر", "Ketu clan militia"])
    found = dict(rows(path, "incident, earliest"))
    assert found[NO_DATE.id] is None


def test_figures_bring_their_words(path: Path) -> None:
    found = {str(incident): figures for incident, figures in rows(path, "incident, figures")}
    killed, wounded = found[FULL.id]  # type: ignore[misc]
    assert (killed["measure"], killed["best"], wounded["low"], wounded["high"]) == ("killed", 12.0, 30.0, None)
    assert [part["of"] for part in killed["parts"]] == ["soldiers", "civilians"]
    (source,) = killed["sources"]
    assert source["quote"] == QUOTE
    assert source["published"] == date(2014, 6, 17)
    assert source["text_sha256"] == claims("r1/c1").text_sha256


def test_the_schema_is_stamped(path: Path) -> None:
    with duckdb.connect() as connection:
        found = connection.execute("SELECT key, value FROM parquet_kv_metadata(?)", [str(path)]).fetchall()
    assert (b"dateline_schema", b"dateline-incidents/1") in found
    assert {key for key, _ in found} >= {b"dateline_schema", b"dateline_version"}


def test_nothing_lies_beside_it_but_the_loss_report(path: Path) -> None:
    assert sorted(each.name for each in path.parent.iterdir()) == ["it's.parquet", "it's.parquet.loss.json"]


def test_plain_incidents_count(path: Path) -> None:
    assert rows(path, "count(*)") == [(len(ALL),)]
    assert (PLAIN.id,) in rows(path, "incident")
