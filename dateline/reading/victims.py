"""Single people whom a report says something befell, with no number told: "Ana Ruiz died", "killing his wife".

record.md keeps written counts as figures, and a named or single victim is none. A toll counts them all the same, so
they are looked for here: a person's name or a noun for one person ("the driver", "a 34-year-old"), the word that tells
what befell them, and a construction that joins the two: a passive or "died" behind its subject, a verb before its
object, "the death of X", "X's murder", "killed himself".
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from dateline.codes import Measure
from dateline.reading.patterns import word_set
from dateline.reading.words import Sentence, Token
from dateline.record import Part
from dateline.world.calendars import MONTHS, WEEKDAYS
from dateline.world.numbers import ONES, TENS

# What befell a victim. `shot` is hurt by a weapon, and whether it was death is not told by the word.
Fate = Literal["killed", "wounded", "detained", "shot"]
# How a victim is told of: by a name; as somebody new ("a man"); as somebody known ("the man"); by a tie to somebody
# ("his wife"); bare ("Man killed", in headlines); by a pronoun; or as one who did it to himself.
Kind = Literal["name", "new", "known", "tie", "bare", "pronoun", "self"]


class Victim(Struct, frozen=True, kw_only=True):
    """One person and what befell them. `name` is in small letters, empty where none is given; `noun` likewise."""

    part: Part
    sentence: int
    fate: Fate
    kind: Kind
    name: tuple[str, ...] = ()
    noun: str = ""
    beside: bool = False  # of one who did it to himself: the sentence tells first of others, whom he killed or shot


class _Person(Struct, frozen=True):
    """A phrase for one person: tokens `first` to `last` (included), its modifiers with it from `begin` on."""

    begin: int
    first: int
    last: int
    kind: Kind
    name: tuple[str, ...] = ()
    noun: str = ""


_PERSON = word_set(
    "man woman boy girl teen teenager child toddler infant baby officer deputy soldier suspect shooter gunman victim "
    "driver passenger student mother father mom dad wife husband son daughter brother sister girlfriend boyfriend "
    "friend neighbor neighbour grandmother grandfather grandson granddaughter uncle aunt nephew niece cousin resident "
    "employee clerk guard trooper patrolman policeman civilian person individual homeowner intruder robber burglar "
    "owner commander militant insurgent leader facilitator fighter rebel journalist cameraman paramedic medic doctor "
    "nurse pedestrian bystander worker farmer year-old youth teacher manager customer bouncer roommate stepfather "
    "stepmother stepson stepdaughter fiancee fiance partner lawyer priest bishop mayor politician policewoman "
    "sergeant lieutenant captain colonel major general corporal cop inmate prisoner bomber attacker assailant "
    "shopkeeper contractor engineer activist financier operative trafficker subcommander sub-commander emplacer "
    "expert supplier maker planner organizer jihadist terrorist male female motorist cyclist lady kid "
    "preschooler juvenile minor patient specialist coordinator courier recruiter trainer smuggler dealer builder "
    "chief governor spotter manufacturer tenant landlord ex-wife ex-husband ex-girlfriend ex-boyfriend classmate "
    "pastor bartender barber coach firefighter veteran rapper musician carjacker trucker jogger hunter housekeeper "
    "bodyguard accomplice associate subordinate aide colleague companion relative "
    "babysitter waitress waiter cashier realtor handyman caretaker stepdad stepmom stepbrother stepsister"
)
_ANY = word_set("any every each no such")
_TIES = word_set("his her their its my our your")
_OTHER = word_set("a an another one second third fourth fifth other additional")
_KNOWN = word_set("the this that these those")
_PRONOUNS = word_set("he she him her")
_SELVES = word_set("himself herself themselves")

_DIES = word_set("died dies dying succumbed succumbs perished perishes")
_KILLS = word_set(
    "killed kills killing murdered murders murdering slain slays slaying executed executing assassinated massacred "
    "beheaded lynched strangled drowned slew"
)
_HURTS = word_set(
    "wounded wounding wounds injured injuring injures hurt hurting hospitalized hospitalised airlifted grazed maimed "
    "stabbed stabbing"
)
_SHOOTS = word_set("shot shooting shoots struck")
_SEIZES = word_set(
    "captured capturing captures detained detaining detains arrested arresting arrests apprehended nabbed"
)
_CAPTURE = word_set("capture arrest detention apprehension")
_ENDS = word_set("death murder killing slaying assassination execution homicide body deaths shooting")
_BE = word_set("was were is are be been being 's got gets get")
_BETWEEN = word_set(
    "fatally mortally shot and reportedly later also then both all critically seriously severely badly allegedly "
    "accidentally instantly not found pronounced declared dead either beaten stabbed struck apparently slightly "
    "first being been accidently tragically hit robbed brutally gunned down wounded injured"
)
_DEAD_AFTER = word_set("found pronounced declared shot confirmed presumed stabbed beaten was is were are left leaves")
_NOT = word_set("not n't never nobody neither nor without n’t wasn't survived")
_UNREAL = word_set("to would could might may will if attempted tried threatened threatening trying")
_LINKS = word_set(", and & as well")
_BREAKS = word_set(". ; : ! ? — –")
_BEFORE_OBJECT = ("DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON", "PUNCT", "ADV", "PART")
_SUBJECT_REACH = 18  # words between a person and the verb that tells what befell them
_OBJECT_REACH = 9


def find_victims(sentences: Sequence[Sentence]) -> tuple[Victim, ...]:
    """The single people that something befell, in reading order; one word of befalling may tell of several.

    Args:
        sentences: with tokens and tags.
    """
    made: list[Victim] = []
    for sentence in sentences:
        if not tells_a_fate(sentence):
            continue
        tokens = sentence.tokens
        lower = [token.lower for token in tokens]
        people = _people(tokens, lower)
        seen: set[tuple[int, Fate]] = set()
        for fate, person in _befallen(tokens, lower, people):
            if (person.first, fate) not in seen:
                seen.add((person.first, fate))
                part = sentence.part(tokens[person.begin].start, tokens[person.last].end)
                beside = person.kind == "self" and lower[person.first] not in _SUICIDE and any(
                    v.sentence == sentence.index and v.fate in ("killed", "shot") and v.kind not in ("self", "name")
                    for v in made
                )  # fmt: skip
                made.append(
                    Victim(part=part, sentence=sentence.index, fate=fate, kind=person.kind, name=person.name,
                           noun=person.noun, beside=beside)
                )  # fmt: skip
    return tuple(made)


def tells_a_fate(sentence: Sentence) -> bool:
    """Whether a sentence has a word of befalling, without which it tells of no victim; it need not be tagged yet."""
    return any(token.lower in _FATE_WORDS for token in sentence.tokens)


_FATE_WORDS = (
    _DIES | _KILLS | _HURTS | _SHOOTS | _SEIZES | _ENDS | _CAPTURE
    | word_set("dead custody suicide murder-suicide condition himself herself life self-inflicted gunned")
)  # fmt: skip


# --- people ----------------------------------------------------------------------------------------------------------


def _people(tokens: Sequence[Token], lower: Sequence[str]) -> list[_Person]:
    """Names of people and nouns for one person, left to right; a noun before a name or in apposition is the same."""
    found: list[_Person] = []
    at = 0
    while at < len(tokens):
        if tokens[at].name == "B-PER":
            last = at
            while (end := _name_goes_on(tokens, last)) > last:
                last = end
            name = tuple(word for word in lower[at : last + 1] if word[0].isalpha() and word not in ("jr", "sr"))
            if name:
                found.append(_Person(_begin(tokens, lower, at), at, last, "name", name))
            at = last
        elif lower[at] in _PERSON and not tokens[at].name.endswith(("ORG", "LOC")):
            person = _noun(tokens, lower, at)
            if person is not None:
                found.append(person)
        elif lower[at] in _PRONOUNS and tokens[at].tag == "PRON" and tokens[at].form != "PRP$":
            found.append(_Person(at, at, at, "pronoun"))
        at += 1
    return _joined(found, lower)


def _name_goes_on(tokens: Sequence[Token], last: int) -> int:
    """The last token of a name that goes on after `last`; over an initial's full stop ("Ana J. Ruiz") too."""
    after = [token.name for token in tokens[last + 1 : last + 4]]
    if after[:1] == ["I-PER"] or (last + 1 < len(tokens) and tokens[last + 1].text in ("II", "III", "IV")):
        return last + 1
    dotted = last + 2 < len(tokens) and tokens[last + 1].text == "." and len(tokens[last].text) == 1
    if dotted and after[1].endswith("PER"):
        return last + 2
    initial = last + 3 < len(tokens) and len(tokens[last + 1].text) == 1 and tokens[last + 1].text.isupper()
    surname = initial and tokens[last + 2].text == "." and tokens[last + 3].text[:1].isupper()
    if surname and (after[2].endswith("PER") or tokens[last + 3].tag == "PROPN"):
        return last + 3
    return last


