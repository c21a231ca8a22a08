"""Fit the role models (parties, places, times, figures) on gold/train; `--folds` measures them on held-out reports first.

python -m training.plain.roles --data ../shared [--folds]
"""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from dateline.reading.actors import Parties, find_actors
from dateline.reading.figures import find_figures
from dateline.reading.linear import Linear
from dateline.reading.places import find_places
from dateline.reading.roles import ROLES, Candidate, Kind, candidates, pair_features, pairs
from dateline.reading.times import find_times
from dateline.reading.triggers import Trigger
from dateline.record import Figure, Period, Place
from training.plain.gold import GoldClaim, GoldReport, load, words
from training.plain.linear_fit import fit, hashed, save

BITS = 17
SETTINGS = {"epochs": 6, "rate": 0.03, "dropped": 0.0, "least": 1}  # chosen by --folds
Example = tuple[list[str], int]


class Read:
    """What the stages before make of a report, with its gold claims as triggers."""

    def __init__(self, gold: GoldReport) -> None:
        self.gold = gold
        published = gold.row.get("published")
        self.parties: Parties = find_actors(gold.sentences)
        self.places: tuple[Place, ...] = find_places(gold.sentences, dateline=gold.report.dateline)[0]
        self.times: tuple[Period, ...] = find_times(
            gold.sentences, published=date.fromisoformat(published) if published else None
        )[0]
        self.figures: tuple[Figure, ...] = find_figures(gold.sentences)[0]
        self.held = candidates(gold.sentences, self.parties.phrases, self.places, self.times, self.figures)
        self.claims = [c for c in gold.claims if c.tokens]
        self.triggers = [as_trigger(c, gold) for c in self.claims]

    def text(self, candidate: Candidate) -> str:
        parts: dict[Kind, Sequence[Any]] = {
            "party": self.parties.phrases, "place": self.places, "time": self.times, "figure": self.figures}  # fmt: skip
        thing = parts[candidate.kind][candidate.thing]
        return str(thing.part.text if candidate.kind == "party" else thing.text)


def as_trigger(claim: GoldClaim, gold: GoldReport) -> Trigger:
    sentence = gold.sentences[claim.sentence]
    first, last = min(claim.tokens), max(claim.tokens)
    part = sentence.part(sentence.tokens[first].start, sentence.tokens[last].end)
    return Trigger(event=claim.fields["event"], part=part, sentence=claim.sentence, first=first, last=last, score=1.0)


def fits(text: str, wanted: str) -> float:
    """How well a candidate's words cover a gold text, 0-1."""
    a, b = words(text), words(wanted)
    if not a or not b:
        return float(text.casefold() == wanted.casefold())
    return len(a & b) / len(a | b)


def marked(read: Read, i: int, kind: Kind, found: Sequence[Candidate]) -> dict[int, str]:
    """Position in `found` → role, for the gold parts of claim `i`."""
    claim, trigger = read.claims[i].fields, read.triggers[i]
    wanted: list[tuple[str, str]] = []
    if kind == "party":
        wanted = [(a["text"], "actor") for a in claim["actors"]] + [(t["text"], "target") for t in claim["targets"]]
    elif kind == "place":
        wanted = [(p["text"], p["role"]) for p in claim["places"]]
    elif kind == "time" and claim["time"]:
        wanted = [(claim["time"]["text"], "when")]
    elif kind == "figure":
        wanted = [(f["text"], "counts") for f in claim["figures"]]
    made: dict[int, str] = {}
    for text, role in wanted:

        def rank(k: int, text: str = text) -> tuple[float, bool, int]:
            c = found[k]
            same = c.sentence == trigger.sentence
            return (round(fits(read.text(c), text or ""), 2), same, -abs(c.head - trigger.first))

        open_ones = [k for k in range(len(found)) if k not in made]
        best = max(open_ones, key=rank, default=None)
        if best is not None and rank(best)[0] >= 0.3:
            made[best] = role
    return made


def examples(read: Read, kind: Kind) -> list[Example]:
    index = {role: i for i, role in enumerate(ROLES[kind])}
    made: list[Example] = []
    for i, trigger in enumerate(read.triggers):
        found = pairs(trigger, read.gold.sentences, read.held, kind)
        gold = marked(read, i, kind, found)
        own = any(found[k].sentence == trigger.sentence for k in gold)
        for k, candidate in enumerate(found):
            if candidate.sentence != trigger.sentence and own:
                continue
            item = pair_features(trigger, candidate, read.gold.sentences, read.held, read.triggers)
            made.append((item, index[gold.get(k, "none")]))
    return made


def train(reads: Sequence[list[Example]], kind: Kind, *, epochs: int, rate: float, dropped: float, least: int) -> Linear:
    flat = [example for rows in reads for example in rows]
    return fit(hashed([item for item, _ in flat], BITS), [label for _, label in flat], ROLES[kind], bits=BITS, epochs=epochs,
               rate=rate, batch=256, dropped=dropped, least=least)  # fmt: skip


def measure(model: Linear, held: Sequence[list[Example]], threshold: float) -> str:
    flat = [example for rows in held for example in rows]
    scores = model.probabilities([item for item, _ in flat])
    made = []
    for column, role in enumerate(model.labels[1:], 1):
        hits = wrong = missed = 0
        for row, (_, gold) in zip(scores, flat, strict=True):
            guess = 1 + int(row[1:].argmax()) if 1 - row[0] >= threshold else 0
            hits += guess == column == gold
            wrong += guess == column != gold
            missed += guess != column == gold
        made.append(
            f"{role} P {hits / max(1, hits + wrong):.3f} R {hits / max(1, hits + missed):.3f} F1 {2 * hits / max(1, 2 * hits + wrong + missed):.3f}"
        )
    return "  ".join(made)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--folds", action="store_true")
    parser.add_argument("--kinds", default="party,place,time,figure")
    args = parser.parse_args()
    reads = [Read(report) for report in load(args.data)]
    for kind in args.kinds.split(","):
        rows = [examples(read, kind) for read in reads]
        if args.folds:
            model = train([r for i, r in enumerate(rows) if i % 4], kind, **SETTINGS)
            held = [r for i, r in enumerate(rows) if not i % 4]
            for threshold in (0.3, 0.4, 0.5):
                print(kind, threshold, measure(model, held, threshold), flush=True)
            continue
        save(train(rows, kind, **SETTINGS), f"roles_{kind}", {
            "title": f"Roles of a claim's parts: {kind}", "task": f"trigger and {kind} -> {', '.join(ROLES[kind])}",
            "licence": "Apache-2.0", "trained_by": "python -m training.plain.roles", "trained_on": f"{len(reads)} reports of gold/train",
            "scores": "see benchmarks/floors.json", "limits": "one sentence and the one before; no syntax",
        })  # fmt: skip


if __name__ == "__main__":
    main()
