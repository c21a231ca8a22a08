"""gold/train as the reader learns it: words, triggers at their words, and the words of every part of every claim.

    python -m training.reader.examples --data ../shared --out /tmp/dateline-reader

Writes `examples.jsonl`, a report a line: `sentences` (lists of words), `kinds` (body, headline, …) and `claims`, each
with `sentence`, `tokens` (positions of the trigger's words), `event`, `modality`, `verification`, `also` (sentences)
and `parts`: role → list of [sentence, token]. And `factuality.jsonl`: sentences of MEANTIME and UDS (their training
parts) with scored events. And `attributions.jsonl`: texts of PolNeAR (train), as `sentences` and `cues`: [sentence,
token] of every word that tells that somebody said, thought or wrote something. And `labelled.jsonl`: reports of the
pool that the project labelled itself, in the form of `examples.jsonl`; and `pool.jsonl`: others for teachers to label.
"""

import argparse
import gzip
import json
import random
from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from typing import Any

from dateline.reading.layout import lay_out
from dateline.reading.sentences import split
from dateline.reading.stems import stem
from dateline.reading.words import Sentence
from dateline.record import Report
from dateline.world.labels import read_table
from training.plain.gold import GoldClaim, GoldReport, find_words, load

ROLES = ("actor", "target", "at", "from", "to", "when", "figure", "source", "cue", "hedge")
REACH = 4  # sentences: how far from the trigger a part is looked for
SMALL = frozenset({"ADP", "DET", "PART", "PUNCT", "CCONJ", "SCONJ", "PRON"})
POOL = "data/news/pool.jsonl.gz"
LABELS = Path(__file__).parents[1] / "labels/pool_claims.jsonl"
POOL_LONG = 3600  # characters of a report of the pool that teachers may label
SAMPLE = 1  # seed of which reports of the pool are chosen: the same for every seed of training
CONFLICT = 0.75  # share of them chosen for speaking of conflict
HELD = 10  # one report in this many is held out, to choose thresholds on


