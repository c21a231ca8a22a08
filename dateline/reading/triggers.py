"""Triggers: the words that name an event, each with its type.

Every word gets a score for each event type and for none; neighbouring words of one type make one trigger. The model
sees the word, its stem, its cluster of alike words, its neighbours, and what the sentence and the headline speak of.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import cast

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dateline.codes import EventType
from dateline.reading.clusters import clusters_of
from dateline.reading.linear import load
from dateline.reading.party_words import ARMED_WORDS
from dateline.reading.stems import stem
from dateline.reading.words import Sentence, Token
from dateline.record import Part
from dateline.world.labels import read_table

NONE = "none"
# Probability, 0-1, over all event types together; chosen on held-out reports of gold/train
# (training/plain/heldout.py), where claim F1 is flat between 0.10 and 0.16.
THRESHOLD = 0.15
# The same for words that only repeat what another sentence claims; nothing is claimed on their strength alone.
FAINT = 0.04
MOST = 25  # triggers in one sentence; no sentence of gold/train has more
_KILLING_VERBS = frozenset(
    stem(verb) for verb in ("killed", "murdered", "massacred", "executed", "slaughtered", "slain")
)
_BE = frozenset("was were is are been being be".split())
_OPEN = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "ADV", "AUX", "NUM"})
_MAY_STAND_BETWEEN = frozenset({"ADP", "PART", "DET", "PUNCT", "ADJ", "NOUN"})

_PAD = 3  # words: how far features look to each side
_EDGE = ("¶",) * _PAD
_BLANK = ("",) * _PAD
_NO_GROUPS = (("", "", ""),) * _PAD
_NO_EVENTS: tuple[tuple[str, ...], ...] = ((),) * _PAD


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
    """For each word, the event types that the table of event words gives it: alone ("one:"), in a phrase ("many:")."""
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


class _View(Struct, frozen=True, kw_only=True):
    """A sentence as columns, one entry a word, with `_PAD` empty entries on both sides so that neighbours exist."""

    words: Sequence[str]
    stems: Sequence[str]
    tags: Sequence[str]
    names: Sequence[str]
    groups: Sequence[tuple[str, ...]]
    lexicon: Sequence[Sequence[str]]


def _view(tokens: Sequence[Token]) -> _View:
    stems = [stem(t.text) for t in tokens]
    return _View(
        words=[*_EDGE, *(t.lower for t in tokens), *_EDGE],
        stems=[*_EDGE, *stems, *_EDGE],
        tags=[*_BLANK, *(t.form or t.tag for t in tokens), *_BLANK],
        names=[*_BLANK, *(t.name[2:] for t in tokens), *_BLANK],
        groups=[*_NO_GROUPS, *(clusters_of(t.text) for t in tokens), *_NO_GROUPS],
        lexicon=[*_NO_EVENTS, *_named_events(stems), *_NO_EVENTS],
    )


def features(sentence: Sentence, around: Sequence[Sentence], headline: frozenset[str]) -> list[list[str]]:
    """Features of each word of a sentence for its event type.

    `around` are the sentences before and after it; `headline` the stems of the headline's words.
    """
    view = _view(sentence.tokens)
    topic = _topic(sentence)
    near = sorted({f"near={g}" for s in around for g in _topic(s)})
    made = []
    for at, token in enumerate(sentence.tokens):
        i = at + _PAD
        # Small words name no event; two features keep them cheap. A word with no tag yet may be anything.
        if token.tag and token.tag not in _OPEN:
            made.append(["closed", "w=" + view.words[i]])
            continue
        word = view.stems[i]
        item = [*_word_features(view, i), f"where={sentence.kind}", *_lexicon_features(view, i, topic)]
        item += [f"in={t}" for t in topic] + [f"l-in={word}|{t}" for t in topic] + near
        if word in headline:
            item += ["headline", f"lh={word}"]
        made.append(item + _governed(sentence.tokens, at, word, view.groups[i]))
    return made


def _word_features(view: _View, i: int) -> list[str]:
    """The word itself, its neighbours up to three away, and both together: as stems, tags, names and clusters.

    The names before "=" are what the weights were fitted on: a new one means fitting again.
    """
    word, tag = view.words[i], view.tags[i]
    s, t, n, g = view.stems, view.tags, view.names, view.groups
    return [
        f"w={word}", f"l={s[i]}", f"t={tag}", f"lt={s[i]}|{tag}", f"g0={g[i][0]}", f"g1={g[i][1]}", f"g2={g[i][2]}",
        f"g1t={g[i][1]}|{tag}", f"n={n[i]}", f"s3={word[-3:]}", f"s4={word[-4:]}",
        f"l-1={s[i - 1]}", f"l1={s[i + 1]}", f"l-2={s[i - 2]}", f"l2={s[i + 2]}", f"l3={s[i + 3]}", f"l-3={s[i - 3]}",
        f"ll1={s[i]}|{s[i + 1]}", f"ll-1={s[i - 1]}|{s[i]}", f"ll2={s[i]}|{s[i + 2]}", f"ll-2={s[i - 2]}|{s[i]}",
        f"lll={s[i - 1]}|{s[i]}|{s[i + 1]}", f"t-1={t[i - 1]}", f"t1={t[i + 1]}",
        f"tt={t[i - 1]}|{tag}|{t[i + 1]}",
        f"g-1={g[i - 1][1]}", f"g+1={g[i + 1][1]}", f"gg1={g[i][1]}|{g[i + 1][1]}", f"gg-1={g[i - 1][1]}|{g[i][1]}",
        f"lg1={s[i]}|{g[i + 1][0]}", f"lg-1={s[i]}|{g[i - 1][0]}", f"n1={n[i + 1]}", f"n-1={n[i - 1]}",
        f"g0+2={g[i + 2][0]}", f"g0-2={g[i - 2][0]}",
    ]  # fmt: skip


def _lexicon_features(view: _View, i: int, topic: Sequence[str]) -> list[str]:
    """What the table of event words says of a word and its neighbours, beside what the sentence speaks of."""
    events = view.lexicon[i]
    made = [f"x={e}" for e in events] + [f"xt={e}|{view.tags[i]}" for e in events] + ["xs=" + "|".join(events)]
    made += [f"x{d}={e}" for d in (-2, -1, 1, 2) for e in view.lexicon[i + d]]
    made += [f"x-in={e}|{t}" for e in events for t in topic]
    if events:
        others = _others(view.lexicon, i)
        made += [f"xo={o}" for o in others] + [f"lxo={view.stems[i]}|{o}" for o in others]
    return made


def _others(lexicon: Sequence[Sequence[str]], i: int) -> list[str]:
    """The event types named elsewhere in the sentence: who was killed in a bombing is told by the bombing."""
    elsewhere = (e for k, events in enumerate(lexicon) if abs(k - i) > 1 for e in events)
    return sorted({e.removeprefix("one:") for e in elsewhere if e.startswith("one:")}) or ["alone"]


def _governed(tokens: Sequence[Token], i: int, word: str, group: tuple[str, ...]) -> list[str]:
    """What a verb or noun acts on: the next noun's stem and cluster, the noun before, and a preposition right after."""
    made = []
    after = next((t for t in tokens[i + 1 : i + 7] if t.tag in ("NOUN", "PROPN")), None)
    before = next((t for t in reversed(tokens[max(0, i - 6) : i]) if t.tag in ("NOUN", "PROPN")), None)
    for side, noun in (("o", after), ("s", before)):
        if noun:
            gs = clusters_of(noun.text)
            made += [
                f"{side}={stem(noun.text)}",
                f"{side}g={gs[1]}",
                f"{side}l={word}|{gs[0]}",
                f"{side}ll={word}|{stem(noun.text)}",
                f"{side}gg={group[1]}|{gs[0]}",
                f"{side}n={noun.name[2:]}",
            ]
    preposition = next((t.lower for t in tokens[i + 1 : i + 3] if t.tag == "ADP"), "")
    return [*made, "p=" + preposition, f"pl={word}|{preposition}"]


