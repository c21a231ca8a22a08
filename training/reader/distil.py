"""Teach the default reader: gold/train as it is, and pool reports labelled by one or more large readers.

    python -m training.reader.distil --teacher-encoder FOLDER --teacher …/large/checkpoint.pt … --encoder FOLDER …

The pool (news/pool.jsonl.gz) holds none of the measured sets. Three in four of its reports are chosen for speaking of
armed conflict (by dateline/data/event_words.csv), the rest at random: general news must be learned as well. What the
teachers say of them, on average, is kept in --out/taught.pt.
"""

import argparse
import gzip
import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from dateline.reading.layout import lay_out
from dateline.reading.pieces import Pieces
from dateline.reading.sentences import split
from dateline.reading.stems import stem
from dateline.reading.windows import cut
from dateline.record import Report
from dateline.world.labels import read_table
from training.reader.export import load_reader
from training.reader.model import Reader
from training.reader.train import Item, batches, encode, fresh, mean_of, parser, train, vocabulary

LEAST = 0.15  # the teacher's probability from which a word is taken as a trigger to learn roles of
MOST = 12  # triggers of one window
WINDOWS = 2  # of one report, from its beginning
SAMPLE = 1  # seed of which reports are chosen: the same for every seed of training
CONFLICT = 0.75  # share of reports chosen for speaking of conflict


def density(text: str, words: frozenset[str]) -> float:
    """Share of a text's first 400 words whose stems the table of event words names."""
    found = text.split()[:400]
    return sum(stem(w.strip('.,;:"”“’()')) in words for w in found) / (len(found) + 40)


