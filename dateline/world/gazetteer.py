"""The gazetteer: what places of a name there are, how large, and where.

Three tables behind one look-up: populated places and divisions of the first and second level
(`data/gazetteer.sqlite`, made at set-up from GeoNames by `make tables`), our own regions (`data/regions.csv`: seas,
rivers, ranges, islands, informal and historic regions, borders, and the dams, bases, camps and crossings that news of
conflict names), and the gazetteers that the user added (`added.py`). A place that several have is one: it stands with
the built-in id and population under the names of all. Opening takes milliseconds and little memory; the files are never
written to.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dateline.errors import ResourceError
from dateline.world import labels
from dateline.world.added import AddedFile, marks, open_all
from dateline.world.geometry import distance_km
from dateline.world.names import bare_key, key_of, loose_key

if TYPE_CHECKING:
    import sqlite3

__all__ = ["Entry", "Gazetteer", "bare_key", "city_radius_km", "gazetteer", "gazetteer_path", "key_of", "loose_key"]

PlaceKind = Literal["city", "county", "division", "region", "water", "country"]
Box = tuple[float, float, float, float]  # west, south, east, north

WATER = frozenset("sea gulf river strait lake canal ocean".split())
_DIVISION_NOUN = re.compile(r" (?:region|province|state|department|oblast)$")


class Entry(Struct, frozen=True):
    """One place of the gazetteer. Degrees WGS 84, `population` 0 where it is not known, `radius_km` a rough extent.

    `id` is the GeoNames id, or our own id from regions.csv (negative: its row, from -1 on; a county without a GeoNames
    id is below -9,000,000), or that of an added gazetteer with ids of its own; `geonames_id` tells. `admin1` and
    `admin2` are GeoNames codes: a "division" is of the first level, a "county" of the second. `box` is where its
    outline or its towns lie; none goes across the antimeridian. `official` is true where the name looked up is the
    place's own name rather than one of its alternate names; `loose` where only the loose spelling meets.
    """

    id: int
    name: str
    kind: PlaceKind
    country: str | None
    admin1: str
    lat: float
    lon: float
    population: int
    radius_km: float
    official: bool = True
    loose: bool = False
    detail: str = ""
    countries: tuple[str, ...] = ()
    admin2: str = ""
    box: Box | None = None
    line: tuple[tuple[float, float], ...] = ()  # a rough course (lat, lon), source to mouth: rivers, borders, ranges

    @property
    def geonames_id(self) -> int | None:
        """The id by which GeoNames knows the place; None for ids of others."""
        return self.id if 0 < self.id < _OTHERS_IDS else None


_OTHERS_IDS = 1 << 31  # GeoNames counts up from 1 and has not come to a hundredth of this


def _without_accents(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub("[‘’ʻʼ`]", "'", plain).strip("'")


def gazetteer_path() -> Path:
    return labels.DATA / "gazetteer.sqlite"


class Gazetteer:
    """Look-ups in the table and in our regions. One connection a process; safe to share among its threads."""

    def __init__(self, path: Path | None = None, folder: Path | None = None) -> None:
        """Open the table read-only, and the gazetteers added in a folder.

        Raises:
            ResourceError: the file is missing, is not a gazetteer, or is not the one that its label names; or an added
                one is damaged.
        """
        self.path = path or gazetteer_path()
        self._db = _open(self.path)
        self._added = open_all(folder) if folder else ()
        self._regions = regions_by_key()
        self._twins: dict[int, Entry] = {}
        self._cache: dict[str, tuple[Entry, ...]] = {}
        self._divisions: dict[str, list[tuple[float, float]]] | None = None  # read when first asked for: 15 ms

    def find(self, keys: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
        """Places by key (`key_of`, or `loose_key` with its "~"), most populous first; unknown keys are absent."""
        wanted = list(dict.fromkeys(keys))
        missing = [key for key in wanted if key not in self._cache]
        if len(self._cache) > _CACHE_MAX:
            self._cache.clear()
            missing = wanted
        for start in range(0, len(missing), _BATCH):
            self._fetch(missing[start : start + _BATCH])
        return {key: found for key in wanted if (found := self._cache[key])}

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """Places of a name: by its own spelling, else without Arabic articles, else by its loose spelling."""
        key = key_of(name)
        loose = loose_key(key)
        for form in (key, bare_key(key), loose):
            if form and (found := self.find([form]).get(form)):
                return found
        return ()

    @property
    def added(self) -> tuple[AddedFile, ...]:
        """The gazetteers that the user added, by name."""
        return self._added

    def division_of(self, place: int | None) -> tuple[str, str] | None:
        """Country and first-level division (GeoNames code) of a place by its GeoNames id; None where unknown."""
        entry = self.entry(place)
        return (entry.country, entry.admin1) if entry and entry.country and entry.admin1 else None

    def entry(self, place: int | None) -> Entry | None:
        """A place by its GeoNames id, with its box and the codes of its divisions; None where unknown."""
        return None if place is None else self._by_id([place]).get(place)

    def division_name(self, country: str, admin1: str) -> str | None:
        """The name of a first-level division, without accents; None where the table has none of that code."""
        query = "SELECT name FROM place WHERE kind = 'division' AND country = ? AND admin1 = ?"
        if row := self._db.execute(query, (country, admin1)).fetchone():
            return _without_accents(row[0])
        for each in self._added:
            if rows := each.rows(f"{query} AND detail = ''", (country, admin1)):
                return _without_accents(rows[0][0])
        return None

    def division_points(self, country: str) -> tuple[tuple[float, float], ...]:
        """The middles (lat, lon) of a country's first-level divisions."""
        if self._divisions is None:
            self._divisions = {}
            for code, lat, lon in self._db.execute("SELECT country, lat, lon FROM place WHERE kind = 'division'"):
                self._divisions.setdefault(code, []).append((lat / 1e5, lon / 1e5))
        return tuple(self._divisions.get(country, ()))

    def _region(self, number: int) -> Entry:
        """A row of our regions; of a province that GeoNames has too, that division."""
        ours = region(number)
        if ours.kind != "division":
            return ours
        if number not in self._twins:
            keys = [key_of(name) for name in region_names(number)]
            forms = list(dict.fromkeys(form for key in keys for form in (key, _DIVISION_NOUN.sub("", key))))
            rows = self._db.execute(_SELECT.format(marks(forms)), forms)
            self._twins[number] = _twin(ours, [_entry(row, official=True, loose=False) for _, _, *row in rows]) or ours
        return self._twins[number]

    def _fetch(self, keys: list[str]) -> None:
        made = {key: {e.id: e for n in self._regions.get(key, ()) if (e := self._region(n))} for key in keys}
        for key, official, *row in self._db.execute(_SELECT.format(marks(keys)), keys):
            entry = _entry(row, official=bool(official), loose=key.startswith("~"))
            made[key].setdefault(entry.id, entry)
        if self._added:
            for key, entry in self._from_added(keys):
                made[key].setdefault(entry.id, entry)
        for key, entries in made.items():
            self._cache[key] = tuple(sorted(entries.values(), key=lambda e: (-e.population, e.id)))

    def _from_added(self, keys: Sequence[str]) -> Iterator[tuple[str, Entry]]:
        """Places by what the added gazetteers call them: a place of another gazetteer stands as that one has it."""
        found = [each for file in self._added for each in file.find(keys)]
        elsewhere = {each.place if each.row is None else each.other for each in found} - {None}
        others = self._by_id([id for id in elsewhere if id is not None])
        for each in found:
            loose = each.key.startswith("~")
            other = others.get(each.place if each.row is None else each.other or 0)
            if other is not None:  # its own name is the one that its own gazetteer has
                yield each.key, replace(other, official=False, loose=loose)
            elif each.row is not None:
                yield each.key, _entry(each.row, official=each.official, loose=loose)

    def _by_id(self, ids: Sequence[int]) -> dict[int, Entry]:
        """Places by id: from our regions, the built-in table, then the added ones; unknown ids are absent."""
        made = {id: region(-id) for id in ids if -region_count() <= id < 0}
        for start in range(0, len(ids), _BATCH):
            some = ids[start : start + _BATCH]
            for row in self._db.execute(_SELECT_BY_ID.format(marks(some)), some):
                made[row[0]] = _entry(row, official=True, loose=False)
            for file in self._added:
                for id, (row, other) in file.places([id for id in some if id not in made]).items():
                    known = self._by_id([other]).get(other) if other not in (None, id) else None
                    made[id] = known or _entry(row, official=True, loose=False)
        return made


