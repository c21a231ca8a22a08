"""The last weeks in which something happened, day by day and by the kind of event: what the overview draws."""

from datetime import date, timedelta

from msgspec import Struct

from dateline.codes import EventType
from dateline.incidents.shelf import Shelf

LONGEST, SHORTEST = 28, 7  # days
_TOLD = "happened = 'happened' AND status <> 'set_aside'"


class Day(Struct, frozen=True):
    """Incidents of one kind that are known to have happened on one day."""

    day: date
    event: EventType
    incidents: int


class Period(Struct, frozen=True, kw_only=True):
    """The days from `first` to `last`. `longer` lasted more than a day, or their day is not known; they touch these
    days and stand in none of the counts."""

    first: date
    last: date
    days: tuple[Day, ...] = ()
    longer: int = 0


def last_period(shelf: Shelf, upto: date) -> Period | None:
    """The period that ends with the last day of an incident, not after `upto`; None where there is none.

    What happened cannot lie after the last report: a later day is one that was read wrongly.
    """
    with shelf.reading() as connection:
        ends = connection.exec_driver_sql(
            f"SELECT last_day FROM incidents WHERE last_day <= ? AND first_day = last_day AND {_TOLD}"
            " ORDER BY last_day DESC LIMIT 1",
            (upto.isoformat(),),
        ).scalar()
        if ends is None:
            return None
        last = date.fromisoformat(ends)
        earliest = last - timedelta(days=LONGEST - 1)
        rows = connection.exec_driver_sql(
            f"SELECT last_day, event, count(*) FROM incidents WHERE last_day BETWEEN ? AND ? AND first_day = last_day"
            f" AND {_TOLD} GROUP BY last_day, event ORDER BY last_day, event",
            (earliest.isoformat(), ends),
        ).all()
        days = tuple(Day(date.fromisoformat(day), event, number) for day, event, number in rows)
        first = min(days[0].day, last - timedelta(days=SHORTEST - 1))
        longer = connection.exec_driver_sql(
            "SELECT count(*) FROM incidents WHERE last_day >= ? AND first_day <= ? AND first_day < last_day"
            f" AND {_TOLD}",
            (first.isoformat(), ends),
        ).scalar_one()
    return Period(first=first, last=last, days=days, longer=longer)
