"""The labels of times and what is measured with them; the figure of the stage's speed. Records are invented."""

import json
import tomllib
from hashlib import sha256

from benchmarks.adapters.times import LABELS, labelled
from benchmarks.adapters.times_speed import figure
from training.times.labels import TYPES, read


def test_labels_keep_their_form() -> None:
    parts: dict[str, set[str]] = {"development": set(), "held out": set()}
    last: dict[str, int] = {}
    for label in read():
        parts[label.part].add(label.id)
        assert len(label.sha256) == 16
        if label.type is None:
            assert (label.start, label.end, label.value) == (None, None, None)
            continue
        assert label.type in TYPES
        assert label.start is not None
        assert label.end is not None
        assert last.get(label.id, 0) <= label.start < label.end
        last[label.id] = label.end
    assert not parts["development"] & parts["held out"]
    assert {len(ids) for ids in parts.values()} == {100}


def test_labels_hold_no_text_and_their_checksum_fits() -> None:
    rows = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]
    assert set().union(*rows) == {"id", "sha256", "part", "start", "end", "type", "value"}
    label = tomllib.loads(LABELS.with_suffix(".toml").read_text("utf-8"))
    assert label["sha256"] == sha256(LABELS.read_bytes()).hexdigest()
    assert "large language model" in label["made"]


def test_a_report_without_expressions_is_scored_as_one() -> None:
    rows = [
        {"id": "a", "part": "development", "start": 3, "end": 9, "type": "DATE", "value": "2014-06-17"},
        {"id": "a", "part": "development", "start": 12, "end": 15, "type": "SET"},
        {"id": "b", "part": "development"},
    ]
    assert labelled(rows, "a") == [
        {"start": 3, "end": 9, "type": "DATE", "value": "2014-06-17"},
        {"start": 12, "end": 15, "type": "SET", "value": None},
    ]
    assert labelled(rows, "b") == []


def test_sums_become_words_a_second() -> None:
    fast, slow = figure({"words": 60_000, "seconds": 2.0}), figure({"words": 10_000, "seconds": 1.0})
    assert (fast.value, fast.met) == (30_000, True)
    assert slow.met is False
