"""Dateline's kinds of event as ACLED's event and sub-event types: the crosswalk of codes.py, settled by the facts.

codes.py says which types a kind can be; which of them it is depends on who gains a place, whom it was aimed at and
which weapon the words name. A kind without a place in ACLED gives None.
Source: ACLED codebook, event and sub-event types; "disorder_type".
"""

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from dateline.codes import EVENTS, EventType, Measure
from dateline.export.sides import ARMED_GROUPS, aimed_at_unarmed, is_armed, is_state, kind_of
from dateline.incidents.types import Incident

BATTLES, REMOTE, CIVILIANS = "Battles", "Explosions/Remote violence", "Violence against civilians"
PROTESTS, RIOTS, STRATEGIC = "Protests", "Riots", "Strategic developments"
VIOLENCE, DEMONSTRATIONS = "Political violence", "Demonstrations"

SUB_EVENTS: dict[str, tuple[str, ...]] = {
    BATTLES: ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
    REMOTE: (
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    ),
    CIVILIANS: ("Sexual violence", "Attack", "Abduction/forced disappearance"),
    PROTESTS: ("Peaceful protest", "Protest with intervention", "Excessive force against protesters"),
    RIOTS: ("Violent demonstration", "Mob violence"),
    STRATEGIC: (
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory",
        "Other",
    ),
}  # fmt: skip

_SUICIDE = re.compile(r"\bsuicide\b|\bblew (?:him|her|them)sel(?:f|ves) up\b", re.I)
_GRENADE = re.compile(r"\bgrenades?\b", re.I)
_SEXUAL = re.compile(r"\brap(?:e|es|ed|ing)\b|\bsexual", re.I)
_RIOT = re.compile(r"\briot|\bclash|\bstone-?throw|\bthrew stones|\btorch|\bset fire", re.I)
_MOB = re.compile(r"\bmobs?\b|\blynch", re.I)
_DEFUSED = re.compile(r"\bdefus|\bseiz(?:e|ed|ure of) (?:\w+ ){0,3}(?:weapons|arms|explosives)\b", re.I)
_BASE = re.compile(r"\b(?:set up|establish\w*|opened) (?:\w+ ){0,3}(?:base|headquarters|checkpoint|outpost)", re.I)


class Coding(Struct, frozen=True):
    """ACLED's event type and sub-event type."""

    event: str
    sub: str

    @property
    def disorder(self) -> str:
        """ACLED's disorder_type."""
        if self.event == STRATEGIC:
            return STRATEGIC
        if self.sub == "Excessive force against protesters":
            return f"{VIOLENCE}; {DEMONSTRATIONS}"
        peaceful = self.event == PROTESTS or self.sub == "Violent demonstration"
        return DEMONSTRATIONS if peaceful else VIOLENCE


def coding_of(incident: Incident, words: Sequence[str]) -> Coding | None:
    """ACLED's types for an incident; None where ACLED has no place for its kind.

    Args:
        words: the triggers and quotes of its claims, in which weapons and deeds are named.
    """
    if not EVENTS[incident.event].acled:
        return None
    return _CODERS[incident.event](incident, " ".join(words))


def _hurt(incident: Incident, *measures: Measure) -> bool:
    return any(each.measure in measures and (each.best or each.low or each.high) for each in incident.figures)


def _always(event: str, sub: str) -> Callable[[Incident, str], Coding]:
    def coder(incident: Incident, words: str) -> Coding:
        return Coding(event, sub)

    return coder


def _attack(incident: Incident, words: str) -> Coding:
    return Coding(CIVILIANS, "Attack") if aimed_at_unarmed(incident) else Coding(BATTLES, "Armed clash")


def _bombing(incident: Incident, words: str) -> Coding:
    if _SUICIDE.search(words):
        return Coding(REMOTE, "Suicide bomb")
    return Coding(REMOTE, "Grenade" if _GRENADE.search(words) else "Remote explosive/landmine/IED")


def _abuse(incident: Incident, words: str) -> Coding:
    return Coding(CIVILIANS, "Sexual violence" if _SEXUAL.search(words) else "Attack")


def _gained(incident: Incident, words: str) -> Coding:
    """Who gains decides; without any force told, and with one side leaving, it is a transfer without violence."""
    left_freely = {"territory_lost", "surrender"} & set(incident.events)
    by_force = _hurt(incident, "killed", "wounded", "casualties") or any(EVENTS[e].ucdp for e in incident.events)
    if left_freely and not by_force:
        return Coding(STRATEGIC, "Non-violent transfer of territory")
    if any(map(is_state, incident.actors)):
        return Coding(BATTLES, "Government regains territory")
    if any(kind_of(party) in ARMED_GROUPS for party in incident.actors):
        return Coding(BATTLES, "Non-state actor overtakes territory")
    return Coding(BATTLES, "Armed clash")


def _offensive(incident: Incident, words: str) -> Coding:
    fought = _hurt(incident, "killed", "wounded", "casualties") or (
        any(map(is_armed, incident.actors)) and any(map(is_armed, incident.targets))
    )
    return Coding(BATTLES, "Armed clash") if fought else Coding(STRATEGIC, "Other")


def _deployment(incident: Incident, words: str) -> Coding:
    return Coding(STRATEGIC, "Headquarters or base established" if _BASE.search(words) else "Change to group/activity")


def _destruction(incident: Incident, words: str) -> Coding:
    return Coding(STRATEGIC, "Disrupted weapons use" if _DEFUSED.search(words) else "Looting/property destruction")


def _protest(incident: Incident, words: str) -> Coding:
    forces = any(map(is_state, (*incident.actors, *incident.targets)))
    if _MOB.search(words):
        return Coding(RIOTS, "Mob violence")
    if _RIOT.search(words):
        return Coding(RIOTS, "Violent demonstration")
    if forces and _hurt(incident, "killed", "wounded"):
        return Coding(PROTESTS, "Excessive force against protesters")
    return Coding(PROTESTS, "Protest with intervention" if forces else "Peaceful protest")


_CODERS: dict[EventType, Callable[[Incident, str], Coding]] = {
    "battle": _always(BATTLES, "Armed clash"),
    "attack": _attack,
    "air_strike": _always(REMOTE, "Air/drone strike"),
    "shelling": _always(REMOTE, "Shelling/artillery/missile attack"),
    "bombing": _bombing,
    "chemical_attack": _always(REMOTE, "Chemical weapon"),
    "killing": _always(CIVILIANS, "Attack"),
    "abuse": _abuse,
    "abduction": _always(CIVILIANS, "Abduction/forced disappearance"),
    "detention": _always(STRATEGIC, "Arrests"),
    "destruction": _destruction,
    "territory_gained": _gained,
    "territory_lost": _always(STRATEGIC, "Non-violent transfer of territory"),
    "siege": _always(STRATEGIC, "Other"),
    "offensive": _offensive,
    "deployment": _deployment,
    "surrender": _always(STRATEGIC, "Other"),
    "agreement": _always(STRATEGIC, "Agreement"),
    "protest": _protest,
    "organisation": _always(STRATEGIC, "Change to group/activity"),
}