def _many(word: str) -> bool:
    return ONES.get(word, 0) > 1 or word in TENS or word in ("several", "many", "multiple", "numerous", "all", "both")


def _joined(found: Sequence[_Person], lower: Sequence[str]) -> list[_Person]:
    """A noun right before a name ("his wife Ana Ruiz"), or set off by commas beside one, is the same person."""
    made: list[_Person] = []
    for person in found:
        before = made[-1] if made else None
        if before is not None and {before.kind, person.kind} - {"pronoun"} and _same(before, person, lower):
            name = person.name or before.name
            made[-1] = _Person(before.begin, before.first, person.last, "name", name, before.noun or person.noun)
        else:
            made.append(person)
    return made


def _same(before: _Person, person: _Person, lower: Sequence[str]) -> bool:
    between = lower[before.last + 1 : person.begin]
    after = lower[person.last + 1 : person.last + 2]
    if person.kind == "name" and before.kind not in ("name", "pronoun"):
        named = between in (["identified", "as"], [",", "identified", "as"], ["named"], [",", "named"])
        return not between or named or (between in ([","], ["("]) and after[:1] in ([","], ["."], [")"], []))
    if before.kind == "name" and person.kind in ("new", "known", "tie"):
        aged = len(between) == 3 and between[0] == between[2] == "," and between[1].isdigit()
        return (between in ([","], ["("]) or aged) and after[:1] in ([","], ["."], [")"], ["who"], ["of"])
    return False


