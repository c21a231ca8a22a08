"""What changed between two days: incidents that came, went, were joined or parted, and fields that now say otherwise,
each with the claims and decisions that caused it.

An incident's id is made from its first known claim and can change when an earlier one comes in; so the incidents of two
days are held to be the same where they share claims.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from dateline.incidents import words
from dateline.incidents.rulings import touched
from dateline.incidents.sentence import sentence
from dateline.incidents.types import Estimate, Incident, Telling
from dateline.ledger import StoredDecision

ChangeKind = Literal["added", "gone", "merged", "split", "regrouped", "changed"]
CauseKind = Literal["new", "set_aside", "heard_again", "lost", "decision"]

_CAUSES: dict[CauseKind, str] = {
    "new": "newly known",
    "set_aside": "set aside",
    "heard_again": "no longer set aside",
    "lost": "no longer read so",
    "decision": "decided",
}


class Cause(Struct, frozen=True, kw_only=True):
    """A claim, by key, that came, lost its say, got it back or is no longer read; or a decision, by id."""

    kind: CauseKind
    id: str
    said: str


class Numbers(Struct, frozen=True, kw_only=True):
    """Low, best and high of a measure."""

    low: float | None
    best: float | None
    high: float | None


Value: TypeAlias = str | int | tuple[str, ...] | Numbers | None


class FieldChange(Struct, frozen=True, kw_only=True):
    """One field before and after, and what of the change's causes bears on it."""

    field: str
    before: Value
    after: Value
    causes: tuple[Cause, ...] = ()


class Change(Struct, frozen=True, kw_only=True):
    """What became of one incident, or of several that have claims in common.

    `before` and `after` are ids; `told` is the one sentence of what there is now (of what there was, where it is gone).
    `fields` compares with the incident that shares most claims.
    """

    kind: ChangeKind
    before: tuple[str, ...]
    after: tuple[str, ...]
    told: tuple[str, ...]
    fields: tuple[FieldChange, ...] = ()
    causes: tuple[Cause, ...] = ()


def changes(
    before: Sequence[Incident],
    after: Sequence[Incident],
    decisions: Sequence[StoredDecision] = (),
    tellings: Mapping[str, Telling] | None = None,
) -> tuple[Change, ...]:
    """All that differs, in the order of `after`, then what is gone.

    Args:
        decisions: those taken between the two days, in their order.
        tellings: the claims of both days, as far as they are at hand, by key: with them a field's causes are narrowed
            to the claims that speak of it.
    """
    made = []
    for olds, news in _linked(before, after):
        if olds == news:
            continue
        causes = tuple(_causes(olds, news, decisions))
        fields = tuple(_fields(olds, news, causes, tellings or {}))
        kind = _kind(olds, news)
        if kind == "changed" and not (fields or causes):
            continue  # other ids in its links, and no more
        made.append(
            Change(
                kind=kind,
                before=tuple(each.id for each in olds),
                after=tuple(each.id for each in news),
                told=tuple(sentence(each) for each in news or olds),
                fields=fields,
                causes=causes,
            )
        )
    return tuple(made)


def _kind(olds: Sequence[Incident], news: Sequence[Incident]) -> ChangeKind:
    if not olds:
        return "added"
    if not news:
        return "gone"
    if len(olds) == len(news) == 1:
        return "changed"
    if len(news) == 1:
        return "merged"
    return "split" if len(olds) == 1 else "regrouped"


# --- which are the same ----------------------------------------------------------------------------------------------


def _linked(
    before: Sequence[Incident], after: Sequence[Incident]
) -> Iterator[tuple[tuple[Incident, ...], tuple[Incident, ...]]]:
    """Incidents of both days that hang together by shared claims, in the order of `after`, then of `before`."""
    held: dict[str, int] = {key: at for at, old in enumerate(before) for key in old.claims}
    holds: dict[str, int] = {key: at for at, new in enumerate(after) for key in new.claims}
    seen_old: set[int] = set()
    seen_new: set[int] = set()
    for at in range(len(after)):
        if at not in seen_new:
            olds, news = _hanging(at, before, after, held, holds)
            seen_old |= olds
            seen_new |= news
            yield tuple(before[each] for each in sorted(olds)), tuple(after[each] for each in sorted(news))
    for at, old in enumerate(before):
        if at not in seen_old:
            yield (old,), ()


