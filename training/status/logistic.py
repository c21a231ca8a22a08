"""Multinomial logistic regression over hashed features with NumPy alone, packed as `dateline.reading.linear.Linear`."""

import io
import json
from collections.abc import Sequence
from hashlib import sha256

import numpy as np

from dateline.reading.linear import WEIGHTS, Linear, rows_of

STEPS, RATE = 120, 0.05  # full-batch Adam; the loss is convex and flat by then


def fit(
    items: Sequence[Sequence[str]],
    targets: Sequence[int],
    labels: Sequence[str],
    *,
    bits: int,
    ridge: float,
    importance: Sequence[float] | None = None,
    least: int = 3,
) -> Linear:
    """Fit and quantise to 8 bits. Hash rows seen on fewer than `least` items stay zero; no randomness."""
    size = 1 << bits
    rows = [rows_of(item, bits).tolist() for item in items]
    seen = np.zeros(size, int)
    for item in rows:
        seen[list(set(item))] += 1
    used = np.flatnonzero(seen >= least)
    place = np.full(size, -1)
    place[used] = np.arange(len(used))
    matrix = np.zeros((len(items), len(used)), np.float32)
    for k, item in enumerate(rows):
        for row in item:
            if place[row] >= 0:
                matrix[k, place[row]] += 1
    goal = np.eye(len(labels), dtype=np.float32)[np.array(targets)]
    weight = np.asarray(importance if importance is not None else np.ones(len(items)), np.float32)[:, None]
    bias = np.log((goal * weight).mean(axis=0) + 1e-4)
    fitted = _descend(matrix, goal, weight, bias, ridge)
    table = np.zeros((size, len(labels)), np.float32)
    table[used] = fitted
    scale = np.maximum(np.abs(table).max(axis=0), 1e-6).astype(np.float32) / 127
    small = np.clip(np.round(table / scale), -127, 127).astype(np.int8)
    return Linear(labels, small, scale, bias.astype(np.float32))


def _descend(matrix: np.ndarray, goal: np.ndarray, weight: np.ndarray, bias: np.ndarray, ridge: float) -> np.ndarray:
    fitted = np.zeros((matrix.shape[1], goal.shape[1]), np.float32)
    first, second = np.zeros_like(fitted), np.zeros_like(fitted)
    for step in range(1, STEPS + 1):
        logits = matrix @ fitted + bias
        logits -= logits.max(axis=1, keepdims=True)
        chance = np.exp(logits)
        chance /= chance.sum(axis=1, keepdims=True)
        gradient = matrix.T @ ((chance - goal) * weight) + ridge * fitted
        first = 0.9 * first + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient**2
        fitted -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-6)
    return fitted


def save(model: Linear, name: str, card: dict[str, str]) -> None:
    """Write `dateline/weights/NAME.npz` (plain arrays, no pickle) and its label."""
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer, labels=np.array(model.labels), weights=model._weights, scale=model._scale, bias=model._bias
    )
    data = buffer.getvalue()
    (WEIGHTS / f"{name}.npz").write_bytes(data)
    lines = [f"{key} = {json.dumps(value)}" for key, value in card.items()]
    lines += [f"labels = {json.dumps(list(model.labels))}", f'sha256 = "{sha256(data).hexdigest()}"']
    (WEIGHTS / f"{name}.toml").write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{name}: {len(data) / 1e6:.2f} MB")
