"""Tables of words by which figures are read: bounds, counted nouns, what befalls people. Conventions: record.md."""

from dateline.codes import Measure, Qualifier
from dateline.reading.patterns import word_set

# Words that say how a number is bounded. They belong to the figure's text. Source: record.md, "Settled conventions".
_BOUND_TABLE: dict[Qualifier, str] = {
    "at_least": "at least|more than|over|well over|no fewer than|no less than|not less than|upwards of|upward of|"
    "a minimum of|in excess of|exceeding|greater than|above",
    "at_most": "up to|as many as|as much as|no more than|not more than|at most|fewer than|less than|a maximum of|under|"
    "just under|below",
    "about": "about|around|some|nearly|almost|approximately|roughly|close to|circa|just over|approx",
}
# Longest first, so that "no more than" is not read as "more than".
BOUNDS: tuple[tuple[tuple[str, ...], Qualifier], ...] = tuple(
    sorted(
        ((tuple(row.split()), qualifier) for qualifier, rows in _BOUND_TABLE.items() for row in rows.split("|")),
        key=lambda bound: -len(bound[0]),
    )
)

# What the counted thing is called → the measure where nothing is said to have happened to it.
NOUN_TABLE: dict[Measure, str] = {
    "killed": "dead deaths death fatality fatalities bodies body corpses corpse killings killing murders "
    "murder martyrs homicides executions assassinations lives",
    "wounded": "injuries wounded injured wounds",
    "missing": "missing disappearances",
    "casualties": "casualties casualty",
    "displaced": "refugees refugee idps idp displaced evacuees returnees migrants asylum-seekers",
    "abducted": "hostages hostage kidnappings abductions captives abductees kidnapping",
    "detained": "prisoners prisoner detainees detainee arrests inmates suspects pows captives",
    "fighters": "fighters fighter militants militant rebels rebel insurgents insurgent guerrillas guerrilla "
    "jihadists terrorists terrorist gunmen gunman militiamen militia mercenaries contractors "
    "jihadis extremists combatants combatant volunteers defectors attackers assailants attacker "
    "assailant bombers bomber snipers sniper commandos paramilitaries separatists hitmen "
    "gangmen subversives bandits contras vigilantes vigilante operatives operative auxiliaries "
    "infiltrators facilitators facilitator financier financiers smuggler smugglers trafficker traffickers",
    "troops": "troops troop soldiers soldier servicemen serviceman personnel marines marine paratroopers "
    "officers officer policemen policeman police battalions battalion brigades brigade "
    "divisions division regiments companies platoons deserters solders columns peacekeepers "
    "peacekeeper sailors airmen conscripts reservists recruits force forces sergeants sergeant "
    "corporal captain captains lieutenant lieutenants colonel colonels generals general major "
    "majors cadets squads advisers guardsmen agents agent garrison contingent",
    "people": "people persons person civilians civilian men man women woman children child residents "
    "villagers families family households citizens others students student workers worker "
    "journalists journalist teachers boys boy girls girl passengers members member patients "
    "protesters demonstrators activists victims pilgrims relatives inhabitants individuals "
    "individual employees farmers doctors priests leaders leader aides staff youths infants "
    "babies paramedics paramedic toddlers brothers brother sisters sister sons son daughters daughter mother mothers "
    "father fathers wife husband couple teenagers teenager officials official nationals "
    "americans israelis palestinians syrians iraqis ukrainians russians christians muslims "
    "kurds yazidis hindus shiites sunnis adults peasants drivers driver pilot pilots medics "
    "nurses nurse lawyers mayors mayor candidates politicians bystanders bystander worshippers "
    "tourists tourist minors elders cleric clerics rescuers crew survivors supporters "
    "population foreigner foreigners expert experts guard guards bodyguards bodyguard watchman "
    "commander commanders citizen infant baby doctor interpreter protester policewoman "
    "diplomats diplomat missionaries judges judge grandparents miners voters grandmother "
    "grandfather cameraman reporter reporters photographer associates associate accomplices accomplice "
    "companions companion colleagues colleague followers helpers neighbours neighbors",
    "strikes": "strikes strike airstrikes airstrike raids raid attacks attack rockets rocket missiles "
    "missile shells shell bombings bombing explosions explosion blasts blast sorties bombs bomb "
    "mortars mortar ambushes hits barrages shellings bombardments assaults clashes salvos "
    "rounds projectiles munitions missions operations incidents targets target occasions waves "
    "plots detonations",
    "weapons": "tanks tank vehicles vehicle jets jet aircraft planes plane helicopters helicopter "
    "warplanes warplane ships ship vessels vessel boats boat rifles rifle guns gun launchers "
    "launcher drones drone uavs howitzers artillery carrier carriers frigates destroyers "
    "submarine submarines trucks truck cars car motorcycles motorcycle bulldozer grenades "
    "grenade weapons weapon apcs humvees mines mine ieds vbied vbieds machineguns machinegun "
    "pistols tankers systems batteries bombers mig migs f-16s ammunition warheads cannons "
    "loaders loader carbines firearms pickups ambulances buses bus warship warships airplane "
    "airplanes handguns explosives excavators excavator uav uniforms cartridges gunships "
    "shotguns munition ied apc humvee howitzer mortars",
    "buildings": "houses house homes home housing tents tent shacks camps camp drugstores posts stills "
    "establishments sites site "
    "reactors booths airports node nodes laboratories points buildings building schools school "
    "hospitals hospital positions position bridges bridge mosques mosque churches church shops "
    "shop tunnels tunnel facilities facility bunkers checkpoints offices office warehouses "
    "headquarters towers tower pylons refineries depots depot apartments structures hideouts "
    "caches cache stores factories factory clinics clinic stations station bases shelters "
    "dwellings huts outposts plants plant markets temples entrance entrances compounds compound",
    "money": "dollars dollar euros pounds rupees rubles pesos francs marks riyals dinars colons colones "
    "cordobas sucres shekels yen hryvnia usd",
    "area": "hectares acres",
}  # fmt: skip
NOUNS: dict[str, Measure] = {noun: measure for measure, nouns in reversed(NOUN_TABLE.items()) for noun in nouns.split()}
PEOPLE_MEASURES = frozenset(
    ("people", "fighters", "troops", "killed", "wounded", "casualties", "displaced", "detained", "abducted", "missing")
)
THING_MEASURES = frozenset(("weapons", "buildings", "strikes"))

