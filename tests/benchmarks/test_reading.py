"""Reading through the command, and the breakdowns, on invented reports."""

import json
import subprocess
import sys
from types import ModuleType
from typing import Any

import pytest
from invented import setting

from benchmarks.__main__ import installed
from benchmarks.adapters.speed import by_hash
from benchmarks.claims import by_event, by_group
from benchmarks.measured import BenchmarkError
from benchmarks.reading import CHILD, read_rows

ROWS = [
    {"id": "one", "text": "Rebels shelled Aleppo on Monday, killing 12 people.", "published": "2016-05-04", "gold": 1},
    {"id": "blank", "text": "  "},
    {"id": "two", "text": "Thousands fled Mosul last week, the UN said.", "published": "2014-06-17"},
]  # invented


def test_rows_are_read_as_a_user_reads_them(tmp_path) -> None:
    reading = read_rows(setting(tmp_path, installed()), ROWS, what="invented")
    assert [record["id"] for record in reading.records] == ["one", "two"]
    assert reading.records[0]["report"]["published"] == "2016-05-04"
    assert reading.notes[0] == "1 not read, scored as empty"
    assert "`text` is empty" in reading.notes[1]
    assert (reading.cost.reports, reading.cost.words) == (3, 16)
    assert 10 < reading.cost.peak_mb < 2000
    assert reading.cost.cpu_seconds > 0


@pytest.mark.parametrize("command", ["/no/such/dateline", "false-invented"])
def test_a_command_that_is_not_there_is_one_line(tmp_path, command: str) -> None:
    with pytest.raises(BenchmarkError, match="could not be run"):
        read_rows(setting(tmp_path, command), ROWS, what="invented")


def test_a_command_that_dies_is_no_result(tmp_path) -> None:
    script = tmp_path / "dies"
    script.write_text("#!/bin/sh\necho it died >&2\nexit 3\n")
    script.chmod(0o755)
    with pytest.raises(BenchmarkError, match="ended with status 3: it died"):
        read_rows(setting(tmp_path, str(script)), ROWS, what="invented")


def test_the_peak_is_that_of_the_command_and_not_of_whoever_started_it(tmp_path) -> None:
    ballast = bytearray(300_000_000)
    ballast[::4096] = b"x" * len(ballast[::4096])  # every page is touched: this process is now large
    figures = tmp_path / "figures.json"
    command = [sys.executable, "-I", "-S", "-c", "pass"]
    subprocess.run([sys.executable, "-I", "-S", str(CHILD), str(figures), *command], check=True)
    small = json.loads(figures.read_text("utf-8"))
    assert small["status"] == 0
    assert small["peak_bytes"] < 100_000_000
    command[-1] = "b = bytearray(200_000_000); b[::4096] = b'x' * len(b[::4096])"
    subprocess.run([sys.executable, "-I", "-S", str(CHILD), str(figures), *command], check=True)
    assert json.loads(figures.read_text("utf-8"))["peak_bytes"] > 200_000_000
    assert len(ballast)


def test_a_sample_does_not_depend_on_the_order_of_the_file() -> None:
    rows: list[dict[str, Any]] = [{"id": f"invented-{n}"} for n in range(50)]
    assert by_hash(rows) == by_hash(reversed(rows))
    assert by_hash(rows) != rows


def _scorer() -> ModuleType:
    """An invented metric: claims pair by sentence number, and F1 is hits over the larger side."""

    def pair(gold: list[Any], predicted: list[Any], timed: bool, typed: bool = True) -> list[Any]:
        fits = lambda g, p: g["at"] == p["at"] and (not typed or g["event"] == p["event"])  # noqa: E731
        return [(g, p, {}) for g in gold for p in predicted if fits(g, p)]

    def score(gold: dict[str, Any], predicted: dict[str, Any]) -> dict[str, Any]:
        sides = [(report["claims"], predicted.get(key, {}).get("claims", [])) for key, report in gold.items()]
        n_gold, n_read = sum(len(g) for g, _ in sides), sum(len(p) for _, p in sides)
        whole = {"gold": n_gold, "predicted": n_read}
        for name, typed in (("found", False), ("typed", True), ("claim", True)):
            hits = sum(len(pair(g, p, True, typed)) for g, p in sides)
            whole[name] = {"f1": hits / max(n_gold, n_read, 1)}  # type: ignore[assignment]
        return whole

    module = ModuleType("invented_scorer")
    module.pair, module.score = pair, score  # type: ignore[attr-defined]
    return module


GOLD = {
    "a-1": {"claims": [{"event": "battle", "at": 1}, {"event": "battle", "at": 2}]},
    "b-1": {"claims": [{"event": "siege", "at": 1}]},
}
READ = {
    "a-1": {"claims": [{"event": "battle", "at": 1}, {"event": "attack", "at": 2}]},
    "b-1": {"claims": []},
}


def test_by_event_counts_a_sentence_that_was_found_under_another_type() -> None:
    rows = {row.name: row for row in by_event(_scorer(), GOLD, READ).rows}
    assert list(rows) == ["battle", "siege", "attack"]
    assert (rows["battle"].gold, rows["battle"].predicted) == (2, 1)
    assert (rows["battle"].found, rows["battle"].typed) == (1.0, 0.5)
    assert (rows["siege"].found, rows["siege"].typed) == (0.0, 0.0)
    assert (rows["attack"].gold, rows["attack"].predicted, rows["attack"].found) == (0, 1, 0.0)


def test_by_group_scores_each_group_alone() -> None:
    rows = {row.name: row for row in by_group(_scorer(), GOLD, READ, {"a-1": "a", "b-1": "b"}).rows}
    assert (rows["a"].found, rows["a"].typed) == (1.0, 0.5)
    assert (rows["b"].gold, rows["b"].found) == (1, 0.0)
