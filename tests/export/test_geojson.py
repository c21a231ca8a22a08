"""GeoJSON by the structure that RFC 7946 asks for, and honest about what is not known to a spot."""

import json
from pathlib import Path
from typing import Any

import pytest
from export_incidents import ALL, COUNTRY, FULL, IN_COUNTRY, IN_PROVINCE, KESHEN, NO_PLACE, PLAIN, claims
from msgspec.structs import replace

from dateline.export import write
from dateline.incidents.types import Incident, Spot
from dateline.version import VERSION


def collection(tmp_path: Path, *incidents: Incident) -> dict[str, Any]:
    write("geojson", incidents, claims, tmp_path / "x.geojson")
    made: dict[str, Any] = json.loads((tmp_path / "x.geojson").read_text("utf-8"))
    return made


def test_it_is_a_feature_collection(tmp_path: Path) -> None:
    made = collection(tmp_path, *ALL)
    assert made["type"] == "FeatureCollection"
    assert "crs" not in made  # RFC 7946 took it out: always WGS 84
    assert made["dateline"] == {"schema": "dateline-geojson/1", "version": VERSION}
    assert [each["id"] for each in made["features"]] == [each.id for each in ALL]
    for feature in made["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        if feature["geometry"] is not None:
            assert set(feature["geometry"]) == {"type", "coordinates"}
            lon, lat = feature["geometry"]["coordinates"]
            assert (-180 <= lon <= 180, -90 <= lat <= 90) == (True, True)


def test_an_empty_collection_is_one_too(tmp_path: Path) -> None:
    assert collection(tmp_path)["features"] == []


def test_longitude_stands_first(tmp_path: Path) -> None:
    (feature,) = collection(tmp_path, PLAIN)["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [43.119, 36.335]}
    assert feature["properties"]["radius_km"] == 25.0
    assert feature["properties"]["located"] == "near this point"


@pytest.mark.parametrize(
    ("incident", "pinned", "located"),
    [
        (PLAIN, True, "near this point"),
        (IN_PROVINCE, True, "the middle of a province: known no better"),
        (IN_COUNTRY, False, "somewhere in Iraq: not drawn"),
        (NO_PLACE, False, "no place is known"),
        (replace(PLAIN, place=replace(KESHEN, lat=None, lon=None)), False, "Keshen is not in the gazetteer"),
        (replace(PLAIN, place=replace(KESHEN, where_prec=None)), True, "near this point"),
        (replace(PLAIN, place=replace(COUNTRY, where_prec=None)), False, "somewhere in Iraq: not drawn"),
        (replace(PLAIN, place=replace(KESHEN, precision="exact", where_prec=1)), True, "the place itself"),
    ],
)
def test_only_what_is_known_to_a_spot_is_drawn(incident: Incident, pinned: bool, located: str, tmp_path: Path) -> None:
    (feature,) = collection(tmp_path, incident)["features"]
    assert (feature["geometry"] is not None) == pinned
    assert feature["properties"]["located"] == located
    place = incident.place or Spot(name="", written="")
    middle = [place.lon, place.lat] if place.lat is not None and not pinned else None
    assert feature["properties"]["centre"] == middle


def test_what_is_not_drawn_is_in_the_loss_report(tmp_path: Path) -> None:
    report = write("geojson", ALL, claims, tmp_path / "x")
    assert [each.incidents for each in report.losses if each.field == "geometry"] == [1]


def test_contradictions_and_parts_stand_in_the_properties(tmp_path: Path) -> None:
    (feature,) = collection(tmp_path, FULL)["features"]
    held = feature["properties"]
    assert [side["says"] for side in held["contradictions"][0]["sides"]] == ["12", "15; perhaps more"]
    assert [part["of"] for part in held["figures"][0]["parts"]] == ["soldiers", "civilians"]
    assert (held["killed_low"], held["killed_best"], held["killed_high"]) == (10, 12, 15)
    assert held["actors"] == ["لواء الفجر", "Ketu clan militia"]
    assert [place["role"] for place in held["places"]] == ["at", "from"]
    assert not [name for name in held if name.startswith("wounded")]  # in figures
