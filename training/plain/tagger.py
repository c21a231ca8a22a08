"""Fit the word tagger and the name finder on labels that teach.py made.

python -m training.plain.tagger --taught /tmp/taught.jsonl
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from dateline.reading.linear import Linear
from dateline.reading.tagging import name_features, tag_features
from training.linear_file import save
from training.plain.linear_fit import fit, hashed

BITS = 17
HELD = 1500  # sentences
SHOUTED_SHARE = 0.15  # of sentences are learned in capitals as well: cables are written so


# Words, tags ("NOUN|NN") and names (BIO) of one sentence.
Taught = tuple[list[str], list[str], list[str]]


def sentences(path: Path, limit: int) -> list[Taught]:
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


def coarse(tags: Sequence[str]) -> list[str]:
    return [tag.partition("|")[0] for tag in tags]


def split_for_fitting(taught: list[Taught]) -> tuple[list[Taught], list[Taught]]:
    """Learned and held out; a share of what is learned is there in capitals as well."""
    rng = random.Random(7)
    rng.shuffle(taught)
    held, learned = taught[:HELD], taught[HELD:]
    learned += [([w.upper() for w in ws], ts, ns) for ws, ts, ns in learned if rng.random() < SHOUTED_SHARE]
    return learned, held


def in_capitals(learned: Sequence[Taught]) -> list[bool]:
    return [all(not w.islower() for w in words) for words, _, _ in learned]


def tag_labels(learned: Sequence[Taught]) -> list[str]:
    """The tags that were seen often enough to learn; the rest are read as plain nouns."""
    counts = Counter(tag for _, tags, _ in learned for tag in tags)
    return sorted(tag for tag, n in counts.items() if n >= 20 and not tag.startswith(("SPACE", "X")))


def fit_tagger(learned: Sequence[Taught], epochs: int) -> Linear:
    labels = tag_labels(learned)
    index = {tag: i for i, tag in enumerate(labels)}
    items = [f for (ws, _, _), up in zip(learned, in_capitals(learned), strict=True) for f in tag_features(ws, up)]
    print(len(items), "words,", len(labels), "tags", flush=True)
    packed = hashed(items, BITS)
    del items  # strings that the fit has no use for, and large
    targets = [index.get(tag, index["NOUN|NN"]) for _, tags, _ in learned for tag in tags]
    return fit(packed, targets, labels, bits=BITS, epochs=epochs, log=True)


def fit_names(learned: Sequence[Taught], epochs: int) -> Linear:
    kinds = ["O", *(f"{b}-{k}" for k in ("PER", "ORG", "LOC", "NORP", "FAC") for b in "BI")]
    index = {kind: i for i, kind in enumerate(kinds)}
    items: list[list[str]] = []
    for (words, tags, _), up in zip(learned, in_capitals(learned), strict=True):
        items += name_features(words, coarse(tags), up)
    packed = hashed(items, BITS)
    del items
    return fit(packed, [index[n] for _, _, ns in learned for n in ns], kinds, bits=BITS, epochs=epochs, log=True)


def agreement(tagger: Linear, held: Sequence[Taught]) -> tuple[float, float]:
    """How often the teacher is met, 0-1: by the whole tag, and by its coarse part alone."""
    gold = [tag for _, tags, _ in held for tag in tags]
    found = tagger.best([f for words, _, _ in held for f in tag_features(words, False)])
    return accuracy(found, gold), accuracy(coarse(found), coarse(gold))


def names_f1(names: Linear, tagger: Linear, held: Sequence[Taught]) -> float:
    """F1 of whole names against the teacher's, with the parts of speech that our own tagger gives."""
    hits = wrong = missed = 0
    for words, _, gold in held:
        tags = coarse(tagger.best(tag_features(words, False)))
        a, b = spans(names.best(name_features(words, tags, False))), spans(gold)
        hits, wrong, missed = hits + len(a & b), wrong + len(a - b), missed + len(b - a)
    return 2 * hits / (2 * hits + wrong + missed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--taught", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=60_000, help="sentences")
    parser.add_argument("--epochs", type=int, default=4)
    args = parser.parse_args()
    learned, held = split_for_fitting(sentences(args.taught, args.limit))
    teacher = "spaCy en_core_web_md 3.7.1 (MIT)"
    card = {
        "title": "Parts of speech, word by word",
        "licence": "Apache-2.0",
        "trained_by": "python -m training.plain.teach; python -m training.plain.tagger",
        "trained_on": f"{len(learned)} sentences of gold/train and news/pool labelled by {teacher}",
        "limits": "English news; what the teacher gets wrong it gets wrong",
    }
    tagger = fit_tagger(learned, args.epochs)
    fine, rough = agreement(tagger, held)
    print(f"agreement with the teacher: fine {fine:.4f}, coarse {rough:.4f}")
    scores = f"agreement with the teacher on {HELD:,} held-out sentences: fine {fine:.3f}, coarse {rough:.3f}"
    save(tagger, "tagger", {**card, "task": "word -> universal tag | Penn tag", "scores": scores})

    names = fit_names(learned, args.epochs)
    f1 = names_f1(names, tagger, held)
    print(f"names, F1 against the teacher: {f1:.4f}")
    scores = f"span F1 against the teacher on {HELD:,} held-out sentences: {f1:.3f}"
    about = {"title": "Names, word by word", "task": "word -> BIO of PER, ORG, LOC, NORP, FAC"}
    save(names, "names", {**card, **about, "scores": scores})


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
