"""Train the reader on gold/train and the project's own labels (factuality and attribution beside them).

    python -m training.reader.train --encoder FOLDER --layers 9 --frozen 5 --out /tmp/dateline-reader/large
    … --taught FOLDER    # and windows of the pool that other readers have labelled (training.reader.teach)
    … --device cuda      # on a GPU

The lower `--frozen` layers stay as they are and are computed once for each of two ways to cut the reports into
windows, which alternate by epoch. A checkpoint is kept after each epoch. One report in ten of gold/train is held out
(examples.HELD), to choose thresholds on.
"""

import argparse
import json
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from dateline.reading.pieces import Pieces
from training.reader.encoder import load_encoder
from training.reader.examples import ROLES
from training.reader.items import Item, batches, load_items, taught
from training.reader.losses import WEIGHTS, device_of, encode, losses, pairs_of, vectors_of, wide
from training.reader.model import EVENTS, Reader


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
    hits, wrong, missed = torch.zeros(3, len(ROLES), device=device_of(model))
    right = total = 0
    for batch in batches(held, 1200, rng):
        words = encode(model, batch, frozen, keep=bool(frozen))
        scores = model.heads.event(words).softmax(-1).cpu()
        scored += [(item, row[: len(item.starts)]) for item, row in zip(batch, scores, strict=True)]
        pairs = pairs_of(batch, words.device)
        if not len(pairs.of):
            continue
        sides = vectors_of(words, pairs.of, pairs.shares)
        guess = model.heads.pairs(words, sides, pairs.of, pairs.at, pairs.sentences) > -0.4
        guess &= (pairs.sentences >= 0)[pairs.of][..., None]
        gold = wide([i.roles for i in batch], words.device) > 0
        hits += (guess & gold).sum((0, 1))
        wrong += (guess & ~gold).sum((0, 1))
        missed += (~guess & gold).sum((0, 1))
        modality = torch.cat([i.modality for i in batch]).argmax(-1).to(words.device)
        right += int((model.heads.modality(sides).argmax(-1) == modality).sum())
        total += len(modality)
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
            s = item.window.words[i][0]
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


def train(model: Reader, args: argparse.Namespace, pieces: Pieces) -> None:
    rng = random.Random(args.seed)
    torch.manual_seed(args.seed)
    corpus = load_items(args.examples, pieces, args.share)
    optim = optimiser(model, args.frozen, args.rate)
    per_epoch = len(batches(corpus.epoch(0, args.cuts), args.budget, random.Random(0)))
    pool = taught(args.taught, pieces) if args.taught else []
    print(len(pool), "windows of the pool", flush=True)
    more: Callable[[int], list[Item]] = lambda epoch: pool[epoch % args.parts :: args.parts]  # noqa: E731
    extra = len(batches(more(0), args.budget, random.Random(0))) if pool else 0
    steps = args.epochs * (per_epoch + extra)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optim, lambda s: min((s + 1) / (0.06 * steps), max(0.02, (steps - s) / (0.94 * steps)))
    )
    checkpoint, first = args.out / "checkpoint.pt", 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True, map_location="cpu")
        model.load_state_dict(state["model"])
        optim.load_state_dict(state["optim"])
        schedule.load_state_dict(state["schedule"])
        first = state["epoch"] + 1
        print("resumed after epoch", state["epoch"], flush=True)
    for epoch in range(first, args.epochs):
        started, sums = time.time(), dict.fromkeys(WEIGHTS, torch.zeros((), device=device_of(model)))
        items = corpus.epoch(epoch, args.cuts) + more(epoch)
        model.train()
        for part in model.encoder.layers[: args.frozen]:
            part.eval()
        for n, batch in enumerate(batches(items, args.budget, rng)):
            optim.zero_grad(set_to_none=True)
            total = torch.zeros((), device=device_of(model))
            words = encode(model, batch, args.frozen, keep=bool(args.frozen))
            for name, value in losses(model, words, batch).items():
                sums[name] = sums[name] + value.detach()
                total = total + WEIGHTS[name] * value
            (total / args.budget * 8).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optim.step()
            schedule.step()
            if n % 100 == 0:
                print(f"  {epoch}.{n} {time.time() - started:.0f} s", flush=True)
        state = {"model": model.state_dict(), "optim": optim.state_dict(), "schedule": schedule.state_dict()}
        torch.save({**state, "epoch": epoch}, checkpoint)
        sizes = {k: round(float(v) / len(items), 3) for k, v in sums.items()}
        scores = {k: round(v, 3) for k, v in measure(model, corpus.held, args.frozen).items()}
        line = json.dumps({"epoch": epoch, "seconds": round(time.time() - started), "loss": sizes, **scores})
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
    made.add_argument("--start", type=Path, help="checkpoint of a reader of the same shape to go on from")
    made.add_argument("--layers", type=int, help="how many of the encoder's layers are kept, from below")
    made.add_argument("--frozen", type=int, default=0)
    made.add_argument("--epochs", type=int, default=8)
    made.add_argument("--rate", type=float, default=5e-5)
    made.add_argument("--budget", type=int, default=460, help="pieces a step, padding included")
    made.add_argument("--share", type=float, default=1.0, help="share of the training reports, for a learning curve")
    made.add_argument(
        "--cuts", type=int, default=1, help="ways to cut gold/train into windows that are learned an epoch: 1 or 2"
    )
    made.add_argument("--taught", type=Path, help="folder with pool.jsonl and what teachers say of it")
    made.add_argument("--parts", type=int, default=2, help="of the pool, one in this many windows is learned an epoch")
    made.add_argument("--seed", type=int, default=1)
    made.add_argument("--device", default="cpu")
    return made


def vocabulary(folder: Path) -> Pieces:
    return Pieces((folder / "vocab.txt").read_text(encoding="utf-8").splitlines())


def fresh(encoder: Path, layers: int | None) -> Reader:
    """A reader before training. Its heads begin alike for every seed, so that weights of several can be averaged."""
    torch.manual_seed(0)
    return Reader(load_encoder(encoder, layers))


def load_reader(encoder: Path, layers: int | None, *checkpoints: Path) -> Reader:
    """A trained reader; of several checkpoints, the mean of their weights: runs that differ in their seed alone begin
    with the same weights, heads included, and end near enough to each other for that."""
    reader = fresh(encoder, layers)
    states = [torch.load(path, weights_only=True, map_location="cpu")["model"] for path in checkpoints]
    reader.load_state_dict({name: torch.stack([s[name] for s in states]).mean(0) for name in states[0]})
    return reader.eval()


def main() -> None:
    args = parser().parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    pieces = vocabulary(args.encoder)
    reader = load_reader(args.encoder, args.layers, args.start) if args.start else fresh(args.encoder, args.layers)
    train(reader.to(args.device), args, pieces)


if __name__ == "__main__":
    main()
