"""Bytes into text: what is no text is refused with a reason; what is text keeps every character.

The text is not normalised (no NFC, no spaces taken out): spans count the code points that the report really has. Only
line ends become a plain newline and a byte order mark goes.
"""

import codecs
import re

from msgspec import Struct

from dateline.errors import InputError

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image, sound or video"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database (a ledger?)"),
    (b"{\\rtf", "an RTF document"),
)
_NOT_READ: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\s*WARC/\d|filedesc://"), "a web archive"),
    (re.compile(rb"\s*(?:(?:<!--(?:[^-]|-(?!->))*-->|<\?[^>]*>)\s*)*<(?:rss|feed|rdf:RDF)\b"), "a news feed"),
)
_BOMS: tuple[tuple[bytes, str], ...] = (  # UTF-32 first: its little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Codecs that Python keeps for names of hosts and its own source code: nobody sends a text in them.
_NO_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode_escape", "unicode-escape", "raw-unicode-escape"})
_HEAD = 2_000  # bytes in which a feed shows itself, comments and style sheets before it included
_SURROGATE = re.compile("[\ud800-\udfff]")


class Decoded(Struct, frozen=True):
    """Text, and what had to be changed to get at it."""

    text: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, charset: str | None = None) -> Decoded:
    """The text of `data`: in what its byte order mark declares, else `charset`, else UTF-8.

    Args:
        charset: the encoding that a server declared; one that is not known goes for none.
    Raises:
        InputError: empty, binary, or in an encoding that is neither; the message names the first misfit.
    """
    refuse_binary(data)
    try:
        text = data.decode(marked_encoding(data) or known_encoding(charset) or "utf-8")
    except UnicodeDecodeError as error:
        raise InputError(_misfit(data, error)) from error
    if "\0" in text:
        raise InputError("binary: there is a NUL character in it; give plain text, HTML or JSONL")
    if not text.strip():
        raise InputError("empty: there is no text in it")
    return clean(plain_newlines(text))


def marked_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark declares."""
    return next((name for mark, name in _BOMS if data.startswith(mark)), None)


def known_encoding(declared: str | None) -> str | None:
    """Python's name for the encoding that a server or a page declares; None where it is none of texts."""
    try:
        "".encode(declared or "")  # a codec of bytes, such as base64, is refused here
        name = codecs.lookup(declared or "").name
    except (LookupError, ValueError):  # ValueError: a name with a NUL in it
        return None
    return None if name in _NO_CHARSETS else name


def refuse_binary(data: bytes) -> None:
    """
    Raises:
        InputError: the bytes are no report: nothing, a known file type, an archive or feed, or NUL bytes.
    """
    if not data:
        raise InputError("empty: it holds no bytes")
    data = data.removeprefix(codecs.BOM_UTF8)
    if marked_encoding(data):
        return
    kind = next((name for magic, name in _MAGIC if data.startswith(magic)), None)
    if kind:
        raise InputError(f"binary: this is {kind}, not text; give the text or the page itself")
    other = next((name for form, name in _NOT_READ if form.match(data, 0, _HEAD)), None)
    if other:
        raise InputError(f"this is {other}, which is not read as yet; give the reports in it as pages, text or JSONL")
    at = data.find(b"\0")
    if at >= 0:
        raise InputError(f"binary: there is a NUL byte at offset {at}; give plain text, HTML or JSONL")


def clean(text: str) -> Decoded:
    """`text` with lone surrogates replaced by U+FFFD, one for one: offsets stay, and it can be stored as UTF-8."""
    fixed, count = _SURROGATE.subn("\ufffd", text)
    if not count:
        return Decoded(text)
    return Decoded(fixed, (f"{count} half character(s) (lone surrogates) replaced by U+FFFD",))


def plain_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _misfit(data: bytes, error: UnicodeDecodeError) -> str:
    line = data.count(b"\n", 0, error.start) + 1
    byte = data[error.start] if error.start < len(data) else 0
    return (
        f"not {error.encoding.upper()}: byte 0x{byte:02X} at offset {error.start} (line {line}); save it as UTF-8, "
        "or with a byte order mark"
    )
