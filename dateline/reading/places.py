"""Places: every name of a place in a report, which place it is, and how the report tells it.

The method, top to bottom:
1. `find_spots`: stretches of words that are names in the gazetteer, a country or an adjective of one; longest first.
2. `_believed_spots`: which of them are places here: evidence for and against, added up. "Reading" opens a sentence,
   "Carter" follows a given name, "Washington" refused: no places.
3. `_Senses`: which place of that name: the countries the report speaks of, what follows the comma, how many people
   live there, what lies near. One sense of a name a report.
4. `_strangers`: names that stand where a place must stand and are in no table: places without coordinates, and why.
5. `place_relations`: "in and around Mosul", "northern Iraq", "125 kilometres north of Baghdad".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import exp, log10

import msgspec
from msgspec import Struct

from dateline.codes import PlacePrecision
from dateline.reading import place_relations
from dateline.reading.place_spots import Spot, Word, find_spots, words_of
from dateline.reading.place_words import (
    AUXILIARIES,
    CALENDAR,
    DIVISION_NOUNS,
    FACILITIES,
    FACILITY_FIRST,
    GIVEN_NAMES,
    GOVERNMENT_NOUNS,
    GOVERNMENT_VERBS,
    GROUP_NOUNS,
    INNER,
    LOCATIVE,
    MEDIA,
    OFFICES,
    SETTLEMENT_NOUNS,
    TITLES,
    WEAK_LOCATIVE,
)
from dateline.reading.words import Sentence
from dateline.record import Place, Span, Unknown
from dateline.world.countries import Country, countries, country_of_demonym, country_of_name, government_of
from dateline.world.gazetteer import Entry, gazetteer, key_of
from dateline.world.geometry import distance_km
from dateline.world.usage import usage

# Evidence for a place, in steps of about a factor of three; a spot is kept from BELIEVED on. Set by hand
# while watching gold/train and the errors on geo/ (LGL, TR-News, GeoVirus); not fitted.
BELIEVED = 0.5
SURE = 1.5  # from here on a mention carries the report's other mentions of the name, up to _CARRIES below BELIEVED
_CARRIES = 2.5
_NEVER, _OTHER = -99.0, -50.0  # surely no place; another place of that name, in no table
_LOCATED, _WEAKLY_LOCATED, _CONTAINED, _FACILITY, _TAGGED_PLACE, _AT_HOME = 2.0, 0.6, 3.0, 1.5, 1.5, 1.5
_TAGGED_PERSON, _TAGGED_BODY, _TITLED, _IN_LONGER_NAME, _ORDINARY_WORD, _SELDOM_PLACE = (
    -3.0,
    -1.5,
    -4.0,
    -2.0,
    -6.0,
    -1.5,
)
_FIRST_AND_UNTAGGED = -0.5
_TAGGED_STRANGE = -1.5
_HOME_LEAST = 0.3  # size evidence of a hamlet in a country that the report speaks of: fighting is in hamlets too
_KNOWN_ABROAD = 100_000  # people: smaller towns of a country that a report never speaks of are seldom meant
_SEEN_ENOUGH = 15  # times: below this the use of a word in news says little
_SELDOM = 0.06  # share after a preposition of place: people's names stay below, towns lie above

# Which place of a name: weights of the parts of a score, set by hand in the same way.
_PEOPLE, _OWN_NAME, _LOOSE_NAME, _SPOKEN_OF, _NEXT_DOOR, _WITHIN, _NEARBY, _KIND = (
    0.6,
    0.4,
    -0.8,
    3.0,
    0.8,
    8.0,
    1.2,
    3.0,
)
_BARE_DIVISION, _OUR_REGION, _CAPITAL = -1.0, 0.5, 2.0
_BUILDING_KM = 1.0
_LOCAL_KM = 100.0  # radius: larger places do not draw their namesakes near
_COUNTRY_SCORE = 5.5  # a country's own name stands in the ranking like a city of more than a hundred million
_NEAR_KM = 300.0
_SAME_PASSAGE = 300  # characters: about two sentences
_ALSO_SPOKEN_OF = 0.1  # share of hints: a country named in passing does not take a strange place
_DOMINANT = 0.34  # share of a report's country hints from which on a place not in the gazetteer is taken to lie there
_BIG_CITY = 500_000  # people: known well enough to hint at its country by itself
_CLEARLY_LARGEST = 8  # times as many people as the next place of that name
_FAR_LARGEST = 30  # the same for a capital that its name calls to mind before any other place

_PRECISION = {  # precision, UCDP where_prec, ACLED geo_precision
    "city": ("exact", 1, 1), "division": ("province", 4, 3), "region": ("region", 5, 3), "district": ("district", 3, 2),
    "range": ("region", 5, 3), "river": ("water", 5, 3), "lake": ("water", 5, 3), "strait": ("water", 5, 3),
    "canal": ("water", 5, 3), "sea": ("water", 7, 3), "gulf": ("water", 7, 3), "ocean": ("water", 7, 3),
    "continent": ("region", 6, 3), "region_of_world": ("region", 6, 3), "border": ("region", 5, 3),
    "island": ("region", 5, 3), "archipelago": ("region", 5, 3), "peninsula": ("region", 5, 3),
    "desert": ("region", 5, 3), "oil_field": ("district", 3, 2),
    "dam": ("exact", 1, 1), "base": ("exact", 1, 1), "camp": ("exact", 1, 1), "crossing": ("exact", 1, 1),
    "airport": ("exact", 1, 1), "building": ("exact", 1, 1), "pass": ("exact", 1, 1),
}  # fmt: skip


class Found(Struct, frozen=True):
    """A spot believed to be a place, which place it is (a country or an entry), and where it stands."""

    sentence: Sentence
    words: tuple[Word, ...]
    spot: Spot
    country: Country | None = None
    entry: Entry | None = None


def find_places(
    sentences: Sequence[Sentence], *, dateline: str | None
) -> tuple[tuple[Place, ...], tuple[Unknown, ...]]:
    """All places named in a report, in reading order, and the names that no table has.

    Args:
        sentences: with tokens; `Token.tag` and `Token.name` are used where a tagger has filled them.
        dateline: "BAGHDAD, Iraq" as the report has it; it hints at the country spoken of.
    Returns:
        Places with `role` null (a claim gives it), spans in the text their sentence stands in; and the unknown.
    """
    worded = [words_of(sentence) for sentence in sentences]
    spots = find_spots(worded)
    tagged = any(word.name for words in worded for word in words)
    hints = _Hints.of(spots, dateline)
    believed, refused = _believed_spots(spots, worded, hints, tagged)
    senses = _Senses(believed, worded, hints)
    found = [Found(sentences[n], worded[n], spot, *senses.of(n, spot)) for n, spot in believed]
    known = [_place(item, hints) for item in found]
    strangers = list(_strangers(sentences, worded, [*believed, *refused]))
    homes = [_at_home(place, known, hints) for place in strangers]
    unknown = (Unknown(stage="places", span=p.span, reason="not in the gazetteer", where=p.where) for p in strangers)
    return tuple(place_relations.relate([*known, *homes], sentences)), tuple(unknown)


# ── which of them are places here ───────────────────────────────────────────────────────────────────────────────────


def _believed_spots(
    spots: Sequence[Sequence[Spot]], worded: Sequence[Sequence[Word]], hints: "_Hints", tagged: bool
) -> tuple[list[tuple[int, Spot]], list[tuple[int, Spot]]]:
    """The spots that are places here, and those that surely are something else, each with the number of its sentence.

    What one mention of a name shows helps its other mentions.
    """
    persons = _persons(worded)
    weighed = [
        (n, spot, _belief(spot, worded[n], found, hints, tagged, persons))
        for n, found in enumerate(spots)
        for spot in found
    ]
    best: dict[str, float] = {}
    for _, spot, belief in weighed:
        best[spot.key] = max(belief, best.get(spot.key, _NEVER))
    believed = [(n, spot) for n, spot, belief in weighed if belief >= BELIEVED or _carried(belief, best[spot.key])]
    return believed, [(n, spot) for n, spot, belief in weighed if belief == _NEVER]


def _carried(belief: float, best: float) -> bool:
    return best >= SURE and belief >= BELIEVED - _CARRIES


def _persons(worded: Sequence[Sequence[Word]]) -> frozenset[str]:
    """Surnames that the report introduces: after a given name, or at the end of what a tagger has for a person's."""
    made: set[str] = set()
    for words in worded:
        for before, word in pairwise(words):
            given = before.capital and before.lower in GIVEN_NAMES
            if word.capital and not word.shouted and (given or (word.name == "I-PER" and before.name.endswith("PER"))):
                made.add(word.lower)
    return frozenset(made)


