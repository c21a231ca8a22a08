"""Searches that people keep by a name, for themselves or for everybody who may sign in."""

from sqlalchemy import delete, insert, or_, select

from dateline.desk.people import Person, now
from dateline.desk.problems import BadRequest, NotAllowed, NotFound
from dateline.desk.store import Store, searches

_MOST = 200  # of one person
_kept = searches.c


def kept_by(store: Store, who: Person) -> list[dict[str, object]]:
    """The searches of a person, and those that others share, by name."""
    chosen = select(searches).where(or_(_kept.user == who.name, _kept.shared == 1)).order_by(_kept.name, _kept.user)
    return [
        {"user": row.user, "name": row.name, "address": row.address, "shared": bool(row.shared),
         "own": row.user == who.name, "added_at": row.added_at}
        for row in store.rows(chosen)
    ]  # fmt: skip


def keep(store: Store, who: Person, name: str, address: str, *, shared: bool) -> None:
    """Raises:
    BadRequest: the person has one of that name, or too many.
    NotAllowed: to share one takes the role coder.
    """
    if shared and not who.may("coder", "decide"):
        raise NotAllowed(f"To share a search takes the role coder; {who.name} is {who.role}. Keep it for yourself.")
    row = {"user": who.name, "name": name, "address": address, "added_at": now(), "shared": int(shared)}
    with store.writing() as connection:
        names = connection.execute(select(_kept.name).where(_kept.user == who.name)).scalars().all()
        if name in names:
            raise BadRequest(f"You keep a search named {name!r} already; choose another name.")
        if len(names) >= _MOST:
            raise BadRequest(f"You keep {_MOST} searches already; delete one first.")
        connection.execute(insert(searches).values(**row))


def forget(store: Store, who: Person, name: str, user: str) -> None:
    """Raises:
    NotAllowed: it is somebody else's, which only an admin may delete.
    NotFound: there is none.
    """
    if user != who.name and not who.may("admin", "decide"):
        raise NotAllowed(f"{name!r} is kept by {user}; only they or an admin may delete it.")
    if not store.write(delete(searches).where(_kept.user == user, _kept.name == name)):
        raise NotFound(f"There is no search named {name[:60]!r}.")
