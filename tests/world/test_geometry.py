"""Distances, bearings and the words for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.world.geometry import bearing_deg, bearing_of_word, compass, distance_km, moved, turn_between


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((0, 0), (0, 1), 111.2),
        ((0, 0), (1, 0), 111.2),
        ((33.3406, 44.4009), (36.335, 43.1189), 353),
        ((0, 179.5), (0, -179.5), 111.2),
    ],
)
def test_distance(one: tuple[float, float], other: tuple[float, float], km: float) -> None:
    assert distance_km(*one, *other) == pytest.approx(km, rel=0.005)


@pytest.mark.parametrize(("bearing", "word"), [(0, "N"), (338, "NNW"), (359, "N"), (45, "NE"), (100, "E"), (225, "SW")])
def test_compass(bearing: float, word: str) -> None:
    assert compass(bearing) == word


@pytest.mark.parametrize(
    ("word", "degrees"),
    [("north", 0), ("north-west", 315), ("Northwestern", 315), ("south east", 135), ("eastward", 90), ("left", None)],
)
def test_bearing_of_word(word: str, degrees: float | None) -> None:
    assert bearing_of_word(word) == degrees


@given(st.floats(-60, 60), st.floats(-179, 179), st.floats(0, 359.9), st.floats(1, 900))
def test_moving_goes_that_far_that_way(lat: float, lon: float, bearing: float, km: float) -> None:
    there = moved(lat, lon, bearing, km)
    assert distance_km(lat, lon, *there) == pytest.approx(km, rel=1e-4)
    assert turn_between(bearing_deg(lat, lon, *there), bearing) < 0.1
