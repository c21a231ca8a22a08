"""Places: every name of a place in a report, which place it is, and how the report tells it.

The method, top to bottom:
1. `find_spots`: stretches of words that are names in the gazetteer, a country or an adjective of one; longest first.
2. `place_belief`: which of them are places here: evidence for and against, added up. "Reading" opens a sentence,
   "Carter" follows a given name, "Washington" refused: no places.
3. `place_senses`: which place of that name: all names of the report settle together, one meaning of a name a report.
4. `place_strangers`: names that stand where a place must stand and are in no table: without coordinates, and why.
5. `place_relations`: "in and around Mosul", "northern Iraq", "125 kilometres north of Baghdad".
"""

from collections.abc import Sequence

from msgspec import Struct

from dateline.codes import PlacePrecision
from dateline.reading import place_belief, place_relations
from dateline.reading.place_belief import Seen
from dateline.reading.place_senses import DOMINANT, Hints, Mention, Senses, Weighed
from dateline.reading.place_spots import Spot, Word, find_spots, words_of
from dateline.reading.place_strangers import at_home, find_strangers
from dateline.reading.place_words import DIVISION_NOUNS
from dateline.reading.words import Sentence
from dateline.record import Place, Span, Unknown
from dateline.world.gazetteer import Entry
from dateline.world.names import key_of
from dateline.world.overrides import OVERRIDDEN, overrides

SURE = 3.0  # log odds of a country's name or an adjective of one that nothing speaks against
_CAPITALS = 0.02  # share of words with a capital inside sentences up to which a report is written without them
LIKELY = 0.0  # the reader's log odds from which on a word in lower case may open a name

_PRECISION = {  # precision, UCDP where_prec, ACLED geo_precision
    "city": ("exact", 1, 1), "division": ("province", 4, 3), "region": ("region", 5, 3), "district": ("district", 3, 2),
    "county": ("district", 3, 2),
    "range": ("region", 5, 3), "river": ("water", 5, 3), "lake": ("water", 5, 3), "strait": ("water", 5, 3),
    "canal": ("water", 5, 3), "sea": ("water", 7, 3), "gulf": ("water", 7, 3), "ocean": ("water", 7, 3),
    "continent": ("region", 6, 3), "region_of_world": ("region", 6, 3), "border": ("region", 5, 3),
    "island": ("region", 5, 3), "archipelago": ("region", 5, 3), "peninsula": ("region", 5, 3),
    "desert": ("region", 5, 3), "oil_field": ("district", 3, 2),
    "dam": ("exact", 1, 1), "base": ("exact", 1, 1), "camp": ("exact", 1, 1), "crossing": ("exact", 1, 1),
    "airport": ("exact", 1, 1), "building": ("exact", 1, 1), "pass": ("exact", 1, 1),
}  # fmt: skip


_AMONG_OTHERS = 1.0  # support from which on the report's other places lie around: it is set there after all
_WHICH = "in the gazetteer, but the report does not say which place of that name"
# UCDP where_prec and ACLED geo_precision of a precision that the user's own word gives.
_CODES: dict[PlacePrecision, tuple[int, int]] = {
    "exact": (1, 1), "near": (2, 2), "district": (3, 2), "province": (4, 3), "part_of_country": (5, 3),
    "country": (6, 3), "region": (5, 3), "water": (5, 3),
}  # fmt: skip


class Found(Struct, frozen=True):
    """A spot believed to be a place, what it means, and where it stands."""

    sentence: Sentence
    words: tuple[Word, ...]
    spot: Spot
    weighed: Weighed
    belief: float


class Judged(Struct, frozen=True):
    """All spots of a report after the first three steps: those that are places, and those that are not, with why."""

    worded: Sequence[tuple[Word, ...]]
    hints: Hints
    seen: Seen
    found: tuple[Found, ...]
    refused: tuple[tuple[int, Spot, str], ...]
    doubted: tuple[tuple[int, Spot, float], ...]


