"""How fast the times stage is by itself, on one core."""

from benchmarks.adapters.places_speed import sums_of
from benchmarks.adapters.speed import POOL
from benchmarks.measured import Adapter, Figure, Measured, Setting

NAME = "times.speed"
TIMED = 500  # reports
LEAST = 20_000.0  # words a second


def measure(setting: Setting) -> Measured:
    """A figure of this machine, so it is not pinned; of CPU time, so that other work on the machine says little."""
    return Measured(figures=(figure(sums_of(setting, NAME, "benchmarks.times_alone", TIMED)),))


def figure(sums: dict[str, float]) -> Figure:
    """Words a CPU second; a time too short to measure is told as a nanosecond."""
    speed = sums["words"] / max(sums["seconds"], 1e-9)
    return Figure(name="times: finding, words a CPU second", value=speed, unit="/s", least=LEAST)


ADAPTERS = (Adapter(name=NAME, needs=(POOL,), measure=measure),)