def _belief(
    spot: Spot, words: Sequence[Word], beside: Sequence[Spot], hints: "_Hints", tagged: bool, persons: frozenset[str]
) -> float:
    if spot.key in _NO_PLACE_WORDS or _part_of_office(spot, words):
        return _NEVER
    if spot.key in persons and not spot.demonym and not spot.country and not _stands_located(spot, words, beside):
        return _NEVER
    if _part_of_group(spot, words) or _part_of_media(spot, words) or _is_government(spot, words):
        return _NEVER
    if spot.demonym:
        return _NEVER if _personal(spot, words) else SURE
    if spot.country:
        return _country_evidence(spot, words)
    return _evidence(spot, words, beside, hints, tagged)


def _country_evidence(spot: Spot, words: Sequence[Word]) -> float:
    if _personal(spot, words):
        return _NEVER
    # "Jordan Carter", "Michael Jordan": where the tagger is sure of a person, so are we, unless a preposition objects.
    if words[spot.first].name.endswith("PER") and words[spot.first - 1].lower not in LOCATIVE:
        return _NEVER
    return SURE


def _evidence(spot: Spot, words: Sequence[Word], beside: Sequence[Spot], hints: "_Hints", tagged: bool) -> float:
    before = words[spot.first - 1].lower if spot.first else ""
    total = _LOCATED if before in LOCATIVE else _WEAKLY_LOCATED if before in WEAK_LOCATIVE else 0.0
    if before == "the" and all(entry.kind == "water" for entry in spot.entries):
        total += _LOCATED  # "the Euphrates": rivers and seas go with an article, people and towns do not
    if _contains(spot, words, beside):
        return SURE + _CONTAINED
    total += _size_evidence(spot, hints) + _usage_evidence(spot, words) + _tag_evidence(spot, words, tagged)
    if _container(spot, words, beside):
        total += _CONTAINED
    elif _foreign(spot, hints):
        return _OTHER
    if _settlement_before(spot, words):
        total += _LOCATED
    if _facility_after(spot, words):
        total += _FACILITY
    elif _in_longer_name(spot, words, beside):
        total += _IN_LONGER_NAME
    if _personal(spot, words):
        total += _TITLED
    return total


