"""Windows side by side: what the network says of a batch, and how far that is from what it should say."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F
from torch.nn.utils.rnn import pad_sequence

from training.reader.items import Item
from training.reader.model import Reader

# Of the losses, each summed over words. Three times the weight for events typed no more claims rightly after three
# epochs (.523 against .532, one seed) and cost roles.
WEIGHTS = {"event": 1.0, "role": 0.5, "modality": 1.0, "verification": 0.3, "fact": 0.3, "saying": 0.5}


def device_of(model: Reader) -> torch.device:
    return model.heads.event.weight.device


def halved(device: torch.device) -> torch.autocast:
    """bfloat16 where the device multiplies it: a GPU, or a CPU with AVX512-BF16 or AMX, whose speed it doubles; on
    other CPUs it is far slower."""
    fast = device.type != "cpu" or torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=fast)


def padded(rows: Sequence[Tensor], device: torch.device, fill: float = 0) -> Tensor:
    return pad_sequence(list(rows), batch_first=True, padding_value=fill).to(device)


def wide(tables: Sequence[Tensor], device: torch.device) -> Tensor:
    """Tables of (some, words, …) as one, the words padded to the longest window's."""
    size = max(t.shape[1] for t in tables)
    return torch.cat([F.pad(t, (0, 0) * (t.dim() - 2) + (0, size - t.shape[1])) for t in tables]).to(device)


def joined(rows: Iterable[Tensor], device: torch.device) -> Tensor:
    return torch.cat(list(rows)).to(device)


def encode(model: Reader, batch: Sequence[Item], frozen: int, *, keep: bool) -> Tensor:
    """Word vectors: (windows, words, hidden). What stands beyond a window's own words means nothing.

    Args:
        frozen: so many lower layers are run without gradients.
        keep: remember what they gave, with the window.
    """
    device = device_of(model)
    pieces = padded([item.pieces for item in batch], device, model.encoder.shape.pad)
    mask = padded([torch.ones(len(item.pieces)) for item in batch], device)
    bias = model.encoder.bias(mask)
    if frozen:
        size = pieces.shape[1]
        x = torch.zeros(len(batch), size, model.encoder.shape.hidden, device=device)
        fresh = [row for row, item in enumerate(batch) if item.frozen is None]
        if fresh:
            with torch.no_grad(), halved(device):
                x[fresh] = model.encoder.run(model.encoder.embed(pieces[fresh]), bias[fresh], 0, frozen).float()
        for row, item in enumerate(batch):
            if item.frozen is not None:
                x[row, : len(item.pieces)] = item.frozen.float()
            elif keep:
                item.frozen = x[row, : len(item.pieces)].half().clone()
    else:
        x = model.encoder.embed(pieces)
    with halved(device):
        x = model.encoder.run(x, bias.detach() if frozen else bias, frozen)
    starts = padded([item.starts for item in batch], device)
    return x.float().gather(1, starts[..., None].expand(-1, -1, x.shape[-1]))


class Pairs(NamedTuple):
    """The triggers of a batch: the window of each, its first word there, and what each word gives to its vector."""

    of: Tensor
    at: Tensor
    shares: Tensor
    sentences: Tensor


def pairs_of(batch: Sequence[Item], device: torch.device) -> Pairs:
    return Pairs(
        windows_of([len(item.triggers) for item in batch], device),
        joined((item.at for item in batch), device),
        wide([item.shares for item in batch], device),
        padded([item.sentences for item in batch], device, -1),
    )


def windows_of(counts: Sequence[int], device: torch.device) -> Tensor:
    """The window of each thing, from how many of them each window has."""
    return torch.repeat_interleave(torch.arange(len(counts)), torch.tensor(counts)).to(device)


def vectors_of(words: Tensor, of: Tensor, shares: Tensor) -> Tensor:
    """The mean vector of each trigger's words: (triggers, hidden)."""
    return (shares[:, None] @ words[of]).squeeze(1)


def losses(model: Reader, words: Tensor, batch: Sequence[Item]) -> dict[str, Tensor]:
    """What a batch is off by, by name of WEIGHTS."""
    heads, device = model.heads, words.device
    dropped = heads.dropout(words)
    kinds = padded([i.kinds for i in batch], device).float()
    made = {
        "event": -(heads.event(dropped).log_softmax(-1) * kinds).sum(-1),
        "saying": F.binary_cross_entropy_with_logits(
            heads.saying(dropped).squeeze(-1), padded([i.cues for i in batch], device), reduction="none"
        ),
    }
    made["event"] = (made["event"] * padded([i.heed for i in batch], device)).sum()
    made["saying"] = (made["saying"] * padded([i.cue_heed for i in batch], device)).sum()
    facts = joined((i.facts for i in batch), device)
    if len(facts):
        of = windows_of([len(i.facts) for i in batch], device)
        seen = heads.fact(vectors_of(dropped, of, wide([i.fact_shares for i in batch], device))).squeeze(-1)
        off = F.smooth_l1_loss(seen, facts, reduction="none")
        made["fact"] = (off * joined((i.fact_trust for i in batch), device)).sum()
    if any(item.triggers for item in batch):
        made |= trigger_losses(model, words, batch)
    return made


def trigger_losses(model: Reader, words: Tensor, batch: Sequence[Item]) -> dict[str, Tensor]:
    heads, device = model.heads, words.device
    pairs = pairs_of(batch, device)
    trust = joined((i.trust for i in batch), device)
    sides = vectors_of(words, pairs.of, pairs.shares)
    scores = heads.pairs(words, sides, pairs.of, pairs.at, pairs.sentences)
    roles = F.binary_cross_entropy_with_logits(scores, wide([i.roles for i in batch], device).float(), reduction="none")
    inside = (pairs.sentences >= 0)[pairs.of]
    made = {"role": (roles.sum(-1) * inside * trust[:, None]).sum()}
    sides = heads.dropout(sides)
    for name, head in (("modality", heads.modality), ("verification", heads.verification)):
        wanted = joined((getattr(i, name) for i in batch), device)
        made[name] = (-(head(sides).log_softmax(-1) * wanted).sum(-1) * trust).sum()
    return made
