"""Our claims as MUC-4 templates: the written mapping (docs/benchmarks.md tells it in words).

MUC asks a narrower question than record.md: who did a terrorist act, to whom and what, with which instrument. Its human
targets are people *by name*; its individuals are whatever words stand for people who act ("guerrillas"), its
organisations what they belong to ("the FMLN"). Source of the slots: the MUC-4 task documentation (1992).
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

Entity = list[str]  # the mentions of one filler; here always one
Template = dict[str, Any]  # "incident_type" and, by role, entities

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
INCIDENTS: Mapping[str, str] = {
    "attack": "attack",
    "killing": "attack",
    "shelling": "attack",
    "air_strike": "attack",
    "chemical_attack": "attack",
    "abuse": "attack",
    "threat": "attack",
    "bombing": "bombing",
    "abduction": "kidnapping",
    "destruction": "attack",
}
"""What each event is to MUC. Events that are not here are no incidents there: it leaves out clashes of armed sides,
advances, and all that is not violence."""

HAPPENS = ("actual", "planned", "possible")  # MUC keeps the threatened and the attempted; not the denied or asked for
_BODIES = ("state", "government", "intergovernmental", "ngo", "media", "other")
_FIRE = re.compile(r"(?i)\b(?:burn|burnt|burned|burning|fire|torched|arson|ablaze)\b")
_ROBBERY = re.compile(r"(?i)\b(?:rob|robbed|robbery|loot|looted|looting|stole|stolen)\b")

_PEOPLE = re.compile(
    r"(?i)\b(?:guerrillas?|rebels?|terrorists?|narcoterrorists?|m[ae]n|wom[ae]n|people|persons?|individuals?|gunm[ae]n|"
    r"soldiers?|troops|members?|commandos?|commandoes|criminals?|traffickers?|dealers?|assassins?|killers?|murderers?|"
    r"attackers?|assailants?|kidnappers?|perpetrators?|extremists?|subversives?|insurgents?|militants?|students?|"
    r"officers?|policem[ae]n|guards?|personnel|fighters?|combatants?|demonstrators?|suspects?|squads?|gangs?|youths?|"
    r"peasants?|priests?|leaders?|activists?|elements|groups?|columns?|workers?|civilians?|children|journalists?)\b"
)
_HEAD_ENDS = re.compile(r"(?i)\s+(?:of|from|in|at|who|whose|that|which|wearing|belonging)\b|[,(\[]")
_THINGS = re.compile(
    r"(?i)\b(?:buildings?|houses?|homes?|residences?|offices?|headquarters|embassy|embassies|consulates?|bank|banks|"
    r"branch(?:es)?|stores?|shops?|hotels?|restaurants?|school|schools|university|church(?:es)?|hospitals?|stations?|"
    r"posts?|barracks|garrisons?|bases?|camps?|installations?|facilit(?:y|ies)|positions?|farms?|market|markets|theaters?|"
    r"cars?|vehicles?|trucks?|bus(?:es)?|jeeps?|trains?|planes?|aircraft|helicopters?|boats?|ships?|ambulances?|"
    r"bridges?|roads?|highways?|railways?|airports?|pipelines?|wells?|refiner(?:y|ies)|plants?|substations?|pylons?|"
    r"poles?|posts?|towers?|lines?|systems?|exchanges?|network|property|structures?|factor(?:y|ies)|warehouses?|crops?)\b"
)
_INSTRUMENTS = re.compile(
    r"(?i)\b(?:(?:car|truck|letter|time|fire|petrol|gasoline)[ -]?bombs?|bombs?|dynamite(?: (?:charges?|sticks?))?|"
    r"explosive (?:devices?|charges?)|explosives?|hand grenades?|grenades?|molotov cocktails?|mortars?|rockets?|"
    r"missiles?|land ?mines?|mines?|(?:sub-?)?machine ?-?guns?|(?:assault |automatic )?rifles?|pistols?|revolvers?|"
    r"shotguns?|firearms|automatic weapons|bazookas?|artillery|machetes?|knife|knives)\b"
)
_PRONOUN = re.compile(r"(?i)^(?:it|they|them|he|him|she|her|we|us|who|which|that|this|these|those|the group)$")
_TITLE = re.compile(
    r"(?i)^.*\b(?:president|minister|secretary|general|gen|colonel|col|lieutenant|lt|major|maj|captain|capt|sergeant|sgt|"
    r"mr|mrs|ms|miss|dr|doctor|father|fathers|monsignor|msgr|bishop|archbishop|judge|senator|deputy|governor|mayor|"
    r"commander|leader|chief|director|rector|journalist|reporter|candidate|ambassador|attorney|lawyer|professor|priest|"
    r"citizen|engineer|engineers|spokesman|member)s?\.?\s+(?=\S)"
)


def templates(record: Mapping[str, Any]) -> list[Template]:
    """The templates of one record: one an incident type, since MUC's are one an incident and claims are not."""
    made: dict[str, Template] = {}
    for claim in record["claims"]:
        kind = incident_type(claim)
        if kind is None:
            continue
        template = made.setdefault(kind, {"incident_type": kind, **{role: [] for role in ROLES}})
        for role, words in _fillers(claim):
            if [words] not in template[role]:
                template[role].append([words])
    return list(made.values())


