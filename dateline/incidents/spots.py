"""Where an incident lies, as a point; and whether it is known well enough to stand at that point."""

from dateline.incidents.types import Spot

# A place known no better than this (UCDP's where_prec 5 and more: part of a country, a line, a country, a sea) is not
# pinned to a spot: a marker in the middle of Ukraine says something that nobody has said.
PINNED_MOST = 4
# The same for a place whose precision nobody has worked out: up to about a province.
_PINNED_RADIUS_KM = 100.0


def point_of(spot: Spot | None) -> tuple[float, float] | None:
    """Longitude and latitude, WGS 84, in the order of GeoJSON and WKT; None where they are not known."""
    return (spot.lon, spot.lat) if spot and spot.lon is not None and spot.lat is not None else None


def is_pinned(spot: Spot | None) -> bool:
    """Whether a place is known well enough to be drawn as a spot on a map."""
    if spot is None or point_of(spot) is None:
        return False
    if spot.where_prec is not None:
        return spot.where_prec <= PINNED_MOST
    return (spot.radius_km or 0.0) <= _PINNED_RADIUS_KM
