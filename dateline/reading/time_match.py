"""What a rule works with: the words it matched, what stands around them, and the days it may count from."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from dateline.codes import TimexType
from dateline.reading.patterns import Word, group_span, word_set
from dateline.reading.time_words import (
    AFTER_DUE,
    AHEAD,
    ARTICLES,
    AUXILIARY,
    BARE,
    FUNCTION_WORDS,
    MEANS,
    MODALS,
    NOR,
    NOT,
    NOUN_OPENERS,
    PLANS,
    REACH,
    SET_DOWN,
    TOLD,
    UNREAL,
    WILL,
)
from dateline.world import numbers


class Reading(NamedTuple):
    """What an expression means. `first` or `last` is None where that side is open or not known."""

    type: TimexType
    value: str | None
    first: date | None = None
    last: date | None = None


class Context(NamedTuple):
    """What a rule may stand on.

    `now` is the day that calendar words count from: that of publication, or the speaker's. `named` is the last day that
    the report named, `within` the first day of the last date of any size, `quarter` the last (year, quarter).
    """

    now: date | None
    named: date | None = None
    within: date | None = None
    quarter: tuple[int, int] | None = None


class Match:
    """One match of a template: its words by name, and what stands around it."""

    __slots__ = ("_groups", "_words", "context", "end", "rule", "start")

    def __init__(self, words: Sequence[Word], found: re.Match[str], context: Context, rule: "Rule") -> None:
        self._words = words
        self._groups = found
        self.start, self.end = found.span()
        self.context = context
        self.rule = rule

    @property
    def now(self) -> date | None:
        """The day that calendar words count from; None where it is not known."""
        return self.context.now

    def lower(self, name: str) -> str:
        """The words of a named group, lower-cased; empty where it did not take part."""
        start, end = group_span(self._groups, name)
        return " ".join(word.lower for word in self._words[start:end]) if start >= 0 else ""

    def place(self, name: str) -> int:
        """The index of a group's first word in its sentence; -1 where it did not take part."""
        return group_span(self._groups, name)[0]

    def word_at(self, index: int) -> Word | None:
        """A word of the sentence by its index; None outside."""
        return self._words[index] if 0 <= index < len(self._words) else None

    def word(self, name: str) -> Word | None:
        start, _ = group_span(self._groups, name)
        return self._words[start] if start >= 0 else None

    def has(self, *words: str) -> bool:
        """Whether one of these words is part of the match."""
        return any(word.lower in words for word in self._words[self.start : self.end])

    def at(self, offset: int) -> str:
        """The word at an offset from the match's first word; empty outside the sentence."""
        index = self.start + offset
        return self._words[index].lower if 0 <= index < len(self._words) else ""

    @property
    def opens_with_article(self) -> bool:
        return self._words[self.start].lower in ("a", "an")

    @property
    def before(self) -> str:
        return self.at(-1)

    @property
    def after(self) -> str:
        return self.at(self.end - self.start)

    @property
    def word_before(self) -> Word | None:
        return self._words[self.start - 1] if self.start else None

    def words_after(self, count: int) -> Sequence[Word]:
        """Up to so many words that follow the match."""
        return self._words[self.end : self.end + count]

    @property
    def word_after(self) -> Word | None:
        return self._words[self.end] if self.end < len(self._words) else None

    @property
    def first(self) -> Word:
        return self._words[self.start]

    def count(self, name: str = "number") -> float | None:
        """The value of a number group; None where it is vague or absent."""
        start, end = group_span(self._groups, name)
        if start < 0:
            return 1 if self.lower("article") else None
        run = [word.lower for word in self._words[start:end]]
        read = numbers.number_at(run, 0) or (numbers.number_at(run, 1) if len(run) > 1 else None)
        if read is None or read.end != len(run):
            return None
        return read.value

    def future(self) -> bool:
        """Whether the verb that governs the match looks ahead."""
        return _looks_ahead(self._words, self.start, self.end) is True

    def past(self) -> bool:
        """Whether the verb that governs the match looks back; neither this nor `future` where no verb tells."""
        return _looks_ahead(self._words, self.start, self.end) is False


Resolve = Callable[[Match], Reading | None]


class Rule(NamedTuple):
    name: str
    template: str
    resolve: Resolve


