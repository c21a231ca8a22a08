"""Divisions of both levels: each once, where it is, and under the names that mean it."""

import numpy as np
import pytest

from dateline.world import labels
from dateline.world.countries import countries
from dateline.world.gazetteer import Entry, gazetteer
from training.tables.counties import core_of
from training.tables.seal import TABLES
from training.tables.shapes import Shape, area_and_middle, box_area


def _of(name: str, kind: str, country: str) -> list[Entry]:
    return [entry for entry in gazetteer().lookup(name) if entry.kind == kind and entry.country == country]


def _inside(entry: Entry, lat: float, lon: float) -> bool:
    assert entry.box
    west, south, east, north = entry.box
    return west <= lon <= east and south <= lat <= north


@pytest.mark.parametrize(
    ("name", "country", "box"),
    [
        ("Texas", "US", (-106.65, 25.84, -93.51, 36.50)),
        ("Helmand", "AF", (62.6, 29.3, 65.4, 33.4)),
        ("Idlib", "SY", (36.16, 35.32, 37.22, 36.33)),
        ("Borno", "NG", (11.5, 10.1, 14.7, 13.7)),
    ],
)
def test_boxes_of_provinces(name: str, country: str, box: tuple[float, float, float, float]) -> None:
    (entry,) = _of(name, "division", country)
    assert entry.box == pytest.approx(box, abs=0.3)


def test_each_jefferson_county_lies_in_its_state() -> None:
    found = _of("Jefferson County", "county", "US")
    assert len(found) > 20
    assert len({entry.admin1 for entry in found}) == len(found)
    for entry in found:
        state = gazetteer().division_name("US", entry.admin1)
        assert state
        assert any(_inside(division, entry.lat, entry.lon) for division in _of(state, "division", "US")), state


def test_a_bare_name_is_no_county_of_the_united_states() -> None:
    assert _of("Jefferson", "county", "US") == []
    (parish,) = _of("Orleans Parish", "county", "US")
    assert (parish.admin1, parish.admin2) == ("LA", "071")
    assert _inside(parish, 29.95, -90.07)


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("Jisr al-Shughur District", "SY", 35.8, 36.3),
        ("Afrin", "SY", 36.5, 36.9),
        ("Sinjar", "IQ", 36.3, 41.9),
        ("Sangin", "AF", 32.1, 64.9),
        ("Quetta District", "PK", 30.2, 67.0),
        ("Gwoza", "NG", 11.1, 13.7),
        ("Jenin", "PS", 32.4, 35.3),
        ("West Wellega Zone", "ET", 9.3, 35.3),
    ],
)
def test_districts_are_where_their_towns_are(name: str, country: str, lat: float, lon: float) -> None:
    (entry,) = _of(name, "county", country)
    assert (entry.lat, entry.lon) == (pytest.approx(lat, abs=0.35), pytest.approx(lon, abs=0.35))
    assert entry.admin1
    assert entry.admin2


def test_a_town_lies_in_its_governorate() -> None:
    (town,) = [entry for entry in _of("Idlib", "city", "SY") if entry.population > 50_000]
    (governorate,) = _of("Idlib", "division", "SY")
    assert _inside(governorate, town.lat, town.lon)
    assert town.admin1 == governorate.admin1


@pytest.mark.parametrize("name", ["Anbar", "Helmand province", "Donetsk region", "North Kivu", "Chechnya", "Antioquia"])
def test_a_province_of_two_tables_is_one(name: str) -> None:
    (entry,) = [entry for entry in gazetteer().lookup(name) if entry.kind == "division"]
    assert entry.id > 0
    assert entry.admin1
    assert entry.box


@pytest.mark.parametrize(("name", "country"), [("Berlin", "DE"), ("Damascus", "SY"), ("Bamako", "ML")])
def test_a_city_that_is_a_division_is_one(name: str, country: str) -> None:
    assert [entry.kind for entry in gazetteer().lookup(name) if entry.country == country and entry.admin2 == ""] == [
        "city"
    ]


def test_boxes_are_boxes() -> None:
    query = "SELECT count(*) FROM box WHERE west > east OR south > north OR west < -18000000 OR east > 18000000"
    assert gazetteer()._db.execute(query).fetchone() == (0,)


def test_boxes_of_countries_hold_their_points_and_leave_far_islands_out() -> None:
    for country in countries().values():
        west, south, east, north = country.box
        assert west <= country.lon <= east, country.code
        assert south <= country.lat <= north, country.code
    assert countries()["US"].box == pytest.approx((-168.2, 18.9, -66.9, 71.4), abs=0.3)
    assert countries()["RU"].box[2] == pytest.approx(180.0, abs=0.2)
    assert countries()["FR"].box == pytest.approx((-5.1, 41.4, 9.6, 51.1), abs=0.3)


@pytest.mark.parametrize("name", ["divisions", "counties", "centres", "district_points"])
def test_their_tables_hold_what_their_labels_assert(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labels, "DATA", TABLES)
    labels.read_label.cache_clear()
    try:
        assert labels.broken_rules(name, list(labels.read_table(name)), labels.read_label(name).asserts) == []
    finally:
        labels.read_label.cache_clear()


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("Waras District", "waras"), ("Caza du Chouf", "chouf"), ("Shahrestān-e Marāgheh", "maragheh"),
        ("Cercle de Ménaka", "menaka"), ("County Cork", "cork"), ("Nefat Tel Aviv", "tel aviv"),
    ],
)  # fmt: skip
def test_core_of_a_name(name: str, core: str) -> None:
    assert core_of(name) == core


def test_a_square_has_its_area_middle_and_inside() -> None:
    ring = np.array([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)])
    hole = np.array([(0.4, 0.4), (0.4, 0.6), (0.6, 0.6), (0.6, 0.4), (0.4, 0.4)])
    square = Shape("", (ring, hole))
    area, lat, lon = area_and_middle([square])
    assert area == pytest.approx(0.96 * box_area(square.box()), rel=1e-3)
    assert (lat, lon) == pytest.approx((0.5, 0.5), abs=1e-3)
    assert square.holds(np.array([(0.1, 0.1), (0.5, 0.5), (2.0, 0.5)])).tolist() == [True, False, False]
