"""The benchmarks of figures of incidents: groups, totals and scores, on invented reports."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.adapters import incident_figures
from benchmarks.adapters.incident_figures import (
    Told,
    answers,
    as_coded,
    as_found,
    fakes_incidents,
    gva_incidents,
    lead_claims,
    outlet_of,
)
from benchmarks.measured import Cost, Progress, Setting
from benchmarks.reading import Reading
from benchmarks.shared import Shared
from benchmarks.side_by_side import side_by_side
from dateline.incidents.briefs import brief
from dateline.incidents.policies import policy
from dateline.incidents.types import Brief
from dateline.reading.figures import find_figures
from dateline.reading.sentences import split
from dateline.record import Claim, MadeBy, Mentions, Record, Report

SCORER = """
def interval(answer):
    return answer["low"], answer["best"], answer["high"]
def score(gold, predicted, role):
    hits = 0
    for key, row in gold.items():
        low, high = row[role] if isinstance(row[role], list) else (row[role], row[role])
        answer = predicted.get(key, {}).get(role) or {"low": 0, "best": 0, "high": 0}
        hits += low <= answer["best"] <= high
    share = hits / len(gold) if gold else 0.0
    return {"covered": share, "exact": share, "width": 0.25}
"""


def record(id: str, text: str) -> Record:
    """A record with its figures and a claim for each sentence."""
    report = Report(text=text)
    sentences = split(report)
    figures = find_figures(sentences)[0]
    claims = tuple(
        Claim(id=f"c{s.index}", event="bombing", trigger=s.part(s.span.start, s.span.start + 1),
              quote=s.part(s.span.start, s.span.end), figures=tuple(f for f in figures if s.holds(f)))
        for s in sentences
    )  # fmt: skip
    return Record(id=id, report=report, claims=claims, mentions=Mentions(figures=figures), made_by=MadeBy(version="0"))


def briefs(**texts: str) -> dict[str, Brief]:
    made = [record(id, text) for id, text in texts.items()]
    return {each.id: brief(each, report_id=each.id, known=incident_figures.LATER) for each in made}


REPORTS = {
    "a": "A bomb killed 12 people in Arin.",
    "b": "A bomb killed 15 people in Arin. The mayor spoke of the harvest.",
    "c": "A raid killed 3 people in Berun.",
}


def coded(id: str, civilians: int | None, others: int | None, **more: Any) -> dict[str, Any]:
    gold = {"killed_civilians": civilians, "killed_noncivilians": others}
    return {"id": id, "source": f"press/{id}", "text": REPORTS.get(id, ""), "gold": gold, **more}


def test_totals_of_fakes_add_up_and_leave_training_out() -> None:
    rows = [coded("a", 10, 2), coded("b", 15, None), coded("c", None, None), coded("d", 3, 0, in_train=True)]
    links = [{"id": id, "incident": number} for id, number in (("a", "i"), ("b", "i"), ("c", "j"), ("d", "k"))]
    (made,) = fakes_incidents(rows, links)
    assert made == Told(id="i", outlets={"a": "press/a", "b": "press/b"}, totals={"killed": (12, 15)})
    assert made.gold == {"id": "i", "killed": [12, 15]}


def test_totals_of_gva_are_of_the_incident() -> None:
    rows = [
        {"id": "a", "incident": "1", "killed": 1, "injured": 4, "uri": "http://www.press.invalid/x"},
        {"id": "b", "incident": "1", "killed": 1, "injured": 4, "uri": None},
    ]
    (made,) = gva_incidents(rows)
    assert made.outlets == {"a": "press.invalid", "b": "b"}
    assert made.gold == {"id": "1", "killed": 1, "injured": 4}


@pytest.mark.parametrize(
    ("uri", "outlet"),
    [
        ("http://press.invalid:80/2014/x", "press.invalid"),
        ("http://web.archive.org/web/20160617212336/http://www.press.invalid:80/x", "press.invalid"),
        (None, "r"),
    ],
)
def test_the_outlet_of_an_address(uri: str | None, outlet: str) -> None:
    assert outlet_of({"id": "r", "uri": uri}) == outlet


def test_lead_claims_are_those_of_the_reports_own_incident() -> None:
    held = briefs(**REPORTS)
    assert [claim.key for claim in lead_claims(held["b"])] == ["b/c0"]


def test_reports_are_put_together_as_coded_and_as_found() -> None:
    held = briefs(**REPORTS)
    told = [
        Told(id="i", outlets={"a": "A", "b": "B", "lost": "L"}, totals={"killed": (12, 15)}),
        Told(id="j", outlets={"c": "C"}, totals={"killed": (4,)}),
    ]
    beside = side_by_side(held.values())
    groups = as_coded(told, held)
    assert [claim.key for claim in groups["i"]] == ["a/c0", "b/c0"]
    said = answers(told, groups, held, beside.copies, policy())
    assert said["i"]["killed"] == {"low": 12, "best": 12, "high": 15}
    assert said["j"]["killed"]["best"] == 3
    found = as_found([*told, Told(id="none", outlets={"lost": "L"}, totals={"killed": (1,)})], held, beside.incident_of)
    assert "c/c0" in {claim.key for claim in found["j"]}
    assert found["none"] == []


def test_scores_of_both_groupings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bench").mkdir()
    (tmp_path / "bench/figures_eval.py").write_text(SCORER)
    setting = Setting(shared=Shared(tmp_path / "data"), command="dateline", progress=Progress())
    setting.shared.path(incident_figures.FAKES).parent.mkdir(parents=True)
    rows = [coded("a", 12, 0), coded("b", 20, 0), coded("c", 4, 0)]
    with gzip.open(setting.shared.path(incident_figures.FAKES), "wt") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)
    links = [{"id": id, "incident": number} for id, number in (("a", "i"), ("b", "i"), ("c", "j"))]
    setting.shared.path(incident_figures.FAKES_INCIDENTS).write_text("".join(json.dumps(row) + "\n" for row in links))
    cost = Cost(reports=3, words=1, seconds=1.0, cpu_seconds=1.0, peak_mb=1.0)
    records = [json.loads(record(id, text).to_json()) for id, text in REPORTS.items()]
    monkeypatch.setattr(incident_figures, "read_rows", lambda *_, **__: Reading(records, cost, ()))
    measured = incident_figures.ADAPTERS[0].measure(setting)
    scores = {score.name: score for score in measured.scores}
    assert scores["killed covered"].value == 0.5  # 12 is of the range 12 to 20, 3 is not 4
    assert scores["killed every"].value == 0.0  # 12 to 15 does not hold 20
    assert scores["killed covered"].pinned
    assert not scores["killed width"].pinned
    assert "found killed exact" in scores
    assert "shelf killed exact" in scores
