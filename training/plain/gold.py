"""gold/train as the stages see it: each claim at its sentence, its trigger and its parts at their words."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.reading.layout import lay_out
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.reading.words import Sentence
from dateline.record import Report

_STOP = frozenset("the a an of in and for to on by at from with its their his her some al el mr mrs ms s".split())


@dataclass(frozen=True)
class GoldClaim:
    """A gold claim at sentence `sentence`; `tokens` are the positions of its trigger's words there."""

    fields: dict[str, Any]
    sentence: int
    tokens: tuple[int, ...]
    also: tuple[int, ...]


@dataclass(frozen=True)
class GoldReport:
    id: str
    row: dict[str, Any]
    report: Report
    sentences: tuple[Sentence, ...]
    claims: tuple[GoldClaim, ...]


def words(text: str | None) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", (text or "").casefold())) - _STOP


def alike(a: frozenset[str], b: frozenset[str]) -> float:
    """How far two sentences share their words; the scorer's own rule calls 0.5 the same."""
    if not a or not b:
        return 0.0
    shared = len(a & b)
    return max(shared / len(a | b), 0.99 * shared / min(len(a), len(b)) - 0.3)


def locate(quote: str, sentences: Sequence[Sentence], bags: Sequence[frozenset[str]]) -> int | None:
    bag = words(quote)
    scores = [alike(bag, other) for other in bags]
    best = max(range(len(scores)), key=scores.__getitem__, default=None)
    return best if best is not None and scores[best] >= 0.5 else None


def find_words(text: str, sentence: Sentence, taken: Sequence[int] = ()) -> tuple[int, ...]:
    """Positions of the tokens that `text` covers in a sentence, preferring a place whose words are not taken."""
    at, fallback = sentence.text.find(text), ()
    while text and at >= 0:
        start, end = sentence.span.start + at, sentence.span.start + at + len(text)
        found = tuple(i for i, t in enumerate(sentence.tokens) if t.start < end and start < t.end)
        if found and not set(found) & set(taken):
            return found
        fallback = fallback or found
        at = sentence.text.find(text, at + 1)
    return fallback


def load(data: Path, name: str = "train") -> list[GoldReport]:
    """The reports of gold/<name>, laid out, split and tagged as `read` does it, with their claims in place."""
    with open(data / f"gold/{name}.jsonl", encoding="utf-8") as lines:
        gold = {row["id"]: row for row in map(json.loads, lines)}
    made = []
    with open(data / f"gold/{name}_reports.jsonl", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            report, left_out, _ = lay_out(Report(text=row["text"], title=row.get("title")))
            sentences = tag(split(report, left_out))
            bags = [words(s.text) for s in sentences]
            claims, taken = [], {}
            for fields in gold[row["id"]]["claims"]:
                at = locate(fields["quote"], sentences, bags)
                if at is None:
                    continue
                used = taken.setdefault(at, [])
                tokens = find_words(fields.get("trigger") or "", sentences[at], used)
                used.extend(tokens)
                also = tuple(i for i in (locate(q, sentences, bags) for q in fields.get("also") or []) if i is not None)
                claims.append(GoldClaim(fields, at, tokens, also))
            made.append(GoldReport(row["id"], gold[row["id"]], report, sentences, tuple(claims)))
    return made
