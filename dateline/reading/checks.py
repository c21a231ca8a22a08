"""Checks: what a report states that can be held against the world, and how it comes out.

* distance: "Samarra, 125 kilometres north of Baghdad" against the two places on the earth;
* containment: "Samarra, Salahuddin province", "Mosul in Syria" against the gazetteer;
* date: an event that happened cannot begin after the report was published; a weekday must fit its date;
* sum: the parts of a whole add up to no more than it, and to all of it where they are listed as all.

A check never changes a claim. `unchecked` says that one side is not known.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from dateline.codes import CheckVerdict
from dateline.reading.place_geometry import grown, in_box
from dateline.reading.place_phrases import distance_words
from dateline.reading.place_words import DIVISION_NOUNS
from dateline.reading.words import Sentence, sentence_of
from dateline.record import Check, Claim, Figure, Period, Place, Relation, Span
from dateline.world.countries import countries
from dateline.world.gazetteer import Entry, gazetteer
from dateline.world.geometry import bearing_deg, bearing_of_word, compass, distance_km, turn_between

# A stated distance may be rounded, and may follow a road; the measured one is straight, from middle to middle.
ROUNDING = 0.10  # share of the stated distance: "125" may be 112 to 138
LOOSE_ROUNDING = 0.20  # the same where the report says "about"
ROAD_FACTOR = 1.4  # roads are up to this much longer than the straight line between towns
MAX_EXTENT_KM = 15.0  # of each place: from where in a city a distance counts is not said
BEARING_TOLERANCE = 50.0  # degrees: "north" is said of anything from north-west to north-east
MIN_BEARING_KM = 10.0  # nearer than this, the extents of the places hide the direction
FIRM_RADIUS_KM = 7.0  # of a town of 50,000 people: smaller ones have namesakes that no table holds
INSIDE = 1.5  # times a region's radius: within it a place may lie inside
DISTRICT_INSIDE = 0.75  # the same for a district: its neighbours are as near
EDGE_KM = 15.0  # round a district's box: nothing is told of what lies there
OUTSIDE = 2.5  # times a region's radius: beyond it a place cannot lie inside

_IN = re.compile(r"^(?P<comma>\s*,\s*)?(?:\bin\s+)?(?:the\s+)?$|^\s+in\s+(?:the\s+)?$|^\s*\((?:in\s+)?$", re.IGNORECASE)
_CLOSES = re.compile(r"^\s*(?:[.;:)!?—–]|,\s*(?!(?:and|or)\b)|$)")
_LARGER = {"exact": 0, "near": 0, "district": 1, "province": 2, "country": 3}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(r"\b(" + "|".join(_WEEKDAYS) + r")\b", re.IGNORECASE)
_EIGHTHS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")


def check(
    sentences: Sequence[Sentence],
    places: Sequence[Place],
    times: Sequence[Period],
    figures: Sequence[Figure],
    claims: Sequence[Claim],
    *,
    published: date | None,
) -> tuple[Check, ...]:
    """Everything in the report that can be checked, in the order of the text within each kind."""
    return (
        *_distances(sentences, places),
        *_containments(sentences, places),
        *_dates(claims, published),
        *_weekdays(times),
        *_sums(sentences, figures),
    )


# ── distances ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _distances(sentences: Sequence[Sentence], places: Sequence[Place]) -> Iterator[Check]:
    for place in places:
        relation = place.relation
        if relation is None or relation.kind != "distance" or relation.distance_km is None or not relation.anchors:
            continue
        anchor = relation.anchors[0]
        if place.span.overlaps(anchor.span):
            continue  # the phrase is all that the report says of that place: nothing to hold it against
        span = _phrase(sentences, place, anchor)
        if span is None:
            continue
        stated = _stated(relation, anchor)
        text = next(s.words(span.start, span.end) for s in sentences if s.where == place.where and s.span.holds(span))
        measured, verdict, note = _judged(place, anchor, relation)
        yield Check(
            text=text,
            span=span,
            where=place.where,
            kind="distance",
            stated=stated,
            measured=measured,
            verdict=verdict,
            note=note,
        )


def _phrase(sentences: Sequence[Sentence], place: Place, anchor: Place) -> Span | None:
    """Where the words of the distance stand, to the end of the anchor."""
    sentence = sentence_of(place, sentences)
    if sentence is None or not sentence.holds(anchor) or anchor.span.start < place.span.end:
        return None
    start = distance_words(sentence.words(place.span.end, anchor.span.start))
    return None if start is None else Span(place.span.end + start, anchor.span.end)


def _stated(relation: Relation, anchor: Place) -> str:
    direction = f"{relation.bearing} of" if relation.bearing else "from"
    return f"{_told_km(relation)} {direction} {anchor.name}"


def _told_km(relation: Relation) -> str:
    bound = {"at_most": "at most ", "at_least": "at least ", "about": "about "}.get(relation.distance_bound or "", "")
    return f"{bound}{relation.distance_km:.0f} km"


def _known(place: Place) -> bool:
    """Whether the place's point comes from a table, not from the very distance that is to be checked."""
    return place.lat is not None and not (place.geonames_id is None and place.precision == "near")


