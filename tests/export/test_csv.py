"""Dateline's own table as CSV: every cell safe in a spreadsheet, and read back to exactly what was written."""

import csv
from datetime import date
from pathlib import Path

import pytest
from export_incidents import ALL, FULL, PLAIN, QUOTE, claims
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.codes import MEASURES
from dateline.errors import ExportError
from dateline.export import csv as own
from dateline.export import write
from dateline.export.cells import list_cell, list_of, number_cell, text_cell, text_of
from dateline.export.lookup import Lookup
from dateline.export.table import COLUMNS, row_of, values
from dateline.incidents.types import Estimate, Incident, Party, Spot

# Every text that a report can hold: no half of a surrogate pair, which the ledger refuses.
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
_ODD = (
    "=1+1", "+1", "-1", "@x", "'x", "''", " =1", "\t=1", "a;b", "a; b", "\\-", "\\", "; ", "\r\n", "＝1", "x\r", "\x00",
)  # fmt: skip
AWKWARD = st.one_of(TEXT, st.sampled_from(_ODD))
NAME = AWKWARD
NUMBER = st.one_of(st.none(), st.integers(0, 10**7).map(float), st.floats(0, 1e9, allow_nan=False))
DAY = st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
PARTY = st.builds(Party, name=NAME, actor_id=st.one_of(st.none(), NAME))
SPOT = st.builds(
    Spot,
    name=NAME,
    written=NAME,
    lat=st.floats(-90, 90),
    lon=st.floats(-180, 180),
    radius_km=NUMBER,
    role=st.sampled_from(("at", "from", "to")),
)
ESTIMATES = st.lists(st.sampled_from(list(MEASURES)), unique=True, max_size=4).flatmap(
    lambda measures: st.tuples(
        *(st.builds(Estimate, measure=st.just(m), low=NUMBER, best=NUMBER, high=NUMBER, rule=NAME) for m in measures)
    )
)
INCIDENT = st.builds(
    replace,
    st.just(PLAIN),
    place=st.one_of(st.none(), SPOT),
    places=st.lists(SPOT, max_size=3).map(tuple),
    actors=st.lists(PARTY, max_size=3).map(tuple),
    targets=st.lists(PARTY, max_size=3).map(tuple),
    figures=ESTIMATES,
    earliest=DAY,
    latest=DAY,
    asserted_by=st.lists(NAME, max_size=3).map(tuple),
    accepted_by=st.one_of(st.none(), NAME),
)


def sheet(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@settings(max_examples=150, deadline=None)
@given(st.lists(INCIDENT, max_size=3))
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, incidents: list[Incident]) -> None:
    path = tmp_path_factory.mktemp("csv") / "x.csv"
    write("csv", incidents, claims, path)
    lookup = Lookup(claims)
    assert list(own.read(path)) == [values(row_of(each, lookup)) for each in incidents]


@settings(max_examples=150, deadline=None)
@given(st.lists(INCIDENT, min_size=1, max_size=3))
def test_writing_what_was_read_gives_the_same_cells(
    tmp_path_factory: pytest.TempPathFactory, incidents: list[Incident]
) -> None:
    """users.md: export, import, export again must be identical."""
    path = tmp_path_factory.mktemp("csv") / "x.csv"
    write("csv", incidents, claims, path)
    again = [[own.cell_of(column, row[column.name]) for column in COLUMNS] for row in own.read(path)]
    assert [list(own.HEADER), *again] == sheet(path)


@settings(deadline=None)
@given(AWKWARD)
def test_no_text_cell_opens_a_formula(text: str) -> None:
    cell = text_cell(text)
    assert cell.lstrip(" \u00a0\ufeff")[:1] not in set("=+-@\t\r\n＝＋－＠")
    assert text_of(cell) == (text or None)


@settings(deadline=None)
@given(st.lists(AWKWARD, max_size=5))
def test_lists_in_a_cell(items: list[str]) -> None:
    cell = list_cell(items)
    assert cell[:1] not in set("=+-@\t\r\n")
    assert list_of(cell) == tuple(items)


@pytest.mark.parametrize(
    ("items", "cell"),
    [((), ""), (("a", "b"), "a; b"), (("a;b",), r"a\;b"), (("",), r"\-"), (("", "x"), r"\-; x"), (("=a",), "'=a")],
)
def test_list_cells_as_a_person_sees_them(items: tuple[str, ...], cell: str) -> None:
    assert list_cell(items) == cell


@pytest.mark.parametrize(
    ("value", "cell"),
    [(12.0, "12"), (0.1, "0.1"), (-3.5, "-3.5"), (None, ""), (1e300, "1e+300"), (36.335, "36.335"), (7, "7")],
)
def test_numbers(value: float | None, cell: str) -> None:
    assert number_cell(value) == cell


def test_the_best_figure_of_the_killed_brings_its_sentence(tmp_path: Path) -> None:
    write("csv", ALL, claims, tmp_path / "x.csv")
    rows = {str(row["incident"]): row for row in own.read(tmp_path / "x.csv")}
    row = rows[PLAIN.id]
    assert (row["killed_low"], row["killed_best"], row["killed_high"]) == (10.0, 12.0, 15.0)
    assert row["killed_quote"] == QUOTE
    assert row["killed_words"] == "12"
    assert row["killed_text_sha256"] == claims("r1/c1").text_sha256
    start, end = row["killed_quote_start"], row["killed_quote_end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert end - start == len(QUOTE)
    without = rows["e" * 20]
    assert (without["killed_best"], without["killed_quote"]) == (None, None)


def test_a_row_holds_status_origins_and_contradictions(tmp_path: Path) -> None:
    write("csv", (FULL,), claims, tmp_path / "x.csv")
    (row,) = own.read(tmp_path / "x.csv")
    assert row["status"] == "disputed"
    assert (row["origins"], row["wordings"]) == (2, 2)
    assert row["contradictions"] == ("killed: 12 (Health Ministry) / 15; perhaps more",)
    assert row["asserted_by"] == ("Health Ministry", '=HYPERLINK("x")')
    assert row["actor_ids"] == ("dawn-brigade", "")
    assert row["places"] == ("Keshen", "from Nineveh")
    assert row["set_aside"] == ("r2/c2: withdrawn",)
    assert (row["schema"], row["version"]) == ("dateline-incidents/1", "0.1.0")


def test_every_incident_has_a_row(tmp_path: Path) -> None:
    report = write("csv", ALL, claims, tmp_path / "x.csv")
    assert report.left_out == ()
    assert report.rows == len(ALL) == len(sheet(tmp_path / "x.csv")) - 1


def test_another_table_is_not_read_as_ours(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    with pytest.raises(ExportError, match="not those of dateline-incidents/1"):
        list(own.read(tmp_path / "x.csv"))


def test_columns_have_one_name_each_and_say_what_they_hold() -> None:
    assert len(set(own.HEADER)) == len(own.HEADER)
    assert all(column.about for column in COLUMNS)
    assert {f"{m}_{end}" for m in MEASURES for end in ("low", "best", "high")} <= set(own.HEADER)
