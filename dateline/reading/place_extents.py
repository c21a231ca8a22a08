"""How the anchors of a relation lie on the earth: a Place carries no box, so the tables are asked for it again."""

from collections.abc import Sequence
from functools import lru_cache

from msgspec.structs import replace

from dateline.reading.place_geometry import Extent, Point, Size, in_box
from dateline.record import Place, Span
from dateline.world.countries import countries, country_of_demonym, country_of_name
from dateline.world.gazetteer import Box, Entry, gazetteer, region, region_count
from dateline.world.geometry import distance_km

_SAME_KM = 1.0  # entries of a name nearer than this to a place's point are that place
_SIZES: dict[str, Size] = {
    "exact": "point", "near": "point", "district": "district", "province": "province", "region": "region",
    "country": "country", "part_of_country": "region", "water": "water",
}  # fmt: skip


def extent_of(place: Place) -> Extent | None:
    """The extent of a place that is an anchor; None where its point is not known."""
    if place.lat is None or place.lon is None:
        return None
    size = _SIZES[place.precision or "exact"]
    box, line, codes = _from_tables(place)
    if place.relation is not None:  # "suburbs of" eastern Aleppo: told by way of another itself
        box, line = _bounds(place), ()
    radius = place.radius_km if place.radius_km is not None else 5.0
    own = (place.country,) if place.country else ()
    return Extent(
        inland=place.precision == "water" and place.where_prec != 7,
        lat=place.lat, lon=place.lon, radius_km=radius, size=size, box=box, line=line, countries=codes or own
    )  # fmt: skip


def _from_tables(place: Place) -> tuple[Box | None, tuple[Point, ...], tuple[str, ...]]:
    if place.precision == "country" and place.country in countries():
        return countries()[place.country].box, (), (place.country,)
    entry = _entry_of(place)
    return (entry.box, entry.line, entry.countries) if entry else (None, (), ())


def _entry_of(place: Place) -> Entry | None:
    """The entry that a place was read from, by its name and point: regions of our own have no public id."""
    assert place.lat is not None
    assert place.lon is not None
    for entry in gazetteer().lookup(place.name):
        if (
            entry.geonames_id == place.geonames_id
            and distance_km(place.lat, place.lon, entry.lat, entry.lon) < _SAME_KM
        ):
            return entry
    return None


def _bounds(place: Place) -> Box | None:
    """The box of the shape that a told place has."""
    shape = place.relation.geometry if place.relation else None
    if not shape or shape["type"] not in ("Polygon", "LineString"):
        return None
    ring = shape["coordinates"][0] if shape["type"] == "Polygon" else shape["coordinates"]
    lons, lats = [lon for lon, _ in ring], [lat for _, lat in ring]
    return min(lons), min(lats), max(lons), max(lats)


def country_extent(code: str | None) -> Extent | None:
    country = countries().get(code or "")
    if country is None:
        return None
    return Extent(
        lat=country.lat, lon=country.lon, radius_km=country.radius_km, size="country", box=country.box,
        countries=(country.code,),
    )  # fmt: skip


def division_points(code: str) -> tuple[Point, ...]:
    """The middles of a country's provinces."""
    return gazetteer().division_points(code)


def home_of(code: str | None) -> Box | None:
    """The box of a country."""
    country = countries().get(code or "")
    return country.box if country else None


def other_side(code: str, spoken: Sequence[str]) -> str | None:
    """Of the neighbours of a country the one that the report speaks of most: "the Turkish border" in one on Syria.

    Args:
        spoken: alpha-2 codes of the countries spoken of, the most often first.
    """
    neighbours = countries()[code].neighbours if code in countries() else ()
    return next((each for each in spoken if each in neighbours), None)


@lru_cache(maxsize=1)
def _courses() -> dict[frozenset[str], tuple[Point, ...]]:
    """Courses of borders between two countries; the longest where a pair has several."""
    made: dict[frozenset[str], tuple[Point, ...]] = {}
    for entry in (region(number) for number in range(1, region_count() + 1)):
        pair = frozenset(entry.countries)
        if entry.detail == "border" and len(pair) == 2 and len(entry.line) > len(made.get(pair, ())):
            made[pair] = entry.line
    return made


def border_course(one: str, other: str) -> tuple[Point, ...]:
    """The course of the border between two countries; empty where no table has it."""
    return _courses().get(frozenset((one, other)), ())


def lies_in(lat: float, lon: float, code: str) -> bool:
    """Whether a point lies in the box of a country."""
    box = home_of(code)
    return box is not None and in_box(lat, lon, box)


def capital_of(place: Place) -> Place | None:
    """The capital of the country that a place or a demonym names, as a place in the same words; None where unknown."""
    country = countries().get(place.country or "")
    if country is None or place.precision != "country":
        return None
    found = [
        entry for entry in gazetteer().lookup(country.capital) if entry.country == country.code and entry.kind == "city"
    ]
    if not found:
        return None
    return replace(
        place, name=country.capital, lat=round(found[0].lat, 5), lon=round(found[0].lon, 5), demonym=False,
        radius_km=found[0].radius_km, precision="exact", where_prec=1, geo_precision=1,
        geonames_id=found[0].geonames_id,
    )  # fmt: skip


def country_place(part: Place, start: int, end: int) -> Place | None:
    """The country that a stretch of a place's words names; None where it names none. Offsets count from the place."""
    words = part.text[start:end]
    code = country_of_name(words) or country_of_demonym(words)
    country = countries().get(code or "")
    if country is None:
        return None
    return Place(
        text=words, span=Span(part.span.start + start, part.span.start + end), where=part.where, name=country.name,
        country=code, lat=country.lat, lon=country.lon, radius_km=country.radius_km, precision="country", where_prec=6,
        geo_precision=3, geonames_id=country.geonames_id,
    )  # fmt: skip


def inner_place(outer: Place, start: int, end: int) -> Place:
    """The place that a stretch of another place's name names, near to it: Ghouta of "eastern Ghouta"; without a point
    where no table has one."""
    words = outer.text[start:end]
    bare = Place(
        text=words, span=Span(outer.span.start + start, outer.span.start + end), where=outer.where,
        name=" ".join(words.split()), country=outer.country,
    )  # fmt: skip
    for entry in gazetteer().lookup(bare.name):
        if outer.country in entry.countries and _near(outer, entry):
            return replace(
                bare, lat=round(entry.lat, 5), lon=round(entry.lon, 5), radius_km=entry.radius_km,
                geonames_id=entry.geonames_id,
            )  # fmt: skip
    return bare


def _near(place: Place, entry: Entry) -> bool:
    reach = (place.radius_km or 0.0) + entry.radius_km
    return (
        place.lat is not None
        and place.lon is not None
        and distance_km(place.lat, place.lon, entry.lat, entry.lon) <= reach
    )
