"""What a sentence says befell the counted people: the nearest telling word, ahead of the count or behind it."""

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from dateline.codes import Measure
from dateline.reading.figure_nouns import Phrase, are_lives, is_plural, loses_life
from dateline.reading.figure_numbers import Number, past_age
from dateline.reading.figure_words import (
    ACTIVE,
    BE,
    BODIES_OF,
    EVENT_NOUNS,
    EVENT_TABLE,
    EVENTS,
    NOUNS,
    PART_CUES,
    PEOPLE_MEASURES,
    PERSON_MEASURES,
    PREPOSITIONS,
    REVISED,
    STOPS,
    THING_MEASURES,
)
from dateline.reading.patterns import word_set
from dateline.record import Figure
from dateline.world import numbers

Rule = Literal[
    "participle before the noun", "participle after the noun", "driven from home", "lives lost",
    "verb before the count", "noun of an event", "verb after the noun", "verb earlier in the clause", "toll",
    "goes on from the count before",
]  # fmt: skip
_AHEAD_REACH = 14  # words between the noun and the verb that tells what happened to it
_ASIDE = 10  # words more where an aside of parts stands between: "17 villagers, including …, were killed"
_BACK_REACH = 8  # words between the verb and the number


class Befallen(NamedTuple):
    """What befell the counted, and the rule that says so."""

    measure: Measure
    rule: Rule


def happened_to(
    lower: Sequence[str],
    number: Number,
    phrase: Phrase,
    starts: dict[int, Number],
    made: Sequence[tuple[Number, Figure]],
) -> Befallen | None:
    """What the sentence says befell the counted people: the nearest telling word, ahead or back."""
    if phrase.measure in THING_MEASURES or phrase.measure in ("money", "area") or _are_children(lower, number):
        return None
    if {"wound", "wounds"} & set(lower[phrase.start : phrase.end + 1]):
        return None  # "two gunshot wounds": of one person
    participle = lower[phrase.start] if phrase.start < len(lower) else ""
    if phrase.start < phrase.end - 1 and participle in EVENTS and participle != phrase.head:
        if _right_behind(lower, number, phrase, starts) == "killed":
            return Befallen("killed", "verb before the count")  # "executed 12 captured soldiers"
        return Befallen(EVENTS[participle], "participle before the noun")  # "12 wounded soldiers"
    for rule, find in _RULES:
        measure = find(lower, number, phrase, starts, made)
        if measure is not None:
            return Befallen(measure, rule)
    return None


_PARENTS = word_set("father mother dad mom parent parents grandfather grandmother")


def _are_children(lower: Sequence[str], number: Number) -> bool:
    """As in "the father of three was killed": the three are his children, and nothing befell them."""
    at = number.start
    return at >= 2 and lower[at - 1] == "of" and lower[at - 2] in _PARENTS


_WEAPONS_OF_DEATH = word_set("burnt burned stabbed beaten hacked crushed trampled frozen clubbed bludgeoned starved")


def event_at(lower: Sequence[str], at: int) -> Measure | None:
    """What the word at `at` says befell somebody, read with the words right after it.

    Who was "shot" may be dead or hurt: that is told by what follows ("shot dead", "shot and wounded"), else not at all.
    """
    word = lower[at]
    if word == "shot":
        after = lower[at + 1 : at + 4]
        if after[:1] == ["down"] or (after[:1] == ["at"] and not _hit_at_place(lower, at)):
            return None
        if at and lower[at - 1] in ("fatally", "mortally"):
            return "killed"
        return _told_after(after) or "casualties"
    if loses_life(lower, at):
        return "killed"
    if word in _WEAPONS_OF_DEATH and lower[at + 1 : at + 3] == ["to", "death"]:
        return "killed"
    if word in _CARRIED and _HOSPITALS & set(lower[at + 1 : at + 1 + _HOSPITAL_REACH]):
        return "wounded"
    if word in _STATES:
        return "wounded" if lower[at + 1 : at + 2] == ["condition"] else None
    if word in _TO_SAFETY:
        return "displaced" if _TO_SAFETY[word] & set(lower[at + 1 : at + 1 + _SAFETY_REACH]) else None
    return EVENTS.get(word)


