"""Actors, places and outlets as they were counted last, and the thread that counts them again (`tally.py`).

Counting a large ledger takes a while: it has a thread of its own, rests between two runs, and pages say when it was.
"""

import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct

from dateline.desk import tally
from dateline.desk.beside import first_hash, opened
from dateline.desk.people import now
from dateline.errors import DatelineError
from dateline.incidents.shelf import Shelf
from dateline.ledger import Ledger
from dateline.ledger.words import phrase
from dateline.world.actors import register

_REST = 20  # times as long as the last count took, before there is another one
_AT_ONCE = 2_000  # rows of the ledger: fewer are counted before the keeper goes on
_PAUSE_S = 0.005  # between two parts of the first notes, so that pages come in between
_MOST_NAMES, _MOST_OUTLETS = 60, 12
_NAMES_IN_A_CLAIM = 4  # of one and the same, at most as a rule
_FEW = 5_000  # rows that can be sorted for a page
_log = logging.getLogger("dateline.desk")


class Made(Struct, frozen=True, kw_only=True):
    """When the counts were made, and up to which row of the ledger; `behind` says that there are newer ones."""

    at: str
    upto: int
    behind: bool


class Asked(Struct, frozen=True, kw_only=True):
    """Which of a kind to list: by words of a name, in what order, which page of how many each."""

    kind: tally.Kind
    text: str | None = None
    is_what: str | None = None
    country: str | None = None
    sort: str = "claims"
    page: int = 1
    size: int = 50


class Listed(Struct, frozen=True, kw_only=True):
    rows: tuple[dict[str, Any], ...]
    matched: int


