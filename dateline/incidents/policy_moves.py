"""What another policy would change: the figures that move from one to the other."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

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
