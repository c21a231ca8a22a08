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
ROUNDS = 250
OTHERS = 40_000  # pairs of claims of different groups, as many as are drawn
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
    "place: unknown": (-0.1, -0.1), "place: rare names shared": (0.6, 0.6),
    "type: the same": (0.8, 0.8), "type: told as either": (0.4, 0.4), "type: of another family": (-1.5, -1.5),
    "type: a toll": (0.0, 0.0), "words: the same trigger": (0.4, 0.4),
    "only one is said to have happened": (-0.7, -0.7), "one denies it": (0.0, 0.0),
    "actors: the same": (0.4, 0.4), "actors: others": (-0.6, -0.6), "actors: words shared": (0.6, 0.6),
    "targets: the same": (0.2, 0.2), "targets: others": (-0.2, -0.2), "targets: words shared": (0.8, 0.8),
    "figures: equal": (0.35, 0.35), "figures: may be one": (0.2, 0.2), "figures: contradict": (-0.4, -0.4),
    "words: of the quotes": (4.0, 2.0),
    "reports: both about it": (0.6, 0.0), "reports: one about it": (-1.0, 0.0),
    "reports: words": (3.0, 0.0), "reports: names": (0.1, 0.0), "reports: titles": (0.1, 0.0),
    "reports: words, both about it": (6.0, 0.0), "reports: names, both about it": (0.5, 0.0),
    "reports: titles, both about it": (1.5, 0.0), "reports: tolls equal, both about it": (0.25, 0.0),
    "reports: tolls differ, both about it": (-0.4, 0.0), "report: claims between": (0.0, -0.3),
    "report: one sentence": (0.0, 0.5), "report: one opens it": (0.0, 0.3),
    "day, place and type alike, both about it": (1.0, 0.0),
    "time: each of its own day, both about it": (-4.0, 0.0), "time: days apart, both about it": (-1.5, 0.0),
    "place: apart, both about it": (-1.0, 0.0),
}  # fmt: skip
PULL = 300.0  # how many pairs, as it were, speak for what sense says
# The groups were drawn by likeness of words and within a week: what these say cannot be learnt from them. Nor can what
# two reports that are about an incident each say of its day and place, of which there are few pairs.
DRAWN_BY = (
    "day, place and type alike, both about it",
    "time: each of its own day, both about it", "time: days apart, both about it", "place: apart, both about it",
    "publication: days between", "reports: words", "reports: titles", "reports: words, both about it",
    "reports: titles, both about it",
)  # fmt: skip


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
    matrix: np.ndarray, right: np.ndarray, weight: np.ndarray, prior: np.ndarray, held: np.ndarray
) -> np.ndarray:
    """Logistic regression whose weights are pulled towards a prior and keep its signs (free where it is 0).

    By accelerated projected gradient on columns scaled to unit deviation; the first column is the bias, not pulled, and
    those that are `held` stay at the prior.
    """
    scale = matrix.std(axis=0)
    scale[scale == 0] = 1.0
    scaled, aim = matrix / scale, prior * scale
    pull = np.full(matrix.shape[1], PULL)
    pull[0] = 0.0
    step = 1.0 / (0.25 * np.linalg.eigvalsh(scaled.T @ (scaled * weight[:, None]))[-1] + PULL)
    now = ahead = aim.copy()
    pace = 1.0
    for _ in range(ROUNDS):
        guess = 1.0 / (1.0 + np.exp(-np.clip(scaled @ ahead, -30, 30)))
        moved = ahead - step * (scaled.T @ (weight * (guess - right)) + pull * (ahead - aim))
        moved[((aim > 0) & (moved < 0)) | ((aim < 0) & (moved > 0))] = 0.0
        moved[held] = aim[held]
        faster = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead = moved + (pace - 1) / faster * (moved - now)
        now, pace = moved, faster
    return now / scale


def group_weights(pairs: Sequence[Pair]) -> np.ndarray:
    """A group of many reports has pairs by the square: each pair weighs as the root of their number says."""
    sizes = Counter(pair.group for pair in pairs)
    made = np.array([sizes[pair.group] ** -0.5 for pair in pairs])
    return made / made.mean()


