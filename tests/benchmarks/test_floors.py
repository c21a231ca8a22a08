"""The floor logic, with invented scores: a drop fails, a raise is asked for, other data are not compared."""

from datetime import date

import pytest
from invented import DAY, floor, outcome

from benchmarks import floors
from benchmarks.measured import BenchmarkError, Measured, Outcome, Score

TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("value", "pinned", "state"),
    [
        (0.5, 0.5, "held"),
        (0.5001, 0.5, "above"),
        (0.4999, 0.5, "under"),
        (0.0, 0.5, "under"),
        (None, 0.5, "gone"),
        (0.5, None, "new"),
    ],
)
def test_a_score_beside_its_floor(value: float | None, pinned: float | None, state: str) -> None:
    pins = floor(claim=pinned) if pinned is not None else None
    (verdict,) = floors.compare(outcome(claim=value), pins)
    assert (verdict.state, verdict.broken) == (state, state in ("under", "gone"))


def test_a_pinned_score_that_is_no_longer_measured_is_told() -> None:
    verdicts = {v.score: v.state for v in floors.compare(outcome(found=0.6), floor(found=0.6, claim=0.5))}
    assert verdicts == {"found": "held", "claim": "gone"}


def test_parts_have_no_floor() -> None:
    part = Score(name="hedge", value=0.1, pinned=False)
    assert floors.compare(Outcome(adapter="a", measured=Measured(scores=(part,))), None) == ()


def test_other_data_are_reported_and_not_compared() -> None:
    moved = outcome(data={"gold/invented.jsonl": "b2"}, claim=0.1)
    assert [v.state for v in floors.compare(moved, floor(claim=0.5))] == ["data changed"]
    assert floors.changed_files(moved, floor(claim=0.5)) == ("gold/invented.jsonl",)


def test_a_file_that_came_is_a_change() -> None:
    assert floors.changed_files(outcome(data={"x": "1", "y": "2"}), floor(data={"x": "1"})) == ("y",)


def test_a_skipped_benchmark_is_not_compared() -> None:
    skipped = Outcome(adapter="invented", skipped="not here")
    assert floors.compare(skipped, floor(claim=0.5)) == ()
    assert floors.changed_files(skipped, floor(claim=0.5)) == ()


def test_raising_lifts_what_is_above_and_lowers_nothing() -> None:
    new = floors.raised({"invented": floor(found=0.6, typed=0.5)}, [outcome(found=0.7, typed=0.4)], today=TODAY)
    assert new["invented"].scores == {"found": 0.7, "typed": 0.5}
    assert new["invented"].best == {"found": 0.7, "typed": 0.5}
    assert new["invented"].date == TODAY


def test_raising_changes_nothing_where_nothing_rose() -> None:
    old = {"invented": floor(found=0.6)}
    assert floors.raised(old, [outcome(found=0.6)], today=TODAY) == old
    assert floors.raised(old, [outcome(found=0.1)], today=TODAY) == old


def test_raising_pins_a_new_benchmark_with_the_hash_of_its_data() -> None:
    new = floors.raised({}, [outcome(data={"x": "1"}, claim=0.3)], today=TODAY)
    assert new == {"invented": floors.Floor(date=TODAY, data={"x": "1"}, scores={"claim": 0.3}, best={"claim": 0.3})}


def test_raising_leaves_a_benchmark_on_other_data_alone() -> None:
    old = {"invented": floor(claim=0.3)}
    assert floors.raised(old, [outcome(data={"x": "new"}, claim=0.9)], today=TODAY) == old


def test_raising_keeps_the_other_benchmarks() -> None:
    old = {"other": floor(claim=0.3)}
    assert floors.raised(old, [outcome(claim=0.9)], today=TODAY)["other"] == old["other"]


def test_a_lowered_floor_keeps_its_reason_until_its_best_is_reached_again() -> None:
    lowered = {"invented": floor(claim=0.3, best={"claim": 0.5}, why="an invented reason")}
    part_way = floors.raised(lowered, [outcome(claim=0.4)], today=TODAY)["invented"]
    assert (part_way.scores, part_way.best, part_way.why) == ({"claim": 0.4}, {"claim": 0.5}, "an invented reason")
    back = floors.raised(lowered, [outcome(claim=0.5)], today=TODAY)["invented"]
    assert (back.scores, back.why) == ({"claim": 0.5}, None)


def test_what_is_saved_is_read_back(tmp_path) -> None:
    pins = {"b": floor(claim=0.5), "a": floor(found=0.25, best={"found": 0.5}, why="an invented reason")}
    path = tmp_path / "floors.json"
    floors.save(pins, path)
    assert floors.load(path) == pins
    assert list(floors.load(path)) == ["a", "b"]


def test_no_file_is_no_floors(tmp_path) -> None:
    assert floors.load(tmp_path / "floors.json") == {}


@pytest.mark.parametrize("why", [None, "  "])
def test_a_floor_lowered_by_hand_needs_a_why(tmp_path, why: str | None) -> None:
    path = tmp_path / "floors.json"
    floors.save({"invented": floor(claim=0.4, best={"claim": 0.5}, why=why)}, path)
    with pytest.raises(BenchmarkError, match="invented: claim lowered with no `why`"):
        floors.load(path)


def test_a_floor_taken_out_by_hand_needs_a_why(tmp_path) -> None:
    path = tmp_path / "floors.json"
    floors.save({"invented": floor(claim=0.4, best={"claim": 0.4, "found": 0.6})}, path)
    with pytest.raises(BenchmarkError, match="invented: found lowered"):
        floors.load(path)


@pytest.mark.parametrize("text", ["{", "[]", '{"a": {"date": "soon"}}', '{"a": {"floor": 1}}'])
def test_a_broken_file_is_one_line(tmp_path, text: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(text, "utf-8")
    with pytest.raises(BenchmarkError, match=r"floors\.json"):
        floors.load(path)


def test_the_floors_of_this_repository_can_be_read() -> None:
    from benchmarks.adapters import ADAPTERS

    pins = floors.load()
    assert pins
    assert set(pins) <= {adapter.name for adapter in ADAPTERS}
    assert all(set(pin.data) == set(adapter.needs) for adapter in ADAPTERS if (pin := pins.get(adapter.name)))
    assert all(0 < value <= 1 for pin in pins.values() for value in pin.scores.values())
    assert all(pin.date >= DAY for pin in pins.values())
