"""PDQ, the perceptual hash of an image: 256 bits that stay nearly the same when it is made smaller or compressed again.

After Meta's description and reference code (ThreatExchange, BSD): brightness, a tent filter down to 64 by 64, the
lowest frequencies of both directions (16 by 16), and of each whether it is above the median. The quality (0 to 100)
says how much there is to see; below 50 a hash says little: all plain skies look alike.
"""

from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

BITS = 256
NEAR = 31  # bits in which two hashes of one image differ at most, by PDQ's own measurements
GOOD = 50  # the quality from which a hash is worth comparing
_SIDE, _KEPT = 64, 16
_PASSES = 2
_SMALLEST = 5  # pixels a side
_BRIGHTNESS = (0.299, 0.587, 0.114)

Grid: TypeAlias = NDArray[np.float64]


def pdq(pixels: NDArray[np.uint8]) -> tuple[str, int]:
    """The hash as 64 hexadecimal digits, and its quality.

    Args:
        pixels: rows of columns of red, green and blue.
    """
    grid = np.asarray(pixels[:, :, :3], dtype=np.float64) @ np.array(_BRIGHTNESS)
    if min(grid.shape) < _SMALLEST:
        return "0" * (BITS // 4), 0
    small = grid if grid.shape == (_SIDE, _SIDE) else _smaller(grid)
    waves = _cosines() @ small @ _cosines().T
    median = np.sort(waves, axis=None)[BITS // 2 - 1]
    # The first bit of the grid is the last of the number.
    bits = (waves > median).ravel()[::-1]
    return np.packbits(bits).tobytes().hex(), _quality(small)


def distance(one: str, other: str) -> int:
    """In how many bits two hashes differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def _smaller(grid: Grid) -> Grid:
    for _ in range(_PASSES):
        for axis in (1, 0):
            grid = _box(grid, axis)
    rows, columns = (((np.arange(_SIDE) + 0.5) * size / _SIDE).astype(int) for size in grid.shape)
    return grid[np.ix_(rows, columns)]


def _box(grid: Grid, axis: int) -> Grid:
    """The mean over a window along one axis, narrower at the edges."""
    size = grid.shape[axis]
    window = (size + 2 * _SIDE - 1) // (2 * _SIDE)
    ahead = (window + 2) // 2
    places = np.arange(size)
    starts, ends = np.maximum(places - (window - ahead), 0), np.minimum(places + ahead, size)
    sums = np.insert(np.cumsum(grid, axis=axis), 0, 0.0, axis=axis)
    widths = (ends - starts).reshape((-1, 1) if axis == 0 else (1, -1))
    made: Grid = (np.take(sums, ends, axis=axis) - np.take(sums, starts, axis=axis)) / widths
    return made


@cache
def _cosines() -> Grid:
    waves, places = np.arange(1, _KEPT + 1)[:, None], np.arange(_SIDE)[None, :]
    made: Grid = np.sqrt(2 / _SIDE) * np.cos(np.pi / 2 / _SIDE * waves * (2 * places + 1))
    return made


def _quality(small: Grid) -> int:
    steps = sum(int(np.abs(np.trunc(np.diff(small, axis=axis) * 100 / 255)).sum()) for axis in (0, 1))
    return min(100, steps // 90)
