"""Source, cue and content: PolNeAR's dev part, all of it and what stands outside quotation marks."""

from functools import partial
from typing import Any

from benchmarks.measured import Adapter, Measured, Score, Setting
from benchmarks.reading import read_rows

GOLD, SCORER, TURNER = "data/attribution/polnear_dev.jsonl", "bench/attribution_eval.py", "bench/from_record.py"
NAME = "attribution.polnear"


def measure(setting: Setting, reader: str = "default") -> Measured:
    """`linked` and `unquoted` are pinned: contents overlap and so do their sources.

    Shown beside them: each role by its words. `unquoted` leaves out, on both sides, what holds a quotation
    mark: there the content is easy to find.
    """
    scorer, turner = setting.shared.scorer("attribution_eval"), setting.shared.scorer("from_record")
    gold = list(setting.shared.rows(GOLD))
    reading = read_rows(setting, [row | {"published": row.get("date")} for row in gold], what=NAME, reader=reader)
    predicted = [{"id": record["id"], **turner.attribution(record)} for record in reading.records]
    texts = {row["id"]: row["text"] for row in gold}
    everything = scorer.score(gold, predicted)
    unquoted = scorer.score(scorer.unquoted(gold, texts), scorer.unquoted(predicted, texts))
    scores = (
        _score("linked", everything["linked source+content"]),
        _score("unquoted", unquoted["linked source+content"]),
        *_roles(everything, ""),
        *_roles(unquoted, "_unquoted"),
    )
    return Measured(scores=scores, cost=reading.cost, notes=reading.notes)


def _roles(result: dict[str, Any], ending: str) -> tuple[Score, ...]:
    roles = ("source", "cue", "content")
    return tuple(_score(f"{role}{ending}", result[role]["token"], pinned=False) for role in roles)


def _score(name: str, percent: tuple[float, float, float], *, pinned: bool = True) -> Score:
    precision, recall, f1 = (round(part / 100, 4) for part in percent)
    return Score(name=name, value=f1, precision=precision, recall=recall, pinned=pinned)


ADAPTERS = (
    Adapter(name=NAME, needs=(GOLD, SCORER, TURNER), measure=measure),
    Adapter(name=f"{NAME}.large", needs=(GOLD, SCORER, TURNER), measure=partial(measure, reader="large")),
)