def _topic(sentence: Sentence) -> list[str]:
    """The coarse clusters of a sentence's open-class words, each once: what it speaks of."""
    return sorted({clusters_of(t.text)[0] for t in sentence.tokens if t.tag in ("NOUN", "VERB", "PROPN")} - {"-"})


def headline_stems(sentences: Sequence[Sentence]) -> frozenset[str]:
    words = (t for s in sentences if s.kind == "headline" for t in s.tokens)
    return frozenset(stem(t.text) for t in words if t.tag in ("NOUN", "VERB", "PROPN", "ADJ"))


def all_features(sentences: Sequence[Sentence]) -> list[list[list[str]]]:
    """Features of every word of every sentence of one report."""
    headline = headline_stems(sentences)
    made = []
    for i, sentence in enumerate(sentences):
        around = [s for s in sentences[max(0, i - 1) : i + 2] if s is not sentence]
        made.append(features(sentence, around, headline))
    return made


def word_scores(sentences: Sequence[Sentence]) -> NDArray[np.float32]:
    """The probability of each event type, and of none, for each word of a report, sentence by sentence."""
    return load("triggers").probabilities([item for words in all_features(sentences) for item in words])


def find_triggers(
    sentences: Sequence[Sentence], scores: NDArray[np.float32] | None = None, threshold: float | None = None
) -> tuple[Trigger, ...]:
    """Every trigger of a report, in reading order. `scores` are those of `word_scores`, where they are known."""
    scores = word_scores(sentences) if scores is None else scores
    least = THRESHOLD if threshold is None else threshold
    labels = load("triggers").labels
    made: list[Trigger] = []
    at = 0
    for sentence in sentences:
        rows = scores[at : at + len(sentence.tokens)]
        at += len(sentence.tokens)
        made += [_by_hand(t, sentence) for t in _surest(_decode(sentence, rows, labels, least))]
    return tuple(made)


