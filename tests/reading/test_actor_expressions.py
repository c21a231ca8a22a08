"""Who some four hundred phrases of short invented reports mean: groups, persons in office, bodies of states, nobody.

The answers were written from the register and common sense, without the program. `misread` says why a row is read
otherwise as yet: it is expected to fail, and a row that no longer does must lose the remark.
"""

import csv
from datetime import date
from pathlib import Path

import pytest

from tests.reading.actor_phrases import meant

_TABLE = Path(__file__).with_name("actor_expressions.csv")
with _TABLE.open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines))
CASES = [
    pytest.param(
        row, id=f"{row['published']} {row['phrase']}",
        marks=pytest.mark.xfail(reason=row["misread"], strict=True) if row["misread"] else (),
    )
    for row in ROWS
]  # fmt: skip


@pytest.mark.parametrize("row", CASES)
def test_who_is_meant(row: dict[str, str]) -> None:
    found = meant(row["text"], row["phrase"], date.fromisoformat(row["published"]))
    expected = (row["actor_id"] or None, row["kind"] or None, row["country"] or None)
    assert (found.actor_id, found.kind, found.country) == expected


def test_there_are_enough_of_them() -> None:
    read = [row for row in ROWS if not row["misread"]]
    assert len(read) >= 300
