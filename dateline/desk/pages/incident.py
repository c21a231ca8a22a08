"""One incident: what happened in one sentence; field by field the claims for and against; where it comes from; what was
decided, and the forms to decide."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from msgspec import Meta, Struct

from dateline.desk import svg
from dateline.desk.attached import of_claims
from dateline.desk.deciding import Asked, decide, seen, told
from dateline.desk.page import Action, Dict, Done, Page, Visit, plain
from dateline.desk.pages.incidents import row
from dateline.desk.problems import BadRequest, NotFound
from dateline.desk.wording import is_invented
from dateline.errors import LedgerError
from dateline.incidents import words
from dateline.incidents.book import Book
from dateline.incidents.case import Case, Heading, case
from dateline.incidents.reasons import Reason, Said
from dateline.incidents.rulings import FIELDS, OF_CLAIMS
from dateline.incidents.sentence import headline, sentence
from dateline.incidents.types import Copy, Incident, Match, Origin
from dateline.ledger import StoredClaim
from dateline.record import Part
from dateline.show import incident_parts, phrasing
from dateline.show.origins_page import KINDS, other_report

_LABELS = {
    "happened": "whether",
    "event": "what",
    "time": "when",
    "place": "where",
    "actors": "who",
    "targets": "to whom",
    "status": "how surely",
}
_MOST_MATCHED = 60  # claims; every pair of them is compared


class Kept(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`kept` is the decision that led here."""

    kept: Annotated[str, Meta(max_length=40)] | None = None


def incident_page(visit: Visit) -> Dict:
    with visit.desk.book() as book:
        head = book.ledger.head().seq
        incident = found(book, visit.path["id"])
        made = case(book, incident, with_matches=False)  # pairs have a page of their own
        own = of_claims(book.ledger, incident.claims)
        return {**told_of(made, head), "attached": own, "kept": visit.query.kept}


def found(book: Book, id: str) -> Incident:
    """The incident of that id, or that holds the claim whose id it is.

    Raises:
        NotFound: there is none.
    """
    try:
        return book.incident(id)
    except LedgerError as error:
        if type(error) is not LedgerError:
            raise
        raise NotFound(f"There is no incident {id[:40]!r}, or more than one is called so.") from error


def told_of(case: Case, head: int) -> Dict:
    """The page's dict."""
    incident, numbers = case.incident, incident_parts.numbers_of(case)
    first = case.claims[incident.claims[0]]
    return {
        "id": incident.id,
        "headline": headline(incident),
        "sentence": case.sentence,
        "row": row(incident),
        "invented": all(is_invented(each.url) for each in case.claims.values()),
        "permanent": f"/incidents/of/{first.report_id}/{first.claim.id}",
        "known": words.days(incident.first_known, incident.last_known),
        "wordings": incident.wordings,
        "seen": seen(incident, head),
        "fields": [_field(each, case, numbers) for each in case.reasons],
        "contradictions": [
            {
                "field": each.field,
                "about": words.disputed(each.field),
                "sides": [
                    {"says": side.says, "voices": list(side.voices), "claims": _numbers(side.claims, numbers)}
                    for side in each.sides
                ],
            }
            for each in incident.contradictions
        ],
        "claims": [_claim(key, case, numbers) for key in incident.claims],
        "origins": [_origin(each, case.reports) for each in incident.origins],
        "decisions": [told(each, each.id in case.undone) for each in case.decisions],
        "may_be": [
            {"id": each.incident, "probability": each.probability, "sentence": case.others.get(each.incident, "")}
            for each in incident.suggestions
        ],
        "came_true": _others((incident.came_true,) if incident.came_true else (), case),
        "foretold_by": _others(incident.foretold_by, case),
        "correctable": [field for field in FIELDS if field not in OF_CLAIMS],
        "correctable_of_claims": list(FIELDS),
        "incident": plain(incident),
    }


def _field(reason: Reason, case: Case, numbers: Mapping[str, int]) -> Dict:
    estimate = next((each for each in case.incident.figures if each.measure == reason.field), None)
    figure = None
    if estimate is not None:
        figure = {
            "low": estimate.low,
            "best": estimate.best,
            "high": estimate.high,
            "moved": incident_parts.moves(estimate),
            "of_them": incident_parts.parts(estimate),
            "strip": svg.strip(estimate),
            "steps": svg.steps(estimate),
            "history": [
                {
                    "known": plain(step.known),
                    "says": words.bounds(step.low, step.high),
                    "outlet": step.outlet,
                    "voice": step.voice,
                    "move": step.move,
                    "claim": numbers.get(step.claim),
                    "set_aside": incident_parts.named(step.set_aside, case.reports) if step.set_aside else None,
                }
                for step in estimate.steps
            ],
        }
    return {
        "field": reason.field,
        "label": _LABELS.get(reason.field, reason.field),
        "value": reason.value,
        "rule": reason.rule,
        "decided": reason.decided,
        "backed": _said(reason.backed, numbers),
        "against": _said(reason.against, numbers),
        "against_word": "also" if reason.field == "event" or estimate is not None else "against",
        "figure": figure,
    }


def _said(groups: Iterable[Said], numbers: Mapping[str, int]) -> list[Dict]:
    return [{"says": each.says, "claims": _numbers(each.claims, numbers)} for each in groups]


def _numbers(keys: Iterable[str], numbers: Mapping[str, int]) -> list[int]:
    return sorted({numbers[key] for key in keys if key in numbers})