_CACHE_MAX = 50_000  # keys kept in memory, about 10 MB
_BATCH = 400  # keys a query, under SQLite's limit on variables
_COLUMNS = (
    "p.id, p.name, p.kind, p.country, p.admin1, p.admin2, p.lat, p.lon, p.population, p.radius_m, '', "
    "b.west, b.south, b.east, b.north"
)
_BOXED = "LEFT JOIN box b ON b.place = p.id"
_SELECT = (
    f"SELECT n.key, n.official, {_COLUMNS} FROM name n JOIN place p ON p.id = n.place {_BOXED} WHERE n.key IN ({{}})"
)
_SELECT_BY_ID = f"SELECT {_COLUMNS} FROM place p {_BOXED} WHERE p.id IN ({{}})"
_CITY_RADIUS = ((1_000_000, 20.0), (200_000, 12.0), (50_000, 7.0), (10_000, 4.0), (0, 2.0))  # people, kilometres


def city_radius_km(population: int) -> float:
    """A rough radius of a populated place by its population; 2 km where that is not known."""
    return next(radius for least, radius in _CITY_RADIUS if population >= least)


def _entry(row: Sequence[Any], *, official: bool, loose: bool) -> Entry:
    """A row of `place` in the order of `_COLUMNS`; that of added gazetteers ends before the box."""
    place, name, kind, country, admin1, admin2, lat, lon, population, radius_m, detail, *sides = row
    return Entry(
        id=place,
        name=name,
        kind=kind,
        country=country or None,
        admin1=admin1,
        lat=lat / 1e5,
        lon=lon / 1e5,
        population=population,
        radius_km=city_radius_km(population) if kind == "city" else radius_m / 1000,
        official=official,
        loose=loose,
        detail=detail,
        countries=(country,) if country else (),
        admin2=admin2,
        box=_box(sides),
    )


