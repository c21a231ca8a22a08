"""Incidents as features of a map: found by box, days, type and status on the shelf's index alone, then read.

A place that is known no better than a country, a sea or a line is no point: such an incident has no geometry, and lies
in no box.
"""

import re
from datetime import date
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct

from dateline.codes import EventType
from dateline.desk.page import plain
from dateline.desk.problems import BadRequest
from dateline.incidents import words
from dateline.incidents.sentence import sentence
from dateline.incidents.shelf import Shelf, in_parts
from dateline.incidents.spots import is_pinned, point_of
from dateline.incidents.types import Happened, Incident, Status

Box: TypeAlias = tuple[float, float, float, float]
_DECODER = msgspec.json.Decoder(Incident)
_IN_ONE_QUERY = 500
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?", re.IGNORECASE)


class Wanted(Struct, frozen=True, kw_only=True):
    """Which features: every field that is set must hold. `box` is west, south, east, north; where west lies east of
    east, it reaches over the 180th meridian."""

    box: Box | None = None
    since: date | None = None
    until: date | None = None
    event: EventType | None = None
    status: Status | None = None
    happened: Happened | None = None


class Found(Struct, frozen=True, kw_only=True):
    """One page of the incidents that fit, and how many fit in all."""

    incidents: tuple[Incident, ...]
    matched: int


def find(shelf: Shelf, wanted: Wanted, *, limit: int, offset: int) -> Found:
    """The incidents that fit, in an order of their own that stays the same from page to page."""
    tests, values = _tests(wanted)
    where = f"FROM incidents INDEXED BY incidents_by_spot WHERE {' AND '.join(tests)}"
    with shelf.reading() as connection:
        matched = connection.exec_driver_sql(f"SELECT count(*) {where}", values).scalar_one()
        ids = connection.exec_driver_sql(
            f"SELECT id {where} ORDER BY lat, lon, id LIMIT ? OFFSET ?", (*values, limit, offset)
        ).scalars()
        held: dict[str, Incident] = {}
        order = list(ids)
        for part in in_parts(order, _IN_ONE_QUERY):
            marks = ",".join("?" * len(part))
            rows = connection.exec_driver_sql(f"SELECT id, body FROM incidents WHERE id IN ({marks})", tuple(part))
            held.update({id: _DECODER.decode(body) for id, body in rows})
    return Found(incidents=tuple(held[id] for id in order if id in held), matched=matched)


def _tests(wanted: Wanted) -> tuple[list[str], tuple[object, ...]]:
    """What was set aside is no feature unless it is asked for by its status."""
    tests = ["status = ?"] if wanted.status else ["status <> 'set_aside'"]
    values: list[object] = [wanted.status] if wanted.status else []
    if wanted.box:
        west, south, east, north = wanted.box
        tests += ["lat BETWEEN ? AND ?", "(lon >= ? AND lon <= ?)" if west <= east else "(lon >= ? OR lon <= ?)"]
        values += [south, north, west, east]
    for column, value in (("event", wanted.event), ("happened", wanted.happened)):
        if value:
            tests.append(f"{column} = ?")
            values.append(value)
    for column, sign, day in (("last_day", ">=", wanted.since), ("first_day", "<=", wanted.until)):
        if day:
            tests.append(f"{column} {sign} ?")
            values.append(day.isoformat())
    return tests, tuple(values)


def box_of(said: str | None) -> Box | None:
    """A box as OGC API – Features has it: four numbers, or six with heights, which are left aside.

    Raises:
        BadRequest: it is none.
    """
    if not said:
        return None
    try:
        numbers = [float(part) for part in said.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) == 6:
        numbers = [numbers[0], numbers[1], numbers[3], numbers[4]]
    if len(numbers) != 4:
        raise BadRequest("bbox takes four numbers, west,south,east,north in degrees, or six with heights.")
    west, south, east, north = numbers
    # Clients ask for a little more than the world; what is no number at all compares with nothing.
    if not (-540 <= west <= 540 and -540 <= east <= 540 and -360 <= south <= north <= 360):
        raise BadRequest("bbox takes west,south,east,north in degrees, south not above north.")
    return (-180.0, south, 180.0, north) if east - west >= 360 else (_turned(west), south, _turned(east), north)


def _turned(lon: float) -> float:
    """A longitude within -180 to 180."""
    return lon if -180 <= lon <= 180 else (lon + 180) % 360 - 180


def days_of(said: str | None) -> tuple[date | None, date | None]:
    """A day, or an interval with an open end, as RFC 3339 writes them: "2024-03-04", "2024-03-04T00:00:00Z/..".

    Raises:
        BadRequest: it is none.
    """
    if not said:
        return None, None
    first, slash, last = said.partition("/")
    ends = (_day(first), _day(last)) if slash else (_day(first),) * 2
    if (not slash and ends[0] is None) or (ends[0] and ends[1] and ends[0] > ends[1]):
        raise BadRequest("datetime takes a day, or an interval such as 2024-03-04/2024-03-10 or 2024-03-04/..")
    return ends


def _day(said: str) -> date | None:
    if said in ("", ".."):
        return None
    found = _DAY.fullmatch(said)
    try:
        return date.fromisoformat(found[1] if found else said)
    except ValueError:
        raise BadRequest("datetime takes days as 2024-03-04 or 2024-03-04T12:00:00Z.") from None


def feature(incident: Incident, root: str) -> dict[str, Any]:
    """An incident as GeoJSON with plain properties, as map programs read them; `href` leads to all that it rests on."""
    spot = incident.place
    killed = next((each for each in incident.figures if each.measure == "killed"), None)
    page = f"{root}/incidents/{incident.id}"
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": {"type": "Point", "coordinates": point_of(spot)} if is_pinned(spot) else None,
        "properties": {
            "sentence": sentence(incident),
            "event": incident.event,
            "happened": incident.happened,
            "status": incident.status,
            "earliest": plain(incident.earliest),
            "latest": plain(incident.latest),
            "place": words.place(spot) if spot else None,
            "country": spot.country if spot else None,
            "precision": spot.precision if spot else None,
            "radius_km": spot.radius_km if spot else None,
            "actors": ", ".join(words.names(incident.actors)),
            "targets": ", ".join(words.names(incident.targets)),
            "killed_low": killed.low if killed else None,
            "killed_best": killed.best if killed else None,
            "killed_high": killed.high if killed else None,
            "origins": len(incident.origins),
            "reports": len(incident.reports),
            "claims": len(incident.claims),
            "disagree_on": ", ".join(words.disputed(each.field) for each in incident.contradictions),
            "href": page,
            "evidence": f"{page}.json",
        },
    }
