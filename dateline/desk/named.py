"""Incidents by the names in their claims, found by the ledger's index of words where a name is rare.

A name that many claims have needs no index: the newest incidents that have it are soon met. A rare one would have to be
looked for in all of them; its claims are few, and lead to their incidents.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from dateline.incidents.book import IncidentQuery
from dateline.incidents.rulings import OF_INCIDENT, Rulings
from dateline.incidents.shelf import Shelf, claim_number, in_parts
from dateline.ledger import Ledger
from dateline.ledger.words import phrase, words_of

_RARE = 3_000  # claims
_IN_ONE_QUERY = 500
_CORRECTED = frozenset(("place", "actors", "targets"))  # fields whose corrections name what no claim does
# A party can stand on either side of an incident, whichever it has in a claim.
_FIELDS = {"place": ("place",), "actor": ("actor", "target"), "target": ("actor", "target")}

_BY_WORD = "SELECT claim FROM claim_words WHERE field IN ({marks}) AND word = ? LIMIT ?"
_BY_ACTOR = "SELECT claim FROM claim_actors WHERE actor_id = ? LIMIT ?"
_BY_COUNTRY = "SELECT claim FROM claim_places WHERE country = ? LIMIT ?"
_OF_CLAIMS = (
    "SELECT reports.id, claims.position FROM claims JOIN reports ON reports.seq = claims.report"
    " WHERE claims.seq IN ({marks})"
)


def rare(ledger: Ledger, shelf: Shelf, query: IncidentQuery, ruled: Rulings) -> list[str] | None:
    """The ids of the incidents that can fit, where one of the names asked for is rare; else None.

    There can be more than fit, never fewer: who asks looks into each.
    """
    with ledger.reading() as connection:
        held = next((each for each in _held(connection, query) if each is not None), None)
        if held is None:
            return None
        spots = [spot for part in in_parts(held, _IN_ONE_QUERY) for spot in _spots(connection, part)]
    with shelf.reading() as connection:
        numbers = [*_numbers(connection, spots), *shelf.numbers_of(connection, _corrected(ruled)).values()]
        return _incidents(connection, numbers)


def _held(connection: Connection, query: IncidentQuery) -> Iterator[list[int] | None]:
    """For each word of a name the claims that have it; None where they are many."""
    for field, name in (("place", query.place), ("actor", query.actor), ("target", query.target)):
        by_id = _some(connection, _BY_ACTOR, (name,)) if name and field != "place" else []
        for word in words_of([phrase(name)]) if name else ():
            fields = _FIELDS[field]
            by_word = _some(connection, _BY_WORD.format(marks=_marks(fields)), (*fields, word))
            yield None if by_word is None or by_id is None else [*by_word, *by_id]
    if query.country:
        yield _some(connection, _BY_COUNTRY, (query.country.strip().upper(),))


def _some(connection: Connection, sql: str, values: tuple[object, ...]) -> list[int] | None:
    rows = connection.exec_driver_sql(sql, (*values, _RARE + 1)).scalars().all()
    return None if len(rows) > _RARE else list(rows)


def _spots(connection: Connection, claims: Sequence[int]) -> list[tuple[str, int]]:
    """Claims as the incidents know them: by report and position."""
    rows = connection.exec_driver_sql(_OF_CLAIMS.format(marks=_marks(claims)), tuple(claims))
    return [(row[0], row[1]) for row in rows]


def _corrected(ruled: Rulings) -> set[str]:
    """The claims for which, or for whose incident, a name was set by a decision."""
    made = (*ruled.corrected.items(), *ruled.set_fields.items())
    return {key for key, each in made if any(one.field.removeprefix(OF_INCIDENT) in _CORRECTED for one in each)}


def _numbers(connection: Connection, spots: Sequence[tuple[str, int]]) -> list[int]:
    numbers: dict[str, int] = {}
    for part in in_parts(sorted({report for report, _ in spots}), _IN_ONE_QUERY):
        rows = connection.exec_driver_sql(f"SELECT id, number FROM reports WHERE id IN ({_marks(part)})", tuple(part))
        numbers.update({row[0]: row[1] for row in rows})
    return [claim_number(numbers[report], position) for report, position in spots if report in numbers]


def _incidents(connection: Connection, claims: Sequence[int]) -> list[str]:
    found: set[str] = set()
    for part in in_parts(claims, _IN_ONE_QUERY):
        sql = f"SELECT incident FROM claims WHERE claim IN ({_marks(part)})"
        found.update(connection.exec_driver_sql(sql, tuple(part)).scalars())
    return sorted(found)


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
