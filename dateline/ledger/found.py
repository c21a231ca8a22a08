"""Claims that people found: decisions of kind `add`, and the readings in which they stand beside what was read.

The decision says who found the claim and when, and holds it whole. With it the report gets another reading: what the
program read last, and all claims that people found in it and that were not taken back. So every question to the ledger
finds them like any other claim. A reading of the program that comes in later is followed by one with those claims, and
an undo by one without: nothing a person found is dropped by reading again.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from dateline.errors import InputError
from dateline.ledger.decisions import Decision
from dateline.ledger.rows import misplaced
from dateline.record import Claim, MadeBy, Record, Report

# The entry of `made_by.tables` by which such a reading is known: the decision that it followed.
PEOPLE = "people"


def with_people(made_by: MadeBy) -> bool:
    """Whether a reading was made because of what a person found or took back."""
    return PEOPLE in made_by.tables


def claim_found(decision: Decision) -> Claim:
    """The claim that an `add` holds.

    Raises:
        InputError: it is none, or not the one that the decision names.
    """
    try:
        claim = msgspec.json.decode(decision.value or "", type=Claim)
    except msgspec.DecodeError as error:
        raise InputError(f"add: the value is no claim ({error}); give one as JSON") from error
    if decision.claims[0].rpartition("/")[2] != claim.id:
        raise InputError(f"add: the decision names another claim than it holds ({claim.id!r})")
    return claim


def check_found(claim: Claim, report: Report, last: Record) -> None:
    """Refuse a claim that the report does not bear out, or that is in its latest reading already.

    Raises:
        InputError: which of these it is.
    """
    for problem in misplaced(claim, report):
        raise InputError(f"add: {problem}; choose the words anew")
    if not claim.quote.span.holds(claim.trigger.span) or claim.quote.where != claim.trigger.where:
        raise InputError("add: the words that name the event are not in the sentence; choose both anew")
    told = (claim.event, claim.trigger)
    if any(each.id == claim.id or (each.event, each.trigger) == told for each in last.claims):
        raise InputError("add: the report has a claim of that event at those words already; correct it instead")


def standing_additions(decisions: Iterable[tuple[str, Decision]], report: str) -> list[tuple[str, Claim]]:
    """The claims that people found in a report and that were not taken back, each with its decision, in their order.

    Args:
        decisions: all `add` and `undo` decisions with their ids, in the order in which they were kept.
    """
    held = list(decisions)
    out: set[str] = set()
    for id, decision in reversed(held):  # an undo can only name what came before it
        if decision.kind == "undo" and id not in out and decision.undoes:
            out.add(decision.undoes)
    return [
        (id, claim_found(decision))
        for id, decision in held
        if decision.kind == "add" and id not in out and decision.claims[0].startswith(f"{report}/")
    ]


def added_by(decisions: Mapping[str, Decision], decision: Decision) -> Decision | None:
    """The `add` that a decision is, or that it takes back or brings back; None where it is about something else."""
    while decision.kind == "undo":
        if (undone := decisions.get(decision.undoes or "")) is None:
            return None
        decision = undone
    return decision if decision.kind == "add" else None


def joined(read: Record, found: Sequence[Claim], decision: str) -> Record:
    """What the program read, with the claims that people found; where it reads one of these by itself later, the
    person's stands.

    Args:
        decision: the last one that changed what people found.
    """
    by_people = {claim.id for claim in found}
    claims = (*(claim for claim in read.claims if claim.id not in by_people), *found)
    made_by = replace(read.made_by, tables={**read.made_by.tables, PEOPLE: decision})
    return replace(read, claims=claims, made_by=made_by)
