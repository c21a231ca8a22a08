"""Train the reader on gold/train (with factuality and attribution beside it), with checkpoints.

    python -m training.reader.train --encoder FOLDER --layers 9 --frozen 5 --out /tmp/dateline-reader/large

The lower `--frozen` layers stay as they are and are computed once for each of two ways to cut the reports into
windows, which alternate by epoch. One report in ten is held out (examples.HELD), to choose thresholds on.
"""

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F

from dateline.reading.pieces import Pieces
from dateline.reading.windows import SIZE, Window, cut
from training.reader.encoder import load_encoder
from training.reader.examples import HELD, ROLES
from training.reader.model import EVENTS, MODALITIES, VERIFICATIONS, Reader

SHIFTS = (0, SIZE // 2)
FACT_SHARE = 10  # of the factuality sentences, one in this many an epoch
SAYING_SHARE = 16  # of the windows with attributions, one in this many an epoch
FIRM = {"actual": 3.0, "denied": -3.0}  # modality of a claim → how surely it happened; of the others it says too little
# Of the losses, each summed over words. Three times the weight for events typed no more claims rightly after three
# epochs (.523 against .532, one seed) and cost roles.
WEIGHTS = {"event": 1.0, "role": 0.5, "modality": 1.0, "verification": 0.3, "fact": 0.3, "saying": 0.5}


class Item:
    """One window with what it should say. Tensors are of the window's words; `soft` are a teacher's scores."""

    def __init__(self, example: dict[str, Any], window: Window) -> None:
        where = {spot: i for i, spot in enumerate(window.words)}
        self.window = window
        self.example = example
        self.pieces = torch.tensor(window.pieces)
        self.starts = torch.tensor(window.starts)
        self.sentences = torch.tensor([s for s, _ in window.words])
        self.labels = torch.zeros(len(window.words), dtype=torch.long)
        self.keep = torch.ones(len(window.words))
        self.claims: list[dict[str, Any]] = []
        self.triggers: list[list[int]] = []
        silent = {s for claim in example["claims"] for s in claim["also"]}
        for i, (s, _) in enumerate(window.words):
            if s in silent:
                self.keep[i] = 0.0
        for claim in example["claims"]:
            words = [where[(claim["sentence"], t)] for t in claim["tokens"] if (claim["sentence"], t) in where]
            if not words:
                continue
            self.labels[words] = 1 + EVENTS.index(claim["event"])
            self.keep[words] = 1.0
            self.claims.append(claim)
            self.triggers.append(words)
        self.roles = torch.zeros(len(self.claims), len(window.words), len(ROLES))
        for k, claim in enumerate(self.claims):
            for role, spots in claim["parts"].items():
                for spot in spots:
                    at = where.get((spot[0], spot[1]))
                    if at is not None:
                        self.roles[k, at, ROLES.index(role)] = 1.0
        self.modality = torch.tensor([MODALITIES.index(c["modality"]) for c in self.claims])
        self.verification = torch.tensor([VERIFICATIONS.index(c["verification"]) for c in self.claims])
        self.facts = [(t[0], FIRM[c["modality"]]) for c, t in zip(self.claims, self.triggers, strict=True)
                      if c["modality"] in FIRM]  # fmt: skip
        self.cues: Tensor | None = None  # 1 for each word that tells of a saying
        self.known = True  # False: only the facts or the cues are
        self.frozen: Tensor | None = None
        self.soft: dict[str, Tensor] | None = None


def fact_item(row: dict[str, Any], pieces: Pieces) -> Item | None:
    if not row["events"] or len(row["words"]) > 90:
        return None
    item = Item({"claims": []}, cut([row["words"]], pieces)[0])
    size = len(item.window.words)
    item.facts = [(at, score) for at, score in row["events"] if at < size]
    item.known = False
    return item


def saying_items(row: dict[str, Any], pieces: Pieces) -> Iterator[Item]:
    cues = {tuple(spot) for spot in row["cues"]}
    for window in cut(row["sentences"], pieces):
        item = Item({"claims": []}, window)
        item.cues = torch.tensor([float(spot in cues) for spot in window.words])
        item.known = False
        yield item


class Corpus(NamedTuple):
    """What is learned from: gold/train for each shift, and beside it facts and sayings; `held` is for measuring."""

    shifted: list[list[Item]]
    held: list[Item]
    facts: list[Item]
    sayings: list[Item]

    def epoch(self, number: int) -> list[Item]:
        return [
            *self.shifted[number % len(self.shifted)],
            *self.facts[number % FACT_SHARE :: FACT_SHARE],
            *self.sayings[number % SAYING_SHARE :: SAYING_SHARE],
        ]


def load_items(folder: Path, pieces: Pieces, share: float) -> Corpus:
    """Of the sayings too, one text in ten is held out: how they count beside the table of cues is fitted there."""
    with open(folder / "examples.jsonl", encoding="utf-8") as lines:
        examples = [json.loads(line) for line in lines]
    learned = [e for i, e in enumerate(examples) if i % HELD]
    learned = learned[: round(len(learned) * share)] if share < 1 else learned
    held = [e for i, e in enumerate(examples) if not i % HELD]
    make = lambda rows, shift: [Item(e, w) for e in rows for w in cut(e["sentences"], pieces, shift=shift)]  # noqa: E731
    with open(folder / "factuality.jsonl", encoding="utf-8") as lines:
        facts = [item for line in lines if (item := fact_item(json.loads(line), pieces))]
    with open(folder / "attributions.jsonl", encoding="utf-8") as lines:
        rows = [json.loads(line) for i, line in enumerate(lines) if i % HELD]
    sayings = [item for row in rows for item in saying_items(row, pieces)]
    random.Random(0).shuffle(sayings)
    return Corpus([make(learned, shift) for shift in SHIFTS], make(held, 0), facts, sayings)


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


def halved() -> torch.autocast:
    """bfloat16 where the CPU multiplies it (AVX512-BF16, AMX), which doubles the speed; elsewhere it is far slower."""
    fast = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=fast)