def find_places(
    sentences: Sequence[Sentence],
    *,
    dateline: str | None,
    seen: Seen,
    country: str | None = None,
) -> tuple[tuple[Place, ...], tuple[Unknown, ...]]:
    """All places named in a report, in reading order, and the names that no table has.

    Args:
        sentences: with tokens; `Token.tag` and `Token.name` are used where a tagger has filled them.
        dateline: "BAGHDAD, Iraq" as the report has it; it hints at the country spoken of.
        seen: what the reader sees in each word.
        country: alpha-2 code of the country whose places are meant where a name leaves it open.
    Returns:
        Places with `role` null (a claim gives it), spans in the text their sentence stands in; and the unknown.
    """
    judged = judge(sentences, dateline=dateline, seen=seen, country=country)
    known = [_place(item, judged.hints) for item in judged.found]
    settled = [(f.sentence.index, f.spot) for f in judged.found] + [
        (n, spot) for n, spot, why in judged.refused if why != place_belief.OPENS_LONGER
    ]
    strangers = list(find_strangers(sentences, judged.worded, settled, judged.seen))
    homes = [at_home(place, known, judged.hints, sentences) for place in strangers]
    doubted = {(sentences[n].where, spot.start, spot.stop) for n, spot, _ in judged.doubted}
    unknown = (
        Unknown(
            stage="places",
            span=p.span,
            reason=_WHICH if (p.where, p.span.start, p.span.end) in doubted else "not in the gazetteer",
            where=p.where,
        )
        for p in strangers
    )
    return tuple(place_relations.relate([*known, *homes], sentences)), tuple(unknown)


def judge(sentences: Sequence[Sentence], *, dateline: str | None, seen: Seen, country: str | None = None) -> Judged:
    """Which names are places and which place each means: the arguments are those of `find_places`."""
    worded = word_sentences(sentences, seen)
    spots = find_spots(worded)
    no = [[place_belief.refused(s, words) for s in beside] for beside, words in zip(spots, worded, strict=True)]
    refused = tuple((n, s, why) for n, beside in enumerate(spots) for s, why in zip(beside, no[n], strict=True) if why)
    open_ = [[s for s, why in zip(beside, no[n], strict=True) if not why] for n, beside in enumerate(spots)]
    hints = Hints.of(open_, dateline, country)
    evidence = Evidence(worded, open_, hints, seen)
    senses = Senses(evidence.mentions, worded, hints)
    found: list[Found] = []
    doubted: list[tuple[int, Spot, float]] = []
    for mention in evidence.mentions:
        weighed = senses.of(mention)
        belief = evidence.final(mention, weighed)
        n, spot = mention.sentence, mention.spot
        if weighed.best.detail == OVERRIDDEN or (
            place_belief.chance(belief) >= place_belief.KEPT and not evidence.abroad(mention, weighed)
        ):
            found.append(Found(sentences[n], worded[n], spot, weighed, round(place_belief.chance(belief), 4)))
        else:
            doubted.append((n, spot, round(place_belief.chance(belief), 4)))
    return Judged(worded, hints, seen, tuple(found), refused, tuple(doubted))


def word_sentences(sentences: Sequence[Sentence], seen: Seen) -> list[tuple[Word, ...]]:
    """The words of every sentence; in a report without capitals those that the reader takes for names may open one."""
    plain = [words_of(sentence) for sentence in sentences]
    inner = [word for words in plain for word in words[1:] if not word.mark]
    if not seen or sum(word.capital for word in inner) > _CAPITALS * len(inner):
        return plain
    return [words_of(sentence, seen.likely(sentence.index, LIKELY)) for sentence in sentences]