def _begin(tokens: Sequence[Token], lower: Sequence[str], first: int) -> int:
    """Where a phrase begins: over titles, ages and the like before it, up to its article."""
    at = first
    while at and first - at < 7:
        before = tokens[at - 1]
        if lower[at - 1] in _TIES | _OTHER | _KNOWN or (lower[at - 1].isdigit() and lower[at : at + 1] != ["-"]):
            return at - 1
        inside = at >= 2 and lower[at - 1] in ("of", "(", ")") and tokens[at - 2].name != "" and first - at < 5
        participle = before.form in ("VBN", "VBD") and lower[at - 1].endswith("ed")
        if before.tag not in ("ADJ", "NOUN", "PROPN", "NUM") and lower[at - 1] not in ("-", "'s", "’s"):
            if participle and at >= 2 and lower[at - 2] in _TIES | _OTHER | _KNOWN:
                return at - 2  # "the targeted individual"
            if not inside:
                return at
        at -= 1
    return at


def _noun(tokens: Sequence[Token], lower: Sequence[str], at: int) -> _Person | None:
    after = lower[at + 1] if at + 1 < len(lower) else ""
    if (
        lower[at] == "year-old"
        and after.isalpha()
        and after not in _FATE_WORDS
        and tokens[at + 1].tag in ("NOUN", "ADJ", "PROPN")
    ):
        return None  # "a 34-year-old man": the man comes
    if (
        (after == "-" and tokens[at + 1].start == tokens[at].end)
        or (after.endswith("s") and after[:-1] in _PERSON)
        or (after in _PERSON and tokens[at + 1].tag != "VERB")
    ):
        return None
    begin = _begin(tokens, lower, at)
    first = lower[begin]
    if begin and lower[begin - 1] in _ANY:
        return None
    many = any((word.isdigit() and word != "1") or _many(word) for word in lower[max(0, begin - 1) : at])
    if many and lower[at] != "year-old" and "year-old" not in lower[begin:at]:
        return None
    if first in _TIES or any(word in ("'s", "’s") for word in lower[begin:at]):
        kind: Kind = "tie"
    elif first in _OTHER:
        kind = "new"
    elif first in _KNOWN:
        kind = "known"
    else:
        kind = "bare"
    return _Person(begin, at, at, kind, (), lower[at])


