"""Two sources in one sentence that count the same differently make two claims. All sentences are invented."""

from datetime import date

import pytest

import dateline
from dateline.reading.explain import explain
from dateline.record import Claim, Record


def read(text: str) -> Record:
    return dateline.read(text, published=date(2014, 6, 17))


def told(claim: Claim) -> tuple[str, list[float | None], list[str]]:
    return (
        claim.trigger.text,
        [figure.low for figure in claim.figures],
        [link.source.text for link in claim.attribution if link.source],
    )


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("The army says 12 people died in the shelling of Bunia on Friday, while residents say 40 were killed.",
         ("shelling", [12], ["The army"]), ("killed", [40], ["residents"])),
        ("The army has said nine people died in the attack on Bunia on Friday; the movement has said that 21 did.",
         ("attack", [9], ["The army"]), ("did", [21], ["the movement"])),
    ],
)  # fmt: skip
def test_each_side_makes_a_claim(text: str, first: tuple[object, ...], second: tuple[object, ...]) -> None:
    one, other = read(text).claims
    assert (told(one), told(other)) == (first, second)
    assert one.event == other.event
    assert one.time is not None
    assert one.time == other.time
    assert [place.name for place in one.places] == [place.name for place in other.places] == ["Bunia"]
    assert one.id != other.id


@pytest.mark.parametrize(
    "text",
    [
        "The army says 12 people died in the shelling of Bunia on Friday, while residents say 12 were killed.",
        "The army says 12 people died in the shelling of Bunia on Friday, while residents say 40 were wounded.",
        "The army says 12 people died in the shelling of Bunia on Friday, and that 40 were wounded.",
    ],
)
def test_sides_that_do_not_differ_make_one(text: str) -> None:
    assert len([claim for claim in read(text).claims if claim.event == "shelling"]) == 1


def test_a_side_is_explained_like_any_claim() -> None:
    record = read(
        "The army says 12 people died in the shelling of Bunia on Friday, while residents say 40 were killed."
    )
    fields = {why.field for why in explain(record.report, record.claims[1].id).fields}
    assert {"event", "figure", "attribution"} <= fields
