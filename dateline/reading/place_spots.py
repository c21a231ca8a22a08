"""Where in a sentence names of places may stand: the longest runs of words that the tables know."""

import re
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

import msgspec
from msgspec import Struct

from dateline.reading.place_words import ARTICLES, CALENDAR, DOTTED, INNER, TAIL
from dateline.reading.words import Sentence
from dateline.world.countries import country_of_demonym, country_of_name
from dateline.world.gazetteer import Entry, bare_key, gazetteer, key_of, loose_key
from dateline.world.overrides import override_entry, overrides
from dateline.world.usage import usage

LONGEST = 6  # words of the longest name looked up; 3 in capitals, where every word could open one
LONGEST_SHOUTED = 3
KNOWN_ABROAD = 100_000  # people: smaller towns of a country that a report never speaks of are seldom meant
_SHORT_FORMS = frozenset(
    "us uk uae car opt rok prc drc dprk ksa rsa png usa ussr fyrom kpk fata nwfp armm barmm dmz gbao dnr "
    "lnr loc nsw act".split()
)
_SUFFIX = re.compile(r"^(.+?)[-‐‑–]([a-z]{3,}(?:[-‐‑–][a-z]+)*)$")  # Iraqi-led, Mosul-based, US-backed
_PAIR = re.compile(r"^([A-Z][\w.’']+)[-‐‑–]([A-Z]\w+)$")  # Syria-Iraq, Damascus-Aleppo
_PREFIX = re.compile(r"^(?:non|pro|anti|ex|mid|trans|cross|post|pre)[-‐‑–](?=[A-Z])")  # pro-Russian, anti-Syrian
_LETTER = re.compile(r"[^\W\d_]")


class Word(Struct, frozen=True):
    """A token, a part of one that hyphens join ("Mosul" in "Mosul-based"), or several that full stops part ("W.Va.").

    `name` is the tagger's BIO tag, `token` the number of the (first) token, `likely` true for a word in lower case that
    the reader takes for a name of a place or a people.
    """

    text: str
    start: int
    end: int
    lower: str
    capital: bool
    shouted: bool
    mark: bool
    name: str = ""
    token: int = 0
    likely: bool = False

    @property
    def name_like(self) -> bool:
        return self.capital or self.likely or self.lower.startswith(ARTICLES)


class Spot(Struct, frozen=True):
    """Words `first` to `end` (end excluded) of a sentence, and what the tables have of that name.

    `start` and `stop` are offsets in the report. `country` is set for its name or, with `demonym`, its adjective.
    """

    first: int
    end: int
    start: int
    stop: int
    text: str
    key: str
    country: str | None = None
    demonym: bool = False
    entries: tuple[Entry, ...] = ()


def words_of(sentence: Sentence, likely: Container[int] = ()) -> tuple[Word, ...]:
    """The sentence's tokens, those that hyphens join taken apart where a part may be a place.

    Args:
        likely: numbers of the tokens that the reader takes for names of places or peoples.
    """
    shouted = _shouted(sentence.text)
    made: list[Word] = []
    for number, token in enumerate(sentence.tokens):
        for text, start in _pieces(token.text, token.start):
            letter = bool(_LETTER.match(text))
            made.append(
                Word(
                    text,
                    start,
                    start + len(text),
                    text.lower(),
                    letter and text[0].isupper(),
                    shouted,
                    not letter,
                    token.name,
                    number,
                    number in likely,
                )
            )
    return tuple(_joined(made))


def _joined(words: Sequence[Word]) -> Iterator[Word]:
    """The words, short forms of divisions in one piece with their full stops: "W.Va.", "Calif.", "B.C."."""
    n = 0
    while n < len(words):
        end = next((end for end in range(min(len(words), n + 4), n + 1, -1) if _is_dotted(words[n:end])), n + 1)
        if end == n + 1:
            yield words[n]
        else:
            text = "".join(word.text for word in words[n:end])
            yield msgspec.structs.replace(words[n], text=text, end=words[end - 1].end, lower=text.lower())
        n = end


def _is_dotted(words: Sequence[Word]) -> bool:
    if words[-1].text != ".":
        return False
    touching = all(before.end == after.start for before, after in pairwise(words))
    return touching and "".join(word.text for word in words) in DOTTED


