"""The values that pass between adapters, floors and the table."""

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from benchmarks.shared import Shared


class Score(Struct, frozen=True, kw_only=True):
    """One score, 0 to 1 (F1 unless docs/benchmarks.md says otherwise), rounded to 4 decimals.

    `pinned` scores have floors. The others are parts that help to read a pinned one: they may fall while it rises,
    since a field is scored over the claims that were found, and claims newly found are the harder ones.
    """

    name: str
    value: float | None
    precision: float | None = None
    recall: float | None = None
    pinned: bool = True


class Cost(Struct, frozen=True, kw_only=True):
    """What one child process needed to read `reports` from files to records, start-up included.

    `words` are stretches between white space. `seconds` is by the clock, `cpu_seconds` user and system time; where the
    machine is busy with other work only the second means much. `peak_mb` is peak resident memory in 10^6 bytes.
    """

    reports: int
    words: int
    seconds: float
    cpu_seconds: float
    peak_mb: float


class Figure(Struct, frozen=True, kw_only=True):
    """A figure that depends on the machine: shown beside its target, never pinned.

    `target` is the most it may be, `least` the least.
    """

    name: str
    value: float
    unit: str
    target: float | None = None
    least: float | None = None

    @property
    def met(self) -> bool | None:
        if self.target is None and self.least is None:
            return None
        return (self.target is None or self.value <= self.target) and (self.least is None or self.value >= self.least)


class Row(Struct, frozen=True, kw_only=True):
    """One line of a breakdown: claims in the gold set and claims read, then a score of each kind of match."""

    name: str
    gold: int
    predicted: int
    found: float
    typed: float
    claim: float
    fields: dict[str, float | None] = {}  # over the typed pairs; None where no pair has an answer


class Breakdown(Struct, frozen=True, kw_only=True):
    """A score taken apart; `found` says what its column of that name holds."""

    by: str
    found: Literal["F1", "recall"]
    rows: tuple[Row, ...]


class ClassRow(Struct, frozen=True, kw_only=True):
    """One class of claims: how many the gold side and the reader have, how many agree; no scores where neither has."""

    name: str
    gold: int
    predicted: int
    right: int
    precision: float | None = None
    recall: float | None = None
    f1: float | None = None


class Classes(Struct, frozen=True, kw_only=True):
    """A field of claims taken apart by its values."""

    name: str
    over: Literal["typed pairs", "all gold claims"]
    rows: tuple[ClassRow, ...]


class Measured(Struct, frozen=True, kw_only=True):
    """What an adapter found. `notes` are lines for people: reports that could not be read, and why."""

    scores: tuple[Score, ...] = ()
    figures: tuple[Figure, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    classes: tuple[Classes, ...] = ()
    cost: Cost | None = None
    notes: tuple[str, ...] = ()


class Progress:
    """Where an adapter says how far it is. This one keeps silent."""

    def start(self, what: str, total: int) -> None: ...

    def step(self) -> None: ...

    def stop(self) -> None: ...


class Setting(Struct, frozen=True, kw_only=True):
    """What an adapter is run with.

    `command` is the `dateline` that is measured, `against` another one (say, of an older checkout) to compare with;
    `spacy` is a Python that has spaCy and its medium English pipeline.
    """

    shared: Shared
    command: str
    progress: Progress
    against: str | None = None
    spacy: str | None = None


class Adapter(Struct, frozen=True, kw_only=True):
    """One benchmark. `needs` are the files it is measured on, its scorer included, as `gold/…`, `data/…`, `bench/…`."""

    name: str
    needs: tuple[str, ...]
    measure: Callable[[Setting], Measured]
    quick: bool = False


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of one adapter: measured; or skipped or failed, with the reason."""

    adapter: str
    data: dict[str, str] = {}
    measured: Measured | None = None
    skipped: str | None = None
    failed: str | None = None


class BenchmarkError(Exception):
    """A benchmark could not be run; the message is one line for people."""


class NotMeasured(Exception):
    """A benchmark has nothing to measure here, and that is no failure; the message is one line for people."""
