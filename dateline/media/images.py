"""A picture: how large it is, its perceptual hash, a still of it to be looked at, and what its EXIF block says.

Files come from anybody. A picture that would need more memory than `MOST_PIXELS` is refused by what its first bytes say
of its size; whatever is wrong with the rest is a picture without a hash, never an error.
"""

import io
import threading
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from dateline.errors import InputError
from dateline.media import pdq

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 100_000_000
# One picture is unpacked at a time: several large ones side by side would take gigabytes.
_UNPACKING = threading.Lock()
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "AVIF")
_HASHED = 512  # pixels a side; as the reference makes it smaller first
_STILL = 1600
_MOST_TAGS, _MOST_WORDS = 150, 300
_EXIF, _GPS = 0x8769, 0x8825  # where a block refers to these two others
_NO_WORDS = frozenset(("MakerNote", "UserComment", "PrintImageMatching", "XMLPacket", "JPEGThumbnail", "GPSInfo"))
# What Pillow raises on files that are not what they say: there is no one error for it.
_UNREADABLE = (OSError, ValueError, TypeError, SyntaxError, EOFError, IndexError, KeyError, ArithmeticError,
               AttributeError, MemoryError, RuntimeError)  # fmt: skip


class Picture(Struct, frozen=True):
    """Pixels a side, and the perceptual hash; None where the pixels cannot be read or there is too little to see."""

    width: int
    height: int
    pdq: str | None


class Tag(Struct, frozen=True):
    """One entry of an EXIF block."""

    name: str
    says: str


def look(raw: bytes) -> Picture:
    """Read a picture.

    Raises:
        InputError: it is too large to be unpacked, or there is no picture.
    """
    import numpy as np

    with _UNPACKING, _opened(raw) as image:
        width, height = image.size
        try:
            small = _upright(image, _HASHED)
            if max(small.size) > _HASHED:
                small = small.resize((_HASHED, _HASHED), reducing_gap=2.0)
            made, quality = pdq.pdq(np.asarray(small))
        except _UNREADABLE:
            return Picture(width, height, None)
    return Picture(width, height, made if quality >= pdq.GOOD else None)


def size(raw: bytes) -> tuple[int, int] | None:
    """Pixels a side, by the first bytes alone; None where they do not say."""
    try:
        with _opened(raw) as image:
            return image.size
    except InputError:
        return None


def still(raw: bytes) -> bytes:
    """The picture as a JPEG to look at: its first frame, upright, of a size for a page, without what it says of itself.

    Raises:
        InputError: it cannot be shown.
    """
    made = io.BytesIO()
    with _UNPACKING, _opened(raw) as image:
        try:
            shown = _upright(image, _STILL)
            shown.thumbnail((_STILL, _STILL))
            shown.save(made, "JPEG", quality=85)
        except _UNREADABLE as error:
            raise InputError("the picture's pixels cannot be read; get the file itself to look into it") from error
    return made.getvalue()


def exif(raw: bytes) -> tuple[Tag, ...]:
    """What the file says of itself: camera, moments, place. It can be written by anybody; empty where there is none."""
    from PIL import ExifTags

    try:
        with _opened(raw) as image:
            block = image.getexif()
            found = [*_named(dict(block), ExifTags.TAGS), *_named(dict(block.get_ifd(_EXIF)), ExifTags.TAGS)]
            gps = dict(block.get_ifd(_GPS))
    except (InputError, *_UNREADABLE):
        return ()
    place = _place(gps)
    found += [Tag("Place", place)] if place else []
    found += _named(gps, ExifTags.GPSTAGS)
    return tuple(found[:_MOST_TAGS])


# --- within ----------------------------------------------------------------------------------------------------------


def _opened(raw: bytes) -> "Image.Image":
    from PIL import Image

    try:
        image = Image.open(io.BytesIO(raw), formats=_FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except _UNREADABLE as error:
        raise InputError("by its first bytes the file is a picture, but none can be read; choose another") from error
    if image.width * image.height > MOST_PIXELS:
        raise _too_large()
    return image


def _too_large() -> InputError:
    return InputError(f"the picture has more than {MOST_PIXELS:,} pixels and is not unpacked; make it smaller first")


def _upright(image: "Image.Image", wanted: int) -> "Image.Image":
    """The first frame in red, green and blue, turned as its EXIF block says."""
    from PIL import ImageOps

    image.draft("RGB", (wanted, wanted))  # a JPEG is unpacked at a fraction of its size where that is enough
    image.load()
    return ImageOps.exif_transpose(image).convert("RGB")


def _named(block: Mapping[int, Any], names: Mapping[int, str]) -> Iterator[Tag]:
    for number, value in list(block.items())[:_MOST_TAGS]:
        name = names.get(number, f"tag {number}")
        if name in _NO_WORDS or name.endswith(("IFD", "Offset")) or isinstance(value, dict):
            continue
        try:
            said = _words(value)
        except _UNREADABLE:
            continue
        if said:
            yield Tag(name, said)


def _words(value: Any) -> str:
    """A value in plain words: no control characters, none of the bytes that only programs read."""
    if isinstance(value, bytes):
        value = value.rstrip(b"\0")
        if not value.isascii():
            return f"{len(value):,} bytes"
        value = value.decode("ascii")
    if isinstance(value, tuple):
        value = ", ".join(str(each) for each in value[:20])
    plain = "".join(c if c.isprintable() else " " for c in str(value))
    said = " ".join(plain.encode("utf-8", "replace").decode().split())
    return said if len(said) <= _MOST_WORDS else said[: _MOST_WORDS - 1] + "…"


def _place(gps: Mapping[int, Any]) -> str:
    """Degrees of latitude and longitude; empty where they are not told, or cannot be."""
    try:
        north, east = _degrees(gps[2], gps.get(1)), _degrees(gps[4], gps.get(3))
    except _UNREADABLE:
        return ""
    return f"{north:.5f}, {east:.5f}" if abs(north) <= 90 and abs(east) <= 180 else ""


def _degrees(parts: Any, side: Any) -> float:
    """From degrees, minutes and seconds; south and west are below zero."""
    degrees, minutes, seconds = (float(each) for each in parts)
    sign = -1 if str(side).strip("\0 ") in ("S", "W") else 1
    return sign * (degrees + minutes / 60 + seconds / 3600)
