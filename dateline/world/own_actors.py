"""The actors and people that a user added: CSV files as the built-in tables are, kept in a folder of the user's.

`dateline actors add FILE` checks a file row by row and keeps its bytes. A row with an id that the register has stands
over the row there is (`actors.register`); any other is a new actor.
"""

import csv
import os
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Literal, TypeVar

from msgspec import Struct

from dateline.errors import InputError, ResourceError
from dateline.settings import from_environment
from dateline.world.actor_rows import ACTOR_COLUMNS, PEOPLE_COLUMNS, Listed, Post, read_actor, read_post

Content = Literal["actors", "people"]
SUFFIX = ".csv"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_MOST = 50_000_000  # bytes; the register is held in memory
_Row = TypeVar("_Row", Listed, Post)


class OwnFile(Struct, frozen=True, kw_only=True):
    """One added file: what it holds, and the sha256 of its bytes."""

    name: str
    content: Content
    path: str
    sha256: str
    actors: tuple[Listed, ...] = ()
    people: tuple[Post, ...] = ()


def read_file(path: Path, raw: bytes | None = None) -> OwnFile:
    """The rows of a file, of its bytes where they were read already.

    Raises:
        InputError: it cannot be read, or a row of it is wrong; the message names the first such line and what to do.
    """
    try:
        raw = _bytes(path) if raw is None else raw
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: {(error.strerror or str(error)).lower()}; it is to hold actors or people") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 (byte {error.start + 1}); save it as CSV in UTF-8") from error
    rows = csv.DictReader(StringIO(text, newline=""), strict=True)
    name, digest = path.name.removesuffix(SUFFIX), sha256(raw).hexdigest()
    try:
        columns = tuple(rows.fieldnames or ())
        if columns == ACTOR_COLUMNS:
            actors = _read(rows, path, lambda row: read_actor(row, origin=name))
            _once(path, [actor.id for actor in actors])
            return OwnFile(name=name, content="actors", path=str(path), sha256=digest, actors=actors)
        if columns == PEOPLE_COLUMNS:
            people = _read(rows, path, lambda row: read_post(row, origin=name))
            return OwnFile(name=name, content="people", path=str(path), sha256=digest, people=people)
    except csv.Error as error:
        raise InputError(f"{path}, line {rows.line_num}: not CSV ({error})") from error
    raise InputError(f"{path}: its first line must be {','.join(ACTOR_COLUMNS)} or {','.join(PEOPLE_COLUMNS)}")


def _bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        raw = stream.read(_MOST + 1)
    if len(raw) > _MOST:
        raise InputError(f"{path}: more than {_MOST // 1_000_000} MB; a register of actors is held in memory")
    return raw


def _read(rows: "csv.DictReader[str]", path: Path, read: Callable[[Mapping[str, str]], _Row]) -> tuple[_Row, ...]:
    made: list[_Row] = []
    wrong: list[str] = []
    for row in rows:
        where = f"{path}, line {rows.line_num}"
        if None in row or None in row.values():
            wrong.append(
                f"{where}: not {len(rows.fieldnames or ())} columns; a comma within a cell needs quotes around it"
            )
            continue
        try:
            made.append(read({column: cell.strip() for column, cell in row.items()}))
        except InputError as error:
            wrong.append(f"{where}: {error}")
    if wrong:
        more = f" ({len(wrong) - 1} more rows are wrong)" if len(wrong) > 1 else ""
        raise InputError(f"{wrong[0]}{more}")
    return tuple(made)


def _once(path: Path, ids: Sequence[str]) -> None:
    seen: set[str] = set()
    for id in ids:
        if id in seen:
            raise InputError(f"{path}: {id} stands twice; leave one")
        seen.add(id)


