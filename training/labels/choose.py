"""Which reports of the pool are labelled: of each source a number, in an order mixed over all of them.

    python -m training.labels.choose --data ../shared --to FOLDER [--times 3]

Of the reports of a source that speak of conflict most densely, those are taken in which the reader that ships finds at
least FEW claims or one of a rare kind, and one in ten in which it finds fewer: it must not choose only what it knows.
No report that shares a sentence of eight words or more with any set of gold/ is taken. Writes `sheets/NNNN.txt`
(numbered sentences, to be labelled) and `chosen.jsonl` (number, id); what stands there already is kept, and more added.
"""

import argparse
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dateline.reading import pipeline
from dateline.reading.sentences import split
from dateline.record import Report
from training.labels.sheet import sentences_of, show
from training.reader.examples import density, event_stems

# How many of each source; names are the beginnings of the pool's source names.
SHARES = {
    "guardian": 90, "cnnlite": 150, "muc34": 120, "nyt-mic": 70, "wikinews": 70, "insightcrime": 70, "ukraine2022": 110,
    "bbc2004": 60, "sapa-za": 30, "toi-gujarat": 30, "reuters21578": 30, "d4d": 30, "polnear": 40,
}  # fmt: skip
FEW = 4  # claims
RARE = frozenset({
    "aid", "organisation", "need", "protest", "sanction", "chemical_attack", "surrender", "siege", "abuse", "threat",
    "denied", "called_for", "possible",
})  # fmt: skip
LONG = 8  # words: a shared sentence of this many marks a copy


def long_sentences(text: str) -> Iterator[str]:
    for sentence in split(Report(text=text), ()):
        words = [t.lower for t in sentence.tokens if t.text[0].isalnum()]
        if len(words) >= LONG:
            yield " ".join(words)


def measured(data: Path) -> frozenset[str]:
    """Long sentences of every set of gold/, training reports among them: those are labelled already."""
    texts = [(data / "gold/seed.txt").read_text(encoding="utf-8")]
    for name in ("dev", "train"):
        with open(data / f"gold/{name}_reports.jsonl", encoding="utf-8") as lines:
            texts += [json.loads(line)["text"] for line in lines]
    return frozenset(s for text in texts for s in long_sentences(text))


def telling(row: dict[str, Any]) -> bool:
    """Whether the reader that ships finds enough in the part that would be labelled, or something rare."""
    text = row["text"][: sentences_of(row)[-1].span.end]
    claims = pipeline.read(Report(text=text, title=row.get("title")), id=row["id"]).claims
    return len(claims) >= FEW or any(c.event in RARE or c.modality in RARE for c in claims)


def choose(data: Path, times: int, before: frozenset[str], rng: random.Random) -> list[dict[str, Any]]:
    """Rows of the pool, those whose ids stand in `before` left out; `times` multiplies SHARES."""
    names = event_stems()
    known = measured(data)
    by_source: dict[str, list[dict[str, Any]]] = {}
    with gzip.open(data / "data/news/pool.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            source = next((s for s in SHARES if row["source"].startswith(s)), None)
            if source and row["lang"] == "en" and len(row["text"]) > 500 and row["id"] not in before:
                by_source.setdefault(source, []).append(row)
    taken: list[tuple[float, dict[str, Any]]] = []
    for source, share in SHARES.items():
        count = share * times
        rows = by_source.get(source, [])
        rng.shuffle(rows)
        rows.sort(key=lambda r: -density(r["text"], names))
        likely = rows[: max(round(count * 2.2), len(rows) // 4)]
        rng.shuffle(likely)
        full, thin = 0, 0
        for row in likely:
            if full + thin == count:
                break
            own = frozenset(long_sentences(row["text"]))
            if own & known:
                continue
            rich = telling(row)
            if not rich and thin >= count // 10:
                continue
            full, thin = full + rich, thin + (not rich)
            known |= own
            taken.append(((full + thin) / count + rng.random() * 0.05, row))
        print(source, full, thin, flush=True)
    return [row for _, row in sorted(taken, key=lambda t: t[0])]


def write_sheets(rows: Sequence[dict[str, Any]], folder: Path, start: int) -> None:
    (folder / "sheets").mkdir(parents=True, exist_ok=True)
    with open(folder / "chosen.jsonl", "a", encoding="utf-8") as out:
        for number, row in enumerate(rows, start):
            name = f"{number:04}"
            out.write(json.dumps({"number": name, "id": row["id"]}) + "\n")
            text = show(name, row, sentences_of(row))
            (folder / "sheets" / f"{name}.txt").write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--times", type=int, default=1, help="that many times the share of each source")
    args = parser.parse_args()
    before: list[str] = []
    if (args.to / "chosen.jsonl").exists():
        with open(args.to / "chosen.jsonl", encoding="utf-8") as lines:
            before = [json.loads(line)["id"] for line in lines]
    rows = choose(args.data, args.times, frozenset(before), random.Random(7 + len(before)))
    write_sheets(rows, args.to, len(before))


if __name__ == "__main__":
    main()
