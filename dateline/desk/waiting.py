"""What waits in the inbox: reports that nobody has looked at yet, grouped by the incident that each leads with.

Looked at is a report about one of whose claims a decision holds, which a coder or anybody above has marked as read, or
in which no claim was read and which was set aside. Nothing of this is written down when a report comes in: the newest
reports are gone through until a page is full.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, insert, select

from dateline.desk.people import Person, now
from dateline.desk.problems import Stale
from dateline.desk.store import Store, read_marks, triage, users
from dateline.incidents.rulings import standing
from dateline.incidents.shelf import CLAIMS, claim_number, in_parts, report_number
from dateline.ledger import StoredDecision

_STRETCH = 100  # reports looked at in one go
_LOOKED = 10_000  # reports gone through for one page
_MEMBERS = 200  # reports of one group that are looked into at a time, the newest
NOT_FOR_US, WAITING = "not_for_us", "waiting"


class Told(Struct, frozen=True):
    """As much of a claim as the inbox needs."""

    key: str
    position: int
    lead: bool = False
    score: float = 0.0


class Outline(Struct, frozen=True):
    """As much of a report as the inbox needs."""

    id: str
    given_id: str
    outlet: str | None
    published: date | None
    title: str | None = None
    url: str | None = None
    tellings: tuple[Told, ...] = ()

    @property
    def lead(self) -> Told | None:
        return next((each for each in self.tellings if each.lead), self.tellings[0] if self.tellings else None)


class Group(Struct, frozen=True, kw_only=True):
    """An incident and the reports that wait and lead with it, the last that came in first. Of its other reports `known`
    were looked at before; `passing` wait too, and lead with another incident."""

    incident: str
    waiting: tuple[Outline, ...]
    known: tuple[Outline, ...]
    passing: tuple[Outline, ...]


class Found(Struct, frozen=True, kw_only=True):
    """The groups of one page. `next` is the number of the report before which the next page begins; `cut` says that so
    many reports were `looked` at that the page ended before it was full."""

    groups: tuple[Group, ...]
    next: int | None
    looked: int
    cut: bool


class Empty(Struct, frozen=True, kw_only=True):
    """The reports without claims of one page; the rest as in `Found`."""

    reports: tuple[Outline, ...]
    next: int | None
    looked: int
    cut: bool


class Aside(Struct, frozen=True):
    """A report without claims that was taken out of the inbox: by whom, when, why."""

    report: str
    reason: str
    by: str
    at: str


class Looked:
    """Which reports were looked at."""

    def __init__(self, store: Store, decisions: Iterable[StoredDecision]) -> None:
        self._store = store
        said = (each.decision for each in standing(decisions))
        keys = (key for each in said for key in (*each.claims, *each.others))
        self._decided = {key.partition("/")[0] for key in keys}

    def among(self, reports: Sequence[str]) -> set[str]:
        """Those of some reports."""
        marks, readers = read_marks.c, select(users.c.name).where(users.c.role == "reader")
        read = select(marks.id).where(marks.kind == "report", marks.id.in_(reports), marks.user.not_in(readers))
        found = {row[0] for row in self._store.rows(read)}
        return found | {each.report for each in aside(self._store, reports)} | (self._decided & set(reports))


# --- groups ----------------------------------------------------------------------------------------------------------


def groups(connection: Connection, looked: Looked, *, before: int | None, size: int) -> Found:
    """The groups whose newest waiting report came in before the report of the number `before`, newest first."""
    found: list[Group] = []
    passed: set[str] = set()
    gone = 0
    for report in _reports(connection, looked, before, empty=False):
        gone += 1
        if report.waits and (incident := _led_by(connection, report.number)) not in passed:
            passed.add(incident)
            claims = _claims(connection, incident)
            if not _shown(connection, looked, claims, before):
                if len(found) == size:
                    return Found(groups=tuple(found), next=report.number + 1, looked=gone, cut=False)
                found.append(_group(connection, looked, incident, claims, report.number))
        if gone == _LOOKED:
            return Found(groups=tuple(found), next=report.number, looked=gone, cut=True)
    return Found(groups=tuple(found), next=None, looked=gone, cut=False)


def empty(connection: Connection, looked: Looked, *, before: int | None, size: int) -> Empty:
    """The waiting reports in which no claim was read that came in before the report of a number, newest first."""
    found: list[Outline] = []
    last, gone = before, 0
    for report in _reports(connection, looked, before, empty=True):
        if report.waits:
            if len(found) == size:
                return Empty(reports=tuple(found), next=last, looked=gone, cut=False)
            found.append(outlines(connection, [report.number])[report.number])
        last, gone = report.number, gone + 1
        if gone == _LOOKED:
            return Empty(reports=tuple(found), next=last, looked=gone, cut=True)
    return Empty(reports=tuple(found), next=None, looked=gone, cut=False)


class _Report(Struct, frozen=True):
    """`waits` only where it is of the kind that is looked for."""

    number: int
    waits: bool


def _reports(connection: Connection, looked: Looked, before: int | None, *, empty: bool) -> Iterator[_Report]:
    """All reports, the last that came in first; those with claims are looked for, or those without any."""
    number = before if before is not None else 2**62
    while rows := connection.exec_driver_sql(_NEXT, (number, _STRETCH)).all():
        wanted = [row.id for row in rows if bool(row.told) != empty]
        waiting = {*wanted} - (looked.among(wanted) if wanted else set())
        yield from (_Report(row.number, row.id in waiting) for row in rows)
        number = rows[-1].number


_NEXT = f"""
    SELECT number, id, EXISTS
        (SELECT 1 FROM claims WHERE claim >= number * {CLAIMS} AND claim < (number + 1) * {CLAIMS}) AS told
    FROM reports WHERE number < ? ORDER BY number DESC LIMIT ?
