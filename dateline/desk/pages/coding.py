"""Double coding: what is assigned and how far coders agree; a coder's own sheet; and what an editor makes of two."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct
from sqlalchemy import select

from dateline.desk import coding as codings
from dateline.desk.cards import card, in_order, known_values
from dateline.desk.coding import VERDICT, Answer, Chosen, Coding, Values
from dateline.desk.marking import segments
from dateline.desk.page import Action, Dict, Done, Nav, Page, Visit, plain
from dateline.desk.pages.reports import record_of
from dateline.desk.people import at_least
from dateline.desk.problems import BadRequest, NotAllowed, Stale
from dateline.desk.reviewing import checked_value, read_seen, reason_of
from dateline.incidents.rulings import FIELDS, Rulings
from dateline.ledger import Ledger, tables
from dateline.show import phrasing
from dateline.show.decisions_page import value

_SHOWN = 200  # codings on the page


class Assigning(Struct, frozen=True, kw_only=True):
    report: Annotated[str, Meta(min_length=1, max_length=200)]
    one: Annotated[str, Meta(max_length=60)]
    two: Annotated[str, Meta(max_length=60)]


class Answering(Struct, frozen=True, kw_only=True):
    """`clear` takes all that was said of the claim away."""

    kind: Literal["accept", "reject", "correct", "clear"]
    claim: str
    field: str = ""
    value: str = ""
    reason: str = ""


class Settling(Struct, frozen=True, kw_only=True):
    """Line by line, of the fields in the order of the page: `field` as "CLAIM NAME", `choice` (one, two, own), and the
    value where that is "own"."""

    seen: str = ""
    reason: str = ""
    field: str = ""
    choice: str = ""
    own: str = ""


# --- the list --------------------------------------------------------------------------------------------------------


def codings_page(visit: Visit) -> Dict:
    who, store = visit.who, visit.desk.store
    editor = who.may("editor")
    found = codings.codings_of(store, None if editor else who.name, _SHOWN)
    rows = [_row(visit, each) for each in found]
    return {
        "codings": rows,
        "coders": [each.name for each in visit.desk.people.users() if at_least(each.role, "coder")] if editor else [],
        # A coder who saw it would learn what the other one said of an unfinished report by and by.
        "agreement": _agreements(codings.all_agreements(store)) if editor else [],
    }


def _row(visit: Visit, of: Coding) -> Dict:
    who, done = visit.who, codings.finished(visit.desk.store, of.id)
    return {
        "id": of.id,
        "report": of.report,
        "headline": _headline(visit.desk.ledger, of.report),
        "one": of.one,
        "two": of.two,
        "finished": [name for name in of.coders if name in done and (name == who.name or who.name not in of.coders)],
        "assigned_by": of.assigned_by,
        "assigned_at": of.assigned_at,
        "settled_at": of.settled_at,
        "state": "settled" if of.settled_at else "to be settled" if len(done) == 2 else "being coded",
        "yours": visit.who.name in of.coders,
    }


def _headline(ledger: Ledger, report: str) -> str:
    with ledger.reading() as connection:
        title = connection.execute(select(tables.reports.c.title).where(tables.reports.c.id == report)).scalar()
    return phrasing.clean(title or "") or "(no headline)"


def _agreements(found: Mapping[str, Any]) -> list[Dict]:
    return [{"field": name, "level": level, **plain(made)} for name, (level, made) in found.items()]


# --- one coder's sheet -----------------------------------------------------------------------------------------------


def coding_page(visit: Visit) -> Dict:
    """A coder sees what they said themselves, and nothing of what anybody else did."""
    of = codings.coding(visit.desk.store, visit.path["id"])
    who = visit.who
    if who.name not in of.coders and not who.may("editor"):
        raise NotAllowed("Only the two who were asked code this report.")
    record, stored, id = record_of(visit.desk.ledger, of.report)
    mine = who.name in of.coders
    said = codings.answers_of(visit.desk.store, of.id, who.name) if mine else []
    coded = [each for each in stored if each.claim.id in of.claims]
    row = _row(visit, of)
    return {
        "coding": row,
        "mine": mine,
        "open": mine and who.name not in row["finished"],
        "headline": phrasing.headline(record.report),
        "head": phrasing.head(record.report),
        "language": record.report.language,
        "title": plain(segments(record.report.title or "", [each.claim for each in coded], "title", record.left_out)),
        "text": plain(segments(record.report.text, [each.claim for each in coded], "text", record.left_out)),
        "claims": in_order(
            (
                {**card(each, number, record, Rulings(), ""), "said": _said(said, each.claim.id)}
                for number, each in enumerate(coded, 1)
            ),
            "text",
        ),
        "report": id,
        "correctable": list(FIELDS),
        "known_values": known_values(record),
    }  # fmt: skip


def _said(said: list[Answer], claim: str) -> Dict:
    """What a coder said of one claim."""
    own = [each for each in said if each.claim == claim]
    return {
        "verdict": next((msgspec.json.decode(each.value) for each in own if each.field == VERDICT), ""),
        "changed": [{"field": each.field, "says": value(each.value)} for each in own if each.field != VERDICT],
    }


# --- both side by side -----------------------------------------------------------------------------------------------


def settle_page(visit: Visit) -> Dict:
    """Field by field what was read and what each coder says; where they agree that is chosen beforehand."""
    store = visit.desk.store
    head = visit.desk.ledger.head().seq
    of = codings.coding(store, visit.path["id"])
    if visit.who.name in of.coders and not of.settled_at:
        raise NotAllowed("Who coded a report does not settle it; ask another editor.")
    done = codings.finished(store, of.id)
    if len(done) < 2:
        raise Stale("Both coders have to finish first.", _nothing(of))
    record, stored, _ = record_of(visit.desk.ledger, of.report)
    one, two = done[of.one], done[of.two]
    read = {claim.id: codings.as_read(claim) for claim in record.claims}
    reasons = {name: codings.answers_of(store, of.id, name) for name in of.coders}
    quotes = {each.claim.id: card(each, n, record, Rulings(), "") for n, each in enumerate(stored, 1)}
    return {
        "coding": _row(visit, of),
        "seen": str(head),
        "broken_off": of.outcome is not None and of.settled_at is None,
        "claims": [
            {
                "id": claim,
                "event": quotes[claim]["event"] if claim in quotes else "no more in the report",
                "quote": quotes[claim]["quote"] if claim in quotes else ["", "", ""],
                "fields": [
                    _side_by_side(field, claim, read, one, two, of, reasons)
                    for field in codings.compared(one.get(claim, {}), two.get(claim, {}))
                ],
            }
            for claim in of.claims
        ],
        "agreement": _agreements(codings.agreements([(one, two)])),
    }


def _side_by_side(
    field: str, claim: str, read: Values, one: Values, two: Values, of: Coding, reasons: Mapping[str, list[Answer]]
) -> Dict:
    a, b = one.get(claim, {}).get(field), two.get(claim, {}).get(field)
    whys = [
        next((each.reason for each in reasons[name] if (each.claim, each.field) == (claim, field)), "")
        for name in of.coders
    ]
    return {
        "field": field,
        "name": f"{claim} {field}",
        "read": _shown(read.get(claim, {}).get(field)),
        "one": _shown(a),
        "two": _shown(b),
        "one_why": _why(whys[0]),
        "two_why": _why(whys[1]),
        "same": codings.same(field, a, b),
    }


def _why(reason: str) -> str:
    return reason.partition(" [desk, ")[0] if not reason.startswith("[desk, ") else ""


def _shown(held: Any) -> str:
    return "" if held is None else value(msgspec.json.encode(held).decode())


def _nothing(of: Coding) -> dict[str, Any]:
    return {"changed": {"decisions": [], "now": []}, "back": f"/coding/{of.id}"}


# --- forms -----------------------------------------------------------------------------------------------------------


def assign(visit: Visit) -> Done:
    asked: Assigning = visit.query
    id = asked.report.strip().partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]
    if not id:
        raise BadRequest("Name the report by its id or address.")
    record, _, whole = record_of(visit.desk.ledger, id)
    made = codings.assign(visit.desk, visit.who, whole, record, asked.one, asked.two)
    return Done(next="/coding", made={"coding": made.id})


def answer(visit: Visit) -> Done:
    asked: Answering = visit.query
    of = codings.coding(visit.desk.store, visit.path["id"])
    codings.answer(visit.desk, visit.who, of, asked.claim, asked.kind, asked.field, asked.value, asked.reason)
    return Done(next=f"/coding/{of.id}#claim-{asked.claim}", made={"coding": of.id, "claim": asked.claim})


def finish(visit: Visit) -> Done:
    of = codings.coding(visit.desk.store, visit.path["id"])
    record, _, _ = record_of(visit.desk.ledger, of.report)
    codings.finish(visit.desk, visit.who, of, record)
    return Done(next=f"/coding/{of.id}", made={"coding": of.id})


def settle(visit: Visit) -> Done:
    asked: Settling = visit.query
    of = codings.coding(visit.desk.store, visit.path["id"])
    head = read_seen(asked.seen)
    reason = reason_of(visit.who, asked.reason, "settle", needed=True)
    chosen = _chosen(asked) if of.outcome is None else ()
    if of.outcome is None:
        _check_whole(visit, of, chosen)
    codings.settle(visit.desk, visit.who, of, chosen, reason, head)
    return Done(next=f"/coding/{of.id}/settle", made={"coding": of.id})


def _chosen(asked: Settling) -> tuple[Chosen, ...]:
    """The choices of a form, line by line."""
    fields, choices = asked.field.split("\n"), asked.choice.split("\n")
    own = asked.own.split("\n") if asked.own else [""] * len(fields)
    if not len(fields) == len(choices) == len(own):
        raise BadRequest("Each field needs a choice and, where it is a value of your own, that value.")
    return tuple(_choice(*each) for each in zip(fields, choices, own, strict=True))


def _choice(name: str, choice: str, own: str) -> Chosen:
    claim, _, field = name.strip().partition(" ")
    match choice.strip():
        case "one":
            return Chosen(claim=claim, field=field, choice="one")
        case "two":
            return Chosen(claim=claim, field=field, choice="two")
        case "own" if field != VERDICT:
            return Chosen(claim=claim, field=field, choice="own", value=checked_value(field, own))
        case _:
            raise BadRequest(f"{field[:30] or 'A field'}: choose what one of the coders says, or a value of your own.")


def _check_whole(visit: Visit, of: Coding, chosen: tuple[Chosen, ...]) -> None:
    """Every field that either coder filled is chosen once."""
    done = codings.finished(visit.desk.store, of.id)
    if len(done) < 2:
        raise Stale("Both coders have to finish first.", _nothing(of))
    one, two = done[of.one], done[of.two]
    wanted = {(claim, f) for claim in of.claims for f in codings.compared(one.get(claim, {}), two.get(claim, {}))}
    given = [(each.claim, each.field) for each in chosen]
    if len(given) != len(wanted) or set(given) != wanted:
        raise BadRequest("The choices are not those of this coding; load its page again.")


PAGES = (
    Page(path="/coding", name="codings", title="Reports that two code without seeing each other", make=codings_page,
         role="coder", nav=Nav(label="Coding", place=55, key="d"), table="codings",
         columns=("id", "report", "headline", "one", "two", "state", "assigned_by", "assigned_at", "settled_at")),
    Page(path="/coding/{id}", name="coding", title="A report that you code by yourself", make=coding_page,
         role="coder"),
    Page(path="/coding/{id}/settle", name="settle", title="What two coders said, side by side", make=settle_page,
         role="editor"),
)  # fmt: skip
ACTIONS = (
    Action(path="/coding", name="assign_coding", title="Ask two users to code a report", run=assign, role="editor",
           fields=Assigning),
    Action(path="/coding/{id}/answer", name="answer_coding", title="Say what a claim is, as a draft", run=answer,
           fields=Answering),
    Action(path="/coding/{id}/finish", name="finish_coding", title="Say that one's coding is done", run=finish),
    Action(path="/coding/{id}/settle", name="settle_coding", title="Settle where two coders differ", run=settle,
           role="editor", fields=Settling),
)  # fmt: skip
