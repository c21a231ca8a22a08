"""Distances and bearings on the earth, and the words for them.

Degrees are WGS 84, distances kilometres, bearings degrees clockwise from north.
"""

from math import asin, atan2, cos, degrees, radians, sin, sqrt

EARTH_KM = 6371.0088  # mean radius, IUGG
MILE_KM = 1.609344

COMPASS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")
BEARINGS: dict[str, float] = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0,
    "south": 180.0, "southwest": 225.0, "west": 270.0, "northwest": 315.0,
    "north-northeast": 22.5, "east-northeast": 67.5, "east-southeast": 112.5, "south-southeast": 157.5,
    "south-southwest": 202.5, "west-southwest": 247.5, "west-northwest": 292.5, "north-northwest": 337.5,
}  # fmt: skip


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance in kilometres (haversine; 0.5 % off the ellipsoid at most)."""
    p, q = radians(lat), radians(other_lat)
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(h)))


def bearing_deg(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Initial bearing from the first point to the other, 0 to 360 degrees clockwise from north."""
    p, q, turn = radians(lat), radians(other_lat), radians(other_lon - lon)
    angle = atan2(sin(turn) * cos(q), cos(p) * sin(q) - sin(p) * cos(q) * cos(turn))
    return degrees(angle) % 360.0


def compass(bearing: float) -> str:
    """The sixteenth of the compass that a bearing lies in: 338 degrees is "NNW"."""
    return COMPASS[round(bearing / 22.5) % 16]


def bearing_of_word(word: str) -> float | None:
    """Degrees of a compass word as news writes it ("north-west", "northwestern", "south west"); else None."""
    plain = word.casefold().replace("‑", "-").replace(" ", "").removesuffix("ward").removesuffix("wards")
    plain = plain.removesuffix("ern")
    return BEARINGS.get(plain, BEARINGS.get(plain.replace("-", "")))


def turn_between(one: float, other: float) -> float:
    """The smaller angle between two bearings, 0 to 180 degrees."""
    apart = abs(one - other) % 360.0
    return min(apart, 360.0 - apart)


def moved(lat: float, lon: float, bearing: float, distance: float) -> tuple[float, float]:
    """The point that lies `distance` kilometres from another along `bearing`; latitude, longitude."""
    p, arc, turn = radians(lat), distance / EARTH_KM, radians(bearing)
    q = asin(sin(p) * cos(arc) + cos(p) * sin(arc) * cos(turn))
    east = atan2(sin(turn) * sin(arc) * cos(p), cos(arc) - sin(p) * sin(q))
    return degrees(q), (lon + degrees(east) + 540.0) % 360.0 - 180.0