def _size_evidence(spot: Spot, hints: "_Hints") -> float:
    best = spot.entries[0]
    at_home = any(entry.country in hints.spoken_of for entry in spot.entries)
    largest = max((e.population for e in spot.entries if e.country in hints.spoken_of), default=best.population)
    size = log10(max(largest, 300)) - 4.0
    if best.loose and not at_home:
        return -3.0
    if at_home:
        size = max(size, _HOME_LEAST)
    return size + (_AT_HOME if at_home else 0.0) + (1.0 if len(spot.key) > 12 or " " in spot.key else 0.0)


def _contains(spot: Spot, words: Sequence[Word], beside: Sequence[Spot]) -> bool:
    """Whether it is the larger place after a comma: "La." in "Alexandria, La."."""
    if spot.first < 2 or words[spot.first - 1].text not in (",", "(") or not _may_contain(spot):
        return False
    inner = next((other for other in beside if other.end == spot.first - 1), None)
    return inner is not None and not inner.demonym and any(_lies_in(entry, spot) for entry in inner.entries)


def _foreign(spot: Spot, hints: "_Hints") -> bool:
    """A small place in a country that the report never speaks of, where it does speak of another."""
    if hints.main is None or any(
        entry.country in hints.spoken_of or len(entry.countries) > 1 for entry in spot.entries
    ):
        return False
    return spot.entries[0].population < _KNOWN_ABROAD


def _settlement_before(spot: Spot, words: Sequence[Word]) -> bool:
    """ "the village of Bani Zela", "the provincial capital, Faizabad", "the city Tal Afar"."""
    before = [word.lower for word in words[max(0, spot.first - 2) : spot.first]]
    nouns = SETTLEMENT_NOUNS | DIVISION_NOUNS | {"capital", "towns", "cities", "villages"}
    return bool(before) and (before[-1] in nouns or (before[-1] in ("of", ",") and before[0] in nouns))


