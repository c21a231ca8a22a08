"""What can be used is documented, and what is shipped says where it comes from."""

import csv
import re
import subprocess
import tomllib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import click
import msgspec
import pytest

import dateline
from dateline.cli import cli
from dateline.codebook import codebook
from dateline.settings import OPTIONS
from dateline.world.labels import Label, broken_rules, read_label, read_table

ROOT = Path(__file__).parents[1]
DATA, WEIGHTS = ROOT / "dateline" / "data", ROOT / "dateline" / "weights"
TABLES = ROOT / "training" / "tables"  # what shipped tables are made from
MEGABYTE = 1_000_000
_HOST = "{}.{}".format  # so that this file does not name them either
REGISTRIES = (
    _HOST("pypi", "org"), _HOST("pythonhosted", "org"), _HOST("npmjs", "org"), _HOST("npmjs", "com"),
    _HOST("deb.debian", "org"), _HOST("archive.ubuntu", "com"), _HOST("anaconda", "org"), _HOST("crates", "io"),
    _HOST("rubygems", "org"), _HOST("yarnpkg", "com"), _HOST("repo1.maven", "org"), _HOST("proxy.golang", "org"),
)  # fmt: skip
_PICKLED = re.compile(
    r"^\s*(?:import|from)\s+(?:pickle|cPickle|_pickle|dill|joblib|shelve|marshal)\b|allow_pickle\s*=\s*True", re.M
)


@pytest.fixture(scope="module")
def documentation() -> str:
    """README.md and all of docs/, but the decisions: those tell why, not how."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return "\n".join(page.read_text("utf-8") for page in pages if "decisions" not in page.parts)


def _named(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text))


def _commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """All commands by their whole names: "read", "gazetteer", "gazetteer add"."""
    for name, command in group.commands.items():
        yield f"{before}{name}", command
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before}{name} ")


COMMANDS = sorted(name for name, _ in _commands(cli))
CLI_OPTIONS = sorted(
    {(name, opt) for name, command in _commands(cli) for param in command.params
     if isinstance(param, click.Option) for opt in (*param.opts, *param.secondary_opts)}
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str, documentation: str) -> None:
    assert _named(f"dateline {command}", documentation), (
        f"`dateline {command}` is in no page of docs/ and not in README.md"
    )


@pytest.mark.parametrize(("command", "option"), CLI_OPTIONS)
def test_every_option_is_documented(command: str, option: str, documentation: str) -> None:
    assert _named(option, documentation), f"`dateline {command} {option}` is in no page of docs/ and not in README.md"


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_every_setting_is_documented(option: object, documentation: str) -> None:
    variable: str = option.variable  # type: ignore[attr-defined]
    assert _named(variable, documentation), f"the setting {variable} is in no page of docs/ and not in README.md"


@pytest.mark.parametrize("name", [name for name in dateline.__all__ if not name.startswith("__")])
def test_every_public_name_is_documented(name: str, documentation: str) -> None:
    wanted = f"dateline.{name}"
    assert _named(wanted, documentation), f"{wanted} is in no page of docs/ and not in README.md"


@pytest.mark.parametrize("name", dateline.__all__)
def test_every_public_name_can_be_used(name: str) -> None:
    assert getattr(dateline, name) is not None


def test_the_codebook_is_the_one_made_from_the_codes() -> None:
    assert (ROOT / "docs" / "codebook.md").read_text("utf-8") == codebook(), (
        "run `dateline codebook > docs/codebook.md`"
    )


def test_links_between_pages_lead_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")))
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
        if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists()
    ]
    assert broken == []


def committed() -> list[Path]:
    """Every file that is in the repository, or would be with `git add`."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def _texts() -> Iterator[tuple[str, str]]:
    for path in committed():
        if path.suffix not in (".npz", ".sqlite"):
            yield str(path.relative_to(ROOT)), path.read_text("utf-8", errors="replace")


def test_no_file_names_a_package_registry() -> None:
    found = [f"{name}: {host}" for name, text in _texts() for host in REGISTRIES if host in text.lower()]
    assert found == []


def test_nothing_is_pickled() -> None:
    assert [str(p) for p in committed() if p.suffix in (".pkl", ".pickle", ".joblib", ".pt", ".bin")] == []
    assert [name for name, text in _texts() if name.endswith(".py") and _PICKLED.search(text)] == []


def test_no_file_is_large() -> None:
    large = [f"{path.name}: {path.stat().st_size / MEGABYTE:.1f} MB" for path in (*WEIGHTS.iterdir(), *committed())
             if path.stat().st_size > 30 * MEGABYTE]  # fmt: skip
    assert large == []


LABELLED = sorted(
    path for folder in (DATA, WEIGHTS, TABLES) for path in folder.iterdir() if path.suffix not in (".toml", ".py")
)


@pytest.mark.parametrize("path", [p for p in LABELLED if p.is_file()], ids=lambda path: path.name)
def test_every_table_and_weight_has_its_label(path: Path) -> None:
    label = tomllib.loads(path.with_suffix(".toml").read_text("utf-8"))
    wanted = ("title", "licence", "sha256")
    assert [key for key in wanted if not label.get(key)] == []
    # A table says where it comes from or how it was made; weights what they were trained on and by which command.
    origin = ("trained_on",) if path.parent == WEIGHTS else ("source", "made", "trained_by")
    assert any(label.get(key) for key in origin), f"{path.with_suffix('.toml').name} does not say where it comes from"
    if path.parent == WEIGHTS:
        assert [key for key in ("task", "trained_by", "limits") if not label.get(key)] == []
    if (
        path.suffix != ".sqlite"
    ):  # a database's label gives the sha256 of its content, which the gazetteer's tests check
        assert sha256(path.read_bytes()).hexdigest() == label["sha256"]


def test_every_label_has_its_file() -> None:
    labels = {path.with_suffix("") for folder in (DATA, WEIGHTS, TABLES) for path in folder.glob("*.toml")}
    assert sorted(labels - {path.with_suffix("") for path in LABELLED}) == []


@pytest.mark.parametrize("name", sorted(path.stem for path in DATA.glob("*.csv")))
def test_every_table_holds_what_its_label_asserts(name: str) -> None:
    assert broken_rules(name, list(read_table(name)), read_label(name).asserts) == []


@pytest.mark.parametrize("name", sorted(path.stem for path in TABLES.glob("*.csv")))
def test_every_table_that_others_are_made_from_holds_what_its_label_asserts(name: str) -> None:
    label = msgspec.convert(tomllib.loads((TABLES / f"{name}.toml").read_text("utf-8")), Label)
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == label.columns
    assert broken_rules(name, rows, label.asserts) == []


def test_tables_are_plain_csv() -> None:
    for path in (*DATA.glob("*.csv"), *TABLES.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            widths = {len(row) for row in csv.reader(file)}
        assert len(widths) == 1, f"{path.name}: rows of {sorted(widths)} columns"


def test_training_commands_in_labels_exist() -> None:
    for path in (*DATA.glob("*.toml"), *WEIGHTS.glob("*.toml"), *TABLES.glob("*.toml")):
        label = tomllib.loads(path.read_text("utf-8"))
        how = f"{label.get('made', '')} {label.get('trained_by', '')}"
        assert not re.search(r"python (?!-m )", how), f"{path.name}: a command runs from the project's folder by `-m`"
        for module in re.findall(r"python -m ([\w.]+)", how):
            where = ROOT / Path(*module.split("."))
            assert where.with_suffix(".py").exists() or (where / "__main__.py").exists(), f"{path.name}: {module}"
