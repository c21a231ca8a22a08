"""Map and timeline: what the page, its twin and the island agree on, and what is never drawn as a spot."""

import csv
import io
import re
from typing import Any, get_args

import pytest

from dateline.codes import EventType, PlacePrecision
from dateline.desk.pages import map as page
from dateline.incidents.types import Spot
from tests.desk.conftest import Browser


def spot(precision: PlacePrecision | None, where_prec: int | None, radius_km: float | None, **more: Any) -> Spot:
    at = {"lat": 10.0, "lon": 20.0, **more}
    return Spot(name="Dunmarrow", written="Dunmarrow", precision=precision, where_prec=where_prec,
                radius_km=radius_km, geonames_id=7, **at)  # fmt: skip


def test_each_event_type_is_in_one_family() -> None:
    listed = [event for family in page.FAMILIES for event in family.events]
    assert sorted(listed) == sorted(get_args(EventType))


@pytest.mark.parametrize(
    ("place", "drawn"),
    [
        (spot("exact", 1, 5.0), "spot"),
        (spot("near", 2, 25.0), "spot"),
        (spot("near", 2, 60.0), "area"),
        (spot("district", 3, 20.0), "area"),
        (spot("province", 4, 90.0), "area"),
        (spot("part_of_country", 5, 200.0), "none"),
        (spot("country", 6, 300.0), "none"),
        (spot("region", 5, 10.0), "none"),
        (spot("water", 7, 10.0), "none"),
        (spot("exact", 1, None, lat=None, lon=None), "none"),
        (None, "none"),
    ],
)
def test_a_place_is_a_spot_only_where_it_is_known_so_well(place: Spot | None, drawn: str) -> None:
    made = page.place_row(place)
    assert made["drawn"] == drawn
    assert (made["reason"] is not None) == (drawn == "none")
    assert (made["lat"] is None) == (drawn == "none")
    assert (made["division"] is not None) == (drawn == "area")


def test_the_twin_holds_what_the_island_reads(browser: Browser) -> None:
    twin = browser.get("/map.json?also=1").json()
    assert twin["schema"] == page.SCHEMA
    found = twin["incidents"]
    assert {each["happened"] for each in found} >= {"happened", "possible"}
    assert {
        "id",
        "sentence",
        "family",
        "origins",
        "first_day",
        "last_day",
        "day_known",
        "killed",
        "place",
        "drawn",
    } <= set(found[0])
    families = {each["key"] for each in twin["families"]}
    assert all(each["family"] in families for each in found)
    days = [each["last_day"] or "" for each in found]
    assert days == sorted(days, reverse=True)


def test_filters_are_those_of_the_island(browser: Browser) -> None:
    every = browser.get("/map.json?also=1").json()["incidents"]
    happened = browser.get("/map.json").json()["incidents"]
    assert len(happened) < len(every)
    assert all(each["happened"] == "happened" for each in happened)
    strikes = browser.get("/map.json?types=strikes").json()["incidents"]
    assert strikes
    assert {each["family"] for each in strikes} == {"strikes"}
    assert browser.get("/map.json?since=2031-01-01").json()["incidents"] == []
    around = browser.get("/map.json?bbox=-10,-10,10,10").json()["incidents"]
    assert len(around) == len(happened)  # a box alone is only what the map shows
    assert all(
        each["drawn"] != "none" for each in browser.get("/map.json?bbox=-180,-90,180,90&within=1").json()["incidents"]
    )


@pytest.mark.parametrize(
    "query", ["types=nonsense", "bbox=1,2,3", "bbox=10,0,5,1", "bbox=a,b,c,d", "since=soon", "unit=hour", "zoom=1"]
)
def test_what_cannot_be_read_is_one_clear_line(browser: Browser, query: str) -> None:
    answer = browser.get(f"/map.json?{query}")
    assert answer.status_code == 400
    assert query.partition("=")[0] in answer.json()["detail"]


def test_the_page_holds_a_table_without_the_island(browser: Browser) -> None:
    html = browser.get("/map").text
    rows = re.findall(r'<tr data-item data-incident="([0-9a-f]+)">', html)
    assert rows == [each["id"] for each in browser.get("/map.json").json()["incidents"]]
    assert "<noscript>" in html
    assert 'data-island="map"' in html


def test_the_table_as_csv(browser: Browser) -> None:
    rows = list(csv.DictReader(io.StringIO(browser.get("/map.csv").text)))
    assert [row["id"] for row in rows] == [each["id"] for each in browser.get("/map.json").json()["incidents"]]
    assert set(rows[0]) == set(page.COLUMNS)


def test_files_of_the_island_are_served(browser: Browser) -> None:
    html = browser.get("/map").text
    found = re.findall(r'(?:src|href|data-basemap|data-labels)="(/static/[^"]+)"', html)
    assert any("islands-" in each for each in found)
    for each in found:
        assert browser.get(each).status_code == 200, each


def test_the_page_holds_no_more_rows_than_are_asked_for(browser: Browser) -> None:
    few = browser.get("/map.json?also=1&size=1").json()
    assert len(few["incidents"]) == 1
    assert few["cut"]
    assert not browser.get("/map.json?also=1").json()["cut"]
    assert "page through all incidents" in browser.get("/map?size=1").text
