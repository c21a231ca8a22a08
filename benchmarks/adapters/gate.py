"""The gate of `dateline add`: what it keeps of the claims that people found, what it spares, and what it costs.

Measured on gold/dev, and on training reports and pool reports that training/gate fits nothing on.
"""

from collections.abc import Sequence
from time import process_time
from typing import Any

from benchmarks.measured import Adapter, Figure, Measured, Score, Setting
from dateline.reading.gate import worth_reading
from dateline.reading.pipeline import read
from dateline.record import Report
from training.gate.samples import Annotated, annotated, held_out, measured_on, pool, report_of

GOLD = ("gold/dev.jsonl", "gold/dev_reports.jsonl", "gold/train.jsonl", "gold/train_reports.jsonl")
POOL = "data/news/pool.jsonl.gz"
# Half of the pool was gathered for its violence. These parts are general: a news agency's trade wire, and a
# broadcaster's sport, business, technology, entertainment and politics.
GENERAL = ("reuters21578", "bbc2004-05")
READ = 40  # reports read in full, to set its cost beside that of the look
CHEAPER = 100  # times: the target


def measure(setting: Setting) -> Measured:
    """`claims_kept_*` are pinned: claims in reports that are read, of all claims. What is spared is shown."""
    gold = setting.shared.path(GOLD[0]).parent
    rows = [row for row in pool(setting.shared.path(POOL)) if measured_on(row)]
    reports = list(map(report_of, rows))
    started = process_time()
    spared = [not worth_reading(report) for report in reports]
    a_word = (process_time() - started) / _words(reports)
    general = [aside for row, aside in zip(rows, spared, strict=True) if row["source"] in GENERAL]
    return Measured(
        scores=(
            Score(name="claims_kept_dev", value=_kept(annotated(gold, "dev"))),
            Score(name="claims_kept_held_out", value=_kept(held_out(annotated(gold, "train")))),
            Score(name="pool_spared", value=_share(spared), pinned=False),
            Score(name="general_news_spared", value=_share(general), pinned=False),
        ),
        figures=(
            Figure(name="gate: words a CPU second", value=1 / a_word, unit="/s"),
            Figure(
                name="gate: its cost beside reading's",
                value=a_word / _reading(rows[:READ]),
                unit="times",
                target=1 / CHEAPER,
            ),
        ),
    )


def _kept(reports: Sequence[Annotated]) -> float:
    kept = sum(len(each.quotes) for each in reports if worth_reading(each.report))
    return round(kept / sum(len(each.quotes) for each in reports), 4)


def _share(spared: Sequence[bool]) -> float | None:
    return round(sum(spared) / len(spared), 4) if spared else None


def _reading(rows: Sequence[dict[str, Any]]) -> float:
    """CPU seconds a word of reading in full, the first report aside, which loads the weights and tables."""
    first, *others = map(report_of, rows)
    read(first)
    started = process_time()
    for report in others:
        read(report)
    return (process_time() - started) / _words(others)


def _words(reports: Sequence[Report]) -> int:
    return sum(len(report.text.split()) for report in reports)


ADAPTERS = (Adapter(name="gate", needs=(*GOLD, POOL), measure=measure),)
