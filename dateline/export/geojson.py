"""GeoJSON (RFC 7946): one FeatureCollection, a feature an incident, its id on the feature, WGS 84, longitude first.

A point is drawn only where the place is known to about a province or better; `located` says what the point is. What is
known only to a country, a region or a sea, or has no place, has a null geometry: its middle is in `centre`, and no map
shows a marker where nothing happened.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from dateline.codes import MEASURES, PlacePrecision
from dateline.export.figures import Nested, figures
from dateline.export.lookup import Lookup
from dateline.export.loss import Losses
from dateline.export.table import HOLDS, row_of, values
from dateline.incidents.spots import is_pinned, point_of
from dateline.incidents.types import Incident, Spot
from dateline.version import VERSION

SCHEMA = "dateline-geojson/1"
GEOJSON_HOLDS = HOLDS | {"figure_parts", "further_places"}
_LOCATED: dict[PlacePrecision, str] = {
    "exact": "the place itself", "near": "near this point", "district": "the middle of a district: known no better",
    "province": "the middle of a province: known no better",
}  # fmt: skip
_MEASURED = frozenset(MEASURES)
# Columns of the table that stand in the feature in another shape, or once for the whole file.
_ELSEWHERE = frozenset(("schema", "version", "incident", "lat", "lon", "places", "contradictions"))
_FLAT_FIGURES = frozenset(("killed_low", "killed_best", "killed_high"))  # for maps that style by a plain property


def write(incidents: Iterable[Incident], lookup: Lookup, path: Path, losses: Losses) -> None:
    """Write the collection, a feature a line."""
    encode = msgspec.json.Encoder().encode
    head = {"schema": SCHEMA, "version": VERSION}
    with path.open("wb") as file:
        file.write(b'{"type":"FeatureCollection","dateline":' + encode(head) + b',"features":[')
        joint = b"\n"
        for incident in incidents:
            file.write(joint + encode(feature(incident, lookup)))
            joint = b",\n"
            losses.wrote(incident, GEOJSON_HOLDS)
            if incident.place and point_of(incident.place) and not is_pinned(incident.place):
                losses.add(
                    incident, "geometry", "known no better than a country, region or sea: null, middle in centre"
                )
        file.write(b"\n]}\n")


def feature(incident: Incident, lookup: Lookup) -> Nested:
    """One incident as a feature."""
    place = incident.place
    pinned = is_pinned(place)
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": {"type": "Point", "coordinates": point_of(place)} if pinned else None,
        "properties": {
            **_plain(incident, lookup),
            "located": _located(place),
            "centre": point_of(place) if not pinned else None,
            "places": list(incident.places),
            "contradictions": list(incident.contradictions),
            "figures": figures(incident, lookup),
        },
    }


def _plain(incident: Incident, lookup: Lookup) -> Nested:
    """The columns of the table that hold plain values; figures are nested, with their words."""
    found = values(row_of(incident, lookup))
    kept = {name: value for name, value in found.items() if name not in _ELSEWHERE and not _is_figure(name)}
    return dict(kept)


def _is_figure(name: str) -> bool:
    """Whether a column is one of a figure's, which `figures` has; three of them stay."""
    return name == "figure_rules" or (name.split("_")[0] in _MEASURED and name not in _FLAT_FIGURES)


def _located(spot: Spot | None) -> str:
    if spot is None:
        return "no place is known"
    if point_of(spot) is None:
        return f"{spot.name} is not in the gazetteer"
    if not is_pinned(spot):
        return f"somewhere in {spot.name}: not drawn"
    return _LOCATED.get(spot.precision or "exact", "somewhere round this point")