class Table(NamedTuple):
    """Pairs as numbers: a row a pair, a column a feature."""

    names: list[str]
    matrix: np.ndarray
    right: np.ndarray
    weight: np.ndarray
    groups: list[str]  # of each row; "" for pairs of strangers, which every fold may learn from
    pairs: list[Pair]

    def weights(self, groups: frozenset[str], *, within: bool) -> dict[str, float]:
        """Fitted on the rows of some groups, and on the strangers."""
        rows = np.array([group in groups or not group for group in self.groups])
        prior = np.array([0.0 if name == "bias" else PRIOR[name][within] for name in self.names])
        held = np.array([name in DRAWN_BY for name in self.names])
        found = pulled_logistic(self.matrix[rows], self.right[rows], self.weight[rows], prior, held)
        return {name: round(float(value), 3) for name, value in zip(self.names, found, strict=True)}


def table(claims: Sequence[Claimed], pairs: Sequence[Pair], others: tuple[Ints, Ints] | None = None) -> Table:
    """Of labelled pairs, and of others that are taken for different."""
    none = np.zeros(0, np.int64)
    a = np.concatenate([np.array([p.a for p in pairs]), (others or (none, none))[0]])
    b = np.concatenate([np.array([p.b for p in pairs]), (others or (none, none))[1]])
    extra = len(a) - len(pairs)
    columns = match.measure(Sheet(claims), a, b)
    names = ["bias", *(name for name in PRIOR if columns[name].any())]
    return Table(
        names,
        np.column_stack([columns[name] for name in names]),
        np.array([*(p.same for p in pairs), *([False] * extra)], float),
        np.concatenate([group_weights(pairs), np.ones(extra)]),
        [*(p.group for p in pairs), *([""] * extra)],
        list(pairs),
    )


def with_stories(claims: Sequence[Claimed], within: dict[str, float]) -> list[Claimed]:
    """The claims, their share in their report's story told anew by these weights."""
    by = Weights(across={}, within=within)
    share: dict[str, float] = {}
    for told in {claim.brief.id: claim.brief for claim in claims}.values():
        share.update(zip((t.key for t in told.tellings), match.stories(told.tellings, told, by), strict=True))
    return [Claimed(replace(c.telling, story=share[c.telling.key]), c.brief) for c in claims]


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


class Fit(NamedTuple):
    """What is fitted on: the claims with their shares, pairs within a report and pairs across, and which of these share
    a block."""

    claims: list[Claimed]
    within: Table
    across: Table
    met: frozenset[tuple[int, int]]


def tables(data: Set) -> Fit:
    """Shares in stories are told by weights of all groups: some 30 numbers, of which a fold learns next to nothing.

    Pairs that share no block are learnt from too, so that the weights do not hang on how claims are looked for.
    """
    groups = frozenset(pair.group for pair in data.pairs)
    apart, one = _by_report(data.claims, data.pairs)
    within = table(data.claims, one)
    claims = with_stories(data.claims, within.weights(groups, within=True))
    keys = {at: frozenset(match.blocks(*claims[at])) for pair in apart for at in (pair.a, pair.b)}
    met = frozenset((pair.a, pair.b) for pair in apart if keys[pair.a] & keys[pair.b])
    return Fit(claims, within, table(claims, apart, strangers(claims, groups)), met)


def weights(made: Fit, groups: frozenset[str]) -> Weights:
    """The weights by the pairs of some groups."""
    return Weights(across=made.across.weights(groups, within=False), within=made.within.weights(groups, within=True))


def _by_report(claims: Sequence[Claimed], pairs: Iterable[Pair]) -> tuple[list[Pair], list[Pair]]:
    """Pairs across reports, and within one."""
    apart: list[Pair] = []
    one: list[Pair] = []
    for pair in pairs:
        (one if claims[pair.a].brief.id == claims[pair.b].brief.id else apart).append(pair)
    return apart, one


# --- how well --------------------------------------------------------------------------------------------------------


