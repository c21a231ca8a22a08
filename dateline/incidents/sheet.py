"""Claims as columns of numbers, so that a million pairs of them are compared in seconds.

A claim's row holds nothing but what its own report and the fixed tables say. Numbers given to words and names are good
within one sheet only; what is made of them (sums of whole hundredths, shares) is the same in any sheet.
"""

from collections.abc import Callable, Iterable, Sequence
from math import log
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from dateline.codes import MEASURES, EventType, Measure
from dateline.incidents.rarity import rarity, rarity_of_name
from dateline.incidents.types import Brief, Spot, Telling
from dateline.incidents.wording import telling_words

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

SPOTS = 3  # of a claim's places, the most exact first
EXACT_KM = 30.0  # a place with a larger radius says in which region something was, not where
TEXT_WORDS = 80  # of a report's words, the most telling
NO_DAY = -(10**6)
OPEN_DAYS = 3650  # a period with an open end is taken to run for ten years
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


class Bags:
    """A bag of weighted words a row; what two rows share is found for many pairs at once."""

    def __init__(self, rows: Iterable[dict[int, int]], words: int) -> None:
        self._width = max(1, words)
        starts, keys, weights, norms = [0], [], [], []
        for row, bag in enumerate(rows):
            for word in sorted(bag):
                keys.append(row * self._width + word)
                weights.append(bag[word])
            starts.append(len(keys))
            norms.append(sum(weight * weight for weight in bag.values()))
        self._starts = np.array(starts, np.int64)
        self._keys = np.array(keys, np.int64)
        self._weights = np.array(weights, np.float64)
        self.norms = np.sqrt(np.array(norms, np.float64))
        self.sizes = np.diff(self._starts)

    def shared(self, a: Ints, b: Ints, of: Callable[[Floats, Floats], Floats]) -> Floats:
        """For each pair of rows the sum, over the words that both have, of what `of` makes of the two weights."""
        made = np.zeros(len(a))
        swap = self.sizes[a] > self.sizes[b]  # the shorter row is looked up in the longer one
        few, many = np.where(swap, b, a), np.where(swap, a, b)
        ends = np.cumsum(self.sizes[few])
        at = 0
        while at < len(few):
            stop = max(at + 1, int(np.searchsorted(ends, (ends[at - 1] if at else 0) + _CHUNK)))
            made[at:stop] = self._shared(few[at:stop], many[at:stop], of)
            at = stop
        return made

    def _shared(self, few: Ints, many: Ints, of: Callable[[Floats, Floats], Floats]) -> Floats:
        sizes = self.sizes[few]
        pair = np.repeat(np.arange(len(few)), sizes)
        if not len(pair) or not len(self._keys):
            return np.zeros(len(few))
        first = np.repeat(self._starts[few] - (np.cumsum(sizes) - sizes), sizes)
        mine = first + np.arange(len(pair))
        wanted = self._keys[mine] + np.repeat((many - few) * self._width, sizes)
        found = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        hit = self._keys[found] == wanted
        worth = of(self._weights[mine[hit]], self._weights[found[hit]])
        return np.bincount(pair[hit], worth, len(few)).astype(np.float64)

    def cosine(self, a: Ints, b: Ints) -> Floats:
        """How alike two rows are, from 0 (nothing shared) to 1 (the same words with the same weights)."""
        alike: Floats = self.shared(a, b, np.multiply) / np.maximum(1.0, self.norms[a] * self.norms[b])
        return alike

    def common(self, a: Ints, b: Ints) -> Floats:
        """The summed weight of what two rows share."""
        return self.shared(a, b, np.minimum)


class Sheet:
    """The columns. Days are ordinals, distances kilometres."""

    def __init__(self, claims: Sequence[Claimed]) -> None:
        self.claims = claims
        self._words: dict[str, int] = {}
        tellings = [claim.telling for claim in claims]
        self._time(claims)
        self._place(claims)
        self.event = np.array([EVENT_NUMBER[t.event] for t in tellings], np.int64)
        self.actual = np.array([t.modality in ("actual", "denied") for t in tellings], bool)
        self.denied = np.array([t.modality == "denied" for t in tellings], bool)
        self.story = np.array([max(t.story, float(t.lead)) for t in tellings], np.float64)
        self.position = np.array([t.position for t in tellings], np.int64)
        self._counts(tellings)
        self._reports(claims)
        self.quote = self._bags({w: rarity(w) for w in t.words} for t in tellings)
        self.names = self._bags({w: rarity_of_name(w) for w in t.names} for t in tellings)
        self.trigger = self._bags({w: rarity(w) for w in telling_words(t.trigger)} for t in tellings)
        self.actors = self._bags({f"id {p.actor_id}": 100 for p in t.actors if p.actor_id} for t in tellings)
        self.targets = self._bags({f"id {p.actor_id}": 100 for p in t.targets if p.actor_id} for t in tellings)
        self.may_be = self._bags(
            {f"id {id}": 100 for p in t.actors for id in (p.actor_id, *p.may_be) if id} for t in tellings
        )
        self.party_words = self._bags({w: rarity(w) for p in t.actors for w in telling_words(p.name)} for t in tellings)
        self.target_words = self._bags(
            {w: rarity(w) for p in t.targets for w in telling_words(p.name)} for t in tellings
        )
        self.place_words = self._bags({w: rarity(w) for s in t.spots for w in telling_words(s.name)} for t in tellings)

    def _bags(self, rows: Iterable[dict[str, int]]) -> Bags:
        number = self._words.setdefault
        made = [{number(word, len(self._words)): weight for word, weight in row.items()} for row in rows]
        return Bags(made, len(self._words))

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
        self.text = self._bags(map(text_words, briefs))
        self.title = self._bags({w: rarity(w) for w in telling_words(b.title or "")} for b in briefs)
        self.people = self._bags(map(full_names, briefs))
        told = np.full((len(briefs), len(TOLLED), 1), np.nan)
        for row, brief in enumerate(briefs):
            for each in brief.told:
                if each.measure in TOLLED:
                    told[row, TOLLED.index(each.measure)] = each.best
        self.told = told[:, :, 0]


_OFTEN = tuple(round(100 * (1.0 + log(max(1, count)))) for count in range(100))  # by in how many sentences: hundredths
TOLLED: tuple[Measure, ...] = ("killed", "wounded")


def text_words(brief: Brief) -> dict[str, int]:
    """A report's most telling words with their weights: how rare, and in how many of its sentences."""
    counts: dict[str, int] = {}
    for sentence in brief.terms:
        for word in sentence:
            counts[word] = counts.get(word, 0) + 1
    weighed = sorted((-rarity(word) * _OFTEN[min(count, 99)] // 100, word) for word, count in counts.items())
    return {word: -weight for weight, word in weighed[:TEXT_WORDS]}


def full_names(brief: Brief) -> dict[str, int]:
    """Names of two words in a report with their rarity."""
    return {name: rarity_of_name(name) for sentence in brief.names for name in sentence if " " in name}


def spots_of_story(brief: Brief) -> list[Spot]:
    """Where a report's own incident was, as far as its lead claim, else its first placed claim, says."""
    for telling in sorted(brief.tellings, key=lambda t: (not t.lead, t.position)):
        spots = _best(telling.spots)
        if spots:
            return spots
    return []


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