# --- what befell them ------------------------------------------------------------------------------------------------


def _befallen(
    tokens: Sequence[Token], lower: Sequence[str], people: Sequence[_Person]
) -> Iterator[tuple[Fate, _Person]]:
    for at, word in enumerate(lower):
        if word not in _FATE_WORDS:
            continue
        yield from ((fate, person) for fate, person in _told_at(tokens, lower, people, at))


def _told_at(
    tokens: Sequence[Token], lower: Sequence[str], people: Sequence[_Person], at: int
) -> Iterator[tuple[Fate, _Person]]:
    word = lower[at]
    before, after = lower[max(0, at - 4) : at], lower[at + 1 : at + 4]
    if any(w in _NOT for w in before[-3:]) or (before and before[-1] in _UNREAL):
        return
    if word in _SELVES or word in _SUICIDE or (word == "life" and before[-1:] == ["own"]):
        if _died_by_own_hand(lower, at):
            who = next((p for p in people if p.last in (at - 2, at - 3)), None)
            yield "killed", _self(at, who if word in _SELVES else None)
    elif word in _DIES:
        for person in _subject(tokens, lower, people, at):
            yield "killed", person
    elif word == "dead":
        yield from (("killed", p) for p in _dead(tokens, lower, people, at))
    elif word == "custody":
        if "taken" in before:
            yield from (("detained", p) for p in _subject(tokens, lower, people, at - 1 - before[::-1].index("taken")))
    elif word == "condition":
        if before and before[-1] in ("critical", "stable", "serious", "fair", "good", "grave", "guarded"):
            for person in _subject(tokens, lower, people, at - 1):
                yield "wounded", person
    elif word in _ENDS and word != "shooting" and (tokens[at].tag in ("NOUN", "PROPN") or after[:1] == ["of"]):
        yield from (("killed", p) for p in _of_end(tokens, lower, people, at))
    elif word in _CAPTURE and tokens[at].tag in ("NOUN", "PROPN"):
        yield from (("detained", p) for p in _of_end(tokens, lower, people, at))
    elif word == "shooting" and after[:1] == ["of"]:
        fatal = {"fatal", "deadly", "fatally"} & set(before)
        yield from (("killed" if fatal else "shot", p) for p in _objects(tokens, lower, people, at + 2))
    elif word in _KILLS | _HURTS | _SHOOTS | _SEIZES or word == "gunned":
        fate = _fate(lower, at)
        yield from ((fate, p) for p in _of_verb(tokens, lower, people, at))


_SUICIDE = word_set("suicide murder-suicide")
_TRIED = word_set(
    "tried trying attempted attempting attempt tries threatened threatening wanted considered possible bomber attack"
)
_OWN_HAND = 6  # words before "himself" in which the verb and a "tried to" stand


def _died_by_own_hand(lower: Sequence[str], at: int) -> bool:
    """As in "killed himself", "took her own life", "committed suicide"; to have shot oneself need not be death."""
    before = lower[max(0, at - _OWN_HAND) : at]
    if _TRIED & {*before, *lower[at + 1 : at + 2]} or _NOT & set(before[-3:]):
        return False
    if lower[at] in _SELVES:
        gun = before[-1:] == ["on"] and {"gun", "weapon", "rifle", "pistol", "handgun", "shotgun"} & set(before)
        fatal = before[-1:] == ["shot"] and before[-2:-1] in (["fatally"], ["mortally"])
        return bool(gun or fatal or before[-1:] in (["killed"], ["killing"], ["kills"], ["hanged"]))
    if lower[at] == "life":
        return bool({"took", "taken", "taking", "takes"} & set(before))
    return lower[at] == "murder-suicide" or before[-1:] in (
        ["committed"], ["committing"], ["commits"], ["by"], ["murder"], ["-"], ["–"]
    )  # fmt: skip


