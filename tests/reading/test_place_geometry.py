"""Shapes of told places: rings closed, on the right side of the anchor, the radius covering what it should."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from dateline.reading import place_geometry as geometry
from dateline.reading.place_geometry import Extent, Shape
from dateline.world.geometry import BEARINGS, bearing_deg, distance_km, turn_between

TOWN = Extent(lat=36.0, lon=43.0, radius_km=10.0, size="point")
OTHER = Extent(lat=36.0, lon=44.0, radius_km=4.0, size="point")
LAND = Extent(lat=33.0, lon=44.0, radius_km=370.0, size="country", box=(38.8, 29.1, 48.6, 37.4), countries=("IQ",))
BESIDE = Extent(lat=35.0, lon=38.0, radius_km=240.0, size="country", box=(35.7, 32.3, 42.4, 37.3), countries=("SY",))
RIVER = Extent(
    lat=35.0, lon=41.0, radius_km=700.0, size="water", line=((38.8, 38.5), (36.8, 38.0), (35.3, 40.1), (31.0, 46.5))
)  # fmt: skip


def shapes() -> Iterator[tuple[str, Shape]]:
    yield "near", geometry.near([TOWN])
    yield "around", geometry.near([TOWN, OTHER])
    yield "ring", geometry.at_distance(TOWN, 50.0, "exact", None)
    yield "circle", geometry.at_distance(TOWN, 50.0, "at_most", None)
    for word, bearing in BEARINGS.items():
        yield f"50 km {word}", geometry.at_distance(TOWN, 50.0, "about", bearing)
        yield f"{word} of", geometry.beyond(TOWN, bearing)
        yield f"{word} side", geometry.side(TOWN, bearing)
        yield f"{word} outskirts", geometry.outskirts(TOWN, bearing)
        yield f"{word} of a country", geometry.side(LAND, bearing)
    yield "central", geometry.side(LAND, None)
    yield "whole", geometry.whole(LAND)
    yield "between", geometry.between(TOWN, OTHER)
    yield "road", geometry.road([TOWN, OTHER])
    yield "road to", geometry.road([TOWN])
    yield "along", geometry.along(RIVER, None)
    yield "coast", geometry.coast([LAND], None)
    yield "border", geometry.border([LAND, BESIDE], (), None)
    yield "border of one", geometry.border([LAND], (), None)


@pytest.mark.parametrize(("name", "shape"), list(shapes()), ids=[name for name, _ in shapes()])
def test_geometry_is_valid_geojson(name: str, shape: Shape) -> None:
    made = json.loads(json.dumps(shape.geometry))
    assert set(made) == {"type", "coordinates"}
    for lon, lat in _positions(made):
        assert -180 <= lon <= 180
        assert -90 <= lat <= 90
    if made["type"] == "Polygon":
        for ring in made["coordinates"]:
            assert len(ring) >= 4
            assert ring[0] == ring[-1]
    if made["type"] == "LineString":
        assert len(made["coordinates"]) >= 2


def _positions(made: dict[str, Any]) -> Iterator[list[float]]:
    pending = [made["coordinates"]]
    while pending:
        each = pending.pop()
        if isinstance(each[0], list):
            pending += each
        else:
            yield each


@pytest.mark.parametrize("word", ["north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"])
def test_the_middle_lies_on_the_told_side(word: str) -> None:
    bearing = BEARINGS[word]
    for shape in (
        geometry.at_distance(TOWN, 50.0, "exact", bearing),
        geometry.beyond(TOWN, bearing),
        geometry.side(TOWN, bearing),
        geometry.outskirts(TOWN, bearing),
    ):
        assert turn_between(bearing_deg(TOWN.lat, TOWN.lon, shape.lat, shape.lon), bearing) < 2
    middle = (LAND.box[0] + LAND.box[2]) / 2, (LAND.box[1] + LAND.box[3]) / 2  # type: ignore[index]
    part = geometry.side(LAND, bearing)
    assert turn_between(bearing_deg(middle[1], middle[0], part.lat, part.lon), bearing) < 30


@pytest.mark.parametrize("bearing", [0.0, 45.0, 200.0])
def test_the_radius_covers_the_sector(bearing: float) -> None:
    shape = geometry.at_distance(TOWN, 80.0, "exact", bearing)
    far = max(distance_km(shape.lat, shape.lon, lat, lon) for lon, lat in _positions(shape.geometry))
    assert far == pytest.approx(shape.radius_km, abs=0.5)
    assert distance_km(TOWN.lat, TOWN.lon, shape.lat, shape.lon) == pytest.approx(80.0, abs=0.1)


def test_bounds_of_a_distance() -> None:
    exact = geometry.at_distance(TOWN, 40.0, "exact", None)
    most = geometry.at_distance(TOWN, 40.0, "at_most", None)
    assert len(exact.geometry["coordinates"]) == 2  # a ring has a hole
    assert len(most.geometry["coordinates"]) == 1
    assert (exact.lat, exact.lon) == (TOWN.lat, TOWN.lon)
    assert exact.radius_km >= 40


def test_near_a_town_keeps_to_a_limited_area() -> None:
    assert geometry.near([TOWN]).radius_km == 25.0
    metropolis = Extent(lat=36.0, lon=43.0, radius_km=40.0, size="point")
    assert geometry.near([metropolis]).radius_km == 40.0


def test_a_part_of_a_country_lies_among_its_provinces() -> None:
    provinces = [(36.5, 43.0), (36.2, 44.0), (35.5, 44.4), (34.8, 43.5), (30.5, 47.8), (31.0, 46.2)]
    north = geometry.side(LAND, 0.0, provinces)
    assert (north.lat, north.lon) == (pytest.approx(35.75), pytest.approx(43.725))
    assert north.radius_km < geometry.side(LAND, 0.0).radius_km
    assert north.geometry == geometry.side(LAND, 0.0).geometry


def test_a_river_is_cut_to_the_country_spoken_of() -> None:
    home = BESIDE.box
    assert home is not None
    cut, whole = geometry.along(RIVER, home), geometry.along(RIVER, None)
    assert cut.radius_km < whole.radius_km
    assert all(geometry.in_box(lat, lon, home) for lon, lat in cut.geometry["coordinates"])


def test_a_border_without_a_course_is_where_the_boxes_meet() -> None:
    shape = geometry.border([LAND, BESIDE], (), None)
    assert 38 < shape.lon < 43
    assert 32 < shape.lat < 37.7
    course = ((37.1, 42.4), (34.4, 41.0), (33.4, 38.8))
    assert geometry.border([LAND, BESIDE], course, None).geometry["type"] == "LineString"


def test_between_is_a_band_with_its_middle_halfway() -> None:
    shape = geometry.between(TOWN, OTHER)
    half = distance_km(TOWN.lat, TOWN.lon, OTHER.lat, OTHER.lon) / 2
    assert distance_km(TOWN.lat, TOWN.lon, shape.lat, shape.lon) == pytest.approx(half, abs=0.1)
    assert shape.radius_km == pytest.approx(half, rel=0.15)


def test_boxes_end_at_the_antimeridian() -> None:
    ocean = Extent(lat=0.0, lon=-160.0, radius_km=6000.0, size="water")
    west, _, east, _ = geometry.box_of(ocean)
    assert (west, east) == (-180.0, pytest.approx(-106.0, abs=0.2))
