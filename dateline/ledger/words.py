"""Names as they are compared: without case, accents and marks, in whole words."""

import re
import unicodedata
from collections.abc import Iterable

_POSSESSIVE = re.compile(r"['’]s\b")
_INSIDE_A_WORD = re.compile(r"['’‘ʼ`]")  # Da'esh is Daesh, Ra’s al-Ayn is Ras al-Ayn
_BETWEEN_WORDS = re.compile(r"[^\w]+|_+")


def fold(*names: str | None) -> str:
    """The words of `names` in lower case, one space before and after each, so that a whole word is found by " word ".

    Two names are kept apart by a bar, so that no phrase runs from one into the next: " in and around mosul | mosul ".
    """
    plain = [" ".join(_words(name)) for name in names if name]
    return f" {' | '.join(dict.fromkeys(name for name in plain if name))} "


def words_of(folded: Iterable[str]) -> list[str]:
    """The distinct words of folded names, sorted."""
    return sorted({word for name in folded for word in name.split() if word != "|"})


def _words(name: str) -> list[str]:
    if name.isascii():
        bare = name
    else:
        parts = unicodedata.normalize("NFKD", name)
        bare = "".join(c for c in parts if not unicodedata.combining(c))
    bare = _INSIDE_A_WORD.sub("", _POSSESSIVE.sub("", bare))
    return _BETWEEN_WORDS.sub(" ", bare.casefold()).split()
