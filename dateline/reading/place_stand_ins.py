"""Places told by a common noun: "the city", "the country", "the capital" and what they stand for in the report.

They are no names, so `find_places` does not list them; a claim may take place at one. Each stands for the place of
its kind that the report names most among the last few before it, "the capital" for that of the country spoken of.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from dateline.reading.words import Sentence
from dateline.record import Place, Span
from dateline.world.countries import countries, country_of_demonym
from dateline.world.gazetteer import Entry, city_radius_km, gazetteer, key_of

_NOUNS = {
    "city": "settlement", "town": "settlement", "village": "settlement", "settlement": "settlement",
    "country": "country", "nation": "country",
    "province": "province", "region": "province", "state": "province", "governorate": "province", "oblast": "province",
    "department": "province", "enclave": "province", "territory": "province", "peninsula": "province",
    "capital": "capital",
}  # fmt: skip
_STAND_IN = re.compile(
    r"\b(?i:(?:the|this|that)\s+(?:(?P<which>[\w-]+)\s+)?(?P<noun>"
    + "|".join(_NOUNS)
    + r"))\b(?!\s+(?i:of)\b)(?!,?\s+[A-Z][a-z])"
)
_AT = re.compile(
    r"\b(?:in|into|from|near|around|outside|of|across|throughout|to|at|inside|through|on|over|leave|left|fled|fleeing)\s+$",
    re.I,
)
_KINDS = {
    "settlement": frozenset({"exact", "near"}),
    "country": frozenset({"country", "part_of_country"}),
    "province": frozenset({"province", "district", "region"}),
}
_OTHER_CAPITALS = frozenset("provincial regional district state commercial financial economic cultural former".split())
LOOK_BACK = 12  # names of the kind before the noun; 1 to 50 made little difference on gold/train


def find_stand_ins(sentences: Sequence[Sentence], places: Sequence[Place]) -> tuple[Place, ...]:
    """Common nouns that stand for a place, each as that place; `text` and `span` are the noun's own words.

    Args:
        places: what `find_places` made of the same sentences.
    Returns:
        In reading order; nouns that stand for nothing named so far, or after no preposition of place, are left out.
    """
    return tuple(made for sentence in sentences for made in _in_sentence(sentence, sentences, places))


def _in_sentence(sentence: Sentence, sentences: Sequence[Sentence], places: Sequence[Place]) -> Iterator[Place]:
    for found in _STAND_IN.finditer(sentence.text):
        start, stop = sentence.span.start + found.start(), sentence.span.start + found.end()
        if not _AT.search(sentence.text[: found.start()]):
            continue
        told = country_of_demonym(found["which"] or "")
        if not told and any(p.where == sentence.where and p.span.start < stop and start < p.span.end for p in places):
            continue
        kind = _NOUNS[found["noun"].lower()]
        if (told and kind != "capital") or (kind == "capital" and (found["which"] or "").lower() in _OTHER_CAPITALS):
            continue
        before = _before(sentence, start, sentences, places)
        meant = (
            _capital(told or _spoken_of(before, places), places)
            if kind == "capital"
            else _meant([p for p in before if _fits(p, kind)], places)
        )
        if meant:
            text = sentence.words(start, stop)
            yield msgspec.structs.replace(
                meant, text=text, span=Span(start, stop), where=sentence.where, relation=None, demonym=False
            )


def _before(sentence: Sentence, start: int, sentences: Sequence[Sentence], places: Sequence[Place]) -> list[Place]:
    """Places named before an offset, the latest first; a title is read before the text."""
    order = {"title": 0, "text": 1}
    here = (order[sentence.where], start)
    earlier = [p for p in places if (order[p.where], p.span.start) < here]
    return sorted(earlier, key=lambda p: (order[p.where], p.span.start), reverse=True)


def _meant(before: Sequence[Place], places: Sequence[Place]) -> Place | None:
    """The place that the report names most, over its last few names before the noun; the later of two named alike."""
    latest = before[:LOOK_BACK]
    if not latest:
        return None
    named = Counter(_same(place) for place in places)
    return max(latest, key=lambda place: (named[_same(place)], place.span.start))


def _same(place: Place) -> str:
    """What makes two mentions one place: the country for a country and its adjective, else the id or the name."""
    if place.precision == "country":
        return place.country or place.name
    return str(place.geonames_id or key_of(place.name))


def _fits(place: Place, kind: str) -> bool:
    if place.precision is None:
        return kind == "settlement"
    return place.precision in _KINDS[kind] and not (place.demonym and kind != "country")


def _spoken_of(before: Sequence[Place], places: Sequence[Place]) -> str | None:
    """The country of the place that the report speaks of; an adjective alone ("Russian troops") says too little."""
    spoken = _meant([p for p in before if p.country and not p.demonym], places)
    return spoken.country if spoken else None


def _capital(code: str | None, places: Sequence[Place]) -> Place | None:
    """The capital of a country, as the report itself spells it where it names it."""
    country = countries().get(code or "")
    if country is None:
        return None
    found = [e for e in gazetteer().lookup(country.capital) if e.country == country.code and e.kind == "city"]
    if not found:
        return None
    named = next((p for p in places if p.geonames_id == found[0].id and p.relation is None), None)
    return named or _as_place(found[0], country.capital)


def _as_place(entry: Entry, name: str) -> Place:
    return Place(
        text=name,
        span=Span(0, 1),
        name=name,
        country=entry.country,
        lat=entry.lat,
        lon=entry.lon,
        radius_km=city_radius_km(entry.population),
        precision="exact",
        where_prec=1,
        geo_precision=1,
        geonames_id=entry.id,
    )
