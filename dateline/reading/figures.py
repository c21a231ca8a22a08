"""Figures: every count in a report, with what is counted, what happened to it, and how exactly it is told.

The stage reads a sentence in five steps: the numbers that count something (`figure_numbers.py`), the counted noun
(`figure_nouns.py`), what happened to it (`figure_events.py`) or, where nothing is said to have happened, what it is
(the tables in `figure_words.py`), and which counts are parts of others or no longer stand (`figure_parts.py`).
Conventions are record.md's.
"""

from collections.abc import Sequence
from typing import NamedTuple

from dateline.codes import Measure
from dateline.reading.figure_events import PASSIVE, Befallen, happened_to
from dateline.reading.figure_nouns import Phrase, is_plural, noun_phrase
from dateline.reading.figure_numbers import Number, is_length, numbers_in
from dateline.reading.figure_parts import Told, across_sentences, is_called_earlier, with_parts, with_superseded
from dateline.reading.figure_words import (
    BE,
    HOUSEHOLDS,
    NO,
    NOBODY,
    PEOPLE_MEASURES,
    PERSON_MEASURES,
    PREPOSITIONS,
    THING_MEASURES,
)
from dateline.reading.patterns import Word, word_set, words_of
from dateline.reading.words import Sentence
from dateline.record import Figure, Unknown

STAGE = "figures"


class Read(NamedTuple):
    """A figure, and the rules that made its measure and its bounds, in words for people."""

    figure: Figure
    measured_by: str
    bounded_by: str


def find_figures(sentences: Sequence[Sentence]) -> tuple[tuple[Figure, ...], tuple[Unknown, ...]]:
    """Every count of a report, in reading order.

    Args:
        sentences: with tokens; tags are not needed.
    Returns:
        The figures (vague ones too: see `is_claimable`), and those whose measure could not be told, with the reason.
    """
    figures = tuple(read.figure for read in read_figures(sentences))
    reason = "nothing says what is counted or what happened to it"
    unknown = (
        Unknown(stage=STAGE, span=figure.span, reason=reason, where=figure.where)
        for figure in figures
        if figure.measure is None
    )
    return figures, tuple(unknown)


def read_figures(sentences: Sequence[Sentence]) -> tuple[Read, ...]:
    """The figures of `find_figures`, each with the rules that made it."""
    made = [(i, one) for i, sentence in enumerate(sentences) for one in _in_sentence(sentence)]
    standing = across_sentences([Told(one.figure, i, one.earlier) for i, one in made])
    return tuple(
        Read(figure, _with_standing(figure, one.measured_by), one.bounded_by)
        for figure, (_, one) in zip(standing, made, strict=True)
        if figure.measure is not None or one.of_things
    )


def _with_standing(figure: Figure, measured_by: str) -> str:
    """The rule of the measure, and those of parts and of tolls that no longer stand."""
    part = f"; part of “{figure.part_of}”" if figure.part_of else ""
    return f"{measured_by}{part}{'; the report gives a later toll' if figure.superseded else ''}"


def is_claimable(figure: Figure) -> bool:
    """Whether a claim may carry the figure: it has a measure, and is not "several" or the like (record.md)."""
    return figure.measure is not None and figure.qualifier != "vague"


class _Made(NamedTuple):
    """A count of one sentence. `earlier`: it is called an earlier one; `of_things`: a noun says what it counts."""

    figure: Figure
    earlier: bool
    of_things: bool
    measured_by: str
    bounded_by: str


def _in_sentence(sentence: Sentence) -> list[_Made]:
    words = words_of(sentence)
    lower = [word.lower for word in words]
    found = numbers_in(words, lower)
    if not found:
        return []
    starts = {number.start: number for number in found}
    made: list[tuple[Number, Figure]] = []
    rest: list[tuple[bool, bool, str]] = []
    end = 0
    for number in found:
        phrase = noun_phrase(lower, number, starts)
        told = None if number.money else happened_to(lower, number, phrase, starts, made)
        happened = told.measure if told else None
        of_others = _of_others(lower, phrase, made)
        measure = of_others or _measure(lower, number, phrase, happened)
        earlier, end = is_called_earlier(lower, number, end), number.end
        if number.article and not _one_counts(lower, number, phrase, measure, happened):
            continue
        of_things = is_plural(phrase.head)
        if measure is None and not of_things and not earlier and lower[max(0, number.start - 1)] != "from":
            continue
        made.append((number, _figure(sentence, words, number, phrase, measure, happened)))
        rest.append(
            (earlier, of_things, "more of what was counted before" if of_others else _rule(told, measure, phrase))
        )
    standing = with_superseded(lower, with_parts(lower, made))
    return [
        _Made(figure, earlier, of_things, rule, _bounds(number))
        for (number, _), figure, (earlier, of_things, rule) in zip(made, standing, rest, strict=True)
    ]


def _rule(told: Befallen | None, measure: Measure | None, phrase: Phrase) -> str:
    """Which rule made a measure, in words for people."""
    if measure is None:
        return "no rule tells what is counted"
    if told is not None and measure == told.measure:
        return f"{told.rule} tells that they are {_STATES.get(measure, measure)}"
    if phrase.measure == measure:
        return f"“{phrase.head}” names what is counted"
    return f"the words around it name {measure}"


# What a measure says of people, where its name is no such word.
_STATES = {"casualties": "killed or wounded"}
_SAYS_BOUND = {
    "at_least": "its words leave the high side open", "at_most": "its words leave the low side open",
    "about": "its words say that it is not exact", "vague": "a vague word of three or more",
}  # fmt: skip


