"""Where an incident lies, as the tables of others name it: divisions, country names, cells of a grid."""

from functools import lru_cache

from msgspec import Struct

from dateline.incidents.types import Spot
from dateline.world.countries import countries
from dateline.world.gazetteer import gazetteer
from dateline.world.labels import read_table

_CELLS_PER_DEGREE = 2  # PRIO-GRID
_ROWS, _COLUMNS = 180 * _CELLS_PER_DEGREE, 360 * _CELLS_PER_DEGREE


class Divisions(Struct, frozen=True):
    """The first and second division that a place lies in, where the gazetteer knows them."""

    first: str | None = None
    second: str | None = None


def divisions_of(spot: Spot | None) -> Divisions:
    """The divisions of a place, by its GeoNames id."""
    return _divisions(spot.geonames_id) if spot and spot.geonames_id else Divisions()


@lru_cache(maxsize=4096)
def _divisions(geonames_id: int) -> Divisions:
    entry = gazetteer().entry(geonames_id)
    if entry is None or entry.country is None or not entry.admin1:
        return Divisions()
    second = entry.name if entry.kind == "county" else None
    return Divisions(gazetteer().division_name(entry.country, entry.admin1), second)


def country_name(code: str | None) -> str | None:
    """The name of a country; a code that is none stands as it is."""
    known = countries().get(code or "")
    return known.name if known else code


@lru_cache(maxsize=1)
def _codes() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in read_table("country_codes")}


def iso_number(code: str | None) -> str:
    """The ISO 3166-1 number of a country; empty where it has none."""
    return _codes().get(code or "", {}).get("iso_number", "")


def ucdp_region(code: str | None) -> str:
    """UCDP's region of a country: Africa, Americas, Asia, Europe, Middle East; empty where it is in none."""
    return _codes().get(code or "", {}).get("ucdp_region", "")


def country_of(spot: Spot | None) -> str | None:
    return spot.country if spot else None


def prio_grid(lat: float, lon: float) -> int:
    """The number of the PRIO-GRID cell: half degrees, counted from 90°S 180°W eastwards, then north, from 1 on.

    Source: PRIO-GRID 2.0 codebook, "gid".
    """
    row = min(int((lat + 90) * _CELLS_PER_DEGREE), _ROWS - 1)
    column = min(int((lon + 180) * _CELLS_PER_DEGREE), _COLUMNS - 1)
    return row * _COLUMNS + column + 1