class Names:
    """The file `x.db.names`; each use opens it for itself, so that any thread may.

    Raises:
        LedgerError: it is damaged, or may not be written; so does every use of it.
    """

    def __init__(self, ledger: Path) -> None:
        self.path = ledger.with_name(ledger.name + ".names")
        self._ledger = ledger
        self._shelf = ledger.with_name(ledger.name + ".incidents")
        self._thread: threading.Thread | None = None
        self._stopped = threading.Event()
        self._next = 0.0  # no count before this moment
        with self._open() as connection:
            tally.prepare(connection)

    # --- counting ---

    def look(self, ledger: Ledger) -> None:
        """Bring the counts up to date where something came in: at once where that is little, else beside all else."""
        if self._thread is not None and self._thread.is_alive():
            return
        head = ledger.head().seq
        with self._open() as connection:
            upto, took = int(tally.kept(connection, "upto") or 0), float(tally.kept(connection, "took") or 0)
        if head - upto < _AT_ONCE and took < 1.0:
            self._counted(ledger)
            return
        self._thread = threading.Thread(target=self._beside, name="names", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(timeout=2)

    def _beside(self) -> None:
        with Ledger(self._ledger, create=False) as ledger:
            while not self._counted(ledger) and not self._stopped.wait(self._next - time.monotonic()):
                pass

    def _counted(self, ledger: Ledger) -> bool:
        """As `bring_up_to_date`; where that fails, pages go on with the counts before, and the log tells."""
        try:
            return self.bring_up_to_date(ledger)
        except DatelineError as error:
            _log.warning("names were not counted: %s", error)
        except Exception:
            _log.exception("names were not counted")
        return True

    def bring_up_to_date(self, ledger: Ledger) -> bool:
        """Note what came in, then count where that would come out otherwise; False where the last count is not yet long
        enough ago."""
        with closing(Shelf(self._shelf)) as shelf:
            stamp = tally.stamp_of(ledger, shelf)
        with self._open() as connection:
            _empty_unless_of(connection, ledger)
            while not self._stopped.is_set() and tally.note(connection, ledger):
                time.sleep(_PAUSE_S)
            if self._stopped.is_set() or tally.kept(connection, "stamp") == stamp:
                return True
            if time.monotonic() < self._next:
                return False
            started = time.monotonic()
            tally.count(connection, self._shelf, register().actors, stamp=stamp, at=now(), head=ledger.head().seq)
            took = time.monotonic() - started
            tally.keep(connection, took=took)
            self._next = time.monotonic() + _REST * max(0.0, took - 1.0)
        return True

    # --- looking ---

    def made(self, connection: sqlite3.Connection, head: int) -> Made | None:
        """When it was counted; None where it was not yet."""
        at = tally.kept(connection, "at")
        upto = int(tally.kept(connection, "head") or 0)
        return Made(at=at, upto=upto, behind=upto != head) if at else None

    def listed(self, connection: sqlite3.Connection, asked: Asked) -> Listed:
        """One page of a kind, and how many there are in all."""
        tests = ["kind = ?", "listed = 1"]
        values: list[str] = [asked.kind]
        for column, value in (("is_what", asked.is_what), ("country", asked.country and asked.country.upper())):
            if value:
                tests.append(f"{column} = ?")
                values.append(value)
        if asked.text:
            tests.append(_CALLED)
            values += _called(asked.kind, asked.text)
        where = f"FROM subjects WHERE {' AND '.join(tests)}"
        matched = connection.execute(f"SELECT count(*) {where}", values).fetchone()[0]
        if matched > _FEW:  # so many that the first ones in order are soon met
            where = where.replace("subjects", f"subjects INDEXED BY subjects_by_{asked.sort}", 1)
        falling = "" if asked.sort == "name" else " DESC"
        order = asked.sort if matched > _FEW else f"+{asked.sort}"  # what few there are is found by its filters
        rows = connection.execute(
            f"SELECT * {where} ORDER BY {order}{falling}, id{falling} LIMIT ? OFFSET ?",
            (*values, asked.size, asked.size * (asked.page - 1)),
        )
        return Listed(rows=tuple(map(dict, rows)), matched=matched)

    def one(self, connection: sqlite3.Connection, kind: tally.Kind, key: str) -> dict[str, Any] | None:
        row = connection.execute("SELECT * FROM subjects WHERE kind = ? AND key = ?", (kind, key)).fetchone()
        return dict(row) if row else None

    def used(self, connection: sqlite3.Connection, subject: int) -> list[dict[str, Any]]:
        """The names that it went by, the most used first, each with its days and the outlets that used it most."""
        rows = connection.execute(_USED, (subject, _MOST_NAMES)).fetchall()
        return [
            {
                **{name: row[name] for name in ("name", "claims", "says", "first", "last", "outlets")},
                "in": list(map(dict, connection.execute(_USED_IN, (subject, row["id"], _MOST_OUTLETS)))),
            }
            for row in rows
        ]

    def events(self, connection: sqlite3.Connection, subject: int) -> list[dict[str, Any]]:
        """What it is claimed for, by type, and how many of these claims it is quoted for."""
        return list(map(dict, connection.execute(_EVENTS, (subject,))))

    def claims(self, connection: sqlite3.Connection, subject: int, roles: int, size: int) -> list[dict[str, Any]]:
        """The latest claims in which it has one of the roles: place in the chain, report and position in its record."""
        rows = connection.execute(_CLAIMS, (subject, roles, size * _NAMES_IN_A_CLAIM))
        found = {row["seq"]: dict(row) for row in rows}  # a claim that names it twice is one
        return list(found.values())[:size]

    def may_be(self, connection: sqlite3.Connection, row: dict[str, Any]) -> list[dict[str, Any]]:
        """What may be the same, as the claims themselves say: actors for a bare name, bare names for an actor."""
        found = connection.execute(_OTHERS, (row["id"], row["key"]))
        return list(map(dict, found))

    def copied(self, connection: sqlite3.Connection, outlet: int) -> dict[str, list[dict[str, Any]]]:
        """Whose reports it copies, and who copies its own."""
        return {
            "by_others": list(map(dict, connection.execute(_COPIED.format("copy", "original"), (outlet,)))),
            "of_others": list(map(dict, connection.execute(_COPIED.format("original", "copy"), (outlet,)))),
        }

    def notices(self, connection: sqlite3.Connection, outlet: int, size: int) -> list[dict[str, Any]]:
        """Its reports that were corrected, taken back or replaced, the latest first."""
        return list(map(dict, connection.execute(_NOTICES, (outlet, size))))

    def quotes(self, connection: sqlite3.Connection, outlet: int, size: int) -> list[dict[str, Any]]:
        """Whom an outlet quotes most."""
        return list(map(dict, connection.execute(_QUOTES, (outlet, size))))

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        with self._open() as connection:
            connection.row_factory = sqlite3.Row
            connection.execute("BEGIN")
            yield connection

    def _open(self) -> AbstractContextManager[sqlite3.Connection]:
        return opened(self.path, "cache_size=-65536")


def _empty_unless_of(connection: sqlite3.Connection, ledger: Ledger) -> None:
    """Notes of another ledger, which lay here under the same name, are no use."""
    first = first_hash(ledger)
    upto = int(tally.kept(connection, "upto") or 0)
    if tally.kept(connection, "chain") in ("", first) and upto <= ledger.head().seq:
        tally.keep(connection, chain=first)
        return
    connection.execute("BEGIN IMMEDIATE")
    tally.empty(connection)
    tally.keep(connection, chain=first)
    connection.execute("COMMIT")


# Names that have each of the words, the last one as far as it is written, and then the words in a row.
_CALLED = "id IN (SELECT subject FROM called WHERE called.kind = ? AND word >= ? AND word < ?) AND instr(folded, ?) > 0"


def _called(kind: str, text: str) -> tuple[str, ...]:
    """What is looked for by index is the longest of the words: it leaves the fewest to look into."""
    wanted = phrase(text)
    words = wanted.split()
    longest = max(words, key=len, default="\x00")
    last = longest + "\U0010ffff" if words and longest == words[-1] else longest + "\x00"
    return kind, longest, last, wanted.rstrip() or "\x00"


_USED = """
    SELECT names.id, names.name, n.claims, n.says, n.first, n.last, n.outlets
    FROM named AS n CROSS JOIN names ON names.id = n.name WHERE n.subject = ? ORDER BY n.claims DESC, names.name LIMIT ?
"""
_USED_IN = """
    SELECT s.name, s.key, used.claims FROM used CROSS JOIN subjects AS s ON s.id = used.outlet
    WHERE used.subject = ? AND used.name = ? ORDER BY used.claims DESC, s.name LIMIT ?
"""
_EVENTS = "SELECT event, claims, says FROM by_event WHERE subject = ? ORDER BY claims DESC, event"
_CLAIMS = """
    SELECT claims.seq, reports.id AS report, claims.position FROM facts CROSS JOIN claims ON claims.seq = facts.claim
    CROSS JOIN reports ON reports.seq = claims.report AND reports.reading = claims.reading
    WHERE facts.subject = ? AND facts.roles & ? > 0 ORDER BY facts.day DESC, facts.claim DESC LIMIT ?
"""
_OTHERS = """
    SELECT s.key, s.name, m.claims FROM may_be AS m JOIN subjects AS s ON s.kind = 'actor' AND s.key = m.other
    WHERE m.subject = ?1
    UNION ALL SELECT m.other, m.other, m.claims FROM may_be AS m
    WHERE m.subject = ?1 AND NOT EXISTS (SELECT 1 FROM subjects WHERE kind = 'actor' AND key = m.other)
    UNION ALL SELECT s.key, s.name, m.claims FROM may_be AS m JOIN subjects AS s ON s.id = m.subject
    WHERE m.other = ?2 AND s.kind = 'actor'
    ORDER BY 3 DESC, 2 LIMIT 20
"""
_COPIED = """
    SELECT s.key, s.name, c.reports FROM copied AS c JOIN subjects AS s ON s.id = c.{0} WHERE c.{1} = ?
    ORDER BY c.reports DESC, s.name LIMIT 20
"""
_NOTICES = "SELECT day, report, by_report, why FROM notices WHERE outlet = ? ORDER BY day DESC, report LIMIT ?"
_QUOTES = """
    SELECT s.key, s.name, names.name AS said, used.says FROM used JOIN subjects AS s ON s.id = used.subject
    JOIN names ON names.id = used.name WHERE used.outlet = ? AND used.says > 0 AND s.kind = 'actor'
    ORDER BY used.says DESC, s.name LIMIT ?
"""
