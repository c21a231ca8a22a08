"""What people decide on a page, kept in the ledger like every decision: checked first against what the page showed.

A page's forms carry `seen`: the place in the chain at which the page was made, and a hash of the incident as it was
shown. Where a decision about its claims came in since, or the incident is another one now, nothing is written: the
second person is told what the first one did.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Literal, TypeAlias

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dateline.desk.desk import Desk
from dateline.desk.people import Person
from dateline.desk.problems import BadRequest, NotAllowed, NotFound, Stale
from dateline.errors import InputError, LedgerError
from dateline.incidents.book import Book
from dateline.incidents.plain_values import correction
from dateline.incidents.rulings import touched, undone
from dateline.incidents.sentence import sentence
from dateline.incidents.subjects import rest_of
from dateline.incidents.types import Incident
from dateline.ledger import Decision, StoredDecision
from dateline.show.decisions_page import what

Kind: TypeAlias = Literal["accept", "reject", "correct", "same", "different", "maybe", "split", "undo"]

# What joins and parts incidents is an editor's; what says something of claims is a coder's.
_EDITORS = frozenset(("same", "different", "split"))
_WAIT_S = 1.5  # for the incidents to be brought up to date, so that who decided sees what came of it
_REASON = 2_000  # characters
_FROM = re.compile(r"\s*\[desk, (?P<place>[^\[\]]*)\]$")
_THIS_MACHINE = frozenset(("127.0.0.1", "::1", "localhost", "testclient"))


class Asked(Struct, frozen=True, kw_only=True):
    """What a form says. `claims` are keys, a line each; without any the whole incident is meant. `other` is the
    incident on the other side, `undoes` the decision to take back."""

    kind: Kind
    seen: str = ""
    reason: str = ""
    claims: str = ""
    other: str = ""
    field: str = ""
    value: str = ""
    undoes: str = ""


class Kept(Struct, frozen=True, kw_only=True):
    """A decision that was kept, and the incident that now holds what it was about."""

    decision: StoredDecision
    incident: str


# --- seen ------------------------------------------------------------------------------------------------------------


def seen(incident: Incident, head: int) -> str:
    """What a form carries: where the chain ended, and the incident as it was shown."""
    return f"{head}-{_digest(incident)}"


def _digest(incident: Incident) -> str:
    """Of the incident itself: what it may be one with depends on others."""
    alone = replace(incident, suggestions=(), came_true=None, foretold_by=())
    return sha256(msgspec.json.encode(alone)).hexdigest()[:16]


def _read_seen(said: str) -> tuple[int, str]:
    head, _, digest = said.partition("-")
    if not head.isdecimal() or len(head) > 15 or not digest:
        raise BadRequest("seen: take it from the page that the decision is about (its `seen`).")
    return int(head), digest


# --- deciding --------------------------------------------------------------------------------------------------------


def decide(desk: Desk, who: Person, id: str, asked: Asked, about: tuple[str, ...] = ()) -> Kept:
    """Check and keep a decision about the incident `id`; then have the incidents brought up to date.

    Args:
        about: the claims that it names, whatever incident they are of; without any those that the form says.
    Raises:
        Stale: somebody was faster.
        NotAllowed: the role does not allow it.
        BadRequest: something is missing, or cannot be.
    """
    head, digest = _read_seen(asked.seen)
    with desk.deciding, desk.book() as book:
        incident = incident_of(book, id, asked)
        decision = _decision(book, who, incident, asked, about)
        _check_fresh(book, incident, decision, head, digest)
        kept = desk.ledger.decide(decision)
        desk.people.note(who, f"decide {asked.kind}", kept.id)
    desk.keeper.wait(desk.keeper.wake(), _WAIT_S)
    with desk.book() as book:
        return Kept(decision=kept, incident=_now(book, incident))


def incident_of(book: Book, id: str, asked: Asked) -> Incident:
    """The incident that a page was about; where it is no more, somebody was faster."""
    try:
        found = book.incident(id)
    except LedgerError:
        keys = [key for key in asked.claims.split() if "/" in key]
        now = [_place(book, key) for key in keys[:1]]
        raise Stale(
            "This incident is no more: since the page was made it was joined, split or made anew.",
            {"changed": {"decisions": [], "now": [each for each in now if each]}},
        ) from None
    if found.id != id:
        raise NotFound(f"There is no incident {id[:40]!r}.")
    return found


def _decision(book: Book, who: Person, incident: Incident, asked: Asked, about: tuple[str, ...]) -> Decision:
    _check_role(book, who, asked)
    if len(asked.reason) > _REASON:
        raise BadRequest(f"A reason has at most {_REASON:,} characters.")
    _check_reason(asked)
    reason = with_place(" ".join(asked.reason.split()), who)
    try:
        said: dict[str, Any] = {"claims": about} if about else _said(book, incident, asked)
        return Decision(kind=asked.kind, by=who.name, on=_moment(), reason=reason, **said)
    except (InputError, LedgerError) as error:
        raise BadRequest(_plainly(error, book)) from error


def _check_role(book: Book, who: Person, asked: Asked) -> None:
    own = asked.kind == "undo" and any(
        each.id == asked.undoes and each.decision.by == who.name for each in book.decisions()
    )
    editors = asked.kind in _EDITORS or (asked.kind == "undo" and not own)
    if editors and not who.may("editor", "decide"):
        raise NotAllowed(f"That takes the role editor; {who.name} is {who.role}. Ask an admin.")


def _check_reason(asked: Asked) -> None:
    if asked.kind != "accept" and not asked.reason.strip():
        raise BadRequest(f"{asked.kind}: give a reason; it is kept with the decision.")


def _said(book: Book, incident: Incident, asked: Asked) -> dict[str, Any]:
    chosen = _chosen(incident, asked)
    if asked.kind == "undo":
        return {"undoes": _to_undo(book, asked.undoes).id}
    if asked.kind == "correct":
        subject = chosen[0] if asked.claims.strip() else incident.id
        if len(chosen) > 1 and asked.claims.strip():
            raise InputError("correct: choose one claim, or the whole incident")
        return correction(book, subject, asked.field.strip(), asked.value)
    if asked.kind == "split":
        if not asked.claims.strip():
            raise InputError("split: choose the claims that are of another incident")
        return {"claims": chosen, "others": rest_of(incident, chosen)}
    if asked.kind in ("same", "different", "maybe"):
        other = _other(book, incident, asked.other)
        if asked.kind == "same":
            return {"claims": (*chosen, *(key for key in other.claims if key not in chosen))}
        return {"claims": chosen, "others": other.claims}
    return {"claims": chosen}


def _chosen(incident: Incident, asked: Asked) -> tuple[str, ...]:
    keys = tuple(dict.fromkeys(asked.claims.split()))
    if strange := [key for key in keys if key not in incident.claims]:
        raise InputError(f"claim {strange[0][:50]} is not of this incident")
    return keys or incident.claims


def _other(book: Book, incident: Incident, said: str) -> Incident:
    """The incident on the other side, by its id or its address."""
    id = said.strip().partition("?")[0].rstrip("/").rpartition("/")[2]
    if not id:
        raise InputError("name the other incident by its id or address")
    other = book.incident(id)
    if other.id == incident.id:
        raise InputError("the other incident is this very one")
    return other


def _to_undo(book: Book, id: str) -> StoredDecision:
    decisions = book.decisions()
    found = next((each for each in decisions if each.id == id.strip()), None)
    if found is None:
        raise InputError(f"there is no decision {id[:40]!r}")
    if found.id in undone(decisions):
        raise Stale("That decision was undone already.", {"changed": _since(book, {*()}, 0)})
    return found


def _check_fresh(book: Book, incident: Incident, decision: Decision, head: int, digest: str) -> None:
    decisions = book.decisions()
    known = {each.id: each.decision for each in decisions}
    about = touched(decision, known) | set(incident.claims)
    changed = _since(book, about, head)
    if changed["decisions"] or digest != _digest(incident):
        names = sorted({each["by"] for each in changed["decisions"]})
        by = f" by {', '.join(names)}" if names else ""
        raise Stale(
            f"This incident was changed{by} since the page was made; nothing was written. Look again, then decide.",
            {"changed": {**changed, "now": [{"id": incident.id, "sentence": sentence(incident)}]}},
        )


def _since(book: Book, about: set[str], head: int) -> dict[str, Any]:
    """The decisions about some claims that came in behind a place in the chain."""
    decisions = book.decisions()
    known = {each.id: each.decision for each in decisions}
    out = undone(decisions)
    found = [each for each in decisions if each.seq > head and touched(each.decision, known) & about]
    return {"decisions": [told(each, each.id in out) for each in found], "now": []}


def _place(book: Book, key: str) -> dict[str, str] | None:
    try:
        found = book.incident(key)
    except LedgerError:
        return None
    return {"id": found.id, "sentence": sentence(found)}


def _now(book: Book, before: Incident) -> str:
    """The incident that holds the first of the claims now; it can have another id."""
    for key in before.claims:
        found = _place(book, key)
        if found:
            return found["id"]
    return before.id


# --- how it is told --------------------------------------------------------------------------------------------------


def told(stored: StoredDecision, is_undone: bool) -> dict[str, Any]:
    """A decision as pages show it: what, who, when, why, from where."""
    decision = stored.decision
    reason, place = parted(decision.reason)
    return {
        "id": stored.id,
        "kind": decision.kind,
        "what": what(decision),
        "by": decision.by,
        "on": decision.on,
        "reason": reason,
        "from": place,
        "claims": list(decision.claims),
        "others": list(decision.others),
        "undone": is_undone,
    }


def with_place(reason: str, who: Person) -> str:
    """A decision has no field for where it came from: it stands behind the reason."""
    place = "this machine" if who.address in _THIS_MACHINE else who.address or "unknown"
    return f"{parted(reason)[0]} [desk, {place}]".strip()


def parted(reason: str) -> tuple[str, str]:
    """The reason, and from where it came; empty where nothing says so."""
    found = _FROM.search(reason)
    return (reason[: found.start()], found.group("place")) if found else (reason, "")


def _moment() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _plainly(error: Exception, book: Book) -> str:
    """A message without the ledger's path, and without commands that a page's reader does not type."""
    said = str(error).removeprefix(f"{book.ledger.path}: ")
    return f"{said.partition('; `dateline')[0]}."


def keys_of(incidents: Iterable[Incident]) -> set[str]:
    return {key for each in incidents for key in each.claims}
