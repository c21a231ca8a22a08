"""Fit what speaks for one incident: `python -m training.incidents.fit --data ../shared`, after `count_words`.

Logistic regression over the features of incidents/match.py, on the labelled pairs of claims (labels_a, labels_b): first
of claims of one report, by which each claim's share in its report's story is then told, then of claims of two reports.
No weight may have a sign against reason: what two claims share never speaks against one incident. Writes
dateline/data/match_weights.csv with its label, and prints how well pairs and groups come out in folds by group.
"""

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from msgspec.structs import replace

from dateline.incidents import match
from dateline.incidents.briefs import brief
from dateline.incidents.cluster import cluster
from dateline.incidents.match import Scored, Weights
from dateline.incidents.sheet import Claimed, Sheet
from dateline.incidents.types import Brief
from dateline.record import Record
from training.incidents import labels
from training.incidents.labels import Pair
from training.incidents.tables import write_table

FOLDS = 5
RIDGE = 3.0
ROUNDS = 600
POOL, GOLD = "data/news/pool.jsonl.gz", "gold/train_reports.jsonl"
SOURCE = "fitted on the project's own labels of pairs of claims (training/incidents/labels_a.jsonl, labels_b.jsonl)"

# Which way a feature may speak; those not named are free. The labels' groups were drawn by outlet, so that theirs
# tell nothing of "one outlet".
FOR = (
    "time: the same day", "time: within a period", "place: the same", "place: within reach", "place: one region",
    "place of the report: the same", "place of the report: within reach", "place: rare names shared",
    "type: the same", "type: told as either", "words: the same trigger", "actors: the same", "actors: words shared",
    "targets: the same", "targets: words shared", "figures: equal", "figures: may be one", "words: of the quotes",
    "words: rare ones shared", "names: shared", "reports: both about it", "reports: words", "reports: names",
    "reports: titles", "reports: words, both about it", "reports: names, both about it",
    "reports: titles, both about it", "reports: tolls equal, both about it", "report: one sentence",
)  # fmt: skip
AGAINST = (
    "time: days apart", "time: outside a period", "time: of publication, days apart", "publication: days between",
    "time: after the other was published", "place: apart", "place of the report: apart", "type: of another family",
    "actors: others", "targets: others", "figures: contradict", "names: others", "reports: one about it",
    "reports: tolls differ, both about it", "only one is said to have happened", "report: claims between",
)  # fmt: skip
LEFT_OUT = ("reports: one outlet",)


class Set(NamedTuple):
    """The labelled claims and their pairs."""

    claims: list[Claimed]
    pairs: list[Pair]


# --- claims and pairs ------------------------------------------------------------------------------------------------


def wanted_rows(data: Path, ids: frozenset[str]) -> Iterator[dict[str, Any]]:
    """The labelled reports: of the pool, else of the training gold."""
    left = set(ids)
    with gzip.open(data / POOL, "rt", encoding="utf-8") as pool, (data / GOLD).open(encoding="utf-8") as gold:
        for line in (*pool, *gold):
            row = json.loads(line)
            if row["id"] in left:
                left.discard(row["id"])
                yield row


def read_records(data: Path, ids: frozenset[str]) -> Iterator[Record]:
    """What the reader makes of them."""
    from dateline.reading.pipeline import read
    from dateline.record import Report

    for row in wanted_rows(data, ids):
        published = date.fromisoformat(row["published"][:10]) if row.get("published") else None
        report = Report(text=row["text"], title=row.get("title"), published=published, source=row.get("source"))
        yield replace(read(report), id=row["id"])


def prepared(records: Iterable[Record], briefs: dict[str, Brief] | None = None) -> Set:
    claims, spans = [], []
    for record in records:
        made = (briefs or {}).get(record.id) or brief(record, report_id=record.id, known=date(2026, 1, 1))
        for told, claim in zip(made.tellings, record.claims, strict=True):
            claims.append(Claimed(told, made))
            spans.append((claim.trigger.where, claim.trigger.span.start, claim.trigger.span.end))
    return Set(claims, labels.pairs(labels.read(), claims, spans))


# --- the fit ---------------------------------------------------------------------------------------------------------


