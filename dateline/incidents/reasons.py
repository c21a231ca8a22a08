"""Why an incident is as it is: field by field the value, the rule that chose it, and the claims for and against.

The rules themselves stand in `fields.py`, `account.py` and the policies; here they are told, and never applied anew.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from dateline.incidents import words
from dateline.incidents.contradictions import denies_it
from dateline.incidents.fields import agree, apart_in_time, keys_of, speaking
from dateline.incidents.types import Estimate, Happened, Incident, Party, Status, Telling

# Names under which a field may be asked for, beside its own.
ALIASES = {
    "whether": "happened",
    "what": "event",
    "type": "event",
    "when": "time",
    "where": "place",
    "who": "actors",
    "actor": "actors",
    "whom": "targets",
    "target": "targets",
}
NOT_KNOWN = "not known"


class Said(Struct, frozen=True, kw_only=True):
    """What some claims say of a field."""

    says: str
    claims: tuple[str, ...]


class Reason(Struct, frozen=True, kw_only=True):
    """One field: its value in words, the rule that chose it, what speaks for it and what does not.

    `decided` is the decision that set it, where one did.
    """

    field: str
    value: str
    rule: str
    backed: tuple[Said, ...] = ()
    against: tuple[Said, ...] = ()
    decided: str | None = None


def reasons(incident: Incident, tellings: Mapping[str, Telling]) -> tuple[Reason, ...]:
    """All fields of an incident that hold anything, in the order in which they are read.

    Args:
        tellings: the claims of the incident, by key, as they were compared; those that are missing are passed over.
    """
    told = [tellings[key] for key in incident.claims if key in tellings]
    heard = [each for each in told if each.key not in incident.set_aside] or told
    made = (
        _happened(incident, heard),
        _event(incident, heard),
        _time(incident, heard),
        _place(incident, heard),
        *_parties(incident, heard),
        *(_figure(incident, each) for each in incident.figures),
        _status(incident, heard),
    )
    return tuple(each for each in made if each is not None)


def _reason(
    incident: Incident,
    field: str,
    value: str,
    rule: str,
    backed: Iterable[Said] = (),
    against: Iterable[Said] = (),
) -> Reason:
    decision = incident.decided.get(field)
    return Reason(
        field=field,
        value=value,
        rule="set by a decision" if decision else rule,
        backed=tuple(backed),
        against=tuple(against),
        decided=decision,
    )


def _grouped(tellings: Iterable[Telling], says: Callable[[Telling], str]) -> list[Said]:
    """Claims by what they say, in the order of the claims; what says nothing of it is left out."""
    made: dict[str, list[str]] = {}
    for telling in tellings:
        if said := says(telling):
            made.setdefault(said, []).append(telling.key)
    return [Said(says=said, claims=tuple(keys)) for said, keys in made.items()]


# --- whether, what, when, where --------------------------------------------------------------------------------------

_HAPPENED_RULES: dict[Happened, str] = {
    "happened": "one claim that says so is enough; who denies it stays in sight",
    "denied": "all that is said of it is that it did not happen",
}
_NOT_YET = "no claim says that it happened; most reports put it so"
EVENT_RULE = "what most reports call it; a type that tells how it was done goes first"
TIME_RULE = "the days that most reports give for what they are about; few days go before many"
PLACE_RULE = "the place that most reports agree on for what they are about, as exactly as one knows it"
PARTIES_RULE = "all that are named, the most named first"


def _happened(incident: Incident, heard: Sequence[Telling]) -> Reason:
    rule = _HAPPENED_RULES.get(incident.happened, _NOT_YET)
    value = words.happened(incident.happened)
    said = _grouped(heard, _put)
    return _reason(incident, "happened", value, rule, *_parted(said, lambda each: each.says == value))


def _put(telling: Telling) -> str:
    """How a claim puts it; nothing where somebody only denies having done it himself."""
    return "" if telling.modality == "denied" and not denies_it(telling) else words.put(telling.modality)


def _parted(said: Iterable[Said], backs: Callable[[Said], bool]) -> tuple[list[Said], list[Said]]:
    both = list(said)
    return [each for each in both if backs(each)], [each for each in both if not backs(each)]


def _event(incident: Incident, heard: Sequence[Telling]) -> Reason:
    value = words.event(incident.event)
    said = _grouped(heard, lambda telling: words.event(telling.event))
    return _reason(incident, "event", value, EVENT_RULE, *_parted(said, lambda each: each.says == value))


def _time(incident: Incident, heard: Sequence[Telling]) -> Reason:
    value = words.days(incident.earliest, incident.latest)
    chosen = Telling(
        key="", report="", position=0, event=incident.event, trigger="",
        earliest=incident.earliest, latest=incident.latest, dated=bool(value),
    )  # fmt: skip
    heard = speaking(heard)
    dated = [telling for telling in heard if telling.dated]
    fit = [telling for telling in dated if not apart_in_time(chosen, telling)]
    rule = TIME_RULE if dated else "no claim gives a day of its own: the day of publication"
    if not value:
        rule = "no claim gives a day"
    return _reason(
        incident, "time", value or NOT_KNOWN, rule,
        _grouped(fit, _days), _grouped((each for each in dated if each not in fit), _days),
    )  # fmt: skip


def _days(telling: Telling) -> str:
    return words.days(telling.earliest, telling.latest)


def _place(incident: Incident, heard: Sequence[Telling]) -> Reason | None:
    spot = incident.place
    if spot is None:
        return _reason(incident, "place", NOT_KNOWN, "no claim names a place")
    heard = speaking(heard)
    fit = [telling for telling in heard if any(agree(spot, each) for each in telling.spots)]
    other = [telling for telling in heard if telling.spots and telling not in fit]
    return _reason(
        incident, "place", words.place(spot), PLACE_RULE,
        _grouped(fit, _spots), _grouped(other, _spots),
    )  # fmt: skip


def _spots(telling: Telling) -> str:
    said = ((f"{spot.role} " if spot.role != "at" else "") + words.place(spot) for spot in telling.spots)
    return ", ".join(dict.fromkeys(said))


def _parties(incident: Incident, heard: Sequence[Telling]) -> Iterator[Reason]:
    for field, parties in (("actors", incident.actors), ("targets", incident.targets)):
        if parties:
            keys = keys_of(each for telling in heard for each in getattr(telling, field))
            backed = [_naming(party, heard, field, keys) for party in parties]
            yield _reason(
                incident, field, ", ".join(words.names(parties)), PARTIES_RULE, [each for each in backed if each.claims]
            )


def _naming(party: Party, heard: Sequence[Telling], field: str, keys: Mapping[Party, str]) -> Said:
    """The claims that name a party, under whichever of its names; one that a decision set may be named by none."""
    key = keys.get(party)
    naming = [t.key for t in heard if key and any(keys[each] == key for each in getattr(t, field))]
    return Said(says=party.name, claims=tuple(naming))


# --- how many, how surely --------------------------------------------------------------------------------------------


def _figure(incident: Incident, estimate: Estimate) -> Reason:
    """The claims that each of the three numbers comes from; where only one number is told, it is told once."""
    value = words.three(estimate.low, estimate.best, estimate.high)
    ends = [("lowest", estimate.low, estimate.low_from), ("highest", estimate.high, estimate.high_from)]
    best = [Said(says=f"best {words.number(estimate.best or 0)}" if "–" in value else value, claims=estimate.best_from)]
    return _reason(
        incident, estimate.measure, value, estimate.rule,
        [each for each in best if each.claims],
        [Said(says=f"{name} {words.number(end)}", claims=claims) for name, end, claims in ends
         if end is not None and end != estimate.best and claims],
    )  # fmt: skip


_STATUS_RULES: dict[Status, str] = {
    "asserted": "somebody says so, nobody denies it, and no report tells of a check",
    "disputed": "somebody denies it, two are said to have done it or to have been hit, or a report calls it disputed",
    "denied": "all that is said of it is that it did not happen",
    "unverified": "a report says that it could not be checked, and none that it was",
    "verified": "a report names somebody who confirmed it",
    "set_aside": "every claim was taken back, replaced or rejected; the fields say what they had said",
}


def _status(incident: Incident, heard: Sequence[Telling]) -> Reason:
    said = _grouped(heard, _checked)
    backed, against = _parted(said, lambda each: _backs(incident.status, each.says))
    return _reason(
        incident, "status", incident.status.replace("_", " "), _STATUS_RULES[incident.status], backed, against
    )


def _checked(telling: Telling) -> str:
    """What a claim says of a check, or that it denies; empty where it says neither."""
    if telling.modality == "denied":
        return "denied" if denies_it(telling) else "denied by who is said to have done it"
    return "" if telling.verification == "not_stated" else telling.verification


def _backs(status: Status, says: str) -> bool:
    return says == status or (status == "disputed" and says.startswith("denied"))
