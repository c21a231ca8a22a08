"""Claims as columns of numbers, so that a million pairs of them are compared in seconds.

A claim's row holds nothing but what its own report and the fixed tables say. Numbers given to words and names are good
within one sheet only; what is made of them (sums of whole hundredths, shares) is the same in any sheet.
"""

from collections.abc import Callable, Sequence
from math import log
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from dateline.codes import MEASURES, EventType, Measure
from dateline.incidents.rarity import rarity_of_name
from dateline.incidents.types import Brief, Spot, Telling
from dateline.incidents.wording import telling_words, words_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

SPOTS = 3  # of a claim's places, the most exact first
EXACT_KM = 30.0  # a place with a larger radius says in which region something was, not where
TEXT_WORDS = 80  # of a report's words, the most telling
OPEN_DAYS = 3650  # a period with an open end is taken to run for ten years
_STEPS = 100  # weights are whole hundredths, so that sums of them do not depend on their order
_OFTEN = np.array([round(_STEPS * (1.0 + log(max(1, count)))) for count in range(100)])  # by in how many sentences
_ID = "id "
_CHUNK = 1 << 21  # words looked up at a time: keeps the memory of a comparison under 100 MB

MEASURE_NAMES: tuple[Measure, ...] = tuple(MEASURES)

# What one thing is called by several types: a bomb may have been dropped or planted, a massacre be told as a toll.
FAMILIES: dict[EventType, int] = {
    event: number
    for number, events in enumerate((
        "battle attack air_strike shelling bombing chemical_attack killing casualties destruction territory_gained "
        "territory_lost offensive siege surrender",
        "abduction detention abuse sanction",
        "talks agreement demand condemnation threat aid need displacement",
        "territory_held deployment strength organisation protest",
    ))
    for event in cast("list[EventType]", events.split())
}  # fmt: skip
_KIN_TEXT = (
    "attack killing", "attack bombing", "attack battle", "attack shelling", "attack casualties", "attack air_strike",
    "attack offensive", "attack abduction", "attack destruction", "attack chemical_attack", "killing casualties",
    "killing bombing", "killing shelling", "killing air_strike", "killing battle", "killing abuse",
    "killing abduction", "killing chemical_attack", "air_strike shelling", "air_strike bombing",
    "air_strike destruction", "air_strike casualties", "air_strike chemical_attack", "shelling bombing",
    "shelling destruction", "shelling casualties", "bombing casualties", "bombing destruction", "battle offensive",
    "battle territory_gained", "battle territory_lost", "battle casualties", "offensive territory_gained",
    "territory_gained territory_lost", "territory_gained territory_held", "territory_lost surrender",
    "chemical_attack casualties", "abduction detention", "detention sanction", "detention surrender",
    "talks agreement", "demand condemnation", "demand threat", "aid need", "siege need", "displacement need",
    "offensive deployment", "territory_lost displacement",
)  # fmt: skip
EVENT_NUMBER: dict[str, int] = {event: at for at, event in enumerate(FAMILIES)}


def _kin_table() -> Floats:
    """By two types: 1 where one thing is often told as either, 0.5 within a family, else 0. The diagonal is 1."""
    table = np.zeros((len(EVENT_NUMBER), len(EVENT_NUMBER)))
    for a, family in FAMILIES.items():
        for b, other in FAMILIES.items():
            table[EVENT_NUMBER[a], EVENT_NUMBER[b]] = 0.5 * (family == other)
    for pair in _KIN_TEXT:
        one, two = (EVENT_NUMBER[event] for event in pair.split())
        table[one, two] = table[two, one] = 1.0
    np.fill_diagonal(table, 1.0)
    return table


KIN = _kin_table()


class Claimed(NamedTuple):
    """A claim with the report that it stands in."""

    telling: Telling
    brief: Brief


class Vocabulary(dict[str, int]):
    """Words and names, each with a number of its own and its rarity; a party's id ("id …") weighs as one."""

    def __init__(self) -> None:
        self._rarity: list[int] = []

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self._rarity)
        self._rarity.append(_STEPS if word.startswith(_ID) else rarity_of_name(word))
        return number

    @property
    def rarity(self) -> Ints:
        return np.array(self._rarity, np.int64)

    @property
    def order(self) -> Ints:
        """The place of each word in the alphabet."""
        made = np.empty(len(self), np.int64)
        made[sorted(range(len(self)), key=list(self).__getitem__)] = np.arange(len(self))
        return made


