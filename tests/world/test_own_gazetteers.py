"""A user's dumps become gazetteers beside the built-in one; a place that both have stands once."""

import gzip
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dateline.errors import InputError, ResourceError
from dateline.world import added, importing
from dateline.world.added import Damaged, Source
from dateline.world.gazetteer import SEAT_WEIGHT, Entry, Gazetteer
from dateline.world.importing import Imported, add, name_of
from tests.world.dumps import VILLAGES, alternate, place, write

ROOT = Path(__file__).parents[2]
MOSUL, MOSUL_AT = 99072, {"lat": 36.335, "lon": 43.119}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "gazetteers"


def put(folder: Path, *rows: str, file: str = "XX.txt", **options: object) -> Imported:
    folder.parent.mkdir(exist_ok=True)
    return add(write(folder.parent / file, rows), folder, **options)  # type: ignore[arg-type]


def look(folder: Path, name: str) -> tuple[Entry, ...]:
    return Gazetteer(folder=folder).lookup(name)


# ── what is taken in ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("file", ["XX.txt", "XX.txt.gz", "XX.zip"])
def test_villages_are_found_by_all_their_names(folder: Path, file: str) -> None:
    done = put(folder, *VILLAGES, file=file)
    assert (done.status, done.source.name, done.source.rows, done.source.places) == ("added", "XX", 3, 3)
    assert done.source.countries == ("IQ",)
    for name in ("Tell Zimran", "Tall Zimran", "ZIMRAN TEPE", "تل زمران", "Tel Zimraan"):
        assert [entry.id for entry in look(folder, name)] == [900_000_001]
    (village,) = look(folder, "Qasr Velou")
    assert (village.kind, village.country, village.population, village.lat, village.lon) == (
        "city",
        "IQ",
        120,
        33.1,
        44.9,
    )


def test_an_id_that_is_not_of_geonames_is_not_given_out_as_one(folder: Path) -> None:
    put(folder, *VILLAGES)
    assert look(folder, "Umm Dorab")[0].geonames_id is None
    assert look(folder, "Qasr Velou")[0].geonames_id == 900_000_002


def test_features_are_kept_by_what_they_are(folder: Path) -> None:
    done = put(
        folder,
        place(1_000_001, "Zimran Governorate", feature="A.ADM1"),
        place(1_000_002, "Velou District", feature="A.ADM2"),
        place(1_000_003, "Zorvan Air Base", feature="S.AIRB"),
        place(1_000_004, "Zorvan River", feature="H.STM"),
        place(1_000_005, "Zorvan Farm", feature="S.FRM"),
        place(1_000_006, "Zorvan Road", feature="R.RD"),
        place(1_000_007, "Iraq", feature="A.PCLI"),
        place(1_000_008, "Old Zimran", feature="A.ADM1H"),
    )
    found = {name: look(folder, name)[0] for name in ("Zimran", "Velou", "Zorvan Air Base", "Zorvan River")}
    assert {name: (entry.kind, entry.detail) for name, entry in found.items()} == {
        "Zimran": ("division", ""), "Velou": ("county", "district"), "Zorvan Air Base": ("region", "airport"),
        "Zorvan River": ("water", "river"),
    }  # fmt: skip
    assert sum(done.source.left_out.values()) == 4
    assert look(folder, "Zorvan Farm") == ()


# ── one row a place ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_place_with_the_id_of_a_built_in_one_is_that_one(folder: Path) -> None:
    put(folder, place(MOSUL, "Zimranabad", alternates="Mosul", people=7, **MOSUL_AT))
    (mosul,) = (entry for entry in look(folder, "Zimranabad"))
    assert (mosul.id, mosul.name, mosul.official) == (MOSUL, "Mosul", False)
    assert mosul.population > 1_000_000
    assert [entry.id for entry in look(folder, "Mosul")].count(MOSUL) == 1


def test_a_place_of_that_name_nearby_is_the_built_in_one(folder: Path) -> None:
    put(folder, place(900_000_009, "Mosul", alternates="Zimranabad", lat=36.34, lon=43.13))
    assert [entry.id for entry in look(folder, "Zimranabad")] == [MOSUL]
    assert 900_000_009 not in [entry.id for entry in look(folder, "Mosul")]


