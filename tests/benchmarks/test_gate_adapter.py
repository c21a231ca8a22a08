"""The gate's benchmark and its samples, on invented reports in the folders of the data sets."""

import gzip
import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from benchmarks.adapters import gate
from benchmarks.measured import Progress, Setting
from benchmarks.shared import Shared
from tests.reading.test_gate import FOOTBALL, KITCHEN, MARKETS, MURDER, QUAKE, RAID
from training.gate.labels import Label, labelled
from training.gate.samples import annotated, fitted_on, held_out, measured_on, to_label


def write(path: Path, rows: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Annotated: RAID and MURDER with two claims each, MARKETS with one that the gate cannot know of."""
    texts = {"raid": (RAID, 2), "markets": (MARKETS, 1), "murder": (MURDER, 2)}
    for name in ("dev", "train"):
        write(tmp_path / f"gold/{name}_reports.jsonl", [{"id": key, "text": text} for key, (text, _) in texts.items()])
        write(
            tmp_path / f"gold/{name}.jsonl",
            [{"id": key, "claims": [{"quote": text.split(".")[0]}] * count} for key, (text, count) in texts.items()],
        )
    pool = [
        {"id": f"invented:{i}", "lang": "en" if i % 5 else "fr", "source": "bbc2004-05" if i % 2 else "other",
         "text": f"{(FOOTBALL, KITCHEN, QUAKE)[i % 3]} Report {i}.", "title": None, "published": None}
        for i in range(200)
    ]  # fmt: skip
    write(tmp_path / "data/news/pool.jsonl.gz", pool)
    return tmp_path


def test_claims_kept_and_reports_spared_are_shares(shared: Path) -> None:
    measured = gate.measure(Setting(shared=Shared(shared / "data"), command="dateline", progress=Progress()))
    scores = {score.name: (score.value, score.pinned) for score in measured.scores}
    assert scores["claims_kept_dev"] == (0.8, True)  # four of five: MARKETS is set aside
    assert scores["claims_kept_held_out"] == (1.0, True)  # the first of the training reports alone
    spared, pinned = scores["pool_spared"]
    assert spared is not None
    assert 0 < spared < 1
    assert not pinned
    assert all(figure.value > 0 for figure in measured.figures)


def test_what_is_measured_is_not_fitted_on(shared: Path) -> None:
    reports = annotated(shared / "gold", "train")
    assert held_out(reports) == reports[:1]
    assert fitted_on(reports) == reports[1:]
    rows = to_label(shared)
    assert rows
    assert not any(measured_on(row) or row["lang"] != "en" for row in rows)


def test_labels_are_kept_and_go_on(tmp_path: Path) -> None:
    """A line that was cut off is read again; one that is whole is not."""
    path = tmp_path / "labels.jsonl"
    path.write_text('{"id": "a", "claims": [["battle", 0.9], ["killing", 0.7]]}\n{"id": "b", "cla')
    rows = [{"id": "a", "text": RAID}, {"id": "b", "text": FOOTBALL}]
    first, second = labelled(rows, path)
    assert first.claims == (("battle", 0.9), ("killing", 0.7))
    assert first.holds
    assert not first.empty
    assert second.id == "b"
    assert not second.holds
    assert labelled(rows, path) == [first, second]


def test_politics_alone_holds_nothing_and_one_claim_is_not_enough() -> None:
    label = Label(id="a", claims=(("demand", 0.74), ("talks", 0.7)))
    assert label.empty
    assert not label.holds
    assert not replace(label, claims=(("demand", 0.95), ("talks", 0.9))).empty
    lone = replace(label, claims=(("attack", 0.9),))
    assert not lone.holds
    assert not lone.empty
