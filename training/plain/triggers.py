"""Fit the trigger model on gold/train; `--folds` measures it by cross-validation over reports first.

python -m training.plain.triggers --data ../shared [--folds]
"""

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TypedDict

from dateline.codes import EVENTS
from dateline.reading.linear import Linear
from dateline.reading.triggers import NONE, Trigger, _decode, all_features, features
from training.plain.gold import GoldClaim, GoldReport, load
from training.plain.linear_fit import fit, hashed, save

BITS = 18
LABELS = (NONE, *EVENTS)


class Settings(TypedDict):
    epochs: int
    dropped: float
    least: int


# How it is fitted, chosen by --folds: leaving features out at random, or rare ones for good, gained nothing.
SETTINGS: Settings = {"epochs": 8, "dropped": 0.0, "least": 1}
SMALL = frozenset({"ADP", "DET", "PART", "PUNCT", "CCONJ", "SCONJ", "PRON"})


def targets(report: GoldReport) -> tuple[list[int], list[float]]:
    """A label and a weight for each word. Words of `also` sentences that carry no trigger of their own say nothing."""
    index = {label: i for i, label in enumerate(LABELS)}
    marked: dict[tuple[int, int], int] = {}
    silent = {i for claim in report.claims for i in claim.also}
    for claim in report.claims:
        tokens = report.sentences[claim.sentence].tokens
        kept = [i for i in claim.tokens if tokens[i].tag not in SMALL] or list(claim.tokens)
        marked.update({(claim.sentence, i): index[claim.fields["event"]] for i in kept})
    labels, weights = [], []
    for s, sentence in enumerate(report.sentences):
        for i in range(len(sentence.tokens)):
            label = marked.get((s, i), 0)
            labels.append(label)
            weights.append(1.0 if label or s not in silent else 0.0)
    return labels, weights


def train(
    reports: Sequence[GoldReport], items: dict[str, list[list[str]]], epochs: int, dropped: float, least: int
) -> Linear:
    """Fit on every word of every sentence, and once more on the sentences that hold a trigger, each alone: a report
    may be one sentence long, and the words around it must not be needed."""
    flat, labels = [], []
    for report in reports:
        found, weights = targets(report)
        kept = [i for i, weight in enumerate(weights) if weight]
        flat += [items[report.id][i] for i in kept]
        labels += [found[i] for i in kept]
        at = 0
        for sentence in report.sentences:
            size = len(sentence.tokens)
            if any(found[at : at + size]):
                alone = [i for i in range(size) if weights[at + i]]
                words = features(sentence, (), frozenset())
                flat += [words[i] for i in alone]
                labels += [found[at + i] for i in alone]
            at += size
    return fit(
        hashed(flat, BITS), labels, LABELS, bits=BITS, epochs=epochs, rate=0.02, batch=128, dropped=dropped, least=least
    )


def predict(model: Linear, report: GoldReport, items: list[list[str]], threshold: float) -> list[Trigger]:
    scores, at, made = model.probabilities(items), 0, []
    for sentence in report.sentences:
        made += _decode(sentence, scores[at : at + len(sentence.tokens)], model.labels, threshold)
        at += len(sentence.tokens)
    return made


def measure(found: dict[str, list[Trigger]], reports: Sequence[GoldReport]) -> str:
    """Sentence-level found and typed F1, as the claim scorer counts them (a claim may be met at an `also` sentence)."""
    gold = sum(len(report.claims) for report in reports)
    predicted = sum(len(found[report.id]) for report in reports)
    hits = sum(met(found[report.id], report, same_type=False) for report in reports)
    typed = sum(met(found[report.id], report, same_type=True) for report in reports)
    both = gold + predicted
    return f"gold {gold} predicted {predicted} found {2 * hits / both:.3f} typed {2 * typed / both:.3f}"


def met(found: Sequence[Trigger], report: GoldReport, *, same_type: bool) -> int:
    """How many claims are met by a trigger, each by one; the surest triggers choose first."""
    left = list(report.claims)
    for trigger in sorted(found, key=lambda t: -t.score):
        fits = [c for c in left if trigger.sentence in (c.sentence, *c.also)]
        if same_type:
            fits = [c for c in fits if c.fields["event"] == trigger.event]
        if fits:
            left.remove(max(fits, key=partial(closeness, trigger)))
    return len(report.claims) - len(left)


def closeness(trigger: Trigger, claim: GoldClaim) -> tuple[bool, bool]:
    """Of claims at one sentence that of the trigger's type is meant, then that whose words it shares."""
    words = set(range(trigger.first, trigger.last + 1))
    return (claim.fields["event"] == trigger.event, bool(set(claim.tokens) & words))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--folds", action="store_true")
    args = parser.parse_args()
    reports = load(args.data)
    items = {r.id: [f for sentence in all_features(r.sentences) for f in sentence] for r in reports}
    print(len(reports), "reports", sum(map(len, items.values())), "words", flush=True)
    if args.folds:
        half = [r for i, r in enumerate(reports) if i % 4]
        held = [r for i, r in enumerate(reports) if not i % 4]
        model = train(half, items, **SETTINGS)
        for threshold in (0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
            found = {r.id: predict(model, r, items[r.id], threshold) for r in held}
            print(threshold, measure(found, held), flush=True)
        return
    card = {
        "title": "Event triggers, word by word",
        "task": "word -> event type or none",
        "licence": "Apache-2.0",
        "trained_by": "python -m training.plain.triggers",
        "trained_on": f"{len(reports)} reports of gold/train",
        "scores": "see benchmarks/floors.json",
        "limits": "knows the words of its training reports and their clusters; no syntax",
    }
    save(train(reports, items, **SETTINGS), "triggers", card)


if __name__ == "__main__":
    main()
