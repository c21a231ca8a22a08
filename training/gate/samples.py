"""Which reports the gate is fitted on and which it is measured on; benchmarks/adapters/gate.py measures on the same."""

import gzip
import json
import random
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec import Struct

from dateline.record import Report

HELD_OUT = 10  # one annotated training report in this many is measured on
POOL_PARTS = 16  # one pool report in this many is measured on
SEED = 7
LABELLED = 3500  # pool reports of every kind
# Beside them all that there are of these: sport attacks, shoots and defends, and a tenth of the pool is too little to
# learn that from.
MORE_OF = "bbc2004-05"
SHORTEST, LONGEST = 20, 700  # words of a pool report that is labelled: long ones cost much and say little more
_HEAD = 200  # characters at the start by which a text is known again


class Annotated(Struct, frozen=True, kw_only=True):
    """A report and the claims that people found in it."""

    report: Report
    quotes: tuple[str, ...]


def annotated(gold: Path, name: str) -> list[Annotated]:
    """The reports of <gold>/<name>_reports.jsonl, in their order."""
    with open(gold / f"{name}.jsonl", encoding="utf-8") as lines:
        quotes = {row["id"]: tuple(claim["quote"] for claim in row["claims"]) for row in map(json.loads, lines)}
    with open(gold / f"{name}_reports.jsonl", encoding="utf-8") as lines:
        return [Annotated(report=report_of(row), quotes=quotes[row["id"]]) for row in map(json.loads, lines)]


def held_out(reports: list[Annotated]) -> list[Annotated]:
    return reports[::HELD_OUT]


def fitted_on(reports: list[Annotated]) -> list[Annotated]:
    return [report for i, report in enumerate(reports) if i % HELD_OUT]


def pool(path: Path) -> Iterator[dict[str, Any]]:
    """The English reports of the news pool."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from (row for row in map(json.loads, lines) if row.get("lang") == "en")


def measured_on(row: dict[str, Any]) -> bool:
    """By the id alone, so that it does not move when the pool grows."""
    return sha256(row["id"].encode()).digest()[0] < 256 // POOL_PARTS


def to_label(shared: Path) -> list[dict[str, Any]]:
    """The pool reports that may be fitted on, shuffled: none that is annotated, none that is measured on."""
    known = {each.report.text.strip()[:_HEAD] for name in ("train", "dev") for each in annotated(shared / "gold", name)}
    rows = [
        row for row in pool(shared / "data/news/pool.jsonl.gz")
        if row["text"].strip()[:_HEAD] not in known and SHORTEST <= len(row["text"].split()) <= LONGEST
    ]  # fmt: skip
    random.Random(SEED).shuffle(rows)
    rows = [row for row in rows if not measured_on(row)]
    return rows[:LABELLED] + [row for row in rows[LABELLED:] if row["source"] == MORE_OF]


def report_of(row: dict[str, Any]) -> Report:
    return Report(text=row["text"], title=row.get("title"))
