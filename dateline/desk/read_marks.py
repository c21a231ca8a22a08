"""What each person has read: marks of their own, in the desk's file. Nothing of them is in the ledger."""

from collections.abc import Iterable

from sqlalchemy import delete, insert, select

from dateline.desk.people import now
from dateline.desk.store import Store, read_marks
from dateline.ledger import Ledger, tables

_REPORT = "report"
_STRETCH = 400  # reports looked at in one go
_LOOKED = 20_000  # reports looked through for one that is unread


def mark(store: Store, user: str, report: str) -> None:
    row = {"user": user, "kind": _REPORT, "id": report, "at": now()}
    store.write(insert(read_marks).prefix_with("OR REPLACE").values(**row))


def unmark(store: Store, user: str, report: str) -> None:
    kept = read_marks.c
    store.write(delete(read_marks).where(kept.user == user, kept.kind == _REPORT, kept.id == report))


def read_at(store: Store, user: str, reports: Iterable[str]) -> dict[str, str]:
    """When the person read each of some reports; those that are unread are left out."""
    kept = read_marks.c
    chosen = select(kept.id, kept.at).where(kept.user == user, kept.kind == _REPORT, kept.id.in_(list(reports)))
    return {row.id: row.at for row in store.rows(chosen)}


def next_unread(ledger: Ledger, store: Store, user: str, behind: str | None = None) -> str | None:
    """The report that came in last before the report `behind` and that the person has not read; after the oldest the
    search begins again with the latest. None where all that was looked through is read."""
    after = _place(ledger, behind) if behind else None
    found = _unread(ledger, store, user, after, None)
    return found or (_unread(ledger, store, user, None, after) if after is not None else None)


def _place(ledger: Ledger, report: str) -> int | None:
    with ledger.reading() as connection:
        return connection.execute(select(tables.reports.c.seq).where(tables.reports.c.id == report)).scalar()


def _unread(ledger: Ledger, store: Store, user: str, before: int | None, down_to: int | None) -> str | None:
    kept = tables.reports.c
    for _ in range(_LOOKED // _STRETCH):
        chosen = select(kept.seq, kept.id).order_by(kept.seq.desc()).limit(_STRETCH)
        if before is not None:
            chosen = chosen.where(kept.seq < before)
        if down_to is not None:
            chosen = chosen.where(kept.seq > down_to)
        with ledger.reading() as connection:
            rows = connection.execute(chosen).all()
        read = read_at(store, user, [row.id for row in rows])
        for row in rows:
            if row.id not in read:
                return str(row.id)
        if len(rows) < _STRETCH:
            return None
        before = rows[-1].seq
    return None
