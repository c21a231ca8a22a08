"""Triggers: the words that name an event, each with its type.

Every word gets a score for each event type and for none; neighbouring words of one type make one trigger. The model sees
the word, its stem, its cluster of alike words, its neighbours, and what the sentence and the headline speak of.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import cast

import numpy as np
from msgspec import Struct

from dateline.codes import EventType
from dateline.reading.clusters import clusters_of
from dateline.reading.linear import load
from dateline.reading.stems import stem
from dateline.reading.words import Sentence, Token
from dateline.record import Part
from dateline.world.labels import read_table

NONE = "none"
# Probability, 0-1, over all event types together; chosen by cross-validation on gold/train (training/plain/triggers.py),
# where typed F1 is flat between 0.20 and 0.28.
THRESHOLD = 0.22
_OPEN = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "ADV", "AUX", "NUM"})


@lru_cache(maxsize=1)
def _event_words() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Stems of the words and phrases of dateline/data/event_words.csv → the event types they may name."""
    made: dict[tuple[str, ...], list[str]] = {}
    for row in read_table("event_words"):
        for entry in row["words"].split():
            events = made.setdefault(tuple(stem(word) for word in entry.split("_")), [])
            if row["event"] not in events:
                events.append(row["event"])
    return {words: tuple(sorted(events)) for words, events in made.items()}


def _named_events(stems: Sequence[str]) -> list[list[str]]:
    """For each word, the event types that the table of event words gives it, alone ("one:") or in a phrase ("many:")."""
    table = _event_words()
    made: list[list[str]] = [[] for _ in stems]
    for i in range(len(stems)):
        for size in (1, 2, 3):
            for event in table.get(tuple(stems[i : i + size]), ()):
                for k in range(i, min(i + size, len(stems))):
                    made[k].append(f"{'one' if size == 1 else 'many'}:{event}")
    return made


class Trigger(Struct, frozen=True, kw_only=True):
    """One trigger. `first` and `last` are token positions in the sentence, both included; `score` is 0-1."""

    event: EventType
    part: Part
    sentence: int
    first: int
    last: int
    score: float


def features(sentence: Sentence, around: Sequence[Sentence], headline: frozenset[str]) -> list[list[str]]:
    """Features of each word of a sentence for its event type.

    `around` are the sentences before and after it; `headline` the stems of the headline's words.
    """
    tokens = sentence.tokens
    words = ["¶", "¶", "¶", *(t.lower for t in tokens), "¶", "¶", "¶"]
    stems = ["¶", "¶", "¶", *(stem(t.text) for t in tokens), "¶", "¶", "¶"]
    tags = ["", "", "", *(t.form or t.tag for t in tokens), "", "", ""]
    names = ["", "", "", *(t.name[2:] for t in tokens), "", "", ""]
    groups = [("", "", "")] * 3 + [clusters_of(t.text) for t in tokens] + [("", "", "")] * 3
    lexicon = [[], [], [], *_named_events(stems[3:-3]), [], [], []]
    topic = _topic(sentence)
    near = {f"near={g}" for s in around for g in _topic(s)}
    made = []
    for i in range(3, len(tokens) + 3):
        if tokens[i - 3].tag not in _OPEN and tokens[i - 3].tag:
            made.append(["closed", "w=" + words[i]])
            continue
        w, g = stems[i], groups[i]
        item = [
            "w=" + words[i], "l=" + w, "t=" + tags[i], "lt=" + w + "|" + tags[i], "g0=" + g[0], "g1=" + g[1], "g2=" + g[2],
            "g1t=" + g[1] + "|" + tags[i], "n=" + names[i], "s3=" + words[i][-3:], "s4=" + words[i][-4:],
            "l-1=" + stems[i - 1], "l1=" + stems[i + 1], "l-2=" + stems[i - 2], "l2=" + stems[i + 2], "l3=" + stems[i + 3], "l-3=" + stems[i - 3],
            "ll1=" + w + "|" + stems[i + 1], "ll-1=" + stems[i - 1] + "|" + w, "ll2=" + w + "|" + stems[i + 2], "ll-2=" + stems[i - 2] + "|" + w,
            "lll=" + stems[i - 1] + "|" + w + "|" + stems[i + 1], "t-1=" + tags[i - 1], "t1=" + tags[i + 1],
            "tt=" + tags[i - 1] + "|" + tags[i] + "|" + tags[i + 1],
            "g-1=" + groups[i - 1][1], "g+1=" + groups[i + 1][1], "gg1=" + g[1] + "|" + groups[i + 1][1], "gg-1=" + groups[i - 1][1] + "|" + g[1],
            "lg1=" + w + "|" + groups[i + 1][0], "lg-1=" + w + "|" + groups[i - 1][0], "n1=" + names[i + 1], "n-1=" + names[i - 1],
            "g0+2=" + groups[i + 2][0], "g0-2=" + groups[i - 2][0],
            "where=" + sentence.kind,
        ]  # fmt: skip
        item += (
            [f"x={e}" for e in lexicon[i]] + [f"xt={e}|{tags[i]}" for e in lexicon[i]] + ["xs=" + "|".join(lexicon[i])]
        )
        item += [f"x{d}={e}" for d in (-2, -1, 1, 2) for e in lexicon[i + d]]
        item += [f"x-in={e}|{t}" for e in lexicon[i] for t in topic]
        if lexicon[i]:
            others = _others(lexicon, i)
            item += [f"xo={o}" for o in others] + [f"lxo={w}|{o}" for o in others]
        item += [f"in={t}" for t in topic] + [f"l-in={w}|{t}" for t in topic] + sorted(near)
        if w in headline:
            item += ["headline", "lh=" + w]
        item += _governed(tokens, i - 3, w, g)
        made.append(item)
    return made


