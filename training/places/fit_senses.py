"""Fit which place a name means: `python -m training.places.fit_senses --data ../shared`.

Conditional logistic regression over the candidates of each name of the labelled reports: the right ones are those at
the label's point. First without votes, then with the votes that the fitted shares cast, twice. Writes
dateline/data/place_senses.csv with its label and prints, in folds by report, how many names come out within 161 km.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.reading import place_senses
from dateline.reading.pipeline import prepare
from dateline.reading.place_senses import AT, FEATURES, VOTES, Hints, Mention, Table
from dateline.reading.place_spots import Spot, find_spots, words_of
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.record import Report
from dateline.world.geometry import distance_km
from training.places import labels
from training.places.sealed import write_table

FOLDS = 5
RIGHT_KM, SAME_KM, WITHIN_KM = 30.0, 10.0, 161.0
RIDGE = 0.02
# What the report itself says of where a place lies decides; there are too few such names to fit how much.
TOLD = 8.0
KIND = 2.0  # the same of what kind of place it says it is, either way
BARE = -2.0  # the same of towns and provinces of one name: coders take the bare name for the town
NAMESAKE = -3.0  # the same of countries and capitals of one name
DATELINE = 1.5  # the same of datelines, which few reports of the pool have
STEPS = 600
Numbers = NDArray[np.float64]


class Names:
    """The names of one report with their candidates, which of these are right, and how far each is."""

    def __init__(self, item: labels.Labelled, row: dict[str, Any]) -> None:
        report, left_out, _ = prepare(Report(text=row["text"], title=row.get("title"), url=row.get("url")))
        sentences = tag(split(report, left_out))
        shown = [s for s in sentences if s.where == "text" and item.start <= s.span.start and s.span.end <= item.stop]
        worded = [words_of(s) for s in shown]
        spots = find_spots(worded)
        mentions = [Mention(n, spot, 1.0) for n, beside in enumerate(spots) for spot in beside if _labelled(spot, item)]
        kept: list[list[Spot]] = [[m.spot for m in mentions if m.sentence == n] for n in range(len(shown))]
        self.table = Table(mentions, worded, Hints.of(kept, report.dateline, None))
        self.km = np.full(len(self.table.entries), np.inf)
        self.right = np.zeros(len(self.table.entries))
        points: dict[Any, labels.Name] = {}
        for m in mentions:
            name = _labelled(m.spot, item)
            if name and name.lat is not None and not m.spot.demonym:
                points.setdefault(self.table.names_of[m.sentence, m.spot.first], name)
        for name, (start, end) in zip(self.table.names, self.table.stretches(), strict=True):
            if name in points:
                self._judge(points[name], start, end)
        self.size = len(points)

    def _judge(self, told: labels.Name, start: int, end: int) -> None:
        assert told.lat is not None
        assert told.lon is not None
        for i in range(start, end):
            entry = self.table.entries[i]
            self.km[i] = distance_km(told.lat, told.lon, entry.lat, entry.lon)
            if self.km[i] <= max(RIGHT_KM, 0.5 * entry.radius_km) and told.country in (*entry.countries, None):
                self.right[i] = 1.0
        # A label at the town means the town, one at the middle of the province the province.
        near = [i for i in range(start, end) if self.right[i]]
        for i in near:
            self.right[i] = float(self.km[i] <= min(self.km[j] for j in near) + SAME_KM)
        if not self.right[start:end].any():
            nearest = start + int(np.argmin(self.km[start:end]))
            self.right[nearest] = float(self.km[nearest] <= WITHIN_KM)


def _labelled(spot: Spot, item: labels.Labelled) -> labels.Name | None:
    kind = "D" if spot.demonym else "P"
    return next((n for n in item.names if n.kind == kind and n.start < spot.stop and spot.start < n.end), None)


def joined(cases: Sequence[Names]) -> tuple[Numbers, NDArray[np.int64], Numbers]:
    """Candidates of all names that have a right one and a wrong one: features, where each name starts, rights."""
    x, starts, right, size = [], [], [], 0
    for case in cases:
        for start, end in case.table.stretches():
            told = case.right[start:end]
            if 0 < told.sum() < end - start:
                x.append(case.table.x[start:end])
                right.append(told)
                starts.append(size)
                size += end - start
    return np.concatenate(x), np.array(starts), np.concatenate(right)


def fit(cases: Sequence[Names], *, votes: bool) -> Numbers:
    x, starts, right = joined(cases)
    if not votes:
        x = x.copy()
        x[:, -VOTES:] = 0.0
    sizes = np.diff([*starts.tolist(), len(x)])
    of = np.repeat(np.arange(len(starts)), sizes)
    weight, first, second = (np.zeros(x.shape[1]) for _ in range(3))
    for step in range(1, STEPS + 1):
        score = x @ weight
        raised = np.exp(score - np.maximum.reduceat(score, starts)[of])
        share = raised / np.add.reduceat(raised, starts)[of]
        hit = share * right
        wanted = hit / np.maximum(1e-9, np.add.reduceat(hit, starts)[of])
        grad = x.T @ (share - wanted) / len(starts) + RIDGE * weight / 10
        first += 0.1 * (grad - first)
        second += 0.001 * (grad * grad - second)
        weight = weight - 0.1 * (1 - step / (STEPS + 1)) * (first / (1 - 0.9**step)) / (
            np.sqrt(second / (1 - 0.999**step)) + 1e-8
        )
    return weight


def fitted(cases: Sequence[Names]) -> tuple[Numbers, Numbers]:
    alone = fit(cases, votes=False)
    weights = (alone, alone)
    for turn in range(2):
        for case in cases:
            if case.table.names:
                _vote(case.table, weights, turn)
        weights = (alone, fit(cases, votes=True))
    return weights


def _vote(table: Table, weights: tuple[Numbers, Numbers], turns: int) -> None:
    """Set the votes of the last features: from the first round's shares, or as reading does."""
    table.x[:, -VOTES:] = 0.0
    shares = table.shares(table.x @ weights[0])
    for _ in range(turns):
        table.x[:, -VOTES:] = table.votes(shares)
        shares = table.shares(table.x @ weights[1])
    table.x[:, -VOTES:] = table.votes(shares)


