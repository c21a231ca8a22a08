"""The incidents of a ledger: brought up to date with it, looked up, and as they were known on a day."""

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, Self, get_args

import msgspec
from msgspec import Struct
from sqlalchemy import Connection

from dateline.codes import EventType, Measure
from dateline.errors import InputError, LedgerError
from dateline.incidents.briefs import briefs
from dateline.incidents.links import linked, pairs_within
from dateline.incidents.match import compare
from dateline.incidents.policies import Policy
from dateline.incidents.reconcile import AT_A_TIME, Changed, Progress, Reconciler
from dateline.incidents.rulings import rulings
from dateline.incidents.sheet import Claimed
from dateline.incidents.shelf import BRIEF, SCHEMA, Shelf, claim_number, in_parts
from dateline.incidents.types import Brief, Happened, Incident, Match, Party, Status
from dateline.ledger import Ledger, ReadReport, StoredDecision
from dateline.ledger.words import fold, phrase
from dateline.processes import cores, in_order
from dateline.version import VERSION
from dateline.world.labels import read_label
from dateline.world.own_actors import own_hashes

# Tables that the incidents hang on, beside the code itself.
_TABLES = ("match_weights", "word_rarity", "actors")


class IncidentQuery(Struct, frozen=True, kw_only=True):
    """Which incidents to show; every field that is set must hold. Names match whole words, as in a ClaimQuery.

    `since` and `until` keep an incident whose days overlap them. Without `happened` and `status` only what happened is
    shown, and nothing that was set aside.
    """

    event: EventType | None = None
    place: str | None = None
    country: str | None = None
    actor: str | None = None
    target: str | None = None
    source: str | None = None
    since: date | None = None
    until: date | None = None
    happened: Happened | None = None
    status: Status | None = None
    measure: Measure | None = None
    origins: int | None = None
    contradicted: bool = False
    every: bool = False
    limit: int | None = None

    def __post_init__(self) -> None:
        lists = ((self.event, EventType), (self.happened, Happened), (self.status, Status), (self.measure, Measure))
        for value, known in lists:
            if value is not None and value not in get_args(known):
                raise InputError(f"{value!r} is none of {', '.join(get_args(known))}")