def _usage_evidence(spot: Spot, words: Sequence[Word]) -> float:
    """How news uses the word at large. Names of several words are left alone: they seldom mean anything else."""
    if spot.key in CALENDAR:
        return -9.0
    use = usage(spot.key)
    if not use:
        return 0.0
    if use.lower > max(3, use.upper / (1 if words[0].shouted else 4)):
        return _ORDINARY_WORD
    if use.upper < _SEEN_ENOUGH:
        return 0.0
    share = use.located / use.upper
    return _SELDOM_PLACE if share < _SELDOM else min(1.5, 5 * (share - 0.1))


def _tag_evidence(spot: Spot, words: Sequence[Word], tagged: bool) -> float:
    """What a tagger says. Names it has hardly seen it takes for persons: that says less."""
    kinds = {words[n].name[2:] for n in range(spot.first, spot.end)}
    if "PER" in kinds:
        return _TAGGED_PERSON if usage(spot.key) is not None else _TAGGED_STRANGE
    if "LOC" in kinds or "GPE" in kinds:
        return _TAGGED_PLACE
    if "ORG" in kinds:
        return _TAGGED_BODY
    return _FIRST_AND_UNTAGGED if tagged or spot.first == 0 else 0.0


def _personal(spot: Spot, words: Sequence[Word]) -> bool:
    """Right after a title or a given name, or before "said" with a title: a person's name."""
    if spot.first == 0 or spot.end - spot.first > 2:
        return False
    before = words[spot.first - 1]
    if not before.capital or spot.demonym:
        return False
    # "President Jordan" is a person, "Vice President of Iraq" and "US Secretary" are not; in capitals only a full
    # stop tells.
    return before.lower in GIVEN_NAMES or (before.lower in TITLES and not spot.country and not before.shouted)


def _in_longer_name(spot: Spot, words: Sequence[Word], beside: Sequence[Spot]) -> bool:
    """Whether a capitalised word that is no place itself stands right beside: "Allen Ginsberg", "Carter Center"."""
    if words[spot.first].shouted:
        return False
    for n, sentence_start in ((spot.first - 1, 1), (spot.end, 0)):
        if not sentence_start <= n < len(words) or not words[n].capital:
            continue
        word = words[n].lower
        if n == 0 and (word in LOCATIVE or word in WEAK_LOCATIVE or _plain_word(word)):
            continue  # the capital only opens the sentence
        free = not any(other.first <= n < other.end for other in beside)
        known = word in SETTLEMENT_NOUNS or word in DIVISION_NOUNS or word in CALENDAR or word in TITLES
        if free and words[n].text[0].isalpha() and not known:
            return True
    return False


def _plain_word(word: str) -> bool:
    """A word that news writes in lower case as a rule, or that is no name in any table."""
    use = usage(word)
    return use.lower > use.upper if use else word in _OPENING


_OPENING = frozenset(
    "the but and when while as although though if after before since because however meanwhile both also once".split()
)


def _facility_after(spot: Spot, words: Sequence[Word]) -> bool:
    n = spot.end
    while n < len(words) and words[n].lower in FACILITY_FIRST:
        n += 1
    return n < len(words) and (
        words[n].lower in FACILITIES or words[n].lower in SETTLEMENT_NOUNS or words[n].lower in DIVISION_NOUNS
    )


def _part_of_media(spot: Spot, words: Sequence[Word]) -> bool:
    after = words[spot.end] if spot.end < len(words) else None
    return bool(after and after.capital and not after.shouted and after.lower in MEDIA and not spot.demonym)


def _part_of_group(spot: Spot, words: Sequence[Word]) -> bool:
    """As in "Islamic State in Iraq and the Levant", "Revolutionary Armed Forces of Colombia"."""
    n = spot.first - 1
    while n >= 0 and (words[n].lower in ("the", "and", "of", "in", "for", "greater") or _in_group_list(words, n)):
        n -= 1
    links = {words[m].lower for m in range(n + 1, spot.first)}
    if n < 0 or not links & {"of", "in", "for"} or not words[n].capital or words[n].lower not in GROUP_NOUNS:
        return False
    if words[n].lower == "state":
        # "Strikes on Islamic State in Iraq and Syria" speaks of two countries; "… in Iraq and the Levant" is a name.
        named = "of" in links or any(
            word.lower in ("levant", "al-sham", "sham", "(") for word in words[spot.first : spot.end + 4]
        )
        return named and n > 0 and words[n - 1].lower == "islamic" and words[n - 1].capital
    return words[n].lower.endswith(("qaeda", "qaida")) or (n > 0 and words[n - 1].capital and "of" in links)


