"""Map and timeline: the incidents by place and day, as a table, and as the twin that the island in `web/` draws.

A place is a spot only where it is known to some 30 km; a province or a district is an area; what is known to a country,
a region, "near the border" or not at all is not drawn, and says why.
"""

import tomllib
from collections.abc import Generator, Mapping
from contextlib import closing
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

import msgspec
from msgspec import Meta, Struct

from dateline.codes import EventType, PlacePrecision
from dateline.desk.page import Dict, Nav, Page, Visit, plain
from dateline.desk.problems import BadRequest
from dateline.desk.wording import label
from dateline.incidents import words
from dateline.incidents.sentence import sentence
from dateline.incidents.shelf import Shelf
from dateline.incidents.spots import is_pinned, point_of
from dateline.incidents.types import Estimate, Incident, Spot

SCHEMA = "dateline-map/1"
MOST = 20_000  # incidents that the island asks for, the latest
ROWS = 200  # of the table where nobody asks for more
SPOT_KM = 30.0  # a place known no better than this is an area
Drawn: TypeAlias = Literal["spot", "area", "none"]
Box: TypeAlias = tuple[float, float, float, float]


class Family(Struct, frozen=True):
    """Event types that are drawn alike."""

    key: str
    name: str
    events: tuple[EventType, ...]


FAMILIES = (
    Family("fighting", "Fighting", ("battle", "attack", "offensive", "siege")),
    Family("strikes", "Strikes and explosions", ("air_strike", "shelling", "bombing", "chemical_attack")),
    Family("harm", "Harm done to people", ("killing", "abuse", "abduction", "detention", "casualties")),
    Family("people", "Flight, need, damage, aid", ("displacement", "need", "destruction", "aid")),
    Family(
        "forces", "Forces and territory",
        ("territory_gained", "territory_lost", "territory_held", "deployment", "strength", "surrender", "organisation"),
    ),
    Family(
        "politics", "Talks, demands, protest",
        ("talks", "agreement", "condemnation", "demand", "threat", "sanction", "protest"),
    ),
)  # fmt: skip
_FAMILY_OF: dict[EventType, str] = {event: family.key for family in FAMILIES for event in family.events}
_KNOWN_ONLY: dict[PlacePrecision, str] = {
    "country": "known only to a country",
    "region": "known only to a region without sharp bounds",
    "part_of_country": "known only to a part of a country, or to a line such as a border",
    "water": "at sea or on the water, known no better",
}


