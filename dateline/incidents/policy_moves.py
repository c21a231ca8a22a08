"""What another policy would change: the figures that move from one to the other."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from dateline.codes import Measure
from dateline.incidents.types import Estimate, Incident


class Move(Struct, frozen=True, kw_only=True):
    """A figure of one incident by two policies; null where one of them has none."""

    incident: str
    measure: Measure
    before: Estimate | None
    after: Estimate | None

    @property
    def by(self) -> float:
        """How much best moves, up or down; no figure is as 0."""
        return (self.after.best or 0 if self.after else 0) - (self.before.best or 0 if self.before else 0)


def moved(before: Sequence[Incident], after: Sequence[Incident]) -> tuple[Move, ...]:
    """The figures whose low, best or high differ between the incidents by one policy and by another, by incident in the
    order of the first list; an incident that only one list has moves whole."""
    others = {incident.id: incident for incident in after}
    pairs: list[tuple[Incident | None, Incident | None]] = [(one, others.pop(one.id, None)) for one in before]
    pairs += [(None, other) for other in after if other.id in others]
    return tuple(move for one, other in pairs for move in _moves(one, other))


def _moves(one: Incident | None, other: Incident | None) -> Iterator[Move]:
    mine = {each.measure: each for each in one.figures} if one else {}
    theirs = {each.measure: each for each in other.figures} if other else {}
    incident = one or other
    if incident is None:
        return
    for measure in dict.fromkeys((*mine, *theirs)):
        was, now = mine.get(measure), theirs.get(measure)
        if _numbers(was) != _numbers(now):
            yield Move(incident=incident.id, measure=measure, before=was, after=now)


def _numbers(estimate: Estimate | None) -> tuple[float | None, float | None, float | None]:
    return (estimate.low, estimate.best, estimate.high) if estimate else (None, None, None)


class Total(Struct, frozen=True, kw_only=True):
    """The best figures of a measure over all incidents that happened, added up by either policy; how many have one, and
    of how many it moves."""

    measure: Measure
    before: float
    after: float
    incidents: int
    moved: int


def totals(before: Sequence[Incident], after: Sequence[Incident]) -> tuple[Total, ...]:
    """What two policies come to, measure by measure, over the incidents that both lists have."""
    others = {incident.id: incident for incident in after}
    pairs: dict[Measure, list[tuple[Estimate, Estimate]]] = {}
    for one in before:
        theirs = {each.measure: each for each in others[one.id].figures} if one.id in others else {}
        for was in one.figures:
            if one.happened == "happened" and was.measure in theirs:
                pairs.setdefault(was.measure, []).append((was, theirs[was.measure]))
    return tuple(_total(measure, held) for measure, held in pairs.items())


def _total(measure: Measure, held: Sequence[tuple[Estimate, Estimate]]) -> Total:
    return Total(
        measure=measure,
        before=sum(was.best or 0 for was, _ in held),
        after=sum(now.best or 0 for _, now in held),
        incidents=len(held),
        moved=sum(_numbers(was) != _numbers(now) for was, now in held),
    )


def recounted(found: Sequence[Incident], by_other: Sequence[Incident]) -> list[Incident]:
    """Incidents with figures and contradictions as another policy has them; all else as it was found."""
    others = {each.id: each for each in by_other}
    made = []
    for each in found:
        other = others.get(each.id, each)
        made.append(replace(each, figures=other.figures, contradictions=other.contradictions))
    return made
