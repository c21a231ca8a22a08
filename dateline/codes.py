"""The closed lists of the record, and what each event means in the field's other schemas.

`docs/codebook.md` is made from this file by `dateline codebook`; a test keeps the two equal.
Sources: the PLOVER manual; ACLED's codebook (event and sub-event types); UCDP GED's codebook.
"""

from typing import Literal

from msgspec import Struct

EventType = Literal[
    "battle", "attack", "air_strike", "shelling", "bombing", "chemical_attack", "killing", "abuse", "abduction",
    "detention", "destruction", "territory_gained", "territory_lost", "territory_held", "siege", "offensive",
    "deployment", "strength", "surrender", "displacement", "casualties", "need", "talks", "agreement", "aid",
    "condemnation", "demand", "threat", "sanction", "protest", "organisation",
]  # fmt: skip
Measure = Literal[
    "killed", "wounded", "missing", "casualties", "displaced", "abducted", "detained", "fighters", "troops", "people",
    "strikes", "weapons", "buildings", "money", "area", "distance",
]  # fmt: skip
Modality = Literal["actual", "planned", "called_for", "possible", "denied"]
Verification = Literal["not_stated", "unverified", "verified", "disputed"]
PlaceRole = Literal["at", "from", "to"]
PlacePrecision = Literal["exact", "near", "district", "province", "part_of_country", "country", "region", "water"]
RelationKind = Literal["distance", "direction_of", "part", "near", "around", "between", "along", "border", "road"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
TimePrecision = Literal["day", "days", "week", "month", "quarter", "year", "more"]
Qualifier = Literal["about", "at_least", "at_most", "vague"]
EvidenceKind = Literal["image", "video", "document", "satellite", "witness", "statement"]
CheckKind = Literal["distance", "containment", "date", "sum"]
CheckVerdict = Literal["consistent", "inconsistent", "unchecked"]
ActorKind = Literal[
    "state", "government", "military", "police", "rebel_group", "political_militia", "communal_militia",
    "criminal_group", "armed_group", "external_forces", "intergovernmental", "agency", "ngo", "monitor", "media",
    "party", "civilians", "protesters", "person", "people", "other",
]  # fmt: skip


class Event(Struct, frozen=True, kw_only=True):
    """One event type: what it covers and where it lands in PLOVER, ACLED and UCDP GED. Empty where it has no place."""

    covers: str
    plover: tuple[str, ...] = ()
    acled: tuple[str, ...] = ()
    ucdp: tuple[str, ...] = ()


_ASSAULT = ("ASSAULT",)
_STRATEGIC = ("Strategic developments",)
_FORCE = ("armed force",)

EVENTS: dict[EventType, Event] = {
    "battle": Event(
        covers="clashes, fighting between two armed sides",
        plover=_ASSAULT, acled=("Battles / Armed clash",), ucdp=_FORCE),
    "attack": Event(
        covers="an armed attack of a kind that is not told, or raid, shooting",
        plover=_ASSAULT, acled=("Battles", "Violence against civilians"), ucdp=_FORCE),
    "air_strike": Event(
        covers="bombs or missiles from aircraft or drones",
        plover=_ASSAULT, acled=("Explosions/Remote violence / Air/drone strike",), ucdp=_FORCE),
    "shelling": Event(
        covers="artillery, rockets, mortars, missiles from the ground; bombardment of an unsaid kind",
        plover=_ASSAULT, acled=("Explosions/Remote violence / Shelling/artillery/missile attack",), ucdp=_FORCE),
    "bombing": Event(
        covers="a planted, car or suicide bomb, mine or grenade",
        plover=_ASSAULT,
        acled=("Explosions/Remote violence / Suicide bomb",
               "Explosions/Remote violence / Remote explosive/landmine/IED",
               "Explosions/Remote violence / Grenade"),
        ucdp=_FORCE),
    "chemical_attack": Event(
        covers="chemical weapons used",
        plover=_ASSAULT, acled=("Explosions/Remote violence / Chemical weapon",), ucdp=_FORCE),
    "killing": Event(
        covers="execution, massacre, assassination, murder, death of named people at someone's hand",
        plover=_ASSAULT, acled=("Violence against civilians / Attack",), ucdp=("armed force", "one-sided")),
    "abuse": Event(
        covers="torture, sexual violence, ill-treatment, human shields, forced recruitment",
        plover=("ASSAULT", "COERCE"),
        acled=("Violence against civilians / Sexual violence", "Violence against civilians / Attack")),
    "abduction": Event(
        covers="kidnapping, hostage taking, forced disappearance",
        plover=("COERCE",), acled=("Violence against civilians / Abduction/forced disappearance",)),
    "detention": Event(
        covers="arrest, imprisonment, capture of people; also release (modality actual, the trigger says so)",
        plover=("COERCE",), acled=("Strategic developments / Arrests",)),
    "destruction": Event(
        covers="buildings, heritage, crops, equipment destroyed, burnt or looted",
        plover=("ASSAULT", "COERCE"), acled=("Strategic developments / Looting/property destruction",)),
    "territory_gained": Event(
        covers="places taken, retaken, liberated, entered and held",
        plover=_ASSAULT,
        acled=("Battles / Government regains territory", "Battles / Non-state actor overtakes territory",
               "Strategic developments / Non-violent transfer of territory")),
    "territory_lost": Event(
        covers="withdrawal, retreat, loss of a place",
        plover=("RETREAT",), acled=("Strategic developments / Non-violent transfer of territory",)),
    "territory_held": Event(covers="a state: who holds or controls what"),
    "siege": Event(
        covers="encirclement, blockade, cut-off of a place", plover=("COERCE",), acled=_STRATEGIC),
    "offensive": Event(
        covers="an operation or advance begun, under way or planned",
        plover=("MOBILIZE", "ASSAULT"), acled=("Battles", "Strategic developments")),
    "deployment": Event(
        covers="forces or equipment moved, sent, based, reinforced, trained or exercised",
        plover=("MOBILIZE",), acled=("Strategic developments / Change to group/activity",)),
    "strength": Event(covers="a state: how many fighters, troops or weapons a party has"),
    "surrender": Event(
        covers="laying down arms, defection, demobilisation", plover=("RETREAT",), acled=_STRATEGIC),
    "displacement": Event(covers="people flee, are evacuated, expelled, or return"),
    "casualties": Event(
        covers="a toll over many events, or deaths with no event of their own", ucdp=("deaths",)),
    "need": Event(covers="people short of food, water, shelter, access or care"),
    "talks": Event(covers="meetings, visits, negotiations, calls between parties", plover=("CONSULT",)),
    "agreement": Event(
        covers="ceasefire, peace, alliance, resolution or deal reached, kept or broken",
        plover=("AGREE",), acled=("Strategic developments / Agreement",)),
    "aid": Event(covers="help, money, arms or supplies given, promised or delivered", plover=("AID", "SUPPORT")),
    "condemnation": Event(covers="a party or an act condemned or criticised", plover=("ACCUSE",)),
    "demand": Event(
        covers="one party urges or calls on another to act (the act itself is not coded again)", plover=("REQUEST",)),
    "threat": Event(covers="a threat or ultimatum", plover=("THREATEN",)),
    "sanction": Event(covers="sanctions, listings, bans, rewards offered, charges or trials", plover=("SANCTION",)),
    "protest": Event(covers="demonstrations, riots, strikes", plover=("PROTEST",), acled=("Protests", "Riots")),
    "organisation": Event(
        covers="groups founded, merged, split, renamed, led or pledged",
        acled=("Strategic developments / Change to group/activity",)),
}  # fmt: skip

MEASURES: dict[Measure, str] = {
    "killed": "people dead",
    "wounded": "people hurt",
    "missing": "people not found",
    "casualties": "killed and wounded, not told apart",
    "displaced": "people who fled, were evacuated or expelled, or returned",
    "abducted": "people kidnapped or held hostage",
    "detained": "people arrested, captured, held or released",
    "fighters": "members of an armed group",
    "troops": "soldiers and police of a state",
    "people": "people affected, in need, trapped, assisted",
    "strikes": "strikes, attacks, rockets or shells fired",
    "weapons": "vehicles, guns, aircraft, ships",
    "buildings": "houses, schools, hospitals, positions",
    "money": "sums of money, in the currency written",
    "area": "square kilometres",
    "distance": "kilometres",
}
MODALITIES: dict[Modality, str] = {
    "actual": "happened, is happening, is so",
    "planned": "intended, prepared, ordered, threatened",
    "called_for": "urged, demanded, proposed",
    "possible": "may, might, could, feared",
    "denied": "said not to have happened",
}
VERIFICATIONS: dict[Verification, str] = {
    "not_stated": "the report does not say whether anybody checked",
    "unverified": "could not be verified, unconfirmed, unclear whether",
    "verified": "confirmed by somebody the report names",
    "disputed": "refuted, or told in competing versions",
}


class Party(Struct, frozen=True):
    """A kind of actor: who is meant, and ACLED's type of actor ("inter"; empty where it has none)."""

    covers: str
    acled: str = ""


ACTOR_KINDS: dict[ActorKind, Party] = {
    "state": Party("a country as a party", "State Forces"),
    "government": Party("its government, a ministry; a regional or de facto government too", "State Forces"),
    "military": Party("armed forces of a state", "State Forces"),
    "police": Party("police, gendarmerie, services that arrest", "State Forces"),
    "rebel_group": Party("an armed group that fights a state", "Rebel Groups"),
    "political_militia": Party("armed for a party, a leader or a government", "Political Militias"),
    "communal_militia": Party("armed for a people, a village, a clan; vigilantes", "Identity Militias"),
    "criminal_group": Party("cartels, gangs, pirates", "Political Militias"),
    "armed_group": Party("armed people whose kind or name is not told"),
    "external_forces": Party("coalitions, peacekeepers, private military companies", "External/Other Forces"),
    "intergovernmental": Party("the UN, NATO, the African Union and the like", "External/Other Forces"),
    "agency": Party("agencies of the UN or a state for relief, health, elections", "Civilians"),
    "ngo": Party("organisations without a government", "Civilians"),
    "monitor": Party("who counts or documents: observatories, inquiries"),
    "media": Party("newspapers, agencies, broadcasters, channels", "Civilians"),
    "party": Party("political parties and movements", "Civilians"),
    "civilians": Party("people who are no fighters", "Civilians"),
    "protesters": Party("demonstrators, rioters", "Protesters"),
    "person": Party("one person; with a `post` and an `actor_id`, in a post of that actor"),
    "people": Party("people of a country or a nation"),
    "other": Party("courts, companies, churches"),
}
PLACE_PRECISIONS: dict[PlacePrecision, str] = {
    "exact": "the named place itself (where_prec 1)",
    "near": "near or around a named place (where_prec 2)",
    "district": "a district, second-level division (where_prec 3)",
    "province": "a province, first-level division (where_prec 4)",
    "part_of_country": "part of a country, or a line such as a border (where_prec 5)",
    "country": "a country and no more (where_prec 6)",
    "region": "a region without sharp bounds, in one country or over several (where_prec 5)",
    "water": "a sea, gulf or ocean (where_prec 7); a river, lake, strait or canal (where_prec 5)",
}
