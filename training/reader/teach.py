"""Label windows of the pool by one or more trained readers, for others to learn from.

    python -m training.reader.teach --encoder FOLDER --teacher …/checkpoint.pt … --examples FOLDER --shard 0/1

What the teachers say of a window, on average, is kept in FOLDER/taught-K-of-N.pt for the K-th of N shards: the windows
of pool.jsonl (training.reader.examples --pool) whose number leaves K when divided by N.
"""

import argparse
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import torch
from torch import Tensor

from training.reader.items import Item, batches, pool_items, rows_of
from training.reader.losses import encode, pairs_of, vectors_of
from training.reader.model import Reader
from training.reader.train import load_reader, vocabulary

LEAST = 0.15  # the teacher's probability from which a word is taken as a trigger to learn roles of
MOST = 12  # triggers of one window


@torch.no_grad()
def teach(teachers: Sequence[Reader], items: Sequence[Item], budget: int) -> list[dict[str, Tensor]]:
    """Point each item at the triggers that the teachers see, and give what they say of it (items.learn)."""
    told: dict[int, dict[str, Tensor]] = {}
    for n, batch in enumerate(batches(items, budget, random.Random(0))):
        seen = [(teacher.heads, encode(teacher, batch, 0, keep=False)) for teacher in teachers]
        events = mean(heads.event(w).softmax(-1) for heads, w in seen).half().cpu()
        saying = mean(heads.saying(w).squeeze(-1).sigmoid() for heads, w in seen).half().cpu()
        softs = []
        for item, kinds, cues, plain in zip(batch, events, saying, events.float(), strict=True):
            size = len(item.starts)
            item.point(triggers_of(plain[:size], item))
            softs.append({"events": kinds[:size].clone(), "saying": cues[:size].clone()})
        pairs = pairs_of(batch, seen[0][1].device)
        if len(pairs.of):
            sides = [(heads, vectors_of(w, pairs.of, pairs.shares), w) for heads, w in seen]
            made = {
                "roles": mean(
                    heads.pairs(w, s, pairs.of, pairs.at, pairs.sentences).sigmoid() for heads, s, w in sides
                ).half(),
                "modality": mean(heads.modality(s).softmax(-1) for heads, s, _ in sides),
                "verification": mean(heads.verification(s).softmax(-1) for heads, s, _ in sides),
                "fact": mean(heads.fact(s).squeeze(-1) for heads, s, _ in sides),
            }
            counts = [len(item.triggers) for item in batch]
            for name, rows in made.items():
                for soft, item, part in zip(softs, batch, rows.cpu().split(counts), strict=True):
                    soft[name] = part[:, : len(item.starts)].clone() if name == "roles" else part.clone()
        told |= {id(item): soft for item, soft in zip(batch, softs, strict=True)}
        if n % 50 == 0:
            print(f"  taught {n}", flush=True)
    return [told[id(item)] for item in items]


def mean(made: Iterable[Tensor]) -> Tensor:
    return torch.stack(list(made)).mean(0)


def triggers_of(events: Tensor, item: Item) -> list[list[int]]:
    """Runs of words of one type that the teacher takes for triggers, the surest first."""
    some, best = 1 - events[:, 0], events[:, 1:].argmax(-1)
    runs: list[list[int]] = []
    for i in (some >= LEAST).nonzero().flatten().tolist():
        same = item.window.words[i][0] == item.window.words[i - 1][0] and best[i] == best[i - 1]
        if same and runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    return sorted(runs, key=lambda run: -float(some[run].max()))[:MOST]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--encoder", type=Path, required=True)
    options.add_argument("--layers", type=int)
    options.add_argument("--teacher", type=Path, nargs="+", required=True, help="checkpoints")
    options.add_argument("--examples", type=Path, default=Path("/tmp/dateline-reader"))
    options.add_argument("--shard", default="0/1")
    options.add_argument("--budget", type=int, default=900, help="pieces a step, padding included")
    options.add_argument("--device", default="cpu")
    args = options.parse_args()
    shard, of = map(int, args.shard.split("/"))
    pieces = vocabulary(args.encoder)
    rows = rows_of(args.examples / "pool.jsonl")
    items = dict(enumerate(item for row in rows for item in pool_items(row, pieces)))
    mine = {number: item for number, item in items.items() if number % of == shard}
    teachers = [load_reader(args.encoder, args.layers, path).to(args.device) for path in args.teacher]
    softs = teach(teachers, list(mine.values()), args.budget)
    made = [(n, len(item.window.words), item.triggers, s) for (n, item), s in zip(mine.items(), softs, strict=True)]
    torch.save(made, args.examples / f"taught-{shard}-of-{of}.pt")


if __name__ == "__main__":
    main()
