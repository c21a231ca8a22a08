"""The villages that added gazetteers are measured by, and what counts as found, on invented records."""

from typing import Any

import pytest

from benchmarks.adapters.villages import FORMS, VILLAGES, Village, resolved, sentence, villages
from dateline.world import labels

ZIMRAN = Village("Tell Zimran", "SD", "North Velou", 13.5, 24.9)


def place(start: int, end: int, lat: float | None, lon: float | None = 24.9, where: str = "text") -> dict[str, Any]:
    return {"span": [start, end], "in": where, "lat": lat, "lon": lon}


def record(*places: dict[str, Any]) -> dict[str, Any]:
    return {"mentions": {"places": list(places)}}


def test_the_table_holds_what_its_label_asserts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labels, "DATA", VILLAGES.parent)
    labels.read_label.cache_clear()
    try:
        assert (
            labels.broken_rules("villages", labels.read_table("villages"), labels.read_label("villages").asserts) == []
        )
    finally:
        labels.read_label.cache_clear()
    assert [sum(v.country == code for v in villages()) for code in ("IQ", "SY", "YE", "SD")] == [25] * 4


def test_a_sentence_names_what_its_form_gives() -> None:
    one = sentence(ZIMRAN, "division")
    assert one.text == "Shells fell on the village of Tell Zimran in North Velou state, Sudan, on Monday."
    for form in FORMS:
        made = sentence(ZIMRAN, form)
        assert made.text[made.start : made.end] == "Tell Zimran"
    assert "Velou" not in sentence(ZIMRAN, "country").text


@pytest.mark.parametrize(
    ("found", "there"),
    [
        (place(30, 41, 13.6), True),
        (place(35, 41, 13.6), True),  # a part of the name
        (place(30, 41, 13.8), False),  # 33 km away
        (place(30, 41, None, None), False),
        (place(45, 56, 13.5), False),  # another name
        (place(30, 41, 13.5, where="title"), False),
    ],
)
def test_a_village_is_found_on_its_name_and_near_its_point(found: dict[str, Any], there: bool) -> None:
    assert resolved(sentence(ZIMRAN, "division"), record(found)) is there
