"""Fit how likely a claim is one that a coder would make, on held-out training reports, for one reader.

    python -m training.reader.weigh --data ../shared --weights dateline/weights/reader

Writes claim_weights.json into the reader's folder: weights, and the probability from which a claim is kept. That is
half of the typed F1 that is reached in cross-validation over reports: from there on a claim adds more to F1 by being
right than it costs by being wrong. (The best of a few values would follow the chances of 62 reports: between .2 and .45
their claim F1 differs by .01.) Prints how well the probabilities hold (reliability), in ten parts.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from sklearn.linear_model import LogisticRegression

from dateline.reading import pipeline
from dateline.reading.reader import Reader, cores
from dateline.reading.weigh import features
from dateline.record import Record
from training.reader.heldout import read_reports, rows, scorer_module

FOLDS = 6
STRENGTH = 0.2  # inverse of the penalty on large weights
KEEPS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--weights", type=Path, required=True)
    args = parser.parse_args()
    (args.weights / "claim_weights.json").unlink(missing_ok=True)
    reader = Reader(args.weights, cores())
    pipeline.load = lambda size: reader  # type: ignore[assignment,attr-defined]
    pipeline.label = lambda size: {"sha256": ""}  # type: ignore[assignment,attr-defined] # none is written yet
    reports, gold = rows(args.data, "train")
    scorer = scorer_module(args.data)
    read = {row["id"]: record for row, record in zip(reports, read_reports(reports), strict=True)}
    fit(read, gold, scorer, args.weights / "claim_weights.json")


def fit(read: dict[str, Record], gold: dict[str, dict[str, Any]], scorer: Any, to: Path) -> None:
    plain = {key: json.loads(record.to_json()) for key, record in read.items()}
    given, right, group = [], [], []
    for g, (key, record) in enumerate(read.items()):
        pairs = scorer.pair(gold[key]["claims"], plain[key]["claims"], True)
        met = {claim["id"] for _, claim, _ in pairs}
        for claim in record.claims:
            text = record.report.title or "" if claim.trigger.where == "title" else record.report.text
            given.append(features(claim, record.claims, text))
            right.append(claim.id in met)
            group.append(g)
    names = sorted({name for row in given for name in row})
    x = np.array([[row.get(name, 0.0) for name in names] for row in given])
    y, of = np.array(right), np.array(group)
    chance = np.zeros(len(y))
    for fold in range(FOLDS):
        held = of % FOLDS == fold
        chance[held] = model(x[~held], y[~held]).predict_proba(x[held])[:, 1]
    reached = {keep: kept_scores(chance, keep, plain, gold, scorer) for keep in KEEPS}
    for keep, (typed, claim) in reached.items():
        print(f"keep {keep}: typed {typed:.4f} claim {claim:.4f}")
    best = min(KEEPS, key=lambda keep: abs(keep - reached[keep][0] / 2))
    for low in np.arange(0, 1, 0.1):
        part = (chance >= low) & (chance < low + 0.1)
        if part.any():
            print(f"said {chance[part].mean():.2f} was {y[part].mean():.2f} ({part.sum()})")
    fitted = model(x, y).coef_[0]
    weights = {name: round(float(value), 4) for name, value in zip(names, fitted, strict=True)}
    to.write_bytes(msgspec.json.format(msgspec.json.encode({"features": weights, "keep": best})))


def model(x: Any, y: Any) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=5000, fit_intercept=False).fit(x, y)


def kept_scores(chance: Any, keep: float, plain: Any, gold: Any, scorer: Any) -> tuple[float, float]:
    """Typed and claim F1 of the claims that are likely enough."""
    at, out = 0, {}
    for key, record in plain.items():
        size = len(record["claims"])
        kept = [c for c, p in zip(record["claims"], chance[at : at + size], strict=True) if p >= keep]
        out[key] = {**record, "claims": kept}
        at += size
    score = scorer.score(gold, out)
    return float(score["typed"]["f1"]), float(score["claim"]["f1"])


if __name__ == "__main__":
    main()