class Book:
    """The incidents of one ledger by one policy. Use it in a `with`, or close it.

    Args:
        ledger: an open ledger.
        policy: the rule by which figures are chosen.
        as_of: only what was known by that day: reports published by then (or, without a date, taken in), and decisions
            that held by then. Worked out in memory.
        workers: processes that make briefs of many reports; 0 is one a core, 1 none beside this one.
        told: called with what is being done, and how much of it is done.
    """

    def __init__(
        self,
        ledger: Ledger,
        policy: Policy,
        *,
        as_of: date | None = None,
        workers: int = 1,
        told: Progress = lambda what, done: None,
    ) -> None:
        self.ledger = ledger
        self.policy = policy
        self.as_of = as_of
        self._workers = workers or cores()
        self._told = told
        self._shelf = _shelf(ledger.path, as_of)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._shelf.close()

    # --- bringing up to date ---

    def catch_up(self) -> Changed:
        """Take in what came into the ledger since; a shelf made by other rules is emptied first.

        The same whenever and however often it is done: incidents depend on what the ledger holds, not on when. All of
        it is one transaction: the ledger is looked at when no other program can be half done with what it saw before,
        and whoever reads meanwhile sees what was there.
        """
        if self._is_up_to_date():
            return Changed()
        return self._take_in()

    def _take_in(self) -> Changed:
        with self._shelf.writing() as connection:
            self._shelf.begin(connection, **self._rules())
            last = connection.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM reports").scalar_one()
            reconciler = Reconciler(self._shelf, self.policy, self._told, workers=self._workers)
            return reconciler.take_in(self._arriving(last), self.decisions())

    def _is_up_to_date(self) -> bool:
        """Whether there is nothing to take in: then nobody who only looks has to wait for one who writes."""
        with self._shelf.reading() as connection:
            kept = {row[0]: row[1] for row in connection.exec_driver_sql("SELECT name, value FROM meta")}
            pending = connection.exec_driver_sql("SELECT 1 FROM pending LIMIT 1").first()
            obeyed = {row[0] for row in connection.exec_driver_sql("SELECT id FROM obeyed")}
            last = connection.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM reports").scalar_one()
        if self.as_of is not None or pending or kept != self._rules():
            return False
        return obeyed >= {each.id for each in self.decisions()} and not self.ledger.reading_places(last)

    def _rules(self) -> dict[str, str]:
        """By what the incidents are made, as the shelf keeps it."""
        return {"made_by": _made_by(), "policy": msgspec.json.encode(self.policy).decode()}

    def rebuild(self) -> Changed:
        """Make every incident again from nothing."""
        with self._shelf.writing() as connection:
            self._shelf.empty(connection)
            return self._take_in()

    def decisions(self) -> list[StoredDecision]:
        """The decisions that had been taken by the day that is asked for, in their order."""
        until = self.as_of.isoformat() if self.as_of else None
        return [each for each in self.ledger.decisions() if until is None or each.decision.on[:10] <= until]

    def _arriving(self, after: int) -> Iterator[tuple[int, Brief]]:
        if self.as_of is None:
            return briefs_of(self.ledger, after, self._workers)
        with Book(self.ledger, self.policy, workers=self._workers, told=self._told) as whole:
            # Briefs are the same by every policy: to ask for them by another one must not make all accounts anew.
            whole.policy = whole._kept_policy() or self.policy
            whole.catch_up()
            known = whole._known_by(self.as_of)
        return iter(known)

    def _kept_policy(self) -> Policy | None:
        """The policy by which the shelf's incidents were made last; None where it holds none yet."""
        with self._shelf.reading() as connection:
            kept = connection.exec_driver_sql("SELECT value FROM meta WHERE name = 'policy'").scalar()
        try:
            return msgspec.json.decode(kept, type=Policy) if kept else None
        except msgspec.ValidationError:  # another version's, whose shelf is made anew in any case
            return None

    def _known_by(self, day: date) -> list[tuple[int, Brief]]:
        """The briefs of what was known by a day, with their places in the ledger."""
        with self._shelf.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT seq, body FROM reports WHERE known <= ? ORDER BY seq", (day.isoformat(),)
            )
            return [(seq, BRIEF.decode(body)) for seq, body in rows]

    # --- looking ---

    def find(self, query: IncidentQuery | None = None) -> list[Incident]:
        """The incidents that fit, latest first; of one day in the order of their ids."""
        wanted = query or IncidentQuery()
        with self._shelf.reading() as connection:
            rows = connection.exec_driver_sql(*_selected(wanted))
            found = [each for (body,) in rows if fits(each := _INCIDENT.decode(body), wanted)]
            return linked(connection, self._shelf, found[: wanted.limit], rulings(self.decisions()))

    def incident(self, id: str) -> Incident:
        """The one incident whose id begins so, or which holds the claim whose key or id begins so.

        Raises:
            LedgerError: there is none, or more than one.
        """
        wanted = id.strip()
        with self._shelf.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT body FROM incidents WHERE id >= ? AND id < ? ORDER BY id LIMIT 6", (wanted, wanted + "~")
            ).all()
            if not rows and wanted:
                rows = self._holding(connection, wanted)
            found = [_INCIDENT.decode(row[0]) for row in rows] if wanted else []
            if len(found) == 1:
                return linked(connection, self._shelf, found, rulings(self.decisions()))[0]
        if not found:
            raise LedgerError(f"{self.ledger.path}: no incident {id!r}; `dateline incidents` lists them with their ids")
        ids = ", ".join(each.id[:12] for each in found)
        raise LedgerError(f"{self.ledger.path}: more than one incident begins with {id!r}; give more of it: {ids}")

    def _holding(self, connection: Connection, key: str) -> list[Any]:
        """The incidents that hold the claim which `Ledger.claim` finds under that key."""
        try:
            stored = self.ledger.claim(key)
        except LedgerError as error:
            said = str(error).removeprefix(f"{self.ledger.path}: ")
            raise LedgerError(f"{self.ledger.path}: no incident {key!r}, and {said}") from error
        rows = connection.exec_driver_sql("SELECT number, body FROM reports WHERE id = ?", (stored.report_id,))
        for number, body in rows.all():
            for telling in msgspec.json.decode(body, type=Brief).tellings:
                if telling.key == stored.key:
                    return list(connection.exec_driver_sql(_OF_CLAIM, (claim_number(number, telling.position),)))
        return []

    def claimed(self, keys: Iterable[str]) -> dict[str, Claimed]:
        """Claims with their reports as they were compared, by key."""
        with self._shelf.reading() as connection:
            reconciler = Reconciler(self._shelf, self.policy)
            return reconciler.claimed(connection, keys, rulings(self.decisions()))

    def matches(self, incident: Incident) -> list[Match]:
        """The pairs of claims that hold an incident together, the surest first, each with its features."""
        claims = self.claimed(incident.claims)
        with self._shelf.reading() as connection:
            pairs = pairs_within(connection, self._shelf, incident)
        made = [compare(claims[a], claims[b]) for a, b in pairs]
        return sorted(made, key=lambda match: (-match.probability, match.a, match.b))

    def by(self, policy: Policy) -> list[Incident]:
        """All incidents with their figures chosen by another policy; nothing else of them differs."""
        with self._shelf.reading() as connection:
            return Reconciler(self._shelf, policy).accounts(connection, rulings(self.decisions()))


