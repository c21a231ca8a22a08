"""A figure's three numbers as whole people, for schemas that know no open ends."""

from math import ceil, floor

from msgspec import Struct

from dateline.incidents.types import Estimate


class Toll(Struct, frozen=True, kw_only=True):
    """Low, best and high as whole numbers, low ≤ best ≤ high. `filled` counts the ends that were open before."""

    low: int
    best: int
    high: int
    filled: int


def toll_of(estimate: Estimate | None) -> Toll | None:
    """The three numbers with open ends filled; None where nobody gave a number that holds ("up to 5" alone).

    "At least 12" has 12 as its best, as a coder of UCDP would have it: the best figure that somebody stands for. An
    open low is 0, an open high the best: no number is made up.
    """
    if estimate is None:
        return None
    best = estimate.best if estimate.best is not None else estimate.low
    if best is None:
        return None
    whole = floor(best + 0.5)
    low = floor(estimate.low) if estimate.low is not None else 0
    high = ceil(estimate.high) if estimate.high is not None else whole
    return Toll(
        low=min(low, whole),
        best=whole,
        high=max(high, whole),
        filled=sum(end is None for end in (estimate.low, estimate.best, estimate.high)),
    )
