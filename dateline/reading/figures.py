"""Figures: every count in a report, with what is counted, what happened to it, and how exactly it is told.

The stage reads a sentence in four steps: find the numbers (`_numbers`), leave out those that count nothing (`_counts`),
find the counted noun (`_noun_phrase`), and decide the measure from what happened to it (`_happened`) or, where nothing
is said to have happened, from what it is (`_NOUNS`). The tables below are the rules; conventions are record.md's.
"""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from dateline.codes import Measure, Qualifier
from dateline.reading.patterns import Word, word_set, words_of
from dateline.reading.times import time_spans
from dateline.reading.words import Sentence
from dateline.record import Figure, Unknown
from dateline.world import numbers
from dateline.world.calendars import MONTHS

STAGE = "figures"

# --- tables ----------------------------------------------------------------------------------------------------------

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
_NOUN_TABLE: dict[Measure, str] = {
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
    "infiltrators",
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
    "babies toddlers brothers brother sisters sister sons son daughters daughter mother mothers "
    "father fathers wife husband couple teenagers teenager officials official nationals "
    "americans israelis palestinians syrians iraqis ukrainians russians christians muslims "
    "kurds yazidis hindus shiites sunnis adults peasants drivers driver pilot pilots medics "
    "nurses nurse lawyers mayors mayor candidates politicians bystanders bystander worshippers "
    "tourists tourist minors elders cleric clerics rescuers crew survivors supporters "
    "population foreigner foreigners expert experts guard guards bodyguards bodyguard watchman "
    "commander commanders citizen infant baby doctor interpreter protester policewoman "
    "diplomats diplomat missionaries judges judge grandparents miners voters grandmother "
    "grandfather cameraman reporter reporters photographer",
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
    "buildings": "houses house homes home camps camp drugstores posts stills establishments sites site "
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
_NOUNS: dict[str, Measure] = {
    noun: measure for measure, nouns in reversed(_NOUN_TABLE.items()) for noun in nouns.split()
}
_PEOPLE_MEASURES = frozenset(
    ("people", "fighters", "troops", "killed", "wounded", "casualties", "displaced", "detained", "abducted", "missing")
)
_THING_MEASURES = frozenset(("weapons", "buildings", "strikes"))

# What happened → the measure of the people it happened to.
_EVENT_TABLE: dict[Measure, str] = {
    "killed": "killed kill kills killing dead died dies die slain slaying gunned murdered murdering "
    "executed executing massacred assassinated beheaded perished drowned martyred lynched "
    "suffocated slaughtered lynch butchered beheading eliminated neutralized neutralised "
    "fatally hanged assassinating burned",
    "wounded": "wounded wounding wounds injured injuring injures injure hurt maimed hospitalized "
    "hospitalised wound hurting maiming",
    "casualties": "casualties harmed",
    "missing": "missing disappeared unaccounted vanished",
    "detained": "arrested arresting arrests arrest detained detaining captured capturing jailed imprisoned "
    "custody detain apprehended charged sentenced convicted rounded capture interned released "
    "freed",
    "abducted": "kidnapped abducted kidnapping abducting seized hostage hostages abduct kidnap",
    "displaced": "fled flee fleeing displaced displacing evacuated evacuating uprooted homeless expelled "
    "displace relocated relocate streamed forced evacuate escaped deported returned",
}  # fmt: skip
_EVENTS: dict[str, Measure] = {word: measure for measure, words in _EVENT_TABLE.items() for word in words.split()}
# Verbs that take their object in front of them only in the passive; after them comes whom it befell.
_ACTIVE = word_set(
    "killed kill kills killing murdered executed massacred assassinated beheaded slaughtered wounded wounding "
    "injured injuring injures arrested arresting detained detaining captured capturing capture kidnapped "
    "abducted abducting kidnapping displaced displacing evacuated evacuating expelled jailed executing "
    "assassinating murdering eliminated neutralized neutralised hurting maiming released freed deported seized "
    "detain arrest kidnap wound injure uprooted imprisoned sentenced burned lynched lynch maimed suffocated "
    "displace evacuate"
)
# "the deaths of 12 people": the noun, then "of".
_EVENT_NOUNS: dict[str, Measure] = {
    "death": "killed", "deaths": "killed", "killing": "killed", "killings": "killed", "murder": "killed",
    "murders": "killed", "execution": "killed", "executions": "killed", "assassination": "killed",
    "assassinations": "killed", "massacre": "killed", "bodies": "killed", "lives": "killed", "beheading": "killed",
    "slaying": "killed", "toll": "killed", "arrest": "detained", "arrests": "detained", "detention": "detained",
    "capture": "detained", "release": "detained", "kidnapping": "abducted", "abduction": "abducted",
    "displacement": "displaced", "evacuation": "displaced", "injury": "wounded", "wounding": "wounded",
}  # fmt: skip
_BE = word_set(
    "was were is are be been being has have had got get gets also reportedly believed feared confirmed reported "
    "still not to later fatally seriously badly critically severely slightly lightly immediately left found "
    "shot stabbed either both all had feared who that which allegedly brutally blown hacked beaten burnt "
    "shelled bombed and apparently already now instantly summarily presumed presumably directly arbitrarily "
    "forcibly being"
)
_STOPS = word_set('. ; : ! ? ( ) [ ] … -- — " “ ”')
_PREPOSITIONS = word_set(
    "in on at by with from near after before during when while as since until into over under between against "
    "through because across outside inside around about for to within despite amid per where if than like via "
    "upon along"
)
_PHRASE_ENDS = _PREPOSITIONS | _BE | _STOPS | word_set(
    ", and or but of who whom whose which that what the a an this these his her its their 's ’s including among "
    "said says told will would could can may might should did do does went came took gave made say"
)  # fmt: skip
_NO = word_set("no zero")
_NOBODY = word_set("nobody none")
_PERSON_MEASURES_BY_NOUN = frozenset(("people", "fighters", "troops"))
# A number beside these counts nothing that a record keeps.
_NOT_AFTER = word_set(
    "year years % percent per-cent pc degrees degree km kilometers kilometres kilometer kilometre miles mile "
    "meters metres meter metre feet foot inches yards kg kilograms kilogram kilos kilo grams pounds-weight mm "
    "cm caliber calibre volts megawatts st nd rd th -year-old mph kmh am pm a.m. p.m. gmt hours hour points "
    "point times-faster tons tonnes ton barrels liters litres gallons percentage"
)
_NOT_BEFORE = word_set(
    "no. number nos. page article articles chapter resolution highway route road street avenue channel flight "
    "phase section paragraph room camp-no brigade division battalion regiment group version aged age camp "
    "article boeing chapter part grade tel phone km kilometer act law decree block sector zone district line "
    "ward operation"
)
_CURRENCY = word_set("$ € £ us$")
_HOUSEHOLDS = word_set("families family households household")
# An article counts one only where one thing is told of a person or a machine.
_ARTICLES = frozenset(("a", "an"))


class _Number(NamedTuple):
    """A number with its bounds as read, and the words it took, bound words included."""

    start: int  # first word, bounds included
    first: int  # first word of the number itself
    end: int
    low: float | int | None
    high: float | int | None
    qualifier: Qualifier | None
    article: bool = False
    money: bool = False
    ordinal: bool = False


class _Phrase(NamedTuple):
    """The counted noun phrase: its words, its head, and the measure the head stands for."""

    start: int
    end: int
    head: str
    measure: Measure | None


def find_figures(sentences: Sequence[Sentence]) -> tuple[tuple[Figure, ...], tuple[Unknown, ...]]:
    """Every count of a report, in reading order.

    Args:
        sentences: with tokens; tags are not needed.
    Returns:
        The figures (vague ones too: see `is_claimable`), and those whose measure could not be told, with the reason.
    """
    figures: list[Figure] = []
    unknown: list[Unknown] = []
    for sentence in sentences:
        for figure in _in_sentence(sentence):
            figures.append(figure)
            if figure.measure is None:
                reason = "nothing says what is counted or what happened to it"
                unknown.append(Unknown(stage=STAGE, span=figure.span, reason=reason, where=sentence.where))
    return tuple(figures), tuple(unknown)


def is_claimable(figure: Figure) -> bool:
    """Whether a claim may carry the figure: it has a measure, and is not "several" or the like (record.md)."""
    return figure.measure is not None and figure.qualifier != "vague"


def _in_sentence(sentence: Sentence) -> list[Figure]:
    words = words_of(sentence)
    lower = [word.lower for word in words]
    found = _numbers(words, lower)
    if not found:
        return []
    starts = {number.start: number for number in found}
    made: list[tuple[_Number, Figure]] = []
    for number in found:
        phrase = _noun_phrase(lower, number, starts)
        happened = None if number.money else _happened(lower, number, phrase, starts, made)
        measure = _of_others(lower, phrase, made) or _measure(lower, number, phrase, happened)
        if number.article and not _one_counts(lower, number, phrase, measure, happened):
            continue
        if measure is None and not _is_plural(phrase.head):
            continue
        made.append((number, _figure(sentence, words, number, phrase, measure, happened)))
    return _superseded(lower, _parts(lower, made))


# --- numbers ---------------------------------------------------------------------------------------------------------


def _numbers(words: Sequence[Word], lower: Sequence[str]) -> list[_Number]:
    """The numbers of a sentence that count something, left to right."""
    if not any(word[0].isdigit() or word in _STARTERS for word in lower):
        return []
    timed = bytearray(len(lower) + 1)
    for start, end in time_spans(words):
        timed[start:end] = b"\x01" * (end - start)
    found: list[_Number] = []
    at = 0
    while at < len(lower):
        number = None if timed[at] else _number_here(words, lower, at)
        if number is None:
            at += 1
            continue
        if _counts(words, lower, number):
            found.append(_bounded(lower, number, found[-1].end if found else 0))
        at = max(at + 1, number.end)
    return found


_STARTERS = (
    numbers.NUMBER_WORDS
    | {row.split()[0] for row in numbers.VAGUE}
    | _ARTICLES
    | _NO
    | _NOBODY
    | {"both", "twin", "single", "another", "not"}
)


def _number_here(words: Sequence[Word], lower: Sequence[str], at: int) -> _Number | None:
    word = lower[at]
    if word in _CURRENCY or (word in ("us", "u.s.") and at + 1 < len(lower) and lower[at + 1] == "$"):
        return _money(lower, at)
    vague = numbers.vague_at(lower, at)
    if vague and not (word == "many" and at and lower[at - 1] in ("as", "so", "how", "too")):
        qualifier: Qualifier | None = "vague" if vague.high is None else None
        return _Number(at, at, vague.end, vague.low, vague.high, qualifier)
    plain = numbers.number_at(lower, at)
    if plain:
        # "one of the men was killed" counts one; "one of the cities" is no count.
        partitive = word == "one" and lower[plain.end : plain.end + 1] == ["of"]
        return _ranged(lower, at, plain)._replace(article=partitive)
    if word in ("both", "twin"):
        return _Number(at, at, at + 1, 2, 2, None)
    if word == "no" and lower[at + 1 : at + 2] in (["more"], ["less"], ["fewer"]):
        return None  # a bound: "no more than 12"
    if word in _NO or word in _NOBODY:
        one = word == "no" and at + 1 < len(lower) and lower[at + 1] == "one"
        return _Number(at, at, at + 2 if one else at + 1, 0, 0, None)
    if word in _ARTICLES or word == "another":
        after = at + 1
        if after >= len(lower) or numbers.number_at(lower, after):
            return None  # "another five", "a 100,000": the number itself comes next
        return _Number(at, at, at + 1, 1, 1, None, article=True)
    return None


# A range as wide as this ("2 to 3 million") says its scale once, for both ends.
_SAID_ONCE = 100


def _ranged(lower: Sequence[str], at: int, first: numbers.Number) -> _Number:
    """As in "10 to 15", "between 10 and 15", "300-400"; else the number alone."""
    end = first.end
    joint = lower[end] if end < len(lower) else ""
    between = at > 0 and lower[at - 1] in ("between", "from")
    if (joint in ("to", "-", "or") or (joint == "and" and between)) and end + 1 < len(lower):
        second = numbers.number_at(lower, end + 1)
        if second and second.value > first.value:
            low = first.value
            # "10-15,000", "2 to 3 million": the scale is said once.
            if 0 < low < 1000 <= second.value and second.value / low > _SAID_ONCE:
                low *= next(scale for scale in (10**9, 10**6, 1000) if second.value >= scale)
            if low < second.value:
                return _Number(at, at, second.end, low, second.value, None)
    return _Number(at, at, end, first.value, first.value, None)


def _money(lower: Sequence[str], at: int) -> _Number | None:
    start = at
    while at < len(lower) and (lower[at] in _CURRENCY or lower[at] in ("us", "u.s.")):
        at += 1
    if at >= len(lower):
        return None
    plain = numbers.number_at(lower, at)
    if plain is None:
        return None
    ranged = _ranged(lower, at, plain)
    if ranged.end == plain.end and plain.end + 2 < len(lower) and lower[plain.end] in ("to", "-"):
        after = _money(lower, plain.end + 1) if lower[plain.end + 1] in _CURRENCY else None
        if after and after.high and after.high > plain.value:
            return _Number(start, start, after.end, plain.value, after.high, None, money=True)
    return ranged._replace(start=start, first=start, money=True)


def _counts(words: Sequence[Word], lower: Sequence[str], number: _Number) -> bool:
    """Leave out percentages, ages, distances, ranks, names with numbers in them, parts of dates."""
    if number.money:
        return True
    before = lower[number.first - 1] if number.first else ""
    after = lower[number.end] if number.end < len(lower) else ""
    if number.article:
        return bool(after) and not (number.first and lower[number.first - 1] in ("such", "what", "as", "quite"))
    digit = lower[number.first][0].isdigit()
    if _is_length(lower, number.end):
        return True
    if after in _NOT_AFTER or (after == "-" and number.end + 1 < len(lower) and lower[number.end + 1] in _DASHED):
        return False
    if after == "per" and number.end + 1 < len(lower) and lower[number.end + 1] in ("cent", "hour"):
        return False
    if (before in _NOT_BEFORE and digit) or before in MONTHS or (before in ("#", "°", "/") or after in ("/", "°", "%")):
        return False
    if before == "-" and number.first > 1:
        left = words[number.first - 2]
        # F-16, Al-Jazeera-2, Covid-19; but "pre-" and "mid-" joined numbers count nothing either.
        return not (left.end == words[number.first - 1].start and left.text[-1].isalpha())
    if digit and number.first and words[number.first - 1].text[:1].isupper() and after in _STOPS | {",", ""}:
        # "Flight 17.", "Brigade 2,": a name that ends in a number.
        return not words[number.first - 1].text.istitle() or number.first == 1
    if number.end < len(lower) and words[number.end - 1].end == words[number.end].start and after == "-":
        return number.end + 1 < len(lower) and lower[number.end + 1] in ("strong", "man", "member", "person")
    if lower[number.first] == "one" and after == "of":
        return True
    if lower[number.first] == "one" and after in ("another", "side", "day", "hand", "way", "can", "must", "thing"):
        return False
    if (number.high or 1) < 1:
        return False
    return not (lower[number.first] in _NO and after in ("longer", "doubt", "way", "matter", "sign", "reason", "."))


_LENGTH_UNITS = word_set("km kilometer kilometers kilometre kilometres mile miles")
_LONG_THINGS = word_set(
    "border borders front frontline line lines fence wall pipeline road corridor zone coastline trench"
)


def _is_length(lower: Sequence[str], at: int) -> bool:
    """As in "a 1,000-kilometre front line", "30 km of road": how long a thing is, not how far off a place lies."""
    at += lower[at : at + 1] == ["-"]
    if at >= len(lower) or lower[at] not in _LENGTH_UNITS:
        return False
    after = lower[at + 1 : at + 5]
    return bool(_LONG_THINGS & set(after)) and not {"from", "away", "north", "south", "east", "west"} & set(after)


_DASHED = word_set("year month week day hour minute mile km kilometer kilometre point percent storey story foot mm old")


def _bounded(lower: Sequence[str], number: _Number, floor: int) -> _Number:
    """Take in the words that bound the number, and open the side they leave open."""
    at = number.first
    start = at
    if at and lower[at - 1] in ("between", "from") and number.low != number.high and number.end - at > 2:
        return number._replace(start=at - 1)
    if at and lower[at - 1] == "another" and number.article is False:
        start = at - 1
        at -= 1
    if at and lower[at - 1] == "a" and not number.article:
        at -= 1  # "over a 100,000"
    for words, qualifier in BOUNDS:
        begin = at - len(words)
        if begin >= floor and tuple(lower[begin:at]) == words:
            return _with_bound(number._replace(start=begin), qualifier)
    after = tuple(lower[number.end : number.end + 2])
    if after == ("or", "more") or after == ("and", "more"):
        return number._replace(end=number.end + 2, high=None, qualifier="at_least")
    return number._replace(start=start)


def _with_bound(number: _Number, qualifier: Qualifier | None) -> _Number:
    if number.article or number.qualifier == "vague":
        return number
    if qualifier == "at_least":
        return number._replace(high=None, qualifier=qualifier)
    if qualifier == "at_most":
        return number._replace(low=None, qualifier=qualifier)
    return number._replace(qualifier=qualifier)


# --- what is counted -------------------------------------------------------------------------------------------------

_DETERMINERS = word_set("the its their his our")
_PHRASE_REACH = 7  # words; longer noun phrases are rare in wire copy


def _noun_phrase(lower: Sequence[str], number: _Number, starts: dict[int, _Number]) -> _Phrase:
    """The words after the number up to a verb, preposition or mark; the head is the last that the table knows."""
    start = number.end
    if lower[start : start + 1] == ["of"]:  # "dozens of people", "12 of the students"
        start += 2 if lower[start + 1 : start + 2] and lower[start + 1] in _DETERMINERS else 1
    if lower[start : start + 1] == ["-"]:  # "30,000-strong force", "900-kilometre border"
        start += 2 if lower[start + 1 : start + 2] in (["strong"], ["member"]) else 1
    start = min(start, len(lower))
    end = start
    while end < len(lower) and end - start < _PHRASE_REACH and end not in starts:
        word = lower[end]
        if word.endswith("ing") and any(known in _NOUNS for known in lower[start:end]):
            break  # "airstrikes targeting military bases"
        if word in _PHRASE_ENDS or (word in _EVENTS and not _adjective(lower, end, start)):
            break
        end += 1
    head, measure = "", None
    for i in range(end - 1, start - 1, -1):
        if lower[i] in _NOUNS:
            head, measure, end = lower[i], _NOUNS[lower[i]], i + 1
            break
    if not head and end > start:
        # An unknown noun: the first plural is likely the head, what follows a verb ("lanterns stood there").
        plural = next((i for i in range(start, end) if _is_plural(lower[i])), end - 1)
        head, end = lower[plural], plural + 1
    if head in ("members", "member"):
        measure = _members_of(lower, start)
    elif (
        (head in ("men", "man", "individuals", "persons", "people", "women") and _ARMED & set(lower[start:end]))
        or (lower[number.end : number.end + 2] == ["-", "strong"] and measure != "troops")
        or (head in _GROUPS and any(_NOUNS.get(word) == "fighters" for word in lower[start : end - 1]))
    ):
        measure = "fighters"
    elif head in _MUNITIONS and _handled(lower, number, end):
        measure = "weapons"
    return _Phrase(start, end, head, measure)


_GROUPS = word_set("force forces group units army soldiers")
_ARMED = word_set("armed masked hooded gun-toting")
# Munitions are weapons where they are held, moved or taken, and strikes where they come down.
_MUNITIONS = word_set("missile missiles rocket rockets bomb bombs mortar mortars shells munitions grenades")
_HANDLING = word_set(
    "seized seizing confiscated confiscating defused deactivated intercepted intercepting downed shot shoot "
    "shooting supplied supply supplying deliver delivered delivering bought buy sold sell possessed possess "
    "stockpile stockpiles stockpiled carrying stored found discovered recovered provide provided provides "
    "providing sent send sending transfer transferred unexploded exploded neutralized purchased including"
)


def _handled(lower: Sequence[str], number: _Number, end: int) -> bool:
    near = set(lower[max(0, number.start - 6) : number.start]) | set(lower[end : end + 5])
    return bool(_HANDLING & near) and not near & {"fired", "launched", "hit", "fell", "landed"}


def _adjective(lower: Sequence[str], at: int, start: int) -> bool:
    """As in "12 wounded soldiers", "displaced people", or a noun itself: "40 casualties", "three hostages"."""
    if at == start and lower[at] in _NOUNS and _is_plural(lower[at]):
        return True
    return at == start and at + 1 < len(lower) and lower[at + 1] in _NOUNS and lower[at + 1] not in _EVENTS


def _members_of(lower: Sequence[str], at: int) -> Measure:
    around = set(lower[at : at + 8])
    if around & {"family", "parliament", "household", "congress", "council", "community", "staff"}:
        return "people"
    if around & {"police", "army", "guard", "forces", "regiment", "military", "navy", "brigade"}:
        return "troops"
    return "fighters"


def _is_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith("ss") and word.isalpha()


# --- what happened to it ---------------------------------------------------------------------------------------------

_AHEAD_REACH = 14  # words between the noun and the verb that tells what happened to it
_BACK_REACH = 8  # words between the verb and the number


def _happened(
    lower: Sequence[str],
    number: _Number,
    phrase: _Phrase,
    starts: dict[int, _Number],
    made: Sequence[tuple[_Number, Figure]],
) -> Measure | None:
    """What the sentence says befell the counted people: the nearest telling word, ahead or back."""
    if phrase.measure in _THING_MEASURES or phrase.measure in ("money", "area"):
        return None
    participle = lower[phrase.start] if phrase.start < len(lower) else ""
    if phrase.start < phrase.end - 1 and participle in _EVENTS and participle != phrase.head:
        return _EVENTS[participle]  # "12 wounded soldiers"
    return (
        _right_after(lower, phrase, starts)
        or _driven(lower, number, phrase)
        or _right_behind(lower, number, starts)
        or _of_event(lower, number)
        or _ahead(lower, number, phrase, starts)
        or _behind(lower, number, starts)
        or _toll(lower, number, phrase)
        or _carried(lower, number, phrase, made)
    )


_ENDS_CLAUSE = word_set(
    ". ; : but while when after said says told added announced stated that claimed launched attacked fired entered"
)


def _right_after(lower: Sequence[str], phrase: _Phrase, starts: dict[int, _Number]) -> Measure | None:
    """As in "25 injured", "two others hurt": the participle just after the noun outweighs a verb before the count."""
    at = phrase.end
    if at >= len(lower) or lower[at] not in _ACTIVE | {"dead", "missing"} or lower[at] not in _EVENTS:
        return None
    if (lower[at].endswith("ing") and lower[at] != "missing") or _takes_object(lower, at, starts):
        return None
    return _both(lower, at, starts) or _EVENTS[lower[at]]


def _ahead(lower: Sequence[str], number: _Number, phrase: _Phrase, starts: dict[int, _Number]) -> Measure | None:
    """As in "12 people were killed", "12 dead", "12 civilians and two soldiers were killed"."""
    at = phrase.end
    limit = min(len(lower), at + _AHEAD_REACH)
    auxiliary = False
    while at < limit:
        word = lower[at]
        if word in _EVENTS:
            if (
                word in ("forced", "returned", "seized", "released", "burned", "escaped", "charged", "custody")
                and not auxiliary
            ):
                return None
            if not auxiliary and word in _ACTIVE and _takes_object(lower, at, starts):
                return None  # "12 soldiers killed three rebels"
            return _both(lower, at, starts) or _EVENTS[word]
        if word in _ENDS_CLAUSE or (word == "as" and not auxiliary):
            return None
        if number.article and not (word in _BE or word in (",", "and") or word in _NOUNS or at in starts):
            return None  # "a man opened fire before taking hostages"
        if word in (",", "and", "or") and not (_goes_on(lower, at, starts) or (auxiliary and _verb_next(lower, at))):
            return None
        if word == "held" and auxiliary:
            return "abducted" if {"hostage", "captive"} & set(lower[at : at + 3]) else "detained"
        auxiliary = auxiliary or word in _BE
        if auxiliary and word == "by":
            return None
        at += 1
    return None


def _both(lower: Sequence[str], at: int, starts: dict[int, _Number]) -> Measure | None:
    """As in "killed or wounded", "dead and injured" of one count: casualties."""
    if at + 2 >= len(lower) or lower[at + 1] not in ("and", "or") or at + 2 in starts:
        return None
    pair = {_EVENTS.get(lower[at]), _EVENTS.get(lower[at + 2])}
    return "casualties" if pair == {"killed", "wounded"} and not _takes_object(lower, at + 2, starts) else None


def _takes_object(lower: Sequence[str], at: int, starts: dict[int, _Number]) -> bool:
    after = lower[at + 1] if at + 1 < len(lower) else ""
    if at + 1 in starts:
        return True
    return after in ("the", "a", "an", "his", "her", "their", "its", "him", "them", "several", "many", "civilians")


_GOES_ON = word_set("including among mostly all some most many who were was the one had has have an a another as")


def _verb_next(lower: Sequence[str], at: int) -> bool:
    """As in "were beaten and then arrested", "was tortured and killed"."""
    return any(word in _EVENTS for word in lower[at + 1 : at + 2 + (lower[at + 1 : at + 2] == ["then"])])


def _goes_on(lower: Sequence[str], at: int, starts: dict[int, _Number]) -> bool:
    """Whether a comma or "and" goes on with the same subject: another count, "including …", an article."""
    after = lower[at + 1] if at + 1 < len(lower) else ""
    if after in _GOES_ON:
        return True
    return at + 1 in starts or (after in _NOUNS and after not in _EVENTS and lower[at] != ",") or after == "and"


_BETWEEN_VERB_AND_COUNT = word_set("the his her their its another other all these those our")


def _right_behind(lower: Sequence[str], number: _Number, starts: dict[int, _Number]) -> Measure | None:
    """As in "killed 12", "killed the four": the verb just before the count outweighs any later one."""
    at = number.start - 1
    while at >= 0 and lower[at] in _BETWEEN_VERB_AND_COUNT:
        at -= 1
    if number.article and at and lower[at - 1] == "to":
        return None  # "an operation to detain a leader": nobody was detained yet
    if at < 0 or lower[at] not in _ACTIVE or (at and lower[at - 1] in _PASSIVE):
        return None
    if at >= 2 and lower[at - 1] in ("and", "or") and at - 1 not in starts and lower[at - 2] in _EVENTS:
        pair = {_EVENTS[lower[at - 2]], _EVENTS[lower[at]]}
        if pair == {"killed", "wounded"}:
            return "casualties"
    return _EVENTS[lower[at]]


_PASSIVE = word_set("was were been being be are is")


def _behind(lower: Sequence[str], number: _Number, starts: dict[int, _Number]) -> Measure | None:
    """As in "killed 12", "killing at least 12 civilians", "killed a guard and 12 civilians"."""
    for at in range(number.start - 1, max(-1, number.start - 1 - _BACK_REACH), -1):
        word = lower[at]
        if word in _EVENTS and (word in _ACTIVE or word in ("dead", "wounding")):
            passive = any(
                lower[i] in ("was", "were", "been", "being", "be", "are", "is") for i in range(max(0, at - 2), at)
            )
            if number.article and at and lower[at - 1] == "to":
                return None
            if passive and at != number.start - 1 and lower[at + 1] not in ("including", ",", "and"):
                return None
            if passive and at == number.start - 1:
                return None
            return _EVENTS[word]
        if word in _STOPS or word in _PREPOSITIONS or word in ("who", "that", "which", "of", "by", "including"):
            return None
        if word in ("left", "leaving"):
            return None
    return None


def _of_event(lower: Sequence[str], number: _Number) -> Measure | None:
    """As in "the deaths of 12 people", "the arrest of at least 20", "lives of"."""
    at = number.start - 1
    if at >= 2 and lower[at] == "of" and lower[at - 1] in ('"', "”", "''"):
        at -= 1
        if lower[at - 1] in _EVENT_NOUNS:
            return _EVENT_NOUNS[lower[at - 1]]
    if at >= 1 and lower[at] in ("of", "among", "claimed") and lower[at - 1] in _EVENT_NOUNS:
        return _EVENT_NOUNS[lower[at - 1]]
    if at >= 2 and lower[at] in ("of", "the") and lower[at - 1] == "of" and lower[at - 2] in _EVENT_NOUNS:
        return _EVENT_NOUNS[lower[at - 2]]
    return None


_LEAVING = word_set("leave left leaving abandon abandoned abandoning")


def _driven(lower: Sequence[str], number: _Number, phrase: _Phrase) -> Measure | None:
    """As in "forced 5,000 people from their homes", "have driven 20,000 to flee"."""
    drive = {"forced", "forcing", "force", "drove", "driven", "driving", "sent"} & set(
        lower[max(0, number.start - 3) : number.start]
    )
    after = lower[phrase.end : phrase.end + 6]
    if "homes" in after and _LEAVING & set(after):
        return "displaced"
    return "displaced" if drive and {"homes", "flee", "fleeing"} & set(after) else None


def _told(words: Sequence[str]) -> Measure | None:
    """As in "the number of displaced families is put at 349", "Houses destroyed: 146": what the label counts."""
    events = [_EVENTS[word] for word in words if word in _EVENTS]
    nouns = [_NOUNS[word] for word in words if word in _NOUNS]
    if nouns and nouns[0] in _THING_MEASURES:
        return nouns[0]
    return next(iter(events + nouns), None)


_TOLLS = word_set("deaths dead fatalities")


def _toll(lower: Sequence[str], number: _Number, phrase: _Phrase) -> Measure | None:
    """As in "the death toll rose to 43 from 24"."""
    if phrase.end > phrase.start and phrase.measure not in _PERSON_MEASURES_BY_NOUN:
        return None
    for at in range(number.start - 1, max(-1, number.start - 16), -1):
        if lower[at : at + 2] == ["number", "of"] or (lower[at] == ":" and at == number.start - 1):
            return _told(lower[at + 2 : number.start] if lower[at] == "number" else lower[max(0, at - 4) : at])
        if lower[at] == "toll" or (lower[at] in _TOLLS and lower[number.start - 1] in ("to", "at")):
            return "killed"
        if lower[at] in (";", "."):
            return None
    return None


def _carried(
    lower: Sequence[str], number: _Number, phrase: _Phrase, made: Sequence[tuple[_Number, Figure]]
) -> Measure | None:
    """What befell the figure before goes on to this one: "killed 12 people, including two children", "and a guard"."""
    if not made or (phrase.measure not in _PEOPLE_MEASURES and phrase.end > phrase.start):
        return None
    last_number, last = made[-1]
    if last.measure not in _EVENT_TABLE:
        return None
    between = lower[last_number.end : number.start]
    if not between or any(word in _STOPS or word in ("but", "while", "when") for word in between):
        return None
    if _PART_CUES & set(between):
        return last.measure
    joints = ("and",) if number.article else ("and", ",")
    if between[-1] in joints and not any(word in _EVENTS or word in _PREPOSITIONS for word in between):
        return last.measure
    return None


# --- the measure, and the figure -------------------------------------------------------------------------------------


def _measure(lower: Sequence[str], number: _Number, phrase: _Phrase, happened: Measure | None) -> Measure | None:
    if number.money or phrase.measure == "money":
        return "money"
    if _is_length(lower, number.end):
        return "distance"
    if "square" in lower[phrase.start : phrase.end] and phrase.head not in ("square", "squares"):
        return "area"
    if lower[number.first] == "no" and phrase.measure is None and number.end - number.first == 1:
        return None  # "no organisation"
    if happened and (phrase.measure in _PEOPLE_MEASURES or phrase.measure is None):
        if phrase.measure in ("killed", "wounded", "casualties") and phrase.head not in ("victims",):
            return phrase.measure
        return happened
    if lower[number.first] in _NO or lower[number.first] in _NOBODY:
        return phrase.measure if phrase.measure in ("casualties", "wounded", "killed", "missing") else None
    if phrase.measure is None and _are_people(lower, number, phrase):
        return "people"
    return phrase.measure


_PLIGHT = word_set("affected trapped stranded besieged hungry vulnerable")


def _are_people(lower: Sequence[str], number: _Number, phrase: _Phrase) -> bool:
    """As in "a family of five", "816,000 are in need", "70 were trapped": people, though no noun says so."""
    if lower[max(0, number.start - 2) : number.start] in (["family", "of"], ["crew", "of"], ["group", "of"]):
        return True
    after = lower[phrase.end : phrase.end + 4]
    return phrase.end == phrase.start and (bool(_PLIGHT & set(after)) or "in need" in " ".join(after))


def _of_others(lower: Sequence[str], phrase: _Phrase, made: Sequence[tuple[_Number, Figure]]) -> Measure | None:
    """As in "destroyed 20 houses and damaged 30 others", "and 30 damaged": more of the things counted just before."""
    if not made or made[-1][1].measure not in _THING_MEASURES:
        return None
    alone = phrase.start == phrase.end and phrase.end < len(lower) and lower[phrase.end] in _STRUCK
    return made[-1][1].measure if alone or phrase.head in ("others", "more") else None


def _one_counts(
    lower: Sequence[str], number: _Number, phrase: _Phrase, measure: Measure | None, happened: Measure | None
) -> bool:
    """As in "a soldier was killed" counts one; "a spokesman", "a strike", "a hospital" in passing count nothing."""
    if phrase.measure in ("weapons", "buildings"):
        return _struck(lower, number, phrase)
    return happened is not None and measure == happened and phrase.measure in _PERSON_MEASURES_BY_NOUN


_STRUCK = word_set(
    "destroyed destroying damaged damaging downed seized seizing wrecked sank sunk demolished torched captured "
    "destroys disabled burned"
)
_LIST_REACH = 60  # words; lists of what an air strike destroyed run long


def _struck(lower: Sequence[str], number: _Number, phrase: _Phrase) -> bool:
    """As in "destroyed two tanks, a bridge and a truck", "shot down a helicopter", "a helicopter was shot down"."""
    after = lower[phrase.end : phrase.end + 5]
    if after and after[0] in _BE and any(word in _STRUCK or word == "down" for word in after):
        return True
    for at in range(number.start - 1, max(-1, number.start - _LIST_REACH), -1):
        word = lower[at]
        if word in _STRUCK or (word == "down" and lower[at - 1] in ("shot", "shoot", "shooting", "brought")):
            verb = at - 1 if word == "down" else at
            return verb == 0 or lower[verb - 1] not in _PASSIVE
        if word in _PREPOSITIONS or word in (".", ";", "that", "who", "which", "was", "were"):
            return False
    return False


def _figure(
    sentence: Sentence,
    words: Sequence[Word],
    number: _Number,
    phrase: _Phrase,
    measure: Measure | None,
    happened: Measure | None,
) -> Figure:
    # "a soldier", "no one": where the number is an article the noun belongs to the figure's text.
    last = phrase.end if number.article and phrase.end > number.end else number.end
    part = sentence.part(words[number.start].start, words[last - 1].end)
    of = None
    if phrase.end > phrase.start and (phrase.measure or happened or measure != "people"):
        of = sentence.words(words[phrase.start].start, words[phrase.end - 1].end)
    unit = None
    if phrase.measure in _PEOPLE_MEASURES:
        unit = "households" if phrase.head in _HOUSEHOLDS else "people"
    return Figure(
        text=part.text,
        span=part.span,
        where=part.where,
        measure=measure,
        low=number.low,
        high=number.high,
        qualifier=number.qualifier,
        of=of,
        unit=unit,
    )


# --- parts and revisions ---------------------------------------------------------------------------------------------

_PART_CUES = word_set("including among")
_REVISED = word_set("raised revised rose risen climbed increased lowered updated raising revising up")


def _parts(lower: Sequence[str], made: Sequence[tuple[_Number, Figure]]) -> list[tuple[_Number, Figure]]:
    """As in "24, including seven children": the seven are part of the 24, and so is what goes on after them."""
    out: list[tuple[_Number, Figure]] = []
    whole: Figure | None = None
    for i, (number, figure) in enumerate(made):
        between = lower[made[i - 1][0].end : number.start] if i else []
        if i and _PART_CUES & set(between) and not _STOPS & set(between):
            whole = made[i - 1][1] if whole is None or not out[-1][1].part_of else whole
        elif whole and not (between and between[-1] in ("and", ",") and figure.measure == out[-1][1].measure):
            whole = None
        if whole and figure.measure == whole.measure and _fits(figure, whole):
            figure = replace(figure, part_of=whole.text)
        out.append((number, figure))
    return out


def _fits(part: Figure, whole: Figure) -> bool:
    most = whole.high if whole.high is not None else None
    return most is None or part.low is None or part.low <= most


def _superseded(lower: Sequence[str], made: Sequence[tuple[_Number, Figure]]) -> list[Figure]:
    """As in "raised the toll to 43 from 24", "from 24 to 43": the older of the two no longer stands."""
    out = [figure for _, figure in made]
    for i in range(1, len(made)):
        (first, _), (second, _) = made[i - 1], made[i]
        between = lower[first.end : second.start]
        told = set(lower[max(0, first.start - 12) : first.start])
        if not (told & _REVISED and "toll" in told | set(between)) or len(between) > 4:
            continue
        if between[-1:] == ["from"]:
            out[i] = replace(out[i], superseded=True, measure=out[i].measure or out[i - 1].measure)
        elif between[-1:] == ["to"] and lower[first.start - 1] == "from":
            out[i - 1] = replace(out[i - 1], superseded=True)
    return out
