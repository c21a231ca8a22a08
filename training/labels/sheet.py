"""Sheets: a report as numbered sentences to label, and the lines that label it.

A line is a claim: `SENTENCE | EVENT | TRIGGER | key=value; value | …`. Keys: actor, target, at, from, to, when, figure,
source, cue, hedge (each verbatim from the report, of the claim's sentence or one at most four away), modality (actual
where absent), verification (not_stated where absent), also (numbers of sentences). A block of lines begins with
`# ID`; a report without claims has no lines under it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from dateline import codes
from dateline.reading.layout import lay_out
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.reading.words import Sentence
from dateline.record import Report
from training.plain.gold import GoldClaim, find_words
from training.reader.examples import REACH, ROLES, SMALL, placed

MOST_WORDS = 290  # of a report, from its beginning: about what gold/train holds of one
KEYS = frozenset({*ROLES, "modality", "verification", "also"})


class SheetError(ValueError):
    """A line that can't be read: where, what, and what to do."""


@dataclass
class Line:
    """One labelled claim as written."""

    sentence: int
    event: str
    trigger: str
    parts: dict[str, list[str]] = field(default_factory=dict)
    modality: str = "actual"
    verification: str = "not_stated"
    also: tuple[int, ...] = ()

    def __str__(self) -> str:
        cells = [str(self.sentence), self.event, self.trigger]
        cells += [f"{role}={'; '.join(self.parts[role])}" for role in ROLES if self.parts.get(role)]
        if self.modality != "actual":
            cells.append(f"modality={self.modality}")
        if self.verification != "not_stated":
            cells.append(f"verification={self.verification}")
        if self.also:
            cells.append(f"also={'; '.join(map(str, self.also))}")
        return " | ".join(cells)


def sentences_of(row: dict[str, Any]) -> tuple[Sentence, ...]:
    """The sentences of a report's beginning, as the reader sees them."""
    report, left_out, _ = lay_out(Report(text=row["text"], title=row.get("title")))
    kept: list[Sentence] = []
    count = 0
    for sentence in tag(split(report, left_out)):
        count += len(sentence.tokens)
        if kept and count > MOST_WORDS * 1.15:
            break
        kept.append(sentence)
    return tuple(kept)


def show(name: str, row: dict[str, Any], sentences: Sequence[Sentence]) -> str:
    head = [f"# {name}   published {row.get('published') or 'unknown'}   {row.get('title') or ''}".rstrip()]
    return "\n".join([*head, *(f"[{s.index}] {' '.join(s.text.split())}" for s in sentences)]) + "\n"


def parse(text: str) -> Line:
    cells = [cell.strip() for cell in text.split("|")]
    if len(cells) < 3 or not cells[0].isdigit():
        raise SheetError("a line is SENTENCE | EVENT | TRIGGER | key=value …")
    line = Line(int(cells[0]), cells[1], cells[2])
    if line.event not in codes.EVENTS:
        raise SheetError(f"there is no event {line.event!r}")
    for cell in cells[3:]:
        key, equals, rest = cell.partition("=")
        key, values = key.strip(), [v.strip() for v in rest.split(";") if v.strip()]
        if not equals or key not in KEYS:
            raise SheetError(f"{cell!r} is no key=value; keys are {', '.join(sorted(KEYS))}")
        if key == "also":
            line.also = tuple(int(v) for v in values)
        elif key == "modality":
            line.modality = values[0]
        elif key == "verification":
            line.verification = values[0]
        else:
            line.parts.setdefault(key, []).extend(values)
    if line.modality not in codes.MODALITIES:
        raise SheetError(f"there is no modality {line.modality!r}")
    if line.verification not in codes.VERIFICATIONS:
        raise SheetError(f"there is no verification {line.verification!r}")
    return line


def blocks(lines: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """(report's name, its lines) of a filled sheet; numbered sentences copied into it are passed over."""
    name, held = "", []
    for raw in lines:
        text = raw.strip()
        if text.startswith("#"):
            if name:
                yield name, held
            name, held = text[1:].split()[0], []
        elif text and not text.startswith("["):
            held.append(text)
    if name:
        yield name, held


def as_written(text: str, at: int, sentences: Sequence[Sentence]) -> str:
    """`text` with the blanks and line breaks it has in the report, near sentence `at`."""
    pattern = re.compile(r"\s+".join(map(re.escape, text.split())))
    order = [at, *(at + side * away for away in range(1, REACH + 1) for side in (-1, 1))]
    found = (pattern.search(sentences[s].text) for s in order if 0 <= s < len(sentences))
    return next((f.group() for f in found if f), text)


def settle(line: Line, sentences: Sequence[Sentence], taken: dict[int, list[int]]) -> dict[str, Any]:
    """A line as an example's claim (training/reader/examples.py): everything by sentence and token."""
    if line.sentence >= len(sentences):
        raise SheetError(f"there is no sentence {line.sentence}")
    used = taken.setdefault(line.sentence, [])
    trigger = as_written(line.trigger, line.sentence, sentences)
    tokens = find_words(trigger, sentences[line.sentence], used)
    if not tokens:
        raise SheetError(f"trigger {line.trigger!r} does not stand in sentence {line.sentence}")
    used.extend(tokens)
    words = sentences[line.sentence].tokens
    claim = GoldClaim({}, line.sentence, tokens, line.also)
    parts: dict[str, list[list[int]]] = {}
    for role, texts in line.parts.items():
        for text in texts:
            spots = placed(as_written(text, line.sentence, sentences), claim, sentences)
            if not spots:
                raise SheetError(f"{role} {text!r} stands in no sentence near {line.sentence}")
            parts.setdefault(role, []).extend(spots)
    return {
        "sentence": line.sentence,
        "tokens": [i for i in tokens if words[i].tag not in SMALL] or list(tokens),
        "event": line.event,
        "modality": line.modality,
        "verification": line.verification,
        "also": [s for s in line.also if s < len(sentences)],
        "parts": parts,
    }
