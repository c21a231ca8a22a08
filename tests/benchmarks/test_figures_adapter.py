"""The benchmarks of figures: what they make of tolls and figures, on invented rows and records."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.adapters import figures
from benchmarks.adapters.figures import answers, as_answer, fitting, in_part, is_even, isaf_answer
from benchmarks.measured import BenchmarkError, Cost, Progress, Setting
from benchmarks.reading import Reading
from benchmarks.shared import Shared
from dateline.reading.figures import find_figures
from dateline.reading.sentences import split
from dateline.reading.tolls import Toll
from dateline.record import Figure, MadeBy, Mentions, Record, Report, Span

SCORER = """
def score(gold, predicted, role):
    rows = [key for key, row in gold.items() if row.get(role) is not None]
    hits = sum((predicted.get(key, {}).get(role) or {"best": 0})["best"] == gold[key][role] for key in rows)
    return {"exact": hits / len(rows) if rows else 0.0, "covered": 1.0, "width": 0.5, "F1": 0.25}
"""


def figure(text: str, low: int, high: int | None) -> Figure:
    return Figure(text=text, span=Span(0, len(text)), measure="killed", low=low, high=high)


def record(id: str, text: str) -> dict[str, Any]:
    report = Report(text=text)
    found = find_figures(split(report))[0]
    made = Record(id=id, report=report, mentions=Mentions(figures=found), made_by=MadeBy(version="0"))
    return dict(json.loads(made.to_json()))


@pytest.mark.parametrize(
    ("words", "low", "best"),
    [("more than 10", 10, 11), ("over 10", 10, 11), ("10", 10, 10), ("several", 3, 3), ("numerous", 3, 4)],
)
def test_isaf_counts_by_its_own_rule(words: str, low: int, best: int) -> None:
    told = Toll(measure="killed", low=low, best=low, high=None, figures=(figure(words, low, None),))
    assert isaf_answer(told) == {"low": best, "best": best, "high": best}
    assert as_answer(told) == {"low": low, "best": low, "high": None}
    assert isaf_answer(None) is as_answer(None) is None


def test_halves_and_part_are_of_the_id_alone() -> None:
    ids = [f"invented:{i}" for i in range(600)]
    assert 200 < sum(map(is_even, ids)) < 400
    assert 100 < sum(map(in_part, ids)) < 300
    assert 30 < sum(is_even(id) and in_part(id) for id in ids) < 170  # one says nothing of the other


@pytest.mark.parametrize(
    ("text", "term", "unit", "quantity"),
    [
        ("Two people were killed and 500 people were evacuated.", "Evacuated", "People", 500),
        ("Floods displaced 300 families (1,500 people).", "Displaced", "Households", 300),
        ("Floods displaced 300 families (1,500 people).", "Displaced", "People", 1_500),
        ("Fire destroyed 80 houses and left 400 people homeless.", "Destroyed Housing", "Households", 80),
        ("Fire destroyed 80 houses and left 400 people homeless.", "Homeless", "People", 400),
        ("The storm displaced 900 people in Arin and 600 in Berun.", "Displaced", "People", 1_500),
    ],
)
def test_the_figure_that_answers_term_and_unit(text: str, term: str, unit: str, quantity: int) -> None:
    chosen = fitting(find_figures(split(Report(text=text)))[0], text, term, unit)
    assert answers(chosen, quantity)
    assert not answers(chosen, quantity + 1)
    assert not answers((), 0)


@pytest.fixture
def setting(tmp_path: Path) -> Setting:
    (tmp_path / "bench").mkdir()
    (tmp_path / "bench/figures_eval.py").write_text(SCORER)
    return Setting(shared=Shared(tmp_path / "data"), command="dateline", progress=Progress())


ROWS = [
    {"id": "a", "text": "A bomb killed 12 people.", "gold": {"min_killed": 12, "min_captured": 0}},
    {"id": "b", "text": "A bomb killed 9 people.", "gold": {"min_killed": 8, "min_captured": 0}},
    {"id": "c", "text": "A bomb killed 7 people.", "gold": {"min_killed": 0, "min_captured": 0}, "in_train": True},
]


def _reads(monkeypatch: pytest.MonkeyPatch, records: list[dict[str, Any]]) -> None:
    cost = Cost(reports=1, words=1, seconds=1.0, cpu_seconds=1.0, peak_mb=1.0)
    monkeypatch.setattr(figures, "read_rows", lambda *_, **__: Reading(records, cost, ()))


def test_rows_of_the_training_set_are_left_out(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    setting.shared.data.joinpath("figures").mkdir(parents=True)
    setting.shared.path(figures.ISAF).write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    _reads(monkeypatch, [record(str(row["id"]), str(row["text"])) for row in ROWS[:2]])
    measured = figures.ADAPTERS[0].measure(setting)
    scores = {score.name: score for score in measured.scores}
    assert scores["killed exact"].value == 0.5
    assert scores["captured exact"].value == 1.0
    assert scores["killed exact"].pinned
    assert not scores["killed exact even"].pinned


def test_idetect_leaves_other_languages_out(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    setting.shared.data.joinpath("figures").mkdir(parents=True)
    row = {"id": "a", "text": "Floods displaced 300 people.", "quantity": 300, "term": "Displaced", "unit": "People"}
    setting.shared.path(figures.IDETECT).write_text("".join(json.dumps(row | {"id": id}) + "\n" for id in "ab"))
    french = record("b", "Bonjour.")
    french["report"]["language"] = "fr"
    _reads(monkeypatch, [record("a", str(row["text"])), french])
    measured = figures.measure_idetect(setting)
    assert measured.scores[0].value == 1.0
    assert measured.notes == ("1 rows are not in English: left out",)


def test_a_record_of_another_version_is_a_message(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    setting.shared.data.joinpath("figures").mkdir(parents=True)
    setting.shared.path(figures.ISAF).write_text(json.dumps(ROWS[0]) + "\n")
    _reads(monkeypatch, [{"id": "a", "report": 3}])
    with pytest.raises(BenchmarkError, match="not the one that tells tolls"):
        figures.ADAPTERS[0].measure(setting)
