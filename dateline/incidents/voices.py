"""Whose words a claim is: the party at the inner end of its chain, else the report itself."""

from collections.abc import Iterable, Mapping

from dateline.incidents.types import Brief, Telling, Voice

NO_NAME = "no source named"


def speaker(telling: Telling) -> Voice | None:
    """The party whose words they are; None where the report speaks in its own voice."""
    return telling.voices[-1] if telling.voices else None


def spoken_by(telling: Telling, brief: Brief) -> str:
    """Who says so, in a name that people read: the party, else the agency that is credited, else the outlet."""
    party = speaker(telling)
    if party is not None:
        return party.name or NO_NAME
    return brief.credits[-1] if brief.credits else brief.outlet or brief.given_id


def voices_of(tellings: Iterable[Telling], briefs: Mapping[str, Brief]) -> tuple[str, ...]:
    """Everybody who says so, each once, in the order of the claims; the register tells who is one under two names."""
    made: dict[str, str] = {}
    for telling in tellings:
        party = speaker(telling)
        name = spoken_by(telling, briefs[telling.report])
        made.setdefault((party.actor_id if party else None) or name.casefold(), name)
    return tuple(made.values())
