"""What one sentence says of a toll: the people it counts, and single people it tells of without a number.

Counts joined in one clause are of different people where their nouns differ ("three soldiers and five rebels") or the
later one says so ("two others"); else the first is the whole and the rest its parts. Single people are besides a count
where they are joined to it ("a commander and three fighters"), else among it.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from dateline.codes import Measure
from dateline.reading.patterns import word_set
from dateline.reading.victims import Victim
from dateline.reading.words import Sentence
from dateline.record import Figure, Part, Period, Record


class Group(Struct, frozen=True, kw_only=True):
    """Some people of one sentence. Exactly one of `figure` and `victim` is given."""

    part: Part
    low: float | None
    best: float
    high: float | None
    added: bool  # the words say that they are besides those told of before: "two others", "also"
    figure: Figure | None = None
    victim: Victim | None = None
    active: bool = False  # told as what somebody did in the course of the report: "…, killing four"

    @property
    def counted(self) -> bool:
        """Whether it is a count of more than one, or of none: "a man" is a single person told of, like a name."""
        return self.figure is not None and self.best != 1


_ADDED = re.compile(r"(?i)\b(?:others?|another|additional|more|further|second|third|fourth|fifth)\b(?! than)")
_ALSO = re.compile(r"(?i)\b(?:also|additionally)\b")
_ALSO_BEFALL = re.compile(r"(?i)(?: [\w'-]+){0,4} (?:was|were) (?:also|\w+ as well)\b")
_PARTS_FOLLOW = re.compile(r"(?i)\b(?:including|among|of (?:whom|them|those)|one of|identified as)\b|:")
_CLAUSE_END = re.compile(r"[.;:]|\b(?:while|when|after|before)\b")
_JOINT = re.compile(r"(?i)\b(?:and|along with|together with|as well as|plus)\b|,")
_NAME_AND = re.compile(r"(?i)\s*(?:,? and|,? along with|,? together with|,? as well as)(?: at least)?\s+")
_WITH_OTHERS = re.compile(r"(?i)\bwith [\w-]+ (?:others?|of (?:his|her|their))\b")
_FREED = re.compile(r"(?i)\b(?:freed|released|freeing|releasing|rescued)\b")
_ALSO_REACH = 40  # characters before a count in which "also" stands by its verb
_COUNT_REACH = 10  # words between two counts of one clause
_SINGLE_REACH = 8  # the same for a count and a single person
_KNOWN_REACH = 3
# Nouns that say no more of people than that they are people: what is counted after them may be among them.
GENERIC = word_set("people persons person dead deaths victims bodies killed fatalities casualties lives")


def groups_of(sentence: Sentence, figures: Sequence[Figure], victims: Sequence[Victim]) -> list[Group]:
    """The people that a sentence tells of, in reading order, those that are part of others left out."""
    made: list[Group] = []
    for figure in figures:
        best = figure.low if figure.low is not None else figure.high
        if not sentence.holds(figure) or figure.part_of is not None or best is None:
            continue
        if _let_go(sentence, figure) or _is_aim(sentence, figure):
            continue
        before = next((g for g in reversed(made) if g.counted), None)
        if before is None or _stands_beside(sentence, before, figure):
            made.append(
                Group(part=figure, low=figure.low, best=best, high=figure.high, figure=figure,
                      added=_is_added(sentence, figure, figure.of), active=_is_done(sentence, figure))
            )  # fmt: skip
    counts = [g for g in made if g.counted]
    for victim in victims:
        if victim.sentence != sentence.index or _is_aim(sentence, victim.part) or any(_names(g, victim) for g in made):
            continue
        if not counts or victim.kind == "self" or any(_joined(sentence, g.part, victim) for g in counts):
            made.append(
                Group(part=victim.part, low=1, best=1, high=1, victim=victim,
                      added=_is_added(sentence, victim.part, None))
            )  # fmt: skip
    return sorted(made, key=lambda g: g.part.span)


_BEFALLEN: dict[Measure, str] = {
    "killed": "kill(?:ed|ing)", "wounded": "(?:wound|injur)(?:ed|ing)",
    "detained": "(?:detain|captur|arrest)(?:ed|ing)",
}  # fmt: skip
_THOSE = {
    measure: re.compile(
        rf"(?i)\bthe (?P<a>[\w-]+(?: [\w-]+){{0,3}})(?:, [^,.;]{{1,60}},)? (?:were|have been|are) "
        rf"(?:all |both |also |later |then )*{verb}\b|"
        rf"\b(?<!was )(?<!were ){verb} (?:(?:all|both) of )?them\b|\b(?:all|both) (?:of them )?were {verb}\b|"
        rf"\b(?<!was )(?<!were ){verb} (?:all )?the (?P<b>[\w-]+(?: [\w-]+){{0,3}})"
    )
    for measure, verb in _BEFALLEN.items()
}


_THEM_REACH = 250  # characters: "them" are those counted in this sentence or the one before


def those_told_of(sentence: Sentence, earlier: Sequence[Figure], measure: Measure) -> list[Group]:
    """ "Three gunmen opened fire. … The gunmen were killed.": a count from before of those whom something befell."""
    found = _THOSE[measure].search(sentence.text) if measure in _THOSE else None
    if found is None:
        return []
    words = (found["a"] or found["b"] or "").lower().split()
    place = sentence.span.start + found.start()
    for figure in reversed(earlier):
        if figure.where != sentence.where or figure.span.start >= place:
            continue
        if not words and figure.span.start < sentence.span.start - _THEM_REACH:
            break
        noun = (figure.of or "").lower().split()[-1:]
        if noun and (not words or noun[0] in words):
            best = figure.low if figure.low is not None else figure.high
            if best is not None and best > 1:
                return [Group(part=figure, low=figure.low, best=best, high=figure.high, added=False, figure=figure)]
    return []


def _let_go(sentence: Sentence, figure: Figure) -> bool:
    """ "ten hostages freed": `detained` covers release as well (record.md), which adds nobody to a toll."""
    reach = figure.span.end + len(figure.of or "") + 16
    return figure.measure == "detained" and bool(
        _FREED.search(sentence.words(figure.span.start, sentence.span.end)[: reach - figure.span.start])
    )


_AIM = re.compile(r"(?i)\bto (?:detain|arrest|capture|apprehend|kill|target|find)(?: or \w+)?(?: the)?\s+$")


_DONE = re.compile(r"(?i)\bkilling (?:all )?$")


def _is_done(sentence: Sentence, figure: Figure) -> bool:
    return bool(_DONE.search(sentence.words(sentence.span.start, figure.span.start)))


def _is_aim(sentence: Sentence, part: Part) -> bool:
    """ "a search to detain the two": what was meant to be done is no toll."""
    return bool(_AIM.search(sentence.words(sentence.span.start, part.span.start)))


def _stands_beside(sentence: Sentence, before: Group, figure: Figure) -> bool:
    between = sentence.words(before.part.span.end, figure.span.start)
    if len(between.split()) > _COUNT_REACH or _PARTS_FOLLOW.search(between) or _CLAUSE_END.search(between):
        return False
    return before.figure is not None and beside(before.figure, figure)


def beside(whole: Figure, figure: Figure, *, by_noun: bool = False) -> bool:
    """Whether a count is of people besides those counted before: "three soldiers and five rebels", "two others".

    `by_noun`: only different nouns tell.
    """
    if (whole.low, whole.high, whole.of) == (figure.low, figure.high, figure.of):
        return False
    if not by_noun and is_of_others(figure):
        return True
    first, second = ((f.of or "").lower().split()[-1:] for f in (whole, figure))
    return bool(first and second) and first != second and first[0] not in GENERIC


def is_of_others(figure: Figure) -> bool:
    """ "three others", "two more people": besides somebody told of before."""
    return bool(_ADDED.search(f"{figure.text} {figure.of or ''}"))


def _names(group: Group, victim: Victim) -> bool:
    """Whether a single person is the one that a count's words tell of: "a man", "one insurgent"."""
    of = group.figure.of if group.figure else None
    end = group.part.span.end + (len(of) + 2 if of and not group.part.text.endswith(of) else 0)
    return group.part.span.start < victim.part.span.end and victim.part.span.start < end


