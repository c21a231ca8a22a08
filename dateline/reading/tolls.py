"""Tolls: one number a report, of the people whom its lead incident befell, as low, best and high.

A pure function of a record. The sentences are gone through in reading order; each may say what the toll is, in counts
(the record's figures) and in single people told without a number (`victims.py`). The first count opens the toll; later
ones tell it again, make it precise ("dozens", then "32"), or add to it. What is told of other events (a campaign, other
years, "since then") is left aside. Every toll carries the figures and words that it was made of.
"""

import re
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from dateline.codes import Measure
from dateline.reading.figure_words import PERSON_MEASURES
from dateline.reading.patterns import word_set
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.reading.toll_groups import (
    GENERIC,
    Group,
    beside,
    day_of,
    groups_of,
    is_background,
    is_of_others,
    is_round_up,
    those_told_of,
)
from dateline.reading.victims import Fate, Victim, find_victims, tells_a_fate
from dateline.reading.words import Sentence
from dateline.record import Figure, Part, Record


class Toll(Struct, frozen=True, kw_only=True):
    """How many people the lead incident of a report befell: at least `low`, most likely `best`, at most `high`.

    `low` or `high` is null where the report leaves that side open. The rest says where it comes from: `figures` and
    `victims` (words for one person each) that were summed, and the ids of the claims whose figures or sentences they
    are.
    """

    measure: Measure
    low: float | None
    best: float
    high: float | None
    figures: tuple[Figure, ...] = ()
    victims: tuple[Part, ...] = ()
    claims: tuple[str, ...] = ()


# What befell single people under each measure; people without a number are not told for the others.
_FATES: dict[Measure, tuple[Fate, ...]] = {
    "killed": ("killed",), "wounded": ("wounded", "shot"), "detained": ("detained",)
}  # fmt: skip
_TAGGED: frozenset[Measure] = frozenset(_FATES)  # the measures that need the single people, and so the tags
# Captures are told group by group, deaths as totals: only the former grow from one sentence to the next. Of the killed
# and wounded, the first sentence that tells of single people tells of all of them; later ones tell them again.
_GROWS: frozenset[Measure] = frozenset(("detained",))
_TELLING_AGAIN = 2.0  # times: a count beyond this factor of the toll is of something else
_OTHERS = 4  # times: a count this far above the single people told of before is of other events
_SMALL = 2  # a count of two may be of fewer than are named; larger counts hold


# After a toll is told, words of remembrance ("three have lost their lives here this year") mostly count others as well.
_REMEMBERS = re.compile(r"\b(?:lost|lose|loses|losing) (?:their|his|her) (?:lives|life)\b", re.IGNORECASE)


def toll(record: Record, measure: Measure) -> Toll | None:
    """The toll of one measure; None where the report says nothing of it, best 0 where it says that there is none."""
    return tolls(record, (measure,))[measure]


def tolls(
    record: Record, measures: Sequence[Measure], *, sentences: Sequence[Sentence] | None = None
) -> dict[Measure, Toll | None]:
    """The toll of each measure, in their order: the text is split and tagged once for all of them.

    Args:
        sentences: those of the report (`split` of it without what was left out), where the caller has them already.
    """
    if sentences is None:
        sentences = split(record.report, record.left_out)
    telling = _Telling(record, sentences, _victims(sentences) if _TAGGED.intersection(measures) else ())
    return {measure: telling.toll(measure) for measure in measures}


def _victims(sentences: Sequence[Sentence]) -> tuple[Victim, ...]:
    """Those told of one by one. Tagging is nearly all that a toll costs, so only what may tell of one is tagged."""
    return find_victims(tag([sentence for sentence in sentences if tells_a_fate(sentence)]))


