"""From claims that nothing ties to others to their incidents: put in groups, and each group told of.

A pure function of what it is given, so that worker processes can do it where there is much of it. Reports and claims go
by their numbers in the shelf (shelf.py).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
from msgspec import Struct

from dateline.codes import EventType
from dateline.incidents.account import Group, account
from dateline.incidents.groups import grouped
from dateline.incidents.match import Scored
from dateline.incidents.policies import Policy
from dateline.incidents.rulings import Rulings
from dateline.incidents.shelf import claim_number
from dateline.incidents.spots import is_pinned, point_of
from dateline.incidents.types import Brief, Copy, Telling
from dateline.processes import in_order

# States: they are claims like all others, but nothing that happened on a day.
NO_INCIDENT: frozenset[EventType] = frozenset(("territory_held", "strength", "need"))
_AHEAD = 2  # bundles under way for each worker: of some 10 MB


class Beside(Struct, frozen=True, kw_only=True):
    """What stands beside claims: copies among their reports, and by number the reports that were taken back, with the
    reason."""

    copies: Sequence[Copy]
    aside: Sequence[tuple[int, str]]


class Bundle(Struct, frozen=True, kw_only=True):
    """Claims, and all that their incidents are made of.

    `briefs` are as they are compared, by number; `pairs` those of the claims that were compared, with the probability
    that they are of one incident; `must` and `cannot` those that people put together or held apart.
    """

    claims: Sequence[int]
    briefs: Mapping[int, Brief]
    pairs: Sequence[tuple[int, int, float]]
    must: Sequence[tuple[int, int]]
    cannot: Sequence[tuple[int, int]]
    beside: Beside


class Made(Struct, frozen=True, kw_only=True):
    """An incident as the shelf keeps it: by what it is looked for, and all of it as JSON; and the claims it holds."""

    id: str
    happened: str
    event: str
    status: str
    first_day: str | None
    last_day: str | None
    origins: int
    lat: float | None
    lon: float | None
    body: bytes
    claims: Sequence[int]


class Sides:
    """What stands beside the claims of some reports, as it is asked for group by group."""

    def __init__(self, briefs: Mapping[int, Brief], beside: Beside) -> None:
        self._briefs = {brief.id: brief for brief in briefs.values()}
        self._copies: dict[str, list[Copy]] = {}
        # In an order of their own: numbers depend on what came in first.
        for copy in sorted(beside.copies, key=lambda copy: (copy.original, copy.copy)):
            self._copies.setdefault(copy.copy, []).append(copy)
        self._aside: dict[str, str] = {}
        for number, why in beside.aside:
            held = self._aside.get(briefs[number].id)
            self._aside[briefs[number].id] = why if held is None else min(held, why)

    def is_aside(self, telling: Telling, ruled: Rulings) -> bool:
        return telling.key in ruled.rejected or telling.report in self._aside

    def group(self, members: tuple[Telling, ...]) -> Group:
        ids = dict.fromkeys(t.report for t in members)
        return Group(
            tellings=members,
            briefs={id: self._briefs[id] for id in ids},
            copies=tuple(copy for id in ids for copy in self._copies.get(id, ()) if copy.original in ids),
            aside={id: self._aside[id] for id in ids if id in self._aside},
        )


def made_of(bundles: Iterable[Bundle], ruled: Rulings, policy: Policy, workers: int = 1) -> Iterator[list[Made]]:
    """The incidents of each bundle, in order; on several processes where there are more workers than one."""
    if workers == 1:
        yield from (incidents_of(bundle, ruled, policy) for bundle in bundles)
        return
    pieces = (_Piece(msgspec.msgpack.encode(bundle), ruled, policy) for bundle in bundles)
    yield from map(_MADE.decode, in_order(_of_piece, pieces, workers, ahead=_AHEAD))


def incidents_of(bundle: Bundle, ruled: Rulings, policy: Policy) -> list[Made]:
    """The incidents of some claims that nothing ties to others, in the order of their first claims."""
    claims = set(bundle.claims)
    tellings = {
        number: telling
        for report, brief in bundle.briefs.items()
        for telling in brief.tellings
        if telling.event not in NO_INCIDENT and (number := claim_number(report, telling.position)) in claims
    }
    number_of = {telling.key: number for number, telling in tellings.items()}
    key_of = {number: telling.key for number, telling in tellings.items()}
    sides = Sides(bundle.briefs, bundle.beside)

    def keys(pairs: Iterable[tuple[int, int]]) -> list[tuple[str, str]]:
        return [(key_of[a], key_of[b]) for a, b in pairs if a in key_of and b in key_of]

    compared = ((key_of[a], key_of[b], sure) for a, b, sure in bundle.pairs if a in key_of and b in key_of)
    groups = grouped(
        tellings.values(),
        [Scored(min(a, b), max(a, b), sure) for a, b, sure in compared],
        {brief.id: brief.known for brief in bundle.briefs.values()},
        must=keys(bundle.must),
        cannot=keys(bundle.cannot),
        aside={telling.key for telling in tellings.values() if sides.is_aside(telling, ruled)},
    )
    made = []
    for group in groups:
        members = tuple(tellings[number_of[key]] for key in group)
        incident = account(sides.group(members), ruled, policy)
        first, last = incident.earliest, incident.latest
        lon, lat = (point_of(incident.place) if is_pinned(incident.place) else None) or (None, None)
        made.append(
            Made(
                id=incident.id,
                happened=incident.happened,
                event=incident.event,
                status=incident.status,
                first_day=first.isoformat() if first else None,
                last_day=last.isoformat() if last else None,
                origins=len(incident.origins),
                lat=lat,
                lon=lon,
                body=msgspec.json.encode(incident),
                claims=[number_of[key] for key in incident.claims],
            )
        )
    return made


class _Piece(NamedTuple):
    """A bundle as it goes to a worker."""

    bundle: bytes
    ruled: Rulings
    policy: Policy


def _of_piece(piece: _Piece) -> bytes:
    return msgspec.msgpack.encode(incidents_of(_BUNDLE.decode(piece.bundle), piece.ruled, piece.policy))


_BUNDLE = msgspec.msgpack.Decoder(Bundle)
_MADE = msgspec.msgpack.Decoder(list[Made])
