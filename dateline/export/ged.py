"""UCDP-GED-like: the 49 columns of UCDP's Georeferenced Event Dataset, in its order, with data that are not UCDP's.

Only what happened, with armed force, between sides whose kinds are known, with at least one death, comes in; all else
is counted in the loss report. UCDP's own ids (datasets, conflicts, dyads, sides, countries) stay empty, and `id` is
"DL-" with Dateline's id: UCDP's ids are whole numbers. `relid` says in every row what the file is.
Source: UCDP GED codebook (columns, codes); /docs/exports.md has each column's rule.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from dateline.codes import EVENTS, EventType
from dateline.export.cells import number_cell, text_cell
from dateline.export.lookup import Lookup
from dateline.export.loss import Losses
from dateline.export.places import Divisions, country_name, country_of, divisions_of, prio_grid, ucdp_region
from dateline.export.sides import Deaths, Sides, deaths_of, killed, sides_of
from dateline.export.target import table_file
from dateline.export.toll import Toll, toll_of
from dateline.export.traces import Trace, of_estimate
from dateline.incidents.spots import point_of
from dateline.incidents.types import Estimate, Incident, Origin
from dateline.ledger import StoredClaim
from dateline.version import VERSION

SCHEMA = "GED-like/1"
# Kinds of event in which the actors use armed force on the targets: those of the crosswalk, and those of which it is
# the means. Of a condemnation or a ceasefire the parties are not those who fought, whatever deaths are told with it.
_BY_FORCE: tuple[EventType, ...] = ("territory_gained", "offensive", "siege", "abuse", "abduction")
FORCE = frozenset(event for event, meaning in EVENTS.items() if meaning.ucdp) | frozenset(_BY_FORCE)
HOLDS = frozenset(("id", "happened", "days", "date_precision", "place", "parties", "killed", "origins"))
NOTES = (
    "GED-like: the columns are those of UCDP GED, the data are not UCDP's; its own ids are left empty.",
    "An open low is written as 0, an open best as the low, an open high as the best.",
)
SET_ASIDE = "status: all its claims were set aside (withdrawn, replaced or rejected)"
_JOINT = "; "
# UCDP's date_prec: the most days that each code stands for; 5 is all that is longer.
_DATE_PREC_DAYS = ((1, 1), (6, 2), (7, 3), (31, 4))
_AGGREGATE_DATE_PREC = 4


class Row(Struct, frozen=True, kw_only=True):
    """All that the cells of one row are made from."""

    incident: Incident
    first: date
    last: date
    sides: Sides
    toll: Toll
    deaths: Deaths
    divisions: Divisions
    dispatches: list[tuple[Origin, StoredClaim | None]]

    @property
    def id(self) -> str:
        return f"DL-{self.incident.id}"


def write(incidents: Iterable[Incident], lookup: Lookup, path: Path, losses: Losses) -> None:
    """Write the rows and their traces; what has no row is counted as left out, with the reason."""
    with table_file(path, HEADER) as out:
        for incident in incidents:
            row = row_of(incident, lookup)
            if isinstance(row, str):
                field, _, why = row.partition(": ")
                losses.left_out(incident, field, why)
                continue
            out.row([cell(row) for _, cell in COLUMNS], _traces(row, lookup))
            losses.wrote(incident, HOLDS)
            _count_losses(row, losses)


def row_of(incident: Incident, lookup: Lookup) -> Row | str:
    """An incident as a row, or "field: why" where GED has no place for it."""
    estimate = killed(incident)
    toll = toll_of(estimate)
    if incident.happened != "happened":
        return f"happened: it did not happen, as far as is known ({incident.happened.replace('_', ' ')})"
    if incident.status == "set_aside":
        return SET_ASIDE
    if incident.event not in FORCE:
        return "type_of_violence: no use of armed force, by the crosswalk"
    if estimate is None or toll is None or toll.best < 1:
        return "best: no death is known"
    first, last = incident.earliest or incident.latest, incident.latest or incident.earliest
    if first is None or last is None:
        return "date_start: no day is known"
    sides = sides_of(incident)
    if isinstance(sides, str):
        return f"type_of_violence: {sides}"
    return Row(
        incident=incident,
        first=first,
        last=last,
        sides=sides,
        toll=toll,
        deaths=deaths_of(estimate, toll.best, sides),
        divisions=divisions_of(incident.place),
        dispatches=lookup.dispatches(incident),
    )


def date_precision(first: date, last: date) -> int:
    """UCDP's date_prec by the number of days: 1 a day, 2 two to six, 3 a week, 4 a month, 5 more."""
    days = (last - first).days + 1
    return next((code for most, code in _DATE_PREC_DAYS if days <= most), 5)


