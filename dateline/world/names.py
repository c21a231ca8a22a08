"""Names of places: the keys they are kept and looked up under, and which alternate names are worth keeping.

The built-in gazetteer is made with these, a user's own are added with them, and a reading looks names up by them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

SMALL = 15_000  # people
# Countries whose place names news romanises in many ways: their names are kept without articles and loosely as well.
ROMANISED = frozenset("AE AF BH DJ DZ EG EH ER IL IQ IR JO KM KW LB LY MA MR OM PK PS QA SA SD SO SY TD TN YE".split())
_LETTERS = str.maketrans({
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "a", "ħ": "h",
    "‐": " ", "‑": " ", "–": " ", "-": " ", "/": " ", ",": " ", "(": " ", ")": " ",
    "'": "", "’": "", "‘": "", "ʻ": "", "ʼ": "", "`": "", "´": "", "ʿ": "", "ʾ": "", ".": "", "\u200b": "",
})  # fmt: skip
_PLAIN = re.compile(r"(?!(?:st|mt)\b)[a-z]+(?: [a-z]+)*").fullmatch  # most names: nothing to change in them
_ARTICLE = re.compile(r"(?<!\S)(?:al|el|ul|ad|adh|ar|as|ash|at|ath|an|az|ez|ed|er|es|esh|et|us|ud|ur)\s+(?=\S{2})")
# The word that many names open with, as news spells it and as it is kept; doubled letters are single by then.
_OPENINGS = {
    spelling: kept
    for kept, spellings in {
        "abu": "abou abo", "ayn": "ain ein aien", "bani": "beni", "bayt": "bait beit beyt bet", "bir": "ber bier",
        "burj": "borj bordj burdj", "dayr": "deir dair deyr", "hisn": "husn hosn hesn",
        "jabal": "jebel djebel gebel gabal", "kafr": "kfar kufr kafar kefr kefar kfer kufur", "kawm": "kom",
        "khawr": "khor khur",
        "khirbat": "khirbet kherbet kheurbet khirba khirbit", "marat": "maret mara", "marj": "merj",
        "qalat": "qalet kalat kalet", "qaryat": "qaryet qarya karyat", "qasr": "kasr qaser ksar qsar",
        "shaykh": "sheikh shaikh cheikh sheik shekh shiekh", "suq": "souq souk suk sug", "tal": "tel til",
        "um": "oum om", "wadi": "oued ouadi wady",
    }.items()
    for spelling in spellings.split()
}  # fmt: skip
_FINAL = re.compile(r"(?<=[b-df-np-tv-z])(?:ah|eh)\b")  # Ghazaleh, Ghazalah: "ghazala"
_DOUBLED = re.compile(r"([a-z])\1+")
# Spellings of one Arabic, Persian or Pashto name that news uses side by side, longest first.
_LOOSE = (
    ("kh", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "i"),
    ("ay", "i"), ("ai", "i"), ("ey", "i"), ("aw", "u"), ("au", "u"), ("dj", "j"),
    ("q", "k"), ("o", "u"), ("e", "i"), ("y", "i"),
)  # fmt: skip
_LOOSE_MIN = 5  # letters: shorter names fall together too often

_GENERIC = (
    "autonomous region", "administrative region", "capital territory", "governorate", "province", "provincia", "oblast",
    "region",
    "state", "department", "departamento", "district", "prefecture", "county", "municipality", "division", "krai",
    "kray",
    "republic",
    "wilaya", "voivodeship", "canton", "emirate", "ostan e", "ostan", "muhafazat", "wilayat", "departement", "parish",
    "the",
)  # fmt: skip
_LINKS = ("de la ", "de los ", "de las ", "del ", "de ", "du ", "of ")
# What a district is called beside its name, where GeoNames has the word with it.
_LOCAL = ("raion", "rayon", "subdistrict", "nahiyat", "nahiya", "qada", "mintaqat", "markaz", "mudiriyat")


def key_of(name: str) -> str:
    """The form under which a name is kept and looked up: case, accents, hyphens, apostrophes and spacing apart.

    "Al-Fallūjah", "al Fallujah" and "AL-FALLUJAH" have one key. Other scripts keep their letters.
    """
    plain = name.casefold()
    if _PLAIN(plain):
        return plain
    plain = plain.translate(_LETTERS)
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
        plain = plain.translate(_LETTERS)
    words = plain.split()
    if words and words[0] in ("st", "mt"):
        words[0] = {"st": "saint", "mt": "mount"}[words[0]]
    return " ".join(words)


def bare_key(key: str) -> str:
    """A key without its Arabic articles: "faluja" of "al faluja".

    Names of several words seldom meet by chance: of them the usual spellings of the first word, of a last -a, and of
    doubled letters meet as well. "Deir ez-Zor" and "Dayr al-Zor" are both "dayr zor", "Kafr Hammah" is "kafr hama".
    """
    bare = _ARTICLE.sub("", key)
    if " " not in bare or not bare.isascii():
        return bare
    first, _, rest = _DOUBLED.sub(r"\1", _FINAL.sub("a", bare)).partition(" ")
    return f"{_OPENINGS.get(first, first)} {rest}"


def loose_key(key: str) -> str | None:
    """A key in which the usual spellings of an Arabic or Persian name meet: "~faluja" for Fallujah, Falluja, Faloojah.

    None where too little would be left to tell names apart.
    """
    bare = _ARTICLE.sub("", key)
    if not bare.isascii():
        return None
    for old, new in _LOOSE:
        bare = bare.replace(old, new)
    bare = re.sub(r"(.)\1+", r"\1", bare)
    bare = re.sub(r"(?<=[a-z])(?:ah|a|i|t|h|at)\b", "", bare).replace(" ", "")
    return "~" + bare if len(bare) >= _LOOSE_MIN - 1 and len(key) >= _LOOSE_MIN else None


def core_key(name: str, *, local: bool = False) -> str:
    """The key without what says which kind of division it is: "anbar" for "Anbar Governorate".

    With `local`, the words for districts are taken off as well.
    """
    key = key_of(name)
    for word in (*_GENERIC, *_LOCAL) if local else _GENERIC:
        key = key.removesuffix(" " + word).removeprefix(word + " ")
    for link in _LINKS:
        if key != (rest := key.removeprefix(link)) and key_of(name) != key:
            return rest
    return key


def worth_keeping(name: str, people: int, country: str) -> bool:
    """Whether an alternate name can be one that news in English uses; for how many people the place has, and where.

    Left out are airport codes, links, machine transliterations ("mo su er"), and names of small places in other scripts
    outside the countries whose names are kept loosely.
    """
    if name.isascii():
        return any(c.isupper() for c in name) and not (len(name) == 3 and name.isupper()) and "://" not in name
    latin = all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or not c.isalpha() for c in name)
    return latin or people >= SMALL or country in ROMANISED


def keys_of(name: str, alternates: Iterable[str], country: str) -> Iterator[tuple[str, int]]:
    """The keys a place is found by, each with 1 where it is that of its own name; one may come twice."""
    own = key_of(name)
    for key in {own, *(key_of(alternate) for alternate in alternates)}:
        if len(key) < 2:
            continue
        official = int(key == own)
        yield key, official
        if country in ROMANISED:
            if (bare := bare_key(key)) != key and len(bare) > 2:
                yield bare, official
            short = _FINAL.sub("a", bare)
            if short != bare and len(short) > 3:  # "Kubaysah", of which news drops the h
                yield short, official
            if loose := loose_key(key):
                yield loose, official


def point(lat: float | str, lon: float | str) -> tuple[int, int]:
    """Whole hundred-thousandths of a degree: about a metre, and half the size of floating numbers in the file."""
    return round(float(lat) * 1e5), round(float(lon) * 1e5)
