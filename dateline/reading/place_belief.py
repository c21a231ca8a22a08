"""Which names are places here: evidence for and against each, added up.

"Reading" opens a sentence, "Carter" follows a given name, "Washington" refused: no places. What can't be a place by the
words beside it (papers, groups, ministries, governments, persons) is left out by rule; the rest is weighed by features:
the words around, how news uses the name at large, how large the place is and whether the report's other places speak
for it, and what the reader sees in the words.

Weights: dateline/data/place_belief.csv, fitted by `python -m training.places.fit_belief`.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import exp, log10

from dateline.reading.place_senses import SELDOM, Hints, Weighed, closes, container
from dateline.reading.place_spots import KNOWN_ABROAD, Spot, Word
from dateline.reading.place_words import (
    AUXILIARIES,
    CALENDAR,
    COMPASS,
    DISEASES,
    DIVISION_NOUNS,
    FACILITIES,
    FACILITY_FIRST,
    GIVEN_NAMES,
    GOVERNMENT_NOUNS,
    GOVERNMENT_VERBS,
    GROUP_NOUNS,
    HEADS,
    LOCATIVE,
    MEDIA,
    NO_PLACE_WORDS,
    OFFICES,
    OPENING,
    SAYING,
    SETTLEMENT_NOUNS,
    TITLES,
    TOLD_BY,
    WEAK_LOCATIVE,
)
from dateline.world.countries import government_of
from dateline.world.labels import read_table
from dateline.world.usage import usage

# Belief from which on a name is a place. In folds over the labelled reports 96 in 100 are; a wrong pin costs most.
KEPT = 0.6
_SEEN_ENOUGH = 15  # times: below this the use of a word in news says little
_BUILDING_KM = 1.0
_ODDS = 6.0  # the reader's log odds count up to this

OPENS_LONGER = "the first word of a longer name"

Features = dict[str, float]
Weights = Mapping[str, Mapping[str, float]]


class Seen:
    """What the reader sees in each word of a report: the log odds that it is of a place's name, and of a people's.

    Empty for a report that is not looked at: nothing is known then.
    """

    def __init__(self, odds: Mapping[tuple[int, int], tuple[float, float]] | None = None) -> None:
        self._odds = odds or {}
        self._by_sentence: dict[int, dict[int, tuple[float, float]]] = {}
        for (sentence, token), one in self._odds.items():
            self._by_sentence.setdefault(sentence, {})[token] = one

    def __bool__(self) -> bool:
        return bool(self._odds)

    def likely(self, sentence: int, least: float) -> frozenset[int]:
        """The words of a sentence that are likelier than that to belong to the name of a place or a people."""
        return frozenset(t for t, odds in self._by_sentence.get(sentence, {}).items() if max(odds) > least)

    def of(self, sentence: int, words: Sequence[Word], spot: Spot) -> tuple[float, float] | None:
        """`mean` over the words of a name."""
        return self.mean(sentence, words[spot.first : spot.end])

    def mean(self, sentence: int, words: Sequence[Word]) -> tuple[float, float] | None:
        """Mean log odds (of a place, of a people) over some words; None where none was seen."""
        found = [odds for w in words if (odds := self._odds.get((sentence, w.token))) is not None]
        if not found:
            return None
        place, people = (sum(side) / len(found) for side in zip(*found, strict=True))
        return max(-_ODDS, min(_ODDS, place)), max(-_ODDS, min(_ODDS, people))


def refused(spot: Spot, words: Sequence[Word]) -> str | None:
    """Why a name can't be a place here, by the words beside it; None where it may be one."""
    if spot.key in NO_PLACE_WORDS or spot.key in CALENDAR or spot.key in COMPASS:
        return "a word that names no place"
    if spot.key in HEADS and not spot.country and spot.end < len(words) and _goes_on(words[spot.end]):
        return OPENS_LONGER
    if spot.end < len(words) and words[spot.end].lower in DISEASES and not spot.demonym:
        return "part of a disease's name"
    if _part_of_office(spot, words):
        return "part of an office's name"
    if _part_of_group(spot, words):
        return "part of a group's name"
    if _part_of_media(spot, words):
        return "part of a paper's or station's name"
    if _is_government(spot, words):
        return "stands for a government"
    if (spot.demonym or spot.country) and _personal(spot, words):
        return "a person's name"
    # "Jordan Carter", "Michael Jordan": where the tagger is sure of a person, so are we, unless a preposition objects.
    if spot.country and not spot.demonym and words[spot.first].name.endswith("PER"):
        return None if words[spot.first - 1].lower in LOCATIVE else "a person's name"
    return None