def _judged(place: Place, anchor: Place, relation: Relation) -> tuple[str | None, CheckVerdict, str]:
    for side in (place, anchor):
        if not _known(side):
            return None, "unchecked", f"{side.name} is not in the gazetteer: its distance is not checked"
    if anchor.relation is not None:  # a border or a part of a country has no one point to measure from
        return None, "unchecked", f"{anchor.name} is no single point: its distance is not checked"
    assert place.lat is not None
    assert place.lon is not None
    assert anchor.lat is not None
    assert anchor.lon is not None
    assert relation.distance_km is not None
    km = distance_km(anchor.lat, anchor.lon, place.lat, place.lon)
    turn = bearing_deg(anchor.lat, anchor.lon, place.lat, place.lon)
    turned = _turned(relation, km, anchor.lat, anchor.lon, place.lat, place.lon)
    fits = distance_fits(relation, km, _extent(place) + _extent(anchor)) and not turned
    if not fits and _namesake_fits(place, anchor, relation):
        return (
            None,
            "unchecked",
            f"several places are called {place.name} or {anchor.name}: the distance is not checked",
        )
    verdict: CheckVerdict = "consistent" if fits else "inconsistent"
    direction = relation.bearing if relation.bearing and not turned else _EIGHTHS[round(turn / 45) % 8]
    says = _told_km(relation) + (f" {relation.bearing}" if turned else "")
    note = f"{place.name} is {km:.0f} km {direction} of {anchor.name}; the report says {says}: {verdict}"
    return f"{km:.0f} km {compass(turn)}", verdict, note


def _extent(place: Place) -> float:
    """How far a place reaches: of a town no more than MAX_EXTENT_KM, of a province or a river all of it."""
    radius = place.radius_km or 0.0
    return min(MAX_EXTENT_KM, radius) if place.precision in ("exact", "near") else radius


def _namesake_fits(place: Place, anchor: Place, relation: Relation) -> bool:
    """Whether other places of the two names lie as the report says: then it is the reading that is in doubt."""
    ones, others = gazetteer().lookup(place.name), gazetteer().lookup(anchor.name)
    return any(
        _fits(relation, one.lat, one.lon, other.lat, other.lon, min(one.radius_km, MAX_EXTENT_KM))
        for one in ones
        for other in others
        if one.country == other.country
    )


def _fits(relation: Relation, lat: float, lon: float, anchor_lat: float, anchor_lon: float, extent: float) -> bool:
    """Whether a place lies from its anchor as the relation tells, in distance and in direction."""
    km = distance_km(anchor_lat, anchor_lon, lat, lon)
    return distance_fits(relation, km, extent) and not _turned(relation, km, anchor_lat, anchor_lon, lat, lon)


