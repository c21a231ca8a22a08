"""Invented reports to add and processes that add them, for the tests that kill `dateline add`."""

import itertools
import re
import subprocess
import sys
from pathlib import Path

_SIDES = ("Rebels", "Government troops", "Militants", "Soldiers")
_ACTS = ("shelled", "attacked", "captured", "withdrew from")
_TOWNS = ("Homs", "Idlib", "Mosul", "Marib", "Goma")
_ACKNOWLEDGED = re.compile(r"(new|already there,) report ([0-9a-f]+): (\S+?)(?:, .*)?$")


def write_reports(folder: Path, count: int) -> dict[str, str]:
    """Short invented reports, no two alike, a file each; name (without its ending) and text."""
    made = {}
    subjects = itertools.cycle(itertools.product(_SIDES, _ACTS, _TOWNS))
    for number, (side, act, town) in enumerate(itertools.islice(subjects, count)):
        said = f"{side} {act} {town} on Monday, officials said. {number + 2} people were wounded."
        text = made[f"{number:04}"] = f"{said}\n\n(Invented: none of this happened.)\n"
        (folder / f"{number:04}.txt").write_text(text, "utf-8")
    return made


def start(folder: Path, ledger: Path) -> "subprocess.Popen[str]":
    """`dateline add` on a folder, to be killed: its acknowledgements come line by line on `stderr`."""
    command = [
        sys.executable,
        "-m",
        "dateline.cli",
        "add",
        str(folder),
        "--ledger",
        str(ledger),
        "--published",
        "2014-06-17",
    ]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def acknowledged(told: str) -> dict[str, tuple[str, str]]:
    """Name of each acknowledged report → "new" or "already there,", and its id in the ledger.

    Only whole lines count: a line that the kill cut off acknowledges nothing.
    """
    lines = told[: told.rfind("\n") + 1].splitlines()
    found = [match for line in lines if (match := _ACKNOWLEDGED.match(line))]
    return {match[3]: (match[1], match[2]) for match in found}