def _hit_at_place(lower: Sequence[str], at: int) -> bool:
    """ "four people were shot at a party", "4 shot at club"; not "were shot at by", "shot at police"."""
    after = lower[at + 2] if at + 2 < len(lower) else "."
    passive = bool(PASSIVE & set(lower[max(0, at - 2) : at]))
    if after in STOPS | _NO_PLACE or after in NOUNS or numbers.number_at(lower, at + 2):
        return False
    return passive or after not in _DETERMINED


_NO_PLACE = word_set(", by while when as after before from and but him her them me us it")
_DETERMINED = word_set("a an the his her their its this that these those our some several many")


_SHELTER = word_set(
    "refuge shelter shelters asylum safety safer camp camps centre centres center centers tents schools"
)
# Words of going or staying, and what must follow for them to tell of people away from home.
_TO_SAFETY: dict[str, frozenset[str]] = {
    **dict.fromkeys(word_set("sought seek seeking took taken take taking"), word_set("refuge shelter asylum")),
    **dict.fromkeys(
        word_set("moved moving shifted transferred staying living housed sheltered sheltering accommodated spent"),
        _SHELTER,
    ),
    "lost": word_set("homes houses home"),
}
_SAFETY_REACH = 5  # words from the verb to the shelter
_STATES = word_set("critical serious stable grave guarded fair good")
_CARRIED = word_set("transported rushed airlifted flown taken")
_HOSPITALS = word_set("hospital hospitals clinic clinics infirmary")
_HOSPITAL_REACH = 7  # words from "taken" to "hospital", with the hospital's name between


def _told_after(after: Sequence[str]) -> Measure | None:
    if after[:1] == ["dead"] or after[:2] == ["to", "death"]:
        return "killed"
    if after[:1] == ["and"]:
        return next((EVENTS[word] for word in after[1:] if EVENTS.get(word) in ("killed", "wounded")), None)
    return None


_ENDS_CLAUSE = word_set(
    ". ; : but while when after said says told added announced stated that claimed launched attacked fired entered"
)


def _right_after(lower: Sequence[str], phrase: Phrase, starts: dict[int, Number]) -> Measure | None:
    """As in "25 injured", "two others hurt": the participle just after the noun outweighs a verb before the count."""
    at = past_age(lower, phrase.end)
    if at >= len(lower) or lower[at] not in _AFTER_NOUN:
        return None
    measure = event_at(lower, at)
    if measure is None or (lower[at].endswith("ing") and lower[at] != "missing") or _takes_object(lower, at, starts):
        return None
    return _both(lower, at, starts) or measure


_AFTER_NOUN = ACTIVE | {"dead", "missing", "shot"}


def _ahead(lower: Sequence[str], number: Number, phrase: Phrase, starts: dict[int, Number]) -> Measure | None:
    """As in "12 people were killed", "12 dead", "12 civilians and two soldiers were killed"."""
    at = past_age(lower, phrase.end)
    limit = min(len(lower), at + _AHEAD_REACH)
    auxiliary = False
    while at < limit:
        word = lower[at]
        measure = event_at(lower, at)
        if measure is not None:
            if (
                word in ("forced", "returned", "seized", "released", "burned", "escaped", "charged", "custody")
                and not auxiliary
            ):
                return None
            if word.endswith("ing") and lower[at - 1] in ("of", "with", "for", "after") and word != "missing":
                return None  # "two men are accused of killing a guard"
            verb = at + (word in ("fatally", "mortally"))
            if not auxiliary and lower[verb] in _AFTER_NOUN and _takes_object(lower, verb, starts):
                return None  # "12 soldiers killed three rebels", "a man fatally shot his friend"
            return _both(lower, at, starts) or measure
        if word in _ENDS_CLAUSE or (word == "as" and not auxiliary):
            return None
        if number.article and not (word in BE or word in (",", "and") or word in NOUNS or at in starts):
            return None  # "a man opened fire before taking hostages"
        if word == "," and (over := _over_aside(lower, at)):
            at = over
            continue
        if word in (",", "and", "or") and not (_goes_on(lower, at, starts) or (auxiliary and _verb_next(lower, at))):
            return None
        if word == "including" and limit == min(len(lower), phrase.end + _AHEAD_REACH):
            limit = min(len(lower), limit + _ASIDE)
        if word == "held" and auxiliary:
            return "abducted" if {"hostage", "captive"} & set(lower[at : at + 3]) else "detained"
        auxiliary = auxiliary or (word in BE and word not in _ADVERBS)
        if auxiliary and word == "by":
            return _second_verb(lower, at)
        at += 1
    return None