# What happened → the measure of the people it happened to.
EVENT_TABLE: dict[Measure, str] = {
    "killed": "killed kill kills killing dead died dies die slain slaying gunned murdered murdering "
    "executed executing massacred assassinated beheaded perished drowned martyred lynched "
    "suffocated slaughtered lynch butchered beheading eliminated neutralized neutralised "
    "fatally hanged assassinating burned",
    "wounded": "wounded wounding wounds injured injuring injures injure hurt maimed "
    "treated hospitalised hospitalized wound hurt hurting maiming",
    "casualties": "casualties harmed",
    "missing": "missing disappeared unaccounted vanished",
    "detained": "arrested arresting arrests arrest detained detaining captured capturing jailed imprisoned "
    "custody detain apprehended apprehending apprehend captures detains charged sentenced convicted rounded "
    "capture interned released "
    "freed",
    "abducted": "kidnapped abducted kidnapping abducting seized hostage hostages abduct kidnap",
    "displaced": "fled flee fleeing displaced displacing evacuated evacuating uprooted homeless expelled "
    "displace relocated relocate streamed forced evacuate escaped deported returned",
}  # fmt: skip
EVENTS: dict[str, Measure] = {word: measure for measure, words in EVENT_TABLE.items() for word in words.split()}
# Verbs that take their object in front of them only in the passive; after them comes whom it befell.
ACTIVE = word_set(
    "killed kill kills killing murdered executed massacred assassinated beheaded slaughtered wounded wounding "
    "injured injuring injures arrested arresting detained detaining captured capturing capture kidnapped "
    "abducted abducting kidnapping displaced displacing evacuated evacuating expelled jailed executing "
    "assassinating murdering eliminated neutralized neutralised hurting maiming released freed deported seized "
    "detain arrest kidnap wound injure wounds apprehended apprehending apprehend captures detains arrests "
    "uprooted imprisoned sentenced burned lynched lynch maimed suffocated displace evacuate hurt"
)
# "the deaths of 12 people": the noun, then "of".
EVENT_NOUNS: dict[str, Measure] = {
    "death": "killed", "deaths": "killed", "killing": "killed", "killings": "killed", "murder": "killed",
    "murders": "killed", "execution": "killed", "executions": "killed", "assassination": "killed",
    "assassinations": "killed", "massacre": "killed", "bodies": "killed", "lives": "killed", "beheading": "killed",
    "slaying": "killed", "toll": "killed", "arrest": "detained", "arrests": "detained", "detention": "detained",
    "capture": "detained", "release": "detained", "kidnapping": "abducted", "abduction": "abducted",
    "displacement": "displaced", "evacuation": "displaced", "evacuations": "displaced", "displacements": "displaced",
    "relocation": "displaced", "detentions": "detained", "kidnappings": "abducted", "abductions": "abducted",
    "injuries": "wounded", "apprehension": "detained", "disappearance": "missing", "disappearances": "missing",
    "injury": "wounded", "wounding": "wounded",
}  # fmt: skip
BE = word_set(
    "was were is are be been being has have had got get gets also reportedly believed feared confirmed reported "
    "still not to later fatally seriously badly critically severely slightly lightly immediately left found "
    "stabbed either both all had feared who that which allegedly brutally blown hacked beaten burnt "
    "shelled bombed and apparently already now instantly summarily presumed presumably directly arbitrarily "
    "forcibly taken rushed"
)
STOPS = word_set('. ; : ! ? ( ) [ ] … -- — " “ ”')
PREPOSITIONS = word_set(
    "in on at by with from near after before during when while as since until into over under between against "
    "through because across outside inside around about for to within despite amid per where if than like via "
    "upon along"
)
PHRASE_ENDS = PREPOSITIONS | BE | STOPS | word_set(
    ", and or but of shot damaged destroyed partially partly totally completely badly who whom whose which that what "
    "the a an this these his her its their 's ’s including among "
    "said says told will would could can may might should did do does went came took gave made say"
)  # fmt: skip
# Bodies whose names go on with "of": "an Islamic Movement of Kazor leader".
BODIES_OF = word_set("movement army front party state council emirate union forces ministry department bureau republic")
NO = word_set("no zero")
NOBODY = word_set("nobody none")
PERSON_MEASURES = frozenset(("people", "fighters", "troops"))

CURRENCY = word_set("$ € £ us$")
HOUSEHOLDS = word_set("families family households household")
# An article counts one only where one thing is told of a person or a machine.
ARTICLES = frozenset(("a", "an"))
# What makes the counts after it parts of the one before.
PART_CUES = word_set("including among")
# Words that say that a toll has changed.
REVISED = word_set(
    "raised revised rose risen climbed increased lowered updated raising revising up down jumped grown soared "
    "corrected cut reduced doubled rises rising climbs climbing jumps increases increasing grows growing surged"
)