def _fate(lower: Sequence[str], at: int) -> Fate:
    word = lower[at]
    if word in _KILLS or word == "gunned":
        return "killed"
    if word in _SEIZES:
        return "detained"
    fatal = {"fatally", "mortally"} & set(lower[max(0, at - 2) : at])
    after = lower[at + 1 : at + 4]
    if fatal or after[:1] == ["dead"] or after[:2] in (["to", "death"], ["and", "killed"]):
        return "killed"
    return "shot" if word in _SHOOTS else "wounded"


_DAYS = WEEKDAYS.keys() | MONTHS.keys() | word_set("today yesterday overnight twice several multiple early late")
_NO_OBJECT = ("ADP", "PUNCT", "CCONJ", "SCONJ", "ADV", "AUX", "ADJ", "VERB", "NUM", "PART")


def _of_verb(tokens: Sequence[Token], lower: Sequence[str], people: Sequence[_Person], at: int) -> list[_Person]:
    """Whom a verb befell: its subject in the passive, else its object; in a headline whoever stands before it."""
    aux = at - 1
    while (
        aux >= 0
        and at - aux <= 5
        and (
            lower[aux] in _BETWEEN
            or tokens[aux].tag == "ADV"
            or (tokens[aux].form == "VBN" and lower[aux + 1] == "and")
        )
    ):
        if lower[aux] in _BE:
            break
        aux -= 1
    if aux >= 0 and (lower[aux] in _BE or (lower[aux] in ("has", "have", "had") and "been" in lower[aux:at])):
        return _subject(tokens, lower, people, aux)
    objects = _objects(tokens, lower, people, at + 1)
    if not objects and lower[at + 1 : at + 2] == ["and"]:  # "shot and killed a guard"
        objects = _objects(tokens, lower, people, at + 3)
    active = lower[at].endswith(("ing", "s"))  # "deputy shoots, wounds robber"
    if objects or active or "and" in lower[aux + 1 : at]:
        return objects
    after = lower[at + 1] if at + 1 < len(tokens) else "."
    himself = after in _SELVES | {"self"} and lower[at] not in _KILLS  # "a boy shot himself": he is hurt
    if at + 1 < len(tokens) and tokens[at + 1].tag not in _NO_OBJECT and after not in _DAYS and not himself:
        return []  # "a guard killed a thief": somebody is killed whom no table knows
    ends = {p.last: p for p in people}
    if aux >= 2 and lower[aux] == "," and lower[aux - 1].isdigit() and lower[aux - 2] == ",":
        aux -= 3  # "Boy, 7, killed"
    found = [ends[aux]] if aux in ends and ends[aux].kind != "pronoun" and not _owns(lower, ends[aux]) else []
    while found and (other := _linked(tokens, lower, ends, found[-1])):  # "Woman, child killed"
        found.append(other)
    return found


def _subject(tokens: Sequence[Token], lower: Sequence[str], people: Sequence[_Person], at: int) -> list[_Person]:
    """The people that a verb at `at` says something of: those nearest before it, over what is set off by commas."""
    ends = {p.last: p for p in people}
    i = at - 1
    plural = lower[at] in ("were", "are", "died", "have")
    while i >= 0 and at - i <= _SUBJECT_REACH:
        if lower[i] in _BREAKS:
            return []
        person = ends.get(i)
        if person is not None and _owns(lower, person):
            i = person.begin - 1
            continue
        if person is not None:
            lead = lower[person.begin - 1] if person.begin else ""
            if lead in ("of", "with", "by", "near", "to", "from", "for", "at", "in", "on", "against", "about"):
                i = person.begin - 1
                continue
            found = [person]
            while plural and (other := _linked(tokens, lower, ends, found[-1])):
                found.append(other)
            return found
        if (
            tokens[i].tag == "VERB"
            and lower[i] not in _BETWEEN
            and lower[i] not in ("identified", "named", "described")
        ):
            who = next((k for k in range(i - 1, max(-1, i - 9), -1) if lower[k] in ("who", "whom", "whose")), None)
            if who is None:
                # "was shot in the chest and died": the subject stands before the first of two verbs.
                if (
                    lower[i] in ("taken", "rushed", "transported", "collapsed", "hit", "flown", "survived")
                    or lower[i] in _SHOOTS | _HURTS
                ):
                    i -= 1
                    continue
                return []
            i = who - 1
            continue
        i -= 1
    return []


