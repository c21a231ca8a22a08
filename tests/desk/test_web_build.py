"""The committed build is that of the committed sources, whole, with licences, and names no place to fetch from.

It runs without Node: `make web` writes beside the build what it was made from.
"""

import hashlib
import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"
BUILT = ROOT / "dateline/desk/static/built"
MAP = ROOT / "dateline/desk/static/map"
OTHERS = ("package-lock.json", "package.json", "seal.mjs", "tsconfig.json", "vite.config.ts")  # beside src/
MOST_MAP_BYTES = 2_200_000
MANIFEST = json.loads((BUILT / "manifest.json").read_text("utf-8"))

pytestmark = pytest.mark.skipif(not WEB.is_dir(), reason="the sources of the build are not here")


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_build_belongs_to_the_sources() -> None:
    made = hashlib.sha256()
    for name in sorted([*(f"src/{path.name}" for path in (WEB / "src").iterdir()), *OTHERS]):
        made.update(name.encode() + b"\0" + (WEB / name).read_bytes() + b"\0")
    assert made.hexdigest() == MANIFEST["sources"], "web/ was changed after the build: run `make web` and commit it"


def test_the_build_is_whole() -> None:
    assert {path.name for path in BUILT.iterdir()} == {*MANIFEST["files"], "manifest.json"}
    for name, expected in MANIFEST["files"].items():
        assert sha256(BUILT / name) == expected, name
    assert MANIFEST["script"] in MANIFEST["files"]
    assert MANIFEST["style"] in MANIFEST["files"]


def test_licences_of_bundled_packages_stand_beside_the_build() -> None:
    told = (BUILT / "LICENCES.txt").read_text("utf-8")
    for name in json.loads((WEB / "package.json").read_text("utf-8"))["dependencies"]:
        assert f"{name} " in told


def test_no_file_names_a_registry() -> None:
    words = re.compile(r"registry\.|npmjs|\"resolved\"|pypi", re.IGNORECASE)
    listed = subprocess.run(
        ["git", "ls-files", "web", "dateline/desk/static"], cwd=ROOT, capture_output=True, text=True
    )
    names = listed.stdout.split() or [str(path.relative_to(ROOT)) for path in BUILT.iterdir()]
    for name in names:
        if (ROOT / name).is_file() and name.endswith((".json", ".js", ".ts", ".mjs", ".txt", ".md", ".npmrc", ".sh")):
            found = words.search((ROOT / name).read_text("utf-8", errors="replace"))
            assert not found, f"{name}: {found and found.group()}"


@pytest.mark.parametrize("name", ["basemap", "labels"])
def test_the_map_s_files_have_labels(name: str) -> None:
    label = tomllib.loads((MAP / f"{name}.toml").read_text("utf-8"))
    assert {"title", "source", "licence", "made", "sha256"} <= set(label)
    assert sha256(MAP / f"{name}.json") == label["sha256"]


def test_the_basemap_is_small_and_has_what_the_island_draws() -> None:
    assert sum(path.stat().st_size for path in MAP.glob("*.json")) < MOST_MAP_BYTES
    objects = json.loads((MAP / "basemap.json").read_text("utf-8"))["objects"]
    assert {"provinces", "disputed", "lakes", "rivers"} <= set(objects)
    told = [each["properties"] for each in objects["provinces"]["geometries"]]
    assert all({"k", "a", "d"} <= set(each) for each in told)
    with_ids = sum(each["k"].isdigit() for each in told)
    assert with_ids > 2_800  # provinces that are known by their GeoNames id
    assert sum(each["d"] for each in told) > 5
