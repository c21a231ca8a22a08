"""Sheets: a report as numbered sentences, the lines that label it, and what of them is kept. The report is made up."""

import gzip
import json
import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from dateline import codes
from training.labels.gather import gather
from training.labels.sheet import SheetError, blocks, parse, sentences_of, settle, show
from training.reader.examples import LABELS, ROLES

ROW: dict[str, Any] = {
    "id": "made-up",
    "lang": "en",
    "published": "2020-03-04",
    "title": None,
    "text": "Gunmen attacked a checkpoint near Arvand on Friday, killing at least 12  soldiers, the governor said. "
    "The army denied that the raid had taken place.",
}
LINE = (
    "0 | attack | attacked | actor=Gunmen | target=a checkpoint; soldiers | at=Arvand | when=on Friday"
    " | figure=at least 12 | source=the governor | cue=said | also=1"
)


def words(claim: dict[str, Any], role: str) -> list[str]:
    sentences = sentences_of(ROW)
    return [sentences[s].tokens[t].text for s, t in claim["parts"][role]]


def test_a_sheet_numbers_the_sentences_and_joins_their_lines() -> None:
    shown = show("0007", ROW, sentences_of(ROW)).splitlines()
    assert shown[0] == "# 0007   published 2020-03-04"
    assert shown[1].startswith("[0] Gunmen attacked")
    assert "12 soldiers" in shown[1]
    assert shown[2].startswith("[1] The army denied")


def test_a_line_is_kept_as_words_of_the_report() -> None:
    claim = settle(parse(LINE), sentences_of(ROW), {})
    assert (claim["event"], claim["modality"], claim["verification"]) == ("attack", "actual", "not_stated")
    assert [sentences_of(ROW)[0].tokens[t].text for t in claim["tokens"]] == ["attacked"]
    assert words(claim, "target") == ["a", "checkpoint", "soldiers"]
    assert words(claim, "figure") == ["at", "least", "12"]
    assert claim["also"] == [1]


def test_a_part_may_stand_in_a_neighbouring_sentence() -> None:
    line = parse("1 | attack | raid | actor=Gunmen | source=The army | cue=denied | modality=denied")
    claim = settle(line, sentences_of(ROW), {})
    assert claim["parts"]["actor"] == [[0, 0]]
    assert claim["modality"] == "denied"


def test_blanks_need_not_agree() -> None:
    claim = settle(parse("0 | killing | killing | target=12 soldiers"), sentences_of(ROW), {})
    assert words(claim, "target") == ["12", "soldiers"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("attack | attacked", "a line is SENTENCE"),
        ("0 | ambush | attacked", "no event 'ambush'"),
        ("0 | attack | attacked | who=Gunmen", "no key=value"),
        ("0 | attack | attacked | modality=certain", "no modality 'certain'"),
        ("0 | attack | attacked | verification=true", "no verification 'true'"),
        ("0 | attack | bombed", "does not stand in sentence 0"),
        ("0 | attack | attacked | actor=Rebels", "stands in no sentence near 0"),
        ("9 | attack | attacked", "no sentence 9"),
    ],
)
def test_a_line_that_can_t_be_read_says_what_is_wrong(line: str, says: str) -> None:
    with pytest.raises(SheetError, match=says):
        settle(parse(line), sentences_of(ROW), {})


def test_blocks_pass_over_copied_sentences_and_keep_empty_reports() -> None:
    text = f"# 0001 made up\n[0] Gunmen attacked …\n{LINE}\n\n# 0002\n# 0003\n{LINE}\n"
    assert [(name, len(lines)) for name, lines in blocks(text.splitlines())] == [("0001", 1), ("0002", 0), ("0003", 1)]


def test_gathering_keeps_no_text_and_names_the_lines_that_fail(tmp_path: Path) -> None:
    (tmp_path / "data/news").mkdir(parents=True)
    with gzip.open(tmp_path / "data/news/pool.jsonl.gz", "wt", encoding="utf-8") as out:
        out.write(json.dumps(ROW) + "\n")
    (tmp_path / "chosen.jsonl").write_text('{"number": "0001", "id": "made-up"}\n', encoding="utf-8")
    filled = tmp_path / "a.txt"
    filled.write_text(f"# 0001\n{LINE}\n0 | attack | bombed\n# 0009\n", encoding="utf-8")
    labels, wrong = gather(tmp_path, tmp_path / "chosen.jsonl", [filled])
    assert [(row["id"], row["sentences"], len(row["claims"])) for row in labels] == [("made-up", 2, 1)]
    assert "Gunmen" not in json.dumps(labels)
    assert len(wrong) == 2
    assert "bombed" in wrong[0]
    assert "0009" in wrong[1]


def test_the_labels_that_ship_are_numbers_and_codes() -> None:
    seen = set()
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        seen.add(row["id"])
        for claim in row["claims"]:
            assert claim["event"] in codes.EVENTS
            assert claim["modality"] in codes.MODALITIES
            assert claim["verification"] in codes.VERIFICATIONS
            assert 0 <= claim["sentence"] < row["sentences"]
            assert claim["tokens"]
            assert set(claim["parts"]) <= set(ROLES)
            spots = [spot for found in claim["parts"].values() for spot in found]
            assert all(0 <= s < row["sentences"] and t >= 0 for s, t in spots)
    label = tomllib.loads(LABELS.with_suffix(".toml").read_text(encoding="utf-8"))
    assert label["sha256"] == sha256(LABELS.read_bytes()).hexdigest()
    assert len(seen) == len(LABELS.read_text(encoding="utf-8").splitlines()) > 500
