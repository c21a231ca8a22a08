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
from dateline.incidents.sheet import Claimed, Ints, Sheet
from dateline.incidents.types import Brief
from dateline.record import Record
from training.incidents import labels
from training.incidents.labels import Pair
from training.incidents.tables import write_table

FOLDS = 5
ROUNDS = 400
OTHERS = 60_000  # pairs of claims of different groups, as many as are drawn
ALIKE = 0.5  # likeness of words of two reports of different groups, from which they may after all tell of one thing
POOL, GOLD = "data/news/pool.jsonl.gz", "gold/train_reports.jsonl"
SOURCE = "fitted on the project's own labels of pairs of claims (training/incidents/labels_a.jsonl, labels_b.jsonl)"

# What sense says of each feature before any label is seen (log-odds, across and within), and with it which way it may
# speak at all. The labels are pulled towards it: their groups were drawn by likeness of words within a week, so that
# they alone would say too little of how much unlike words, and weeks, speak against.
PRIOR: dict[str, tuple[float, float]] = {
    "time: the same day": (1.6, 1.6), "time: the next day": (0.0, 0.0), "time: days apart": (-1.0, -1.0),
    "time: within a period": (0.6, 0.6), "time: outside a period": (-0.6, -0.6),
    "time: of publication, days apart": (-0.4, 0.0), "time: neither has its own": (0.0, 0.0),
    "time: after the other was published": (-3.0, 0.0), "publication: days between": (-0.3, 0.0),
    "place: the same": (1.3, 1.3), "place: within reach": (0.5, 0.5), "place: one region": (0.1, 0.1),
    "place: apart": (-0.8, -0.8), "place of the report: the same": (0.7, 0.7),
    "place of the report: within reach": (0.2, 0.2), "place of the report: apart": (-0.4, -0.4),
    "place: unknown": (0.0, 0.0), "place: rare names shared": (0.6, 0.6),
    "type: the same": (0.8, 0.8), "type: told as either": (0.4, 0.4), "type: of another family": (-1.5, -1.5),
    "type: a toll": (0.0, 0.0), "words: the same trigger": (0.4, 0.4),
    "only one is said to have happened": (-0.7, -0.7), "one denies it": (0.0, 0.0),
    "actors: the same": (0.4, 0.4), "actors: others": (-0.6, -0.6), "actors: words shared": (0.6, 0.6),
    "targets: the same": (0.2, 0.2), "targets: others": (-0.2, -0.2), "targets: words shared": (0.8, 0.8),
    "figures: equal": (0.35, 0.35), "figures: may be one": (0.2, 0.2), "figures: contradict": (-0.4, -0.4),
    "words: of the quotes": (4.0, 2.0), "words: rare ones shared": (0.5, 0.3), "names: shared": (0.5, 0.3),
    "names: others": (-0.3, -0.1), "reports: both about it": (0.6, 0.0), "reports: one about it": (-1.0, 0.0),
    "reports: words": (3.0, 0.0), "reports: names": (0.1, 0.0), "reports: titles": (0.1, 0.0),
    "reports: words, both about it": (6.0, 0.0), "reports: names, both about it": (0.5, 0.0),
    "reports: titles, both about it": (1.5, 0.0), "reports: tolls equal, both about it": (0.25, 0.0),
    "reports: tolls differ, both about it": (-0.4, 0.0), "report: claims between": (0.0, -0.3),
    "report: one sentence": (0.0, 0.5), "report: one opens it": (0.0, 0.3),
}  # fmt: skip
PULL = 30.0  # how many pairs, as it were, speak for what sense says
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


