"""Twenty reports annotated twice and adjudicated; also by source, by event type, and by the classes of a claim."""

from functools import partial
from types import ModuleType

from benchmarks.claims import SCORER, Reports, by_event, by_group, claim_scores
from benchmarks.classes import HEDGES, MODALITIES, VERIFICATIONS, by_class, hedged, macro, modality, pairs, verification
from benchmarks.measured import Adapter, Classes, Measured, Score, Setting
from benchmarks.reading import read_file

GOLD, REPORTS = "gold/dev.jsonl", "gold/dev_reports.jsonl"
SOURCES = {"re3d": "re3d", "guardian": "guardian", "tst3": "muc", "tst4": "muc"}  # by how an id begins


def measure(setting: Setting, reader: str = "default") -> Measured:
    """`found`, `typed`, `claim` and `modality_f1` are pinned; the fields, and the other classes, are parts."""
    scorer = setting.shared.scorer("claims_eval")
    gold = scorer.load(setting.shared.path(GOLD))
    texts = [row["text"] for row in setting.shared.rows(REPORTS)]
    reading = read_file(setting, setting.shared.path(REPORTS), texts=texts, what="gold_dev", reader=reader)
    predicted = {record["id"]: record for record in reading.records if record["id"] in gold}
    sources = {key: SOURCES.get(key.partition("-")[0], "other") for key in gold}
    classes = class_tables(scorer, gold, predicted)
    return Measured(
        scores=(*claim_scores(scorer, gold, predicted), *class_scores(classes)),
        breakdowns=(by_group(scorer, gold, predicted, sources), by_event(scorer, gold, predicted)),
        classes=classes,
        cost=reading.cost,
        notes=(*reading.notes, *_unmeasured(classes[0])),
    )


def class_tables(scorer: ModuleType, gold: Reports, predicted: Reports) -> tuple[Classes, ...]:
    """Modality over the typed pairs, then over all gold claims; hedge and verification over the typed pairs."""
    paired, unpaired = pairs(scorer, gold, predicted)
    return (
        by_class("modality", modality, MODALITIES, paired, unpaired),
        by_class("modality", modality, MODALITIES, paired, unpaired, all_gold=True),
        by_class("hedge", hedged, HEDGES, paired, unpaired),
        by_class("verification", verification, VERIFICATIONS, paired, unpaired),
    )


def class_scores(classes: tuple[Classes, ...]) -> tuple[Score, ...]:
    over_pairs, over_gold, hedge, verified = classes
    return (
        Score(name="modality_f1", value=macro(over_pairs)),
        Score(name="modality_f1_all_gold", value=macro(over_gold), pinned=False),
        *(Score(name=row.name, value=row.f1, pinned=False) for row in over_pairs.rows),
        Score(name="hedge_f1", value=macro(hedge), pinned=False),
        Score(name="verification_f1", value=macro(verified), pinned=False),
    )


def _unmeasured(classes: Classes) -> tuple[str, ...]:
    """A line for the classes that the gold set has no claim of, since the mean is then over fewer."""
    without = [row.name for row in classes.rows if row.f1 is None]
    return (f"modality_f1 without {', '.join(without)}: no gold claim and none read",) if without else ()


ADAPTERS = (
    Adapter(name="gold_dev", needs=(GOLD, REPORTS, SCORER), measure=measure, quick=True),
    Adapter(name="gold_dev.large", needs=(GOLD, REPORTS, SCORER), measure=partial(measure, reader="large")),
)
