"""Numbers in a sentence that count something, with the words that bound them. Percentages, ages, ranks do not."""

from collections.abc import Sequence
from typing import NamedTuple

from dateline.codes import Qualifier
from dateline.reading.figure_words import ARTICLES, BOUNDS, CURRENCY, EVENTS, NO, NOBODY, NOUNS, REVISED, STOPS
from dateline.reading.patterns import Word, word_set
from dateline.reading.times import time_spans
from dateline.world import numbers
from dateline.world.calendars import MONTHS

# A number beside these counts nothing that a record keeps.
_NOT_AFTER = word_set(
    "year years % percent per-cent pc degrees degree km kilometers kilometres kilometer kilometre miles mile "
    "meters metres meter metre feet foot inches yards kg kilograms kilogram kilos kilo grams pounds-weight mm "
    "cm caliber calibre volts megawatts st nd rd th -year-old mph kmh am pm a.m. p.m. gmt hours hour points "
    "point block news times y/o yo yr yrs tons tonnes ton barrels liters litres gallons percentage"
)
_NOT_BEFORE = word_set(
    "no. number nos. news page article articles chapter resolution highway route road street avenue channel flight "
    "phase section paragraph room camp-no brigade division battalion regiment group version aged age camp "
    "article boeing chapter part grade tel phone km kilometer act law decree block sector zone district line "
    "ward operation"
)


class Number(NamedTuple):
    """A number with its bounds as read, and the words it took, bound words included."""

    start: int  # first word, bounds included
    first: int  # first word of the number itself
    end: int
    low: float | int | None
    high: float | int | None
    qualifier: Qualifier | None
    article: bool = False
    money: bool = False
    ordinal: bool = False


def numbers_in(words: Sequence[Word], lower: Sequence[str]) -> list[Number]:
    """The numbers of a sentence that count something, left to right."""
    if not any(word[0].isdigit() or word in _STARTERS for word in lower):
        return []
    timed = bytearray(len(lower) + 1)
    for start, end in time_spans(words):
        timed[start:end] = b"\x01" * (end - start)
    found: list[Number] = []
    at = 0
    while at < len(lower):
        number = None if timed[at] else _number_here(words, lower, at)
        if number is None:
            at += 1
            continue
        if _counts(words, lower, number):
            found.append(_bounded(lower, number, found[-1].end if found else 0))
        at = max(at + 1, number.end)
    return found


_STARTERS = (
    numbers.NUMBER_WORDS
    | {row.split()[0] for row in numbers.VAGUE}
    | ARTICLES
    | NO
    | NOBODY
    | {"both", "twin", "single", "another", "not"}
)


def _number_here(words: Sequence[Word], lower: Sequence[str], at: int) -> Number | None:
    word = lower[at]
    if word in CURRENCY or (word in ("us", "u.s.") and at + 1 < len(lower) and lower[at + 1] == "$"):
        return _money(lower, at)
    vague = numbers.vague_at(lower, at)
    if vague and not (word == "many" and at and lower[at - 1] in ("as", "so", "how", "too")):
        qualifier: Qualifier | None = "vague" if vague.high is None else None
        return Number(at, at, vague.end, vague.low, vague.high, qualifier)
    plain = numbers.number_at(lower, at)
    if plain:
        # "one of the men was killed" counts one; "one of the cities" is no count.
        partitive = word == "one" and lower[plain.end : plain.end + 1] == ["of"]
        return _ranged(lower, at, plain)._replace(article=partitive)
    if word in ("both", "twin"):
        return Number(at, at, at + 1, 2, 2, None)
    if word == "no" and lower[at + 1 : at + 2] in (["more"], ["less"], ["fewer"]):
        return None  # a bound: "no more than 12"
    if word in NO or word in NOBODY:
        one = word == "no" and at + 1 < len(lower) and lower[at + 1] == "one"
        return Number(at, at, at + 2 if one else at + 1, 0, 0, None)
    if word in ARTICLES or word == "another":
        after = at + 1
        if any(tuple(lower[at : at + len(bound)]) == bound for bound, _ in BOUNDS):
            return None  # "a minimum of 12": the number comes after
        age = numbers.number_at(lower, after) if after < len(lower) else None
        if after >= len(lower) or (age and not _OLD & set(lower[age.end : age.end + 2])):
            return None  # "another five", "a 100,000": the number itself comes next
        return Number(at, at, at + 1, 1, 1, None, article=True)
    return None


_OLD = word_set("year-old yr-old year month-old week-old")

# A range as wide as this ("2 to 3 million") says its scale once, for both ends.
_SAID_ONCE = 100


