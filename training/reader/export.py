"""A trained reader → ONNX, int8 per channel, with its heads, vocabulary and label.

    python -m training.reader.export --encoder FOLDER --checkpoint …/checkpoint.pt --to dateline/weights/reader

The heads that make the rows of a word stay in fp32: they are small, and scores are read off them.
"""

import argparse
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx.external_data_helper import set_external_data
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.onnx import symbolic_helper

from dateline.reading.windows import SIZE, Window, cut
from training.reader.encoder import Attention
from training.reader.examples import HELD
from training.reader.model import Reader
from training.reader.train import load_reader, vocabulary


class Words(nn.Module):
    """The table of piece vectors in 8 bits, each row with a scale of its own: one scale for all loses rare pieces."""

    def __init__(self, table: Tensor) -> None:
        super().__init__()
        scale = table.abs().amax(1) / 127
        self.register_buffer("table", (table / scale[:, None]).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, pieces: Tensor) -> Tensor:
        return self.table[pieces].float() * self.scale[pieces][..., None]  # type: ignore[index,no-any-return]


class Eased(nn.Module):
    """A product whose inputs are made alike in size first, so that one 8-bit scale serves all of them.

    After GELU a few channels, and a few words (marks above all), are a hundred times the rest, which would vanish
    beside them. `ease` moves half of a channel's spread into the weights; each word is divided by its own largest
    value, and multiplied back after the product.
    """

    def __init__(self, given: nn.Linear, largest: Tensor) -> None:
        super().__init__()
        weights = given.weight.detach().abs().amax(0).clamp(min=1e-5)
        ease = (largest.clamp(min=1e-5) / weights).sqrt()
        # In quarters of a doubling: the last bits of what was measured differ from machine to machine, and the files of
        # layers that training left alone are to stay the same.
        ease = torch.exp2((4 * torch.log2(ease)).round() / 4)
        self.register_buffer("ease", 1 / ease)
        self.linear = nn.Linear(given.in_features, given.out_features, bias=False)
        self.linear.weight.data = given.weight.detach() * ease
        self.bias = given.bias

    def forward(self, x: Tensor) -> Tensor:
        x = x * self.ease  # type: ignore[operator]
        size = x.abs().amax(-1, keepdim=True).clamp(min=1e-6)
        return self.linear(x / size) * size + self.bias  # type: ignore[no-any-return]


class FusedAttention(nn.Module):
    """ONNX Runtime's own attention in place of the encoder's; a window comes alone, so there is no padding to mask."""

    def __init__(self, heads: int) -> None:
        super().__init__()
        self.heads = heads

    def forward(self, qkv: Tensor, near: Tensor | None) -> Tensor:
        return _Fused.apply(*qkv.chunk(3, dim=-1), near, self.heads)  # type: ignore[no-any-return,no-untyped-call]


class _Fused(torch.autograd.Function):
    @staticmethod
    def forward(_: Any, query: Tensor, key: Tensor, value: Tensor, near: Tensor | None, heads: int) -> Tensor:
        bias = near if near is not None else torch.zeros(1)
        return Attention(heads)(torch.cat([query, key, value], dim=-1), bias)  # type: ignore[no-any-return]

    @staticmethod
    def symbolic(g: Any, query: Any, key: Any, value: Any, near: Any, heads: int) -> Any:
        given = [query, key, value]
        if near is not None and not symbolic_helper._is_none(near):
            none = symbolic_helper._optional_input_placeholder_tensor(g)
            given += [none, none, near]
        return g.op("com.microsoft::MultiHeadAttention", *given, num_heads_i=heads).setType(query.type())


@torch.no_grad()
def ease(reader: Reader, windows: Sequence[Window]) -> None:
    """Replace each layer's last product by an eased one, its inputs' sizes taken from some windows of training text."""
    layers = list(reader.encoder.layers)
    largest = [torch.zeros(reader.encoder.shape.inner) for _ in layers]

    def note(i: int) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
        def hook(_: nn.Module, given: tuple[Tensor, ...]) -> None:
            largest[i] = torch.maximum(largest[i], given[0].abs().amax((0, 1)))

        return hook

    hooks = [layer.down.register_forward_pre_hook(note(i)) for i, layer in enumerate(layers)]
    for window in windows:
        pieces = torch.tensor([window.pieces])
        reader.encoder(pieces, torch.ones_like(pieces))
    for hook, layer, size in zip(hooks, layers, largest, strict=True):
        hook.remove()
        layer.down = Eased(layer.down, size)


