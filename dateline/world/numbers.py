"""Numbers as English writes them: digits, words, mixtures, and the vague ones.

A number is read from a run of lower-cased words ("twenty", "-", "five"), so that the caller keeps the offsets.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

_ONES_IN_ORDER = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS_IN_ORDER = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS_IN_ORDER = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
)
ONES: dict[str, int] = {word: value for value, word in enumerate(_ONES_IN_ORDER.split())}
TENS: dict[str, int] = {word: 10 * value for value, word in enumerate(_TENS_IN_ORDER.split(), start=2)}
TENS["fourty"] = 40  # a common slip in wire copy
SCALES: dict[str, int] = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
    "bn": 1_000_000_000,
    "mn": 1_000_000,
    "lakh": 100_000,
    "lakhs": 100_000,
    "crore": 10_000_000,
}
GROUPS: dict[str, int] = {"dozen": 12, "score": 20, "couple": 2, "pair": 2}
ORDINALS: dict[str, int] = {word: value for value, word in enumerate(_ORDINALS_IN_ORDER.split(), start=1)} | {
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
    "hundredth": 100,
}
_SUFFIXES = {"m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "k": 10**3, "tn": 10**12}

# Vague words and the counts they stand for, both ends included; an open end is None.
# Source: record.md, "Settled conventions"; the rows that it leaves out follow its pattern (2 to 9 times the unit).
VAGUE: dict[str, tuple[int, int | None]] = {
    "dozens": (24, 99),
    "scores": (40, 99),
    "tens": (20, 99),
    "hundreds": (200, 999),
    "thousands": (2_000, 9_999),
    "millions": (2_000_000, 9_999_999),
    "billions": (2_000_000_000, 9_999_999_999),
    "tens of thousands": (20_000, 99_999),
    "dozens of thousands": (24_000, 99_999),
    "hundreds of thousands": (200_000, 999_999),
    "tens of millions": (20_000_000, 99_999_999),
    "hundreds of millions": (200_000_000, 999_999_999),
    "several dozen": (36, 99),
    "several hundred": (300, 999),
    "several hundreds": (300, 999),
    "several thousand": (3_000, 9_999),
    "several thousands": (3_000, 9_999),
    "several million": (3_000_000, 9_999_999),
    "several hundred thousand": (300_000, 999_999),
    "a few dozen": (36, 99),
    "a few hundred": (300, 999),
    "a few thousand": (3_000, 9_999),
    "a few million": (3_000_000, 9_999_999),
    "a few hundred thousand": (300_000, 999_999),
    # No figure of a claim: record.md, "several and a number of are no figure".
    "a large number of": (3, None),
    "a small number of": (3, None),
    "several": (3, None),
    "a number of": (3, None),
    "a few": (3, None),
    "a handful of": (3, None),
    "multiple": (3, None),
    "numerous": (3, None),
    "many": (3, None),
}
_VAGUE_RUNS: dict[str, list[tuple[tuple[str, ...], tuple[int, int | None]]]] = {}
for _words, _range in sorted(VAGUE.items(), key=lambda row: -len(row[0].split())):
    _VAGUE_RUNS.setdefault(_words.split()[0], []).append((tuple(_words.split()), _range))

_DIGITS = re.compile(r"(\d{1,3}(?:,\d{3}){1,6}|\d{1,18})(\.\d{1,18})?(bn|tn|mn|[mkb])?$")
_GROUP = re.compile(r"\d{3}$")
# Thousands set off as in much of Europe ("14.000"), which no count has as decimals; a decimal comma ("2,5
# million") is told by the scale after it.
_DOTTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_COMMA = re.compile(r"\d{1,3},\d{1,2}")
NUMBER_WORDS = frozenset(ONES) | frozenset(TENS) | frozenset(SCALES) | frozenset(GROUPS) | {"half"}


class Number(NamedTuple):
    """A number read from words `start` to `end` (end excluded) of the run it was given."""

    value: int | float
    start: int
    end: int


class Vague(NamedTuple):
    """A vague number: its bounds, and the words it took (end excluded)."""

    low: int
    high: int | None
    start: int
    end: int


def digits_value(word: str) -> int | float | None:
    """The value of one word of digits ("1,700", "2.5m", "20k"); None where it is no plain number."""
    if not word or not word[0].isdigit():
        return None
    found = _DIGITS.match(word)
    if not found:
        return None
    whole, fraction, suffix = found.groups()
    value: int | float = float(whole.replace(",", "") + fraction) if fraction else int(whole.replace(",", ""))
    return _whole(value * _SUFFIXES[suffix]) if suffix else _whole(value)


def ordinal_value(word: str) -> int | None:
    """The value of an ordinal, in words or digits ("third", "3rd", "33d")."""
    if word in ORDINALS:
        return ORDINALS[word]
    found = re.fullmatch(r"(\d{1,4})(?:st|nd|rd|th|d)", word)
    return int(found.group(1)) if found else None


def number_at(words: Sequence[str], at: int) -> Number | None:
    """The longest number that starts at `words[at]`, or None.

    Words are lower-cased; a hyphen may be a word of its own. "a" counts only before a scale or group ("a hundred").
    """
    word = words[at]
    value = digits_value(word)
    scaled = _word(words, at + 1) in SCALES
    if _DOTTED.fullmatch(word) and not scaled:
        value = int(word.replace(".", ""))
    elif scaled and _COMMA.fullmatch(word):
        value = float(word.replace(",", "."))
    if value is not None:
        return _after_digits(words, at, value)
    if word not in NUMBER_WORDS and word not in ("a", "an"):
        return None
    return _in_words(words, at)


def vague_at(words: Sequence[str], at: int) -> Vague | None:
    """The longest vague number that starts at `words[at]`, or None."""
    for run, (low, high) in _VAGUE_RUNS.get(words[at], ()):
        if tuple(words[at : at + len(run)]) == run:
            return Vague(low, high, at, at + len(run))
    return None


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if 0 <= at < len(words) else ""


def _whole(value: int | float) -> int | float:
    # 2.3 * 10**6 is 2299999.9999999995 in floats.
    near = round(value)
    return near if abs(value - near) < 1e-6 * max(1.0, abs(value)) and abs(value) >= 1 else value


def _after_digits(words: Sequence[str], at: int, value: int | float) -> Number:
    """Digits may go on in groups of three ("816 000") or in scales ("1.2 million")."""
    end = at + 1
    if words[at].isdigit() and len(words[at]) <= 3 and words[at][0] != "0":
        while _GROUP.match(_word(words, end)):
            value = value * 1000 + int(words[end])
            end += 1
    return _scaled(words, at, end, value)


def _scaled(words: Sequence[str], start: int, end: int, value: int | float) -> Number:
    while True:
        step = 2 if _word(words, end) == "-" and _word(words, end + 1) in SCALES else 1
        scale = SCALES.get(_word(words, end + step - 1)) or GROUPS.get(_word(words, end + step - 1))
        if scale is None:
            return Number(_whole(value), start, end)
        value *= scale
        end += step


def _in_words(words: Sequence[str], at: int) -> Number | None:
    """Number words, summed as they are spoken: units and tens add up, scales multiply what stands before them."""
    total: float = 0
    current: float = 0
    end = i = at
    last = ""  # what kind of word came before: "", one, ten, scale
    while i < len(words):
        word = words[i]
        if word in ONES and (last in ("", "scale") or (last == "ten" and 0 < ONES[word] < 10)):
            current, last = current + ONES[word], "one"
        elif word in TENS and last in ("", "scale"):
            current, last = current + TENS[word], "ten"
        elif word in ("a", "an") and i == at and _opens(words, i + 1):
            i += 1
            continue
        elif word == "half" and last == "" and (big := _half_of(words, i)):
            return Number(_whole(_scale_of(words, big) / 2), at, big + 1)
        elif word == "hundred":
            current, last = (current or 1) * 100, "scale"
        elif word in SCALES and (current or last in ("", "scale")):
            total, current, last = total + (current or 1) * SCALES[word], 0, "scale"
            if total and _word(words, i + 1) in SCALES and _word(words, i + 1) != "hundred":
                total, i = total * SCALES[words[i + 1]], i + 1
        elif word in GROUPS and last in ("", "one", "ten", "scale") and (current or total or i > at):
            return Number(_whole((total + current or 1) * GROUPS[word]), at, i + 1)
        elif word in ("and", "-") and last and _continues(words, i, last):
            i += 1
            continue
        elif word == "and" and last and tuple(words[i : i + 3]) == ("and", "a", "half"):
            current += 0.5
            i, last = i + 2, "one"
        else:
            break
        i += 1
        end = i
    if end == at:
        return None
    return Number(_whole(total + current), at, end)


def _opens(words: Sequence[str], at: int) -> bool:
    """Whether "a" before this word is part of a number: a hundred, a dozen, a half million."""
    word = _word(words, at)
    return (word in SCALES and word not in ("bn", "mn")) or word in ("dozen", "couple") or (
        word == "half" and _word(words, at + 1) in ("million", "billion", "dozen")
    )  # fmt: skip


def _half_of(words: Sequence[str], at: int) -> int | None:
    """Index of what "half" at `at` halves: "half a million", "half dozen", "half-million"."""
    big = at + 2 if _word(words, at + 1) in ("a", "an", "-") else at + 1
    return big if _word(words, big) in SCALES or _word(words, big) == "dozen" else None


def _scale_of(words: Sequence[str], at: int) -> int:
    return SCALES.get(words[at]) or GROUPS[words[at]]


def _continues(words: Sequence[str], at: int, last: str) -> bool:
    """Whether "and" or a hyphen at `at` goes on with the same number."""
    after = _word(words, at + 1)
    if words[at] == "-":
        return after in SCALES or (last == "ten" and 0 < ONES.get(after, 0) < 10)
    return last == "scale" and (after in ONES or after in TENS) and _word(words, at - 1) == "hundred"
