"""How far two or more who coded the same units agree: Krippendorff's alpha, by its definition.

Krippendorff, K. (2011), Computing Krippendorff's Alpha-Reliability: 1 minus the disagreement that was observed over the
one that chance would give. 1 is agreement in all, 0 is what chance gives. The tests hold it to that paper's examples.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import permutations
from typing import Literal, TypeAlias

from msgspec import Struct

Level: TypeAlias = Literal["nominal", "interval", "ratio"]
Unit: TypeAlias = Sequence[Hashable]  # what each coder said of it; who said nothing is left out


class Agreement(Struct, frozen=True, kw_only=True):
    """`alpha` is None where it cannot be told: nothing was coded twice, or everybody said the same of everything.

    `units` were coded by two or more, of `same` all of them said the same.
    """

    alpha: float | None
    units: int
    same: int


def agreement(units: Iterable[Unit], level: Level) -> Agreement:
    """The agreement over some units.

    Args:
        level: of measurement: words have none but same and not the same; for intervals and ratios values are numbers.
    """
    coded = [unit for unit in units if len(unit) >= 2]
    same = sum(len(set(unit)) == 1 for unit in coded)
    return Agreement(alpha=_alpha(coded, _DELTAS[level]), units=len(coded), same=same)


def _alpha(coded: Sequence[Unit], delta: "_Delta") -> float | None:
    counts = Counter(value for unit in coded for value in unit)
    total = sum(counts.values())
    by_chance = sum(
        counts[one] * counts[other] * delta(one, other) for one, other in permutations(counts, 2)
    )  # of a value with itself it is 0
    if not by_chance:
        return None
    observed = sum(sum(delta(one, other) for one, other in permutations(unit, 2)) / (len(unit) - 1) for unit in coded)
    return 1.0 - (total - 1) * observed / by_chance


_Delta: TypeAlias = Callable[[Hashable, Hashable], float]


def _nominal(one: Hashable, other: Hashable) -> float:
    return float(one != other)


def _interval(one: Hashable, other: Hashable) -> float:
    return (_number(one) - _number(other)) ** 2


def _ratio(one: Hashable, other: Hashable) -> float:
    """Of a toll of 10 and one of 20 as of one of 100 and one of 200; nobody is as far from anybody as can be."""
    total = _number(one) + _number(other)
    return ((_number(one) - _number(other)) / total) ** 2 if total else 0.0


def _number(value: Hashable) -> float:
    assert isinstance(value, int | float)
    return float(value)


_DELTAS: dict[Level, _Delta] = {"nominal": _nominal, "interval": _interval, "ratio": _ratio}
