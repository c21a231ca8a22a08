"""The example reports are read as they were when somebody last looked at the difference."""

import difflib
import json

import pytest

from tests.golden.write import EXAMPLES, EXPECTED, golden, golden_records


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return dict(golden_records())


def test_every_example_has_a_golden_record_and_nothing_else_has(made: dict[str, str]) -> None:
    assert len(made) >= len(list(EXAMPLES.glob("*.*"))) >= 6
    assert sorted(path.stem for path in EXPECTED.glob("*.json")) == sorted(made)


@pytest.mark.parametrize("id", sorted(path.stem for path in EXPECTED.glob("*.json")))
def test_the_reading_is_the_golden_one(id: str, made: dict[str, str]) -> None:
    expected = (EXPECTED / f"{id}.json").read_text("utf-8")
    if made[id] != expected:
        pytest.fail(
            f"{id} is read differently; if the new reading is right, run `make golden` and commit it:\n"
            + difference(expected, made[id]),
            pytrace=False,
        )


def difference(expected: str, got: str) -> str:
    lines = difflib.unified_diff(expected.splitlines(), got.splitlines(), "golden", "now", lineterm="", n=4)
    return "\n".join(lines)


def test_a_golden_record_is_json_that_holds_the_claims(made: dict[str, str]) -> None:
    for id, text in made.items():
        record = json.loads(text)
        assert record["id"] == id
        assert all({"event", "trigger", "quote", "modality"} <= set(claim) for claim in record["claims"])


def test_scores_and_hashes_do_not_count_and_readings_do() -> None:
    claim = {"id": "c1", "event": "attack", "trigger": {"text": "raid", "span": [2, 6]}, "score": 0.61, "hedge": None}
    record = {
        "id": "a", "report": {"text": "A raid."}, "claims": [claim], "evidence": [{"shows": ["c1"]}],
        "made_by": {"version": "0.1.0", "weights": {"tagger": "aa"}, "tables": {"words": "bb"}},
    }  # fmt: skip
    retrained = json.loads(json.dumps(record))
    retrained["claims"][0]["score"] = 0.7
    retrained["made_by"] = {"version": "0.1.1", "weights": {"tagger": "cc"}, "tables": {"words": "dd"}}
    assert golden(retrained) == golden(record)
    retrained["claims"][0]["event"] = "battle"
    assert "battle: raid" in difference(golden(record), golden(retrained))
