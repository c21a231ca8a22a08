"""Dateline's own table of incidents: a row an incident, columns with types, written as CSV and as Parquet.

The best figure of the killed brings its sentence, span and document hash along in the row; every other figure has them
in the file of traces (CSV) or in `figures` (Parquet).
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Literal, TypeAlias, get_args

from msgspec import Struct

from dateline.codes import MEASURES, Measure
from dateline.export.lookup import Lookup
from dateline.export.places import Divisions, country_name, country_of, divisions_of
from dateline.export.sides import killed
from dateline.incidents.quotes import quote_of, words_of
from dateline.incidents.types import Contradiction, Estimate, Incident, Spot
from dateline.ledger import StoredClaim
from dateline.record import Part
from dateline.version import VERSION

SCHEMA = "dateline-incidents/1"
ColumnKind = Literal["text", "number", "whole", "day", "list"]
Value: TypeAlias = str | float | int | date | tuple[str, ...] | None


class Row(Struct, frozen=True, kw_only=True):
    """An incident, and what is looked up for its row once."""

    incident: Incident
    divisions: Divisions
    figures: dict[str, Estimate]
    claim: StoredClaim | None  # the one that the best figure of the killed comes from
    quote: Part | None  # the sentence in which it stands
    figure: Part | None

    @property
    def place(self) -> Spot | None:
        return self.incident.place


class Column(Struct, frozen=True):
    """One column: its name, its type, how its value is found, and what it says."""

    name: str
    kind: ColumnKind
    value: Callable[[Row], Value]
    about: str


def row_of(incident: Incident, lookup: Lookup) -> Row:
    best = killed(incident)
    keys = (best.best_from or best.low_from or best.high_from) if best else ()
    claim = lookup.claim(keys[0]) if keys else None
    return Row(
        incident=incident,
        divisions=divisions_of(incident.place),
        figures={each.measure: each for each in incident.figures},
        claim=claim,
        quote=quote_of(best, claim, best.best) if claim and best else None,
        figure=words_of(best, claim, best.best) if claim and best else None,
    )


def values(row: Row) -> dict[str, Value]:
    """The row by column. An empty text says no more than none, and is none."""
    return {column.name: found if (found := column.value(row)) != "" else None for column in COLUMNS}


def contradiction(each: Contradiction) -> str:
    """A contradiction in one line: "killed: 12 (Army) / 40 (residents, witnesses)"."""
    sides = " / ".join(side.says + (f" ({', '.join(side.voices)})" if side.voices else "") for side in each.sides)
    return f"{each.field}: {sides}"


def _spot(spot: Spot) -> str:
    return f"{spot.role} {spot.name}" if spot.role != "at" else spot.name


def _placed(value: Callable[[Spot], Value]) -> Callable[[Row], Value]:
    return lambda row: value(row.place) if row.place is not None else None


def _claimed(value: Callable[[StoredClaim], Value]) -> Callable[[Row], Value]:
    return lambda row: value(row.claim) if row.claim is not None else None


def _measure_columns(measure: Measure) -> Iterator[Column]:
    def end(name: Literal["low", "best", "high"]) -> Callable[[Row], Value]:
        def value(row: Row) -> float | None:
            estimate = row.figures.get(measure)
            return getattr(estimate, name) if estimate else None

        return value

    counted = MEASURES[measure]
    yield Column(f"{measure}_low", "number", end("low"), f"{counted}: lowest that holds; empty: open, or not told")
    yield Column(f"{measure}_best", "number", end("best"), f"{counted}: best; empty where only a bound is known")
    yield Column(f"{measure}_high", "number", end("high"), f"{counted}: highest; empty: open, or not told")


_Parts = tuple[Column, ...]
_HEAD: _Parts = (
    Column("schema", "text", lambda r: SCHEMA, "the name and version of this table"),
    Column("version", "text", lambda r: VERSION, "the version of Dateline that wrote it"),
    Column("incident", "text", lambda r: r.incident.id, "Dateline's id of the incident"),
    Column("happened", "text", lambda r: r.incident.happened, "happened, planned, called_for, possible or denied"),
    Column("event", "text", lambda r: r.incident.event, "the kind of event (codebook)"),
    Column("events", "list", lambda r: r.incident.events, "all kinds of event that its claims tell"),
    Column(
        "status",
        "text",
        lambda r: r.incident.status,
        "asserted, disputed, denied, unverified, verified, expected or set_aside",
    ),
    Column("earliest", "day", lambda r: r.incident.earliest, "first day, included; empty: open or not known"),
    Column("latest", "day", lambda r: r.incident.latest, "last day, included; empty: open or not known"),
    Column("date_prec", "whole", lambda r: r.incident.date_prec, "UCDP's precision of the day, 1 to 5"),
    Column("time_precision", "whole", lambda r: r.incident.time_precision, "ACLED's precision of the day, 1 to 3"),
)
_WHERE: _Parts = (
    Column("place", "text", _placed(lambda p: p.name), "the most exact place that the claims agree on"),
    Column("place_written", "text", _placed(lambda p: p.written), "its words in the report"),
    Column("country", "text", lambda r: country_of(r.place), "ISO 3166-1 alpha-2 (XK for Kosovo)"),
    Column("country_name", "text", lambda r: country_name(country_of(r.place)), "the country's name"),
    Column("adm_1", "text", lambda r: r.divisions.first, "first-level division, where the gazetteer knows it"),
    Column("adm_2", "text", lambda r: r.divisions.second, "second-level division, where the place is one"),
    Column("lat", "number", _placed(lambda p: p.lat), "degrees, WGS 84"),
    Column("lon", "number", _placed(lambda p: p.lon), "degrees, WGS 84"),
    Column("radius_km", "number", _placed(lambda p: p.radius_km), "kilometres round the point"),
    Column("precision", "text", _placed(lambda p: p.precision), "how exactly the place is known (codebook)"),
    Column("where_prec", "whole", _placed(lambda p: p.where_prec), "UCDP's precision of the place, 1 to 7"),
    Column("geo_precision", "whole", _placed(lambda p: p.geo_precision), "ACLED's precision, 1 to 3"),
    Column("geonames_id", "whole", _placed(lambda p: p.geonames_id), "the place in GeoNames"),
    Column("places", "list", lambda r: tuple(map(_spot, r.incident.places)), "all places; from and to where told"),
)
_WHO: _Parts = (
    Column("actors", "list", lambda r: tuple(p.name for p in r.incident.actors), "who did it"),
    Column("actor_ids", "list", lambda r: tuple(p.actor_id or "" for p in r.incident.actors), "in the register"),
    Column("actor_kinds", "list", lambda r: tuple(p.kind or "" for p in r.incident.actors), "kinds (codebook)"),
    Column("targets", "list", lambda r: tuple(p.name for p in r.incident.targets), "to whom it was done"),
    Column("target_ids", "list", lambda r: tuple(p.actor_id or "" for p in r.incident.targets), "in the register"),
    Column("target_kinds", "list", lambda r: tuple(p.kind or "" for p in r.incident.targets), "kinds (codebook)"),
)
_FIGURES: _Parts = (
    *(column for measure in get_args(Measure) for column in _measure_columns(measure)),
    Column(
        "figure_rules",
        "list",
        lambda r: tuple(f"{e.measure}: {e.rule}" for e in r.incident.figures),
        "the rule that chose each figure",
    ),
    Column("killed_claim", "text", _claimed(lambda c: c.key), "claim of the best figure of the killed"),
    Column("killed_quote", "text", lambda r: r.quote.text if r.quote else None, "its sentence, as written"),
    Column("killed_quote_in", "text", lambda r: r.quote.where if r.quote else None, "text or title"),
    Column("killed_quote_start", "whole", lambda r: r.quote.span.start if r.quote else None, "code points"),
    Column("killed_quote_end", "whole", lambda r: r.quote.span.end if r.quote else None, "code points, excluded"),
    Column("killed_words", "text", lambda r: r.figure.text if r.figure else None, "the number as written"),
    Column("killed_text_sha256", "text", _claimed(lambda c: c.text_sha256), "of the report's text"),
    Column("killed_raw_sha256", "text", _claimed(lambda c: c.raw_sha256), "of the report's original bytes"),
    Column("killed_publisher", "text", _claimed(lambda c: c.publisher), "who published that report"),
    Column("killed_url", "text", _claimed(lambda c: c.url), "its address"),
)
_SAYS: _Parts = (
    Column("asserted_by", "list", lambda r: r.incident.asserted_by, "who says so"),
    Column("denied_by", "list", lambda r: r.incident.denied_by, "who denies it"),
    Column(
        "contradictions",
        "list",
        lambda r: tuple(map(contradiction, r.incident.contradictions)),
        "fields on which the claims cannot all be right, and what each side says",
    ),
    Column("reports", "list", lambda r: r.incident.reports, "ids of the reports that tell it"),
    Column("wordings", "whole", lambda r: r.incident.wordings, "reports that are not copies of one another"),
    Column("origins", "whole", lambda r: len(r.incident.origins), "independent origins"),
    Column("origin_names", "list", lambda r: tuple(o.name for o in r.incident.origins), "whose dispatches they are"),
    Column("origin_reports", "list", lambda r: tuple(o.report for o in r.incident.origins), "ids of those dispatches"),
    Column("claims", "list", lambda r: r.incident.claims, "report id/claim id of all its claims"),
    Column(
        "set_aside",
        "list",
        lambda r: tuple(f"{claim}: {why}" for claim, why in r.incident.set_aside.items()),
        "claims without a say, and why: withdrawn, replaced, rejected",
    ),
    Column("first_known", "day", lambda r: r.incident.first_known, "the day of the first report"),
    Column("last_known", "day", lambda r: r.incident.last_known, "the day of the last report"),
    Column("came_true", "text", lambda r: r.incident.came_true, "the incident that came of what was only expected"),
    Column("foretold_by", "list", lambda r: r.incident.foretold_by, "incidents that foretold it"),
    Column("accepted_by", "text", lambda r: r.incident.accepted_by, "the person who accepted it"),
    Column(
        "decided",
        "list",
        lambda r: tuple(f"{field}: {decision}" for field, decision in sorted(r.incident.decided.items())),
        "fields that a decision set, with its id",
    ),
)
COLUMNS: tuple[Column, ...] = (*_HEAD, *_WHERE, *_WHO, *_FIGURES, *_SAYS)

# What the columns keep whole; the rest is counted in the loss report.
HOLDS = frozenset(
    (
        "id", "happened", "event", "further_events", "status", "days", "date_precision", "place", "radius", "place_id",
        "parties", "direction", "party_ids", "party_kinds", "killed", "other_figures", "open_ends", "figure_rules",
        "asserted_by", "denied_by", "contradictions", "reports", "wordings", "origins", "claims", "set_aside", "known",
        "foretold", "decisions",
    )
)  # fmt: skip
