"""Decisions about the claims of one report, taken on its own page: accept, reject, correct a field, take back.

A form carries where the chain ended when its page was made. If somebody decided about the same claim since, or the
report was read anew and the claim is no more in it, nothing is written: the second person is told.
"""

from collections.abc import Iterable
from typing import Any, Literal, TypeAlias

from msgspec import Struct
from sqlalchemy import ColumnElement, func, or_, select

from dateline.desk.deciding import told, with_place
from dateline.desk.desk import Desk
from dateline.desk.people import Person, now
from dateline.desk.problems import BadRequest, NotAllowed, Stale
from dateline.errors import InputError
from dateline.incidents.plain_values import value_of
from dateline.incidents.rulings import touched, undone
from dateline.ledger import Decision, Ledger, StoredDecision, tables
from dateline.ledger.decisions import decision_of
from dateline.record import Record

Kind: TypeAlias = Literal["accept", "reject", "correct", "undo"]

REASON = 2_000  # characters
_WAIT_S = 1.5  # for the incidents to be brought up to date


class Asked(Struct, frozen=True, kw_only=True):
    """What a form says: about which claim of the report, by its id; `undoes` is the decision to take back."""

    kind: Kind
    seen: str = ""
    claim: str = ""
    reason: str = ""
    field: str = ""
    value: str = ""
    undoes: str = ""


# --- what was decided ------------------------------------------------------------------------------------------------


def decisions_about(ledger: Ledger, report: str) -> list[StoredDecision]:
    """Every decision that names a claim of the report, with what takes it back, in their order."""
    kept = tables.decisions.c
    own = or_(*(func.instr(column, f'"{report}/') > 0 for column in (kept.claims, kept.others)))
    found = {each.id: each for each in _decisions(ledger, own)}
    fresh = set(found)
    while fresh:  # an undo can be undone in turn
        undos = _decisions(ledger, kept.undoes.in_(fresh))
        fresh = {each.id for each in undos} - found.keys()
        found |= {each.id: each for each in undos}
    return sorted(found.values(), key=lambda each: each.seq)


def _decisions(ledger: Ledger, where: ColumnElement[bool]) -> Iterable[StoredDecision]:
    with ledger.reading() as connection:
        rows = connection.execute(select(tables.decisions).where(where)).mappings().all()
    return [
        StoredDecision(decision=decision_of(dict(row)), id=row["id"], seq=row["seq"], added_at=row["added_at"])
        for row in rows
    ]


def history(found: list[StoredDecision]) -> list[dict[str, Any]]:
    """Decisions as pages show them."""
    out = undone(found)
    return [told(each, each.id in out) for each in found]


# --- deciding --------------------------------------------------------------------------------------------------------


def decide(desk: Desk, who: Person, report: str, record: Record, asked: Asked) -> StoredDecision:
    """Check and keep a decision about a claim of a report; then have the incidents brought up to date.

    Args:
        report: the report's id in full.
        record: its latest reading.
    Raises:
        Stale: somebody was faster.
        NotAllowed: the role does not allow it.
        BadRequest: something is missing, or cannot be.
    """
    head = read_seen(asked.seen)
    with desk.deciding:
        before = decisions_about(desk.ledger, report)
        decision = _decision(who, report, record, asked, before)
        _check_fresh(report, decision, before, head)
        kept = desk.ledger.decide(decision)
        desk.people.note(who, f"decide {asked.kind}", kept.id)
    desk.keeper.wait(desk.keeper.wake(), _WAIT_S)
    return kept


def read_seen(said: str) -> int:
    if not said.isdecimal() or len(said) > 15:
        raise BadRequest("seen: take it from the page that the decision is about (its `seen`).")
    return int(said)


def reason_of(who: Person, said: str, kind: str, *, needed: bool) -> str:
    """A reason as it is kept, with from where it came.

    Raises:
        BadRequest: it is too long, or missing.
    """
    if len(said) > REASON:
        raise BadRequest(f"A reason has at most {REASON:,} characters.")
    if needed and not said.strip():
        raise BadRequest(f"{kind}: give a reason; it is kept with the decision.")
    return with_place(" ".join(said.split()), who)


def _decision(who: Person, report: str, record: Record, asked: Asked, before: list[StoredDecision]) -> Decision:
    reason = reason_of(who, asked.reason, asked.kind, needed=asked.kind != "accept")
    if asked.kind == "undo":
        return Decision(kind="undo", by=who.name, on=now(), reason=reason, undoes=_to_undo(who, asked, before, report))
    if asked.claim not in {claim.id for claim in record.claims}:
        if not asked.claim:
            raise BadRequest(f"{asked.kind}: name the claim that it is about.")
        raise Stale(
            "The report was read anew since the page was made, and this claim is no more in it; nothing was written.",
            {"changed": {"decisions": [], "now": []}, "back": f"/reports/{report}"},
        )
    keys = (f"{report}/{asked.claim}",)
    if asked.kind != "correct":
        return Decision(kind=asked.kind, by=who.name, on=now(), reason=reason, claims=keys)
    field = asked.field.strip()
    return Decision(
        kind="correct", by=who.name, on=now(), reason=reason, claims=keys, field=field,
        value=checked_value(field, asked.value),
    )  # fmt: skip


def checked_value(field: str, words: str) -> str:
    """The JSON of a claim's field as somebody wrote it.

    Raises:
        BadRequest: there is no such field, or it cannot be that.
    """
    if not words.strip():
        raise BadRequest(f"correct: say what {field or 'the field'} is.")
    if ":" in field:
        raise BadRequest("correct: a report's page corrects fields of claims; an incident's page those of incidents.")
    try:
        return value_of(field, words)
    except InputError as error:
        raise BadRequest(f"{error}.") from error


def _to_undo(who: Person, asked: Asked, before: list[StoredDecision], report: str) -> str:
    found = next((each for each in before if each.id == asked.undoes.strip()), None)
    if found is None:
        raise BadRequest(f"There is no decision {asked.undoes[:40]!r} about this report.")
    if found.id in undone(before):
        raise Stale("That decision was undone already.", {"changed": _since(before, set(), -1), **_back(report)})
    if found.decision.by != who.name and not who.may("editor", "decide"):
        raise NotAllowed(f"To undo what {found.decision.by} decided takes the role editor; {who.name} is {who.role}.")
    return found.id


def _check_fresh(report: str, decision: Decision, before: list[StoredDecision], head: int) -> None:
    known = {each.id: each.decision for each in before}
    changed = _since(before, touched(decision, known), head)
    if changed["decisions"]:
        names = ", ".join(sorted({each["by"] for each in changed["decisions"]}))
        raise Stale(
            f"{names} decided about this claim since the page was made; nothing was written. Look again, then decide.",
            {"changed": changed, **_back(report)},
        )


def _since(before: list[StoredDecision], about: set[str], head: int) -> dict[str, Any]:
    """The decisions about some claims that came in behind a place in the chain."""
    known = {each.id: each.decision for each in before}
    out = undone(before)
    found = [each for each in before if each.seq > head and touched(each.decision, known) & about]
    return {"decisions": [told(each, each.id in out) for each in found], "now": []}


def _back(report: str) -> dict[str, str]:
    return {"back": f"/reports/{report}"}