def _turned(relation: Relation, km: float, anchor_lat: float, anchor_lon: float, lat: float, lon: float) -> bool:
    """Whether the place lies in another direction than the one told; too near to the anchor, no direction is wrong."""
    told = bearing_of_word(relation.bearing or "")
    if told is None or km < MIN_BEARING_KM:
        return False
    return turn_between(bearing_deg(anchor_lat, anchor_lon, lat, lon), told) > BEARING_TOLERANCE


def distance_fits(relation: Relation, km: float, extent: float) -> bool:
    """Whether a straight line of `km`, between places that reach `extent` kilometres together, can be what is told."""
    stated = relation.distance_km or 0.0
    rounding = LOOSE_ROUNDING if relation.distance_bound == "about" else ROUNDING
    longest = stated * (1 + rounding) + extent
    shortest = stated * (1 - rounding) / ROAD_FACTOR - extent
    if relation.distance_bound == "at_most":
        return km <= longest
    if relation.distance_bound == "at_least":
        return km >= shortest
    return shortest <= km <= longest


# ── containment ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _containments(sentences: Sequence[Sentence], places: Sequence[Place]) -> Iterator[Check]:
    for inner, outer in pairwise(places):
        sentence = sentence_of(inner, sentences)
        if sentence is None or not sentence.holds(outer) or not _tells_containment(sentence, inner, outer):
            continue
        made = _contained(sentence, inner, outer)
        if made:
            yield made


def _tells_containment(sentence: Sentence, inner: Place, outer: Place) -> bool:
    """Told in "Samarra, Salahuddin province", "Mosul in Syria"; not in "Beirut, Turkey and Jordan"."""
    if inner.span.end >= outer.span.start or inner.demonym or outer.demonym or outer.relation:
        return False
    size, larger = _LARGER.get(inner.precision or "exact"), _LARGER.get(outer.precision or "")
    if size is None or larger is None or larger < 2 or size >= larger:
        return False
    between = sentence.words(inner.span.end, outer.span.start)
    if not _IN.match(between) or not between.strip(" ,"):
        return bool(re.fullmatch(r"\s*,\s*", between)) and bool(
            _CLOSES.match(sentence.words(outer.span.end, sentence.span.end))
        )
    return True


def _contained(sentence: Sentence, inner: Place, outer: Place) -> Check | None:
    span = Span(inner.span.start, outer.span.end)
    measured, verdict = _where(inner, outer)
    if verdict == "inconsistent" and not _firm(sentence, inner, outer):
        return None
    if verdict == "unchecked" and inner.relation is not None:
        return None  # told by way of another place: what lies in the larger one is that other
    said = f"{inner.name} in {outer.name}"
    if verdict == "unchecked":
        note = f"{inner.name} is not in the gazetteer, or too near to the edge of {outer.name}: not checked"
    elif verdict == "consistent":
        note = f"{inner.name} lies in {outer.name}, as the report says: consistent"
    else:
        note = f"{inner.name} is {measured}; the report says {outer.name}: inconsistent"
    text = sentence.words(span.start, span.end)
    return Check(
        text=text,
        span=span,
        where=inner.where,
        kind="containment",
        stated=said,
        measured=measured,
        verdict=verdict,
        note=note,
    )


def _firm(sentence: Sentence, inner: Place, outer: Place) -> bool:
    """Whether a place that seems to lie elsewhere is worth telling.

    A small place may have a namesake that no table holds, and may be a person ("Sanders, Vermont"); bare names of
    provinces after a comma may be a list. A town of some size, "in" a country or a named "province", is neither.
    """
    large = inner.precision == "exact" and (inner.radius_km or 0.0) >= FIRM_RADIUS_KM
    between = sentence.words(inner.span.end, outer.span.start)
    noun = outer.name.split()[-1].casefold() in DIVISION_NOUNS
    told_in = between.strip(" ,\n").casefold() in ("in", "in the")
    return (
        large
        and "(" not in between
        and (noun or (outer.precision == "country" and (told_in or between.strip() == ",")))
    )


