"""Where a figure of an incident stands in a report: the sentence or headline that holds its number, and the words."""

from dateline.incidents.types import Estimate, Quoted
from dateline.ledger import StoredClaim
from dateline.record import Claim, Figure, Part


def told_elsewhere(estimate: Estimate, stored: StoredClaim, value: float | None = None) -> Quoted | None:
    """Where the number that a claim stands for is told, if not in the claim's quote: in another sentence that mentions
    it, or in the report's toll, which may stand in the headline alone.

    Args:
        value: the number that is asked for; of several figures of the measure the one with it goes first.
    """
    if held := estimate.quotes.get(stored.key):
        return held
    if stored.key not in (*estimate.low_from, *estimate.best_from, *estimate.high_from):
        return None
    claim = stored.claim
    words = _figure_in(claim, estimate.measure, value if value is not None else estimate.best)
    if words is None or _holds(claim.quote, words):
        return None
    sentence = next((part for part in claim.also if _holds(part, words)), None)
    return Quoted(sentence=sentence, words=words) if sentence else None


def words_of(estimate: Estimate, stored: StoredClaim, value: float | None) -> Part | None:
    """The words that tell a figure; None where the claim, and its report's toll, have none of that measure."""
    held = told_elsewhere(estimate, stored, value)
    return held.words if held else _figure_in(stored.claim, estimate.measure, value)


def quote_of(estimate: Estimate, stored: StoredClaim, value: float | None) -> Part:
    """The sentence or headline that they stand in: the claim's quote, unless they are told in another place."""
    held = told_elsewhere(estimate, stored, value)
    return held.sentence if held else stored.claim.quote


def _figure_in(claim: Claim, measure: str, value: float | None) -> Figure | None:
    """The figure of a measure in a claim: the one with that value at either end, else the first."""
    found = [each for each in claim.figures if each.measure == measure]
    return next(
        (each for each in found if value is not None and value in (each.low, each.high)), next(iter(found), None)
    )


def _holds(part: Part, words: Part) -> bool:
    return part.where == words.where and part.span.holds(words.span)
