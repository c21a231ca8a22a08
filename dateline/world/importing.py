"""Adding a gazetteer of the user's: a dump of GeoNames goes in, an SQLite file in the user's folder comes out.

The file is written aside and moved into place when it is whole: an import that is stopped leaves nothing half-done.
Rows go through in batches, and names are sorted by SQLite outside memory, so that the whole world takes no more memory
than a village.
"""

import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from time import time
from typing import Any, Literal, TypeAlias

import msgspec
from msgspec import Struct

from dateline.errors import InputError, ResourceError
from dateline.world import added, matching
from dateline.world.added import AddedFile, Content, Source
from dateline.world.geonames import ID_LIMIT, Bad, LeftOut, NameRow, PlaceRow, Row, content_of, lines, opened, row_of
from dateline.world.names import core_key, key_of, keys_of, worth_keeping

# Told how far the work is: what is being done, how much of it is done, and how much there is (0: not known).
Told: TypeAlias = Callable[[str, int, int], None]
Status = Literal["added", "replaced", "already there"]

FIRST_BAD = 5  # bad rows that are shown
_BATCH = 500  # rows; under SQLite's limit on variables
_TRIED = 1_000  # rows after which a file is given up if most of them are bad
_STALE = 7 * 86_400  # seconds after which a file that an import left behind is nobody's any more
_HASHED = 1 << 20  # bytes at a time
_MEMORY_KIB = 32_768  # for SQLite's pages and its sorting
_TWICE = "ids that stand twice, names kept together"


class Imported(Struct, frozen=True, kw_only=True):
    """What adding a file did. `first_bad` are line numbers and what is wrong there."""

    status: Status
    source: Source
    first_bad: tuple[tuple[int, str], ...] = ()


def add(
    path: Path, folder: Path, *, name: str | None = None, replace: bool = False, told: Told | None = None
) -> Imported:
    """Add a dump of places or of alternate names to the gazetteers of a folder.

    Args:
        name: of the gazetteer; by default that of the file.
        replace: put it in the place of another file that was added under that name; also make it again where it is
            there already.
    Raises:
        InputError: the file is no dump, most of its rows are bad, or its name is taken by another file.
        ResourceError: a gazetteer that is there is damaged, or there is no room.
    """
    told = told or (lambda what, done, total: None)
    if not path.is_file():
        raise InputError(f"{path}: {'is a folder; name its files' if path.is_dir() else 'no such file'}")
    content = content_of(path)
    target = added.file_of(folder, name or name_of(path, content))
    source_sha256 = _sha256_of(path, told)
    earlier = next((each for each in added.listed(folder) if each.path == str(target)), None)
    others = [AddedFile(each) for each in added.files(folder) if each != target]
    them = matching.references(others)
    against = {each.name: each.sha256 for each in them if content == "names" or each.built_in}
    for other in others:
        other.close()
    if isinstance(earlier, Source) and not replace:
        if (earlier.source_sha256, earlier.against) == (source_sha256, against):
            return Imported(status="already there", source=earlier)
        _refuse_another(earlier, path, source_sha256)
    with _aside(target) as aside:
        maker = _Maker(aside, content, them, told)
        maker.read(path)
        maker.finish({"file": str(path.resolve()), "source_sha256": source_sha256, "against": against})
        aside.replace(target)
    opened_again = AddedFile(target)
    opened_again.close()
    status: Status = "replaced" if earlier else "added"
    return Imported(status=status, source=opened_again.source, first_bad=tuple(maker.first_bad))


def places_first(paths: Sequence[Path]) -> list[Path]:
    """The files in the order in which they are best added: names can only be given to places that are there."""

    def names(path: Path) -> bool:
        try:
            return content_of(path) == "names"
        except (InputError, OSError):
            return False  # adding it will say what is wrong

    return sorted(paths, key=names)


def name_of(path: Path, content: Content) -> str:
    """The name a file goes by: "IQ" for IQ.zip, "IQ-names" for the file of that name with alternate names."""
    name = path.name
    for ending in (".gz", ".zip", ".txt"):
        name = name[: -len(ending)] if name.lower().endswith(ending) else name
    return name if content == "places" or "names" in name.lower() else f"{name}-names"


def _refuse_another(earlier: Source, path: Path, source_sha256: str) -> None:
    if earlier.file != str(path.resolve()) and earlier.source_sha256 != source_sha256:
        raise InputError(
            f"{path}: a gazetteer named {earlier.name} was added from {earlier.file}; --replace puts this file in its "
            f"place, --name NAME keeps both"
        )


def _sha256_of(path: Path, told: Told) -> str:
    digest, size, done = sha256(), path.stat().st_size, 0
    with path.open("rb") as raw:
        while piece := raw.read(_HASHED):
            digest.update(piece)
            done += len(piece)
            told("checking", done, size)
    return digest.hexdigest()


