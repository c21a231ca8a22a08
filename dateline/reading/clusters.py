"""Clusters of alike words, at three grains: how a stage knows a word that it was never taught."""

from functools import cache
from hashlib import sha256

import numpy as np

from dateline.errors import ResourceError
from dateline.reading.linear import WEIGHTS, label_of

NONE = ("-", "-", "-")


@cache
def _table() -> dict[str, tuple[str, ...]]:
    path = WEIGHTS / "clusters.npz"
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ResourceError(f"{path}: the word clusters are missing; reinstall dateline or restore the file") from error
    if sha256(data).hexdigest() != label_of("clusters")["sha256"]:
        raise ResourceError(f"{path}: is not the file that clusters.toml names; restore the file")
    with np.load(path, allow_pickle=False) as arrays:
        words = arrays["words"].tobytes().decode().split("\n")
        ids = arrays["ids"].astype(str)
    return {word: tuple(row) for word, row in zip(words, ids.tolist(), strict=True)}


def clusters_of(word: str) -> tuple[str, ...]:
    """Cluster of a word at each grain, coarse first; dashes for a word that is in none."""
    table = _table()
    lower = word.lower()
    return table.get(lower) or table.get(lower.rpartition("-")[2]) or NONE