def _bounds(number: Number) -> str:
    """Which rule made the bounds, in words for people."""
    if number.qualifier is not None:
        return _SAYS_BOUND[number.qualifier]
    if number.article:
        return "one, told of with an article"
    if number.low != number.high:
        return "a range, or a vague word that stands for one (record.md)"
    return "none: the number says it" if number.high else "a word for none"


# --- the measure, and the figure -------------------------------------------------------------------------------------


def _measure(lower: Sequence[str], number: Number, phrase: Phrase, happened: Measure | None) -> Measure | None:
    if phrase.head in ("wound", "wounds"):
        return None
    if number.money or phrase.measure == "money":
        return "money"
    if is_length(lower, number.end):
        return "distance"
    if "square" in lower[phrase.start : phrase.end] and phrase.head not in ("square", "squares"):
        return "area"
    if (
        phrase.head == "lives"
        and happened is None
        and not _LOST & set(lower[max(0, number.start - 4) : phrase.end + 3])
    ):
        return None  # "two lives": of people who live them
    if lower[number.first] == "no" and phrase.measure is None and number.end - number.first == 1:
        return None  # "no organisation"
    if happened and (phrase.measure in PEOPLE_MEASURES or phrase.measure is None):
        if phrase.measure in ("killed", "wounded", "casualties") and phrase.head not in ("victims",):
            return phrase.measure
        return happened
    if lower[number.first] in NO or lower[number.first] in NOBODY:
        return phrase.measure if phrase.measure in ("casualties", "wounded", "killed", "missing") else None
    if phrase.measure is None and _are_people(lower, number, phrase):
        return "people"
    return phrase.measure


_LOST = word_set("claimed claiming claims lost took taken taking takes cost costing costs")
_PLIGHT = word_set("affected trapped stranded besieged hungry vulnerable")


def _are_people(lower: Sequence[str], number: Number, phrase: Phrase) -> bool:
    """As in "a family of five", "816,000 are in need", "70 were trapped": people, though no noun says so."""
    if lower[max(0, number.start - 2) : number.start] in (["family", "of"], ["crew", "of"], ["group", "of"]):
        return True
    after = lower[phrase.end : phrase.end + 4]
    return phrase.end == phrase.start and (bool(_PLIGHT & set(after)) or "in need" in " ".join(after))


def _of_others(lower: Sequence[str], phrase: Phrase, made: Sequence[tuple[Number, Figure]]) -> Measure | None:
    """As in "destroyed 20 houses and damaged 30 others", "and 30 damaged": more of the things counted just before."""
    if not made or made[-1][1].measure not in THING_MEASURES:
        return None
    verb = lower[phrase.end : phrase.end + 2]
    verb = verb[1:] if verb and verb[0].endswith("ly") else verb[:1]  # "20 partially damaged"
    alone = phrase.start == phrase.end and bool(_STRUCK & set(verb))
    return made[-1][1].measure if alone or phrase.head in ("others", "more") else None


def _one_counts(
    lower: Sequence[str], number: Number, phrase: Phrase, measure: Measure | None, happened: Measure | None
) -> bool:
    """As in "a soldier was killed" counts one; "a spokesman", "a strike", "a hospital" in passing count nothing."""
    if phrase.measure in ("weapons", "buildings"):
        return _struck(lower, number, phrase)
    one_of_some = lower[number.first] == "one" and phrase.measure is None and is_plural(phrase.head)
    return happened is not None and measure == happened and (phrase.measure in PERSON_MEASURES or one_of_some)


_STRUCK = word_set(
    "destroyed destroying damaged damaging downed seized seizing wrecked sank sunk demolished torched captured "
    "destroys disabled burned"
)
_LIST_REACH = 60  # words; lists of what an air strike destroyed run long


def _struck(lower: Sequence[str], number: Number, phrase: Phrase) -> bool:
    """As in "destroyed two tanks, a bridge and a truck", "shot down a helicopter", "a helicopter was shot down"."""
    after = lower[phrase.end : phrase.end + 5]
    if after and after[0] in BE and any(word in _STRUCK or word == "down" for word in after):
        return True
    for at in range(number.start - 1, max(-1, number.start - _LIST_REACH), -1):
        word = lower[at]
        if word in _STRUCK or (word == "down" and lower[at - 1] in ("shot", "shoot", "shooting", "brought")):
            verb = at - 1 if word == "down" else at
            return verb == 0 or lower[verb - 1] not in PASSIVE
        if word in PREPOSITIONS or word in (".", ";", "that", "who", "which", "was", "were"):
            return False
    return False


def _figure(
    sentence: Sentence,
    words: Sequence[Word],
    number: Number,
    phrase: Phrase,
    measure: Measure | None,
    happened: Measure | None,
) -> Figure:
    # "a soldier", "no one": where the number is an article the noun belongs to the figure's text.
    last = phrase.end if number.article and phrase.end > number.end else number.end
    part = sentence.part(words[number.start].start, words[last - 1].end)
    of = None
    if phrase.end > phrase.start and (phrase.measure or happened or measure != "people"):
        of = sentence.words(words[phrase.start].start, words[phrase.end - 1].end)
    unit = None
    if phrase.measure in PEOPLE_MEASURES:
        unit = "households" if phrase.head in HOUSEHOLDS else "people"
    return Figure(
        text=part.text,
        span=part.span,
        where=part.where,
        measure=measure,
        low=number.low,
        high=number.high,
        qualifier=number.qualifier,
        of=of,
        unit=unit,
    )
