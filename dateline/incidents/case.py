"""All that speaks for one incident, gathered from the ledger and the book: what `dateline why` shows, and its JSON."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from dateline.errors import InputError
from dateline.incidents.reasons import ALIASES, Reason, reasons
from dateline.incidents.rulings import touched, undone
from dateline.incidents.sentence import sentence
from dateline.incidents.types import Incident, Match
from dateline.ledger import Ledger, StoredClaim, StoredDecision

if TYPE_CHECKING:
    from dateline.incidents.book import Book


class Heading(Struct, frozen=True, kw_only=True):
    """A report as it is named: its outlet, else the id it came with; its day and headline as far as they are known."""

    outlet: str
    published: date | None = None
    title: str | None = None


class Case(Struct, frozen=True, kw_only=True):
    """One incident with everything that it rests on.

    `claims` holds its claims as the ledger has them, by key; `reports` every report that is named, by id; `others` in
    one sentence each the incidents that it is linked to. `decisions` are those about its claims, in their order, and
    `undone` the ids of those that no longer hold.
    """

    sentence: str
    incident: Incident
    reasons: tuple[Reason, ...]
    claims: Mapping[str, StoredClaim]
    reports: Mapping[str, Heading]
    matches: tuple[Match, ...] = ()
    decisions: tuple[StoredDecision, ...] = ()
    undone: tuple[str, ...] = ()
    others: Mapping[str, str] = {}


def case(book: "Book", incident: Incident, *, with_matches: bool = True) -> Case:
    """Gather what an incident rests on.

    Args:
        with_matches: the pairs of its claims too, each compared anew: of an incident of many claims there are many.
    """
    ledger = book.ledger
    claims = {key: ledger.claim(key) for key in incident.claims}
    decisions = book.decisions()
    known = {each.id: each.decision for each in decisions}
    about = tuple(each for each in decisions if touched(each.decision, known) & {*incident.claims})
    out = undone(decisions)
    tellings = {key: claimed.telling for key, claimed in book.claimed(incident.claims).items()}
    return Case(
        sentence=sentence(incident),
        incident=incident,
        reasons=reasons(incident, tellings),
        claims=claims,
        reports=headings(ledger, incident, claims),
        matches=tuple(book.matches(incident)) if with_matches else (),
        decisions=about,
        undone=tuple(each.id for each in about if each.id in out),
        others={id: sentence(book.incident(id)) for id in linked_to(incident)},
    )


SECTIONS = ("claims", "matches", "decisions", "contradictions")  # what else may be asked for, beside the fields


def reason_for(case: Case, field: str) -> Reason | None:
    """Why one field is as it is; None for a name of `SECTIONS`.

    Raises:
        InputError: the incident has no such field.
    """
    wanted = ALIASES.get(field, field)
    if wanted in SECTIONS:
        return None
    for each in case.reasons:
        if each.field == wanted:
            return each
    there = ", ".join((*(each.field for each in case.reasons), *SECTIONS))
    raise InputError(f"incident {case.incident.id} has no field {field!r}; it has {there}")


def part(case: Case, field: str) -> dict[str, Any]:
    """One field as JSON: why it is so, its estimate where it is a figure, and the claims that are named.

    Raises:
        InputError: the incident has no such field.
    """
    head: dict[str, Any] = {"incident": case.incident.id, "sentence": case.sentence}
    reason = reason_for(case, field)
    if reason is None:
        held = case.incident.contradictions if field == "contradictions" else getattr(case, field)
        return {**head, field: held}
    keys = dict.fromkeys(key for said in (*reason.backed, *reason.against) for key in said.claims)
    estimates = [each for each in case.incident.figures if each.measure == reason.field]
    figure = {"figure": estimates[0]} if estimates else {}
    return {**head, "reason": reason, **figure, "claims": {key: case.claims[key] for key in keys if key in case.claims}}


def linked_to(incident: Incident) -> tuple[str, ...]:
    """The other incidents that this one names."""
    came = (incident.came_true,) if incident.came_true else ()
    return tuple(dict.fromkeys((*(each.incident for each in incident.suggestions), *came, *incident.foretold_by)))


def headings(ledger: Ledger, incident: Incident, claims: Mapping[str, StoredClaim]) -> dict[str, Heading]:
    """The reports that an incident names, those that only its origins name as well."""
    made = {
        each.report_id: Heading(outlet=each.publisher or each.given_id, published=each.published, title=each.title)
        for each in claims.values()
    }
    for id in _named(incident):
        if id not in made:
            record = ledger.record(id)
            report = record.report
            made[id] = Heading(outlet=report.source or record.id, published=report.published, title=report.title)
    return made


def _named(incident: Incident) -> tuple[str, ...]:
    ids = [*incident.reports]
    for origin in incident.origins:
        ids += [origin.report, *origin.relays]
        ids += [id for copy in origin.copies for id in (copy.original, copy.copy)]
    return tuple(dict.fromkeys(ids))