@contextmanager
def _aside(target: Path) -> Iterator[Path]:
    """A path beside the target to write to; whatever is left there at the end is taken away."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for left in target.parent.glob(".*.part*"):
        with suppress(OSError):
            if time() - left.stat().st_mtime > _STALE:
                left.unlink()
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield aside
    except sqlite3.Error as error:
        raise ResourceError(
            f"{target}: could not be written ({error}); nothing was added; make room there and where temporary files "
            f"are kept (SQLITE_TMPDIR)"
        ) from error
    finally:
        for path in (aside, _staging(aside)):
            path.unlink(missing_ok=True)


def _staging(aside: Path) -> Path:
    return aside.with_name(f"{aside.name}-names")


class _Maker:
    """Writes one gazetteer: rows as they come, then the names in order, then what is the same as elsewhere."""

    def __init__(self, aside: Path, content: Content, them: Sequence[matching.Reference], told: Told) -> None:
        self._path, self._content, self._them, self._told = aside, content, them, told
        self._known = matching.Known(them)
        self._digest = sha256(added.FORMAT.encode())
        self.kept: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self.bad: Counter[str] = Counter()
        self.first_bad: list[tuple[int, str]] = []
        self._rows = 0
        self._countries: set[str] = set()
        self._db = _database(aside)

    def read(self, path: Path) -> None:
        """Take in all rows of a file.

        Raises:
            InputError: most of them are bad.
        """
        batch: list[tuple[int, Any]] = []
        with opened(path) as (stream, position, size):
            for number, line in lines(stream):
                self._rows += 1
                self._sort_out(number, row_of(line, self._content), batch)
                if len(batch) >= _BATCH:
                    self._put(batch)
                    batch = []
                if self._rows % _TRIED == 0:
                    self._told("reading", position(), size)
                    self._refuse_if_bad(path)
        self._put(batch)
        self._refuse_if_bad(path)
        self._refuse_if_empty(path)

    def finish(self, told: dict[str, Any]) -> None:
        """Sort the names in, find what is the same as elsewhere, and write what the file says of itself."""
        self._told("sorting names", 0, 0)
        self._db.execute("INSERT INTO main.name SELECT key, place, max(official) FROM staged.name GROUP BY key, place")
        self._db.execute("COMMIT")
        self._db.execute("DETACH staged")
        if self._content == "places":
            self._told("comparing", 0, 0)
            matching.match_names(self._db, self._them)
            matching.match_regions(self._db)
            changed = matching.translate_divisions(self._db, self._them[0])
            given = matching.fill_divisions(self._db)
            seats = matching.mark_seats(self._db, self._them[0])
            same = self._db.execute("SELECT * FROM same ORDER BY place").fetchall()
            self._digest.update(repr((same, sorted(changed.items()), given, seats)).encode())
        self._describe(told)
        self._known.close()
        self._db.close()
        with self._path.open("rb") as written:
            os.fsync(written.fileno())

    def _describe(self, told: dict[str, Any]) -> None:
        places, names, same = (
            self._db.execute(f"SELECT count(*) FROM main.{table}").fetchone()[0] for table in ("place", "name", "same")
        )
        source = Source(
            name="", path="", bytes=0, content=self._content, sha256=self._digest.hexdigest(), rows=self._rows,
            added=datetime.now(UTC).isoformat(timespec="seconds"), places=places, names=names, same=same,
            countries=tuple(sorted(self._countries)), kept=dict(self.kept), left_out=dict(self.left_out),
            bad=dict(self.bad), **told,
        )  # fmt: skip
        meta = [("format", added.FORMAT), ("file", source.file), ("source", msgspec.json.encode(source).decode())]
        self._db.executemany("INSERT INTO meta VALUES (?, ?)", meta)

    def _sort_out(self, number: int, row: Row, batch: list[tuple[int, Any]]) -> None:
        if isinstance(row, LeftOut):
            self.left_out[row.reason] += 1
        elif isinstance(row, Bad):
            self.bad[row.reason] += 1
            if len(self.first_bad) < FIRST_BAD:
                self.first_bad.append((number, row.said))
        else:
            batch.append((number, row))

    def _refuse_if_bad(self, path: Path) -> None:
        bad = self.bad.total()
        if bad * 2 <= self._rows:
            return
        line, said = self.first_bad[0]
        raise InputError(
            f"{path}: {bad:,} of the first {self._rows:,} rows are bad, such as line {line:,}: {said}; nothing was "
            f"added; it needs a dump of GeoNames with tabs between its columns"
        )

    def _refuse_if_empty(self, path: Path) -> None:
        if self.kept:
            return
        why = ", ".join(f"{number:,} {reason}" for reason, number in self.left_out.most_common(3))
        first = "; add the dump of their country first" if self._content == "names" else ""
        raise InputError(f"{path}: holds nothing that is kept ({why}); nothing was added{first}")

    def _put(self, batch: list[tuple[int, Any]]) -> None:
        if not batch:
            return
        if self._content == "places":
            self._put_places(batch)
        else:
            self._put_names([row for _, row in batch])

    def _put_places(self, batch: Sequence[tuple[int, PlaceRow]]) -> None:
        known = self._known.spots([row.id for _, row in batch])
        for number, row in batch:
            spot = _spot(row)
            there = known.get(row.id)
            id, official = row.id, True
            if there is not None and matching.same_by_id(spot, there):
                self._db.execute("INSERT OR IGNORE INTO same VALUES (?, ?)", (id, id))
            elif there is not None:  # the id is another place's
                id = _own_id(row, number)
            if not self._insert(id, row):
                if matching.same_by_id(spot, self._at(id)):
                    self.left_out[_TWICE] += 1
                    official = False
                else:
                    id = _own_id(row, number)
                    self._insert(id, row)
            if official:
                self.kept[row.kept.detail or row.kept.kind] += 1
                if row.country:
                    self._countries.add(row.country)
            self._stage((key, id, own and official) for key, own in _keys(row))

    def _insert(self, id: int, row: PlaceRow) -> bool:
        """Write a place; False where its id is taken. All rows of `place` are made here."""
        # A district's people live in its towns: by their number it would come before the town it is called after.
        people = 0 if row.kept.kind == "county" else row.population
        cells = (
            id, row.name, row.kept.kind, row.country, row.admin1, row.admin2, row.lat, row.lon, people,
            round(row.kept.radius_km * 1000), row.kept.detail,
        )  # fmt: skip
        self._digest.update(repr(cells).encode())
        return self._db.execute(_INSERT, cells).rowcount == 1

    def _at(self, id: int) -> matching.Spot:
        query = "SELECT kind, detail, country, lat, lon, population FROM main.place WHERE id = ?"
        return matching.Spot(*self._db.execute(query, (id,)).fetchone())

    def _put_names(self, batch: Sequence[NameRow]) -> None:
        known = self._known.spots(list({row.place for row in batch}))
        for row in batch:
            spot = known.get(row.place)
            if spot is None:
                self.left_out["of places in no gazetteer here"] += 1
            elif not worth_keeping(row.name, spot.people, spot.country):
                self.left_out["not as news in English writes"] += 1
            else:
                self.kept["name"] += 1
                self._countries.add(spot.country)
                divided = spot.kind in ("division", "county")
                names = (row.name, core_key(row.name, local=True)) if divided else (row.name,)
                self._stage((key, row.place, 0) for key, _ in keys_of("", names, spot.country))

    def _stage(self, names: Iterable[tuple[str, int, int | bool]]) -> None:
        rows = sorted({(key, id, int(official)) for key, id, official in names})
        self._digest.update(repr(rows).encode())
        self._db.executemany("INSERT INTO staged.name VALUES (?, ?, ?)", rows)


_INSERT = "INSERT OR IGNORE INTO main.place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def _database(aside: Path) -> sqlite3.Connection:
    # Nothing here needs to survive a crash: what is not moved into place does not count.
    db = sqlite3.connect(aside.resolve().as_uri(), uri=True, isolation_level=None)
    db.execute("ATTACH ? AS staged", (str(_staging(aside)),))
    for schema in ("main", "staged"):
        db.execute(f"PRAGMA {schema}.journal_mode = OFF")
        db.execute(f"PRAGMA {schema}.synchronous = OFF")
        db.execute(f"PRAGMA {schema}.cache_size = -{_MEMORY_KIB}")
    db.execute("PRAGMA temp_store = FILE")
    db.executescript(added.SCHEMA)
    db.execute("CREATE TABLE staged.name (key TEXT NOT NULL, place INTEGER NOT NULL, official INTEGER NOT NULL)")
    db.execute("BEGIN")
    return db


def _spot(row: PlaceRow) -> matching.Spot:
    return matching.Spot(row.kept.kind, row.kept.detail, row.country, row.lat, row.lon, row.population)


def _keys(row: PlaceRow) -> Iterator[tuple[str, int]]:
    alternates: Iterable[str] = (name for name in row.alternates if worth_keeping(name, row.population, row.country))
    names = [row.name, *alternates]
    if row.kept.kind == "county":
        yield from _county_keys(names, row.country)
    elif row.kept.kind == "division":
        short = [core for name in names if (core := core_key(name)) != key_of(name)]
        yield from ((key, 1) for key, _ in keys_of(row.name, (*names, *short), row.country))
    else:
        yield from keys_of(row.name, names[1:], row.country)


def _county_keys(names: Iterable[str], country: str) -> Iterator[tuple[str, int]]:
    """Keys of a district: "Velou District" is its own name, a bare "Velou" that of the town first."""
    for name in names:
        core = core_key(name, local=True)
        yield from ((key, int(core != key_of(name))) for key, _ in keys_of(name, (), country))
        yield from ((key, 0) for key, _ in keys_of(core, (), country))


def _own_id(row: PlaceRow, number: int) -> int:
    """An id for a place whose own is another's: made from what the row says, the same whenever it is added."""
    said = sha256(f"{row.id} {number} {row.name} {row.lat} {row.lon} {row.country}".encode()).digest()
    return ID_LIMIT + int.from_bytes(said[:6], "big")
