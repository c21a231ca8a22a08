"""Source, cue and content: PolNeAR's dev part."""

from benchmarks.measured import Adapter, Measured, Score, Setting
from benchmarks.reading import read_rows

GOLD, SCORER, TURNER = "data/attribution/polnear_dev.jsonl", "bench/attribution_eval.py", "bench/from_record.py"
NAME = "attribution.polnear"


def measure(setting: Setting) -> Measured:
    """`linked` is pinned: contents overlap and so do their sources. Shown beside it: each role by its words."""
    scorer, turner = setting.shared.scorer("attribution_eval"), setting.shared.scorer("from_record")
    gold = list(setting.shared.rows(GOLD))
    reading = read_rows(setting, [row | {"published": row.get("date")} for row in gold], what=NAME)
    predicted = [{"id": record["id"], **turner.attribution(record)} for record in reading.records]
    result = scorer.score(gold, predicted)
    roles = (_score(role, result[role]["token"], pinned=False) for role in ("source", "cue", "content"))
    scores = (_score("linked", result["linked source+content"]), *roles)
    return Measured(scores=scores, cost=reading.cost, notes=reading.notes)


def _score(name: str, percent: tuple[float, float, float], *, pinned: bool = True) -> Score:
    precision, recall, f1 = (round(part / 100, 4) for part in percent)
    return Score(name=name, value=f1, precision=precision, recall=recall, pinned=pinned)


ADAPTERS = (Adapter(name=NAME, needs=(GOLD, SCORER, TURNER), measure=measure),)
