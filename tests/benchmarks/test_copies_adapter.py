"""The benchmark of copies: its labels, and what it counts, on invented reports."""

import json
import tomllib
from hashlib import sha256

from benchmarks.adapters.copies import LABELS, Pair, briefs_of, labelled, scores
from benchmarks.side_by_side import side_by_side
from dateline.incidents.types import Copy

TEXT = (
    "Gunmen attacked a convoy near the town of Marsa Hadid on Thursday and killed 14 drivers. Two of the drivers came "
    "to the village of Tell Amara on foot and called for help. An army patrol from Fort Rashid came three hours later."
)


def test_labels_keep_their_form() -> None:
    rows = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]
    for row in rows:
        assert not {"text", "title"} & set(row), "labels carry no text of others"
        assert row["copy"] == (row["kind"] in ("exact", "near", "excerpt", "rewrite"))
    pairs = labelled()
    assert len({frozenset((pair.a, pair.b)) for pair in pairs}) == len(pairs)
    assert 100 < sum(pair.even for pair in pairs) < 200
    label = tomllib.loads(LABELS.with_suffix(".toml").read_text("utf-8"))
    assert label["sha256"] == sha256(LABELS.read_bytes()).hexdigest()


def test_copies_of_rows_as_the_data_has_them() -> None:
    rows = [
        {"id": "a", "text": TEXT, "published": "2021-03-04", "source": "set/harbour"},
        {
            "id": "b",
            "text": TEXT,
            "dct": "2021-03-05",
            "uri": "http://web.archive.org/web/2021/http://www.star.example/x",
        },
        {"id": "c", "text": "A mill burned down in Qasrin on Monday; nobody was hurt.", "published": None},
    ]
    briefs = list(briefs_of(rows))
    assert [each.outlet for each in briefs] == ["set/harbour", "star.example", "c"]
    assert [(copy.original, copy.copy, copy.kind) for copy in side_by_side(briefs).copies] == [("a", "b", "exact")]


def test_scores_count_pairs_whichever_way_round() -> None:
    pairs = [
        Pair(a="a", b="b", copy=True, kind="near"),
        Pair(a="c", b="d", copy=True, kind="rewrite", border=True),
        Pair(a="e", b="f", copy=False, kind="independent"),
        Pair(a="g", b="h", copy=False, kind="other"),
    ]
    found = {
        frozenset(ids): Copy(original=ids[0], copy=ids[1], kind="near", score=0.9) for ids in (("b", "a"), ("e", "f"))
    }
    by_name = {score.name: score for score in scores(pairs, found)}
    assert (by_name["copies"].precision, by_name["copies"].recall) == (0.5, 0.5)
    assert (by_name["copies_without_border"].precision, by_name["copies_without_border"].recall) == (0.5, 1.0)
    assert by_name["copies_fakes"].value is None, "no pair, no score"
