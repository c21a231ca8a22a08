"""The run as a whole, with invented adapters: exit status, what is printed, what is written."""

import gzip
import json
from pathlib import Path

import pytest
from invented import adapter, crashing, floor, setting

from benchmarks import floors
from benchmarks.__main__ import measure
from benchmarks.measured import BenchmarkError
from benchmarks.run import chosen, run
from benchmarks.shared import PROJECT, Shared


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "floors.json"


def test_a_drop_fails_and_is_named(tmp_path, path, capsys) -> None:
    floors.save({"invented": floor(data={}, claim=0.5, found=0.6)}, path)
    assert measure([adapter(claim=0.45, found=0.6)], setting(tmp_path), path=path, width=80) == 1
    assert "UNDER ITS FLOOR: invented claim 0.450, floor 0.500" in capsys.readouterr().out


def test_a_drop_too_small_for_three_decimals_is_told_in_four(tmp_path, path, capsys) -> None:
    floors.save({"invented": floor(data={}, claim=0.5001)}, path)
    assert measure([adapter(claim=0.4999)], setting(tmp_path), path=path) == 1
    assert "(by 0.0002)" in capsys.readouterr().out


def test_a_raise_must_be_asked_for(tmp_path, path, capsys) -> None:
    floors.save({"invented": floor(data={}, claim=0.5)}, path)
    before = path.read_bytes()
    assert measure([adapter(claim=0.55)], setting(tmp_path), path=path, width=80) == 0
    shown = capsys.readouterr().out
    assert "+0.050" in shown
    assert "above" in shown
    assert path.read_bytes() == before
    assert "`python -m benchmarks --raise` pins them" in shown
    assert measure([adapter(claim=0.55)], setting(tmp_path), path=path, raising=True) == 0
    assert "1 above, 0 without one.\nPinned now" in capsys.readouterr().out
    assert floors.load(path)["invented"].scores == {"claim": 0.55}


def test_raising_with_a_drop_still_fails_and_lowers_nothing(tmp_path, path) -> None:
    floors.save({"invented": floor(data={}, claim=0.5, found=0.6)}, path)
    assert measure([adapter(claim=0.4, found=0.7)], setting(tmp_path), path=path, raising=True) == 1
    assert floors.load(path)["invented"].scores == {"claim": 0.5, "found": 0.7}


def test_missing_data_are_skipped_with_the_reason(tmp_path, path, capsys) -> None:
    floors.save({"invented": floor(claim=0.5)}, path)
    absent = adapter(needs=("gold/absent.jsonl", "data/absent.jsonl"), claim=0.1)
    assert measure([absent], setting(tmp_path), path=path, raising=True) == 0
    shown = capsys.readouterr().out
    assert "invented: skipped: gold/absent.jsonl, data/absent.jsonl not in" in shown
    assert "Nothing was measured." in shown
    assert floors.load(path)["invented"].scores == {"claim": 0.5}


def test_changed_data_are_named_and_do_not_fail(tmp_path, path, capsys) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "new.jsonl").write_text("{}", "utf-8")
    floors.save({"invented": floor(data={"gold/new.jsonl": "an older hash"}, claim=0.5)}, path)
    assert measure([adapter(needs=("gold/new.jsonl",), claim=0.1)], setting(tmp_path), path=path) == 0
    assert "NOT COMPARED: invented: other data than its floors: gold/new.jsonl" in capsys.readouterr().out


def test_a_benchmark_that_fails_leaves_the_others_alone(tmp_path, path, capsys) -> None:
    assert measure([crashing(), adapter(claim=0.5)], setting(tmp_path), path=path, raising=True) == 1
    assert "FAILED: crashing: `dateline read` ended with status -9" in capsys.readouterr().out
    assert set(floors.load(path)) == {"invented"}


def test_json_holds_scores_floors_and_changes(tmp_path, path, capsys) -> None:
    floors.save({"invented": floor(data={"x": "1"}, claim=0.5)}, path)
    measure([adapter(claim=0.5)], setting(tmp_path), path=path, as_json=True)
    whole = json.loads(capsys.readouterr().out)
    assert whole["outcomes"][0]["measured"]["scores"][0]["value"] == 0.5
    assert whole["floors"][0]["state"] == "data changed"
    assert whole["changed"] == {"invented": ["x"]}


def test_lines_fit_80_columns(tmp_path, path, capsys) -> None:
    long = adapter("attribution.polnear", source_of_the_quotation=0.5)
    measure([long], setting(tmp_path), path=path, width=80)
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


def test_one_benchmark_or_a_family_can_be_chosen() -> None:
    all_of_them = [adapter("gold", quick=True), adapter("places.a"), adapter("places.b"), adapter("placesque")]

    def names(*asked: str, quick: bool = False) -> list[str]:
        return [a.name for a in chosen(all_of_them, asked, quick=quick)]

    assert names() == ["gold", "places.a", "places.b", "placesque"]
    assert names(quick=True) == ["gold"]
    assert names("places") == ["places.a", "places.b"]
    assert names("places.b", "gold") == ["gold", "places.b"]
    with pytest.raises(BenchmarkError, match=r"no benchmark is called .place.; there are gold, places\.a"):
        names("place")


def test_hashes_change_with_the_bytes(tmp_path) -> None:
    (tmp_path / "gold").mkdir()
    file = tmp_path / "gold" / "a.jsonl"
    seen = set()
    for text in ("{}", "{} ", "{}"):
        file.write_text(text, "utf-8")
        (made,) = run([adapter(needs=("gold/a.jsonl",), claim=0.5)], setting(tmp_path))
        seen.add(made.data["gold/a.jsonl"])
    assert len(seen) == 2


def test_where_the_data_are(tmp_path) -> None:
    assert Shared.found({}).path("gold/dev.jsonl") == PROJECT.parent / "shared" / "gold" / "dev.jsonl"
    named = Shared.found({"DATELINE_DATA": str(tmp_path / "elsewhere")})
    assert named.path("data/geo/lgl.jsonl") == tmp_path / "elsewhere" / "geo" / "lgl.jsonl"
    assert named.path("bench/geo_eval.py") == tmp_path / "bench" / "geo_eval.py"


def test_rows_of_a_packed_set_are_read_as_those_of_a_plain_one(tmp_path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "plain.jsonl").write_text('{"id": "a"}\n\n{"id": "é"}\n', "utf-8")
    with gzip.open(tmp_path / "data" / "packed.jsonl.gz", "wt", encoding="utf-8") as packed:
        packed.write('{"id": "a"}\n\n{"id": "é"}\n')
    shared = Shared(tmp_path / "data")
    assert (
        list(shared.rows("data/plain.jsonl")) == list(shared.rows("data/packed.jsonl.gz")) == [{"id": "a"}, {"id": "é"}]
    )


def test_a_scorer_is_loaded_from_where_it_lies_and_nothing_is_written_there(tmp_path) -> None:
    (tmp_path / "bench").mkdir()
    (tmp_path / "bench" / "invented_eval.py").write_text("def score(gold, predicted):\n    return gold - predicted\n")
    assert Shared(tmp_path / "data").scorer("invented_eval").score(3, 1) == 2
    assert [p.name for p in (tmp_path / "bench").iterdir()] == ["invented_eval.py"]
