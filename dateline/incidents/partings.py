"""Claims that are of two incidents however alike they are, by what they say: never put together, by no third claim.

Only claims that hang together (`cluster.components`) are looked at: the others cannot come together anyway.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, product

from dateline.codes import EventType
from dateline.incidents.cluster import Pair
from dateline.incidents.leading import VIOLENT
from dateline.incidents.types import Spot, Telling
from dateline.reading.patterns import word_set
from dateline.world.geometry import distance_km

_TAKING: frozenset[EventType] = frozenset(("abduction", "detention"))
_RELEASING = word_set("release releases released releasing free freed frees freeing liberated liberates liberation")
_ONE_PLACE_KM = 3.0
_SMALL_KM = 5.0  # a city or county, with a larger radius, is no place apart from those about it
_FREE = ("let go", "set free", "go free", "went free", "walk free", "walked free", "handed back", "handed over")


def apart(
    tellings: Mapping[str, Telling], components: Iterable[Sequence[str]], known: Mapping[str, date]
) -> Iterator[Pair]:
    """The pairs that are of two incidents, among claims that hang together.

    Args:
        known: the day on which each report was known.
    """
    for keys in components:
        members = [tellings[key] for key in keys]
        yield from _news_of_two_days(members, known)
        yield from _end_and_beginning(members)
        yield from _of_a_round_up(members)


def _news_of_two_days(members: Sequence[Telling], known: Mapping[str, date]) -> Iterator[Pair]:
    """Claims that two reports are about, each of the very day on which it was told: what either report mentions of the
    other's incident must not put them together."""
    days = {t.key: day for t in members if t.lead and (day := _one_day(t)) is not None and day == known[t.report]}
    yield from ((one, other) for one, other in combinations(days, 2) if days[one] != days[other])


def _one_day(telling: Telling) -> date | None:
    return telling.earliest if telling.dated and telling.earliest == telling.latest else None


def _end_and_beginning(members: Sequence[Telling]) -> Iterator[Pair]:
    """A release, and the taking of those whom it frees."""
    held = [t for t in members if t.event in _TAKING]
    freed = [t for t in held if _is_release(t)]
    yield from ((t.key, other.key) for t, other in product(freed, held) if not _is_release(other))


def _is_release(telling: Telling) -> bool:
    said = telling.trigger.casefold()
    return bool(_RELEASING.intersection(said.split())) or any(words in said for words in _FREE)


def _of_a_round_up(members: Sequence[Telling]) -> Iterator[Pair]:
    """Claims of violence in one report, of the same days, each at a place of its own out of reach of the other's and
    with its own count of the killed: "five in Istrel, seven in Norvach".

    Without days of their own places are misread too often, and some count again for a part what others count for all.
    """
    by_report: dict[str, list[Telling]] = {}
    for telling in members:
        if telling.dated and telling.event in VIOLENT and any(count.measure == "killed" for count in telling.counts):
            by_report.setdefault(telling.report, []).append(telling)
    for own in by_report.values():
        yield from ((a.key, b.key) for a, b in combinations(own, 2) if apart_in_a_round_up(a, b))


def apart_in_a_round_up(one: Telling, other: Telling) -> bool:
    """Whether two claims of one report, each with a count of its own, are of the same days and of two small places."""
    if not (one.dated and other.dated) or (one.earliest, one.latest) != (other.earliest, other.latest):
        return False
    mine, others = _small(one), _small(other)
    return bool(mine and others) and all(_out_of_reach(a, b) for a, b in product(mine, others))


def _out_of_reach(one: Spot, other: Spot) -> bool:
    """Whether neither place lies within the other's radius. One writer names two places of one neighbourhood where two
    writers may name one, so nearer than `fields.agree` has it is still apart."""
    assert one.lat is not None
    assert one.lon is not None
    assert other.lat is not None
    assert other.lon is not None
    room = max(_ONE_PLACE_KM, one.radius_km or 0.0, other.radius_km or 0.0)
    return distance_km(one.lat, one.lon, other.lat, other.lon) > room


def _small(telling: Telling) -> list[Spot]:
    return [
        spot
        for spot in telling.spots
        if spot.role == "at" and None not in (spot.lat, spot.lon) and (spot.radius_km or 0.0) <= _SMALL_KM
    ]
