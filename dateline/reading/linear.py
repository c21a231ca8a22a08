"""Small linear models over hashed features: what the plain stages learn with.

A model is a table of 8-bit weights, one row a hashed feature, one column a label. A score is the sum of the rows of the
features that hold, so a reader can always ask which features made it (`reasons`). Weights are plain arrays in an .npz
(never pickled) beside a .toml label that names their source, licence and sha256.
"""

import tomllib
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from dateline.errors import ResourceError

WEIGHTS = Path(__file__).parent.parent / "weights"
Features = Sequence[str]


_SEPARATOR = "\0"  # stands in no feature: the texts that features are made of hold no words with it


def rows_of(features: Features, bits: int) -> NDArray[np.int64]:
    """The table rows of some features: CRC-32 of each, cut to `bits`."""
    # Encoding all at once is a third quicker than one by one, and what reading spends most of its time on.
    codes = _SEPARATOR.join(features).encode("utf-8", "surrogatepass").split(_SEPARATOR.encode())
    if len(codes) != len(features):
        codes = [feature.encode("utf-8", "surrogatepass") for feature in features]
    return np.fromiter(map(crc32, codes), np.int64, len(codes)) & ((1 << bits) - 1)


class Linear:
    """A trained linear classifier. `labels` are in the order of the columns of every array it returns."""

    def __init__(
        self, labels: Sequence[str], weights: NDArray[np.int8], scale: NDArray[np.float32], bias: NDArray[np.float32]
    ) -> None:
        self.labels = tuple(labels)
        self.index = {label: i for i, label in enumerate(self.labels)}
        self._weights, self._scale, self._bias = weights, scale, bias
        self.bits = int(weights.shape[0]).bit_length() - 1

    def logits(self, items: Sequence[Features]) -> NDArray[np.float32]:
        """Scores of each item for each label, shape (items, labels), before any link function."""
        if not items:
            return np.zeros((0, len(self.labels)), np.float32)
        # An item without features still takes a row, so that each item is a stretch of its own.
        held = [item or ("",) for item in items]
        rows = rows_of(list(chain.from_iterable(held)), self.bits)
        starts = np.cumsum([0] + [len(item) for item in held[:-1]])
        sums = np.add.reduceat(self._weights[rows].astype(np.float32), starts, axis=0)
        made: NDArray[np.float32] = sums * self._scale + self._bias
        return made

    def probabilities(self, items: Sequence[Features]) -> NDArray[np.float32]:
        """As `logits`, through a softmax: each row adds up to 1."""
        logits = self.logits(items)
        if not len(logits):
            return logits
        raised = np.exp(logits - logits.max(axis=1, keepdims=True))
        made: NDArray[np.float32] = raised / raised.sum(axis=1, keepdims=True)
        return made

    def best(self, items: Sequence[Features]) -> list[str]:
        return [self.labels[i] for i in self.logits(items).argmax(axis=1)]

    def reasons(self, item: Features, label: str, count: int = 5) -> list[tuple[str, float]]:
        """The features that speak most for `label`, strongest first, with what each adds."""
        column, rows = self.index[label], rows_of(item, self.bits)
        adds = self._weights[rows, column].astype(np.float32) * self._scale[column]
        order = np.argsort(-adds)[:count]
        return [(item[i], round(float(adds[i]), 3)) for i in order]


@cache
def load(name: str) -> Linear:
    """The weights `dateline/weights/<name>.npz`, checked against their label.

    Raises:
        ResourceError: a file is missing, or is not the one its label names.
    """
    path = WEIGHTS / f"{name}.npz"
    want = label_of(name)["sha256"]
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ResourceError(f"{path}: weights are missing; reinstall dateline or restore the file") from error
    got = sha256(data).hexdigest()
    if got != want:
        raise ResourceError(f"{path}: sha256 {got[:12]} is not the {want[:12]} named in {name}.toml; restore the file")
    with np.load(path, allow_pickle=False) as arrays:
        labels = [str(label) for label in arrays["labels"]]
        return Linear(labels, arrays["weights"], arrays["scale"], arrays["bias"])


def label_of(name: str) -> dict[str, Any]:
    """The label (card) of some weights."""
    path = WEIGHTS / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ResourceError(f"{path}: the label of the weights cannot be read; reinstall dateline") from error


@cache
def fingerprints() -> dict[str, str]:
    """Name and sha256 of every set of linear weights that a reading uses, for `made_by`; the gate has no part in it."""
    return {path.stem: label_of(path.stem)["sha256"] for path in sorted(WEIGHTS.glob("*.toml")) if path.stem != "gate"}
