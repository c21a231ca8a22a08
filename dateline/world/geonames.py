"""Dumps of GeoNames, row by row: https://download.geonames.org/export/dump/readme.txt says what the columns are.

Two kinds of file: places (19 columns: a country's file, allCountries) and alternate names (8 to 10 columns), each as
text, as .gz, or as GeoNames ships it, .zip. However long a file is, one row at a time is in memory.
"""

import gzip
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TypeAlias, cast

from msgspec import Struct

from dateline.errors import InputError
from dateline.world.added import Content
from dateline.world.countries import countries
from dateline.world.features import Kept, kept_as
from dateline.world.names import point

PLACE_COLUMNS = 19
NAME_COLUMNS = range(8, 11)  # the older file has no years from and to
ID_LIMIT = 1 << 52  # ids from here on are given by us
_LINE_LIMIT = 1 << 20  # bytes; the longest rows, countries with a thousand names, have 20,000
_PEEKED = 50  # rows that show what a file holds
_BUFFER = 1 << 20
# What GeoNames puts into its archives beside the data.
_BESIDE = ("readme", "iso-languagecodes")
# Where alternatenames have a code in place of a language: links, post codes, and the codes of airports, ports, trains.
_NO_LANGUAGE = frozenset("link post iata icao faac tcid unlc abbr wkdt phon piny".split())
# Codes of ISO 3166-1 that GeoNames uses and our table of countries has no row for: small territories.
_TERRITORIES = frozenset(
    "AI AQ AS AX BL BM BQ BV CC CK CX FK FO GG GI GP GS GU HM IM IO JE KY MF MP MQ MS NF NU PF PM PN RE SH SJ SX TC TF "
    "TK UM VG VI WF YT".split()
)
_WHOLE = re.compile(r"\d{1,18}")
_DEGREES = re.compile(r"-?\d{1,3}(?:\.\d+)?")


class PlaceRow(Struct, frozen=True):
    """A place of a dump. The point is in hundred-thousandths of a degree; `countries` the first, then cc2."""

    id: int
    name: str
    alternates: tuple[str, ...]
    lat: int
    lon: int
    kept: Kept
    country: str
    admin1: str
    admin2: str
    population: int


class NameRow(Struct, frozen=True):
    """An alternate name of the place with this id."""

    place: int
    name: str


class LeftOut(Struct, frozen=True):
    """A row that is well and not kept."""

    reason: str


class Bad(Struct, frozen=True):
    """A row that cannot be read: `reason` to count by, `said` with what stands there."""

    reason: str
    said: str


Row: TypeAlias = PlaceRow | NameRow | LeftOut | Bad


@contextmanager
def opened(path: Path) -> Iterator[tuple[IO[bytes], Callable[[], int], int]]:
    """The bytes of a dump, unpacked; a function that says how far they are read; and the size to which that counts.

    Raises:
        InputError: it is no dump, or damaged; also where that only shows while it is read.
    """
    try:
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive, archive.open(member := _member(path, archive)) as packed:
                yield io.BufferedReader(cast(io.RawIOBase, packed), _BUFFER), packed.tell, member.file_size
            return
        with path.open("rb") as raw:
            size = path.stat().st_size
            packed_gz = gzip.GzipFile(fileobj=raw) if path.suffix.lower() == ".gz" else None
            stream = io.BufferedReader(packed_gz, _BUFFER) if packed_gz else raw
            yield stream, raw.tell, size
    except (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, NotImplementedError) as error:
        raise InputError(f"{path}: not a whole {path.suffix} file ({_plain(error)}); download it again") from error


