"""The first page: what came in, what waits, what changed since the day before and why."""

from typing import Any

from sqlalchemy import func, select

from dateline.desk import paging
from dateline.desk.page import Dict, Nav, Page, Visit, plain
from dateline.desk.pages.incidents import row
from dateline.desk.wording import is_invented
from dateline.incidents.book import IncidentQuery
from dateline.incidents.rulings import rulings
from dateline.ledger import Ledger, tables

_REPORTS, _INCIDENTS, _CHANGES = 8, 8, 12


def overview_page(visit: Visit) -> Dict:
    desk = visit.desk
    ruled = rulings(desk.ledger.decisions())
    with desk.shelf() as shelf:
        found = paging.find(shelf, IncidentQuery(), ruled, after=None, size=_INCIDENTS)
    counts, changes = desk.news.counts, desk.news.changes
    return {
        "counts": plain(counts) if counts else None,
        "ledger": _held(desk.ledger),
        "lag": plain(desk.lag()),
        "came_in": latest_reports(desk.ledger, _REPORTS),
        "incidents": [row(each) for each in found.incidents],
        "changes": None
        if changes is None
        else {
            "since": plain(changes.since),
            "too_many": changes.too_many,
            "found": plain(changes.found[:_CHANGES]),
            "more": max(0, len(changes.found) - _CHANGES),
        },
    }


def _held(ledger: Ledger) -> dict[str, int]:
    """What is counted in the ledger itself: tables whose rows are few."""
    counted = {"failures": tables.failures, "decisions": tables.decisions}
    with ledger.reading() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in counted.items()
        }


def latest_reports(ledger: Ledger, size: int) -> list[dict[str, Any]]:
    """The reports that came in last, with how many claims were read in each."""
    kept = tables.reports.c
    chosen = select(kept.seq, kept.id, kept.title, kept.source, kept.published, kept.url, kept.added_at)
    with ledger.reading() as connection:
        rows = connection.execute(chosen.order_by(kept.seq.desc()).limit(size)).all()
        claims = claims_in(connection, [each.seq for each in rows])
    return [_report(each, claims.get(each.seq, 0)) for each in rows]


def _report(row: Any, claims: int) -> dict[str, Any]:
    fields = {name: value for name, value in row._mapping.items() if name != "seq"}
    return {**fields, "claims": claims, "invented": is_invented(row.url)}


def claims_in(connection: Any, reports: list[int]) -> dict[int, int]:
    """How many claims the latest reading of each report holds, by the report's place in the chain."""
    readings, claims = tables.readings, tables.claims
    latest = (
        select(func.max(readings.c.seq)).where(readings.c.report.in_(reports)).group_by(readings.c.report)
    ).scalar_subquery()
    chosen = select(claims.c.report, func.count()).where(claims.c.reading.in_(latest)).group_by(claims.c.report)
    return dict(connection.execute(chosen).tuples().all())


PAGES = (
    Page(
        path="/", name="overview", title="What came in, what waits, what changed", make=overview_page,
        nav=Nav(label="Overview", place=10, key="o"), twin="/overview",
    ),
)  # fmt: skip
