"""Fit the role models (parties, places, times, figures) on gold/train; `--folds` measures them on held-out reports.

python -m training.plain.roles --data ../shared [--folds]
"""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TypedDict

from dateline.reading.actors import Parties, find_actors
from dateline.reading.datelines import dateline_span
from dateline.reading.figures import find_figures
from dateline.reading.linear import Linear
from dateline.reading.places import find_places
from dateline.reading.roles import ROLES, Candidate, Kind, candidates, pair_features, pairs
from dateline.reading.times import find_times
from dateline.reading.triggers import Trigger
from dateline.record import Figure, Part, Period, Place
from training.plain.gold import GoldClaim, GoldReport, load, words
from training.plain.linear_fit import fit, hashed, save

BITS = 17
LEAST_FIT = 0.3  # 0-1: a candidate that covers less of a gold text than this is another thing
Example = tuple[list[str], int]


class Settings(TypedDict):
    epochs: int
    rate: float
    dropped: float
    least: int


SETTINGS: Settings = {"epochs": 6, "rate": 0.03, "dropped": 0.0, "least": 1}  # chosen by --folds


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
        self.held = candidates(
            gold.sentences, self.parties, self.places, self.times, self.figures, dateline_span(gold.report)
        )
        self.claims = [c for c in gold.claims if c.tokens]
        self.triggers = [as_trigger(c, gold) for c in self.claims]

    def text(self, candidate: Candidate) -> str:
        if candidate.kind == "party":
            return self.parties.phrases[candidate.thing].part.text
        parts: dict[str, Sequence[Part]] = {"place": self.places, "time": self.times, "figure": self.figures}
        return parts[candidate.kind][candidate.thing].text


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


def gold_parts(claim: GoldClaim, kind: Kind) -> list[tuple[str, str]]:
    """The gold parts of one kind: text and role."""
    fields = claim.fields
    if kind == "party":
        actors = [(a["text"], "actor") for a in fields["actors"]]
        return actors + [(t["text"], "target") for t in fields["targets"]]
    if kind == "place":
        return [(p["text"], p["role"]) for p in fields["places"]]
    if kind == "figure":
        return [(f["text"], "counts") for f in fields["figures"]]
    return [(fields["time"]["text"], "when")] if fields["time"] else []


def marked(read: Read, i: int, kind: Kind, found: Sequence[Candidate]) -> dict[int, str]:
    """Position in `found` → role, for the gold parts of claim `i`."""
    made: dict[int, str] = {}
    for text, role in gold_parts(read.claims[i], kind):
        close = {
            k: closeness(read, candidate, text or "", read.triggers[i])
            for k, candidate in enumerate(found)
            if k not in made
        }
        best = max(close, key=close.__getitem__, default=None)
        if best is not None and close[best][0] >= LEAST_FIT:
            made[best] = role
    return made


def closeness(read: Read, candidate: Candidate, text: str, trigger: Trigger) -> tuple[float, bool, int]:
    """How well a candidate meets a gold text; of equal ones that in the trigger's sentence, then the nearest."""
    same = candidate.sentence == trigger.sentence
    return (round(fits(read.text(candidate), text), 2), same, -abs(candidate.head - trigger.first))


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


def train(
    reads: Sequence[list[Example]], kind: Kind, *, epochs: int, rate: float, dropped: float, least: int
) -> Linear:
    flat = [example for rows in reads for example in rows]
    return fit(
        hashed([item for item, _ in flat], BITS),
        [label for _, label in flat],
        ROLES[kind],
        bits=BITS,
        epochs=epochs,
        rate=rate,
        batch=256,
        dropped=dropped,
        least=least,
    )


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
        precision, recall = hits / max(1, hits + wrong), hits / max(1, hits + missed)
        f1 = 2 * hits / max(1, 2 * hits + wrong + missed)
        made.append(f"{role} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
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
        card = {
            "title": f"Roles of a claim's parts: {kind}",
            "task": f"trigger and {kind} -> {', '.join(ROLES[kind])}",
            "licence": "Apache-2.0",
            "trained_by": "python -m training.plain.roles",
            "trained_on": f"{len(reads)} reports of gold/train",
            "scores": "see benchmarks/floors.json",
            "limits": "one sentence and the one before; no syntax",
        }
        save(train(rows, kind, **SETTINGS), f"roles_{kind}", card)


if __name__ == "__main__":
    main()
