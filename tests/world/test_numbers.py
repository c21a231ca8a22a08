"""Numbers in words and digits. All phrases are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.world import numbers


def read(phrase: str) -> float | int | None:
    """The number at the start of a phrase, if it takes the whole of it."""
    words = phrase.lower().replace("-", " - ").split()
    found = numbers.number_at(words, 0)
    return found.value if found and found.end == len(words) else None


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("0", 0),
        ("1,700", 1_700),
        ("816 000", 816_000),
        ("2.5m", 2_500_000),
        ("3bn", 3_000_000_000),
        ("20k", 20_000),
        ("1.2 million", 1_200_000),
        ("2.3m", 2_300_000),
        ("twelve", 12),
        ("twenty-five", 25),
        ("a hundred", 100),
        ("one hundred and five", 105),
        ("two hundred and five thousand", 205_000),
        ("twelve hundred", 1_200),
        ("half a million", 500_000),
        ("half-million", 500_000),
        ("three and a half million", 3_500_000),
        ("a dozen", 12),
        ("two dozen", 24),
        ("half a dozen", 6),
        ("a couple", 2),
        ("20 lakh", 2_000_000),
        ("one million two hundred thousand", 1_200_000),
        ("14.000", 14_000),
        ("1.073.673", 1_073_673),
        ("1.250 million", 1_250_000),
        ("2,5 million", 2_500_000),
        ("1.5", 1.5),
        ("seven hundred", 700),
        ("a thousand", 1_000),
        ("forty", 40),
        ("fourty", 40),
        ("half dozen", 6),
        ("three dozen", 36),
        ("15 thousand", 15_000),
        ("nine billion", 9_000_000_000),
    ],
)
def test_numbers_in_words_and_digits(phrase: str, value: float) -> None:
    assert read(phrase) == value


@pytest.mark.parametrize(
    ("phrase", "end"), [("12 and 13", 1), ("one and two", 1), ("five soldiers", 1), ("10 000 men", 2)]
)
def test_a_number_ends_where_another_word_begins(phrase: str, end: int) -> None:
    found = numbers.number_at(phrase.split(), 0)
    assert found is not None
    assert found.end == end


@pytest.mark.parametrize("phrase", ["a soldier", "the", "f-16", "1.2.3", "hundredth"])
def test_what_is_no_number(phrase: str) -> None:
    assert numbers.number_at(phrase.split(), 0) is None


# record.md, "Settled conventions".
@pytest.mark.parametrize(
    ("phrase", "low", "high"),
    [
        ("dozens", 24, 99),
        ("scores", 40, 99),
        ("hundreds", 200, 999),
        ("several hundred", 300, 999),
        ("thousands", 2_000, 9_999),
        ("tens of thousands", 20_000, 99_999),
        ("hundreds of thousands", 200_000, 999_999),
        ("millions", 2_000_000, 9_999_999),
        ("several", 3, None),
        ("a number of", 3, None),
        ("tens of millions", 20_000_000, 99_999_999),
        ("several dozen", 36, 99),
        ("several thousand", 3_000, 9_999),
        ("a few hundred", 300, 999),
        ("multiple", 3, None),
        ("numerous", 3, None),
        ("a handful of", 3, None),
    ],
)
def test_vague_numbers(phrase: str, low: int, high: int | None) -> None:
    words = phrase.split()
    found = numbers.vague_at(words, 0)
    assert found == numbers.Vague(low, high, 0, len(words))


@pytest.mark.parametrize(("word", "value"), [("third", 3), ("3rd", 3), ("21st", 21), ("33d", 33), ("war", None)])
def test_ordinals(word: str, value: int | None) -> None:
    assert numbers.ordinal_value(word) == value


_NAMES = {value: word for word, value in numbers.ONES.items()} | {
    v: w for w, v in numbers.TENS.items() if w != "fourty"
}


def in_words(value: int) -> str:
    """A whole number from 0 to 999,999,999,999 in words, as newspapers write it: "two hundred and five"."""
    parts = []
    for scale, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if value >= scale:
            parts.append(f"{_below_thousand(value // scale)} {name}")
            value %= scale
    if value or not parts:
        parts.append(_below_thousand(value))
    return " ".join(parts)


def _below_thousand(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    if hundreds:
        return f"{_NAMES[hundreds]} hundred" + (f" and {_below_thousand(rest)}" if rest else "")
    if rest in _NAMES:
        return _NAMES[rest]
    return f"{_NAMES[rest - rest % 10]}-{_NAMES[rest % 10]}"


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_words_read_back_as_the_number_they_name(value: int) -> None:
    assert read(in_words(value)) == value


@given(st.integers(min_value=0, max_value=10**15))
def test_digits_with_commas_read_back(value: int) -> None:
    assert numbers.digits_value(f"{value:,}") == value


@given(st.lists(st.text(min_size=1), min_size=1, max_size=6))
def test_any_words_are_read_without_an_error(words: list[str]) -> None:
    found = numbers.number_at([word.lower() or "x" for word in words], 0)
    assert found is None or 0 < found.end <= len(words)
