"""What a file is, by its first bytes: its name and what a browser says of it are nobody's word.

Whatever is plain text, pages and drawings of the web among it, is text and nothing else: it is never shown as a page.
"""

import codecs
import re
from typing import Literal, TypeAlias

from msgspec import Struct

from dateline.errors import InputError

MediaKind: TypeAlias = Literal["image", "video", "document"]

_NAME = 200  # characters
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")  # control characters that no text has
_TEXT_LOOKED_AT = 65_536  # bytes; a text that turns into something else behind them is still never shown as a page


class Recognised(Struct, frozen=True):
    """A kind of file: how pages call it, its media type, and the ending of a name that fits it."""

    kind: MediaKind
    media_type: str
    ending: str


_JPEG = Recognised("image", "image/jpeg", "jpg")
_TEXT = Recognised("document", "text/plain", "txt")
_BY_START: tuple[tuple[bytes, Recognised], ...] = (
    (b"\xff\xd8\xff", _JPEG),
    (b"\x89PNG\r\n\x1a\n", Recognised("image", "image/png", "png")),
    (b"GIF87a", Recognised("image", "image/gif", "gif")),
    (b"GIF89a", Recognised("image", "image/gif", "gif")),
    (b"II*\0", Recognised("image", "image/tiff", "tif")),
    (b"MM\0*", Recognised("image", "image/tiff", "tif")),
    (b"\x1a\x45\xdf\xa3", Recognised("video", "video/webm", "webm")),
    (b"%PDF-", Recognised("document", "application/pdf", "pdf")),
    (b"PK\x03\x04", Recognised("document", "application/zip", "zip")),  # office files and web archives are such
)
# After "RIFF" or "....ftyp": what kind of container it is.
_BY_RIFF = {
    b"WEBP": Recognised("image", "image/webp", "webp"),
    b"AVI ": Recognised("video", "video/x-msvideo", "avi"),
}
_BY_BRAND = {
    b"avif": Recognised("image", "image/avif", "avif"),
    b"avis": Recognised("image", "image/avif", "avif"),
    b"heic": Recognised("image", "image/heic", "heic"),
    b"heix": Recognised("image", "image/heic", "heic"),
    b"mif1": Recognised("image", "image/heic", "heic"),
    b"qt  ": Recognised("video", "video/quicktime", "mov"),
}
_MP4 = Recognised("video", "video/mp4", "mp4")
# Endings that are as good as the one of the kind.
_ENDINGS = {
    "jpg": (".jpg", ".jpeg"),
    "tif": (".tif", ".tiff"),
    "mp4": (".mp4", ".m4v", ".3gp"),
    "webm": (".webm", ".mkv"),
    "zip": (".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".wacz"),
    "txt": (".txt", ".csv", ".md", ".json"),
}
# Sound alone in the same container.
_NO_VIDEO = frozenset((b"M4A ", b"M4B ", b"M4P "))


# The pictures whose pixels are read here; of others only the file is kept.
PICTURES = frozenset(("image/jpeg", "image/png", "image/gif", "image/webp", "image/tiff", "image/avif"))


def file_name(said: str, found: Recognised) -> str:
    """A name without folders and without characters that hide what it is, ending as its content says."""
    plain = "".join(c for c in said.replace("\\", "/").rpartition("/")[2] if c.isprintable()).strip(" .")
    stem = plain[:_NAME].strip() or "file"
    return (
        stem if stem.lower().endswith(_ENDINGS.get(found.ending, (f".{found.ending}",))) else f"{stem}.{found.ending}"
    )


def recognise(raw: bytes) -> Recognised:
    """What the bytes are.

    Raises:
        InputError: they are nothing that is kept as evidence.
    """
    if not raw:
        raise InputError("the file is empty; choose another")
    for start, found in _BY_START:
        if raw.startswith(start):
            return found
    if raw[:4] == b"RIFF" and raw[8:12] in _BY_RIFF:
        return _BY_RIFF[raw[8:12]]
    if raw[4:8] == b"ftyp" and raw[8:12] not in _NO_VIDEO:
        return _BY_BRAND.get(raw[8:12], _MP4)
    if _is_text(raw):
        return _TEXT
    raise InputError(
        "by its content the file is none of those that are kept: images (JPEG, PNG, GIF, WebP, TIFF, AVIF, HEIC), "
        "video (MP4, QuickTime, WebM, AVI), documents (PDF, ZIP and office files, plain text)"
    )


def _is_text(raw: bytes) -> bool:
    start = raw[:_TEXT_LOOKED_AT]
    if _NO_TEXT.search(start):
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return False
    return True
