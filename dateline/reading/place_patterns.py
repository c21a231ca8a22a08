"""The words by which news tells a place by way of others: "125 km north of", "in and around", "'s north-east", "off the
coast of".

The patterns read a sentence in which each place is a run of one letter that says what it is (`place_phrases.masked`),
so that one pattern sees "north of @@@@@@" whatever the place is called.
"""

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from dateline.codes import RelationKind

TOWN, DEMONYM, COUNTRY, WATER = "\ue000", "\ue001", "\ue002", "\ue003"


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


def _pattern(kind: RelationKind, cues: tuple[str, ...], words: str, **more: bool) -> Pattern:
    return Pattern(kind=kind, words=words, cues=cues, **more)


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────

_P = f"(?:{TOWN}+|{COUNTRY}+|{WATER}+)"
_A = f"(?:{TOWN}+|{COUNTRY}+|{WATER}+|{DEMONYM}+)"
_C = f"(?:{COUNTRY}+|{DEMONYM}+)"
_D = f"{DEMONYM}+"
RUN = re.compile(f"{TOWN}+|{COUNTRY}+|{WATER}+|{DEMONYM}+")
_S = r"(?:['’]s?)"
_COMPASS = r"(?:(?:north|south|east|west)(?:[-–\s]?(?:north|south|east|west)){0,2}(?:[-\s]central)?)"
_DIR = rf"(?:far\s+|extreme\s+|deep\s+)?(?P<dir>{_COMPASS}(?:ern(?:most)?|erly)?|central)"
_SIDE = rf"(?:far\s+|extreme\s+)?(?P<dir>{_COMPASS}(?:ern(?:most)?|erly)?)"
_SHORT = r"(?-i:NNE|NNW|SSE|SSW|ENE|ESE|WNW|WSW|NE|NW|SE|SW)"
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_NUMBER = (
    rf"(?:\d[\d,]*(?:\.\d+)?|(?:a\s+)?(?:{_ONES}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    rf"nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|dozen|few|couple\s+of)"
    rf"(?:[-\s](?:{_ONES}|hundred|thousand|dozen))?)"
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
_JOINED = rf"(?:{_C}{_S}?\s+and\s+(?:the\s+)?{_C}|{_A}{_S}?(?:\s*[-–—/]\s*{_A})?)"
_BORDER = r"(?:borders?|frontiers?|boundary|borderlands?)"
# "Turkish border guards", "the Iran border dispute": not places.
_NO_BORDER = (
    r"(?!\s+(?:guards?|guardsm[ae]n|police\w*|patrols?|forces?|troops|agents?|agency|officials?|officers?|services?|"
    r"security|protection|authorit\w+|disputes?|wars?|walls?|control|controls|policy|polic\w+|closures?|talks)\b)"
)
_ROAD = r"(?:roads?|highways?|motorway|freeway|expressway|railway|route|routes|rail\s+line|railroad|corridor)"
_RIM = (
    r"(?:outskirts|suburbs?|countryside|edges?|approaches|outlying\s+areas|fringes?|rim|hinterland|environs|periphery|"
    r"entrance)"
)
_SECTION = (
    r"(?:parts?|sides?|half|halves|portions?|areas|sections?|districts|provinces|neighbou?rhoods|quarters|flank|tip|corner|"
    r"swathe?s?|pockets|heart|foothills|stretches|end|third|reaches|sectors?)"
)
# "the area of", "the district of" name the whole; "a district of", "the northern area of" a part.
_SINGLE = r"(?:area|district|neighbou?rhood|quarter|zone)"
_COAST = r"(?:coasts?|coastlines?|coastal\s+(?:area|region|strip|waters|plain)s?|shores?|shorelines?|seaboard|seashore)"
_LINKS = r"(?:linking|connecting|joining|(?:that|which)\s+(?:links?|connects?|joins?)|links|connects)"
_NEAR = (
    r"(?:(?:just\s+)?(?:(?:in\s+and\s+)?near(?:by)?|close\s+to|not\s+far\s+from|(?:immediate\s+)?vicinity\s+of|"
    r"next\s+to|adjacent\s+to|overlooking|in\s+the\s+neighbou?rhood\s+of|a\s+short\s+distance\s+from))"
)
_ROUND = r"(?:(?:in|on)\s+and\s+around|in\s+or\s+around|surrounding|encircling|around)"
_HOW_FAR = (
    rf"(?:\b(?P<bound>{_BOUND})\s+)?\b(?:(?P<number>{_NUMBER})[\s-]*(?P<unit>{_UNIT})|"
    rf"(?P<hours>{_NUMBER}|an?|half\s+an?)[\s-]+hours?['’]?)(?:{_SAME})?,?"
    rf"(?:\s+(?:away|drive|by\s+road|to\s+the|due|further|farther|up|down|inland|distance|journey))*"
    rf"(?:\s+(?P<bearing>{_COMPASS}(?:ern|wards?)?|{_SHORT}))?\s+(?:of|from|outside|inside|off|beyond)\s+"
)
# A name in small letters that describes where a part lies: "eastern Ghouta", not "North Kivu".
DESCRIPTIVE = re.compile(rf"(?P<dir>{_COMPASS}ern|central)\s+(?P<name>\S.*)", re.DOTALL)
DISTANCE_END = rf"{_HOW_FAR}(?:[\w-]+\s+){{0,5}}$"  # right before an anchor