def _claim(key: str, case: Case, numbers: Mapping[str, int]) -> Dict:
    stored = case.claims[key]
    why = case.incident.set_aside.get(key)
    return {**claim_card(stored, numbers[key]), "set_aside": incident_parts.named(why, case.reports) if why else None}


def claim_card(stored: StoredClaim, number: int) -> Dict:
    """One claim as pages show it: what it says, who says so, its quote, and what leads back to it."""
    claim = stored.claim
    return {
        "number": number,
        "key": stored.key,
        "id": claim.id,
        "report": stored.report_id,
        "outlet": stored.publisher or stored.given_id,
        "published": plain(stored.published),
        "title": stored.title,
        "url": stored.url,
        "event": claim.event,
        "modality": claim.modality,
        "parties": phrasing.parties(claim),
        "places": list(phrasing.places(claim)),
        "when": list(phrasing.when(claim.time)),
        "figures": list(phrasing.figures(claim)),
        "sources": phrasing.sources(claim),
        "sureness": phrasing.sureness(claim),
        "quote": cut(claim.quote, claim.trigger),
        "quote_in": claim.quote.where,
        "span": [claim.quote.span.start, claim.quote.span.end],
        "text_sha256": stored.text_sha256,
        "chain_seq": stored.chain.seq,
        "score": claim.score,
    }


def cut(quote: Part, trigger: Part) -> list[str]:
    """A quote as the words before its trigger, the trigger, and those behind it."""
    start, end = trigger.span.start - quote.span.start, trigger.span.end - quote.span.start
    if trigger.where != quote.where or not quote.span.holds(trigger.span):
        return [quote.text, "", ""]
    return [quote.text[:start], quote.text[start:end], quote.text[end:]]


def _origin(origin: Origin, reports: Mapping[str, Heading]) -> Dict:
    branches = [(other_report(copy, origin), _copied(copy, origin, reports)) for copy in origin.copies]
    branches += [(id, f"again from {origin.name}") for id in origin.later]
    branches += [(id, "passes on what was said") for id in origin.relays]
    return {
        "name": origin.name,
        "voices": [voice for voice in origin.voices if voice != origin.name],
        "report": _headed(origin.report, reports),
        "branches": [{**_headed(id, reports), "how": how} for id, how in branches],
    }


def _copied(copy: Copy, origin: Origin, reports: Mapping[str, Heading]) -> str:
    how = f"{KINDS[copy.kind]}, {copy.score:.0%}"
    if origin.report in (copy.original, copy.copy) or copy.original not in reports:
        return how
    return f"{how}, after {reports[copy.original].outlet}"


def _headed(id: str, reports: Mapping[str, Heading]) -> Dict:
    heading = reports.get(id)
    return {
        "id": id,
        "outlet": heading.outlet if heading else "",
        "published": plain(heading.published) if heading else None,
        "title": heading.title if heading else None,
    }


def _others(ids: Sequence[str], case: Case) -> list[Dict]:
    return [{"id": id, "sentence": case.others.get(id, "")} for id in ids]


# --- the pairs of claims ---------------------------------------------------------------------------------------------


def matches_page(visit: Visit) -> Dict:
    """What holds an incident's claims together: the surest pairs, with every feature that was compared."""
    with visit.desk.book() as book:
        incident = found(book, visit.path["id"])
        if len(incident.claims) > _MOST_MATCHED:
            raise BadRequest(f"{len(incident.claims)} claims are too many pairs for a page; `dateline why` tells them.")
        numbers = {key: number for number, key in enumerate(incident.claims, 1)}
        made = book.matches(incident)
    return {
        "id": incident.id,
        "headline": headline(incident),
        "pairs": [_pair(each, numbers) for each in incident_parts.tree(made)],
        "more": len(made) - len(incident_parts.tree(made)),
    }


def _pair(match: Match, numbers: Mapping[str, int]) -> dict[str, Any]:
    ordered = sorted(match.features, key=lambda each: -abs(each.value * each.weight))
    return {
        "claims": sorted((numbers[match.a], numbers[match.b])),
        "probability": match.probability,
        "features": [{**plain(each), "share": each.value * each.weight} for each in ordered],
    }


# --- permanent addresses, and decisions ------------------------------------------------------------------------------


def of_claim_page(visit: Visit) -> Dict:
    """The incident that holds a claim now: a claim's key never changes, an incident's id can."""
    with visit.desk.book() as book:
        incident = found(book, f"{visit.path['report']}/{visit.path['claim']}")
        return {"id": incident.id, "address": f"/incidents/{incident.id}", "sentence": sentence(incident)}


def decide_on(visit: Visit) -> Done:
    kept = decide(visit.desk, visit.who, visit.path["id"], visit.query)
    made = {"decision": kept.decision.id, "incident": kept.incident}
    return Done(next=f"/incidents/{kept.incident}?kept={kept.decision.id}#decisions", made=made)


PAGES = (
    Page(
        path="/incidents/of/{report}/{claim}", name="incident_of_claim",
        title="The incident that holds a claim now", make=of_claim_page, leads="address",
    ),
    Page(path="/incidents/{id}/matches", name="matches", title="What holds an incident together", make=matches_page),
    Page(path="/incidents/{id}", name="incident", title="An incident and why it is so", make=incident_page, query=Kept),
)  # fmt: skip
ACTIONS = (
    Action(path="/incidents/{id}/decide", name="decide", title="Decide about an incident", run=decide_on, fields=Asked),
)
