"""How a report tells a place by way of others: near, around, northern, the outskirts of, 125 kilometres north of.

Each rule looks at the words right before (or after) the name of a place and, where it holds, widens the place's text to
take those words in. The place's own name stays, except for a part of a country: "northern Iraq" is a name.
"""

import re
from collections.abc import Sequence

import msgspec

from dateline.codes import RelationKind
from dateline.reading.words import Sentence, sentence_of
from dateline.record import Place, Relation, Span
from dateline.world.geometry import MILE_KM, bearing_of_word, moved
from dateline.world.numbers import number_at

NEAR_KM = 15.0  # how much farther than a place's own extent "near" it reaches
PART_OF_RADIUS = 0.5  # the middle of "northern Iraq" lies half a radius north of the middle of Iraq
_MAX_BETWEEN = 60  # characters from a place to the phrase that tells where it lies

_COMPASS = r"(?:north|south|east|west)(?:[-\s]?(?:north|south|east|west)){0,2}(?:ern|wards?)?"
_SETTLEMENT = (
    r"(?:(?:the\s+)?(?:[\w-]+\s+)?(?:city|town|village|province|district|governorate|capital|region|camp|port|area|suburb|"
    r"neighbou?rhood)(?:\s+of|,)?\s+)?"
)
_THE = r"(?:the\s+|[Tt]he\s+)?"
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_NUMBER = (
    rf"(?:\d[\d,]*(?:\.\d+)?|(?:a\s+)?(?:{_ONES}|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    rf"ninety|hundred|dozen|few)(?:[-\s]{_ONES})?)"
)
_UNIT = r"(?:km|kms|kilomet(?:er|re)s?|miles?|mi)\b"
DISTANCE = re.compile(
    rf"(?P<bound>about|around|some|roughly|approximately|nearly|almost|just|less\s+than|within|up\s+to|more\s+than|over|at\s+least|only)?\s*"
    rf"(?P<number>{_NUMBER})[\s-]*(?P<unit>{_UNIT})(?:\s*\((?:about\s+)?[\d,.]+[\s-]*{_UNIT}\))?,?"
    rf"(?:\s+(?:away|drive|to\s+the|due|further|up|down|inland))*"
    rf"(?:\s+(?P<bearing>{_COMPASS}))?\s+(?:of|from|outside|inside|off)\s+{_SETTLEMENT}{_THE}$",
    re.IGNORECASE,
)
_PART = re.compile(
    rf"\b{_THE}(?P<phrase>(?:(?P<dir>{_COMPASS}|central)\s+)?(?:part|parts|side|half|outskirts|suburbs?|countryside|edge|neighbou?rhoods?|districts?|"
    rf"quarters?|sector|flank|bank|coast|tip|entrance|approaches|outlying\s+areas|fringes?|rim)\s+of)\s+{_SETTLEMENT}{_THE}$",
    re.IGNORECASE,
)
_SIDE_OF = re.compile(rf"\b{_THE}(?P<phrase>(?P<dir>{_COMPASS})\s+of)\s+{_SETTLEMENT}{_THE}$", re.IGNORECASE)
_DIRECTION = re.compile(rf"\b(?P<phrase>(?P<dir>{_COMPASS}|central|downtown))\s+{_THE}$", re.IGNORECASE)
_AROUND = re.compile(
    rf"\b(?P<phrase>(?:in\s+and\s+around|on\s+and\s+around|around))\s+{_SETTLEMENT}{_THE}$", re.IGNORECASE
)
_NEAR = re.compile(
    rf"\b(?P<phrase>(?:just\s+)?(?:near|nearby|close\s+to|outside|not\s+far\s+from|in\s+the\s+vicinity\s+of|on\s+the\s+(?:\w+\s+)?outskirts\s+of|"
    rf"next\s+to|adjacent\s+to|beyond))\s+{_SETTLEMENT}{_THE}$",
    re.IGNORECASE,
)
_ALONG = re.compile(
    rf"\b(?P<phrase>(?:along|alongside|off\s+the\s+coast\s+of|off|on\s+the\s+banks?\s+of))\s+{_THE}$", re.IGNORECASE
)
_BORDER_BEFORE = re.compile(
    r"\b(?P<phrase>(?:near\s+|along\s+|on\s+|at\s+)?(?:the\s+|its\s+)?(?:\w+\s+)?border\s+(?:with|between|of))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_BORDER_AFTER = re.compile(
    r"^(?:['’]s?)?\s+(?:land\s+|northern\s+|southern\s+|eastern\s+|western\s+)?(?:border|frontier)\b", re.IGNORECASE
)
_ROAD_AFTER = re.compile(
    r"^\s+(?:international\s+|main\s+|coastal\s+)?(?:road|highway|motorway|freeway)\b", re.IGNORECASE
)
_ROAD_BEFORE = re.compile(
    r"\b(?P<phrase>(?:road|highway|motorway)\s+(?:to|from|towards|between|linking|connecting))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)
_DIRECTION_AFTER = re.compile(rf"^['’]s?\s+(?P<dir>{_COMPASS})\b(?!\s+of\b)(?:ern)?", re.IGNORECASE)
_APPOSED = re.compile(
    r"^\s*(?:[,(–—-]|\bwhich\b)?\s*(?:(?:a|an|the)\s+)?(?:[\w-]+\s+){0,3}?(?:is\s+|lies\s+|located\s+|situated\s+|city\s+|town\s+|village\s+|suburb\s+|base\s+|area\s+)?$",
    re.IGNORECASE,
)
_BOUNDS = {
    "less than": "at_most", "within": "at_most", "up to": "at_most", "more than": "at_least", "over": "at_least",
    "at least": "at_least", "about": "about", "around": "about", "some": "about", "roughly": "about",
    "approximately": "about", "nearly": "about", "almost": "about",
}  # fmt: skip


def relate(places: Sequence[Place], sentences: Sequence[Sentence]) -> list[Place]:
    """The places in reading order, each with the relation that the words around it tell, if any."""
    by_sentence: dict[int, list[Place]] = {}
    for place in places:
        sentence = sentence_of(place, sentences)
        assert sentence is not None, "places are read from sentences"
        by_sentence.setdefault(sentence.index, []).append(place)
    made: list[Place] = []
    for sentence in sentences:
        beside = sorted(by_sentence.get(sentence.index, ()), key=lambda place: place.span)
        made += _in_sentence(sentence, beside)
    return made


def _in_sentence(sentence: Sentence, beside: list[Place]) -> list[Place]:
    made: list[Place] = []
    for n, place in enumerate(beside):
        left_edge = made[-1].span.end if made else sentence.span.start
        left = sentence.words(left_edge, place.span.start)
        following = beside[n + 1] if n + 1 < len(beside) else None
        distance = DISTANCE.search(left)
        if distance and not place.demonym:
            made = _with_distance(sentence, made, place, distance, left_edge)
            continue
        made.append(_told(sentence, place, left, left_edge, following))
    return made


# ── distances ───────────────────────────────────────────────────────────────────────────────────────────────────────


def distance_relation(found: re.Match[str], anchor: Place) -> Relation:
    """The relation that "about 125 km north of" tells of an anchor; miles are turned into kilometres."""
    number = found["number"].lower().split()
    value = 3.0 if number[-1:] == ["few"] else _value(found["number"])
    unit_km = MILE_KM if found["unit"].lower().startswith("mi") else 1.0
    bound = _BOUNDS.get(" ".join((found["bound"] or "").lower().split()), "exact")
    bearing = _compass_word(found["bearing"])
    return Relation(
        kind="distance",
        anchors=(anchor,),
        distance_km=round(value * unit_km, 1),
        distance_bound="about" if number[-1:] == ["few"] else bound,  # type: ignore[arg-type]
        bearing=bearing,
    )


def _value(words: str) -> float:
    parts = re.split(r"[\s-]+", words.lower())
    number = number_at(parts, 0)
    return float(number.value) if number else 0.0


def _compass_word(words: str | None) -> str | None:
    """ "north-west", "north west" and "northwest" as the one word "northwest"."""
    if not words:
        return None
    plain = re.sub(r"[-\s]", "", words.lower())
    plain = re.sub(r"(?:ern|wards?)$", "", plain)
    return plain if bearing_of_word(plain) is not None else None


def _with_distance(
    sentence: Sentence, made: list[Place], anchor: Place, found: re.Match[str], left_edge: int
) -> list[Place]:
    """Give the distance to the place it tells of: the one right before the phrase, else a place of its own."""
    relation = distance_relation(found, anchor)
    start = left_edge + found.start() + len(found.group()) - len(found.group().lstrip())
    between = sentence.words(left_edge, start) if made else ""
    if (
        made
        and not made[-1].demonym
        and made[-1].relation is None
        and len(between) <= _MAX_BETWEEN
        and _APPOSED.match(between)
    ):
        head = msgspec.structs.replace(made[-1], relation=relation)
        if head.lat is None:
            head = _located(head, relation)
        return [*made[:-1], head, anchor]
    told = msgspec.structs.replace(
        anchor,
        text=sentence.words(start, anchor.span.end),
        span=Span(start, anchor.span.end),
        relation=relation,
        geonames_id=None,
    )
    return [*made, _located(told, relation)]


def _located(place: Place, relation: Relation) -> Place:
    """The place put where its distance and bearing from the anchor say; around the anchor where no bearing is told."""
    anchor, distance, bearing = relation.anchors[0], relation.distance_km, bearing_of_word(relation.bearing or "")
    if anchor.lat is None or anchor.lon is None or distance is None:
        return place
    lat, lon = (anchor.lat, anchor.lon) if bearing is None else moved(anchor.lat, anchor.lon, bearing, distance)
    # A told bearing is good to about an eighth of the compass: the error grows with the distance.
    radius = distance if bearing is None else max(5.0, 0.25 * distance)
    return msgspec.structs.replace(
        place, lat=round(lat, 4), lon=round(lon, 4), radius_km=round(radius, 1), precision="near",
        where_prec=2, geo_precision=2, country=place.country or anchor.country,
    )  # fmt: skip


# ── near, part, border, road ────────────────────────────────────────────────────────────────────────────────────────


def _told(sentence: Sentence, place: Place, left: str, left_edge: int, following: Place | None) -> Place:
    right = sentence.words(place.span.end, following.span.start if following else sentence.span.end)
    if (place.precision == "country" or place.demonym) and (border := _BORDER_AFTER.match(right)):
        return _border(sentence, place, left, left_edge, place.span.end + border.end())
    if place.demonym:
        return place
    if found := _BORDER_BEFORE.search(left):
        return _widened(sentence, place, left_edge + found.start("phrase"), "border", near=True)
    for pattern, kind in ((_PART, "part"), (_SIDE_OF, "direction_of"), (_DIRECTION, "direction_of")):
        if found := pattern.search(left):
            return _part(sentence, place, found, left_edge, left, kind)  # type: ignore[arg-type]
    for pattern, kind in ((_AROUND, "around"), (_NEAR, "near")):
        if found := pattern.search(left):
            return _widened(sentence, place, left_edge + found.start("phrase"), kind, near=True)  # type: ignore[arg-type]
    if found := _ALONG.search(left):
        return _widened(sentence, place, left_edge + found.start("phrase"), "along", near=False)
    if found := _DIRECTION_AFTER.match(right):
        return _direction_after(sentence, place, found)
    if _ROAD_AFTER.match(right) or _ROAD_BEFORE.search(left):
        return msgspec.structs.replace(place, relation=Relation(kind="road", anchors=(_plain(place),)))
    if following and _BETWEEN.search(left) and sentence.words(place.span.end, following.span.start).strip() == "and":
        return msgspec.structs.replace(
            place, relation=Relation(kind="between", anchors=(_plain(place), _plain(following)))
        )
    return place


def _plain(place: Place) -> Place:
    return msgspec.structs.replace(place, relation=None)


def _widened(sentence: Sentence, place: Place, start: int, kind: RelationKind, *, near: bool) -> Place:
    relation = Relation(kind=kind, anchors=(_plain(place),))
    made = msgspec.structs.replace(
        place, text=sentence.words(start, place.span.end), span=Span(start, place.span.end), relation=relation
    )
    if near and place.precision in ("exact", "district"):
        radius = None if place.radius_km is None else place.radius_km + NEAR_KM
        return msgspec.structs.replace(made, precision="near", where_prec=2, geo_precision=2, radius_km=radius)
    return made


def _border(sentence: Sentence, place: Place, left: str, left_edge: int, stop: int) -> Place:
    near = re.search(r"\b(?:near|along|close to|on)\s+(?:the\s+)?$", left, re.IGNORECASE)
    start = left_edge + near.start() if near and not near.group().lower().startswith("on") else place.span.start
    anchor = msgspec.structs.replace(place, demonym=False, name=place.name)
    return msgspec.structs.replace(
        place,
        text=sentence.words(start, stop),
        span=Span(start, stop),
        name=" ".join(sentence.words(place.span.start, stop).split()),
        precision="part_of_country",
        where_prec=5,
        geo_precision=3,
        demonym=False,
        geonames_id=None,
        relation=Relation(kind="border", anchors=(anchor,)),
    )


def _part(
    sentence: Sentence, place: Place, found: re.Match[str], left_edge: int, left: str, kind: RelationKind
) -> Place:
    direction = found["dir"]
    # "in the north of Iraq", "on the eastern outskirts of Aleppo": without "in", "on" and "the".
    start = left_edge + found.start("phrase")
    bearing = _compass_word(direction)
    relation = Relation(
        kind="direction_of" if bearing and kind != "part" else kind, anchors=(_plain(place),), bearing=bearing or None
    )
    text = sentence.words(start, place.span.end)
    made = msgspec.structs.replace(place, text=text, span=Span(start, place.span.end), relation=relation)
    if place.precision == "country":
        return _part_of_country(made, direction, bearing, " ".join(text.split()))
    if place.precision in ("exact", "district") and "outskirts" in found["phrase"].lower():
        return msgspec.structs.replace(made, precision="near", where_prec=2, geo_precision=2)
    return made


def _part_of_country(place: Place, direction: str | None, bearing: str | None, name: str) -> Place:
    made = msgspec.structs.replace(
        place,
        precision="part_of_country",
        where_prec=5,
        geo_precision=3,
        geonames_id=None,
        name=name if direction else place.name,
    )
    degrees = bearing_of_word(bearing or "")
    if degrees is None or place.lat is None or place.lon is None or place.radius_km is None:
        return made
    lat, lon = moved(place.lat, place.lon, degrees, PART_OF_RADIUS * place.radius_km)
    return msgspec.structs.replace(
        made, lat=round(lat, 2), lon=round(lon, 2), radius_km=round(place.radius_km * 0.6, 1)
    )


def _direction_after(sentence: Sentence, place: Place, found: re.Match[str]) -> Place:
    """ "Syria's north-east" is north-east Syria."""
    stop = place.span.end + found.end()
    bearing = _compass_word(found["dir"])
    made = msgspec.structs.replace(
        place,
        text=sentence.words(place.span.start, stop),
        span=Span(place.span.start, stop),
        relation=Relation(kind="direction_of", anchors=(_plain(place),), bearing=bearing),
    )
    if place.precision == "country":
        return _part_of_country(made, found["dir"], bearing, f"{found['dir']} {place.name}")
    return made