# Words among those of being that say no more than how: "a man allegedly shot two others".
_ADVERBS = word_set("also allegedly reportedly apparently presumably later then immediately")


def _both(lower: Sequence[str], at: int, starts: dict[int, Number]) -> Measure | None:
    """As in "killed or wounded", "dead and injured" of one count: casualties."""
    if at + 2 >= len(lower) or lower[at + 1] not in ("and", "or") or at + 2 in starts:
        return None
    pair = {EVENTS.get(lower[at]), EVENTS.get(lower[at + 2])}
    return "casualties" if pair == {"killed", "wounded"} and not _takes_object(lower, at + 2, starts) else None


def _takes_object(lower: Sequence[str], at: int, starts: dict[int, Number]) -> bool:
    after = lower[at + 1] if at + 1 < len(lower) else ""
    if at + 1 in starts:
        return True
    return after in ("the", "a", "an", "his", "her", "their", "its", "him", "them", "several", "many", "civilians")


def _over_aside(lower: Sequence[str], at: int) -> int:
    """Over a name between commas: "seven rebels and a leader, Abel Karim, were killed"; 0 where there is none."""
    end = next((i for i in range(at + 2, min(len(lower) - 1, at + _NAMED)) if lower[i] == ","), 0)
    return end + 1 if end and lower[end + 1] in ("was", "were", "have", "had", "died") else 0


_NAMED = 6  # words of a name between commas, at most


def _second_verb(lower: Sequence[str], at: int) -> Measure | None:
    """As in "were engaged by aircraft and killed"."""
    joint = next((i for i in range(at + 2, min(len(lower) - 1, at + _NAMED)) if lower[i] == "and"), 0)
    after = lower[joint + 1] if joint else ""
    return EVENTS.get(after) if after in _AFTER_NOUN and after.endswith("ed") else None


_GOES_ON = word_set(
    "including among mostly all some most many mainly mostly largely who were was the one had has have an a another as"
)


def _verb_next(lower: Sequence[str], at: int) -> bool:
    """As in "were beaten and then arrested", "was tortured and killed"."""
    return any(word in EVENTS for word in lower[at + 1 : at + 2 + (lower[at + 1 : at + 2] == ["then"])])


def _goes_on(lower: Sequence[str], at: int, starts: dict[int, Number]) -> bool:
    """Whether a comma or "and" goes on with the same subject: another count, "including …", an article."""
    after = lower[at + 1] if at + 1 < len(lower) else ""
    if after in _GOES_ON:
        return True
    if (
        lower[at] == "and"
        and is_plural(after)
        and at + 2 < len(lower)
        and (lower[at + 2] in BE or lower[at + 2] in EVENTS)
    ):
        return True  # "12 miners and cooks were killed"
    return at + 1 in starts or (after in NOUNS and after not in EVENTS and lower[at] != ",") or after == "and"


_BETWEEN_VERB_AND_COUNT = word_set("the his her their its another other all these those our")


def _right_behind(lower: Sequence[str], number: Number, phrase: Phrase, starts: dict[int, Number]) -> Measure | None:
    """As in "killed 12", "killed the four": the verb just before the count outweighs any later one."""
    at = number.start - 1
    while at >= 0 and lower[at] in _BETWEEN_VERB_AND_COUNT:
        at -= 1
    if number.article and at and lower[at - 1] == "to":
        return None  # "an operation to detain a leader": nobody was detained yet
    if at < 0 or lower[at] not in (_AFTER_NOUN | {"sent"}) - {"missing"} or (at and lower[at - 1] in PASSIVE):
        return None
    if lower[at] == "sent":
        return "wounded" if _HOSPITALS & set(lower[phrase.end : phrase.end + _HOSPITAL_REACH]) else None
    if lower[at] == "shot" or (lower[at] == "dead" and at and lower[at - 1] == "shot"):
        return event_at(lower, at - (lower[at] == "dead"))
    if lower[at] == "dead":
        return None
    if at >= 2 and lower[at - 1] in ("and", "or") and at - 1 not in starts and lower[at - 2] in EVENTS:
        pair = {EVENTS[lower[at - 2]], EVENTS[lower[at]]}
        if pair == {"killed", "wounded"}:
            return "casualties"
    return EVENTS[lower[at]]


