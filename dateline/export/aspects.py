"""What an incident holds, aspect by aspect, each with how much of it there is: what a loss report is counted from.

A format names the aspects that it keeps whole; of every other one that an incident has something of, the loss report
says so. A test holds the aspects to cover every field of `Incident`: nothing new can be lost without a word.
"""

from collections.abc import Callable, Iterator

from msgspec import Struct

from dateline.incidents.types import Estimate, Incident, Party


class Aspect(Struct, frozen=True, kw_only=True):
    """One thing that an incident holds: the fields it lies in, in words, and how many of it there are (0: none)."""

    name: str
    fields: tuple[str, ...]
    said: str
    count: Callable[[Incident], int]


def _parties(incident: Incident) -> Iterator[Party]:
    yield from incident.actors
    yield from incident.targets


def _other_figures(incident: Incident) -> int:
    return sum(each.measure != "killed" for each in incident.figures)


def open_ends(estimate: Estimate) -> int:
    """How many of low, best and high are open."""
    return sum(end is None for end in (estimate.low, estimate.best, estimate.high))


ASPECTS: tuple[Aspect, ...] = (
    Aspect(name="id", fields=("id",), said="Dateline's id", count=lambda i: 1),
    Aspect(
        name="happened", fields=("happened",), said="that it did not happen", count=lambda i: i.happened != "happened"
    ),
    Aspect(name="event", fields=("event",), said="Dateline's kind of event", count=lambda i: 1),
    Aspect(
        name="further_events",
        fields=("events",),
        said="further kinds of event",
        count=lambda i: len(set(i.events) - {i.event}),
    ),
    Aspect(
        name="status",
        fields=("status",),
        said="status (disputed, unverified, verified and the like)",
        count=lambda i: i.status != "asserted",
    ),
    Aspect(name="days", fields=("earliest", "latest"), said="days", count=lambda i: bool(i.earliest or i.latest)),
    Aspect(
        name="date_precision",
        fields=("date_prec", "time_precision"),
        said="how exactly the day is known",
        count=lambda i: bool(i.date_prec or i.time_precision),
    ),
    Aspect(name="place", fields=("place",), said="place", count=lambda i: i.place is not None),
    Aspect(
        name="radius",
        fields=("place",),
        said="radius of the place, in kilometres",
        count=lambda i: i.place is not None and i.place.radius_km is not None,
    ),
    Aspect(
        name="place_id",
        fields=("place",),
        said="GeoNames id of the place",
        count=lambda i: i.place is not None and i.place.geonames_id is not None,
    ),
    Aspect(
        name="further_places",
        fields=("places",),
        said="further places, with their roles (from, to)",
        count=lambda i: sum(each != i.place for each in i.places),
    ),
    Aspect(name="parties", fields=("actors", "targets"), said="parties", count=lambda i: len(list(_parties(i)))),
    Aspect(
        name="direction",
        fields=("actors", "targets"),
        said="who did it to whom",
        count=lambda i: bool(i.actors and i.targets),
    ),
    Aspect(
        name="party_ids",
        fields=("actors", "targets"),
        said="ids of parties in the register",
        count=lambda i: sum(each.actor_id is not None for each in _parties(i)),
    ),
    Aspect(
        name="party_kinds",
        fields=("actors", "targets"),
        said="kinds of parties",
        count=lambda i: sum(each.kind is not None for each in _parties(i)),
    ),
    Aspect(
        name="may_be",
        fields=("actors", "targets"),
        said="parties that may be the same as others",
        count=lambda i: sum(bool(each.may_be) for each in _parties(i)),
    ),
    Aspect(
        name="killed",
        fields=("figures",),
        said="figure of the killed",
        count=lambda i: sum(each.measure == "killed" for each in i.figures),
    ),
    Aspect(name="other_figures", fields=("figures",), said="figures of other measures", count=_other_figures),
    Aspect(
        name="open_ends",
        fields=("figures",),
        said="open ends of figures (at least, at most)",
        count=lambda i: sum(map(open_ends, i.figures)),
    ),
    Aspect(
        name="figure_parts",
        fields=("figures",),
        said="parts of figures (of whom)",
        count=lambda i: sum(len(each.parts) for each in i.figures),
    ),
    Aspect(
        name="figure_rules", fields=("figures",), said="rules that chose the figures", count=lambda i: len(i.figures)
    ),
    Aspect(
        name="figure_history",
        fields=("figures",),
        said="steps in the history of figures",
        count=lambda i: sum(len(each.steps) for each in i.figures),
    ),
    Aspect(
        name="asserted_by",
        fields=("asserted_by",),
        said="those who assert it",
        count=lambda i: len(i.asserted_by),
    ),
    Aspect(name="denied_by", fields=("denied_by",), said="those who deny it", count=lambda i: len(i.denied_by)),
    Aspect(
        name="contradictions",
        fields=("contradictions",),
        said="contradictions, with their sides",
        count=lambda i: len(i.contradictions),
    ),
    Aspect(name="reports", fields=("reports",), said="reports", count=lambda i: len(i.reports)),
    Aspect(name="wordings", fields=("wordings",), said="number of wordings", count=lambda i: 1),
    Aspect(name="origins", fields=("origins",), said="independent origins", count=lambda i: len(i.origins)),
    Aspect(
        name="attribution",
        fields=("origins",),
        said="attribution chains (who speaks in which dispatch)",
        count=lambda i: sum(bool(each.voices) for each in i.origins),
    ),
    Aspect(
        name="copies",
        fields=("origins",),
        said="copies and relays of an origin",
        count=lambda i: sum(len(each.copies) + len(each.later) + len(each.relays) for each in i.origins),
    ),
    Aspect(name="claims", fields=("claims",), said="ids of claims", count=lambda i: len(i.claims)),
    Aspect(
        name="set_aside",
        fields=("set_aside",),
        said="claims without a say (withdrawn, replaced, rejected), with the reason",
        count=lambda i: len(i.set_aside),
    ),
    Aspect(
        name="known",
        fields=("first_known", "last_known"),
        said="when it was first and last known",
        count=lambda i: bool(i.first_known or i.last_known),
    ),
    Aspect(
        name="foretold",
        fields=("came_true", "foretold_by"),
        said="what foretold it or came of it",
        count=lambda i: len(i.foretold_by) + bool(i.came_true),
    ),
    Aspect(
        name="suggestions",
        fields=("suggestions",),
        said="suggestions of incidents that may be the same",
        count=lambda i: len(i.suggestions),
    ),
    Aspect(
        name="decisions",
        fields=("accepted_by", "decided"),
        said="decisions of people",
        count=lambda i: len(i.decided) + bool(i.accepted_by),
    ),
)
EVERY_ASPECT = frozenset(aspect.name for aspect in ASPECTS)
