"""Which reports repeat another one: exact, near, excerpt, rewrite.

Two reports are compared without the furniture of either outlet (`furniture.py`). What they share is measured four ways:

- `shared`: how many of the sampled fingerprints (five words in a row) of the one with fewer stand in the other. It
  beats their resemblance where the one is an excerpt of the other.
- `held`: each sentence of the shorter report beside that one or those two of the longer which have most of its words,
  rare words weighing more; the share of its words that are found so. It outlives a desk that changes every phrase.
- `phrases`: how many pairs of telling words that follow one another stand in both.
- `agreed`: how many of the names and numbers in sentences that are alike stand in both. Formulas are alike and do not
  agree.

A copy shares half of the words of the shorter report; between two outlets less is enough on days that are near, since
each writes its own. Within one outlet its sentences must be held too: furniture that no rule knew is shared, and an
update that is newly written is no copy. Whole sentences that are a good part of the shorter report are an excerpt,
whatever tolls have changed around them. A rewrite, of another outlet, shares few words in a row, and holds the
sentences, the phrases and the facts: the three are added up. It takes less where the one names the other, or both the
same agency, as where it comes from. The same named source in both says nothing (every report of a war has it); what the
source is quoted as saying does, since those are words like others.

`compared` is a pure function of two reports without their furniture. It is asked only of those that share enough of
their `keys` (reconcile.py).
"""

from collections.abc import Iterable
from functools import cached_property
from itertools import chain, pairwise
from typing import Any

from msgspec import Struct

from dateline.incidents.credits import credits_outlet, same_house
from dateline.incidents.rarity import rarity
from dateline.incidents.types import Brief, Copy, CopyKind
from dateline.incidents.wording import SAMPLE

SHARED = 0.5  # of the fingerprints: a copy by its words alone
ELSEWHERE = 0.3  # the same on days that are near: between two outlets, whose formulas have no day
KEPT = 0.45  # the same within one outlet, where HELD is asked as well: an outlet shares its furniture with itself
HELD = 0.65  # of the words, sentence by sentence: within one outlet, and of a few lines
AGREED = 0.5  # of the facts of the sentences that are alike
PHRASED = 0.25  # of the phrases: less is not worth comparing sentence by sentence
REWRITE = 1.25  # `held` + `phrases` + a half of `agreed`, which is 2.5 at most
LINKED = 1.0  # the same where one names the other as where it comes from, or both the same agency
STRETCH = 0.15  # of the words in sentences that stand whole in the other, an excerpt of it where there are SENTENCES
SENTENCES = 3
FACTS = 0.5  # what `agreed` counts beside the other two
SAME = 0.97  # of the fingerprints, both ways: nothing was changed but letters
WHOLE = 0.6  # of the longer one's words: a shorter copy is an excerpt
REWRITTEN = 0.3  # of the fingerprints: a copy that shares less was written anew
FEW = 6  # fingerprints: a report of fewer is a line or two, which chance shares
DAYS = 5  # between rewrites and between reports of a few lines: news is written anew while it is news

FEWEST_KEYS = 3  # that two reports share before they are compared
LEAST_KEYS = 0.08  # of the keys of the one with fewer: the same
COMMON = 20  # reports kept under a key, the first to come: of a dispatch that all print each still meets the first

_LIKE = 0.3  # of a sentence's words: a sentence that shares less is another sentence
_WHOLE = 0.9  # of a sentence's words: it stands there whole, but for a word
_LONGER = 0.6  # of a longer sentence's words: against these, so that a round-up does not hold everything
_SENTENCE = 4  # telling words of the shortest sentence that is looked for
_EVERY = 2  # of the phrases and fingerprints one in this many is a key


class Sentence(Struct, frozen=True):
    """A sentence as it is compared: its words, what they weigh together, and its facts."""

    words: frozenset[str]
    weight: int
    facts: frozenset[str]


class Told(Struct, frozen=True):
    """How one report tells what a shorter one does: the shares of its words that are held and of the facts in them that
    agree; and the sentences that stand there whole, as a share of its words and as a number."""

    held: float
    agreed: float
    whole: float
    sentences: int


