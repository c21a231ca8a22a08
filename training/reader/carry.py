"""Encoders and trained readers in few bytes, to carry them to a machine with a GPU and back.

    python -m training.reader.carry pack-encoder FOLDER --layers 9 --to PACKED --most 15
    python -m training.reader.carry unpack-encoder PACKED --to FOLDER
    python -m training.reader.carry pack-reader CHECKPOINT --encoder FOLDER --layers 9 --to PACKED
    python -m training.reader.carry unpack-reader PACKED --encoder FOLDER --layers 9 --to CHECKPOINT

Tables are kept as small whole numbers (`--most`), with a scale for each few of a row; of a trained reader only what
training changed is, which is finer by as much as the change is smaller. Training starts from the encoder as it was
unpacked, here and there. Each file is at most PART bytes.
"""

import argparse
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from training.reader.train import fresh

PART = 15_500_000
GROUP = 64  # numbers of a row with one scale
LARGE = 10_000  # numbers: tables smaller than this are kept as they are


def rows(name: str, given: Tensor, most: int) -> Iterator[tuple[str, np.ndarray]]:
    """A table as whole numbers from -most to most, a scale for each GROUP numbers of a row; what is small as it is."""
    if given.dim() != 2 or given.numel() < LARGE or given.shape[1] % GROUP:
        yield f"{name}|plain", given.numpy().astype(np.float32)
        return
    groups = given.view(len(given), -1, GROUP)
    scale = (groups.abs().amax(-1).clamp(min=1e-6) / most).half()
    whole = (groups / scale.float()[..., None]).round().clamp(-most, most).to(torch.int8)
    yield f"{name}|rows", whole.view(given.shape).numpy()
    yield f"{name}|scale", scale.numpy()


def write(tensors: Mapping[str, Tensor], to: Path, most: int) -> None:
    to.mkdir(parents=True, exist_ok=True)
    held: dict[str, np.ndarray] = {}
    number = size = 0
    for name, given in tensors.items():
        for key, array in rows(name, given, most):
            # A table of all pieces is larger than a part: cut it by rows.
            for k, piece in enumerate(np.array_split(array, max(1, -(-array.nbytes // (PART // 2))))):
                if size + piece.nbytes > PART:
                    np.savez_compressed(to / f"part{number}.npz", **held)
                    held, size, number = {}, 0, number + 1
                held[f"{key}|{k}"] = piece
                size += piece.nbytes
    np.savez_compressed(to / f"part{number}.npz", **held)


def read(folder: Path) -> dict[str, Tensor]:
    pieces: dict[str, dict[int, np.ndarray]] = {}
    for path in sorted(folder.glob("part*.npz")):
        with np.load(path, allow_pickle=False) as held:
            for key in held.files:
                name, _, k = key.rpartition("|")
                pieces.setdefault(name, {})[int(k)] = held[key]
    arrays = {key: torch.from_numpy(np.concatenate([of[k] for k in sorted(of)])) for key, of in pieces.items()}
    made = {}
    for key, array in arrays.items():
        name, _, kind = key.rpartition("|")
        if kind == "plain":
            made[name] = array.float()
        elif kind == "rows":
            scale = arrays[f"{name}|scale"].float()[..., None]
            made[name] = (array.float().view(len(array), -1, GROUP) * scale).view(array.shape)
    return made


def pack_encoder(folder: Path, layers: int, to: Path, most: int) -> None:
    kept = {}
    for name, given in load_file(folder / "model.safetensors").items():
        _, layer, rest = name.partition("encoder.layer.")
        if "pooler" in name or "position_ids" in name or (layer and int(rest.split(".")[0]) >= layers):
            continue
        kept[name] = given.float()
    write(kept, to, most)
    for name in ("config.json", "vocab.txt"):
        shutil.copy(folder / name, to / name)


def unpack_encoder(packed: Path, to: Path) -> None:
    to.mkdir(parents=True, exist_ok=True)
    made = read(packed)
    save_file({name: given.contiguous() for name, given in made.items()}, to / "model.safetensors")
    config = json.loads((packed / "config.json").read_text(encoding="utf-8"))
    config["num_hidden_layers"] = 1 + max(
        int(n.split("encoder.layer.")[1].split(".")[0]) for n in made if "layer." in n
    )
    (to / "config.json").write_text(json.dumps(config), encoding="utf-8")
    shutil.copy(packed / "vocab.txt", to / "vocab.txt")


def pack_reader(checkpoint: Path, encoder: Path, layers: int | None, to: Path, most: int) -> None:
    before = fresh(encoder, layers).state_dict()
    after = torch.load(checkpoint, weights_only=True, map_location="cpu")["model"]
    write({k: after[k].float() - before[k] for k in before if not torch.equal(after[k].float(), before[k])}, to, most)


def unpack_reader(packed: Path, encoder: Path, layers: int | None, to: Path) -> None:
    state = fresh(encoder, layers).state_dict()
    for name, change in read(packed).items():
        state[name] = state[name] + change
    torch.save({"model": state}, to)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["pack-encoder", "unpack-encoder", "pack-reader", "unpack-reader"])
    parser.add_argument("source", type=Path)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--layers", type=int)
    parser.add_argument("--most", type=int, default=127, help="whole numbers up to this one are kept: 127 for 8 bits")
    parser.add_argument("--to", type=Path, required=True)
    args = parser.parse_args()
    if args.what == "pack-encoder":
        pack_encoder(args.source, args.layers or 99, args.to, args.most)
    elif args.what == "unpack-encoder":
        unpack_encoder(args.source, args.to)
    elif args.what == "pack-reader":
        pack_reader(args.source, args.encoder, args.layers, args.to, args.most)
    else:
        unpack_reader(args.source, args.encoder, args.layers, args.to)


if __name__ == "__main__":
    main()
