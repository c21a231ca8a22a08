"""Tolls: one number a report, the killed, wounded or detained of its lead incident, as low, best and high.

A pure function of a record. It reads the record's figures and, for people told without a number, the victims that
`victims.py` finds; every toll carries the figures and words it was made of.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from dateline.codes import Measure
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.reading.victims import Victim, find_victims
from dateline.reading.words import Sentence
from dateline.record import Figure, Part, Record

class Toll(Struct, frozen=True, kw_only=True):
    measure: Measure
    low: float | None
    best: float
    high: float | None
    figures: tuple[Figure, ...] = ()
    victims: tuple[Part, ...] = ()
    claims: tuple[str, ...] = ()


class _Said(Struct, frozen=True):
    """What one sentence says the toll is."""

    sentence: int
    low: float | None
    best: float
    high: float | None
    figures: tuple[Figure, ...]
    summed: bool = False


_ONE = re.compile(r"(?i)(?:an?|another|one of)\b(?! (?:dozen|hundred|thousand|million|few|couple|number|handful))")


def toll(record: Record, measure: Measure) -> Toll | None:
    sentences = tag(split(record.report, record.left_out))
    figures = [f for f in record.mentions.figures if f.measure == measure and not f.superseded]
    counts = [f for f in figures if not _ONE.match(f.text)]
    said = [s for sentence in sentences if (s := _said(sentence, counts, record.report.published))]
    victims = find_victims(sentences)
    number, people = _people(victims, measure, sentences)
    lead = next((s for s in said), None)
    if lead is None:
        return None if not number else Toll(measure=measure, low=number, best=number, high=number, victims=people)
    best = lead.best
    if number > best and best <= 2:
        return Toll(measure=measure, low=number, best=number, high=number, victims=people)
    return Toll(measure=measure, low=lead.low, best=best, high=lead.high, figures=lead.figures)


_BACKGROUND = re.compile(
    r"(?i)\b(?:since (?:the|then|\d{4}|january|february|march|april|may|june|july|august|september|october|november|"
    r"december|last|early|late)|(?:so far )?this (?:year|month)|last (?:year|month)|(?:in|over|during) (?:the )?(?:past|last|recent)|"
    r"each year|every year|annually|a year|years ago|months ago|weeks ago|in all of|in total since|civil war has|"
    r"has claimed more than|homicides?|statewide|nationwide|worldwide|earlier this)\b"
)
_YEAR = re.compile(r"\b(?:in|of|since|by) (1[89]\d\d|20\d\d)\b")


def _is_background(sentence: Sentence, published: date | None) -> bool:
    if _BACKGROUND.search(sentence.text):
        return True
    years = {int(y) for y in _YEAR.findall(sentence.text)}
    return bool(years) and published is not None and published.year not in years


def _said(sentence: Sentence, counts: Sequence[Figure], published: date | None) -> _Said | None:
    here = [f for f in counts if sentence.holds(f)]
    wholes = [f for f in here if f.part_of is None]
    if not wholes or _is_background(sentence, published):
        return None
    chosen = [wholes[0]]
    for figure in wholes[1:]:
        between = sentence.words(chosen[-1].span.end, figure.span.start)
        if len(between.split()) <= 8 and re.search(r"(?i)(?:\band\b|,|\bplus\b)", between) and not re.search(r"[.;:()]|\bof (?:whom|them)\b|\bamong\b|\bincluding\b", between):
            chosen.append(figure)
        else:
            break
    lows = [f.low for f in chosen]
    highs = [f.high for f in chosen]
    low = sum(x for x in lows if x is not None) if None not in lows else None
    high = sum(x for x in highs if x is not None) if None not in highs else None
    best = sum((f.low if f.low is not None else f.high) or 0 for f in chosen)
    return _Said(sentence.index, low, best, high, tuple(chosen), len(chosen) > 1)


def _people(victims: Sequence[Victim], measure: Measure, sentences: Sequence[Sentence]) -> tuple[int, tuple[Part, ...]]:
    """How many different single people befell the measure, and the words that tell of them."""
    fates = {"killed": ("killed",), "wounded": ("wounded", "shot"), "detained": ("detained",)}.get(measure, ())
    mine = [v for v in victims if v.fate in fates]
    dead = [v for v in victims if v.fate == "killed"] if measure == "wounded" else []
    names: list[tuple[str, ...]] = []
    for v in mine:
        if v.name and not any(_one(v.name, d.name) for d in dead if d.name):
            if not any(_one(v.name, n) for n in names):
                names.append(v.name)
    persons = sum(1 for _ in names)
    by_sentence: dict[int, int] = {}
    for v in mine:
        if v.kind in ("self",):
            continue
        if measure == "wounded" and v.kind != "name" and dead:
            continue
        by_sentence[v.sentence] = by_sentence.get(v.sentence, 0) + 1
    count = max([persons, *by_sentence.values()], default=0)
    if measure == "killed" and any(v.kind == "self" for v in mine):
        count += 1
    return count, tuple(v.part for v in mine)


def _one(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    if len(a) == 1 or len(b) == 1:
        return a[-1] == b[-1] or a[0] == b[0]
    return a[-1] == b[-1] and a[0] == b[0]
