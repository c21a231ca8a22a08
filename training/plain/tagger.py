"""Fit the word tagger and the name finder on labels that teach.py made.

python -m training.plain.tagger --taught /tmp/taught.jsonl
"""

import argparse
import json
import random
from pathlib import Path

from dateline.reading.tagging import name_features, tag_features
from training.plain.linear_fit import fit, hashed, save

BITS = 17
SHOUTED_SHARE = 0.15  # of sentences are learned in capitals as well: cables are written so


def sentences(path: Path, limit: int) -> list[tuple[list[str], list[str], list[str]]]:
    made = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["words"]:
                made.append((row["words"], row["tags"], row["names"]))
            if len(made) == limit:
                break
    return made


def accuracy(found: list[str], gold: list[str]) -> float:
    return sum(a == b for a, b in zip(found, gold, strict=True)) / len(gold)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--taught", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=60_000, help="sentences")
    parser.add_argument("--epochs", type=int, default=4)
    args = parser.parse_args()
    rng = random.Random(7)
    taught = sentences(args.taught, args.limit)
    rng.shuffle(taught)
    held, learned = taught[:1500], taught[1500:]
    learned += [([w.upper() for w in ws], ts, ns) for ws, ts, ns in learned if rng.random() < SHOUTED_SHARE]
    shouted = [all(not w.islower() for w in ws) for ws, _, _ in learned]

    counts: dict[str, int] = {}
    for _, ts, _ in learned:
        for t in ts:
            counts[t] = counts.get(t, 0) + 1
    labels = sorted(t for t, n in counts.items() if n >= 20 and not t.startswith(("SPACE", "X")))
    index = {t: i for i, t in enumerate(labels)}
    fallback = index["NOUN|NN"]
    items = [f for (ws, _, _), up in zip(learned, shouted, strict=True) for f in tag_features(ws, up)]
    print(len(items), "words,", len(labels), "tags", flush=True)
    packed = hashed(items, BITS)
    del items
    tagger = fit(packed, [index.get(t, fallback) for _, ts, _ in learned for t in ts], labels, bits=BITS,
                 epochs=args.epochs, log=True)  # fmt: skip
    gold = [t for _, ts, _ in held for t in ts]
    found = tagger.best([f for ws, _, _ in held for f in tag_features(ws, False)])
    score = accuracy(found, gold)
    coarse = accuracy([t.partition("|")[0] for t in found], [t.partition("|")[0] for t in gold])
    print(f"agreement with the teacher: fine {score:.4f}, coarse {coarse:.4f}")
    common = {
        "title": "Parts of speech, word by word", "licence": "Apache-2.0",
        "trained_by": "python -m training.plain.teach; python -m training.plain.tagger",
        "trained_on": f"{len(learned)} sentences of gold/train and news/pool labelled by spaCy en_core_web_md 3.7.1 (MIT)",
        "limits": "English news; what the teacher gets wrong it gets wrong",
    }  # fmt: skip
    save(tagger, "tagger", {**common, "task": "word -> universal tag | Penn tag",
                            "scores": f"agreement with the teacher on 1,500 held-out sentences: fine {score:.3f}, coarse {coarse:.3f}"})  # fmt: skip

    kinds = ["O", *(f"{b}-{k}" for k in ("PER", "ORG", "LOC", "NORP", "FAC") for b in "BI")]
    kind = {k: i for i, k in enumerate(kinds)}
    items, targets = [], []
    for (ws, ts, ns), up in zip(learned, shouted, strict=True):
        items += name_features(ws, [t.partition("|")[0] for t in ts], up)
        targets += [kind[n] for n in ns]
    packed = hashed(items, BITS)
    del items
    names = fit(packed, targets, kinds, bits=BITS, epochs=args.epochs, log=True)
    hits = wrong = missed = 0
    for ws, _, ns in held:
        tags = [t.partition("|")[0] for t in tagger.best(tag_features(ws, False))]
        a, b = spans(names.best(name_features(ws, tags, False))), spans(ns)
        hits, wrong, missed = hits + len(a & b), wrong + len(a - b), missed + len(b - a)
    f1 = 2 * hits / (2 * hits + wrong + missed)
    print(f"names, F1 against the teacher: {f1:.4f}")
    save(names, "names", {**common, "title": "Names, word by word", "task": "word -> BIO of PER, ORG, LOC, NORP, FAC",
                          "scores": f"span F1 against the teacher on 1,500 held-out sentences: {f1:.3f}"})  # fmt: skip


def spans(bio: list[str]) -> set[tuple[int, int, str]]:
    made, start = set(), None
    for i, label in enumerate([*bio, "O"]):
        if start is not None and not (label.startswith("I-") and label[2:] == bio[start][2:]):
            made.add((start, i, bio[start][2:]))
            start = None
        if label != "O" and start is None:
            start = i
    return made


if __name__ == "__main__":
    main()