def add(path: Path, folder: Path, *, name: str | None = None, known: Callable[[str], bool]) -> OwnFile:
    """Check a file and keep it in the folder, in the place of one of that name.

    Args:
        known: whether the register holds an id, for what the rows name beside their own.
    Raises:
        InputError: the file is wrong, or names an actor that neither it nor the register holds. Nothing is kept then.
    """
    name = name or path.name.removesuffix(SUFFIX)
    if not _NAME.fullmatch(name):
        raise InputError(f"name {name!r}: letters, digits, dots, hyphens; give another with --name")
    try:
        raw = _bytes(path)
    except OSError as error:
        raise InputError(f"{path}: {(error.strerror or str(error)).lower()}; it is to hold actors or people") from error
    found = read_file(path, raw)
    own = {actor.id for actor in found.actors}
    for actor in found.actors:
        _check_known(path, actor.id, [actor.parent, *(bond.other for bond in actor.links)], own, known)
    for post in found.people:
        _check_known(path, post.name, [post.actor], own, known)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ResourceError(f"{folder}: {(error.strerror or str(error)).lower()}; set DATELINE_ACTORS") from error
    target = folder / f"{name}{SUFFIX}"
    aside = target.with_suffix(f".{os.getpid()}.part")
    try:
        aside.write_bytes(raw)
        aside.replace(target)
    except OSError as error:
        raise ResourceError(
            f"{target}: {(error.strerror or str(error)).lower()}; it could not be kept there"
        ) from error
    finally:
        aside.unlink(missing_ok=True)
    forget()
    return read_file(target)


def actors_first(paths: Sequence[Path]) -> list[Path]:
    """The files in the order in which they are best added: people hold posts of actors that must be there."""

    def people(path: Path) -> bool:
        if not path.is_file():
            return False  # a pipe gives its bytes once
        try:
            with path.open(encoding="utf-8-sig") as lines:
                return lines.readline().strip() == ",".join(PEOPLE_COLUMNS)
        except (OSError, UnicodeDecodeError):
            return False  # adding it will say what is wrong

    return sorted(paths, key=people)


def _check_known(path: Path, who: str, ids: Sequence[str | None], own: set[str], known: Callable[[str], bool]) -> None:
    for id in ids:
        if id and id not in own and not known(id):
            raise InputError(
                f"{path}: {who}: {id!r} is no actor of this file or of the register (dateline actors show)"
            )


def remove(folder: Path, name: str) -> Path:
    """Take an added file away.

    Raises:
        InputError: there is none of that name.
    """
    path = folder / f"{name}{SUFFIX}"
    if not _NAME.fullmatch(name) or not path.is_file():
        there = ", ".join(each.name.removesuffix(SUFFIX) for each in files(folder)) or "none"
        raise InputError(f"{name!r} was not added; there are: {there}")
    path.unlink()
    forget()
    return path


def files(folder: Path) -> list[Path]:
    """The files in the folder, by name."""
    return sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []


@lru_cache(maxsize=1)
def own_files() -> tuple[OwnFile, ...]:
    """The files that the settings' folder holds, read once a process.

    Raises:
        ResourceError: one of them was damaged since it was added.
    """
    made = []
    for path in files(Path(from_environment().actors)):
        try:
            made.append(read_file(path))
        except InputError as error:
            remedy = f"mend it or take it away: dateline actors remove {path.name.removesuffix(SUFFIX)}"
            raise ResourceError(f"{error}; {remedy}") from error
    return tuple(made)


def own_rows() -> tuple[tuple[Listed, ...], tuple[Post, ...]]:
    """The actors and posts of all added files, in the order of the files' names."""
    there = own_files()
    return tuple(a for each in there for a in each.actors), tuple(p for each in there for p in each.people)


def own_hashes() -> dict[str, str]:
    """Name of every added file with the sha256 of its bytes, for `made_by.tables`."""
    return {f"actors/{each.name}": each.sha256 for each in own_files()}


def forget() -> None:
    """Let the folder be read anew at the next use."""
    own_files.cache_clear()
