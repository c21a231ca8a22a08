"""Reports set side by side as a ledger's are: what the benchmarks of incidents and copies measure is what runs."""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from dateline.incidents.policies import policy
from dateline.incidents.reconcile import Reconciler
from dateline.incidents.shelf import Shelf, claim_number
from dateline.incidents.types import Brief, Copy


class SideBySide(NamedTuple):
    """The incident of each claim, by its key, and the copies among the reports."""

    incident_of: dict[str, str]
    copies: tuple[Copy, ...]


def side_by_side(briefs: Iterable[Brief]) -> SideBySide:
    """All that a shelf holds of some reports, from nothing."""
    shelf = Shelf()
    Reconciler(shelf, policy()).take_in(list(enumerate(briefs, 1)), ())
    with shelf.reading() as connection:
        of_number = {
            row.claim: row.incident for row in connection.exec_driver_sql("SELECT claim, incident FROM claims")
        }
        numbers = connection.exec_driver_sql("SELECT number FROM reports").scalars().all()
        bodies = connection.exec_driver_sql("SELECT body FROM copies ORDER BY a, b").scalars().all()
        reports = shelf.briefs(connection, numbers)
    shelf.close()
    incident_of = {
        telling.key: of_number[number]
        for report, brief in reports.items()
        for telling in brief.tellings
        if (number := claim_number(report, telling.position)) in of_number
    }
    return SideBySide(incident_of, tuple(msgspec.json.decode(body, type=Copy) for body in bodies))
