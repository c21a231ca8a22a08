"""Labels of times: from filled sheets to spans. The reports are made up."""

import gzip
import json
from pathlib import Path

from training.times.labels import Answer, answers, fingerprint, labels, placed

TEXT = "On Friday they left. They came back on Friday night, two\nweeks later."
SHEET = """a line before any report
## made-up | written 2014-06-17
Friday | DATE | 2014-06-13
Friday night | TIME | 2014-06-13TNI
two weeks later | DATE | 2014-W26
March | DATE | 2014-03
a line that answers nothing
odd | PLACE | here
## empty | written 2014-06-17
"""


def test_a_sheet_is_read_report_by_report() -> None:
    (key, held), (other, none) = answers(SHEET.splitlines())
    assert (key, other, none) == ("made-up", "empty", [])
    assert [answer.text for answer in held] == ["Friday", "Friday night", "two weeks later", "March"]


def test_each_expression_is_sought_from_the_end_of_the_last() -> None:
    held = [Answer("Friday", "DATE", ""), Answer("Friday night", "TIME", ""), Answer("two weeks later", "DATE", "")]
    found, lost = placed(TEXT, held)
    assert [TEXT[start:end] for _, start, end in found] == ["Friday", "Friday night", "two\nweeks later"]
    assert lost == []


def test_words_inside_others_are_not_found() -> None:
    found, lost = placed("They may leave Mayville in May.", [Answer("May", "DATE", "2014-05")])
    assert found[0][1:] == (27, 30)
    assert placed("Mayville", [Answer("May", "DATE", "2014-05")]) == ([], [Answer("May", "DATE", "2014-05")])
    assert lost == []


def test_labels_name_reports_and_count_what_is_lost(tmp_path: Path) -> None:
    pool = tmp_path / "pool.jsonl.gz"
    rows = [{"id": "made-up", "text": TEXT}, {"id": "empty", "text": "Nothing."}, {"id": "other", "text": "No."}]
    with gzip.open(pool, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)
    sheet = tmp_path / "filled.txt"
    sheet.write_text(SHEET, "utf-8")
    made, missing = labels(pool, [sheet], "development")
    assert missing == 1
    assert [(label.id, label.start, label.type) for label in made] == [
        ("made-up", 3, "DATE"),
        ("made-up", 39, "TIME"),
        ("made-up", 53, "DATE"),
        ("empty", None, None),
    ]
    assert {label.sha256 for label in made} == {fingerprint(TEXT), fingerprint("Nothing.")}