class _Telling:
    """What a report tells of tolls, gone through once for each measure."""

    def __init__(self, record: Record, sentences: Sequence[Sentence], victims: Sequence[Victim]) -> None:
        self._record, self._sentences, self._victims = record, sentences, victims
        self._day = day_of(record)
        self._killed: Toll | None = None
        self._killed_known = False

    def toll(self, measure: Measure) -> Toll | None:
        if measure == "wounded":
            return self._wounded()
        if measure == "killed":
            return self._dead()
        return self._counted(measure, self._of(measure))

    def _of(self, measure: Measure) -> list[Victim]:
        return [victim for victim in self._victims if victim.fate in _FATES.get(measure, ())]

    def _dead(self) -> Toll | None:
        """The toll of the killed, which the wounded are told by as well."""
        if not self._killed_known:
            self._killed, self._killed_known = self._counted("killed", self._of("killed")), True
        return self._killed

    def _counted(self, measure: Measure, victims: Sequence[Victim]) -> Toll | None:
        record = self._record
        figures = [f for f in record.mentions.figures if f.measure == measure and not f.superseded]
        earlier = [f for f in record.mentions.figures if f.measure in PERSON_MEASURES and f.part_of is None]
        running: _Running | None = None  # first the sum of several incidents, where told; then the lead one alone
        updated = False
        for sentence in self._sentences:
            updated = updated or sentence.text.startswith("UPDATE")
            if running is not None and _REMEMBERS.search(sentence.text):
                continue
            groups = groups_of(sentence, figures, victims)
            if all(not g.counted for g in groups):
                groups = those_told_of(sentence, earlier, measure) or groups
            if groups and not is_background(sentence, record.mentions.times, self._day):
                if running is None or (running.sums_up and not is_round_up(sentence)):
                    running = _Running(grows=measure in _GROWS, sums_up=is_round_up(sentence))
                if running.sums_up or not is_round_up(sentence):
                    running.updated = updated
                    running.tell(groups)
        return running.toll(measure, record) if running else None

    def _wounded(self) -> Toll | None:
        """The wounded, told as such or as those who were shot and did not die: "five people shot, one fatally"."""
        dead = self._dead()
        lost = dead.best if dead else 0
        hurt = self._counted("wounded", _survivors(self._victims, self._of("killed")))
        hit = self._counted("casualties", ())
        if hurt is not None and any(f.low != 1 for f in hurt.figures):
            return _rest(hit, dead) if hit is not None and _among(hurt, hit, lost) else hurt
        if hurt is not None and hurt.victims and not hurt.figures and not self._told_as_hurt(hurt):
            hurt = _less(hurt, lost)  # all told is that they were shot: the dead are among them
        rest = hit.best - lost if hit is not None and hit.best > 1 else 0
        if hit is not None and rest > 0 and rest >= (hurt.best if hurt else 0):
            return _rest(hit, dead)
        return hurt

    def _told_as_hurt(self, hurt: Toll) -> bool:
        """Whether any of them is told of as wounded, and not only as shot."""
        told = {victim.part.span for victim in self._victims if victim.fate == "wounded"}
        told |= {figure.span for figure in self._record.mentions.figures if figure.measure == "wounded"}
        return any(part.span in told for part in hurt.victims)


def _among(hurt: Toll, hit: Toll, lost: float) -> bool:
    """Whether those told of as hurt are among those shot, told of before: "four shot, two critically injured"."""
    if not hit.figures or any(is_of_others(figure) for figure in hit.figures):
        return False
    rest = hit.best - lost
    return _place(hit) < _place(hurt) and hurt.best < rest <= _TELLING_AGAIN * hurt.best


def _place(told: Toll) -> tuple[bool, int]:
    """Where a toll is first told, the title first."""
    return min((figure.where != "title", figure.span.start) for figure in told.figures)


def _rest(hit: Toll, dead: Toll | None) -> Toll:
    """Those shot less the dead."""
    if any(is_of_others(figure) for figure in hit.figures):
        return msgspec.structs.replace(hit, measure="wounded")  # "one dead, three others shot"
    rest = hit.best - (dead.best if dead else 0)
    figures = (*hit.figures, *(dead.figures if dead else ()))
    return Toll(measure="wounded", low=rest, best=rest, high=rest, figures=figures, claims=hit.claims)


