"""Twenty reports annotated twice and adjudicated; also by source and by event type."""

from benchmarks.claims import SCORER, by_event, by_group, claim_scores
from benchmarks.measured import Adapter, Measured, Setting
from benchmarks.reading import read_file

GOLD, REPORTS = "gold/dev.jsonl", "gold/dev_reports.jsonl"
SOURCES = {"re3d": "re3d", "guardian": "guardian", "tst3": "muc", "tst4": "muc"}  # by how an id begins


def measure(setting: Setting) -> Measured:
    scorer = setting.shared.scorer("claims_eval")
    gold = scorer.load(setting.shared.path(GOLD))
    texts = [row["text"] for row in setting.shared.rows(REPORTS)]
    reading = read_file(setting, setting.shared.path(REPORTS), texts=texts, what="gold_dev")
    predicted = {record["id"]: record for record in reading.records if record["id"] in gold}
    sources = {key: SOURCES.get(key.partition("-")[0], "other") for key in gold}
    return Measured(
        scores=claim_scores(scorer, gold, predicted),
        breakdowns=(by_group(scorer, gold, predicted, sources), by_event(scorer, gold, predicted)),
        cost=reading.cost,
        notes=reading.notes,
    )


ADAPTERS = (Adapter(name="gold_dev", needs=(GOLD, REPORTS, SCORER), measure=measure, quick=True),)
