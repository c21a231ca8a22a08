"""Invented adapters and scores: no data set is touched and nothing long is run."""

from datetime import date
from pathlib import Path

from benchmarks.floors import Floor
from benchmarks.measured import Adapter, BenchmarkError, Cost, Measured, Outcome, Progress, Score, Setting
from benchmarks.shared import Shared

DAY = date(2026, 1, 2)
DATA = {"gold/invented.jsonl": "a1"}


def outcome(adapter: str = "invented", data: dict[str, str] = DATA, **values: float | None) -> Outcome:
    scores = tuple(Score(name=name, value=value) for name, value in values.items())
    return Outcome(adapter=adapter, data=data, measured=Measured(scores=scores))


def floor(
    data: dict[str, str] = DATA, best: dict[str, float] | None = None, why: str | None = None, **scores: float
) -> Floor:
    return Floor(date=DAY, data=data, scores=scores, best=best or scores, why=why)


def setting(tmp_path: Path, command: str = "dateline") -> Setting:
    (tmp_path / "data").mkdir(exist_ok=True)
    return Setting(shared=Shared(tmp_path / "data"), command=command, progress=Progress())


def adapter(name: str = "invented", *, needs: tuple[str, ...] = (), quick: bool = False, **values: float) -> Adapter:
    def measure(_: Setting) -> Measured:
        cost = Cost(reports=2, words=100, seconds=1.0, cpu_seconds=0.5, peak_mb=60.0)
        return Measured(scores=tuple(Score(name=n, value=v) for n, v in values.items()), cost=cost)

    return Adapter(name=name, needs=needs, measure=measure, quick=quick)


def crashing(name: str = "crashing") -> Adapter:
    def measure(_: Setting) -> Measured:
        raise BenchmarkError("`dateline read` ended with status -9: no message")

    return Adapter(name=name, needs=(), measure=measure)
