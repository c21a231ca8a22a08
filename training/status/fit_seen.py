"""How much the reader's view of a saying counts beside the table of cues, fitted where the reader did not learn.

    python -m training.status.fit_seen ../shared [--weights dateline/weights/reader]

One text in ten of PolNeAR's train part is held out of the reader's training (training/reader/examples.HELD). Prints
TABLE, SEEN and START of dateline/reading/attribution_score.py, then the linked F1 of those texts by the table alone and
with the reader, all and unquoted, for a few values of `attribution.KEEP`.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from dateline.reading import attribution, attribution_score, clauses
from dateline.reading.reader import Look, Reader, cores
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.reading.words import Sentence
from dateline.record import Report
from training.reader.examples import HELD
from training.reader.heldout import module_of
from training.status.fit_cues import is_right, logistic, near

KEEPS = (0.3, 0.36, 0.4, 0.45)
Read = tuple[dict[str, Any], Sequence[Sentence], Look]


def examples(read: Sequence[Read]) -> tuple[np.ndarray, np.ndarray]:
    """(candidates, 3): the table's log odds, the reader's, and 1; and whether each candidate is right."""
    rows, labels = [], []
    table = attribution_score.weights()
    for row, sentences, look in read:
        for sentence, inside in zip(sentences, clauses.quotation_marks(sentences), strict=True):
            view = clauses.View(sentence, inside)
            sayings, gold = look.sayings(sentence.index), near(sentence, row)
            for found in attribution.candidates(view):
                plain = sum(table.get(name, 0.0) * value for name, value in found.features.items())
                rows.append((plain, max(sayings[found.cue[0] : found.cue[1]]), 1.0))
                labels.append(any(is_right(found, view, one) for one in gold))
    return np.array(rows), np.array(labels, dtype=float)


def linked(read: Sequence[Read], scorer: Any, *, seen: bool) -> tuple[float, float]:
    """Linked F1, of all and of what is unquoted, in per cent."""
    gold = [row for row, _, _ in read]
    predicted = []
    for row, sentences, look in read:
        said = attribution.find_attributions(sentences, look if seen else None)
        mentions = [attribution.as_mention(one) for one in said]
        spans = [
            {role: [[s.start, s.end] for s in getattr(m, role)] for role in ("source", "cue", "content")}
            for m in mentions
        ]
        predicted.append({"id": row["id"], "attributions": spans})
    texts = {row["id"]: row["text"] for row in gold}
    pairs = ((gold, predicted), (scorer.unquoted(gold, texts), scorer.unquoted(predicted, texts)))
    every, unquoted = (scorer.score(*pair)["linked source+content"][2] for pair in pairs)
    return every, unquoted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--weights", type=Path, default=Path("dateline/weights/reader"))
    args = parser.parse_args()
    reader = Reader(args.weights, cores())
    read: list[Read] = []
    with open(args.data / "data/attribution/polnear_train.jsonl", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % HELD == 0:
                row = json.loads(line)
                sentences = tag(split(Report(text=row["text"])))
                read.append((row, sentences, reader.look(sentences)))
    matrix, labels = examples(read)
    fitted = [round(float(w), 2) for w in logistic(matrix, labels)]
    print(f"TABLE, SEEN, START = {', '.join(map(str, fitted))}  ({len(labels)} candidates of {len(read)} texts)")
    scorer = module_of(args.data / "bench/attribution_eval.py")
    attribution_score.TABLE, attribution_score.SEEN, attribution_score.START = fitted
    for keep in KEEPS:
        attribution.KEEP = keep
        print(
            f"keep {keep}: table {linked(read, scorer, seen=False)} with the reader {linked(read, scorer, seen=True)}"
        )


if __name__ == "__main__":
    main()
