"""Fit modality and hedges on the annotated training reports, by five folds and then on all of them.

    python -m training.status.fit_status GOLD.jsonl REPORTS.jsonl

prints the figures of the folds and writes `dateline/weights/status.npz` and `hedges.npz` with their labels.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from dateline.reading import attribution, chains, status
from dateline.reading.linear import Linear
from dateline.reading.words import Sentence
from dateline.record import Source
from training.status.annotated import claims
from training.status.logistic import fit, save

FOLDS = 5
COMMAND = "python -m training.status.fit_status ../shared/gold/train.jsonl ../shared/gold/train_reports.jsonl"
RIDGE = 2.0  # pulls each weight to zero; 1.0 gave a lower macro F1 in five folds
LABELS = ("actual", "planned", "called_for", "possible", "denied")
# Weight of a claim that is not plain fact: the record is read for what happened, so a false "happened" costs more.
RARE = {"actual": 1.0, "planned": 1.5, "called_for": 3.0, "possible": 1.5, "denied": 1.5}


class Example:
    """One gold claim as the stage sees it."""

    def __init__(self, claim: dict[str, Any], view: status._View, sentences: Sequence[Sentence], fold: int) -> None:
        self.claim, self.view, self.sentences, self.fold = claim, view, sentences, fold
        self.features = status.modality_features(view)
        self.words = status.hedge_words(view.sentence)
        self.word_features = [status.hedge_features(word, view) for word in self.words]


def main(gold: str, reports: str) -> None:
    examples = read(gold, reports)
    modality: list[str] = [""] * len(examples)
    hedge: list[float] = [0.0] * len(examples)
    for fold in range(FOLDS):
        model = fit_modality([e for e in examples if e.fold != fold])
        words = fit_hedges([e for e in examples if e.fold != fold])
        for k, example in enumerate(examples):
            if example.fold == fold:
                modality[k] = status.plain(example.view) or model.best([example.features])[0]
                hedge[k] = best_hedge(words, example)
    print_modality(examples, modality)
    print_hedges(examples, hedge)
    print_verification(examples, modality)
    trained_on = f"gold/train.jsonl, sha256 {sha256(Path(gold).read_bytes()).hexdigest()[:16]}"
    card = {
        "trained_by": COMMAND,
        "trained_on": trained_on,
        "licence": "Apache-2.0",
        "source": "fitted on the project's own annotation of reports",
    }
    about = {"title": "Modality", "task": "modality of a claim", "limits": "called_for is rare in the training reports"}
    save(fit_modality(examples), "status", {**about, **card, "scores": macro(examples, modality)})
    about = {"title": "Hedges", "task": "whether a word of distance hedges a trigger", "limits": "one hedge a claim"}
    right = f"presence right {presence(examples, hedge, status.HEDGE_KEEP):.3f} in five folds"
    save(fit_hedges(examples), "hedges", {**about, **card, "scores": right})


def read(gold: str, reports: str) -> list[Example]:
    made = []
    for number, (sentences, items) in enumerate(claims(gold, reports)):
        said = attribution.find_attributions(sentences)
        for claim, sentence, trigger in items:
            chain: tuple[Source, ...] = chains.chain_for(trigger, sentence, said, claim["event"])
            view = status._View(claim["event"], trigger, sentence, chain)
            made.append(Example(claim, view, sentences, number % FOLDS))
    return made


def fit_modality(examples: Sequence[Example]) -> Linear:
    targets = [LABELS.index(e.claim["modality"]) for e in examples]
    weights = [RARE[e.claim["modality"]] for e in examples]
    return fit([e.features for e in examples], targets, LABELS, bits=14, ridge=RIDGE, importance=weights)


def fit_hedges(examples: Sequence[Example]) -> Linear:
    features, targets = [], []
    for example in examples:
        wanted = (example.claim["hedge"] or "").lower()
        for word, line in zip(example.words, example.word_features, strict=True):
            features.append(line)
            targets.append(int(bool(wanted) and bool(set(wanted.split()) & set(word.text.lower().split()))))
    return fit(features, targets, ("no", "yes"), bits=13, ridge=RIDGE)


def best_hedge(model: Linear, example: Example) -> float:
    if not example.words:
        return 0.0
    return float(model.probabilities(example.word_features)[:, 1].max())


def f1(gold: Sequence[bool], guess: Sequence[bool]) -> tuple[float, float, float]:
    hits = sum(a and b for a, b in zip(gold, guess, strict=True))
    p, r = hits / max(1, sum(guess)), hits / max(1, sum(gold))
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def macro(examples: Sequence[Example], guess: Sequence[str]) -> str:
    scores = [f1([e.claim["modality"] == m for e in examples], [g == m for g in guess])[2] for m in LABELS[1:]]
    right = np.mean([e.claim["modality"] == g for e, g in zip(examples, guess, strict=True)])
    return (
        f"accuracy {right:.3f}, macro F1 of planned, called_for, possible, denied {np.mean(scores):.3f} in five folds"
    )


def print_modality(examples: Sequence[Example], guess: Sequence[str]) -> None:
    print(macro(examples, guess))
    for m in LABELS:
        p, r, f = f1([e.claim["modality"] == m for e in examples], [g == m for g in guess])
        print(f"  {m:10} P {p:.3f} R {r:.3f} F1 {f:.3f}")
    table = Counter((e.claim["modality"], g) for e, g in zip(examples, guess, strict=True))
    print("  gold \\ read " + " ".join(f"{m:>10}" for m in LABELS))
    for m in LABELS:
        print(f"  {m:11} " + " ".join(f"{table[m, g]:10}" for g in LABELS))
    plain = [(status.plain(e.view), e.claim["modality"]) for e in examples]
    for m in LABELS[1:]:
        of = [g for p, g in plain if p == m]
        print(f"  plain {m}: {sum(g == m for g in of)}/{len(of)}", Counter(of).most_common(3))


def presence(examples: Sequence[Example], chance: Sequence[float], keep: float) -> float:
    return float(np.mean([bool(e.claim["hedge"]) == (c >= keep) for e, c in zip(examples, chance, strict=True)]))


def print_hedges(examples: Sequence[Example], chance: Sequence[float]) -> None:
    for keep in (0.3, 0.4, 0.5, 0.6, 0.7):
        p, r, f = f1([bool(e.claim["hedge"]) for e in examples], [c >= keep for c in chance])
        print(f"hedge keep {keep}: right {presence(examples, chance, keep):.4f} P {p:.3f} R {r:.3f} F1 {f:.3f}")


def print_verification(examples: Sequence[Example], modality: Sequence[str]) -> None:
    guess = [status._verification(e.view, m, e.sentences) for e, m in zip(examples, modality, strict=True)]  # type: ignore[arg-type]
    gold = [e.claim["verification"] for e in examples]
    print(f"verification right {np.mean([a == b for a, b in zip(gold, guess, strict=True)]):.4f}", end=" ")
    for name in ("unverified", "verified", "disputed"):
        p, r, f = f1([g == name for g in gold], [g == name for g in guess])
        print(f"{name} P {p:.2f} R {r:.2f} F1 {f:.2f}", end="; ")
    print()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
