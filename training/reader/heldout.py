"""The whole reading, measured on training reports that the reader has not seen: where thresholds and rules are chosen.

    python -m training.reader.heldout --data ../shared --weights FOLDER [--set triggers.THRESHOLD=0.4 …]

Reads the held-out reports (examples.HELD) with the reader in FOLDER and scores the claims with bench/claims_eval.py.
Each `--set MODULE.NAME[.KEY]=VALUE [VALUE…]` tries those values, one after the other, the rest as it is.
"""

import argparse
import importlib
import importlib.util
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.classes import MODALITIES, by_class, macro, modality, pairs
from dateline.reading import pipeline
from dateline.reading.reader import Look, Reader, cores
from dateline.record import Record, Report
from training.reader.examples import HELD


def scorer_module(data: Path) -> Any:
    """bench/claims_eval.py as a module."""
    return module_of(data / "bench/claims_eval.py")


def module_of(path: Path) -> Any:
    """A scorer's file as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"{path}: the scorer is not there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Remembered:
    """A reader that looks at each report once: the sweep changes only what comes after."""

    def __init__(self, reader: Reader) -> None:
        self._reader, self._seen = reader, {}  # type: ignore[var-annotated]
        self.claim_weights = reader.claim_weights

    def look(self, sentences: Any) -> Look:
        key = tuple(s.text for s in sentences)
        if key not in self._seen:
            self._seen[key] = self._reader.look(sentences)
        return self._seen[key]  # type: ignore[no-any-return]


def rows(data: Path, name: str) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """Reports and gold of the held-out part of gold/train, or of gold/<name> in full."""
    with open(data / f"gold/{name}_reports.jsonl", encoding="utf-8") as lines:
        reports = [json.loads(line) for line in lines]
    with open(data / f"gold/{name}.jsonl", encoding="utf-8") as lines:
        gold = {row["id"]: row for row in map(json.loads, lines)}
    kept = [r for i, r in enumerate(reports) if name != "train" or not i % HELD]
    return kept, {r["id"]: gold[r["id"]] for r in kept}


def read_reports(reports: Sequence[dict[str, Any]]) -> Iterator[Record]:
    for row in reports:
        published = date.fromisoformat(row["published"]) if row.get("published") else None
        yield pipeline.read(Report(text=row["text"], title=row.get("title"), published=published), id=row["id"])


def read_all(reports: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {record.id: json.loads(record.to_json()) for record in read_reports(reports)}


def trials(settings: list[list[str]]) -> Iterator[tuple[str, Callable[[], None], Callable[[], None]]]:
    for first, *others in settings:
        name, value = first.split("=")
        module, attribute, *keys = name.split(".")
        owner = importlib.import_module(f"dateline.reading.{module}")
        for text in (value, *others):
            before = getattr(owner, attribute)[keys[0]] if keys else getattr(owner, attribute)

            def put(to: Any, owner: Any = owner, attribute: str = attribute, keys: list[str] = keys) -> None:
                if keys:
                    getattr(owner, attribute)[keys[0]] = to
                else:
                    setattr(owner, attribute, to)

            yield f"{name}={text}", lambda v=text, p=put: p(float(v)), lambda b=before, p=put: p(b)  # type: ignore[misc]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=cores())
    parser.add_argument("--gold", default="train")
    parser.add_argument("--set", nargs="+", action="append", default=[])
    parser.add_argument("--write", type=Path, help="where the records go, a report a line")
    args = parser.parse_args()
    reader = Remembered(Reader(args.weights, args.threads))
    pipeline.load = lambda size: reader  # type: ignore[assignment,attr-defined]
    pipeline.label = lambda size: {"sha256": ""}  # type: ignore[assignment,attr-defined] # none is written yet
    scorer = scorer_module(args.data)
    reports, gold = rows(args.data, args.gold)
    for name, put, back in [("as it is", lambda: None, lambda: None), *trials(args.set)]:
        put()
        read = read_all(reports)
        back()
        result = scorer.score(gold, read)
        found, typed, claim = (result[k]["f1"] for k in ("found", "typed", "claim"))
        modal = macro(by_class("modality", modality, MODALITIES, *pairs(scorer, gold, read)))
        fields = " ".join(f"{k} {v:.3f}" for k, v in result["fields"].items() if v is not None)
        print(
            f"{name:32} n {result['predicted']}/{result['gold']} {found:.3f} {typed:.3f} {claim:.4f}  {fields}"
            f" modality_f1 {modal or 0:.3f}",
            flush=True,
        )
        if args.write and name == "as it is":
            args.write.write_text("".join(json.dumps(r) + "\n" for r in read.values()), encoding="utf-8")


if __name__ == "__main__":
    main()
