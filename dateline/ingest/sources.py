"""What a user names, a file, a folder, an address or standard input, into reports: one at a time, failures among them.

Nothing here raises for bad input: whatever cannot be taken in is a `Failure` with one line that says why, and what
comes after it is still read.
"""

import io
import os
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from dateline.errors import FetchError, InputError
from dateline.ingest.dates import future_warning
from dateline.ingest.files import (
    Kind,
    id_of,
    kind_by_bytes,
    kind_by_name,
    open_bytes,
    peek,
    read_all,
    standard_input,
    too_long,
)
from dateline.ingest.incoming import Failure, Incoming
from dateline.ingest.tables import read_rows
from dateline.ingest.text import decode
from dateline.record import Report
from dateline.settings import Settings, from_environment

STANDARD_INPUT = "-"


def incoming(
    source: str, *, published: date | None = None, name: str | None = None, settings: Settings | None = None
) -> Iterator[Incoming | Failure]:
    """The reports that `source` names, in order.

    Args:
        source: `-` for standard input, a file (.txt, .md, .html, .jsonl and their .gz; others by their first bytes), a
            directory (all files of those kinds below it, hidden ones left out, sorted), or an http(s) address.
        published: the day of publication. For a text or a page it goes before what the page says; for a table it is the
            date of the rows that state none.
        name: what to call standard input, or a single file or address, instead of its own name.
        settings: limits; from the environment where not given.
    Raises:
        InputError: the environment holds a setting that cannot be (the only error; bad input is a Failure).
    """
    return _incoming(source, published, name, settings or from_environment())


def _incoming(
    source: str, published: date | None, name: str | None, settings: Settings
) -> Iterator[Incoming | Failure]:
    if source == STANDARD_INPUT:
        yield from _from_standard_input(published, name, settings)
    elif source.lower().startswith(("http://", "https://")):
        yield _from_address(source, published, name, settings)
    elif not source:
        yield Failure(origin="''", stage="ingest", message="an empty name; give a file, a folder, an address or -")
    elif "\0" in source:
        yield Failure(origin=repr(source), stage="ingest", message="not a file name: it holds a NUL character")
    elif os.path.isdir(source):
        yield from _from_directory(Path(source), published, settings)
    else:
        yield from _from_file(Path(source), published, name, settings)


def _from_standard_input(published: date | None, name: str | None, settings: Settings) -> Iterator[Incoming | Failure]:
    origin = name or "standard input"
    try:
        stream = standard_input()
        yield from _from_stream(stream, None, origin, name or "stdin", published, settings)
    except (InputError, OSError) as error:
        yield _failure(origin, error)


def _from_file(
    path: Path, published: date | None, name: str | None, settings: Settings
) -> Iterator[Incoming | Failure]:
    origin = str(path)
    kind = kind_by_name(path)
    try:
        if kind != "table" and (size := path.stat().st_size) > _limit(kind, settings):
            raise InputError(too_long(_limit(kind, settings), size))
        with open_bytes(path) as stream:
            yield from _from_stream(stream, kind, origin, name or id_of(path), published, settings)
    except (InputError, OSError, ValueError) as error:
        yield _failure(origin, error)


def _from_directory(folder: Path, published: date | None, settings: Settings) -> Iterator[Incoming | Failure]:
    refused: list[OSError] = []
    paths = sorted(_reports_below(folder, refused))
    for error in refused:
        yield _failure(str(error.filename or folder), error)
    if not paths and not refused:
        message = "a directory without reports: nothing in it ends in .txt, .md, .html, .jsonl or their .gz"
        yield Failure(origin=str(folder), stage="ingest", message=message)
    for path in paths:
        yield from _from_file(path, published, None, settings)


def _reports_below(folder: Path, refused: list[OSError]) -> Iterator[Path]:
    for root, folders, files in os.walk(folder, onerror=refused.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = Path(root, name)
            if not name.startswith(".") and kind_by_name(path) and not _never_ends(path):
                yield path


def _never_ends(path: Path) -> bool:
    """A pipe, socket or device: nobody may be writing into it. One that is named itself is read all the same."""
    return os.path.exists(path) and not os.path.isfile(path)


def _from_stream(
    stream: io.BufferedReader,
    kind: Kind | None,
    origin: str,
    report_id: str,
    published: date | None,
    settings: Settings,
) -> Iterator[Incoming | Failure]:
    head = peek(stream)
    kind = kind or kind_by_bytes(head)
    if kind == "table" and head:
        yield from read_rows(
            stream, origin=origin, stem=report_id, published=published, limit=settings.max_report_bytes
        )
        return
    data = read_all(stream, _limit(kind, settings))
    yield _one(data, kind, origin, report_id, published)


def _one(
    data: bytes, kind: Kind, origin: str, report_id: str, published: date | None,
    url: str | None = None, charset: str | None = None,
) -> Incoming | Failure:  # fmt: skip
    """A text or a page as a report."""
    try:
        if kind == "page":
            from dateline.ingest.html import read_page

            media_type = "text/html"
            report, warnings = read_page(data, url=url, charset=charset, published=published)
        else:
            media_type = "text/plain"
            decoded = decode(data, charset)
            report, warnings = Report(text=decoded.text, published=published, url=url), decoded.warnings
    except InputError as error:
        return _failure(origin, error, data)
    return Incoming(
        id=report_id,
        report=report,
        raw=data,
        media_type=media_type,
        origin=origin,
        warnings=warnings + future_warning(report.published),
    )


def _from_address(url: str, published: date | None, name: str | None, settings: Settings) -> Incoming | Failure:
    from dateline.ingest.fetch import fetch

    try:
        page = fetch(url, settings)
    except FetchError as error:
        return Failure(origin=url, stage="fetch", message=str(error).removeprefix(f"{url}: "))
    kind: Kind = "text" if page.media_type == "text/plain" else "page"
    return _one(page.body, kind, url, name or _id_of_address(page.url), published, page.url, page.charset)


def _id_of_address(url: str) -> str:
    """The last part of the path without its ending, as for a file; the host where there is no path."""
    parts = urlsplit(url)
    last = parts.path.rstrip("/").rpartition("/")[2]
    return id_of(Path(last)) if last else parts.netloc


def _limit(kind: Kind | None, settings: Settings) -> int:
    return settings.max_report_bytes if kind == "text" else settings.max_page_bytes


def _failure(origin: str, error: Exception, data: bytes | None = None) -> Failure:
    return Failure(
        origin=origin, stage="ingest", message=_message(error), sha256=sha256(data).hexdigest() if data else None
    )


def _message(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file or directory"
    if isinstance(error, PermissionError):
        return "may not be read: permission denied"
    if isinstance(error, OSError):
        return f"cannot be read: {error.strerror or error}"
    return " ".join(str(error).split())
