"""The kinds of people that a figure is told of, by the noun it counts: children, women, civilians, soldiers …"""

import re

from dateline.codes import ActorKind
from dateline.incidents.types import Count, Party
from dateline.reading.figure_words import NOUNS
from dateline.reading.patterns import word_set
from dateline.reading.toll_groups import GENERIC

_KINDS: dict[str, frozenset[str]] = {
    "children": word_set(
        "child children kid kids boy boys girl girls baby babies infant infants toddler toddlers minor minors "
        "schoolchildren juveniles teenager teenagers teens son sons daughter daughters"),
    "women": word_set("woman women mother mothers wife wives grandmother grandmothers female females sisters"),
    "civilians": word_set(
        "civilian civilians villager villagers resident residents worker workers journalist journalists student "
        "students teacher teachers doctor doctors nurse nurses medic medics paramedic paramedics passenger passengers "
        "bystander bystanders protester protesters worshippers citizens refugees patients"),
    "police": word_set("police policeman policemen policewoman officer officers deputy deputies cops"),
    "soldiers": word_set("serviceman servicemen soldier soldiers troops loyalists airmen marines army"),
    "fighters": word_set("fighter fighters militants militant rebels rebel insurgents insurgent jihadists terrorists "
                         "terrorist gunmen gunman militiamen extremists mercenaries bomber bombers attackers"),
}  # fmt: skip
_LABEL = {noun: label for label, nouns in _KINDS.items() for noun in nouns}
_SAID_OF = word_set(
    "a an the armed unknown unidentified masked suspected local foreign army military police rebel troops"
)
_BY_MEASURE = {"fighters": "fighters", "troops": "soldiers"}
# The kind of people that a party's own are, of those who fight.
_OWN: dict[ActorKind, str] = {
    "military": "soldiers", "external_forces": "soldiers", "police": "police",
    "rebel_group": "fighters", "political_militia": "fighters", "communal_militia": "fighters",
    "criminal_group": "fighters", "armed_group": "fighters",
}  # fmt: skip
# Nouns that say nothing of who it is; "others" are of the kind told before.
_ANYBODY = GENERIC | word_set("others other more them those men man members member individuals individual adults adult")


def noun_of(count: Count) -> str:
    """The head of what is counted, in small letters; empty where nothing is named."""
    return ((count.of or "").lower().split() or [""])[-1]


def kind_of_people(count: Count) -> str | None:
    """The kind that a count is of; None where its noun says no more than that they are people."""
    noun = noun_of(count)
    return _LABEL.get(noun) or (_BY_MEASURE.get(NOUNS.get(noun, "")) if noun not in _ANYBODY else None)


NOT_FIGHTING = frozenset(("children", "women", "civilians"))  # kinds of people who bear no arms


def kind_of_party(party: Party) -> str | None:
    """The kind of people that a party are, by what fighting party they are of, else by the noun that they are named by;
    None where it says no more than that they are people."""
    noun = (party.name.casefold().split() or [""])[-1]
    return own_people(party) or _LABEL.get(noun)


def own_people(party: Party) -> str | None:
    """What a party's own people are: soldiers, police, fighters; None for those who do not fight."""
    return _OWN.get(party.kind) if party.kind else None


def is_of_anybody(count: Count) -> bool:
    """Whether a count is of people without more said of them, so that any other count may be a part of it."""
    return noun_of(count) in _ANYBODY or not noun_of(count)


def names_nobody(name: str) -> bool:
    """Whether a name says only what kind of people they are: "Gunmen", "Armed men", "People", "a rebel"."""
    words = [word for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper()]
    return all(
        word.casefold() in _LABEL or word.casefold() in _ANYBODY or word.casefold() in _SAID_OF for word in words
    )
