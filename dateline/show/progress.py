"""How long work tells where it is: a bar on a terminal, quiet plain lines anywhere else; on standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Protocol

import msgspec
from msgspec import Struct

from dateline.show.phrasing import clean, count


class Tally(Struct, frozen=True, kw_only=True):
    """What a run of `add` has done so far. A report counts only once its commit has returned."""

    new: int = 0
    read_again: int = 0
    already_there: int = 0
    failed: int = 0
    set_aside: int = 0  # of those that are new: kept without being read in full
    claims: int = 0

    @property
    def reports(self) -> int:
        return self.new + self.read_again + self.already_there + self.failed

    @property
    def kept(self) -> int:
        return self.new + self.read_again + self.already_there

    def plus(self, **more: int) -> "Tally":
        return msgspec.structs.replace(self, **{name: getattr(self, name) + by for name, by in more.items()})

    def line(self, seconds: float) -> str:
        """The summary: "2 reports new, 1 already there, 1 failed; 17 claims; 0.4 s, 10.0 reports a second"."""
        again = f"{self.read_again:,} read again, " if self.read_again else ""
        rate = self.reports / seconds if seconds > 0 else 0.0
        new = f"{self.new:,} {'report' if self.new == 1 else 'reports'} new"
        counts = f"{new}, {again}{self.already_there:,} already there, {self.failed:,} failed"
        return f"{counts}; {count(self.claims, 'new claim')}; {seconds:.1f} s, {rate:.1f} reports a second"

    def not_read(self) -> str | None:
        """ "12 reports hold nothing for a conflict record: not read in full (--no-gate reads them)"; None for none."""
        if not self.set_aside:
            return None
        hold = "report holds" if self.set_aside == 1 else "reports hold"
        them = "it" if self.set_aside == 1 else "them"
        what = f"{self.set_aside:,} {hold} nothing for a conflict record"
        return f"{what}: not read in full (--no-gate reads {them})"


class Progress(Protocol):
    """Told of each report once it is done."""

    def done(self, what: str, tally: Tally) -> None: ...

    def failed(self, line: str, tally: Tally) -> None: ...


@contextmanager
def progress() -> Iterator[Progress]:
    if not sys.stderr.isatty():
        yield Lines()
        return
    with _bar() as bar:
        yield bar


class Lines:
    """A line a report, written at once, so that a reader of the stream knows what is kept."""

    def done(self, what: str, tally: Tally) -> None:
        print(clean(what), file=sys.stderr, flush=True)

    def failed(self, line: str, tally: Tally) -> None:
        print(clean(line), file=sys.stderr, flush=True)


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as RichProgress

    console = Console(stderr=True, markup=False, emoji=False, highlight=False)
    columns = (BarColumn(bar_width=20), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with RichProgress(*columns, console=console, transient=True) as shown:
        task = shown.add_task("reading", total=None)  # how many reports there are is known only when all are in
        started = monotonic()

        class Bar:
            def done(self, what: str, tally: Tally) -> None:
                rate = tally.reports / max(monotonic() - started, 0.001)
                aside = f", {tally.set_aside:,} not read in full" if tally.set_aside else ""
                counts = f"{count(tally.reports, 'report')}{aside}, {count(tally.claims, 'new claim')}"
                shown.update(task, description=f"{counts}, {rate:.1f} a second")

            def failed(self, line: str, tally: Tally) -> None:
                console.print(clean(line), soft_wrap=True)
                self.done("", tally)

        yield Bar()


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar for work whose size is known, called with (done, in all); None where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as RichProgress

    with RichProgress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(what, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)


_EVERY = 30.0  # seconds between lines of work that takes minutes, where no bar can be shown


@contextmanager
def stages(what: str) -> Iterator[Callable[[str, int, int], None]]:
    """For work in stages, called with (stage, done, in all; 0 where that is not known).

    A bar on a terminal; elsewhere a line now and then, so that short work stays quiet.
    """
    if not sys.stderr.isatty():
        yield _now_and_then(what)
        return
    from rich.console import Console
    from rich.progress import Progress as RichProgress

    with RichProgress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(clean(what), total=None)

        def tell(stage: str, done: int, total: int) -> None:
            shown.update(task, description=f"{clean(what)}: {stage}", completed=done, total=total or None)

        yield tell


def _now_and_then(what: str) -> Callable[[str, int, int], None]:
    last = monotonic()

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal last
        if monotonic() - last >= _EVERY:
            last = monotonic()
            share = f", {100 * done // total} %" if total else ""
            print(f"{clean(what)}: {stage}{share}", file=sys.stderr, flush=True)

    return tell
