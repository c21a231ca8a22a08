"""The inbox: reports that nobody has looked at, grouped by suspected incident, copies under their origin; and what a
person says of a group: the same, different, may be the same, split, not for us, looked at."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, TypeAlias
from urllib.parse import urlencode

import msgspec
from msgspec import Meta, Struct
from sqlalchemy import Connection

from dateline.desk import read_marks, waiting
from dateline.desk.deciding import Asked, decide, seen
from dateline.desk.page import Action, Dict, Done, Nav, Page, Visit, plain
from dateline.desk.pages import incidents
from dateline.desk.problems import BadRequest, Stale
from dateline.desk.waiting import Found, Group, Looked, Outline
from dateline.desk.wording import is_invented
from dateline.incidents.links import suggested
from dateline.incidents.rulings import rulings
from dateline.incidents.sentence import headline
from dateline.incidents.shelf import Shelf
from dateline.incidents.types import Incident, Origin, Suggestion
from dateline.ledger import StoredDecision

SIZE = 20
_OFFERED = 3  # incidents that may be the same one
_TREE = 15  # origins of a group that are shown, and copies of each
_REASON = 2_000  # characters
_DECODER = msgspec.json.Decoder(Incident)

# Of a report in a group: waits, was looked at before, only mentions the incident, or has no say in it.
State: TypeAlias = Literal["waits", "known", "passing", "aside"]
Number = Annotated[int, Meta(ge=1, le=2**53)]


class Filters(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`show` groups, the reports in which no claim was read (`empty`), or those of them that were set aside (`aside`).
    `before` is where the page begins, `kept` what was decided last, `of` the incident it was about."""

    show: Literal["groups", "empty", "aside"] = "groups"
    before: Number | None = None
    size: Annotated[int, Meta(ge=1, le=100)] = SIZE
    kept: Annotated[str, Meta(max_length=40)] | None = None
    of: Annotated[str, Meta(max_length=80)] | None = None


class Said(Struct, frozen=True, kw_only=True):
    """What a form says of a group. `reports` are those that its page showed as waiting, `picked` those that were
    ticked, a line each; `other` is the incident on the other side. Without it `same` says that the group is one."""

    kind: Literal["same", "different", "maybe", "split", "not_for_us", "read"]
    seen: str = ""
    reports: str = ""
    picked: str = ""
    reason: str = ""
    other: str = ""
    before: Number | None = None


class SaidOfEmpty(Struct, frozen=True, kw_only=True):
    """What a form says of reports without claims: `picked`, a line each."""

    kind: Literal["not_for_us", "read", "back"]
    picked: str = ""
    reason: str = ""
    before: Number | None = None


# --- the page --------------------------------------------------------------------------------------------------------


def inbox_page(visit: Visit) -> Dict:
    asked: Filters = visit.query
    shown = {"groups": _groups, "empty": _empty, "aside": _aside}[asked.show](visit, asked)
    return {
        "show": asked.show,
        "tabs": [
            {
                "label": label,
                "address": f"/inbox?show={show}" if show != "groups" else "/inbox",
                "here": show == asked.show,
            }
            for show, label in _TABS
        ],
        "groups": [],
        "reports": [],
        "next": None,
        "cut": False,
        "looked": 0,
        **shown,
        "first": visit.address(before=None, kept=None, of=None) if asked.before else None,
        "before": asked.before,
        "kept": asked.kept,
        "of": asked.of,
    }


_TABS = (("groups", "By incident"), ("empty", "Without a claim"), ("aside", "Set aside"))


def _groups(visit: Visit, asked: Filters) -> Dict:
    desk = visit.desk
    head = desk.ledger.head().seq  # before anything is read: what comes in meanwhile makes the page stale
    decisions = list(desk.ledger.decisions())
    with desk.shelf() as shelf, shelf.reading() as connection:
        found = waiting.groups(connection, Looked(desk.store, decisions), before=asked.before, size=asked.size)
        rows = _group_rows(connection, shelf, found, decisions, head)
    return {
        "groups": rows,
        "next": _next(visit, found.next),
        "cut": found.cut,
        "looked": found.looked,
    }


def _empty(visit: Visit, asked: Filters) -> Dict:
    desk = visit.desk
    with desk.shelf() as shelf, shelf.reading() as connection:
        looked = Looked(desk.store, desk.ledger.decisions())
        found = waiting.empty(connection, looked, before=asked.before, size=asked.size)
    return {
        "reports": [_report(each) for each in found.reports],
        "next": _next(visit, found.next),
        "cut": found.cut,
        "looked": found.looked,
    }


