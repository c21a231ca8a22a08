"""How likely a claim is one that a coder would make too: what is unlikely is left out, the rest has it as its score.

The reader's own score says that a word names an event; whether that event is a claim of its own depends on what stands
beside it: a surer trigger in the same sentence, the same event told before, figures and parties of its own. A small
logistic model, fitted by training/reader/weigh.py on held-out reports, turns these into one probability.
"""

from collections.abc import Mapping, Sequence
from math import exp, log

import msgspec
from msgspec import Struct

from dateline.record import Claim

_WEAPON = frozenset({"attack", "air_strike", "shelling", "bombing", "battle", "chemical_attack"})
_KNOWN = frozenset("the this that these those such".split())
NEXT_TO = 25  # characters: triggers nearer than this stand in one phrase
LEAD = 25  # characters before a trigger in which an article is looked for


class Weights(Struct, frozen=True):
    """Weight of each feature, and the probability, 0-1, below which a claim is left out."""

    features: dict[str, float]
    keep: float


def weighed(claims: Sequence[Claim], text: str, title: str | None, weights: Weights) -> tuple[Claim, ...]:
    """The claims that are likely enough, each with its probability as its score."""
    made = []
    for claim in claims:
        score = probability(features(claim, claims, (title or "") if claim.trigger.where == "title" else text), weights)
        if score >= weights.keep:
            made.append(msgspec.structs.replace(claim, score=round(score, 4)))
    return tuple(made)


def probability(given: Mapping[str, float], weights: Weights) -> float:
    total = sum(weights.features.get(name, 0.0) * value for name, value in given.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def features(claim: Claim, claims: Sequence[Claim], text: str) -> dict[str, float]:
    """What the probability looks at. `claims` are all of the report's; `text` is what the claim's spans count."""
    score = min(max(claim.score, 0.01), 0.995)
    at = claim.trigger.span.start
    others = [c for c in claims if c is not claim and c.trigger.where == claim.trigger.where]
    beside = [c for c in others if c.quote.span == claim.quote.span]
    before = [c for c in others if c.trigger.span.start < at]
    near = [c for c in beside if abs(c.trigger.span.start - at) < NEXT_TO]
    lead = text[max(0, at - LEAD) : at].lower().split()[-3:]
    bare = not (claim.actors or claim.targets or claim.places or claim.figures or claim.time)
    return {
        "bias": 1.0,
        "reader": log(score / (1 - score)),
        "beside": float(min(len(beside), 4)),
        "beside:surer": float(min(sum(c.score > claim.score for c in beside), 4)),
        "beside:same": float(any(c.event == claim.event for c in beside)),
        "beside:same:surer": float(any(c.event == claim.event and c.score > claim.score for c in beside)),
        "near": float(bool(near)),
        "near:surer": float(any(c.score > claim.score for c in near)),
        "before:same": float(any(c.event == claim.event for c in before)),
        "before:same:word": float(any(c.event == claim.event and _alike(c, claim) for c in before)),
        "known": float(any(word in _KNOWN for word in lead)),
        "actors": float(bool(claim.actors)),
        "targets": float(bool(claim.targets)),
        "places": float(bool(claim.places)),
        "figures": float(bool(claim.figures)),
        "attribution": float(bool(claim.attribution)),
        "time": float(claim.time is not None),
        "bare": float(bare),
        "actual": float(claim.modality == "actual"),
        "told by weapon": float(claim.event in ("killing", "casualties") and any(c.event in _WEAPON for c in beside)),
        "title": float(claim.trigger.where == "title"),
        "claims": log(1 + len(claims)),
        "quote": min(len(claim.quote.text), 800) / 200,
        f"event={claim.event}": 0.5,
    }


def _alike(one: Claim, other: Claim) -> bool:
    return one.trigger.text.lower()[:5] == other.trigger.text.lower()[:5]
