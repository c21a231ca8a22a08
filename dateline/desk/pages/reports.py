"""The reports, those that came in last first, with what the one who looks has read of them."""

from datetime import date
from typing import Annotated, Any

from msgspec import Meta, Struct
from sqlalchemy import Connection, func, select

from dateline.desk.page import Dict, Nav, Page, Visit, plain
from dateline.desk.problems import NotFound
from dateline.desk.read_marks import read_at
from dateline.desk.wording import is_invented
from dateline.errors import LedgerError
from dateline.incidents.shelf import CLAIMS, Shelf, claim_number
from dateline.ledger import ClaimQuery, Ledger, StoredClaim, tables
from dateline.ledger.query import begins
from dateline.ledger.words import fold, phrase
from dateline.record import Record

SIZE = 50
_LOOKED = 5_000  # reports looked through for one page, where there is a filter


class Filters(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`outlet` are words of its name, `before` is where the page begins."""

    outlet: Annotated[str, Meta(max_length=200)] | None = None
    since: date | None = None
    until: date | None = None
    before: Annotated[int, Meta(ge=1, le=2**53)] | None = None
    size: Annotated[int, Meta(ge=1, le=200)] = SIZE
    all_read: bool = False  # who asked for an unread report has read all


def reports_page(visit: Visit) -> Dict:
    asked: Filters = visit.query
    with visit.desk.ledger.reading() as connection:
        chosen, next = _chosen(connection, asked)
        rows = report_rows(connection, chosen)
    read = read_at(visit.desk.store, visit.who.name, [each["id"] for each in rows])
    return {
        "reports": [{**each, "read_at": read.get(each["id"])} for each in rows],
        "filters": plain(asked),
        "next": visit.address(before=next) if next else None,
        "first": visit.address(before=None) if asked.before else None,
    }


def _chosen(connection: Connection, asked: Filters) -> tuple[list[int], int | None]:
    """The places in the chain of the reports that fit, and where the next page begins."""
    kept = tables.reports.c
    chosen = select(kept.seq, kept.source, kept.published).order_by(kept.seq.desc()).limit(_LOOKED)
    if asked.before:
        chosen = chosen.where(kept.seq < asked.before)
    found: list[int] = []
    last = None
    for looked, each in enumerate(connection.execute(chosen), 1):
        if len(found) == asked.size:
            return found, last
        last = each.seq
        if _fits(asked, each.source, each.published):
            found.append(each.seq)
        if looked == _LOOKED:
            return found, last
    return found, None


def _fits(asked: Filters, source: str | None, published: str | None) -> bool:
    if asked.outlet and phrase(asked.outlet) not in fold(source or ""):
        return False
    if asked.since and (published or "") < asked.since.isoformat():
        return False
    return not asked.until or (published or "9999") <= asked.until.isoformat()


def report_rows(connection: Connection, places: list[int]) -> list[dict[str, Any]]:
    """Reports as lists show them, in the order of their places in the chain that is given."""
    kept = tables.reports.c
    chosen = select(
        kept.seq, kept.id, kept.given_id, kept.title, kept.source, kept.published, kept.url, kept.added_at
    ).where(kept.seq.in_(places))
    by_place = {each.seq: each for each in connection.execute(chosen)}
    claims = claims_in(connection, places)
    return [_row(by_place[seq], claims.get(seq, 0)) for seq in places if seq in by_place]


def _row(row: Any, claims: int) -> dict[str, Any]:
    fields = {name: value for name, value in row._mapping.items() if name != "seq"}
    return {**fields, "claims": claims, "invented": is_invented(row.url)}


def claims_in(connection: Connection, places: list[int]) -> dict[int, int]:
    """How many claims the latest reading of each report holds."""
    readings, claims = tables.readings, tables.claims
    latest = select(func.max(readings.c.seq)).where(readings.c.report.in_(places)).group_by(readings.c.report)
    counted = select(claims.c.report, func.count()).where(claims.c.reading.in_(latest)).group_by(claims.c.report)
    return {row[0]: row[1] for row in connection.execute(counted)}


def latest_reports(ledger: Ledger, size: int) -> list[dict[str, Any]]:
    """The reports that came in last."""
    with ledger.reading() as connection:
        chosen, _ = _chosen(connection, Filters(size=size))
        return report_rows(connection, chosen)


# --- one report ------------------------------------------------------------------------------------------------------


def record_of(ledger: Ledger, id: str) -> tuple[Record, list[StoredClaim], str]:
    """A report's latest reading, its claims in the record's order, and the report's id in full.

    Raises:
        NotFound: there is no such report.
    """
    try:
        record = ledger.record(id)
    except LedgerError as error:
        if type(error) is not LedgerError:
            raise
        raise NotFound(f"There is no report {id[:40]!r}.") from error
    with ledger.reading() as connection:
        whole = connection.execute(select(tables.reports.c.id).where(begins(tables.reports.c.id, id))).scalar_one()
    by_id = {each.claim.id: each for each in ledger.claims(ClaimQuery(report=whole)) if each.report_id == whole}
    return record, [by_id[claim.id] for claim in record.claims if claim.id in by_id], whole


def incidents_of(shelf: Shelf, report: str) -> dict[int, str]:
    """The incidents that a report's claims are of, by the claims' positions in the record."""
    with shelf.reading() as connection:
        number = connection.exec_driver_sql("SELECT number FROM reports WHERE id = ?", (report,)).scalar()
        if number is None:
            return {}
        first = claim_number(number, 0)
        rows = connection.exec_driver_sql(
            "SELECT claim - ?, incident FROM claims WHERE claim >= ? AND claim < ?", (first, first, first + CLAIMS)
        )
        return {row[0]: row[1] for row in rows}


PAGES = (
    Page(
        path="/reports", name="reports", title="Reports, the last to come in first", make=reports_page,
        nav=Nav(label="Reports", place=50, key="r"), query=Filters, table="reports",
        columns=("id", "given_id", "published", "source", "title", "url", "claims", "added_at", "read_at"),
    ),
)  # fmt: skip
