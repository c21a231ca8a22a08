"""Two readings of the same reports side by side: an annotator's sheet against gold/train.

    python -m training.labels.compare --data ../shared FILLED.txt        # differences and F1
    python -m training.labels.compare --data ../shared --show 12 40      # reports of gold/train as sheets to fill
    python -m training.labels.compare --data ../shared --gold 12 40      # and how gold/train labels them

Reports are named by their number in gold/train. F1 is of claims found (same sentence or one that mentions it) and
typed, and of role words of the claims typed alike.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from training.labels.sheet import Line, SheetError, blocks, parse, settle, show
from training.plain.gold import GoldReport, load
from training.reader.examples import as_example, wanted


def gold_lines(report: GoldReport) -> list[Line]:
    made = []
    for claim in report.claims:
        parts: dict[str, list[str]] = {}
        for role, text in wanted(claim.fields):
            if text:
                parts.setdefault(role, []).append(" ".join(text.split()))
        trigger = " ".join((claim.fields.get("trigger") or "").split())
        line = Line(claim.sentence, claim.fields["event"], trigger, parts, claim.fields["modality"])
        line.verification = claim.fields.get("verification") or "not_stated"
        line.also = claim.also
        made.append(line)
    return made


def read_lines(lines: Sequence[str], sentences: Any) -> tuple[list[Line], list[dict[str, Any]], list[str]]:
    made, claims, wrong, taken = [], [], [], {}  # type: ignore[var-annotated]
    for text in lines:
        try:
            line = parse(text)
            claims.append(settle(line, sentences, taken))
            made.append(line)
        except (SheetError, ValueError) as error:
            wrong.append(f"{text[:90]} … {error}")
    return made, claims, wrong


def matched(mine: Sequence[dict[str, Any]], gold: Sequence[dict[str, Any]], *, typed: bool) -> list[tuple[Any, Any]]:
    left, pairs = list(gold), []
    for claim in mine:
        fits = [
            g for g in left
            if {claim["sentence"], *claim["also"]} & {g["sentence"], *g["also"]}
            and (not typed or g["event"] == claim["event"])
        ]  # fmt: skip
        if fits:
            same = lambda g: (set(g["tokens"]) & set(claim["tokens"]) != set(), g["sentence"] == claim["sentence"])  # noqa: B023, E731
            best = max(fits, key=same)
            left.remove(best)
            pairs.append((claim, best))
    return pairs


def spots(claim: dict[str, Any]) -> set[tuple[str, int, int]]:
    return {(role, s, t) for role, found in claim["parts"].items() for s, t in found}


def f1(hits: int, a: int, b: int) -> float:
    return 2 * hits / max(1, a + b)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("filled", type=Path, nargs="*")
    parser.add_argument("--show", type=int, nargs="+", default=[])
    parser.add_argument("--gold", type=int, nargs="+", default=[])
    args = parser.parse_args()
    reports = load(args.data)
    for number in args.show:
        print(
            show(str(number), reports[number].row | {"title": reports[number].report.title}, reports[number].sentences)
        )
    for number in args.gold:
        print(f"# {number}", *gold_lines(reports[number]), sep="\n")
    total = dict.fromkeys(("mine", "gold", "found", "typed", "role_hits", "role_mine", "role_gold", "modality"), 0)
    for path in args.filled:
        for name, lines in blocks(path.read_text(encoding="utf-8").splitlines()):
            report = reports[int(name)]
            made, claims, wrong = read_lines(lines, report.sentences)
            gold = as_example(report)["claims"]
            typed = matched(claims, gold, typed=True)
            total["mine"] += len(claims)
            total["gold"] += len(gold)
            total["found"] += len(matched(claims, gold, typed=False))
            total["typed"] += len(typed)
            for a, b in typed:
                total["role_hits"] += len(spots(a) & spots(b))
                total["role_mine"] += len(spots(a))
                total["role_gold"] += len(spots(b))
                total["modality"] += a["modality"] == b["modality"]
            print(f"# {name}: yours {len(claims)}, gold {len(gold)}, typed alike {len(typed)}", *wrong, sep="\n! ")
            mine_alone = [m for m, c in zip(made, claims, strict=True) if not any(c is a for a, _ in typed)]
            gold_alone = [g for g, c in zip(gold_lines(report), gold, strict=True) if not any(c is b for _, b in typed)]
            print(*(f"  only yours: {line}" for line in mine_alone), sep="\n")
            print(*(f"  only gold:  {line}" for line in gold_alone), sep="\n")
    if args.filled:
        print(
            f"found {f1(total['found'], total['mine'], total['gold']):.3f} "
            f"typed {f1(total['typed'], total['mine'], total['gold']):.3f} "
            f"roles {f1(total['role_hits'], total['role_mine'], total['role_gold']):.3f} "
            f"modality {total['modality'] / max(1, total['typed']):.3f} claims {total['mine']} / {total['gold']}"
        )


if __name__ == "__main__":
    main()
