"""Countries: their names, the adjectives and peoples named after them, and the words that stand for their governments.

"Syrian" belongs to Syria; "Washington", "the Kremlin" and "Downing Street" are governments wherever they speak or act.
Source: dateline/data/countries.csv (see its label).
"""

from functools import cache, lru_cache
from math import pi, sqrt

from msgspec import Struct

from dateline.errors import InputError
from dateline.world.gazetteer import Box, Entry
from dateline.world.labels import read_table
from dateline.world.names import key_of


class Country(Struct, frozen=True, kw_only=True):
    """A country or territory. `code` is ISO 3166-1 alpha-2 (XK for Kosovo); the point is its middle as GeoNames has it;
    `radius_km` that of a circle of its area; `box` leaves out dependencies far away and what lies across the
    antimeridian."""

    code: str
    iso3: str
    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: str
    metonyms: tuple[str, ...]
    lat: float
    lon: float
    radius_km: float
    neighbours: tuple[str, ...]
    geonames_id: int
    box: Box


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


@lru_cache(maxsize=1)
def countries() -> dict[str, Country]:
    """All countries by alpha-2 code."""
    made = {}
    for row in read_table("countries"):
        made[row["code"]] = Country(
            code=row["code"],
            iso3=row["iso3"],
            name=row["name"],
            aliases=_parts(row["aliases"]),
            demonyms=_parts(row["demonyms"]),
            capital=row["capital"],
            metonyms=_parts(row["metonyms"]),
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            radius_km=round(sqrt(float(row["area_km2"]) / pi), 1),
            neighbours=_parts(row["neighbours"]),
            geonames_id=int(row["geonames_id"]),
            box=(float(row["west"]), float(row["south"]), float(row["east"]), float(row["north"])),
        )
    return made


@cache
def country_entry(code: str) -> Entry | None:
    """A country as a place among others, by its GeoNames id; None for a code that is no country's."""
    country = countries().get(code)
    if country is None:
        return None
    return Entry(
        id=country.geonames_id,
        name=country.name,
        kind="country",
        country=code,
        admin1="",
        lat=country.lat,
        lon=country.lon,
        population=0,
        radius_km=country.radius_km,
        countries=(code,),
    )


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    return {key_of(name): c.code for c in countries().values() for name in (c.name, *c.aliases)}


@lru_cache(maxsize=1)
def _by_demonym() -> dict[str, str]:
    made: dict[str, str] = {}
    for country in countries().values():
        for word in country.demonyms:
            key = key_of(word)
            made.setdefault(key, country.code)
            if not key.endswith(
                ("s", "sh", "ch", "ese", "men", "us")
            ):  # Syrians, Iraqis; but not "Frenches", "Chineses"
                made.setdefault(key + "s", country.code)
    return made


@lru_cache(maxsize=1)
def _by_metonym() -> dict[str, str]:
    return {key_of(word).removeprefix("the "): c.code for c in countries().values() for word in c.metonyms}


def known_country(code: str) -> str:
    """The alpha-2 code in capitals, as countries are kept.

    Raises:
        InputError: no country has it.
    """
    if code.upper() not in countries():
        raise InputError(f"country {code!r}: no country has this code; give two letters of ISO 3166-1, such as IQ")
    return code.upper()


def country_of_name(name: str) -> str | None:
    """Alpha-2 code of the country that a name names ("Britain", "Côte d'Ivoire", "UAE"); None where it names none."""
    key = key_of(name)
    return _by_name().get(key) or _by_name().get(key.removeprefix("the "))


def country_of_demonym(word: str) -> str | None:
    """Alpha-2 code of the country of an adjective or a people ("Syrian", "Iraqis", "British"); else None."""
    return _by_demonym().get(key_of(word))


def demonym_keys() -> frozenset[str]:
    """The keys (`key_of`) of all adjectives and peoples."""
    return frozenset(_by_demonym())


def government_of(name: str) -> str | None:
    """Alpha-2 code of the country whose government a place name can stand for ("Washington", "Kyiv", "the Kremlin").

    Whether it does in a given sentence is for the reader of the sentence to say; None where the name never does.
    """
    return _by_metonym().get(key_of(name).removeprefix("the "))
