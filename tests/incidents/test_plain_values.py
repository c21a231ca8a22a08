"""The value of a correction as people write it."""

import msgspec
import pytest

from dateline.errors import InputError
from dateline.incidents.plain_values import value_of


@pytest.mark.parametrize(
    ("field", "words", "value"),
    [
        ("killed", "12", {"low": 12, "high": 12}),
        ("killed", "1,700", {"low": 1700, "high": 1700}),
        ("killed", "12..14", {"low": 12, "high": 14}),
        ("killed", "12 .. 14", {"low": 12, "high": 14}),
        ("killed", "12..", {"low": 12, "high": None}),
        ("incident:wounded", "..14", {"low": None, "high": 14}),
        ("area", "1.5", {"low": 1.5, "high": 1.5}),
        ("killed", '{"low": 3}', {"low": 3, "high": None}),
        ("event", "air strike", "air_strike"),
        ("event", "shelling", "shelling"),
        ("modality", "denied", "denied"),
        ("time", "2024-03-04", {"earliest": "2024-03-04", "latest": "2024-03-04"}),
        ("time", "2024-03-04..2024-03-05", {"earliest": "2024-03-04", "latest": "2024-03-05"}),
        ("place", "Quorrin", {"name": "Quorrin"}),
        ("place", "Quorrin,bv", {"name": "Quorrin", "country": "BV"}),
        ("place", "Quorrin, BV, -37.0, -119.5", {"name": "Quorrin", "country": "BV", "lat": -37.0, "lon": -119.5}),
        ("place", "Quorrin,,-37,-119,2", {"name": "Quorrin", "lat": -37.0, "lon": -119.0, "radius_km": 2.0}),
        ("actors", "Harrow Front; Selvane Army", ["Harrow Front", "Selvane Army"]),
        ("targets", "civilians", ["civilians"]),
    ],
)
def test_values(field: str, words: str, value: object) -> None:
    made = msgspec.json.decode(value_of(field, words))
    if isinstance(value, dict):
        made = {key: each for key, each in made.items() if key in value or each is not None}
    assert made == value


@pytest.mark.parametrize(
    ("field", "words", "said"),
    [
        ("deaths", "12", "no field that can be corrected; these can: event, .*killed"),
        ("killed", "a dozen", "is not a number; write a figure as 12, 12..14"),
        ("killed", "..", "nothing is given"),
        ("killed", "", "nothing is given"),
        ("killed", "14..12", "14 is more than 12"),
        ("killed", "-3", "is not a number of anything"),
        ("killed", "nan", "is not a number"),
        ("killed", "{low: 3}", "is no JSON"),
        ("time", "2024-03-05..2024-03-04", "2024-03-05 is later than 2024-03-04"),
        ("time", "monday", "is not a date"),
        ("time", "2024-03-04..", "time: "),
        ("event", "party", "event: "),
        ("place", ",BV", "is no place"),
        ("place", "Quorrin,BV,1", "is no place"),
        ("place", "Quorrin,BV,91,0", "lat 91 is out of bounds"),
        ("place", "Quorrin,BV,north,0", "is not a number of lat"),
        ("place", "Quorrin,BV,nan,0", "lat nan is out of bounds"),
        ("actors", " ; ", "name at least one"),
        ("killed", '{"low": 9, "high": 3}', "9 is more than 3"),
        ("killed", '{"low": -9}', "cannot be less than 0"),
        ("killed", "{}", "nothing is given"),
        ("time", "2024-13-01", "'2024-13-01' is not a date; write it as 2024-03-04"),
        ("time", '{"earliest": "2024-03-09", "latest": "2024-03-01"}', "2024-03-09 is later than 2024-03-01"),
        ("place", '{"name": "Quorrin", "lat": 1000, "lon": 2}', "lat 1000 is out of bounds"),
        ("place", '{"name": "Quorrin", "lat": 10}', "give both lat and lon"),
        ("actors", "[]", "name at least one"),
    ],
)
def test_what_cannot_be_is_one_line_that_says_what_to_write(field: str, words: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as error:
        value_of(field, words)
    assert "\n" not in str(error.value)