class Filters(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The address's fields. `within` makes `bbox` a filter; else it is only the part of the world that the map shows,
    as `span` and `unit` are what the timeline shows."""

    since: date | None = None
    until: date | None = None
    types: Annotated[str, Meta(max_length=200)] | None = None
    bbox: Annotated[str, Meta(max_length=100)] | None = None
    within: bool = False
    also: bool = False
    span: Annotated[str, Meta(max_length=40)] | None = None
    unit: Literal["day", "week", "month"] | None = None
    size: Annotated[int, Meta(ge=1, le=MOST)] = ROWS

    def families(self) -> frozenset[str]:
        """Raises BadRequest: there is no such family."""
        known = {family.key for family in FAMILIES}
        asked = {key for key in (self.types or "").split(",") if key}
        if strange := asked - known:
            raise BadRequest(f"types={min(strange)!r} is none of {', '.join(sorted(known))}.")
        return frozenset(asked or known)

    def box(self) -> Box | None:
        """Raises BadRequest: the box is none."""
        if not self.bbox:
            return None
        try:
            west, south, east, north = (float(part) for part in self.bbox.split(","))
        except ValueError:
            raise BadRequest("bbox takes four numbers: west,south,east,north in degrees.") from None
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            raise BadRequest("bbox takes west,south,east,north in degrees, west below east and south below north.")
        return west, south, east, north


def map_page(visit: Visit) -> Dict:
    asked: Filters = visit.query
    families, seen = asked.families(), asked.box()
    box = seen if asked.within else None
    with visit.desk.shelf() as shelf, closing(_rows(shelf, asked, families)) as rows:
        found = list(islice((each for each in rows if not box or _lies_in(each, box)), asked.size + 1))
    return {
        "schema": SCHEMA,
        "families": [
            {"key": each.key, "name": each.name, "covers": words.listed([label(event) for event in each.events])}
            for each in FAMILIES
        ],
        "incidents": found[: asked.size],
        "cut": len(found) > asked.size,
        "most": MOST,
        "chosen": sorted(families),
        "filters": plain(asked),
        "files": _files(),
    }


def _rows(shelf: Shelf, asked: Filters, families: frozenset[str]) -> Generator[dict[str, Any], None, None]:
    """The incidents of the days and types that are asked for, the latest first."""
    tests: list[str] = ["status <> 'set_aside'"]
    values: list[str] = []
    if not asked.also:
        tests.append("happened = 'happened'")
    if len(families) < len(FAMILIES):
        events = [event for family in FAMILIES if family.key in families for event in family.events]
        tests.append(f"event IN ({', '.join('?' * len(events))})")
        values += events
    for column, sign, day in (("last_day", ">=", asked.since), ("first_day", "<=", asked.until)):
        if day is not None:
            tests.append(f"{column} {sign} ?")
            values.append(day.isoformat())
    sql = f"SELECT body FROM incidents WHERE {' AND '.join(tests)} ORDER BY last_day DESC, first_day DESC, id"
    with shelf.reading() as connection:
        for (body,) in connection.exec_driver_sql(sql, tuple(values)):
            yield _row_of(body)


_DECODER = msgspec.json.Decoder(Incident)
_KEPT = 2 * MOST
_made: dict[bytes, dict[str, Any]] = {}  # rows by the hash of what they were made from; the oldest goes first


def _row_of(body: bytes) -> dict[str, Any]:
    key = sha256(body).digest()
    known = _made.get(key)
    if known is None:
        known = _made[key] = row(_DECODER.decode(body))
        while len(_made) > _KEPT:
            _made.pop(next(iter(_made)), None)
    return known


def row(incident: Incident) -> dict[str, Any]:
    """An incident as map, timeline and table show it."""
    status = label(incident.status)
    killed = next((each for each in incident.figures if each.measure == "killed"), None)
    return {
        "id": incident.id,
        "sentence": sentence(incident),
        "event": incident.event,
        "event_name": label(incident.event),
        "family": _FAMILY_OF[incident.event],
        "happened": incident.happened,
        "status": incident.status,
        "status_name": status if incident.happened == "happened" else f"{label(incident.happened)}, {status}",
        "origins": len(incident.origins),
        "reports": len(incident.reports),
        "first_day": plain(incident.earliest),
        "last_day": plain(incident.latest),
        "day_known": incident.date_prec in (None, 1),
        "days": words.days(incident.earliest, incident.latest),
        **_killed(killed),
        **place_row(incident.place),
    }


def _killed(figure: Estimate | None) -> dict[str, Any]:
    if figure is None:
        return {"killed": None, "killed_low": None, "killed_best": None, "killed_high": None}
    said = words.three(figure.low, figure.best, figure.high)
    return {"killed": said, "killed_low": figure.low, "killed_best": figure.best, "killed_high": figure.high}


def place_row(spot: Spot | None) -> dict[str, Any]:
    """How a place is drawn: a spot, an area, or not, with the reason."""
    drawn, reason = _drawn(spot)
    point = point_of(spot) if drawn != "none" else None
    return {
        "place": words.place(spot) if spot else "",
        "drawn": drawn,
        "reason": reason,
        "lat": point[1] if point else None,
        "lon": point[0] if point else None,
        "radius_km": spot.radius_km if spot and point else None,
        "division": spot.geonames_id if spot and drawn == "area" else None,
    }


def _drawn(spot: Spot | None) -> tuple[Drawn, str | None]:
    """How a place is drawn, or why it is not."""
    if spot is None:
        return "none", "no place is told"
    if point_of(spot) is None:
        return "none", "the place is not in the gazetteer"
    if not is_pinned(spot):
        return "none", _KNOWN_ONLY.get(spot.precision or "region", "known no better than a large area")
    exact = spot.precision in (None, "exact", "near") and (spot.radius_km or 0.0) <= SPOT_KM
    return ("spot" if exact else "area"), None


def _lies_in(row: Mapping[str, Any], box: Box) -> bool:
    if row["drawn"] == "none":
        return False
    west, south, east, north = box
    return bool(west <= row["lon"] <= east and south <= row["lat"] <= north)


_STATIC = Path(__file__).parents[1] / "static"


@cache
def _files() -> dict[str, str]:
    """The addresses of the island's files. Those of the build are named by their contents, so that a browser never
    mixes two builds; behind the others stands a part of their checksum."""
    built = msgspec.json.decode((_STATIC / "built/manifest.json").read_bytes())
    made = {name: f"/static/built/{built[name]}" for name in ("script", "style")}
    for name in ("basemap", "labels"):
        told = tomllib.loads((_STATIC / f"map/{name}.toml").read_text("utf-8"))
        made[name] = f"/static/map/{name}.json?{told['sha256'][:10]}"
    return made


COLUMNS = (
    "id", "sentence", "event", "family", "happened", "status", "origins", "reports", "first_day", "last_day",
    "day_known", "killed_low", "killed_best", "killed_high", "place", "drawn", "reason", "lat", "lon", "radius_km",
)  # fmt: skip

PAGES = (
    Page(
        path="/map", name="map", title="Map and timeline of incidents", make=map_page,
        nav=Nav(label="Map", place=15, key="m"), query=Filters, table="incidents", columns=COLUMNS,
    ),
)  # fmt: skip
