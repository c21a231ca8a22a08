"""The reader's head of names: which words belong to the name of a place, which to a people's.

    python -m training.places.head --data ../shared [--reader large]

A linear layer on what the frozen reader says of each word (both sides of its pair head), fitted on the project's labelled
reports; written into the reader's heads.npz. Prints how well it finds the words of places, in folds by report.
"""

import argparse
import io
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dateline.reading.pipeline import prepare
from dateline.reading.reader import Look, Size, home, load, sides
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.reading.words import Sentence
from dateline.record import Report
from training.places import labels

FOLDS = 5
KINDS = ("P", "D")
RIDGE = 3e-4
STEPS = 400
Numbers = NDArray[Any]


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
    """(words seen, numbers of both sides), (words seen, KINDS)."""
    rows, right = [], []
    of = {(n.start, n.end): n.kind for n in case.item.names}
    for sentence, token in case.words:
        seen = case.look._of.get(sentence)
        if seen is None or (at := seen.place.get((sentence, token))) is None:
            continue
        span = case.sentences[sentence].tokens[token]
        kinds = {kind for (start, end), kind in of.items() if start < span.end and span.start < end}
        rows.append(sides(seen)[at])
        right.append([float(kind in kinds) for kind in KINDS])
    return np.array(rows, np.float32), np.array(right, np.float32)


def fit(x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
    """Logistic regression by full-batch Adam on standardised columns; returned for the plain ones."""
    mean, scale = x.mean(0), x.std(0) + 1e-3
    z = (x - mean) / scale
    weight, bias = np.zeros((x.shape[1], y.shape[1]), np.float32), np.full(y.shape[1], -3.0, np.float32)
    state = [np.zeros_like(weight), np.zeros_like(weight), np.zeros_like(bias), np.zeros_like(bias)]
    for step in range(1, STEPS + 1):
        miss = (1 / (1 + np.exp(-(z @ weight + bias))) - y) / len(x)
        grads = z.T @ miss + RIDGE * weight, miss.sum(0)
        rate = 0.05 * (1 - step / (STEPS + 1))
        for value, grad, first, second in ((weight, grads[0], *state[:2]), (bias, grads[1], *state[2:])):
            first += 0.1 * (grad - first)
            second += 0.001 * (grad * grad - second)
            value -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    plain = weight / scale[:, None]
    return plain.astype(np.float32), (bias - mean @ plain).astype(np.float32)


def folded(tables: Sequence[tuple[Numbers, Numbers]]) -> list[tuple[Numbers, Numbers]]:
    """For each report, the weights of a head that did not see it (one of FOLDS)."""
    heads = []
    for fold in range(FOLDS):
        kept = [t for i, t in enumerate(tables) if i % FOLDS != fold and len(t[0])]
        heads.append(fit(np.concatenate([x for x, _ in kept]), np.concatenate([y for _, y in kept])))
    return [heads[i % FOLDS] for i in range(len(tables))]


def score(tables: Sequence[tuple[Numbers, Numbers]], heads: Sequence[tuple[Numbers, Numbers]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    odds = np.concatenate([x @ w + b for (x, _), (w, b) in zip(tables, heads, strict=True) if len(x)])
    right = np.concatenate([y for _, y in tables if len(y)])
    for k, kind in enumerate(KINDS):
        hit = float(((odds[:, k] > 0) * right[:, k]).sum())
        made[kind] = tuple(round(hit / float(side), 3) for side in ((odds[:, k] > 0).sum(), right[:, k].sum()))
    return made


def write(size: Size, weight: Numbers, bias: Numbers) -> None:
    """Put the head into heads.npz, and the file's new sha256 into the reader's label."""
    folder = home(size)
    with np.load(folder / "heads.npz", allow_pickle=False) as arrays:
        held = {name: arrays[name] for name in arrays.files}
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **(held | {"names_weight": weight, "names_bias": bias}))
    old, new = sha256((folder / "heads.npz").read_bytes()).hexdigest(), sha256(buffer.getvalue()).hexdigest()
    (folder / "heads.npz").write_bytes(buffer.getvalue())
    label = folder / "label.toml"
    label.write_text(label.read_text("utf-8").replace(old, new), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--reader", choices=("default", "large"), default="default")
    parser.add_argument("--labels", type=Path, default=labels.OUT)
    options = parser.parse_args()
    tables = [table(case) for case in cases(options.data, labels.read(options.labels), options.reader)]
    print("precision and recall of words, in folds:", score(tables, folded(tables)))
    write(options.reader, *fit(np.concatenate([x for x, _ in tables]), np.concatenate([y for _, y in tables])))


if __name__ == "__main__":
    main()