PASSIVE = word_set("was were been being be are is")


_KIN_OF = word_set("his her their a an")


_OF_HIS = (["of", "his"], ["of", "her"], ["of", "their"])
_CUTS = STOPS | word_set("who that which of by including left leaving sent it he she they we")


def _behind(lower: Sequence[str], number: Number, phrase: Phrase) -> Measure | None:
    """As in "killed 12", "killing at least 12 civilians", "killed a guard and 12 civilians"."""
    along = list(lower[max(0, number.start - 2) : number.start]) in (["along", "with"], ["together", "with"]) or (
        lower[number.start - 1] == "with" and list(lower[number.end : number.end + 2]) in _OF_HIS
    )
    for at in range(number.start - 1, max(-1, number.start - 1 - _BACK_REACH), -1):
        word = lower[at]
        if word in ("shot", "shooting") and lower[at + 1] in _KIN_OF and lower[at - 1] not in PASSIVE:
            return "killed" if lower[at - 1] in ("fatally", "mortally") else "casualties"
        if word == "dead" and lower[at - 1] != "shot" and _fares_otherwise(lower, phrase.end):
            return None  # "one dead, one charged"
        if word in EVENTS and (word in ACTIVE or word in ("dead", "wounding")):
            passive = any(
                lower[i] in ("was", "were", "been", "being", "be", "are", "is") for i in range(max(0, at - 2), at)
            )
            if number.article and at and lower[at - 1] == "to":
                return None
            if passive and not along and at != number.start - 1 and lower[at + 1] not in ("including", ",", "and"):
                return None
            if passive and at == number.start - 1:
                return None
            return EVENTS[word]
        if word == "with" and at and (along or lower[at - 1] in ("along", "together")):
            continue  # "detained the leader along with three of his men"
        if word == "as" and "well" in lower[at - 1 : at + 2]:
            continue  # "as well as three aides"
        if word == "of" and lower[at - 1] in BODIES_OF:
            continue
        if word in _CUTS or (word in PREPOSITIONS and word != "along" and not along):
            return None
    return None


_LISTED = 5  # words of a person told of before a count
_OF_A_FURTHER = word_set("a an further additional total estimated another some about")


def _of_event(lower: Sequence[str], number: Number) -> Measure | None:
    """As in "the deaths of 12 people", "the arrest of at least 20", "lives of"."""
    at = number.start - 1
    if "attempted" in lower[max(0, at - 2) : at]:
        return None  # "the attempted murder of a guard"
    while at >= 2 and lower[at] in _OF_A_FURTHER:
        at -= 1  # "the evacuation of a further 45,000"
    if at >= 2 and lower[at] == "of" and lower[at - 1] in ('"', "”", "''"):
        at -= 1
        if lower[at - 1] in EVENT_NOUNS:
            return EVENT_NOUNS[lower[at - 1]]
    if lower[at : at + 1] in (["and"], [","]):  # "the killing of his wife and four daughters"
        back = at - 1
        while back > max(0, at - _LISTED) and (lower[back] in NOUNS or lower[back] in _KIN_OF | {"young"}):
            back -= 1
        if lower[back + 1] in _KIN_OF and lower[back] == "of":
            at = back
    if at >= 1 and lower[at] in ("of", "among", "claimed") and lower[at - 1] in EVENT_NOUNS:
        return EVENT_NOUNS[lower[at - 1]]
    if at >= 2 and lower[at] in ("of", "the") and lower[at - 1] == "of" and lower[at - 2] in EVENT_NOUNS:
        return EVENT_NOUNS[lower[at - 2]]
    return None


_LEAVING = word_set("leave left leaving abandon abandoned abandoning")


_AWAY = word_set("homes flee fleeing evacuate evacuated leave refuge shelter")


def _driven(lower: Sequence[str], number: Number, phrase: Phrase) -> Measure | None:
    """As in "forced 5,000 people from their homes", "have driven 20,000 to flee"."""
    drive = {"forced", "forcing", "force", "drove", "driven", "driving", "sent"} & set(
        lower[max(0, number.start - 3) : number.start]
    )
    after = lower[phrase.end : phrase.end + 6]
    if "homes" in after and _LEAVING & set(after):
        return "displaced"
    return "displaced" if drive and _AWAY & set(after) else None


