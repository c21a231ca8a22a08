"""The gazetteer: what places of a name there are, how large, and where.

Three tables behind one look-up: populated places and first-level divisions (`data/gazetteer.sqlite`, made at set-up
from GeoNames by `make tables`), and our own regions (`data/regions.csv`: seas, rivers, ranges, islands, informal and
historic regions, borders, and the dams, bases, camps and crossings that news of conflict names).
Opening takes milliseconds and little memory; the file is never written to.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from dateline.errors import ResourceError
from dateline.world import labels

if TYPE_CHECKING:
    import sqlite3

PlaceKind = Literal["city", "division", "region", "water"]

WATER = frozenset("sea gulf river strait lake canal ocean".split())
_LETTERS = str.maketrans({
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "a", "ħ": "h",
    "‐": " ", "‑": " ", "–": " ", "-": " ", "/": " ", ",": " ", "(": " ", ")": " ",
    "'": "", "’": "", "‘": "", "ʻ": "", "ʼ": "", "`": "", "´": "", "ʿ": "", "ʾ": "", ".": "", "\u200b": "",
})  # fmt: skip
_PLAIN = re.compile(r"(?!(?:st|mt)\b)[a-z]+(?: [a-z]+)*").fullmatch  # most names: nothing to change in them
_ARTICLE = re.compile(r"(?<!\S)(?:al|el|ul|ad|adh|ar|as|ash|at|ath|an|az|ez|ed|er|es|esh|et|us|ud|ur)\s+(?=\S{2})")
# Spellings of one Arabic, Persian or Pashto name that news uses side by side, longest first.
_LOOSE = (
    ("kh", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "i"),
    ("ay", "i"), ("ai", "i"), ("ey", "i"), ("aw", "u"), ("au", "u"), ("dj", "j"),
    ("q", "k"), ("o", "u"), ("e", "i"), ("y", "i"),
)  # fmt: skip
_LOOSE_MIN = 5  # letters: shorter names fall together too often


class Entry(Struct, frozen=True):
    """One place of the gazetteer. Degrees WGS 84, `population` 0 where it is not known, `radius_km` a rough extent.

    `id` is the GeoNames id, or our own id from regions.csv (negative: its row, from -1 on). `official` is true where
    the name looked up is the place's own name rather than one of its alternate names; `loose` where only the loose
    spelling meets.
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
    line: tuple[tuple[float, float], ...] = ()  # a rough course (lat, lon), source to mouth: rivers, borders, ranges
    box: tuple[float, float, float, float] | None = None  # west, south, east, north, where it says more than a radius


def key_of(name: str) -> str:
    """The form under which a name is kept and looked up: case, accents, hyphens, apostrophes and spacing apart.

    "Al-Fallūjah", "al Fallujah" and "AL-FALLUJAH" have one key. Other scripts keep their letters.
    """
    plain = name.casefold()
    if _PLAIN(plain):
        return plain
    plain = plain.translate(_LETTERS)
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
        plain = plain.translate(_LETTERS)
    words = plain.split()
    if words and words[0] in ("st", "mt"):
        words[0] = {"st": "saint", "mt": "mount"}[words[0]]
    return " ".join(words)


def bare_key(key: str) -> str:
    """A key without its Arabic articles: "deir ez zor" and "deir al zor" are both "deir zor"."""
    return _ARTICLE.sub("", key)


def loose_key(key: str) -> str | None:
    """A key in which the usual spellings of an Arabic or Persian name meet: "~faluja" for Fallujah, Falluja, Faloojah.

    None where too little would be left to tell names apart.
    """
    bare = bare_key(key)
    if not bare.isascii():
        return None
    for old, new in _LOOSE:
        bare = bare.replace(old, new)
    bare = re.sub(r"(.)\1+", r"\1", bare)
    bare = re.sub(r"(?<=[a-z])(?:ah|a|i|t|h|at)\b", "", bare).replace(" ", "")
    return "~" + bare if len(bare) >= _LOOSE_MIN - 1 and len(key) >= _LOOSE_MIN else None


