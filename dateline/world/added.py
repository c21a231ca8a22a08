"""The gazetteers that a user added: one SQLite file each, in a folder of the user's; `importing.py` makes them.

A file's tables are those of the built-in gazetteer, with two more columns of `place` and one more table: `same` names
the place of another gazetteer that a place is. That other one stands in look-ups, under the names of both.
"""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct

from dateline.errors import InputError, ResourceError

Content = Literal["places", "names"]

FORMAT = "2"  # of the files; one of another format is made again from its dump
SCHEMA = """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT NOT NULL,
        admin1 TEXT NOT NULL, admin2 TEXT NOT NULL, lat INTEGER NOT NULL, lon INTEGER NOT NULL,
        population INTEGER NOT NULL, radius_m INTEGER NOT NULL, detail TEXT NOT NULL);
    CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, official INTEGER NOT NULL,
        PRIMARY KEY (key, place)) WITHOUT ROWID;
    CREATE TABLE same (place INTEGER PRIMARY KEY, other INTEGER NOT NULL);
    CREATE INDEX division ON place (country, admin1) WHERE kind = 'division' AND detail = '';
"""
SUFFIX = ".sqlite"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
PLACE_COLUMNS = "p.id, p.name, p.kind, p.country, p.admin1, p.admin2, p.lat, p.lon, p.population, p.radius_m, p.detail"


class Source(Struct, frozen=True, kw_only=True):
    """What an added gazetteer says of itself.

    `sha256` is of its content, which a reading goes by; `source_sha256` of the file it was made from. `against` holds
    the content of the gazetteers that its places were compared with.
    """

    name: str
    content: Content
    file: str
    source_sha256: str
    sha256: str
    added: str
    rows: int
    places: int
    names: int
    same: int
    countries: tuple[str, ...]
    kept: dict[str, int]
    left_out: dict[str, int]
    bad: dict[str, int]
    against: dict[str, str]
    path: str
    bytes: int


class Damaged(Struct, frozen=True):
    """An added gazetteer that cannot be read, and why."""

    name: str
    path: str
    problem: str


class Found(Struct, frozen=True):
    """A key's place in one file: its row where the file has it, and the place of another gazetteer that it is."""

    key: str
    place: int
    official: bool
    row: tuple[Any, ...] | None
    other: int | None


class AddedFile:
    """One added gazetteer, open for reading. One connection a process; safe to share among its threads."""

    def __init__(self, path: Path) -> None:
        """Open it read-only.

        Raises:
            ResourceError: it is missing, damaged, or of another format; the message says what to do.
        """
        self.path, self.name = path, path.name.removesuffix(SUFFIX)
        with self._guarded():
            address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            self._db = sqlite3.connect(address, uri=True, check_same_thread=False)
            told = dict(self._db.execute("SELECT key, value FROM meta"))
        if told.get("format") != FORMAT:
            raise ResourceError(
                f"{path}: made by another version of Dateline; add its file again: dateline gazetteer add "
                f"{told.get('file', 'FILE')}"
            )
        self.source = self._source(told)

    def _source(self, told: dict[str, str]) -> Source:
        here = {"name": self.name, "path": str(self.path), "bytes": self.path.stat().st_size}
        try:
            return msgspec.convert({**msgspec.json.decode(told["source"]), **here}, Source)
        except (KeyError, msgspec.MsgspecError) as error:
            raise self._damaged(f"it does not say what it holds: {error}") from error

    def find(self, keys: Sequence[str]) -> list[Found]:
        """What the file has under these keys (a few hundred at most)."""
        query = (
            f"SELECT n.key, n.place, n.official, s.other, {PLACE_COLUMNS} FROM name n LEFT JOIN place p "
            f"ON p.id = n.place LEFT JOIN same s ON s.place = n.place WHERE n.key IN ({marks(keys)})"
        )
        return [
            Found(key, place, bool(official), None if row[0] is None else tuple(row), other)
            for key, place, official, other, *row in self.rows(query, keys)
        ]

    def places(self, ids: Sequence[int]) -> dict[int, tuple[tuple[Any, ...], int | None]]:
        """Rows of places by id, each with the place of another gazetteer that it is; unknown ids are absent."""
        query = (
            f"SELECT s.other, {PLACE_COLUMNS} FROM place p LEFT JOIN same s ON s.place = p.id "
            f"WHERE p.id IN ({marks(ids)})"
        )
        return {row[1]: (row[1:], row[0]) for row in self.rows(query, ids)}

    def rows(self, query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The answer to a query.

        Raises:
            ResourceError: the file is damaged.
        """
        with self._guarded():
            return self._db.execute(query, values).fetchall()

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._damaged(str(error)) from error

    def _damaged(self, problem: str) -> ResourceError:
        return ResourceError(
            f"{self.path}: this added gazetteer is damaged ({problem}); take it away with `dateline gazetteer remove "
            f"{self.name}`, or add its file again"
        )


def marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def files(folder: Path) -> list[Path]:
    """The files of the gazetteers added in a folder, by name; none where the folder is not there."""
    return sorted(path for path in folder.glob(f"*{SUFFIX}") if _NAME.fullmatch(path.name.removesuffix(SUFFIX)))


def open_all(folder: Path) -> tuple[AddedFile, ...]:
    """Every added gazetteer, open for reading.

    Raises:
        ResourceError: one of them is damaged, or made by another version of Dateline.
    """
    return tuple(AddedFile(path) for path in files(folder))


def listed(folder: Path) -> list[Source | Damaged]:
    """What each added gazetteer says of itself; of a damaged one, what is wrong with it."""
    made: list[Source | Damaged] = []
    for path in files(folder):
        try:
            opened = AddedFile(path)
        except ResourceError as error:
            made.append(Damaged(path.name.removesuffix(SUFFIX), str(path), str(error)))
            continue
        made.append(opened.source)
        opened.close()
    return made


def file_of(folder: Path, name: str) -> Path:
    """Where the added gazetteer of this name lies, or would lie.

    Raises:
        InputError: the name cannot be that of a file everywhere.
    """
    if not _NAME.fullmatch(name):
        raise InputError(f"{name!r}: the name of a gazetteer is made of letters, digits, dots, hyphens and underscores")
    return folder / f"{name}{SUFFIX}"


def remove(folder: Path, name: str) -> Path:
    """Take an added gazetteer away, a damaged one as well; returns where it lay.

    Raises:
        InputError: there is none of this name.
    """
    path = file_of(folder, name)
    try:
        path.unlink()
    except FileNotFoundError as error:
        there = ", ".join(each.name.removesuffix(SUFFIX) for each in files(folder)) or "none"
        raise InputError(f"{name}: no added gazetteer has this name; added in {folder}: {there}") from error
    return path
