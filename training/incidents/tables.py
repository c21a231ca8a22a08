"""A made table and its label beside it."""

import json
from collections.abc import Sequence
from hashlib import sha256

from dateline.world.labels import DATA


def write_table(name: str, lines: Sequence[str], *, title: str, source: str, made: str, reach: str) -> None:
    """Write dateline/data/NAME.csv and NAME.toml; `lines` begin with the header, the first column names the row."""
    body = "\n".join(lines) + "\n"
    (DATA / f"{name}.csv").write_text(body, "utf-8")
    told = {
        "title": title,
        "source": source,
        "licence": "Apache-2.0 (numbers; no text of the reports)",
        "made": made,
        "reach": reach,
        "used_by": "incidents",
        "columns": lines[0].split(","),
        "sha256": sha256(body.encode()).hexdigest(),
    }
    rows = len(lines) - 1
    card = [f"# dateline/data/{name}.toml", *(f"{key} = {json.dumps(value)}" for key, value in told.items())]
    card += ["[assert]", f"rows = {{ min = {max(1, rows // 2)}, max = {rows * 2} }}"]
    card += [f'unique = ["{told["columns"][0]}"]']
    (DATA / f"{name}.toml").write_text("\n".join(card) + "\n", "utf-8")