def encode(model: Reader, batch: Sequence[Item], frozen: int, *, keep: bool) -> list[Tensor]:
    """Word vectors of each item of a batch."""
    size = max(len(item.pieces) for item in batch)
    pad = model.encoder.shape.pad
    pieces = torch.full((len(batch), size), pad)
    mask = torch.zeros(len(batch), size)
    for row, item in enumerate(batch):
        pieces[row, : len(item.pieces)] = item.pieces
        mask[row, : len(item.pieces)] = 1
    bias = model.encoder.bias(mask)
    if frozen:
        x = torch.zeros(len(batch), size, model.encoder.shape.hidden)
        fresh = [row for row, item in enumerate(batch) if item.frozen is None]
        if fresh:
            with torch.no_grad(), halved():
                lower = model.encoder.run(model.encoder.embed(pieces[fresh]), bias[fresh], 0, frozen).float()
            x[fresh] = lower
        for row, item in enumerate(batch):
            if item.frozen is not None:
                x[row, : len(item.pieces)] = item.frozen.float()
            elif keep:
                item.frozen = x[row, : len(item.pieces)].half().clone()
    else:
        x = model.encoder.embed(pieces)
    with halved():
        x = model.encoder.run(x, bias.detach() if frozen else bias, frozen)
    x = x.float()
    return [x[row, item.starts] for row, item in enumerate(batch)]


def mean_of(words: Tensor, triggers: Sequence[Sequence[int]]) -> Tensor:
    return torch.stack([words[list(t)].mean(0) for t in triggers])


def loss_of(model: Reader, words: Tensor, item: Item) -> dict[str, Tensor]:
    heads, made = model.heads, {}
    dropped = heads.dropout(words)
    if item.facts:
        at = torch.tensor([a for a, _ in item.facts])
        gold = torch.tensor([s for _, s in item.facts])
        made["fact"] = F.smooth_l1_loss(heads.fact(dropped[at]).squeeze(-1), gold, reduction="sum")
    if item.cues is not None:
        made["saying"] = F.binary_cross_entropy_with_logits(
            heads.saying(dropped).squeeze(-1), item.cues, reduction="sum"
        )
    if not item.known:
        return made
    made["event"] = (F.cross_entropy(heads.event(dropped), item.labels, reduction="none") * item.keep).sum()
    if item.triggers:
        triggers = mean_of(words, item.triggers)
        at = torch.tensor([t[0] for t in item.triggers])
        scores = heads.pairs(words, triggers, at, item.sentences)
        made["role"] = F.binary_cross_entropy_with_logits(scores, item.roles, reduction="sum")
        triggers = heads.dropout(triggers)
        made["modality"] = F.cross_entropy(heads.modality(triggers), item.modality, reduction="sum")
        made["verification"] = F.cross_entropy(heads.verification(triggers), item.verification, reduction="sum")
    return made


