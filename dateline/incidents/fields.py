"""What an incident's own fields say: the type, days, place and parties that most reports of it support.

Every choice is a vote of reports, not of claims: a report that says a thing twice has said it once.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from dateline.codes import EVENTS, EventType
from dateline.incidents.kinds_of_people import names_nobody
from dateline.incidents.types import Happened, Party, Spot, Telling
from dateline.world.geometry import distance_km

T = TypeVar("T", bound=Hashable)

# Types that say how it was done, before those that only say that it was: a bomb that killed is a bombing.
GENERAL: frozenset[EventType] = frozenset(("attack", "killing", "casualties", "battle", "destruction", "offensive"))
# One side does it to another: two names for the doer are two accounts. In a battle both sides are actors.
ONE_SIDED: frozenset[EventType] = frozenset(
    ("attack", "air_strike", "shelling", "bombing", "chemical_attack", "killing", "abuse", "abduction", "destruction")
)
_GRAIN = ("exact", "near", "district", "province", "part_of_country", "water", "country", "region", None)
_NOT_YET: tuple[Happened, ...] = ("planned", "called_for", "possible")
_WIDE = 7  # days: a period longer than this is when something went on, not when this happened
SAME_PLACE_KM = 10.0  # between two points without a radius of their own: a town is that wide


def happened(tellings: Sequence[Telling]) -> Happened:
    """Whether it happened, as the claims put it: one that says so is enough, for what is denied stays in sight."""
    modalities = {telling.modality for telling in tellings}
    if "actual" in modalities:
        return "happened"
    votes = _votes((each, t.report) for t in tellings for each in _NOT_YET if each == t.modality)
    if not votes:
        return "denied"
    return min(votes, key=lambda each: (-votes[each], _NOT_YET.index(each)))


def events(tellings: Sequence[Telling]) -> tuple[EventType, ...]:
    """The types that the claims give it, the one that it is shown under first."""
    order = list(EVENTS)
    votes = _votes((t.event, t.report) for t in tellings)
    ranked = sorted(votes, key=lambda e: (e in GENERAL and len(votes) > 1, -votes[e], order.index(e)))
    specific = [each for each in ranked if each not in GENERAL]
    # One report in many that calls it otherwise does not name it.
    if specific and votes[specific[0]] * 2 <= max(votes.values()):
        ranked.sort(key=lambda e: (-votes[e], order.index(e)))
    return tuple(ranked)


def days(tellings: Sequence[Telling]) -> Telling | None:
    """The claim whose days most reports support: days of its own before the day of publication, narrow before wide."""
    dated = [t for t in tellings if t.dated] or [t for t in tellings if t.earliest or t.latest]
    if not dated:
        return None
    support = _votes(((t.earliest, t.latest), t.report) for t in dated)

    def rank(telling: Telling) -> tuple[bool, int, int, str]:
        first, last = telling.earliest, telling.latest
        width = (last - first).days if first and last else 9_999
        return width > _WIDE, -support[first, last], width, telling.key

    return min(dated, key=rank)


def speaking(tellings: Sequence[Telling]) -> tuple[Telling, ...]:
    """Of each report the claim that speaks for it on when and where: the one it is about, else its first.

    What else a report tells of the incident is told in passing: where the wounded were taken, who spoke where and when.
    """
    first: dict[str, Telling] = {}
    for telling in tellings:
        held = first.get(telling.report)
        if held is None or (not telling.lead, telling.position) < (not held.lead, held.position):
            first[telling.report] = telling
    return tuple(first.values())


def apart_in_time(one: Telling, other: Telling) -> bool:
    """Whether the days of two claims cannot both be right."""
    if not (one.dated and other.dated):
        return False
    far = (date.min, date.max)
    return (one.earliest or far[0]) > (other.latest or far[1]) or (other.earliest or far[0]) > (one.latest or far[1])


def best_spot(tellings: Sequence[Telling]) -> Spot | None:
    """The place that most reports agree on; of those that agree, the one known most exactly, told first."""
    spots = [(spot, t.report) for t in tellings for spot in t.spots if spot.role == "at"]
    spots = spots or [(spot, t.report) for t in tellings for spot in t.spots]
    if not spots:
        return None

    def rank(entry: tuple[int, tuple[Spot, str]]) -> tuple[int, int, int]:
        at, (spot, _) = entry
        support = len({report for other, report in spots if agree(spot, other)})
        return -support, grain(spot), at

    return min(enumerate(spots), key=rank)[1][0]


def grain(spot: Spot) -> int:
    """How coarsely a place is known: 0 is exact; what is not on the map comes behind a district."""
    return _GRAIN.index("district" if spot.precision is None and spot.lat is None else spot.precision)


def agree(one: Spot, other: Spot) -> bool:
    """Whether two places can be the same: within their radii, or by their name where one is not on the map."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return one.name.casefold() == other.name.casefold()
    room = max(SAME_PLACE_KM, (one.radius_km or 0.0) + (other.radius_km or 0.0))
    return distance_km(one.lat, one.lon, other.lat, other.lon) <= room


