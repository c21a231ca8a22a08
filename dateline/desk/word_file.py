"""The words of all claims and headlines, in a file beside the ledger: `x.db.words`, with SQLite's full-text index.

Everything in it is made from the ledger and can be made again. What can be asked for by words, names, codes and months
is one index, so that any combination of filters costs about the same; rows are numbered by the day they speak of, the
latest first, so that a page is the first rows that fit and nothing has to be sorted.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from hashlib import blake2b
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import Connection

from dateline.desk.beside import first_hash, opened
from dateline.ledger import Ledger, query
from dateline.ledger.words import fold

SCHEMA = 1  # PRAGMA user_version; a file of another one is made anew
EVERY = "xx"  # a code that every claim has
LONG = "mmlong"  # instead of its months, for a claim that speaks of more of them than `_MONTHS`
_MONTHS = 6
_READINGS = 1_000  # taken in at a time, each time in a transaction of its own
_SEQ = 1 << 32  # more than a ledger has rows
_BAR = "ǁ"  # a letter that no name has: no phrase runs from one name into the next

# Words are folded as the ledger folds names before they come here; the tokenizer only cuts at spaces.
_TABLES = """
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE VIRTUAL TABLE words USING fts5(
        quote, place, actor, target, source, codes, content='', columnsize=0, tokenize="unicode61 remove_diacritics 0");
    CREATE TABLE hits (
        place INTEGER PRIMARY KEY, seq INTEGER NOT NULL, report INTEGER NOT NULL, position INTEGER NOT NULL,
        first_day TEXT, last_day TEXT, month TEXT NOT NULL, event TEXT NOT NULL, modality TEXT NOT NULL,
        outlet INTEGER NOT NULL);
    CREATE INDEX hits_by_report ON hits (report, position);
    CREATE TABLE countries (place INTEGER, country TEXT, PRIMARY KEY (place, country)) WITHOUT ROWID;
    CREATE TABLE years (year INTEGER PRIMARY KEY);
    CREATE TABLE outlets (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE VIRTUAL TABLE titles USING fts5(
        title, outlet, codes, content='', columnsize=0, tokenize="unicode61 remove_diacritics 0");
    CREATE TABLE reports (place INTEGER PRIMARY KEY, seq INTEGER NOT NULL UNIQUE, published TEXT);
"""


class WordFile:
    """The file; each use opens it for itself, so that any thread may.

    Raises:
        LedgerError: it is damaged, or may not be written; so does every use of it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._checked = False  # whether it was seen to be of the ledger that it lies beside
        with self._open() as connection:
            _make_tables(connection)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        with self._open() as connection:
            connection.execute("BEGIN")
            yield connection

    def catch_up(self, ledger: Ledger, seconds: float = 1e9) -> bool:
        """Take in what came into the ledger since; False where that took too long and is not done yet."""
        until = monotonic() + seconds
        with self._open() as connection:
            if not self._checked:
                _empty_unless_of(connection, ledger)
                self._checked = True
            with ledger.reading() as kept:
                places = query.latest_places(kept, upto(connection))
                for at in range(0, len(places), _READINGS):
                    if monotonic() > until:
                        return False
                    connection.execute("BEGIN IMMEDIATE")
                    _take_in(connection, kept, places[at : at + _READINGS])
                    connection.execute("COMMIT")
        return True

    def _open(self) -> AbstractContextManager[sqlite3.Connection]:
        return opened(self.path, "cache_size=-32768", "temp_store=MEMORY", "mmap_size=1073741824")


def words_path(ledger: Path) -> Path:
    return ledger.with_name(ledger.name + ".words")


def upto(connection: sqlite3.Connection) -> int:
    """The place in the ledger's chain up to which all readings are in the file."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'upto'").fetchone()
    return int(row[0]) if row else 0


# --- codes -----------------------------------------------------------------------------------------------------------


def code(kind: str, value: str) -> str:
    """A code as one word of the index: "event", "air_strike" is "evairstrike"."""
    return kind[:2] + "".join(filter(str.isalnum, value.casefold()))


def id_code(kind: str, id: str) -> str:
    """An id as one word, whatever signs it has."""
    return f"{kind[:2]}id{blake2b(id.encode(), digest_size=8).hexdigest()}"


def outlet_code(number: int) -> str:
    return f"oo{number}"


def place_of(day: str | None, seq: int) -> int:
    """Where a row stands: the later its day the higher; of one day the first that came in highest."""
    ordinal = date.fromisoformat(day).toordinal() if day else 0
    return ordinal * _SEQ + _SEQ - 1 - seq


def bounds(first: date, last: date) -> tuple[int, int]:
    """The lowest place of the days from `first` to `last`, and the one behind the highest."""
    return first.toordinal() * _SEQ, (last.toordinal() + 1) * _SEQ


def month_codes(first: str | None, last: str | None) -> Iterator[str]:
    """The months and years that a claim speaks of, or that these are too many."""
    if not first or not last:
        return
    start, end = _month(first), _month(last)
    if end - start >= _MONTHS:
        yield LONG
        return
    yield from month_range(start, end)
    yield from {f"yy{month // 12:04}" for month in range(start, end + 1)}


def month_range(start: int, end: int) -> Iterator[str]:
    for month in range(start, end + 1):
        yield f"mm{month // 12:04}{month % 12 + 1:02}"


def _month(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7]) - 1


# --- taking in -------------------------------------------------------------------------------------------------------


def _make_tables(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA:
        return
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute("PRAGMA user_version").fetchone()[0] != SCHEMA:
        for name in ("words", "titles", "meta", "hits", "countries", "years", "outlets", "reports"):
            connection.execute(f"DROP TABLE IF EXISTS {name}")
        for statement in _TABLES.split(";\n"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
    connection.execute("COMMIT")


def _empty_unless_of(connection: sqlite3.Connection, ledger: Ledger) -> None:
    """Begin anew where the file was made from another ledger that lay at the same path."""
    first = first_hash(ledger)
    known = connection.execute("SELECT value FROM meta WHERE name = 'ledger'").fetchone()
    if known == (first,) and upto(connection) <= ledger.head().seq:
        return
    connection.execute("BEGIN IMMEDIATE")
    for name in ("words", "titles"):
        connection.execute(f"INSERT INTO {name} ({name}) VALUES ('delete-all')")
    for name in ("meta", "hits", "countries", "years", "outlets", "reports"):
        connection.execute(f"DELETE FROM {name}")
    connection.execute("INSERT INTO meta VALUES ('ledger', ?)", (first,))
    connection.execute("COMMIT")


_CLAIMS = """
    SELECT seq, reading, report, position, event, modality, quote, first_day, last_day, day
    FROM claims WHERE seq > ? AND seq < ? ORDER BY seq
"""
_REPORTS = """
    SELECT reports.seq, title, source, published FROM readings JOIN reports ON reports.seq = readings.report
    WHERE readings.seq BETWEEN ? AND ?
"""
_UNDER = {
    "place": "SELECT claim, folded, country FROM claim_places WHERE claim > ? AND claim < ?",
    "actor": "SELECT claim, folded, actor_id FROM claim_actors WHERE role = 'actor' AND claim > ? AND claim < ?",
    "target": "SELECT claim, folded, actor_id FROM claim_actors WHERE role = 'target' AND claim > ? AND claim < ?",
    "source": "SELECT claim, folded, NULL FROM claim_sources WHERE claim > ? AND claim < ?",
    "measure": "SELECT claim, measure, NULL FROM claim_figures WHERE measure NOT NULL AND claim > ? AND claim < ?",
}
_NEXT = "SELECT coalesce(min(seq), ?) FROM readings WHERE seq > ?"
_NAMED = ("place", "actor", "target", "source")


def _take_in(connection: sqlite3.Connection, kept: Connection, places: Sequence[int]) -> None:
    """The claims and headlines of some readings. What older readings of the same reports said is taken away."""
    known = set(places)
    # A reading's claims stand behind it in the chain, and before the next reading.
    ends = kept.exec_driver_sql(_NEXT, (_SEQ, places[-1])).scalar_one()
    found = [row for row in kept.exec_driver_sql(_CLAIMS, (places[0], ends)) if row.reading in known]
    under = _names_under(kept, places[0], ends)
    reports = {row.seq: row for row in kept.exec_driver_sql(_REPORTS, (places[0], places[-1]))}
    outlets = _outlets(connection, {row.source for row in reports.values()})
    _forget(connection, {row.report for row in found} | set(reports))
    _add_claims(connection, found, under, {seq: outlets[row.source or ""] for seq, row in reports.items()})
    _add_titles(connection, reports.values(), outlets)
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('upto', ?)", (str(places[-1]),))


def _names_under(kept: Connection, after: int, ends: int) -> dict[str, dict[int, list[Any]]]:
    made: dict[str, dict[int, list[Any]]] = {}
    for field, sql in _UNDER.items():
        held = made.setdefault(field, {})
        for row in kept.exec_driver_sql(sql, (after, ends)):
            held.setdefault(row[0], []).append(row)
    return made


def _add_claims(
    connection: sqlite3.Connection,
    found: Sequence[Any],
    under: dict[str, dict[int, list[Any]]],
    outlets: dict[int, int],
) -> None:
    words: list[tuple[Any, ...]] = []
    hits: list[tuple[Any, ...]] = []
    countries: list[tuple[int, str]] = []
    years: set[int] = set()
    for row in found:
        place, outlet = place_of(row.day, row.seq), outlets[row.report]
        held = {field: under[field].get(row.seq, ()) for field in under}
        names = (_names(each[1] for each in held[field]) for field in _NAMED)
        words.append((place, *_folded(row.quote), *names, " ".join(_codes(row, held, outlet))))
        hits.append(
            (place, row.seq, row.report, row.position, row.first_day, row.last_day, (row.day or "")[:7], row.event,
             row.modality, outlet)
        )  # fmt: skip
        countries += {(place, each[2]) for each in held["place"] if each[2]}
        years.update(int(day[:4]) for day in (row.first_day, row.last_day) if day)
    words.sort()  # the index is written in one go only where its rows come in order
    connection.executemany(
        "INSERT INTO words (rowid, quote, place, actor, target, source, codes) VALUES (?, ?, ?, ?, ?, ?, ?)", words
    )
    connection.executemany(f"INSERT INTO hits VALUES ({', '.join('?' * 10)})", hits)
    connection.executemany("INSERT OR IGNORE INTO years VALUES (?)", [(each,) for each in years])
    connection.executemany("INSERT INTO countries VALUES (?, ?)", countries)


def _codes(row: Any, held: Mapping[str, Sequence[Any]], outlet: int) -> Iterator[str]:
    yield EVERY
    yield code("event", row.event)
    yield code("modality", row.modality)
    yield outlet_code(outlet)
    yield from month_codes(row.first_day, row.last_day)
    yield from {code("country", each[2]) for each in held["place"] if each[2]}
    yield from {code("measure", each[1]) for each in held["measure"]}
    for side in ("actor", "target"):
        yield from {id_code(side, each[2]) for each in held[side] if each[2]}


def _add_titles(connection: sqlite3.Connection, reports: Iterable[Any], outlets: dict[str, int]) -> None:
    made = sorted(
        (
            place_of(row.published, row.seq),
            *_folded(row.title or ""),
            *_folded(row.source or ""),
            " ".join((EVERY, outlet_code(outlets[row.source or ""]))),
            row.seq,
            row.published,
        )
        for row in reports
    )
    known = {row[0] for each in made for row in connection.execute("SELECT seq FROM reports WHERE seq = ?", (each[4],))}
    fresh = [each for each in made if each[4] not in known]
    sql = "INSERT INTO titles (rowid, title, outlet, codes) VALUES (?, ?, ?, ?)"
    connection.executemany(sql, [each[:4] for each in fresh])
    connection.executemany("INSERT INTO reports VALUES (?, ?, ?)", [(each[0], each[4], each[5]) for each in fresh])


def _forget(connection: sqlite3.Connection, reports: Iterable[int]) -> None:
    """Take away the claims of reports. Their words stay in the index, where they lead to nothing."""
    for report in reports:
        sql = "DELETE FROM countries WHERE place IN (SELECT place FROM hits WHERE report = ?)"
        connection.execute(sql, (report,))
        connection.execute("DELETE FROM hits WHERE report = ?", (report,))


def _outlets(connection: sqlite3.Connection, names: Iterable[str | None]) -> dict[str, int]:
    """The numbers of outlets by their names; that of a report which names none is empty."""
    wanted = [(name or "",) for name in names]
    connection.executemany("INSERT OR IGNORE INTO outlets (name) VALUES (?)", wanted)
    sql = "SELECT number FROM outlets WHERE name = ?"
    return {name: connection.execute(sql, (name,)).fetchone()[0] for (name,) in wanted}


def _folded(words: str) -> tuple[str]:
    return (fold(words).replace("|", _BAR),)


def _names(folded: Iterable[str]) -> str:
    return f" {_BAR} ".join(each.replace("|", _BAR) for each in folded)
