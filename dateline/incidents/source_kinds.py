"""Who says a figure: a monitor, an agency, officials, a party to the conflict … (`policies.SourceKind`)."""

import re
from collections.abc import Iterable
from functools import lru_cache

from dateline.codes import ActorKind, EventType
from dateline.incidents.policies import SourceKind
from dateline.incidents.types import Party, Telling, Voice

# Each kind in words, as a rule tells it.
SOURCE_WORDS: dict[SourceKind, str] = {
    "monitor": "a monitor",
    "own_count": "a count of the dead or wounded themselves",
    "agency": "a news agency or medium",
    "officials": "officials",
    "report": "the report itself",
    "witnesses": "witnesses",
    "unnamed": "a source of no known kind",
    "party": "a party to the conflict",
}
# In order: the first that fits a name says what kind of source it is.
_KINDS: tuple[tuple[SourceKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"(?i)\b(?:{words})\b"))  # type: ignore[misc]
    for kind, words in (
        ("own_count", r"(?:count|tally|toll) (?:by|kept by|of)|(?:afp|reuters|ap) (?:count|tally|toll)|"
                      r"hospitals?|doctors?|medics?|medical|coroner|morgue|rescue service|rescuers?|civil defen[cs]e"),
        ("monitor", r"observator(?:y|ies)|monitors?|monitoring|sohr|human rights|rights groups?|amnesty|watch|airwars|"
                    r"violations documentation|documentation (?:cent(?:er|re)|office)|red cross|red crescent|icrc|"
                    r"united nations|un|u\.n\.?|ohchr|unami|unama|unicef|who|ocha"),
        ("officials", r"police|officials?|ministry|minister|governor|mayor|"
                      r"sheriff|authorit(?:y|ies)|prosecutors?|investigators?|detectives?|officers?|deput(?:y|ies)|cops|"
                      r"spokes(?:man|woman|person)|health|department|government|state|"
                      r"(?:village|town|district) (?:heads?|chiefs?)|(?:head|chief) of the (?:village|town|district)"),
        ("agency", r"agenc(?:y|ies)|reuters|afp|associated press|ap|sana|xinhua|tass|interfax|anadolu|television|tv|"
                   r"radio|news|media|newspapers?|channel|correspondents?|reporters?|website"),
        ("witnesses", r"witness(?:es)?|residents?|villagers?|neighbou?rs?|relatives?|famil(?:y|ies)|survivors?|locals?|"
                      r"activists?|people"),
    )
)  # fmt: skip
# Who bears arms is a party wherever it is named as such, also where it is not told which army or which rebels.
_ARMED_VOICE = re.compile(
    r"(?i)\b(?:army|military|armed forces|air force|navy|troops|rebels?|militants?|insurgents?|fighters|militia)\b"
)
_ARMED: frozenset[ActorKind] = frozenset(
    ("state", "government", "military", "rebel_group", "political_militia", "communal_militia", "criminal_group",
     "armed_group", "external_forces")
)  # fmt: skip
_FIGHTING: frozenset[EventType] = frozenset(
    ("battle", "attack", "air_strike", "shelling", "bombing", "chemical_attack", "killing", "offensive",
     "territory_gained", "territory_lost", "siege", "abduction")
)  # fmt: skip


def kind_of(voice: Voice | None, parties: Iterable[Party]) -> SourceKind:
    """What kind of source a voice is in an incident with these parties (`parties_of`)."""
    if voice is None:
        return "report"
    if voice.name is None:
        return "unnamed"
    if any(is_voice_of(voice, party) for party in parties) or _ARMED_VOICE.search(voice.name):
        return "party"
    return next((kind for kind, words in _KINDS if words.search(voice.name)), "unnamed")


def parties_of(claims: Iterable[Telling]) -> tuple[Party, ...]:
    """Those who fight in an incident: the armed actors and targets of its claims of fighting."""
    fighting = [claim for claim in claims if claim.event in _FIGHTING and claim.modality in ("actual", "denied")]
    found = [party for claim in fighting for party in (*claim.actors, *claim.targets) if party.kind in _ARMED]
    return tuple(dict.fromkeys(found))


def is_voice_of(voice: Voice, party: Party) -> bool:
    """Whether a voice is a party's: the same actor of the register, else the same name."""
    if voice.actor_id or party.actor_id:
        return voice.actor_id == party.actor_id
    return (voice.name or "").casefold() == party.name.casefold()


_TELLERS: frozenset[SourceKind] = frozenset(("monitor", "own_count", "agency"))


def voices_in(claims: Iterable[Telling]) -> tuple[Voice, ...]:
    """Everybody whom the claims of an incident quote, outlets and agencies as well, each once."""
    return tuple(dict.fromkeys(voice for claim in claims for voice in claim.voices if voice.name))


def is_source(party: Party, voices: Iterable[Voice]) -> bool:
    """Whether a party is one who tells of an incident and bears no arms: a monitor, a hospital, an agency that its
    claims quote (`voices_in`), by its name or a part of it."""
    if party.kind in _ARMED or not _tells(party.name):
        return False
    name = f" {party.name.casefold()} "
    return any(is_voice_of(voice, party) or name in f" {(voice.name or '').casefold()} " for voice in voices)


@lru_cache(maxsize=10_000)
def _tells(name: str) -> bool:
    return kind_of(Voice(name=name), ()) in _TELLERS
