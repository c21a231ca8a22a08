"""Polygons from a GeoPackage or a TopoJSON file, as far as tables of extents need them: box, area, middle, inside.

Used by hand, by the commands that make tables; needs numpy and nothing else.
"""

import json
import sqlite3
import struct
from collections.abc import Iterable, Iterator, Sequence
from math import asin, degrees, pi, radians, sin
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

EARTH_KM = 6371.0
Ring = NDArray[np.float64]  # longitude, latitude


class Box(NamedTuple):
    """Degrees; `west` is never above `east`: nothing here goes across the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    def around(self, other: "Box") -> "Box":
        """The smallest box with both in it."""
        return Box(
            min(self.west, other.west), min(self.south, other.south),
            max(self.east, other.east), max(self.north, other.north),
        )  # fmt: skip


class Shape(NamedTuple):
    """A polygon with its holes, or several: rings, of which an odd number lies around each point inside."""

    name: str
    rings: tuple[Ring, ...]

    def box(self) -> Box:
        points = np.concatenate(self.rings)
        (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
        return Box(float(west), float(south), float(east), float(north))

    def holds(self, points: Ring) -> NDArray[np.bool_]:
        """Which of the points lie inside, by rays to the east."""
        inside = np.zeros(len(points), dtype=bool)
        box = self.box()
        x, y = points[:, 0], points[:, 1]
        near = np.flatnonzero((x >= box.west) & (x <= box.east) & (y >= box.south) & (y <= box.north))
        for ring in self.rings if len(near) else ():
            inside[near] ^= _crossed(ring, x[near], y[near])
        return inside


def _crossed(ring: Ring, x: Ring, y: Ring) -> NDArray[np.bool_]:
    one, other = ring[:-1], ring[1:]
    rises = (one[:, 1] > y[:, None]) != (other[:, 1] > y[:, None])
    height = np.where(other[:, 1] == one[:, 1], 1.0, other[:, 1] - one[:, 1])
    meets = (other[:, 0] - one[:, 0]) * (y[:, None] - one[:, 1]) / height + one[:, 0]
    return np.asarray((rises & (x[:, None] < meets)).sum(axis=1) % 2 == 1)


def area_and_middle(shapes: Iterable[Shape]) -> tuple[float, float, float]:
    """Square kilometres, and latitude and longitude of the centre of gravity, on a sphere.

    In the plane of longitude and the sine of latitude areas are true; holes turn the other way round.
    """
    total = east = north = 0.0
    for ring in (ring for shape in shapes for ring in shape.rings):
        x, y = np.radians(ring[:, 0]), np.sin(np.radians(ring[:, 1]))
        cross = x[:-1] * y[1:] - x[1:] * y[:-1]
        total += cross.sum() / 2
        east += ((x[:-1] + x[1:]) * cross).sum() / 6
        north += ((y[:-1] + y[1:]) * cross).sum() / 6
    return float(abs(total)) * EARTH_KM**2, degrees(asin(north / total)), float(degrees(east / total))


def box_area(box: Box) -> float:
    """Square kilometres of a box."""
    height = sin(radians(box.north)) - sin(radians(box.south))
    return EARTH_KM**2 * height * (box.east - box.west) * pi / 180


def parts(shape: Shape) -> list[Shape]:
    """Each outer ring as a shape of its own, the largest first; holes are left out."""
    made = [Shape(shape.name, (ring,)) for ring in shape.rings if len(ring) > 3]
    return sorted(made, key=lambda part: -box_area(part.box()))


def from_geopackage(path: Path, layer: str, name: str) -> Iterator[Shape]:
    """Shapes of a layer, each with the value of its column `name`."""
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    for value, blob in db.execute(f'SELECT "{name}", geom FROM "{layer}" ORDER BY fid'):
        if blob and (rings := tuple(_rings(blob))):
            yield Shape(value or "", rings)
    db.close()


def _rings(blob: bytes) -> Iterator[Ring]:
    """Rings of a geometry: a header of GeoPackage, then well-known binary."""
    envelope = (0, 32, 48, 48, 64)[(blob[3] >> 1) & 7]
    yield from _wkb_rings(memoryview(blob), 8 + envelope)[1]


def _wkb_rings(blob: memoryview, at: int) -> tuple[int, list[Ring]]:
    order = "<" if blob[at] else ">"
    kind, count = struct.unpack_from(order + "II", blob, at + 1)
    at += 9
    made: list[Ring] = []
    if kind % 1000 == 6:  # several polygons
        for _ in range(count):
            at, more = _wkb_rings(blob, at)
            made += more
        return at, made
    width = 2 + (kind // 1000 in (1, 2)) + 2 * (kind // 1000 == 3)
    for _ in range(count):
        (points,) = struct.unpack_from(order + "I", blob, at)
        numbers = np.frombuffer(blob, dtype=order + "f8", count=points * width, offset=at + 4)
        made.append(numbers.reshape(points, width)[:, :2].astype(np.float64))
        at += 4 + points * width * 8
    return at, made


def from_topojson(path: Path, layer: str) -> Iterator[Shape]:
    """Shapes of a layer, each with its id."""
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    scale, shift = np.array(told["transform"]["scale"]), np.array(told["transform"]["translate"])
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in told["arcs"]]
    for item in told["objects"][layer]["geometries"]:
        polygons = item["arcs"] if item["type"] == "MultiPolygon" else [item["arcs"]]
        yield Shape(str(item["id"]), tuple(_joined(ring, arcs) for polygon in polygons for ring in polygon))


def _joined(ring: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """One ring from its arcs; a negative number is an arc run backwards."""
    pieces = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in ring]
    return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])
