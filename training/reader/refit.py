"""Fit the head of factuality again, on all scored sentences, with the encoder as training left it.

    python -m training.reader.refit --encoder FOLDER --layers 9 --checkpoint …/checkpoint.pt

Training sees a tenth of those sentences an epoch, and in few epochs too little of them. The head is a sum of weights,
so it is solved at once (ridge); how strong the penalty is, one sentence in ten decides. The checkpoint is written anew.
"""

import argparse
import random
from pathlib import Path

import numpy as np
import torch

from training.reader.items import batches, fact_item, rows_of
from training.reader.losses import encode
from training.reader.train import load_reader, vocabulary

PENALTIES = (3.0, 10.0, 30.0, 100.0, 300.0, 1000.0)


def solved(x: np.ndarray, y: np.ndarray, penalty: float) -> tuple[np.ndarray, float]:
    """Weights and start of the ridge regression of y on x: (events, hidden)."""
    middle, level = x.mean(0), y.mean()
    centred = x - middle
    weights = np.linalg.solve(centred.T @ centred + penalty * np.eye(x.shape[1]), centred.T @ (y - level))
    return weights, float(level - middle @ weights)


@torch.no_grad()
def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--layers", type=int)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--examples", type=Path, default=Path("/tmp/dateline-reader"))
    args = parser.parse_args()
    reader, pieces = load_reader(args.encoder, args.layers, args.checkpoint), vocabulary(args.encoder)
    items = [item for row in rows_of(args.examples / "factuality.jsonl") if (item := fact_item(row, pieces))]
    vectors, scores, held = [], [], []
    tenth = {id(item) for item in items[::10]}
    for n, batch in enumerate(batches(items, 4000, random.Random(0))):
        for item, words in zip(batch, encode(reader, batch, 0, keep=False), strict=True):
            vectors.append((item.fact_shares @ words[: len(item.starts)]).numpy())
            scores.append(item.facts.numpy())
            held += [id(item) in tenth] * len(item.facts)
        if n % 20 == 0:
            print(f"  {n}", flush=True)
    x, y, out = np.concatenate(vectors).astype(float), np.concatenate(scores).astype(float), np.array(held)
    reached = {}
    for penalty in PENALTIES:
        weights, start = solved(x[~out], y[~out], penalty)
        reached[penalty] = float(np.corrcoef(x[out] @ weights + start, y[out])[0, 1])
    best = max(PENALTIES, key=reached.__getitem__)
    print({penalty: round(r, 3) for penalty, r in reached.items()})
    weights, start = solved(x, y, best)
    reader.heads.fact.weight.data = torch.tensor(weights, dtype=torch.float32)[None]
    reader.heads.fact.bias.data = torch.tensor([start], dtype=torch.float32)
    torch.save({"model": reader.state_dict()}, args.checkpoint)


if __name__ == "__main__":
    main()
