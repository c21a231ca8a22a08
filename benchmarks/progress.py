"""How far the run is: a bar on a terminal, else plain lines; on standard error, so that the table can be piped."""

import sys
from time import perf_counter

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress

from benchmarks.measured import Progress


def shown() -> Progress:
    return Bar() if sys.stderr.isatty() else Lines()


class Bar(Progress):
    """One bar at a time; it goes when its set is done."""

    def __init__(self) -> None:
        self._bar: RichProgress | None = None

    def start(self, what: str, total: int) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(bar_width=20), MofNCompleteColumn(), TimeElapsedColumn())
        self._bar = RichProgress(*columns, console=Console(stderr=True), transient=True)
        self._bar.start()
        self._bar.add_task(what, total=total)

    def step(self) -> None:
        if self._bar:
            self._bar.advance(self._bar.task_ids[0])

    def stop(self) -> None:
        if self._bar:
            self._bar.stop()
        self._bar = None


class Lines(Progress):
    """A line when a set is begun and one when it is done."""

    def __init__(self) -> None:
        self._what, self._steps, self._started = "", 0, 0.0

    def start(self, what: str, total: int) -> None:
        self._what, self._steps, self._started = what, 0, perf_counter()
        print(f"{what}: {total} to do", file=sys.stderr, flush=True)

    def step(self) -> None:
        self._steps += 1

    def stop(self) -> None:
        if self._what:
            seconds = perf_counter() - self._started
            print(f"{self._what}: {self._steps} done in {seconds:.0f} s", file=sys.stderr, flush=True)
        self._what = ""