def _plain(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    texts = [one for one in archive.infolist() if one.filename.lower().endswith(".txt")]
    data = [one for one in texts if not Path(one.filename).stem.lower().startswith(_BESIDE)]
    if len(data) != 1:
        raise InputError(f"{path}: holds {len(data)} dumps (.txt), not one; unpack it and add the files one by one")
    if data[0].flag_bits & 1:
        raise InputError(f"{path}: is locked with a password; unpack it and add {data[0].filename}")
    return data[0]


def lines(stream: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Line numbers from 1 on and lines that are not empty, without their ends; None for one that is far too long."""
    number = 0
    while raw := stream.readline(_LINE_LIMIT):
        number += 1
        if len(raw) == _LINE_LIMIT and not raw.endswith(b"\n"):
            while (more := stream.readline(_LINE_LIMIT)) and not more.endswith(b"\n"):
                pass
            yield number, None
            continue
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if line := raw.rstrip(b"\r\n"):
            yield number, line


def content_of(path: Path) -> Content:
    """What a dump holds, by the columns of its first rows.

    Raises:
        InputError: it is empty, or no dump of GeoNames.
    """
    seen: Counter[int] = Counter()
    with opened(path) as (stream, _, _):
        for number, line in lines(stream):
            seen[line.count(b"\t") + 1 if line else 0] += 1
            if number >= _PEEKED:
                break
    if not seen:
        raise InputError(f"{path}: is empty; a GeoNames dump has a place a row")
    columns = seen.most_common(1)[0][0]
    if columns == PLACE_COLUMNS:
        return "places"
    if columns in NAME_COLUMNS:
        return "names"
    raise InputError(
        f"{path}: has rows of {columns} columns with tabs between; a GeoNames dump of places has {PLACE_COLUMNS}, "
        f"one of alternate names {NAME_COLUMNS[-1]}"
    )


def row_of(line: bytes | None, content: Content) -> Row:
    """A line as what it holds."""
    if line is None:
        return Bad("longer than a row can be", f"longer than {_LINE_LIMIT:,} bytes")
    try:
        cells = line.decode("utf-8").split("\t")
    except UnicodeDecodeError as error:
        return Bad("not UTF-8", f"not UTF-8 (byte {error.start + 1})")
    return _place(cells) if content == "places" else _name(cells)


def _place(cells: list[str]) -> Row:
    if len(cells) != PLACE_COLUMNS:
        return Bad("wrong number of columns", f"{len(cells)} columns, not {PLACE_COLUMNS}")
    kept = kept_as(cells[6], cells[7])
    if isinstance(kept, str):
        return LeftOut(kept)
    if problem := _problem(cells, kept):
        return problem
    lat, lon = point(cells[4], cells[5])
    return PlaceRow(
        id=int(cells[0]),
        name=cells[1],
        alternates=tuple(filter(None, cells[3].split(","))),
        lat=lat,
        lon=lon,
        kept=kept,
        country=cells[8],
        admin1="" if cells[10] == "00" else cells[10],  # "00" is GeoNames' word for not known
        admin2=cells[11],
        population=int(cells[14] or 0),
    )


def _problem(cells: list[str], kept: Kept) -> Bad | None:
    id, name, lat, lon, country, population = (cells[at] for at in (0, 1, 4, 5, 8, 14))
    if not _WHOLE.fullmatch(id) or not 0 < int(id) < ID_LIMIT:
        return Bad("no id", f"id {_cut(id)} is no whole number from 1 on")
    if not name.strip():
        return Bad("no name", "no name")
    if not _DEGREES.fullmatch(lat) or abs(float(lat)) > 90:
        return Bad("wrong latitude", f"latitude {_cut(lat)} is no number from -90 to 90")
    if not _DEGREES.fullmatch(lon) or abs(float(lon)) > 180:
        return Bad("wrong longitude", f"longitude {_cut(lon)} is no number from -180 to 180")
    if country not in countries() and country not in _TERRITORIES and (country or kept.kind in ("city", "division")):
        return Bad("unknown country", f"country {_cut(country)} is no code of ISO 3166-1")
    if population and not _WHOLE.fullmatch(population):
        return Bad("wrong population", f"population {_cut(population)} is no whole number")
    return None


def _name(cells: list[str]) -> Row:
    if len(cells) not in NAME_COLUMNS:
        return Bad("wrong number of columns", f"{len(cells)} columns, not {NAME_COLUMNS[-1]}")
    if cells[2].lower() in _NO_LANGUAGE:
        return LeftOut("links, post codes and other codes")
    if not _WHOLE.fullmatch(cells[1]) or not 0 < int(cells[1]) < ID_LIMIT:
        return Bad("no id", f"id {_cut(cells[1])} is no whole number from 1 on")
    if not cells[3].strip():
        return Bad("no name", "no name")
    return NameRow(int(cells[1]), cells[3])


def _cut(value: str) -> str:
    return repr(value if len(value) <= 20 else value[:20] + "…")
