"""Labels of times in reports of the pool, as positions: `python -m training.times.labels FILLED… --part PART`.

A filled sheet answers whole reports: `## report`, then a line for each expression in the order of the text,
`text | TYPE | value` (benchmarks/labels/times.md says what is written). What is kept holds where the words stand, and
no text. A report in which nothing stands is a row with no expression, so that what is found in it counts as wrong.
The label beside the file gets the new checksum.
"""

import argparse
import gzip
import json
import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from training.tables.seal import seal

OUT = Path(__file__).parents[2] / "benchmarks" / "labels" / "times.jsonl"
TYPES = ("DATE", "TIME", "DURATION", "SET")
Part = Literal["development", "held out"]


class Label(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A labelled expression, or, with no `type`, a report that has none.

    `[start, end)` in code points of the report's text, whose sha256 begins with `sha256`.
    """

    id: str
    sha256: str
    part: Part
    start: int | None = None
    end: int | None = None
    type: str | None = None
    value: str | None = None


class Answer(Struct, frozen=True):
    """A line of a filled sheet."""

    text: str
    type: str
    value: str


def answers(lines: Sequence[str]) -> Iterator[tuple[str, list[Answer]]]:
    """(report, its answers) of a filled sheet; lines of another shape are passed over."""
    key, held = "", list[Answer]()
    for line in lines:
        if line.startswith("## "):
            if key:
                yield key, held
            key, held = line[3:].split(" | ")[0].strip(), []
        elif key and line.count(" | ") >= 2:
            text, kind, value = (cell.strip() for cell in line.rsplit(" | ", 2))
            if text and kind in TYPES:
                held.append(Answer(text, kind, value))
    if key:
        yield key, held


def placed(text: str, held: Sequence[Answer]) -> tuple[list[tuple[Answer, int, int]], list[Answer]]:
    """Each answer with its span, sought from the end of the one before, and those that are not there."""
    made: list[tuple[Answer, int, int]] = []
    lost: list[Answer] = []
    at = 0
    for answer in held:
        words = r"\s+".join(map(re.escape, answer.text.split()))
        found = re.compile(rf"(?<!\w){words}(?!\w)").search(text, at)
        if found is None:
            lost.append(answer)
            continue
        made.append((answer, found.start(), found.end()))
        at = found.end()
    return made, lost


def labels(pool: Path, sheets: Sequence[Path], part: Part) -> tuple[list[Label], int]:
    """The labels of filled sheets, in the order of the sheets, and how many answers stand nowhere in their report."""
    filled = {id: held for sheet in sheets for id, held in answers(sheet.read_text("utf-8").splitlines())}
    texts = {row["id"]: row["text"] for row in _rows(pool) if row["id"] in filled}
    made: list[Label] = []
    missing = 0
    for id, held in filled.items():
        found, lost = placed(texts[id], held)
        missing += len(lost)
        digest = fingerprint(texts[id])
        made += [
            Label(id=id, sha256=digest, part=part, start=start, end=end, type=one.type, value=one.value or None)
            for one, start, end in found
        ] or [Label(id=id, sha256=digest, part=part)]
    return made, missing


def fingerprint(text: str) -> str:
    """The first 16 hex digits of a text's sha256: enough to tell that it is the one that was labelled."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _rows(pool: Path) -> Iterator[dict[str, str]]:
    with gzip.open(pool, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def read(path: Path = OUT) -> list[Label]:
    """The committed labels."""
    return [msgspec.json.decode(line, type=Label) for line in path.read_bytes().splitlines()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("filled", nargs="+", type=Path)
    parser.add_argument("--part", choices=("development", "held out"), required=True)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--to", type=Path, default=OUT)
    options = parser.parse_args()
    made, missing = labels(options.data / "data/news/pool.jsonl.gz", options.filled, options.part)
    renewed = {label.id for label in made}
    kept = [label for label in read(options.to) if label.id not in renewed] if options.to.exists() else []
    options.to.write_bytes(b"".join(msgspec.json.encode(label) + b"\n" for label in (*kept, *made)))
    seal(options.to.stem, sha256(options.to.read_bytes()).hexdigest(), options.to.parent)
    count = sum(label.type is not None for label in made)
    print(f"{len(renewed)} reports, {count} expressions, {missing} answers that stand nowhere")


if __name__ == "__main__":
    main()
