"""Names and amounts in reports on Syria and Iraq: re3d, by way of benchmarks/re3d_types.py."""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct

from benchmarks.measured import Adapter, BenchmarkError, Measured, Score, Setting
from benchmarks.overlap import all_runs, seen
from benchmarks.re3d_types import TYPES, entities
from benchmarks.reading import read_rows

GOLD, TRAINED, SCORER = "data/entities/re3d.jsonl", "gold/train_reports.jsonl", "bench/spans_eval.py"
NAME = "names.re3d"
CONFIDENCE = "0.5"  # entities nested in others have 0, sure ones 1
_LINE = re.compile(r"(\S+)\s+P ([\d.]+)\s+R ([\d.]+)\s+F1 ([\d.]+)")


class Line(Struct, frozen=True):
    """One line of the scorer: a type, or `all` of them."""

    type: str
    precision: float
    recall: float
    f1: float


def measure(setting: Setting) -> Measured:
    """`entities` is pinned: exact span and type, micro F1 over all types, those that a record has no place for too."""
    trained = all_runs(row["text"] for row in setting.shared.rows(TRAINED))
    everything = list(setting.shared.rows(GOLD))
    gold = [row for row in everything if not seen(row["text"], trained)]
    reading = read_rows(setting, gold, what=NAME)
    predicted = [{"id": record["id"], "entities": entities(record)} for record in reading.records]
    scorer = setting.shared.path(SCORER)
    lines = {line.type: line for line in scored(scorer, gold, predicted)}
    readable = {line.type: line for line in scored(scorer, gold, predicted, types=TYPES)}
    scores = (
        _score("entities", lines["all"]),
        _score("readable_types", readable["all"], pinned=False),
        *(_score(kind, lines[kind], pinned=False) for kind in TYPES if kind in lines),
    )
    left_out = f"{len(everything) - len(gold)} of {len(everything)} left out: their texts stand in {TRAINED}"
    return Measured(scores=scores, cost=reading.cost, notes=(left_out, *reading.notes))


def scored(
    scorer: Path, gold: Iterable[dict[str, Any]], predicted: Iterable[dict[str, Any]], *, types: tuple[str, ...] = ()
) -> list[Line]:
    """The lines that the scorer prints; it offers nothing to call.

    Raises:
        BenchmarkError: it ended otherwise than with scores.
    """
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for name, rows in (("gold", gold), ("predicted", predicted)):
            files.append(Path(folder) / f"{name}.jsonl")
            files[-1].write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        command = [sys.executable, "-B", str(scorer), *map(str, files), "--min-confidence", CONFIDENCE]
        done = subprocess.run([*command, "--types", ",".join(types)], capture_output=True, text=True, check=False)
    lines = [Line(m[1], float(m[2]), float(m[3]), float(m[4])) for m in _LINE.finditer(done.stdout)]
    if done.returncode or not lines:
        raise BenchmarkError(f"{scorer.name}: {(done.stderr.splitlines() or ['printed no scores'])[-1]}")
    return lines


def _score(name: str, line: Line, *, pinned: bool = True) -> Score:
    return Score(name=name, value=line.f1, precision=line.precision, recall=line.recall, pinned=pinned)


ADAPTERS = (Adapter(name=NAME, needs=(GOLD, TRAINED, SCORER), measure=measure),)
