"""Time expressions with TIMEX3 values: TimeBank, AQUAINT, and labels of the project's own on reports of the pool."""

import json
from collections.abc import Mapping, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.measured import Adapter, BenchmarkError, Measured, Score, Setting
from benchmarks.reading import read_rows

SCORER, TURNER = "bench/timex_eval.py", "bench/from_record.py"
SETS = {"times.timebank": "data/timex/timex_timebank.jsonl", "times.aquaint": "data/timex/timex_aquaint.jsonl"}
LABELS = Path(__file__).resolve().parents[1] / "labels" / "times.jsonl"
POOL = "data/news/pool.jsonl.gz"
PARTS = {"times.own": "development", "times.own_held_out": "held out"}


def measure(name: str, setting: Setting) -> Measured:
    """`value`, `relaxed` and `strict` are pinned. The day of writing stands as `dct` in these sets."""
    gold = list(setting.shared.rows(SETS[name]))
    return _measured(name, setting, gold, [row | {"published": row.get("dct")} for row in gold])


def measure_own(name: str, setting: Setting) -> Measured:
    """The same on the project's own labels, whose texts are reports of the pool."""
    rows = [row for row in map(json.loads, LABELS.open(encoding="utf-8")) if row["part"] == PARTS[name]]
    texts = _texts(setting, rows)
    gold = [{"id": id, "timexes": labelled(rows, id)} for id in texts]
    return _measured(name, setting, gold, list(texts.values()))


def _measured(name: str, setting: Setting, gold: Sequence[Any], rows: Sequence[dict[str, Any]]) -> Measured:
    scorer, turner = setting.shared.scorer("timex_eval"), setting.shared.scorer("from_record")
    reading = read_rows(setting, rows, what=name)
    predicted = [{"id": record["id"], **turner.timex(record)} for record in reading.records]
    result = scorer.score(gold, predicted)
    scores = (
        Score(name="value", value=_share(result["valueF1"])),
        _spans("relaxed", result["relaxed"]),
        _spans("strict", result["strict"]),
        Score(name="type", value=_share(result["typeF1"]), pinned=False),
    )
    return Measured(scores=scores, cost=reading.cost, notes=reading.notes)


def labelled(rows: Sequence[Mapping[str, Any]], id: str) -> list[dict[str, Any]]:
    """The labels of one report, in the form of the scorer; none where a row says that it holds no expression."""
    return [
        {"start": row["start"], "end": row["end"], "type": row["type"], "value": row.get("value")}
        for row in rows
        if row["id"] == id and "type" in row
    ]


def _texts(setting: Setting, rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The reports that labels name, by id.

    Raises:
        BenchmarkError: one is missing, or its text is another.
    """
    digests = {row["id"]: row["sha256"] for row in rows}
    found = {row["id"]: row for row in setting.shared.rows(POOL) if row["id"] in digests}
    for id, digest in digests.items():
        text = found.get(id, {}).get("text", "")
        if sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16] != digest:
            raise BenchmarkError(f"pool {id}: missing, or not the text that was labelled")
    return {id: found[id] for id in digests}


def _spans(name: str, percent: tuple[float, float, float]) -> Score:
    precision, recall, f1 = map(_share, percent)
    return Score(name=name, value=f1, precision=precision, recall=recall)


def _share(percent: float) -> float:
    return round(percent / 100, 4)


ADAPTERS = (
    *(Adapter(name=name, needs=(file, SCORER, TURNER), measure=partial(measure, name)) for name, file in SETS.items()),
    *(Adapter(name=name, needs=(POOL, SCORER, TURNER), measure=partial(measure_own, name)) for name in PARTS),
)
