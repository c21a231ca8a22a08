"""The perceptual hash is that of the reference, and stays near where a picture is only made smaller or paler."""

import numpy as np
import pytest
from pictures import picture
from PIL import Image, ImageEnhance

from dateline.media.pdq import NEAR, distance, pdq

# Made with Meta's reference code (ThreatExchange, by way of pdqhash 0.2.8).
REFERENCE = (
    (1, (640, 480), 60, "b5172b71a8b7254ad6b52cc3ed31c3a1e74002abb2e1756892cf5eb0691bdf42", 100),
    (2, (300, 500), 60, "93e74f072cda5a64faf46dd95a075699a917fa50a45cbd2134860709f068f1f4", 100),
    (3, (64, 64), 60, "057defc381ebabf89e345ef001f005e8adc3f3c202f01e38057c01f2f3c3fc0f", 100),
    (5, (90, 7), 20, "1a6cb26be5b34d94e5934f949accb36b1a4c4c94e5b34c946133b26b1a6cb26b", 49),
)


def of(image: Image.Image) -> str:
    return pdq(np.asarray(image.convert("RGB")))[0]


@pytest.mark.parametrize(("seed", "size", "shapes", "hash", "quality"), REFERENCE)
def test_the_hash_is_that_of_the_reference(
    seed: int, size: tuple[int, int], shapes: int, hash: str, quality: int
) -> None:
    assert pdq(np.asarray(picture(seed, size, shapes))) == (hash, quality)


def test_a_picture_stays_near_itself_and_far_from_others() -> None:
    first = picture(1)
    for changed in (first.resize((250, 190)), ImageEnhance.Brightness(first).enhance(1.3), first.convert("L")):
        assert distance(of(first), of(changed)) <= NEAR
    others = [of(picture(seed)) for seed in range(2, 12)]
    assert min(distance(of(first), each) for each in others) > 60


def test_what_is_plain_or_tiny_has_no_quality() -> None:
    assert pdq(np.asarray(Image.new("RGB", (300, 200), (90, 120, 200))))[1] == 0
    assert pdq(np.zeros((3, 400, 3), np.uint8)) == ("0" * 64, 0)