def _date_prec(row: Row) -> int:
    incident = row.incident
    if incident.date_prec is not None:
        return incident.date_prec
    open_ended = incident.earliest is None or incident.latest is None
    return 5 if open_ended else date_precision(row.first, row.last)


def _clarity(row: Row) -> int:
    """1 where the event is told by itself, 2 where only a sum over several or a long time is."""
    aggregate = row.incident.event == "casualties" or _date_prec(row) >= _AGGREGATE_DATE_PREC
    return 2 if aggregate else 1


def _article(row: Row) -> str:
    """The dispatches as "publisher, day, headline", each origin once."""
    found = [claim for _, claim in row.dispatches if claim]
    said = (", ".join(filter(None, (c.publisher, _iso(c.published), c.title))) for c in found)
    return _JOINT.join(f'"{each}"' for each in said if each)


def _each(row: Row, value: Callable[[StoredClaim], str | None]) -> str:
    return _JOINT.join(dict.fromkeys(filter(None, (value(claim) for _, claim in row.dispatches if claim))))


def _original(row: Row) -> str:
    voices = (voice for origin in row.incident.origins for voice in origin.voices)
    return _JOINT.join(dict.fromkeys((*row.incident.asserted_by, *voices)))


def _conflict(row: Row) -> str:
    """UCDP names conflicts without a state, and one-sided violence, after the dyad; of others it judges the issue."""
    return "" if row.sides.type == 1 else _dyad(row)


def _dyad(row: Row) -> str:
    return f"{row.sides.name_a} - {row.sides.name_b}"


def _where_prec(row: Row) -> int | None:
    place = row.incident.place
    if place is None:
        return None
    return place.where_prec or (6 if point_of(place) is None and place.country else None)


def _grid(row: Row) -> int | None:
    point = point_of(row.incident.place)
    return prio_grid(point[1], point[0]) if point else None


def _wkt(row: Row) -> str:
    point = point_of(row.incident.place)
    return f"POINT ({number_cell(point[0])} {number_cell(point[1])})" if point else ""


def _degrees(row: Row, at: int) -> str:
    point = point_of(row.incident.place)
    return number_cell(point[at]) if point else ""


def _moment(day: date) -> str:
    return f"{day.isoformat()} 00:00:00.000"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _empty(row: Row) -> str:
    return ""


