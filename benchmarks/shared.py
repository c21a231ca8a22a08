"""Where the data sets and their scorers are: outside the repository, which may carry scores but no texts."""

import gzip
import hashlib
import importlib.util
import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from msgspec import Struct

PROJECT = Path(__file__).resolve().parents[1]
_CHUNK = 1 << 20  # bytes


class Shared(Struct, frozen=True):
    """The folder of data sets; `gold` and `bench` lie beside it."""

    data: Path

    @classmethod
    def found(cls, environment: Mapping[str, str] = os.environ) -> "Shared":
        """The folder that DATELINE_DATA names, else `../shared/data` beside the project."""
        named = environment.get("DATELINE_DATA")
        return cls(Path(named) if named else PROJECT.parent / "shared" / "data")

    def path(self, name: str) -> Path:
        """`data/…` lies in the data folder whatever that is called; all else beside it."""
        room, _, rest = name.partition("/")
        return self.data / rest if room == "data" else self.data.parent / name

    def missing(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if not self.path(name).is_file())

    def hashes(self, names: tuple[str, ...]) -> dict[str, str]:
        """sha256 of each file, by its name here."""
        return {name: _sha256(self.path(name)) for name in names}

    def rows(self, name: str) -> Iterator[dict[str, Any]]:
        """The objects of a JSONL file, packed with gzip where its name says so."""
        path = self.path(name)
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            yield from map(json.loads, filter(str.strip, lines))

    def scorer(self, name: str) -> ModuleType:
        """A scorer as a module, from where it lies: there is one copy of each metric."""
        spec = importlib.util.spec_from_file_location(f"scorer_{name}", self.path(f"bench/{name}.py"))
        if spec is None or spec.loader is None:  # pragma: no cover - a .py path always has a loader
            raise ImportError(name)
        module = importlib.util.module_from_spec(spec)
        before, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # that folder is not ours to write in
        try:
            spec.loader.exec_module(module)
        finally:
            sys.dont_write_bytecode = before
        return module


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
