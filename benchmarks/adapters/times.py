"""Time expressions with TIMEX3 values: TimeBank, AQUAINT."""

from functools import partial

from benchmarks.measured import Adapter, Measured, Score, Setting
from benchmarks.reading import read_rows

SCORER, TURNER = "bench/timex_eval.py", "bench/from_record.py"
SETS = {"times.timebank": "data/timex/timex_timebank.jsonl", "times.aquaint": "data/timex/timex_aquaint.jsonl"}


def measure(name: str, setting: Setting) -> Measured:
    """`value`, `relaxed` and `strict` are pinned. The day of writing stands as `dct` in these sets."""
    scorer, turner = setting.shared.scorer("timex_eval"), setting.shared.scorer("from_record")
    gold = list(setting.shared.rows(SETS[name]))
    reading = read_rows(setting, [row | {"published": row.get("dct")} for row in gold], what=name)
    predicted = [{"id": record["id"], **turner.timex(record)} for record in reading.records]
    result = scorer.score(gold, predicted)
    scores = (
        Score(name="value", value=_share(result["valueF1"])),
        _spans("relaxed", result["relaxed"]),
        _spans("strict", result["strict"]),
        Score(name="type", value=_share(result["typeF1"]), pinned=False),
    )
    return Measured(scores=scores, cost=reading.cost, notes=reading.notes)


def _spans(name: str, percent: tuple[float, float, float]) -> Score:
    precision, recall, f1 = map(_share, percent)
    return Score(name=name, value=f1, precision=precision, recall=recall)


def _share(percent: float) -> float:
    return round(percent / 100, 4)


ADAPTERS = tuple(
    Adapter(name=name, needs=(file, SCORER, TURNER), measure=partial(measure, name)) for name, file in SETS.items()
)