def _part_of_office(spot: Spot, words: Sequence[Word]) -> bool:
    """ "Department of Health", "Ministry of Interior": no towns, unless of a country."""
    if spot.country or spot.demonym or spot.first < 2 or words[spot.first - 1].lower != "of":
        return False
    return words[spot.first - 2].capital and words[spot.first - 2].lower in OFFICES


def _stands_located(spot: Spot, words: Sequence[Word], beside: Sequence[Spot]) -> bool:
    before = words[spot.first - 1].lower if spot.first else ""
    return before in LOCATIVE or _settlement_before(spot, words) or _container(spot, words, beside) is not None


def _in_group_list(words: Sequence[Word], n: int) -> bool:
    # "… in Iraq and the Levant": "Iraq" stands between the group's noun and "Levant".
    return words[n].lower == "iraq" and n + 1 < len(words) and words[n + 1].lower == "and"


def _is_government(spot: Spot, words: Sequence[Word]) -> bool:
    """Whether a capital's name stands for a government: "Washington said", "Moscow's allies", "Kyiv has accused"."""
    if spot.country or spot.demonym or not government_of(spot.text):
        return False
    before = [word.lower for word in words[max(0, spot.first - 2) : spot.first]]
    if before and (before[-1] in LOCATIVE or (before[-1] == "the" and before[0] in LOCATIVE)):
        return False
    if any(entry.id < 0 and entry.radius_km <= _BUILDING_KM for entry in spot.entries):
        return True  # the Kremlin, the White House: buildings only where one stands in or near them
    n = spot.end
    if n < len(words) and words[n].lower in ("'s", "’s"):
        return any(word.lower in GOVERNMENT_NOUNS for word in words[n + 1 : n + 3])
    while n < len(words) and words[n].lower in AUXILIARIES:
        n += 1
    # "Protests in Baghdad" never comes here; "… around Kyiv said" is stopped by the preposition above.
    return n < len(words) and words[n].lower in GOVERNMENT_VERBS and not _listed(spot, words)


def _listed(spot: Spot, words: Sequence[Word]) -> bool:
    """Whether the name closes a phrase that began elsewhere: "officials in Amman and Baghdad said"."""
    return any(
        words[n].lower in LOCATIVE or words[n].lower in ("from", "of")
        for n in range(max(0, spot.first - 4), spot.first)
    )


# ── which place of that name ────────────────────────────────────────────────────────────────────────────────────────


class _Hints:
    """The countries that a report speaks of, each with its share of all hints (0 to 1)."""

    def __init__(self, weights: dict[str, float], order: Sequence[str]) -> None:
        total = sum(weights.values()) or 1.0
        self.shares = {code: weight / total for code, weight in weights.items()}
        self.spoken_of = frozenset(weights)
        self.order = order
        ranked = sorted(self.shares, key=lambda code: (-self.shares[code], code))
        self.main = ranked[0] if ranked and self.shares[ranked[0]] >= _DOMINANT else None

    @classmethod
    def of(cls, spots: Sequence[Sequence[Spot]], dateline: str | None) -> "_Hints":
        weights: dict[str, float] = {}
        for found in spots:
            for spot in found:
                for code, weight in _hints_of(spot):
                    weights[code] = weights.get(code, 0.0) + weight
        for code in _dateline_countries(dateline):
            weights[code] = weights.get(code, 0.0) + 2.0
        return cls(weights, list(weights))

    def near(self, code: str | None) -> float:
        """Share of hints at the countries next door."""
        country = countries().get(code or "")
        return sum(self.shares.get(other, 0.0) for other in country.neighbours) if country else 0.0


def _hints_of(spot: Spot) -> Iterator[tuple[str, float]]:
    if spot.country:
        # The United States are named in reports from everywhere, and an adjective less often says where things happen.
        yield spot.country, (0.5 if spot.demonym else 1.0) * (0.5 if spot.country == "US" else 1.0)
    elif spot.entries and not _ordinary(spot):
        best, *others = spot.entries
        rival = max((e.population for e in others if e.country != best.country), default=0)
        if best.country and not best.loose and best.population >= max(_BIG_CITY, _CLEARLY_LARGEST * rival):
            yield best.country, 0.7


def _ordinary(spot: Spot) -> bool:
    use = usage(spot.key)
    return bool(use and (use.lower > use.upper / 4 or use.located < _SELDOM * use.upper))