def _ranged(lower: Sequence[str], at: int, first: numbers.Number) -> Number:
    """As in "10 to 15", "between 10 and 15", "300-400"; else the number alone."""
    end = first.end
    joint = lower[end] if end < len(lower) else ""
    between = at > 0 and lower[at - 1] in ("between", "from")
    if joint == "to" and at and lower[at - 1] == "from" and REVISED & set(lower[max(0, at - 6) : at - 1]):
        return Number(at, at, end, first.value, first.value, None)  # "the toll rose from 24 to 43": two tolls
    if joint == "to" and _grows_by(lower, at):
        return Number(at, at, end, first.value, first.value, None)  # "the toll rose by 12 to 43": how much it grew
    if (joint in ("to", "-", "or") or (joint == "and" and between)) and end + 1 < len(lower):
        second = numbers.number_at(lower, end + 1)
        if second and second.value > first.value:
            low = first.value
            # "10-15,000", "2 to 3 million": the scale is said once.
            if 0 < low < 1000 <= second.value and second.value / low > _SAID_ONCE:
                low *= next(scale for scale in (10**9, 10**6, 1000) if second.value >= scale)
            if low < second.value:
                return Number(at, at, second.end, low, second.value, None)
    return Number(at, at, end, first.value, first.value, None)


def _grows_by(lower: Sequence[str], at: int) -> bool:
    """As in "rose by [12]": what a toll has grown by."""
    return at > 1 and lower[at - 1] == "by" and lower[at - 2] in REVISED


def _money(lower: Sequence[str], at: int) -> Number | None:
    start = at
    while at < len(lower) and (lower[at] in CURRENCY or lower[at] in ("us", "u.s.")):
        at += 1
    if at >= len(lower):
        return None
    plain = numbers.number_at(lower, at)
    if plain is None:
        return None
    ranged = _ranged(lower, at, plain)
    if ranged.end == plain.end and plain.end + 2 < len(lower) and lower[plain.end] in ("to", "-"):
        after = _money(lower, plain.end + 1) if lower[plain.end + 1] in CURRENCY else None
        if after and after.high and after.high > plain.value:
            return Number(start, start, after.end, plain.value, after.high, None, money=True)
    return ranged._replace(start=start, first=start, money=True)


def _counts(words: Sequence[Word], lower: Sequence[str], number: Number) -> bool:
    """Leave out percentages, ages, distances, ranks, names with numbers in them, parts of dates."""
    if number.money:
        return True
    before = lower[number.first - 1] if number.first else ""
    after = lower[number.end] if number.end < len(lower) else ""
    if number.article:
        return bool(after) and not (number.first and lower[number.first - 1] in ("such", "what", "as", "quite"))
    digit = lower[number.first][0].isdigit()
    if is_length(lower, number.end):
        return True
    if after in _NOT_AFTER or (after == "-" and number.end + 1 < len(lower) and lower[number.end + 1] in _DASHED):
        return False
    if after == "per" and number.end + 1 < len(lower) and lower[number.end + 1] in ("cent", "hour"):
        return False
    if (before in _NOT_BEFORE and digit) or before in MONTHS or (before in ("#", "°", "/") or after in ("/", "°", "%")):
        return False
    if lower[number.first] in ("911", "999", "112") and before in ("called", "calling", "call", "a", "the"):
        return False
    if before in ("aged", "ages") or after in MONTHS or (digit and _is_year(lower, number)):
        return False
    if _grows_by(lower, number.first):
        return False
    if (digit and _is_age(words, lower, number)) or _is_age_of(lower, number.start):
        return False
    if digit and number.first and words[number.first - 1].end == words[number.first].start and before.isalpha():
        return False  # "CBS4": a name that a number belongs to
    if before == "-" and number.first > 1:
        left = words[number.first - 2]
        # F-16, Al-Jazeera-2, Covid-19, 9-1-1: a name or a code. (A range is one number.)
        return not (left.end == words[number.first - 1].start and left.text[-1].isalnum())
    if digit and number.first and words[number.first - 1].text[:1].isupper() and after in STOPS | {",", ""}:
        # "Flight 17.", "Brigade 2,", "(WXYZ 10)": a name that ends in a number.
        before_it = words[number.first - 1].text
        called = before_it.istitle() or (
            before_it.isupper() and not all(w.text.isupper() for w in words if w.text.isalpha())
        )
        return not called or number.first == 1 or before in EVENTS or before in NOUNS
    if number.end < len(lower) and words[number.end - 1].end == words[number.end].start and after == "-":
        return number.end + 1 < len(lower) and lower[number.end + 1] in ("strong", "man", "member", "person")
    if lower[number.first] == "one" and after == "of":
        return True
    if lower[number.first] == "one" and after in ("another", "side", "day", "hand", "way", "can", "must", "thing"):
        return False
    if (number.high or 1) < 1:
        return False
    return not (lower[number.first] in NO and after in ("longer", "doubt", "way", "matter", "sign", "reason", "."))


_OLDEST = 120  # years


