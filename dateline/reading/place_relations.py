"""How a report tells a place by way of others: near, around, northern, the outskirts of, 125 kilometres north of.

`place_phrases` finds the words in a sentence, `place_extents` what the tables know of the anchors, `place_geometry`
where the told place lies; here the three are put together. A place named right before or after the words ("Samarra,
125 kilometres north of Baghdad", "the western Ukrainian city of Lviv") carries the relation and keeps its own point;
else the anchor's text is widened to take the words in, and the place lies where they say. The anchor's name stays, but
for a part of a country: "northern Iraq" is a name.
"""

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from dateline.reading import place_geometry as geometry
from dateline.reading.place_extents import (
    border_course,
    capital_of,
    country_extent,
    country_place,
    division_points,
    extent_of,
    home_of,
    inner_place,
    other_side,
)
from dateline.reading.place_geometry import Codes, Extent, Shape
from dateline.reading.place_patterns import ADJECTIVES, DESCRIPTIVE, LAND, REST
from dateline.reading.place_phrases import Phrase, Stretch, compass_word, masked, phrases
from dateline.reading.words import Sentence, sentence_of
from dateline.record import Place, Relation, Span
from dateline.world.countries import government_of
from dateline.world.geometry import bearing_of_word

_MAX_BETWEEN = 60  # characters from a place to the words that tell where it lies
_PASSES = (ADJECTIVES, REST, REST)  # the last: "near the suburbs of Aleppo", told by way of a told place
_TOWNS = ("exact", "near", "district", None)  # what a relation can be told of; a province before the words contains it