def _without_accents(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub("[‘’ʻʼ`]", "'", plain).strip("'")


def gazetteer_path() -> Path:
    return labels.DATA / "gazetteer.sqlite"


class Gazetteer:
    """Look-ups in the table and in our regions. One connection a process; safe to share among its threads."""

    def __init__(self, path: Path | None = None) -> None:
        """Open the table read-only.

        Raises:
            ResourceError: the file is missing, is not a gazetteer, or is not the one that its label names.
        """
        self.path = path or gazetteer_path()
        self._db = _open(self.path)
        self._regions = _regions_by_key()
        self._cache: dict[str, tuple[Entry, ...]] = {}

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

    def division_of(self, place: int | None) -> tuple[str, str] | None:
        """Country and first-level division (GeoNames code) of a place by its GeoNames id; None where unknown."""
        row = self._db.execute("SELECT country, admin1 FROM place WHERE id = ?", (place,)).fetchone()
        return (row[0], row[1]) if row and row[1] else None

    def division_name(self, country: str, admin1: str) -> str | None:
        """The name of a first-level division, without accents; None where the table has none of that code."""
        query = "SELECT name FROM place WHERE kind = 'division' AND country = ? AND admin1 = ?"
        row = self._db.execute(query, (country, admin1)).fetchone()
        return _without_accents(row[0]) if row else None

    def _fetch(self, keys: list[str]) -> None:
        made: dict[str, list[Entry]] = {key: [_region(n) for n in self._regions.get(key, ())] for key in keys}
        marks = ",".join("?" * len(keys))
        for key, official, *row in self._db.execute(_SELECT.format(marks), keys):
            made[key].append(_entry(row, official=bool(official), loose=key.startswith("~")))
        for key, entries in made.items():
            self._cache[key] = tuple(sorted(entries, key=lambda e: (-e.population, e.id)))


_CACHE_MAX = 50_000  # keys kept in memory, about 10 MB
_BATCH = 400  # keys a query, under SQLite's limit on variables
_SELECT = (
    "SELECT n.key, n.official, p.id, p.name, p.kind, p.country, p.admin1, p.lat, p.lon, p.population, p.radius_m "
    "FROM name n JOIN place p ON p.id = n.place WHERE n.key IN ({})"
)
_CITY_RADIUS = ((1_000_000, 20.0), (200_000, 12.0), (50_000, 7.0), (10_000, 4.0), (0, 2.0))  # people, kilometres


def city_radius_km(population: int) -> float:
    """A rough radius of a populated place by its population; 2 km where that is not known."""
    return next(radius for least, radius in _CITY_RADIUS if population >= least)


def _entry(row: list[object], *, official: bool, loose: bool) -> Entry:
    place, name, kind, country, admin1, lat, lon, population, radius_m = row
    assert isinstance(place, int)
    assert isinstance(lat, int)
    assert isinstance(lon, int)
    assert isinstance(population, int)
    division = kind == "division"
    return Entry(
        id=place,
        name=str(name),
        kind="division" if division else "city",
        country=str(country),
        admin1=str(admin1),
        lat=lat / 1e5,
        lon=lon / 1e5,
        population=population,
        radius_km=float(str(radius_m)) / 1000 if division else city_radius_km(population),
        official=official,
        loose=loose,
        countries=(str(country),),
    )


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
def _regions_by_key() -> dict[str, tuple[int, ...]]:
    """Rows of the regions (from 1 on) by key. Rows become entries only when a name asks for them: that is the cost."""
    made: dict[str, tuple[int, ...]] = {}
    for number, (_, name, aliases, *_rest) in enumerate(_region_rows(), start=1):
        names = [name, *aliases.split("|")] if aliases else [name]
        for key in {key_of(name) for name in names}:
            made[key] = (*made[key], number) if key in made else (number,)
    return made


@lru_cache(maxsize=4096)
def _region(number: int) -> Entry:
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


@lru_cache(maxsize=4)
def _gazetteer_of(process: int) -> Gazetteer:
    return Gazetteer()


def gazetteer() -> Gazetteer:
    """The gazetteer of this process, opened at first use. (A SQLite connection must not cross a fork.)"""
    import os

    return _gazetteer_of(os.getpid())