def _surest(found: Sequence[Trigger]) -> Sequence[Trigger]:
    """No more than MOST a sentence, so that a long run of junk costs no more than a sentence of the press."""
    least = sorted((t.score for t in found), reverse=True)[MOST - 1] if len(found) > MOST else 0.0
    return [t for t in found if t.score >= least][:MOST]


def find_faint(
    sentences: Sequence[Sentence], scores: NDArray[np.float32], clear: Sequence[Trigger]
) -> tuple[Trigger, ...]:
    """Words that would be triggers if the report had told the same thing elsewhere: they make no claim of their own."""
    taken = {(t.sentence, i) for t in clear for i in range(t.first, t.last + 1)}
    found = find_triggers(sentences, scores, FAINT)
    return tuple(t for t in found if not any((t.sentence, i) in taken for i in range(t.first, t.last + 1)))


def _by_hand(trigger: Trigger, sentence: Sentence) -> Trigger:
    """ "Rebels killed 12 people": a toll that a party right before the verb is the cause of is a killing.

    Source: record.md, "killing when people die at someone's hand and no weapon-type event is told".
    """
    verb = sentence.tokens[trigger.first]
    if trigger.event != "casualties" or verb.tag != "VERB" or stem(verb.text) not in _KILLING_VERBS:
        return trigger
    at = trigger.first - 1
    while at >= 0 and sentence.tokens[at].tag in ("AUX", "ADV", "PART"):
        at -= 1
    passive = verb.form == "VBN" and any(t.lower in _BE for t in sentence.tokens[at + 1 : trigger.first])
    if at < 0 or passive or not _is_party(sentence.tokens[at]):
        return trigger
    return msgspec.structs.replace(trigger, event="killing")


def _is_party(token: Token) -> bool:
    return token.name[2:] in ("PER", "ORG", "NORP", "LOC") or token.lower in ARMED_WORDS


def _decode(sentence: Sentence, scores: NDArray[np.float32], labels: Sequence[str], threshold: float) -> list[Trigger]:
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
        last = _run_end(sentence.tokens, some, best, i, threshold)
        peak = i + int(some[i : last + 1].argmax())
        trigger = Trigger(
            event=cast(EventType, labels[best[peak]]),
            part=sentence.part(sentence.tokens[i].start, sentence.tokens[last].end),
            sentence=sentence.index,
            first=i,
            last=last,
            score=round(float(some[peak]), 4),
        )
        made.append(trigger)
        i = last + 1
    return made


def _run_end(
    tokens: Sequence[Token], some: NDArray[np.float32], best: NDArray[np.intp], first: int, threshold: float
) -> int:
    """The last word of the run that opens at `first`; one small word may stand inside it ("took full control")."""
    last, j = first, first + 1
    while j < len(tokens) and j - last <= 2:
        if some[j] >= threshold and best[j] == best[first]:
            last = j
        elif tokens[j].tag not in _MAY_STAND_BETWEEN:
            break
        j += 1
    return last
