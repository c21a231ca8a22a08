"""Which reports repeat another one: exact, near, excerpt, rewrite.

Two reports are compared without the furniture of either outlet (`furniture.py`). What they share is measured twice:

- `shared`: how many of the sampled fingerprints (five words in a row) of the one with fewer stand in the other. It
  beats their resemblance where the one is an excerpt of the other.
- `held`: each sentence of the shorter report beside that of the longer which has most of its telling words; the share
  of its words that are found so. It outlives a desk that changes every phrase.

A copy holds its original's words, or its sentences with the same names and numbers in the same order; sentences that
are alike and disagree on names and numbers are formulas. The same named source in both says nothing (every report of a
war has it); what the source is quoted as saying does, since those are words like others.

`copy_of` is a pure function of two briefs and the standing sentences; `copy_keys` are what an index keeps of each
report, so that it is asked only of pairs that share some.
"""

from collections import Counter
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
AGREED = 0.6  # of the facts of the sentences that are alike: formulas are alike and disagree on names and numbers
SAME = 0.97  # of the fingerprints, both ways: nothing was changed but letters
WHOLE = 0.6  # of the longer one's words: a shorter copy is an excerpt
REWRITTEN = 0.4  # of the fingerprints: a copy that shares less was written anew
FEW = 6  # fingerprints, or pairs of facts: a report of fewer is a line or two, which chance shares
DAYS = 5  # between rewrites and between reports of a few lines: news is written anew while it is news

FEWEST_KEYS = 3  # that two reports share before they are compared
LEAST_KEYS = 0.15  # of the keys of the one with fewer: the same
COMMON = 60  # reports kept under a key, the first to come: of a dispatch that all print each still meets the first
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
        self.pairs = frozenset(pairwise(fact for at in kept for fact in brief.facts[at]))

    @cached_property
    def told(self) -> list[tuple[frozenset[str], frozenset[str]]]:
        """The telling words and the facts of each sentence long enough to be looked for."""
        made = ((frozenset(self.brief.terms[at]), frozenset(self.brief.facts[at])) for at in self.kept)
        return [each for each in made if len(each[0]) >= _SENTENCE]

    @cached_property
    def words(self) -> int:
        return sum(len(words) for words, _ in self.told)

    @cached_property
    def keys(self) -> tuple[int, ...]:
        pairs = (hashed(f"{one}\x1f{two}") for one, two in self.pairs if one != two)
        return tuple(sorted({*self.prints, *pairs}))

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
    shared, pairs = _share(a.prints, b.prints), _share(a.pairs, b.pairs)
    near_in_time = abs((a.brief.known - b.brief.known).days) <= DAYS
    many_prints, many_pairs = (min(map(len, one)) >= FEW for one in ((a.prints, b.prints), (a.pairs, b.pairs)))
    by_words = shared >= SHARED and (many_prints or near_in_time)
    by_facts = pairs >= FACTS and many_pairs and near_in_time
    if not (by_words or by_facts):
        return None
    held, agreed = _held(a, b)
    if agreed < AGREED or not (held >= HELD or (by_words and many_prints)):
        return None
    kind = _kind(a, b, shared)
    original, copy = sorted((a.brief, b.brief), key=lambda one: _before(one, b.brief if one is a.brief else a.brief))
    score = held if kind == "rewrite" else max(shared, held)
    return Copy(original=original.id, copy=copy.id, kind=kind, score=round(score, 3))


def copy_keys(brief: Brief, standing: frozenset[int] = NONE) -> tuple[int, ...]:
    """What an index keeps of a report: two reports that share fewer than `FEWEST_KEYS` are no copies.

    The sampled fingerprints, and one for each two facts that follow one another: a rewrite has few of the first left.

    Args:
        standing: the standing sentences of the report's own outlet.
    """
    return Wording(brief, standing).keys


def enough_keys(shared: int, one: int, other: int) -> bool:
    """Whether two reports are to be compared, by how many keys they share and how many each of them has."""
    return shared >= max(FEWEST_KEYS, LEAST_KEYS * min(one, other))


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
        self._wordings: dict[str, Wording] = {}
        self._holders: dict[int, list[str]] = {}

    def add(self, brief: Brief) -> list[Copy]:
        """The copies that a report makes with those before it; it is one of them from now on."""
        found = self.copies(brief)
        wording = self._wordings[brief.id] = self._wording(brief)
        for key in wording.keys:
            holders = self._holders.setdefault(key, [])
            if len(holders) < COMMON:
                holders.append(brief.id)
        return found

    def copies(self, brief: Brief) -> list[Copy]:
        """The copies that a report makes with those before it."""
        wording = self._wording(brief)
        made = (self._compared(wording, self._wordings[other]) for other in self._candidates(wording))
        return [copy for copy in made if copy is not None]

    def _wording(self, brief: Brief) -> Wording:
        return Wording(brief, self.standing.get(brief.outlet, NONE))

    def _candidates(self, wording: Wording) -> list[str]:
        """The reports that share enough keys with one, most first."""
        counted = Counter[str]()
        for key in wording.keys:
            counted.update(self._holders.get(key, ()))
        counted.pop(wording.brief.id, None)
        own = len(wording.keys)
        enough = [
            (-count, other)
            for other, count in counted.items()
            if count >= FEWEST_KEYS and enough_keys(count, own, len(self._wordings[other].keys))
        ]
        return [other for _, other in sorted(enough)[:MOST]]

    def _compared(self, one: Wording, other: Wording) -> Copy | None:
        return compared(self._without(one, other.brief.outlet), self._without(other, one.brief.outlet))

    def _without(self, wording: Wording, outlet: str | None) -> Wording:
        """A wording without the furniture of the other outlet as well."""
        standing = self.standing.get(outlet, NONE)
        if wording.brief.outlet == outlet or standing.isdisjoint(wording.sentences):
            return wording
        return Wording(wording.brief, standing | self.standing.get(wording.brief.outlet, NONE))


def _kind(a: Wording, b: Wording, shared: float) -> CopyKind:
    if a.sentences == b.sentences or _resemblance(a.prints, b.prints) >= SAME:
        return "exact"
    if shared < REWRITTEN:
        return "rewrite"
    return "near" if min(a.words, b.words) >= WHOLE * max(a.words, b.words) else "excerpt"


def _held(a: Wording, b: Wording) -> tuple[float, float]:
    """The share of the shorter one's telling words that stand in sentences like its own in the longer one, and the
    share of the facts of such sentences that stand in the sentence they are like."""
    if a.sentences == b.sentences:
        return 1.0, 1.0
    short, long = sorted((a, b), key=lambda one: one.words)
    found, facts, agreed = 0.0, 0, 0
    for words, named in short.told:
        # Against the half of a longer sentence, so that a round-up of a hundred words does not hold everything.
        like, beside = max(
            ((len(words & other) / max(len(words), len(other) / 2), there) for other, there in long.told),
            key=lambda pair: pair[0],
            default=(0.0, frozenset[str]()),
        )
        if like >= _LIKE:
            found += len(words) * like
            facts += len(named)
            agreed += len(named & beside)
    return found / short.words if short.words else 0.0, agreed / facts if facts else 1.0


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