def _is_age(words: Sequence[Word], lower: Sequence[str], number: Number) -> bool:
    """As in "Ana Ruiz, 34, was killed", "a boy, 9, dies": a bare number set off by commas after a name or a noun."""
    at = number.first
    if at < 2 or number.end != at + 1 or (number.high or 0) > _OLDEST:
        return False
    mark = lower[at - 1]
    after = lower[number.end] if number.end < len(lower) else "."
    named = words[at - 2].text[:1].isupper() or (lower[at - 2] in NOUNS and mark != "(")
    closed = after == ")" if mark == "(" else after in (",", ".", ")", ";")
    return mark in (",", "(") and named and lower[at - 2].isalpha() and closed


_AGED = word_set(
    "boy boys girl girls man men woman women child children son sons daughter daughters brother brothers sister "
    "sisters youth youths teenager teenagers infant baby toddler pupil student grandmother grandfather widow "
    "widower grandson granddaughter nephew niece farmer shepherd herder"
)
_AFTER_AGE = STOPS | word_set(", and or who whose was were had has have died from in at on near when as with to by is")


def past_age(lower: Sequence[str], at: int) -> int:
    """Over an age that stands at `at` behind a noun for people: "a girl [of 16] was killed"; `at` where none does."""
    if at < 1 or lower[at : at + 1] != ["of"] or lower[at - 1] not in _AGED:
        return at
    age = numbers.number_at(lower, at + 1)
    if age is None or not _ends_age(lower, age):
        return at
    other = numbers.number_at(lower, age.end + 1) if lower[age.end : age.end + 1] == ["and"] else None
    if other and lower[at - 1].endswith(("s", "men", "ren")) and _ends_age(lower, other):
        return other.end  # "two girls of six and nine"
    return age.end


def _ends_age(lower: Sequence[str], age: numbers.Number) -> bool:
    """Whether a number counts no noun after it, and nobody is too old for it."""
    return age.value <= _OLDEST and (age.end == len(lower) or lower[age.end] in _AFTER_AGE)


def _is_age_of(lower: Sequence[str], at: int) -> bool:
    """As in "a girl of 16", "two girls of six and nine": the number at `at`."""
    of = next((i for i in (at - 1, at - 2, at - 3) if i > 0 and lower[i] == "of"), 0)
    return bool(of) and past_age(lower, of) > at


_YEARS = range(1900, 2100)


def _is_year(lower: Sequence[str], number: Number) -> bool:
    """As in "October 12th 2023", "12 October, 2023", where the day was not read as a time."""
    if number.end != number.first + 1 or len(lower[number.first]) != 4 or number.low not in _YEARS:
        return False
    before = lower[max(0, number.first - 3) : number.first]
    day = before and (before[-1] in MONTHS or numbers.ordinal_value(before[-1]) is not None)
    return bool(day) or (before[-1:] == [","] and bool(MONTHS.keys() & set(before)))


_LENGTH_UNITS = word_set("km kilometer kilometers kilometre kilometres mile miles")
_LONG_THINGS = word_set(
    "border borders front frontline line lines fence wall pipeline road corridor zone coastline trench"
)


def is_length(lower: Sequence[str], at: int) -> bool:
    """As in "a 1,000-kilometre front line", "30 km of road": how long a thing is, not how far off a place lies."""
    at += lower[at : at + 1] == ["-"]
    if at >= len(lower) or lower[at] not in _LENGTH_UNITS:
        return False
    after = lower[at + 1 : at + 5]
    return bool(_LONG_THINGS & set(after)) and not {"from", "away", "north", "south", "east", "west"} & set(after)


_DASHED = word_set("year month week day hour minute mile km kilometer kilometre point percent storey story foot mm old")


def _bounded(lower: Sequence[str], number: Number, floor: int) -> Number:
    """Take in the words that bound the number, and open the side they leave open."""
    at = number.first
    start = at
    if at and lower[at - 1] in ("between", "from") and number.low != number.high and number.end - at > 2:
        return number._replace(start=at - 1)
    if at and lower[at - 1] == "another" and number.article is False:
        start = at - 1
        at -= 1
    if at and lower[at - 1] == "a" and not number.article:
        at -= 1  # "over a 100,000"
    for words, qualifier in BOUNDS:
        begin = at - len(words)
        if begin >= floor and tuple(lower[begin:at]) == words:
            return _with_bound(number._replace(start=begin), qualifier)
    after = tuple(lower[number.end : number.end + 2])
    if after[:1] == ("+",):
        return number._replace(end=number.end + 1, high=None, qualifier="at_least")
    if after == ("or", "more") or after == ("and", "more"):
        return number._replace(end=number.end + 2, high=None, qualifier="at_least")
    return number._replace(start=start)


def _with_bound(number: Number, qualifier: Qualifier | None) -> Number:
    if number.article or number.qualifier == "vague":
        return number
    if qualifier == "at_least":
        return number._replace(high=None, qualifier=qualifier)
    if qualifier == "at_most":
        return number._replace(low=None, qualifier=qualifier)
    return number._replace(qualifier=qualifier)
