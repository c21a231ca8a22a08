"""What people decided about claims and incidents, as values; the ledger keeps them, `reconcile` obeys them.

A decision names claims, which last, and never incidents, which are made anew each time: what was said of an incident is
kept as said of the claims that it held on that day. Nothing is taken away: a decision that was wrong is undone by
another one, and all is then exactly as it was before.
"""

from typing import Literal

from msgspec import Struct

DecisionKind = Literal["accept", "reject", "correct", "same", "different", "maybe", "split", "undo"]


class Decision(Struct, frozen=True, kw_only=True):
    """One decision.

    `claims` are the keys it is about: for `same`, all of them are of one incident; for `different`, no one of `claims`
    is of one incident with one of `others`; `maybe` notes that the two may be the same and joins nothing; `split` says
    that `claims` are one incident apart from `others`, the rest of the one they were in. `correct` sets `field` to
    `value` (JSON text) with a `reason`. `undo` takes back the decision `undoes`. `on` is the moment from which it holds
    (ISO, UTC), `by` who took it.
    """

    id: str
    kind: DecisionKind
    by: str
    on: str
    reason: str = ""
    claims: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    field: str | None = None
    value: str | None = None
    undoes: str | None = None
