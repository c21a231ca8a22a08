"""Write a table's checksum into its label, after a change made on purpose: `python -m training.tables.seal regions`."""

import re
import sys
from hashlib import sha256
from pathlib import Path

from dateline.world.labels import DATA

TABLES = Path(__file__).parent  # tables that others are made from, which are not shipped
MEASURES = Path(__file__).parents[2] / "benchmarks" / "labels"  # tables that benchmarks measure by


def seal(name: str, digest: str, folder: Path = DATA) -> None:
    """Put `digest` (hex sha256) in the label of a table; the rest of the label stays as it is."""
    path = folder / f"{name}.toml"
    text, count = re.subn(r'(?m)^sha256( *)= ".*"$', rf'sha256\1= "{digest}"', path.read_text("utf-8"))
    if count != 1:
        raise SystemExit(f"{path.name}: no sha256 line to fill")
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    for table in sys.argv[1:]:
        home = next(
            folder for folder in (TABLES, MEASURES, DATA) if folder is DATA or (folder / f"{table}.csv").exists()
        )
        seal(table, sha256((home / f"{table}.csv").read_bytes()).hexdigest(), home)
