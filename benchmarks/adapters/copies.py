"""Copies: 292 pairs of FA-KES and GVA labelled as copy or not (benchmarks/labels/copies.md), and how long all take.

All reports of both sets are set side by side as a ledger's are, and a pair counts as found where the shelf has it.
`even` and `odd` are halves by the sha of a + b: kinds of errors were looked at in the even half alone; of the odd half
the sums were seen while rules were made, no pair.
Only the layout of a report is read: copies need no claims.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Any

from msgspec import Struct

from benchmarks.adapters.incident_figures import FAKES, GVA, outlet_of
from benchmarks.measured import Adapter, Figure, Measured, Score, Setting
from benchmarks.side_by_side import side_by_side
from dateline.errors import InputError
from dateline.incidents.briefs import brief
from dateline.incidents.policies import policy
from dateline.incidents.reconcile import Reconciler
from dateline.incidents.shelf import Shelf
from dateline.incidents.types import Brief, Copy
from dateline.reading.layout import lay_out
from dateline.record import MadeBy, Record, Report

LABELS = Path(__file__).parents[1] / "labels" / "copies.jsonl"
POOL = "data/news/pool.jsonl.gz"
MANY = 10_000  # reports, done from nothing
LATER = date(2026, 1, 1)  # the day on which reports without a date were known
LONGEST = 30_000  # characters of a report of the pool that are laid out

Row = dict[str, Any]


class Pair(Struct, frozen=True, kw_only=True):
    """A labelled pair: whether it is a copy, of which kind, and whether a careful reader could say otherwise."""

    a: str
    b: str
    copy: bool
    kind: str
    border: bool = False

    @property
    def even(self) -> bool:
        return int(sha256((self.a + self.b).encode()).hexdigest(), 16) % 2 == 0


def labelled(path: Path = LABELS) -> list[Pair]:
    rows = map(json.loads, filter(str.strip, path.read_text("utf-8").splitlines()))
    return [Pair(**{name: row[name] for name in Pair.__struct_fields__ if name in row}) for row in rows]


def briefs_of(rows: Iterable[Row]) -> Iterator[Brief]:
    """Briefs of rows of the shared data, laid out and not read."""
    for row in rows:
        try:
            given = Report(
                text=row["text"][:LONGEST],
                title=row.get("title"),
                published=_day(row.get("published") or row.get("dct")),
                source=row.get("source") or outlet_of(row),
                url=row.get("url") or row.get("uri"),
            )
        except InputError:  # pragma: no cover - no row of these sets is empty
            continue
        report, left_out, _ = lay_out(given)
        record = Record(id=row["id"], report=report, left_out=left_out, made_by=MadeBy(version="0"))
        yield brief(record, report_id=row["id"], known=LATER)


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat((written or "")[:10])
    except ValueError:
        return None


def measure(setting: Setting) -> Measured:
    """Pinned: `copies`, F1 over all pairs with its precision and recall, and the same over the odd half."""
    briefs = list(briefs_of([*setting.shared.rows(FAKES), *setting.shared.rows(GVA)]))
    found = {frozenset((copy.original, copy.copy)): copy for copy in side_by_side(briefs).copies}
    pairs = labelled()
    return Measured(scores=(*scores(pairs, found), *_by_kind(pairs, found)))


def scores(pairs: Sequence[Pair], found: Mapping[frozenset[str], Copy]) -> tuple[Score, ...]:
    parts = {
        "copies": pairs,
        "copies_odd": [pair for pair in pairs if not pair.even],
        "copies_even": [pair for pair in pairs if pair.even],
        "copies_without_border": [pair for pair in pairs if not pair.border],
        "copies_fakes": [pair for pair in pairs if pair.a.startswith("fakes:")],
        "copies_gva": [pair for pair in pairs if not pair.a.startswith("fakes:")],
    }
    return tuple(_score(name, part, found, pinned=name in ("copies", "copies_odd")) for name, part in parts.items())


def _score(name: str, pairs: Sequence[Pair], found: Mapping[frozenset[str], Copy], *, pinned: bool) -> Score:
    said = [pair for pair in pairs if frozenset((pair.a, pair.b)) in found]
    right, gold = sum(pair.copy for pair in said), sum(pair.copy for pair in pairs)
    precision = right / len(said) if said else None
    recall = right / gold if gold else None
    f1 = 2 * right / (len(said) + gold) if said or gold else None
    return Score(name=name, value=_rounded(f1), precision=_rounded(precision), recall=_rounded(recall), pinned=pinned)


def _by_kind(pairs: Sequence[Pair], found: Mapping[frozenset[str], Copy]) -> Iterator[Score]:
    """Of each kind of copy how many are found, whatever they are taken for."""
    for kind in ("exact", "near", "excerpt", "rewrite"):
        of_kind = [pair for pair in pairs if pair.kind == kind]
        share = sum(frozenset((pair.a, pair.b)) in found for pair in of_kind) / len(of_kind) if of_kind else None
        yield Score(name=f"recall_{kind}", value=_rounded(share), pinned=False)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def measure_speed(setting: Setting) -> Measured:
    """Ten thousand reports of the pool from nothing, and one more against them; processor time of one core.

    The reports have no claims here: only their wordings are compared.
    """
    rows = (row for row in setting.shared.rows(POOL) if row["lang"] == "en" and row["text"].strip())
    *first, last = enumerate(briefs_of(islice(rows, MANY + 1)), 1)
    shelf = Shelf()
    reconciler = Reconciler(shelf, policy())
    took, one = (_seconds(reconciler, arriving) for arriving in (first, [last]))
    shelf.close()
    return Measured(
        figures=(
            Figure(name="from_nothing", value=round(took, 1), unit="s for 10,000 reports", target=15.0),
            Figure(name="one_more", value=round(1000 * one, 1), unit="ms", target=30.0),
        )
    )


def _seconds(reconciler: Reconciler, arriving: Sequence[tuple[int, Brief]]) -> float:
    started = process_time()
    reconciler.take_in(arriving, ())
    return process_time() - started


ADAPTERS = (
    Adapter(name="copies", needs=(FAKES, GVA), measure=measure),
    Adapter(name="copies.speed", needs=(POOL,), measure=measure_speed),
)
