"""The reading view: one report with its claims marked in the text, a card a claim beside it, and what a person says of
them: accept, reject, correct, read."""

from typing import Any, Literal, get_args

from msgspec import Struct

from dateline.codes import EventType, Measure, Modality, Verification
from dateline.desk import read_marks
from dateline.desk.adding import Adding, add
from dateline.desk.attached import of_claims
from dateline.desk.cards import card, in_order, known_values
from dateline.desk.coding import blind_coding, check_open
from dateline.desk.marking import segments
from dateline.desk.page import Action, Dict, Done, Page, Visit, plain
from dateline.desk.pages.reports import incidents_of, record_of
from dateline.desk.reviewing import Asked, decide, decisions_about, history
from dateline.desk.wording import is_invented
from dateline.incidents.rulings import FIELDS, rulings, standing
from dateline.ledger import StoredClaim
from dateline.record import Record
from dateline.show import phrasing

_SHOWN = Literal["unsure", "text"]


class Query(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`order` of the cards: the least sure claim first, or as in the text. `kept` is the decision that led here."""

    order: _SHOWN = "unsure"
    kept: str | None = None


class Marking(Struct, frozen=True, kw_only=True):
    """`go` on to the next unread report, or stay on this one."""

    what: Literal["read", "unread"] = "read"
    go: Literal["stay", "next"] = "stay"


def report_page(visit: Visit) -> Dict:
    ledger = visit.desk.ledger
    head = ledger.head().seq
    record, stored, id = record_of(ledger, visit.path["id"])
    found = decisions_about(ledger, id)
    with visit.desk.shelf() as shelf:
        incidents = incidents_of(shelf, id)
    report = record.report
    claims = [each.claim for each in stored]
    read = read_marks.read_at(visit.desk.store, visit.who.name, [id])
    return {
        "id": id,
        "seen": str(head),
        "kept": visit.query.kept,
        "order": visit.query.order,
        "orders": {order: visit.address(order=order, kept=None) for order in ("unsure", "text")},
        "read_at": read.get(id),
        "blind": blind_coding(visit.desk.store, visit.who, id),
        "headline": phrasing.headline(report),
        "head": phrasing.head(report),
        "size": phrasing.size(record),
        "url": report.url,
        "language": report.language,
        "sha256": report.sha256,
        "invented": is_invented(report.url, report.text),
        "title": plain(segments(report.title or "", claims, "title", record.left_out)),
        "text": plain(segments(report.text, claims, "text", record.left_out)),
        "claims": _cards(record, stored, found, incidents, visit.query.order),
        "events": list(get_args(EventType)),
        "measures": list(get_args(Measure)),
        "modalities": list(get_args(Modality)),
        "verifications": list(get_args(Verification)),
        "correctable": list(FIELDS),
        "known_values": known_values(record),
        "attached": of_claims(ledger, [each.key for each in stored]),
        "decisions": history(found),
        "evidence": [phrasing.evidence(each, _numbers(stored)) for each in record.evidence],
        "checks": [phrasing.check(each) for each in record.checks],
        "unknown": plain(record.unknown),
        "left_out": plain(record.left_out),
        "warnings": list(record.warnings),
        "made_by": plain(record.made_by),
    }


def _numbers(stored: list[StoredClaim]) -> dict[str, int]:
    return {each.claim.id: number for number, each in enumerate(stored, 1)}


def _cards(
    record: Record, stored: list[StoredClaim], found: list[Any], incidents: dict[int, str], order: str
) -> list[Dict]:
    ruled = rulings(found)
    by = {
        key: each.decision.by for each in standing(found) if each.decision.kind == "add" for key in each.decision.claims
    }
    cards = [
        {**card(each, number, record, ruled, by.get(each.key, "")), "incident": incidents.get(number - 1)}
        for number, each in enumerate(stored, 1)
    ]
    return in_order(cards, order)


def decide_on_claim(visit: Visit) -> Done:
    record, _, id = record_of(visit.desk.ledger, visit.path["id"])
    check_open(visit.desk.store, visit.who, id)
    kept = decide(visit.desk, visit.who, id, record, visit.query)
    at = next((number for number, each in enumerate(record.claims, 1) if each.id == visit.query.claim), None)
    place = f"card-{at}" if at else "decisions"
    return Done(next=f"/reports/{id}?kept={kept.id}#{place}", made={"decision": kept.id})


def add_claim(visit: Visit) -> Done:
    record, _, id = record_of(visit.desk.ledger, visit.path["id"])
    check_open(visit.desk.store, visit.who, id)
    kept, claim = add(visit.desk, visit.who, id, record, visit.query)
    made = {"decision": kept.id, "claim": f"{id}/{claim.id}"}
    return Done(next=f"/reports/{id}?kept={kept.id}#claim-{claim.id}", made=made)


# --- what a person has read ------------------------------------------------------------------------------------------


def mark_report(visit: Visit) -> Done:
    asked: Marking = visit.query
    _, _, id = record_of(visit.desk.ledger, visit.path["id"])
    if asked.what == "read":
        read_marks.mark(visit.desk.store, visit.who.name, id)
    else:
        read_marks.unmark(visit.desk.store, visit.who.name, id)
    next = _unread(visit, id) if asked.go == "next" else f"/reports/{id}"
    return Done(next=next, made={"report": id, "marked": asked.what})


def unread_page(visit: Visit) -> Dict:
    return {"address": _unread(visit, None)}


def _unread(visit: Visit, behind: str | None) -> str:
    """The next report that the person has not read; the list where there is none."""
    found = read_marks.next_unread(visit.desk.ledger, visit.desk.store, visit.who.name, behind)
    return f"/reports/{found}" if found else "/reports?all_read=true"


PAGES = (
    Page(path="/reports/unread", name="unread", title="The latest report that you have not read", make=unread_page,
         leads="address"),
    Page(path="/reports/{id}", name="report", title="A report with its claims marked", make=report_page, query=Query),
)  # fmt: skip
ACTIONS = (
    Action(path="/reports/{id}/decide", name="decide_claim", title="Decide about a claim of a report",
           run=decide_on_claim, fields=Asked),
    Action(path="/reports/{id}/add", name="add_claim", title="Add a claim that a person found", run=add_claim,
           fields=Adding),
    Action(path="/reports/{id}/mark", name="mark_report", title="Mark a report as read or unread", run=mark_report,
           role="reader", scope="read", fields=Marking),
)  # fmt: skip
