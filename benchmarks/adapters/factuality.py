"""Whether an event happened, from -3 (did not) to 3 (did): UW whole, and the dev parts of MEANTIME and UDS-IH2."""

import importlib
import math
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from benchmarks.measured import Adapter, BenchmarkError, Measured, NotMeasured, Progress, Score, Setting
from dateline.record import Span

SCORER = "bench/factuality_eval.py"
# UW is measured whole: it is trained on nowhere. Of the other two the train parts are for training.
SETS = {"factuality.uw": ("data/factuality/uw.jsonl.gz", None),
        "factuality.meantime": ("data/factuality/meantime.jsonl.gz", "dev"),
        "factuality.uds": ("data/factuality/uds_ih2.jsonl.gz", "dev")}  # fmt: skip
MODULE, FUNCTION = "dateline.reading.reader", "factuality"
LEAST, MOST = -3.0, 3.0

Scores = Callable[[str, Sequence[Span]], Sequence[float]]  # a text and the events in it: a score for each
Row = dict[str, Any]


def measure(name: str, setting: Setting, reader: str = "default") -> Measured:
    """`r` is pinned: Pearson's correlation with the annotators. `MAE`, the mean error in points of 6, is a part."""
    scorer = setting.shared.scorer("factuality_eval")
    file, split = SETS[name]
    gold = [row for row in setting.shared.rows(file) if split is None or row["split"] == split]
    result = scorer.score(gold, predictions(gold, partial(offered(), size=reader), setting.progress, what=name))
    return Measured(scores=(Score(name="r", value=result["r"]), Score(name="MAE", value=result["MAE"], pinned=False)))


def offered(module: str = MODULE) -> Scores:
    """What the reader offers: `factuality(text, spans) -> scores`.

    Raises:
        NotMeasured: this Dateline has no such function.
        BenchmarkError: the reader is there and cannot be loaded.
    """
    try:
        function: Scores | None = getattr(importlib.import_module(module), FUNCTION, None)
    except ModuleNotFoundError as error:
        if error.name == module:
            raise NotMeasured(f"there is no {module}.{FUNCTION}") from error
        raise BenchmarkError(f"{module} could not be loaded: {error}") from error
    if function is None:
        raise NotMeasured(f"there is no {module}.{FUNCTION}")
    return function


def predictions(gold: Iterable[Row], scores: Scores, progress: Progress, *, what: str) -> list[Row]:
    """A score for each event of each sentence; sentences without events are not read.

    Raises:
        BenchmarkError: the reader gave other than one score from -3 to 3 for each event.
    """
    rows = [row for row in gold if row["events"]]
    progress.start(what, len(rows))
    predicted = []
    for row in rows:
        spans = [Span(event["start"], event["end"]) for event in row["events"]]
        given = [float(score) for score in scores(row["text"], spans)]
        if len(given) != len(spans) or not all(math.isfinite(s) and LEAST <= s <= MOST for s in given):
            raise BenchmarkError(f"{row['id']}: {FUNCTION} gave {given} for {len(spans)} events; one from -3 to 3 each")
        events = [{"start": s.start, "end": s.end, "score": score} for s, score in zip(spans, given, strict=True)]
        predicted.append({"id": row["id"], "events": events})
        progress.step()
    progress.stop()
    return predicted


ADAPTERS = tuple(
    Adapter(name=f"{name}{ending}", needs=(file, SCORER), measure=partial(measure, name, reader=reader))
    for ending, reader in (("", "default"), (".large", "large"))
    for name, (file, _) in SETS.items()
)
