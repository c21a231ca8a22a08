"""The scores of modality, hedge and verification by class, on invented claims."""

from types import ModuleType
from typing import Any

import pytest
from invented import setting

from benchmarks.__main__ import measure
from benchmarks.adapters.gold_dev import class_scores, class_tables
from benchmarks.classes import MODALITIES, by_class, hedged, macro, modality, pairs, verification
from benchmarks.measured import Adapter, Breakdown, Measured, Row, Score

Claim = dict[str, Any]


def claims(*modalities: str, start: int = 0) -> list[Claim]:
    return [{"at": start + i, "modality": m} for i, m in enumerate(modalities)]


def _scorer() -> ModuleType:
    """An invented metric that pairs claims by number."""
    module = ModuleType("invented_scorer")
    module.pair = lambda gold, read, timed: [  # type: ignore[attr-defined]
        (g, p, {}) for g in gold for p in read if g["at"] == p["at"]
    ]
    return module


GOLD = {
    "a": {"claims": claims("planned", "planned", "possible", "actual", "denied")},
    "b": {"claims": claims("planned")},
}
READ = {"a": {"claims": [*claims("planned", "actual", "planned", "actual"), {"at": 9, "modality": "planned"}]}}


def table(*, all_gold: bool = False) -> dict[str, tuple[int, int, int, float | None]]:
    made = by_class("modality", modality, MODALITIES, *pairs(_scorer(), GOLD, READ), all_gold=all_gold)
    return {row.name: (row.gold, row.predicted, row.right, row.f1) for row in made.rows}


def test_pairs_and_what_is_left() -> None:
    paired, unpaired = pairs(_scorer(), GOLD, READ)
    assert [(g["modality"], p["modality"]) for g, p in paired] == [
        ("planned", "planned"), ("planned", "actual"), ("possible", "planned"), ("actual", "actual")
    ]  # fmt: skip
    assert [g["modality"] for g in unpaired] == ["denied", "planned"]


def test_each_class_over_the_typed_pairs() -> None:
    assert table() == {
        "planned": (2, 2, 1, 0.5),
        "possible": (1, 0, 0, 0.0),
        "denied": (0, 0, 0, 0.0),  # the gold set has one, in a claim that was not found
        "called_for": (0, 0, 0, None),
    }


def test_an_unpaired_gold_claim_is_a_miss_over_all_gold() -> None:
    assert table(all_gold=True) == {
        "planned": (3, 2, 1, 0.4),
        "possible": (1, 0, 0, 0.0),
        "denied": (1, 0, 0, 0.0),
        "called_for": (0, 0, 0, None),
    }


def test_the_mean_is_over_the_classes_that_can_be_measured() -> None:
    paired, unpaired = pairs(_scorer(), GOLD, READ)
    assert macro(by_class("modality", modality, MODALITIES, paired, unpaired)) == pytest.approx(0.5 / 3, abs=1e-4)
    assert macro(by_class("modality", modality, ("called_for",), paired, unpaired)) is None


def test_a_class_that_was_read_and_is_nowhere_in_the_gold_set_scores_nothing() -> None:
    made = by_class("modality", modality, ("called_for",), [({"modality": "actual"}, {"modality": "called_for"})], [])
    assert macro(made) == 0.0


def test_always_actual_scores_nothing_though_it_is_mostly_right() -> None:
    paired = [({"modality": m}, {"modality": "actual"}) for m in ("actual",) * 9 + ("planned",)]
    assert macro(by_class("modality", modality, MODALITIES, paired, [])) == 0.0


@pytest.mark.parametrize(
    ("claim", "value"), [({"hedge": {"text": "may"}}, "hedged"), ({"hedge": None}, None), ({}, None)]
)
def test_a_hedge_is_there_or_not(claim: Claim, value: str | None) -> None:
    assert hedged(claim) == value


def test_what_is_pinned_is_the_modality_of_typed_pairs_alone() -> None:
    scores = class_scores(class_tables(_scorer(), GOLD, READ))
    assert [score.name for score in scores if score.pinned] == ["modality_f1"]
    values = {score.name: score.value for score in scores}
    assert values["modality_f1"] == pytest.approx(0.5 / 3, abs=1e-4)
    assert values["modality_f1_all_gold"] == pytest.approx(0.4 / 3, abs=1e-4)
    assert values["planned"] == 0.5
    assert values["hedge_f1"] is None
    assert verification({"verification": "disputed"}) == "disputed"


def test_fields_and_classes_are_shown_within_80_columns_where_they_are_asked_for(tmp_path, capsys) -> None:
    fields = dict.fromkeys(("actors", "targets", "places", "figures", "attribution", "time", "modality", "hedge"), 0.5)
    row = Row(
        name="territory_gained",
        gold=3,
        predicted=2,
        found=0.5,
        typed=0.5,
        claim=0.25,
        fields={**fields, "verification": None},
    )
    measured = Measured(
        scores=(Score(name="typed", value=0.5),),
        breakdowns=(Breakdown(by="event", found="recall", rows=(row,)),),
        classes=class_tables(_scorer(), GOLD, READ),
    )
    invented = Adapter(name="invented", needs=(), measure=lambda _: measured)
    for by in (False, True):
        measure([invented], setting(tmp_path), path=tmp_path / "floors.json", width=80, by=by)
        shown = capsys.readouterr().out.splitlines()
        assert max(map(len, shown)) <= 80
        assert any("attr." in line for line in shown) == by
        assert any(line.split() == ["planned", "3", "2", "1", "0.500", "0.333", "0.400"] for line in shown) == by
