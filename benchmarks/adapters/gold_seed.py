"""The report this project began with, against its record by hand: 12 claims."""

from benchmarks.claims import SCORER, claim_scores
from benchmarks.measured import Adapter, Measured, Setting
from benchmarks.reading import read_file

GOLD, TEXT = "gold/seed.jsonl", "gold/seed.txt"


def measure(setting: Setting) -> Measured:
    scorer = setting.shared.scorer("claims_eval")
    gold = scorer.load(setting.shared.path(GOLD))
    source = setting.shared.path(TEXT)
    reading = read_file(setting, source, texts=[source.read_text("utf-8")], what="gold_seed")
    predicted = {record["id"]: record for record in reading.records}
    return Measured(scores=claim_scores(scorer, gold, predicted), cost=reading.cost, notes=reading.notes)


ADAPTERS = (Adapter(name="gold_seed", needs=(GOLD, TEXT, SCORER), measure=measure, quick=True),)