def _where(inner: Place, outer: Place) -> tuple[str | None, CheckVerdict]:
    """Where the inner place lies, and whether that is inside the outer one."""
    if not _known(inner) or inner.country is None or outer.country is None or outer.lat is None or outer.lon is None:
        return None, "unchecked"
    if inner.country != outer.country:
        return f"in {countries()[inner.country].name}", "inconsistent"
    if outer.precision == "country":
        return f"in {outer.name}", "consistent"
    return _in_division(inner, outer)


def _in_division(inner: Place, outer: Place) -> tuple[str | None, CheckVerdict]:
    """Inside a province by the codes of both; inside a district by its code, then by its box; else by distance."""
    one, other = gazetteer().entry(inner.geonames_id), gazetteer().entry(outer.geonames_id)
    if one is None or other is None or not one.admin1 or not other.admin1:
        return _by_distance(inner, outer)
    if outer.precision == "district":
        return _in_district(one, other, inner, outer)
    if one.admin1 == other.admin1:
        return f"in {outer.name}", "consistent"
    name = gazetteer().division_name(inner.country or "", one.admin1)
    return (f"in {name}", "inconsistent") if name else (None, "unchecked")


def _in_district(one: Entry, other: Entry, inner: Place, outer: Place) -> tuple[str | None, CheckVerdict]:
    """To lie in the district's province is not enough. Codes of towns near its edge may be old: its box has a say."""
    same_province = one.admin1 == other.admin1
    if same_province and one.admin2 and one.admin2 == other.admin2:
        return f"in {outer.name}", "consistent"
    if other.box is None:
        return _by_distance(inner, outer)
    if in_box(one.lat, one.lon, grown(other.box, EDGE_KM)):
        told = _by_distance(inner, outer) if same_province and not one.admin2 else (None, "unchecked")
        return told if told[1] == "consistent" else (None, "unchecked")
    name = None if same_province else gazetteer().division_name(inner.country or "", one.admin1)
    km = distance_km(one.lat, one.lon, other.lat, other.lon)
    return f"in {name}" if name else f"{km:.0f} km from the middle of {outer.name}", "inconsistent"


def _by_distance(inner: Place, outer: Place) -> tuple[str | None, CheckVerdict]:
    """Only what lies well inside or far outside is told; a district's radius is no outline."""
    assert inner.lat is not None
    assert inner.lon is not None
    assert outer.lat is not None
    assert outer.lon is not None
    km, radius = distance_km(inner.lat, inner.lon, outer.lat, outer.lon), outer.radius_km or 0.0
    told = f"{km:.0f} km from the middle of {outer.name}"
    if km <= radius * (DISTRICT_INSIDE if outer.precision == "district" else INSIDE):
        return told, "consistent"
    return (told, "inconsistent") if km > OUTSIDE * radius else (None, "unchecked")


# ── dates ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _dates(claims: Sequence[Claim], published: date | None) -> Iterator[Check]:
    """Events told as having happened that would begin after publication. (A date that fits is not listed.)

    The day beside a threat or a demand is that of what is threatened or asked for, which lies ahead.
    """
    seen: set[tuple[Span, str]] = set()
    for claim in claims:
        time = claim.time
        if (
            published is None
            or claim.modality != "actual"
            or claim.event in ("threat", "demand")
            or time is None
            or time.earliest is None
            or time.earliest <= published
        ):
            continue
        if (time.span, time.where) in seen:
            continue
        seen.add((time.span, time.where))
        yield Check(
            text=time.text,
            span=time.span,
            where=time.where,
            kind="date",
            stated=time.earliest.isoformat(),
            measured=f"published {published.isoformat()}",
            verdict="inconsistent",
            note=f"“{claim.trigger.text}” is told as of {time.earliest}; the report is of {published}: inconsistent",
        )


