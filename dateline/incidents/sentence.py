"""One incident in one sentence, made from its fields: the same on every page, in every export that has room for it.

"Shelling in Quorrin (BV) on 2024-03-04: 11 to 19 killed, most likely 18; told by 12 reports from 4 origins; who did it
is disputed." It never says more than is known: what is planned, possible or denied is called so in its first words.
"""

from collections.abc import Iterator

from dateline.codes import EventType
from dateline.incidents import words
from dateline.incidents.types import Estimate, Incident, Spot

# Both sides do it; the others are done by one to another.
_BETWEEN: frozenset[EventType] = frozenset(("battle", "talks", "agreement"))
# Who did it is what one side says of the other: the report's word, not a finding.
_BLAMED: frozenset[EventType] = frozenset(
    ("attack", "air_strike", "shelling", "bombing", "chemical_attack", "killing", "abuse", "abduction", "destruction")
)
_TO_WHOM: dict[EventType, str] = {
    "attack": "on", "air_strike": "on", "chemical_attack": "on", "sanction": "on",
    "shelling": "of", "bombing": "of", "killing": "of", "abuse": "of", "abduction": "of", "detention": "of",
    "destruction": "of", "displacement": "of", "siege": "of", "condemnation": "of",
    "aid": "to", "demand": "to", "threat": "to", "offensive": "against", "protest": "against",
}  # fmt: skip
_FIGURES = 2  # measures that are told


def sentence(incident: Incident) -> str:
    """The incident in one sentence, with a full stop."""
    facts = [*_figures(incident), _told(incident), *_doubts(incident)]
    return f"{_what(incident)}: {'; '.join(facts)}."


def headline(incident: Incident) -> str:
    """What, where and when alone: "Shelling in Quorrin (BV) on 2024-03-04"."""
    return _what(incident)


# --- what, where, when -----------------------------------------------------------------------------------------------


def _what(incident: Incident) -> str:
    parts = [_event(incident), *_parties(incident), *_place(incident), *_when(incident)]
    said = " ".join(parts)
    for before in _before(incident):
        said = f"{before}: {said}"
    return said[:1].upper() + said[1:]


def _before(incident: Incident) -> Iterator[str]:
    """What must be read before anything else, innermost first."""
    if incident.happened == "denied":
        by = words.some(incident.denied_by)
        yield f"denied by {by}" if by else "denied"
    if incident.status == "set_aside":
        yield "set aside"


def _event(incident: Incident) -> str:
    name = words.event(incident.event)
    if incident.happened in ("planned", "possible"):
        return f"{incident.happened} {name}"
    return f"{name} called for" if incident.happened == "called_for" else name


def _parties(incident: Incident) -> Iterator[str]:
    actors, targets = words.names(incident.actors), words.names(incident.targets)
    if incident.event in _BETWEEN:
        both = tuple(dict.fromkeys((*actors, *targets)))
        if both:
            yield f"between {words.some(both)}" if len(both) > 1 else f"involving {both[0]}"
        return
    if targets and incident.event in _TO_WHOM:
        yield f"{_TO_WHOM[incident.event]} {words.some(targets)}"
    if actors and not _is_disputed(incident, "actor"):
        yield f"{'attributed to' if incident.event in _BLAMED else 'by'} {words.some(actors)}"


def _place(incident: Incident) -> Iterator[str]:
    if incident.place is not None:
        yield _at(incident.place)


def _at(spot: Spot) -> str:
    said = words.place(spot)
    if spot.role in ("from", "to"):
        return f"{spot.role} {said}"
    return said if said.startswith("near ") else f"in {said}"


def _when(incident: Incident) -> Iterator[str]:
    first, last = incident.earliest, incident.latest
    if first and last:
        yield f"on {first}" if first == last else f"between {first} and {last}"
    elif first or last:
        yield words.days(first, last)


# --- how many, who says so, how surely -------------------------------------------------------------------------------


def _figures(incident: Incident) -> Iterator[str]:
    """The harm to people; where none is told, the first figure there is."""
    known = [each for each in incident.figures if _is_known(each)]
    known.sort(key=lambda each: words.measures_first(each.measure))
    harm = [each for each in known if each.measure in words.HARM]
    for each in harm[:_FIGURES] or [each for each in known if each.measure != "money"][:1]:
        yield words.said(each.low, each.best, each.high, words.measure(each.measure))


def _is_known(estimate: Estimate) -> bool:
    return not (estimate.low is None and estimate.best is None and estimate.high is None)


def _told(incident: Incident) -> str:
    told = f"told by {words.counted(len(incident.reports), 'report')}"
    return f"{told} from {words.counted(len(incident.origins), 'origin')}" if incident.origins else told


def _doubts(incident: Incident) -> Iterator[str]:
    if incident.status == "set_aside":
        yield "all of it was taken back or rejected"
        return
    if incident.denied_by and incident.happened != "denied":
        yield f"denied by {words.some(incident.denied_by)}"
    fields = [each.field for each in incident.contradictions if each.field != "happened" or not incident.denied_by]
    if fields:
        on = words.listed([words.disputed(field) for field in fields])
        yield f"{on} {'are' if len(fields) > 1 else 'is'} disputed"
    elif incident.status == "disputed" and not incident.denied_by:
        yield "called disputed"
    if incident.status == "verified":
        yield "said to be confirmed"
    if incident.status == "unverified":
        yield "said to be unconfirmed"
    if incident.came_true:
        yield "it has come true since"


def _is_disputed(incident: Incident, field: str) -> bool:
    return any(each.field == field for each in incident.contradictions)