def _aside(visit: Visit, asked: Filters) -> Dict:
    found = waiting.aside(visit.desk.store)
    with visit.desk.shelf() as shelf, shelf.reading() as connection:
        known = waiting.by_id(connection, [each.report for each in found])
    return {
        "reports": [
            {**_report(known[each.report]), "reason": each.reason, "by": each.by, "at": each.at}
            for each in found
            if each.report in known
        ]
    }


def _next(visit: Visit, number: int | None) -> str | None:
    return visit.address(before=number, kept=None, of=None) if number else None


# --- one group -------------------------------------------------------------------------------------------------------


def _group_rows(
    connection: Connection, shelf: Shelf, found: Found, decisions: Sequence[StoredDecision], head: int
) -> list[Dict]:
    known = _incidents(connection, [each.incident for each in found.groups])
    may_be = suggested(connection, shelf, list(known.values()), rulings(decisions), _OFFERED)
    offered = sorted({each.incident for some in may_be.values() for each in some})
    others = {id: headline(each) for id, each in _incidents(connection, offered).items()}
    return [
        _group_row(each, known[each.incident], may_be[each.incident], others, head)
        for each in found.groups
        if each.incident in known
    ]


def _incidents(connection: Connection, ids: Sequence[str]) -> dict[str, Incident]:
    marks = ",".join("?" * len(ids))
    rows = connection.exec_driver_sql(f"SELECT id, body FROM incidents WHERE id IN ({marks})", tuple(ids))
    return {row[0]: _DECODER.decode(row[1]) for row in rows}


def _group_row(
    group: Group, incident: Incident, suggestions: Sequence[Suggestion], others: Mapping[str, str], head: int
) -> Dict:
    row = incidents.row(incident)
    reports = {each.id: _report(each) for each in group.waiting}
    reports.update({each.id: _report(each, "known") for each in group.known})
    reports.update({each.id: _report(each, "passing") for each in group.passing})
    scores = [one.score for each in group.waiting for one in each.tellings if one.key in {*incident.claims}]
    may_be = [
        {"id": each.incident, "probability": each.probability, "headline": others.get(each.incident, "")}
        for each in suggestions
    ]
    return {
        "incident": incident.id,
        "headline": headline(incident),
        **{
            name: row[name]
            for name in (
                "happened",
                "status",
                "accepted_by",
                "event",
                "place",
                "days",
                "actors",
                "targets",
                "figures",
                "origins",
                "reports",
                "claims",
                "disagree_on",
            )
        },
        "invented": all(is_invented(each.url) for each in group.waiting),
        "copies": max(0, len(incident.reports) - incident.wordings),
        "new": not group.known,
        "known_before": len(group.known),
        "lowest_score": min(scores, default=None),
        "may_be": may_be,
        "waiting": [each.id for each in group.waiting],
        "origins_of": _tree(incident, reports),
        "seen": seen(incident, head),
    }


def _tree(incident: Incident, reports: Mapping[str, Dict]) -> list[Dict]:
    """Its reports under the origins that they repeat; what stands under none, last."""
    placed: set[str] = set()
    made: list[Dict] = []
    for origin in incident.origins:
        under = [id for id in _under(origin) if id in reports and id not in placed]
        placed.update((origin.report, *under))
        made.append(_branch(origin.name, reports.get(origin.report), [reports[id] for id in under]))
    out = {key.partition("/")[0] for key in incident.set_aside}
    rest = [{**each, "state": "aside"} if id in out else each for id, each in reports.items() if id not in placed]
    made = made[:_TREE]
    return [*made, _branch("", None, rest)] if rest else made


def _under(origin: Origin) -> list[str]:
    copies = (id for copy in origin.copies for id in (copy.original, copy.copy))
    return [id for id in dict.fromkeys((*copies, *origin.later, *origin.relays)) if id != origin.report]


def _branch(name: str, report: Dict | None, under: Sequence[Dict]) -> Dict:
    return {"name": name, "report": report, "under": list(under[:_TREE]), "more": max(0, len(under) - _TREE)}


def _report(each: Outline, state: State = "waits") -> Dict:
    return {
        "id": each.id,
        "outlet": each.outlet or each.given_id,
        "published": plain(each.published),
        "title": each.title,
        "invented": is_invented(each.url),
        "state": state,
    }


# --- what is said of a group -----------------------------------------------------------------------------------------


