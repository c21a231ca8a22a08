"""Words around names of actors: which leave a phrase with the bearer of the name, and which make it a state's body.

Keys as `world.actors.words_of_name` gives them: lower case, no accents.
"""

from dateline.codes import ActorKind
from dateline.reading.patterns import word_set

_FIGHTERS = (
    "fighters fighter militants militant rebels rebel insurgents insurgent guerrillas guerrilla gunmen gunman "
    "terrorists "
    "terrorist jihadists jihadist jihadis jihadi extremists extremist militiamen militia militias "
    "separatists separatist paramilitaries paramilitary combatants combatant troops soldiers soldier forces force "
    "army police "
    "policemen policeman commandos units unit elements element members member men cadres cadre operatives operative "
    "activists sympathizers subversives columns column squads squad brigade brigades battalion battalions snipers "
    "bombers bomber attackers attacker militancy insurgency volunteers recruits personnel"
)
_CHIEFS = (
    "leader leaders chief chiefs commander commanders official officials spokesman spokeswoman spokesperson spokesmen "
    "representative representatives envoy envoys head secretary general deputy negotiator negotiators delegation "
    "delegates delegate leadership ambassador emir mullah sheikh lawmakers lawmaker deputies ministers minister "
    "governor shadow president vice chairman director coordinator correspondent correspondents reporter reporters "
    "journalists "
    "journalist staff workers worker employees investigators experts observers monitors inspectors mediator mediators "
    "peacekeepers peacekeeper secretariat headquarters office offices mission"
)
_BODIES = (
    "group groups movement organisation organization party network faction factions wing bureau caliphate "
    "alliance coalition front council cell cells cartel gang agency news newspaper daily television tv radio channel "
    "website station service services authorities authority government regime administration command ministry "
    "militarily political armed military security islamic islamist terror extremist guerrilla special operations "
    "self proclaimed"
)
# What may come after a name and leaves the phrase with its bearer: "Islamic State fighters", "Hamas's armed wing".
FOLLOWING = word_set(f"{_FIGHTERS} {_CHIEFS} {_BODIES}")
# What may come before "of" and a name: "members of Hamas", "the leader of the Taliban".
MEMBERS = word_set(f"{_FIGHTERS} {_CHIEFS} group groups wing branch faction factions cell cells government regime")
# Small words that may stand among those: "a senior member of", "two of the leaders of".
LEADING = word_set(
    "the a an of senior top former suspected alleged armed local foreign masked other some several many more than "
    "dozens hundreds thousands scores unidentified known leading key high ranking captured wounded"
)
# Titles that go with the name of a person.
TITLES = word_set(
    "the president vice prime minister premier chancellor king queen prince crown emir sultan foreign defence defense "
    "interior secretary state general gen lt lieutenant col colonel maj major capt captain brig brigadier admiral "
    "marshal field chief commander leader spokesman spokeswoman mr mrs ms dr sheikh sheik mullah ayatollah grand imam "
    "senator sen rep governor mayor ambassador envoy special representative judge of staff army party former then late "
    "ousted deposed acting interim caretaker deputy opposition rebel supreme un us"
)
# A person's own ones stand for the body of his post: "Assad's forces", "the Maliki government".
POST_BODIES: dict[str, ActorKind] = {
    **dict.fromkeys(
        ("government", "regime", "administration", "cabinet", "officials", "office", "allies"), "government"
    ),
    **dict.fromkeys(("forces", "army", "troops", "soldiers", "military", "warplanes", "jets"), "military"),
    **dict.fromkeys(
        ("fighters", "militants", "militia", "militiamen", "men", "gunmen", "group", "party"), "armed_group"
    ),
}
_GOVERNMENT = (
    "government authorities officials official ministry minister cabinet parliament regime administration president "
    "presidency premier embassy ambassador envoy envoys spokesman spokeswoman spokesperson delegation diplomats "
    "diplomat leadership dictatorship side congress senate lawmakers legislators consulate  "
    "chancellor king "
    "monarchy junta rulers "
    "judiciary"
)
_MILITARY = (
    "army armies troops soldiers soldier military navy airforce warplanes warplane jets jet aircraft planes plane "
    "helicopters helicopter gunships artillery tanks commandos commando marines paratroopers fleet warships warship "
    "gunboats drones drone bombers forces force airmen sailors infantry generals servicemen missiles rockets strikes "
    "airstrikes personnel advisers servicemembers"
)
_POLICE = "police policemen policeman gendarmes gendarmerie"
# The last word or words of a phrase with a country in it → the body of that state.
BODY_WORDS: dict[str, ActorKind] = {
    **dict.fromkeys(_GOVERNMENT.split(), "government"),
    **dict.fromkeys(_MILITARY.split(), "military"),
    **dict.fromkeys(_POLICE.split(), "police"),
    "prime minister": "government", "foreign minister": "government", "foreign ministry": "government",
    "defence ministry": "government", "defense ministry": "government", "state department": "government",
    "air force": "military", "armed forces": "military", "security forces": "military", "air strikes": "military",
    "service members": "military",
    "government forces": "military", "police force": "police", "police forces": "police", "police officers": "police",
    "police officer": "police", "general staff": "military", "high command": "military",
    "air defences": "military", "air defenses": "military", "army officers": "military", "army officer": "military",
}  # fmt: skip
ARMED_FORCES_OF = word_set("forces troops soldiers army warplanes jets aircraft planes helicopters artillery tanks")
# Words for a body that mean the one of the country a report is about, with no country beside them.
BY_ITSELF = frozenset((
    "army", "military", "government", "authorities", "police", "security forces", "air force", "navy", "armed forces",
    "government forces", "government troops", "army troops", "government soldiers", "parliament", "cabinet", "regime",
    "president", "prime minister", "foreign minister", "foreign ministry", "defence ministry", "defense ministry",
    "interior ministry", "defence minister", "defense minister", "interior minister", "regime forces", 
    "government warplanes", "regime warplanes", "government army", "army soldiers", "policemen", "riot police",
    "presidency", "general staff", "high command", "army high command", "government officials",
    "army officers", "police officers",
))  # fmt: skip
# Kinds of those that have no name; the first that fits a word of the phrase is taken.
UNNAMED: tuple[tuple[ActorKind, frozenset[str]], ...] = (
    ("communal_militia", word_set("tribesmen tribal clan clans vigilantes vigilante herders herdsmen clansmen")),
    ("political_militia", word_set("paramilitary paramilitaries shabiha militia militias militiamen militiaman")),
    ("criminal_group", word_set("cartel cartels gang gangs gangsters bandits pirates traffickers smugglers")),
    ("rebel_group", word_set("rebels rebel insurgents insurgent guerrillas guerrilla separatists opposition")),
    (
        "armed_group",
        word_set(
            "militants militant gunmen gunman fighters fighter terrorists terrorist extremists extremist jihadists "
            "jihadist jihadis attackers attacker assailants bombers bomber mercenaries subversives"
        ),
    ),
    ("protesters", word_set("protesters protestors demonstrators rioters marchers protester demonstrator")),
    ("police", word_set("police policeman policemen gendarmes gendarmerie patrolmen")),
    ("military", word_set("army troops soldiers soldier military servicemen marines sailors airmen officers forces")),
    ("external_forces", word_set("peacekeepers peacekeeper coalition")),
    ("media", word_set("newspaper newspapers television radio media journalists reporters broadcaster")),
    ("government", word_set("government ministry minister officials official authorities parliament president mayor "
                            "governor spokesman council embassy")),
    (
        "civilians",
        word_set(
            "civilian civilians people residents villagers women woman children child families refugees man men boy "
            "girl boys girls wives relatives family student students farmers worshippers inhabitants workers victims "
            "migrants passengers "
            "patients"
        ),
    ),
)  # fmt: skip