@pytest.mark.parametrize("row", [
    place(900_000_009, "Mosul", lat=34.0, lon=43.1),  # far
    place(900_000_009, "Mosul", feature="S.AIRB", **MOSUL_AT),  # an air base is no town
    place(900_000_009, "Mosul", country="SY", **MOSUL_AT),  # of another country
])  # fmt: skip
def test_a_namesake_is_a_place_of_its_own(folder: Path, row: str) -> None:
    put(folder, row)
    assert {MOSUL, 900_000_009} <= {entry.id for entry in look(folder, "Mosul")}


def test_a_district_of_the_built_in_gazetteer_stands_once(folder: Path) -> None:
    put(folder, place(900_000_009, "Mosul", feature="A.ADM2", people=1_700_000, **MOSUL_AT))
    found = look(folder, "Mosul")
    assert [entry.kind for entry in found if entry.country == "IQ"] == ["county", "city"]
    assert 900_000_009 not in [entry.id for entry in found]


def test_a_bare_name_is_the_towns_own_and_a_districts_with_its_noun(folder: Path) -> None:
    put(folder, place(900_000_009, "Zimran", feature="A.ADM2", alternates="Zimran District", people=90_000),
        place(900_000_010, "Zimran", lat=33.52))  # fmt: skip
    own = {entry.kind: (entry.official, entry.population) for entry in look(folder, "Zimran")}
    assert own == {"city": (True, SEAT_WEIGHT), "county": (False, 0)}
    assert [(entry.kind, entry.official) for entry in look(folder, "Zimran District")] == [("county", True)]


def test_the_nearest_town_a_district_is_called_after_is_its_seat(folder: Path) -> None:
    put(folder, place(900_000_009, "Velou", feature="A.ADM2"), place(900_000_010, "Velou", lat=33.55),
        place(900_000_011, "Velou", lat=33.6), place(900_000_012, "Velou", lat=36.0),
        place(900_000_013, "Qasr Velou", lat=33.5))  # fmt: skip
    people = {entry.id: entry.population for entry in look(folder, "Velou") if entry.kind == "city"}
    assert people == {900_000_010: SEAT_WEIGHT, 900_000_011: 0, 900_000_012: 0}


def test_an_id_that_belongs_to_another_place_is_not_believed(folder: Path) -> None:
    put(folder, place(MOSUL, "Qasr Velou", lat=31.0, lon=46.0))
    (village,) = look(folder, "Qasr Velou")
    assert village.id != MOSUL
    assert village.geonames_id is None
    assert village.lat == 31.0


def test_a_row_that_comes_twice_counts_once_with_the_names_of_both(folder: Path) -> None:
    done = put(folder, VILLAGES[0], place(900_000_001, "Zimran Bozorg", lat=36.11, lon=42.21))
    assert done.source.places == 1
    assert [entry.id for entry in look(folder, "Zimran Bozorg")] == [900_000_001]
    assert sum(done.source.left_out.values()) == 1


def test_a_place_of_two_added_gazetteers_stands_once_as_long_as_both_are_there(folder: Path) -> None:
    put(folder, VILLAGES[1], file="AA.txt")
    put(folder, place(900_000_002, "Qasr Velou", lat=33.1, lon=44.9),
        place(900_000_011, "Tell Zimran", lat=36.1, lon=42.2), file="BB.txt")  # fmt: skip
    put(folder, place(900_000_012, "Tell Zimran", lat=36.11, lon=42.2), file="CC.txt")
    assert [entry.population for entry in look(folder, "Qasr Velou")] == [120]
    assert [entry.id for entry in look(folder, "Tell Zimran")] == [900_000_011]
    added.remove(folder, "BB")
    assert [entry.id for entry in look(folder, "Tell Zimran")] == [900_000_012]


