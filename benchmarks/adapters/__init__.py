"""One file a data set. Each names its adapters; this is their order in the table."""

from benchmarks.adapters import attribution, gold_dev, gold_seed, places, speed, times
from benchmarks.measured import Adapter

ADAPTERS: tuple[Adapter, ...] = (
    *gold_seed.ADAPTERS,
    *gold_dev.ADAPTERS,
    *places.ADAPTERS,
    *times.ADAPTERS,
    *attribution.ADAPTERS,
    *speed.ADAPTERS,
)
