"""Fit a `dateline.reading.linear.Linear` with PyTorch: multinomial logistic regression over hashed features."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from dateline.reading.linear import Linear, rows_of


def hashed(items: Sequence[Sequence[str]], bits: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All rows end to end, and where each item starts, with the total last."""
    held = [item or ("",) for item in items]
    flat = np.concatenate([rows_of(item, bits) for item in held])
    starts = np.zeros(len(held) + 1, np.int64)
    np.cumsum([len(item) for item in held], out=starts[1:])
    return flat, starts


def fit(
    items: tuple[NDArray[np.int64], NDArray[np.int64]],
    targets: Sequence[int],
    labels: Sequence[str],
    *,
    bits: int,
    epochs: int = 5,
    rate: float = 0.1,
    batch: int = 512,
    dropped: float = 0.0,
    least: int = 1,
    seed: int = 7,
    log: bool = False,
) -> Linear:
    """Train and quantise. One seed gives one model on one machine.

    Args:
        dropped: the share of features left out at random each time an item is seen, so that no rare conjunction takes
            the credit that belongs to the word itself.
        least: rows seen in fewer items are not learned: what was seen once says nothing about the next report.
    """
    torch.manual_seed(seed)
    flat, starts = items
    common = np.bincount(flat, minlength=1 << bits) >= least
    bag = nn.EmbeddingBag(1 << bits, len(labels), mode="sum", sparse=True)
    nn.init.zeros_(bag.weight)
    bias = nn.Parameter(torch.zeros(len(labels)))
    steps = [torch.optim.Adagrad(bag.parameters(), lr=rate), torch.optim.Adagrad([bias], lr=rate)]
    gold = torch.tensor(targets)
    rng = np.random.default_rng(seed)
    for epoch in range(epochs):
        order, total = rng.permutation(len(targets)), 0.0
        for at in range(0, len(order), batch):
            chosen = order[at : at + batch]
            counts = starts[chosen + 1] - starts[chosen]
            offsets = np.concatenate([[0], np.cumsum(counts)[:-1]])
            index = np.repeat(starts[chosen] - offsets, counts) + np.arange(counts.sum())
            rows = flat[index]
            kept = common[rows] * (rng.random(len(rows)) >= dropped) / (1 - dropped)
            logits = (
                bag(torch.from_numpy(rows), torch.from_numpy(offsets), torch.from_numpy(kept.astype(np.float32))) + bias
            )
            loss = nn.functional.cross_entropy(logits, gold[chosen])
            for step in steps:
                step.zero_grad()
            loss.backward()
            for step in steps:
                step.step()
            total += loss.item()
        if log:
            print(f"  epoch {epoch + 1}: loss {total / max(1, len(order) // batch):.4f}", flush=True)
    return quantised(bag.weight.detach().numpy(), bias.detach().numpy(), labels)


def quantised(weights: NDArray[np.float32], bias: NDArray[np.float32], labels: Sequence[str]) -> Linear:
    """8 bits a weight, one scale a label."""
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-6).astype(np.float32) / 127
    small = np.clip(np.round(weights / scale), -127, 127).astype(np.int8)
    return Linear(labels, small, scale, bias.astype(np.float32))