def _weekdays(times: Sequence[Period]) -> Iterator[Check]:
    """A weekday that stands with a full date must be that date's: "Tuesday, 17 June 2014"."""
    for time in times:
        named = _WEEKDAY.search(time.text)
        if not named or not re.search(r"\d", time.text) or time.earliest is None or time.earliest != time.latest:
            continue
        day = _WEEKDAYS[time.earliest.weekday()].capitalize()
        verdict: CheckVerdict = "consistent" if day.lower() == named.group().lower() else "inconsistent"
        yield Check(
            text=time.text,
            span=time.span,
            where=time.where,
            kind="date",
            stated=named.group().capitalize(),
            measured=day,
            verdict=verdict,
            note=f"{time.earliest} was a {day}; the report says {named.group().capitalize()}: {verdict}",
        )


# ── sums ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _sums(sentences: Sequence[Sentence], figures: Sequence[Figure]) -> Iterator[Check]:
    """Parts of one whole, which may add up to no more than it; to all of it where the report lists them as such
    ("24 dead: 20 soldiers and four civilians"). Superseded tolls are left aside."""
    parts: dict[int, list[Figure]] = {}
    for part in figures:
        whole = _whole_of(part, sentences, figures) if part.part_of and not part.superseded else None
        if whole is not None:
            parts.setdefault(whole, []).append(part)
    for at, found in sorted(parts.items()):
        yield _sum(figures[at], found, listed=_is_list(sentences, figures[at], found))


def _whole_of(part: Figure, sentences: Sequence[Sentence], figures: Sequence[Figure]) -> int | None:
    """Where in the figures the whole of a part is: the nearest of those words in its sentence."""
    sentence = sentence_of(part, sentences)
    fits = [
        i
        for i, f in enumerate(figures)
        if f is not part
        and f.text == part.part_of
        and (sentence is None or sentence.holds(f))
        and (f.measure is None or f.measure == part.measure)
    ]
    return min(fits, key=lambda i: abs(figures[i].span.start - part.span.start), default=None)


# "24 dead: 20 soldiers …", "24 people (20 soldiers …)", "24 villagers – 20 men …": all of them are listed.
_LISTED = re.compile(r"^[^.;:,]{0,60}?(?::|\(|\s[-–—])\s*$")


def _is_list(sentences: Sequence[Sentence], whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether the text says that the parts are all of the whole: two or more of them, right after a mark."""
    sentence = sentence_of(whole, sentences)
    if sentence is None or len(parts) < 2 or parts[0].span.start < whole.span.end or not sentence.holds(parts[0]):
        return False
    return bool(_LISTED.match(sentence.words(whole.span.end, parts[0].span.start)))


def _sum(whole: Figure, parts: Sequence[Figure], *, listed: bool) -> Check:
    stated = f"{' + '.join(part.text for part in parts)} of {whole.text}"
    total, most = _total([part.low for part in parts]), _total([part.high for part in parts])
    measured: str | None = None
    verdict: CheckVerdict = "unchecked"
    note = f"{stated}: not checked, as a bound is open"
    # Listed parts must reach the least of the whole as well, which needs no open bound of the parts.
    too_few = listed and whole.low is not None and most is not None and most < whole.low
    if total is not None and (whole.high is not None or listed):
        too_many = whole.high is not None and total > whole.high
        measured, verdict = f"{total:g}", "inconsistent" if too_many or too_few else "consistent"
        note = f"{stated.removesuffix(f' of {whole.text}')} make {total:g}; the whole is {whole.text}: {verdict}"
    return Check(
        text=whole.text, span=whole.span, where=whole.where, kind="sum", stated=stated,
        measured=measured, verdict=verdict, note=note,
    )  # fmt: skip


def _total(sides: Sequence[float | int | None]) -> float | None:
    """The sum of bounds; None where one is open."""
    return None if None in sides else sum(side for side in sides if side is not None)
