"""Fit the gate and choose its threshold: `python -m training.gate --data ../shared`."""

import argparse
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct

from dateline.reading.gate import NAME, blocks_of, split, strength
from dateline.reading.linear import Linear
from dateline.record import Report
from training.gate.fit import Example, fit
from training.gate.labels import labelled
from training.gate.samples import Annotated, annotated, fitted_on, held_out, report_of, to_label
from training.linear_file import save

FOLDS = 4
CLAIMS_LOST = 0.002  # share of the annotated claims of unseen training reports that the threshold may cost
REPORTS_LOST = 0.01  # share of the pool reports that hold claims by our own reading
# What a block of an empty report, or a block with an annotated claim, counts beside a whole report: with blocks alone
# the gate takes every court report in; without them one paragraph in a long report is not seen.
BLOCK_WEIGHT = 0.3


class Held(Struct, frozen=True, kw_only=True):
    """One report for the gate: itself, whether it holds claims, and how many."""

    report: Report
    holds: bool
    quotes: tuple[str, ...] = ()


def examples(reports: Sequence[Held]) -> list[Example]:
    """Whole reports, each block of those that hold nothing, and each block of the others that states a claim."""
    made = []
    for each in reports:
        blocks = [tuple(sorted(block)) for block in blocks_of(each.report)]
        made.append(Example(words=tuple(sorted(set().union(*blocks))), holds=each.holds))
        if each.holds:
            stated = [set().union(*split(quote)) for quote in each.quotes]
            blocks = [block for block in blocks if any(words and words <= set(block) for words in stated)]
        if len(blocks) > 1 or each.holds:
            made += [Example(words=block, holds=each.holds, weight=BLOCK_WEIGHT) for block in blocks]
    return [example for example in made if example.words]


def chosen(reports: Sequence[Held]) -> float:
    """The threshold on reports that a fold had not seen: the lower of what the two shares that may be lost allow."""
    folds = [i % FOLDS for i in range(len(reports))]
    random.Random(0).shuffle(folds)
    scores = np.zeros(len(reports))
    for fold in range(FOLDS):
        model, bias = fit(examples([each for each, its in zip(reports, folds, strict=True) if its != fold]))
        for i, its in enumerate(folds):
            if its == fold:
                scores[i] = strength(blocks_of(reports[i].report), model) + bias
    people = [(scores[i], len(each.quotes)) for i, each in enumerate(reports) if each.quotes]
    reader = [(scores[i], 1) for i, each in enumerate(reports) if each.holds and not each.quotes]
    return min(_at(people, CLAIMS_LOST), _at(reader, REPORTS_LOST))


def _at(scored: Sequence[tuple[float, int]], share: float) -> float:
    """The highest score under which no more than `share` of the counts lies."""
    ranked = sorted(scored)
    counts = np.cumsum([count for _, count in ranked])
    return ranked[int(np.searchsorted(counts, share * counts[-1], side="right"))][0]


def kept(model: Linear, threshold: float, reports: Sequence[Annotated]) -> float:
    """The share of claims in reports that are read."""
    read = [len(each.quotes) for each in reports if strength(blocks_of(each.report), model) >= threshold]
    return sum(read) / sum(len(each.quotes) for each in reports)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--scratch", type=Path, default=Path("/tmp/dateline-gate"), help="where labels are kept")
    args = parser.parse_args()
    rows = to_label(args.data)
    labels = labelled(rows, args.scratch / "labels.jsonl")
    gold = annotated(args.data / "gold", "train")
    reports = [Held(report=g.report, holds=bool(g.quotes), quotes=g.quotes) for g in fitted_on(gold)]
    pairs = [(row, label) for row, label in zip(rows, labels, strict=True) if label.holds or label.empty]
    reports += [Held(report=report_of(row), holds=label.holds) for row, label in pairs]
    print(f"{len(reports)} reports, {sum(each.holds for each in reports)} of them hold claims", flush=True)
    threshold = chosen(reports)
    model, bias = fit(examples(reports))
    threshold -= bias
    print(f"threshold {threshold:.3f}; claims kept of held-out reports {kept(model, threshold, held_out(gold)):.4f}")
    card: dict[str, Any] = {
        "title": "The gate: reports that hold something for a conflict record",
        "task": "the words of a block -> whether the report holds claims",
        "licence": "Apache-2.0",
        "trained_by": "python -m training.gate",
        "trained_on": f"{len(fitted_on(gold))} reports of gold/train, {len(pairs)} of the pool labelled by our reading",
        "scores": "see benchmarks/floors.json",
        "limits": "English alone; one sentence of war in a report of something else may be missed",
        "threshold": round(threshold, 4),
    }
    save(model, NAME, card)


if __name__ == "__main__":
    main()
