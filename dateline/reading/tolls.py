"""Tolls: one number a report, of the people whom its lead incident befell, as low, best and high.

A pure function of a record. The sentences are gone through in reading order; each may say what the toll is, in counts
(the record's figures) and in single people told without a number (`victims.py`). The first that does so opens the
toll, and each later one tells it again, adds to it ("two others", "another man", a new name), or is of something else:
what is told of other years, of a campaign, or of what has been since then is left aside.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

from dateline.codes import Measure
from dateline.reading.patterns import word_set
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.reading.victims import Fate, Victim, find_victims
from dateline.reading.words import Sentence
from dateline.record import Figure, Part, Record


class Toll(Struct, frozen=True, kw_only=True):
    """How many people the lead incident of a report befell: at least `low`, most likely `best`, at most `high`.

    `low` or `high` is null where every source leaves that side open. The rest is what it was made of: `figures` and
    `victims` (words for one person each), and the ids of the claims that carry those figures or stand in those sentences.
    """

    measure: Measure
    low: float | None
    best: float
    high: float | None
    figures: tuple[Figure, ...] = ()
    victims: tuple[Part, ...] = ()
    claims: tuple[str, ...] = ()


class _Group(Struct, frozen=True, kw_only=True):
    """Some people of one sentence: a count, or one person told of without a number."""

    part: Part
    low: float | None
    best: float
    high: float | None
    added: bool  # "two others": besides those told of before
    figure: Figure | None = None
    victim: Victim | None = None

    @property
    def plural(self) -> bool:
        return self.best != 1 and self.figure is not None


_FATES: dict[Measure, tuple[Fate, ...]] = {
    "killed": ("killed",), "wounded": ("wounded", "shot"), "detained": ("detained",)
}  # fmt: skip


def toll(record: Record, measure: Measure) -> Toll | None:
    """The toll of a measure; None where the report says nothing of it, best 0 where it says that there are none."""
    sentences = tag(split(record.report, record.left_out))
    figures = [f for f in record.mentions.figures if f.measure == measure and not f.superseded]
    victims = find_victims(sentences)
    mine = [v for v in victims if v.fate in _FATES.get(measure, ())]
    anchor = _anchor(record)
    running = _Running()
    for sentence in sentences:
        groups = _groups(sentence, figures, mine)
        if groups and not _is_background(sentence, record, anchor):
            running.tell(groups, grows=measure == "detained")
    return running.toll(measure, record)


class _Running:
    """The toll as it stands after each sentence."""

    def __init__(self) -> None:
        self.whole: list[_Group] = []  # of the sentence that tells the toll in counts
        self.extra: list[_Group] = []
        self.named: list[tuple[str, ...]] = []
        self.unnamed = 0  # single people not named as yet
        self.selves = 0
        self.others: list[tuple[float | None, float, float | None]] = []
        self.genders: set[str] = set()
        self.parts: list[Part] = []
        self.together = 0

    def tell(self, groups: Sequence[_Group], *, grows: bool) -> None:
        counts = [g for g in groups if g.plural]
        ones = [g for g in groups if not g.plural]
        added = [g for g in counts if g.added]
        told = [g for g in counts if not g.added]
        fresh = self._ones(ones)
        if told and not self.whole:
            self.whole = told + added
            self.together = fresh  # singles told beside the counts
        elif told:
            self.others.append(_sum(told))
            if _is_vague(self.whole) and not _is_vague(told) and _reaches(self.whole, told):
                self.whole = told
        if added and not (told and self.whole is not None and not self.extra and self.whole[-len(added) :] == added):
            for g in added:
                if self.whole and not told and not (grows and _beside(self.whole[0].figure, g.figure, strict=True)):
                    continue
                if all((g.low, g.high) != (e.low, e.high) for e in (*self.extra, *self.whole)):
                    self.extra.append(g)

    def _ones(self, ones: Sequence[_Group]) -> int:
        """Take in the single people of a sentence; how many are new."""
        here = 0
        for group in ones:
            victim = group.victim
            if victim is not None and victim.kind == "self":
                self.selves = 1
                continue
            if victim is not None and victim.kind == "pronoun" and (self.named or self.unnamed or here):
                continue
            if victim is not None and victim.name:
                if any(_one(victim.name, name) for name in self.named):
                    continue
                self.named.append(victim.name)
                self.parts.append(group.part)
                if self.unnamed:
                    self.unnamed -= 1
                else:
                    here += 1
            elif group.added:
                self.unnamed += 1
                here += 1
                self.parts.append(group.part)
            else:
                here += 1
                self.parts.append(group.part)
                self._pending = True
        unnamed_here = sum(
            1
            for g in ones
            if not (g.victim and (g.victim.name or g.victim.kind in ("self", "pronoun"))) and not g.added
        )
        total = len(self.named) + self.unnamed
        named_here = sum(1 for g in ones if g.victim and g.victim.name)
        self.unnamed = max(self.unnamed, unnamed_here + named_here - len(self.named), 0)
        if not (len(self.named) + self.unnamed) and any(g.victim and g.victim.kind == "pronoun" for g in ones):
            self.unnamed = 1
        return len(self.named) + self.unnamed - total

    def toll(self, measure: Measure, record: Record) -> Toll | None:
        ones = len(self.named) + self.unnamed + self.selves
        if self.whole:
            low, best, high = _sum(self.whole)
            best_ones = ones
            if self.together and self.whole:
                low, best, high = (None if x is None else x + self.together for x in (low, best, high))
            for g in self.extra:
                low, best, high = (
                    None if x is None or y is None else x + y
                    for x, y in zip((low, best, high), (g.low, g.best, g.high))
                )
            if best and ones > best and best <= 2:
                low = best = high = ones
        elif ones or self.extra:
            low = best = high = ones
            for g in self.extra:
                low, best, high = (
                    None if x is None or y is None else x + y
                    for x, y in zip((low, best, high), (g.low, g.best, g.high))
                )
        else:
            return None
        figures = tuple(g.figure for g in (*self.whole, *self.extra) if g.figure)
        return Toll(measure=measure, low=low, best=best, high=high, figures=figures, victims=tuple(self.parts))


def _is_vague(groups: Sequence[_Group]) -> bool:
    """ "dozens", "several": a count that a number may make precise."""
    return all(
        g.figure is not None
        and not any(c.isdigit() for c in g.figure.text)
        and g.low != g.high
        and (g.figure.qualifier in (None, "vague"))
        for g in groups
    )


def _reaches(vague: Sequence[_Group], told: Sequence[_Group]) -> bool:
    low, _, high = _sum(vague)
    _, best, _ = _sum(told)
    return (low is None or best >= low / 2) and (high is None or best <= 2 * high)


def _sum(groups: Sequence[_Group]) -> tuple[float | None, float, float | None]:
    lows, highs = [g.low for g in groups], [g.high for g in groups]
    low = None if None in lows else sum(x for x in lows if x is not None)
    high = None if None in highs else sum(x for x in highs if x is not None)
    return low, sum(g.best for g in groups), high


# --- what a sentence says --------------------------------------------------------------------------------------------

_ADDED = re.compile(r"(?i)\b(?:others?|another|additional|more|further|second|third|fourth|fifth)\b")
_ALSO = re.compile(r"(?i)\b(?:also|additionally)\b")
_PART = re.compile(r"(?i)\b(?:including|among|of whom|of them|of those|one of whom|identified as)\b|:")
_STOP = re.compile(r"[.;:]|\bwhile\b|\bwhen\b")
_FREED = re.compile(r"(?i)\b(?:freed|released|freeing|releasing|rescued)\b")


def _groups(sentence: Sentence, figures: Sequence[Figure], victims: Sequence[Victim]) -> list[_Group]:
    """The people that a sentence tells of: the first count with what is joined to it, and single people."""
    counts = [f for f in figures if sentence.holds(f) and f.part_of is None]
    made: list[_Group] = []
    for f in counts:
        words = sentence.words(f.span.start, sentence.span.end)[: len(f.text) + len(f.of or "") + 16]
        if f.measure == "detained" and _FREED.search(words):
            continue
        best = f.low if f.low is not None else f.high
        if best is None:
            continue
        plural = [g for g in made if g.plural]
        if plural:
            between = sentence.words(plural[-1].part.span.end, f.span.start)
            if len(between.split()) > 10 or _PART.search(between) or _STOP.search(between):
                continue
            if not _beside(plural[-1].figure, f):
                continue
        made.append(_Group(part=f, low=f.low, best=best, high=f.high, added=_is_added(sentence, f, f.of), figure=f))
    plural_counts = [g for g in made if g.plural]
    here = [v for v in victims if v.sentence == sentence.index]
    for v in here:
        if any(
            g.part.span.overlaps(v.part.span)
            or (
                g.figure
                and g.figure.of
                and v.part.span.start < g.part.span.end + len(g.figure.of) + 2
                and v.part.span.end > g.part.span.start
            )
            for g in made
        ):
            continue
        if plural_counts and not _joined(sentence, plural_counts, v):
            continue
        made.append(_Group(part=v.part, low=1, best=1, high=1, added=_is_added(sentence, v.part, None), victim=v))
    return made


_GENERIC = word_set("people persons person dead deaths victims bodies killed fatalities casualties lives")
_PORTION = word_set("children child women woman civilians boys girls minors infants babies men")


def _beside(whole: Figure | None, figure: Figure | None, *, strict: bool = False) -> bool:
    """Whether a count is of people besides those counted just before: "three soldiers and five rebels", "two others"."""
    if whole is None or figure is None or (whole.low, whole.high) == (figure.low, figure.high) and whole.of == figure.of:
        return False
    first, second = ((f.of or "").lower().split()[-1:] for f in (whole, figure))
    if not strict and _ADDED.search(f"{figure.text} {figure.of or ''}"):
        return True
    if not first or not second or first == second:
        return False
    return first[0] not in _GENERIC


def _joined(sentence: Sentence, counts: Sequence[_Group], victim: Victim) -> bool:
    """ "a leader and three others", "three others along with his wife": besides the counted, not one of them."""
    if victim.kind in ("known", "pronoun", "name"):
        return False
    for g in counts:
        first, second = sorted((g.part.span, victim.part.span))
        if first.end >= second.start:
            continue
        between = sentence.words(first.end, second.start)
        if (
            len(between.split()) <= 8
            and re.search(r"(?i)\b(?:and|along with|as well as|plus)\b|,", between)
            and not _PART.search(between)
        ):
            return True
    return False


def _is_added(sentence: Sentence, part: Part, of: str | None) -> bool:
    words = sentence.words(part.span.start, min(sentence.span.end, part.span.end + len(of or "") + 1))
    before = sentence.words(max(sentence.span.start, part.span.start - 40), part.span.start)
    return bool(_ADDED.search(words)) or bool(_ALSO.search(before))


_BACKGROUND = re.compile(
    r"(?i)\b(?:since (?:the|then|\d{4}|january|february|march|april|may|june|july|august|september|october|november|"
    r"december|last|early|late)|(?:so far )?this (?:year|month)|last (?:year|month)|(?:in|over|during) (?:the )?(?:past|last|recent) (?:\w+ )?(?:weeks|months?|years?|decades?)|recently\b|"
    r"each year|every year|annually|a year|years ago|months ago|weeks ago|in all of|in total since|civil war has|"
    r"has claimed more than|homicides?|statewide|nationwide|worldwide|earlier this)\b"
)
_OTHER_EVENT = re.compile(
    r"(?i)\b(?:responsible for|linked to|involved in|wanted (?:for|in)|similar (?:attack|operation|incident|raid|shooting)|"
    r"(?:previous|earlier) (?:attack|bombing|raid|strike|shooting|incident)s?)\b"
)
_LONG_BEFORE = timedelta(days=31)


def _anchor(record: Record) -> date | None:
    """The day that the report tells of: that of publication, else the first day it names."""
    if record.report.published:
        return record.report.published
    days = (t.earliest for t in record.mentions.times if t.precision == "day" and t.where == "text")
    return next((day for day in days if day), None)


def _is_background(sentence: Sentence, record: Record, anchor: date | None) -> bool:
    """Whether a sentence tells of other events than the report's own: of a campaign, of other years or months."""
    if _BACKGROUND.search(sentence.text) or _OTHER_EVENT.search(sentence.text):
        return True
    if anchor is None:
        return False
    ends = [t.latest for t in record.mentions.times if t.latest and t.type == "DATE" and sentence.holds(t)]
    return bool(ends) and all(end < anchor - _LONG_BEFORE for end in ends)


def _one(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two names may be one person's: they share the last, and the first where both have one."""
    if len(a) == 1 or len(b) == 1:
        return a[-1] == b[-1] or a[0] == b[0]
    return a[-1] == b[-1] and a[0] == b[0]