def pool(path: Path, count: int, rng: random.Random) -> Iterator[dict[str, Any]]:
    names = frozenset(stem(w) for row in read_table("event_words") for w in row["words"].split() if "_" not in w)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [r for r in map(json.loads, lines) if r["lang"] == "en" and len(r["text"]) > 400]
    rng.shuffle(rows)
    rows.sort(key=lambda r: -density(r["text"], names))
    chosen = round(count * CONFLICT)
    # The densest tenth is lists and law; from the next third on the reports are news of conflict.
    likely = rows[: len(rows) // 2]
    yield from rng.sample(likely, min(chosen, len(likely)))
    yield from rng.sample(rows[len(rows) // 2 :], count - chosen)


def items_of(row: dict[str, Any], pieces: Pieces) -> list[Item]:
    report, left_out, _ = lay_out(Report(text=row["text"], title=row.get("title")))
    words = [[t.text for t in s.tokens] for s in split(report, left_out)]
    return [Item({"claims": []}, w) for w in cut(words, pieces)[:WINDOWS] if w.words]


@torch.no_grad()
def teach(teachers: Sequence[Reader], items: list[Item]) -> None:
    """Fill `soft` of each item with what the teachers say: events, the triggers they see, and their heads."""
    for n, batch in enumerate(batches(items, 900, random.Random(0))):
        seen = zip(*(encode(teacher, batch, 0, keep=False) for teacher in teachers), strict=True)
        for item, words in zip(batch, seen, strict=True):
            pairs = list(zip(teachers, words, strict=True))
            events = mean(t.heads.event(w).softmax(-1) for t, w in pairs)
            saying = mean(t.heads.saying(w).squeeze(-1).sigmoid() for t, w in pairs)
            item.soft = {"events": events.half(), "saying": saying.half()}
            item.triggers = triggers_of(events, item)
            if item.triggers:
                at = torch.tensor([t[0] for t in item.triggers])
                sides = [(t, mean_of(w, item.triggers), w) for t, w in pairs]
                item.soft["roles"] = mean(t.heads.pairs(w, s, at, item.sentences).sigmoid() for t, s, w in sides).half()
                item.soft["modality"] = mean(t.heads.modality(s).softmax(-1) for t, s, _ in sides)
                item.soft["verification"] = mean(t.heads.verification(s).softmax(-1) for t, s, _ in sides)
                item.soft["fact"] = mean(t.heads.fact(s).squeeze(-1) for t, s, _ in sides)
        if n % 50 == 0:
            print(f"  taught {n}", flush=True)


def mean(made: Iterable[Tensor]) -> Tensor:
    return torch.stack(list(made)).mean(0)


def triggers_of(events: Tensor, item: Item) -> list[list[int]]:
    """Runs of words of one type that the teacher takes for triggers, the surest first."""
    some, best = 1 - events[:, 0], events[:, 1:].argmax(-1)
    runs: list[list[int]] = []
    for i in (some >= LEAST).nonzero().flatten().tolist():
        follows = (
            runs and runs[-1][-1] == i - 1 and best[i] == best[i - 1] and item.sentences[i] == item.sentences[i - 1]
        )
        if follows:
            runs[-1].append(i)
        else:
            runs.append([i])
    return sorted(runs, key=lambda run: -float(some[run].max()))[:MOST]


def soft_loss(model: Reader, words: Tensor, item: Item) -> dict[str, Tensor]:
    heads, soft = model.heads, item.soft
    assert soft is not None
    dropped = heads.dropout(words)
    made = {"event": F.cross_entropy(heads.event(dropped), soft["events"].float(), reduction="sum")}
    made["saying"] = F.binary_cross_entropy_with_logits(
        heads.saying(dropped).squeeze(-1), soft["saying"].float(), reduction="sum"
    )
    if item.triggers:
        sides = mean_of(words, item.triggers)
        at = torch.tensor([t[0] for t in item.triggers])
        scores = heads.pairs(words, sides, at, item.sentences)
        # A faint trigger's roles count for as little as the trigger itself.
        weight = torch.stack([1 - soft["events"][t, 0].float().min() for t in item.triggers])
        role = F.binary_cross_entropy_with_logits(scores, soft["roles"].float(), reduction="none")
        made["role"] = (role.sum((1, 2)) * weight).sum()
        sides = heads.dropout(sides)
        for name, head in (("modality", heads.modality), ("verification", heads.verification)):
            made[name] = (F.cross_entropy(head(sides), soft[name], reduction="none") * weight).sum()
        made["fact"] = (F.smooth_l1_loss(heads.fact(sides).squeeze(-1), soft["fact"], reduction="none") * weight).sum()
    return made


def taught(args: argparse.Namespace, pieces: Pieces) -> list[Item]:
    rows = list(pool(args.data / "data/news/pool.jsonl.gz", args.pool, random.Random(SAMPLE)))
    items = [item for row in rows for item in items_of(row, pieces)]
    path = args.out / "taught.pt"
    if path.exists():
        for item, (triggers, soft) in zip(items, torch.load(path, weights_only=True), strict=True):
            item.triggers, item.soft = triggers, soft
        return items
    teacher_pieces = vocabulary(args.teacher_encoder)
    theirs = [item for row in rows for item in items_of(row, teacher_pieces)]
    teach([load_reader(args.teacher_encoder, args.teacher_layers, path) for path in args.teacher], theirs)
    for mine, other in zip(items, theirs, strict=True):
        if mine.window.words != other.window.words:
            raise ValueError("teacher and pupil cut a report differently; their vocabularies must hold the same pieces")
        mine.triggers, mine.soft = other.triggers, other.soft
    torch.save([(i.triggers, i.soft) for i in items], path)
    return items


def main() -> None:
    options = parser()
    options.add_argument("--data", type=Path, default=Path("../shared"))
    options.add_argument("--teacher-encoder", type=Path, required=True)
    options.add_argument("--teacher-layers", type=int, default=9)
    options.add_argument("--teacher", type=Path, nargs="+", required=True, help="checkpoints of large readers")
    options.add_argument("--pool", type=int, default=800, help="reports of the pool to learn from")
    args = options.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    pieces = vocabulary(args.encoder)
    extra = taught(args, pieces)
    print(len(extra), "windows of the pool", flush=True)
    # Half of the pool's windows each epoch, the other half in the next.
    more: Callable[[int], list[Item]] = lambda epoch: extra[epoch % 2 :: 2]  # noqa: E731
    train(fresh(args.encoder, args.layers), args, pieces, more, soft_loss)


if __name__ == "__main__":
    main()
