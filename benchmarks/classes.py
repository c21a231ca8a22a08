"""Classes of claims: precision, recall and F1 of each, where plain accuracy would praise whoever always says `actual`.

Claims are paired by bench/claims_eval.py, as for every other field. What is counted is a gold value and a predicted
value of each pair; a gold claim that no predicted one pairs with has None for its predicted value.
"""

from collections.abc import Callable, Iterable, Sequence
from types import ModuleType
from typing import Any

from benchmarks.measured import Classes, ClassRow

MODALITIES = ("planned", "possible", "denied", "called_for")
VERIFICATIONS = ("unverified", "verified", "disputed")
HEDGES = ("hedged",)

Reports = dict[str, dict[str, Any]]  # by id, each with `claims`
Claim = dict[str, Any]
Values = list[tuple[str | None, str | None]]  # gold, predicted


def modality(claim: Claim) -> str | None:
    return claim.get("modality")


def verification(claim: Claim) -> str | None:
    return claim.get("verification")


def hedged(claim: Claim) -> str | None:
    return "hedged" if claim.get("hedge") else None


def pairs(scorer: ModuleType, gold: Reports, predicted: Reports) -> tuple[list[tuple[Claim, Claim]], list[Claim]]:
    """The pairs (gold claim, predicted claim) of the same sentence and type, and the gold claims without one."""
    paired: list[tuple[Claim, Claim]] = []
    unpaired: list[Claim] = []
    for key, report in gold.items():
        claims = predicted.get(key, {}).get("claims", [])
        found = scorer.pair(report["claims"], claims, bool(report.get("published", True)))
        paired += [(g, p) for g, p, _ in found]
        taken = {id(g) for g, _, _ in found}
        unpaired += [g for g in report["claims"] if id(g) not in taken]
    return paired, unpaired


def by_class(
    name: str,
    of: Callable[[Claim], str | None],
    classes: Sequence[str],
    paired: Iterable[tuple[Claim, Claim]],
    unpaired: Sequence[Claim],
    *,
    all_gold: bool = False,
) -> Classes:
    """The scores of each class over the pairs; with `all_gold`, an unpaired gold claim counts as missed.

    A predicted claim without a gold one is counted in neither: `found` and `typed` hold that against the reader.
    """
    missed = [of(g) for g in unpaired]
    values: Values = [(of(g), of(p)) for g, p in paired]
    if all_gold:
        values += [(value, None) for value in missed]
    rows = [_row(c, values, held=any(v[0] == c for v in values) or c in missed) for c in classes]
    return Classes(name=name, over="all gold claims" if all_gold else "typed pairs", rows=tuple(rows))


def macro(classes: Classes) -> float | None:
    """The mean F1 of the classes that have one; None where none has."""
    f1 = [row.f1 for row in classes.rows if row.f1 is not None]
    return round(sum(f1) / len(f1), 4) if f1 else None


def _row(name: str, values: Values, *, held: bool) -> ClassRow:
    """A class that the gold set holds nowhere and the reader gave to no pair has no scores: it cannot be measured.

    One that the gold set holds, in a claim that was not paired, scores 0: else losing its claims would raise the mean.
    """
    gold = sum(g == name for g, _ in values)
    predicted = sum(p == name for _, p in values)
    right = sum(g == p == name for g, p in values)
    if not (held or predicted):
        return ClassRow(name=name, gold=0, predicted=0, right=0)
    return ClassRow(
        name=name,
        gold=gold,
        predicted=predicted,
        right=right,
        precision=_share(right, predicted),
        recall=_share(right, gold),
        f1=_share(2 * right, gold + predicted),
    )


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
