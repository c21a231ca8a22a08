"""Where the claims of one incident cannot all be right, field by field, with who stands on each side.

A figure that a later report raises is news, not a contradiction, as long as nobody stands by the older one; a bound
("at least 12") contradicts only what lies outside it.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta

from msgspec import Struct

from dateline.codes import Measure
from dateline.incidents.fields import ONE_SIDED, agree, apart_in_time, grain, keys_of, speaking
from dateline.incidents.kinds_of_people import NOT_FIGHTING, kind_of_party, kind_of_people, names_nobody, own_people
from dateline.incidents.source_kinds import is_source, is_voice_of, kind_of, parties_of, voices_in
from dateline.incidents.types import Brief, Contradiction, Estimate, Party, Side, Spot, Step, Telling, Voice
from dateline.incidents.voices import speaker, voices_of

_OF_PEOPLE: frozenset[Measure] = frozenset(
    ("killed", "wounded", "missing", "casualties", "displaced", "abducted", "detained")
)
_STATE = frozenset(("state", "government", "military", "police"))
_NEAREST = 3  # grains finer than a province (fields.grain): coarser places only hold the finer ones
_SAME_NEWS = timedelta(days=1)  # tolls known no farther apart than this stand side by side


def contradictions(
    tellings: Sequence[Telling], briefs: Mapping[str, Brief], figures: Sequence[Estimate]
) -> tuple[Contradiction, ...]:
    """Every field on which the claims disagree, in a fixed order."""
    found = [
        _sides("happened", [t for t in tellings if t.modality == "actual" or denies_it(t)], briefs, _happened),
        _of_actor(tellings, briefs),
        _of_target(tellings, briefs),
        _sides("time", [t for t in speaking(tellings) if t.dated], briefs, _days, may_stand=_same_days),
        _sides("place", _with_spot(speaking(tellings)), briefs, _place, may_stand=_same_place),
        *(_of_figure(each, {t.key: t for t in tellings}, briefs) for each in figures if each.measure in _OF_PEOPLE),
    ]
    return tuple(each for each in found if each is not None)


def _sides(
    field: str,
    tellings: Sequence[Telling],
    briefs: Mapping[str, Brief],
    says: Callable[[Telling], str],
    may_stand: Callable[[Telling, Telling], bool] = lambda one, other: False,
) -> Contradiction | None:
    """Claims by what they say, where at least two of what is said cannot stand together.

    What can stand with everything that is said takes no side.
    """
    by_value: dict[str, list[Telling]] = {}
    for telling in tellings:
        by_value.setdefault(says(telling), []).append(telling)
    against = {
        value: [other for other, theirs in by_value.items() if other != value and not may_stand(mine[0], theirs[0])]
        for value, mine in by_value.items()
    }
    taking = [value for value, others in against.items() if others]
    if len(taking) < 2:
        return None
    return Contradiction(field=field, sides=tuple(_side(value, by_value[value], briefs) for value in taking))


def _side(says: str, tellings: Sequence[Telling], briefs: Mapping[str, Brief]) -> Side:
    return Side(says=says, voices=voices_of(tellings, briefs), claims=tuple(t.key for t in tellings))


# --- happened --------------------------------------------------------------------------------------------------------


def denies_it(telling: Telling) -> bool:
    """Whether a claim says that it did not happen. One who denies having done it does not deny that it was done, and
    who says that nobody was hurt tells a figure."""
    return telling.modality == "denied" and telling.event != "casualties" and not _denies_doing(telling)


def _denies_doing(telling: Telling) -> bool:
    return telling.modality == "denied" and telling.event in ONE_SIDED and any(map(_is_known, telling.actors))


def _happened(telling: Telling) -> str:
    return "did not happen" if denies_it(telling) else "happened"


# --- actor -----------------------------------------------------------------------------------------------------------


class _Doing(Struct, frozen=True):
    """Whom one claim names as the doers, or as those who did not do it."""

    telling: Telling
    doers: tuple[Party, ...]
    denied: bool
    by_himself: bool = False  # whether who denies it is the one who is said to have done it


def _of_actor(tellings: Sequence[Telling], briefs: Mapping[str, Brief]) -> Contradiction | None:
    """Who did it. Who denies having done it is a side of its own, against those who say that he did."""
    doing = {each.telling.key: each for each in _doings(tellings)}

    def may_stand(one: Telling, other: Telling) -> bool:
        return _may_both_be(doing[one.key], doing[other.key])

    said = [each.telling for each in doing.values()]
    names = _names(party for each in doing.values() for party in each.doers)
    return _sides("actor", said, briefs, lambda telling: _done_by(doing[telling.key], names), may_stand=may_stand)


def _names(parties: Iterable[Party]) -> dict[Party, str]:
    """Each party with the longest name that one of its claims gives it, so that one doer is one side."""
    every = list(parties)
    keys = keys_of(every)
    longest: dict[str, str] = {}
    for party in every:
        longest[keys[party]] = max(longest.get(keys[party], ""), party.name, key=len)
    return {party: longest[keys[party]] for party in every}


def _doings(tellings: Sequence[Telling]) -> list[_Doing]:
    """The claims that name who did it, or who did not, as the register or a name of its own knows them."""
    voices = voices_in(tellings)
    doers = {t.key: doers_of(t, voices) for t in tellings if t.event in ONE_SIDED}
    made = [
        _Doing(t, doers[t.key], denied=False)
        for t in tellings
        if t.modality == "actual" and doers.get(t.key) and all(map(_is_known, doers[t.key]))
    ]
    named = {(each.telling.report, speaker(each.telling), party) for each in made for party in each.doers}
    for t in filter(_denies_doing, tellings):
        # Whom the same voice names as the doer, in the same report, it does not clear.
        denied = _denied(t, tuple(each for each in doers[t.key] if (t.report, speaker(t), each) not in named))
        made += [denied] if denied.doers else []
    return made


def _denied(telling: Telling, doers: tuple[Party, ...]) -> _Doing:
    """Of whom a claim denies it: where the one who speaks is among them, of himself."""
    voice = speaker(telling)
    if voice is not None and voice.name is not None:
        own = tuple(each for each in doers if is_voice_of(voice, each) or _ITS_OWN.match(each.name))
        if own:
            himself = tuple(each for each in own if is_voice_of(voice, each))
            return _Doing(telling, himself or (_as_party(voice),), denied=True, by_himself=True)
    return _Doing(telling, tuple(each for each in doers if _is_known(each)), denied=True)


_ITS_OWN = re.compile(r"(?i)(?:its|their|our|his)\b")  # "denied that its fighters had …"


def _as_party(voice: Voice) -> Party:
    return Party(name=voice.name or "", actor_id=voice.actor_id)


def doers_of(telling: Telling, voices: Sequence[Voice]) -> tuple[Party, ...]:
    """Who does what a claim tells of. Of violence none who only tells of it is a doer: "the monitor could not establish
    who had fired" names nobody.

    Args:
        voices: whom the claims of the incident quote (`voices_in`).
    """
    if telling.event not in ONE_SIDED:
        return telling.actors
    return tuple(each for each in telling.actors if not is_source(each, voices))


def _is_known(party: Party) -> bool:
    return bool(party.actor_id) or not names_nobody(party.name)


def _done_by(doing: _Doing, name_of: Mapping[Party, str]) -> str:
    names = ", ".join(sorted({name_of[party] for party in doing.doers}))
    if not doing.denied:
        return names
    return f"denied by {names}" if doing.by_himself else f"not by {names}"


def _may_both_be(one: _Doing, other: _Doing) -> bool:
    if one.denied and other.denied:
        return True
    alike = any(_may_be_one(a, b) for a in one.doers for b in other.doers)
    return alike != (one.denied != other.denied)


def _may_be_one(one: Party, other: Party) -> bool:
    ids = {one.actor_id, *one.may_be} - {None}
    others = {other.actor_id, *other.may_be} - {None}
    if ids & others or one.name.casefold() == other.name.casefold():
        return True
    if {one.kind, other.kind} <= _STATE and one.country == other.country:
        return True  # the government and its army
    # Without an id a name may be another name of anybody.
    return not (ids and others) and not (one.actor_id and other.actor_id) and _shares_word(one.name, other.name)


def _shares_word(one: str, other: str) -> bool:
    return bool({w for w in one.casefold().split() if len(w) > 3} & set(other.casefold().split()))


# --- target ----------------------------------------------------------------------------------------------------------

_CIVILIANS = "civilians"


def _of_target(tellings: Sequence[Telling], briefs: Mapping[str, Brief]) -> Contradiction | None:
    """Who was hit: a party says that it hit the other's people, and others that civilians were.

    What a party says of its own losses is no part of it; nor is "people", who may be anybody.
    """
    parties = parties_of(tellings)
    said = [t for t in tellings if t.modality == "actual" and t.event in (*ONE_SIDED, "casualties")]
    whom = {t.key: kind for t in said if (kind := _whom(t, parties))}
    hit = [t for t in said if t.key in whom]

    def may_stand(one: Telling, other: Telling) -> bool:
        return (whom[one.key] == _CIVILIANS) == (whom[other.key] == _CIVILIANS)

    return _sides("target", hit, briefs, lambda telling: whom[telling.key], may_stand=may_stand)


def _whom(telling: Telling, parties: Sequence[Party]) -> str | None:
    """The one kind of people that a claim says were hit: civilians; or those who fight, where another party says so."""
    kinds = {kind_of_party(each) for each in telling.targets} | {kind_of_people(each) for each in telling.counts}
    kinds = {_CIVILIANS if kind in NOT_FIGHTING else kind for kind in kinds if kind is not None}
    if kinds == {_CIVILIANS}:
        return _CIVILIANS
    kind = kinds.pop() if len(kinds) == 1 else None
    voice = speaker(telling)
    if kind is None or voice is None or kind_of(voice, parties) != "party":
        return None
    own = {own_people(party) for party in parties if is_voice_of(voice, party)}
    return None if kind in own or any(is_voice_of(voice, each) for each in telling.targets) else kind


# --- time and place --------------------------------------------------------------------------------------------------


def _days(telling: Telling) -> str:
    first, last = telling.earliest, telling.latest
    return f"{first}" if first == last else f"{first or ''} to {last or ''}".strip()


def _same_days(one: Telling, other: Telling) -> bool:
    return not apart_in_time(one, other)


def _with_spot(tellings: Sequence[Telling]) -> list[Telling]:
    return [t for t in tellings if (spot := _spot(t)) is not None and spot.lat is not None and grain(spot) < _NEAREST]


def _spot(telling: Telling) -> Spot | None:
    at = [spot for spot in telling.spots if spot.role == "at"]
    return min(at, key=grain, default=None)


def _place(telling: Telling) -> str:
    spot = _spot(telling)
    return spot.name if spot else ""


def _same_place(one: Telling, other: Telling) -> bool:
    return any(agree(a, b) for a in one.spots for b in other.spots)


# --- figures ---------------------------------------------------------------------------------------------------------


def _of_figure(
    estimate: Estimate, tellings: Mapping[str, Telling], briefs: Mapping[str, Brief]
) -> Contradiction | None:
    """The figures that still stand and exclude one another: of each voice the last one it gave."""
    last: dict[str, Step] = {}
    for step in estimate.steps:
        if step.set_aside is None and step.claim in tellings:
            last[_voice_of(step)] = step
    standing = list(last.values())
    parties = parties_of(tellings.values())
    partial = {s.claim for s in standing if kind_of(speaker(tellings[s.claim]), parties) == "party"}
    against = [step for step in standing if any(_excludes(step, other, partial) for other in standing)]
    if not against:
        return None
    by_value: dict[str, list[Telling]] = {}
    for step in against:
        by_value.setdefault(_amount(step.low, step.high), []).append(tellings[step.claim])
    return Contradiction(
        field=estimate.measure, sides=tuple(_side(value, held, briefs) for value, held in by_value.items())
    )


def _voice_of(step: Step) -> str:
    return (step.voice or step.outlet or step.report).casefold()


def _excludes(one: Step, other: Step, partial: set[str]) -> bool:
    """Whether two figures contradict each other; what a party says (`partial`) is not overtaken by others' counts."""
    if not _disjoint(one, other):
        return False
    if {one.claim, other.claim} & partial:
        return True
    earlier, later = sorted((one, other), key=lambda step: step.known)
    overtaken = later.known - earlier.known > _SAME_NEWS and (later.low or 0) > (earlier.high or earlier.low or 0)
    return not overtaken


def _disjoint(one: Step, other: Step) -> bool:
    far = float("inf")
    low, high = one.low or 0.0, one.high if one.high is not None else far
    other_low, other_high = other.low or 0.0, other.high if other.high is not None else far
    return low > other_high or other_low > high


def _amount(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f"{low:,.15g}" if low == high else f"{low:,.15g}–{high:,.15g}"
    return f"at least {low:,.15g}" if low is not None else f"at most {high or 0:,.15g}"