def test_a_river_of_our_table_of_regions_stands_once(folder: Path) -> None:
    put(folder, place(900_000_020, "Euphrates", feature="H.STM", alternates="Zimran Su", lat=31.0, lon=47.4))
    assert [entry.id < 0 for entry in look(folder, "Euphrates")] == [True]
    assert [entry.name for entry in look(folder, "Zimran Su")] == ["Euphrates"]


def test_codes_of_divisions_are_those_of_the_built_in_gazetteer(folder: Path) -> None:
    put(
        folder,
        place(92877, "Ninawa", feature="A.ADM1", lat=36.2, lon=42.3, admin1="8567"),
        place(900_000_001, "Tell Zimran", admin1="8567"),
        place(900_000_002, "Qasr Velou", lat=31.5, admin1="9999"),
    )
    places = Gazetteer(folder=folder)
    assert places.division_of(900_000_001) == ("IQ", "15")
    assert places.division_name("IQ", "15") == "Nineveh"
    assert places.division_of(900_000_002) is None


def test_a_division_not_told_is_that_of_the_towns_around(folder: Path) -> None:
    put(folder, place(900_000_001, "Tell Zimran", lat=33.51, lon=44.51, admin1="15"),
        place(900_000_002, "Qasr Velou", lat=33.58, lon=44.58),
        place(900_000_003, "Umm Dorab", lat=33.68, lon=44.58),
        place(900_000_004, "Zorvan", lat=35.51, lon=44.51, admin1="15"),
        place(900_000_005, "Zorvan Bozorg", lat=35.52, lon=44.52, admin1="02"),
        place(900_000_006, "Zorvan Kuchek", lat=35.53, lon=44.53))  # fmt: skip
    places = Gazetteer(folder=folder)
    assert places.division_of(900_000_002) == ("IQ", "15")
    assert places.division_of(900_000_003) is None  # no town around
    assert places.division_of(900_000_006) is None  # a border runs there


# ── alternate names ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_alternate_names_are_given_to_places_that_are_there(folder: Path) -> None:
    put(folder, *VILLAGES)
    rows = (alternate(MOSUL, "Zimranabad"), alternate(900_000_001, "Zorvan Tepe"), alternate(5, "Nowhere at All"),
            alternate(MOSUL, "https://example.org/", "link"), alternate(MOSUL, "41001", "post"))  # fmt: skip
    done = put(folder, *rows, file="XX.zip")
    assert (done.source.name, done.source.content, done.source.kept) == ("XX-names", "names", {"name": 2})
    assert sum(done.source.left_out.values()) == 3
    assert [(entry.id, entry.official) for entry in look(folder, "Zimranabad")] == [(MOSUL, False)]
    assert [entry.id for entry in look(folder, "Zorvan Tepe")] == [900_000_001]
    added.remove(folder, "XX")
    assert look(folder, "Zorvan Tepe") == ()


def test_alternate_names_are_read_again_once_there_are_more_places(folder: Path) -> None:
    rows = (alternate(MOSUL, "Zimranabad"), alternate(900_000_001, "Zorvan Tepe"))
    put(folder, *rows, file="N.txt")
    assert put(folder, *rows, file="N.txt").status == "already there"
    put(folder, *VILLAGES)
    assert put(folder, *rows, file="N.txt").status == "replaced"
    assert [entry.id for entry in look(folder, "Zorvan Tepe")] == [900_000_001]


def test_names_of_no_known_place_are_refused(folder: Path) -> None:
    with pytest.raises(InputError, match="add the dump of their country first"):
        put(folder, alternate(5, "Nowhere at All"))
    assert added.files(folder) == []


# ── bad rows, bad files ─────────────────────────────────────────────────────────────────────────────────────────────


