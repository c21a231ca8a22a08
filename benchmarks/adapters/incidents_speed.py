"""How fast incidents are made of a large ledger, and how much one report more costs.

The ledger is made up: a few hundred reports of the pool are read once, and told again many times over (retold.py) until
it holds 100,000 claims. Their briefs are made from the records as those of any ledger are.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.adapters.speed import CONFLICT, POOL, by_hash, english
from benchmarks.measured import Adapter, BenchmarkError, Figure, Measured, Setting
from benchmarks.reading import read_rows
from benchmarks.retold import retold
from dateline.ledger import Ledger
from dateline.record import Record

NAME = "incidents.speed"
READ = 150  # reports; told again they make as many as are needed
CLAIMS = 100_000
FEWEST = 4  # claims of a report that is told again: adding reports takes longer than claims
SHORTEST, LONGEST = 200, 600  # words
MORE = 15  # reports that come later, one by one
FROM_NOTHING_S, ONE_REPORT_S = 60.0, 0.2  # the most that each may take
_IN_MEMORY = Path("/dev/shm")  # a ledger waits for its disk at each report, which says nothing here

Decoded = dict[str, Any]


def measure(setting: Setting) -> Measured:
    """Figures of this machine, so none is pinned. CPU time beside the clock's: other work on the machine slows both."""
    records, cost = _records(setting)
    room = _IN_MEMORY if os.access(_IN_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=room) as folder:
        path, more = Path(folder) / "told.db", Path(folder) / "more.jsonl"
        left = told_again(records)
        reports, claims = _filled(setting, path, left)
        later = [next(left) for _ in range(MORE)]
        more.write_text("".join(json.dumps(each) + "\n" for each in later[1:]), "utf-8")
        setting.progress.start(f"{NAME}: incidents", 1)
        sums = alone(path, workers=0, more=more)
        with Ledger(path) as ledger:
            ledger.add(as_record(later[0]))
        cold = alone(path, workers=1)
        setting.progress.stop()
    notes = (f"made up: {len(records)} reports of the pool told again as {reports}, with {claims} claims",)
    return Measured(figures=figures(sums, cold, claims), cost=cost, notes=notes)


def _records(setting: Setting) -> tuple[list[Decoded], Any]:
    """Records of some reports about conflict that tell enough."""
    rows = [
        row
        for row in by_hash(english(setting))
        if row["id"].startswith(CONFLICT) and SHORTEST <= len(row["text"].split()) <= LONGEST
    ]
    reading = read_rows(setting, rows[:READ], what=f"{NAME}: reading")
    return [each for each in reading.records if len(each.get("claims", ())) >= FEWEST], reading.cost


def told_again(records: Sequence[Decoded]) -> Iterator[Decoded]:
    """The records, then the same told again, and so on without end."""
    for number in count():
        yield from (retold(record, number) for record in records)


def as_record(data: Decoded) -> Record:
    return Record.from_json(json.dumps(data).encode())


def _filled(setting: Setting, path: Path, told: Iterable[Decoded]) -> tuple[int, int]:
    """Fill a ledger until it holds enough; how many reports and claims it holds then."""
    reports = claims = 0
    setting.progress.start(f"{NAME}: filling a ledger", CLAIMS)
    with Ledger(path) as ledger:
        for data in told:
            added = ledger.add(as_record(data))
            reports += added.new_report
            claims += added.claims
            for _ in range(added.claims):
                setting.progress.step()
            if claims >= CLAIMS:
                break
    setting.progress.stop()
    return reports, claims


def alone(path: Path, *, workers: int, more: Path | None = None) -> dict[str, float]:
    """What a process that does nothing but bring incidents up to date prints.

    Raises:
        BenchmarkError: it failed.
    """
    command = [sys.executable, "-m", "benchmarks.incidents_alone", str(path), str(workers)]
    done = subprocess.run([*command, *([str(more)] if more else [])], capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchmarkError(f"{NAME}: {(done.stderr.splitlines() or ['no message'])[-1]}")
    sums: dict[str, float] = json.loads(done.stdout)
    return sums


def figures(sums: dict[str, float], cold: dict[str, float], claims: int) -> tuple[Figure, ...]:
    """From nothing, told for 100,000 claims; one report more, in a process that is warm and in one that is new."""
    share = CLAIMS / max(1, claims)
    return (
        Figure(name="incidents: of 100,000 claims", value=sums["seconds"] * share, unit="s", target=FROM_NOTHING_S),
        Figure(name="incidents: the same, CPU time of all cores", value=sums["cpu_seconds"] * share, unit="s"),
        Figure(name="incidents: one report more", value=sums["one_seconds"], unit="s", target=ONE_REPORT_S),
        Figure(name="incidents: the same, CPU time", value=sums["one_cpu_seconds"], unit="s"),
        Figure(name="incidents: one report more, in a new process", value=cold["seconds"], unit="s"),
        Figure(name="incidents: peak memory", value=sums["peak_mb"], unit="MB"),
    )


ADAPTERS = (Adapter(name=NAME, needs=(POOL,), measure=measure),)