Soft = Callable[[Reader, Tensor, Item], dict[str, Tensor]]


def optimiser(model: Reader, frozen: int, rate: float) -> torch.optim.Optimizer:
    for part in (model.encoder.words, model.encoder.places, *model.encoder.layers[:frozen]):
        part.requires_grad_(False)
    if frozen:
        model.encoder.norm.requires_grad_(False)
    if model.encoder.near is not None:
        model.encoder.near.requires_grad_(False)
    body = [p for p in model.encoder.parameters() if p.requires_grad]
    return torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": model.heads.parameters(), "lr": 10 * rate}],
        weight_decay=0.01,
        fused=True,
    )


@torch.no_grad()
def measure(model: Reader, held: Sequence[Item], frozen: int) -> dict[str, float]:
    """On held-out windows: claims found and typed at the best of a few thresholds, and roles of gold triggers."""
    model.eval()
    rng = random.Random(0)
    claims = sum(len(i.claims) for i in held)
    scored: list[tuple[Item, Tensor]] = []
    hits, wrong, missed = torch.zeros(len(ROLES)), torch.zeros(len(ROLES)), torch.zeros(len(ROLES))
    right = total = 0
    for batch in batches(held, 1200, rng):
        for item, words in zip(batch, encode(model, batch, frozen, keep=bool(frozen)), strict=True):
            scored.append((item, model.heads.event(words).softmax(-1)))
            if item.triggers:
                triggers = mean_of(words, item.triggers)
                at = torch.tensor([t[0] for t in item.triggers])
                guess = model.heads.pairs(words, triggers, at, item.sentences) > -0.4
                gold = item.roles > 0
                hits += (guess & gold).sum((0, 1))
                wrong += (guess & ~gold).sum((0, 1))
                missed += (~guess & gold).sum((0, 1))
                right += int((model.heads.modality(triggers).argmax(-1) == item.modality).sum())
                total += len(item.triggers)
    model.train()
    made = {"modality": right / max(1, total), "roles": float(2 * hits.sum() / (2 * hits + wrong + missed).sum())}
    made |= {r: float(2 * hits[i] / (2 * hits + wrong + missed)[i]) for i, r in enumerate(ROLES)}
    best = max((trigger_f1(scored, claims, t) for t in (0.3, 0.4, 0.5, 0.6)), key=lambda f: f[1])
    return {"found": best[0], "typed": best[1], "threshold": best[2], **made}


def trigger_f1(scored: Sequence[tuple[Item, Tensor]], claims: int, least: float) -> tuple[float, float, float]:
    predicted = found = typed = 0
    for item, scores in scored:
        runs: list[tuple[int, int]] = []  # (sentence, type)
        last: tuple[int, int, int] | None = None
        for i, row in enumerate(scores):
            s = int(item.sentences[i])
            if 1 - float(row[0]) < least:
                continue
            kind = int(row[1:].argmax())
            if last is None or last[0] != i - 1 or last[1:] != (s, kind):
                runs.append((s, kind))
            last = (i, s, kind)
        predicted += len(runs)
        found += _met(runs, item.claims, same=False)
        typed += _met(runs, item.claims, same=True)
    return 2 * found / max(1, predicted + claims), 2 * typed / max(1, predicted + claims), least


def _met(runs: Sequence[tuple[int, int]], claims: Sequence[dict[str, Any]], *, same: bool) -> int:
    left = list(claims)
    for s, kind in runs:
        fits = [c for c in left if s in (c["sentence"], *c["also"]) and (not same or EVENTS[kind] == c["event"])]
        if fits:
            left.remove(max(fits, key=lambda c: EVENTS[kind] == c["event"]))
    return len(claims) - len(left)


