"""Names that stand where a place must stand and are in no table: places without coordinates, and why."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from dateline.reading.place_belief import Seen
from dateline.reading.place_senses import Hints
from dateline.reading.place_spots import Spot, Word
from dateline.reading.place_words import (
    CALENDAR,
    COMPASS,
    DIVISION_NOUNS,
    FACILITIES,
    FACILITY_FIRST,
    GIVEN_NAMES,
    INNER,
    LOCATIVE,
    NO_PLACE_WORDS,
    OPENING,
    SETTLEMENT_NOUNS,
    TITLES,
)
from dateline.reading.words import Sentence, sentence_of
from dateline.record import Place, Span
from dateline.world.countries import country_of_demonym
from dateline.world.usage import usage

_LONGEST = 4  # words
_SHORTEST_SHOUTED = 4  # letters: shorter words in capitals are acronyms
_ALSO_SPOKEN_OF = 0.1  # share of hints: a country named in passing does not take a strange place
_TOLD_WITHIN = 30  # characters from a name to the larger place that it is told to lie in
_SAME_PASSAGE = 300  # characters: about two sentences
# What kinds of places are called; alone they name none.
_GENERIC = (
    FACILITIES | FACILITY_FIRST | SETTLEMENT_NOUNS | DIVISION_NOUNS | LOCATIVE | INNER | COMPASS
    | frozenset(
        "center centre hall ridge valley lake river park forest grove abbey college block avenue lane drive club "
        "court farm farms house hills hill island islands bay beach mountain mountains creek plaza upper lower old new "
        "great borough downtown uptown coast gulf highway route world earth".split()
    )
)  # fmt: skip
SEEN = 0.0  # the reader's log odds from which on a name that no table has is a place


def find_strangers(
    sentences: Sequence[Sentence], worded: Sequence[Sequence[Word]], settled: Sequence[tuple[int, Spot]], seen: Seen
) -> Iterator[Place]:
    """Names that no table has, in reading order, without coordinates or country.

    Args:
        settled: spots that are known to be a place or to be none, each with the number of its sentence.
    """
    taken: dict[int, set[int]] = {}
    for at, spot in settled:
        taken.setdefault(at, set()).update(range(spot.first, spot.end))
    for at, (sentence, words) in enumerate(zip(sentences, worded, strict=True)):
        covered = taken.get(at, set())
        # "Near Tal Ghazal, …": the capital only opens the sentence
        n = 1 if words and words[0].lower in LOCATIVE else 0
        while n < len(words):
            end = _run_end(words, n, covered)
            if end > n and _stands_for_place(words, n, end, seen.mean(sentence.index, words[n:end])):
                yield _stranger(sentence, words, n, end)
            n = max(end, n + 1)


def _run_end(words: Sequence[Word], n: int, covered: set[int]) -> int:
    """Where the run of words that may be a name no table knows ends; `n` itself where none starts."""
    end = n
    if _continues(words, n, covered) or words[n].name.startswith("I-"):
        return n  # the rest of a longer name
    while end < len(words) and words[end].name_like and not words[end].mark and end not in covered:
        if words[end].shouted and (_common(words[end]) or words[end].lower in SETTLEMENT_NOUNS | DIVISION_NOUNS):
            break
        end += 1
    # "Eastern Ghouta": what a table knows is no part of an unknown name.
    return n if end > n and (end in covered and words[end].name_like) else end


def _continues(words: Sequence[Word], n: int, covered: set[int]) -> bool:
    """Whether the words before, back to one that a table knows, are of one name with it: "Dallas Love Field"."""
    before = n - 1
    while before >= 0 and before not in covered and words[before].name_like and not words[before].mark:
        before -= 1
    return before in covered


def _common(word: Word) -> bool:
    use = usage(word.lower)
    return word.lower in INNER or word.lower in LOCATIVE or bool(use and use.lower > use.upper)


def _stands_for_place(words: Sequence[Word], n: int, end: int, odds: tuple[float, float] | None) -> bool:
    if end - n > _LONGEST or _never_place(words, n, end) or all(word.lower in _GENERIC for word in words[n:end]):
        return False
    before = words[n - 1].lower if n else ""
    after = words[end].lower if end < len(words) else ""
    two_before = words[n - 2].lower if n > 1 else ""
    named = n > 0 and not words[n].shouted and not _common(words[n]) and words[n].lower not in OPENING
    if (after in SETTLEMENT_NOUNS and named) or (before == "of" and two_before in SETTLEMENT_NOUNS | DIVISION_NOUNS):
        return odds is None or odds[0] > SEEN - 3.0  # "the village of Bani Zela", "Oum Suhairij village"
    if odds is not None:
        return odds[0] > SEEN and odds[0] > odds[1]
    kinds = {word.name[2:] for word in words[n:end]} - {""}
    if kinds & {"PER", "ORG"} or (n == 0 and "LOC" not in kinds):
        return False
    located = before in LOCATIVE and after not in ("'s", "’s") and _seldom_said(words[n].lower, end - n)
    return "LOC" in kinds or (located and not words[n].shouted)


def _never_place(words: Sequence[Word], n: int, end: int) -> bool:
    """Words that no strange place is called by: months, titles, given names, peoples, acronyms."""
    for word in words[n:end]:
        low = word.lower
        if low in NO_PLACE_WORDS or low in CALENDAR or low in TITLES or low in GIVEN_NAMES or country_of_demonym(low):
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


# What stands between two names in "Tal Ghazal, in Tal Abyad district" and "Oum Suhairij village (Hasakah province)".
_WITHIN = re.compile(
    r"^(?:\s+(?:village|town|hamlet|area|camp))?\s*(?:,\s*(?:(?:located\s+)?in\s+)?|\(\s*(?:in\s+)?|\bin\s+)(?:the\s+)?$",
    re.IGNORECASE,
)


def at_home(place: Place, known: Sequence[Place], hints: Hints, sentences: Sequence[Sentence]) -> Place:
    """The place with what it lies in: the district or province told right after it, with its point and extent; else the
    country alone: that of the nearest place told by name, or the main one."""
    sentence = sentence_of(place, sentences)
    for other in known:
        larger = other.precision in ("district", "province") and sentence is not None and sentence.holds(other)
        if not larger or not sentence or not 0 <= other.span.start - place.span.end <= _TOLD_WITHIN:
            continue
        if _WITHIN.match(sentence.words(place.span.end, other.span.start)):
            return msgspec.structs.replace(
                place, country=other.country, lat=other.lat, lon=other.lon, radius_km=other.radius_km,
                precision=other.precision, where_prec=other.where_prec, geo_precision=other.geo_precision,
            )  # fmt: skip
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
