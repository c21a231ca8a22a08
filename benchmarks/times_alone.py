"""Time the times stage alone, on one core: `python -m benchmarks.times_alone WARM_UP < rows.jsonl`.

A process of its own, held to one processor. The first WARM_UP rows are read without being timed; sentences are made
first and are not timed. Prints {"words": …, "seconds": …}, the latter of CPU time over all rows that are timed.
"""

import json
import os
import sys
from time import process_time

from dateline.ingest.tables import read_row
from dateline.reading.pipeline import prepare
from dateline.reading.sentences import split
from dateline.reading.times import find_times


def main(warm_up: int) -> None:
    if hasattr(os, "sched_setaffinity"):  # Linux alone has it; elsewhere one thread must do
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    words, seconds = 0, 0.0
    for number, line in enumerate(sys.stdin.buffer):
        row = read_row(line.strip(), origin=f"row {number + 1}", fallback=str(number))
        report, left_out, _ = prepare(row.report)
        sentences = split(report, left_out)
        started = process_time()
        find_times(sentences, published=report.published)
        if number >= warm_up:
            seconds += process_time() - started
            words += len(report.text.split())
    print(json.dumps({"words": words, "seconds": seconds}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
