"""A user's own word on names: read whole, or refused with the line that is wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.errors import InputError
from dateline.world import overrides as module
from dateline.world.overrides import COLUMNS, overrides, overrides_sha256, read_overrides

HEAD = ",".join(COLUMNS)
ROW = "Al-Zimran,SY,35.1,36.5,3,district,170000,the one near Suran"


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    module.forget()
    yield
    module.forget()


def write(path: Path, *rows: str) -> Path:
    path.write_text("\n".join((HEAD, *rows)) + "\n", "utf-8")
    return path


def test_a_row_is_found_by_the_key_of_its_name(tmp_path: Path) -> None:
    made = read_overrides(write(tmp_path / "o.csv", ROW, '"Zimran, Old",,-1,-2,,,,')).by_key
    one, other = made["al zimran"], made["zimran old"]
    assert (one.country, one.lat, one.lon, one.radius_km) == ("SY", 35.1, 36.5, 3.0)
    assert (one.precision, one.geonames_id, one.note) == ("district", 170000, "the one near Suran")
    assert (other.country, other.radius_km, other.precision, other.geonames_id) == (None, 2.0, "exact", None)


@pytest.mark.parametrize(("row", "said"), [
    ("Zimran,SY,35.1,36.5,3,district,1", "not 8 columns"),
    ("Zimran,SY,35.1,36.5,3,district,1,a,b", "not 8 columns"),
    (",SY,35.1,36.5,3,district,1,", "no name"),
    ("Zimran,Syria,35.1,36.5,3,district,1,", "country 'Syria'"),
    ("Zimran,SY,,36.5,3,district,1,", "lat '' is no number from -90 to 90"),
    ("Zimran,SY,35.1,181,3,district,1,", "lon '181'"),
    ("Zimran,SY,35.1,36.5,-3,district,1,", "radius_km '-3'"),
    ("Zimran,SY,35.1,36.5,3,somewhere,1,", "precision 'somewhere' is not one of exact"),
    ("Zimran,SY,35.1,36.5,3,district,x,", "geonames_id 'x'"),
])  # fmt: skip
def test_a_wrong_row_is_named_by_its_line(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        read_overrides(write(tmp_path / "o.csv", "Zorvan,SY,35.1,36.5,3,district,1,", row))
    assert "o.csv, line 3" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_quotation_mark_left_open_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not CSV"):
        read_overrides(write(tmp_path / "o.csv", 'Zimran,SY,35.1,36.5,3,district,1,"open'))


def test_a_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="stands twice"):
        read_overrides(write(tmp_path / "o.csv", ROW, ROW.replace("Al-Zimran", "AL ZIMRAN")))


def test_a_file_of_other_columns_or_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    path.write_text("name;country\n")
    with pytest.raises(InputError, match="its first line must be name,country"):
        read_overrides(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not UTF-8"):
        read_overrides(path)


def test_no_file_is_no_overrides_unless_one_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_GAZETTEERS", str(tmp_path))
    assert (overrides(), overrides_sha256()) == ({}, None)
    module.forget()
    monkeypatch.setenv("DATELINE_PLACE_OVERRIDES", str(tmp_path / "none.csv"))
    with pytest.raises(InputError, match=r"none\.csv: no such file"):
        overrides()


def test_the_file_lies_with_the_gazetteers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_GAZETTEERS", str(tmp_path))
    write(tmp_path / "overrides.csv", ROW)
    assert list(overrides()) == ["al zimran"]
    assert len(overrides_sha256() or "") == 64
