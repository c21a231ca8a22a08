"""Run a command and write down what it needed: `python -I -S child.py FIGURES.json COMMAND…`.

A process of its own because of how Linux counts: peak memory as `wait4` tells it starts from the peak of the process
that forked, so a command started from a large one looks large. This one stays small, and imports next to nothing.
The figures are {"status", "seconds", "cpu_seconds", "peak_bytes"}.
"""

import os
import sys
from time import perf_counter

KIBIBYTE = 1024


def main(figures: str, command: list[str]) -> None:
    started = perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ)
    _, status, used = os.wait4(child, 0)
    seconds = perf_counter() - started
    # ru_maxrss is in KiB on Linux and in bytes on macOS: getrusage(2) of each.
    peak = used.ru_maxrss * (1 if sys.platform == "darwin" else KIBIBYTE)
    with open(figures, "w", encoding="utf-8") as out:
        out.write(
            f'{{"status": {os.waitstatus_to_exitcode(status)}, "seconds": {seconds}, '
            f'"cpu_seconds": {used.ru_utime + used.ru_stime}, "peak_bytes": {peak}}}'
        )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
