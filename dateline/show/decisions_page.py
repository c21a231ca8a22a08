"""What people decided, in the order in which it was kept: what `dateline decisions` prints for people."""

from collections.abc import Collection, Iterator, Sequence

import msgspec
from rich.text import Text

from dateline.errors import InputError
from dateline.incidents.rulings import OF_INCIDENT
from dateline.ledger import Decision, StoredDecision
from dateline.ledger.found import claim_found
from dateline.show import phrasing
from dateline.show.layout import GUTTER, hanging, styled
from dateline.show.phrasing import clean
from dateline.show.rows import DOUBT, QUIET, STRONG

SHORT = 8  # characters of an id
_NARROW = 60  # cells; in fewer, what was decided stands under its day
_FEW = 3  # claims that are named; more are counted


def decisions_page(found: Sequence[StoredDecision], undone: Collection[str], *, width: int) -> Iterator[Text]:
    """Every decision with its id; those that were undone, by their ids, say so."""
    for each in found:
        yield from decision_lines(each, width, undone=each.id in undone)
    yield styled(phrasing.count(len(found), "decision"), QUIET)


def decision_lines(stored: StoredDecision, width: int, *, undone: bool = False) -> list[Text]:
    """One decision: id, day, who; then what it says and why."""
    decision = stored.decision
    label = styled(f"{stored.id[:SHORT]}  ", QUIET).append(f"{decision.on[:10]}  ", QUIET)
    body = styled(clean(what(decision)), f"{STRONG} strike" if undone else STRONG)
    if undone:
        body.append(", undone", DOUBT)
    body.append(f" · by {clean(decision.by)}", QUIET)
    indent = label.cell_len if width >= _NARROW else GUTTER
    if indent > GUTTER:
        lines = hanging(label, body, width, indent)
    else:
        label.rstrip()
        lines = [label, *hanging(Text(), body, width, indent)]
    if decision.reason:
        lines += hanging(Text(), Text(phrasing.quoted(decision.reason)), width, indent)
    return lines


def what(decision: Decision) -> str:
    """The decision in words: "reject 3 claims", "killed of the incident with claim …: 12 to 14"."""
    claims, others = _named(decision.claims), _named(decision.others)
    match decision.kind:
        case "accept" | "reject":
            return f"{decision.kind} {claims}"
        case "correct":
            field = decision.field or ""
            of = "of the incident with" if field.startswith(OF_INCIDENT) else "of"
            on = _named(decision.claims[:1]) if field.startswith(OF_INCIDENT) else claims
            return f"correct {field.removeprefix(OF_INCIDENT)} {of} {on}: {value(decision.value)}"
        case "same":
            return f"one incident: {claims}"
        case "different":
            return f"not one incident: {claims}, and {others}"
        case "maybe":
            return f"maybe one incident: {claims}, and {others}"
        case "split":
            return f"an incident of their own: {claims}, apart from {others}"
        case "add":
            return f"add {claims}: {_claim(decision)}"
        case "undo":
            return f"undo {(decision.undoes or '')[:SHORT]}"


def _claim(decision: Decision) -> str:
    """What a claim that a person found says: "shelling “hit”"."""
    try:
        claim = claim_found(decision)
    except InputError:  # kept by a program that checks nothing
        return decision.value or ""
    return f"{phrasing.event(claim)} {phrasing.quoted(claim.trigger.text)}"


def _named(keys: Sequence[str]) -> str:
    """Claims by the start of their ids, or how many there are."""
    if len(keys) > _FEW:
        return phrasing.count(len(keys), "claim")
    ids = phrasing.listed(key.rpartition("/")[2][:SHORT] for key in keys)
    return f"{'claim' if len(keys) == 1 else 'claims'} {ids}"


def value(json: str | None) -> str:
    """The value that a field was set to, as people read it."""
    try:
        made = msgspec.json.decode(json) if json else None
    except msgspec.DecodeError:  # kept by a program that checks nothing
        return json or ""
    if isinstance(made, list):
        return ", ".join(map(str, made))
    if not isinstance(made, dict):
        return str(made)
    low, high = made.get("low", made.get("earliest")), made.get("high", made.get("latest"))
    if "name" in made:
        return ", ".join(str(each) for each in made.values() if each is not None)
    if low == high:
        return _amount(low)
    return " to ".join(_amount(each) if each is not None else "…" for each in (low, high))


def _amount(one: object) -> str:
    return phrasing.number(one) if isinstance(one, int | float) else str(one)
