"""Words set into lines: wrapping, hanging indents, columns. Widths are in terminal cells.

Nothing is cut off: what does not fit goes on in the next line. A wide character takes two cells; writing from right to
left is isolated, so that a terminal that reorders it leaves the columns beside it where they are.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from dateline.show.phrasing import GLUE

GUTTER = 2  # cells between columns
_LEAST = 10  # cells; a column is not made narrower than this as long as another one can give
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"  # first strong isolate, pop directional isolate


def styled(words: str, style: str) -> Text:
    """Words in a style that ends with them: a `Text(words, style)` would pass it on to all that is appended."""
    return Text().append(words, style)


def wrap(text: Text, width: int) -> list[Text]:
    """`text` in lines of at most `width` cells, broken at spaces, and inside a word only where it alone is too long."""
    lines = text.divide(list(_breaks(text.plain, max(1, width)))) if text.plain else [text]
    return [_finished(line) for line in lines]


def _breaks(plain: str, width: int) -> Iterator[int]:
    """Offsets at which a new line begins."""
    used = 0
    for found in re.finditer(r"\n|[^ \n]+ *| +", plain):
        word = found.group().rstrip(" ")
        if word == "\n":
            yield found.end()
            used = 0
            continue
        if used and used + cell_len(word) > width:
            yield found.start()
            used = 0
        for offset, char in enumerate(word):
            if used + cell_len(char) > width:
                yield found.start() + offset
                used = 0
            used += cell_len(char)
        used += len(found.group()) - len(word)


def _finished(line: Text) -> Text:
    line.rstrip()
    line.plain = line.plain.replace(GLUE, " ")
    if any(unicodedata.bidirectional(char) in ("R", "AL") for char in line.plain):
        line = Text(_ISOLATE).append_text(line).append(_END_ISOLATE)
    return line


def packed(parts: Sequence[Text], width: int, between: str = " · ") -> list[Text]:
    """Parts side by side as long as they fit; one that does not begins a new line rather than breaking in two."""
    lines: list[Text] = []
    for part in (part for part in parts if part.plain):
        if lines and lines[-1].cell_len + cell_len(between) + part.cell_len <= width:
            lines[-1].append(between, "dim").append_text(part)
        else:
            lines.append(part.copy())
    return [piece for line in lines for piece in _hung(line, width)]


def _hung(line: Text, width: int) -> list[Text]:
    """A line that is too long, its later lines two cells further in."""
    if line.cell_len <= width:
        return wrap(line, width)
    first, *_ = wrap(line, width)
    rest = line[len(first.plain) :]
    rest = rest[len(rest.plain) - len(rest.plain.lstrip(" ")) :]
    return [first, *(Text("  ") + piece for piece in wrap(rest, width - 2))]


def hanging(first: Text, body: Text, width: int, indent: int) -> list[Text]:
    """`body` wrapped beside a label of `indent` cells; later lines stand under the body."""
    lines = wrap(body, width - indent)
    label = first.copy()
    label.pad_right(max(0, indent - label.cell_len))
    return [(label if number == 0 else Text(" " * indent)) + line for number, line in enumerate(lines)]


def column_widths(rows: Sequence[Sequence[Text]], room: int) -> list[int]:
    """A width for each column so that all fit into `room` cells: the widest give way first, to their longest word."""
    columns = list(zip(*rows, strict=True))
    natural = [_longest(column, "\n") for column in columns]
    words = [max(_LEAST, _longest(column, " |\n")) for column in columns]
    least = [min(pair) for pair in zip(natural, words, strict=True)]
    room -= GUTTER * (len(natural) - 1)
    widths = list(natural)
    while sum(widths) > room:
        givers = [at for at, width in enumerate(widths) if width > least[at]] or [
            at for at, width in enumerate(widths) if width > 1
        ]
        if not givers:
            break
        widths[max(givers, key=lambda at: widths[at])] -= 1
    return widths


def _longest(column: Sequence[Text], split_at: str) -> int:
    return max((cell_len(piece) for cell in column for piece in re.split(split_at, cell.plain)), default=0)


def row(cells: Sequence[Text], widths: Sequence[int]) -> list[Text]:
    """One row of a table, as tall as its tallest cell."""
    wrapped = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    lines = []
    for at in range(max(len(cell) for cell in wrapped)):
        line = Text()
        for cell, width in zip(wrapped, widths, strict=True):
            piece = cell[at].copy() if at < len(cell) else Text()
            piece.pad_right(max(0, width + GUTTER - piece.cell_len))
            line.append_text(piece)
        line.rstrip()
        lines.append(line)
    return lines


def used_columns(rows: Sequence[Sequence[Text]]) -> list[int]:
    """The columns that hold anything in any row."""
    return [at for at in range(len(rows[0])) if any(cells[at].plain for cells in rows)] if rows else []