def _pieces(text: str, start: int) -> Iterator[tuple[str, int]]:
    if "-" not in text and "‑" not in text and "–" not in text and "‐" not in text:
        yield text, start
        return
    prefix = _PREFIX.match(text)
    if prefix:
        yield prefix.group(), start
        text, start = text[prefix.end() :], start + prefix.end()
    suffix, pair = _SUFFIX.match(text), _PAIR.match(text)
    if suffix and not text.lower().startswith(ARTICLES):
        yield suffix.group(1), start
        yield text[suffix.end(1) :], start + suffix.end(1)
    elif pair and all(country_of_name(part) or country_of_demonym(part) for part in pair.groups()):
        yield pair.group(1), start
        yield text[pair.end(1) : pair.start(2)], start + pair.end(1)
        yield pair.group(2), start + pair.start(2)
    else:
        yield text, start


def _shouted(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 12 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def find_spots(worded: Sequence[Sequence[Word]]) -> list[list[Spot]]:
    """Names that the tables know, sentence by sentence: longest first, left to right, none over another."""
    runs = [_runs(words) for words in worded]
    keys = {key for found in runs for *_, key in found}
    known = gazetteer().find([form for key in keys for form in dict.fromkeys((key, bare_key(key)))])
    known |= {key: (override_entry(key),) for key in keys & overrides().keys()}
    exact = [_pick(words, found, known) for words, found in zip(worded, runs, strict=True)]
    return _with_loose(worded, runs, _with_loose_of_home(exact))


def _with_loose_of_home(found: Sequence[list[Spot]]) -> list[list[Spot]]:
    """The spots, those whose spelling meets only places abroad with what bears it loosely in a country spoken of.

    "Khasham" is exactly a village in Iraq, and in a report from Syria the Syrian Khusham.
    """
    spoken = {spot.country for spots in found for spot in spots if spot.country}
    abroad = {
        spot.key: form
        for spots in found
        for spot in spots
        if spoken and spot.entries and not spot.country and spoken.isdisjoint(e.country for e in spot.entries)
        and spot.entries[0].population < KNOWN_ABROAD and (form := loose_key(spot.key))
    }  # fmt: skip
    known = gazetteer().find(abroad.values())
    more = {key: tuple(e for e in known.get(form, ()) if e.country in spoken) for key, form in abroad.items()}
    return [
        [
            msgspec.structs.replace(spot, entries=(*spot.entries, *more[spot.key])) if more.get(spot.key) else spot
            for spot in spots
        ]
        for spots in found
    ]


def _with_loose(
    worded: Sequence[Sequence[Word]], runs: Sequence[Sequence["_Run"]], exact: Sequence[list[Spot]]
) -> list[list[Spot]]:
    """Names whose own spelling is in no table, by their loose spelling."""
    left = []
    for words, found, spots in zip(worded, runs, exact, strict=True):
        covered = {n for spot in spots for n in range(spot.first, spot.end)}
        left.append([run for run in found if covered.isdisjoint(range(run[0], run[1])) and _worth_loose(words, run)])
    forms = {key: form for found in left for *_, key in found if (form := loose_key(key))}
    known = gazetteer().find(forms.values())
    by_key = {key: known[form] for key, form in forms.items() if form in known}
    made = []
    for words, found, spots in zip(worded, left, exact, strict=True):
        more = _pick(words, found, by_key) if by_key else []
        made.append(sorted((*spots, *more), key=lambda spot: spot.first))
    return made


_Run = tuple[int, int, str]  # first word, end, key


def _worth_loose(words: Sequence[Word], run: _Run) -> bool:
    use = usage(run[2]) if run[1] == run[0] + 1 else None
    plain = run[1] == run[0] + 1 and (run[2] in CALENDAR or bool(country_of_demonym(run[2])))
    return not (use and use.lower > use.upper) and not plain and not (words[run[0]].shouted)


def _runs(words: Sequence[Word]) -> list[_Run]:
    """Runs of words that may be a name, longest first for each start."""
    made: list[_Run] = []
    for first, word in enumerate(words):
        if word.lower == "the" or (first == 0 and word.lower == "as" and _is_known(words[first + 1 : first + 2])):
            continue  # "As Lebanon braces" opens with no Arabic article, "As Suwayda was shelled" does
        opens = word.lower in _OPENERS or word.lower in _APART  # "eastern Ghouta", "al Bab"
        if not word.name_like and not (opens and first + 1 < len(words) and words[first + 1].capital):
            continue
        if word.shouted and _plain(word) and word.lower not in _SPANISH:
            continue
        for end in range(_reach(words, first), first, -1):
            last = words[end - 1]
            if not (last.name_like or (last.lower in TAIL and end - first > 1)) or (
                last.shouted and _plain(last) and end - first > 1 and word.lower not in _SPANISH
            ):
                continue
            key = key_of(" ".join(w.text for w in words[first:end]).replace(" 's", "'s").replace(" ’s", "’s"))
            if len(key) > 1 and not (word.shouted and key in _SPANISH):
                made.append((first, end, key))
    return made


def _is_known(words: Sequence[Word]) -> bool:
    """Whether a word alone is the name of a country or a place."""
    key = key_of(words[0].text) if words else ""
    return bool(key) and bool(country_of_name(key) or gazetteer().find([key]))


_SPANISH = frozenset("el la las los".split())  # they open names in capitals: EL SALVADOR, LA PAZ
_APART = frozenset("al el".split())
_OPENERS = frozenset("eastern western northern southern central north south east west".split())


def _plain(word: Word) -> bool:
    """In capitals only: a word that news writes in lower case as a rule opens no name."""
    use = usage(key_of(word.text))
    return word.lower in INNER or bool(use and use.lower > 3 * use.upper)


def _reach(words: Sequence[Word], first: int) -> int:
    """The end of the longest run from `first`: over names, particles and a last common noun, never over a mark."""
    end, longest = first + 1, LONGEST_SHOUTED if words[first].shouted else LONGEST
    while end < len(words) and end - first < longest:
        word = words[end]
        if word.mark and word.lower not in ("'s", "’s"):
            break
        if not (word.name_like or word.lower in INNER or word.lower in TAIL or word.lower in ("air", "refugee")):
            break
        end += 1
    return end


def _pick(words: Sequence[Word], runs: Sequence[_Run], known: dict[str, tuple[Entry, ...]]) -> list[Spot]:
    made: list[Spot] = []
    at = 0
    for first, end, key in runs:  # by start, longest first
        if first < at:
            continue
        if spot := _spot(words, first, end, key, known):
            made.append(spot)
            at = end
    return made


def _spot(words: Sequence[Word], first: int, end: int, key: str, known: dict[str, tuple[Entry, ...]]) -> Spot | None:
    start, stop = words[first].start, words[end - 1].end
    text = " ".join(word.text for word in words[first:end])
    entries = known.get(key) or known.get(bare_key(key)) or ()
    if end == first + 1 and words[first].text in DOTTED:
        entries = tuple(entry for entry in entries if entry.kind == "division") or entries[:1]
    if key in _SHORT_FORMS and not _is_short_form(words[first]):
        return None
    if key in overrides():
        return Spot(first, end, start, stop, text, key, entries=entries)
    country = country_of_name(key)
    demonym = None if country else country_of_demonym(key)
    if key in ("us", "uk"):  # "US forces" and "the US": one word, and mostly the adjective
        country, demonym = (
            (None, country_of_demonym(key))
            if _adjective(words, first, end)
            else (country_of_name(key) or country_of_demonym(key), None)
        )
    if not (country or demonym or entries):
        return None
    if demonym and words[first].shouted and _plain(words[first]):
        return None
    return Spot(first, end, start, stop, text, key, country or demonym, bool(demonym), entries)


def _is_short_form(word: Word) -> bool:
    dotted = "." in word.text
    return word.text.isupper() and (dotted or not word.shouted)


def _adjective(words: Sequence[Word], first: int, end: int) -> bool:
    """ "US forces", "a U.S. envoy" against "the US said", "in the UK"."""
    if end >= len(words) or words[end].mark:
        return False
    after = words[end]
    return (
        first == 0
        or words[first - 1].lower != "the"
        or after.capital
        or (after.lower.endswith(("s", "ion", "ry", "nt", "ar")) and after.lower not in _VERBS)
    )


_VERBS = frozenset("is was has says and as its this wants denies accuses supports backs sends".split())
