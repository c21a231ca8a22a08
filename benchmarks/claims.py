"""Claim scores in the shape of this package; the metric itself is bench/claims_eval.py."""

from types import ModuleType
from typing import Any

from benchmarks.measured import Breakdown, Row, Score

SCORER = "bench/claims_eval.py"
Reports = dict[str, dict[str, Any]]  # by id, each with `claims`


def claim_scores(scorer: ModuleType, gold: Reports, predicted: Reports) -> tuple[Score, ...]:
    """`found`, `typed` and `claim`, pinned; then each field over the typed pairs, shown only.

    A field that no pair has an answer for has no value. `claim` weighs all fields, so a worse field shows there.
    """
    result = scorer.score(gold, predicted)
    whole = tuple(
        Score(name=name, value=result[name]["f1"], precision=result[name]["p"], recall=result[name]["r"])
        for name in ("found", "typed", "claim")
    )
    return whole + tuple(Score(name=name, value=value, pinned=False) for name, value in result["fields"].items())


def by_group(scorer: ModuleType, gold: Reports, predicted: Reports, groups: dict[str, str]) -> Breakdown:
    """The scores of each group of reports. Args: groups: the group of each report by its id."""
    rows = []
    for group in dict.fromkeys(groups.values()):
        part = {key: report for key, report in gold.items() if groups[key] == group}
        result = scorer.score(part, predicted)
        rows.append(_row(group, result, found=result["found"]["f1"]))
    return Breakdown(by="source", found="F1", rows=tuple(rows))


def by_event(scorer: ModuleType, gold: Reports, predicted: Reports) -> Breakdown:
    """The scores of each event type, most frequent in the gold set first.

    A sentence that was found has no type on the side of the prediction, so `found` is the share of the gold claims
    of a type whose sentence holds a predicted claim of any type.
    """
    found: dict[str, int] = {}
    for key, report in gold.items():
        claims = predicted.get(key, {}).get("claims", [])
        for claim, _, _ in scorer.pair(report["claims"], claims, bool(report.get("published", True)), typed=False):
            found[claim["event"]] = found.get(claim["event"], 0) + 1
    events = {claim["event"] for side in (gold, predicted) for report in side.values() for claim in report["claims"]}
    rows = []
    for event in events:
        result = scorer.score(_only(gold, event), _only(predicted, event))
        rows.append(_row(event, result, found=found.get(event, 0) / result["gold"] if result["gold"] else 0.0))
    rows.sort(key=lambda row: (-row.gold, -row.predicted, row.name))
    return Breakdown(by="event", found="recall", rows=tuple(rows))


def _only(reports: Reports, event: str) -> Reports:
    return {
        key: {**report, "claims": [claim for claim in report["claims"] if claim["event"] == event]}
        for key, report in reports.items()
    }


def _row(name: str, result: dict[str, Any], *, found: float) -> Row:
    return Row(
        name=name,
        gold=result["gold"],
        predicted=result["predicted"],
        found=found,
        typed=result["typed"]["f1"],
        claim=result["claim"]["f1"],
        fields=result.get("fields", {}),
    )
