"""Where a place told by way of others lies: a small function for each kind of relation, each pure.

In go the extents of the anchors, out comes a `Shape`: a middle, the radius in which the place is to be looked for, and
a GeoJSON geometry (longitude first, rings closed). Degrees are WGS 84, lengths kilometres, bearings degrees clockwise
from north. `codes` works the field's precision codes out of the shape: UCDP's where_prec (1 exact, 2 within about 25
km of a known point, 3 and 4 a division of the second and first level, 5 a line or a part without sharp bounds, 6 a
country, 7 open water) and ACLED's geo_precision (1 town, 2 near it, 3 a larger area).
"""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, hypot, radians, sqrt
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from dateline.codes import PlacePrecision
from dateline.world.gazetteer import Box
from dateline.world.geometry import bearing_deg, distance_km, moved

Point = tuple[float, float]  # latitude, longitude
Size = Literal["point", "district", "province", "region", "country", "water", "world"]

LIMITED_KM = 25.0  # UCDP's where_prec 2: "a limited area around a known point"
NEAR_KM = 15.0  # how much farther than a town's own extent "near" it reaches
OUTSKIRTS_KM = 10.0  # how much farther its outskirts and suburbs reach
HALF_SECTOR = 30.0  # degrees: "north" of an eighth of the compass, told by eye
HALF_QUADRANT = 60.0  # degrees: "north of Mosul" without a distance says less
DISTANCE_SLACK = {"exact": 0.15, "about": 0.25, "at_most": 0.15, "at_least": 0.15}  # share of what is told
BORDER_KM = 40.0  # how far from a border "near the border" and its villages reach
WATER_KM = 25.0  # how far from a river or a coast a place along it lies
OFF_COAST_KM = 60.0
SHARE = {"side": 0.5, "corner": 0.55, "central": 0.5}  # of a box, each way: northern, north-eastern, central
ROUNDER = 1.15  # a part of a country is no circle: so much wider is the circle that holds nearly all of it
MIN_PROVINCES = 3  # fewer tell little of where a part of a country lies
RIM = 0.1  # of a country's radius: how far a province reaches beyond its middle
MOST = 0.8  # of the provinces in a part: news seldom means its farthest corners
ARC_STEPS = 12
KM_A_DEGREE = 111.2


class Extent(Struct, frozen=True, kw_only=True):
    """What is known of how an anchor lies: its middle, a rough radius, and, where a table has them, box and course."""

    lat: float
    lon: float
    radius_km: float
    size: Size
    box: Box | None = None
    line: tuple[Point, ...] = ()
    countries: tuple[str, ...] = ()
    inland: bool = False  # a river, a lake or a canal: no international water


class Shape(Struct, frozen=True, kw_only=True):
    """Where a told place lies. The radius covers the geometry but for the corners of a country's part."""

    lat: float
    lon: float
    radius_km: float
    geometry: dict[str, Any]


class Codes(Struct, frozen=True):
    """How exactly a place is known: our word, UCDP's code, ACLED's code."""

    precision: PlacePrecision
    where_prec: int
    geo_precision: int


# ── building blocks ─────────────────────────────────────────────────────────────────────────────────────────────────


def _shape(lat: float, lon: float, radius_km: float, geometry: dict[str, Any]) -> Shape:
    return Shape(lat=round(lat, 4), lon=round(lon, 4), radius_km=round(radius_km, 1), geometry=geometry)


def point(lat: float, lon: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [round(lon, 4), round(lat, 4)]}


def polygon(*rings: Sequence[Point]) -> dict[str, Any]:
    """A polygon of rings (latitude, longitude), each closed here; the second and later ones are holes.

    The outer ring runs counter-clockwise and holes clockwise, as RFC 7946 wants them.
    """
    turned = [ring if _counter_clockwise(ring) == (n == 0) else ring[::-1] for n, ring in enumerate(rings)]
    return {"type": "Polygon", "coordinates": [_positions([*ring, ring[0]]) for ring in turned]}


def _counter_clockwise(ring: Sequence[Point]) -> bool:
    around = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum((east - west) * (north + south) for (south, west), (north, east) in around) < 0