def _joined(sentence: Sentence, count: Part, victim: Victim) -> bool:
    if victim.kind == "pronoun":
        return False
    if victim.kind == "name":  # "Abel Karim and two of his guards"; not "two guards, Abel Karim and …"
        if victim.part.span.end >= count.span.start:
            return False
        between = sentence.words(victim.part.span.end, count.span.start)
        others = sentence.words(victim.part.span.end, min(sentence.span.end, count.span.end + 8))
        return bool(_NAME_AND.fullmatch(between) or _WITH_OTHERS.search(others))
    first, second = sorted((count.span, victim.part.span))
    if first.end >= second.start:
        return False
    between = sentence.words(first.end, second.start)
    joint = _JOINT.search(between) or _WITH_OTHERS.search(
        f"{between}{sentence.words(second.start, min(sentence.span.end, second.end + 8))}"
    )
    return len(between.split()) <= _SINGLE_REACH and bool(joint) and not _PARTS_FOLLOW.search(between)


def _is_added(sentence: Sentence, part: Part, of: str | None) -> bool:
    words = sentence.words(part.span.start, min(sentence.span.end, part.span.end + len(of or "") + 1))
    before = sentence.words(max(sentence.span.start, part.span.start - _ALSO_REACH), part.span.start)
    after = sentence.words(part.span.end, sentence.span.end)
    return bool(_ADDED.search(words) or _ALSO.search(before) or _ALSO_BEFALL.match(after))


