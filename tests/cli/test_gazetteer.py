"""`dateline gazetteer`: what it prints, keeps and refuses; and what a reading says of the user's own tables."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dateline.reading import pipeline
from dateline.record import Report
from dateline.world import gazetteer as places
from dateline.world import overrides
from tests.cli.conftest import Outcome
from tests.world.dumps import VILLAGES, alternate, place, write

Run = Callable[..., Outcome]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("DATELINE_GAZETTEERS", str(tmp_path / "own"))
    places.forget(), overrides.forget()
    yield tmp_path / "own"
    monkeypatch.undo()
    places.forget(), overrides.forget()


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return write(tmp_path / "XX.txt", [*VILLAGES, place("x", "Bad"), place(5, "Zorvan Farm", feature="S.FRM")])


def test_adding_says_what_was_done(dateline: Run, folder: Path, dump: Path) -> None:
    done = dateline("gazetteer", "add", dump)
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0].startswith("XX added, from XX.txt: 5 rows read in ")
    assert "3 populated places, by " in done.out
    assert "left out  1 of no listed kind" in done.out
    assert "bad       1 no id" in done.out
    assert "line 4: id 'x' is no whole number from 1 on" in done.out
    assert "XX.sqlite" in done.out
    assert max(map(len, lines)) <= 80 + len(str(folder))  # a path is not broken
    assert dateline("gazetteer", "add", dump).out.startswith("XX is there already, from XX.txt (the same bytes, ")


def test_listing_and_removing(dateline: Run, folder: Path, dump: Path) -> None:
    none = dateline("gazetteer", "list")
    assert (none.status, none.err) == (0, "")
    assert none.out.startswith("no gazetteers added in ")
    dateline("gazetteer", "add", dump)
    wide = dateline("gazetteer", "list", "--width", "120").out.splitlines()
    assert wide[0].split() == ["name", "file", "rows", "places", "names", "countries", "added", "size", "sha256"]
    assert wide[1].split()[:4] == ["XX", "XX.txt", "5", "3"]
    narrow = dateline("gazetteer", "list", "--width", "60").out
    assert "XX.txt · 5 rows · 3 places" in narrow
    (row,) = map(json.loads, dateline("gazetteer", "list", "--json").out.splitlines())
    assert (row["name"], row["places"], row["countries"], row["bad"]) == ("XX", 3, ["IQ"], {"no id": 1})
    assert len(row["source_sha256"]) == 64
    gone = dateline("gazetteer", "remove", "XX", "YY")
    assert gone.out.startswith("XX removed from ")
    assert gone.err.startswith("dateline: YY: no added gazetteer has this name")
    assert gone.status == 1


def test_names_are_added_after_the_places_they_are_for(dateline: Run, folder: Path, dump: Path, tmp_path: Path) -> None:
    names = write(tmp_path / "AA.txt", [alternate(900_000_001, "Zorvan Tepe")])
    done = dateline("gazetteer", "add", names, dump)
    assert done.status == 0
    assert done.out.index("XX added") < done.out.index("AA-names added")


def test_a_file_that_cannot_be_added_does_not_stop_the_next(
    dateline: Run, folder: Path, dump: Path, tmp_path: Path
) -> None:
    (tmp_path / "note.txt").write_text("not a dump\n")
    done = dateline("gazetteer", "add", "note.txt", "none.txt", dump)
    assert done.status == 1
    assert "XX added" in done.out
    assert len(done.err.splitlines()) == 2
    assert all(line.startswith("dateline: n") for line in done.err.splitlines())
    assert dateline("gazetteer", "add", dump, "note.txt", "--name", "a").status == 2


def test_a_damaged_gazetteer_is_listed_and_stops_a_reading(dateline: Run, folder: Path, dump: Path) -> None:
    dateline("gazetteer", "add", dump)
    dateline("gazetteer", "add", dump, "--name", "other")
    (folder / "XX.sqlite").write_bytes(b"no database" * 1000)
    done = dateline("gazetteer", "list")
    assert done.status == 1
    assert "other" in done.out
    assert done.err.count("\n") == 1
    assert "`dateline gazetteer remove XX`" in done.err
    Path("a.txt").write_text("Gunmen killed two people in Mosul on Monday.\n")
    read = dateline("read", "a.txt")
    assert (read.status, read.out) == (1, "")
    assert read.err.count("\n") == 1
    assert "XX.sqlite: this added gazetteer is damaged" in read.err


def test_wrong_overrides_stop_a_reading(dateline: Run, folder: Path) -> None:
    folder.mkdir()
    (folder / "overrides.csv").write_text("a,b\n")
    Path("a.txt").write_text("Gunmen killed two people in Mosul on Monday.\n")
    read = dateline("read", "a.txt")
    assert (read.status, read.out) == (1, "")
    assert "overrides.csv: its first line must be" in read.err


@pytest.mark.usefixtures("plain_reader")
def test_the_country_is_given_on_the_command_line_or_set(
    dateline: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("a.txt").write_text("Gunmen came.\n")

    def country(*options: str) -> object:
        return json.loads(dateline("read", "a.txt", "--json", *options).out)["made_by"]["country"]

    assert country() is None
    assert country("--country", "iq") == "IQ"
    monkeypatch.setenv("DATELINE_COUNTRY", "sy")
    assert country() == "SY"
    assert country("--country", "iq") == "IQ"
    wrong = dateline("read", "a.txt", "--country", "QQ")
    assert (wrong.status, wrong.out) == (1, "")
    assert wrong.err.startswith("dateline: country 'QQ': no country has this code")
    assert dateline("read", "a.txt", "--country", "Iraq").status == 2


def test_a_record_names_the_tables_that_the_user_added(dateline: Run, folder: Path, dump: Path) -> None:
    report = Report(text="Gunmen killed two people in Tell Zimran on Monday.")
    before = pipeline.read(report).made_by.tables
    dateline("gazetteer", "add", dump)
    (folder / "overrides.csv").write_text(",".join(overrides.COLUMNS) + "\n")
    places.forget(), overrides.forget()
    after = pipeline.read(report, country="IQ").made_by
    assert after.tables.keys() - before.keys() == {"gazetteer/XX", "overrides"}
    assert after.country == "IQ"