_COSTS = word_set("cost costs costing")


def _lives_lost(lower: Sequence[str], number: Number, phrase: Phrase) -> Measure | None:
    """As in "cost 12 people their lives"."""
    cost = bool(_COSTS & set(lower[max(0, number.start - 2) : number.start]))
    return "killed" if cost and are_lives(lower, phrase.end) else None


def _told(words: Sequence[str]) -> Measure | None:
    """As in "the number of displaced families is put at 349", "Houses destroyed: 146": what the label counts."""
    events = [EVENTS[word] for word in words if word in EVENTS]
    nouns = [NOUNS[word] for word in words if word in NOUNS]
    if nouns and nouns[0] in THING_MEASURES:
        return nouns[0]
    return next(iter(events + nouns), None)


_TOLLS = word_set("deaths dead fatalities")


def _toll(lower: Sequence[str], number: Number, phrase: Phrase) -> Measure | None:
    """As in "the death toll rose to 43 from 24"."""
    if phrase.end > phrase.start and phrase.measure not in PERSON_MEASURES:
        return None
    alone = phrase.end == phrase.start
    if _is_label(lower, number) and (measure := _told(lower[: number.start])):
        return measure
    told = _changes(lower, number)
    for at in range(number.start - 1, max(-1, number.start - (_TOLL_REACH if told else _NEAR_TOLL)), -1):
        if lower[at : at + 2] == ["number", "of"] or (alone and lower[at] == ":" and at == number.start - 1):
            return _told(lower[at + 2 : number.start] if lower[at] == "number" else lower[max(0, at - 4) : at])
        if lower[at] == "toll" or (lower[at] in _TOLLS and (told or lower[number.start - 1] in ("to", "at"))):
            return "killed"
        if lower[at] in (";", "."):
            return None
    return None


_NEAR_TOLL = 16  # words between "toll" and its number
_TOLL_REACH = 40  # the same where a verb of tolls stands before the number: the strike's place and day come between
_REACHES = word_set("reached reaches reaching topped exceeded surpassed")
_OLD_TOLL = 5  # words of "from 24 to" at most
_STANDS = word_set("stands stood standing put is was")


def _changes(lower: Sequence[str], number: Number) -> bool:
    """Whether the words before a number say where a toll has got to: "has risen to", "reached", "now stands at"."""
    end = number.start
    if end and lower[end - 1] == "to" and "from" in lower[max(0, end - _OLD_TOLL) : end]:
        end -= list(lower[end - 1 :: -1]).index("from")  # "from 24 to 43"
    before = list(lower[max(0, end - 3) : end])
    if before[-1:] in (["passed"], ["hit"]):
        return before[-2:-1] in (["has"], ["have"], ["had"])
    if before and before[-1] in _REACHES:
        return True
    return before[-1:] in (["to"], ["at"], ["from"]) and bool((REVISED | _STANDS) & set(before[:-1]))


_AT = word_set("in at near outside inside around from")
_LABEL = 6  # words of a label at most: "Houses destroyed: 146", "Evacuated people 3,000"


def _is_label(lower: Sequence[str], number: Number) -> bool:
    """Whether a sentence is a line of a table: a few words that name what is counted, and the number."""
    ends = number.end >= len(lower) or lower[number.end] in (".", "(", ";")
    return ends and 0 < number.start <= _LABEL and not any(word in BE for word in lower[: number.start])


def _fares_otherwise(lower: Sequence[str], at: int) -> bool:
    """As in "one dead, one charged", "one in custody": something else is told of the later count."""
    word = lower[at] if at < len(lower) else ""
    return (word.endswith("ed") and word not in BE) or (word == "in" and lower[at + 1 : at + 2] == ["custody"])


