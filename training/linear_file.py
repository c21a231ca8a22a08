"""A fitted linear model as files: plain arrays in an .npz, never pickled, and the label beside it."""

import io
import json
from hashlib import sha256

import numpy as np

from dateline.reading.linear import WEIGHTS, Linear


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
