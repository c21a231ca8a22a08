"""Who stands against whom, by the kinds of the parties: UCDP's three types of violence.

UCDP counts a use of armed force by an organised party: 1, one of the two sides is a state; 2, neither is; 3, against
civilians. Where the kinds do not tell, that is the answer, with the reason: nothing is guessed.
Source: UCDP GED codebook, "type_of_violence"; UCDP definitions.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from dateline.codes import ActorKind
from dateline.incidents.types import Estimate, Incident, Party
from dateline.world.actors import register

# External forces and intergovernmental bodies that fight do so as states, or for one.
STATES: frozenset[ActorKind] = frozenset(
    ("state", "government", "military", "police", "external_forces", "intergovernmental")
)
ARMED_GROUPS: frozenset[ActorKind] = frozenset(
    ("rebel_group", "political_militia", "communal_militia", "criminal_group", "armed_group")
)
# Kinds whose members bear no arms. A person may be anybody, and of a market or a house nobody says who was in it.
UNARMED: frozenset[ActorKind] = frozenset(
    ("civilians", "protesters", "people", "media", "ngo", "agency", "monitor", "party")
)
_CIVILIAN_WORDS = frozenset(
    "civilian civilians people children child women woman residents villagers journalists journalist worshippers "
    "students pilgrims refugees passengers patients protesters demonstrators workers passers-by bystanders".split()
)
_STATE_WORDS = frozenset(
    "soldier soldiers troops troop policemen policeman police officer officers servicemen guards army commandos".split()
)
_GROUP_WORDS = frozenset(
    "militant militants fighter fighters rebel rebels insurgent insurgents gunmen gunman terrorists jihadists "
    "guerrillas militiamen attackers attacker".split()
)
CIVILIANS = "Civilians"  # as UCDP names the side of those who have no arms

ViolenceType = Literal[1, 2, 3]


class Sides(Struct, frozen=True, kw_only=True):
    """Two sides and the type of violence. Of a state and another, the state is side a; civilians are always side b."""

    type: ViolenceType
    a: tuple[Party, ...]
    b: tuple[Party, ...]

    @property
    def name_a(self) -> str:
        return names(self.a)

    @property
    def name_b(self) -> str:
        return CIVILIANS if self.type == 3 else names(self.b)


class Deaths(Struct, frozen=True, kw_only=True):
    """The dead by side, whole numbers that add up to the best figure. `fitted` is False where the parts did not."""

    a: int = 0
    b: int = 0
    civilians: int = 0
    unknown: int = 0
    fitted: bool = True


def names(parties: Iterable[Party]) -> str:
    return ", ".join(dict.fromkeys(party.name for party in parties))


def kind_of(party: Party) -> ActorKind | None:
    """The kind of a party; for a person in office that of the body whose office it is."""
    if party.kind == "person" and party.actor_id:
        body = register().actors.get(party.actor_id)
        return body.kind if body else party.kind
    return party.kind


def is_state(party: Party) -> bool:
    return kind_of(party) in STATES


def is_armed(party: Party) -> bool:
    kind = kind_of(party)
    return kind in STATES or kind in ARMED_GROUPS


def sides_of(incident: Incident) -> Sides | str:
    """The two sides, or in a few words why they cannot be told."""
    actors = tuple(filter(is_armed, incident.actors))
    targets = tuple(party for party in incident.targets if is_armed(party) and party not in actors)
    if actors and targets:
        return _two_sided(actors, targets)
    if not actors:
        return "no armed party is known to have done it"
    if incident.event == "battle" and len(actors) > 1:  # each does it to the other: both stand among the actors
        return _two_sided(actors[:1], actors[1:]) if len(actors) == 2 else "who of several fought whom is not known"
    if aimed_at_unarmed(incident) or _only_civilians_killed(incident):
        return Sides(type=3, a=actors, b=incident.targets)
    return "whether those it was aimed at bore arms is not known" if incident.targets else "the other side is not known"


def aimed_at_unarmed(incident: Incident) -> bool:
    """Whether people without arms are among those it was done to, and nobody with arms is."""
    return any(kind_of(t) in UNARMED for t in incident.targets) and not any(map(is_armed, incident.targets))


def deaths_of(estimate: Estimate, best: int, sides: Sides) -> Deaths:
    """The dead of each side, from the parts of the figure that say of whom they are.

    Of one-sided violence the dead are the civilians that it was aimed at, but for those said to be of the side that did
    it. A part of no known side stays unknown; parts that add up to more than the best figure are not used.
    """
    found = {"a": 0, "b": 0, "civilians": 0}
    for part in estimate.parts:
        side = _side_of_part(part.of, sides)
        if side == "civilians" and part.best is not None:
            # "10 civilians", "4 children": parts of civilians often hold one another, so only the largest is sure.
            found[side] = max(found[side], round(part.best))
        elif side and part.best is not None:
            found[side] += round(part.best)
    known = sum(found.values())
    if known > best:
        return Deaths(unknown=best, fitted=False)
    if sides.type == 3:
        return Deaths(a=found["a"], civilians=best - found["a"])
    return Deaths(a=found["a"], b=found["b"], civilians=found["civilians"], unknown=best - known)


def killed(incident: Incident) -> Estimate | None:
    return next((each for each in incident.figures if each.measure == "killed"), None)


def _two_sided(first: Sequence[Party], second: Sequence[Party]) -> Sides:
    states_first, states_second = any(map(is_state, first)), any(map(is_state, second))
    if states_second and not states_first:
        first, second = second, first
    return Sides(type=1 if states_first or states_second else 2, a=tuple(first), b=tuple(second))


def _only_civilians_killed(incident: Incident) -> bool:
    estimate = killed(incident)
    parts = estimate.parts if estimate else ()
    return bool(parts) and all(_words(part.of) & _CIVILIAN_WORDS for part in parts)


def _side_of_part(of: str, sides: Sides) -> Literal["a", "b", "civilians"] | None:
    folded = of.casefold().strip()
    if sides.type != 3 and any(folded == party.name.casefold() for party in sides.b):
        return "b"
    if any(folded == party.name.casefold() for party in sides.a):
        return "a"
    words = _words(of)
    if words & _STATE_WORDS:
        return _only_side_of(sides, state=True)
    if words & _GROUP_WORDS:
        return _only_side_of(sides, state=False)
    return "civilians" if words & _CIVILIAN_WORDS else None


def _only_side_of(sides: Sides, *, state: bool) -> Literal["a", "b"] | None:
    """The one side that is a state's (or is not); None where both are, or neither."""
    a = any(map(is_state, sides.a)) == state
    b = sides.type != 3 and any(map(is_state, sides.b)) == state
    if a == b:
        return None
    return "a" if a else "b"


def _words(of: str) -> set[str]:
    return set(of.casefold().split())
