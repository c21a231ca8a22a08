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
    A name with 's stands there twice, since only a reader can tell Syria's army from Ra's al-Ayn.
    """
    plain: dict[str, None] = {}  # in order, each once
    for name in names:
        if name:
            plain[_plain(name)] = None
            if "'s" in name or "’s" in name:
                plain[_plain(_POSSESSIVE.sub("", name))] = None
    return f" {' | '.join(form for form in plain if form)} "


def phrase(wanted: str) -> str:
    """What to look for in folded names: the words of `wanted` in a row. Blank where it has none."""
    return f" {_plain(wanted)} "


def words_of(folded: Iterable[str]) -> list[str]:
    """The distinct words of folded names, sorted."""
    return sorted({word for name in folded for word in name.split() if word != "|"})


def _plain(name: str) -> str:
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(_BETWEEN_WORDS.sub(" ", _INSIDE_A_WORD.sub("", name).casefold()).split())