def hits(case: Names, weights: tuple[Numbers, Numbers]) -> tuple[int, int]:
    """Names that come out within 161 km, and names that have such a candidate at all."""
    if not case.table.names:
        return 0, 0
    case.table.weighed(weights)
    shares = case.table.shares(case.table.x @ weights[1])
    good = can = 0
    for start, end in case.table.stretches():
        km = case.km[start:end]
        if np.isfinite(km).any():
            right = (km <= WITHIN_KM) | (case.right[start:end] > 0)
            can += bool(right.any())
            good += bool(right[int(np.argmax(shares[start:end]))])
    return good, can


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    options = parser.parse_args()
    items = {item.id: item for item in labels.read()}
    cases = [Names(items[row["id"]], row) for row in labels.pool(options.data) if row["id"] in items]
    total = np.zeros(3, int)
    for fold in range(FOLDS):
        weights = fitted([c for i, c in enumerate(cases) if i % FOLDS != fold])
        for case in cases[fold::FOLDS]:
            total += (*hits(case, weights), case.size)
    print(f"in folds: {total[0]} of {total[1]} names that have the right candidate; {total[2]} names in all")
    alone, together = fitted(cases)
    for weights in (alone, together):
        weights[AT["within"]] = max(TOLD, weights[AT["within"]])
        weights[AT["told"]] = max(KIND, weights[AT["told"]])
        weights[AT["told_other"]] = min(-KIND, weights[AT["told_other"]])
        weights[AT["bare"]] = min(BARE, weights[AT["bare"]])
        weights[AT["of_namesake"]] = min(NAMESAKE, weights[AT["of_namesake"]])
        weights[AT["dateline"]] = max(DATELINE, weights[AT["dateline"]])
    rows = [f"{f},{alone[AT[f]]:.3f},{together[AT[f]]:.3f}" for f in FEATURES]
    print("\n".join(rows))
    place_senses.sense_weights.cache_clear()
    write_table(
        "place_senses", ["feature,alone,together", *rows],
        title="Weights by which a name of a place is given to one of the places that bear it",
        made="python -m training.places.fit_senses --data ../shared",
        reach=f"{total[0] / total[1]:.3f} of the names whose right place the gazetteer has, in folds by report",
    )  # fmt: skip


if __name__ == "__main__":
    main()
