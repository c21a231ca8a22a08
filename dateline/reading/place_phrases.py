"""Where a sentence tells a place by way of others, and what it says of it: kind, anchors, distance, bearing.

A sentence is masked first: every place in it becomes a run of one letter as long as its name, which says what it is, so
that one pattern sees "north of @@@@@@" whatever the place is called, and offsets stay true. Patterns are tried in the
order of their table; words that one has taken are closed to the rest.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dateline.codes import RelationKind
from dateline.reading.place_patterns import COUNTRY, DEMONYM, DISTANCE_END, RUN, TOWN, WATER, Pattern
from dateline.record import Place
from dateline.world.geometry import MILE_KM, bearing_of_word
from dateline.world.numbers import number_at

Stretch = tuple[int, int]
Bound = Literal["exact", "at_most", "at_least", "about"]

NAUTICAL_MILE_KM = 1.852
HOUR_KM = 60.0  # how far one drives in an hour: for "two hours from", which states no distance
A_FEW = 3.0
FARTHEST_KM = 3000.0  # news tells no place by a longer distance


class Phrase(Struct, frozen=True, kw_only=True):
    """A relation as a sentence tells it. Offsets count from the start of the sentence.

    `at` are the anchors, `head` the place that is told where the words name one right after them ("eastern Ukrainian
    city of" *Lviv*). `inside` says that the place is a part of the anchor, `side_told` whether it is said which part,
    `rim` that it is the edge of a town and what lies around it. `reach_km` is a distance that is not stated as one.
    """

    kind: RelationKind
    start: int
    end: int
    at: tuple[Stretch, ...]
    head: Stretch | None = None
    bearing: str | None = None
    distance_km: float | None = None
    bound: Bound | None = None
    reach_km: float | None = None
    inside: bool = False
    rim: bool = False
    coast: bool = False
    takes_head: bool = False  # a place right before the words may be the one that is told


# Two parties, not two places: "talks between", "the border between" is another pattern's.
_PARTIES = re.compile(
    r"\b(?:talks?|wars?|conflicts?|relations?|relationships?|tensions?|agreements?|deals?|negotiations?|fighting|clash\w*|"
    r"ties|disputes?|trade|ceasefires?|truce|cooperation|match\w*|differences?|peace|war|links?|rivalry|dialogue|meetings?|"
    r"summit|skirmish\w*|battlegrounds?|partnerships?|contacts?|balance|compar\w+|struggle|mediat\w+|choose|divided?|"
    r"split|alliance|treaty|pact|exchanges?|standoff|stand-off|confrontation|borders?)"
    r"\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_AREA_BEFORE = re.compile(
    r"\b(?:area|region|zone|corridor|strip|stretch|halfway|midway|located|situated|lies|lying|land|sea|strait|territory|"
    r"pass|valley|channel|waters|island)\w*\s+$",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\b(?:cut\w*|seal\w*|clos\w+|fend\w*|h[eo]ld|ward\w*|writ\w+|wrote|t[ao]k\w*|call\w*|dr[io]v\w+|f[io]ught?|lay|laid|"
    r"pa(?:y|id)|set|shut|beat\w*|block\w*|turn\w*|kick\w*|fight\w*|stav\w+|fenc\w+|broke|break\w*)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
# "Finland was part of", "as part of": belonging, not lying
_PREDICATE = re.compile(
    r"\b(?:as|is|was|are|were|be|been|being|becom\w+|became|remain\w*|up|form\w*|consider\w*|its|their)\s+"
    r"(?:(?:an|a|once|still|now|integral|also|largely)\s+)*$",
    re.IGNORECASE,
)
_BOUNDS: dict[str, Bound] = {
    "less than": "at_most", "within": "at_most", "up to": "at_most", "no more than": "at_most", "at most": "at_most",
    "under": "at_most", "more than": "at_least", "over": "at_least", "at least": "at_least", "about": "about",
    "around": "about", "some": "about", "roughly": "about", "approximately": "about", "nearly": "about",
    "almost": "about",
}  # fmt: skip


_distance_end = cache(partial(re.compile, DISTANCE_END, re.IGNORECASE))


def distance_words(words: str) -> int | None:
    """Where in the words right before an anchor the phrase of a distance begins; None where they hold none."""
    found = _distance_end().search(words)
    return found.start() if found else None


# ── finding them ────────────────────────────────────────────────────────────────────────────────────────────────────


def masked(text: str, places: Sequence[Place], offset: int) -> str:
    """The sentence with each place as a run of the letter of its kind; `offset` is where the sentence starts."""
    letters = list(text)
    for place in places:
        start, end = place.span.start - offset, place.span.end - offset
        letters[start:end] = _letter(place) * (end - start)
    return "".join(letters)


def _letter(place: Place) -> str:
    if place.demonym:
        return DEMONYM
    return {"country": COUNTRY, "water": WATER}.get(place.precision or "", TOWN)


def phrases(text: str, patterns: Sequence[Pattern], closed: Sequence[Stretch] = ()) -> list[Phrase]:
    """The phrases in a masked sentence, in reading order; none shares words with another or with what is closed."""
    made: list[Phrase] = []
    taken = list(closed)
    lowered = text.lower()
    for pattern in patterns:
        for found in pattern.found(text, lowered):
            if not _free(found.span(), taken) or not _meant(pattern, found, text):
                continue
            taken.append(found.span())
            made.append(_phrase(pattern, found))
    return sorted(made, key=lambda phrase: phrase.start)


def _free(span: Stretch, taken: Sequence[Stretch]) -> bool:
    return all(span[1] <= start or end <= span[0] for start, end in taken)


def _meant(pattern: Pattern, found: re.Match[str], text: str) -> bool:
    """Whether the words stand for a place here: two parties and phrasal verbs do not."""
    before = text[: found.start()]
    if pattern.kind == "between":
        return not _PARTIES.search(before) and (COUNTRY not in found.group() or bool(_AREA_BEFORE.search(before)))
    if pattern.kind == "along" and not pattern.coast and re.match(r"off\s", found.group(), re.IGNORECASE):
        return not _CUT.search(before)
    if pattern.kind == "part" and re.match(r"part\s+of", found.group(), re.IGNORECASE):
        return not _PREDICATE.search(before)
    if pattern.kind == "around" and COUNTRY in found.group():
        return bool(_AREA_BEFORE.search(before)) or not re.match("around", found.group(), re.IGNORECASE)
    return True


def _phrase(pattern: Pattern, found: re.Match[str]) -> Phrase:
    groups = found.groupdict()
    start = found.start() + len(found.group()) - len(found.group().lstrip())
    at = tuple(run for name in ("at", "at2", "at3") if groups.get(name) for run in _runs(found, name))
    head = found.span("head") if groups.get("head") else None
    end = found.end() if head is None else _trimmed(found, head)
    made = Phrase(
        kind=pattern.kind,
        start=_without_article(found.group(), start),
        end=end,
        at=at,
        head=head,
        bearing=compass_word(groups.get("dir") or groups.get("bearing")),
        inside=pattern.inside,
        rim=pattern.rim,
        coast=pattern.coast,
        takes_head=pattern.takes_head and head is None,
    )
    return _with_distance(made, groups) if pattern.kind == "distance" else made


def _runs(found: re.Match[str], name: str) -> Iterator[Stretch]:
    start = found.start(name)
    for run in RUN.finditer(found[name]):
        yield start + run.start(), start + run.end()


def _trimmed(found: re.Match[str], head: Stretch) -> int:
    """The end of the words before the head that is named after them: without "of", "the"."""
    words = found.string[found.start() : head[0]]
    return found.start() + len(re.sub(r"(?:\s+(?:of|the))*\s*$", "", words, flags=re.IGNORECASE))


def _without_article(words: str, start: int) -> int:
    return start + (found.end() if (found := re.match(r"(?:the|its|their)\s+", words.lstrip(), re.IGNORECASE)) else 0)


def _with_distance(phrase: Phrase, groups: dict[str, str | None]) -> Phrase:
    if hours := groups.get("hours"):
        return replace(phrase, reach_km=HOUR_KM * _value(hours))
    number, unit = groups.get("number") or "", (groups.get("unit") or "").lower()
    vague = bool(re.search(r"few|couple", number, re.IGNORECASE))
    bound = _BOUNDS.get(" ".join((groups.get("bound") or "").lower().split()), "exact")
    away = round(_value(number) * _unit_km(unit), 1)
    if not 0 < away <= FARTHEST_KM:  # a number that is not read, or no distance between places
        return phrase
    return replace(phrase, distance_km=away, bound="about" if vague else bound)


def _unit_km(unit: str) -> float:
    if unit.startswith(("nautical", "nm")):
        return NAUTICAL_MILE_KM
    return MILE_KM if unit.startswith("mi") else 1.0


def _value(words: str) -> float:
    words = re.sub(r"^an? (?=couple|dozen)", "", words.lower().strip())
    words = re.sub(r"^couple(?: of)?$", "two", words)
    if words.endswith("dozen"):
        several = words.removesuffix("dozen").strip()
        return 12.0 * (_value(several) or 1.0 if several != "several" else 3.0)
    if words.endswith("few"):
        return A_FEW
    if words.startswith("half"):
        return 0.5
    if words in ("a", "an"):
        return 1.0
    number = number_at(re.split(r"[\s-]+", words), 0)
    return float(number.value) if number else 0.0


_SHORT_WORDS = {"N": "north", "S": "south", "E": "east", "W": "west"}


def compass_word(words: str | None) -> str | None:
    """ "north-western", "north west" and "NW" as the one word "northwest"; "central" and "centre" as "central"."""
    if not words:
        return None
    if re.fullmatch(r"[NSEW]{2,3}", words):
        words = "-".join(_SHORT_WORDS[letter] for letter in words)
    plain = re.sub(r"[-–\s]+", "-", words.lower().strip())
    if plain in ("central", "centre", "center", "middle"):
        return "central"
    plain = re.sub(r"-central$|(?:ern(?:most)?|erly|wards?)(?:-central)?$", "", plain)
    parts = re.findall("north|south|east|west", plain)
    word = f"{parts[0]}-{parts[1]}{parts[2]}" if len(parts) == 3 else "".join(parts)
    return word if bearing_of_word(word) is not None else None