COLUMNS: tuple[tuple[str, Callable[[Row], str]], ...] = (
    ("id", lambda r: text_cell(r.id)),
    ("relid", lambda r: f"Dateline {VERSION} {SCHEMA}, not UCDP data"),
    ("year", lambda r: str(r.first.year)),
    ("active_year", _empty),  # whether the conflict passed 25 deaths that year: UCDP's to say
    ("code_status", lambda r: "accepted" if r.incident.accepted_by else "automatic"),
    ("type_of_violence", lambda r: str(r.sides.type)),
    ("conflict_dset_id", _empty),
    ("conflict_new_id", _empty),
    ("conflict_name", lambda r: text_cell(_conflict(r))),
    ("dyad_dset_id", _empty),
    ("dyad_new_id", _empty),
    ("dyad_name", lambda r: text_cell(_dyad(r))),
    ("side_a_dset_id", _empty),
    ("side_a_new_id", _empty),
    ("side_a", lambda r: text_cell(r.sides.name_a)),
    ("side_b_dset_id", _empty),
    ("side_b_new_id", _empty),
    ("side_b", lambda r: text_cell(r.sides.name_b)),
    ("number_of_sources", lambda r: str(len(r.incident.origins) or -1)),  # -1: not recorded
    ("source_article", lambda r: text_cell(_article(r))),
    ("source_office", lambda r: text_cell(_JOINT.join(dict.fromkeys(o.name for o in r.incident.origins)))),
    ("source_date", lambda r: text_cell(_each(r, lambda claim: _iso(claim.published)))),
    ("source_headline", lambda r: text_cell(_each(r, lambda claim: claim.title))),
    ("source_original", lambda r: text_cell(_original(r))),
    ("where_prec", lambda r: number_cell(_where_prec(r))),
    ("where_coordinates", lambda r: text_cell(r.incident.place.name if r.incident.place else None)),
    ("where_description", lambda r: text_cell(r.incident.place.written if r.incident.place else None)),
    ("adm_1", lambda r: text_cell(r.divisions.first)),
    ("adm_2", lambda r: text_cell(r.divisions.second)),
    ("latitude", lambda r: _degrees(r, 1)),
    ("longitude", lambda r: _degrees(r, 0)),
    ("geom_wkt", _wkt),
    ("priogrid_gid", lambda r: number_cell(_grid(r))),
    ("country", lambda r: text_cell(country_name(country_of(r.incident.place)))),
    ("country_id", _empty),
    ("region", lambda r: ucdp_region(country_of(r.incident.place))),
    ("event_clarity", lambda r: str(_clarity(r))),
    ("date_prec", lambda r: str(_date_prec(r))),
    ("date_start", lambda r: _moment(r.first)),
    ("date_end", lambda r: _moment(r.last)),
    ("deaths_a", lambda r: str(r.deaths.a)),
    ("deaths_b", lambda r: str(r.deaths.b)),
    ("deaths_civilians", lambda r: str(r.deaths.civilians)),
    ("deaths_unknown", lambda r: str(r.deaths.unknown)),
    ("best", lambda r: str(r.toll.best)),
    ("high", lambda r: str(r.toll.high)),
    ("low", lambda r: str(r.toll.low)),
    ("gwnoa", _empty),
    ("gwnob", _empty),
)
HEADER = tuple(name for name, _ in COLUMNS)


def _traces(row: Row, lookup: Lookup) -> Iterator[Trace]:
    estimate = killed(row.incident)
    if estimate is not None:
        yield from of_estimate(row.id, _as_written(estimate, row.toll), lookup, ("low", "best", "high"))


def _as_written(estimate: Estimate, toll: Toll) -> Estimate:
    """The estimate with the numbers that the row has, each with the claims that it came from."""
    return replace(
        estimate,
        low=float(toll.low) if estimate.low is not None else None,
        best=float(toll.best),
        high=float(toll.high),
        best_from=estimate.best_from or estimate.low_from,
        high_from=estimate.high_from or estimate.best_from or estimate.low_from,
    )


def _count_losses(row: Row, losses: Losses) -> None:
    incident = row.incident
    if incident.place is None:
        losses.add(incident, "latitude, longitude", "no place is known: coordinates empty")
    if incident.earliest is None or incident.latest is None:
        losses.add(incident, "date_start, date_end", "one end of the days is open: both are the one that is known")
    if row.first.year != row.last.year:
        losses.add(incident, "year", "days in two years: the first is given")
    if not row.deaths.fitted:
        losses.add(incident, "deaths_a … deaths_unknown", "parts that add up to more than the best figure: not used")
    if row.sides.type == 1:
        losses.add(incident, "conflict_name", "what the conflict is about is not known: empty")
    if max(len(row.sides.a), len(row.sides.b)) > 1:
        losses.add(incident, "side_a, side_b", "several parties on one side: names joined")
    if incident.place and incident.place.country:
        losses.add(incident, "country_id", "UCDP's (Gleditsch-Ward) numbers of countries: empty")
