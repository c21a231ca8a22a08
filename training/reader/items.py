"""Windows to learn from, with what each should say: of labelled reports, of teachers, of facts and of sayings."""

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F

from dateline.reading.pieces import Pieces
from dateline.reading.windows import SIZE, Window, cut
from training.reader.examples import HELD, ROLES
from training.reader.model import EVENTS, MODALITIES, TYPES, VERIFICATIONS

SHIFTS = (0, SIZE // 2)
FACT_SHARE = 10  # of the factuality sentences, one in this many an epoch
SAYING_SHARE = 16  # of the windows with attributions, one in this many an epoch
POOL_WINDOWS = 2  # of one report of the pool, from its beginning
FIRM = {"actual": 3.0, "denied": -3.0}  # modality of a claim → how surely it happened; of the others it says too little


class Item:
    """One window with what it should say, as probabilities, so that labels and a teacher's scores are alike.

    Of words: `kinds` (words, TYPES) and how much each counts, `heed`; `cues`, the same for sayings, and `cue_heed`. Of
    triggers: `at` (the first word), `shares` (what each word gives to the trigger's vector), `roles` (triggers, words,
    ROLES), `modality`, `verification` and how much a trigger counts, `trust`. Of facts: `fact_shares`, `facts`
    (-3 to 3), `fact_trust`.
    """

    def __init__(self, window: Window) -> None:
        size = len(window.words)
        self.window = window
        self.claims: list[dict[str, Any]] = []
        self.pieces = torch.tensor(window.pieces)
        self.starts = torch.tensor(window.starts)
        self.sentences = torch.tensor([s for s, _ in window.words])
        self.kinds = torch.zeros(size, TYPES, dtype=torch.half)
        self.heed = torch.zeros(size)
        self.cues = torch.zeros(size)
        self.cue_heed = torch.zeros(size)
        self.frozen: Tensor | None = None
        self.point([])
        self.roles = torch.zeros(0, size, len(ROLES), dtype=torch.half)
        self.modality = torch.zeros(0, len(MODALITIES))
        self.verification = torch.zeros(0, len(VERIFICATIONS))
        self.trust = torch.zeros(0)
        self.tell([], torch.zeros(0), torch.zeros(0))

    def point(self, triggers: list[list[int]]) -> None:
        """Set the triggers, each the positions of its words."""
        self.triggers = triggers
        self.at = torch.tensor([t[0] for t in triggers], dtype=torch.long)
        self.shares = self._shares(triggers)

    def tell(self, words: list[list[int]], facts: Tensor, trust: Tensor) -> None:
        """Set how surely the events of some words happened."""
        self.fact_shares, self.facts, self.fact_trust = self._shares(words), facts, trust

    def _shares(self, groups: list[list[int]]) -> Tensor:
        made = torch.zeros(len(groups), len(self.window.words))
        for row, words in enumerate(groups):
            made[row, words] = 1 / len(words)
        return made


def claim_item(example: dict[str, Any], window: Window) -> Item:
    """A window of a report whose claims are known."""
    item = Item(window)
    where = {spot: i for i, spot in enumerate(window.words)}
    labels, heed = [0] * len(where), [1.0] * len(where)
    silent = {s for claim in example["claims"] for s in claim["also"]}
    for i, (s, _) in enumerate(window.words):
        if s in silent:
            heed[i] = 0.0
    triggers = []
    for claim in example["claims"]:
        words = [where[(claim["sentence"], t)] for t in claim["tokens"] if (claim["sentence"], t) in where]
        if not words:
            continue
        for word in words:
            labels[word], heed[word] = 1 + EVENTS.index(claim["event"]), 1.0
        item.claims.append(claim)
        triggers.append(words)
    roles = torch.zeros(len(triggers), len(where), len(ROLES))
    for k, claim in enumerate(item.claims):
        for role, spots in claim["parts"].items():
            for spot in spots:
                at = where.get((spot[0], spot[1]))
                if at is not None:
                    roles[k, at, ROLES.index(role)] = 1.0
    item.point(triggers)
    item.kinds, item.heed = _one_of(labels, TYPES).half(), torch.tensor(heed)
    item.roles = roles.half()
    item.modality = _one_of([MODALITIES.index(c["modality"]) for c in item.claims], len(MODALITIES))
    item.verification = _one_of([VERIFICATIONS.index(c["verification"]) for c in item.claims], len(VERIFICATIONS))
    item.trust = torch.ones(len(triggers))
    firm = [(t[:1], FIRM[c["modality"]]) for c, t in zip(item.claims, triggers, strict=True) if c["modality"] in FIRM]
    item.tell([t for t, _ in firm], torch.tensor([f for _, f in firm]), torch.ones(len(firm)))
    return item


def _one_of(numbers: list[int], count: int) -> Tensor:
    return F.one_hot(torch.tensor(numbers, dtype=torch.long), count).float()


def fact_item(row: dict[str, Any], pieces: Pieces) -> Item | None:
    if not row["events"] or len(row["words"]) > 90:
        return None
    item = Item(cut([row["words"]], pieces)[0])
    size = len(item.window.words)
    events = [(at, score) for at, score in row["events"] if at < size]
    item.tell([[at] for at, _ in events], torch.tensor([float(s) for _, s in events]), torch.ones(len(events)))
    return item


def saying_items(row: dict[str, Any], pieces: Pieces) -> Iterator[Item]:
    cues = {tuple(spot) for spot in row["cues"]}
    for window in cut(row["sentences"], pieces):
        item = Item(window)
        item.cues = torch.tensor([float(spot in cues) for spot in window.words])
        item.cue_heed = torch.ones(len(window.words))
        yield item


def pool_items(row: dict[str, Any], pieces: Pieces) -> list[Item]:
    """The first windows of a report of the pool."""
    return [Item(window) for window in cut(row["sentences"], pieces)[:POOL_WINDOWS] if window.words]


def learn(item: Item, triggers: list[list[int]], soft: dict[str, Tensor]) -> None:
    """Fill a window of the pool with what a teacher says of it."""
    item.point(triggers)
    item.kinds, item.heed = soft["events"], torch.ones(len(item.starts))
    item.cues, item.cue_heed = soft["saying"].float(), item.heed
    if triggers:
        item.roles, item.modality, item.verification = soft["roles"], soft["modality"], soft["verification"]
        # A faint trigger's roles count for as little as the trigger itself.
        item.trust = (item.shares @ (1 - item.kinds[:, :1].float())).squeeze(-1)
        item.tell(triggers, soft["fact"], item.trust)


def taught(folder: Path, pieces: Pieces) -> list[Item]:
    """Windows of the pool with what teachers said of them (training.reader.teach), in an order of chance.

    Raises ValueError where a shard is missing or of another cutting, so that nothing is learned twice or from nothing.
    """
    items = [item for row in rows_of(folder / "pool.jsonl") for item in pool_items(row, pieces)]
    made = []
    paths = sorted(folder.glob("taught-*-of-*.pt"))
    counts = {int(path.stem.rpartition("-")[2]) for path in paths}
    if counts != {len(paths)}:
        raise ValueError(
            f"{folder}: {len(paths)} files taught-K-of-N.pt, which are not all N; run training.reader.teach"
        )
    for path in paths:
        for number, size, triggers, soft in torch.load(path, weights_only=True):
            if size != len(items[number].window.words):
                raise ValueError(f"{path}: teacher and pupil cut a report differently; are their vocabularies alike?")
            learn(items[number], triggers, soft)
            made.append(items[number])
    random.Random(0).shuffle(made)
    return made


class Corpus(NamedTuple):
    """What is learned from: gold/train and the project's own labels for each shift, and beside them facts and sayings;
    `held` is for measuring."""

    gold: list[list[Item]]
    labelled: list[list[Item]]
    held: list[Item]
    facts: list[Item]
    sayings: list[Item]

    def epoch(self, number: int, cuts: int) -> list[Item]:
        """The windows of an epoch: gold/train in so many of its cuts, the rest in one."""
        return [
            *(item for k in range(cuts) for item in self.gold[(number + k) % len(SHIFTS)]),
            *self.labelled[number % len(SHIFTS)],
            *self.facts[number % FACT_SHARE :: FACT_SHARE],
            *self.sayings[number % SAYING_SHARE :: SAYING_SHARE],
        ]


def rows_of(path: Path) -> list[dict[str, Any]]:
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def load_items(folder: Path, pieces: Pieces, share: float) -> Corpus:
    """Of the sayings too, one text in ten is held out: how they count beside the table of cues is fitted there.

    Args:
        share: of gold/train and of the project's own labels, so much is used, for a learning curve.
    """
    examples, labelled = rows_of(folder / "examples.jsonl"), rows_of(folder / "labelled.jsonl")
    learned, held = [e for i, e in enumerate(examples) if i % HELD], [e for i, e in enumerate(examples) if not i % HELD]
    random.Random(0).shuffle(labelled)
    first = lambda rows: rows[: round(len(rows) * share)]  # noqa: E731
    make = lambda rows, shift: [claim_item(e, w) for e in rows for w in cut(e["sentences"], pieces, shift=shift)]  # noqa: E731
    facts = [item for row in rows_of(folder / "factuality.jsonl") if (item := fact_item(row, pieces))]
    rows = [row for i, row in enumerate(rows_of(folder / "attributions.jsonl")) if i % HELD]
    sayings = [item for row in rows for item in saying_items(row, pieces)]
    random.Random(0).shuffle(sayings)
    return Corpus(
        [make(first(learned), shift) for shift in SHIFTS],
        [make(first(labelled), shift) for shift in SHIFTS],
        make(held, 0),
        facts,
        sayings,
    )


def batches(items: Sequence[Item], budget: int, rng: random.Random) -> list[list[Item]]:
    """Windows of like length together, no more than `budget` pieces with their padding, in random order."""
    order = sorted(items, key=lambda item: len(item.pieces) + rng.random() * 20)
    made: list[list[Item]] = []
    for item in order:
        size = max(len(item.pieces), *(len(i.pieces) for i in made[-1])) if made else 0
        if made and size * (len(made[-1]) + 1) <= budget:
            made[-1].append(item)
        else:
            made.append([item])
    rng.shuffle(made)
    return made
