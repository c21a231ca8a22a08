"""The paragraphs of a text as its author meant them, whatever was done with its lines."""

import re
from itertools import pairwise
from statistics import median

from msgspec import Struct

from dateline.record import Span

_SENTENCE_END = re.compile(r"[.!?…][\"”’'»)\]]*(?:\s*\([^()]{2,300}\))?$")  # a credit in brackets may follow
_FULL_LINE = 45  # characters: a line broken for width is at least this long
_WIDEST = 120  # characters: a wider line was not broken for width
_PROSE_WORDS = 8  # a paragraph of fewer words may be a heading, a caption, a link

_LONG_WORDS = 30  # nobody writes a heading or a link of that many, whatever it ends in


class Paragraph(Struct, frozen=True):
    """A paragraph without the white space around it; `start` and `end` count in the text it stands in."""

    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def closed(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(_SENTENCE_END.search(self.text))

    @property
    def prose(self) -> bool:
        """Whether it is long enough, and ends, like a paragraph of running text."""
        return self.words >= (_PROSE_WORDS if self.closed else _LONG_WORDS)


class _Line(Struct, frozen=True):
    text: str
    start: int

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip())


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Paragraphs in order. Lines broken for width (cables, wire copy) are joined; else each line is one."""
    lines = _lines(text)
    wrapped = _wrapped(lines)
    base = min((line.indent for line in lines if line.text.strip()), default=0)
    short = 0.6 * median([len(line.text) for line in lines if line.text.strip()] or [0])
    made: list[Paragraph] = []
    block: list[_Line] = []
    for line in lines:
        ends_before = (
            not wrapped or not line.text.strip() or line.indent > base or (block and len(block[-1].text) < short)
        )
        if block and ends_before:
            made.append(_joined(text, block))
            block = []
        if line.text.strip():
            block.append(line)
    if block:
        made.append(_joined(text, block))
    return tuple(made)


def shouted(text: str) -> bool:
    """All in capitals, as cables and telexes are."""
    letters = [c for c in text[:1000] if c.isalpha()]
    return len(letters) > 20 and sum(c.isupper() for c in letters) > 0.9 * len(letters)


def _lines(text: str) -> list[_Line]:
    made: list[_Line] = []
    at = 0
    for line in text.split("\n"):
        made.append(_Line(line, at))
        at += len(line) + 1
    return made


def _wrapped(lines: list[_Line]) -> bool:
    """Whether lines were broken for width: most are not wide, and those that go on in the next end anywhere."""
    filled = [line.text.rstrip() for line in lines if line.text.strip()]
    if not filled or median(map(len, filled)) > _WIDEST:
        return False
    inner = [a.text.rstrip() for a, b in pairwise(lines) if a.text.strip() and b.text.strip()]
    if len(inner) < 3:
        return False
    full = sum(len(line) >= _FULL_LINE for line in inner)
    open_ended = sum(not _SENTENCE_END.search(line) for line in inner)
    return full >= 0.6 * len(inner) and open_ended >= 0.5 * len(inner)


def _joined(text: str, block: list[_Line]) -> Paragraph:
    start = block[0].start + block[0].indent
    end = block[-1].start + len(block[-1].text.rstrip())
    return Paragraph(text[start:end], start, end)
