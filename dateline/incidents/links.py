"""How incidents hang together: what may be the same one, and what came of what was planned, demanded or feared.

Made when incidents are looked at, from the pairs of their claims: a pair that is not sure enough to join two incidents
is a suggestion; one between something expected and something that happened tells that it came true.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from dateline.incidents.fields import agree
from dateline.incidents.match import MAYBE, SAME
from dateline.incidents.rulings import Rulings
from dateline.incidents.shelf import CLAIMS, Shelf, in_parts, report_number
from dateline.incidents.types import Happened, Incident, Spot, Suggestion

_NOTED = 0.5  # probability that is shown where a person said that two may be the same
_LATE = timedelta(days=7)  # after the day it was to be: what comes later is another matter
_TRIED = 4  # times as many others as are wanted: some came of what was spoken of, or were said to be different
_MANY = 500  # incidents: for more than these, all pairs are read in one go
_REAL: frozenset[Happened] = frozenset(("happened", "denied"))


class _Pair(Struct, frozen=True):
    """The surest pair of claims between two incidents."""

    mine: int
    theirs: int
    probability: float


class _Outline(Struct, frozen=True):
    """As much of an incident as its links need."""

    happened: Happened
    earliest: date | None
    latest: date | None
    first_known: date | None
    place: Spot | None = None


def linked(connection: Connection, shelf: Shelf, incidents: Sequence[Incident], ruled: Rulings) -> list[Incident]:
    """The incidents with their suggestions and with what they foretold or what foretold them."""
    ids = {each.id for each in incidents}
    pairs = _pairs(connection, ids)
    _note(connection, shelf, pairs, ids, ruled)
    outlines = _outlines(connection, {other for others in pairs.values() for other in others})
    numbers = {n for others in pairs.values() for pair in others.values() for n in (pair.mine, pair.theirs)}
    keys = _keys(connection, shelf, numbers)
    return [_linked(each, pairs.get(each.id, {}), outlines, keys, ruled) for each in incidents]


def suggested(
    connection: Connection, shelf: Shelf, incidents: Sequence[Incident], ruled: Rulings, most: int
) -> dict[str, tuple[Suggestion, ...]]:
    """Of each incident, by its id, the `most` others that are surest to be the same one: all that a list has room for,
    at less cost than `linked`."""
    ids = {each.id for each in incidents}
    pairs = {
        id: {
            other: _Pair(mine, theirs, probability)
            for other, mine, theirs, probability in connection.exec_driver_sql(_SUREST, (id, id, id, _TRIED * most))
        }
        for id in ids
    }
    _note(connection, shelf, pairs, ids, ruled)
    outlines = _outlines(connection, {other for others in pairs.values() for other in others})
    numbers = {n for others in pairs.values() for pair in others.values() for n in (pair.mine, pair.theirs)}
    keys = _keys(connection, shelf, numbers)
    return {each.id: _linked(each, pairs[each.id], outlines, keys, ruled).suggestions[:most] for each in incidents}


def pairs_within(connection: Connection, shelf: Shelf, incident: Incident) -> list[tuple[str, str]]:
    """The pairs of an incident's claims that were compared and found alike, by their keys."""
    rows = connection.exec_driver_sql(_WITHIN, (incident.id, incident.id)).all()
    keys = _keys(connection, shelf, {number for row in rows for number in row})
    return [(keys[a], keys[b]) for a, b in rows]


def _linked(
    incident: Incident,
    others: dict[str, _Pair],
    outlines: dict[str, _Outline],
    keys: dict[int, str],
    ruled: Rulings,
) -> Incident:
    suggestions: list[Suggestion] = []
    came_true: list[tuple[float, str]] = []
    foretold: list[tuple[float, str]] = []
    real = incident.happened in _REAL
    mine = _Outline(incident.happened, incident.earliest, incident.latest, incident.first_known, incident.place)
    for other, pair in others.items():
        theirs = outlines[other]
        claims = (keys[pair.mine], keys[pair.theirs])
        if (theirs.happened in _REAL) == real:
            if (min(claims), max(claims)) not in ruled.cannot:
                suggestions.append(Suggestion(incident=other, probability=pair.probability, claims=claims))
        elif pair.probability >= SAME and _came_of(*((mine, theirs) if real else (theirs, mine))):
            (foretold if real else came_true).append((-pair.probability, other))
    return replace(
        incident,
        suggestions=tuple(sorted(suggestions, key=lambda each: (-each.probability, each.incident))),
        came_true=min(came_true)[1] if came_true else None,
        foretold_by=tuple(sorted(other for _, other in foretold)),
    )


