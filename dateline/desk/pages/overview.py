"""The first page: what came in, what waits, what changed since the day before and why."""

from sqlalchemy import func, select

from dateline.desk import paging
from dateline.desk.page import Dict, Nav, Page, Visit, plain
from dateline.desk.pages.incidents import row
from dateline.desk.pages.reports import latest_reports
from dateline.incidents.book import IncidentQuery
from dateline.incidents.rulings import rulings
from dateline.ledger import Ledger, tables

_REPORTS, _INCIDENTS, _CHANGES = 8, 8, 12


def overview_page(visit: Visit) -> Dict:
    desk = visit.desk
    ruled = rulings(desk.ledger.decisions())
    with desk.shelf() as shelf:
        found = paging.find(desk.ledger, shelf, IncidentQuery(), ruled, after=None, size=_INCIDENTS)
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


PAGES = (
    Page(
        path="/", name="overview", title="What came in, what waits, what changed", make=overview_page,
        nav=Nav(label="Overview", place=10, key="o"), twin="/overview",
    ),
)  # fmt: skip
