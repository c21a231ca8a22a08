"""From claims to the incidents that hold them, and back: claims are numbered otherwise in each of the desk's files."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection

from dateline.desk.searching import Hit, Question, fitting, hits
from dateline.incidents.shelf import CLAIMS, claim_number, in_parts, report_number

_STRETCH = 200  # claims gone through at a time
_LOOKED = 4_000  # claims gone through for one page
_IN_ONE_QUERY = 500


class Holders:
    """Which incident holds a claim, by its report's place in the ledger and its position there.

    Args:
        kept: a connection that reads the ledger.
        shelf: one that reads the incidents.
    """

    def __init__(self, kept: Connection, shelf: Connection) -> None:
        self._kept, self._shelf = kept, shelf
        self._numbers: dict[int, int] = {}  # of reports: by their places in the ledger those on the shelf

    def of(self, found: Iterable[Hit]) -> dict[int, str]:
        """The incidents of some claims by the claims' places; one that is not yet set side by side has none."""
        asked = list(found)
        self._number({each.report for each in asked})
        claims = {
            claim_number(self._numbers[each.report], each.position): each.place
            for each in asked
            if each.report in self._numbers
        }
        made: dict[int, str] = {}
        for part in in_parts(claims, _IN_ONE_QUERY):
            sql = f"SELECT claim, incident FROM claims WHERE claim IN ({_marks(part)})"
            made.update({claims[row[0]]: row[1] for row in self._shelf.exec_driver_sql(sql, tuple(part))})
        return made

    def claims_of(self, incident: str) -> list[tuple[int, int]]:
        """The claims of an incident: their reports' places in the ledger, and their positions there."""
        sql = "SELECT claim FROM claims WHERE incident = ?"
        numbers = self._shelf.exec_driver_sql(sql, (incident,)).scalars().all()
        places = self._places({report_number(each) for each in numbers})
        return [(places[report_number(each)], each % CLAIMS) for each in numbers if report_number(each) in places]

    def _number(self, reports: set[int]) -> None:
        wanted = sorted(reports - self._numbers.keys())
        for part in in_parts(wanted, _IN_ONE_QUERY):
            rows = self._kept.exec_driver_sql(f"SELECT id, seq FROM reports WHERE seq IN ({_marks(part)})", tuple(part))
            places = {row[0]: row[1] for row in rows}
            sql = f"SELECT id, number FROM reports WHERE id IN ({_marks(list(places))})"
            for id, number in self._shelf.exec_driver_sql(sql, tuple(places)):
                self._numbers[places[id]] = number

    def _places(self, numbers: set[int]) -> Mapping[int, int]:
        made: dict[int, int] = {}
        for part in in_parts(sorted(numbers), _IN_ONE_QUERY):
            sql = f"SELECT id, number FROM reports WHERE number IN ({_marks(part)})"
            ids = {row[0]: row[1] for row in self._shelf.exec_driver_sql(sql, tuple(part))}
            sql = f"SELECT id, seq FROM reports WHERE id IN ({_marks(list(ids))})"
            made.update({ids[row[0]]: row[1] for row in self._kept.exec_driver_sql(sql, tuple(ids))})
        return made


def incidents_with(
    words: sqlite3.Connection, holders: Holders, asked: Question, after: int | None, size: int
) -> tuple[list[str], int | None]:
    """The incidents that hold a claim that fits, in the order of their first such claim, and where the next page
    begins: behind that place."""
    found: dict[str, int] = {}
    place = after
    for _ in range(_LOOKED // _STRETCH):
        part = hits(words, asked.behind(place), _STRETCH)
        of = holders.of(part)
        for hit in part:
            incident = of.get(hit.place)
            if incident and incident not in found and not _shown(words, holders, asked, incident, after):
                if len(found) == size:
                    return list(found), place
                found[incident] = hit.place
            place = hit.place
        if len(part) < _STRETCH:
            return list(found), None
    return list(found), place


def _shown(words: sqlite3.Connection, holders: Holders, asked: Question, incident: str, after: int | None) -> bool:
    """Whether an incident stood on a page before this one: by another of its claims that fits."""
    if after is None:
        return False
    places = [
        row[0]
        for claim in holders.claims_of(incident)
        for row in words.execute("SELECT place FROM hits WHERE report = ? AND position = ?", claim)
    ]
    return bool(fitting(words, asked, [each for each in places if each >= after]))


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
