"""What another policy would change: the figures of the same incidents, chosen by two rules, side by side."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from dateline.codes import Measure
from dateline.incidents.types import Estimate, Incident


class Moved(Struct, frozen=True, kw_only=True):
    """One figure of one incident that two policies choose differently."""

    incident: Incident
    measure: Measure
    a: Estimate
    b: Estimate


class Total(Struct, frozen=True, kw_only=True):
    """The best figures of a measure over all incidents that happened, added up by either policy."""

    measure: Measure
    a: float
    b: float
    incidents: int
    moved: int


def moved(a: Sequence[Incident], b: Sequence[Incident]) -> tuple[Moved, ...]:
    """The figures that differ, in the order of `a`; what only the rule's words tell apart is no difference."""
    return tuple(
        Moved(incident=one, measure=first.measure, a=first, b=second)
        for one, other in _pairs(a, b)
        for first, second in _estimates(one, other)
        if _numbers(first) != _numbers(second)
    )


def totals(a: Sequence[Incident], b: Sequence[Incident]) -> tuple[Total, ...]:
    """What the policies come to, measure by measure."""
    made: dict[Measure, list[tuple[Estimate, Estimate]]] = {}
    for one, other in _pairs(a, b):
        if one.happened == "happened":
            for first, second in _estimates(one, other):
                made.setdefault(first.measure, []).append((first, second))
    return tuple(
        Total(
            measure=measure,
            a=sum(first.best or 0 for first, _ in pairs),
            b=sum(second.best or 0 for _, second in pairs),
            incidents=len(pairs),
            moved=sum(_numbers(first) != _numbers(second) for first, second in pairs),
        )
        for measure, pairs in made.items()
    )


def _pairs(a: Sequence[Incident], b: Sequence[Incident]) -> Iterator[tuple[Incident, Incident]]:
    others = {each.id: each for each in b}
    return ((each, others[each.id]) for each in a if each.id in others)


def _estimates(one: Incident, other: Incident) -> Iterator[tuple[Estimate, Estimate]]:
    theirs = {each.measure: each for each in other.figures}
    return ((each, theirs[each.measure]) for each in one.figures if each.measure in theirs)


def _numbers(estimate: Estimate) -> tuple[float | None, float | None, float | None]:
    return estimate.low, estimate.best, estimate.high


def recounted(found: Sequence[Incident], by_other: Sequence[Incident]) -> list[Incident]:
    """Incidents with figures and contradictions as another policy has them; all else as it was found."""
    others = {each.id: each for each in by_other}
    made = []
    for each in found:
        other = others.get(each.id, each)
        made.append(replace(each, figures=other.figures, contradictions=other.contradictions))
    return made