def wanted(fields: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(role, text) of every part of a gold claim."""
    yield from (("actor", a["text"]) for a in fields["actors"])
    yield from (("target", t["text"]) for t in fields["targets"])
    yield from ((p["role"], p["text"]) for p in fields["places"])
    if fields["time"]:
        yield "when", fields["time"]["text"]
    yield from (("figure", f["text"]) for f in fields["figures"])
    for link in fields["attribution"]:
        yield "source", link.get("source") or ""
        yield "cue", link.get("cue") or ""
    yield "hedge", fields.get("hedge") or ""


def nearest(text: str, sentence: Sentence, trigger: Sequence[int]) -> tuple[int, ...]:
    """The words of `text` in a sentence, at the occurrence nearest to the trigger's words."""
    found: list[tuple[int, ...]] = []
    taken: list[int] = []
    while True:
        tokens = find_words(text, sentence, taken)
        if not tokens or set(tokens) & set(taken):
            break
        found.append(tokens)
        taken.extend(tokens)
    if not trigger:
        return found[0] if found else ()
    return min(found, key=lambda t: min(abs(t[0] - trigger[0]), abs(t[-1] - trigger[0])), default=())


def placed(text: str, claim: GoldClaim, sentences: Sequence[Sentence]) -> list[list[int]]:
    """[sentence, token] of a part: in the trigger's sentence, else in the nearest that has it, before it first."""
    if not text:
        return []
    order = [claim.sentence]
    for away in range(1, REACH + 1):
        order += [claim.sentence - away, claim.sentence + away]
    for s in order:
        if 0 <= s < len(sentences):
            tokens = nearest(text, sentences[s], claim.tokens if s == claim.sentence else ())
            if tokens:
                return [[s, t] for t in tokens]
    return []


def as_example(report: GoldReport) -> dict[str, Any]:
    claims = []
    for claim in report.claims:
        tokens = report.sentences[claim.sentence].tokens
        kept = [i for i in claim.tokens if tokens[i].tag not in SMALL] or list(claim.tokens)
        parts: dict[str, list[list[int]]] = {}
        for role, text in wanted(claim.fields):
            parts.setdefault(role, []).extend(placed(text, claim, report.sentences))
        claims.append(
            {
                "sentence": claim.sentence,
                "tokens": kept,
                "event": claim.fields["event"],
                "modality": claim.fields["modality"],
                "verification": claim.fields.get("verification") or "not_stated",
                "also": list(claim.also),
                "parts": {role: spots for role, spots in parts.items() if spots},
            }
        )
    return {
        "id": report.id,
        "sentences": [[t.text for t in s.tokens] for s in report.sentences],
        "kinds": [s.kind for s in report.sentences],
        "claims": claims,
    }


def scored_events(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["split"] != "train" or not row["events"]:
                continue
            tokens = [t for s in split(Report(text=row["text"]), ()) for t in s.tokens]
            events = []
            for event in row["events"]:
                at = [i for i, t in enumerate(tokens) if t.start < event["end"] and event["start"] < t.end]
                if at:
                    events.append([at[0], event["score"]])
            yield {"id": row["id"], "words": [t.text for t in tokens], "events": events}


def sayings(path: Path) -> Iterator[dict[str, Any]]:
    with open(path, encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            sentences = split(Report(text=row["text"]))
            spans = [tuple(span) for one in row["attributions"] for span in one.get("anchor") or one["cue"]]
            cues = [
                [s.index, t]
                for s in sentences
                for t, token in enumerate(s.tokens)
                if any(token.start < end and start < token.end for start, end in spans)
            ]
            yield {"id": row["id"], "sentences": [[t.text for t in s.tokens] for s in sentences], "cues": cues}


def density(text: str, words: frozenset[str]) -> float:
    """Share of a text's first 400 words whose stems the table of event words names."""
    found = text.split()[:400]
    return sum(stem(w.strip('.,;:"”“’()')) in words for w in found) / (len(found) + 40)


def event_stems() -> frozenset[str]:
    return frozenset(stem(w) for row in read_table("event_words") for w in row["words"].split() if "_" not in w)


def pool(path: Path, count: int, without: frozenset[str], rng: random.Random) -> Iterator[dict[str, Any]]:
    """Reports of the pool to be labelled by a teacher: three in four for speaking of armed conflict, the rest at random
    (general news must be learned as well). Ids in `without` are left out."""
    names = event_stems()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [
            r for r in map(json.loads, lines) if r["lang"] == "en" and len(r["text"]) > 400 and r["id"] not in without
        ]
    rng.shuffle(rows)
    rows.sort(key=lambda r: -density(r["text"], names))
    chosen = round(count * CONFLICT)
    # The densest tenth is lists and law; from the next third on the reports are news of conflict.
    likely = rows[: len(rows) // 2]
    yield from rng.sample(likely, min(chosen, len(likely)))
    yield from rng.sample(rows[len(rows) // 2 :], count - chosen)


def begun(row: dict[str, Any]) -> dict[str, Any]:
    """The sentences of a report's first words, as many as teachers label of it."""
    report, left_out, _ = lay_out(Report(text=row["text"][:POOL_LONG], title=row.get("title")))
    return {"id": row["id"], "sentences": [[t.text for t in s.tokens] for s in split(report, left_out)]}


def labelled(data: Path) -> Iterator[dict[str, Any]]:
    """Reports of the pool with the project's own labels (training/labels/pool_claims.jsonl)."""
    with open(LABELS, encoding="utf-8") as lines:
        labels = {row["id"]: row for row in map(json.loads, lines)}
    for row in pool_rows(data / POOL, labels):
        label = labels[row["id"]]
        report, left_out, _ = lay_out(Report(text=row["text"], title=row.get("title")))
        sentences = split(report, left_out)[: label["sentences"]]
        yield {
            "id": row["id"],
            "sentences": [[t.text for t in s.tokens] for s in sentences],
            "kinds": [s.kind for s in sentences],
            "claims": label["claims"],
        }


def pool_rows(path: Path, ids: Container[str]) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from (row for row in map(json.loads, lines) if row["id"] in ids)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=Path("/tmp/dateline-reader"))
    parser.add_argument("--pool", type=int, default=700, help="reports of the pool for teachers to label")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    with open(args.out / "factuality.jsonl", "w", encoding="utf-8") as out:
        for name in ("meantime", "uds_ih2"):
            out.writelines(json.dumps(r) + "\n" for r in scored_events(args.data / f"data/factuality/{name}.jsonl.gz"))
    with open(args.out / "attributions.jsonl", "w", encoding="utf-8") as out:
        out.writelines(json.dumps(r) + "\n" for r in sayings(args.data / "data/attribution/polnear_train.jsonl"))
    with open(args.out / "examples.jsonl", "w", encoding="utf-8") as out:
        out.writelines(json.dumps(as_example(r)) + "\n" for r in load(args.data))
    with open(args.out / "labelled.jsonl", "w", encoding="utf-8") as out:
        mine = list(labelled(args.data))
        out.writelines(json.dumps(row) + "\n" for row in mine)
    with open(args.out / "pool.jsonl", "w", encoding="utf-8") as out:
        rows = pool(args.data / POOL, args.pool, frozenset(r["id"] for r in mine), random.Random(SAMPLE))
        out.writelines(json.dumps(begun(row)) + "\n" for row in rows)


if __name__ == "__main__":
    main()
