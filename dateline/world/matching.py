"""Which places of a new gazetteer are places that another one has already, so that none comes up twice.

They are the same where they have one id and lie near each other, or where they share a name, a country and a kind and
lie very near. This is settled once, when a gazetteer is added, and kept in its table `same`.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from dateline.errors import ResourceError
from dateline.world import labels
from dateline.world.added import AddedFile, marks
from dateline.world.gazetteer import SEAT_WEIGHT, gazetteer_path, region, regions_by_key
from dateline.world.geometry import distance_km

SAME_ID_KM = 20.0  # cities; points of one place differ by a few, and a wrong id lies anywhere
SAME_NAME_KM = 5.0
SAME_DIVISION_KM = 30.0  # a point for a district may be its seat or its middle
SEAT_KM = (10.0, 30.0)  # of a district's seat from its point: at least, and at most
_REGION_MARGIN_KM = 30.0
_MOST_VOTES = 0.6  # share of a code's places that must lie in one division for the code to be that division's
_DEGREE = 100_000  # of the whole numbers that points are kept in
_CELL = _DEGREE // 10


class Spot(Struct, frozen=True):
    """As much of a place as tells whether another one is the same. `people` as its gazetteer has them."""

    kind: str
    detail: str
    country: str
    lat: int
    lon: int
    people: int


def km_between(one: Spot, other: Spot) -> float:
    return distance_km(one.lat / _DEGREE, one.lon / _DEGREE, other.lat / _DEGREE, other.lon / _DEGREE)


def same_by_id(one: Spot, other: Spot) -> bool:
    """Whether two places with one id are one place: ids of dumps that are not GeoNames' own go wrong here and there."""
    if one.kind != other.kind or (one.detail != other.detail and one.kind != "county"):
        return False  # the built-in gazetteer has no details
    if one.kind in ("division", "county") and one.country == other.country:
        return True  # the middle of a large province is told in many ways
    return km_between(one, other) <= SAME_ID_KM


class Reference(Struct, frozen=True):
    """A gazetteer that is there already: its file, and the sha256 of its content."""

    name: str
    path: Path
    sha256: str
    built_in: bool = False

    @property
    def detail(self) -> str:
        return "''" if self.built_in else "b.detail"


def references(folder_files: Sequence[AddedFile]) -> tuple[Reference, ...]:
    """The built-in gazetteer first, then the added ones that hold places."""
    built_in = Reference("gazetteer", gazetteer_path(), labels.read_label("gazetteer").sha256, built_in=True)
    placed = (each for each in folder_files if each.source.content == "places")
    return (built_in, *(Reference(each.name, each.path, each.source.sha256) for each in placed))


