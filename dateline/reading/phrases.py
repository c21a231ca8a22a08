"""Noun phrases without a parser: runs of tags that belong together, each with its head.

"the Saudi-led coalition", "at least 12 soldiers" (the count is left to the figures), "members of the Okaish family",
"he". Names and adjectives of nations inside a longer phrase are phrases of their own as well ("Israeli" in "Israeli
jets").
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from dateline.reading.words import Sentence, Token
from dateline.record import Part
from dateline.world.numbers import number_at

PhraseKind = Literal["noun", "name", "pronoun", "relative", "modifier"]

# One letter a token, so that a phrase is a regular expression over letters.
_LETTER = {
    "DET": "D", "ADJ": "J", "NUM": "M", "NOUN": "N", "PROPN": "X", "PRON": "P", "ADV": "R", "VERB": "v", "AUX": "a",
    "ADP": "i", "CCONJ": "c", "SCONJ": "s", "PART": "p", "PUNCT": ",",
}  # fmt: skip
_BASE = re.compile(r"[DQ]?(?:R?[JMVNX](?:,(?=[JV]))?)*[NX]+|P|W|D(?=[aAv])|[DQ]M|M(?=[aAv,c.])")
_GROUPS = frozenset(
    "member members group groups number dozens hundreds thousands scores millions people party parties lot majority "
    "part rest most some residents families bodies citizens units elements inhabitants supporters leader leaders head "
    "commander victims survivors series ministry minister department army government president council front movement "
    "forces half team wave column convoy office".split()
)
# Bodies whose names go on over "for" and "of": "International Organisation for Migration".
_BODIES = frozenset(
    "organisation organization committee commission council union office party front movement army force forces "
    "ministry department agency programme program fund centre center observatory institute network league conference "
    "court".split()
)
# "Thousands of people": the people are meant.
_HEAPS = frozenset("tens dozens scores hundreds thousands millions".split())
_QUANTITY = frozenset(
    "at least most more than up to as many some about around nearly almost over only another other several dozens "
    "hundreds thousands scores an estimated approximately roughly close fewer less under".split()
)
# Words of time close a phrase: "security forces today" is no party.
_WHEN = frozenset(
    "today yesterday tomorrow tonight overnight monday tuesday wednesday thursday friday saturday sunday january "
    "february march april june july august september october november december jan feb mar apr jun jul aug sep sept "
    "oct nov dec".split()
)
# "Saudi-led", "Houthi-held": one word, with a nation or a group in front.
_NATION_LED = re.compile(
    r"[A-Z]\w+(?=[-‑–](?:led|backed|controlled|held|run|ruled|affiliated|linked|allied|dominated|occupied|sponsored))"
)
# Words that open a clause, whatever the tagger makes of them: "the road unless troops withdraw" is no party.
_OPENERS = frozenset("unless because although though whether until while if when whereas since".split())
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_SKIPPED_PRONOUNS = frozenset({"what", "there", "this", "these", "those", "myself", "you", "i", "we", "me"})


class Phrase(Struct, frozen=True, kw_only=True):
    """One noun phrase. `first`, `last` and `head` are token positions in its sentence, all included.

    `part` leaves the count out ("soldiers", not "12 soldiers").
    """

    sentence: int
    first: int
    last: int
    head: int
    kind: PhraseKind
    part: Part
    name: str = ""  # PER, ORG, LOC, NORP, FAC where its head is a name


def _letters(tokens: Sequence[Token]) -> str:
    return "".join(_letter(tokens, i) for i in range(len(tokens)))


def _letter(tokens: Sequence[Token], i: int) -> str:
    """The letter by which `_BASE` knows a word. "." ends any phrase."""
    token = tokens[i]
    if token.form in ("PRP$", "WP$"):
        return "Q"
    if _before_noun(tokens, i):
        return "V" if _is_modifier(tokens, i) else "v"
    if token.tag == "PRON":
        return _pronoun_letter(token.lower)
    if token.lower in _OPENERS:
        return "s"
    # Of all marks only the comma may stand inside a phrase ("a young, wounded man").
    if (token.tag == "PUNCT" and token.text != ",") or token.lower in _WHEN:
        return "."
    return _LETTER.get(token.tag, ".")


def _pronoun_letter(word: str) -> str:
    if word in _RELATIVE:
        return "W"
    return "." if word in _SKIPPED_PRONOUNS else "P"


def _before_noun(tokens: Sequence[Token], i: int) -> bool:
    """A participle with a noun or adjective right after it: "wounded soldiers", "shelling towns"."""
    after = tokens[i + 1].tag if i + 1 < len(tokens) else ""
    return tokens[i].tag == "VERB" and tokens[i].form in ("VBN", "VBG") and after in ("NOUN", "PROPN", "ADJ")


def _is_modifier(tokens: Sequence[Token], i: int) -> bool:
    """Whether a participle before a noun describes it ("the wounded soldiers") or acts on it ("were handed guns")."""
    before = tokens[i - 1].tag if i else ""
    if before in ("DET", "ADJ", "NUM", "ADP", ""):
        return True
    return tokens[i].form == "VBN" and before not in ("AUX", "NOUN", "PROPN", "PRON")


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
        while i + 1 < len(spans) and _carries_on(tokens, last, spans[i + 1][0]):
            i += 1
            last = spans[i][1]
        yield first, last
        i += 1


def _carries_on(tokens: Sequence[Token], last: int, following: int) -> bool:
    """Whether a phrase goes on in the next one: over "of" after a word for a group, or inside one name."""
    if following != last + 2:
        return False
    link, after = tokens[last + 1], tokens[following]
    if link.lower == "of" and tokens[last].lower in _GROUPS:
        return True
    named = tokens[last].text[:1].isupper() and after.text[:1].isupper()
    if link.lower in ("for", "of", "'", "’", "'s", "’s") and named and after.name.startswith("I-"):
        return True
    return link.lower in ("for", "of") and named and tokens[last].lower in _BODIES


def _phrase(sentence: Sentence, first: int, last: int) -> Phrase:
    tokens = sentence.tokens
    start = _after_count(tokens, first, last)
    head = _head(tokens, start, last)
    token = tokens[head]
    kind: PhraseKind = "noun"
    if token.tag == "PRON":
        kind = "relative" if token.lower in _RELATIVE else "pronoun"
    elif token.name or token.tag == "PROPN":
        kind = "name"
    return Phrase(
        sentence=sentence.index,
        first=first,
        last=last,
        head=head,
        kind=kind,
        part=sentence.part(tokens[start].start, tokens[last].end),
        name=token.name[2:],
    )


def _after_count(tokens: Sequence[Token], first: int, last: int) -> int:
    """Where the thing counted begins: after "at least 12", "Thousands of", "no"."""
    start = first
    while start < last:
        word = tokens[start].lower
        if word in _HEAPS and tokens[start + 1].lower == "of":
            start += 2
        elif _is_number(tokens[start]) or (word in _QUANTITY and _counts(tokens, start, last)):
            start += 1
        else:
            break
    return start if start <= last else first


def _is_number(token: Token) -> bool:
    return token.tag == "NUM" or token.lower == "no" or number_at((token.lower,), 0) is not None


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
        end = i
        if kind in ("NORP", "LOC", "ORG", "PER"):
            while end < last and tokens[end + 1].name == f"I-{kind}":
                end += 1
            if not _is_whole(tokens, first, last, i, end):
                made.append(_modifier(sentence, i, end, tokens[end].end, kind))
        elif nation := _NATION_LED.match(tokens[i].text):
            made.append(_modifier(sentence, i, i, tokens[i].start + nation.end(), "NORP"))
        i = end + 1
    return made


def _is_whole(tokens: Sequence[Token], first: int, last: int, start: int, end: int) -> bool:
    """Whether a name is all there is of a phrase, but for an article."""
    return end == last and (start == first or (start == first + 1 and tokens[first].tag == "DET"))


def _modifier(sentence: Sentence, first: int, last: int, end: int, name: str) -> Phrase:
    """A name inside a longer phrase; `end` is where its words end in the report."""
    return Phrase(
        sentence=sentence.index,
        first=first,
        last=last,
        head=last,
        kind="modifier",
        part=sentence.part(sentence.tokens[first].start, end),
        name=name,
    )