def briefs_of(ledger: Ledger, after: int = 0, workers: int = 1) -> Iterator[tuple[int, Brief]]:
    """The briefs of the readings behind a place of the ledger, in their order, with their places; of many, on several
    processes, each of which reads its own part of the ledger."""
    places = ledger.reading_places(after)
    if workers == 1 or len(places) <= _FEW:
        for part in in_parts(ledger.readings(after), _IN_A_PIECE):
            yield from _briefs(part)
        return
    pieces = (_Piece(str(ledger.path), part[0] - 1, part[-1]) for part in in_parts(places, _IN_A_PIECE))
    for made in in_order(_briefs_of_piece, pieces, workers, ahead=_AHEAD):
        yield from ((seq, BRIEF.decode(body)) for seq, body in made)


def _briefs(readings: Sequence[ReadReport]) -> Iterator[tuple[int, Brief]]:
    """A report without a date is known from the day on which it came in."""
    of = [(each.record, each.report_id, date.fromisoformat(each.added_at[:10])) for each in readings]
    return zip((each.seq for each in readings), briefs(of), strict=True)


_FEW = 200  # readings: fewer are not worth starting processes for
_IN_A_PIECE = 32
# Pieces under way for each worker: while briefs are compared none is asked for, and nobody should wait.
_AHEAD = AT_A_TIME // _IN_A_PIECE


class _Piece(NamedTuple):
    """Readings behind `after`, up to `until`, of the ledger at a path."""

    path: str
    after: int
    until: int


def _briefs_of_piece(piece: _Piece) -> list[tuple[int, bytes]]:
    """What a worker does; JSON goes between processes faster than the values themselves."""
    readings = list(_ledger(piece.path).readings(piece.after, piece.until))
    return [(seq, msgspec.json.encode(made)) for seq, made in _briefs(readings)]


@lru_cache(maxsize=1)
def _ledger(path: str) -> Ledger:
    """A worker's own, open as long as it runs."""
    return Ledger(path, create=False)


def fits(incident: Incident, query: IncidentQuery) -> bool:
    """Whether an incident is one that a query asks for."""
    plainly = incident.happened == "happened" and incident.status != "set_aside"
    if not (plainly or query.every or query.happened or query.status):
        return False
    tests = (
        not query.place or _named(query.place, (n for s in incident.places for n in (s.name, s.written))),
        not query.country or any(spot.country == query.country.strip().upper() for spot in incident.places),
        not query.actor or _party(query.actor, incident.actors),
        not query.target or _party(query.target, incident.targets),
        not query.source or _named(query.source, (*incident.asserted_by, *incident.denied_by, *_outlets(incident))),
        not query.measure or any(each.measure == query.measure for each in incident.figures),
        not query.contradicted or bool(incident.contradictions),
        query.origins is None or len(incident.origins) >= query.origins,
    )
    return all(tests)


def _outlets(incident: Incident) -> tuple[str, ...]:
    return tuple(origin.name for origin in incident.origins)


def _party(wanted: str, parties: Sequence[Party]) -> bool:
    return any(party.actor_id == wanted for party in parties) or _named(wanted, (party.name for party in parties))


def _named(wanted: str, names: Iterable[str]) -> bool:
    words = phrase(wanted)
    return bool(words.strip()) and words in fold(*names)


_INCIDENT = msgspec.json.Decoder(Incident)
_OF_CLAIM = "SELECT body FROM incidents WHERE id IN (SELECT incident FROM claims WHERE claim = ?)"


def _selected(query: IncidentQuery) -> tuple[str, tuple[object, ...]]:
    """The incidents that can fit, latest first, as SQL with its values; `fits` has the last word."""
    tests: list[tuple[str, object]] = []
    for column, value in (("event", query.event), ("happened", query.happened), ("status", query.status)):
        if value:
            tests.append((f"{column} = ?", value))
    if query.since:
        tests.append(("last_day >= ?", query.since.isoformat()))
    if query.until:
        tests.append(("first_day <= ?", query.until.isoformat()))
    where = f"WHERE {' AND '.join(test for test, _ in tests)} " if tests else ""
    sql = f"SELECT body FROM incidents {where}ORDER BY last_day IS NULL, last_day DESC, first_day DESC, id"
    return sql, tuple(value for _, value in tests)


def _shelf(ledger: Path, as_of: date | None) -> Shelf:
    """The shelf beside the ledger; where it may not be written, a copy of it in memory, so that looking still works."""
    if as_of is not None:
        return Shelf()
    path = ledger.with_name(ledger.name + ".incidents")
    there = path if path.exists() else path.parent
    may_write = os.access(path.parent, os.W_OK) and os.access(there, os.W_OK)
    return Shelf(path) if may_write else Shelf(like=path)


def _made_by() -> str:
    """What the incidents were made by: with another version, other tables or actors of your own they are made anew."""
    tables = [read_label(name).sha256 for name in _TABLES]
    own = [f"{name} {digest}" for name, digest in sorted(own_hashes().items())]
    return sha256("\x1f".join((VERSION, str(SCHEMA), *tables, *own)).encode()).hexdigest()