def _carried(
    lower: Sequence[str], number: Number, phrase: Phrase, made: Sequence[tuple[Number, Figure]]
) -> Measure | None:
    """What befell the figure before goes on to this one: "killed 12 people, including two children", "and a guard"."""
    if not made or made[-1][1].measure not in EVENT_TABLE or _fares_otherwise(lower, phrase.end):
        return None
    last_number, last = made[-1]
    between = lower[last_number.end : number.start]
    if phrase.measure not in PEOPLE_MEASURES and phrase.end > phrase.start and not _listed_among(between, phrase):
        return None
    listed = between[-1:] in ([":"], ["("], ["-"]) and last.low is not None
    if listed and not any(EVENTS.get(word, last.measure) != last.measure or word in STOPS for word in between[:-1]):
        return last.measure  # "24 dead: 20 soldiers", "300 families (1,500 people)"
    if _are_among(between) or _is_ellipsis(lower, number, phrase):
        return last.measure
    if not between or any(word in STOPS or word in ("but", "while", "when") for word in between):
        return None
    if PART_CUES & set(between):
        return last.measure
    if between[-2:] in (["along", "with"], ["together", "with"]) or between[-3:] == ["as", "well", "as"]:
        return last.measure
    joints = ("and",) if number.article else ("and", ",")
    if (
        between[-1] in joints
        and phrase.end == phrase.start
        and lower[number.end : number.end + 1]
        and lower[number.end] in _AT
    ):
        return last.measure  # "12 were killed in one village and five in another"
    if between[-1] in joints and not any(word in EVENTS or word in PREPOSITIONS for word in between):
        return last.measure
    return None


PRO_VERBS = word_set("did were was had have has are")


def _is_ellipsis(lower: Sequence[str], number: Number, phrase: Phrase) -> bool:
    """As in "the army said nine soldiers died; the rebels said that 21 did", "put the number at 21": of the same."""
    if phrase.end > phrase.start:
        return False
    after = lower[number.end : number.end + 2]
    did = after[:1] != [] and after[0] in PRO_VERBS and (after[1:] == [] or after[1] in _CLOSES)
    before = list(lower[max(0, number.start - 3) : number.start])
    return did or before in (["the", "number", "at"], ["the", "figure", "at"], ["the", "count", "at"])


_CLOSES = STOPS | word_set(", and but while")
_OTHER_CLAUSE = word_set("but while when")


def _are_among(between: Sequence[str]) -> bool:
    """As in "12 people were killed when rebels attacked a convoy, among them [five] soldiers", over any clause between.

    "Including" tells of the people nearest before it: where the clause between has some of its own, of those.
    """
    if any(word in STOPS for word in between):
        return False
    if _among_them(between) == len(between):
        return True
    other = next((i for i, word in enumerate(between) if word in _OTHER_CLAUSE), len(between))
    of_others = any(NOUNS.get(word) in PEOPLE_MEASURES for word in between[other:])
    return list(between[-2:]) == [",", "including"] and not of_others


def _among_them(between: Sequence[str]) -> int:
    """Where the list begins that "among them" opens; 0 where there is none."""
    return next((i + 2 for i in range(len(between) - 1) if list(between[i : i + 2]) in _AMONG), 0)


_AMONG = (["among", "them"], ["among", "those"])


def _listed_among(between: Sequence[str], phrase: Phrase) -> bool:
    """As in "among them a priest and [two] nuns": people, though no table knows the noun."""
    start = _among_them(between)
    told = between[start:]
    people = phrase.measure is None and is_plural(phrase.head)
    return bool(start) and people and not any(w in PREPOSITIONS | STOPS or w in EVENTS for w in told)


_Find = Callable[
    [Sequence[str], Number, Phrase, dict[int, Number], Sequence[tuple[Number, Figure]]], Measure | None
]  # fmt: skip
# In the order they are tried: the first that finds something decides.
_RULES: tuple[tuple[Rule, _Find], ...] = (
    ("participle after the noun", lambda lower, number, phrase, starts, made: _right_after(lower, phrase, starts)),
    ("driven from home", lambda lower, number, phrase, starts, made: _driven(lower, number, phrase)),
    ("lives lost", lambda lower, number, phrase, starts, made: _lives_lost(lower, number, phrase)),
    ("verb before the count", lambda lower, number, phrase, starts, made: _right_behind(lower, number, phrase, starts)),
    ("noun of an event", lambda lower, number, phrase, starts, made: _of_event(lower, number)),
    ("verb after the noun", lambda lower, number, phrase, starts, made: _ahead(lower, number, phrase, starts)),
    ("verb earlier in the clause", lambda lower, number, phrase, starts, made: _behind(lower, number, phrase)),
    ("toll", lambda lower, number, phrase, starts, made: _toll(lower, number, phrase)),
    (
        "goes on from the count before",
        lambda lower, number, phrase, starts, made: _carried(lower, number, phrase, made),
    ),
)
