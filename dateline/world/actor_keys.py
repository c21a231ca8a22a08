"""Names of actors as they are compared: by the keys of their words, articles and possessives apart.

"the al-Nusra Front's", "Jabhat an-Nusra" and "Al Nusra" all hold the word `nusra`.
"""

import re
from collections.abc import Iterable
from sys import intern

from msgspec import Struct

from dateline.world.names import key_of

# "al-", "an-" and the like, which news writes, joins or leaves out as it likes.
_ARTICLE = re.compile(r"(?<![\w'’])(?:(?i:al|el|ul|as|ash|ad|adh|an|ar|at|ath|az|ez|ed|es)[-‑–]|[Aa]l[^\S\n])(?=\w)")
_WORD = re.compile(r"[^\s\-‑–—/,()\[\]\"“”„:;!?]+")
_POSSESSIVE = re.compile(r"(?:['’][sS]?)$")
_REWRITTEN = frozenset(("st", "mt"))  # words that have another key
_OWNED = re.compile(r"'s?(?=[\s\-/,()\[\]\":;!?]|$)")  # "'s", and the apostrophe alone, at the end of a word
_PLAIN = str.maketrans({**dict.fromkeys('-/,()[]":;!?', " "), **dict.fromkeys("'.`", "")})


class Word(Struct, frozen=True, gc=False):
    """A word of a phrase as names are compared: its key, and as it stands."""

    key: str
    text: str


_ARTICLES = frozenset("al el ul as ash ad adh an ar at ath az ez ed es".split())


def located_words(text: str) -> list[tuple[Word, int, int]]:
    """The words of a text as names are compared, each with where it begins and ends (end excluded).

    An article that is joined to a word ("al-") begins it.
    """
    made = []
    begins: int | None = None
    for found in _WORD.finditer(text):
        written = found.group()
        joined = text[found.end() : found.end() + 1] in ("-", "‑", "–")
        if (joined and written.lower() in _ARTICLES) or written in ("al", "Al"):
            begins = found.start() if begins is None else begins
            continue
        bare = _POSSESSIVE.sub("", written).rstrip(".") if written.count(".") == 1 else _POSSESSIVE.sub("", written)
        if key := key_of(bare).replace(" ", ""):
            made.append((Word(key, bare), found.start() if begins is None else begins, found.start() + len(bare)))
        begins = None
    return made


def words_of_name(text: str) -> list[Word]:
    """The words of a name or phrase as names are compared: case, accents, articles and possessives apart."""
    made = []
    for found in _WORD.finditer(_ARTICLE.sub("", text)):
        bare = _POSSESSIVE.sub("", found.group())
        if key := key_of(bare).replace(" ", ""):
            made.append(Word(key, bare))
    while len(made) > 1 and made[0].key == "the":
        del made[0]
    return made


def keys_of_names(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The keys of the words of many names at once, those of `words_of_name`: a register has tens of thousands.

    Names in ASCII are joined and rewritten as one text, which costs a tenth of doing so one by one.
    """
    unique = list(dict.fromkeys(names))
    made = {name: _slowly(name) for name in unique if not name.isascii() or "\n" in name}
    plain = [name for name in unique if name not in made]
    text = _OWNED.sub("", _ARTICLE.sub("", "\n".join(plain)).lower()).translate(_PLAIN)
    for name, line in zip(plain, text.split("\n"), strict=True):
        words = line.split()
        slow = not words or words[0] == "the" or not _REWRITTEN.isdisjoint(words)
        made[name] = _slowly(name) if slow else tuple(map(intern, words))
    return made


def _slowly(name: str) -> tuple[str, ...]:
    return tuple(intern(word.key) for word in words_of_name(name))