def _looks_ahead(words: Sequence[Word], start: int, end: int) -> bool | None:
    """Look back for the nearest finite verb, then ahead; None where there is none that tells.

    A participle after "be" or "to be" is no past tense, nor is a bare form after a modal ("could hit").
    """
    if start > 1 and words[start - 1].lower == "of" and words[start - 2].lower == "ahead":
        return True
    possessive = end < len(words) and words[end].lower in ("'s", "’s")
    # A verb reaches over "rebel-held", three words of these, as if it were not there.
    dashes = sum(word.lower == "-" for word in words[max(0, start - REACH) : start])
    for i in range(start - 1, max(-1, start - REACH - 3 * dashes), -1):
        word, before = words[i].lower, words[i - 1].lower if i else ""
        if (word == "may" and not _is_modal(words, i)) or (word == "due" and not _is_due(words, i, start)):
            continue
        if word in AHEAD and (_is_perfect(words, i) or (word in SET_DOWN and _was_done(words, i, start))):
            return False
        if possessive and word in AHEAD:
            return None  # "will look for ways around Friday's ruling": the ruling is not the verb's
        if word in AHEAD or (word == "to" and (words[i + 1].lower == "be" or _is_meant(words, i))):
            denied = any(w.lower in NOT for w in words[i + 1 : i + 3]) or any(w.lower in NOR for w in words[:i])
            if word in UNREAL and denied:
                return False  # "could not be reached on Friday"
            if end < len(words) and words[end].lower in ("was", "were"):
                return False  # "the march planned for Friday was called off"
            return "had" not in (before, words[i - 2].lower if i > 1 else "")
        if word in TOLD and before not in _NO_TENSE and not (word in BARE and before in MODALS):
            return False
        if word in (";", ":"):
            break
    return _ahead_of(words, end)


_NO_TENSE = AUXILIARY | {"-"}  # before a participle: "was held" tells by "was", "the rebel-held town" of no time


def _is_meant(words: Sequence[Word], i: int) -> bool:
    """As in "plans to", "is poised to", "has vowed to", "are to": what is done after this "to" lies ahead."""
    before = [word.lower for word in words[max(0, i - 3) : i]]
    return before[-1:] != [] and before[-1] in MEANS and "had" not in before


def _is_modal(words: Sequence[Word], i: int) -> bool:
    """Tell "may" from May and Mrs May; in a sentence of capitals only what stands beside it can."""
    if not words[i].text.isupper():
        return words[i].text.islower()
    if any(word.text.islower() for word in words):
        return False
    beside = (words[i - 1].lower if i else "", words[i + 1].lower if i + 1 < len(words) else "")
    return not any(word[:1].isdigit() for word in beside) and beside[0] not in ("in", "since", "last", "of", "by")


def _is_due(words: Sequence[Word], i: int, start: int) -> bool:
    """Tell "due on Friday" and "due to meet" from "due to shelling"."""
    after = words[i + 1].lower
    if after != "to":
        return i + 1 == start or after in AFTER_DUE or not after.isalpha()
    cause = words[i + 2].lower
    before = words[i - 1].lower if i else ""
    noun = cause in NOUN_OPENERS or cause.endswith(("ing", "ion")) or (cause.endswith("s") and cause[-2:] != "ss")
    return not noun and before not in TOLD - _BE and not before.endswith("ed")


_ADVERBS = word_set("also well already even")
_BE = word_set("was were has had")


def _is_perfect(words: Sequence[Word], i: int) -> bool:
    """As in "may have killed", "must not have been": what a modal says of the past."""
    if words[i].lower not in MODALS or words[i].lower in WILL:
        return False
    at = i + 2 if words[i + 1].lower in NOT | _ADVERBS or words[i + 1].lower.endswith("ly") else i + 1
    have, then = (word.lower for word in (*words[at : at + 2], words[i], words[i])[:2])
    return have in ("have", "'ve") and (then in ("been", "had") or (then.isalpha() and then not in FUNCTION_WORDS))


def _was_done(words: Sequence[Word], i: int, start: int) -> bool:
    """As in "stormed a planned rally on Friday": the plan is the noun's, and the verb looks back."""
    if not i or words[i - 1].lower not in ARTICLES or i + 1 == start or words[i + 1].lower in FUNCTION_WORDS:
        return False
    verbs = (word.lower for word in reversed(words[max(0, i - REACH) : i]) if _looks_back(word))
    return next(verbs, "said") not in _SPOKEN


def _looks_back(word: Word) -> bool:
    return (
        word.lower in TOLD
        or word.lower in _ATTACKED
        or (word.text.islower() and len(word.lower) > 4 and word.lower.endswith("ed"))
    )


_ATTACKED = word_set("broke shot blew drove threw overran beat stole put")
_SPOKEN = word_set(
    "said says told announced added reported was were had has did confirmed called noted warned stated declared "
    "discussed canceled cancelled postponed"
)


def _ahead_of(words: Sequence[Word], end: int) -> bool | None:
    """As in "On Friday the town was shelled": the first verb after an expression that no verb precedes."""
    for i in range(end, min(len(words), end + REACH)):
        word = words[i].lower
        if word in WILL or (word in PLANS and words[i + 1 : i + 2] and words[i + 1].lower == "to"):
            return True
        if word in TOLD or (len(word) > len("freed") and word.endswith("ed") and words[i - 1].lower not in AUXILIARY):
            return False
        if word in (";", ":"):
            break
    return None
