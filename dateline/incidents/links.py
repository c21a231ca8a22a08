"""How incidents hang together: what may be the same one, and what came of what was planned, demanded or feared.

Made when an incident is looked at, from the pairs of its claims: a pair that is not sure enough to join two incidents
is a suggestion; one between something expected and something that happened tells that it came true.
"""

from collections.abc import Iterable
from datetime import date

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from dateline.incidents.match import MAYBE, SAME
from dateline.incidents.rulings import Rulings
from dateline.incidents.shelf import CLAIMS, Shelf, load_numbers, report_number
from dateline.incidents.types import Incident, Suggestion

_DECIDED = 0.5  # probability that is shown where a person said that two may be the same


def linked(connection: Connection, shelf: Shelf, incident: Incident, ruled: Rulings) -> Incident:
    """The incident with its suggestions and with what it foretold or what foretold it."""
    others = _others(connection, shelf, incident, ruled)
    real = incident.happened in ("happened", "denied")
    suggestions, came_true, foretold = [], [], []
    for other, (probability, mine, theirs) in others.items():
        body = connection.exec_driver_sql("SELECT body FROM incidents WHERE id = ?", (other,)).scalar_one()
        found = msgspec.json.decode(body, type=Incident)
        if (found.happened in ("happened", "denied")) == real:
            suggestions.append(Suggestion(incident=other, probability=probability, claims=(mine, theirs)))
        elif probability >= SAME and not real and found.happened == "happened" and _not_before(found, incident):
            came_true.append((probability, other))
        elif probability >= SAME and real and incident.happened == "happened" and _not_before(incident, found):
            foretold.append(other)
    suggestions.sort(key=lambda each: (-each.probability, each.incident))
    return replace(
        incident,
        suggestions=tuple(suggestions),
        came_true=min(came_true, key=lambda each: (-each[0], each[1]))[1] if came_true else None,
        foretold_by=tuple(sorted(foretold)),
    )


def pairs_within(connection: Connection, shelf: Shelf, incident: Incident) -> list[tuple[str, str]]:
    """The pairs of an incident's claims that were compared and found alike."""
    numbers = _numbers(connection, shelf, incident.claims)
    key_of = {number: key for key, number in numbers.items()}
    load_numbers(connection, "mine", key_of)
    rows = connection.exec_driver_sql(
        "SELECT a, b FROM matches WHERE a IN (SELECT number FROM mine) AND b IN (SELECT number FROM mine)"
    )
    return [(key_of[a], key_of[b]) for a, b in rows]


def _others(
    connection: Connection, shelf: Shelf, incident: Incident, ruled: Rulings
) -> dict[str, tuple[float, str, str]]:
    """Other incidents with claims like this one's: the surest pair of each. What people held apart is not offered."""
    numbers = _numbers(connection, shelf, incident.claims)
    load_numbers(connection, "mine", numbers.values())
    rows = list(connection.exec_driver_sql(_LIKE_MINE.format(least=MAYBE)))
    key_of = {number: key for key, number in numbers.items()}
    key_of |= _keys(connection, shelf, [theirs for _, theirs, _, _ in rows])
    pairs = [(p, key_of[mine], key_of[theirs], other) for mine, theirs, p, other in rows]
    pairs += _maybe(connection, shelf, incident, ruled)
    best: dict[str, tuple[float, str, str]] = {}
    for probability, mine, theirs, other in sorted(pairs, key=lambda row: (-row[0], row[1], row[2])):
        apart = (min(mine, theirs), max(mine, theirs)) in ruled.cannot
        if other != incident.id and not apart:
            best.setdefault(other, (probability, mine, theirs))
    return best


def _maybe(
    connection: Connection, shelf: Shelf, incident: Incident, ruled: Rulings
) -> list[tuple[float, str, str, str]]:
    """What a person noted as maybe the same."""
    mine = set(incident.claims)
    noted = [(a, b) if a in mine else (b, a) for a, b in ruled.maybe if (a in mine) != (b in mine)]
    numbers = _numbers(connection, shelf, [theirs for _, theirs in noted])
    found = []
    for ours, theirs in noted:
        row = connection.exec_driver_sql("SELECT incident FROM claims WHERE claim = ?", (numbers.get(theirs, -1),))
        found += [(_DECIDED, ours, theirs, other) for (other,) in row]
    return found


def _not_before(one: Incident, other: Incident) -> bool:
    """Whether an incident can be what came of another: it did not end before that was first spoken of."""
    last = one.latest or date.max
    return last >= (other.first_known or date.min)


def _numbers(connection: Connection, shelf: Shelf, keys: Iterable[str]) -> dict[str, int]:
    by_report: dict[str, set[str]] = {}
    for key in keys:
        by_report.setdefault(key.partition("/")[0], set()).add(key)
    found: dict[str, int] = {}
    for id, wanted in by_report.items():
        number = connection.exec_driver_sql("SELECT number FROM reports WHERE id = ?", (id,)).scalar()
        if number is not None:
            for telling in shelf.brief(connection, number).tellings:
                if telling.key in wanted:
                    found[telling.key] = number * CLAIMS + telling.position
    return found


def _keys(connection: Connection, shelf: Shelf, numbers: Iterable[int]) -> dict[int, str]:
    wanted = list(numbers)
    briefs = shelf.briefs(connection, {report_number(number) for number in wanted})
    return {number: briefs[report_number(number)].tellings[number % CLAIMS].key for number in wanted}


_LIKE_MINE = """
    SELECT number, b, probability, incident FROM mine JOIN matches ON a = number JOIN claims ON claim = b
    WHERE probability >= {least} AND b NOT IN (SELECT number FROM mine)
    UNION ALL
    SELECT number, a, probability, incident FROM mine JOIN matches ON b = number JOIN claims ON claim = a
    WHERE probability >= {least} AND a NOT IN (SELECT number FROM mine)
"""
