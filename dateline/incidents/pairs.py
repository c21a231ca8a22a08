"""Which rows are set side by side: claims that share a block, reports that share traces; in columns of numbers."""

from collections.abc import Iterator

import numpy as np

from dateline.incidents.sheet import Flags, Ints, unique

AT_A_TIME = 1 << 22  # pairs before those that share more than one block are made one: some 200 MB


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
    for part in _parts(row[first], follow[first], at_a_time):
        left, right = _spread(first[part], first[part] + 1, follow[first[part]])
        one, two = row[left], row[right]
        pairs = unique(np.minimum(one, two) * len(numbers) + np.maximum(one, two))
        yield numbers[pairs // len(numbers)], numbers[pairs % len(numbers)]


def firsts(traces: Ints, ranks: Ints, most: int) -> tuple[Ints, Ints]:
    """Of traces that more than `most` hold or as many, the rank of the last that is among the first of them.

    Args:
        traces, ranks: a row for each report that holds a trace, in any order.
    Returns:
        The traces, in order, and the ranks.
    """
    order = np.lexsort((ranks, traces))
    trace, rank = traces[order], ranks[order]
    names, start, count = np.unique(trace, return_index=True, return_counts=True)
    many = count >= most
    return names[many], rank[start[many] + most - 1]


def held_in_common(
    traces: Ints, ranks: Ints, reports: Ints, dirty: Flags, most: int, *, at_a_time: int = AT_A_TIME
) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Pairs of reports of which one is dirty at least, and how many traces they share; of what many hold, only the
    first ones are compared with all others.

    Args:
        traces, ranks, reports, dirty: a row for each report that holds a trace, all that hold it among them.
        most: how many are the first.
    Yields:
        The lower report, the other one, and the number of what they share: each pair once in all.
    """
    numbers, rank_of = np.unique(reports, return_inverse=True)
    order = np.lexsort((reports, ranks, traces))
    trace, rank, row, own = traces[order], ranks[order], rank_of[order], dirty[order]
    names, start, number, count = np.unique(trace, return_index=True, return_inverse=True, return_counts=True)
    many, last = firsts(trace, rank, most)
    limit = np.full(len(names), np.iinfo(np.int64).max)
    limit[np.searchsorted(names, many)] = last
    among = rank <= limit[number]
    ahead = np.bincount(number, among, len(names)).astype(np.int64)  # of a trace the first ones stand first
    mine = np.flatnonzero(own)
    mine = mine[np.argsort(row[mine], kind="stable")]
    reach = np.where(among[mine], count[number[mine]], ahead[number[mine]])
    for part in _parts(row[mine], reach, at_a_time):
        left, right = _spread(mine[part], start[number[mine[part]]], reach[part])
        one, two = row[left], row[right]
        kept = np.flatnonzero((one != two) & (~own[right] | (one < two)))
        one, two = one[kept], two[kept]
        pairs, shared = np.unique(np.minimum(one, two) * len(numbers) + np.maximum(one, two), return_counts=True)
        yield numbers[pairs // len(numbers)], numbers[pairs % len(numbers)], shared


def _parts(groups: Ints, sizes: Ints, at_a_time: int) -> Iterator[slice]:
    """Stretches of rows whose sizes add up to about so much; no stretch ends within a group of rows."""
    ends, at = np.cumsum(sizes), 0
    while at < len(groups):
        stop = max(at + 1, int(np.searchsorted(ends, (ends[at - 1] if at else 0) + at_a_time)))
        stop = int(np.searchsorted(groups, groups[stop - 1], "right"))
        yield slice(at, stop)
        at = stop


def _spread(rows: Ints, starts: Ints, counts: Ints) -> tuple[Ints, Ints]:
    """Each row as often as its count says, beside the places that follow one another from its start on."""
    before = np.cumsum(counts) - counts
    return np.repeat(rows, counts), np.arange(int(counts.sum())) + np.repeat(starts - before, counts)
