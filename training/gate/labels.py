"""Label pool reports by reading them: what our own reader claims of each, by event type and score.

Labels are of our own making: ids, types and scores, no text. They are kept as JSON lines in a scratch folder, and a run
that was broken off goes on from there.
"""

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from dateline.reading.pipeline import read
from training.gate.samples import report_of

# Claims that reports of parties, trade and courts are full of: a reader that was taught on war alone sees demands and
# talks in all politics. They say little of whether a report belongs in a conflict record.
OF_POLITICS = frozenset(
    "demand condemnation talks agreement sanction aid organisation need strength territory_held".split()
)


class Label(Struct, frozen=True, kw_only=True):
    """The claims read in one report: the event type and the score, 0 to 1, of each."""

    id: str
    claims: tuple[tuple[str, float], ...]

    @property
    def holds(self) -> bool:
        """A sure claim of force or flight, and another claim beside it."""
        force = sorted((score for event, score in self.claims if event not in OF_POLITICS), reverse=True)
        every = sorted((score for _, score in self.claims), reverse=True)
        return len(every) > 1 and bool(force) and force[0] >= 0.8 and (every[1] >= 0.6 or [*force, 0.0][1] >= 0.4)

    @property
    def empty(self) -> bool:
        """Nothing of force or flight, and no more than a guess of politics. Between the two a report says nothing."""
        return all(score < (0.75 if event in OF_POLITICS else 0.45) for event, score in self.claims)


def labelled(rows: Sequence[dict[str, Any]], path: Path) -> list[Label]:
    """The label of each row, from `path` where it stands there."""
    done = _kept(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a", encoding="utf-8") as out:
        for number, row in enumerate(rows):
            if row["id"] not in done:
                done[row["id"]] = _read(row)
                out.write(json.dumps({"id": row["id"], "claims": done[row["id"]].claims}) + "\n")
            if number % 100 == 99:
                print(f"{number + 1} of {len(rows)} reports labelled", file=sys.stderr, flush=True)
    return [done[row["id"]] for row in rows]


def _kept(path: Path) -> dict[str, Label]:
    """The labels that stand in a file. A last line that was cut off is taken out, so that the next begins a line."""
    if not path.exists():
        return {}
    lines = path.read_text("utf-8").splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        path.write_text("".join(lines[:-1]), "utf-8")
    rows = [json.loads(line) for line in lines if line.endswith("\n")]
    return {row["id"]: _label(row["id"], row["claims"]) for row in rows}


def _read(row: dict[str, Any]) -> Label:
    day = date.fromisoformat(row["published"][:10]) if row.get("published") else None
    record = read(replace(report_of(row), published=day), id=row["id"])
    return _label(row["id"], [(claim.event, round(claim.score, 3)) for claim in record.claims])


def _label(id: str, claims: Sequence[Sequence[Any]]) -> Label:
    return Label(id=id, claims=tuple((str(event), float(score)) for event, score in claims))