class Known:
    """Look-ups by id in the gazetteers that are there already."""

    def __init__(self, them: Sequence[Reference]) -> None:
        self._queries: list[tuple[sqlite3.Connection, str]] = []
        for each in them:
            if not each.path.is_file():
                raise ResourceError(f"{each.path.name} is missing; run `make tables`")
            db = sqlite3.connect(f"{each.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            query = f"SELECT b.id, b.kind, {each.detail}, b.country, b.lat, b.lon, b.population FROM place b"
            self._queries.append((db, query))

    def spots(self, ids: Sequence[int]) -> dict[int, Spot]:
        """The places of these ids, each from the first gazetteer that has it; unknown ids are absent."""
        made: dict[int, Spot] = {}
        for db, query in self._queries:
            for id, *cells in db.execute(f"{query} WHERE b.id IN ({marks(ids)})", ids):
                made.setdefault(id, Spot(*cells))
        return made

    def close(self) -> None:
        for db, _ in self._queries:
            db.close()


def match_names(db: sqlite3.Connection, them: Sequence[Reference]) -> None:
    """Fill `same` for places that share a name with one of another gazetteer nearby; the nearest counts."""
    for each in them:
        db.execute("ATTACH ? AS ref", (f"{each.path.resolve().as_uri()}?mode=ro&immutable=1",))
        nearest: dict[int, tuple[float, int]] = {}
        for place, other, km in _candidates(db, each):
            nearest[place] = min((km, other), nearest.get(place, (km, other)))
        db.execute("BEGIN")
        db.executemany("INSERT INTO same VALUES (?, ?)", sorted((p, other) for p, (_, other) in nearest.items()))
        db.execute("COMMIT")
        db.execute("DETACH ref")


def _candidates(db: sqlite3.Connection, ref: Reference) -> Iterator[tuple[int, int, float]]:
    counts = [db.execute(f"SELECT count(*) FROM {name}.name").fetchone()[0] for name in ("main", "ref")]
    # From the shorter list of names into the longer one: each looks up the other's by its key.
    fewer, more = ("n", "m") if counts[0] <= counts[1] else ("m", "n")
    tables = {"n": "main.name n", "m": "ref.name m"}
    free = "" if ref.built_in else "AND b.id NOT IN (SELECT place FROM ref.same)"
    query = f"""
        SELECT p.id, b.id, p.kind, p.detail, p.country, p.lat, p.lon, b.lat, b.lon, b.radius_m
        FROM {tables[fewer]} CROSS JOIN {tables[more]} ON n.key = m.key
        CROSS JOIN main.place p ON p.id = n.place CROSS JOIN ref.place b ON b.id = m.place
        WHERE p.country = b.country AND p.kind = b.kind AND substr(n.key, 1, 1) <> '~'
        AND (p.kind = 'county' OR p.detail = {ref.detail})
        AND abs(p.lat - b.lat) < CASE p.kind WHEN 'city' THEN {_DEGREE // 20} ELSE {4 * _DEGREE} END
        AND p.id NOT IN (SELECT place FROM main.same) {free}
    """
    for place, other, kind, detail, country, lat, lon, other_lat, other_lon, radius_m in db.execute(query):
        km = km_between(Spot(kind, detail, country, lat, lon, 0), Spot(kind, detail, country, other_lat, other_lon, 0))
        if km <= _reach(kind, radius_m / 1000):
            yield place, other, km


def _reach(kind: str, radius_km: float) -> float:
    if kind == "division":  # two provinces of one country have no name in common, wherever their middles are put
        return SAME_DIVISION_KM + radius_km
    if kind == "county":
        return SAME_DIVISION_KM
    return SAME_NAME_KM + (0.0 if kind == "city" else radius_km)


def fill_divisions(db: sqlite3.Connection) -> int:
    """Give towns whose division no one told that of the towns around them; returns how many were given one.

    Around is a cell of a tenth of a degree. Where it is cut by a border between divisions nothing is told.
    """
    db.executescript(f"""
        CREATE TEMP TABLE cell AS SELECT country, lat / {_CELL} AS y, lon / {_CELL} AS x, max(admin1) AS admin1
        FROM main.place WHERE admin1 <> '' AND kind = 'city' GROUP BY 1, 2, 3 HAVING min(admin1) = max(admin1);
        CREATE UNIQUE INDEX temp.of_cell ON cell (country, y, x);
    """)
    found = f"FROM temp.cell c WHERE c.country = place.country AND c.y = lat / {_CELL} AND c.x = lon / {_CELL}"
    given = db.execute(
        f"UPDATE main.place SET admin1 = (SELECT c.admin1 {found}) "
        f"WHERE admin1 = '' AND kind = 'city' AND EXISTS (SELECT 1 {found})"
    ).rowcount
    db.execute("DROP TABLE temp.cell")
    return given


def mark_seats(db: sqlite3.Connection, built_in: Reference) -> list[int]:
    """Give the towns that districts are called after the weight of a seat; returns their ids.

    A district's seat is the nearest town of its name in it, as far as its point and radius tell. The districts are
    those of the new gazetteer and of the built-in one.
    """
    db.execute("ATTACH ? AS ref", (f"{built_in.path.resolve().as_uri()}?mode=ro&immutable=1",))
    nearest: dict[tuple[str, int], tuple[float, int, int]] = {}
    for schema in ("main", "ref"):
        for county, town, people, km, radius_km in _seats(db, schema):
            if km <= seat_reach_km(radius_km):
                nearest[schema, county] = min((km, town, people), nearest.get((schema, county), (km, town, people)))
    db.execute("DETACH ref")
    seats = sorted({town for _, town, people in nearest.values() if not people})
    db.execute("BEGIN")
    db.executemany("UPDATE place SET population = ? WHERE id = ?", [(SEAT_WEIGHT, town) for town in seats])
    db.execute("COMMIT")
    return seats


def seat_reach_km(radius_km: float) -> float:
    """How far from a district's point, which may be its middle, its seat may lie."""
    return max(SEAT_KM[0], min(radius_km, SEAT_KM[1]))


def _seats(db: sqlite3.Connection, schema: str) -> Iterator[tuple[int, int, int, float, float]]:
    """District, town of one of its names near by, the town's people, kilometres between them, the district's radius."""
    query = f"""
        SELECT b.id, p.id, p.population, p.lat, p.lon, b.lat, b.lon, b.radius_m
        FROM main.name n CROSS JOIN {schema}.name m ON m.key = n.key
        CROSS JOIN main.place p ON p.id = n.place CROSS JOIN {schema}.place b ON b.id = m.place
        WHERE p.kind = 'city' AND b.kind = 'county' AND p.country = b.country AND substr(n.key, 1, 1) <> '~'
        AND abs(p.lat - b.lat) < {_DEGREE // 3}
    """
    for county, town, people, lat, lon, its_lat, its_lon, radius_m in db.execute(query):
        km = distance_km(lat / _DEGREE, lon / _DEGREE, its_lat / _DEGREE, its_lon / _DEGREE)
        yield county, town, people, km, radius_m / 1000


def match_regions(db: sqlite3.Connection) -> None:
    """Fill `same` for seas, rivers, ranges … that our own table of regions has."""
    query = (
        "SELECT p.id, p.kind, p.country, p.lat, p.lon FROM name n JOIN place p ON p.id = n.place "
        "WHERE n.key = ? AND p.kind IN ('region', 'water')"
    )
    for key, numbers in regions_by_key().items():
        entries = [region(number) for number in numbers]
        for id, kind, country, lat, lon in db.execute(query, (key,)).fetchall():
            for entry in entries:
                near = distance_km(lat / _DEGREE, lon / _DEGREE, entry.lat, entry.lon)
                home = not country or not entry.countries or country in entry.countries
                river = entry.detail == "river" and country in entry.countries  # its point lies anywhere along it
                if kind == entry.kind and home and (river or near <= entry.radius_km + _REGION_MARGIN_KM):
                    db.execute("INSERT OR IGNORE INTO same VALUES (?, ?)", (id, entry.id))


def translate_divisions(db: sqlite3.Connection, built_in: Reference) -> Mapping[tuple[str, str], str]:
    """Give places the built-in codes of first-level divisions, where a dump has codes of its own.

    Which code is which shows in the places that both have. Codes that nothing tells are taken off: a division not known
    is better than one that meets no other. Returns what was changed.
    """
    db.execute("ATTACH ? AS ref", (f"{built_in.path.resolve().as_uri()}?mode=ro&immutable=1",))
    votes: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    query = """
        SELECT p.country, p.admin1, b.admin1, count(*), max(p.kind = 'division') FROM main.same s
        JOIN main.place p ON p.id = s.place JOIN ref.place b ON b.id = s.other
        WHERE p.country = b.country AND p.admin1 <> '' AND b.admin1 <> '' GROUP BY 1, 2, 3
    """
    for country, code, theirs, number, itself in db.execute(query):
        votes[country, code][theirs] = number + 1_000_000 * itself  # the division itself outvotes its towns
    known = {
        (country, code)
        for country, code in db.execute(
            "SELECT DISTINCT country, admin1 FROM ref.place WHERE kind = 'division' AND admin1 <> ''"
        )
    }
    db.execute("DETACH ref")
    return _rewrite(db, votes, known)


def _rewrite(
    db: sqlite3.Connection, votes: Mapping[tuple[str, str], Mapping[str, int]], known: set[tuple[str, str]]
) -> dict[tuple[str, str], str]:
    divided = {country for country, _ in known}
    changed: dict[tuple[str, str], str] = {}
    for country, code in db.execute("SELECT DISTINCT country, admin1 FROM place WHERE admin1 <> ''").fetchall():
        cast = votes.get((country, code), {})
        best = max(cast, key=lambda theirs: (cast[theirs], theirs), default="")
        if cast and cast[best] < _MOST_VOTES * sum(cast.values()):
            best = ""
        told = best or (code if (country, code) in known or country not in divided else "")
        if told != code:
            changed[country, code] = told
    db.execute("CREATE TEMP TABLE code (country TEXT, old TEXT, new TEXT, PRIMARY KEY (country, old))")
    db.executemany("INSERT INTO code VALUES (?, ?, ?)", [(c, old, new) for (c, old), new in changed.items()])
    if changed:
        found = "FROM temp.code c WHERE c.country = place.country AND c.old = place.admin1"
        db.execute(f"UPDATE place SET admin1 = (SELECT c.new {found}) WHERE EXISTS (SELECT 1 {found})")
    db.execute("DROP TABLE temp.code")
    return changed