class _Seen:
    """Which keys may be among some: most that are not are known by one look, and need not be searched for."""

    def __init__(self, keys: Ints) -> None:
        self._shift = np.uint64(64 - max(10, int(_ROOM * len(keys)).bit_length()))
        self._flags = np.zeros(1 << (64 - int(self._shift)), bool)
        self._flags[self._places(keys)] = True

    def among(self, keys: Ints) -> Ints:
        """The places in `keys` of those that may be among them."""
        return np.flatnonzero(self._flags[self._places(keys)])

    def _places(self, keys: Ints) -> Ints:
        """Where a key is flagged: by the highest bits of its product with an odd number, which all its bits reach."""
        spread: Ints = ((keys.astype(np.uint64) * _ODD) >> self._shift).astype(np.int64)
        return spread


_ROOM = 16  # flags for each key
_ODD = np.uint64(0x9E3779B97F4A7C15)


class Bags:
    """A bag of weighted words a row; what two rows share is found for many pairs at once."""

    def __init__(self, keys: Ints, weights: Ints, rows: int, width: int) -> None:
        """`keys` are row times `width` plus the word's number, sorted and each once, `weights` of them."""
        self._width = max(1, width)
        self._keys = keys
        self._weights = weights.astype(np.float64)
        self._seen = _Seen(keys)
        row = keys // self._width
        self._starts = np.searchsorted(row, np.arange(rows + 1))
        self.norms = np.sqrt(np.bincount(row, self._weights**2, rows))
        self.sizes = np.diff(self._starts)

    @classmethod
    def of(cls, rows: Sequence[Sequence[str]], words: Vocabulary) -> "Bags":
        """Each word weighs what it is rare."""
        keys = unique(_numbered(rows, words))
        width = len(words)
        return cls(keys, words.rarity[keys % max(1, width)], len(rows), width)

    @classmethod
    def of_texts(cls, rows: Sequence[Sequence[str]], words: Vocabulary, most: int) -> "Bags":
        """Each word weighs what it is rare, and the more the oftener it stands in a row; of each row the heaviest."""
        keys, counts = np.unique(_numbered(rows, words), return_counts=True)
        width = max(1, len(words))
        weights = words.rarity[keys % width] * _OFTEN[np.minimum(counts, len(_OFTEN) - 1)] // _STEPS
        row = keys // width
        order = np.lexsort((words.order[keys % width], -weights, row))
        rank = np.arange(len(keys)) - np.searchsorted(row, row)[order]
        kept = np.sort(order[rank < most])
        return cls(keys[kept], weights[kept], len(rows), width)

    def shared(self, a: Ints, b: Ints, of: Callable[[Floats, Floats], Floats]) -> Floats:
        """For each pair of rows the sum, over the words that both have, of what `of` makes of the two weights."""
        made = np.zeros(len(a))
        both = np.flatnonzero((self.sizes[a] > 0) & (self.sizes[b] > 0))
        a, b = a[both], b[both]
        swap = self.sizes[a] > self.sizes[b]  # the shorter row is looked up in the longer one
        few, many = np.where(swap, b, a), np.where(swap, a, b)
        ends = np.cumsum(self.sizes[few])
        at = 0
        while at < len(few):
            stop = max(at + 1, int(np.searchsorted(ends, (ends[at - 1] if at else 0) + _CHUNK)))
            made[both[at:stop]] = self._shared(few[at:stop], many[at:stop], of)
            at = stop
        return made

    def _shared(self, few: Ints, many: Ints, of: Callable[[Floats, Floats], Floats]) -> Floats:
        sizes = self.sizes[few]
        pair = np.repeat(np.arange(len(few)), sizes)
        first = np.repeat(self._starts[few] - (np.cumsum(sizes) - sizes), sizes)
        mine = first + np.arange(len(pair))
        wanted = self._keys[mine] + np.repeat((many - few) * self._width, sizes)
        maybe = self._seen.among(wanted)
        wanted = wanted[maybe]
        found = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        hit = self._keys[found] == wanted
        mine, found = mine[maybe[hit]], found[hit]
        return np.bincount(pair[maybe[hit]], of(self._weights[mine], self._weights[found]), len(few)).astype(np.float64)

    def cosine(self, a: Ints, b: Ints, *, least: float = 1.0) -> Floats:
        """How alike two rows are, from 0 (nothing shared) to 1 (the same words with the same weights).

        A row of a smaller norm than `least` is taken to be of that one: a few words in common prove little.
        """
        one, two = np.maximum(least, self.norms[a]), np.maximum(least, self.norms[b])
        alike: Floats = self.shared(a, b, np.multiply) / (one * two)
        return alike

    def common(self, a: Ints, b: Ints) -> Floats:
        """The summed weight of what two rows share."""
        return self.shared(a, b, np.minimum)