# ── patterns ────────────────────────────────────────────────────────────────────────────────────────────────────────

_OF_HEAD = rf"(?:\s+(?:[\w-]+\s+)?(?:{LAND})\s+of\s+(?P<head>{_P}))?"
_AROUND_BORDER = r"(?:\b(?:near|along|close\s+to)\s+)?"
_THEIR = r"(?:\b(?:the|its|their)\s+)?"
_LEADING = r"(?:(?:leading|running|going|stretching|out|north|south|east|west)\s+)?"
_METRO = r"(?:downtown|inner|greater|metropolitan|rural|suburban|outer|uptown|midtown)"

_SIDES = ("north", "south", "east", "west", "central")
_LENGTHS = ("km", "kilomet", "mile", "hour", " mi ", "nm")
_ROADS = (
    "road",
    "highway",
    "motorway",
    "freeway",
    "expressway",
    "rail",
    "route",
    "corridor",
    "link",
    "connect",
    "join",
)
_BORDERS = ("border", "frontier", "boundary")
_COASTS = ("coast", "shore", "seaboard")
_RIMS = (
    "outskirt", "suburb", "countryside", "edge", "approach", "outlying", "fringe", "rim", "hinterland", "environs",
    "periphery", "entrance",
)  # fmt: skip
_SINGLES = ("area", "district", "neighb", "quarter", "zone")
_NEARS = ("near", "close to", "far from", "vicinity", "next to", "adjacent", "overlook", "neighb", "short distance")

