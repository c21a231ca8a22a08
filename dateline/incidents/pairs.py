"""Which claims are set side by side: those that share a block, found in columns of numbers."""

from collections.abc import Iterator

import numpy as np

from dateline.incidents.sheet import Flags, Ints, unique

AT_A_TIME = 1 << 23  # pairs before those that share more than one block are made one: some 300 MB


def sharing(blocks: Ints, claims: Ints, fresh: Flags, *, at_a_time: int = AT_A_TIME) -> Iterator[tuple[Ints, Ints]]:
    """All pairs of claims that share a block and of which one is fresh at least, each once, the lower claim first.

    Args:
        blocks, claims, fresh: a row for each claim in each block, in any order.
        at_a_time: pairs that are found at a time, about; each part comes in the order of its pairs.
    """
    numbers, rank = np.unique(claims, return_inverse=True)
    order = np.lexsort((rank, ~fresh, blocks))  # of a block the fresh ones first, each beside all that follow it
    block, row, new = blocks[order], rank[order], fresh[order]
    follow = np.searchsorted(block, block, "right") - np.arange(len(block)) - 1
    first = np.flatnonzero(new & (follow > 0))
    first = first[np.argsort(row[first], kind="stable")]  # so that all pairs of one claim are found together
    ends = np.cumsum(follow[first])
    at = 0
    while at < len(first):
        stop = max(at + 1, int(np.searchsorted(ends, (ends[at - 1] if at else 0) + at_a_time)))
        stop = int(np.searchsorted(row[first], row[first[stop - 1]], "right"))
        left = np.repeat(first[at:stop], follow[first[at:stop]])
        before = np.cumsum(follow[first[at:stop]]) - follow[first[at:stop]]
        right = left + 1 + np.arange(len(left)) - np.repeat(before, follow[first[at:stop]])
        one, two = row[left], row[right]
        pairs = unique(np.minimum(one, two) * len(numbers) + np.maximum(one, two))
        yield numbers[pairs // len(numbers)], numbers[pairs % len(numbers)]
        at = stop