class Seen(NamedTuple):
    """A pair that the weights did not see: its log-odds, and whether it is of one report."""

    pair: Pair
    odds: float
    within: bool


def folds(made: Fit) -> Iterator[Seen]:
    """Every labelled pair that is compared, weighed by weights that did not see its group."""
    groups = sorted({*made.across.groups, *made.within.groups} - {""})
    for fold in range(FOLDS):
        held = frozenset(groups[fold::FOLDS])
        by = weights(made, frozenset(groups) - held)
        for of, values, within in ((made.across, by.across, False), (made.within, by.within, True)):
            odds = of.matrix @ np.array([values[name] for name in of.names])
            for pair, value in zip(of.pairs, odds.tolist(), strict=False):  # strangers stand after the pairs
                if pair.group in held:
                    yield Seen(pair, value, within)


def pair_line(seen: Sequence[Seen], name: str) -> str:
    """Average precision and the best F1 of pairs."""
    shown = sorted(seen, key=lambda s: -s.odds)
    right = np.array([s.pair.same for s in shown], float)
    hits = np.cumsum(right)
    ranks = np.arange(1, len(right) + 1)
    f1 = 2 * hits / (ranks + right.sum())
    best = int(f1.argmax())
    return (
        f"{name}: {int(right.sum())} right of {len(right)}, average precision {(hits / ranks)[right == 1].mean():.3f}, "
        f"F1 {f1[best]:.3f} at {shown[best].odds:.2f} (P {hits[best] / ranks[best]:.3f}, "
        f"R {hits[best] / right.sum():.3f})"
    )


def cluster_line(seen: Sequence[Seen], made: Fit, same: float) -> str:
    """Pairwise precision, recall and F1 of groups of claims, over all decided pairs of each labelled group."""
    by_group: dict[str, list[Seen]] = {}
    for each in seen:
        by_group.setdefault(each.pair.group, []).append(each)
    counts = Counter[tuple[bool, bool, bool]]()
    for of in by_group.values():
        ends = [(made.claims[s.pair.a].telling.key, made.claims[s.pair.b].telling.key) for s in of]
        sure = match.probability(np.array([s.odds for s in of]))
        scored = [
            Scored(*end, float(p))
            for end, p, s in zip(ends, sure, of, strict=True)
            if p >= match.FLOOR and (s.within or (s.pair.a, s.pair.b) in made.met)
        ]
        groups = cluster({key for pair in ends for key in pair}, scored, same=same)
        of_key = {key: n for n, group in enumerate(groups) for key in group}
        for (a, b), s in zip(ends, of, strict=True):
            counts[s.within, s.pair.same, of_key[a] == of_key[b]] += 1
    parts = []
    for name, kinds in (("across", (False,)), ("within", (True,)), ("all", (False, True))):
        hit = sum(counts[k, True, True] for k in kinds)
        false, missed = sum(counts[k, False, True] for k in kinds), sum(counts[k, True, False] for k in kinds)
        parts.append(f"{name} P {hit / max(1, hit + false):.3f} R {hit / max(1, hit + missed):.3f} "
                     f"F1 {2 * hit / max(1, 2 * hit + false + missed):.3f}")  # fmt: skip
    return f"groups at {same}: " + "; ".join(parts)


def report(made: Fit) -> str:
    seen = list(folds(made))
    return "\n".join((
        pair_line([s for s in seen if not s.within], "across reports"),
        pair_line([s for s in seen if (s.pair.a, s.pair.b) in made.met], "of these, those that share a block"),
        pair_line([s for s in seen if s.within], "within a report"),
        *(cluster_line(seen, made, same) for same in (0.2, 0.3, 0.4, 0.5, 0.6)),
    ))  # fmt: skip


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
        reach="see docs/decisions/0010-incidents.md",
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    options = parser.parse_args()
    ids = frozenset(one.report for one in labels.read())
    fit_all(prepared(read_records(options.data, ids)))


def fit_all(data: Set) -> None:
    made = tables(data)
    print(report(made))
    write(weights(made, frozenset(pair.group for pair in data.pairs)))


if __name__ == "__main__":
    main()
