"""Which claim a report leads with: the one whose incident the whole report is about.

A headline may tell of an arrest, a verdict or a condemnation; the incident is then the violence that it is about.
"""

from collections.abc import Sequence

from dateline.codes import EventType
from dateline.record import Claim, Record

VIOLENT: frozenset[EventType] = frozenset(
    "battle attack air_strike shelling bombing chemical_attack killing abuse abduction destruction territory_gained "
    "territory_lost siege offensive casualties".split()  # type: ignore[arg-type]
)
_OPENING = 0.4  # of a report's text: violence first told farther down is background
_REMOTE = 45  # days before publication: what happened before that is background, where something nearer is told


def leading(record: Record) -> int | None:
    """The position of the claim that a report leads with; None where it has no claims.

    That is the first claim of violence in the headline or the opening that happened not long before; failing that, the
    first of violence there; failing that, the first claim of all.
    """
    claims = record.claims
    if not claims:
        return None
    opening = [at for at, claim in enumerate(claims) if claim.event in VIOLENT and _opens(claim, record)]
    for fits in (_happened_lately, _happened, lambda claim, record: True):
        for at in opening:
            if fits(claims[at], record):
                return at
    return 0


def _opens(claim: Claim, record: Record) -> bool:
    parts: Sequence[tuple[str, int]] = [(part.where, part.span.start) for part in (claim.quote, *claim.also)]
    return any(where == "title" or start <= _OPENING * len(record.report.text) for where, start in parts)


def _happened(claim: Claim, record: Record) -> bool:
    return claim.modality in ("actual", "denied")


def _happened_lately(claim: Claim, record: Record) -> bool:
    """Whether it happened, as far as is told, within weeks of publication."""
    published, time = record.report.published, claim.time
    if not _happened(claim, record):
        return False
    if published is None or time is None or time.latest is None:
        return True
    return (published - time.latest).days <= _REMOTE
