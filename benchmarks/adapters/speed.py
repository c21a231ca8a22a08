"""How fast, and in how much memory, over real news: 500 reports of the pool, start-up, one report on one core."""

import gzip
import json
import subprocess
import sys
from collections.abc import Iterable
from hashlib import sha256
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.measured import Adapter, BenchmarkError, Figure, Measured, Setting
from benchmarks.reading import Reading, read_rows

POOL = "data/news/pool.jsonl.gz"
REPORTS = 500
START_UPS = 10
# The report of the target has 350 words and is about armed conflict: these parts of the pool are, and reading a report
# of claims takes longer than one of market prices.
CONFLICT = ("muc34/fbis", "insightcrime", "guardian-sdf", "ukraine2022/")
SHORTEST, LONGEST = 340, 360  # words
WARM_UP, TIMED = 5, 20  # reports
PEAK_MB, START_UP_S, ONE_REPORT_S = 500.0, 0.3, 0.3  # the targets: the most that each may be


def measure(setting: Setting) -> Measured:
    """Figures of this machine, so none is pinned. With `against`, another command reads the same in the same run."""
    pool = by_hash(english(setting))
    sample = pool[:REPORTS]
    reading = read_rows(setting, sample, what="speed")
    against = _compared(setting, sample, reading) if setting.against else ()
    figures = (*_reading(reading), *_start_up(setting), *_one_report(setting, pool), *against)
    return Measured(figures=figures, cost=reading.cost, notes=reading.notes)


def english(setting: Setting) -> Iterable[dict[str, Any]]:
    with gzip.open(setting.shared.path(POOL), "rt", encoding="utf-8") as lines:
        yield from (row for row in map(json.loads, lines) if row.get("lang") == "en")


def by_hash(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """In an order that is fixed and has nothing to do with the rows: a sample is the first of them."""
    return sorted(rows, key=lambda row: sha256(row["id"].encode()).digest())


def _reading(reading: Reading) -> tuple[Figure, ...]:
    cost = reading.cost
    return (
        Figure(name="reports a second", value=cost.reports / cost.seconds, unit="/s"),
        Figure(name="words a second", value=cost.words / cost.seconds, unit="/s"),
        Figure(name="words a CPU second", value=cost.words / cost.cpu_seconds, unit="/s"),
        Figure(name="peak memory", value=cost.peak_mb, unit="MB", target=PEAK_MB),
    )


def _start_up(setting: Setting) -> tuple[Figure, ...]:
    commands = {"dateline": [setting.command, "--help"], "python": [sys.executable, "-c", "pass"]}
    if setting.against:
        commands["against"] = [setting.against, "--help"]
    seconds = _by_turns(setting, commands)
    figures: tuple[Figure, ...] = (
        Figure(name="start-up, dateline --help", value=seconds["dateline"], unit="s", target=START_UP_S),
        Figure(name="start-up beside bare Python's", value=seconds["dateline"] / seconds["python"], unit="times"),
    )
    if setting.against:
        ratio = seconds["dateline"] / seconds["against"]
        figures += (Figure(name="start-up beside the other's", value=ratio, unit="times"),)
    return figures


def _by_turns(setting: Setting, commands: dict[str, list[str]]) -> dict[str, float]:
    """Median seconds of each command; by turns, so that a busy minute falls on all of them."""
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    setting.progress.start("speed: start-up", START_UPS)
    for _ in range(START_UPS):
        for name, command in commands.items():
            started = perf_counter()
            done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
            seconds[name].append(perf_counter() - started)
            if done.returncode:
                raise BenchmarkError(f"`{' '.join(command)}` ended with status {done.returncode}")
        setting.progress.step()
    setting.progress.stop()
    return {name: median(values) for name, values in seconds.items()}


def _one_report(setting: Setting, pool: list[dict[str, Any]]) -> tuple[Figure, ...]:
    rows = [row for row in pool if row["source"].startswith(CONFLICT)]
    rows = [row for row in rows if SHORTEST <= len(row["text"].split()) <= LONGEST][: WARM_UP + TIMED]
    setting.progress.start("speed: one report", 1)
    command = [sys.executable, "-m", "benchmarks.one_core", str(WARM_UP)]
    done = subprocess.run(command, input="\n".join(map(json.dumps, rows)), capture_output=True, text=True, check=False)
    setting.progress.step()
    setting.progress.stop()
    if done.returncode:
        raise BenchmarkError(f"one report on one core: {(done.stderr.splitlines() or ['no message'])[-1]}")
    times = json.loads(done.stdout)
    return (
        Figure(name="350 words, one core, median", value=median(times["seconds"]), unit="s", target=ONE_REPORT_S),
        Figure(name="350 words, one core, slowest", value=max(times["seconds"]), unit="s"),
        Figure(name="350 words, CPU time, median", value=median(times["cpu_seconds"]), unit="s"),
    )


def _compared(setting: Setting, sample: list[dict[str, Any]], reading: Reading) -> tuple[Figure, ...]:
    other = read_rows(setting, sample, what="speed: the other", command=setting.against or "")
    return (
        Figure(
            name="CPU time beside the other's", unit="times", value=reading.cost.cpu_seconds / other.cost.cpu_seconds
        ),
        Figure(name="peak memory beside the other's", unit="times", value=reading.cost.peak_mb / other.cost.peak_mb),
    )


ADAPTERS = (Adapter(name="speed", needs=(POOL,), measure=measure, quick=True),)
