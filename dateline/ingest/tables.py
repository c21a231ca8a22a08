"""JSONL: a report a row, read a row at a time, so that a file may be larger than memory.

A row has `id`, `text`, and where known `title`, `published`, `url`, `source` (record.md, "As JSON"). A broken row is
one failure; the rows after it are read.
"""

import io
import json
from collections.abc import Iterator
from datetime import date
from hashlib import blake2b

from msgspec import Struct

from dateline.errors import InputError
from dateline.ingest.dates import future_warning, read_date
from dateline.ingest.files import reading, too_long
from dateline.ingest.incoming import Failure, Incoming
from dateline.ingest.text import clean
from dateline.record import Report

MEDIA_TYPE = "application/x-ndjson"

_BOM = b"\xef\xbb\xbf"
_CHUNK = 1 << 16


class Line(Struct, frozen=True):
    """One line of the file; `number` counts from 1, blank lines too. `data` is None where it is over the limit."""

    number: int
    data: bytes | None


def read_rows(
    stream: io.BufferedReader, *, origin: str, stem: str, published: date | None, limit: int
) -> Iterator[Incoming | Failure]:
    """The reports of a JSONL stream, in order.

    Args:
        origin: the file's name, for messages; the row is added.
        stem: a row without an `id` is called this and its row number.
        published: the date of rows that state none.
        limit: bytes that one row may have.
    """
    seen: set[bytes] = set()
    rows = 0
    lines = _lines(stream, limit)
    while True:
        try:
            line = next(lines, None)
        except InputError as error:  # damaged gzip: what was read before it stands
            yield Failure(origin=f"{origin} row {rows + 1}", stage="ingest", message=str(error))
            return
        if line is None:
            break
        rows = line.number
        where = f"{origin} row {line.number}"
        try:
            if line.data is None:
                raise InputError(too_long(limit))
            row = read_row(line.data, origin=where, fallback=f"{stem}-{line.number}", published=published)
            _refuse_duplicate(row.id, seen)
        except InputError as error:
            yield Failure(origin=where, stage="ingest", message=str(error))
        else:
            yield row
    if not rows:
        yield Failure(origin=origin, stage="ingest", message="empty: there is no row in it")


def read_row(line: bytes, *, origin: str, fallback: str, published: date | None = None) -> Incoming:
    """One row as a report; `text` is kept unchanged, line ends included.

    Raises:
        InputError: the row is not a JSON object, lacks `text`, or has a value of the wrong type.
    """
    row = _parse(line)
    text, warnings = _text(row)
    day, date_warnings = _published(row.get("published"), published)
    title, source, url = (_string(row, name) for name in ("title", "source", "url"))
    report = Report(text=text, title=title, published=day, source=source, url=url)
    return Incoming(
        id=_id(row) or fallback,
        report=report,
        raw=line,
        media_type=MEDIA_TYPE,
        origin=origin,
        warnings=warnings + date_warnings + future_warning(day),
    )


def _lines(stream: io.BufferedReader, limit: int) -> Iterator[Line]:
    number = 0
    while raw := reading(lambda: stream.readline(limit + 2)):
        number += 1
        if number == 1:
            raw = raw.removeprefix(_BOM)
        data = raw.rstrip(b"\r\n")
        if len(data) > limit:
            while raw and not raw.endswith(b"\n"):
                raw = reading(lambda: stream.readline(_CHUNK))
            yield Line(number, None)
        elif data.strip():
            yield Line(number, data)


def _refuse_duplicate(row_id: str, seen: set[bytes]) -> None:
    # Sixteen bytes an id, not the id: a file of ten million rows must not fill memory with long names.
    key = blake2b(row_id.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    if key in seen:
        raise InputError(f"duplicate id {row_id[:80]!r}: an earlier row has it")
    seen.add(key)


def _parse(line: bytes) -> dict[str, object]:
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        byte = line[error.start]
        raise InputError(f"not UTF-8: byte 0x{byte:02X} at offset {error.start} of the row") from error
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg} at character {error.pos + 1}") from error
    except (ValueError, RecursionError) as error:  # a number of ten thousand digits, a hundred thousand brackets
        raise InputError(f"not JSON that can be read: {type(error).__name__}") from error
    if not isinstance(row, dict):
        raise InputError(f'not a JSON object but {_name(row)}; a row is {{"id": …, "text": …}}')
    return row


def _text(row: dict[str, object]) -> tuple[str, tuple[str, ...]]:
    if "text" not in row:
        raise InputError('there is no `text` in it; a row is {"id": …, "text": …}')
    text = row["text"]
    if not isinstance(text, str):
        raise InputError(f"`text` is {_name(text)}, not a string")
    if not text.strip():
        raise InputError("`text` is empty")
    if "\0" in text:
        raise InputError("binary: there is a NUL character in `text`")
    decoded = clean(text)
    return decoded.text, decoded.warnings


def _id(row: dict[str, object]) -> str | None:
    value = row.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(row, "id")


def _string(row: dict[str, object], name: str) -> str | None:
    value = row.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(f"`{name}` is {_name(value)}, not a string")
    return clean(value).text.strip() or None


def _published(value: object, fallback: date | None) -> tuple[date | None, tuple[str, ...]]:
    if value is None or value == "":
        return fallback, ()
    day = read_date(value) if isinstance(value, str) else None
    if day is None:
        shown = str(value)[:40]
        return fallback, (f"published {shown!r} is not a date such as 2014-06-17; the date is {fallback or 'unknown'}",)
    return day, ()


def _name(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
