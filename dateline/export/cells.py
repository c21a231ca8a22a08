"""Cells of CSV files: safe to open in a spreadsheet, and read back to exactly what was written.

A spreadsheet takes a cell that begins with = + - or @ for a formula, and words of reports can begin so. Such a text
gets an apostrophe before it, and so does one that begins with an apostrophe itself: whoever takes one leading
apostrophe off every text cell has what was written. Numbers and days are never touched.
Source: OWASP, "CSV Injection" (the characters, their full-width forms, tab and carriage return).
"""

from collections.abc import Iterator, Sequence
from datetime import date

GUARD = "'"
_OPENS_A_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_JOINT = "; "


def text_cell(text: str | None) -> str:
    """A text as a cell; none, and an empty one, are an empty cell."""
    if not text:
        return ""
    # Some programs strip leading spaces before they look for a formula.
    first = text.lstrip(" \u00a0\ufeff")[:1]
    return GUARD + text if first in _OPENS_A_FORMULA or text.startswith(GUARD) else text


def text_of(cell: str) -> str | None:
    """The text that `text_cell` took."""
    return cell.removeprefix(GUARD) or None


def list_cell(items: Sequence[str]) -> str:
    r"""Texts as one cell: "a; b". A semicolon or backslash within one has a backslash before it; an empty one is \-."""
    return text_cell(_JOINT.join(_escaped(item) for item in items))


def list_of(cell: str) -> tuple[str, ...]:
    """The texts that `list_cell` took."""
    text = text_of(cell)
    return tuple(_items(text)) if text else ()


def number_cell(value: float | int | None) -> str:
    """A number as a cell: shortest form that reads back to the same number, whole ones without a point."""
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def day_cell(value: date | None) -> str:
    return value.isoformat() if value else ""


def _escaped(item: str) -> str:
    return item.replace("\\", "\\\\").replace(";", "\\;") if item else "\\-"


def _items(text: str) -> Iterator[str]:
    made: list[str] = []
    at = 0
    while at < len(text):
        if text[at] == "\\":
            if text[at + 1] != "-":  # \- is an empty item
                made.append(text[at + 1])
            at += 2
        elif text.startswith(_JOINT, at):
            yield "".join(made)
            made = []
            at += len(_JOINT)
        else:
            made.append(text[at])
            at += 1
    yield "".join(made)
