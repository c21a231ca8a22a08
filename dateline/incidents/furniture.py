"""What an outlet repeats over different stories: standing paragraphs, the furniture of its pages, formulas.

A sentence *stands* with an outlet when at least `FEWEST` of its reports hold it that came on different days and tell
different things. Two reports of one outlet tell different things when their titles share less than half of their words
and they share no more than half of their sentences; a week apart, when their titles alone differ, since a page that is
nearly all furniture shares most of its sentences with the next one. So the updates of one story, however many, count
once, and a story's own sentences never become furniture by being carried on.

All here is pure. The shelf keeps which reports of an outlet hold each sentence, so that a report coming in is asked
about its own sentences alone (reconcile.py).
"""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from dateline.incidents.types import Brief
from dateline.incidents.wording import telling_words

FEWEST = 3  # reports that tell different things, each on a day of its own
APART = 7  # days after which one story is no longer told under another title with the same sentences
_SHARED = 0.5  # of the sentences of the shorter one: two reports that share more are one story
_ALIKE = 0.5  # of the words of the shorter title


class Holding(Struct, frozen=True):
    """A report as its outlet's furniture sees it."""

    report: str
    known: date
    title: frozenset[str]
    sentences: frozenset[int]


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