def _dateline_countries(dateline: str | None) -> Iterator[str]:
    for part in re.split(r"[,(/]", dateline or ""):
        name = part.strip(" )—–-.")
        if not name:
            continue
        if (code := country_of_name(name)) or (
            (found := gazetteer().find([key_of(name)]).get(key_of(name))) and (code := found[0].country)
        ):
            yield code


class _Senses:
    """Which place each name means, one sense a report; "Idlib" and "Idlib province" are two names."""

    def __init__(self, believed: Sequence[tuple[int, Spot]], worded: Sequence[Sequence[Word]], hints: _Hints) -> None:
        self._hints = hints
        self._containers: dict[str, list[Spot]] = {}
        by_sentence: dict[int, list[Spot]] = {}
        for n, spot in believed:
            by_sentence.setdefault(n, []).append(spot)
        self._told = {(n, spot.first): _kind_told(spot, worded[n]) for n, spot in believed}
        for n, spot in believed:
            if container := _container(spot, worded[n], by_sentence[n]):
                self._containers.setdefault(spot.key, []).append(container)
        names = {(spot.key, self._told[n, spot.first]): spot for n, spot in believed}
        first = {name: self._best(spot, name[1], []) for name, spot in names.items()}
        around = [
            (name[0], entry)
            for name, entry in first.items()
            if isinstance(entry, Entry) and entry.radius_km < _LOCAL_KM
        ]
        self._chosen = {name: self._best(spot, name[1], around) for name, spot in names.items()}

    def of(self, n: int, spot: Spot) -> tuple[Country | None, Entry | None]:
        """The country or the entry that a spot of sentence `n` means."""
        chosen = self._chosen[spot.key, self._told[n, spot.first]]
        return (chosen, None) if isinstance(chosen, Country) else (None, chosen)

    def _best(self, spot: Spot, told: str, around: Sequence[tuple[str, Entry]]) -> Country | Entry | None:
        country = countries().get(spot.country or "")
        if spot.demonym:
            return country
        # "Singapore" and "Kuwait" stay countries; and news of one country alone means its own Athens.
        abroad = country is None and len(self._hints.spoken_of) > 3
        capital = _capital(spot.entries) if abroad else None
        scored = [
            (self._score(entry, spot.key, told, around) + _CAPITAL * (entry is capital), -entry.id, entry)
            for entry in spot.entries
        ]
        best = max(scored, key=lambda item: item[:2], default=None)
        if country:
            spoken = self._hints.shares.get(country.code, 0.0) + self._hints.near(country.code)
            return best[2] if best and best[0] > _COUNTRY_SCORE + _SPOKEN_OF * spoken else country
        return best[2] if best else None

    def _score(self, entry: Entry, key: str, told: str, around: Sequence[tuple[str, Entry]]) -> float:
        total = _PEOPLE * log10(entry.population + 300) + _kind_score(entry, told)
        total += (_OWN_NAME if entry.official else 0.0) + (_LOOSE_NAME if entry.loose else 0.0)
        spoken = max((self._hints.shares.get(code, 0.0) for code in entry.countries), default=0.0)
        total += _SPOKEN_OF * spoken + _NEXT_DOOR * self._hints.near(entry.country)
        total += _WITHIN * any(_lies_in(entry, container) for container in self._containers.get(key, ()))
        others = [other for name, other in around if name != key]
        if others:
            nearest = min(distance_km(entry.lat, entry.lon, other.lat, other.lon) for other in others)
            total += _NEARBY * exp(-nearest / _NEAR_KM)
        return total


def _capital(entries: Sequence[Entry]) -> Entry | None:
    """The capital that a name calls to mind before any other place: Damascus in Syria, not the one in Maryland."""
    cities = sorted((e for e in entries if e.kind == "city" and not e.loose), key=lambda e: -e.population)
    if not cities or cities[0].population < _BIG_CITY:
        return None
    first, rival = cities[0], cities[1].population if len(cities) > 1 else 0
    country = countries().get(first.country or "")
    is_capital = country is not None and key_of(country.capital) == key_of(first.name)
    return first if is_capital and first.population >= _FAR_LARGEST * rival else None