def act(visit: Visit) -> Done:
    """Keep what a person says of a group: as a decision, or as a mark that its reports were looked at."""
    asked: Said = visit.query
    id = visit.path["id"]
    with visit.desk.shelf() as shelf, shelf.reading() as connection:
        incident = _incidents(connection, [id]).get(id)
        reports = waiting.of_incident(connection, id)
    chosen = [reports.get(each) for each in _lines(asked.picked) or _lines(asked.reports)]
    if asked.kind == "read":
        for report in _all(chosen):
            read_marks.mark(visit.desk.store, visit.who.name, report.id)
        return Done(next=_back(asked.before), made={"read": [each.id for each in _all(chosen)]})
    said, about = _asked(asked, incident, chosen)
    kept = decide(visit.desk, visit.who, id, said, about)
    made = {"decision": kept.decision.id, "incident": kept.incident}
    return Done(next=_back(asked.before, kept=kept.decision.id, of=kept.incident), made=made)


def _asked(asked: Said, incident: Incident | None, chosen: Sequence[Outline | None]) -> tuple[Asked, tuple[str, ...]]:
    """A group's form as one about its incident, and the claims that it names."""
    said = Asked(kind="reject", seen=asked.seen, reason=asked.reason, other=asked.other)
    if asked.kind == "not_for_us":
        if not asked.reason.strip():
            raise BadRequest("not for us: give a reason; it is kept with the decision.")
        claims = tuple(one.key for each in _all(chosen) for one in each.tellings)
        return msgspec.structs.replace(said, reason=f"not for us: {asked.reason}"), claims
    said = msgspec.structs.replace(said, kind=asked.kind)
    if incident is None:  # it is no more: deciding says so
        return said, ()
    if asked.kind == "split":
        if not _lines(asked.picked):
            raise BadRequest("split: tick the reports that tell of another incident.")
        own = {*incident.claims}
        claims = tuple(one.key for each in _all(chosen) for one in each.tellings if one.key in own)
        return msgspec.structs.replace(said, claims="\n".join(claims)), ()
    if asked.kind == "same" and not asked.other.strip():
        if len(incident.claims) < 2:
            raise BadRequest("same: name the other incident; this one has but one claim.")
        return said, incident.claims
    return said, ()


def _all(chosen: Sequence[Outline | None]) -> list[Outline]:
    """Raises:
    BadRequest: no report is named.
    Stale: one of them tells of another incident by now.
    """
    found = [each for each in chosen if each is not None]
    if not chosen:
        raise BadRequest("reports: name those that the page showed.")
    if len(found) < len(chosen):
        said = "This group was made anew since the page was made; nothing was written. Look again, then decide."
        raise Stale(said, {"again": "/inbox"})
    return found


def act_on_empty(visit: Visit) -> Done:
    """Set reports without claims aside, put them back, or mark that they were looked at."""
    asked: SaidOfEmpty = visit.query
    ids = _lines(asked.picked)
    if not ids:
        raise BadRequest("Tick the reports that are meant.")
    if len(asked.reason) > _REASON:
        raise BadRequest(f"A reason has at most {_REASON:,} characters.")
    if asked.kind == "not_for_us" and not asked.reason.strip():
        raise BadRequest("not for us: give a reason; it is kept.")
    with visit.desk.shelf() as shelf, shelf.reading() as connection:
        known = waiting.by_id(connection, ids)
    if strange := [id for id in ids if id not in known or (known[id].tellings and asked.kind != "back")]:
        raise BadRequest(f"{strange[0][:40]!r} is no report without claims.")
    if asked.kind == "read":
        for id in ids:
            read_marks.mark(visit.desk.store, visit.who.name, id)
    else:
        reason = " ".join(asked.reason.split())
        waiting.set_aside(visit.desk.store, visit.who, ids, reason, back=asked.kind == "back")
        for id in ids:
            visit.desk.people.note(visit.who, f"inbox {asked.kind}", id)
    show = "aside" if asked.kind == "back" else "empty"
    return Done(next=_back(asked.before, show=show), made={"reports": ids})


def _lines(said: str) -> list[str]:
    return list(dict.fromkeys(said.split()))


def _back(before: int | None, **more: Any) -> str:
    filters = {**more, **({"before": before} if before else {})}
    return f"/inbox?{urlencode(filters)}" if filters else "/inbox"


PAGES = (
    Page(
        path="/inbox", name="inbox", title="Reports that nobody has looked at, by incident", make=inbox_page,
        nav=Nav(label="Inbox", place=12, key="b"), query=Filters, table="groups",
        columns=("incident", "headline", "event", "days", "place", "actors", "targets", "figures", "reports", "copies",
                 "origins", "new", "known_before", "lowest_score", "may_be", "disagree_on", "waiting"),
    ),
)  # fmt: skip
ACTIONS = (
    Action(path="/inbox/reports", name="triage_reports", title="Set reports without claims aside", run=act_on_empty,
           fields=SaidOfEmpty),
    Action(path="/inbox/{id}", name="triage", title="Say what a group of reports is", run=act, fields=Said),
)  # fmt: skip
