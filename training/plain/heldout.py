"""The whole reading, measured on training reports that its models have not seen: where thresholds and rules are chosen.

    python -m training.plain.heldout --data ../shared [--refit] [--triggers 0.22] [--party 0.38] …

Fits the trigger and role models on three reports in four, reads the fourth with them, and scores the claims with
bench/claims_eval.py. Models are kept in --scratch between runs; --refit makes them again.
"""

import argparse
import importlib.util
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from dateline.reading import linear, pipeline, roles, triggers
from dateline.reading.linear import Linear
from dateline.record import Report
from training.plain import roles as role_training
from training.plain import triggers as trigger_training
from training.plain.gold import GoldReport, load

FOLD = 4  # one report in this many is held out


def keep(model: Linear, path: Path) -> Linear:
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, labels=np.array(model.labels), weights=model._weights, scale=model._scale, bias=model._bias)
    return model


def kept(path: Path) -> Linear:
    with np.load(path, allow_pickle=False) as a:
        return Linear([str(label) for label in a["labels"]], a["weights"], a["scale"], a["bias"])


def models(reports: Sequence[GoldReport], scratch: Path, refit: Sequence[str]) -> dict[str, Linear]:
    """The models fitted on the reports that are not held out, from `scratch` where they are there."""
    learned = [r for i, r in enumerate(reports) if i % FOLD]
    made: dict[str, Linear] = {}
    path = scratch / "triggers.npz"
    if "triggers" in refit or not path.exists():
        items = {r.id: [f for s in triggers.all_features(r.sentences) for f in s] for r in learned}
        keep(trigger_training.train(learned, items, **trigger_training.SETTINGS), path)
    made["triggers"] = kept(path)
    wanted = [k for k in roles.ROLES if f"roles_{k}" in refit or not (scratch / f"roles_{k}.npz").exists()]
    reads = [role_training.Read(r) for r in learned] if wanted else []
    for kind in roles.ROLES:
        path = scratch / f"roles_{kind}.npz"
        if kind in wanted:
            rows = [role_training.examples(r, kind) for r in reads]
            keep(role_training.train(rows, kind, **role_training.SETTINGS), path)
        made[f"roles_{kind}"] = kept(path)
    return made


def scorer(data: Path) -> Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]]:
    spec = importlib.util.spec_from_file_location("claims_eval", data / "bench/claims_eval.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"{data}/bench/claims_eval.py: the scorer is not there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.score  # type: ignore[no-any-return]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--scratch", type=Path, default=Path("/tmp/dateline-heldout"))
    parser.add_argument("--refit", default="", help="models to fit again, by comma: triggers,roles_party,…")
    parser.add_argument("--triggers", type=float, nargs="*", default=[triggers.THRESHOLD], help="thresholds to try")
    for kind in roles.ROLES:
        parser.add_argument(f"--{kind}", type=float)
    parser.add_argument("--inherited", type=float)
    args = parser.parse_args()
    reports = load(args.data)
    found = models(reports, args.scratch, args.refit.split(","))
    ordinary = linear.load
    fitted: Callable[[str], Linear] = lambda name: found.get(name) or ordinary(name)  # noqa: E731
    triggers.load = roles.load = fitted  # type: ignore[assignment]
    for kind in roles.ROLES:
        if getattr(args, kind) is not None:
            roles.THRESHOLDS[kind] = getattr(args, kind)
    if args.inherited is not None:
        roles.INHERITED = args.inherited
    score = scorer(args.data)
    held = [r for i, r in enumerate(reports) if not i % FOLD]
    with open(args.data / "gold/train_reports.jsonl", encoding="utf-8") as lines:
        rows = {row["id"]: row for row in map(json.loads, lines)}
    for threshold in args.triggers:
        triggers.THRESHOLD = threshold
        read = {}
        for report in held:
            row = rows[report.id]
            published = date.fromisoformat(row["published"]) if row.get("published") else None
            record = pipeline.read(Report(text=row["text"], title=row.get("title"), published=published), id=report.id)
            read[report.id] = json.loads(record.to_json())
        result = score({r.id: r.row for r in held}, read)
        print(threshold, result["predicted"], {k: result[k] for k in ("found", "typed", "claim")}, result["fields"])
        with open(args.scratch / "read.jsonl", "w", encoding="utf-8") as out:
            out.writelines(json.dumps(r) + "\n" for r in read.values())
        sys.stdout.flush()


if __name__ == "__main__":
    main()
