"""A fitted table and its label beside it."""

import json
from collections.abc import Sequence
from hashlib import sha256

from dateline.world.labels import DATA
from training.places import labels


def write_table(name: str, lines: Sequence[str], *, title: str, made: str, reach: str) -> None:
    """Write dateline/data/NAME.csv and NAME.toml; `lines` begin with the header."""
    body = "\n".join(lines) + "\n"
    (DATA / f"{name}.csv").write_text(body, "utf-8")
    told = {
        "title": title,
        "source": "fitted on the project's own labels of names in the news pool (training/places/pool_places.jsonl)",
        "licence": "Apache-2.0 (weights; no text of the reports)",
        "made": made,
        "trained_on": f"{labels.OUT.name}, sha256 {sha256(labels.OUT.read_bytes()).hexdigest()[:16]}",
        "reach": reach,
        "columns": lines[0].split(","),
        "sha256": sha256(body.encode()).hexdigest(),
    }
    rows = len(lines) - 1
    card = [f"# dateline/data/{name}.toml", *(f"{key} = {json.dumps(value)}" for key, value in told.items())]
    card += [
        "[assert]",
        f"rows = {{ min = {max(1, rows // 2)}, max = {rows * 2} }}",
        f'unique = ["{told["columns"][0]}"]',
    ]
    (DATA / f"{name}.toml").write_text("\n".join(card) + "\n", "utf-8")
