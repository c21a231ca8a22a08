"""Places told by way of others ("125 kilometres north of Baghdad"), on labels of the project's own.

The labels lie in benchmarks/labels; the texts, which they name by id, in the shared data. A predicted relation is a
place of `mentions.places` with a relation; relations of its anchors ("suburbs of" *eastern Aleppo*) are part of it.
"""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from hashlib import sha256
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from statistics import median
from typing import Any

from msgspec import Struct

from benchmarks.measured import Adapter, BenchmarkError, Figure, Measured, Score, Setting
from benchmarks.reading import read_rows

LABELS = Path(__file__).resolve().parents[1] / "labels" / "place_relations.jsonl"
SETS = {"pool": "data/news/pool.jsonl.gz", "re3d": "data/entities/re3d.jsonl"}
PARTS: dict[str, str] = {"places.relations": "held_out", "places.relations.development": "development"}
DISTANCE_OFF = 0.05  # share of the labelled distance: miles are turned into kilometres in more than one way
EARTH_KM = 6371.0

Stretch = tuple[int, int]


class Told(Struct, frozen=True, kw_only=True):
    """A relation as labelled or as read: where it stands, and what it says. Degrees, kilometres."""

    doc: str
    kind: str
    spans: tuple[Stretch, ...]  # labelled: the expression; read: the place's words and those of its anchors
    lat: float | None
    lon: float | None
    distance_km: float | None
    bearing: str | None
    radius_km: float | None = None
    geometry: dict[str, Any] | None = None


Pair = tuple[Told, Told]  # labelled, read


def measure(part: str, setting: Setting) -> Measured:
    """`kind` (found and of the right kind) and `within` (the true point in the stated radius or shape) are pinned."""
    rows = [row for row in map(json.loads, LABELS.open(encoding="utf-8")) if row["part"] == part]
    shown = {row["id"]: row["shown_to"] for row in rows}
    reading = read_rows(setting, _documents(setting, rows), what=f"relations, {part}")
    gold = [_labelled(row) for row in rows if row["kind"]]
    read = [told for record in reading.records for told in predicted(record, shown[record["id"]])]
    pairs, anywhere = matched(gold, read), matched(gold, read, same_kind=False)
    radii = [one.radius_km for _, one in pairs if one.radius_km is not None]
    scores = (
        _f1("kind", len(pairs), len(gold), len(read)),
        Score(name="within", value=share([within(*pair) for pair in pairs])),
        _f1("found", len(anywhere), len(gold), len(read), pinned=False),
        Score(name="distance", value=share([_same_distance(*p) for p in pairs if p[0].distance_km]), pinned=False),
        Score(
            name="bearing",
            value=share([a.bearing == b.bearing for a, b in pairs if a.bearing or b.bearing]),
            pinned=False,
        ),
        *(_f1(kind, *_counts(kind, pairs, gold, read), pinned=False) for kind in sorted({told.kind for told in gold})),
    )
    figures = (Figure(name=f"relations, {part}: median radius", value=median(radii), unit="km"),) if radii else ()
    return Measured(scores=scores, figures=figures, cost=reading.cost, notes=reading.notes)