def line_string(points: Sequence[Point]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": _positions(points)}


def _positions(points: Sequence[Point]) -> list[list[float]]:
    return [[round(lon, 4), round(lat, 4)] for lat, lon in points]


def box_of(extent: Extent) -> Box:
    """The extent's box; round its middle where no table has one."""
    if extent.box is not None:
        return extent.box
    up = extent.radius_km / KM_A_DEGREE
    across = up / max(0.1, cos(radians(extent.lat)))
    return _on_earth(extent.lon - across, extent.lat - up, extent.lon + across, extent.lat + up)


def grown(box: Box, km: float) -> Box:
    west, south, east, north = box
    up = km / KM_A_DEGREE
    across = up / max(0.1, cos(radians((south + north) / 2)))
    return _on_earth(west - across, south - up, east + across, north + up)


def _on_earth(west: float, south: float, east: float, north: float) -> Box:
    """A box cut at the antimeridian and the poles."""
    return max(-180.0, west), max(-90.0, south), min(180.0, east), min(90.0, north)


def shared_box(one: Box, other: Box) -> Box | None:
    """Where two boxes meet; None where they do not."""
    west, south, east, north = (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )
    return (west, south, east, north) if west < east and south < north else None


def in_box(lat: float, lon: float, box: Box) -> bool:
    return box[0] <= lon <= box[2] and box[1] <= lat <= box[3]


def _corners(box: Box) -> list[Point]:
    west, south, east, north = box
    return [(south, west), (south, east), (north, east), (north, west)]


def _of_box(box: Box, at_most_km: float | None = None) -> Shape:
    """A box as a shape; `at_most_km` bounds the radius where the corners are known to be empty."""
    west, south, east, north = box
    lat, lon = (south + north) / 2, (west + east) / 2
    reach = max(distance_km(lat, lon, *corner) for corner in _corners(box))
    return _shape(lat, lon, min(reach, at_most_km or reach), polygon(_corners(box)))


def _arc(lat: float, lon: float, radius_km: float, start: float, stop: float) -> list[Point]:
    steps = (start + (stop - start) * n / ARC_STEPS for n in range(ARC_STEPS + 1))
    return [moved(lat, lon, turn, radius_km) for turn in steps]


def _circle(lat: float, lon: float, radius_km: float) -> list[Point]:
    return [*_arc(lat, lon, radius_km, 0, 180), *_arc(lat, lon, radius_km, 180, 360)[1:-1]]


def _round_middle(points: Sequence[Point], margin_km: float, geometry: dict[str, Any]) -> Shape:
    """The middle of the points' box and the radius that covers all of them with a margin."""
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    return _shape(lat, lon, max(distance_km(lat, lon, *each) for each in points) + margin_km, geometry)


# ── a shape for each kind ───────────────────────────────────────────────────────────────────────────────────────────


def near(anchors: Sequence[Extent]) -> Shape:
    """Round a town no farther than LIMITED_KM, but where it is larger itself; anything else has a wider rim."""
    reach = [_near_km(anchor) for anchor in anchors]
    if len(anchors) == 1:
        only = anchors[0]
        return _shape(only.lat, only.lon, reach[0], point(only.lat, only.lon))
    points = [(anchor.lat, anchor.lon) for anchor in anchors]
    return _round_middle(points, max(reach), {"type": "MultiPoint", "coordinates": _positions(points)})


def _near_km(anchor: Extent) -> float:
    if anchor.size == "point":
        return max(anchor.radius_km, min(anchor.radius_km + NEAR_KM, LIMITED_KM))
    return anchor.radius_km + max(NEAR_KM, min(100.0, 0.25 * anchor.radius_km))


def sector(
    anchor: Extent, bearing: float, inner_km: float, outer_km: float, half_angle: float, middle_km: float | None = None
) -> Shape:
    """The part of a ring round the anchor that lies on a bearing, a point in it, and the radius that covers it."""
    lat, lon = moved(anchor.lat, anchor.lon, bearing, middle_km or (inner_km + outer_km) / 2)
    outer = _arc(anchor.lat, anchor.lon, outer_km, bearing - half_angle, bearing + half_angle)
    inner = [(anchor.lat, anchor.lon)]
    if inner_km > 0:
        inner = _arc(anchor.lat, anchor.lon, inner_km, bearing + half_angle, bearing - half_angle)
    reach = max(distance_km(lat, lon, *each) for each in (*outer, *inner))
    return _shape(lat, lon, reach, polygon([*outer, *inner]))


def at_distance(anchor: Extent, told_km: float, bound: str | None, bearing: float | None) -> Shape:
    """A stated distance from the anchor: a sector where the bearing is told, else a ring round it.

    From where in the anchor the distance counts is not said, so its own extent is added on both sides.
    """
    slack = max(2.0, DISTANCE_SLACK[bound or "about"] * told_km)
    own = anchor.radius_km if anchor.size != "point" else min(anchor.radius_km, NEAR_KM) / 2
    inner = 0.0 if bound == "at_most" else max(0.0, told_km - slack - own / 2)
    outer = told_km * (1.5 if bound == "at_least" else 1.0) + slack + own
    if bearing is not None:
        middle = None if bound in ("at_most", "at_least") else told_km
        return sector(anchor, bearing, inner, outer, HALF_SECTOR, middle)
    rings = [_circle(anchor.lat, anchor.lon, outer)]
    if inner > 0:
        rings.append(_circle(anchor.lat, anchor.lon, inner)[::-1])
    return _shape(anchor.lat, anchor.lon, outer, polygon(*rings))


def beyond(anchor: Extent, bearing: float) -> Shape:
    """ "South of Mokha", no distance told: the larger a place, the farther off one still speaks by way of it."""
    return sector(anchor, bearing, anchor.radius_km / 2, 3 * anchor.radius_km + 30.0, HALF_QUADRANT)


def side(anchor: Extent, bearing: float | None, provinces: Sequence[Point] = ()) -> Shape:
    """The part of the anchor on one side, `bearing` None for its middle: of a town half its disc, else of its box.

    The corners of a country's box may lie in the sea or abroad; the middles of its provinces do not, so where some lie
    in the part, its middle and radius are theirs.
    """
    if anchor.size == "point" or anchor.box is None:
        return half_disc(anchor, bearing, anchor.radius_km)
    box, share = part_of_box(box_of(anchor), bearing)
    whole = _of_box(box)
    inside = [each for each in provinces if in_box(*each, box)]
    if len(inside) < MIN_PROVINCES:
        return _of_box(box, ROUNDER * sqrt(share) * anchor.radius_km)
    lat, lon = (sum(axis) / len(inside) for axis in zip(*inside, strict=True))
    far = sorted(distance_km(lat, lon, *each) for each in inside)
    reach = far[int(MOST * len(far))] + RIM * anchor.radius_km
    return _shape(lat, lon, min(reach, whole.radius_km), whole.geometry)


def half_disc(anchor: Extent, bearing: float | None, radius_km: float) -> Shape:
    if bearing is None:
        ring = _circle(anchor.lat, anchor.lon, radius_km)
        return _shape(anchor.lat, anchor.lon, radius_km, polygon(ring))
    half = sector(anchor, bearing, 0.0, radius_km, 90.0)
    lons = [lon for lon, _ in half.geometry["coordinates"][0]]
    if max(lons) - min(lons) > 180.0:  # across the antimeridian, where no polygon goes
        return _shape(half.lat, half.lon, radius_km, point(half.lat, half.lon))
    return replace(half, radius_km=min(half.radius_km, round(radius_km, 1)))


def part_of_box(box: Box, bearing: float | None) -> tuple[Box, float]:
    """The part of a box on one side, and which share of the box that is."""
    west, south, east, north = box
    across, up = east - west, north - south
    if bearing is None:
        keep = SHARE["central"]
        rim = (1 - keep) / 2
        return (west + rim * across, south + rim * up, east - rim * across, north - rim * up), keep * keep
    eighth = round(bearing / 45.0) % 8
    keep = SHARE["corner" if eighth % 2 else "side"]
    if eighth in (7, 0, 1):
        south = north - keep * up
    if eighth in (3, 4, 5):
        north = south + keep * up
    if eighth in (1, 2, 3):
        west = east - keep * across
    if eighth in (5, 6, 7):
        east = west + keep * across
    return (west, south, east, north), keep * keep if eighth % 2 else keep


def whole(anchor: Extent) -> Shape:
    """ "Parts of Libya": which part is not told, so it is all of it."""
    return _shape(anchor.lat, anchor.lon, anchor.radius_km, polygon(_corners(box_of(anchor))))


def outskirts(anchor: Extent, bearing: float | None) -> Shape:
    """What lies around a town, or one side of that; the rim of anything larger belongs to it."""
    if anchor.size != "point":
        return half_disc(anchor, bearing, anchor.radius_km)
    return half_disc(anchor, bearing, max(anchor.radius_km, min(anchor.radius_km + OUTSKIRTS_KM, LIMITED_KM)))


def between(one: Extent, other: Extent) -> Shape:
    """A band between two places: its width a fifth of its length to each side, at least five kilometres."""
    length = distance_km(one.lat, one.lon, other.lat, other.lon)
    width = max(5.0, 0.2 * length)
    turn = bearing_deg(one.lat, one.lon, other.lat, other.lon)
    ring = [
        moved(end.lat, end.lon, turn + side, width) for end, side in ((one, -90), (other, -90), (other, 90), (one, 90))
    ]
    lat, lon = moved(one.lat, one.lon, turn, length / 2)
    return _shape(lat, lon, hypot(length / 2, width), polygon(ring))


def road(anchors: Sequence[Extent]) -> Shape:
    """The straight line between the ends that are named; round a single one, as the other end is not known."""
    if len(anchors) == 1:
        only = anchors[0]
        return _shape(only.lat, only.lon, only.radius_km + 3 * NEAR_KM, point(only.lat, only.lon))
    points = [(anchor.lat, anchor.lon) for anchor in anchors]
    return _round_middle(points, 5.0 + max(anchor.radius_km for anchor in anchors) / 2, line_string(points))


def along(water: Extent, home: Box | None) -> Shape:
    """A course, or of it what lies in the country that the report speaks of; else the box of the water."""
    if len(water.line) >= 2:
        course = _stretch(water.line, home)
        return _round_middle(course, WATER_KM, line_string(course))
    box = shared_box(box_of(water), grown(home, OFF_COAST_KM)) if home else None
    margin = WATER_KM if water.size == "water" else OFF_COAST_KM
    return _of_box(box) if box else _of_box(box_of(water), water.radius_km + margin)


def _stretch(line: Sequence[Point], home: Box | None) -> list[Point]:
    """The points of a line in a box, cut in between where two lie far apart; all of it where none lie inside."""
    fine = [point for one, other in pairwise(line) for point in _steps(one, other)] + [line[-1]]
    inside = [point for point in fine if home is not None and in_box(*point, home)]
    return inside if len(inside) >= 2 else list(line)


def _steps(one: Point, other: Point) -> list[Point]:
    count = max(1, round(distance_km(*one, *other) / WATER_KM))
    return [(one[0] + (other[0] - one[0]) * n / count, one[1] + (other[1] - one[1]) * n / count) for n in range(count)]


def coast(anchors: Sequence[Extent], bearing: float | None) -> Shape:
    """The coast of a country, told by its side or by the sea it lies on; without either, of all its box."""
    box = grown(box_of(anchors[0]), OFF_COAST_KM)
    if len(anchors) > 1 and (met := shared_box(box, box_of(anchors[1]))):
        return _of_box(met)
    land = anchors[0]
    if bearing is not None:
        return _of_box(part_of_box(box, bearing)[0])
    return _of_box(box, ROUNDER * land.radius_km + OFF_COAST_KM)


def border(anchors: Sequence[Extent], course: Sequence[Point], home: Box | None) -> Shape:
    """A border: its course where a table has it, else where the two boxes meet; of one country alone all its rim."""
    if len(course) >= 2:
        return _round_middle(course, BORDER_KM, line_string(course))
    boxes = [box_of(anchor) for anchor in anchors]
    if home is not None and len(boxes) == 1:
        boxes.append(home)
    if len(boxes) > 1 and (met := shared_box(grown(boxes[0], BORDER_KM), grown(boxes[1], BORDER_KM))):
        return _of_box(met)
    return _of_box(grown(boxes[0], BORDER_KM), ROUNDER * anchors[0].radius_km + BORDER_KM)


# ── precision codes ─────────────────────────────────────────────────────────────────────────────────────────────────

_INSIDE: dict[Size, Codes] = {  # a part of something this large is as exactly known as all of it, or better
    "point": Codes("exact", 1, 1),
    "district": Codes("district", 3, 2),
    "province": Codes("province", 4, 3),
    "region": Codes("region", 5, 3),
    "country": Codes("part_of_country", 5, 3),
    "water": Codes("water", 7, 3),
    "world": Codes("region", 6, 3),
}


def codes(kind: str, anchor: Extent, shape: Shape, *, inside: bool, told_side: bool = True) -> Codes:
    """The precision codes of a told place.

    Args:
        inside: the place is a part of the anchor, not beside it.
        told_side: which part is told; a part of a country without that may be anywhere in it.
    """
    if kind == "border":
        return Codes("part_of_country", 5, 3)
    if kind == "along":
        return Codes("water", 5, 3)
    if inside:
        if anchor.size == "country" and not told_side:
            return Codes("country", 6, 3)
        return Codes("water", 5, 3) if anchor.inland else _INSIDE[anchor.size]
    if kind in ("road", "between"):
        return Codes("near" if anchor.size == "point" and shape.radius_km <= LIMITED_KM else "region", 5, 3)
    if anchor.size in ("country", "world"):
        return Codes("region", 6, 3)
    if anchor.size != "point" and kind != "distance":
        return Codes("region", 5, 3)
    return Codes("near", 2, 2) if shape.radius_km <= LIMITED_KM else Codes("near", 5, 3)
