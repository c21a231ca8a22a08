"""Our own regions: they double no place of the other tables, and their lines and boxes can be drawn."""

import csv
import math
import time
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pytest

from dateline.world import gazetteer as table
from dateline.world import labels
from dateline.world.countries import country_of_name
from dateline.world.gazetteer import box_of, gazetteer, key_of, line_of

ROWS = labels.read_table("regions")
NAMES = [row["id"] for row in ROWS]
DIVISIONS = Path(__file__).parents[2] / "training" / "tables" / "divisions.csv"
LAST_PROVINCE = 443  # provinces stand in the first rows, for the spellings news has of them; no new one is added
OLD_DOUBLES = set(
    """
    red-sea dardanelles zambezi inhulets yarmouk-camp gaza-strip west-bank east-jerusalem mount-lebanon sadr-city
    sahel abyei equatoria kasai rutshuru crimea transnistria abkhazia northern-ireland basque-country punjab
    kashmir bastar coxs-bazar golden-triangle papua bougainville guazapa guantanamo-bay diego-garcia rukban
    capitol-hill masisi north-waziristan south-waziristan swat
    """.split()
)  # rows older than this rule: their numbers are the ids of places in records


def km(one: tuple[float, float], other: tuple[float, float]) -> float:
    lat, lon = math.radians(one[0]), math.radians(other[0])
    half = math.sin((lon - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(lon) * math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    return 12742 * math.asin(math.sqrt(half))


def point_of(row: dict[str, str]) -> tuple[float, float]:
    return float(row["lat"]), float(row["lon"])


@lru_cache(maxsize=1)
def divisions() -> dict[str, list[tuple[float, float]]]:
    made: dict[str, list[tuple[float, float]]] = {}
    with DIVISIONS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in (row["name"], *row["aliases"].split("|")):
                made.setdefault(key_of(name), []).append((float(row["lat"]), float(row["lon"])))
    return made


def doubles(row: dict[str, str]) -> str | None:
    """What a region's own name names already, near by: a country, a division, a town."""
    name, here, radius = row["name"], point_of(row), float(row["radius_km"])
    if country_of_name(name):
        return "country"
    if any(km(here, there) < max(60.0, 1.2 * radius) for there in divisions().get(key_of(name), [])):
        return "division"
    towns = gazetteer().find([key_of(name)]).get(key_of(name), ())
    near = max(15.0, min(radius, 60.0))
    return "town" if any(t.id > 0 and km(here, (t.lat, t.lon)) < near for t in towns) else None


def test_no_region_doubles_a_country_a_division_or_a_town() -> None:
    found = {row["id"]: what for row in ROWS if row["kind"] != "province" and (what := doubles(row))}
    assert {name: what for name, what in found.items() if name not in OLD_DOUBLES} == {}
    assert set(found) == OLD_DOUBLES  # one that doubles nothing any more leaves the list


def test_no_province_is_added() -> None:
    assert all(row["kind"] != "province" for row in ROWS[LAST_PROVINCE:])


def test_one_name_in_one_place_is_one_region() -> None:
    seen: dict[str, list[dict[str, str]]] = {}
    for row in ROWS:
        for key in {key_of(name) for name in (row["name"], *row["aliases"].split("|")) if name}:
            seen.setdefault(key, []).append(row)
    close = [
        (key, one["id"], other["id"])
        for key, rows in seen.items()
        for n, one in enumerate(rows)
        for other in rows[n + 1 :]
        if km(point_of(one), point_of(other)) < 30
    ]
    assert close == []


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_a_row_can_be_drawn(row: dict[str, str]) -> None:
    lat, lon = point_of(row)
    radius = float(row["radius_km"])
    assert -90 <= lat <= 90
    assert -180 <= lon <= 180
    assert 0 < radius <= 8000
    if line := line_of(row["line"]):
        assert 4 <= len(line) <= 14
        assert all(-90 <= y <= 90 and -180 <= x <= 180 for y, x in line)
        assert all(0 < km(a, b) < 2500 for a, b in pairwise(line))
        assert min(km((lat, lon), point) for point in line) < max(60.0, 1.2 * radius)
    if box := box_of(row["box"]):
        west, south, east, north = box
        assert -90 <= south < north <= 90
        assert -180 <= west <= 180
        assert -180 <= east <= 180
        assert south <= lat <= north
        assert west <= lon <= east if west < east else lon >= west or lon <= east  # over the 180th meridian


def test_rivers_have_their_course() -> None:
    assert [row["id"] for row in ROWS if row["kind"] == "river" and not row["line"]] == []
    (tigris,) = gazetteer().lookup("Tigris River")
    assert tigris.detail == "river"
    assert (36.34, 43.12) in tigris.line  # Mosul
    assert tigris.line[0][0] > tigris.line[-1][0]  # from source to mouth


def test_seas_have_a_box() -> None:
    (gulf,) = gazetteer().lookup("the Gulf")
    assert gulf.box == (47.5, 23.8, 56.5, 30.5)
    assert gazetteer().lookup("Camp Bondsteel")[0].box is None


def test_the_table_is_read_quickly() -> None:
    def seconds() -> float:
        table._region_rows.cache_clear()
        table.regions_by_key.cache_clear()
        start = time.process_time()
        table.regions_by_key()
        return time.process_time() - start

    assert min(seconds() for _ in range(5)) < 0.03  # 8 ms on the machine it was written on