# What stands right before a name and makes it a part of that place: settled first, so that it can be an anchor.
ADJECTIVES: tuple[Pattern, ...] = (
    # "Brazil's northern" Para, "Syria's eastern desert", "Syria's north-east"
    _pattern("direction_of", _SIDES, rf"(?P<at>{_A}){_S}\s+{_DIR}\s+(?P<head>{_P})(?!\s+{_BORDER}\b)", inside=True),
    _pattern(
        "direction_of",
        _SIDES,
        rf"(?P<at>{_A}){_S}?\s+{_DIR}\s+(?:[\w-]+\s+)?(?:{LAND})\b(?:\s+of\s+(?P<head>{_P}))?",
        inside=True,
    ),
    _pattern(
        "direction_of",
        _SIDES,
        rf"(?P<at>{_A}){_S}\s+(?:far\s+)?(?P<dir>{_COMPASS})\b"
        rf"(?!\s+(?:of\b|{_COAST}|{_RIM}|{_SECTION}|{_BORDER}|{_P}))",
        inside=True,
    ),
    # "eastern Ukrainian city of" Lviv, "northern Iraq"
    _pattern(
        "direction_of", _SIDES, rf"\b{_DIR}\s+(?P<at>{_D})\s+(?:{LAND})\b(?:\s+of\s+(?P<head>{_P}))?", inside=True
    ),
    _pattern("direction_of", _SIDES, rf"\b{_DIR}\s+{_ADJECTIVE}?(?P<at>{_P})(?!\s+{_BORDER}\b)", inside=True),
)
_DISTANCES = (
    _pattern(
        "distance",
        _LENGTHS,
        rf"{_HOW_FAR}(?:the\s+)?(?:[\w-]+\s+){{0,2}}?(?P<at>{_A}(?:\s*[-–]\s*{_A})?){_S}?"
        rf"\s+(?:{_BORDER}|capital|coast)\b",
        takes_head=True,
    ),
    _pattern("distance", _LENGTHS, rf"{_HOW_FAR}{_LEAD}(?P<at>{_P})", takes_head=True),
)
_ROADS_TOLD = (
    _pattern(
        "road",
        _ROADS,
        rf"\b{_ROAD}(?:\s+\w+)?,?\s+{_LEADING}(?:from|between)\s+{_LEAD}(?P<at>{_P})"
        rf"(?:\s+(?:to|and|towards?)\s+{_LEAD}(?P<at2>{_P}))?",
        takes_head=True,
    ),
    _pattern(
        "road",
        _ROADS,
        rf"\b(?:{_ROAD}(?:\s+\w+)?,?\s+)?{_LINKS}\s+{_LEAD}(?P<at>{_P})\s+(?:to|and|with)\s+{_LEAD}(?P<at2>{_P})",
        takes_head=True,
    ),
    _pattern(
        "road",
        _ROADS,
        rf"\b{_ROAD}\s+{_LEADING}(?:to|towards?|into|out\s+of|of)\s+{_LEAD}(?P<at>{_P})",
        takes_head=True,
    ),
    _pattern(
        "road",
        _ROADS,
        rf"(?P<at>{_P})\s*(?:[-–—/]|to|and)\s*(?P<at2>{_P})\s+(?:[\w-]+\s+)?{_ROAD}\b",
        takes_head=True,
    ),
    _pattern(
        "road",
        _ROADS,
        rf"(?P<at>{_P})\s+(?:international\s+|main\s+|coastal\s+)?(?:(?-i:road|ROAD)|highway|motorway|freeway)\b",
    ),
)
_BORDERS_TOLD = (
    _pattern(
        "border",
        _BORDERS,
        rf"{_AROUND_BORDER}{_THEIR}(?P<at>{_JOINED}){_S}?\s+(?:(?:land|common|shared|internationally)\s+)?(?:{_SIDE}\s+)?"
        rf"{_BORDER}\b{_NO_BORDER}(?:\s+(?:areas?\s+|regions?\s+)?with\s+{_LEAD}(?P<at2>{_A}))?{_OF_HEAD}",
        takes_head=True,
    ),
    _pattern(
        "border",
        _BORDERS,
        rf"{_AROUND_BORDER}{_THEIR}(?:\b{_SIDE}\s+|\b[\w-]+\s+)?\b{_BORDER}(?:\s+(?:areas?|regions?))?"
        r"\s+(?:(?:crossings?\s+|posts?\s+)?with|between|of|separating|dividing|to|into|from|shared\s+(?:with|by))"
        rf"\s+{_LEAD}(?P<at>{_A})(?:\s+(?:and|from)\s+{_LEAD}(?P<at2>{_A}))?",
        takes_head=True,
    ),
    _pattern(
        "border",
        _BORDERS,
        rf"(?P<at>{_A}){_S}?\s+side\s+of\s+(?:the|its|their)\s+{_BORDER}\b",
        takes_head=True,
    ),
    _pattern(
        "border",
        _BORDERS,
        rf"\b(?:border(?:s|ing)\s+(?:on\s+)?(?:with\s+)?{_LEAD}|border\s+)(?P<at>{_P})(?!\s+{_BORDER})",
        takes_head=True,
    ),
)
_ALONGSIDE = (
    _pattern(
        "along",
        _COASTS,
        rf"(?:\b(?:off|along|near)\s+(?:the\s+)?)?(?P<at>{_A}){_S}?\s+(?:(?P<at2>{_P})\s+)?(?:[\w-]+\s+)?(?:{_SIDE}\s+)?"
        rf"{_COAST}\b",
        coast=True,
        takes_head=True,
    ),
    _pattern(
        "along",
        _COASTS,
        rf"(?:\b(?:off|along|on|near)\s+)?(?:the\s+)?(?:\b{_SIDE}\s+)?\b{_COAST}\s+(?:of|off)\s+{_LEAD}(?P<at>{_P})",
        coast=True,
        takes_head=True,
    ),
    _pattern(
        "along",
        ("bank", "mouth", "delta"),
        rf"\b(?:banks?|mouth|delta)\s+of\s+{_LEAD}(?P<at>{_P})",
        takes_head=True,
    ),
    _pattern(
        "along",
        ("along",),
        rf"\b(?:along|alongside)\s+(?:the\s+)?(?:(?!with\b)[\w-]+\s+){{0,2}}?(?P<at>{WATER}+)",
        takes_head=True,
    ),
    _pattern(
        "along",
        ("on the",),
        rf"\bon\s+the\s+(?P<at>{WATER}+)(?=\s+river\b|\s+in\b|[,.;]|\s+deep\b|$)",
        takes_head=True,
    ),
    _pattern("along", ("coastal",), rf"\bcoastal\s+(?P<at>{_P})", coast=True),
    _pattern(
        "along",
        ("off",),
        rf"\b(?:just\s+)?off\s+(?:(?:the|tiny|small)\s+)*(?:islands?\s+of\s+{_LEAD}(?P<at>{_P})|"
        rf"(?P<at2>{_P})(?=\s+(?:islands?|archipelago)\b)|(?P<at3>{COUNTRY}+|{WATER}+))(?!-)",
        takes_head=True,
    ),
)
_PARTS = (
    _pattern(
        "part",
        _RIMS,
        rf"(?P<at>{_P}){_S}?\s+(?:{_SIDE}\s+)?(?:(?:{_P}|[\w-]+)\s+)?{_RIM}\b(?:\s+of\s+(?P<head>{_P}))?",
        inside=True,
        rim=True,
    ),
    _pattern(
        "part",
        _SINGLES,
        rf"(?P<at>{_P}){_S}?\s+(?:{_SIDE}\s+)?(?:[\w-]+\s+)?{_SINGLE}\s+of\s+(?P<head>{_P})",
        inside=True,
    ),
    _pattern(
        "part",
        _RIMS,
        rf"(?<!\bthe (?=suburb\b))\b(?:{_SIDE}\s+)?{_RIM}\s+of\s+{_LEAD}(?P<at>{_P})",
        inside=True,
        rim=True,
    ),
    _pattern(
        "direction_of",
        ("centre", "center", "middle"),
        rf"\b(?P<dir>centre|center|middle)\s+of\s+{_LEAD}(?P<at>{_P})",
        inside=True,
    ),
    _pattern("part", ("of",), rf"\b(?:{_DIR}\s+)?{_SECTION}\s+of\s+{_LEAD}(?P<at>{_P})", inside=True),
    _pattern("part", _SINGLES, rf"\b{_DIR}\s+{_SINGLE}\s+of\s+{_LEAD}(?P<at>{_P})", inside=True),
    _pattern("part", _SINGLES, rf"(?<!\bthe )(?<!\bthe\n)\b{_SINGLE}\s+of\s+{_LEAD}(?P<at>{_P})", inside=True),
    _pattern("part", _SIDES, rf"(?P<at>{_P}){_S}\s+{_DIR}\s+(?:{_SECTION}|{_SINGLE})\b", inside=True),
    _pattern(
        "part",
        ("town", "inner", "greater", "metro", "rural", "urban", "outer"),
        rf"\b{_METRO}\s+(?P<at>{_P})(?:\s+area)?",
        inside=True,
    ),
    _pattern("part", ("area",), rf"(?P<at>{_P})\s+(?:metropolitan\s+|metro\s+)?areas?\b(?!\s+of\b)", inside=True),
)
# Order decides: a number with a unit is a distance whatever follows, "the highway between" is a road.
REST: tuple[Pattern, ...] = (
    *_DISTANCES,
    *_ROADS_TOLD,
    *_BORDERS_TOLD,
    *_ALONGSIDE,
    _pattern(
        "between",
        ("between",),
        rf"\bbetween\s+{_LEAD}(?P<at>{_P})(?:{_S}\s+\w+)?\s+and\s+{_LEAD}(?P<at2>{_P})",
        takes_head=True,
    ),
    *_PARTS,
    _pattern("around", ("around", "surround", "encircl"), rf"\b{_ROUND}\s+{_LEAD}(?P<at>{_LIST})", takes_head=True),
    _pattern(
        "around",
        ("surround", "environs", "outlying", "neighb"),
        rf"(?P<at>{_P})\s+and\s+(?:in\s+)?(?:(?:the|its|nearby)\s+)?(?:surround\w+|environs|outlying|neighbou?ring)"
        r"(?:\s+(?:areas?|suburbs|villages|towns|districts|countryside|regions?|cities|neighbou?rhoods))?",
    ),
    _pattern("near", _NEARS, rf"\b{_NEAR}\s+{_LEAD}(?P<at>{_P})", takes_head=True),
    _pattern("near", ("outside",), rf"\boutside\s+(?:of\s+)?{_LEAD}(?P<at>{TOWN}+)", takes_head=True),
    _pattern(
        "direction_of",
        _SIDES,
        rf"\b(?:just\s+)?(?P<dir>{_COMPASS})(?:wards?)?\s+of\s+{_LEAD}(?P<at>{_P})",
        takes_head=True,
    ),
    _pattern(
        "direction_of",
        _SIDES,
        rf"\b(?P<dir>{_COMPASS})(?:wards?)?\s+of\s+the\s+(?P<at>{_D})\s+capital\b",
        takes_head=True,
    ),
)