_OWNERS = word_set("'s ’s ' ’")


def _owns(lower: Sequence[str], person: _Person) -> bool:
    """ "[Ruiz]'s mother": what follows is told of the mother."""
    return bool(_OWNERS & set(lower[person.last + 1 : person.last + 2]))


def _linked(tokens: Sequence[Token], lower: Sequence[str], ends: dict[int, _Person], person: _Person) -> _Person | None:
    """The person named before this one in a list: "Ana Ruiz, 34, and [Luis Ruiz], 30, were killed"."""
    i = person.begin - 1
    linked = False
    while i >= 0 and person.begin - i <= 8:
        if i in ends:
            return ends[i] if linked else None
        if lower[i] in _LINKS:
            linked = True
        elif not (lower[i].isdigit() or lower[i] in ("of", "-", "year-old") or tokens[i].name.endswith("LOC")):
            return None
        i -= 1
    return None


def _objects(tokens: Sequence[Token], lower: Sequence[str], people: Sequence[_Person], at: int) -> list[_Person]:
    """The people right after a verb, and those listed after them."""
    found: list[_Person] = []
    starts = [p for p in people if (p.begin >= at - 1 or p.first >= at) and not _owns(lower, p)]
    i = at
    for person in starts:
        reach = _OBJECT_REACH if not found else 12
        if person.first - i > reach:
            break
        between = range(i, min(person.begin, len(lower)))
        if not found:
            if any(tokens[k].tag not in _BEFORE_OBJECT or lower[k] in ("that", ",") for k in between):
                break
        elif not any(lower[k] in _LINKS for k in between) or any(
            tokens[k].tag not in ("PUNCT", "NUM", "CCONJ", "ADP", "PROPN", "ADJ", "DET")
            or lower[k] in _BREAKS | {"after", "before", "in", "at", "near", "by", "with"}
            for k in between
        ):
            break
        if person.kind == "pronoun" and lower[person.first] not in ("him", "her"):
            break
        # "killed [his wife], [police said]": what opens the next clause is no object.
        nxt = next((k for k in range(person.last + 1, min(len(lower), person.last + 3))), None)
        if found and nxt is not None and tokens[nxt].tag in ("VERB", "AUX") and lower[nxt] not in _BETWEEN:
            break
        found.append(person)
        i = person.last + 1
    return found


def _dead(tokens: Sequence[Token], lower: Sequence[str], people: Sequence[_Person], at: int) -> list[_Person]:
    """As in "was found dead", "left one man dead", "Teen dead"."""
    before = lower[at - 1] if at else ""
    direct = [p for p in people if p.last == at - 1]
    if direct:
        return direct
    if before in _DEAD_AFTER:
        start = at - 1
        while start and (lower[start - 1] in _BE | _BETWEEN | {"has", "have", "had"}):
            start -= 1
        return _subject(tokens, lower, people, start)
    return []


def _of_end(tokens: Sequence[Token], lower: Sequence[str], people: Sequence[_Person], at: int) -> list[_Person]:
    """As in "the murder of Ana Ruiz", "Ruiz's death", "his death"."""
    if "attempted" in lower[max(0, at - 3) : at]:
        return []
    if lower[at + 1 : at + 2] == ["of"]:
        return _objects(tokens, lower, people, at + 2)
    at -= 1
    while at > 0 and tokens[at].tag in ("ADJ", "NOUN", "VERB") and lower[at] not in _OWNERS:
        at -= 1
    if at > 0 and lower[at] in _OWNERS:
        return [p for p in people if p.last == at - 1 and p.kind != "pronoun"]
    return []


def _self(at: int, who: _Person | None) -> _Person:
    """Somebody who did it to himself: known by name where the subject has one."""
    return _Person(at, at, at, "self", who.name if who else (), who.noun if who else "")


def measure_of(fate: Fate) -> Measure:
    """The measure a fate counts under; who was shot is hurt until the report says more."""
    return "wounded" if fate == "shot" else fate