def train(model: Reader, args: argparse.Namespace, pieces: Pieces, more: Callable[[int], list[Item]] | None = None,
          soft: Soft | None = None) -> None:  # fmt: skip
    rng = random.Random(args.seed)
    torch.manual_seed(args.seed)
    corpus = load_items(args.examples, pieces, args.share)
    optim = optimiser(model, args.frozen, args.rate)
    per_epoch = len(batches(corpus.epoch(0), args.budget, random.Random(0)))
    extra = len(batches(more(0), args.budget, random.Random(0))) if more else 0
    steps = args.epochs * (per_epoch + extra)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optim, lambda s: min((s + 1) / (0.06 * steps), max(0.02, (steps - s) / (0.94 * steps)))
    )
    checkpoint, first = args.out / "checkpoint.pt", 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optim.load_state_dict(state["optim"])
        schedule.load_state_dict(state["schedule"])
        first = state["epoch"] + 1
        print("resumed after epoch", state["epoch"], flush=True)
    for epoch in range(first, args.epochs):
        started, sums = time.time(), dict.fromkeys(WEIGHTS, 0.0)
        items = corpus.epoch(epoch) + (more(epoch) if more else [])
        model.train()
        for part in model.encoder.layers[: args.frozen]:
            part.eval()
        for n, batch in enumerate(batches(items, args.budget, rng)):
            optim.zero_grad(set_to_none=True)
            total = torch.zeros(())
            for item, words in zip(batch, encode(model, batch, args.frozen, keep=bool(args.frozen)), strict=True):
                parts = soft(model, words, item) if soft and item.soft else loss_of(model, words, item)
                for name, value in parts.items():
                    sums[name] += float(value.detach())
                    total = total + WEIGHTS[name] * value
            if not total.requires_grad:
                continue
            (total / args.budget * 8).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optim.step()
            schedule.step()
            if n % 100 == 0:
                print(f"  {epoch}.{n} {time.time() - started:.0f} s", flush=True)
        state = {"model": model.state_dict(), "optim": optim.state_dict(), "schedule": schedule.state_dict()}
        torch.save({**state, "epoch": epoch}, checkpoint)
        losses = {k: round(v / len(items), 3) for k, v in sums.items()}
        scores = {k: round(v, 3) for k, v in measure(model, corpus.held, args.frozen).items()}
        line = json.dumps({"epoch": epoch, "seconds": round(time.time() - started), "loss": losses, **scores})
        with open(args.out / "log.jsonl", "a", encoding="utf-8") as out:
            out.write(line + "\n")
        print(line, flush=True)


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument(
        "--encoder", type=Path, required=True, help="folder with config.json, model.safetensors, vocab.txt"
    )
    made.add_argument("--examples", type=Path, default=Path("/tmp/dateline-reader"))
    made.add_argument("--out", type=Path, required=True)
    made.add_argument("--layers", type=int, help="how many of the encoder's layers are kept, from below")
    made.add_argument("--frozen", type=int, default=0)
    made.add_argument("--epochs", type=int, default=8)
    made.add_argument("--rate", type=float, default=5e-5)
    made.add_argument("--budget", type=int, default=460, help="pieces a step, padding included")
    made.add_argument("--share", type=float, default=1.0, help="share of the training reports, for a learning curve")
    made.add_argument("--seed", type=int, default=1)
    return made


def vocabulary(folder: Path) -> Pieces:
    return Pieces((folder / "vocab.txt").read_text(encoding="utf-8").splitlines())


def fresh(encoder: Path, layers: int | None) -> Reader:
    """A reader before training. Its heads begin alike for every seed, so that weights of several can be averaged."""
    torch.manual_seed(0)
    return Reader(load_encoder(encoder, layers))


def main() -> None:
    args = parser().parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    pieces = vocabulary(args.encoder)
    train(fresh(args.encoder, args.layers), args, pieces)


if __name__ == "__main__":
    main()