def pulled_logistic(
    matrix: np.ndarray, right: np.ndarray, weight: np.ndarray, prior: np.ndarray, pull: float
) -> np.ndarray:
    """Logistic regression whose weights are pulled towards a prior and keep its signs (free where it is 0).

    By accelerated projected gradient on columns scaled to unit deviation; the first column is the bias, not pulled.
    """
    scale = matrix.std(axis=0)
    scale[scale == 0] = 1.0
    scaled, aim = matrix / scale, prior * scale
    pulls = np.full(matrix.shape[1], pull)
    pulls[0] = 0.0
    step = 1.0 / (0.25 * np.linalg.eigvalsh(scaled.T @ (scaled * weight[:, None]))[-1] + pull)
    now = ahead = aim.copy()
    pace = 1.0
    for _ in range(ROUNDS):
        guess = 1.0 / (1.0 + np.exp(-np.clip(scaled @ ahead, -30, 30)))
        moved = ahead - step * (scaled.T @ (weight * (guess - right)) + pulls * (ahead - aim))
        moved[((aim > 0) & (moved < 0)) | ((aim < 0) & (moved > 0))] = 0.0
        faster = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead = moved + (pace - 1) / faster * (moved - now)
        now, pace = moved, faster
    return now / scale


def group_weights(pairs: Sequence[Pair]) -> np.ndarray:
    """A group of many reports has pairs by the square: each pair weighs as the root of their number says."""
    sizes = Counter(pair.group for pair in pairs)
    made = np.array([sizes[pair.group] ** -0.5 for pair in pairs])
    return made / made.mean()


def fitted(sheet: Sheet, pairs: Sequence[Pair], others: tuple[Ints, Ints], *, within: bool) -> dict[str, float]:
    """Weights by labelled pairs, and by others that are taken for different."""
    a = np.concatenate([np.array([p.a for p in pairs]), others[0]])
    b = np.concatenate([np.array([p.b for p in pairs]), others[1]])
    right = np.array([*(p.same for p in pairs), *([False] * len(others[0]))], float)
    weight = np.concatenate([group_weights(pairs), np.ones(len(others[0]))])
    columns = match.measure(sheet, a, b)
    names = ["bias", *(name for name in PRIOR if columns[name].any())]
    prior = np.array([0.0 if name == "bias" else PRIOR[name][within] for name in names])
    found = pulled_logistic(np.column_stack([columns[name] for name in names]), right, weight, prior, PULL)
    return {name: round(float(value), 3) for name, value in zip(names, found, strict=True)}


def strangers(claims: Sequence[Claimed], groups: frozenset[str]) -> tuple[Ints, Ints]:
    """Pairs of claims of different groups that share a block, as a ledger would compare them: taken for different.

    Reports without a date are left out (all would be of one day), and so are reports so alike that two groups may have
    got one story.
    """
    group_of = {one.report: one.group for one in labels.read() if one.group in groups}
    used = [
        at for at, claim in enumerate(claims) if claim.brief.given_id in group_of and claim.brief.published is not None
    ]
    a, b = (np.array(used)[rows] for rows in match.candidates([match.blocks(*claims[at]) for at in used]))
    number = {name: n for n, name in enumerate(sorted(groups))}
    group = np.array([number.get(group_of.get(claim.brief.given_id, ""), -1) for claim in claims])
    apart = group[a] != group[b]
    a, b = a[apart], b[apart]
    chosen = np.sort(np.random.default_rng(1).permutation(len(a))[:OTHERS])
    a, b = a[chosen], b[chosen]
    sheet = Sheet(claims)
    unlike = sheet.text.cosine(sheet.report[a], sheet.report[b]) < ALIKE
    return a[unlike], b[unlike]


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
    none = np.zeros(0, np.int64)
    within = fitted(Sheet(data.claims), one, (none, none), within=True)
    claims = with_stories(data.claims, within)
    keys = {at: frozenset(match.blocks(*claims[at])) for pair in apart for at in (pair.a, pair.b)}
    met = [pair for pair in apart if keys[pair.a] & keys[pair.b]]
    across = fitted(Sheet(claims), met, strangers(claims, groups), within=False)
    return Weights(across=across, within=within), claims


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
        f"{name}: average precision {(hits / ranks)[right == 1].mean():.3f}, F1 {f1[best]:.3f} at "
        f"{shown[best].odds:.2f} (P {hits[best] / ranks[best]:.3f}, R {hits[best] / right.sum():.3f}); "
        f"{int(right.sum())} right, {missed} more share no block"
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
