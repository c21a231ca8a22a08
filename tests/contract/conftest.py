"""Reports to hold the rules against: the examples, and reports of the shared data where that is there."""

import gzip
import json
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from dateline.ingest.incoming import Incoming
from dateline.ingest.sources import incoming
from dateline.record import Report

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def example_reports() -> list[Incoming]:
    """The example reports as they come in, in order."""
    found = [item for item in incoming(str(EXAMPLES)) if isinstance(item, Incoming)]
    assert len(found) >= 10
    return found


@pytest.fixture(scope="session")
def train_reports() -> list[Report]:
    """60 annotated reports, spread over the file."""
    path = _shared("gold/train_reports.jsonl")
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [_report(row) for row in rows[:: max(1, len(rows) // 60)][:60]]


@pytest.fixture(scope="session")
def pool_reports() -> list[Report]:
    """100 reports as they came from the press, spread over the first 2,000."""
    with gzip.open(_shared("data/news/pool.jsonl.gz"), "rt", encoding="utf-8") as lines:
        return [_report(json.loads(line)) for line in islice(lines, 0, 2000, 20)]


def _shared(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path} is not there: the shared data does not stand beside this checkout")
    return path


def _report(row: dict[str, Any]) -> Report:
    return Report(
        text=row["text"], title=row.get("title"), published=_day(row.get("published")), source=row.get("source"),
        url=row.get("url"),
    )  # fmt: skip


def _day(raw: str | None) -> date | None:
    return date.fromisoformat(raw[:10]) if raw else None