def _less(toll: Toll, dead: float) -> Toll | None:
    rest = toll.best - dead
    return msgspec.structs.replace(toll, low=rest, best=rest, high=rest) if rest > 0 else None


def _survivors(victims: Sequence[Victim], dead: Sequence[Victim]) -> list[Victim]:
    """Those hurt whose death the report does not tell. Who was shot and is not named may be one of the dead."""
    kept = []
    for victim in victims:
        if victim.fate not in ("wounded", "shot"):
            continue
        if victim.name:
            if not any(d.name and same_person(victim.name, d.name) for d in dead):
                kept.append(victim)
        elif not any(_may_be(victim, d) for d in dead):
            kept.append(victim)
    return kept


def _may_be(victim: Victim, dead: Victim) -> bool:
    if victim.kind == "new" and victim.fate == "wounded" and dead.kind in ("new", "bare"):
        return bool(victim.noun == dead.noun and abs(victim.sentence - dead.sentence) <= 1)
    return {_GENDERS.get(victim.noun), _GENDERS.get(dead.noun)} != {"m", "f"}


_GENDERS: dict[str, str] = {
    **dict.fromkeys(word_set(
        "man boy father dad husband son brother boyfriend grandfather grandson uncle nephew policeman patrolman male"),
        "m"),
    **dict.fromkeys(word_set(
        "woman girl mother mom wife daughter sister girlfriend grandmother granddaughter aunt niece policewoman female "
        "lady"), "f"),
}  # fmt: skip


