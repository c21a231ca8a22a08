"""How fast the times stage is by itself, on one core."""

import json
import os
import subprocess
import sys

from benchmarks.adapters.places_speed import ONE_THREAD
from benchmarks.adapters.speed import POOL, by_hash, english
from benchmarks.measured import Adapter, BenchmarkError, Figure, Measured, Setting

NAME = "times.speed"
WARM_UP, TIMED = 5, 500  # reports
LEAST = 20_000.0  # words a second


def measure(setting: Setting) -> Measured:
    """A figure of this machine, so it is not pinned; of CPU time, so that other work on the machine says little."""
    rows = by_hash(english(setting))[: WARM_UP + TIMED]
    setting.progress.start(NAME, 1)
    command = [sys.executable, "-m", "benchmarks.times_alone", str(WARM_UP)]
    lines = "\n".join(map(json.dumps, rows))
    done = subprocess.run(
        command, input=lines, capture_output=True, text=True, check=False, env=os.environ | ONE_THREAD
    )
    setting.progress.step()
    setting.progress.stop()
    if done.returncode:
        raise BenchmarkError(f"{NAME}: {(done.stderr.splitlines() or ['no message'])[-1]}")
    return Measured(figures=(figure(json.loads(done.stdout)),))


def figure(sums: dict[str, float]) -> Figure:
    """Words a CPU second; a time too short to measure is told as a nanosecond."""
    speed = sums["words"] / max(sums["seconds"], 1e-9)
    return Figure(name="times: finding, words a CPU second", value=speed, unit="/s", least=LEAST)


ADAPTERS = (Adapter(name=NAME, needs=(POOL,), measure=measure),)