def incident_type(claim: Mapping[str, Any]) -> str | None:
    """MUC's type of a claim; None where MUC would not have it."""
    kind = INCIDENTS.get(claim["event"])
    if kind is None or claim["modality"] not in HAPPENS:
        return None
    if claim["event"] == "destruction":
        trigger = claim["trigger"]["text"]
        return "arson" if _FIRE.search(trigger) else "robbery" if _ROBBERY.search(trigger) else kind
    return kind


def perpetrator(actor: Mapping[str, Any]) -> str | None:
    """`PerpInd` for people, by name or by a word for them; `PerpOrg` for what people belong to; None for a thing."""
    words = head(actor["text"])
    if actor.get("kind") in ("person", "civilians") or _PEOPLE.search(words):
        return "PerpInd"
    return None if _THINGS.search(words) or _INSTRUMENTS.search(words) else "PerpOrg"


def target(actor: Mapping[str, Any]) -> str | None:
    """`Victim` for a person by name, `Target` for a thing or a body; None for weapons, and people without a name."""
    if actor.get("kind") == "person":
        return "Victim"
    words = head(actor["text"])
    if _THINGS.search(words):
        return "Target"
    bodies = actor.get("kind") in _BODIES and not _PEOPLE.search(words)
    return "Target" if bodies and not _INSTRUMENTS.search(words) else None


def head(text: str) -> str:
    """The words up to the first "of", "who" or comma: what the phrase is, without what is told of it."""
    return _HEAD_ENDS.split(text, maxsplit=1)[0]


def instruments(claim: Mapping[str, Any]) -> list[str]:
    """Weapons by their words: in the trigger, else in the sentence that states the claim."""
    for part in (claim["trigger"], claim["quote"]):
        found = list(dict.fromkeys(match.group().lower() for match in _INSTRUMENTS.finditer(part["text"])))
        if found:
            return found
    return []


def _fillers(claim: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for actor in claim["actors"]:
        role = perpetrator(actor)
        if role:
            yield role, _words(actor)
    for actor in claim["targets"]:
        role = target(actor)
        if role:
            yield role, _untitled(_words(actor)) if role == "Victim" else _words(actor)
    for weapon in instruments(claim):
        yield "Weapon", weapon


def _words(actor: Mapping[str, Any]) -> str:
    """As written, since MUC's fillers are the report's own words; of a pronoun, whom it stands for."""
    text = " ".join(str(actor["text"]).split())
    return str(actor["name"]) if _PRONOUN.match(text) else text


def _untitled(name: str) -> str:
    return _TITLE.sub("", name) or name
