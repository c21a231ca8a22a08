"""The words by which news tells a place by way of others: "125 km north of", "in and around", "'s north-east", "off the
coast of".

A sentence is masked first: every place in it becomes a run of one letter as long as its name, which says what it is, so
that one pattern sees "north of @@@@@@" whatever the place is called, and offsets stay true. Patterns are tried in the
order of their table; words that one has taken are closed to the rest.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dateline.codes import RelationKind
from dateline.record import Place
from dateline.world.geometry import MILE_KM, bearing_of_word
from dateline.world.numbers import number_at

Stretch = tuple[int, int]
Bound = Literal["exact", "at_most", "at_least", "about"]

TOWN, DEMONYM, COUNTRY, WATER = "\ue000", "\ue001", "\ue002", "\ue003"
NAUTICAL_MILE_KM = 1.852
HOUR_KM = 60.0  # how far one drives in an hour: for "two hours from", which states no distance
A_FEW = 3.0


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


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────

_P = f"(?:{TOWN}+|{COUNTRY}+|{WATER}+)"
_A = f"(?:{TOWN}+|{COUNTRY}+|{WATER}+|{DEMONYM}+)"
_C = f"(?:{COUNTRY}+|{DEMONYM}+)"
_D = f"{DEMONYM}+"
_RUN = re.compile(f"{TOWN}+|{COUNTRY}+|{WATER}+|{DEMONYM}+")
_S = r"(?:['’]s?)"
_COMPASS = r"(?:(?:north|south|east|west)(?:[-–\s]?(?:north|south|east|west)){0,2}(?:[-\s]central)?)"
_DIR = rf"(?:far\s+|extreme\s+|deep\s+)?(?P<dir>{_COMPASS}(?:ern(?:most)?|erly)?|central)"
_SIDE = rf"(?:far\s+|extreme\s+)?(?P<dir>{_COMPASS}(?:ern(?:most)?|erly)?)"
# A name in small letters that describes where a part lies: "eastern Ghouta", not "North Kivu".
DESCRIPTIVE = re.compile(rf"(?P<dir>{_COMPASS}ern|central)\s+(?P<name>\S.*)", re.DOTALL)
_SHORT = r"(?-i:NNE|NNW|SSE|SSW|ENE|ESE|WNW|WSW|NE|NW|SE|SW)"
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_NUMBER = (
    rf"(?:\d[\d,]*(?:\.\d+)?|(?:a\s+)?(?:{_ONES}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    rf"nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|dozen|few|couple\s+of)"
    rf"(?:[-\s](?:{_ONES}|hundred|thousand))?)"
)
_UNIT = r"(?:km|kms|kilomet(?:er|re)s?|nautical[-\s]miles?|miles?|mi|nm)\b"
_BOUND = (
    r"(?:about|around|some|roughly|approximately|nearly|almost|just|less\s+than|within|up\s+to|no\s+more\s+than|"
    r"at\s+most|under|more\s+than|over|at\s+least|only)"
)
_SAME = rf"(?:\s*\((?:about\s+|some\s+)?[\d,.]+[\s-]*{_UNIT}(?:\s*/\s*[\d,.]+\s*{_UNIT})?\))"
LAND = (
    "city|town|village|hamlet|settlement|province|district|governorate|state|region|department|oblast|county|republic|"
    "capital|camp|port|area|suburb|neighbou?rhood|island|islands|peninsula|base|airport|airbase|enclave|territory|"
    "municipality|desert|stronghold|hub|heartland|resort|outpost|mountains?|countryside|plains?|valley|highlands"
)
_ADJECTIVE = (
    r"(?:(?:[\w-]+-(?:held|controlled|populated|majority|run)|tiny|small|mainland|remote|nearby|ancient|historic|old|new|"
    r"besieged|strategic|key|coastal|border|port|main|largest|biggest|second|rural|embattled|ravaged|capital|oil|rich|"
    r"holy|northern|southern|eastern|western|central|disputed|occupied|contested|city)\s+)"
)
# "the port city of", "the Russian town of", "Iran's", "the tiny island of", "tiny": between the words and the anchor.
_LEAD = (
    rf"(?:(?:the|its|a|an)\s+)?(?:(?!(?:{_COMPASS})\b){_P}{_S}\s+)?(?:{_ADJECTIVE}|{_D}\s+){{0,3}}?"
    rf"(?:(?:(?!of\b)[\w-]+\s+)?(?:{LAND})s?\s+(?:of\s+)?(?:the\s+)?)?"
)
_LIST = rf"{_P}(?:(?:\s*,\s*{_LEAD}{_P})*\s*,?\s+(?:and|or|&)\s+{_LEAD}{_P}(?!{_S}))?"
_JOINED = rf"{_A}{_S}?(?:\s*(?:[-–—/]|\band\b|\bto\b)\s*(?:the\s+)?{_A})?"
_BORDER = r"(?:borders?|frontiers?|boundary|borderlands?)"
# "Turkish border guards", "the Iran border dispute": not places.
_NO_BORDER = (
    r"(?!\s+(?:guards?|guardsm[ae]n|police\w*|patrols?|forces?|troops|agents?|agency|officials?|officers?|services?|"
    r"security|protection|authorit\w+|disputes?|wars?|walls?|control|controls|policy|polic\w+|closures?|talks)\b)"
)
_ROAD = r"(?:roads?|highways?|motorway|freeway|expressway|railway|route|routes|rail\s+line|railroad|corridor)"
_RIM = r"(?:outskirts|suburbs?|countryside|edges?|approaches|outlying\s+areas|fringes?|rim|hinterland|environs|periphery|entrance)"
_SECTION = (
    r"(?:parts?|sides?|half|halves|portions?|areas|sections?|districts|provinces|neighbou?rhoods|quarters|flank|tip|corner|"
    r"swathe?s?|pockets|heart|foothills|stretches|end|third|reaches|sectors?)"
)
# "the area of", "the district of" name the whole; "a district of", "the northern area of" a part.
_SINGLE = r"(?:area|district|neighbou?rhood|quarter|zone)"
_COAST = r"(?:coasts?|coastlines?|coastal\s+(?:area|region|strip|waters|plain)s?|shores?|shorelines?|seaboard|seashore)"
_LINKS = r"(?:linking|connecting|joining|(?:that|which)\s+(?:links?|connects?|joins?)|links|connects)"
_NEAR = (
    r"(?:(?:just\s+)?(?:(?:in\s+and\s+)?near(?:by)?|close\s+to|not\s+far\s+from|(?:in\s+the\s+)?(?:immediate\s+)?vicinity\s+of|"
    r"next\s+to|adjacent\s+to|overlooking|in\s+the\s+neighbou?rhood\s+of|a\s+short\s+distance\s+from))"
)
_ROUND = r"(?:(?:in|on)\s+and\s+around|in\s+or\s+around|surrounding|encircling|around)"
# Two parties, not two places: "talks between", "the border between" is another pattern's.
_PARTIES = re.compile(
    r"\b(?:talks?|wars?|conflicts?|relations?|relationships?|tensions?|agreements?|deals?|negotiations?|fighting|clash\w*|"
    r"ties|disputes?|trade|ceasefires?|truce|cooperation|match\w*|differences?|peace|war|links?|rivalry|dialogue|meetings?|"
    r"summit|skirmish\w*|battlegrounds?|partnerships?|contacts?|balance|compar\w+|struggle|mediat\w+|choose|divided?|split|alliance|treaty|pact|exchanges?|standoff|stand-off|confrontation|borders?)"
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
    "around": "about", "some": "about", "roughly": "about", "approximately": "about", "nearly": "about", "almost": "about",
}  # fmt: skip

_HOW_FAR = (
    rf"(?:\b(?P<bound>{_BOUND})\s+)?\b(?:(?P<number>{_NUMBER})[\s-]*(?P<unit>{_UNIT})|"
    rf"(?P<hours>{_NUMBER}|an?|half\s+an?)[\s-]+hours?['’]?)(?:{_SAME})?,?"
    rf"(?:\s+(?:away|drive|by\s+road|to\s+the|due|further|farther|up|down|inland|distance|journey))*"
    rf"(?:\s+(?P<bearing>{_COMPASS}(?:ern|wards?)?|{_SHORT}))?\s+(?:of|from|outside|inside|off|beyond)\s+"
)
_DISTANCE_END = re.compile(rf"{_HOW_FAR}(?:[\w-]+\s+){{0,5}}$", re.IGNORECASE)


def distance_words(words: str) -> int | None:
    """Where in the words right before an anchor the phrase of a distance begins; None where they hold none."""
    found = _DISTANCE_END.search(words)
    return found.start() if found else None


# ── patterns ────────────────────────────────────────────────────────────────────────────────────────────────────────


class Pattern(Struct, frozen=True, kw_only=True):
    """How one way of telling a place is recognised: anchors are the runs in groups `at`, `at2`, `at3`.

    `cues` are letters of which a sentence must hold some: a look at them spares most sentences the pattern itself, and
    most processes its compiling.
    """

    kind: RelationKind
    words: str
    cues: tuple[str, ...]
    inside: bool = False
    rim: bool = False
    coast: bool = False
    takes_head: bool = False

    def found(self, text: str, lowered: str) -> Iterator[re.Match[str]]:
        if any(cue in lowered for cue in self.cues):
            yield from _compiled(self.words).finditer(text)


@cache
def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


def _pattern(kind: RelationKind, cues: str, words: str, **more: bool) -> Pattern:
    """A pattern; the cues stand between bars."""
    return Pattern(kind=kind, words=words, cues=tuple(cues.split("|")), **more)


_OF_HEAD = rf"(?:\s+(?:[\w-]+\s+)?(?:{LAND})\s+of\s+(?P<head>{_P}))?"
# What stands right before a name and makes it a part of that place: settled first, so that it can be an anchor.
ADJECTIVES: tuple[Pattern, ...] = (
    _pattern(
        "direction_of",
        "north|south|east|west|central",
        rf"(?P<at>{_A}){_S}\s+{_DIR}\s+(?P<head>{_P})(?!\s+{_BORDER}\b)",
        inside=True,
    ),
    _pattern(
        "direction_of",
        "north|south|east|west|central",
        rf"(?P<at>{_A}){_S}?\s+{_DIR}\s+(?:[\w-]+\s+)?(?:{LAND})\b(?:\s+of\s+(?P<head>{_P}))?",
        inside=True,
    ),
    _pattern(
        "direction_of",
        "north|south|east|west|central",
        rf"(?P<at>{_A}){_S}\s+(?:far\s+)?(?P<dir>{_COMPASS})\b(?!\s+(?:of\b|{_COAST}|{_RIM}|{_SECTION}|{_BORDER}|{_P}))",
        inside=True,
    ),
    _pattern(
        "direction_of",
        "north|south|east|west|central",
        rf"\b{_DIR}\s+(?P<at>{_D})\s+(?:{LAND})\b(?:\s+of\s+(?P<head>{_P}))?",
        inside=True,
    ),
    _pattern(
        "direction_of",
        "north|south|east|west|central",
        rf"\b{_DIR}\s+(?:(?:{_ADJECTIVE})\s*)?(?P<at>{_P})(?!\s+{_BORDER}\b)",
        inside=True,
    ),
)
REST: tuple[Pattern, ...] = (
    _pattern(
        "distance", "km|kilomet|mile|hour| mi |nm",
        rf"{_HOW_FAR}(?:the\s+)?(?:[\w-]+\s+){{0,2}}?(?P<at>{_A}(?:\s*[-–]\s*{_A})?){_S}?\s+(?:{_BORDER}|capital|coast)\b",
        takes_head=True,
    ),
    _pattern("distance", "km|kilomet|mile|hour| mi |nm", rf"{_HOW_FAR}{_LEAD}(?P<at>{_P})", takes_head=True),
    # roads before borders and "between": "the highway between Homs and Hama"
    _pattern(
        "road", "road|highway|motorway|freeway|expressway|rail|route|corridor|link|connect|join",
        rf"\b{_ROAD}(?:\s+\w+)?,?\s+(?:(?:leading|running|going|stretching)\s+)?(?:from|between)\s+{_LEAD}(?P<at>{_P})"
        rf"(?:\s+(?:to|and|towards?)\s+{_LEAD}(?P<at2>{_P}))?",
        takes_head=True,
    ),
    _pattern(
        "road", "road|highway|motorway|freeway|expressway|rail|route|corridor|link|connect|join",
        rf"\b(?:{_ROAD}(?:\s+\w+)?,?\s+)?{_LINKS}\s+{_LEAD}(?P<at>{_P})\s+(?:to|and|with)\s+{_LEAD}(?P<at2>{_P})",
        takes_head=True,
    ),
    _pattern(
        "road", "road|highway|motorway|freeway|expressway|rail|route|corridor|link|connect|join",
        rf"\b{_ROAD}\s+(?:(?:leading|running|going|stretching|out|north|south|east|west)\s+)?(?:to|towards?|into|out\s+of|of)"
        rf"\s+{_LEAD}(?P<at>{_P})",
        takes_head=True,
    ),
    _pattern(
        "road", "road|highway|motorway|freeway|expressway|rail|route|corridor|link|connect|join",
        rf"(?P<at>{_P})\s*(?:[-–—/]|to|and)\s*(?P<at2>{_P})\s+(?:[\w-]+\s+)?{_ROAD}\b",
        takes_head=True,
    ),
    _pattern(
        "road", "road|highway|motorway|freeway|expressway|rail|route|corridor|link|connect|join", rf"(?P<at>{_P})\s+(?:international\s+|main\s+|coastal\s+)?(?:(?-i:road|ROAD)|highway|motorway|freeway)\b"
    ),
    _pattern(
        "border", "border|frontier|boundary",
        rf"(?:\b(?:near|along|close\s+to)\s+)?(?:\b(?:the|its|their)\s+)?(?P<at>{_JOINED}){_S}?\s+(?:land\s+|common\s+|shared\s+|"
        rf"internationally\s+)?(?:{_SIDE}\s+)?{_BORDER}\b{_NO_BORDER}(?:\s+(?:areas?\s+|regions?\s+)?with\s+{_LEAD}(?P<at2>{_A}))?"
        rf"{_OF_HEAD}",
        takes_head=True,
    ),
    _pattern(
        "border", "border|frontier|boundary",
        rf"(?:\b(?:near|along|close\s+to)\s+)?(?:\b(?:the|its|their)\s+)?(?:\b{_SIDE}\s+|\b[\w-]+\s+)?\b{_BORDER}(?:\s+areas?|\s+regions?)?"
        rf"\s+(?:(?:crossings?\s+|posts?\s+)?with|between|of|separating|dividing|to|into|from|shared\s+(?:with|by))\s+{_LEAD}(?P<at>{_A})"
        rf"(?:\s+(?:and|from)\s+{_LEAD}(?P<at2>{_A}))?",
        takes_head=True,
    ),
    _pattern("border", "border|frontier|boundary", rf"(?P<at>{_A}){_S}?\s+side\s+of\s+(?:the|its|their)\s+{_BORDER}\b", takes_head=True),
    _pattern("border", "border|frontier|boundary", rf"\b(?:border(?:s|ing)\s+(?:on\s+)?(?:with\s+)?{_LEAD}|border\s+)(?P<at>{_P})(?!\s+{_BORDER})", takes_head=True),
    _pattern(
        "along", "coast|shore|seaboard",
        rf"(?:\b(?:off|along|near)\s+(?:the\s+)?)?(?P<at>{_A}){_S}?\s+(?:(?P<at2>{_P})\s+)?(?:[\w-]+\s+)?(?:{_SIDE}\s+)?{_COAST}\b",
        coast=True,
        takes_head=True,
    ),
    _pattern(
        "along", "coast|shore|seaboard",
        rf"(?:\b(?:off|along|on|near)\s+)?(?:the\s+)?(?:\b{_SIDE}\s+)?\b{_COAST}\s+(?:of|off)\s+{_LEAD}(?P<at>{_P})",
        coast=True,
        takes_head=True,
    ),
    _pattern("along", "bank|mouth|delta", rf"\b(?:banks?|mouth|delta)\s+of\s+{_LEAD}(?P<at>{_P})", takes_head=True),
    _pattern("along", "along", rf"\b(?:along|alongside)\s+(?:the\s+)?(?:(?!with\b)[\w-]+\s+){{0,2}}?(?P<at>{WATER}+)", takes_head=True),
    _pattern("along", "on the", rf"\bon\s+the\s+(?P<at>{WATER}+)(?=\s+river\b|\s+in\b|[,.;]|\s+deep\b|$)", takes_head=True),
    _pattern("along", "coastal", rf"\bcoastal\s+(?P<at>{_P})", coast=True),
    _pattern("along", "off", rf"\b(?:just\s+)?off\s+(?:(?:the|tiny|small)\s+)*(?:islands?\s+of\s+{_LEAD}(?P<at>{_P})|(?P<at2>{_P})(?=\s+(?:islands?|archipelago)\b)|"
        rf"(?P<at3>{COUNTRY}+|{WATER}+))(?!-)",
        takes_head=True,),
    _pattern("between", "between", rf"\bbetween\s+{_LEAD}(?P<at>{_P})(?:{_S}\s+\w+)?\s+and\s+{_LEAD}(?P<at2>{_P})", takes_head=True),
    _pattern(
        "part", "outskirt|suburb|countryside|edge|approach|outlying|fringe|rim|hinterland|environs|periphery|entrance|area|district|neighb|quarter|zone",
        rf"(?P<at>{_P}){_S}?\s+(?:{_SIDE}\s+)?(?:(?:{_P}|[\w-]+)\s+)?(?:{_RIM}\b|{_SINGLE}(?=\s+of\b))(?:\s+of\s+(?P<head>{_P}))?",
        inside=True,
        rim=True,
    ),
    _pattern("part", "outskirt|suburb|countryside|edge|approach|outlying|fringe|rim|hinterland|environs|periphery|entrance", rf"(?<!\bthe (?=suburb\b))\b(?:{_SIDE}\s+)?{_RIM}\s+of\s+{_LEAD}(?P<at>{_P})", inside=True, rim=True),
    _pattern(
        "direction_of", "centre|center|middle",
        rf"\b(?P<dir>centre|center|middle)\s+of\s+{_LEAD}(?P<at>{_P})",
        inside=True,
    ),
    _pattern("part", "of", rf"\b(?:{_DIR}\s+)?{_SECTION}\s+of\s+{_LEAD}(?P<at>{_P})", inside=True),
    _pattern("part", "of", rf"\b{_DIR}\s+{_SINGLE}\s+of\s+{_LEAD}(?P<at>{_P})", inside=True),
    _pattern("part", "of", rf"(?<!\bthe )(?<!\bthe\n)\b{_SINGLE}\s+of\s+{_LEAD}(?P<at>{_P})", inside=True),
    _pattern("part", "north|south|east|west|central", rf"(?P<at>{_P}){_S}\s+(?:{_DIR}\s+)(?:{_SECTION}|{_SINGLE})\b", inside=True),
    _pattern("part", "town|inner|greater|metro|rural|urban|outer", rf"\b(?:downtown|inner|greater|metropolitan|rural|suburban|outer|uptown|midtown)\s+(?P<at>{_P})(?:\s+area)?", inside=True),
    _pattern("part", "area", rf"(?P<at>{_P})\s+(?:metropolitan\s+|metro\s+)?areas?\b(?!\s+of\b)", inside=True),
    _pattern("around", "around|surround|encircl", rf"\b{_ROUND}\s+{_LEAD}(?P<at>{_LIST})", takes_head=True),
    _pattern(
        "around", "surround|environs|outlying|neighb",
        rf"(?P<at>{_P})\s+and\s+(?:in\s+)?(?:(?:the|its|nearby)\s+)?(?:surround\w+|environs|outlying|neighbou?ring)"
        rf"(?:\s+(?:areas?|suburbs|villages|towns|districts|countryside|regions?|cities|neighbou?rhoods))?",
    ),
    _pattern("near", "near|close to|far from|vicinity|next to|adjacent|overlook|neighb|short distance", rf"\b{_NEAR}\s+{_LEAD}(?P<at>{_P})", takes_head=True),
    _pattern("near", "outside", rf"\boutside\s+(?:of\s+)?{_LEAD}(?P<at>{TOWN}+)", takes_head=True),
    _pattern(
        "direction_of", "north|south|east|west|central",
        rf"\b(?:just\s+)?(?P<dir>{_COMPASS})(?:wards?)?\s+of\s+{_LEAD}(?P<at>{_P})",
        takes_head=True,
    ),
    _pattern("direction_of", "north|south|east|west|central", rf"\b(?P<dir>{_COMPASS})(?:wards?)?\s+of\s+the\s+(?P<at>{_D})\s+capital\b", takes_head=True),
)  # fmt: skip


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
    for run in _RUN.finditer(found[name]):
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
    return replace(phrase, distance_km=round(_value(number) * _unit_km(unit), 1), bound="about" if vague else bound)


def _unit_km(unit: str) -> float:
    if unit.startswith(("nautical", "nm")):
        return NAUTICAL_MILE_KM
    return MILE_KM if unit.startswith("mi") else 1.0


def _value(words: str) -> float:
    words = words.lower().replace("couple of", "two").strip()
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
