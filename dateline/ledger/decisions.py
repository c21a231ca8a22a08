"""What people decided about claims and incidents, kept like everything else: added, never changed.

A decision names claims, which last, and never incidents, which are made anew each time: what was said of an incident is
kept as said of the claims that it held on that day. Nothing is taken away: a decision that was wrong is undone by
another one, and all is then exactly as it was before.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from dateline.errors import InputError
from dateline.record import content_id

DecisionKind = Literal["accept", "reject", "correct", "same", "different", "maybe", "split", "add", "undo"]

_NEEDS_REASON = frozenset(("reject", "correct", "undo"))
_NEEDS_OTHERS = frozenset(("different", "maybe", "split"))


class Decision(Struct, frozen=True, kw_only=True):
    """One decision.

    `claims` are the keys ("report id/claim id") it is about: for `same`, all of them are of one incident; for
    `different`, no one of `claims` is of one incident with one of `others`; `maybe` notes that the two may be the same
    and joins nothing; `split` says that `claims` are one incident apart from `others`, the rest of the one they were
    in. `correct` sets `field` to `value` (JSON text). `add` puts the claim `value` (a Claim as JSON), which a person
    found, beside those that were read in its report; `claims` is its key. `undo` takes back the decision `undoes`. `on`
    is the moment from which it holds (ISO, UTC), `by` who took it.

    Raises:
        InputError: something that the kind needs is missing.
    """

    kind: DecisionKind
    by: str
    on: str
    reason: str = ""
    claims: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    field: str | None = None
    value: str | None = None
    undoes: str | None = None

    def __post_init__(self) -> None:
        for missing in _missing(self):
            raise InputError(f"{self.kind}: {missing}")

    @property
    def id(self) -> str:
        """Made from all that it says: the same decision, taken twice, is one."""
        return content_id("decision", msgspec.json.encode(self).decode())


def _missing(decision: Decision) -> list[str]:
    """What a decision lacks, each in a few words that say what to give."""
    said = []
    if not decision.by.strip():
        said.append("say who decides")
    try:
        datetime.fromisoformat(decision.on)
    except ValueError:
        said.append(f"{decision.on!r} is not a moment; write it as 2014-06-17T12:00:00Z")
    if decision.kind in _NEEDS_REASON and not decision.reason.strip():
        said.append("give a reason")
    if decision.kind == "undo":
        if not decision.undoes:
            said.append("name the decision to undo")
    elif not decision.claims:
        said.append("name the claims or the incident that it is about")
    if decision.kind in _NEEDS_OTHERS and not decision.others:
        said.append("name the claims or the incident on the other side")
    if set(decision.claims) & set(decision.others):
        said.append("a claim stands on both sides")
    if decision.kind == "add" and (len(decision.claims) != 1 or decision.value is None):
        said.append("give one claim, and its key")
    if decision.kind == "correct" and (not decision.field or decision.value is None):
        said.append("name the field and its value")
    return said


def decision_row(decision: Decision, *, at: str) -> dict[str, Any]:
    """The row of a decision, without `seq`."""
    fields = asdict(decision)
    return {
        "id": decision.id,
        "kind": decision.kind,
        "taken_by": decision.by,
        "taken_on": decision.on,
        "reason": decision.reason,
        "claims": msgspec.json.encode(decision.claims).decode(),
        "others": msgspec.json.encode(decision.others).decode(),
        **{name: fields[name] for name in ("field", "value", "undoes")},
        "added_at": at,
    }


def decision_of(row: Mapping[str, Any]) -> Decision:
    """The decision that `decision_row` took."""
    return Decision(
        kind=row["kind"],
        by=row["taken_by"],
        on=row["taken_on"],
        reason=row["reason"],
        claims=msgspec.json.decode(row["claims"], type=tuple[str, ...]),
        others=msgspec.json.decode(row["others"], type=tuple[str, ...]),
        field=row["field"],
        value=row["value"],
        undoes=row["undoes"],
    )
