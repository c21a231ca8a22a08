"""Split a report into sentences and words, without a model.

A full stop ends a sentence unless it belongs to an abbreviation, an initial or a number; quotation marks and brackets
that close right after it stay with it. Lines broken for width (cables, wire copy) are joined, lines that stand alone
(headings, list items) are not.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from dateline.reading.words import Kind, Sentence, Token
from dateline.record import LayoutPart, LeftOut, Report, Span, Where

ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sr jr st gen lt col maj capt cmdr cpl sgt adm brig gov sen rep pres hon rev supt messrs "
    "jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    "vs etc inc ltd co corp bros dept univ no nos vol fig approx est al cf e.g i.e a.m p.m u.s u.n u.k u.s.a d.c "
    "ft mt km sq lb oz ed rd ave blvd spc pfc pvt det insp ariz calif fla mass mich minn penn tex wash conn va".split()
)
# Of those, the ones that often end a sentence: they close it where a capital and a space follow and no name is near.
MAY_CLOSE = frozenset("a.m p.m etc u.s u.n u.k u.s.a d.c inc ltd corp co".split())
_STARTERS = frozenset(
    "the a an he she it they we i this that these those in on at but and however meanwhile there his her its their "
    "some many more after before since while when as for if no two three four five six seven eight nine ten".split()
)

_END = re.compile(r"[.!?…]+[\"”’'»)\]]*(?=\s|$)|[.!?][\"”’]+(?=[A-Z“\"])|[.!?](?=[A-Z][a-z]+\s)")
_TOKEN = re.compile(
    r"""
      (?:[A-Za-z]\.){2,}                                    # U.S., a.m.
    | \d+(?:[.,:]\d+)*(?:st|nd|rd|th|km|m|bn|mm|k)?\b       # 1,700  2.5m  19:30  3rd
    | (?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Sgt|St|Rep|Sen|Gov|Adm|Brig|Prof|Jr|Sr|No)\.(?=\s)
    | [^\W\d_]+(?:[-‐‑’'][^\W_]+)*                          # counter-offensive, Al-Qaeda, al-Maliki, Da'esh
    | \w+(?:-\w+)*                                          # F-16, mixed
    | \.{2,} | \S
    """,
    re.VERBOSE,
)
_ITEM = re.compile(r"\(?\d{1,2}[.)]")  # the number of a list's item is no sentence
_CLITIC = re.compile(r"(?i)^(.+?)(['’]s|n['’]t|['’](?:re|ve|ll|d|m))$")
# Characters: what has no end for this long is a list or a table, and the stages after it take time that grows with the
# square of a sentence's length. Of 42,000 sentences of the press only tables and one telegram were longer.
_LONGEST = 1_000
_WRAP_MIN = 55  # characters: a line this long may go on in the next one; shorter lines stand alone


def tokenize(text: str, offset: int = 0) -> tuple[Token, ...]:
    """Words and marks of `text`, with offsets that count from `offset` before its start."""
    made: list[Token] = []
    for found in _TOKEN.finditer(text):
        word, start = found.group(), found.start() + offset
        clitic = _CLITIC.match(word) if "'" in word or "’" in word else None
        if clitic and clitic.group(1):
            head = len(clitic.group(1))
            made.append(Token(word[:head], start, start + head))
            made.append(Token(word[head:], start + head, start + len(word)))
        else:
            made.append(Token(word, start, start + len(word)))
    return tuple(made)


def split(report: Report, left_out: Sequence[LeftOut] = ()) -> tuple[Sentence, ...]:
    """The sentences of a report in reading order, its title (where that is not part of the text) first.

    Nothing that `left_out` covers, and no date line or byline, becomes a sentence.
    """
    made: list[Sentence] = []
    in_text = any(part.kind == "headline" for part in report.layout)
    told = not any(cut.where == "title" for cut in left_out)
    if report.title and report.title.strip() and not in_text and told:
        for span in _sentence_spans(report.title, Span(0, len(report.title))):
            made.append(_sentence(len(made), report.title, span, "title", "headline"))
    for span, kind in _stretches(report, left_out):
        for piece in _sentence_spans(report.text, span):
            made.append(_sentence(len(made), report.text, piece, "text", kind))
    return tuple(made)


def _sentence(index: int, text: str, span: Span, where: Where, kind: Kind) -> Sentence:
    words = span.of(text)
    return Sentence(index=index, text=words, span=span, where=where, kind=kind, tokens=tokenize(words, span.start))


def _stretches(report: Report, left_out: Sequence[LeftOut]) -> Iterator[tuple[Span, Kind]]:
    """What is to be read, in order: layout parts that hold sentences, and the body between them."""
    kinds: dict[str, Kind] = {"headline": "headline", "standfirst": "standfirst", "heading": "heading"}
    cuts: list[tuple[int, int, Kind | None]] = [
        (cut.span.start, cut.span.end, None) for cut in left_out if cut.where == "text"
    ]
    cuts += [(part.span.start, part.span.end, kinds.get(part.kind)) for part in _cutting(report.layout)]
    at = 0
    for start, end, kind in sorted(cuts, key=lambda cut: cut[:2]):
        if at < start:
            yield Span(at, start), "body"
        if kind and max(at, start) < end:
            yield Span(max(at, start), end), kind
        at = max(at, end)
    if at < len(report.text):
        yield Span(at, len(report.text)), "body"


def _cutting(layout: Sequence[LayoutPart]) -> list[LayoutPart]:
    # A dateline ("BAGHDAD, Iraq --") opens a sentence that goes on: it is no cut.
    return [part for part in layout if part.where == "text" and part.kind not in ("dateline", "note")]


def _sentence_spans(text: str, within: Span) -> Iterator[Span]:
    for block in _blocks(text, within):
        start = block.start
        for end in (*_ends(text, block), block.end):
            yield from _cut(text, start, end)
            start = end


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence as it is, or in pieces where it is longer than any sentence: at its last break before the limit."""
    while end - start > _LONGEST:
        reach = start + _LONGEST
        at = next((k for mark in (";", ",", " ", "\n") if (k := text.rfind(mark, start + 1, reach)) > 0), reach - 1) + 1
        yield from _trimmed(text, start, at)
        start = at
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    tail = len(piece.rstrip())
    if tail > lead and any(c.isalnum() for c in piece) and not _ITEM.fullmatch(piece.strip()):
        yield Span(start + lead, start + tail)


def _blocks(text: str, within: Span) -> Iterator[Span]:
    """Runs of lines that belong together: a blank line always parts them, a line break only where it ends something."""
    start = within.start
    for newline in re.finditer(r"\n[ \t\r\f\v]*\n\s*|\n", text[within.start : within.end]):
        at = within.start + newline.start()
        if newline.group().count("\n") > 1 or not _wraps(text, start, at, within):
            if start < at:
                yield Span(start, at)
            start = within.start + newline.end()
    if start < within.end:
        yield Span(start, within.end)


def _wraps(text: str, start: int, at: int, within: Span) -> bool:
    """Whether the line that ends at `at` goes on in the next one."""
    line_start = max(start, text.rfind("\n", within.start, at) + 1)
    line = text[line_start:at].rstrip()
    after = text[at + 1 : within.end].lstrip(" \t")[:1]
    if not line or not after:
        return False
    if after in "-*•·–—▪" or re.match(r"\(?\d{1,2}[.)]\s", text[at + 1 : at + 8].lstrip()):
        return False
    if line[-1] in '.!?:"”…':
        return len(line) >= _WRAP_MIN and after.islower()
    return len(line) >= _WRAP_MIN or after.islower() or line[-1] in ",;-–" or _shouted(text, within)


def _shouted(text: str, within: Span) -> bool:
    """All capitals: cables and telexes, where short lines are broken for width as well."""
    sample = text[within.start : within.start + 600]
    letters = [c for c in sample if c.isalpha()]
    return len(letters) > 40 and sum(c.isupper() for c in letters) > 0.9 * len(letters)


def _ends(text: str, block: Span) -> Iterator[int]:
    small = _without_capitals(text, block)
    for found in _END.finditer(text, block.start, block.end):
        if found.end() < block.end and _closes(text, found, block, small):
            yield found.end()


def _without_capitals(text: str, block: Span) -> bool:
    """Whether a block is in small letters throughout, so that they say nothing of where a sentence begins."""
    letters = list(filter(str.isalpha, block.of(text)))
    return len(letters) > 40 and sum(map(str.isupper, letters)) < 0.01 * len(letters)


def _closes(text: str, found: re.Match[str], block: Span, small: bool) -> bool:
    mark = found.group()
    rest = text[found.end() : found.end() + 80].lstrip()
    if not rest:
        return True
    if mark[0] in "!?" or (len(mark) > 1 and mark[0] != "."):
        return small or not rest[0].islower()
    before = re.search(r"[\w.&’'-]+$", text[max(block.start, found.start() - 20) : found.start()])
    word = before.group().lower().strip("'’\"") if before else ""
    if rest[0].islower() and not small:
        return False
    if word in MAY_CLOSE or re.fullmatch(r"(?:[a-z]\.)+[a-z]", word):
        first = re.match(r"\W*(\w+)", rest)
        return bool(first and first.group(1).lower() in _STARTERS and not first.group(1).isupper())
    if word in ABBREVIATIONS:
        # "No. 3", "Sept. 11", "Gen. Casey": all go on; "… on Sat. The" closes.
        first = re.match(r"\W*(\w+)", rest)
        return bool(
            first and first.group(1) in {"The", "A", "He", "She", "It", "They", "In"} and word not in {"mr", "dr"}
        )
    return not (len(word) == 1 and word.isalpha() and word != "i")


def token_at(sentence: Sentence, offset: int) -> int:
    """Index of the first token that starts at or after `offset`; the number of tokens where none does."""
    return bisect_left(sentence.tokens, offset, key=lambda token: token.start)