class _Running:
    """The toll as it stands after each sentence."""

    def __init__(self, *, grows: bool, sums_up: bool) -> None:
        self._grows = grows
        self.sums_up = sums_up  # whether all that it is told of are sums of several incidents
        self.updated = False  # whether an "UPDATE" of the report was reached
        self._whole: list[Group] = []  # the counts of the sentence that opened the toll
        self._with_whole = 0  # single people told beside them
        self._extra: list[Group] = []
        self._parts: list[Group] = []  # of a vague count: what was told after it as "killing four"
        self._again: list[tuple[float | None, float, float | None]] = []  # later tellings
        self._names: list[tuple[str, ...]] = []
        self._unnamed = 0  # single people told of and not named as yet
        self._none = False  # whether some sentence says that there are none
        self._self = 0  # one who did it to himself
        self._self_beside = False  # whether a count is told as of those killed before he killed himself
        self._singles_told = False
        self._sentences = 0  # that told of anybody
        self._people: list[Part] = []

    def tell(self, groups: Sequence[Group]) -> None:
        self._none = self._none or any(g.counted and not g.best for g in groups)
        counts = [g for g in groups if g.counted and g.best]
        first = not (self._whole or self._names or self._unnamed or any(not g.counted for g in groups))
        told = [g for g in counts if first or not g.added]
        first_told = not self._sentences
        again = not self._whole or (bool(told) and _sum(told) == _sum(self._whole))
        if (
            told
            and again
            and any(
                _is_self(g) and "suicide" not in g.part.text.casefold() and g.part.span.start > told[0].part.span.start
                for g in groups
            )
        ):
            self._self, self._self_beside = 1, True
        ones = [g for g in groups if not g.counted]
        others = any(g.victim is not None and g.victim.beside for g in ones)
        fresh = self._single(ones) if self._grows or not self._singles_told or (others and not self._known) else 0
        if others or (first_told and any(_is_self(g) for g in ones)):
            self._self = 1
        self._singles_told = self._singles_told or not all(_is_murder_and_suicide(g) for g in ones)
        if told and not self._whole and self._sentences > 1 and _sum(told)[1] > _OTHERS * self._known:
            told = counts = []  # one man's death told at length, then a count of many: of other events
        self._sentences += 1
        if told and not self._whole:
            self._whole, self._with_whole = counts, max(fresh, _beside_counts(ones))
            self._extra = [g for g in self._extra if all((g.low, g.high) != (w.low, w.high) for w in counts)]
        elif told:
            self._again.append(_sum(told))
            if self._is_part_of(told):
                self._whole, self._with_whole, self._self_beside = told, 0, False  # of all, who did it among them
            if self._in_parts(told):
                self._whole = [*self._parts]
            elif self.updated and _is_open(self._whole) and _sum(told)[1] > _sum(self._whole)[1]:
                self._whole = told if _near(_sum(self._whole), _sum(told)) else self._whole
            elif _is_vague(self._whole) and not _is_vague(told) and _near(_sum(self._whole), _sum(told)):
                self._whole = told
        else:
            self._extra += [g for g in counts if self._adds(g)]

    @property
    def _known(self) -> int:
        return len(self._names) + self._unnamed

    def _is_part_of(self, told: Sequence[Group]) -> bool:
        """ "two children" in the headline, then "three people": the later count is of all, the first of some."""
        (first, *_), (later, *_) = self._whole, told
        nouns = [(g.figure.of or "").lower().split()[-1:] if g.figure else [] for g in (first, later)]
        some = bool(nouns[0]) and nouns[0][0] not in GENERIC and bool(nouns[1]) and nouns[1][0] in GENERIC
        return some and _sum(told)[1] > _sum(self._whole)[1] and _near(_sum(self._whole), _sum(told))

    def _in_parts(self, told: Sequence[Group]) -> bool:
        """ "killed several. … killing four. … killing 11": what was summed up is told in parts, one after the other."""
        if not (self._parts or _is_vague(self._whole)) or not all(g.active for g in told) or len(told) != 1:
            return False
        if self._parts and any((g.low, g.high) == (told[0].low, told[0].high) for g in self._parts):
            return False
        self._parts.append(told[0])
        return len(self._parts) > 1

    def _adds(self, group: Group) -> bool:
        """Whether a count that says it is of others ("two more") adds to the toll, and does not tell of it again."""
        again = [g for g in self._whole if g.added or g.high is None]
        if any((group.low, group.high) == (g.low, g.high) for g in (*self._extra, *again)):
            return False
        if not self._whole:
            return True
        first = self._whole[0].figure
        if not self._grows or first is None or group.figure is None:
            return False
        return beside(first, group.figure, by_noun=True)

    def _single(self, groups: Sequence[Group]) -> int:
        """Take in single people; how many of them were not told of before. A new name is somebody told of before, if
        there is one without a name; somebody without a name in a later sentence is, unless it is "another"."""
        before = len(self._names) + self._unnamed
        named = unnamed = 0
        for group in groups:
            victim = group.victim
            if _is_self(group):
                continue
            if victim is not None and victim.name:
                named += 1
                if not any(same_person(victim.name, name) for name in self._names):
                    self._names.append(victim.name)
                    self._people.append(group.part)
                    self._unnamed -= self._unnamed > 0
            elif victim is not None and victim.kind in ("pronoun", "known"):
                if not self._names and not self._unnamed:
                    unnamed = max(unnamed, 1)
                    self._people.append(group.part)
            elif group.added and before:
                self._unnamed += 1
                self._people.append(group.part)
            else:
                unnamed += 1
                self._people.append(group.part)
        self._unnamed = max(self._unnamed, unnamed + named - len(self._names))
        return len(self._names) + self._unnamed - before

    def toll(self, measure: Measure, record: Record) -> Toll | None:
        people = len(self._names) + self._unnamed + self._self
        if not (self._whole or self._extra or people):
            return Toll(measure=measure, low=0, best=0, high=0) if self._none else None
        self_too = self._self * (self._self_beside or self._leaves_self_out())
        told = _plus(_sum(self._whole), self._with_whole + self_too)
        counts = [*self._whole, *self._extra]
        if self._whole and not (told[1] <= _SMALL and people > told[1]):
            low, best, high = told if self._extra else self._spread(told)
        else:
            low, best, high, counts = people, people, people, self._extra
        more = _sum(self._extra)
        low, high = (None if a is None or b is None else a + b for a, b in ((low, more[0]), (high, more[2])))
        figures = tuple(g.figure for g in counts if g.figure is not None)
        return Toll(
            measure=measure, low=low, best=best + more[1], high=high, figures=figures, victims=tuple(self._people),
            claims=_claims(record, (*figures, *self._people)),
        )  # fmt: skip

    def _leaves_self_out(self) -> bool:
        """ "two children were killed" in a murder and suicide: who did it is not among the children."""
        if not self._whole:
            return False
        noun = (self._whole[0].figure.of or "").lower().split()[-1:] if self._whole[0].figure else []
        return bool(noun) and noun[0] not in GENERIC

    def _spread(self, told: tuple[float | None, float, float | None]) -> tuple[float | None, float, float | None]:
        """From the lowest to the highest of what several sources say of one toll."""
        low, best, high = told
        for other in self._again:
            if _near(told, other):
                low = None if low is None else min(low, other[1])
                high = None if high is None else max(high, other[1])
        if high is None and low is not None and low < best:
            high = best  # "at least 18" beside a lower toll: from that to this
        return low, best, high


