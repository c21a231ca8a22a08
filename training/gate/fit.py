"""Logistic regression over the different words of blocks, with NumPy alone, packed as `reading.linear.Linear`."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dateline.reading.gate import LABELS
from dateline.reading.linear import Linear, rows_of

BITS = 16
STEPS, RATE = 300, 0.05  # full-batch Adam; the loss is convex and flat by then
RIDGE = 0.33  # of the sum of squares, beside the sum of losses
LEAST = 3  # table rows seen in fewer blocks stay zero: what was seen once or twice says nothing of the next report


class Example(Struct, frozen=True, kw_only=True):
    """The different words of a block or of a whole report, whether it holds claims, and how much it counts."""

    words: tuple[str, ...]
    holds: bool
    weight: float = 1.0


def fit(examples: Sequence[Example]) -> tuple[Linear, float]:
    """The table, in 8 bits, and the bias that belongs to it. No randomness: one set of examples gives one table."""
    rows = [np.unique(rows_of(example.words, BITS)) for example in examples]
    flat, sizes = np.concatenate(rows), np.array([len(each) for each in rows])
    roots = 1 / np.sqrt(sizes)
    seen = np.bincount(flat, minlength=1 << BITS) >= LEAST
    goal = np.array([example.holds for example in examples], np.float64)
    counts = np.array([example.weight for example in examples])
    weights, bias = _descend(flat, sizes, roots, seen, goal, counts)
    return _packed(weights), bias


def _descend(
    flat: NDArray[np.int64],
    sizes: NDArray[np.int64],
    roots: NDArray[np.float64],
    seen: NDArray[np.bool_],
    goal: NDArray[np.float64],
    counts: NDArray[np.float64],
) -> tuple[NDArray[np.float64], float]:
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    fitted = np.zeros(len(seen) + 1)  # the bias stands last
    first, second = np.zeros_like(fitted), np.zeros_like(fitted)
    gradient = np.zeros_like(fitted)
    for step in range(1, STEPS + 1):
        logits = np.add.reduceat(fitted[flat], starts) * roots + fitted[-1]
        slope = (1 / (1 + np.exp(-logits)) - goal) * counts
        spread = np.repeat(slope * roots, sizes)
        gradient[:-1] = np.bincount(flat, weights=spread, minlength=len(seen)) * seen + RIDGE * fitted[:-1]
        gradient[-1] = slope.sum()
        first = 0.9 * first + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient**2
        fitted -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-6)
    return fitted[:-1], float(fitted[-1])


def _packed(weights: NDArray[np.float64]) -> Linear:
    """Two columns, one the other's mirror, so that the table is loaded and taken apart as every other is."""
    scale = max(float(np.abs(weights).max()), 1e-6) / 127 / 2
    small = np.clip(np.round(weights / 2 / scale), -127, 127).astype(np.int8)
    both = np.stack([small, -small], axis=1)
    return Linear(LABELS, both, np.full(2, scale, np.float32), np.zeros(2, np.float32))
