"""Common nouns that stand for places, in sentences of our own."""

import pytest

from dateline.reading.place_stand_ins import find_stand_ins
from dateline.reading.places import find_places
from dateline.reading.sentences import split
from dateline.record import Report


def stand_ins(text: str) -> list[tuple[str, str, str | None]]:
    sentences = split(Report(text=text))
    places, _ = find_places(sentences, dateline=None)
    found = find_stand_ins(sentences, places)
    for place in found:
        assert place.span.of(text) == place.text
    return [(place.text, place.name, place.country) for place in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells hit Mosul on Friday. Families fled from the city.", [("the city", "Mosul", "IQ")]),
        ("Rebels entered Iraq. Two people died in the country.", [("the country", "Iraq", "IQ")]),
        ("Fighting went on in Kenya. Shots were heard in the capital.", [("the capital", "Nairobi", "KE")]),
        (
            "Planes bombed Idlib province. Roads into the province were shut.",
            [("the province", "Idlib province", "SY")],
        ),
        ("Envoys from Oman met in the French capital.", [("the French capital", "Paris", "FR")]),
        ("Fighting went on in Kenya. Shots were heard in the provincial capital.", []),
        ("Families fled from the city.", []),  # nothing named before
        ("Shells hit Mosul. Half of the city of Tikrit was dark.", []),  # named right after
        ("Shells hit Mosul. The city council met.", []),  # after no preposition of place
    ],
)
def test_stand_ins(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert stand_ins(text) == expected


def test_the_place_named_most_is_meant() -> None:
    text = "Mosul was shelled. Mosul burned. Aid went to Erbil. Nobody could leave the city."
    assert stand_ins(text) == [("the city", "Mosul", "IQ")]
