"""Sentences and their words: the ground that every later stage stands on.

Offsets of a token count from the start of the text its sentence stands in (`Report.text`, or `Report.title`), never
from the start of the sentence.
"""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from dateline.record import Part, Span, Where

Kind = Literal["body", "headline", "standfirst", "heading"]


class Token(Struct, frozen=True):
    """A word, number or mark.

    `tag` is a coarse part of speech (universal), `form` a fine one (Penn: VBN, VBD …), `name` the BIO tag of a name
    (B-PER, I-ORG, B-LOC, B-NORP, B-FAC); all empty until tagged.
    """

    text: str
    start: int
    end: int
    tag: str = ""
    name: str = ""
    form: str = ""

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class Sentence(Struct, frozen=True, kw_only=True):
    """One sentence. `text` is exactly the report's text at `span`.

    `index` is its place among all sentences of the report, headline first.
    """

    index: int
    text: str
    span: Span
    where: Where = "text"
    kind: Kind = "body"
    tokens: tuple[Token, ...] = ()

    def part(self, start: int, end: int) -> Part:
        """The words between two offsets of the report (not of the sentence), as a Part."""
        at = self.span.start
        return Part(text=self.text[start - at : end - at], span=Span(start, end), where=self.where)

    def words(self, start: int, end: int) -> str:
        """The words between two offsets of the report (not of the sentence)."""
        return self.text[start - self.span.start : end - self.span.start]

    def holds(self, part: Part) -> bool:
        return part.where == self.where and self.span.holds(part.span)


def sentence_of(part: Part, sentences: Sequence[Sentence]) -> Sentence | None:
    """The sentence that a part stands in, or None where it stands in none (a notice, say)."""
    return next((s for s in sentences if s.holds(part)), None)
