"""What a number counts: the noun phrase after it, its head, and the measure that the head stands for."""

from collections.abc import Sequence
from typing import NamedTuple

from dateline.codes import Measure
from dateline.reading.figure_numbers import Number
from dateline.reading.figure_words import BODIES_OF, EVENTS, NOUNS, PHRASE_ENDS, STOPS
from dateline.reading.patterns import word_set


class Phrase(NamedTuple):
    """The counted noun phrase: its words, its head, and the measure the head stands for."""

    start: int
    end: int
    head: str
    measure: Measure | None


_DETERMINERS = word_set("the its their his our")
_PHRASE_REACH = 9  # words; longer noun phrases are rare in wire copy


def noun_phrase(lower: Sequence[str], number: Number, starts: dict[int, Number]) -> Phrase:
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
        if word.endswith("ing") and any(known in NOUNS for known in lower[start:end]):
            break  # "airstrikes targeting military bases"
        if "-" in (word, lower[end - 1]) and end > start and word not in STOPS:
            end += 1
            continue  # "mud-and-thatch homes"
        if number.article and word == "(" and lower[end + 2 : end + 3] == [")"]:
            end += 3  # "an Islamic Movement of Kazor (IMK) leader"
            continue
        if word == "of" and number.article and lower[end - 1] in BODIES_OF:
            end += 1
            continue
        if word in PHRASE_ENDS or loses_life(lower, end) or (word in EVENTS and not _adjective(lower, end, start)):
            break
        end += 1
    head, measure = "", None
    for i in range(end - 1, start - 1, -1):
        if lower[i] in NOUNS and not _is_verb(lower, i, start):
            head, measure, end = lower[i], NOUNS[lower[i]], i + 1
            break
    if not head and end > start:
        # An unknown noun: the first plural is likely the head, what follows a verb ("lanterns stood there").
        plural = next((i for i in range(start, end) if is_plural(lower[i])), end - 1)
        head, end = lower[plural], plural + 1
    if head in ("members", "member"):
        measure = _members_of(lower, start)
    elif (
        (head in ("men", "man", "individuals", "persons", "people", "women") and _ARMED & set(lower[start:end]))
        or (lower[number.end : number.end + 2] == ["-", "strong"] and measure != "troops")
        or (head in _GROUPS and any(NOUNS.get(word) == "fighters" for word in lower[start : end - 1]))
    ):
        measure = "fighters"
    elif head in _MUNITIONS and _handled(lower, number, end):
        measure = "weapons"
    return Phrase(start, end, head, measure)


_LOSES = word_set("lost lose loses losing")
_OWN = word_set("their his her its our")


def loses_life(lower: Sequence[str], at: int) -> bool:
    """Whether "lost" at `at` is to have died: "lost their lives", not "lost their homes"."""
    return lower[at] in _LOSES and are_lives(lower, at + 1)


def are_lives(lower: Sequence[str], at: int) -> bool:
    """As in "[their lives]" at `at`: those of the counted."""
    return lower[at : at + 1] != [] and lower[at] in _OWN and lower[at + 1 : at + 2] in (["lives"], ["life"])


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


_RANKED = word_set("officer chief")  # "a police officer"


def _is_verb(lower: Sequence[str], at: int, start: int) -> bool:
    """ "40 policemen guard it": after a plural, a singular that may be a noun is a verb."""
    return (
        not _are_many(lower[at])
        and lower[at] not in _RANKED
        and any(_are_many(word) and word in NOUNS for word in lower[start:at])
    )


def _are_many(word: str) -> bool:
    return is_plural(word) or word.endswith("men") or word in ("people", "children", "police", "personnel")


def _handled(lower: Sequence[str], number: Number, end: int) -> bool:
    near = set(lower[max(0, number.start - 6) : number.start]) | set(lower[end : end + 5])
    return bool(_HANDLING & near) and not near & {"fired", "launched", "hit", "fell", "landed"}


def _adjective(lower: Sequence[str], at: int, start: int) -> bool:
    """As in "12 wounded soldiers", "displaced people", or a noun itself: "40 casualties", "three hostages"."""
    if at == start and lower[at] in NOUNS and is_plural(lower[at]):
        return True
    return at == start and at + 1 < len(lower) and lower[at + 1] in NOUNS and lower[at + 1] not in EVENTS


def _members_of(lower: Sequence[str], at: int) -> Measure:
    around = set(lower[at : at + 8])
    if around & {"family", "parliament", "household", "congress", "council", "community", "staff"}:
        return "people"
    if around & {"police", "army", "guard", "forces", "regiment", "military", "navy", "brigade"}:
        return "troops"
    return "fighters"


def is_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith("ss") and word.isalpha()
