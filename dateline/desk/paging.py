"""A page of incidents, latest first, found by the shelf's index of days: no page reads more of them than it needs.

Filters by columns are SQL, answered by that index. What must look into an incident (names, figures) goes through them
in stretches and stops when the page is full, or when enough were looked at; then the page says how far it came and
leads on from there.
"""

from collections.abc import Iterator

import msgspec
from msgspec import Struct
from sqlalchemy import Connection

from dateline.desk.named import rare
from dateline.desk.problems import BadRequest
from dateline.incidents.book import IncidentQuery, fits
from dateline.incidents.links import linked
from dateline.incidents.rulings import Rulings
from dateline.incidents.shelf import Shelf, in_parts
from dateline.incidents.types import Incident
from dateline.ledger import Ledger

_STRETCH = 400  # incidents read at a time
_MOST = 2_000  # incidents that one page looks into
_IN_ONE_QUERY = 500
_DECODER = msgspec.json.Decoder(Incident)


class Place(Struct, frozen=True, array_like=True):
    """Where in the order of incidents a page begins: behind this one. A day that is not known is empty."""

    last_day: str
    first_day: str
    id: str


class Found(Struct, frozen=True, kw_only=True):
    """The incidents of one page; `next` is where the following one begins, None at the end.

    `looked` counts what was gone through; `cut` says that the page ended for that, before it was full.
    """

    incidents: tuple[Incident, ...]
    next: str | None
    looked: int
    cut: bool


class Row(Struct, frozen=True):
    """One incident in the order."""

    place: Place
    incident: Incident


def find(ledger: Ledger, shelf: Shelf, query: IncidentQuery, ruled: Rulings, *, after: str | None, size: int) -> Found:
    """The next `size` incidents that fit behind the place `after`.

    Raises:
        BadRequest: `after` is no place of a page.
    """
    place = _place(after) if after else None
    ids = rare(ledger, shelf, query, ruled)
    found: list[Incident] = []
    looked = 0
    next: Place | None = None
    with shelf.reading() as connection:
        rows = _rows(connection, query, place) if ids is None else _among(connection, query, place, ids)
        for row in rows:
            if len(found) == size or (looked >= _MOST and ids is None):
                next = place
                break
            place, looked = row.place, looked + 1
            if fits(row.incident, query):
                found.append(row.incident)
        shown = tuple(linked(connection, shelf, found, ruled))
    cut = next is not None and len(found) < size
    return Found(incidents=shown, next=_written(next) if next else None, looked=looked, cut=cut)


def every(connection: Connection, query: IncidentQuery) -> Iterator[Incident]:
    """All that fit in the order of pages, read in stretches within one transaction; without their links to others."""
    return (row.incident for row in _rows(connection, query, None) if fits(row.incident, query))


def _rows(connection: Connection, query: IncidentQuery, place: Place | None) -> Iterator[Row]:
    """The incidents behind a place, those without a day last."""
    if place is None or place.last_day:
        for row in _dated(connection, query, place):
            yield row
            place = row.place
        place = None
    if not (query.since or query.until):
        yield from _undated(connection, query, place)


def _dated(connection: Connection, query: IncidentQuery, place: Place | None) -> Iterator[Row]:
    since = query.since.isoformat() if query.since else ""
    while True:
        bounds, values = ["last_day >= ?"], [since]
        if query.until:
            bounds.append("first_day <= ?")
            values.append(query.until.isoformat())
        if place is not None:
            bounds += ["last_day <= ?", _BEHIND]
            values += [place.last_day, place.last_day, place.first_day, place.first_day, place.id]
        rows = list(_stretch(connection, query, bounds, values, "last_day DESC, first_day DESC, id"))
        yield from rows
        if len(rows) < _STRETCH:
            return
        place = rows[-1].place


def _undated(connection: Connection, query: IncidentQuery, place: Place | None) -> Iterator[Row]:
    while True:
        bounds, values = ["last_day IS NULL", "id > ?"], [place.id if place else ""]
        rows = list(_stretch(connection, query, bounds, values, "id"))
        yield from rows
        if len(rows) < _STRETCH:
            return
        place = rows[-1].place


def _among(connection: Connection, query: IncidentQuery, place: Place | None, ids: list[str]) -> Iterator[Row]:
    """Those of some incidents that stand behind a place, in the same order."""
    rows: list[Row] = []
    for part in in_parts(ids, _IN_ONE_QUERY):
        rows += _stretch(connection, query, [f"id IN ({','.join('?' * len(part))})"], part, "id", len(part))
    rows.sort(key=lambda row: row.place.id)
    rows.sort(key=lambda row: (row.place.last_day, row.place.first_day), reverse=True)  # stable: ids stay in order
    for row in rows:
        if (place is None or _is_behind(row.place, place)) and _in_days(row.place, query):
            yield row


def _is_behind(one: Place, place: Place) -> bool:
    days, bound = (one.last_day, one.first_day), (place.last_day, place.first_day)
    return days < bound or (days == bound and one.id > place.id)


def _in_days(one: Place, query: IncidentQuery) -> bool:
    since, until = query.since, query.until
    return (since is None or one.last_day >= since.isoformat()) and (
        until is None or "" < one.first_day <= until.isoformat()
    )


_BEHIND = "NOT (last_day = ? AND (ifnull(first_day, '') > ? OR (ifnull(first_day, '') = ? AND id <= ?)))"  # of one day


def _stretch(
    connection: Connection,
    query: IncidentQuery,
    bounds: list[str],
    values: list[str],
    order: str,
    size: int = _STRETCH,
) -> Iterator[Row]:
    tests, given = _tests(query)
    sql = (
        "SELECT ifnull(last_day, ''), ifnull(first_day, ''), id, body FROM incidents "
        f"WHERE {' AND '.join((*bounds, *tests))} ORDER BY {order} LIMIT {size}"
    )
    for last, first, id, body in connection.exec_driver_sql(sql, (*values, *given)):
        yield Row(Place(last, first, id), _DECODER.decode(body))


def _tests(query: IncidentQuery) -> tuple[list[str], list[object]]:
    """What the columns alone can rule out; `fits` has the last word."""
    tests: list[str] = []
    values: list[object] = []
    for column, value in (("event", query.event), ("happened", query.happened), ("status", query.status)):
        if value:
            tests.append(f"{column} = ?")
            values.append(value)
    if not (query.every or query.happened or query.status):
        tests.append("happened = 'happened' AND status <> 'set_aside'")
    if query.origins is not None:
        tests.append("origins >= ?")
        values.append(query.origins)
    return tests, values


def _written(place: Place) -> str:
    return f"{place.last_day}~{place.first_day}~{place.id}"


def _place(after: str) -> Place:
    parts = after.split("~")
    if len(parts) != 3 or not parts[2]:
        raise BadRequest(f"after={after[:60]!r} is no place to begin at; follow the link of a page instead.")
    return Place(*parts)