def _kind_score(entry: Entry, told: str) -> float:
    """ "Idlib province" is the division; a bare "Idlib" the town, unless the division alone carries the name."""
    if entry.kind == "division":
        return _KIND if told == "division" else _BARE_DIVISION
    if entry.kind == "city":
        return _KIND if told == "city" else 0.0
    return _OUR_REGION


def _kind_told(spot: Spot, words: Sequence[Word]) -> str:
    after = words[spot.end].lower if spot.end < len(words) else ""
    before = [words[n].lower for n in range(max(0, spot.first - 2), spot.first)]
    if after in DIVISION_NOUNS or (before[-1:] == ["of"] and before[0] in DIVISION_NOUNS):
        return "division"
    if after in SETTLEMENT_NOUNS or (before[-1:] == ["of"] and before[0] in SETTLEMENT_NOUNS):
        return "city"
    return ""


def _container(spot: Spot, words: Sequence[Word], beside: Iterable[Spot]) -> Spot | None:
    """The larger place that follows a comma or a bracket: "Samarra, Salahuddin province", "Alexandria, La."."""
    n = spot.end
    if n >= len(words) or words[n].text not in (",", "("):
        return None
    for other in beside:
        if other.first == n + 1 and not other.demonym and (other.country or _may_contain(other)):
            return other
    return None


def _may_contain(spot: Spot) -> bool:
    return any(entry.kind != "city" for entry in spot.entries)


def _lies_in(entry: Entry, container: Spot) -> bool:
    if container.country and (container.country == entry.country or container.country in entry.countries):
        return True
    for other in container.entries:
        if other.kind == "city" or other.country not in entry.countries:
            continue
        if (other.admin1 and other.admin1 == entry.admin1) or (
            not other.admin1 and distance_km(entry.lat, entry.lon, other.lat, other.lon) < 1.5 * other.radius_km
        ):
            return True
    return False


# ── as a Place ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _place(found: Found, hints: _Hints) -> Place:
    spot, sentence = found.spot, found.sentence
    start, end = spot.start, spot.stop
    written = " ".join(sentence.words(start, end).split())
    if found.country:
        return Place(
            text=sentence.words(start, end),
            span=Span(start, end),
            where=sentence.where,
            name=found.country.name if spot.demonym else written,
            country=found.country.code,
            lat=found.country.lat,
            lon=found.country.lon,
            radius_km=found.country.radius_km,
            precision="country",
            where_prec=6,
            geo_precision=3,
            geonames_id=found.country.geonames_id,
            demonym=spot.demonym,
        )
    entry = found.entry
    assert entry is not None, "a spot is a country or has entries"
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
        geonames_id=entry.id if entry.id > 0 else None,
    )


def _division_end(found: Found, entry: Entry) -> int:
    """Where the name ends with what kind of division it is: "Idlib province" is one name."""
    if entry.kind == "division" and found.spot.end < len(found.words):
        after = found.words[found.spot.end]
        if after.lower in DIVISION_NOUNS:
            return after.end
    return found.spot.stop


def _precision(entry: Entry) -> tuple[PlacePrecision, int, int]:
    precision, where_prec, geo_precision = (
        _PRECISION.get(entry.detail) or _PRECISION.get(entry.kind) or _PRECISION["region"]
    )
    if entry.kind == "region" and entry.radius_km <= 10:  # our camps, dams and bases
        return "exact", 1, 1
    return precision, where_prec, geo_precision  # type: ignore[return-value]


def _country_of(entry: Entry, hints: _Hints) -> str | None:
    """The country of a place; of a place that several share, the one the report speaks of most. Seas have none."""
    if entry.country or entry.detail in ("sea", "gulf", "strait", "ocean"):
        return entry.country
    spoken = [code for code in entry.countries if hints.shares.get(code, 0.0) >= _DOMINANT]
    return max(spoken, key=lambda code: hints.shares[code], default=None)


# ── names in no table ───────────────────────────────────────────────────────────────────────────────────────────────

_LONGEST_STRANGER = 4  # words
_SHORTEST_SHOUTED = 4  # letters: shorter words in capitals are acronyms
_NO_PLACE_WORDS = frozenset(
    "parliament congress english arabic french islam islamic christian muslim god army police government court "
    "supreme state senate house council ministry united nations un eu nato isis isil daesh al-qaeda qaeda hamas "
    "hezbollah taliban facebook twitter telegram youtube whatsapp reuters ap afp bbc cnn i monday the a".split()
)


