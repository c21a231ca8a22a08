"""Where printing goes: a terminal's width, and whether it takes colour."""

import shutil
from collections.abc import Iterable
from typing import IO

from rich.console import Console
from rich.text import Text

NARROWEST = 40  # cells; below this, lines run over the edge rather than into single words


def width_of(asked: int | None) -> int:
    """Cells to print in: as asked, else the terminal's own (or COLUMNS), else 80."""
    return max(NARROWEST, asked or shutil.get_terminal_size((80, 24)).columns)


def terminal(*, width: int | None = None, colour: bool = True, file: IO[str] | None = None) -> Console:
    """A console that prints text as it is: no markup, no emoji names, no guessing at what to highlight.

    Colour only where `colour` allows it, the output is a terminal and NO_COLOR is not set.
    """
    wide = width_of(width)
    if not colour:
        return Console(file=file, width=wide, color_system=None, markup=False, emoji=False, highlight=False)
    return Console(file=file, width=wide, markup=False, emoji=False, highlight=False)


def put(console: Console, lines: Iterable[Text]) -> None:
    for line in lines:
        console.print(line, soft_wrap=True)