def _is_self(group: Group) -> bool:
    """Whether somebody did it to himself: told of apart from those told of as killed."""
    return group.victim is not None and group.victim.kind == "self"


def _is_murder_and_suicide(group: Group) -> bool:
    """ "a murder-suicide": that there are others as well, told of later."""
    return _is_self(group) and "murder" in group.part.text.casefold()


def _beside_counts(ones: Sequence[Group]) -> int:
    """How many single people a sentence tells of beside its counts; by what he did to himself one is told of apart."""
    return sum(1 for g in ones if g.victim is None or g.victim.kind not in ("self", "pronoun"))


def _plus(told: tuple[float | None, float, float | None], more: int) -> tuple[float | None, float, float | None]:
    low, best, high = told
    return None if low is None else low + more, best + more, None if high is None else high + more


def _sum(groups: Sequence[Group]) -> tuple[float | None, float, float | None]:
    lows, highs = [g.low for g in groups], [g.high for g in groups]
    low = None if None in lows else sum(side for side in lows if side is not None)
    high = None if None in highs else sum(side for side in highs if side is not None)
    return low, sum(g.best for g in groups), high


def _is_vague(groups: Sequence[Group]) -> bool:
    """ "dozens", "several": counts that a number may make precise."""
    return all(g.figure is not None and g.low != g.high and g.figure.qualifier in (None, "vague") for g in groups)


def _is_open(groups: Sequence[Group]) -> bool:
    """ "more than 10": a later count of 15 says how many more."""
    return all(g.figure is not None and g.figure.qualifier == "at_least" for g in groups)


def _near(told: tuple[float | None, float, float | None], other: tuple[float | None, float, float | None]) -> bool:
    """Whether a count may tell the same toll: within a factor of it; "several" may be any number from three on."""
    low, best, high = told
    if low == _SEVERAL and high is None:
        return other[1] >= low
    least, most = low if low is not None else best, high if high is not None else best
    return least / _TELLING_AGAIN <= other[1] <= _TELLING_AGAIN * most


_SEVERAL = 3  # the low bound of "several", "a number of", "multiple" (record.md)


def _claims(record: Record, parts: Sequence[Part]) -> tuple[str, ...]:
    return tuple(
        claim.id
        for claim in record.claims
        if any(part.where == claim.quote.where and claim.quote.span.holds(part.span) for part in parts)
    )


def same_person(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two names may be one person's: they share the last, and the first where both have one."""
    if len(a) == 1 or len(b) == 1:
        return a[-1] == b[-1] or a[0].startswith(b[0]) or b[0].startswith(a[0])
    return a[-1] == b[-1] and a[0] == b[0]