def _documents(setting: Setting, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The documents that the labels name.

    Raises:
        BenchmarkError: one is missing, or its text is another.
    """
    wanted = {row["id"]: row for row in rows}
    found = {row["id"]: row for name in SETS.values() for row in setting.shared.rows(name) if row["id"] in wanted}
    for id, row in wanted.items():
        text = found.get(id, {}).get("text", "")
        if sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16] != row["sha256"]:
            raise BenchmarkError(f"{row['set']} {id}: missing, or not the text that was labelled")
    return [found[id] for id in wanted]


def _labelled(row: dict[str, Any]) -> Told:
    start, end = row["span"]
    kept = {key: row[key] for key in ("kind", "lat", "lon", "distance_km", "bearing")}
    return Told(doc=row["id"], spans=((start, end),), **kept)


def predicted(record: dict[str, Any], shown_to: int) -> Iterator[Told]:
    """The relations of a record whose words stand in the first `shown_to` characters of its text."""
    seen: set[tuple[str, tuple[Stretch, ...]]] = set()
    for place in record["mentions"]["places"]:
        if place.get("in", "text") != "text":
            continue
        told = _read(record["id"], place)
        if told is not None and (told.kind, told.spans) not in seen and max(end for _, end in told.spans) <= shown_to:
            seen.add((told.kind, told.spans))
            yield told


def _read(doc: str, place: dict[str, Any]) -> Told | None:
    relation = place.get("relation")
    if not relation:
        return None
    anchors = relation.get("anchors") or []
    return Told(
        doc=doc,
        kind=relation["kind"],
        spans=tuple((start, end) for start, end in [place["span"], *(anchor["span"] for anchor in anchors)]),
        lat=place.get("lat"),
        lon=place.get("lon"),
        distance_km=relation.get("distance_km"),
        bearing=relation.get("bearing"),
        radius_km=place.get("radius_km"),
        geometry=relation.get("geometry"),
    )


def matched(gold: Sequence[Told], read: Sequence[Told], *, same_kind: bool = True) -> list[Pair]:
    """Labelled and read relations that share words, one to one, those that share most first."""
    shared = (
        (-_shared(one, other), n, m)
        for n, one in enumerate(gold)
        for m, other in enumerate(read)
        if one.doc == other.doc and (one.kind == other.kind or not same_kind)
    )
    labelled: set[int] = set()
    taken: set[int] = set()
    pairs = []
    for _, n, m in sorted(each for each in shared if each[0] < 0):
        if n not in labelled and m not in taken:
            labelled.add(n)
            taken.add(m)
            pairs.append((gold[n], read[m]))
    return pairs


def _shared(one: Told, other: Told) -> int:
    return max(min(a[1], b[1]) - max(a[0], b[0]) for a in one.spans for b in other.spans)


def within(label: Told, read: Told) -> bool:
    """Whether the labelled point lies in the radius that is stated, or inside the shape that is."""
    assert label.lat is not None
    assert label.lon is not None
    if read.lat is not None and read.lon is not None:
        apart = _km(label.lat, label.lon, read.lat, read.lon)
        if read.radius_km is not None and apart <= read.radius_km:
            return True
    return any(_inside(label.lat, label.lon, ring) for ring in _outlines(read.geometry or {}))


def _outlines(shape: dict[str, Any]) -> list[Sequence[Sequence[float]]]:
    """The outer rings of a GeoJSON geometry; lines and points have none."""
    if shape.get("type") == "Polygon":
        return [shape["coordinates"][0]]
    return [polygon[0] for polygon in shape["coordinates"]] if shape.get("type") == "MultiPolygon" else []


def _inside(lat: float, lon: float, ring: Sequence[Sequence[float]]) -> bool:
    """Whether a point lies in a ring of (longitude, latitude): how often a line to the east crosses it."""
    odd = False
    for (x, y), (u, v) in pairwise(ring):
        if (y > lat) != (v > lat) and lon < x + (lat - y) * (u - x) / (v - y):
            odd = not odd
    return odd


def _km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    p, q = radians(lat), radians(other_lat)
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(h)))


def _same_distance(label: Told, read: Told) -> bool:
    assert label.distance_km is not None
    return (
        read.distance_km is not None and abs(read.distance_km - label.distance_km) <= DISTANCE_OFF * label.distance_km
    )


def _counts(kind: str, pairs: Sequence[Pair], gold: Sequence[Told], read: Sequence[Told]) -> tuple[int, int, int]:
    return (
        sum(label.kind == kind for label, _ in pairs),
        sum(label.kind == kind for label in gold),
        sum(one.kind == kind for one in read),
    )


def _f1(name: str, right: int, gold: int, read: int, *, pinned: bool = True) -> Score:
    precision, recall = right / read if read else 0.0, right / gold if gold else 0.0
    f1 = 2 * right / (gold + read) if gold + read else 0.0
    return Score(name=name, value=round(f1, 4), precision=round(precision, 4), recall=round(recall, 4), pinned=pinned)


def share(flags: Sequence[bool]) -> float | None:
    """The share of what holds; None of nothing."""
    return round(sum(flags) / len(flags), 4) if flags else None


ADAPTERS = tuple(
    Adapter(name=name, needs=tuple(SETS.values()), measure=partial(measure, part)) for name, part in PARTS.items()
)