# "Wahija, south of", "Samarra, a town 125 km north of", "Kilis, which lies near"
_APPOSED = re.compile(
    r"^\s*\)?\s*(?P<mark>,|\(|[–—-])?\s*(?P<verb>(?:(?:which|that)\s+)?(?:is|lies|stands|sits|was)\s+)?(?:just\s+|only\s+)?"
    rf"(?P<noun>(?:a|an|the)\s+(?:[\w-]+\s+){{0,3}}?(?:{LAND})\s+)?(?:located\s+|situated\s+|lying\s+|set\s+)?"
    r"(?:just\s+|right\s+|which\s+is\s+)?(?:(?:in|on|at|to)\s+)?(?:(?:the|its)\s+)?$",
    re.IGNORECASE,
)
# A distance says more plainly that it is one: more may stand before it.
_BEFORE_DISTANCE = re.compile(
    r"^\s*(?:[,(–—-]|\bwhich\b)?\s*(?:(?:a|an|the)\s+)?(?:[\w-]+\s+){0,3}?"
    r"(?:is\s+|lies\s+|located\s+|situated\s+|city\s+|town\s+|village\s+|suburb\s+|base\s+|area\s+)?$",
    re.IGNORECASE,
)
_HOLDS = re.compile(r"^\s*(?:,|\(|\bin\b)\s*(?:(?:in|the)\s+)*$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"^['’]s? ")
_BORDER_WORD = re.compile(r"\b(?:border|frontier)\b", re.IGNORECASE)


def relate(places: Sequence[Place], sentences: Sequence[Sentence]) -> list[Place]:
    """The places in reading order, each with the relation that the words around it tell, if any."""
    by_sentence: dict[int, list[Place]] = {}
    for place in places:
        sentence = sentence_of(place, sentences)
        assert sentence is not None, "places are read from sentences"
        by_sentence.setdefault(sentence.index, []).append(place)
    spoken = [code for code, _ in Counter(place.country for place in places if place.country).most_common()]
    made: list[Place] = []
    for sentence in sentences:
        if beside := by_sentence.get(sentence.index):
            made += _InSentence(sentence, beside, spoken).places
    return made


class _InSentence:
    """The places of one sentence, told anew pass by pass."""

    def __init__(self, sentence: Sentence, beside: Sequence[Place], spoken: Sequence[str]) -> None:
        self._sentence = sentence
        self._spoken = spoken
        self._closed: list[Stretch] = []  # words whose relation a head carries: they are not to be read again
        self.places = sorted((_by_name(place) for place in beside), key=lambda place: place.span)
        for patterns in _PASSES:
            text = masked(sentence.text, self.places, sentence.span.start)
            for phrase in phrases(text, patterns, self._closed):
                self._tell(phrase)
            self.places.sort(key=lambda place: place.span)

    def _tell(self, phrase: Phrase) -> None:
        anchors = tuple(place for stretch in phrase.at if (place := self._at(stretch)))
        if not anchors or any(_told_already(anchor) for anchor in anchors):
            return
        if phrase.kind == "between" and _governments(anchors):
            return
        self._closed.append((phrase.start, phrase.end))
        shown = self._anchors(phrase, anchors)
        relation, placed = _told(phrase, shown, self._spoken)
        head = self._named(phrase) or self._before(phrase, anchors)
        if head is not None:
            self._replace(head, _carrying(head, relation, placed))
        else:
            self._closed.pop()
            self._replace(anchors[0], self._widened(phrase, anchors[0], relation, placed))

    def _at(self, stretch: Stretch) -> Place | None:
        start = self._sentence.span.start
        span = Span(start + stretch[0], start + stretch[1])
        return next((place for place in self.places if place.span == span), None)

    def _replace(self, old: Place, new: Place) -> None:
        self.places[next(n for n, place in enumerate(self.places) if place is old)] = new

    def _anchors(self, phrase: Phrase, anchors: tuple[Place, ...]) -> tuple[Place, ...]:
        """The anchors as they are meant: "the Peruvian capital" is Lima, "10 km from the Turkish border" its border."""
        after = self._sentence.text[phrase.at[-1][1] : phrase.end]
        if re.search(r"\bcapital\b", after, re.IGNORECASE) and (capital := capital_of(anchors[0])):
            return (capital,)
        if phrase.kind == "distance" and _BORDER_WORD.search(after):
            start = self._sentence.span.start
            line = Phrase(kind="border", start=phrase.at[0][0], end=phrase.end, at=phrase.at)
            relation, placed = _told(line, anchors, self._spoken)
            span = Span(start + line.start, start + line.end)
            return (self._told_place(span, anchors[0], relation, placed),)
        return anchors

    # ── which place is told ──

    def _named(self, phrase: Phrase) -> Place | None:
        """The place that the words name after them: "the eastern Ukrainian city of Lviv"."""
        head = self._at(phrase.head) if phrase.head else None
        return head if head is not None and head.relation is None and not head.demonym else None

    def _before(self, phrase: Phrase, anchors: Sequence[Place]) -> Place | None:
        """The place named right before the words, past the one that holds it: "Kilis, in Turkey, near the border"."""
        if not phrase.takes_head:
            return None
        start = self._sentence.span.start + phrase.start
        earlier = [place for place in self.places if place.span.end <= start and place not in anchors]
        if not earlier or not self._apposed(phrase, earlier[-1], start):
            return None
        head = earlier[-1]
        while len(earlier) > 1 and head.precision not in _TOWNS:
            holder, head = head, earlier[-2]
            if not _HOLDS.match(self._sentence.words(head.span.end, holder.span.start)):
                return None
            earlier.pop()
        free = head.relation is None and not head.demonym and head.precision in _TOWNS
        return head if free else None

    def _apposed(self, phrase: Phrase, head: Place, start: int) -> bool:
        between = self._sentence.words(head.span.end, start)
        if len(between) > _MAX_BETWEEN:
            return False
        if phrase.kind == "distance":
            return bool(_BEFORE_DISTANCE.match(between))
        found = _APPOSED.match(between)
        # "fled Mosul on the road to Erbil": without a comma the road is not where Mosul lies
        return bool(found and (phrase.kind != "road" or found["mark"] or found["verb"] or found["noun"]))

    # ── as a place of its own ──

    def _widened(self, phrase: Phrase, anchor: Place, relation: Relation, placed: tuple[Shape, Codes] | None) -> Place:
        start = self._sentence.span.start
        span = Span(min(start + phrase.start, anchor.span.start), max(start + phrase.end, anchor.span.end))
        return self._told_place(span, anchor, relation, placed)

    def _told_place(self, span: Span, anchor: Place, relation: Relation, placed: tuple[Shape, Codes] | None) -> Place:
        text = self._sentence.words(span.start, span.end)
        place = replace(anchor, text=text, span=span, relation=relation, demonym=False)
        if placed is None:
            return place
        shape, codes = placed
        same = codes.precision == "exact" or (
            relation.kind in ("near", "around", "part") and len(relation.anchors) == 1
        )
        return replace(
            place,
            name=self._name(span, anchor, relation, codes),
            lat=shape.lat,
            lon=shape.lon,
            radius_km=shape.radius_km,
            precision=codes.precision,
            where_prec=codes.where_prec,
            geo_precision=codes.geo_precision,
            geonames_id=anchor.geonames_id if same and codes.precision != "region" else None,
        )

    def _name(self, span: Span, anchor: Place, relation: Relation, codes: Codes) -> str:
        """A part of a country is called by the words; anything else keeps the name of its anchor."""
        if relation.kind == "border":
            return " ".join(self._sentence.words(anchor.span.start, span.end).split())
        several = len(relation.anchors) > 1
        if codes.precision != "part_of_country" and not anchor.demonym and not several:
            return anchor.name
        words = " ".join(self._sentence.words(span.start, span.end).split())
        if anchor.span.start == span.start and not (anchor.demonym or several):  # "Syria's north-east"
            side = _POSSESSIVE.sub("", " ".join(self._sentence.words(anchor.span.end, span.end).split()))
            return f"{side} {anchor.name}"
        return words


def _told_already(place: Place) -> bool:
    """Whether a place's words are a relation of their own: only parts of places are anchors again."""
    relation = place.relation
    return relation is not None and relation.kind not in ("direction_of", "part") and place.precision != "exact"


def _governments(places: Sequence[Place]) -> bool:
    """Capitals of different countries, which stand for their governments: "the partnership between Kyiv and Warsaw"."""
    codes = {government_of(place.name) for place in places}
    return None not in codes and len(codes) > 1


def _carrying(head: Place, relation: Relation, placed: tuple[Shape, Codes] | None) -> Place:
    """A named place with the relation told of it; where no table has its point, it lies where the words say."""
    made = replace(head, relation=relation)
    if head.lat is not None or placed is None:
        return made
    shape, codes = placed
    return replace(
        made,
        lat=shape.lat,
        lon=shape.lon,
        radius_km=shape.radius_km,
        precision="near" if codes.precision == "exact" else codes.precision,
        where_prec=max(2, codes.where_prec),
        geo_precision=max(2, codes.geo_precision),
        country=head.country or relation.anchors[0].country,
    )


def _by_name(place: Place) -> Place:
    """A place whose very name tells it by way of others: "the Turkish-Syrian border", "eastern Ghouta"."""
    line, part = _BORDER_WORD.search(place.text), DESCRIPTIVE.match(place.text)
    extent = extent_of(place) if (line or part) and not place.demonym and place.relation is None else None
    if extent is None:
        return place
    if line and extent.line:
        shape = geometry.border((extent,), extent.line, None)
        relation = Relation(kind="border", anchors=_sides(place), geometry=shape.geometry)
        return replace(place, relation=relation, radius_km=shape.radius_km, lat=shape.lat, lon=shape.lon)
    if part:
        anchor = inner_place(place, part.start("name"), part.end("name"))
        bearing, outline = compass_word(part["dir"]), geometry.whole(extent).geometry
        return replace(
            place, relation=Relation(kind="direction_of", anchors=(anchor,), bearing=bearing, geometry=outline)
        )
    return place


def _sides(place: Place) -> tuple[Place, ...]:
    """The countries in the name of a border."""
    words = re.finditer(r"[^\s–—/-]+", place.text)
    return tuple(side for word in words if (side := country_place(place, word.start(), word.end())))


# ── where it lies ───────────────────────────────────────────────────────────────────────────────────────────────────


def _told(
    phrase: Phrase, anchors: tuple[Place, ...], spoken: Sequence[str]
) -> tuple[Relation, tuple[Shape, Codes] | None]:
    """The relation that the words tell, and where that puts the place; None where an anchor's point is not known."""
    relation = Relation(
        kind=phrase.kind,
        anchors=anchors,
        distance_km=phrase.distance_km,
        distance_bound=phrase.bound,
        bearing=phrase.bearing or _side_of(phrase, anchors),
    )
    extents = [extent for place in anchors if (extent := extent_of(place))]
    if not extents:
        return relation, None
    shape = _shape(phrase, extents, spoken)
    inside = phrase.inside or (phrase.kind == "direction_of" and extents[0].size not in ("point", "district"))
    codes = geometry.codes(
        phrase.kind, extents[0], shape, inside=inside and not (phrase.rim and extents[0].size == "point"),
        told_side=phrase.bearing is not None,
    )  # fmt: skip
    return replace(relation, geometry=shape.geometry), (shape, codes)


def _side_of(phrase: Phrase, anchors: Sequence[Place]) -> str | None:
    """The side that a part's anchor tells already: "portions of" eastern Ukraine lie in its east."""
    told = anchors[0].relation if phrase.inside or phrase.coast else None
    return told.bearing if told is not None and told.kind in ("direction_of", "part") else None


def _shape(phrase: Phrase, extents: Sequence[Extent], spoken: Sequence[str]) -> Shape:
    first, bearing = extents[0], bearing_of_word(phrase.bearing or "")
    if phrase.kind == "distance":
        bound = phrase.bound if phrase.distance_km is not None else "about"
        return geometry.at_distance(first, phrase.distance_km or phrase.reach_km or 0.0, bound, bearing)
    if phrase.kind in ("direction_of", "part"):
        return _part(phrase, first, bearing)
    if phrase.kind in ("near", "around"):
        return geometry.near(extents)
    if phrase.kind == "border":
        return _border(extents, spoken)
    if phrase.kind == "along":
        return _along(phrase, extents, spoken)
    if phrase.kind == "between" and len(extents) > 1:
        return geometry.between(extents[0], extents[1])
    return geometry.road(extents)


def _along(phrase: Phrase, extents: Sequence[Extent], spoken: Sequence[str]) -> Shape:
    """A course or a coast, in the country that the report speaks of: "the Pacific coast" in one on Colombia."""
    first = extents[0]
    home = next((code for code in spoken if code in first.countries or not first.countries), None)
    if not phrase.coast:
        return geometry.along(first, home_of(home))
    if first.size in ("water", "world") and (land := country_extent(home)):
        extents = (land, first)
    return geometry.coast(extents, bearing_of_word(phrase.bearing or ""))


def _part(phrase: Phrase, anchor: Extent, bearing: float | None) -> Shape:
    if phrase.rim:
        return geometry.outskirts(anchor, bearing)
    if not phrase.inside and bearing is not None and anchor.size in ("point", "district"):
        return geometry.beyond(anchor, bearing)
    if phrase.bearing is None and anchor.size != "point":
        return geometry.whole(anchor)
    provinces = division_points(anchor.countries[0]) if anchor.size == "country" and anchor.countries else ()
    return geometry.side(anchor, bearing, provinces)


def _border(extents: Sequence[Extent], spoken: Sequence[str]) -> Shape:
    """A border of two countries; of one, that with the neighbour the report speaks of most."""
    codes = [extent.countries[0] for extent in extents if extent.countries]
    one = codes[0] if codes else None
    other = codes[1] if len(codes) > 1 and codes[1] != one else other_side(one, spoken) if one else None
    if one and other and all(extent.size == "country" for extent in extents):
        return geometry.border(extents, border_course(one, other), home_of(other))
    return geometry.border(extents, (), None)
