"""Filled sheets → labels by sentence and token, without a word of any report's text.

    python -m training.labels.gather --chosen FOLDER/chosen.jsonl --to training/labels/pool_claims.jsonl FILLED.txt …
    python -m training.labels.gather --chosen FOLDER/chosen.jsonl --check FILLED.txt …  # only what can't be read

A label names its report by the pool's id and how many sentences of it were read; `training.reader.examples` puts it
beside the pool's text again.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from training.labels.compare import read_lines
from training.labels.sheet import blocks, sentences_of
from training.reader.examples import POOL, pool_rows


def gather(data: Path, chosen: Path, filled: Sequence[Path]) -> tuple[list[dict[str, Any]], list[str]]:
    """Labels of every report that is filled in, by number, and the lines that can't be read."""
    with open(chosen, encoding="utf-8") as lines:
        ids = {row["number"]: row["id"] for row in map(json.loads, lines)}
    found: dict[str, tuple[Path, list[str]]] = {}
    for path in filled:
        for number, written in blocks(path.read_text(encoding="utf-8").splitlines()):
            found[number] = (path, written)
    wanted = frozenset(ids[number] for number in found if number in ids)
    rows = {row["id"]: row for row in pool_rows(data / POOL, wanted)}
    labels, wrong = [], []
    for number, (path, written) in sorted(found.items()):
        if number not in ids:
            wrong.append(f"{path.name}: there is no report {number}")
            continue
        sentences = sentences_of(rows[ids[number]])
        _, claims, bad = read_lines(written, sentences)
        wrong += [f"{path.name} # {number}: {line}" for line in bad]
        labels.append({"id": ids[number], "sentences": len(sentences), "claims": claims})
    return labels, wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--chosen", type=Path, required=True)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--to", type=Path)
    what.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("filled", type=Path, nargs="+")
    args = parser.parse_args()
    labels, wrong = gather(args.data, args.chosen, args.filled)
    print(*wrong, sep="\n")
    print(f"{len(labels)} reports, {sum(len(r['claims']) for r in labels)} claims, {len(wrong)} lines can't be read")
    if args.to:
        with open(args.to, "w", encoding="utf-8") as out:
            out.writelines(json.dumps(row, separators=(",", ":")) + "\n" for row in labels)


if __name__ == "__main__":
    main()
