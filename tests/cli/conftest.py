"""A command line to call in the same process, and a reader that reads nothing but the first line of a report."""

import io
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from dateline.cli import main
from dateline.errors import InputError
from dateline.record import Claim, MadeBy, Part, Record, Report, Span


class Outcome(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def dateline(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Outcome]:
    """Run the command line; returns its exit status and what it printed."""
    for variable in ("DATELINE_LEDGER", "DATELINE_DEBUG", "COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*args: object, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            main([str(arg) for arg in args])
        printed = capfd.readouterr()
        return Outcome(int(left.value.code or 0), printed.out, printed.err)

    return run


def first_line_read(report: Report, *, id: str, reader: str = "default", country: str | None = None) -> Record:
    """A plain stand-in for the reader: one claim, whose quote is the first line and whose trigger is its first word.

    Reports that name an error in their first word make it happen.
    """
    line = report.text.strip().split("\n")[0]
    word = line.split()[0]
    if word == "BROKEN":
        raise KeyError("no such\nstage")
    if word == "UNUSABLE":
        raise InputError("the text holds no sentence; give another report")
    if word == "STOP":
        raise KeyboardInterrupt
    start = report.text.index(line)
    claim = Claim(
        id=f"{sum(map(ord, line)):020x}",
        event="protest",
        trigger=Part(text=word, span=Span(start, start + len(word))),
        quote=Part(text=line, span=Span(start, start + len(line))),
    )
    return Record(
        id=id, report=report, claims=(claim,), warnings=("a warning",), made_by=MadeBy(version="0.1.0", country=country)
    )


@pytest.fixture
def plain_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put `first_line_read` in the reader's place: these tests are about the commands, not about what is read."""
    stand_in = types.ModuleType("dateline.reading.pipeline")
    stand_in.read = first_line_read  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "dateline.reading.pipeline", stand_in)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder of three reports: two that can be read, one that cannot."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text("Thousands marched in the capital on Friday.\n\nPolice watched.\n")
    (folder / "b.txt").write_text("BROKEN report about a town.\n")
    (folder / "c.txt").write_text("Workers stopped trains on Monday.\n")
    return folder
