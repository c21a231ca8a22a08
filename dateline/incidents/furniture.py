"""What an outlet repeats over different stories: standing paragraphs, the furniture of its pages, formulas.

A sentence *stands* with an outlet when at least `FEWEST` of its reports hold it that came on different days and tell
different things. Two reports of one outlet tell different things when their titles share less than half of their words
and they share no more than half of their sentences; a week apart, when their titles alone differ, since a page that is
nearly all furniture shares most of its sentences with the next one. So the updates of one story, however many, count
once, and a story's own sentences never become furniture by being carried on.

All here is pure. A store keeps, for each outlet and each sentence, the `Holding` of each report that holds it: what a
report coming in makes standing, or no longer so, is told by `touched`, which looks at its own sentences alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from dateline.incidents.types import Brief
from dateline.incidents.wording import telling_words

FEWEST = 3  # reports that tell different things, each on a day of its own
APART = 7  # days after which one story is no longer told under another title with the same sentences
_SHARED = 0.5  # of the sentences of the shorter one: two reports that share more are one story
_ALIKE = 0.5  # of the words of the shorter title

NONE: frozenset[int] = frozenset()


class Holding(Struct, frozen=True):
    """A report as its outlet's furniture sees it."""

    report: str
    known: date
    title: frozenset[str]
    sentences: frozenset[int]


class Touched(Struct, frozen=True):
    """What a report coming in, or going out, changes at its outlet: sentences that stand from now on, sentences that
    no longer do, and the reports whose wording is to be compared anew."""

    standing: frozenset[int]
    fallen: frozenset[int]
    reports: frozenset[str]


def holding(brief: Brief) -> Holding:
    """A brief as far as furniture needs it."""
    return Holding(brief.id, brief.known, frozenset(telling_words(brief.title or "")), frozenset(brief.sentences))


def stands(holders: Iterable[Holding]) -> bool:
    """Whether a sentence that these reports of one outlet hold is furniture of that outlet."""
    chosen: list[Holding] = []
    for each in sorted(holders, key=lambda one: (one.known, one.report)):
        if all(each.known != other.known and _different(each, other) for other in chosen):
            chosen.append(each)
            if len(chosen) == FEWEST:
                return True
    return False


def standing(holdings: Sequence[Holding]) -> frozenset[int]:
    """The sentences that stand with an outlet, from all of its reports."""
    held = holders_of(holdings)
    return frozenset(sentence for sentence, holders in held.items() if len(holders) >= FEWEST and stands(holders))


def standing_of(briefs: Iterable[Brief]) -> dict[str | None, frozenset[int]]:
    """The standing sentences of each outlet of a ledger, from nothing."""
    by_outlet: dict[str | None, list[Holding]] = {}
    for brief in briefs:
        by_outlet.setdefault(brief.outlet, []).append(holding(brief))
    # Reports of no known outlet are no house: what they share is no one's furniture.
    return {outlet: standing(held) if outlet else NONE for outlet, held in by_outlet.items()}


def holders_of(holdings: Iterable[Holding]) -> dict[int, list[Holding]]:
    """The reports that hold each sentence."""
    held: dict[int, list[Holding]] = {}
    for each in holdings:
        for sentence in each.sentences:
            held.setdefault(sentence, []).append(each)
    return held


def touched(
    change: Holding, held: Mapping[int, Sequence[Holding]], before: frozenset[int], *, left: bool = False
) -> Touched:
    """What changes at an outlet when one report comes in, or with `left` goes out.

    Args:
        change: the report.
        held: the holders of each of its sentences at the outlet, itself among them unless it left.
        before: the sentences that stood at the outlet until now; those of the report are enough.

    Returns:
        What of the report's own sentences stands now and did not, or did and does not, and the outlet's other reports
        that hold one of those.
    """
    now = {each for each in change.sentences if stands(held.get(each, ()))}
    was = change.sentences & before
    moved = now ^ was
    others = frozenset(one.report for each in moved for one in held.get(each, ()) if one.report != change.report)
    return Touched(frozenset(now - was), frozenset(was - now), others)


def _different(a: Holding, b: Holding) -> bool:
    """Whether two reports of one outlet tell different things."""
    if _share(a.title, b.title) >= _ALIKE:
        return False
    far = bool(a.title and b.title) and abs((a.known - b.known).days) >= APART
    return far or _share(a.sentences, b.sentences) <= _SHARED


def telling_share(one: str | None, other: str | None) -> float:
    """How many of the telling words of the shorter of two titles stand in the other; 0 where one has none."""
    return _share(frozenset(telling_words(one or "")), frozenset(telling_words(other or "")))


def _share(a: frozenset[str] | frozenset[int], b: frozenset[str] | frozenset[int]) -> float:
    shorter = min(len(a), len(b))
    return len(a & b) / shorter if shorter else 0.0
