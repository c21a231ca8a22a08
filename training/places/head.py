"""The reader's head of names: which words belong to the name of a place, which to a people's.

    python -m training.places.head --data ../shared [--reader large]

Two small layers on what the frozen reader says of each word (the word's side of its pair head), fitted on the project's
labelled reports; written into the reader's heads.npz. Prints how well it finds the words of places, in folds by report.
"""

import argparse
import io
import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dateline.reading.pipeline import prepare
from dateline.reading.reader import Look, Size, home, load
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.reading.words import Sentence
from dateline.record import Report
from training.places import labels
from training.reader.card import renew

FOLDS = 5
KINDS = ("P", "D")
HIDDEN, EPOCHS, BATCH, RATE, DROP, DECAY = 64, 10, 512, 2e-3, 0.1, 1e-4
Numbers = NDArray[Any]
ARRAYS = ("names_inner", "names_inner_bias", "names_outer", "names_outer_bias")
Head = tuple[Numbers, Numbers, Numbers, Numbers]  # inner weights and bias, outer weights and bias


class Case(Struct, frozen=True):
    """A labelled report, split and tagged, with what the reader saw and the words that were shown to the labeller."""

    item: labels.Labelled
    report: Report
    sentences: tuple[Sentence, ...]
    look: Look
    words: tuple[tuple[int, int], ...]


def cases(data: Path, items: Sequence[labels.Labelled], size: Size) -> list[Case]:
    rows = {row["id"]: row for row in labels.pool(data)}
    reader = load(size)
    made = []
    for item in items:
        row = rows[item.id]
        report, left_out, _ = prepare(Report(text=row["text"], title=row.get("title"), url=row.get("url")))
        sentences = tag(split(report, left_out))
        words = tuple(
            (s.index, t)
            for s in sentences
            if s.where == "text" and s.span.start >= item.start and s.span.end <= item.stop
            for t in range(len(s.tokens))
        )
        made.append(Case(item, report, sentences, reader.look(sentences), words))
    return made


def table(case: Case) -> tuple[Numbers, Numbers]:
    """(words seen, numbers of the word's side of the pair head), (words seen, KINDS)."""
    rows, right = [], []
    of = {(n.start, n.end): n.kind for n in case.item.names}
    for sentence, token in case.words:
        seen = case.look._of.get(sentence)
        if seen is None or (at := seen.place.get((sentence, token))) is None:
            continue
        span = case.sentences[sentence].tokens[token]
        kinds = {kind for (start, end), kind in of.items() if start < span.end and span.start < end}
        rows.append(seen.word[at])
        right.append([float(kind in kinds) for kind in KINDS])
    return np.array(rows, np.float32), np.array(right, np.float32)


def fit(x: Numbers, y: Numbers, seed: int = 0) -> Head:
    """A layer of HIDDEN rectified units and one above it, by Adam over batches, on standardised columns; the result is
    for the plain ones."""
    rng = np.random.default_rng(seed)
    mean, scale = x.mean(0), x.std(0) + 1e-3
    sizes = (x.shape[1], HIDDEN, y.shape[1])
    values = [(rng.standard_normal((a, b)) * np.sqrt(2 / a)).astype(np.float32) for a, b in itertools.pairwise(sizes)]
    values[1:1], values[3:3] = [np.zeros(HIDDEN, np.float32)], [np.full(y.shape[1], -3.0, np.float32)]
    adam = [(np.zeros_like(v), np.zeros_like(v)) for v in values]
    steps = EPOCHS * (len(x) // BATCH)
    for step in range(1, steps + 1):
        if (step - 1) % (len(x) // BATCH) == 0:
            order = rng.permutation(len(x))
        at = order[(step - 1) * BATCH % (len(x) - BATCH) :][:BATCH]
        z = (x[at] - mean) / scale * (rng.random((len(at), x.shape[1]), np.float32) > DROP) / (1 - DROP)
        for value, grad, (first, second) in zip(values, _grads(z, y[at], values, rng), adam, strict=True):
            first += 0.1 * (grad - first)
            second += 0.001 * (grad * grad - second)
            rate = RATE * (1 - step / (steps + 1))
            value -= rate * ((first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8) + DECAY * value)
    inner, bias, outer, end = values
    plain = inner / scale[:, None]
    return plain.astype(np.float32), (bias - mean @ plain).astype(np.float32), outer, end


def _grads(z: Numbers, y: Numbers, values: Sequence[Numbers], rng: np.random.Generator) -> list[Numbers]:
    inner, bias, outer, end = values
    kept = (rng.random((len(z), HIDDEN), np.float32) > 2 * DROP) / np.float32(1 - 2 * DROP)
    hidden = np.maximum(z @ inner + bias, 0) * kept
    miss = (1 / (1 + np.exp(-(hidden @ outer + end))) - y) / len(z)
    back = (miss @ outer.T) * (hidden > 0) * kept
    return [z.T @ back, back.sum(0), hidden.T @ miss, miss.sum(0)]


def odds(head: Head, x: Numbers) -> Numbers:
    """Log odds of KINDS for rows of words, as the reader works them out."""
    inner, bias, outer, end = head
    made: Numbers = np.maximum(x @ inner + bias, 0) @ outer + end
    return made


def folded(tables: Sequence[tuple[Numbers, Numbers]]) -> list[Head]:
    """For each report, a head that did not see it (one of FOLDS)."""
    heads = []
    for fold in range(FOLDS):
        kept = [t for i, t in enumerate(tables) if i % FOLDS != fold and len(t[0])]
        heads.append(fit(np.concatenate([x for x, _ in kept]), np.concatenate([y for _, y in kept])))
    return [heads[i % FOLDS] for i in range(len(tables))]


def score(tables: Sequence[tuple[Numbers, Numbers]], heads: Sequence[Head]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    found = np.concatenate([odds(head, x) for (x, _), head in zip(tables, heads, strict=True) if len(x)])
    right = np.concatenate([y for _, y in tables if len(y)])
    for k, kind in enumerate(KINDS):
        hit = float(((found[:, k] > 0) * right[:, k]).sum())
        made[kind] = tuple(round(hit / float(side), 3) for side in ((found[:, k] > 0).sum(), right[:, k].sum()))
    return made


def write(size: Size, head: Head) -> None:
    """Put the head into heads.npz, and the file's new sha256 into the reader's label."""
    folder = home(size)
    with np.load(folder / "heads.npz", allow_pickle=False) as arrays:
        held = {name: arrays[name] for name in arrays.files if not name.startswith("names_")}
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **(held | dict(zip(ARRAYS, head, strict=True))))
    (folder / "heads.npz").write_bytes(buffer.getvalue())
    renew(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--reader", choices=("default", "large"), default="default")
    parser.add_argument("--labels", type=Path, default=labels.OUT)
    options = parser.parse_args()
    tables = [table(case) for case in cases(options.data, labels.read(options.labels), options.reader)]
    print("precision and recall of words, in folds:", score(tables, folded(tables)))
    write(options.reader, fit(np.concatenate([x for x, _ in tables]), np.concatenate([y for _, y in tables])))


if __name__ == "__main__":
    main()
