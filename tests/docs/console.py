"""The sessions printed in README.md and docs/tutorial.md: found, run again, and compared.

A session is a fenced block marked `console`; a line that starts with "$ " is a command, what follows it its output. All
sessions of a page run one after the other in one new folder that holds `examples/` and `demo/`: it can be followed word
for word. Gazetteers and actors that a page adds lie in that folder too, and never among the user's own.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", ROOT / "docs/tutorial.md")
_BLOCK = re.compile(r"(?ms)^```console\n(.*?)^```$")
# What differs from run to run: times taken, moments, and the hashes that follow from them.
_VARYING = (
    (re.compile(r"\d+\.\d s, [\d.,]+ reports a second"), "N s, N reports a second"),
    (re.compile(r"\b\d+\.\d s\b"), "N s"),
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?\S*"), "MOMENT"),
    (re.compile(r"\b[0-9a-f]{40,64}\b"), "HASH"),
    (re.compile(r"\b[0-9a-f]{12,16}…"), "HASH"),
)  # fmt: skip


def run(command: str, folder: Path) -> str:
    """What a command prints, as a reader at a terminal of 80 columns sees it, without colour."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    own = {"DATELINE_GAZETTEERS": str(folder / "week/places"), "DATELINE_ACTORS": str(folder / "week/actors")}
    environment = {**os.environ, **own, "PATH": path, "NO_COLOR": "1", "COLUMNS": "80", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["sh", "-c", command], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, check=False, timeout=120,
    )  # fmt: skip
    return "\n".join(line.rstrip() for line in done.stdout.splitlines())


def renewed(page: str, folder: Path, runner: Callable[[str, Path], str] = run) -> str:
    """The page with every output as it is now. "…" alone on a line in an output stands for lines left out there."""

    def block(match: re.Match[str]) -> str:
        made = []
        for command, shown in sessions(match.group(1)):
            printed = runner(command, folder)
            output = printed.split("\n") if printed else []
            head = next((i for i, line in enumerate(shown) if line.strip() == "…"), None)
            if head is not None:
                tail = len(shown) - head - 1
                output = [*output[:head], "…", *(output[-tail:] if tail else [])]
            made += [f"$ {command}", *output]
        return "```console\n" + "\n".join(made) + "\n```"

    return _BLOCK.sub(block, page)


def sessions(block: str) -> list[tuple[str, list[str]]]:
    """The commands of a block, each with the lines printed under it."""
    made: list[tuple[str, list[str]]] = []
    for line in block.rstrip("\n").split("\n"):
        if line.startswith("$ "):
            made.append((line[2:], []))
        elif made:
            made[-1][1].append(line)
    return made


def plain(page: str) -> str:
    """A page with what varies from run to run taken out, for comparison."""
    for pattern, name in _VARYING:
        page = pattern.sub(name, page)
    return page


def prepare(folder: Path) -> None:
    for name in ("examples", "demo"):
        (folder / name).symlink_to(ROOT / name)
