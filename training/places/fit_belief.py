"""Fit which names are places: `python -m training.places.fit_belief --data ../shared`, after `head` and `fit_senses`.

Logistic regression over the features of place_belief, on the spots of the labelled reports: first from the sentence
alone, then with what the rest of the report says. The reader's odds are of heads that did not see the report. Writes
dateline/data/place_belief.csv with its label, and prints precision and recall in folds by report.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from msgspec import Struct

from dateline.reading import place_belief
from dateline.reading.place_belief import Features, Seen, Weights
from dateline.reading.place_senses import Hints, Senses
from dateline.reading.place_spots import Spot, Word, find_spots
from dateline.reading.places import Evidence, word_sentences
from dateline.world.geometry import distance_km
from training.places import labels
from training.places.head import Case, Head, cases, folded, odds, table
from training.places.sealed import write_table
from training.status.fit_chain import tabulate
from training.status.fit_cues import logistic

FOLDS = 5
PART_KM = 50.0
TURNS = ("first", "report")


class Prepared(Struct, frozen=True):
    """A labelled report up to its spots; `right` has those in what was shown, and whether each is a place."""

    worded: tuple[tuple[Word, ...], ...]
    spots: tuple[tuple[Spot, ...], ...]
    hints: Hints
    seen: Seen
    right: dict[tuple[int, int], bool]
    named: int


def prepare(case: Case, head: Head) -> Prepared:
    found: dict[tuple[int, int], tuple[float, float]] = {}
    for one in {id(s): s for s in case.look._of.values()}.values():
        found.update(zip(one.window.words, map(tuple, odds(head, one.word).tolist()), strict=True))
    seen = Seen(found)
    worded = tuple(word_sentences(case.sentences, seen))
    spots = tuple(
        tuple(s for s in beside if not place_belief.refused(s, words))
        for beside, words in zip(find_spots(worded), worded, strict=True)
    )
    right: dict[tuple[int, int], bool] = {}
    hit: set[int] = set()
    for n, (sentence, beside) in enumerate(zip(case.sentences, spots, strict=True)):
        shown = sentence.where == "text" and case.item.start <= sentence.span.start
        if not shown or sentence.span.end > case.item.stop:
            continue
        for spot in beside:
            over = [i for i, name in enumerate(case.item.names) if name.start < spot.stop and spot.start < name.end]
            if not spot.demonym:
                right[n, spot.first] = any(names_it(spot, case.item.names[i]) for i in over)
            hit.update(over)
    named = sum(name.kind == "P" for name in case.item.names)
    return Prepared(worded, spots, Hints.of(spots, case.report.dateline), seen, right, named)


def names_it(spot: Spot, name: labels.Name) -> bool:
    """Whether a spot over a label names that place: all of it, or a part that some place at its point is called by."""
    if name.kind != "P":
        return False
    if (spot.start <= name.start and name.end <= spot.stop) or name.lat is None or spot.country:
        return True
    return any(distance_km(name.lat, name.lon or 0.0, e.lat, e.lon) <= max(PART_KM, e.radius_km) for e in spot.entries)


def evidence(item: Prepared, weights: Weights) -> Evidence:
    return Evidence(item.worded, item.spots, item.hints, item.seen, weights)


def rows(item: Prepared, weights: Weights, turn: str) -> list[tuple[Features, bool]]:
    """Features and truth of every spot that was shown."""
    told = evidence(item, weights)
    if turn == "first":
        return [(told.features[key], truth) for key, truth in item.right.items()]
    senses = Senses(told.mentions, item.worded, item.hints)
    made = []
    for mention in told.mentions:
        key = (mention.sentence, mention.spot.first)
        if key in item.right:
            made.append((told.full(mention, senses.of(mention)), item.right[key]))
    return made


def fitted(items: Sequence[Prepared]) -> Weights:
    made: dict[str, dict[str, float]] = {turn: {} for turn in TURNS}
    for turn in TURNS:
        found = [row for item in items for row in rows(item, made, turn)]
        names, matrix, right = tabulate([f for f, _ in found], [truth for _, truth in found])
        made[turn] = dict(zip(names, logistic(matrix, right), strict=True))
    return made


def measured(items: Sequence[Prepared]) -> np.ndarray:
    """(chance, truth) of every spot shown, by weights that did not see its report."""
    made = []
    for fold in range(FOLDS):
        weights = fitted([item for i, item in enumerate(items) if i % FOLDS != fold])
        for item in items[fold::FOLDS]:
            for found, truth in rows(item, weights, "report"):
                made.append((place_belief.chance(place_belief.belief(found, weights["report"])), truth))
    return np.array(made, float)


def report(found: np.ndarray, named: int) -> str:
    lines = []
    for keep in (0.3, 0.4, 0.5, 0.6, 0.7):
        kept = found[found[:, 0] >= keep]
        precision, recall = kept[:, 1].mean(), kept[:, 1].sum() / max(1, named)
        lines.append(f"keep {keep}: precision {precision:.3f}, recall of all labelled places {recall:.3f}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    options = parser.parse_args()
    found = cases(options.data, labels.read(), "default")
    fit_all(found)


def fit_all(found: Sequence[Case]) -> None:
    heads = folded([table(case) for case in found])
    items = [prepare(case, head) for case, head in zip(found, heads, strict=True)]
    print(report(measured(items), sum(item.named for item in items)))
    weights = fitted(items)
    names = sorted({name for of in weights.values() for name in of})
    lines = [",".join(["feature", *TURNS])]
    for name in names:
        cells = [f"{weights[turn][name]:.3f}" if name in weights[turn] else "" for turn in TURNS]
        lines.append(",".join([f'"{name}"' if "," in name else name, *cells]))
    write_table(
        "place_belief", lines, title="Weights by which a name is believed to be a place (log odds)",
        made="python -m training.places.fit_belief --data ../shared",
        reach="see docs/decisions/0006-places.md",
    )  # fmt: skip


if __name__ == "__main__":
    main()
