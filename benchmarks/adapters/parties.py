"""Who the parties are: actors and targets of found claims against labels of the project's own.

Labels lie in benchmarks/labels: for every party of a gold claim, as it is written in one report, whom it means (`ids`
of the register, any of which is right) and whether a register ought to hold it. "yes": one of the ids is right; "no":
only no id is; "either": both are.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
from msgspec import Struct

from benchmarks.adapters.relations import share
from benchmarks.claims import SCORER
from benchmarks.measured import Adapter, Measured, Score, Setting
from benchmarks.reading import read_rows

LABELS = Path(__file__).resolve().parents[1] / "labels"
ROLES = ("actors", "targets")


class Party(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One labelled party: whom the words of a report mean. `ids` are those of the register that are right; `key` stands
    for the words, which are the report's (`key_of_words`)."""

    report: str
    key: str
    party: str | None
    also: tuple[str, ...] = ()
    kind: str
    country: str | None
    listed: str
    ids: tuple[str, ...] = ()


class Judged(Struct, frozen=True):
    """A party of a found claim as labelled and as read; `label` None where the gold claim has no such party."""

    label: Party | None
    read: Mapping[str, Any]

    @property
    def right(self) -> bool:
        assert self.label is not None
        id = self.read.get("actor_id")
        if id is None:
            return self.label.listed != "yes"
        return self.label.listed != "no" and id in self.label.ids


def key_of_words(report: str, text: str, name: str) -> str:
    """What stands in the labels for a party's words and name: no text of the reports is kept there."""
    return sha256("\x1f".join((report, text, name)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def labels(name: str) -> dict[str, Party]:
    """The labels of a file, by the key of their words."""
    lines = (LABELS / f"{name}.jsonl").read_text("utf-8").splitlines()
    made = [msgspec.json.decode(line, type=Party) for line in lines]
    return {party.key: party for party in made}


def measure(name: str, gold_file: str, reports_file: str, setting: Setting) -> Measured:
    """`right` (resolved to the right party) and `linked` (precision of those linked to the register) are pinned."""
    scorer = setting.shared.scorer("claims_eval")
    known = labels(name)
    wanted = {party.report for party in known.values()}
    gold = {key: row for key, row in scorer.load(setting.shared.path(gold_file)).items() if key in wanted}
    rows = [row for row in setting.shared.rows(reports_file) if row["id"] in wanted]
    reading = read_rows(setting, rows, what=f"parties, {name}")
    predicted = {record["id"]: record for record in reading.records}
    judged = list(found_parties(scorer, gold, predicted, known))
    paired = [one for one in judged if one.label is not None]
    linked = [one for one in paired if one.read.get("actor_id")]
    listed = [one for one in paired if one.label is not None and one.label.listed == "yes"]
    unlabelled = sum(one.label is None for one in judged)
    scores = (
        Score(name="right", value=share([one.right for one in paired])),
        Score(name="linked", value=share([one.right for one in linked])),
        Score(name="listed", value=share([one.right for one in listed]), pinned=False),
        Score(name="kind", value=share([_same(one, "kind") for one in paired]), pinned=False),
        Score(
            name="country",
            value=share([_same(one, "country") for one in paired if one.label and one.label.country]),
            pinned=False,
        ),
    )
    notes = (
        f"{len(paired)} parties of found claims, {len(linked)} of them linked; {unlabelled} more are in no gold claim",
    )
    return Measured(scores=scores, cost=reading.cost, notes=(*notes, *reading.notes))


def found_parties(
    scorer: ModuleType,
    gold: Mapping[str, Mapping[str, Any]],
    predicted: Mapping[str, Mapping[str, Any]],
    known: Mapping[str, Party],
) -> Iterator[Judged]:
    """The actors and targets of the claims that were found, each with its label."""
    for key, report in gold.items():
        claims = predicted.get(key, {}).get("claims", [])
        for mine, theirs, _ in scorer.pair(report["claims"], claims, bool(report.get("published", True)), typed=False):
            for role in ROLES:
                left = list(mine.get(role) or [])
                for read in theirs.get(role) or []:
                    match = next((one for one in left if scorer.same_name(one, read)), None)
                    if match is not None:
                        left.remove(match)
                    label = known.get(key_of_words(key, match["text"], match["name"])) if match else None
                    yield Judged(label, read)


def _same(one: Judged, field: str) -> bool:
    return one.label is not None and one.read.get(field) == getattr(one.label, field)


ADAPTERS = (
    Adapter(
        name="parties", needs=("gold/dev.jsonl", "gold/dev_reports.jsonl", SCORER),
        measure=partial(measure, "gold_dev_parties", "gold/dev.jsonl", "gold/dev_reports.jsonl"),
    ),
    Adapter(
        name="parties.development", needs=("gold/train.jsonl", "gold/train_reports.jsonl", SCORER),
        measure=partial(measure, "train_parties", "gold/train.jsonl", "gold/train_reports.jsonl"),
    ),
)  # fmt: skip