def test_bad_rows_are_counted_and_shown_by_line(folder: Path) -> None:
    bad = (
        "900\tToo Short",
        place("x9", "A"),
        place(7, " "),
        place(7, "A", lat=95),
        place(7, "A", lon="nan"),
        place(7, "A", country="QQ"),
        place(7, "A", people="many"),
        place(1 << 60, "A"),
    )
    good = [place(900_000_100 + n, f"Zimran {n}") for n in range(20)]
    done = put(folder, good[0], *bad, *good[1:])
    assert done.source.places == 20
    assert done.source.bad == {
        "wrong number of columns": 1, "no id": 2, "no name": 1, "wrong latitude": 1, "wrong longitude": 1,
        "unknown country": 1, "wrong population": 1,
    }  # fmt: skip
    assert done.first_bad[0] == (2, "2 columns, not 19")
    assert done.first_bad[1] == (3, "id 'x9' is no whole number from 1 on")
    assert len(done.first_bad) == importing.FIRST_BAD


def test_a_row_that_is_not_utf8_or_endless_is_bad(folder: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "XX.txt", VILLAGES)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes() + b"\xff\xfe\t\n\r\n" + b"x" * 3_000_000 + b"\n")
    done = add(path, folder)
    assert done.source.places == 3
    assert done.source.bad == {"not UTF-8": 1, "longer than a row can be": 1}


@pytest.mark.parametrize(("raw", "said"), [
    (b"", "is empty"),
    (b"id,name\n1,Mosul\n", "rows of 1 columns"),
    (place("x", "A").encode() * 1 + b"\n", "1 of the first 1 rows are bad, such as line 1: id 'x'"),
    ((place(7, "A", feature="S.FRM") + "\n").encode(), "holds nothing that is kept"),
])  # fmt: skip
def test_a_file_that_is_no_dump_is_refused_in_one_line(folder: Path, tmp_path: Path, raw: bytes, said: str) -> None:
    (tmp_path / "XX.txt").write_bytes(raw)
    with pytest.raises(InputError, match=said) as caught:
        add(tmp_path / "XX.txt", folder)
    assert "\n" not in str(caught.value)
    assert not folder.exists() or list(folder.iterdir()) == []


@pytest.mark.parametrize("file", ["XX.zip", "XX.txt.gz"])
def test_a_file_cut_short_is_refused_and_leaves_nothing(folder: Path, tmp_path: Path, file: str) -> None:
    path = write(tmp_path / file, [place(900_000_000 + n, f"Zimran {os.urandom(9).hex()}") for n in range(2000)])
    path.write_bytes(path.read_bytes()[:-3000])
    with pytest.raises(InputError, match="not a whole"):
        add(path, folder)
    assert not folder.exists() or list(folder.iterdir()) == []