def _box(sides: Sequence[Any]) -> Box | None:
    if not sides or sides[0] is None:
        return None
    west, south, east, north = (side / 1e5 for side in sides)
    return west, south, east, north


def _twin(region: Entry, candidates: Iterable[Entry]) -> Entry | None:
    """The division of GeoNames that a province of our table is: of one of its names, in its country, and as near as two
    rough middles are."""
    near = (
        (distance_km(region.lat, region.lon, entry.lat, entry.lon), entry)
        for entry in candidates
        if entry.kind in ("division", "county") and entry.country in region.countries
    )
    found = [
        (entry.kind == "county", km, entry.id, entry)
        for km, entry in near
        if km <= max(region.radius_km, entry.radius_km)
    ]  # a division before a county
    if not found:
        return None
    *_, twin = min(found)
    people = max(twin.population, REGION_WEIGHT)
    return msgspec.structs.replace(twin, kind="division", population=people, official=True)


def _open(path: Path) -> "sqlite3.Connection":
    import sqlite3

    if not path.is_file():
        raise ResourceError(f"{path.name} is missing; run `make tables`")
    try:
        db = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        row = db.execute("SELECT value FROM meta WHERE key = 'sha256'").fetchone()
    except sqlite3.DatabaseError as error:
        raise ResourceError(f"{path.name} is not a gazetteer ({error}); run `make tables`") from error
    want = labels.read_label(path.stem).sha256
    if not row or row[0] != want:
        got = str(row[0])[:12] if row else "nothing"
        raise ResourceError(
            f"{path.name}: content {got} is not the {want[:12]} named in {path.stem}.toml; run `make tables`"
        )
    return db


@lru_cache(maxsize=1)
def _region_rows() -> list[list[str]]:
    return labels.read_rows("regions")


@lru_cache(maxsize=1)
def regions_by_key() -> dict[str, tuple[int, ...]]:
    """Rows of the regions (from 1 on) by key. Rows become entries only when a name asks for them: that is the cost."""
    made: dict[str, tuple[int, ...]] = {}
    for number, (_, name, aliases, *_rest) in enumerate(_region_rows(), start=1):
        names = [name, *aliases.split("|")] if aliases else [name]
        for key in {key_of(name) for name in names}:
            made[key] = (*made[key], number) if key in made else (number,)
    return made


def region_count() -> int:
    return len(_region_rows())


def region_names(number: int) -> list[str]:
    """All names of a row of our regions, its own first."""
    _, name, aliases, *_ = _region_rows()[number - 1]
    return [name, *filter(None, aliases.split("|"))]


@lru_cache(maxsize=4096)
def region(number: int) -> Entry:
    _, name, _, kind, spread, lat, lon, radius_km, _, line, box = _region_rows()[number - 1]
    countries = tuple(code for code in spread.split("|") if code)
    return Entry(
        id=-number,
        name=name,
        kind="water" if kind in WATER else "division" if kind == "province" else "region",
        country=countries[0] if len(countries) == 1 else None,
        admin1="",
        lat=float(lat),
        lon=float(lon),
        population=REGION_WEIGHT,
        radius_km=float(radius_km),
        detail=kind,
        countries=countries,
        line=line_of(line),
        box=box_of(box),
    )


def line_of(text: str) -> tuple[tuple[float, float], ...]:
    """The points of "36.34 43.13;33.34 44.40" as (latitude, longitude); none of an empty text."""
    pairs = (point.split(" ") for point in text.split(";") if point)
    return tuple((float(lat), float(lon)) for lat, lon in pairs)


def box_of(text: str) -> tuple[float, float, float, float] | None:
    """The box "west,south,east,north" as numbers; None of an empty text."""
    if not text:
        return None
    west, south, east, north = map(float, text.split(","))
    return west, south, east, north


# Our regions are there because news speaks of them: they stand in the ranking like a city of this many people.
REGION_WEIGHT = 500_000
# News names the seats of districts far more than hamlets, and GeoNames often does not know how many people live there:
# a seat stands in the ranking like a town of this many at least.
SEAT_WEIGHT = 1_000


@lru_cache(maxsize=4)
def _gazetteer_of(process: int) -> Gazetteer:
    from dateline.settings import from_environment

    return Gazetteer(folder=Path(from_environment().gazetteers))


def gazetteer() -> Gazetteer:
    """The gazetteer of this process, opened at first use, with the user's own. (A connection must not cross a fork.)"""
    import os

    return _gazetteer_of(os.getpid())


def added_hashes() -> dict[str, str]:
    """The sha256 of what each added gazetteer holds, by "gazetteer/" and its name: for `made_by.tables`."""
    return {f"gazetteer/{file.name}": file.source.sha256 for file in gazetteer().added}


def forget() -> None:
    """Let `gazetteer` open all anew: what was added since is looked up from then on."""
    _gazetteer_of.cache_clear()
