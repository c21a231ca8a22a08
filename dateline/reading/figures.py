"""Figures: every count in a report, with what is counted, what happened to it, and how exactly it is told.

The stage reads a sentence in five steps: the numbers that count something (`figure_numbers.py`), the counted noun
(`figure_nouns.py`), what happened to it (`figure_events.py`) or, where nothing is said to have happened, what it is
(the tables in `figure_words.py`), and which counts are parts of others or no longer stand (`figure_parts.py`).
Conventions are record.md's.
"""

from collections.abc import Sequence

from dateline.codes import Measure
from dateline.reading.figure_events import PASSIVE, happened_to
from dateline.reading.figure_nouns import Phrase, is_plural, noun_phrase
from dateline.reading.figure_numbers import Number, is_length, numbers_in
from dateline.reading.figure_parts import with_parts, with_superseded
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


def find_figures(sentences: Sequence[Sentence]) -> tuple[tuple[Figure, ...], tuple[Unknown, ...]]:
    """Every count of a report, in reading order.

    Args:
        sentences: with tokens; tags are not needed.
    Returns:
        The figures (vague ones too: see `is_claimable`), and those whose measure could not be told, with the reason.
    """
    figures: list[Figure] = []
    unknown: list[Unknown] = []
    for sentence in sentences:
        for figure in _in_sentence(sentence):
            figures.append(figure)
            if figure.measure is None:
                reason = "nothing says what is counted or what happened to it"
                unknown.append(Unknown(stage=STAGE, span=figure.span, reason=reason, where=sentence.where))
    return tuple(figures), tuple(unknown)


def is_claimable(figure: Figure) -> bool:
    """Whether a claim may carry the figure: it has a measure, and is not "several" or the like (record.md)."""
    return figure.measure is not None and figure.qualifier != "vague"


def _in_sentence(sentence: Sentence) -> list[Figure]:
    words = words_of(sentence)
    lower = [word.lower for word in words]
    found = numbers_in(words, lower)
    if not found:
        return []
    starts = {number.start: number for number in found}
    made: list[tuple[Number, Figure]] = []
    for number in found:
        phrase = noun_phrase(lower, number, starts)
        told = None if number.money else happened_to(lower, number, phrase, starts, made)
        happened = told.measure if told else None
        measure = _of_others(lower, phrase, made) or _measure(lower, number, phrase, happened)
        if number.article and not _one_counts(lower, number, phrase, measure, happened):
            continue
        if measure is None and not is_plural(phrase.head):
            continue
        made.append((number, _figure(sentence, words, number, phrase, measure, happened)))
    return with_superseded(lower, with_parts(lower, made))


# --- the measure, and the figure -------------------------------------------------------------------------------------


def _measure(lower: Sequence[str], number: Number, phrase: Phrase, happened: Measure | None) -> Measure | None:
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