def features(
    spot: Spot,
    words: Sequence[Word],
    beside: Sequence[Spot],
    hints: Hints,
    persons: frozenset[str],
    seen: Seen,
    sentence: int,
) -> Features:
    """The evidence that the sentence gives on one spot that is no adjective."""
    odds = seen.of(sentence, words, spot)
    before = words[spot.first - 1].lower if spot.first else ""
    best = spot.entries[0] if spot.entries else None
    made: Features = {
        "bias": 1.0,
        "country": float(bool(spot.country)),
        "after a preposition of place": float(before in LOCATIVE),
        "after a weaker preposition": float(before in WEAK_LOCATIVE),
        "another place is told by way of it": float(_tells_another(spot, words)),
        "first word": float(spot.first == 0),
        "the larger place after a comma": float(closes(spot, words, beside)),
        "a larger place follows": float(container(spot, words, beside) is not None),
        "after a word for a settlement": float(_settlement_before(spot, words)),
        "before a facility": float(_facility_after(spot, words)),
        "after a person's title or name": float(_personal(spot, words)),
        "a person's name in this report": float(spot.key in persons and not _stands_located(spot, words, beside)),
        "speaks": float(spot.end < len(words) and words[spot.end].lower in SAYING),
        "several words": float(" " in spot.key),
        "long": float(len(spot.key) > 12),
    }
    if not made["before a facility"]:
        made["in a longer name"] = float(_in_longer_name(spot, words, beside))
    if best:
        made["the, before water"] = float(before == "the" and all(e.kind == "water" for e in spot.entries))
        made["loosely spelt"] = float(best.loose)
        made["only divisions or regions"] = float(all(e.kind != "city" for e in spot.entries))
        if not spot.country:
            made["people"] = log10(max(best.population, 300)) - 4.0
            made["in a country spoken of"] = float(any(e.country in hints.spoken_of for e in spot.entries))
    made |= _usage(spot, words)
    made |= _tags(spot, words)
    if odds is not None:
        made["the reader: a place"], made["the reader: a people"] = odds
        made["part of a longer place's name"] = float(_in_longer_place(spot, words, beside, seen, sentence))
    return {name: value for name, value in made.items() if value}


def _usage(spot: Spot, words: Sequence[Word]) -> Features:
    """How news uses the word at large. Names of several words are left alone: they seldom mean anything else."""
    use = usage(spot.key)
    if not use:
        return {"seldom in the news": float(" " not in spot.key)}
    if use.lower > max(3, use.upper / (1 if words[0].shouted else 4)):
        return {"an ordinary word": 1.0}
    if use.upper < _SEEN_ENOUGH:
        return {"seldom in the news": 1.0}
    share = use.located / use.upper
    return {"seldom a place in the news": float(share < SELDOM), "often a place in the news": min(0.4, share)}


def _tags(spot: Spot, words: Sequence[Word]) -> Features:
    """What the tagger says. Names it has hardly seen it takes for persons: that says less."""
    kinds = {words[n].name[2:] for n in range(spot.first, spot.end)}
    if "PER" in kinds:
        return {"tagged a person": 1.0} if usage(spot.key) is not None else {"tagged a person, unknown": 1.0}
    if "LOC" in kinds or "GPE" in kinds:
        return {"tagged a place": 1.0}
    if "ORG" in kinds:
        return {"tagged a body": 1.0}
    return {"not tagged": 1.0}


def with_report(found: Features, sense: Weighed, hints: Hints, mean_odds: float | None, best_belief: float) -> Features:
    """The same with what the rest of the report says: its other places, and the name's other mentions."""
    entry = sense.best
    made = found | {
        "other places speak for it": sense.support,
        "its country is spoken of": max((hints.shares.get(code, 0.0) for code in entry.countries), default=0.0),
        "one meaning stands out": sense.scores[0],
        "elsewhere in the report": max(-2.0, min(4.0, best_belief)),
    }
    if mean_odds is not None:
        made["the reader, all mentions"] = mean_odds
    return {name: value for name, value in made.items() if value}


