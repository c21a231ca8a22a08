"""Who some four hundred phrases of short invented reports mean: groups, persons in office, bodies of states, nobody."""

import csv
from datetime import date
from pathlib import Path

import pytest
from actor_phrases import meant

_TABLE = Path(__file__).with_name("actor_expressions.csv")
with _TABLE.open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['published']} {row['phrase']}")
def test_who_is_meant(row: dict[str, str]) -> None:
    found = meant(row["text"], row["phrase"], date.fromisoformat(row["published"]))
    who = (found.actor_id, found.kind, found.country) if found else (None, None, None)
    assert who == (row["actor_id"] or None, row["kind"] or None, row["country"] or None)


def test_there_are_enough_of_them() -> None:
    assert len(ROWS) >= 300
