"""The user's own word on names: a CSV file that says which place a name always means, whatever the tables have.

name,country,lat,lon,radius_km,precision,geonames_id,note
Al-Abdiyah,SY,35.12,36.55,2,exact,,the village near Suran
"""

import csv
import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from io import StringIO
from pathlib import Path

from msgspec import Struct

from dateline.codes import PLACE_PRECISIONS, PlacePrecision
from dateline.errors import InputError
from dateline.settings import Settings, from_environment
from dateline.world.countries import countries
from dateline.world.gazetteer import Entry
from dateline.world.names import key_of

COLUMNS = ("name", "country", "lat", "lon", "radius_km", "precision", "geonames_id", "note")
FILE = "overrides.csv"
_RADIUS_KM = 2.0  # where none is given
_PRECISION: PlacePrecision = "exact"
_NUMBER = re.compile(r"-?\d{1,4}(?:\.\d+)?")


class Override(Struct, frozen=True, kw_only=True):
    """What a name always means. `country` None for what no country has, such as a sea."""

    name: str
    country: str | None
    lat: float
    lon: float
    radius_km: float
    precision: PlacePrecision
    geonames_id: int | None
    note: str


class Overrides(Struct, frozen=True):
    """All overrides of a file by the key of their name, and the sha256 of its bytes; None where there is no file."""

    by_key: Mapping[str, Override]
    sha256: str | None


def overrides() -> Mapping[str, Override]:
    """What names always mean, by `key_of` the name; read once a process.

    Raises:
        InputError: the file cannot be read, or a row of it is wrong; the message names the row.
    """
    return _loaded().by_key


OVERRIDDEN = "override"  # `Entry.detail` of a place that the user's word names


def override_entry(key: str) -> Entry:
    """What the user says a name means, as a place among others."""
    word = overrides()[key]
    return Entry(
        id=word.geonames_id or -1,
        name=word.name,
        kind="city",
        country=word.country,
        admin1="",
        lat=word.lat,
        lon=word.lon,
        population=0,
        radius_km=word.radius_km,
        detail=OVERRIDDEN,
        countries=(word.country,) if word.country else (),
    )


def overrides_sha256() -> str | None:
    """The sha256 of the file of overrides, for `made_by.tables`; None where there is none."""
    return _loaded().sha256


def overrides_path(settings: Settings) -> Path:
    """Where the file lies, or would lie."""
    return Path(settings.place_overrides or Path(settings.gazetteers) / FILE)


def read_overrides(path: Path) -> Overrides:
    """The overrides of a file.

    Raises:
        InputError: it cannot be read, or a row of it is wrong; the message names the row.
    """
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: {(error.strerror or str(error)).lower()}; it is to hold place overrides") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 (byte {error.start + 1}); save it as CSV in UTF-8") from error
    rows = csv.DictReader(StringIO(text, newline=""), strict=True)
    try:
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise InputError(f"{path}: its first line must be {','.join(COLUMNS)}")
        made: dict[str, Override] = {}
        for row in rows:
            _put(made, row, f"{path}, line {rows.line_num}")
    except csv.Error as error:
        raise InputError(f"{path}, line {rows.line_num}: not CSV ({error})") from error
    return Overrides(made, sha256(raw).hexdigest())


@lru_cache(maxsize=1)
def _loaded() -> Overrides:
    settings = from_environment()
    path = overrides_path(settings)
    if not settings.place_overrides and not path.exists():
        return Overrides({}, None)
    return read_overrides(path)


def forget() -> None:
    """Let the file be read anew at the next use."""
    _loaded.cache_clear()


def _put(made: dict[str, Override], row: Mapping[str | None, str | list[str] | None], where: str) -> None:
    if None in row or None in row.values():
        raise InputError(f"{where}: not {len(COLUMNS)} columns; a comma within a cell needs quotes around the cell")
    override = _override({str(name): str(cell).strip() for name, cell in row.items()}, where)
    key = key_of(override.name)
    if key in made:
        raise InputError(f"{where}: {override.name} stands twice (as {made[key].name}); leave one")
    made[key] = override


def _override(row: Mapping[str, str], where: str) -> Override:
    if not key_of(row["name"]):
        raise InputError(f"{where}: no name")
    if row["country"] and row["country"] not in countries():
        raise InputError(f"{where}: country {row['country']!r} is no code of ISO 3166-1, such as IQ")
    precision = row["precision"] or _PRECISION
    if precision not in PLACE_PRECISIONS:
        raise InputError(f"{where}: precision {precision!r} is not one of {', '.join(PLACE_PRECISIONS)}")
    id = row["geonames_id"]
    if id and not (id.isascii() and id.isdigit() and 0 < int(id) < 1 << 31):
        raise InputError(f"{where}: geonames_id {id!r} is no whole number from 1 on; leave it empty for none")
    return Override(
        name=row["name"],
        country=row["country"] or None,
        lat=_number(row, "lat", -90, 90, where),
        lon=_number(row, "lon", -180, 180, where),
        radius_km=_number(row, "radius_km", 0, 5000, where) if row["radius_km"] else _RADIUS_KM,
        precision=precision,
        geonames_id=int(id) if id else None,
        note=row["note"],
    )


def _number(row: Mapping[str, str], column: str, least: float, most: float, where: str) -> float:
    cell = row[column]
    if not _NUMBER.fullmatch(cell) or not least <= float(cell) <= most:
        raise InputError(f"{where}: {column} {cell!r} is no number from {least:g} to {most:g}")
    return float(cell)
