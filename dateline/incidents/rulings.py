"""What the decisions that hold come to: which claims have no say, what was corrected, who belongs together.

Decisions are read in their order; one that was undone counts as never taken, from the moment of its undoing on.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations, product
from typing import Any, get_args

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dateline.codes import EventType, Measure, Modality, Verification
from dateline.errors import InputError
from dateline.incidents.types import Count, Estimate, Incident, Party, Spot, Telling
from dateline.ledger import Decision, StoredDecision

OF_CLAIMS = frozenset(("modality", "verification"))  # fields that no incident has
OF_INCIDENT = "incident:"  # before the name of a field that is set for the whole incident

Pair = tuple[str, str]


class Correction(Struct, frozen=True, kw_only=True):
    """One field set to a value, by a decision."""

    field: str
    value: Any
    decision: str


class Rulings(Struct, frozen=True, kw_only=True):
    """The decisions that hold, by claim key. Pairs stand in the order of their keys.

    `rejected` says why, with by whom. `accepted` names who accepted a claim last. `set_fields` are corrections of an
    incident, under the first claim that it held and that was not rejected.
    """

    rejected: dict[str, str] = {}
    accepted: dict[str, str] = {}
    corrected: dict[str, tuple[Correction, ...]] = {}
    set_fields: dict[str, tuple[Correction, ...]] = {}
    must: frozenset[Pair] = frozenset()
    cannot: frozenset[Pair] = frozenset()
    maybe: frozenset[Pair] = frozenset()


def standing(decisions: Iterable[StoredDecision]) -> list[StoredDecision]:
    """The decisions that hold, in their order: a decision that an undo names is out, unless that undo was undone."""
    held = list(decisions)
    out = undone(held)
    return [each for each in held if each.id not in out and each.decision.kind != "undo"]


def undone(decisions: Sequence[StoredDecision]) -> set[str]:
    """The ids of the decisions that were taken back, undos that were themselves undone among them."""
    out: set[str] = set()
    for each in reversed(decisions):  # an undo can only name what came before it
        if each.decision.kind == "undo" and each.id not in out and each.decision.undoes:
            out.add(each.decision.undoes)
    return out


def rulings(decisions: Iterable[StoredDecision]) -> Rulings:
    """What the decisions come to. Of two that say the opposite of one pair or claim, the later one holds."""
    made = Rulings(rejected={}, accepted={}, corrected={}, set_fields={})
    must: set[Pair] = set()
    cannot: set[Pair] = set()
    maybe: set[Pair] = set()
    held = standing(decisions)
    for each in held:
        decision = each.decision
        if decision.kind in ("accept", "reject"):
            _say(made, decision)
        elif decision.kind != "correct":
            joined = set(map(_pair, combinations(decision.claims, 2))) if decision.kind in ("same", "split") else set()
            parted = set(map(_pair, product(decision.claims, decision.others)))
            if decision.kind == "maybe":
                maybe |= parted
                continue
            must = (must | joined) - parted
            cannot = (cannot | parted) - joined
    for each in held:
        if each.decision.kind == "correct":
            _correct(made, each.id, each.decision)
    return replace(made, must=frozenset(must), cannot=frozenset(cannot), maybe=frozenset(maybe))


def touched(decision: Decision, known: Mapping[str, Decision]) -> set[str]:
    """The claims whose incidents a decision may change; of an undo, those of what it undoes."""
    about = subject_of(decision, known)
    return {*about.claims, *about.others}


def subject_of(decision: Decision, known: Mapping[str, Decision]) -> Decision:
    """The decision that an undo is about in the end, through undos of undos; any other is about itself."""
    while (undone := known.get(decision.undoes or "")) is not None:
        decision = undone
    return decision


def _say(made: Rulings, decision: Decision) -> None:
    said = f"rejected by {decision.by}: {decision.reason}"
    for key in decision.claims:
        made.accepted.pop(key, None)
        made.rejected.pop(key, None)
        if decision.kind == "accept":
            made.accepted[key] = decision.by
        else:
            made.rejected[key] = said


def _correct(made: Rulings, id: str, decision: Decision) -> None:
    assert decision.field is not None
    assert decision.value is not None
    field = decision.field.removeprefix(OF_INCIDENT)
    try:
        correction = Correction(field=field, value=msgspec.json.decode(decision.value), decision=id)
        checked(field, correction.value)
    except (InputError, msgspec.DecodeError):
        return  # of another Dateline, or kept by a program that checks nothing: it must not stop every account
    if decision.field.startswith(OF_INCIDENT) and field in OF_CLAIMS:
        return
    if decision.field.startswith(OF_INCIDENT):
        # A claim without a say can end up with any incident that it is like; what was said of this one stays with it.
        first = next((key for key in decision.claims if key not in made.rejected), None)
        if first is None:
            return
        made.set_fields[first] = (*made.set_fields.get(first, ()), correction)
        return
    for key in decision.claims:
        made.corrected[key] = (*made.corrected.get(key, ()), correction)


def _pair(keys: tuple[str, str]) -> Pair:
    one, other = keys
    return (one, other) if one < other else (other, one)


# --- corrections -----------------------------------------------------------------------------------------------------

FIELDS = ("event", "modality", "verification", "time", "place", "actors", "targets", *get_args(Measure))


class Days(Struct, frozen=True, kw_only=True):
    """The value of a corrected time."""

    earliest: date
    latest: date


class Where(Struct, frozen=True, kw_only=True):
    """The value of a corrected place."""

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None


class Range(Struct, frozen=True, kw_only=True):
    """The value of a corrected figure; an open side is null."""

    low: float | None = None
    high: float | None = None


_LISTS: dict[str, Any] = {"event": EventType, "modality": Modality, "verification": Verification}
_SHAPES: dict[str, Any] = {
    **_LISTS, "time": Days, "place": Where, "actors": tuple[str, ...], "targets": tuple[str, ...],
    **dict.fromkeys(get_args(Measure), Range),
}  # fmt: skip


def checked(field: str, value: Any) -> Any:
    """The value that a field is to be set to, in its type.

    Raises:
        InputError: there is no such field, or it cannot be that.
    """
    name = field.removeprefix(OF_INCIDENT)
    if name not in _SHAPES:
        raise InputError(f"{field!r} is no field that can be corrected; these can: {', '.join(FIELDS)}")
    if name in get_args(Measure) and isinstance(value, int | float):
        value = {"low": value, "high": value}
    try:
        return msgspec.convert(value, _SHAPES[name])
    except msgspec.ValidationError as error:
        raise InputError(f"{field}: {error}") from error


def corrected(telling: Telling, corrections: Iterable[Correction]) -> Telling:
    """The claim with its corrected fields; what the report says stays in the ledger as it is."""
    for each in corrections:
        telling = _with(telling, each.field, checked(each.field, each.value))
    return telling


def _with(telling: Telling, field: str, value: Any) -> Telling:
    if field in _LISTS:
        return replace(telling, **{field: value})
    if isinstance(value, Days):
        return replace(telling, earliest=value.earliest, latest=value.latest, dated=True)
    if isinstance(value, Where):
        return replace(telling, spots=(_spot(value),))
    if isinstance(value, Range):
        others = tuple(count for count in telling.counts if count.measure != field)
        count = Count(text="corrected", measure=field, low=value.low, high=value.high)  # type: ignore[arg-type]
        return replace(telling, counts=(*others, count))
    return replace(telling, **{field: tuple(Party(name=name) for name in value)})


def settled(incident: Incident, corrections: Iterable[Correction]) -> Incident:
    """The incident with the fields that a decision set for it; `decided` says which decision."""
    for each in corrections:
        made = _settled(incident, each.field, checked(each.field, each.value))
        incident = replace(made, decided={**incident.decided, each.field: each.decision})
    return incident


def _settled(incident: Incident, field: str, value: Any) -> Incident:
    if field in OF_CLAIMS:
        raise InputError(f"{field} is said of claims, not of an incident; correct the claims")
    if field == "event":
        return replace(incident, event=value)
    if isinstance(value, Days):
        return replace(incident, earliest=value.earliest, latest=value.latest)
    if isinstance(value, Where):
        return replace(incident, place=_spot(value))
    if isinstance(value, Range):
        return replace(incident, figures=_with_figure(incident.figures, field, value))
    return replace(incident, **{field: tuple(Party(name=name) for name in value)})


def _with_figure(figures: tuple[Estimate, ...], measure: str, value: Range) -> tuple[Estimate, ...]:
    best = value.low if value.low is not None else value.high
    fresh = Estimate(
        measure=measure,  # type: ignore[arg-type]
        low=value.low, best=best, high=value.high, rule="set by a decision",
    )  # fmt: skip
    kept = next((each for each in figures if each.measure == measure), fresh)
    made = replace(fresh, parts=kept.parts, steps=kept.steps)
    if kept is fresh:
        return (*figures, made)
    return tuple(made if each.measure == measure else each for each in figures)


def _spot(value: Where) -> Spot:
    exact = value.lat is not None
    return Spot(
        name=value.name,
        written=value.name,
        country=value.country,
        lat=value.lat,
        lon=value.lon,
        radius_km=value.radius_km,
        precision="exact" if exact else None,
        where_prec=1 if exact else None,
        geo_precision=1 if exact else None,
    )
