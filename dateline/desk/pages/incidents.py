"""The incidents that fit, latest first: a table with filters, page by page."""

from datetime import date
from typing import Annotated, Any, get_args

from msgspec import Meta, Struct

from dateline.codes import EVENTS, MEASURES, EventType, Measure
from dateline.desk import paging
from dateline.desk.page import Dict, Nav, Page, Visit, plain
from dateline.incidents import words
from dateline.incidents.book import IncidentQuery
from dateline.incidents.rulings import rulings
from dateline.incidents.sentence import headline, sentence
from dateline.incidents.types import Happened, Incident, Status

SIZE = 50
Words = Annotated[str, Meta(max_length=200)]


class Filters(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fields of an `IncidentQuery`, and where the page begins."""

    event: EventType | None = None
    place: Words | None = None
    country: Annotated[str, Meta(pattern="^[A-Za-z]{2}$")] | None = None
    actor: Words | None = None
    target: Words | None = None
    source: Words | None = None
    since: date | None = None
    until: date | None = None
    happened: Happened | None = None
    status: Status | None = None
    measure: Measure | None = None
    origins: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None
    contradicted: bool = False
    every: bool = False
    after: Words | None = None
    size: Annotated[int, Meta(ge=1, le=200)] = SIZE

    def asked(self) -> IncidentQuery:
        names = [name for name in IncidentQuery.__struct_fields__ if name != "limit"]
        return IncidentQuery(**{name: getattr(self, name) for name in names})


def incidents_page(visit: Visit) -> Dict:
    asked: Filters = visit.query
    ruled = rulings(visit.desk.ledger.decisions())
    with visit.desk.shelf() as shelf:
        found = paging.find(visit.desk.ledger, shelf, asked.asked(), ruled, after=asked.after, size=asked.size)
    return {
        "incidents": [row(each) for each in found.incidents],
        "next": visit.address(after=found.next) if found.next else None,
        "first": visit.address(after=None) if asked.after else None,
        "looked": found.looked,
        "cut": found.cut,
        "filters": plain(asked),
        "choices": CHOICES,
    }


CHOICES = {
    "event": list(EVENTS),
    "happened": list(get_args(Happened)),
    "status": list(get_args(Status)),
    "measure": list(MEASURES),
}


def row(incident: Incident) -> dict[str, Any]:
    """An incident as lists show it."""
    figures = sorted(incident.figures, key=lambda each: words.measures_first(each.measure))
    spot = incident.place
    return {
        "id": incident.id,
        "headline": headline(incident),
        "sentence": sentence(incident),
        "event": incident.event,
        "happened": incident.happened,
        "status": incident.status,
        "earliest": plain(incident.earliest),
        "latest": plain(incident.latest),
        "days": words.days(incident.earliest, incident.latest),
        "place": words.place(spot) if spot else None,
        "country": spot.country if spot else None,
        "lat": spot.lat if spot else None,
        "lon": spot.lon if spot else None,
        "geo_precision": spot.geo_precision if spot else None,
        "actors": list(words.names(incident.actors)),
        "targets": list(words.names(incident.targets)),
        "figures": [
            f"{each.measure} {words.three(each.low, each.best, each.high)}"
            for each in figures
            if (each.low, each.best, each.high) != (None, None, None)
        ],
        "origins": len(incident.origins),
        "reports": len(incident.reports),
        "claims": len(incident.claims),
        "disagree_on": [words.disputed(each.field) for each in incident.contradictions],
        "may_be": [each.incident for each in incident.suggestions],
        "came_true": incident.came_true,
        "accepted_by": incident.accepted_by,
    }


COLUMNS = (
    "id", "event", "happened", "status", "earliest", "latest", "place", "country", "lat", "lon", "geo_precision",
    "actors", "targets", "figures", "origins", "reports", "claims", "disagree_on", "may_be", "came_true", "accepted_by",
    "sentence",
)  # fmt: skip

PAGES = (
    Page(
        path="/incidents", name="incidents", title="Incidents that fit, latest first", make=incidents_page,
        nav=Nav(label="Incidents", place=20, key="i"), query=Filters, table="incidents", columns=COLUMNS,
    ),
)  # fmt: skip
