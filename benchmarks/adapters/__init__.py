"""One file a data set. Each names its adapters; this is their order in the table."""

from benchmarks.adapters import (
    attribution,
    beside_spacy,
    factuality,
    figures,
    gate,
    gold_dev,
    gold_seed,
    isaf,
    muc,
    names,
    parties,
    places,
    places_speed,
    relations,
    speed,
    times,
    times_speed,
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
    *isaf.ADAPTERS,
    *figures.ADAPTERS,
    *attribution.ADAPTERS,
    *names.ADAPTERS,
    *parties.ADAPTERS,
    *muc.ADAPTERS,
    *factuality.ADAPTERS,
    *gate.ADAPTERS,
    *speed.ADAPTERS,
    *places_speed.ADAPTERS,
    *times_speed.ADAPTERS,
    *beside_spacy.ADAPTERS,
)
