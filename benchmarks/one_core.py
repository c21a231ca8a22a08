"""Time the reading of single reports on one core: `python -m benchmarks.one_core WARM_UP < rows.jsonl`.

A process of its own, held to one processor and one thread before numpy is loaded. The first WARM_UP rows are read
without being timed. Prints {"seconds": [...], "cpu_seconds": [...]}, one of each a row.
"""

import json
import os
import sys
from time import perf_counter, process_time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"):
    os.environ[variable] = "1"


def main(warm_up: int) -> None:
    if hasattr(os, "sched_setaffinity"):  # Linux alone has it; elsewhere one thread must do
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    from dateline.ingest.tables import read_row
    from dateline.reading.pipeline import read

    seconds, cpu_seconds = [], []
    for number, line in enumerate(sys.stdin.buffer):
        row = read_row(line.strip(), origin=f"row {number + 1}", fallback=str(number))
        started, cpu_started = perf_counter(), process_time()
        read(row.report, id=row.id)
        if number >= warm_up:
            seconds.append(perf_counter() - started)
            cpu_seconds.append(process_time() - cpu_started)
    print(json.dumps({"seconds": seconds, "cpu_seconds": cpu_seconds}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
