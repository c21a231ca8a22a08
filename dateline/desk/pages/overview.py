"""The first page: what came in, what waits, what changed since the day before and why, the last weeks day by day."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from dateline.desk import paging, svg
from dateline.desk.page import Dict, Nav, Page, Visit, address, plain
from dateline.desk.pages.incidents import row
from dateline.desk.pages.map import FAMILIES
from dateline.desk.pages.reports import latest_reports
from dateline.desk.period import Period
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
        "period": _period(desk.news.period) if desk.news.period else None,
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


def _period(held: Period) -> Dict:
    """The last weeks, a lane for each family of types that has something, and the same as a table."""
    by_family = {family.key: _counts(held, family.events) for family in FAMILIES}
    most = max((number for counts in by_family.values() for number in counts.values()), default=1)
    shown = [family for family in FAMILIES if by_family[family.key]]
    days = [held.first + timedelta(days=n) for n in range((held.last - held.first).days + 1)]
    return {
        "first": held.first.isoformat(),
        "last": held.last.isoformat(),
        "longer": held.longer,
        "map": _map(held.first, held.last),
        "incidents": address("/incidents", {"since": held.first, "until": held.last}),
        "lanes": [
            {
                "family": family.key,
                "name": family.name,
                "total": by_family[family.key].total(),
                "map": _map(held.first, held.last, family.key),
                "drawn": svg.lane(sorted(by_family[family.key].items()), held.first, held.last, most),
            }
            for family in shown
        ],
        "days": [_day(day, [by_family[family.key][day] for family in shown]) for day in reversed(days)],
    }


def _counts(held: Period, events: tuple[str, ...]) -> Counter[date]:
    counts: Counter[date] = Counter()
    for each in held.days:
        if each.event in events:
            counts[each.day] += each.incidents
    return counts


def _day(day: date, numbers: list[int]) -> dict[str, Any]:
    return {
        "day": day.isoformat(),
        "numbers": numbers,
        "total": sum(numbers),
        "map": _map(day, day),
        "incidents": address("/incidents", {"since": day, "until": day}),
    }


def _map(since: date, until: date, family: str | None = None) -> str:
    return address("/map", {"since": since, "until": until, "types": family})


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
