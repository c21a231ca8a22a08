"""Krippendorff's alpha gives the figures of the published worked examples."""

import pytest

from dateline.desk.agreement import Level, agreement

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: four observers, twelve units, values missing (C, D).
ABSENT = None
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, ABSENT, ABSENT, ABSENT),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, ABSENT, 3),
    (ABSENT, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, ABSENT),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, ABSENT),
)
# The same, A: two observers, ten units, two values.
MEG = (0, 1, 0, 0, 0, 0, 0, 0, 1, 0)
OWEN = (1, 1, 1, 0, 0, 1, 0, 0, 0, 0)
# The same, B: two observers, twelve units, five names.
BEN = "aabbdcccedda"
GERRY = "babbbccceddd"


def units(*observers: object) -> list[list[object]]:
    columns = zip(*observers, strict=True)  # type: ignore[call-overload]
    return [[value for value in unit if value is not None] for unit in columns]


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("interval", 0.849), ("ratio", 0.797)])
def test_four_observers_with_values_missing(level: Level, alpha: float) -> None:
    made = agreement(units(*OBSERVERS), level)
    assert made.alpha == pytest.approx(alpha, abs=0.0005)
    assert made.units == 11  # one unit was coded by one alone


def test_two_observers_and_two_values() -> None:
    made = agreement(units(MEG, OWEN), "nominal")
    assert made.alpha == pytest.approx(0.095, abs=0.0005)
    assert (made.units, made.same) == (10, 6)


def test_two_observers_and_five_names() -> None:
    made = agreement(units(BEN, GERRY), "nominal")
    assert made.alpha == pytest.approx(0.692, abs=0.0005)


def test_what_cannot_be_told_is_none() -> None:
    assert agreement([], "nominal").alpha is None
    assert agreement([["a"], ["b"]], "nominal").alpha is None
    assert agreement([["a", "a"], ["a", "a"]], "nominal").alpha is None
    assert agreement([[0, 0]], "ratio").alpha is None


def test_full_agreement_is_one_and_contradiction_is_below_chance() -> None:
    assert agreement([["a", "a"], ["b", "b"]], "nominal").alpha == 1.0
    made = agreement([["a", "b"], ["b", "a"]], "nominal").alpha
    assert made is not None
    assert made < 0