def belief(found: Features, weights: Mapping[str, float]) -> float:
    """Log odds that a spot with these features is a place."""
    return sum(weights.get(name, 0.0) * value for name, value in found.items())


def chance(odds: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


@lru_cache(maxsize=1)
def belief_weights() -> Weights:
    """Weights by round: "first" from the sentence alone, "report" with what the rest of the report says."""
    rows = read_table("place_belief")
    return {turn: {row["feature"]: float(row[turn]) for row in rows if row[turn]} for turn in ("first", "report")}


# ── the words beside a name ─────────────────────────────────────────────────────────────────────────────────────────


def persons(worded: Sequence[Sequence[Word]]) -> frozenset[str]:
    """Surnames that the report introduces: after a given name, or at the end of what a tagger has for a person's."""
    made: set[str] = set()
    for words in worded:
        for before, word in pairwise(words):
            given = before.capital and before.lower in GIVEN_NAMES
            if word.capital and not word.shouted and (given or (word.name == "I-PER" and before.name.endswith("PER"))):
                made.add(word.lower)
    return frozenset(made)


def abroad(spot: Spot, hints: Hints) -> bool:
    """A small place in a country that the report never speaks of, where it does speak of another."""
    if hints.main is None or any(
        entry.country in hints.spoken_of or len(entry.countries) > 1 for entry in spot.entries
    ):
        return False
    return spot.entries[0].population < KNOWN_ABROAD


def _settlement_before(spot: Spot, words: Sequence[Word]) -> bool:
    """ "the village of Bani Zela", "the provincial capital, Faizabad", "the city Tal Afar"."""
    before = [word.lower for word in words[max(0, spot.first - 2) : spot.first]]
    nouns = SETTLEMENT_NOUNS | DIVISION_NOUNS | {"capital", "towns", "cities", "villages"}
    return bool(before) and (before[-1] in nouns or (before[-1] in ("of", ",") and before[0] in nouns))


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


def _tells_another(spot: Spot, words: Sequence[Word]) -> bool:
    """ "north of X", "western X", "the outskirts of X", "30 miles from X", "the X border"."""
    before = [word.lower for word in words[max(0, spot.first - 2) : spot.first]]
    after = words[spot.end].lower if spot.end < len(words) else ""
    if after in ("border", "frontier", "coast") or (before and before[-1] in COMPASS and not words[spot.first].shouted):
        return True
    return len(before) == 2 and before[-1] in ("of", "from") and (before[0] in COMPASS or before[0] in TOLD_BY)


def _goes_on(word: Word) -> bool:
    return word.capital and not word.mark


def _in_longer_place(spot: Spot, words: Sequence[Word], beside: Sequence[Spot], seen: Seen, sentence: int) -> bool:
    """Whether the reader takes a name beside, which no table knows, for a part of the same place: "Meadow Grove"."""
    for n in (spot.first - 1, spot.end):
        if not 0 < n < len(words) or not words[n].capital or any(other.first <= n < other.end for other in beside):
            continue
        word = words[n].lower
        if word in FACILITIES or word in SETTLEMENT_NOUNS or word in DIVISION_NOUNS or word in COMPASS:
            continue
        odds = seen.mean(sentence, words[n : n + 1])
        if odds is not None and odds[0] > 0:
            return True
    return False


def _plain_word(word: str) -> bool:
    """A word that news writes in lower case as a rule, or that is no name in any table."""
    use = usage(word)
    return use.lower > use.upper if use else word in OPENING


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


def _in_group_list(words: Sequence[Word], n: int) -> bool:
    # "… in Iraq and the Levant": "Iraq" stands between the group's noun and "Levant".
    return words[n].lower == "iraq" and n + 1 < len(words) and words[n + 1].lower == "and"


def _part_of_office(spot: Spot, words: Sequence[Word]) -> bool:
    """ "Department of Health", "Ministry of Interior": no towns, unless of a country."""
    if spot.country or spot.demonym or spot.first < 2 or words[spot.first - 1].lower != "of":
        return False
    return words[spot.first - 2].capital and words[spot.first - 2].lower in OFFICES


def _stands_located(spot: Spot, words: Sequence[Word], beside: Sequence[Spot]) -> bool:
    before = words[spot.first - 1].lower if spot.first else ""
    return before in LOCATIVE or _settlement_before(spot, words) or container(spot, words, beside) is not None


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