# "The coalition", "the rebels": the only one of that kind which the report names, where it names one.
ONLY_ONE: tuple[tuple[frozenset[str], frozenset[ActorKind]], ...] = (
    (word_set("coalition alliance peacekeepers"), frozenset(("external_forces",))),
    (word_set("cartel gang"), frozenset(("criminal_group",))),
    (word_set("militia militiamen"), frozenset(("political_militia", "communal_militia"))),
    (
        word_set(
            "rebels rebel insurgents guerrillas guerrilla militants fighters terrorists separatists "
            "extremists jihadists "
            "group movement organisation organization subversives"
        ),
        frozenset(("rebel_group", "political_militia")),
    ),
)
UNITS = word_set(
    "brigade brigades battalion battalions division divisions regiment corps garrison unit units command base"
)
# "US-backed", "Saudi-led": the country in front is not that of who it stands before.
BACKED = word_set(
    "backed led allied supported sponsored funded trained armed controlled held run occupied linked affiliated aligned"
)
# How the posts of those begin who head a state.
HEADS = ("president", "prime minister", "king", "chancellor", "supreme leader", "emir", "sultan", "head of state")
# "Anti-Taliban", "pro-Russian": who is meant is not the one named.
AGAINST = word_set("anti counter non pro ex")
# Arms of service: "the 4th infantry brigade" is a state's.
ARMS = word_set("infantry artillery armored armoured mechanized mechanised motorized airborne paratroop cavalry")
HEAPS = word_set(
    "series number wave string spate group couple pair dozens hundreds thousands members member unit units"
)
# Kinds that act anywhere.
WORLDWIDE: frozenset[ActorKind] = frozenset(
    ("intergovernmental", "agency", "ngo", "monitor", "media", "external_forces")
)