def _strangers(
    sentences: Sequence[Sentence], worded: Sequence[Sequence[Word]], believed: Sequence[tuple[int, Spot]]
) -> Iterator[Place]:
    taken: dict[int, set[int]] = {}
    for at, spot in believed:
        taken.setdefault(at, set()).update(range(spot.first, spot.end))
    for at, (sentence, words) in enumerate(zip(sentences, worded, strict=True)):
        covered = taken.get(at, set())
        n = (
            1 if words and words[0].lower in LOCATIVE else 0
        )  # "Near Tal Ghazal, …": the capital only opens the sentence
        while n < len(words):
            end = _run_end(words, n, covered)
            if end > n and _stands_for_place(words, n, end):
                yield _stranger(sentence, words, n, end)
            n = max(end, n + 1)


def _run_end(words: Sequence[Word], n: int, covered: set[int]) -> int:
    """Where the run of words that may be a name no table knows ends; `n` itself where none starts."""
    end = n
    if n - 1 in covered or words[n].name.startswith("I-"):
        return n  # the rest of a longer name
    while end < len(words) and words[end].name_like and not words[end].mark and end not in covered:
        if words[end].shouted and (_common(words[end]) or words[end].lower in SETTLEMENT_NOUNS | DIVISION_NOUNS):
            break
        end += 1
    # "Eastern Ghouta": what a table knows is no part of an unknown name.
    return n if end > n and (end in covered and words[end].name_like) else end


def _common(word: Word) -> bool:
    use = usage(word.lower)
    return word.lower in INNER or word.lower in LOCATIVE or bool(use and use.lower > use.upper)


def _stands_for_place(words: Sequence[Word], n: int, end: int) -> bool:
    if end - n > _LONGEST_STRANGER or _never_place(words, n, end):
        return False
    before = words[n - 1].lower if n else ""
    after = words[end].lower if end < len(words) else ""
    two_before = words[n - 2].lower if n > 1 else ""
    named = n > 0 and not words[n].shouted and not _common(words[n]) and words[n].lower not in _OPENING
    if (after in SETTLEMENT_NOUNS and named) or (before == "of" and two_before in SETTLEMENT_NOUNS | DIVISION_NOUNS):
        return True  # "the village of Bani Zela", "Oum Suhairij village"
    kinds = {word.name[2:] for word in words[n:end]} - {""}
    if kinds & {"PER", "ORG"} or (n == 0 and "LOC" not in kinds):
        return False
    located = before in LOCATIVE and after not in ("'s", "’s") and _seldom_said(words[n].lower, end - n)
    return "LOC" in kinds or (located and not words[n].shouted)


def _never_place(words: Sequence[Word], n: int, end: int) -> bool:
    """Words that no strange place is called by: months, titles, given names, peoples, acronyms."""
    for word in words[n:end]:
        low = word.lower
        if low in _NO_PLACE_WORDS or low in CALENDAR or low in TITLES or low in GIVEN_NAMES or country_of_demonym(low):
            return True
        if word.text.isupper() and (len(word.text) > 1 and not word.shouted):
            return True
        if word.shouted and (len(low) < _SHORTEST_SHOUTED or any(c.isdigit() for c in low)):
            return True
    return False


def _seldom_said(word: str, length: int) -> bool:
    """Not a word that news writes in lower case as a rule ("in Parliament", "at Work")."""
    use = usage(word) if length == 1 else None
    return not (use and use.lower > use.upper)


def _stranger(sentence: Sentence, words: Sequence[Word], n: int, end: int) -> Place:
    start, stop = words[n].start, words[end - 1].end
    text = sentence.words(start, stop)
    return Place(text=text, span=Span(start, stop), where=sentence.where, name=" ".join(text.split()))


def _at_home(place: Place, known: Sequence[Place], hints: _Hints) -> Place:
    """The place with the country it most likely lies in: that of the nearest place told by name, else the main one."""
    near = [
        (abs(other.span.start - place.span.start), other.country)
        for other in known
        if other.where == place.where and not other.demonym and other.country
        and (other.country != "US" or hints.main == "US")
        and abs(other.span.start - place.span.start) <= _SAME_PASSAGE
        and (hints.main is None or hints.shares.get(other.country, 0.0) >= _ALSO_SPOKEN_OF)
    ]  # fmt: skip
    country = min(near)[1] if near else hints.main
    return msgspec.structs.replace(place, country=country)
