"""The incidents as an OGC API – Features, part 1: what QGIS, GDAL and other map programs read without a plug-in.

`/api/ogc` is its landing page; every document leads to the others. Coordinates are CRS84: longitude, latitude.
"""

from typing import Annotated, Any, Literal, TypeAlias
from urllib.parse import quote

import msgspec
from msgspec import Meta, Struct, field
from starlette.responses import RedirectResponse, Response

from dateline.codes import EventType
from dateline.desk import features
from dateline.desk.page import Dict, Reply, Visit, address
from dateline.desk.pages.incident import found
from dateline.desk.people import now
from dateline.desk.problems import NotFound
from dateline.incidents.shelf import Shelf
from dateline.incidents.types import Happened, Status

ROOT = "/api/ogc"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
CONFORMS = tuple(f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{each}" for each in ("core", "geojson"))
SIZE, MOST = 100, 1_000  # features of one page
_JSON, _GEOJSON, _HTML = "application/json", "application/geo+json", "text/html"
_OPENAPI = "application/vnd.oai.openapi+json;version=3.1"
As: TypeAlias = Literal["json", "html"]


class Document(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`f` is the form: html leads to the page of the desk that shows the same to people."""

    f: As = "json"


class Items(Document, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which features, and which page of them. A limit beyond what one page may hold is as that."""

    bbox: Annotated[str, Meta(max_length=200)] | None = None
    days: Annotated[str, Meta(max_length=80)] | None = field(name="datetime", default=None)
    limit: Annotated[int, Meta(ge=1, le=2**53)] = SIZE
    offset: Annotated[int, Meta(ge=0, le=2**53)] = 0
    event: EventType | None = None
    status: Status | None = None
    happened: Happened | None = None

    def wanted(self) -> features.Wanted:
        since, until = features.days_of(self.days)
        return features.Wanted(
            box=features.box_of(self.bbox), since=since, until=until, event=self.event, status=self.status,
            happened=self.happened,
        )  # fmt: skip


def landing(visit: Visit) -> Response:
    return _document(visit, "/api/docs", {
        "title": "Incidents of a Dateline ledger",
        "description": "What many reports claim of each incident, set side by side; every feature leads to its claims.",
        "links": [
            _link(visit, ROOT, "self", _JSON, "this document"),
            _link(visit, "/api/docs", "alternate", _HTML, "the API's addresses, for people"),
            _link(visit, "/api/openapi.json", "service-desc", _OPENAPI, "the API, described"),
            _link(visit, "/api/docs", "service-doc", _HTML, "the API's addresses, for people"),
            _link(visit, f"{ROOT}/conformance", "conformance", _JSON, "what it conforms to"),
            _link(visit, f"{ROOT}/collections", "data", _JSON, "the collections"),
        ],
    })  # fmt: skip


def conformance(visit: Visit) -> Response:
    return _document(visit, "/api/docs", {"conformsTo": list(CONFORMS)})


def collections(visit: Visit) -> Response:
    here = f"{ROOT}/collections"
    return _document(visit, "/map", {
        "links": [
            _link(visit, here, "self", _JSON, "this document"),
            _link(visit, "/map", "alternate", _HTML, "the map"),
        ],
        "collections": [_collection(visit)],
    })  # fmt: skip


def collection(visit: Visit) -> Response:
    _check(visit)
    return _document(visit, "/map", _collection(visit))


def _collection(visit: Visit) -> Dict:
    here = f"{ROOT}/collections/incidents"
    with visit.desk.shelf() as shelf:
        extent = _extent(shelf)
    return {
        "id": "incidents",
        "title": "Incidents",
        "description": "A feature an incident. One whose place is known no better than a country has no geometry.",
        "itemType": "feature",
        "crs": [CRS84],
        "extent": extent,
        "links": [
            _link(visit, here, "self", _JSON, "this document"),
            _link(visit, "/map", "alternate", _HTML, "the map"),
            _link(visit, f"{here}/items", "items", _GEOJSON, "the incidents"),
            _link(visit, "/incidents", "items", _HTML, "the incidents, for people"),
        ],
    }


def _extent(shelf: Shelf) -> Dict:
    """The box and the days of all incidents, from the index alone."""
    with shelf.reading() as connection:
        north, south = (connection.exec_driver_sql(sql).scalar() for sql in (_NORTH, _SOUTH))
        west, east = connection.exec_driver_sql(_WIDTH).one()
        first, last = (connection.exec_driver_sql(sql).scalar() for sql in (_FIRST, _LAST))
    box = [-180, -90, 180, 90] if south is None else [west, south, east, north]
    ends = [f"{day}T00:00:00Z" if day else None for day in (first, last)]
    return {"spatial": {"bbox": [box], "crs": CRS84}, "temporal": {"interval": [ends], "trs": GREGORIAN}}


_SOUTH = "SELECT min(lat) FROM incidents INDEXED BY incidents_by_spot WHERE lat IS NOT NULL"
_NORTH = "SELECT max(lat) FROM incidents INDEXED BY incidents_by_spot WHERE lat IS NOT NULL"
_WIDTH = "SELECT min(lon), max(lon) FROM incidents INDEXED BY incidents_by_spot WHERE lat IS NOT NULL"
_FIRST = "SELECT min(first_day) FROM incidents INDEXED BY incidents_by_spot"
_LAST = "SELECT max(last_day) FROM incidents"


def items(visit: Visit) -> Response:
    _check(visit)
    asked: Items = visit.query
    wanted, limit = asked.wanted(), min(asked.limit, MOST)
    if asked.f == "html":
        return _shown_to_people(asked, wanted)
    with visit.desk.shelf() as shelf:
        found = features.find(shelf, wanted, limit=limit, offset=asked.offset)
    root = _root(visit)
    here = f"{ROOT}/collections/incidents/items"
    links = [
        _link(visit, visit.address(), "self", _GEOJSON, "this document"),
        _link(visit, visit.address(f="html"), "alternate", _HTML, "the incidents, for people"),
        _link(visit, f"{ROOT}/collections/incidents", "collection", _JSON, "the collection"),
    ]
    if asked.offset + len(found.incidents) < found.matched and found.incidents:
        filters = {name: value for name, value in visit.request.query_params.items() if value.strip()}
        following = address(here, {**filters, "limit": limit, "offset": asked.offset + limit})
        links.append(_link(visit, following, "next", _GEOJSON, "the following features"))
    if asked.offset:
        before = visit.address(limit=limit, offset=max(0, asked.offset - limit))
        links.append(_link(visit, before, "prev", _GEOJSON, "the features before"))
    return _answer({
        "type": "FeatureCollection",
        "links": links,
        "timeStamp": now(),
        "numberMatched": found.matched,
        "numberReturned": len(found.incidents),
        "features": [features.feature(each, root) for each in found.incidents],
    }, _GEOJSON)  # fmt: skip


def _shown_to_people(asked: Items, wanted: features.Wanted) -> Response:
    """The list of the desk that comes nearest: it has days, types and status; boxes are the map's."""
    filters = {"since": wanted.since, "until": wanted.until, "event": wanted.event, "status": wanted.status,
               "happened": wanted.happened, "every": None if wanted.happened or wanted.status else "true"}  # fmt: skip
    if asked.bbox:
        ends = {"since": wanted.since, "until": wanted.until}
        return RedirectResponse(address("/map", {**ends, "bbox": asked.bbox, "within": "true"}), 303)
    return RedirectResponse(address("/incidents", filters), 303)


def item(visit: Visit) -> Response:
    _check(visit)
    with visit.desk.book() as book:
        incident = found(book, visit.path["id"])
    page = f"/incidents/{incident.id}"
    if visit.query.f == "html":
        return RedirectResponse(page, 303)
    here = f"{ROOT}/collections/incidents/items/{incident.id}"
    made = features.feature(incident, _root(visit))
    made["links"] = [
        _link(visit, here, "self", _GEOJSON, "this document"),
        _link(visit, page, "alternate", _HTML, "the incident, for people"),
        _link(visit, f"{page}.json", "describedby", _JSON, "its claims, with reports, spans and quotes"),
        _link(visit, f"{ROOT}/collections/incidents", "collection", _JSON, "the collection"),
    ]
    return _answer(made, _GEOJSON)


def _check(visit: Visit) -> None:
    name = visit.path.get("collection", "incidents")
    if name != "incidents":
        raise NotFound(f"There is no collection {name[:40]!r}; `incidents` is the one there is.")


def _document(visit: Visit, page: str, made: Dict) -> Response:
    return RedirectResponse(page, 303) if visit.query.f == "html" else _answer(made, _JSON)


def _answer(made: Dict, media_type: str) -> Response:
    return Response(msgspec.json.encode(made), media_type=media_type)


def _link(visit: Visit, path: str, rel: str, media_type: str, title: str) -> dict[str, Any]:
    return {"href": _root(visit) + path, "rel": rel, "type": media_type, "title": title}


def _root(visit: Visit) -> str:
    """Where the desk lies, as it was called: links of the standard are whole addresses."""
    url = visit.request.base_url
    return quote(f"{url.scheme}://{url.netloc}", safe=":/[]@.%-_~")


_COLLECTION = f"{ROOT}/collections/{{collection}}"
REPLIES = (
    Reply(path=ROOT, name="ogc", title="OGC API – Features: landing page", make=landing, query=Document),
    Reply(path=f"{ROOT}/conformance", name="ogc.conformance", title="What it conforms to", make=conformance,
          query=Document),
    Reply(path=f"{ROOT}/collections", name="ogc.collections", title="The collections", make=collections,
          query=Document),
    Reply(path=_COLLECTION, name="ogc.collection", title="The collection of incidents", make=collection,
          query=Document),
    Reply(path=f"{_COLLECTION}/items", name="ogc.items", title="Incidents as GeoJSON features", make=items,
          query=Items),
    Reply(path=f"{_COLLECTION}/items/{{id}}", name="ogc.item", title="One incident as a feature", make=item,
          query=Document),
)  # fmt: skip