def _others(lexicon: Sequence[Sequence[str]], i: int) -> list[str]:
    """The event types named elsewhere in the sentence: who was killed in a bombing is told by the bombing."""
    named = {e.partition(":")[2] for k, events in enumerate(lexicon) if abs(k - i) > 1 for e in events if e.startswith("one")}
    return sorted(named) or ["alone"]


def _governed(tokens: Sequence[Token], i: int, word: str, group: tuple[str, ...]) -> list[str]:
    """What a verb or noun acts on: the next noun's stem and cluster, the noun before, and a preposition right after."""
    made = []
    after = next((t for t in tokens[i + 1 : i + 7] if t.tag in ("NOUN", "PROPN")), None)
    before = next((t for t in reversed(tokens[max(0, i - 6) : i]) if t.tag in ("NOUN", "PROPN")), None)
    for side, noun in (("o", after), ("s", before)):
        if noun:
            gs = clusters_of(noun.text)
            made += [f"{side}={stem(noun.text)}", f"{side}g={gs[1]}", f"{side}l={word}|{gs[0]}", f"{side}ll={word}|{stem(noun.text)}",
                     f"{side}gg={group[1]}|{gs[0]}", f"{side}n={noun.name[2:]}"]  # fmt: skip
    preposition = next((t.lower for t in tokens[i + 1 : i + 3] if t.tag == "ADP"), "")
    return [*made, "p=" + preposition, f"pl={word}|{preposition}"]


def _topic(sentence: Sentence) -> list[str]:
    """The coarse clusters of a sentence's open-class words, each once: what it speaks of."""
    return sorted({clusters_of(t.text)[0] for t in sentence.tokens if t.tag in ("NOUN", "VERB", "PROPN")} - {"-"})


def headline_stems(sentences: Sequence[Sentence]) -> frozenset[str]:
    return frozenset(
        stem(t.text) for s in sentences if s.kind == "headline" for t in s.tokens if t.tag in ("NOUN", "VERB", "PROPN", "ADJ")
    )  # fmt: skip


def all_features(sentences: Sequence[Sentence]) -> list[list[list[str]]]:
    """Features of every word of every sentence of one report."""
    headline = headline_stems(sentences)
    made = []
    for i, sentence in enumerate(sentences):
        around = [s for s in sentences[max(0, i - 1) : i + 2] if s is not sentence]
        made.append(features(sentence, around, headline))
    return made


def find_triggers(sentences: Sequence[Sentence], threshold: float = THRESHOLD) -> tuple[Trigger, ...]:
    """Every trigger of a report, in reading order."""
    model = load("triggers")
    items = all_features(sentences)
    scores = model.probabilities([item for sentence in items for item in sentence])
    made: list[Trigger] = []
    at = 0
    for sentence in sentences:
        rows = scores[at : at + len(sentence.tokens)]
        at += len(sentence.tokens)
        made += _decode(sentence, rows, model.labels, threshold)
    return tuple(made)


def _decode(
    sentence: Sentence,
    scores: "np.ndarray[tuple[int, ...], np.dtype[np.float32]]",
    labels: Sequence[str],
    threshold: float,
) -> list[Trigger]:
    """Runs of words of one type above the threshold, over at most one small word between them."""
    none = labels.index(NONE)
    some = 1.0 - scores[:, none]
    typed = scores.copy()
    typed[:, none] = -1
    best = typed.argmax(axis=1)
    made: list[Trigger] = []
    i = 0
    while i < len(sentence.tokens):
        if some[i] < threshold:
            i += 1
            continue
        last = i
        j = i + 1
        while j < len(sentence.tokens) and j - last <= 2:
            if some[j] >= threshold and best[j] == best[i]:
                last = j
            elif j == last + 1 and sentence.tokens[j].tag not in ("ADP", "PART", "DET", "PUNCT", "ADJ", "NOUN"):
                break
            j += 1
        peak = i + int(some[i : last + 1].argmax())
        made.append(Trigger(
            event=cast(EventType, labels[best[peak]]),
            part=sentence.part(sentence.tokens[i].start, sentence.tokens[last].end),
            sentence=sentence.index, first=i, last=last, score=round(float(some[peak]), 4),
        ))  # fmt: skip
        i = last + 1
    return made