def signed_logistic(
    matrix: np.ndarray, right: np.ndarray, weight: np.ndarray, signs: np.ndarray, ridge: float
) -> np.ndarray:
    """Ridge logistic regression whose weights keep to their signs (1, -1, or 0 for free), by accelerated projected
    gradient; the columns are scaled to unit deviation for it, and the first column is the bias, without ridge."""
    scale = matrix.std(axis=0)
    scale[scale == 0] = 1.0
    scaled = matrix / scale
    penalty = np.full(matrix.shape[1], ridge)
    penalty[0] = 0.0
    step = 1.0 / (0.25 * np.linalg.norm(scaled * np.sqrt(weight)[:, None], 2) ** 2 + ridge)
    now = ahead = np.zeros(matrix.shape[1])
    pace = 1.0
    for _ in range(ROUNDS):
        guess = 1.0 / (1.0 + np.exp(-np.clip(scaled @ ahead, -30, 30)))
        moved = ahead - step * (scaled.T @ (weight * (guess - right)) + penalty * ahead)
        moved = np.where((signs > 0) & (moved < 0) | (signs < 0) & (moved > 0), 0.0, moved)
        faster = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead = moved + (pace - 1) / faster * (moved - now)
        now, pace = moved, faster
    return now / scale


def group_weights(pairs: Sequence[Pair]) -> np.ndarray:
    """A group of many reports has pairs by the square: each pair weighs as the root of their number says."""
    sizes = Counter(pair.group for pair in pairs)
    made = np.array([sizes[pair.group] ** -0.5 for pair in pairs])
    return made / made.mean()


def fitted(sheet: Sheet, pairs: Sequence[Pair], *, within: bool) -> dict[str, float]:
    a, b = np.array([p.a for p in pairs]), np.array([p.b for p in pairs])
    columns = match.measure(sheet, a, b)
    names = [name for name, values in columns.items() if values.any() and name not in (match.SAME_REPORT, *LEFT_OUT)]
    if within:
        names = [name for name in names if not name.startswith("publication")]
    names.sort(key=lambda name: name != "bias")
    signs = np.array([(name in FOR) - (name in AGAINST) for name in names])
    right = np.array([p.same for p in pairs], float)
    matrix = np.column_stack([columns[name] for name in names])
    found = signed_logistic(matrix, right, group_weights(pairs), signs, RIDGE)
    return {name: round(float(value), 3) for name, value in zip(names, found, strict=True)}


def with_stories(claims: Sequence[Claimed], within: dict[str, float]) -> list[Claimed]:
    """The claims, their share in their report's story told anew by these weights."""
    by = Weights(across={}, within=within)
    share: dict[str, float] = {}
    for told in {claim.brief.id: claim.brief for claim in claims}.values():
        share.update(zip((t.key for t in told.tellings), match.stories(told.tellings, told, by), strict=True))
    return [Claimed(replace(c.telling, story=share[c.telling.key]), c.brief) for c in claims]


def fit(data: Set, groups: frozenset[str]) -> tuple[Weights, list[Claimed]]:
    """The weights by the pairs of some groups, and the claims with the shares that these weights tell."""
    used = [pair for pair in data.pairs if pair.group in groups]
    apart, one = _by_report(data.claims, used)
    within = fitted(Sheet(data.claims), one, within=True)
    claims = with_stories(data.claims, within)
    return Weights(across=fitted(Sheet(claims), apart, within=False), within=within), claims


def _by_report(claims: Sequence[Claimed], pairs: Iterable[Pair]) -> tuple[list[Pair], list[Pair]]:
    """Pairs across reports, and within one."""
    apart: list[Pair] = []
    one: list[Pair] = []
    for pair in pairs:
        (one if claims[pair.a].brief.id == claims[pair.b].brief.id else apart).append(pair)
    return apart, one


# --- how well --------------------------------------------------------------------------------------------------------


class Seen(NamedTuple):
    """A pair that the weights did not see: its log-odds, whether it shares a block, and the truth."""

    pair: Pair
    odds: float
    blocked: bool
    within: bool


