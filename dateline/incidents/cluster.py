"""From pairs to incidents: claims are put together in order of how surely, and never through a third alone.

Two groups become one where the log-odds, averaged over all pairs of reports across them, reach the threshold. For two
reports the likest two of their claims speak first, since a report tells of one incident in many claims and most of them
say little by themselves ("the attack"); within one report all claims speak, on average. A pair that was not compared,
or found unlike, counts against: what is like one member and unlike the rest stays out.

Since an average reaches no higher than its highest pair, a group never leaves the claims that hang together by pairs
of at least the threshold: each such component can be worked anew alone, with the same outcome.
"""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from math import log
from typing import NamedTuple, TypeVar

from dateline.incidents.match import SAME, Scored

UNSEEN = -4.0  # log-odds of a pair that was not compared or was found unlike: of one in fifty
LIKEST = 1.0  # of what two reports say for one incident, the part of the likest two claims; the rest is of all
_SUREST = 6.0  # log-odds: no single pair may outweigh many others
_DECIDED = 1e6  # log-odds of what people decided: no sum of others reaches it

Pair = tuple[str, str]
T = TypeVar("T", str, int)  # keys or numbers of claims


def cluster(
    keys: Iterable[str],
    matches: Iterable[Scored],
    *,
    must: Iterable[Pair] = (),
    cannot: Iterable[Pair] = (),
    same: float = SAME,
) -> list[tuple[str, ...]]:
    """Groups of claims, each sorted, in the order of their first claims. Every key is in one of them.

    Args:
        matches: the pairs that were compared; others count as unlike.
        must: pairs that people have put together; stronger than any match.
        cannot: pairs that people have held apart; where they clash with `must`, groups so joined stay joined.
        same: the probability from which two claims are of one incident.
    """
    ordered = sorted(set(keys))
    known = set(ordered)
    forced = {_pair(a, b) for a, b in must if a != b and a in known and b in known}
    barred = {_pair(a, b) for a, b in cannot if a in known and b in known} - forced
    odds = {_pair(m.a, m.b): _log_odds(m.probability) for m in matches if m.a in known and m.b in known}
    least = _log_odds(same)
    strong = [pair for pair, value in odds.items() if value >= least]
    groups: list[tuple[str, ...]] = []
    component_of: dict[str, int] = {}
    components = list(connected(ordered, (*strong, *forced)))
    for number, members in enumerate(components):
        component_of.update(dict.fromkeys(members, number))
    inside: list[dict[Pair, float]] = [{} for _ in components]
    for (a, b), value in odds.items():
        if component_of[a] == component_of[b]:
            inside[component_of[a]][a, b] = value
    ties: list[list[Pair]] = [[] for _ in components]
    bars: list[list[Pair]] = [[] for _ in components]
    for pairs, of in ((forced, ties), (barred, bars)):
        for a, b in sorted(pairs):
            if component_of[a] == component_of[b]:
                of[component_of[a]].append((a, b))
    for number, members in enumerate(components):
        groups += _agglomerated(members, inside[number], ties[number], bars[number], least)
    return sorted(groups)


def components(keys: Iterable[str], matches: Iterable[Scored], *, same: float = SAME) -> list[tuple[str, ...]]:
    """Claims that hang together by pairs of at least the threshold: no group reaches beyond such a component."""
    return list(connected(sorted(set(keys)), [(m.a, m.b) for m in matches if m.probability >= same]))


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a <= b else (b, a)


def _log_odds(probability: float) -> float:
    if probability <= 0.0:
        return -_SUREST
    if probability >= 1.0:
        return _SUREST
    return max(-_SUREST, min(_SUREST, log(probability / (1.0 - probability))))


def connected(keys: Iterable[T], pairs: Iterable[tuple[T, T]]) -> Iterator[tuple[T, ...]]:
    """Keys that pairs tie together, near and far, in the order of their first keys; pairs of other keys say nothing."""
    above = {key: key for key in keys}

    def top(key: T) -> T:
        while above[key] != key:
            above[key] = above[above[key]]
            key = above[key]
        return key

    for a, b in pairs:
        if a in above and b in above:
            one, two = sorted((top(a), top(b)))
            above[two] = one
    found: dict[T, list[T]] = {}
    for key in above:
        found.setdefault(top(key), []).append(key)
    yield from (tuple(members) for members in found.values())


class _Found(NamedTuple):
    """Of the pairs of claims of two reports: the highest log-odds, their sum, and how many were compared."""

    highest: float
    total: float
    seen: int


class _Across(NamedTuple):
    """What was found across two groups, by the two reports that each pair of claims stands in; `top` is the highest
    log-odds of all, above which no mean can lie."""

    found: dict[Pair, _Found]
    top: float

    def joined(self, other: "_Across") -> "_Across":
        made = dict(self.found)
        for pair, new in other.found.items():
            before = made.get(pair)
            if before is None:
                made[pair] = new
            else:
                total = round(before.total + new.total, 6)
                made[pair] = _Found(max(before.highest, new.highest), total, before.seen + new.seen)
        return _Across(made, max(self.top, other.top))


