"""What a format writes to: the file itself and, where it has one, the file of traces beside it."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from dateline.export.traces import TRACE_HEADER, Trace, trace_row


class TableFile:
    """A CSV file (RFC 4180, UTF-8 without a byte-order mark) and beside it `.trace.csv`; rows go out as they come."""

    def __init__(self, rows: IO[str], traces: IO[str], header: Sequence[str]) -> None:
        self._rows = csv.writer(rows)
        self._traces = csv.writer(traces)
        self._rows.writerow(header)
        self._traces.writerow(TRACE_HEADER)

    def row(self, cells: Sequence[str], traces: Iterable[Trace] = ()) -> None:
        self._rows.writerow(cells)
        self._traces.writerows(map(trace_row, traces))


def trace_path(out: Path) -> Path:
    return out.with_name(f"{out.name}.trace.csv")


def loss_path(out: Path) -> Path:
    return out.with_name(f"{out.name}.loss.json")


@contextmanager
def table_file(path: Path, header: Sequence[str]) -> Iterator[TableFile]:
    """Open both files for writing, each with its header."""
    with ExitStack() as files:
        rows, traces = (
            files.enter_context(each.open("w", encoding="utf-8", newline="")) for each in (path, trace_path(path))
        )
        yield TableFile(rows, traces, header)
