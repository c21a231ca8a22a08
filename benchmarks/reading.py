"""Read reports as a user does, through `dateline read --json` in a fresh process, and note what it cost."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from benchmarks.measured import BenchmarkError, Cost, Setting

CHILD = Path(__file__).with_name("child.py")
FAILED = 1  # the exit status of `dateline read` where single reports failed and the rest were read
_SHOWN = 3  # failures told one by one
_ROW = ("id", "text", "title", "published", "url", "source")


class Reading(Struct, frozen=True):
    """Records in the order of the input, as decoded JSON; `notes` name what could not be read."""

    records: list[dict[str, Any]]
    cost: Cost
    notes: tuple[str, ...]


def read_file(
    setting: Setting,
    source: Path,
    *,
    texts: Sequence[str],
    what: str,
    command: str = "",
    reader: str = "default",
    environment: Mapping[str, str] | None = None,
) -> Reading:
    """Read `source`, a file that holds a report for each of `texts`.

    Args:
        what: the name for progress.
        command: the `dateline` to run; by default the one that is measured.
        reader: the reader that reads; a `dateline` that has but one is asked for none.
        environment: the variables that the command sees; by default those of this process.
    Raises:
        BenchmarkError: the command crashed.
    """
    words = sum(len(text.split()) for text in texts)
    setting.progress.start(what, len(texts))
    with tempfile.TemporaryDirectory() as folder:
        figures, errors = Path(folder) / "figures.json", Path(folder) / "errors.txt"
        run = [sys.executable, "-I", "-S", str(CHILD), str(figures), command or setting.command]
        run += ["read", str(source), "--json", *([] if reader == "default" else ["--reader", reader])]
        lines = []
        with (
            errors.open("wb") as stderr,
            subprocess.Popen(run, stdout=subprocess.PIPE, stderr=stderr, env=environment) as child,
        ):
            assert child.stdout is not None
            for line in child.stdout:  # kept as bytes: decoding here would hold the reader up
                lines.append(line)
                setting.progress.step()
        setting.progress.stop()
        said = errors.read_text("utf-8", "replace").splitlines()
        if not figures.is_file():
            raise BenchmarkError(f"`{command or setting.command}` could not be run: {_last(said)}")
        used = json.loads(figures.read_text("utf-8"))
    if used["status"] not in (0, FAILED):
        raise BenchmarkError(f"`dateline read` ended with status {used['status']}: {_last(said)}")
    cost = Cost(
        reports=len(texts),
        words=words,
        seconds=used["seconds"],
        cpu_seconds=used["cpu_seconds"],
        peak_mb=used["peak_bytes"] / 1e6,
    )
    notes = _unread(len(texts) - len(lines), said if used["status"] == FAILED else [])
    return Reading(list(map(json.loads, lines)), cost, notes)


def read_rows(
    setting: Setting,
    rows: Iterable[dict[str, Any]],
    *,
    what: str,
    command: str = "",
    reader: str = "default",
    environment: Mapping[str, str] | None = None,
) -> Reading:
    """Read rows of a data set, written as the JSONL that Dateline takes; keys that are no field of it are left out."""
    kept = [{key: row[key] for key in _ROW if row.get(key)} for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "rows.jsonl"
        source.write_text("".join(json.dumps(row) + "\n" for row in kept), "utf-8")
        texts = [row["text"] for row in kept]
        return read_file(
            setting, source, texts=texts, what=what, command=command, reader=reader, environment=environment
        )


def _last(said: list[str]) -> str:
    return said[-1] if said else "no message"


def _unread(count: int, said: list[str]) -> tuple[str, ...]:
    if count <= 0:
        return ()
    more = len(said) - _SHOWN
    return (f"{count} not read, scored as empty", *said[:_SHOWN], *((f"and {more} more lines",) if more > 0 else ()))
