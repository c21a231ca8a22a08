"""ACLED-like: the 31 columns of ACLED's event files, in its order, with data that are not ACLED's.

Ids are "DL-" and Dateline's id: ACLED's are a country's three letters and a number. A row an incident, on its first
day: a span of days most often says that the day is not known, and a row for each would make up events. `each_day`
writes a row a day for kinds of event that last (ACLED codes an event a day), the dead shared out evenly.
Source: ACLED codebook (columns, codes, fatalities: the most conservative figure); /docs/exports.md has each rule.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from dateline.codes import EventType
from dateline.export.acled_actors import ActorSide, actor_sides, interaction
from dateline.export.acled_events import CIVILIANS, Coding, coding_of
from dateline.export.acled_notes import SCHEMA, VOICES_MOST, notes
from dateline.export.cells import number_cell, text_cell
from dateline.export.lookup import Lookup
from dateline.export.loss import Losses
from dateline.export.places import Divisions, country_name, country_of, divisions_of, iso_number
from dateline.export.sides import aimed_at_unarmed, killed
from dateline.export.target import table_file
from dateline.export.toll import Toll, toll_of
from dateline.export.traces import Trace, of_claims
from dateline.incidents.spots import point_of
from dateline.incidents.types import Incident
from dateline.ledger import StoredClaim

__all__ = ["COLUMNS", "HEADER", "HOLDS", "LASTING", "NOTES", "SCHEMA", "Row", "row_of", "write"]

HOLDS = frozenset(
    ("id", "happened", "date_precision", "place", "parties", "asserted_by", "denied_by", "contradictions")
)
NOTES = (
    "ACLED-like: the columns are those of ACLED, the data are not ACLED's.",
    "fatalities is the lowest figure that holds; 0 stands also for a number that is not known, as in ACLED.",
)
SET_ASIDE = "status: all its claims were set aside (withdrawn, replaced or rejected)"
_JOINT = "; "
# Kinds of event that can go on for days; any other that spans days is one whose day is not known exactly.
LASTING: frozenset[EventType] = frozenset(("battle", "siege", "offensive", "shelling"))
_DAYS_MOST = 31  # longer than that, a span is an aggregate and no event a day
_WEEK_DAYS = 7


class Row(Struct, frozen=True, kw_only=True):
    """All that the cells of one row are made from."""

    incident: Incident
    day: date
    coding: Coding
    actor_1: ActorSide
    actor_2: ActorSide
    fatalities: int
    toll: Toll | None
    divisions: Divisions
    outlets: tuple[str, ...]
    part: int = 0  # of an incident that is written a row a day: which day, from 1 on

    @property
    def id(self) -> str:
        return f"DL-{self.incident.id}-{self.part}" if self.part else f"DL-{self.incident.id}"


def write(incidents: Iterable[Incident], lookup: Lookup, path: Path, losses: Losses, *, each_day: bool = False) -> None:
    """Write the rows and their traces; what has no row is counted as left out, with the reason."""
    with table_file(path, HEADER) as out:
        for incident in incidents:
            row = row_of(incident, lookup)
            if isinstance(row, str):
                field, _, why = row.partition(": ")
                losses.left_out(incident, field, why)
                continue
            rows = list(_days_of(row)) if each_day else [row]
            for each in rows:
                out.row([cell(each) for _, cell in COLUMNS], _traces(each, lookup))
            losses.wrote(incident, HOLDS, len(rows))
            _count_losses(row, losses, len(rows))


def row_of(incident: Incident, lookup: Lookup) -> Row | str:
    """An incident as a row on its first day, or "field: why" where ACLED has no place for it."""
    if incident.happened != "happened":
        return f"happened: it did not happen, as far as is known ({incident.happened.replace('_', ' ')})"
    if incident.status == "set_aside":
        return SET_ASIDE
    claims = list(lookup.claims(key for key in incident.claims if key not in incident.set_aside))
    coding = coding_of(incident, list(_words(claims)))
    if coding is None:
        return "event_type: ACLED has no type for it, by the crosswalk"
    day = incident.earliest or incident.latest
    if day is None:
        return "event_date: no day is known"
    actor_1, actor_2 = actor_sides(incident, coding)
    toll = toll_of(killed(incident))
    return Row(
        incident=incident,
        day=day,
        coding=coding,
        actor_1=actor_1,
        actor_2=actor_2,
        fatalities=toll.low if toll else 0,
        toll=toll,
        divisions=divisions_of(incident.place),
        outlets=tuple(dict.fromkeys(claim.publisher for claim in claims if claim.publisher)),
    )


def _words(claims: Iterable[StoredClaim]) -> Iterator[str]:
    for claim in claims:
        yield claim.claim.trigger.text
        yield claim.claim.quote.text


def _days_of(row: Row) -> Iterator[Row]:
    """A row a day for a kind of event that lasts; the dead are shared out evenly, the first days have the rest."""
    incident = row.incident
    first, last = incident.earliest, incident.latest
    days = (last - first).days + 1 if first and last else 1
    if incident.event not in LASTING or not first or not 1 < days <= _DAYS_MOST:
        yield row
        return
    share, rest = divmod(row.fatalities, days)
    for at in range(days):
        yield replace(row, day=first + timedelta(days=at), part=at + 1, fatalities=share + (at < rest))


def _time_precision(row: Row) -> int:
    """1 the day, 2 within a week, 3 within a month or more."""
    incident = row.incident
    if incident.time_precision is not None:
        return incident.time_precision
    if incident.earliest is None or incident.latest is None:
        return 3
    days = (incident.latest - incident.earliest).days + 1
    return 1 if days == 1 else 2 if days <= _WEEK_DAYS else 3


def _civilian_targeting(row: Row) -> str:
    aimed = row.coding.event == CIVILIANS or aimed_at_unarmed(row.incident)
    return "Civilian targeting" if aimed and row.coding.disorder.startswith("Political violence") else ""


def _degrees(row: Row, at: int) -> str:
    point = point_of(row.incident.place)
    return number_cell(point[at]) if point else ""


def _timestamp(row: Row) -> str:
    """Unix seconds of the day on which it was last known: the same incidents make the same file."""
    day = row.incident.last_known
    return str(int(datetime.combine(day, time(), UTC).timestamp())) if day else ""


def _empty(row: Row) -> str:
    return ""


COLUMNS: tuple[tuple[str, Callable[[Row], str]], ...] = (
    ("event_id_cnty", lambda r: text_cell(r.id)),
    ("event_date", lambda r: r.day.isoformat()),
    ("year", lambda r: str(r.day.year)),
    ("time_precision", lambda r: str(_time_precision(r))),
    ("disorder_type", lambda r: r.coding.disorder),
    ("event_type", lambda r: r.coding.event),
    ("sub_event_type", lambda r: r.coding.sub),
    ("actor1", lambda r: text_cell(r.actor_1.name)),
    ("assoc_actor_1", lambda r: text_cell(r.actor_1.joined)),
    ("inter1", lambda r: r.actor_1.inter),
    ("actor2", lambda r: text_cell(r.actor_2.name)),
    ("assoc_actor_2", lambda r: text_cell(r.actor_2.joined)),
    ("inter2", lambda r: r.actor_2.inter),
    ("interaction", lambda r: interaction(r.actor_1, r.actor_2)),
    ("civilian_targeting", _civilian_targeting),
    ("iso", lambda r: iso_number(country_of(r.incident.place))),
    ("region", _empty),
    ("country", lambda r: text_cell(country_name(country_of(r.incident.place)))),
    ("admin1", lambda r: text_cell(r.divisions.first)),
    ("admin2", lambda r: text_cell(r.divisions.second)),
    ("admin3", _empty),
    ("location", lambda r: text_cell(r.incident.place.name if r.incident.place else None)),
    ("latitude", lambda r: _degrees(r, 1)),
    ("longitude", lambda r: _degrees(r, 0)),
    ("geo_precision", lambda r: number_cell(r.incident.place.geo_precision if r.incident.place else None)),
    ("source", lambda r: text_cell(_JOINT.join(r.outlets))),
    ("source_scale", _empty),
    ("notes", lambda r: text_cell(notes(r.incident, r.outlets))),
    ("fatalities", lambda r: str(r.fatalities)),
    ("tags", _empty),
    ("timestamp", _timestamp),
)
HEADER = tuple(name for name, _ in COLUMNS)


def _traces(row: Row, lookup: Lookup) -> Iterator[Trace]:
    estimate = killed(row.incident)
    if estimate is not None and row.toll is not None and estimate.low is not None:
        yield from of_claims(row.id, "fatalities", row.fatalities, estimate, estimate.low_from, lookup)


def _count_losses(row: Row, losses: Losses, rows: int) -> None:
    incident = row.incident
    estimate = killed(incident)
    first, last = incident.earliest, incident.latest
    if first and last and first != last and rows == 1:
        losses.add(incident, "event_date", "days after the first", (last - first).days)
    if first is None:
        losses.add(incident, "event_date", "the first day is not known: the last is given")
    if incident.place is None:
        losses.add(incident, "latitude, longitude", "no place is known: coordinates empty")
    if estimate and estimate.low is None:
        losses.add(incident, "fatalities", "no lower bound: 0")
    elif row.toll and row.toll.low != row.toll.high:
        losses.add(incident, "fatalities", "best and high figure (told in notes)")
    voices = max(len(incident.asserted_by), len(incident.denied_by))
    if voices > VOICES_MOST:
        losses.add(incident, "notes", f"who says so, beyond {VOICES_MOST} names", voices - VOICES_MOST)
    if incident.place and incident.place.country:
        losses.add(incident, "region", "ACLED's regions: empty")
    if any(side.parties and not side.inter for side in (row.actor_1, row.actor_2)):
        losses.add(incident, "inter1, inter2", "kind of a party without a type of ACLED: empty")
