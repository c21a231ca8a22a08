"""Which reports tell of one incident: GVA, FA-KES as its silver links have it, and FA-KES as corrected by hand.

All claims of all reports are set side by side as a ledger does it (incidents/reconcile.py); a report then
belongs to the group that its lead claim is in, and a report without claims stands alone. `pairwise` is F1 over pairs of
reports, `bcubed` over reports, by bench/clusters_eval.py. These sets are for measuring only: no weight was fitted on
them. `even` and `odd` are halves by the report's id, as in figures.py: errors may be looked at, and the threshold be
chosen, in the even half alone; pairs across the halves count in neither.

GVA takes twenty minutes to read; where DATELINE_RECORDS names a folder with `gva.rec` (a record a line, as `dateline
read --json` prints them), those are taken instead, and the note says so.
"""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.adapters.figures import as_record, halves, is_even
from benchmarks.measured import Adapter, Cost, Measured, Score, Setting
from benchmarks.reading import read_rows
from benchmarks.shared import PROJECT
from benchmarks.side_by_side import side_by_side
from dateline.incidents.briefs import brief
from dateline.incidents.types import Brief

SCORER = "bench/clusters_eval.py"
GVA = "data/stories/gva.jsonl.gz"
FAKES, FAKES_INCIDENTS = "data/stories/fakes_syria.jsonl.gz", "data/stories/fakes_syria_incidents.jsonl"
CORRECTED = PROJECT / "benchmarks" / "labels" / "fakes_incidents.jsonl"
LATER = date(2026, 1, 1)  # the day on which reports without a date were known
RECORDS = "DATELINE_RECORDS"

Row = dict[str, Any]


def grouped(briefs: Iterable[Brief]) -> dict[str, str]:
    """By report (its given id), the incident that its lead claim is in; a report without one stands alone."""
    reports = list(briefs)
    incident_of = side_by_side(reports).incident_of
    leads = {report.given_id: next((t.key for t in report.tellings if t.lead), "") for report in reports}
    return {id: incident_of.get(key, f"alone {id}") for id, key in leads.items()}


def scores(scorer: ModuleType, gold: Mapping[str, str], found: Mapping[str, str]) -> tuple[Score, ...]:
    """Both measures over all reports, pinned, and over each half; a report that was not read stands alone."""
    whole = {id: found.get(id, f"alone {id}") for id in gold}

    def value(ids: set[str], kind: str) -> float:
        measure: Callable[[Mapping[str, str], Mapping[str, str]], tuple[float, float, float]] = getattr(scorer, kind)
        return measure({id: gold[id] for id in gold if id in ids}, whole)[2] / 100  # it tells hundredths

    return (
        *halves(gold, partial(value, kind="pairwise"), "pairwise"),
        *halves(gold, partial(value, kind="bcubed"), "bcubed"),
    )


def measure_groups(
    setting: Setting,
    *,
    name: str,
    reports: Callable[[Setting], Iterable[Row]],
    gold: Callable[[Setting], Mapping[str, str]],
) -> Measured:
    truth = gold(setting)
    rows = [row for row in reports(setting) if row["id"] in truth]
    records, cost, notes = _records(setting, rows, name)
    briefs = (brief(as_record(data), report_id=data["id"], known=LATER) for data in records)
    found = grouped(briefs)
    even = sum(map(is_even, truth))
    notes = (*notes, f"{len(truth)} reports, {even} of them even; {len(set(truth.values()))} incidents")
    return Measured(scores=scores(setting.shared.scorer("clusters_eval"), truth, found), cost=cost, notes=notes)


def _records(setting: Setting, rows: list[Row], name: str) -> tuple[Iterable[Row], Cost | None, tuple[str, ...]]:
    """Read now, or taken from where they were read before."""
    folder = os.environ.get(RECORDS)
    path = Path(folder or "") / f"{name.rpartition('.')[2]}.rec"
    if folder and path.is_file():
        wanted = {row["id"] for row in rows}
        lines = path.read_text("utf-8").splitlines()
        return (data for data in map(json.loads, lines) if data["id"] in wanted), None, (f"records of {path}",)
    reading = read_rows(setting, rows, what=name)
    return reading.records, reading.cost, reading.notes


# --- adapters --------------------------------------------------------------------------------------------------------


def _rows(setting: Setting, file: str, day: str = "published") -> Iterable[Row]:
    return ({**row, "published": row.get(day)} for row in setting.shared.rows(file))


def _linked(setting: Setting, file: str) -> dict[str, str]:
    return {row["id"]: row["incident"] for row in setting.shared.rows(file)}


def _corrected(setting: Setting) -> dict[str, str]:
    with CORRECTED.open(encoding="utf-8") as lines:
        return {row["id"]: row["incident"] for row in map(json.loads, lines)}


ADAPTERS = (
    Adapter(name="incidents.gva", needs=(GVA, SCORER),
            measure=partial(measure_groups, name="incidents.gva", gold=partial(_linked, file=GVA),
                            reports=partial(_rows, file=GVA, day="dct"))),
    Adapter(name="incidents.fakes", needs=(FAKES, FAKES_INCIDENTS, SCORER),
            measure=partial(measure_groups, name="incidents.fakes", gold=partial(_linked, file=FAKES_INCIDENTS),
                            reports=partial(_rows, file=FAKES))),
    Adapter(name="incidents.fakes_corrected", needs=(FAKES, SCORER),
            measure=partial(measure_groups, name="incidents.fakes_corrected", gold=_corrected,
                            reports=partial(_rows, file=FAKES))),
)  # fmt: skip
