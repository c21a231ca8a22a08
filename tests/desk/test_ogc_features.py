"""OGC API – Features: its documents as the standard has them, and what GDAL reads from it."""

import json
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn

from dateline.desk import features
from dateline.desk.app import make_app
from dateline.desk.desk import Desk
from dateline.desk.pages import ogc
from dateline.desk.problems import BadRequest
from tests.desk.conftest import Browser, Client

ITEMS = "/api/ogc/collections/incidents/items"


def got(browser: Browser, address: str) -> Any:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json()


def follow(browser: Browser, links: list[dict[str, str]], rel: str, kind: str = "json") -> Any:
    """The document behind a link, which must be a whole address of this desk."""
    link = next(each for each in links if each["rel"] == rel and kind in each["type"])
    parts = urlsplit(link["href"])
    assert (parts.scheme, parts.netloc) == ("http", "localhost")
    answer = browser.get(f"{parts.path}?{parts.query}")
    assert answer.status_code == 200, link
    return answer.json() if kind == "json" else answer.text


def test_from_the_landing_page_links_lead_to_everything(browser: Browser) -> None:
    landing = got(browser, "/api/ogc")
    assert ogc.CONFORMS[0] in follow(browser, landing["links"], "conformance")["conformsTo"]
    assert ITEMS.replace("incidents/", "{collection}/") in follow(browser, landing["links"], "service-desc")["paths"]
    assert "<h1>" in follow(browser, landing["links"], "service-doc", "html")
    (collection,) = follow(browser, landing["links"], "data")["collections"]
    assert collection["extent"]["spatial"]["bbox"] == [[-119.0, -37.0, -119.0, -37.0]]
    assert collection["extent"]["temporal"]["interval"][0][0].startswith("2024-03-04T")
    assert collection == got(browser, "/api/ogc/collections/incidents") | {"links": collection["links"]}
    assert follow(browser, collection["links"], "items")["type"] == "FeatureCollection"
    assert "<h1>" in follow(browser, collection["links"], "items", "html")


def test_features_are_the_shelf_s_incidents_with_their_evidence(browser: Browser) -> None:
    answer = browser.get(ITEMS)
    assert answer.headers["content-type"] == "application/geo+json"
    made = answer.json()
    listed = browser.get("/incidents.json?every=true").json()["incidents"]
    assert made["numberMatched"] == made["numberReturned"] == len(made["features"]) == len(listed)
    assert {each["id"] for each in made["features"]} == {each["id"] for each in listed}
    for each in made["features"]:
        assert each["geometry"] == {"type": "Point", "coordinates": [-119.0, -37.0]}
        evidence = browser.get(urlsplit(each["properties"]["evidence"]).path).json()
        assert evidence["claims"]
        assert evidence["sentence"] == each["properties"]["sentence"]
        one = got(browser, f"{ITEMS}/{each['id']}")
        assert one["properties"] == each["properties"]
        assert follow(browser, one["links"], "self")["id"] == each["id"]
        assert "<h1" in follow(browser, one["links"], "alternate", "html")


def test_pages_go_on_by_their_links_and_hold_each_feature_once(browser: Browser) -> None:
    page = got(browser, f"{ITEMS}?limit=2&happened=&bbox=-180,-90,180,90")
    seen = [each["id"] for each in page["features"]]
    assert page["numberReturned"] == 2
    while any(each["rel"] == "next" for each in page["links"]):
        page = follow(browser, page["links"], "next")
        seen += [each["id"] for each in page["features"]]
    assert len(seen) == len(set(seen)) == page["numberMatched"] == 3
    assert follow(browser, page["links"], "prev")["numberReturned"] == 2
    assert got(browser, f"{ITEMS}?limit=100000")["numberReturned"] == 3


@pytest.mark.parametrize(
    ("filters", "found"),
    [("bbox=-120,-38,-118,-36", 3), ("bbox=-118,-38,-117,-36", 0), ("bbox=100,-40,-110,-30", 3),
     ("bbox=-120,-38,0,-118,-36,9000", 3), ("bbox=241,-38,242,-36", 3),
     ("datetime=2024-03-04", 1), ("datetime=2024-03-07T00:00:00Z/..", 1),
     ("datetime=../2024-03-05", 1), ("datetime=2031-01-01/2031-02-01", 0), ("event=shelling", 2), ("event=siege", 0),
     ("happened=possible", 1), ("status=set_aside", 0),
     ("event=shelling&datetime=2024-03-04&bbox=-120,-38,-118,-36", 1)],
)  # fmt: skip
def test_filters_hold_together(browser: Browser, filters: str, found: int) -> None:
    made = got(browser, f"{ITEMS}?{filters}")
    assert made["numberMatched"] == len(made["features"]) == found