def all_spots(tellings: Iterable[Telling]) -> tuple[Spot, ...]:
    """Every place, each once, in the order of the claims."""
    made: dict[tuple[str, str, str | None], Spot] = {}
    for telling in tellings:
        for spot in telling.spots:
            made.setdefault((spot.name.casefold(), spot.role, spot.country), spot)
    return tuple(made.values())


def parties(tellings: Sequence[Telling], of: Callable[[Telling], tuple[Party, ...]]) -> tuple[Party, ...]:
    """The parties, each once under the name that most reports give it, those that most reports name first."""
    named = [(party, t.report) for t in tellings for party in of(t)]
    keys = keys_of(party for party, _ in named)
    votes = _votes((keys[party], report) for party, report in named)
    of_name = _votes((party, report) for party, report in named)
    seen: dict[str, list[Party]] = {}
    for party in of_name:
        seen.setdefault(keys[party], []).append(party)
    order = list(seen)

    def merit(party: Party) -> tuple[bool, int, int]:
        """A name of its own before "fighters", then the one that most reports give, then the longer one."""
        return not names_nobody(party.name), of_name[party], len(party.name)

    return tuple(max(seen[key], key=merit) for key in sorted(order, key=lambda key: (-votes[key], order.index(key))))


def party_key(party: Party) -> str:
    return party.actor_id or party.name.casefold()


def keys_of(parties: Iterable[Party]) -> dict[Party, str]:
    """The parties of one incident, each with what it is known by there: one key for all names of one.

    The register tells who is one under two names. Beside that a name is another's where it is contained in that one's
    alone ("the Observatory", "Berun Civilian Observatory"), and neither kind nor country speaks against it.
    """
    every = list(dict.fromkeys(parties))
    keys = {party: party_key(party) for party in every}
    whole = [party for party in every if party.kind is not None]
    made: dict[str, str] = {}
    for party in filter(_may_be_short, every):
        longer = {keys[other] for other in whole if keys[other] != keys[party] and _is_short_for(party, other)}
        if len(longer) == 1:
            made[keys[party]] = next(iter(longer))
    # A name that is short for one that is itself short for another is that one's.
    return {party: made.get(made.get(key, key), made.get(key, key)) for party, key in keys.items()}


def _may_be_short(party: Party) -> bool:
    """Never a name that says only what kind of people they are, nor that of an actor of the register, but for one that
    it knows only as its country's: "the army", whichever that is."""
    if party.actor_id is None:
        return not names_nobody(party.name)
    return party.country is not None and party.actor_id == f"{party.country.lower()}-{party.kind}"


def _is_short_for(party: Party, other: Party) -> bool:
    """Whether a name is a part of another one's, of the same kind and not of another country."""
    if party.kind not in (None, other.kind) or _is_elsewhere(party, other):
        return False
    if party.actor_id is not None and other.actor_id is None:
        return False
    return f" {_bare(party.name)} " in f" {_bare(other.name)} " and _bare(party.name) != _bare(other.name)


def _is_elsewhere(party: Party, other: Party) -> bool:
    return party.country is not None and other.country is not None and party.country != other.country


def _bare(name: str) -> str:
    return name.casefold().removeprefix("the ").removeprefix("a ").removeprefix("an ")


def _votes(pairs: Iterable[tuple[T, str]]) -> dict[T, int]:
    """How many reports stand behind each value."""
    reports: dict[T, set[str]] = {}
    for value, report in pairs:
        reports.setdefault(value, set()).add(report)
    return {value: len(held) for value, held in reports.items()}
