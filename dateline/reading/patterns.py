"""Patterns over words: readable templates, matched at the speed of the regular expression engine.

Every word that some template names gets a code of one character; a sentence becomes a string with one character a word,
and a template becomes a regular expression over that string. So a position in a match is the index of a word.

A template is written with words, `{class}` for any word of a class (its match is kept under that name; `{name:class}`
gives it another, `{name:class+}` takes a run), `( | )`, and `? * +` after a word, a class or a group:
"(early|late)? {weekday} {daypart}?". A name may stand in several alternatives: `group_span` gives the one that matched.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from dateline.reading.words import Sentence

_TEMPLATE = re.compile(r"\{(?:(\w+):)?(\w+)(\+?)\}|([()|?*+])|([^\s()|?*+{}]+)")
_FIRST_CODE = 0xE000  # the private use area: no such character stands for itself in a pattern
UNKNOWN = "."  # the code of a word that no template names
_HYPHENS = "-‐‑–—−"


def word_set(words: str) -> frozenset[str]:
    """A table of words, written as people read it: with spaces between."""
    return frozenset(words.split())


class Word(NamedTuple):
    """A word as patterns see it: lower-cased, with its offsets and its writing kept. Hyphens stand alone."""

    lower: str
    start: int
    end: int
    text: str


def words_of(sentence: Sentence) -> list[Word]:
    """The words of a sentence, hyphenated ones in their parts ("two-week" → two, -, week)."""
    made: list[Word] = []
    for token in sentence.tokens:
        text, start = token.text, token.start
        if len(text) > 2 and ("-" in text or "‑" in text or "‐" in text):
            at = 0
            for i, char in enumerate(text):
                if char in _HYPHENS:
                    if at < i:
                        made.append(Word(text[at:i].lower(), start + at, start + i, text[at:i]))
                    made.append(Word("-", start + i, start + i + 1, char))
                    at = i + 1
            if at < len(text):
                made.append(Word(text[at:].lower(), start + at, start + len(text), text[at:]))
        elif text in _HYPHENS:
            made.append(Word("-", start, token.end, text))
        else:
            made.append(Word(text.lower(), start, token.end, text))
    return made


class Lexicon:
    """The words that a set of templates knows, and their codes.

    A class is a list of words, or of shapes: a shape is a regular expression between slashes ("/\\d{4}/"), tried in the
    order given on words that no class lists.
    """

    def __init__(self, classes: Mapping[str, Iterable[str]], templates: Iterable[str]) -> None:
        self._codes: dict[str, str] = {}
        self._shapes: list[tuple[re.Pattern[str], str]] = []
        self._classes: dict[str, str] = {}
        self._shape_of: dict[str, str] = {}
        for name, members in classes.items():
            self._classes[name] = "".join(self._code_of(member) for member in members)
        for template in templates:
            for *_, word in _TEMPLATE.findall(template):
                if word:
                    self._code_of(word)

    def _code_of(self, member: str) -> str:
        if len(member) > 2 and member[0] == member[-1] == "/":
            if member not in self._shape_of:
                self._shape_of[member] = self._next_code()
                self._shapes.append((re.compile(member[1:-1]), self._shape_of[member]))
            return self._shape_of[member]
        if member not in self._codes:
            self._codes[member] = self._next_code()
        return self._codes[member]

    def _next_code(self) -> str:
        return chr(_FIRST_CODE + len(self._codes) + len(self._shapes) + 1)

    def encode(self, words: Sequence[Word]) -> str:
        """One character a word; a word that no template names is a full stop."""
        return "".join([self._encode(word[0]) for word in words])

    def _encode(self, word: str) -> str:
        code = self._codes.get(word)
        if code is not None:
            return code
        if word[0].isdigit():
            for shape, code in self._shapes:
                if shape.fullmatch(word):
                    return code
        return UNKNOWN

    def compile(self, template: str) -> re.Pattern[str]:
        """The regular expression of a template, to be used on what `encode` returns."""
        out = []
        times_named: dict[str, int] = {}
        for name, kind, run, mark, word in _TEMPLATE.findall(template):
            if kind:
                name = name or kind
                nth = times_named[name] = times_named.get(name, 0) + 1
                group = name if nth == 1 else f"{name}__{nth}"
                out.append(f"(?P<{group}>[{self._classes[kind]}]{run})")
            elif mark:
                out.append("(?:" if mark == "(" else mark)
            else:
                out.append(self._codes[word])
        return re.compile("".join(out))

    def needed(self, template: str) -> frozenset[str]:
        """Codes of which a sentence must hold one for the template to match: those of its rarest part that must stand.

        A part in brackets, or one that may be missing, says nothing; a template with no other part needs any code.
        """
        parts = list(_TEMPLATE.finditer(template))
        depth, best = 0, ""
        for part, after in zip(parts, [*parts[1:], None], strict=True):
            _, kind, _, mark, word = part.groups(default="")
            depth += (mark == "(") - (mark == ")")
            if mark == "|" and not depth:
                return frozenset(self._every())
            if depth or mark or (after and after.group(4) in ("?", "*")):
                continue
            codes = self._classes[kind] if kind else self._codes[word]
            best = codes if not best or len(codes) < len(best) else best
        return frozenset(best or self._every())

    def _every(self) -> Iterator[str]:
        yield from self._codes.values()
        yield from self._shape_of.values()

    def codes(self, *classes: str) -> str:
        """The codes of whole classes, as one string of characters."""
        return "".join(self._classes[name] for name in classes)


def group_span(found: re.Match[str], name: str) -> tuple[int, int]:
    """Indexes of the words that a name took, end excluded; (-1, -1) where it took none, or there is no such name."""
    groups = found.re.groupindex
    nth = 1
    group = name
    while group in groups:
        start, end = found.span(group)
        if start >= 0:
            return start, end
        nth += 1
        group = f"{name}__{nth}"
    return -1, -1
