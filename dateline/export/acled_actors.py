"""Parties as ACLED's actors: its types ("inter"), who stands first, and who is joined to whom.

ACLED's order carries no direction; ours puts those who did it first, which a reader must not rely on.
Source: ACLED codebook, "Actor types" and "interaction"; acledR (the words for the codes).
"""

from msgspec import Struct

from dateline.codes import ACTOR_KINDS
from dateline.export.acled_events import PROTESTS, RIOTS, STRATEGIC, Coding
from dateline.export.sides import STATES, UNARMED, kind_of
from dateline.incidents.types import Incident, Party

# In the order of ACLED's numbers, 1 to 8; an interaction names the lower number first.
INTERS = (
    "State Forces", "Rebel Groups", "Political Militias", "Identity Militias", "Rioters", "Protesters", "Civilians",
    "External/Other Forces",
)  # fmt: skip
_JOINT = "; "


class ActorSide(Struct, frozen=True, kw_only=True):
    """One of ACLED's two actors: its name, those joined to it, and its type; empty where it is not known."""

    name: str = ""
    joined: str = ""
    inter: str = ""
    parties: tuple[Party, ...] = ()


def actor_sides(incident: Incident, coding: Coding) -> tuple[ActorSide, ActorSide]:
    """The two actors: those who did it, then those it was done to; the one side known stands first.

    Parties told without a direction (both sides of a battle, those who agree) are among the actors: the first of them
    is then one side and the next the other.
    """
    first, second = incident.actors, incident.targets
    if not first:
        first, second = second, ()
    if not second and len(first) > 1:
        first, second = first[:1], first[1:]
    country = incident.place.country if incident.place else None
    return _side(first, coding, country), _side(second, coding, country)


def interaction(first: ActorSide, second: ActorSide) -> str:
    """Such as "State Forces-Rebel Groups"; of one side alone "Sole State Forces"; empty where a type is not known."""
    if not first.inter or (second.parties and not second.inter):
        return ""
    if not second.parties:
        return f"Sole {'Others' if first.inter == INTERS[-1] else first.inter}"
    return "-".join(sorted((first.inter, second.inter), key=INTERS.index))


def inter_of(party: Party, coding: Coding, country: str | None) -> str:
    """ACLED's type of an actor; empty where the kind does not tell.

    Forces of a state that act in another country are external. People without arms are civilians where violence is
    done to them, whatever else they are.
    """
    kind = kind_of(party)
    if kind == "protesters":
        return "Rioters" if coding.event == RIOTS else "Protesters"
    if kind in STATES and party.country and country and party.country != country:
        return "External/Other Forces"
    named = ACTOR_KINDS[kind].acled if kind else ""
    return "Civilians" if not named and kind in UNARMED and coding.event not in (STRATEGIC, PROTESTS) else named


def _side(parties: tuple[Party, ...], coding: Coding, country: str | None) -> ActorSide:
    if not parties:
        return ActorSide()
    names = list(dict.fromkeys(party.name for party in parties))
    return ActorSide(
        name=names[0],
        joined=_JOINT.join(names[1:]),
        inter=inter_of(parties[0], coding, country),
        parties=parties,
    )