@pytest.mark.parametrize(
    ("address", "status"),
    [(f"{ITEMS}?bbox=1,2,3", 400), (f"{ITEMS}?bbox=a,b,c,d", 400), (f"{ITEMS}?bbox=0,9,1,5", 400),
     (f"{ITEMS}?bbox=nan,nan,nan,nan", 400), (f"{ITEMS}?bbox=inf,0,inf,1", 400),
     (f"{ITEMS}?datetime=soon", 400), (f"{ITEMS}?datetime=2024-03-09/2024-03-01", 400), (f"{ITEMS}?datetime=..", 400),
     (f"{ITEMS}?datetime=2024-13-01", 400), (f"{ITEMS}?limit=0", 400), (f"{ITEMS}?limit=many", 400),
     (f"{ITEMS}?offset=-1", 400), (f"{ITEMS}?offset=99999999999999999999999", 400), (f"{ITEMS}?event=party", 400),
     (f"{ITEMS}?colour=red", 400), (f"{ITEMS}/nothing", 404), ("/api/ogc/collections/towns", 404),
     ("/api/ogc/collections/towns/items", 404), ("/api/ogc/collections/%00/items/%00", 404)],
)  # fmt: skip
def test_what_cannot_be_is_a_problem_in_one_line(browser: Browser, address: str, status: int) -> None:
    answer = browser.get(address, headers={"Accept": "application/geo+json"})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert "\n" not in answer.json()["detail"]


def test_the_form_for_people_is_the_desk_s_own_page(browser: Browser) -> None:
    led = browser.get(f"{ITEMS}?event=shelling&f=html", follow_redirects=False)
    assert led.status_code == 303
    assert led.headers["location"] == "/incidents?event=shelling&every=true"
    assert browser.get(f"{ITEMS}?bbox=-120,-38,-118,-36&f=html").status_code == 200
    assert browser.get("/api/ogc?f=html").status_code == 200


def test_a_token_that_may_read_reads_features_and_nobody_else_does(signed_in: Client, guarded: Desk) -> None:
    nobody = signed_in()
    assert nobody.get(ITEMS).status_code == 401
    _, reads = guarded.people.add_token("the reader", ("read",), "map")
    _, adds = guarded.people.add_token("the coder", ("add",), "feed")
    assert nobody.get(ITEMS, headers={"Authorization": f"Bearer {reads}"}).json()["numberMatched"] == 3
    assert nobody.get(ITEMS, headers={"Authorization": f"Bearer {adds}"}).status_code == 403
    assert nobody.get("/api/ogc", headers={"Authorization": "Bearer nonsense"}).status_code == 401
    assert signed_in("reader").get(ITEMS).status_code == 200


def test_a_place_known_only_to_a_country_is_in_no_box(desk: Desk) -> None:
    with desk.shelf() as shelf:
        with shelf.writing() as connection:
            connection.exec_driver_sql("UPDATE incidents SET lat = NULL, lon = NULL WHERE event = 'offensive'")
        world = features.Wanted(box=(-180.0, -90.0, 180.0, 90.0))
        assert features.find(shelf, world, limit=10, offset=0).matched == 2
        assert features.find(shelf, features.Wanted(), limit=10, offset=0).matched == 3


def test_days_and_boxes_as_the_standard_writes_them() -> None:
    assert features.days_of("2024-03-04T10:00:00+01:00/") == (date(2024, 3, 4), None)
    assert features.box_of("-200,-10,200,10") == (-180.0, -10.0, 180.0, 10.0)
    assert features.box_of("170,-10,190,10") == (170.0, -10.0, -170.0, 10.0)
    with pytest.raises(BadRequest):
        features.box_of("1e400,0,1,1")


# --- a real client ---------------------------------------------------------------------------------------------------

needs_gdal = pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="ogrinfo is not here: apt-get install gdal-bin")


@pytest.fixture
def served(desk: Desk) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(make_app(desk), host="127.0.0.1", port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@needs_gdal
def test_gdal_reads_the_collection_and_filters_by_box(served: str, tmp_path: Path) -> None:
    source = f"OAPIF:{served}/api/ogc"
    told = subprocess.run(["ogrinfo", "-ro", "-al", "-so", source], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert "Layer name: incidents" in told.stdout
    assert re.search(r"Feature Count: 3\b", told.stdout), told.stdout
    assert "Geometry: Point" in told.stdout
    for box, found in ((("-120", "-38", "-118", "-36"), 3), (("0", "0", "10", "10"), 0)):
        out = tmp_path / f"{found}.geojson"
        args = ["ogr2ogr", "-f", "GeoJSON", str(out), source, "incidents", "-spat", *box]
        made = subprocess.run(args, capture_output=True, text=True, check=False)
        assert made.returncode == 0, made.stderr
        assert len(json.loads(out.read_text("utf-8"))["features"]) == found


@needs_gdal
def test_gdal_goes_from_page_to_page(served: str, tmp_path: Path) -> None:
    out = tmp_path / "paged.csv"
    args = ["ogr2ogr", "-f", "CSV", "-oo", "PAGE_SIZE=1", str(out), f"OAPIF:{served}/api/ogc", "incidents"]
    made = subprocess.run(args, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    rows = out.read_text("utf-8").splitlines()
    assert len(rows) == 4
    assert "shelling" in "".join(rows)