class Wording:
    """A brief whose furniture is gone, as it is compared."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.prints = frozenset(chain.from_iterable(brief.prints))
        self.phrases = frozenset(chain.from_iterable(brief.phrases))

    @cached_property
    def told(self) -> list[Sentence]:
        """The sentences long enough to be looked for."""
        each = zip(self.brief.terms, self.brief.facts, strict=True)
        return [_sentence({*terms, *facts}, facts) for terms, facts in each if len(terms) >= _SENTENCE]

    @cached_property
    def windows(self) -> list[Sentence]:
        """Each of them, and each two that follow one another: who writes anew joins and parts sentences."""
        joined = (_sentence(a.words | b.words, a.facts | b.facts) for a, b in pairwise(self.told))
        return [*self.told, *joined]

    @cached_property
    def weight(self) -> int:
        return sum(sentence.weight for sentence in self.told)

    @cached_property
    def keys(self) -> tuple[int, ...]:
        made = {each for each in self.phrases if each % _EVERY == 0}
        made.update(each for each in self.prints if each % (SAMPLE * _EVERY) == 0)
        return tuple(sorted(made))

    @cached_property
    def sentences(self) -> frozenset[int]:
        return frozenset(self.brief.sentences)


def _sentence(words: Iterable[str], facts: Iterable[str]) -> Sentence:
    kept = frozenset(words)
    return Sentence(kept, sum(map(rarity, kept)), frozenset(facts))


def compared(a: Wording, b: Wording) -> Copy | None:
    """The later of two reports as a copy of the other; None where neither is."""
    shared = _share(a.prints, b.prints)
    one_outlet = a.brief.outlet == b.brief.outlet
    near_in_time = abs((a.brief.known - b.brief.known).days) <= DAYS
    by_words = shared >= (KEPT if one_outlet else ELSEWHERE if near_in_time else SHARED)
    told_apart = not one_outlet and near_in_time
    if not (by_words or told_apart):
        return None  # as most pairs are: phrases say nothing for them
    phrases = _share(a.phrases, b.phrases)
    worth_it = told_apart and (phrases >= PHRASED or shared >= STRETCH)
    if not (by_words or worth_it):
        return None
    told = _told(a, b)
    few = min(len(a.prints), len(b.prints)) < FEW
    if one_outlet or (by_words and few):
        enough = told.held >= HELD and (near_in_time or not few)
    else:
        told_anew = told.held + phrases + FACTS * told.agreed if phrases >= PHRASED else 0.0
        enough = by_words or told_anew >= (LINKED if linked(a.brief, b.brief) else REWRITE)
    stretch = worth_it and told.sentences >= SENTENCES and told.whole >= STRETCH
    if not (stretch or (enough and told.agreed >= AGREED)):
        return None
    original, copy = sorted((a.brief, b.brief), key=lambda one: _before(one, b.brief if one is a.brief else a.brief))
    kind = _kind(a, b, shared, stretch=stretch)
    score = told.held if kind == "rewrite" else max(shared, told.held)
    return Copy(original=original.id, copy=copy.id, kind=kind, score=round(min(score, 1.0), 3))


def linked(a: Brief, b: Brief) -> bool:
    """Whether one report names the other's outlet, or both name one agency, as where it comes from."""
    if any(credits_outlet(one.credits, other.outlet) for one, other in ((a, b), (b, a))):
        return True
    return bool(a.credits and b.credits) and same_house(a.credits[0], b.credits[0])


def enough_keys(shared: int, one: int, other: int) -> bool:
    """Whether two reports are to be compared, by how many keys they share and how many each of them has."""
    return shared >= max(FEWEST_KEYS, LEAST_KEYS * min(one, other))


def _kind(a: Wording, b: Wording, shared: float, *, stretch: bool) -> CopyKind:
    if a.sentences == b.sentences or _resemblance(a.prints, b.prints) >= SAME:
        return "exact"
    if shared < REWRITTEN:
        return "excerpt" if stretch else "rewrite"
    return "near" if min(a.weight, b.weight) >= WHOLE * max(a.weight, b.weight) else "excerpt"


def _told(a: Wording, b: Wording) -> Told:
    """How the longer one tells what the shorter one does, sentence by sentence."""
    if a.sentences == b.sentences:
        return Told(1.0, 1.0, 1.0, len(a.told))
    short, long = sorted((a, b), key=lambda one: one.weight)
    held, whole, sentences, facts, agreed = 0.0, 0, 0, 0, 0
    for sentence in short.told:
        like, beside = max(((_likeness(sentence, other), other) for other in long.windows), key=lambda pair: pair[0])
        if like >= _LIKE:
            held += sentence.weight * like
            facts += len(sentence.facts)
            agreed += len(sentence.facts & beside.facts)
        if like >= _WHOLE:
            whole += sentence.weight
            sentences += 1
    weight = short.weight or 1
    return Told(held / weight, agreed / facts if facts else 1.0, whole / weight, sentences)


def _likeness(sentence: Sentence, other: Sentence) -> float:
    common = sentence.words & other.words
    return sum(map(rarity, common)) / max(sentence.weight, _LONGER * other.weight, 1) if common else 0.0


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
