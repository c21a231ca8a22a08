"""Opening what a path names: plain or gzipped, never more of it than its limit, its kind told by name or bytes."""

import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal, TypeAlias, cast

from dateline.errors import InputError

Kind: TypeAlias = Literal["text", "page", "table"]

KINDS: dict[str, Kind] = {
    ".txt": "text", ".text": "text", ".md": "text", ".html": "page", ".htm": "page", ".xhtml": "page",
    ".jsonl": "table", ".ndjson": "table",
}  # fmt: skip
_GZIP_MAGIC = b"\x1f\x8b"
_PEEK = 1024  # bytes: enough for the doctype of a page, or for the first key of a row


def plain_name(path: Path) -> Path:
    """`path` without the ending that only says it is compressed."""
    return path.with_suffix("") if path.suffix.lower() == ".gz" and path.stem else path


def id_of(path: Path) -> str:
    """A report's id: its file's name without its ending (both endings of `report.txt.gz`)."""
    name = plain_name(path)
    return (name.stem if name.suffix.lower() in KINDS else name.name) or path.name


def kind_by_name(path: Path) -> Kind | None:
    return KINDS.get(plain_name(path).suffix.lower())


def kind_by_bytes(head: bytes) -> Kind:
    """What unnamed input looks like: a page, a table of JSON rows, else text."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:_PEEK].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml")) or (start.startswith(b"<") and b"<html" in start):
        return "page"
    return "table" if start.startswith((b'{"', b"{ ", b"{}")) else "text"


@contextmanager
def open_bytes(path: Path) -> Iterator[io.BufferedReader]:
    """The file's bytes, decompressed where they are gzipped, whatever the name says.

    Raises:
        OSError: the file cannot be opened.
    """
    with path.open("rb") as raw:
        yield unzipped(raw)


def standard_input() -> io.BufferedReader:
    """
    Raises:
        InputError: there is no standard input, or it was named twice: it is read once, to its end.
    """
    if sys.stdin is None:  # closed by who started us
        raise InputError("closed: there is nothing to read from; pipe a report into it")
    if sys.stdin.closed or sys.stdin.buffer.closed:
        raise InputError("was read to its end already; name it once")
    return unzipped(sys.stdin.buffer)


def unzipped(stream: BinaryIO) -> io.BufferedReader:
    buffered: io.BufferedReader = io.BufferedReader(cast(io.RawIOBase, stream))
    if buffered.peek(2)[:2] == _GZIP_MAGIC:
        return io.BufferedReader(cast(io.RawIOBase, gzip.GzipFile(fileobj=buffered)))
    return buffered


def peek(stream: io.BufferedReader) -> bytes:
    """The first bytes, still to be read.

    Raises:
        InputError: the stream is a damaged gzip file.
    """
    return reading(lambda: stream.peek(_PEEK)[:_PEEK])


def read_all(stream: io.BufferedReader, limit: int) -> bytes:
    """All bytes of a stream.

    Raises:
        InputError: there are more than `limit` (the rest is not read), or the stream is a damaged gzip file.
    """
    data = reading(lambda: stream.read(limit + 1))
    if len(data) > limit:
        raise InputError(too_long(limit))
    return data


def too_long(limit: int, size: int | None = None) -> str:
    holds = f"{size / 1e6:,.1f} MB" if size else "more"
    return f"too long: a report may have {limit / 1e6:,.1f} MB and this has {holds}; split it into reports"


def reading(read: Callable[[], bytes]) -> bytes:
    """What `read` reads; a damaged gzip file becomes an InputError."""
    try:
        return read()
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputError(f"damaged gzip file: {error}") from error