def test_a_missing_file_and_a_folder_are_told_apart(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        add(tmp_path / "none.txt", folder)
    with pytest.raises(InputError, match="is a folder"):
        add(tmp_path, folder)


# ── again, another, away ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_file_again_is_there_already_and_a_newer_one_replaces_it(folder: Path) -> None:
    first = put(folder, *VILLAGES)
    again = put(folder, *VILLAGES)
    assert (again.status, again.source) == ("already there", first.source)
    newer = put(folder, *VILLAGES[:2])
    assert (newer.status, newer.source.places) == ("replaced", 2)
    assert newer.source.sha256 != first.source.sha256


def test_the_same_rows_make_the_same_content(folder: Path, tmp_path: Path) -> None:
    one = put(folder, *VILLAGES)
    other = put(tmp_path / "elsewhere" / "gazetteers", *VILLAGES, file="XX.txt.gz")
    assert one.source.sha256 == other.source.sha256
    assert one.source.source_sha256 != other.source.source_sha256


def test_another_file_of_that_name_is_refused_unless_it_is_asked_for(folder: Path, tmp_path: Path) -> None:
    put(folder, *VILLAGES)
    (tmp_path / "new").mkdir()
    other = write(tmp_path / "new" / "XX.txt", VILLAGES[:1])
    with pytest.raises(InputError, match=r"named XX was added from .*--replace .* --name"):
        add(other, folder)
    assert add(other, folder, name="mine").status == "added"
    assert add(other, folder, replace=True).status == "replaced"
    with pytest.raises(InputError, match="letters, digits"):
        add(other, folder, name="../x")


def test_removing(folder: Path) -> None:
    put(folder, *VILLAGES)
    assert added.remove(folder, "XX") == folder / "XX.sqlite"
    assert look(folder, "Qasr Velou") == ()
    with pytest.raises(InputError, match=r"no added gazetteer has this name.*: none"):
        added.remove(folder, "XX")


@pytest.mark.parametrize(
    ("file", "name"), [("IQ.zip", "IQ"), ("IQ.txt.gz", "IQ"), ("allCountries.txt", "allCountries")]
)
def test_names_of_gazetteers(file: str, name: str) -> None:
    assert name_of(Path(file), "places") == name
    assert name_of(Path("IQ.zip"), "names") == "IQ-names"
    assert name_of(Path("alternateNamesV2.zip"), "names") == "alternateNamesV2"


# ── damage, interruption ────────────────────────────────────────────────────────────────────────────────────────────


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _scribble(path: Path) -> None:
    path.write_bytes(b"no database at all" * 500)


def _older(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("UPDATE meta SET value = '0' WHERE key = 'format'")
    db.close()


@pytest.mark.parametrize("harm", [_cut, _scribble, _older])
def test_a_damaged_gazetteer_is_named_with_its_remedy(folder: Path, harm: object) -> None:
    put(folder, *VILLAGES, file="AA.txt")
    put(folder, *VILLAGES, file="BB.txt")
    harm(folder / "AA.sqlite")  # type: ignore[operator]
    bad, good = added.listed(folder)
    assert isinstance(bad, Damaged)
    assert isinstance(good, Source)
    with pytest.raises(ResourceError, match=r"AA\.sqlite: .*dateline gazetteer (remove AA|add )") as caught:
        Gazetteer(folder=folder)
    assert "\n" not in str(caught.value)
    assert put(folder, *VILLAGES, file="AA.txt").status == "replaced"
    Gazetteer(folder=folder)


def test_damage_inside_is_told_when_it_is_met(folder: Path) -> None:
    put(folder, *(place(900_000_000 + n, f"Zimran {n}") for n in range(3000)))
    path = folder / "XX.sqlite"
    raw = bytearray(path.read_bytes())
    raw[8 * 4096 :] = os.urandom(len(raw) - 8 * 4096)
    path.write_bytes(raw)
    with pytest.raises(ResourceError, match="damaged"):
        Gazetteer(folder=folder).find([f"zimran {n}" for n in range(300)])


def test_an_import_that_is_interrupted_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(importing.matching, "match_names", interrupted)
    with pytest.raises(KeyboardInterrupt):
        put(folder, *VILLAGES)
    assert list(folder.iterdir()) == []


def test_an_import_that_is_killed_leaves_what_was_there(folder: Path, tmp_path: Path) -> None:
    put(folder, *VILLAGES)
    write(tmp_path / "XX.txt", (place(900_000_000 + n, f"Zimran {n}") for n in range(60_000)))
    code = f"from pathlib import Path; from dateline.world.importing import add; " \
           f"add(Path({str(tmp_path / 'XX.txt')!r}), Path({str(folder)!r}))"  # fmt: skip
    importer = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    deadline = time.monotonic() + 30
    while not list(folder.glob(".*.part")) and time.monotonic() < deadline:
        time.sleep(0.01)
    importer.send_signal(signal.SIGKILL)
    importer.wait()
    assert [each.name for each in added.files(folder)] == ["XX.sqlite"]
    assert len(look(folder, "Qasr Velou")) == 1
    assert put(folder, *VILLAGES[:2]).status == "replaced"


# ── the real files ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_country_as_it_comes(folder: Path) -> None:
    path = ROOT.parent / "shared" / "data" / "gazetteer" / "PS.txt.gz"
    if not path.is_file():
        pytest.skip(f"{path} is not there: the shared data does not stand beside this checkout")
    done = add(path, folder)
    with gzip.open(path, "rb") as rows:
        assert done.source.rows == sum(1 for _ in rows)
    assert done.source.bad == {}
    assert done.source.rows == done.source.places + sum(done.source.left_out.values())
    hizma = look(folder, "Hizma")
    assert [entry.geonames_id for entry in hizma] == [283676]
