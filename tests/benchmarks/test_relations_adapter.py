"""The benchmark of told places: its labels, and what it counts, on invented records."""

import json
import tomllib
from hashlib import sha256
from typing import Any

import pytest

from benchmarks.adapters.relations import LABELS, Told, matched, predicted, within

KINDS = {"distance", "direction_of", "part", "near", "around", "between", "along", "border", "road"}
SQUARE = {"type": "Polygon", "coordinates": [[[40.0, 30.0], [42.0, 30.0], [42.0, 32.0], [40.0, 32.0], [40.0, 30.0]]]}


def told(kind: str, *spans: tuple[int, int], **more: Any) -> Told:
    given = {"doc": "a", "lat": 31.0, "lon": 41.0, "distance_km": None, "bearing": None} | more
    return Told(kind=kind, spans=spans, **given)


def place(span: tuple[int, int], relation: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {"span": list(span), "lat": 31.0, "lon": 41.0, "radius_km": 10.0, "relation": relation} | more


def test_labels_keep_their_form() -> None:
    rows = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]
    parts: dict[str, set[str]] = {"development": set(), "held_out": set()}
    for row in rows:
        parts[row["part"]].add(row["id"])
        assert not {"text", "target"} & set(row), "labels carry no text of others"
        if row["kind"] is None:
            continue
        start, end = row["span"]
        assert row["kind"] in KINDS
        assert 0 <= start < end <= row["shown_to"]
        assert -90 <= row["lat"] <= 90
        assert -180 <= row["lon"] <= 180
        assert row["anchors"]
    assert not parts["development"] & parts["held_out"]
    label = tomllib.loads(LABELS.with_suffix(".toml").read_text("utf-8"))
    assert label["sha256"] == sha256(LABELS.read_bytes()).hexdigest()


def test_relations_of_a_record() -> None:
    near = {"kind": "near", "anchors": [place((5, 10))], "geometry": SQUARE}
    part = {"kind": "part", "anchors": [place((25, 30), {"kind": "near", "anchors": []})]}
    places = [place((0, 10), near), place((12, 15)), place((20, 30), part), place((0, 4), near) | {"in": "title"}]
    found = list(predicted({"id": "a", "mentions": {"places": places}}, 100))
    assert [(each.kind, each.spans) for each in found] == [("near", ((0, 10), (5, 10))), ("part", ((20, 30), (25, 30)))]
    assert [each.kind for each in predicted({"id": "a", "mentions": {"places": places}}, 25)] == ["near"]


def test_matches_are_one_to_one_and_of_one_kind() -> None:
    gold = [told("near", (10, 20)), told("near", (30, 40)), told("part", (50, 60))]
    read = [told("near", (12, 20)), told("near", (15, 20)), told("near", (0, 5), (35, 40)), told("near", (50, 60))]
    assert matched(gold, read) == [(gold[0], read[0]), (gold[1], read[2])]
    assert len(matched(gold, read, same_kind=False)) == 3
    assert matched(gold, [told("near", (10, 20), doc="b")]) == []


@pytest.mark.parametrize(
    ("lat", "lon", "radius_km", "geometry", "expected"),
    [
        (31.05, 41.0, 10.0, None, True),
        (31.5, 41.0, 10.0, None, False),
        (31.5, 41.0, 10.0, SQUARE, True),
        (31.5, 43.0, 10.0, SQUARE, False),
        (31.5, 41.0, 10.0, {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"]]}, True),
        (31.5, 41.0, None, {"type": "Point", "coordinates": [41.0, 31.5]}, False),
    ],
)
def test_within(
    lat: float, lon: float, radius_km: float | None, geometry: dict[str, Any] | None, expected: bool
) -> None:
    label = told("near", (0, 5), lat=lat, lon=lon)
    assert within(label, told("near", (0, 5), radius_km=radius_km, geometry=geometry)) is expected
