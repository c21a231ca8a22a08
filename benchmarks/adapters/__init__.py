"""One file a data set. Each names its adapters; this is their order in the table."""

from benchmarks.adapters import (
    attribution,
    beside_spacy,
    factuality,
    figures,
    gate,
    gold_dev,
    gold_seed,
    muc,
    names,
    places,
    places_speed,
    relations,
    speed,
    times,
    villages,
)
from benchmarks.measured import Adapter

ADAPTERS: tuple[Adapter, ...] = (
    *gold_seed.ADAPTERS,
    *gold_dev.ADAPTERS,
    *places.ADAPTERS,
    *relations.ADAPTERS,
    *villages.ADAPTERS,
    *times.ADAPTERS,
    *figures.ADAPTERS,
    *attribution.ADAPTERS,
    *names.ADAPTERS,
    *muc.ADAPTERS,
    *factuality.ADAPTERS,
    *gate.ADAPTERS,
    *speed.ADAPTERS,
    *places_speed.ADAPTERS,
    *beside_spacy.ADAPTERS,
)
