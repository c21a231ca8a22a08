"""Writes the table of Dateline's own columns in docs/exports.md again: `python -m tests.export.write_docs`.

A test holds the page to what `dateline/export/table.py` says.
"""

from collections.abc import Iterator
from pathlib import Path

from dateline.codes import MEASURES
from dateline.export.table import COLUMNS

PAGE = Path(__file__).parents[2] / "docs" / "exports.md"
BEGIN, END = "<!-- columns: made by python -m tests.export.write_docs -->\n", "<!-- columns end -->\n"


def lines() -> Iterator[str]:
    """The table: a row a column, the three of every measure in one row."""
    yield "| column | type | what it holds |\n| --- | --- | --- |\n"
    told = False
    for column in COLUMNS:
        measure, _, end = column.name.rpartition("_")
        if measure in MEASURES and end in ("low", "best", "high"):
            if not told:
                measures = ", ".join(f"`{name}`" for name in MEASURES)
                yield f"| `…_low`, `…_best`, `…_high` | number | empty: an open end, or not told; of {measures} |\n"
            told = True
        else:
            yield f"| `{column.name}` | {column.kind} | {column.about} |\n"


def page(text: str) -> str:
    """The page with the table made anew."""
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    return before + BEGIN + "".join(lines()) + END + after


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