# --- what is not the lead incident -----------------------------------------------------------------------------------

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_CAMPAIGN = re.compile(
    rf"(?i)\b(?:since (?:the|then|\d{{4}}|{_MONTHS}|last|early|late)|(?:so far )?this (?:year|month)|"
    r"last (?:year|month)|"
    r"(?:in|over|during) (?:the )?(?:past|last|recent) (?:\w+ )?(?:weeks|months?|years?|decades?)|recently|"
    r"(?:each|every) year|annually|a year|(?:years|months|weeks) ago|in all of|civil war has|homicides?|statewide|"
    r"nationwide|worldwide|earlier this)\b"
)
_OTHER_EVENT = re.compile(
    r"(?i)\b(?:linked to (?:an?|the|several) (?:[\w-]+ ){0,4}attacks?|"
    r"(?:similar|previous|earlier) (?:[\w-]+ ){0,2}(?:attack|operation|incident|raid|shooting|bombing|strike)s?|"
    r"prior to (?:his|her|their) (?:arrest|capture|detention|death)|"
    r"(?:assisted|participated|took part) in (?:an?|the|several|multiple|numerous) (?:[\w-]+ ){0,3}"
    r"(?:assassination|kidnapping|killing|attack|ambush|bombing)s?)\b"
)
_ROUND_UP = re.compile(
    r"(?i)\b(?:(?:separate|unrelated) (?:[\w-]+ ){0,5}(?:operations|incidents|shootings|attacks)|"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|\d+) (?:[\w-]+ ){0,2}(?:operations|incidents)|"
    r"operations in [\w'-]+(?:, [\w'-]+)*,? and [\w'-]+ provinces)\b"
)
_LONG_BEFORE = timedelta(days=31)


def day_of(record: Record) -> date | None:
    """The day that the report tells of: that of publication, else the first day it names."""
    if record.report.published:
        return record.report.published
    days = (t.earliest for t in record.mentions.times if t.precision == "day" and t.where == "text")
    return next((day for day in days if day), None)


def is_round_up(sentence: Sentence) -> bool:
    """ "killed in separate shootings", "detained during four operations": the sum of several incidents."""
    return bool(_ROUND_UP.search(sentence.text))


def is_background(sentence: Sentence, times: Sequence[Period], day: date | None) -> bool:
    """Whether a sentence tells of other events than the report's own: of a campaign, of other years or months."""
    if _CAMPAIGN.search(sentence.text) or _OTHER_EVENT.search(sentence.text):
        return True
    if day is None:
        return False
    ends = [t.latest for t in times if t.latest and t.type == "DATE" and sentence.holds(t)]
    return bool(ends) and all(end < day - _LONG_BEFORE for end in ends)
