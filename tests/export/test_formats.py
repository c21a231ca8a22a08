"""What holds of every format: whole or not at all, counted losses, stamped, streaming, no orphan number."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from export_incidents import ALL, AT_LEAST, CLAIMS, FULL, PLAIN, claims
from msgspec.structs import replace

from dateline.errors import ExportError
from dateline.export import FORMATS, LossReport, write
from dateline.export.aspects import ASPECTS, EVERY_ASPECT
from dateline.incidents.types import Incident
from dateline.ledger import Ledger, StoredClaim
from dateline.version import VERSION

TABLES = ("ged", "acled", "csv")


@pytest.fixture(params=FORMATS)
def format(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "x.db") as opened:
        yield opened


def test_a_loss_report_lies_beside_the_file_and_is_the_one_returned(
    format: str, tmp_path: Path, ledger: Ledger
) -> None:
    out = tmp_path / FORMATS[format].file_name
    report = write(format, ALL, claims, out, ledger=ledger)
    beside = msgspec.json.decode((tmp_path / f"{out.name}.loss.json").read_bytes(), type=LossReport)
    assert beside == report
    assert report.incidents == len(ALL)
    assert (report.version, report.schema) == (VERSION, FORMATS[format].schema)
    assert report.written + sum(loss.incidents for loss in report.left_out) == len(ALL)


@pytest.mark.parametrize("format", [name for name in FORMATS if name != "parquet"])  # its pages are DuckDB's own
def test_the_same_incidents_make_the_same_file(format: str, tmp_path: Path, ledger: Ledger) -> None:
    for name in ("a", "b"):
        write(format, ALL, claims, tmp_path / name, ledger=ledger)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_no_incidents_make_a_file_that_can_be_read(format: str, tmp_path: Path, ledger: Ledger) -> None:
    report = write(format, (), claims, tmp_path / "x", ledger=ledger)
    assert (tmp_path / "x").stat().st_size > 0
    assert (report.rows, report.losses) == (0, ())
    assert "Nothing was lost." in list(report.lines())


def test_a_broken_export_leaves_the_older_file_and_nothing_half_written(
    format: str, tmp_path: Path, ledger: Ledger
) -> None:
    out = tmp_path / "x"
    out.write_text("older")

    def breaking() -> Iterator[Incident]:
        yield PLAIN
        raise RuntimeError("the source broke off")

    before = sorted(tmp_path.iterdir())
    with pytest.raises(RuntimeError):
        write(format, breaking(), claims, out, ledger=ledger)
    assert out.read_text() == "older"
    assert sorted(tmp_path.iterdir()) == before


def test_incidents_are_taken_one_at_a_time(format: str, tmp_path: Path, ledger: Ledger) -> None:
    """A format that gathered them first would hold millions in memory."""
    alive: list[int] = []

    def counted() -> Iterator[Incident]:
        for number in range(50):
            alive.append(number)
            yield replace(PLAIN, id=f"{number:020}")

    seen: list[int] = []

    def looked_up(key: str) -> StoredClaim:
        seen.append(len(alive))
        return CLAIMS[key]

    write(format, counted(), looked_up, tmp_path / "x", ledger=ledger)
    assert len(alive) == 50
    assert not seen or seen[0] <= 2


@pytest.mark.parametrize(
    ("name", "said"),
    [("missing/x.csv", "does not exist; make it first"), ("", "is a folder")],
)
def test_an_impossible_path_is_one_clear_line(name: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=said) as caught:
        write("csv", ALL, claims, tmp_path / name)
    assert "\n" not in str(caught.value)


def test_an_unknown_format_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="ged, acled, geojson, csv, parquet, jsonl"):
        write("stix", ALL, claims, tmp_path / "x")


def test_jsonl_asks_for_the_ledger(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="name the ledger"):
        write("jsonl", ALL, claims, tmp_path / "x")


# --- losses ----------------------------------------------------------------------------------------------------------


def test_the_aspects_cover_every_field_of_an_incident() -> None:
    """A field that is added to Incident without an aspect would be lost by every format without a word."""
    assert {field for aspect in ASPECTS for field in aspect.fields} == set(Incident.__struct_fields__)


def test_a_full_incident_has_something_of_every_aspect() -> None:
    nothing_of = {each.name for each in ASPECTS if not each.count(FULL)}
    assert nothing_of == {"happened"}  # it did happen


@pytest.mark.parametrize("module", ["ged", "acled", "table", "geojson", "parquet"])
def test_formats_claim_to_hold_only_aspects_that_there_are(module: str) -> None:
    from importlib import import_module

    made = import_module(f"dateline.export.{module}")
    held = {name for attribute in dir(made) if attribute.endswith("HOLDS") for name in getattr(made, attribute)}
    assert held <= EVERY_ASPECT


def test_losses_are_counted_from_the_data(tmp_path: Path) -> None:
    """Two incidents with contradictions are two in the report; take them away, and the line goes."""
    other = replace(FULL, id="0" * 20, event="battle")
    report = write("ged", (PLAIN, FULL, other), claims, tmp_path / "x")
    (loss,) = [each for each in report.losses if each.field == "contradictions"]
    assert (loss.incidents, loss.values, loss.by_event) == (2, 2, {"battle": 1, "shelling": 1})
    assert loss.named == (FULL.id, other.id)
    assert str(loss) == "contradictions, with their sides: of 2 incidents; battle 1, shelling 1"
    again = write("ged", (PLAIN,), claims, tmp_path / "x")
    assert "contradictions" not in {each.field for each in again.losses}


def test_values_are_told_apart_from_incidents(tmp_path: Path) -> None:
    report = write("ged", (FULL,), claims, tmp_path / "x")
    (loss,) = [each for each in report.losses if each.field == "figure_history"]
    assert str(loss) == "steps in the history of figures: of 1 incident (2 in all); shelling 1"


def test_what_is_left_out_is_told_first_with_the_reason(tmp_path: Path) -> None:
    report = write("ged", ALL, claims, tmp_path / "x")
    assert {each.what for each in report.left_out} == {
        "it did not happen, as far as is known (planned)",
        "no death is known",
        "no day is known",
        "all its claims were set aside (withdrawn, replaced or rejected)",
    }
    lines = list(report.lines())
    assert lines[0] == f"ged: 7 of {len(ALL)} incidents written, 7 rows (GED-like/1)"
    assert lines[1] == "Left out:"
    assert "  2 incidents: no death is known (air_strike 1, shelling 1)" in lines
    assert lines[-1].startswith("An open low")


def test_a_long_list_of_ids_is_cut(tmp_path: Path) -> None:
    many = [replace(PLAIN, id=f"{n:020}") for n in range(100)]
    report = write("ged", many, claims, tmp_path / "x")
    assert {len(each.named) for each in report.losses} == {20}
    assert {each.incidents for each in report.losses} == {100}


# --- no orphan number ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", TABLES)
def test_every_figure_leads_back_to_hash_span_and_quote(format: str, tmp_path: Path) -> None:
    out = tmp_path / "x.csv"
    write(format, (PLAIN, FULL, AT_LEAST), claims, out)
    with (tmp_path / "x.csv.trace.csv").open(encoding="utf-8", newline="") as file:
        traces = list(csv.DictReader(file))
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    key = next(iter(rows[0])) if format != "csv" else "incident"
    columns = {"ged": ("low", "best", "high"), "acled": ("fatalities",)}.get(
        format, tuple(c for c in rows[0] if c.endswith(("_low", "_best", "_high")))
    )
    traced = {(trace["row"], trace["column"], float(trace["value"])) for trace in traces}
    numbers = {(row[key], column, float(row[column])) for row in rows for column in columns if row[column]}
    assert numbers == traced
    for trace in traces:
        claim = CLAIMS[trace["claim"]]
        quote = trace["quote"].removeprefix("'")
        assert trace["text_sha256"] == claim.text_sha256
        assert quote == claim.claim.quote.text
        assert int(trace["quote_end"]) - int(trace["quote_start"]) == len(quote)
        if trace["figure"]:
            assert quote[int(trace["figure_start"]) : int(trace["figure_end"])] == trace["figure"]


def test_every_figure_in_geojson_brings_its_words(tmp_path: Path) -> None:
    write("geojson", ALL, claims, tmp_path / "x")
    for feature in json.loads((tmp_path / "x").read_text("utf-8"))["features"]:
        for figure in feature["properties"]["figures"]:
            ends = {end for source in figure["sources"] for end in source["of"]}
            assert ends == {end for end in ("low", "best", "high") if figure[end] is not None}
            assert all(source["text_sha256"] and source["quote"] for source in figure["sources"])
