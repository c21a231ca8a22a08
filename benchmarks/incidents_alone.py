"""Time incidents alone, of a ledger that is there: `python -m benchmarks.incidents_alone LEDGER WORKERS [MORE]`.

A process of its own, so that its memory is its own. Prints one line of JSON: what bringing the incidents up to date
cost. With MORE, a file of records as JSON lines, it adds them to the ledger one by one and measures each in turn.
"""

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from dateline.incidents.book import Book
from dateline.incidents.policies import policy
from dateline.ledger import Ledger
from dateline.record import Record

_KB = 1 if sys.platform == "darwin" else 1024  # bytes in which the peak of memory is told


def main(path: str, workers: int, more: str | None) -> None:
    with Ledger(path) as ledger, Book(ledger, policy(), workers=workers) as book:
        seconds, cpu = timed(lambda: book.catch_up())
        made = {"seconds": seconds, "cpu_seconds": cpu + _of_workers(resource.RUSAGE_CHILDREN), "peak_mb": peak_mb()}
        singles = []
        for line in Path(more).read_bytes().splitlines() if more else ():
            ledger.add(Record.from_json(line))
            singles.append(timed(lambda: book.catch_up()))
        if singles:
            made["one_seconds"] = median(wall for wall, _ in singles)
            made["one_cpu_seconds"] = median(cpu for _, cpu in singles)
    print(json.dumps(made))


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of this process's CPU time."""
    wall, cpu = perf_counter(), process_time()
    work()
    return perf_counter() - wall, process_time() - cpu


def peak_mb() -> float:
    """Of this process and of the largest of those that it started."""
    return (
        sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) * _KB / 1e6
    )


def _of_workers(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None)
