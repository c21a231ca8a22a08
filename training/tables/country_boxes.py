"""Fill the boxes of dateline/data/countries.csv.

    python -m training.tables.country_boxes WORLD_MAP.gpkg && python -m training.tables.seal countries

A country's box holds its point, the parts of its outline (Natural Earth, world_map.gpkg in Debian's qgis-common) and
its first-level divisions (divisions.csv) as far as they are near: dependencies far away and what lies across the
antimeridian are left out. The other columns stay as they are.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from dateline.world.geometry import EARTH_KM
from dateline.world.labels import DATA
from training.tables.divisions import OUT as DIVISIONS
from training.tables.shapes import Box, from_geopackage, parts
from training.tables.units import joined

OUT = DATA / "countries.csv"
SIDES = ("west", "south", "east", "north")
FAR_KM = 1500.0  # the Canaries, the Azores and the Galápagos are near, Réunion and Easter Island are not
# The states on the continent and Hawaii, without the Aleutians; islands beyond are left out of no other state's box.
BY_HAND = {"US": Box(-168.2, 18.9, -66.9, 71.4)}


def main(world_map: Path) -> None:
    pieces: dict[str, list[Box]] = defaultdict(list)
    for shape in from_geopackage(world_map, "countries", "iso_a2"):
        pieces[shape.name] += [part.box() for part in parts(shape)]
    for row in _rows(DIVISIONS):
        if row["west"]:
            pieces[row["country"]].append(Box(*(float(row[side]) for side in SIDES)))
    rows = _rows(OUT)
    for row in rows:
        box = BY_HAND.get(row["code"]) or _box(row, pieces[row["code"]])
        row.update({side: f"{degree:.2f}" for side, degree in zip(SIDES, box, strict=True)})
    with OUT.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _box(row: dict[str, str], pieces: Iterable[Box]) -> Box:
    lat, lon = float(row["lat"]), float(row["lon"])
    found = joined(Box(lon, lat, lon, lat), pieces, FAR_KM)
    if found.west < found.east:
        return found
    half = float(row["area_km2"]) ** 0.5 / EARTH_KM * 180 / 3.14159 / 2  # an island that no table has
    return Box(lon - half, lat - half, lon + half, lat + half)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
