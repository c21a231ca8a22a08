"""What files are by their content, and what pictures are and say; nothing that is in one can do harm."""

import io
import random
import zlib

import pytest
from pictures import as_bytes, picture, with_exif
from PIL import Image

from dateline.errors import InputError
from dateline.media import images
from dateline.media.images import Picture, exif, look, still
from dateline.media.kinds import recognise
from dateline.media.pdq import NEAR, distance


@pytest.mark.parametrize(
    ("raw", "kind", "media_type"),
    [
        (as_bytes(picture()), "image", "image/jpeg"), (as_bytes(picture(), "PNG"), "image", "image/png"),
        (as_bytes(picture(), "GIF"), "image", "image/gif"), (as_bytes(picture(), "WEBP"), "image", "image/webp"),
        (as_bytes(picture(), "TIFF"), "image", "image/tiff"),
        (b"\0\0\0\x18ftypheic" + bytes(20), "image", "image/heic"),
        (b"\0\0\0\x18ftypisom" + bytes(20), "video", "video/mp4"),
        (b"\0\0\0\x14ftypqt  " + bytes(20), "video", "video/quicktime"),
        (b"\x1a\x45\xdf\xa3" + bytes(20), "video", "video/webm"), (b"RIFF....AVI ", "video", "video/x-msvideo"),
        (b"%PDF-1.7\n", "document", "application/pdf"), (b"PK\x03\x04....", "document", "application/zip"),
        (b"<html><script>alert(1)</script>", "document", "text/plain"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "document", "text/plain"),
        ("شهود".encode(), "document", "text/plain"), (b"a" * 65_535 + "é".encode(), "document", "text/plain"),
    ],
)  # fmt: skip
def test_a_file_is_what_its_bytes_say(raw: bytes, kind: str, media_type: str) -> None:
    found = recognise(raw)
    assert (found.kind, found.media_type) == (kind, media_type)


@pytest.mark.parametrize(
    "raw", [b"", b"MZ\x90\0", b"\x7fELF\x02", b"RIFF\x10\0\0\0WAVE", b"\0\0\0\x20ftypM4A ", b"a\xff"]
)
def test_what_is_not_kept_is_refused_in_one_line(raw: bytes) -> None:
    with pytest.raises(InputError) as raised:
        recognise(raw)
    assert "\n" not in str(raised.value)


def test_pictures_of_one_scene_are_near_whatever_their_form() -> None:
    first = look(as_bytes(picture(size=(1200, 900)), "PNG"))
    assert (first.width, first.height) == (1200, 900)
    for raw in (as_bytes(picture(size=(1200, 900)), quality=30), as_bytes(picture(size=(1200, 900)), "WEBP")):
        assert distance(first.pdq or "", look(raw).pdq or "") <= NEAR
    turned = picture(size=(1200, 900)).transpose(Image.Transpose.ROTATE_90)
    block = turned.getexif()
    block[0x0112] = 6  # shown turned by a quarter to the right, which undoes it
    assert distance(first.pdq or "", look(as_bytes(turned, exif=block)).pdq or "") <= NEAR


def test_a_plain_picture_has_no_hash() -> None:
    assert look(as_bytes(Image.new("RGB", (300, 200), "white"))) == Picture(300, 200, None)


def test_a_bomb_is_refused_by_what_it_says_of_its_size() -> None:
    header = (20_000).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"
    chunk = b"IHDR" + header
    bomb = b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
    bomb += (0).to_bytes(4, "big") + b"IDAT" + zlib.crc32(b"IDAT").to_bytes(4, "big")
    for act in (look, still):
        with pytest.raises(InputError, match="more than 100,000,000 pixels"):
            act(bomb)
    assert exif(bomb) == ()


def test_between_our_bound_and_pillows_a_picture_is_refused_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MOST_PIXELS", 640 * 480 - 1)
    with pytest.raises(InputError, match="pixels"):
        look(as_bytes(picture()))


def test_a_still_is_a_small_upright_jpeg_that_says_nothing_of_itself() -> None:
    raw = with_exif()
    with Image.open(io.BytesIO(still(raw))) as shown:
        assert shown.format == "JPEG"
        assert shown.size == (480, 640)
        assert not shown.getexif()
    with Image.open(io.BytesIO(still(as_bytes(picture(size=(4000, 100)))))) as shown:
        assert shown.size == (1600, 40)


def test_of_a_moving_picture_the_still_is_the_first_frame() -> None:
    frames = [picture(seed) for seed in (1, 2, 3)]
    raw = as_bytes(frames[0], "GIF", save_all=True, append_images=frames[1:])
    with Image.open(io.BytesIO(still(raw))) as shown:
        assert getattr(shown, "n_frames", 1) == 1
    assert distance(look(raw).pdq or "", look(as_bytes(frames[0])).pdq or "") <= NEAR


def test_exif_tells_camera_moment_and_place() -> None:
    told = {tag.name: tag.says for tag in exif(with_exif())}
    assert told["Make"] == "Invented Works"
    assert told["DateTimeOriginal"] == "2024:03:04 11:05:00"
    assert told["Place"] == "-37.50000, -119.26000"
    assert exif(as_bytes(picture(), "PNG")) == ()
    assert exif(b"no picture") == ()


def test_odd_exif_is_told_in_short_or_left_out() -> None:
    image = picture()
    block = image.getexif()
    block[0x010E] = "x" * 5_000
    block[0x010F] = "line one\nline\0two\u202e\x1b[31m"
    block.get_ifd(0x8769)[0x927C] = b"maker's own"
    block.get_ifd(0x8825)[2] = (0.0, 0.0)  # seconds are missing
    told = {tag.name: tag.says for tag in exif(as_bytes(image, exif=block))}
    assert len(told["ImageDescription"]) == 300
    assert all(each.isprintable() for each in told.values())
    assert "MakerNote" not in told
    assert "Place" not in told


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_no_spoilt_file_breaks_anything() -> None:
    """Bytes changed and cut off by chance: each gives a picture, or one clear line."""
    chance = random.Random(7)
    whole = [with_exif(), as_bytes(picture(), "PNG"), as_bytes(picture(), "TIFF"), as_bytes(picture(), "WEBP"),
             as_bytes(picture(), "GIF"), as_bytes(picture(size=(90, 70)), "AVIF")]  # fmt: skip
    told: list[str] = []
    for raw in whole:
        for _ in range(40):
            spoilt = bytearray(raw[: chance.randrange(20, len(raw))] if chance.random() < 0.3 else raw)
            for _ in range(chance.randrange(1, 12)):
                spoilt[chance.randrange(min(len(spoilt), 400))] = chance.randrange(256)
            exif(bytes(spoilt))
            for act in (look, still):
                try:
                    act(bytes(spoilt))
                except InputError as error:
                    told.append(str(error))
    assert 0 < len(told) < 2 * 40 * len(whole)
    assert not any("\n" in each for each in told)
