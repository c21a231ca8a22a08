"""How a ledger's tables came to be, one Alembic revision a step, run when a ledger is opened.

Alembic's own version table holds one row that it rewrites; here a step is a row of `revisions`, added and chained like
every other, so the ledger also tells when its tables changed. Alembic is imported only where a step is missing.

A new step may add tables (and seals them), indexes and nullable columns. It never rewrites rows: their hashes would
not hold.
"""

from pathlib import Path

from sqlalchemy import Connection, insert, inspect, select

from dateline.errors import LedgerDamaged, LedgerNewer
from dateline.ledger import chain, tables

# Every step, oldest first. A test holds it equal to the files in `versions/`.
KNOWN: tuple[str, ...] = ("0001", "0002", "0003")
SCRIPTS = Path(__file__).parent


def applied(connection: Connection) -> tuple[str, ...]:
    """The steps this database has been through, oldest first; empty for a database without tables.

    Raises:
        LedgerDamaged: there are tables, but not a ledger's.
    """
    names = set(inspect(connection).get_table_names())
    if not names:
        return ()
    steps = select(tables.revisions.c.id).order_by(tables.revisions.c.seq)
    done = tuple(connection.execute(steps).scalars()) if tables.revisions.name in names else ()
    if not done:
        raise LedgerDamaged("is a database but not a ledger, or its revisions are gone; check the path")
    return done


def missing(done: tuple[str, ...], known: tuple[str, ...] = KNOWN) -> tuple[str, ...]:
    """The steps still to be taken.

    Raises:
        LedgerNewer: the database has been through a step that this code does not know.
    """
    unknown = [step for step in done if step not in known]
    if unknown:
        raise LedgerNewer(
            f"was written by a newer Dateline (revision {unknown[-1]}); install that version or a later one"
        )
    return tuple(step for step in known if step not in done)


def upgrade(
    connection: Connection,
    *,
    at: str,
    known: tuple[str, ...] = KNOWN,
    scripts: Path = SCRIPTS,
) -> tuple[str, ...]:
    """Take every missing step within the caller's transaction; return the steps taken.

    Args:
        at: the moment to write down, ISO 8601 in UTC.
    """
    steps = missing(applied(connection), known)
    if not steps:
        return ()
    for step in steps:
        take(connection, (step,), scripts)
        _write_down(connection, step, at)
    return steps


def take(connection: Connection, steps: tuple[str, ...], scripts: Path = SCRIPTS) -> None:
    """Change the tables as these steps say, without writing the steps down."""
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    folder = ScriptDirectory(str(scripts))
    with Operations.context(MigrationContext.configure(connection)):
        for step in steps:
            folder.get_revision(step).module.upgrade()


def _write_down(connection: Connection, step: str, at: str) -> None:
    row = {"id": step, "added_at": at}
    link = chain.link(chain.head(connection), tables.revisions.name, step, chain.row_hash("revisions", row))
    chain.append(connection, [link])
    connection.execute(insert(tables.revisions), {"seq": link.seq, **row})
