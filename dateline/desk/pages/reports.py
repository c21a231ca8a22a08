"""The reports, those that came in last first; and one report with its claims marked in the text."""

from datetime import date
from itertools import pairwise
from typing import Annotated, Any

from msgspec import Meta, Struct
from sqlalchemy import Connection, func, select

from dateline.desk.page import Dict, Nav, Page, Visit, plain
from dateline.desk.pages.incident import claim_card
from dateline.desk.problems import NotFound
from dateline.desk.wording import is_invented
from dateline.errors import LedgerError
from dateline.incidents.shelf import CLAIMS, Shelf, claim_number
from dateline.ledger import ClaimQuery, Ledger, StoredClaim, tables
from dateline.ledger.words import fold, phrase
from dateline.record import Record, Span
from dateline.show import phrasing

SIZE = 50
_LOOKED = 5_000  # reports looked through for one page, where there is a filter


class Filters(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`outlet` are words of its name, `before` is where the page begins."""

    outlet: Annotated[str, Meta(max_length=200)] | None = None
    since: date | None = None
    until: date | None = None
    before: Annotated[int, Meta(ge=1, le=2**53)] | None = None
    size: Annotated[int, Meta(ge=1, le=200)] = SIZE


def reports_page(visit: Visit) -> Dict:
    asked: Filters = visit.query
    with visit.desk.ledger.reading() as connection:
        chosen, next = _chosen(connection, asked)
        rows = report_rows(connection, chosen)
    return {
        "reports": rows,
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


class Piece(Struct, frozen=True):
    """A stretch of the text with the same marks throughout: claims by number, and whose trigger it is."""

    text: str
    claims: tuple[int, ...] = ()
    triggers: tuple[int, ...] = ()
    first_of: tuple[int, ...] = ()  # claims whose quote begins here


def report_page(visit: Visit) -> Dict:
    ledger, id = visit.desk.ledger, visit.path["id"]
    record, stored = record_of(ledger, id)
    cards = [claim_card(each, number) for number, each in enumerate(stored, 1)]
    with visit.desk.shelf() as shelf:
        incidents = incidents_of(shelf, stored[0].report_id if stored else id)
    report = record.report
    numbers = {each.claim.id: number for number, each in enumerate(stored, 1)}
    return {
        "id": stored[0].report_id if stored else id,
        "headline": phrasing.headline(report),
        "head": phrasing.head(report),
        "size": phrasing.size(record),
        "url": report.url,
        "language": report.language,
        "sha256": report.sha256,
        "invented": is_invented(report.url, report.text),
        "title": plain(pieces(report.title or "", stored, "title")),
        "text": plain(pieces(report.text, stored, "text")),
        "claims": [{**card, "incident": incidents.get(at)} for at, card in enumerate(cards)],
        "evidence": [phrasing.evidence(each, numbers) for each in record.evidence],
        "checks": [phrasing.check(each) for each in record.checks],
        "unknown": plain(record.unknown),
        "left_out": plain(record.left_out),
        "warnings": list(record.warnings),
        "made_by": plain(record.made_by),
    }


def record_of(ledger: Ledger, id: str) -> tuple[Record, list[StoredClaim]]:
    """A report's latest reading, and its claims in the record's order.

    Raises:
        NotFound: there is no such report.
    """
    try:
        record = ledger.record(id)
    except LedgerError as error:
        if type(error) is not LedgerError:
            raise
        raise NotFound(f"There is no report {id[:40]!r}.") from error
    by_id = {each.claim.id: each for each in ledger.claims(ClaimQuery(report=id)) if each.report_id.startswith(id)}
    return record, [by_id[claim.id] for claim in record.claims if claim.id in by_id]


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


def pieces(text: str, claims: list[StoredClaim], where: str) -> list[Piece]:
    """The text cut wherever a quote or a trigger begins or ends."""
    quotes = [(n, each.claim.quote.span) for n, each in enumerate(claims, 1) if each.claim.quote.where == where]
    triggers = [(n, each.claim.trigger.span) for n, each in enumerate(claims, 1) if each.claim.trigger.where == where]
    ends = {0, len(text)} | {end for _, span in (*quotes, *triggers) for end in (span.start, span.end)}
    cuts = sorted(end for end in ends if end <= len(text))
    made = []
    for start, end in pairwise(cuts):
        here = Span(start, end)
        made.append(
            Piece(
                text[start:end],
                tuple(n for n, span in quotes if span.holds(here)),
                tuple(n for n, span in triggers if span.holds(here)),
                tuple(n for n, span in quotes if span.start == start),
            )
        )
    return made


PAGES = (
    Page(
        path="/reports", name="reports", title="Reports, the last to come in first", make=reports_page,
        nav=Nav(label="Reports", place=50, key="r"), query=Filters, table="reports",
        columns=("id", "given_id", "published", "source", "title", "url", "claims", "added_at"),
    ),
    Page(path="/reports/{id}", name="report", title="A report with its claims marked", make=report_page),
)  # fmt: skip