def _hanging(
    start: int, before: Sequence[Incident], after: Sequence[Incident], held: dict[str, int], holds: dict[str, int]
) -> tuple[set[int], set[int]]:
    """All that one incident of `after` is tied to, near and far."""
    olds: set[int] = set()
    news: set[int] = {start}
    open_news = [start]
    while open_news:
        fresh = {held[key] for key in after[open_news.pop()].claims if key in held} - olds
        olds |= fresh
        more = {holds[key] for old in fresh for key in before[old].claims if key in holds} - news
        news |= more
        open_news += sorted(more)
    return olds, news


# --- why -------------------------------------------------------------------------------------------------------------


def _causes(olds: Sequence[Incident], news: Sequence[Incident], decisions: Sequence[StoredDecision]) -> Iterator[Cause]:
    """What people decided, then what the claims did."""
    had, have = _keys(olds), _keys(news)
    was_aside, is_aside = _aside(olds), _aside(news)
    known = {each.id: each.decision for each in decisions}
    for each in decisions:
        if touched(each.decision, known) & {*had, *have}:
            reason = f": {each.decision.reason}" if each.decision.reason else ""
            yield Cause(kind="decision", id=each.id, said=f"{each.decision.kind} by {each.decision.by}{reason}")
    for key in have:
        if key not in had and key not in is_aside:
            yield Cause(kind="new", id=key, said=_CAUSES["new"])
    for key, why in is_aside.items():
        if key not in was_aside:
            yield Cause(kind="set_aside", id=key, said=why)
    for key in was_aside:
        if key in have and key not in is_aside:
            yield Cause(kind="heard_again", id=key, said=_CAUSES["heard_again"])
    for key in had:
        if key not in have:
            yield Cause(kind="lost", id=key, said=_CAUSES["lost"])


def _keys(incidents: Iterable[Incident]) -> dict[str, None]:
    return dict.fromkeys(key for each in incidents for key in each.claims)


def _aside(incidents: Iterable[Incident]) -> dict[str, str]:
    return {key: why for each in incidents for key, why in each.set_aside.items()}


# --- what ------------------------------------------------------------------------------------------------------------


def _fields(
    olds: Sequence[Incident], news: Sequence[Incident], causes: Sequence[Cause], tellings: Mapping[str, Telling]
) -> Iterator[FieldChange]:
    """The fields that say otherwise, of the two that share most claims."""
    if not olds or not news:
        return
    old, new = max(
        ((one, other) for one in olds for other in news), key=lambda pair: len({*pair[0].claims} & {*pair[1].claims})
    )
    was, now = values(old), values(new)
    for field in dict.fromkeys((*now, *was)):
        if was.get(field) != now.get(field):
            bearing = tuple(each for each in causes if _bears(each, field, old, new, tellings))
            yield FieldChange(field=field, before=was.get(field), after=now.get(field), causes=bearing or tuple(causes))


def values(incident: Incident) -> dict[str, Value]:
    """The fields that are compared: what a reader would call a change."""
    return {
        "happened": incident.happened,
        "event": incident.event,
        "time": words.days(incident.earliest, incident.latest) or None,
        "place": words.place(incident.place) if incident.place else None,
        "actors": words.names(incident.actors),
        "targets": words.names(incident.targets),
        **{each.measure: Numbers(low=each.low, best=each.best, high=each.high) for each in incident.figures},
        "status": incident.status,
        "contradictions": tuple(each.field for each in incident.contradictions),
        "origins": len(incident.origins),
        "reports": len(incident.reports),
        "came_true": "yes" if incident.came_true else None,
        "accepted_by": incident.accepted_by,
    }


def _bears(cause: Cause, field: str, old: Incident, new: Incident, tellings: Mapping[str, Telling]) -> bool:
    """Whether a cause has to do with a field: a figure's are in its steps, others in what the claim speaks of."""
    if cause.kind == "decision":
        return True
    estimates = [each for incident in (old, new) for each in incident.figures if each.measure == field]
    if estimates:
        return any(cause.id == claim for each in estimates for claim in _told_in(each))
    telling = tellings.get(cause.id)
    return telling is None or _speaks_of(telling, field)


def _told_in(estimate: Estimate) -> set[str]:
    return {
        *(step.claim for step in estimate.steps),
        *estimate.low_from,
        *estimate.best_from,
        *estimate.high_from,
    }


def _speaks_of(telling: Telling, field: str) -> bool:
    speaks: dict[str, Any] = {
        "time": telling.dated,
        "place": telling.spots,
        "actors": telling.actors,
        "targets": telling.targets,
    }
    return bool(speaks.get(field, True))