class Evidence:
    """The evidence on each spot: from its sentence at first, then with what the rest of the report says."""

    def __init__(
        self,
        worded: Sequence[Sequence[Word]],
        spots: Sequence[Sequence[Spot]],
        hints: Hints,
        seen: Seen,
        weights: place_belief.Weights | None = None,
    ) -> None:
        self._hints = hints
        self._weights: place_belief.Weights = weights or place_belief.belief_weights()
        persons = place_belief.persons(worded)
        self.features: dict[tuple[int, int], place_belief.Features] = {}
        self.mentions: list[Mention] = []
        self._odds: dict[str, list[float]] = {}
        self._best: dict[str, float] = {}
        first = self._weights["first"]
        for n, (words, beside) in enumerate(zip(worded, spots, strict=True)):
            for spot in beside:
                belief = SURE
                if not spot.demonym:
                    made = place_belief.features(spot, words, beside, hints, persons, seen, n)
                    belief = place_belief.belief(made, first)
                    self.features[n, spot.first] = made
                    if (odds := made.get("the reader: a place")) is not None:
                        self._odds.setdefault(spot.key, []).append(odds)
                    self._best[spot.key] = max(belief, self._best.get(spot.key, belief))
                self.mentions.append(Mention(n, spot, place_belief.chance(belief)))

    def final(self, mention: Mention, weighed: Weighed) -> float:
        """Log odds that a mention is a place, all told."""
        if mention.spot.demonym:
            return SURE
        weights = self._weights["report"]
        return place_belief.belief(self.full(mention, weighed), weights)

    def abroad(self, mention: Mention, weighed: Weighed) -> bool:
        """Whether the tables have only small places of that name, in countries that the report never speaks of, and far
        from its other places."""
        spot = mention.spot
        if weighed.support >= _AMONG_OTHERS:
            return False
        if spot.demonym or spot.country or not place_belief.abroad(spot, self._hints):
            return False
        return not self.features[mention.sentence, spot.first].get("a larger place follows")

    def full(self, mention: Mention, weighed: Weighed) -> place_belief.Features:
        key = mention.spot.key
        odds = self._odds.get(key)
        mean = sum(odds) / len(odds) if odds else None
        found = self.features[mention.sentence, mention.spot.first]
        return place_belief.with_report(found, weighed, self._hints, mean, self._best[key])


# ── as a Place ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _place(found: Found, hints: Hints) -> Place:
    spot, sentence = found.spot, found.sentence
    start, end = spot.start, spot.stop
    written = " ".join(sentence.words(start, end).split())
    entry = found.weighed.best
    if entry.kind == "country":
        return Place(
            text=sentence.words(start, end),
            span=Span(start, end),
            where=sentence.where,
            name=entry.name if spot.demonym else written,
            country=entry.country,
            lat=entry.lat,
            lon=entry.lon,
            radius_km=entry.radius_km,
            precision="country",
            where_prec=6,
            geo_precision=3,
            geonames_id=entry.id,
            demonym=spot.demonym,
        )
    stop = _division_end(found, entry)
    written = " ".join(sentence.words(start, stop).split())
    precision, where_prec, geo_precision = _precision(entry)
    return Place(
        text=sentence.words(start, stop),
        span=Span(start, stop),
        where=sentence.where,
        name=entry.name if precision == "water" else written,  # "the Gulf" is the Persian one
        country=_country_of(entry, hints),
        lat=round(entry.lat, 5),
        lon=round(entry.lon, 5),
        radius_km=entry.radius_km,
        precision=precision,
        where_prec=where_prec,
        geo_precision=geo_precision,
        geonames_id=entry.geonames_id,
    )


def _division_end(found: Found, entry: Entry) -> int:
    """Where the name ends with what kind of division it is: "Idlib province" is one name."""
    if entry.kind in ("division", "county") and found.spot.end < len(found.words):
        after = found.words[found.spot.end]
        if after.lower in DIVISION_NOUNS:
            return after.end
    return found.spot.stop


def _precision(entry: Entry) -> tuple[PlacePrecision, int, int]:
    if entry.detail == OVERRIDDEN:
        told = overrides()[key_of(entry.name)].precision
        return told, *_CODES[told]
    precision, where_prec, geo_precision = (
        _PRECISION.get(entry.detail) or _PRECISION.get(entry.kind) or _PRECISION["region"]
    )
    if entry.kind == "region" and entry.radius_km <= 10:  # our camps, dams and bases
        return "exact", 1, 1
    return precision, where_prec, geo_precision  # type: ignore[return-value]


def _country_of(entry: Entry, hints: Hints) -> str | None:
    """The country of a place; of a place that several share, the one the report speaks of most. Seas have none."""
    if entry.country or entry.detail in ("sea", "gulf", "strait", "ocean"):
        return entry.country
    spoken = [code for code in entry.countries if hints.shares.get(code, 0.0) >= DOMINANT]
    return max(spoken, key=lambda code: hints.shares[code], default=None)
