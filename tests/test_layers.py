"""The house: a room imports only rooms below it, and no file is a drawer for everything."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINT = "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports({extra}))"
# A drawer by any other name.
DRAWERS = {"utils", "util", "helpers", "misc", "common", "tools"}


def linted(root: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", LINT.format(extra="no_cache=True")]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120)


def test_a_room_imports_only_rooms_below_it() -> None:
    done = linted(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 kept, 0 broken" in done.stdout


def test_every_room_has_its_layer() -> None:
    """A room that stands in no layer could import anything."""
    import tomllib

    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    placed = {name.strip() for layer in contract["layers"] for name in layer.split("|")}
    rooms = {f"dateline.{path.stem}" for path in (ROOT / "dateline").iterdir()
             if path.suffix == ".py" or (path / "__init__.py").exists()}  # fmt: skip
    # __init__ is the front door, which opens rooms only when they are used; version holds one word.
    assert rooms - placed == {"dateline.__init__", "dateline.version"}


def test_a_room_that_imports_upwards_is_found(tmp_path: Path) -> None:
    """The contract can fail: a copy of the house in which codes.py looks into reading/."""
    package = tmp_path / "dateline"
    for path in (ROOT / "dateline").rglob("*.py"):
        copy = package / path.relative_to(ROOT / "dateline")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    (package / "codes.py").write_text((package / "codes.py").read_text() + "\nimport dateline.reading.words\n")
    done = linted(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "dateline.codes -> dateline.reading.words" in done.stdout


@pytest.mark.parametrize("folder", ["dateline", "tests", "training", "benchmarks"])
def test_no_file_is_a_drawer_for_everything(folder: str) -> None:
    found = [path for path in (ROOT / folder).rglob("*.py") if path.stem in DRAWERS]
    assert found == []


def test_every_file_of_the_package_says_what_it_is() -> None:
    import ast

    silent = [
        str(path.relative_to(ROOT)) for path in sorted((ROOT / "dateline").rglob("*.py"))
        if (source := path.read_text("utf-8")).strip() and not ast.get_docstring(ast.parse(source))
    ]  # fmt: skip
    assert silent == []
