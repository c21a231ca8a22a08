"""Which reports repeat another one: exact, near, excerpt, rewrite.

Two reports are compared without the furniture of either outlet (`furniture.py`). What they share is measured twice:

- `shared`: how many of the sampled fingerprints (five words in a row) of the one with fewer stand in the other. It
  beats their resemblance where the one is an excerpt of the other.
- `held`: each sentence of the shorter report beside that of the longer which has most of its telling words; the share
  of its words that are found so. It outlives a desk that changes every phrase.

A copy holds its original's words, or its sentences with the same names and numbers in the same order. The same named
source in both says nothing (every report of a war has it); what the source is quoted as saying does, since those are
words like others.

`copy_of` is a pure function of two briefs and the standing sentences; `copy_keys` are what an index keeps of each
report, so that it is asked only of pairs that share some.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import Any

from dateline.incidents.credits import same_house
from dateline.incidents.furniture import NONE, standing_of
from dateline.incidents.types import Brief, Copy, CopyKind
from dateline.incidents.wording import hashed

SHARED = 0.5  # of the fingerprints: a copy by its words alone
HELD = 0.6  # of the words, sentence by sentence: a copy, where the facts follow one another as well
FACTS = 0.3  # of the pairs of facts that follow one another
LOOK = 0.1  # of the fingerprints or of the pairs of facts: less is not worth comparing sentence by sentence
SAME = 0.97  # of the fingerprints, both ways: nothing was changed but letters
WHOLE = 0.6  # of the longer one's words: a shorter copy is an excerpt
REWRITTEN = 0.4  # of the fingerprints: a copy that shares less was written anew
FEW = 6  # fingerprints: a report of fewer is a line or two, which chance shares
DAYS = 5  # between rewrites and between reports of a few lines: news is written anew while it is news
FEWEST_KEYS = 3  # that two reports share before they are compared
COMMON = 60  # reports that hold a key: a key that more hold tells nothing
MOST = 40  # candidates of a report, those that share most keys

_LIKE = 0.4  # of a sentence's words: a sentence that shares less is another sentence
_SENTENCE = 4  # telling words of the shortest sentence that is looked for


class Wording:
    """A brief without furniture, as it is compared: made once a report and standing sentences."""

    def __init__(self, brief: Brief, standing: frozenset[int] = NONE) -> None:
        kept = [at for at, sentence in enumerate(brief.sentences) if sentence not in standing]
        self.brief = brief
        self.kept = kept
        self.prints = frozenset(each for at in kept for each in brief.prints[at])

    @cached_property
    def terms(self) -> list[frozenset[str]]:
        """The telling words of each sentence long enough to be looked for."""
        made = (frozenset(self.brief.terms[at]) for at in self.kept)
        return [words for words in made if len(words) >= _SENTENCE]

    @cached_property
    def words(self) -> int:
        return sum(map(len, self.terms))

    @cached_property
    def facts(self) -> frozenset[tuple[str, str]]:
        """The pairs of facts that follow one another."""
        return frozenset(pairwise(self.brief.facts))

    @cached_property
    def sentences(self) -> frozenset[int]:
        return frozenset(self.brief.sentences[at] for at in self.kept)


def copy_of(a: Brief, b: Brief, standing: frozenset[int] = NONE) -> Copy | None:
    """The later of two reports as a copy of the other; None where neither is.

    Args:
        standing: the standing sentences of both outlets.
    """
    return compared(Wording(a, standing), Wording(b, standing))


def compared(a: Wording, b: Wording) -> Copy | None:
    """The same for two reports whose furniture is gone."""
    shared = _share(a.prints, b.prints)
    facts = _share(a.facts, b.facts)
    if max(shared, facts) < LOOK:
        return None
    held = _held(a, b)
    kind = _kind(a, b, shared, facts, held)
    if kind is None:
        return None
    original, copy = sorted((a.brief, b.brief), key=lambda one: _before(one, b.brief if one is a.brief else a.brief))
    score = held if kind == "rewrite" else max(shared, held)
    return Copy(original=original.id, copy=copy.id, kind=kind, score=round(score, 3))


def copy_keys(brief: Brief, standing: frozenset[int] = NONE) -> tuple[int, ...]:
    """What an index keeps of a report: two reports that share fewer than `FEWEST_KEYS` are no copies.

    The sampled fingerprints, and one for each pair of facts that follow one another, sampled alike: a rewrite has few
    of the first left.
    """
    wording = Wording(brief, standing)
    pairs = (hashed(f"{one}\x1f{two}") for one, two in wording.facts if one != two)
    return tuple(sorted({*wording.prints, *pairs}))


def copies_among(
    briefs: Iterable[Brief], standing: Mapping[str | None, frozenset[int]] | None = None
) -> Iterator[Copy]:
    """All copies of a ledger, from nothing, each pair once."""
    index = Index(standing if standing is not None else standing_of(briefs := list(briefs)))
    for brief in briefs:
        yield from index.add(brief)


class Index:
    """The reports seen so far, in memory: a report coming in is compared with those that share keys with it."""

    def __init__(self, standing: Mapping[str | None, frozenset[int]] | None = None) -> None:
        self.standing = dict(standing or {})
        self._briefs: dict[str, Brief] = {}
        self._wordings: dict[str, Wording] = {}
        self._holders: dict[int, list[str]] = {}

    def add(self, brief: Brief) -> list[Copy]:
        """The copies that a report makes with those before it; it is one of them from now on."""
        found = self.copies(brief)
        self._briefs[brief.id] = brief
        for key in copy_keys(brief, self.standing.get(brief.outlet, NONE)):
            self._holders.setdefault(key, []).append(brief.id)
        return found

    def copies(self, brief: Brief) -> list[Copy]:
        """The copies that a report makes with those before it."""
        made = (self._compared(brief, self._briefs[other]) for other in self.candidates(brief))
        return [copy for copy in made if copy is not None]

    def candidates(self, brief: Brief) -> list[str]:
        """The reports that share enough keys with one, most first."""
        counted: dict[str, int] = {}
        for key in copy_keys(brief, self.standing.get(brief.outlet, NONE)):
            holders = self._holders.get(key, ())
            if len(holders) <= COMMON:
                for other in holders:
                    counted[other] = counted.get(other, 0) + 1
        counted.pop(brief.id, None)
        enough = [other for other, count in counted.items() if count >= FEWEST_KEYS]
        return sorted(enough, key=lambda other: (-counted[other], other))[:MOST]

    def _compared(self, brief: Brief, other: Brief) -> Copy | None:
        standing = self.standing.get(brief.outlet, NONE) | self.standing.get(other.outlet, NONE)
        return copy_of(brief, other, standing)


def _kind(a: Wording, b: Wording, shared: float, facts: float, held: float) -> CopyKind | None:
    fewest = min(len(a.prints), len(b.prints))
    near_in_time = abs((a.brief.known - b.brief.known).days) <= DAYS
    by_words = shared >= SHARED and (fewest >= FEW or (near_in_time and held >= HELD))
    by_facts = held >= HELD and facts >= FACTS and near_in_time
    if not (by_words or by_facts):
        return None
    if a.sentences == b.sentences or _resemblance(a.prints, b.prints) >= SAME:
        return "exact"
    if shared < REWRITTEN:
        return "rewrite"
    return "near" if min(a.words, b.words) >= WHOLE * max(a.words, b.words) else "excerpt"


def _held(a: Wording, b: Wording) -> float:
    """The share of the shorter one's telling words that stand in sentences like its own in the longer one."""
    short, long = sorted((a, b), key=lambda one: one.words)
    if not short.words:
        return 0.0
    found = 0.0
    for sentence in short.terms:
        # Against the half of a longer sentence, so that a round-up of a hundred words does not hold everything.
        best = max((len(sentence & other) / max(len(sentence), len(other) / 2) for other in long.terms), default=0.0)
        found += len(sentence) * best if best >= _LIKE else 0.0
    return found / short.words


def _before(brief: Brief, other: Brief) -> tuple[int, bool, int, str]:
    """What puts one of two reports first: the day it was known, whose credit the other bears, length, id."""
    credited = brief.outlet is not None and any(same_house(name, brief.outlet) for name in other.credits)
    return (brief.known.toordinal(), not credited, -brief.length, brief.id)


def _share(a: frozenset[Any], b: frozenset[Any]) -> float:
    shorter = min(len(a), len(b))
    return len(a & b) / shorter if shorter else 0.0


def _resemblance(a: frozenset[int], b: frozenset[int]) -> float:
    either = len(a | b)
    return len(a & b) / either if either else 0.0