class Sheet:
    """The columns. Days are ordinals, distances kilometres."""

    def __init__(self, claims: Sequence[Claimed]) -> None:
        self.claims = claims
        tellings = [claim.telling for claim in claims]
        self._time(claims)
        self._place(claims)
        self.event = np.array([EVENT_NUMBER[t.event] for t in tellings], np.int64)
        self.actual = np.array([t.modality in ("actual", "denied") for t in tellings], bool)
        self.denied = np.array([t.modality == "denied" for t in tellings], bool)
        self.lead = np.array([t.lead for t in tellings], bool)
        self.story = np.array([max(t.story, float(t.lead)) for t in tellings], np.float64)
        self.position = np.array([t.position for t in tellings], np.int64)
        self._counts(tellings)
        self._reports(claims)
        self._bags(tellings)

    def _bags(self, tellings: Sequence[Telling]) -> None:
        words = Vocabulary()
        self.quote = Bags.of([quote_words(t) for t in tellings], words)
        self.trigger = Bags.of([words_of(t.trigger) for t in tellings], words)
        self.actors = Bags.of([[_ID + p.actor_id for p in t.actors if p.actor_id] for t in tellings], words)
        self.targets = Bags.of([[_ID + p.actor_id for p in t.targets if p.actor_id] for t in tellings], words)
        may_be = [[_ID + id for p in t.actors for id in (p.actor_id, *p.may_be) if id] for t in tellings]
        self.may_be = Bags.of(may_be, words)
        self.actor_words = Bags.of([[w for p in t.actors for w in words_of(p.name)] for t in tellings], words)
        self.target_words = Bags.of([[w for p in t.targets for w in words_of(p.name)] for t in tellings], words)
        self.place_words = Bags.of([[w for s in t.spots for w in words_of(s.name)] for t in tellings], words)

    def _time(self, claims: Sequence[Claimed]) -> None:
        days = np.array([_days(claim) for claim in claims], np.int64).reshape(-1, 3)
        self.first, self.last, self.published = days.T
        self.dated = np.array([claim.telling.dated for claim in claims], bool)

    def _place(self, claims: Sequence[Claimed]) -> None:
        by_brief = {claim.brief.id: claim.brief for claim in claims}
        of_story = {name: spots_of_story(brief) for name, brief in by_brief.items()}
        own = [_best(claim.telling.spots) for claim in claims]
        self.borrowed = np.array([not spots for spots in own], bool)
        chosen = [spots or of_story[claim.brief.id] for spots, claim in zip(own, claims, strict=True)]
        self.spots = np.full((len(claims), SPOTS, 3), np.nan)  # latitude, longitude, radius
        for row, spots in enumerate(chosen):
            for at, spot in enumerate(spots):
                self.spots[row, at] = spot.lat, spot.lon, spot.radius_km or 0.0
        self.placed = ~np.isnan(self.spots[:, 0, 0])

    def _counts(self, tellings: Sequence[Telling]) -> None:
        self.counted = np.array([bool(t.counts) for t in tellings], bool)
        self.counts = np.full((len(tellings), len(MEASURE_NAMES), 2), np.nan)
        for row, telling in enumerate(tellings):
            for count in telling.counts:
                at = MEASURE_NAMES.index(count.measure)
                if count.superseded or not np.isnan(self.counts[row, at]).all():
                    continue
                low, high = count.low, count.high
                self.counts[row, at] = (0.0 if low is None else low), (np.inf if high is None else high)

    def _reports(self, claims: Sequence[Claimed]) -> None:
        numbers: dict[str, int] = {}
        briefs: list[Brief] = []
        rows = []
        for claim in claims:
            if claim.brief.id not in numbers:
                numbers[claim.brief.id] = len(briefs)
                briefs.append(claim.brief)
            rows.append(numbers[claim.brief.id])
        self.report = np.array(rows, np.int64)
        outlets: dict[str, int] = {}
        named = [
            -at - 1 if brief.outlet is None else outlets.setdefault(brief.outlet, len(outlets))
            for at, brief in enumerate(briefs)
        ]
        self.outlet = np.array(named, np.int64)[self.report]
        words = Vocabulary()
        texts = [[word for sentence in b.terms for word in sentence] for b in briefs]
        self.text = Bags.of_texts(texts, words, TEXT_WORDS)
        self.title = Bags.of([telling_words(b.title or "") for b in briefs], words)
        self.people = Bags.of([sorted(full_names(b)) for b in briefs], words)
        told = np.full((len(briefs), len(TOLLED), 1), np.nan)
        for row, brief in enumerate(briefs):
            for each in brief.told:
                if each.measure in TOLLED:
                    told[row, TOLLED.index(each.measure)] = each.best
        self.told = told[:, :, 0]


