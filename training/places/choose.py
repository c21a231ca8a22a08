"""Sheets of reports to label: `python -m training.places.choose --to FOLDER [--sheets 4] [--each 20]`.

Picks reports of the pool that no label and no benchmark of ours has, so many of each source, and writes them as
numbered sentences; training/places/guide.md says how a sheet is answered, training/places/labels.py reads the answers.
(The 570 reports labelled so far were picked the same way, with more from sources of conflict and 110 that name counties
or states of the United States.)
"""

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from training.places import labels

MEASURED = Path("benchmarks/labels/place_relations.jsonl")
LEAST = 600  # characters: shorter texts name few places


def chosen(rows: Iterable[dict[str, Any]], taken: frozenset[str], each: int) -> list[dict[str, Any]]:
    """Up to `each` English reports of every source, in an order that does not follow the sources."""
    by_source: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row.get("lang") == "en" and row["id"] not in taken and len(row["text"]) >= LEAST:
            by_source[row["source"].partition("/")[0]].append(row)
    draw = random.Random(0)
    made = [
        row for source in sorted(by_source) for row in draw.sample(by_source[source], min(each, len(by_source[source])))
    ]
    draw.shuffle(made)
    return made


def sheet(row: dict[str, Any]) -> str:
    """A report as its head and numbered sentences."""
    head = f"## {row['id']} | {row['source']} | {(row.get('published') or '')[:10]} | {row.get('title') or ''}"
    lines = (" ".join(row["text"][start:end].split()) for start, end in labels.shown(row))
    return "\n".join([head, *(f"{n} {line}" for n, line in enumerate(lines))]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--sheets", type=int, default=4)
    parser.add_argument("--each", type=int, default=20)
    options = parser.parse_args()
    measured = {json.loads(line)["id"] for line in MEASURED.read_text("utf-8").splitlines()}
    taken = frozenset({item.id for item in labels.read()} | measured)
    rows = chosen(labels.pool(options.data), taken, options.each)
    options.to.mkdir(parents=True, exist_ok=True)
    for number in range(options.sheets):
        text = "\n".join(sheet(row) for row in rows[number :: options.sheets])
        (options.to / f"sheet{number}.txt").write_text(text, "utf-8")
    print(f"{len(rows)} reports in {options.sheets} sheets")


if __name__ == "__main__":
    main()
