"""Pictures made for tests: shapes by chance, the same ones each time. Nothing in them is of the world."""

import io
import random
from typing import Any

from PIL import Image, ImageDraw


def picture(seed: int = 1, size: tuple[int, int] = (640, 480), shapes: int = 60) -> Image.Image:
    chance = random.Random(seed)
    made = Image.new("RGB", size, (chance.randrange(256), chance.randrange(256), chance.randrange(256)))
    draw = ImageDraw.Draw(made)
    for _ in range(shapes):
        x, y = chance.randrange(size[0]), chance.randrange(size[1])
        box = (x, y, x + chance.randrange(8, 200), y + chance.randrange(8, 200))
        draw.rectangle(box, fill=(chance.randrange(256), chance.randrange(256), chance.randrange(256)))
    return made


def as_bytes(image: Image.Image, kind: str = "JPEG", **given: Any) -> bytes:
    made = io.BytesIO()
    image.save(made, kind, **given)
    return made.getvalue()


def with_exif() -> bytes:
    """A JPEG that says by which camera, when and where it was taken, and in which way it is turned."""
    image = picture()
    block = image.getexif()
    block[0x010F], block[0x0110], block[0x0112] = "Invented Works", "Model 3", 6
    block.get_ifd(0x8769)[0x9003] = "2024:03:04 11:05:00"
    gps = block.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "S", (37.0, 30.0, 0.0), "W", (119.0, 15.0, 36.0)
    return as_bytes(image, exif=block)
