"""The annotated training reports, as sentences with the gold claims whose trigger is found in them."""

import json
import re
from collections.abc import Iterator
from typing import Any

from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.reading.words import Sentence
from dateline.record import Part, Report

STOP = frozenset("the a an of in and for to on by at from with its their his her some al el mr mrs ms s".split())

Item = tuple[dict[str, Any], Sentence, Part]


def claims(gold: str, reports: str) -> Iterator[tuple[tuple[Sentence, ...], list[Item]]]:
    """For each report: its sentences, and (gold claim, sentence, trigger) for every claim that was found again."""
    texts = {row["id"]: row for row in _rows(reports)}
    for row in _rows(gold):
        report = texts.get(row["id"])
        if report is None:
            continue
        sentences = tag(split(Report(text=report["text"], title=report.get("title"))))
        items = [item for claim in row["claims"] if (item := _placed(claim, sentences))]
        yield sentences, items


def _rows(path: str) -> list[dict[str, Any]]:
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _placed(claim: dict[str, Any], sentences: tuple[Sentence, ...]) -> Item | None:
    quote = _plain(claim["quote"])
    for sentence in sentences:
        text = _plain(sentence.text)
        if text == quote or quote in text or (len(text) > 30 and text in quote):
            found = re.search(r"\s+".join(map(re.escape, claim["trigger"].split())), sentence.text)
            if found:
                at = sentence.span.start
                return claim, sentence, sentence.part(at + found.start(), at + found.end())
    return None


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def same_source(gold: dict[str, Any], guess: dict[str, Any]) -> bool:
    """Whether two sources share a content word, or neither is named."""
    left, right = _words(gold), _words(guess)
    return bool(left & right) if left and right else left == right


def _words(link: dict[str, Any]) -> set[str]:
    source = link.get("source")
    text = (
        source if isinstance(source, str) else " ".join(filter(None, ((source or {}).get(k) for k in ("text", "name"))))
    )
    return set(re.findall(r"\w+", text.casefold())) - STOP