class Rows(nn.Module):
    """Pieces and the first piece of each word in, a row a word out; as dateline/reading/reader.py cuts it."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.encoder = reader.encoder
        heads = reader.heads
        parts = (
            heads.event,
            heads.fact,
            heads.saying,
            heads.modality,
            heads.verification,
            heads.trigger_side,
            heads.word_side,
        )
        self.rows = nn.Linear(reader.encoder.shape.hidden, sum(p.out_features for p in parts))
        self.rows.weight.data = torch.cat([p.weight.data for p in parts])
        self.rows.bias.data = torch.cat([p.bias.data for p in parts])
        for layer in self.encoder.layers:
            layer.attention = FusedAttention(layer.attention.heads)  # type: ignore[union-attr,arg-type]

    def forward(self, pieces: Tensor, starts: Tensor) -> Tensor:
        x = self.encoder.run(self.encoder.embed(pieces), self.encoder.by_distance(pieces.shape[1]))
        return self.rows(x[0][starts])  # type: ignore[no-any-return]


def export(reader: Reader, encoder: Path, to: Path, *, windows: Sequence[Window], plain: bool = False) -> None:
    """Write reader.onnx, heads.npz and vocabulary.txt into `to`.

    Args:
        windows: of training reports, from which the sizes of activations are taken.
        plain: leave out the quantisation, to measure what it costs.
    """
    to.mkdir(parents=True, exist_ok=True)
    heads = reader.heads
    np.savez(
        to / "heads.npz",
        distance=heads.distance.weight.detach().numpy(),
        across=heads.across.weight.detach().numpy(),
        role_weight=heads.role.weight.detach().numpy().T.copy(),
        role_bias=heads.role.bias.detach().numpy(),
        # A head of names that finds none: training/places/head.py fits it on the exported reader.
        names_inner=np.zeros((2 * heads.distance.weight.shape[1], 1), np.float32),
        names_inner_bias=np.zeros(1, np.float32),
        names_outer=np.zeros((1, 2), np.float32),
        names_outer_bias=np.full(2, -6.0, np.float32),
    )
    (to / "vocabulary.txt").write_text((encoder / "vocab.txt").read_text(encoding="utf-8"), encoding="utf-8")
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        if not plain:
            ease(reader, windows)
        rows = Rows(reader).eval()
        if not plain:
            rows.encoder.words = Words(reader.encoder.words.weight.detach())  # type: ignore[assignment]
        rows.encoder.places = nn.Embedding.from_pretrained(reader.encoder.places.weight.detach()[: SIZE + 8])
        pieces, starts = torch.randint(5, 2000, (1, 40)), torch.arange(1, 31)
        torch.onnx.export(
            rows,
            (pieces, starts),
            str(full),
            input_names=["pieces", "starts"],
            output_names=["rows"],
            dynamic_axes={"pieces": {1: "n"}, "starts": {0: "w"}, "rows": {0: "w"}},
            opset_version=17,
            dynamo=False,
        )
        if plain:
            shutil.copy(full, to / "reader.onnx")
            return
        head = [n.name for n in onnx.load(full).graph.node if "rows" in n.name]
        # reduce_range: without VNNI instructions two 8-bit products may overflow 16 bits, and scores would depend on
        # the machine.
        quantize_dynamic(
            full,
            to / "reader.onnx",
            op_types_to_quantize=["MatMul", "Gemm"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=head,
            extra_options={"MatMulConstBOnly": True},
        )


def split_up(path: Path, frozen: int, most: int = 29_500_000) -> None:
    """Move the weights of a model into files of no more than `most` bytes beside it (`reader.words.1.weights` …).

    A repository can hold those, and ONNX Runtime finds them by the names in the model. The piece vectors and the layers
    that training left as they were have files of their own, which stay the same from one training to the next.
    """
    model = onnx.load(path)
    layer = {name: int(found[1]) for node in model.graph.node for name in node.input
             if (found := re.search(r"layers\.(\d+)/", node.name))}  # fmt: skip
    filled: dict[str, tuple[int, int]] = {}  # group → number of its latest file, bytes in it
    for tensor in model.graph.initializer:
        if len(tensor.raw_data) < 1024:
            continue
        at = layer.get(tensor.name)
        group = "rest" if at is None else "kept" if at < frozen else "trained"
        if at is None and len(tensor.raw_data) > 10_000_000:
            group = "words"
        number, size = filled.get(group, (1, 0))
        if size and size + len(tensor.raw_data) > most:
            number, size = number + 1, 0
        filled[group] = (number, size + len(tensor.raw_data))
        set_external_data(tensor, f"{path.stem}.{group}.{number}.weights")
    for file in path.parent.glob("*.weights"):
        file.unlink()  # or saving would add to it
    onnx.save(model, path)
    for file in path.parent.glob("*.weights"):
        file.chmod(0o644)


def some_windows(examples: Path, encoder: Path, count: int = 40) -> list[Window]:
    """The first windows of `count` training reports that are not held out."""
    pieces = vocabulary(encoder)
    with open(examples / "examples.jsonl", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    learned = [row for i, row in enumerate(rows) if i % HELD]
    return [cut(row["sentences"], pieces)[0] for row in learned[:: max(1, len(learned) // count)]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--layers", type=int)
    parser.add_argument("--checkpoint", type=Path, nargs="+", required=True, help="several are averaged")
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--examples", type=Path, default=Path("/tmp/dateline-reader"))
    parser.add_argument(
        "--split", type=int, metavar="FROZEN", help="weights in files of 30 MB; so many layers unchanged"
    )
    parser.add_argument("--plain", action="store_true", help="fp32, to measure what int8 costs")
    args = parser.parse_args()
    reader = load_reader(args.encoder, args.layers, *args.checkpoint)
    windows = some_windows(args.examples, args.encoder)
    export(reader, args.encoder, args.to, windows=windows, plain=args.plain)
    if args.split is not None:
        split_up(args.to / "reader.onnx", args.split)


if __name__ == "__main__":
    main()
