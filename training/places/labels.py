"""Labels of place names in reports of the pool, as positions: `python -m training.places.labels FILLED… --to FILE`.

A sheet (training/places/choose.py) shows reports in numbered sentences; a block of labels answers it
(training/places/guide.md). What is kept holds no text: for each report where it was read to, and for each name its
span, kind, country and point.
"""

import argparse
import gzip
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from dateline.reading.pipeline import prepare
from dateline.reading.sentences import split
from dateline.record import Report

OUT = Path(__file__).with_name("pool_places.jsonl")
KINDS = ("P", "D", "G", "X")


class Name(Struct, frozen=True):
    """A name in the text: its span, kind (place, demonym, government or team, none) and, where known, what it means."""

    start: int
    end: int
    kind: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None


class Labelled(Struct, frozen=True):
    """A report of the pool and the names in what was shown of it: the text from `start` to `stop`."""

    id: str
    start: int
    stop: int
    names: tuple[Name, ...]


def pool(data: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(data / "data/news/pool.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def shown(row: dict[str, Any], most: int = 2600) -> list[tuple[int, int]]:
    """Spans of the sentences of a report that a sheet shows: whole ones, up to about so many characters."""
    report, left_out, _ = prepare(Report(text=row["text"], title=row.get("title")))
    made: list[tuple[int, int]] = []
    size = 0
    for sentence in split(report, left_out):
        if sentence.where != "text":
            continue
        if size + len(sentence.text) > most and made:
            break
        made.append((sentence.span.start, sentence.span.end))
        size += len(sentence.text)
    return made


def blocks(paths: Sequence[Path]) -> Iterator[tuple[str, list[list[str]]]]:
    """(report, lines of five cells) of filled sheets."""
    held: dict[str, list[list[str]]] = {}
    for path in paths:
        key = ""
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("## "):
                key = line[3:].split(" | ")[0].strip()
                held.setdefault(key, [])
            elif line.strip() and key:
                cells = [cell.strip() for cell in line.split("|")]
                if len(cells) == 5 and cells[1] in KINDS:
                    held[key].append(cells)
    yield from held.items()


def placed(text: str, sentences: Sequence[tuple[int, int]], lines: Sequence[Sequence[str]]) -> list[Name]:
    """Every occurrence that the lines speak of; the longest form covers what lies in it."""
    made: list[Name] = []
    for form, kind, where, point, at in sorted(lines, key=lambda cells: -len(cells[0])):
        numbers = re.findall(r"-?\d+(?:\.\d+)?", point)
        lat, lon = (float(numbers[0]), float(numbers[1])) if len(numbers) == 2 else (None, None)
        code = where.split(";")[-1].strip()
        for start, end in _occurrences(text, sentences, form, at):
            if all(end <= other.start or start >= other.end for other in made):
                made.append(Name(start, end, kind, code if re.fullmatch("[A-Z]{2}", code) else None, lat, lon))
    return sorted(made, key=lambda name: name.start)


def _occurrences(text: str, sentences: Sequence[tuple[int, int]], form: str, at: str) -> Iterator[tuple[int, int]]:
    words = r"\s+".join(map(re.escape, form.split()))
    pattern = re.compile(rf"(?<!\w){words}(?!\w)" if form[-1:].isalnum() else rf"(?<!\w){words}")
    wanted: dict[int, list[int]] | None = None
    if at != "all":
        wanted = {}
        for cell in re.findall(r"\d+(?:#\d+)?", at):
            number, _, nth = cell.partition("#")
            wanted.setdefault(int(number), []).append(int(nth) if nth else 0)
    for number, (start, end) in enumerate(sentences):
        if wanted is not None and number not in wanted:
            continue
        found = [(start + m.start(), start + m.end()) for m in pattern.finditer(text[start:end])]
        nths = [n for n in wanted[number] if n] if wanted else []
        yield from ([found[n - 1] for n in nths if n <= len(found)] if nths else found)


def gather(data: Path, paths: Sequence[Path]) -> list[Labelled]:
    filled = dict(blocks(paths))
    made = []
    for row in pool(data):
        if row["id"] in filled:
            sentences = shown(row)
            names = placed(row["text"], sentences, filled[row["id"]])
            made.append(Labelled(row["id"], sentences[0][0], sentences[-1][1], tuple(names)))
    return made


def read(path: Path = OUT) -> list[Labelled]:
    """The committed labels."""
    return [msgspec.json.decode(line, type=Labelled) for line in path.read_bytes().splitlines()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("filled", nargs="+", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--to", type=Path, default=OUT)
    options = parser.parse_args()
    made = gather(options.data, options.filled)
    renewed = {item.id for item in made}
    kept = read(options.to) if options.to.exists() else []
    made = [*(item for item in kept if item.id not in renewed), *made]  # more labels join those there are
    options.to.write_bytes(b"".join(msgspec.json.encode(item) + b"\n" for item in made))
    kinds = {kind: sum(name.kind == kind for item in made for name in item.names) for kind in KINDS}
    print(f"{len(made)} reports, {kinds}")


if __name__ == "__main__":
    main()