TOLLED: tuple[Measure, ...] = ("killed", "wounded")


def quote_words(telling: Telling) -> list[str]:
    """The words of a claim's quote, but those of its trigger and its known places, which are compared by themselves: a
    town's name says no more than that the town is the same."""
    places = (word for s in telling.spots if s.lat is not None for word in words_of(s.name))
    known = {*words_of(telling.trigger), *places}
    return [word for word in telling.words if word not in known]


def full_names(brief: Brief) -> dict[str, int]:
    """Names of two words in a report with their rarity, but those of who speaks in it: many reports quote one source on
    many things, and what it says of them is compared in words."""
    said = {word for t in brief.tellings for voice in t.voices if voice.name for word in words_of(voice.name)}
    return {
        name: rarity_of_name(name)
        for sentence in brief.names
        for name in sentence
        if " " in name and not said.issuperset(name.split())
    }


def spots_of_story(brief: Brief) -> list[Spot]:
    """Where a report's own incident was, as far as its lead claim, else its first placed claim, says."""
    for telling in sorted(brief.tellings, key=lambda t: (not t.lead, t.position)):
        spots = _best(telling.spots)
        if spots:
            return spots
    return []


def _numbered(rows: Sequence[Sequence[str]], words: Vocabulary) -> Ints:
    """Row times the number of words, plus the word's number, of every word of every row, in no order."""
    number = np.array([words[word] for row in rows for word in row], np.int64)
    row = np.repeat(np.arange(len(rows)), np.array([len(row) for row in rows], np.int64))
    made: Ints = row * len(words) + number
    return made


def unique(keys: Ints) -> Ints:
    """Sorted, each once."""
    keys = np.sort(keys)
    made: Ints = keys[np.concatenate([keys[:1] >= 0, keys[1:] != keys[:-1]])]
    return made


def _best(spots: Sequence[Spot]) -> list[Spot]:
    known = [spot for spot in spots if spot.lat is not None and spot.lon is not None]
    return sorted(known, key=lambda spot: (spot.role != "at", spot.radius_km or 0.0))[:SPOTS]


def _days(claim: Claimed) -> tuple[int, int, int]:
    telling, brief = claim
    published = brief.known.toordinal()
    first = telling.earliest.toordinal() if telling.earliest else None
    last = telling.latest.toordinal() if telling.latest else None
    if first is None and last is None:
        return published, published, published
    if first is None:
        assert last is not None
        return last - OPEN_DAYS, last, published
    return first, first + OPEN_DAYS if last is None else last, published
