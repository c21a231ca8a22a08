"""What the overview tells of a whole ledger: counts, the last weeks day by day, and what changed since the day before.

Worked out by the keeper's thread after the incidents were brought up to date, and held in memory: a page only reads it.
"""

import time
from collections import Counter
from datetime import date, timedelta
from typing import Any

import msgspec
from msgspec import Struct

from dateline.desk.period import Period, last_period
from dateline.incidents.book import Book, IncidentQuery
from dateline.incidents.diff import Change, changes
from dateline.incidents.policies import Policy
from dateline.incidents.reconcile import Changed
from dateline.incidents.shelf import Shelf
from dateline.incidents.types import Happened, Status
from dateline.ledger import Ledger

_MOST_COMPARED = 2_000  # reports; what was known on a day is worked out from nothing, which takes a while
_REST = 20  # times as long as the last look took, before there is another one


class Counts(Struct, frozen=True, kw_only=True):
    """Incidents by what they are. `open` are those that happened and nobody has accepted; `first` and `last` the days
    on which the reports were known."""

    incidents: int = 0
    happened: dict[str, int] = {}
    status: dict[str, int] = {}
    event: dict[str, int] = {}
    contradicted: int = 0
    open: int = 0
    reports: int = 0
    first: date | None = None
    last: date | None = None


class Changes(Struct, frozen=True, kw_only=True):
    """What changed from the end of a day until now; `too_many` where the ledger is too large to ask at every look."""

    since: date
    found: tuple[Change, ...] = ()
    too_many: bool = False


class News:
    """The latest counts, period and changes; None until they were worked out once."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self.counts: Counts | None = None
        self.period: Period | None = None
        self.changes: Changes | None = None
        self._next = 0.0  # not before this moment
        self._open = True  # whether something changed that was not looked at

    def look(self, ledger: Ledger, changed: Changed) -> None:
        """Look again where something changed; on a large ledger not at every change."""
        self._open = self._open or bool(changed.made or changed.gone)
        if not self._open or time.monotonic() < self._next:
            return
        started = time.monotonic()
        self._look(ledger)
        self._open = False
        self._next = time.monotonic() + _REST * (time.monotonic() - started - 1.0)

    def _look(self, ledger: Ledger) -> None:
        shelf = Shelf(ledger.path.with_name(ledger.path.name + ".incidents"))
        try:
            counts = _counted(shelf)
            self.period = last_period(shelf, counts.last) if counts.last else None
        finally:
            shelf.close()
        self.counts = counts
        if counts.last is not None:
            since = counts.last - timedelta(days=1)
            many = counts.reports > _MOST_COMPARED
            self.changes = Changes(since=since, too_many=True) if many else _changed(ledger, self._policy, since)


class _Outline(Struct, frozen=True):
    """As much of an incident as is counted."""

    happened: Happened
    event: str
    status: Status
    contradictions: tuple[Any, ...] = ()
    accepted_by: str | None = None


_OUTLINE = msgspec.json.Decoder(_Outline)


def _counted(shelf: Shelf) -> Counts:
    happened: Counter[str] = Counter()
    status: Counter[str] = Counter()
    event: Counter[str] = Counter()
    contradicted = waiting = 0
    with shelf.reading() as connection:
        for (body,) in connection.exec_driver_sql("SELECT body FROM incidents"):
            one = _OUTLINE.decode(body)
            happened[one.happened] += 1
            status[one.status] += 1
            event[one.event] += 1
            contradicted += bool(one.contradictions)
            waiting += one.happened == "happened" and one.status != "set_aside" and not one.accepted_by
        reports, first, last = connection.exec_driver_sql("SELECT count(*), min(known), max(known) FROM reports").one()
    return Counts(
        incidents=sum(happened.values()),
        happened=dict(happened.most_common()),
        status=dict(status.most_common()),
        event=dict(event.most_common()),
        contradicted=contradicted,
        open=waiting,
        reports=reports,
        first=date.fromisoformat(first) if first else None,
        last=date.fromisoformat(last) if last else None,
    )


def _changed(ledger: Ledger, policy: Policy, since: date) -> Changes:
    """As `dateline diff --from` tells it; what there is now is what the incidents hold."""
    everything = IncidentQuery(every=True)
    with Book(ledger, policy, as_of=since) as then:
        then.catch_up()
        before = then.find(everything)
    with Book(ledger, policy) as now:
        after = now.find(everything)
        taken = [each for each in now.decisions() if each.decision.on[:10] > since.isoformat()]
        found = changes(before, after, taken)
        keys = {cause.id for change in found for cause in change.causes if cause.kind != "decision"}
        tellings = {key: claimed.telling for key, claimed in now.claimed(keys).items()}
    return Changes(since=since, found=changes(before, after, taken, tellings))