def _came_of(act: _Outline, word: _Outline) -> bool:
    """Whether what happened can be what was spoken of: not over before anybody spoke of it, where it was to be, and
    about when."""
    if act.happened != "happened" or (act.latest or date.max) < (word.first_known or date.min):
        return False
    if act.place is not None and word.place is not None and not agree(act.place, word.place):
        return False
    late = (act.earliest - word.latest) if act.earliest and word.latest else timedelta(0)
    return late <= _LATE


def _pairs(connection: Connection, ids: set[str]) -> dict[str, dict[str, _Pair]]:
    """Of each incident the surest pair with each other one."""
    found: dict[str, dict[str, _Pair]] = {}
    rows: Iterable[tuple[str, str, int, int, float]]
    if len(ids) > _MANY:
        every = connection.exec_driver_sql(_BETWEEN_ALL.format(least=MAYBE))
        rows = (row for one, other, a, b, p in every for row in ((one, other, a, b, p), (other, one, b, a, p)))
    else:
        rows = (
            (id, *row)
            for id in sorted(ids)
            for row in connection.exec_driver_sql(_BETWEEN_ONE.format(least=MAYBE), (id, id))
        )
    for one, other, mine, theirs, probability in rows:
        if one in ids and one != other:
            held = found.setdefault(one, {}).get(other)
            if held is None or probability > held.probability:
                found[one][other] = _Pair(mine, theirs, probability)
    return found


def _note(
    connection: Connection, shelf: Shelf, pairs: dict[str, dict[str, _Pair]], ids: set[str], ruled: Rulings
) -> None:
    """Add what a person noted as maybe the same."""
    numbers = shelf.numbers_of(connection, {key for pair in ruled.maybe for key in pair})
    for a, b in sorted(ruled.maybe):
        for one, other in ((a, b), (b, a)):
            if one in numbers and other in numbers:
                mine, theirs = (_owner(connection, numbers[key]) for key in (one, other))
                if mine in ids and theirs and mine != theirs:
                    pair = _Pair(numbers[one], numbers[other], _NOTED)
                    pairs.setdefault(mine, {}).setdefault(theirs, pair)


def _owner(connection: Connection, claim: int) -> str:
    return connection.exec_driver_sql("SELECT incident FROM claims WHERE claim = ?", (claim,)).scalar() or ""


def _outlines(connection: Connection, ids: set[str]) -> dict[str, _Outline]:
    found: dict[str, _Outline] = {}
    for part in in_parts(sorted(ids), 500):
        marks = ",".join("?" * len(part))
        for id, body in connection.exec_driver_sql(
            f"SELECT id, body FROM incidents WHERE id IN ({marks})", tuple(part)
        ):
            found[id] = msgspec.json.decode(body, type=_Outline)
    return found


def _keys(connection: Connection, shelf: Shelf, numbers: Iterable[int]) -> dict[int, str]:
    wanted = sorted(numbers)
    made: dict[int, str] = {}
    for part in in_parts(wanted, 20_000):
        briefs = shelf.briefs(connection, {report_number(number) for number in part})
        made.update({number: briefs[report_number(number)].tellings[number % CLAIMS].key for number in part})
    return made


_WITHIN = """
    SELECT a, b FROM claims AS one CROSS JOIN matches ON a = one.claim JOIN claims AS other ON other.claim = b
    WHERE one.incident = ? AND other.incident = ? ORDER BY a, b
"""
_BETWEEN_ONE = """
    SELECT other.incident, a, b, probability
    FROM claims AS one CROSS JOIN matches ON a = one.claim CROSS JOIN claims AS other ON other.claim = b
    WHERE one.incident = ? AND probability >= {least}
    UNION ALL
    SELECT other.incident, b, a, probability
    FROM claims AS one CROSS JOIN matches ON b = one.claim CROSS JOIN claims AS other ON other.claim = a
    WHERE one.incident = ? AND probability >= {least}
"""
# The pair of `max` is what SQLite gives for the other columns of its row.
_SUREST = f"""
    SELECT other, mine, theirs, max(probability) FROM (
        SELECT other.incident AS other, a AS mine, b AS theirs, probability
        FROM claims AS one CROSS JOIN matches ON a = one.claim CROSS JOIN claims AS other ON other.claim = b
        WHERE one.incident = ? AND probability >= {MAYBE}
        UNION ALL
        SELECT other.incident, b, a, probability
        FROM claims AS one CROSS JOIN matches ON b = one.claim CROSS JOIN claims AS other ON other.claim = a
        WHERE one.incident = ? AND probability >= {MAYBE}
    ) WHERE other <> ? GROUP BY other ORDER BY max(probability) DESC, other LIMIT ?
"""
_BETWEEN_ALL = """
    SELECT one.incident, other.incident, a, b, probability
    FROM matches CROSS JOIN claims AS one ON one.claim = a CROSS JOIN claims AS other ON other.claim = b
    WHERE probability >= {least}
"""