class _Groups:
    """The groups of one component as they grow; each is named by the place of its first claim."""

    def __init__(self, members: Sequence[str], odds: dict[Pair, float], bars: Iterable[Pair]) -> None:
        at = {key: n for n, key in enumerate(members)}
        report = {key: _report(key) for key in members}
        self.of: dict[int, list[str]] = {n: [key] for n, key in enumerate(members)}
        self.reports: dict[int, dict[str, int]] = {n: {report[key]: 1} for n, key in enumerate(members)}
        self.across: dict[int, dict[int, _Across]] = {n: {} for n in self.of}
        for (a, b), value in odds.items():
            one, two = at[a], at[b]
            found = {_pair(report[a], report[b]): _Found(value, value, 1)}
            self.across[one][two] = self.across[two][one] = _Across(found, value)
        self.barred: dict[int, set[int]] = {n: set() for n in self.of}
        for a, b in bars:
            self.barred[at[a]].add(at[b])
            self.barred[at[b]].add(at[a])

    def average(self, one: int, two: int) -> float:
        """Mean log-odds over all pairs of reports across two groups, to four places; what was decided rules."""
        if two in self.barred[one]:
            return -_DECIDED
        mine, other = self.reports[one], self.reports[two]
        both = len(mine.keys() & other.keys())
        pairs = len(mine) * len(other) - both * (both - 1) // 2  # two reports that are in both make one pair
        found = self.across[one][two].found
        total = UNSEEN * (pairs - len(found))
        for (a, b), (highest, seen_total, seen) in found.items():
            if a == b:
                claims = mine[a] * other[a]
                total += (seen_total + UNSEEN * (claims - seen)) / claims
            else:
                claims = mine.get(a, 0) * other.get(b, 0) + mine.get(b, 0) * other.get(a, 0)
                total += LIKEST * highest + (1.0 - LIKEST) * (seen_total + UNSEEN * (claims - seen)) / claims
        return round(total / pairs, 4)

    def join(self, one: int, two: int) -> int:
        """Make one group of two; its name."""
        kept, gone = min(one, two), max(one, two)
        self.of[kept] = sorted((*self.of[kept], *self.of.pop(gone)))
        reports = self.reports[kept]
        for report, claims in self.reports.pop(gone).items():
            reports[report] = reports.get(report, 0) + claims
        mine = self.across[kept]
        for other, found in self.across.pop(gone).items():
            del self.across[other][gone]
            if other != kept:
                mine[other] = self.across[other][kept] = mine[other].joined(found) if other in mine else found
        for other in self.barred.pop(gone):
            self.barred[other].discard(gone)
            if other != kept:
                self.barred[kept].add(other)
                self.barred[other].add(kept)
        return kept

    def ready(self, one: int, least: float) -> Iterator[tuple[float, int, int]]:
        """The groups that one may be joined with, the likelihood turned so that the likest sorts first."""
        for two, across in self.across[one].items():
            if across.top >= least and (value := self.average(one, two)) >= least:
                yield -value, min(one, two), max(one, two)


def _report(key: str) -> str:
    """The report of a claim, by its key "report id/claim id"."""
    return key.rpartition("/")[0]


def _agglomerated(
    members: Sequence[str], odds: dict[Pair, float], ties: Sequence[Pair], bars: Sequence[Pair], least: float
) -> list[tuple[str, ...]]:
    if len(members) == 1:
        return [tuple(members)]
    groups = _Groups(members, odds, bars)
    _tie(groups, ties)
    grown = dict.fromkeys(groups.of, 0)  # how often each group has grown: what was reckoned before holds no more
    heap = [(*pair, 0, 0) for one in groups.of for pair in groups.ready(one, least) if pair[1] == one]
    heapq.heapify(heap)
    while heap:
        _, one, two, then_one, then_two = heapq.heappop(heap)
        if grown.get(one) != then_one or grown.get(two) != then_two:
            continue
        kept = groups.join(one, two)
        del grown[max(one, two)]
        grown[kept] += 1
        for value, first, second in groups.ready(kept, least):
            heapq.heappush(heap, (value, first, second, grown[first], grown[second]))
    return [tuple(group) for group in groups.of.values()]


def _tie(groups: _Groups, ties: Sequence[Pair]) -> None:
    """Put together what people have put together."""
    name = {key: n for n, keys in groups.of.items() for key in keys}
    for a, b in ties:
        one, two = name[a], name[b]
        if one == two:
            continue
        kept = groups.join(one, two)
        for key in groups.of[kept]:
            name[key] = kept
