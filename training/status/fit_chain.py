"""Fit which sayings count as the source of a claim, on the project's annotated training reports.

    python -m training.status.fit_chain GOLD.jsonl REPORTS.jsonl

writes `dateline/data/chain_weights.csv` with its label and prints, over five folds by report, how many claims get the
right chain. A pair of a gold claim and a saying whose content holds its trigger is right where the claim names that
source.
"""

import sys
from pathlib import Path

import numpy as np

from dateline.reading import attribution, chains
from training.status.annotated import claims, same_source
from training.status.fit_cues import label, logistic

FOLDS = 5
COMMAND = "python -m training.status.fit_chain ../shared/gold/train.jsonl ../shared/gold/train_reports.jsonl"


def main(gold: str, reports: str) -> None:
    chains.chain_weights.cache_clear()
    lines: list[dict[str, float]] = []
    labels: list[bool] = []
    folds: list[int] = []
    groups: list[tuple[list[int], int]] = []
    for number, (sentences, items) in enumerate(claims(gold, reports)):
        said = attribution.find_attributions(sentences)
        for claim, sentence, trigger in items:
            rows: list[int] = []
            for one in said:
                if chains.holds(one, trigger) and not one.cue.span.overlaps(trigger.span):
                    rows.append(len(lines))
                    lines.append(chains.chain_features(one, trigger, sentence, claim["event"]))
                    guess = {"source": {"text": one.source.text, "name": one.name} if one.source else None}
                    labels.append(any(same_source(g, guess) for g in claim["attribution"]))
                    folds.append(number % FOLDS)
            groups.append((rows, len(claim["attribution"])))
    names, matrix, right = tabulate(lines, labels)
    fold = np.array(folds)
    guess = np.zeros(len(right))
    for k in range(FOLDS):
        guess[fold == k] = matrix[fold == k] @ logistic(matrix[fold != k], right[fold != k])
    chance = 1 / (1 + np.exp(-guess))
    for keep in (0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        print(f"keep {keep}: mean F1 of chains, in folds: {mean_f1(groups, chance, right, keep):.4f}")
    fitted = logistic(matrix, right)
    body = ["feature,weight"] + [f"{n},{w:.3f}" for n, w in sorted(zip(names, fitted, strict=True)) if abs(w) >= 0.02]
    label("chain_weights", "Weights by which a saying counts as the source of a claim (log odds)", body, gold,
          source="fitted on the project's own annotation of reports (gold/train)",
          trained_by=COMMAND,
          limits="a source in an earlier sentence is named only where a quotation goes on")  # fmt: skip


def tabulate(lines: list[dict[str, float]], labels: list[bool]) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Features as columns; those seen on fewer than 8 lines are dropped."""
    seen: dict[str, int] = {}
    for line in lines:
        for name, value in line.items():
            seen[name] = seen.get(name, 0) + (value != 0)
    names = sorted(name for name, times in seen.items() if times >= 8)
    column = {name: k for k, name in enumerate(names)}
    matrix = np.zeros((len(lines), len(names)))
    for k, line in enumerate(lines):
        for name, value in line.items():
            if name in column:
                matrix[k, column[name]] = value
    return names, matrix, np.array(labels, dtype=float)


def mean_f1(groups: list[tuple[list[int], int]], chance: np.ndarray, right: np.ndarray, keep: float) -> float:
    """Mean over claims of the F1 of their sources; two empty chains agree. Voices are not merged here."""
    total = 0.0
    for rows, wanted in groups:
        kept = [r for r in rows if chance[r] >= keep][: chains.MOST_LINKS]
        hits = min(wanted, sum(right[r] for r in kept))
        total += 1.0 if not kept and not wanted else 2 * hits / (len(kept) + wanted)
    return total / len(groups)


if __name__ == "__main__":
    print(Path(sys.argv[1]).name)
    main(sys.argv[1], sys.argv[2])