def folds(data: Set) -> Iterator[tuple[list[Seen], list[Claimed]]]:
    groups = sorted({pair.group for pair in data.pairs})
    for fold in range(FOLDS):
        held = frozenset(groups[fold::FOLDS])
        by, claims = fit(data, frozenset(groups) - held)
        keys = [frozenset(match.blocks(*claim)) for claim in claims]
        pairs = [pair for pair in data.pairs if pair.group in held]
        a, b = np.array([p.a for p in pairs]), np.array([p.b for p in pairs])
        odds = match.log_odds(match.measure(Sheet(claims), a, b), by)
        yield (
            [
                Seen(p, float(o), bool(keys[p.a] & keys[p.b]), claims[p.a].brief.id == claims[p.b].brief.id)
                for p, o in zip(pairs, odds, strict=True)
            ],
            claims,
        )


def pair_line(seen: Sequence[Seen], name: str) -> str:
    """Average precision and the best F1 of pairs, over those that share a block; and how many right ones do not."""
    shown = sorted((s for s in seen if s.blocked), key=lambda s: -s.odds)
    right = np.array([s.pair.same for s in shown], float)
    hits = np.cumsum(right)
    ranks = np.arange(1, len(right) + 1)
    f1 = 2 * hits / (ranks + right.sum())
    best = int(f1.argmax())
    missed = sum(s.pair.same and not s.blocked for s in seen)
    return (
        f"{name}: average precision {(hits / ranks)[right == 1].mean():.3f}, F1 {f1[best]:.3f} at {shown[best].odds:.2f} "
        f"(P {hits[best] / ranks[best]:.3f}, R {hits[best] / right.sum():.3f}); {int(right.sum())} right, {missed} more "
        "share no block"
    )


def cluster_line(seen: Sequence[Seen], claims: Sequence[Claimed], same: float) -> str:
    """Pairwise precision, recall and F1 of groups of claims, over all decided pairs of each labelled group."""
    by_group: dict[str, list[Seen]] = {}
    for each in seen:
        by_group.setdefault(each.pair.group, []).append(each)
    table = Counter[tuple[bool, bool, bool]]()
    for of in by_group.values():
        keys = {claims[at].telling.key for s in of for at in (s.pair.a, s.pair.b)}
        scored = [
            Scored(
                claims[s.pair.a].telling.key, claims[s.pair.b].telling.key, float(match.probability(np.array(s.odds)))
            )
            for s in of
            if s.blocked and match.probability(np.array(s.odds)) >= match.FLOOR
        ]
        groups = cluster(keys, scored, same=same)
        of_key = {key: n for n, group in enumerate(groups) for key in group}
        for s in of:
            joined = of_key[claims[s.pair.a].telling.key] == of_key[claims[s.pair.b].telling.key]
            table[s.within, s.pair.same, joined] += 1
    parts = []
    for name, kinds in (("across", (False,)), ("within", (True,)), ("all", (False, True))):
        hit = sum(table[k, True, True] for k in kinds)
        false, missed = sum(table[k, False, True] for k in kinds), sum(table[k, True, False] for k in kinds)
        parts.append(f"{name} P {hit / max(1, hit + false):.3f} R {hit / max(1, hit + missed):.3f} "
                     f"F1 {2 * hit / max(1, 2 * hit + false + missed):.3f}")  # fmt: skip
    return f"groups at {same}: " + "; ".join(parts)


def report(data: Set) -> None:
    seen: list[Seen] = []
    for fold, _ in folds(data):
        seen += fold
    print(pair_line([s for s in seen if not s.within], "across reports"))
    print(pair_line([s for s in seen if s.within], "within a report"))
    for same in (0.2, 0.3, 0.4, 0.5, 0.6):
        print(cluster_line(seen, data.claims, same))


def write(by: Weights) -> None:
    lines = ["feature,across,within"]
    for name in dict.fromkeys((*by.across, *by.within)):
        cells = [f"{of[name]:.3f}" if of.get(name) else "" for of in (by.across, by.within)]
        if any(cells):
            lines.append(",".join([f'"{name}"' if "," in name else name, *cells]))
    write_table(
        "match_weights", lines,
        title="Weights of what speaks for one incident (log-odds): for claims of two reports, and of one report",
        source=SOURCE, made="python -m training.incidents.fit --data ../shared",
        reach="see docs/decisions/0008-incidents.md",
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    options = parser.parse_args()
    ids = frozenset(one.report for one in labels.read())
    fit_all(prepared(read_records(options.data, ids)))


def fit_all(data: Set) -> None:
    report(data)
    by, _ = fit(data, frozenset(pair.group for pair in data.pairs))
    write(by)


if __name__ == "__main__":
    main()