"""


def _led_by(connection: Connection, number: int) -> str:
    """The incident that a report leads with."""
    lead = outlines(connection, [number])[number].lead
    assert lead is not None  # only reports with claims come here
    sql = "SELECT incident FROM claims WHERE claim = ?"
    return connection.exec_driver_sql(sql, (claim_number(number, lead.position),)).scalar() or ""


def _claims(connection: Connection, incident: str) -> set[int]:
    return set(connection.exec_driver_sql("SELECT claim FROM claims WHERE incident = ?", (incident,)).scalars())


def _shown(connection: Connection, looked: Looked, claims: set[int], before: int | None) -> bool:
    """Whether a group stood on a page before this one: by a waiting report that came in later."""
    if before is None:
        return False
    later = sorted({report_number(each) for each in claims if report_number(each) >= before})
    return any(_leading(connection, looked, claims, part)[1] for part in in_parts(later, _MEMBERS))


def _group(connection: Connection, looked: Looked, incident: str, claims: set[int], newest: int) -> Group:
    """An incident's reports, of which `newest` is the last that waits and leads with it."""
    numbers = sorted({report_number(each) for each in claims}, reverse=True)
    later = [number for number in numbers if number > newest][-_MEMBERS:]
    earlier = [number for number in numbers if number <= newest][:_MEMBERS]
    found, waiting, done = _leading(connection, looked, claims, [*later, *earlier])
    rest = [each for number, each in found.items() if number not in waiting]
    return Group(
        incident=incident,
        waiting=tuple(found[number] for number in waiting),
        known=tuple(each for each in rest if each.id in done),
        passing=tuple(each for each in rest if each.id not in done),
    )


def _leading(
    connection: Connection, looked: Looked, claims: set[int], numbers: Sequence[int]
) -> tuple[dict[int, Outline], list[int], set[str]]:
    """Reports by their numbers, those that wait and lead with these claims' incident, and those looked at."""
    found = outlines(connection, numbers)
    done = looked.among([each.id for each in found.values()])
    waiting = [
        number
        for number, each in found.items()
        if each.id not in done and each.lead and claim_number(number, each.lead.position) in claims
    ]
    return found, waiting, done


def outlines(connection: Connection, numbers: Sequence[int]) -> dict[int, Outline]:
    """Reports by their numbers, in the order that is given."""
    marks = ",".join("?" * len(numbers))
    rows = connection.exec_driver_sql(f"SELECT number, body FROM reports WHERE number IN ({marks})", tuple(numbers))
    found = {row[0]: _OUTLINE.decode(row[1]) for row in rows}
    return {number: found[number] for number in numbers if number in found}


def by_id(connection: Connection, ids: Sequence[str]) -> dict[str, Outline]:
    """Reports by their ids."""
    marks = ",".join("?" * len(ids))
    rows = connection.exec_driver_sql(f"SELECT id, body FROM reports WHERE id IN ({marks})", tuple(ids))
    return {row[0]: _OUTLINE.decode(row[1]) for row in rows}


def of_incident(connection: Connection, incident: str) -> dict[str, Outline]:
    """The newest reports that tell of an incident, by their ids."""
    claims = connection.exec_driver_sql("SELECT claim FROM claims WHERE incident = ?", (incident,)).scalars()
    numbers = sorted({report_number(each) for each in claims}, reverse=True)[:_MEMBERS]
    return {each.id: each for each in outlines(connection, numbers).values()}


_OUTLINE = msgspec.json.Decoder(Outline)


# --- reports without claims ------------------------------------------------------------------------------------------


def aside(store: Store, reports: Sequence[str] | None = None, *, most: int = 500) -> list[Aside]:
    """The reports that are set aside, the last one first; of some reports or of all."""
    marks = f"report IN ({','.join('?' * len(reports))}) AND" if reports is not None else ""
    sql = (
        f"SELECT report, reason, by, at FROM triage WHERE {marks} state = ? AND rowid IN "
        "(SELECT max(rowid) FROM triage GROUP BY report) ORDER BY rowid DESC LIMIT ?"
    )
    with store.reading() as connection:
        values = (*(reports or ()), NOT_FOR_US, most)
        return [Aside(*row) for row in connection.exec_driver_sql(sql, values)]


def set_aside(store: Store, who: Person, reports: Sequence[str], reason: str, *, back: bool = False) -> None:
    """Take reports without claims out of the inbox, or put them back.

    Raises:
        Stale: somebody did so meanwhile; nothing is written.
    """
    state = WAITING if back else NOT_FOR_US
    row = {"state": state, "reason": reason, "by": who.name, "at": now(), "address": who.address}
    with store.writing() as connection:
        for report in reports:
            last = connection.exec_driver_sql(_LAST, (report,)).first()
            if (last.state if last else WAITING) == state:
                did = "put it back" if back else "set it aside"
                by = f"{last.by} {did} already" if last else "It was not set aside"
                raise Stale(f"{by}; nothing was written.", {"again": "/inbox"})
            connection.execute(insert(triage).values(report=report, **row))


_LAST = "SELECT state, by FROM triage WHERE report = ? ORDER BY rowid DESC LIMIT 1"
