"""How surely a candidate is an attribution: a sum of weights (`data/cue_weights.csv`), read as a score from 0 to 1.

The weights are fitted by training/status/fit_cues.py.
"""

from collections.abc import Sequence
from functools import cache
from math import exp

from msgspec.structs import replace

from dateline.reading.clauses import (
    BE,
    CLAUSE,
    DETERMINERS,
    HAVE,
    MARKS,
    MODAL,
    NOT,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    STOPS,
    TIME,
    View,
)
from dateline.reading.constructions import Candidate, cues
from dateline.world.labels import read_table


@cache
def weights() -> dict[str, float]:
    """Weight of each feature of a candidate, "bias" among them."""
    return {row["feature"]: float(row["weight"]) for row in read_table("cue_weights")}


# What the reader's log odds count beside the table's, and where both together begin: fitted by
# training/status/fit_seen.py on texts of PolNeAR's train part that the reader did not learn from; the mean of what
# it gives for the two readers.
TABLE, SEEN, START = 0.70, 0.38, -0.21


def scored(found: Candidate, view: View, seen: Sequence[float] | None = None) -> Candidate:
    """The candidate with its features and its score, 0-1; `seen` as `attribution.candidates` has it."""
    features = _features(found, view)
    table = weights()
    total = sum(table.get(name, 0.0) * value for name, value in features.items())
    if seen:
        total = TABLE * total + SEEN * max(seen[found.cue[0] : found.cue[1]]) + START
    score = 1 / (1 + exp(-max(-30.0, min(30.0, total))))
    # PolNeAR marks none of "quoted by X", "citing X": the construction is evidence enough.
    sure = found.construction in ("quoted", "claimed") or _hedged_passive(found, view) or _closing(found, view)
    return replace(found, features=features, score=max(score, 0.6) if sure else score)


def _closing(found: Candidate, view: View) -> bool:
    """As in "C, reported X." at the end of a sentence, X a name: agency style, rare in newspapers."""
    if found.construction != "inverted" or found.source is None or found.source[1] < view.end:
        return False
    return view.named(found.source[0]) and view.word(found.head) in ("reported", "reports", "according", "said", "says")


def _hedged_passive(found: Candidate, view: View) -> bool:
    """As in "Is believed to", "are thought to": marked there only where a source is named."""
    cue = cues().get(view.word(found.head))
    return found.construction == "passive" and cue is not None and cue.hedges and view.word(found.cue[1] - 1) == "to"


def _features(found: Candidate, view: View) -> dict[str, float]:
    """What the score looks at; each name can be read in `data/cue_weights.csv`."""
    at, made = found.head, {"bias": 1.0}
    word, after, before = view.word(at), view.word(at + 1), view.word(at - 1)
    cue = cues().get(word)
    odds = cue.odds if cue else 3.0
    made["odds"] = odds
    made[f"construction={found.construction}"] = 1.0
    made[f"construction={found.construction}:odds"] = odds
    made[f"tag={view.tokens[at].tag}"] = 1.0
    made[f"tag={view.tokens[at].tag}:odds"] = odds
    made[f"tag+1={view.tokens[at + 1].tag if at + 1 < len(view.tokens) else ''}"] = 1.0
    made[f"after={_word_class(view, at + 1)}"] = 1.0
    made[f"before={_word_class(view, at - 1)}"] = 1.0
    if found.source is None:
        made["source=none"] = 1.0
    else:
        first = view.low[found.source[0]]
        length = found.source[1] - found.source[0]
        made[f"source={_word_class(view, found.source[0])}"] = 1.0
        made["source:long"] = float(length > 8)
        made["source:there"] = float(first in ("there", "it", "this", "that", "which"))
        made["source:you"] = float(first in ("you", "we", "i"))
        made["source:gap"] = float(min(6, max(0, at - found.source[1])) if found.source[1] <= at else 0)
    made["inside"] = float(view.inside[at])
    made["inside:odds"] = odds * view.inside[at]
    made["headline"] = float(view.sentence.kind == "headline")
    made["ing"] = float(word.endswith("ing"))
    made["ed"] = float(word.endswith("ed"))
    made["named"] = float(view.named(at) and at > 0)
    made["infinitive"] = float(before == "to")
    made["modal"] = float(before in MODAL)
    made["negated"] = float(before in NOT)
    ends = found.source is not None and found.source[0] > at and found.source[1] >= view.end
    made["inverted:ends"] = float(found.construction == "inverted" and ends)
    made["content:quoted"] = float(any(view.inside[a] for a, _ in found.content))
    made["content:short"] = float(sum(b - a for a, b in found.content) < 3)
    made["that"] = float("that" in view.low[at + 1 : at + 5])
    made["that:odds"] = odds * made["that"]
    made["to:odds"] = odds * (after == "to")
    return made


def _word_class(view: View, at: int) -> str:
    word = view.word(at)
    if not word:
        return "edge"
    for name, members in WORD_CLASSES:
        if word in members:
            return name
    if view.named(at):
        return "name"
    return "ly" if word.endswith("ly") else "s" if word.endswith("s") else "other"


WORD_CLASSES: tuple[tuple[str, frozenset[str]], ...] = (
    ("that", frozenset({"that"})), ("to", frozenset({"to"})), ("mark", MARKS), ("comma", frozenset({","})),
    ("colon", frozenset({":"})), ("stop", STOPS), ("pronoun", PRONOUNS | {"him", "her", "them", "us", "me"}),
    ("possessive", POSSESSIVES), ("determiner", DETERMINERS), ("by", frozenset({"by"})), ("of", frozenset({"of"})),
    ("about", frozenset({"about", "on"})), ("for", frozenset({"for", "against"})), ("preposition", PREPOSITIONS),
    ("be", BE), ("have", HAVE), ("modal", MODAL), ("not", NOT), ("time", TIME), ("and", frozenset({"and", "but"})),
    ("clause", CLAUSE),
)  # fmt: skip
