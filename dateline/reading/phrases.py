"""Noun phrases without a parser: runs of tags that belong together, each with its head.

"the Saudi-led coalition", "at least 12 soldiers" (the count is left to the figures), "members of the Okaish family", "he".
Names and adjectives of nations inside a longer phrase are phrases of their own as well ("Israeli" in "Israeli jets").
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from dateline.reading.words import Sentence, Token
from dateline.record import Part

PhraseKind = Literal["noun", "name", "pronoun", "relative", "modifier"]

# One letter a token, so that a phrase is a regular expression over letters.
_LETTER = {"DET": "D", "ADJ": "J", "NUM": "M", "NOUN": "N", "PROPN": "X", "PRON": "P", "ADV": "R", "VERB": "v", "AUX": "a",
           "ADP": "i", "CCONJ": "c", "SCONJ": "s", "PART": "p", "PUNCT": ","}  # fmt: skip
_BASE = re.compile(r"[DQ]?(?:R?[JMVNX](?:,(?=[JV]))?)*[NX]+|P|W|D(?=[aAv])|[DQ]M|M(?=[aAv,c.])")
_GROUPS = frozenset(
    "member members group groups number dozens hundreds thousands scores millions people party parties lot majority part rest most some "
    "residents families bodies citizens units elements inhabitants supporters leader leaders head commander victims survivors series "
    "ministry minister department army government president council front movement forces half team wave column convoy office".split()
)
_QUANTITY = frozenset(
    "at least most more than up to as many some about around nearly almost over only another other several dozens hundreds thousands "
    "scores an estimated approximately roughly close fewer less under".split()
)
# Words of time close a phrase: "security forces today" is no party.
_WHEN = frozenset(
    "today yesterday tomorrow tonight overnight monday tuesday wednesday thursday friday saturday sunday january february march april "
    "june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_SKIPPED_PRONOUNS = frozenset({"what", "there", "this", "these", "those", "myself", "you", "i", "we", "me"})


class Phrase(Struct, frozen=True, kw_only=True):
    """One noun phrase. `first`, `last` and `head` are token positions in its sentence, all included; `part` leaves the count
    out ("soldiers", not "12 soldiers")."""

    sentence: int
    first: int
    last: int
    head: int
    kind: PhraseKind
    part: Part
    name: str = ""  # PER, ORG, LOC, NORP, FAC where its head is a name


def _letters(tokens: Sequence[Token]) -> str:
    made = []
    for i, token in enumerate(tokens):
        letter = _LETTER.get(token.tag, ".")
        after = tokens[i + 1].tag if i + 1 < len(tokens) else ""
        if token.form == "PRP$" or token.form == "WP$":
            letter = "Q"
        elif token.tag == "VERB" and token.form in ("VBN", "VBG") and after in ("NOUN", "PROPN", "ADJ"):
            before = tokens[i - 1].tag if i else ""
            letter = (
                "V"
                if before in ("DET", "ADJ", "NUM", "ADP", "")
                or (token.form == "VBN" and before not in ("AUX", "NOUN", "PROPN", "PRON"))
                else "v"
            )
        elif token.tag == "PRON":
            letter = "W" if token.lower in _RELATIVE else "." if token.lower in _SKIPPED_PRONOUNS else "P"
        elif (letter == "," and token.text != ",") or token.lower in _WHEN:
            letter = "."
        made.append(letter)
    return "".join(made)


def noun_phrases(sentence: Sentence) -> tuple[Phrase, ...]:
    """The noun phrases of a tagged sentence in reading order; a phrase inside another comes after it."""
    tokens, made = sentence.tokens, []
    spans = [(m.start(), m.end() - 1) for m in _BASE.finditer(_letters(tokens))]
    for first, last in _joined(tokens, spans):
        made.append(_phrase(sentence, first, last))
        made += _inside(sentence, first, last)
    return tuple(made)


def _joined(tokens: Sequence[Token], spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Phrases, those of groups carried on over "of" ("members of the Okaish family")."""
    i = 0
    while i < len(spans):
        first, last = spans[i]
        while (i + 1 < len(spans) and spans[i + 1][0] == last + 2 and tokens[last + 1].lower == "of"
               and tokens[last].lower in _GROUPS):  # fmt: skip
            i += 1
            last = spans[i][1]
        yield first, last
        i += 1


def _phrase(sentence: Sentence, first: int, last: int) -> Phrase:
    tokens = sentence.tokens
    head = _head(tokens, first, last)
    start = first
    while start < head and (
        tokens[start].tag == "NUM" or (tokens[start].lower in _QUANTITY and _counts(tokens, start, head))
    ):
        start += 1
    token = tokens[head]
    kind: PhraseKind = "noun"
    if token.tag == "PRON":
        kind = "relative" if token.lower in _RELATIVE else "pronoun"
    elif token.name or token.tag == "PROPN":
        kind = "name"
    return Phrase(sentence=sentence.index, first=first, last=last, head=head, kind=kind,
                  part=sentence.part(tokens[start].start, tokens[last].end), name=token.name[2:])  # fmt: skip


def _counts(tokens: Sequence[Token], at: int, head: int) -> bool:
    return any(
        t.tag == "NUM" or t.lower in ("dozens", "several", "hundreds", "thousands") for t in tokens[at : head + 1]
    )


def _head(tokens: Sequence[Token], first: int, last: int) -> int:
    """The last noun before any "of"."""
    for i in range(first, last + 1):
        if tokens[i].lower == "of" and i > first:
            return i - 1
    return last


def _inside(sentence: Sentence, first: int, last: int) -> list[Phrase]:
    """Names and nations that stand inside a phrase before its head: "Israeli" in "Israeli jets"."""
    tokens, made, i = sentence.tokens, [], first
    while i <= last:
        kind = tokens[i].name[2:]
        if kind in ("NORP", "LOC", "ORG", "PER"):
            end = i
            while end < last and tokens[end + 1].name == f"I-{kind}":
                end += 1
            if (i, end) != (first, last) and not (end == last and first + 1 == i and tokens[first].tag == "DET"):
                made.append(Phrase(sentence=sentence.index, first=i, last=end, head=end, kind="modifier",
                                   part=sentence.part(tokens[i].start, tokens[end].end), name=kind))  # fmt: skip
            i = end + 1
        else:
            nation = re.match(
                r"[A-Z]\w+(?=[-‑–](?:led|backed|controlled|held|run|ruled|affiliated|linked|allied|dominated|occupied|sponsored))",
                tokens[i].text,
            )
            if nation:
                at = tokens[i].start
                made.append(Phrase(sentence=sentence.index, first=i, last=i, head=i, kind="modifier",
                                   part=sentence.part(at, at + nation.end()), name="NORP"))  # fmt: skip
            i += 1
    return made
