"""How fast the places stage is by itself, on one core: finding the names, and settling which places they mean."""

import json
import os
import subprocess
import sys

from benchmarks.adapters.speed import POOL, by_hash, english
from benchmarks.measured import Adapter, BenchmarkError, Figure, Measured, Setting

NAME = "places.speed"
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1")
WARM_UP, TIMED = 5, 300  # reports
FINDING, RESOLVING = 3_000.0, 100_000.0  # words a second: the least that each may be


def measure(setting: Setting) -> Measured:
    """Figures of this machine, so none is pinned; of CPU time, so that other work on the machine says little."""
    return Measured(figures=figures(sums_of(setting, NAME, "benchmarks.places_alone", TIMED)))


def sums_of(setting: Setting, name: str, module: str, timed: int) -> dict[str, float]:
    """What a module that times one stage alone prints, over reports of the pool, in a process of one thread.

    Raises:
        BenchmarkError: it failed.
    """
    rows = by_hash(english(setting))[: WARM_UP + timed]
    setting.progress.start(name, 1)
    command = [sys.executable, "-m", module, str(WARM_UP)]
    lines = "\n".join(map(json.dumps, rows))
    done = subprocess.run(
        command, input=lines, capture_output=True, text=True, check=False, env=os.environ | ONE_THREAD
    )
    setting.progress.step()
    setting.progress.stop()
    if done.returncode:
        raise BenchmarkError(f"{name}: {(done.stderr.splitlines() or ['no message'])[-1]}")
    sums: dict[str, float] = json.loads(done.stdout)
    return sums


def figures(sums: dict[str, float]) -> tuple[Figure, ...]:
    """Words a CPU second of each part; a part that took no time to speak of is told as none."""
    speeds = {part: sums["words"] / max(seconds, 1e-9) for part, seconds in sums.items() if part != "words"}
    return (
        Figure(name="places: finding, words a CPU second", value=speeds["finding"], unit="/s", least=FINDING),
        Figure(name="places: resolving, words a CPU second", value=speeds["resolving"], unit="/s", least=RESOLVING),
        Figure(name="places: the rest, words a CPU second", value=speeds["rest"], unit="/s"),
    )


ADAPTERS = (Adapter(name=NAME, needs=(POOL,), measure=measure),)
