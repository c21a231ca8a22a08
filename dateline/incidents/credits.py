"""Which agencies and outlets a report names as where it comes from.

A name counts where credits stand, whoever bears it, so that an agency that no list knows is one: in brackets in the
dateline or right after it, in brackets at the very end, in the byline, as a sign-off, "with agencies", "contributed to
this report". In running text ("Reuters reported", "told AFP") it counts where the register knows it as media, or where
its own name says what it is ("Harbour News Agency"). A report's own outlet is no credit of it.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from dateline.reading.datelines import AGENCIES
from dateline.record import Record
from dateline.world.actor_keys import Word, words_of_name
from dateline.world.actor_rows import Listed
from dateline.world.actors import Register, looked_up, register

_WORD = r"[A-Z][\w&'’-]*(?:\.\w+)*"
_NAME = rf"{_WORD}(?:[ /-](?:of|and|the|for|de|{_WORD})){{0,5}}"
# What the name of an agency or outlet says that it is.
_PRESS = re.compile(
    r"\b(?:News ?(?:Agency|Wire|Service|Network)?|Press(?: Agency| Association| Service)?|Agency|Wire|Newswire"
    r"|Television|TV|Radio|Broadcasting|Times|Post|Herald|Tribune|Gazette|Courier|Chronicle|Observer|Telegraph"
    r"|Daily|Journal|Media|Agencies)$"
)
# Bodies whose names end alike and that are no press.
_NO_PRESS = re.compile(
    r"\b(?:Intelligence|Security|Nuclear|Energy|Atomic|Refugee|Relief|Aid|Space|Human Rights|Investigation|Police)\b"
)
# What an agency that no register knows leaves out where it is credited: "(Harbour)" for "Harbour News Agency".
_AGENCY = re.compile(r" (?:(?:News|Press) )?(?:Agency|Newswire|Wire|News Service)$")
_LEAD = 500  # characters: what is cited there is what the report rests on
_HEAD, _TAIL = 220, 90  # characters in which the credits of a text without layout stand
_DATELINED = re.compile(rf"\((?P<name>{_NAME})\)\s*(?:--|[—–:_-])")
_JOINED = re.compile(r"\b[A-Z][\w' -]{2,30}[, /]\s*(?P<name>[A-Z]{3,8})\s?(?:--|[—–-])\s?(?=[A-Z\"“])")  # Aleppo, SANA-
_CLOSING = re.compile(
    rf"(?:\(\s*(?:source: ?)?(?P<bracket>{_NAME}(?:\s*[/,&]\s*{_NAME}){{0,3}})\s*\)"
    rf"|(?:^|(?<=[.!?\"”]))\s*(?:--|[—–-]) ?(?P<dash>{_NAME})"
    rf"|(?:^|\n|(?<=[.!?\"”]) )(?:source|via|agency) ?: (?P<label>{_NAME}))\W*$"
)
_SOURCE = re.compile(rf"(?i:\bsources?|\bvia|\bagency) ?: (?P<name>{_NAME}(?:\s*[/,&]\s*{_NAME}){{0,3}})\W*$")
_CONTRIBUTED = re.compile(rf"\b(?:[Tt]he )?(?P<name>{_NAME})\s+contributed (?:reporting )?to this\b")
_WITH = re.compile(
    rf"(?i:\b(?:with|from|and))\s+(?P<name>(?i:(?:news )?(?:agencies|wires?|wire (?:services?|reports))|{_NAME}))\W*$"
)
_PLACED = re.compile(r"\bin\b[^.;]*$")  # "Reporting by staff in Hadrel and Torvessa": places, and no agencies
_BYLINE = re.compile(r"(?i)^\W*(?:(?:words |story )?by|from)\s+")
_RUN_IN = re.compile(
    r"(?P<person>.*[a-zA-Z])(?P<name>Associated Press|Reuters|Agence France-Presse)$"
)  # MILTONAssociated Press
_TOLD_TO = rf"\b(?:told|according to) (?:the )?(?P<to>{_NAME})(?: news agency)?"
_TOLD = re.compile(_TOLD_TO)
_SAID = re.compile(
    rf"(?:(?P<by>{_NAME})(?:,? (?:the |a )?(?:\w+ )?(?:news agency|news service|newspaper|television|TV))?"
    rf" (?:has |had )?(?:reported|reports|said|says)\b"
    rf"|{_TOLD_TO})"
)
_SAID_AT_MOST = 300  # characters of who said it
_SPLIT = re.compile(r"\s*[/,&|;]\s*|\s+and\s+")
_DOMAIN = re.compile(
    r"^(?:https?://)?(?:www\.)?(?P<name>[\w-]+(?:\.[\w-]+)*?)\.(?:com?|net|org|info|tv|news|[a-z]{2})(?:\.[a-z]{2})?$"
)
_CALLED = re.compile(r"(?P<letters>[KW][A-Z]{3})(?:$|[ -](?:TV|FM|Radio|News|Channel|\d))")  # stations of North America
_DESCRIBED = re.compile(
    r"^(?:[a-z][\w-]* )+(?=[A-Z])"
)  # "state news agency SANA", "the pro-government website Harbour News"
_ANY_AGENCY = "news agencies"  # "with agencies": somebody else's words, nobody says whose


def credits_of(record: Record) -> tuple[str, ...]:
    """The agencies and outlets that a report names as where it comes from, outermost first, each once.

    Those the register knows stand under its name for them, others as written.
    """
    own = record.report.source
    found: dict[str, str] = {}
    for name in _named(record):
        if not _own(name, own):
            found.setdefault(house_of(name), shown(name))
    return tuple(found.values())


def same_house(one: str, other: str) -> bool:
    """Whether two names are of one agency or outlet: "Reuters", "reuters.com", "a-set/reuters"."""
    return house_of(one) == house_of(other)


def credits_outlet(credits: Iterable[str], outlet: str | None) -> bool:
    """Whether an outlet is one of those credited: "WANE-TV" is wane.com."""
    return any(_own(name, outlet) for name in credits)


def house_of(name: str) -> str:
    """What an agency or outlet is known by: its id where the register knows it, else its name folded."""
    media = _media(name)
    if media:
        return media.id
    bare = _bare(name).removeprefix("the ").removeprefix("The ")
    return _squeezed(_AGENCY.sub("", bare) or bare)


def shown(name: str) -> str:
    """The register's name of an agency or outlet, else the name as written."""
    media = _media(name)
    return media.name if media else _bare(name).removeprefix("the ").removeprefix("The ")


def is_press(name: str) -> bool:
    """Whether a name is that of an agency or outlet: the register's, one of the known agencies, or by what it says."""
    bare = name.removeprefix("the ").removeprefix("The ")
    if bare.casefold() in AGENCIES or _media(bare):
        return True
    if called := _CALLED.match(bare):
        return not looked_up(called["letters"])  # KFOR is a force as well
    return " " in bare and bool(_PRESS.search(bare)) and not _NO_PRESS.search(bare)


def _media(name: str) -> Listed | None:
    return _media_of(register(), name)


@lru_cache(maxsize=50_000)  # the same few thousand names stand in every report
def _media_of(known: Register, name: str) -> Listed | None:
    """The agency or outlet of the register that a name means: "Turkey's Anadolu Agency" is Anadolu Agency.

    Of one word only the whole name counts: the "Times" of "Harbour Times" is another one.
    """
    words = [Word(word.key, word.text.upper()) for word in words_of_name(_bare(name))]
    for start in range(len(words)):
        if start and start + 1 == len(words):
            break
        found = {n.actor for n in known.at(words, start) if len(n.words) == len(words) - start}
        media = [known.actors[id] for id in found if known.actors[id].kind == "media"]
        if len(media) == 1:
            return media[0]
    return None


def _bare(name: str) -> str:
    name = " ".join(name.split()).strip(" .,;:").rpartition("/")[2]
    if domain := _DOMAIN.match(name):
        return domain["name"].rpartition(".")[2]
    if called := _CALLED.match(name):
        return called["letters"]
    return _DESCRIBED.sub("", name)


def _squeezed(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


def _own(name: str, outlet: str | None) -> bool:
    """Whether a name is that of the report's own outlet: "(WISH)" at wishtv.com."""
    if outlet is None:
        return False
    one, other = _squeezed(name), _squeezed(_bare(outlet))
    return same_house(name, outlet) or (
        min(len(one), len(other)) >= 3 and (one.startswith(other) or other.startswith(one))
    )


def _named(record: Record) -> Iterator[str]:
    """All names in places of credit, outermost first: whose page it is, whose dispatch, whom that one cites."""
    yield from _in_bylines(record)
    yield from _in_text_ends(record)
    yield from _in_running_text(record)


def _in_bylines(record: Record) -> Iterator[str]:
    report = record.report
    for part in report.layout:
        if part.kind == "byline":
            yield from _press_in(_BYLINE.sub("", part.text))
        elif part.kind == "dateline" and (found := re.search(r"\(([^()]+)\)", part.text)):
            yield from _pieces(found[1])
        elif part.kind == "dateline" and (bare := part.text.strip(" -—–:_")).casefold() in AGENCIES:
            yield bare
    for cut in record.left_out:
        words = cut.span.of(report.text if cut.where == "text" else report.title or "").strip()
        if cut.reason == "agency sign-off":
            yield words.strip(" ()-—–.*_/")
        elif cut.reason == "credit":
            yield from _in_credit(words)


def _in_credit(words: str) -> Iterator[str]:
    if found := _CONTRIBUTED.search(words):
        yield from _press_in(found["name"])
    if found := _SOURCE.search(words):
        yield from _pieces(found["name"])
    if found := _WITH.search(words):
        name = found["name"]
        if name.islower():
            yield _ANY_AGENCY
        elif is_press(name) or not _PLACED.search(words[: found.start("name")]):
            yield name


def _in_text_ends(record: Record) -> Iterator[str]:
    text = record.report.text
    head, tail = text[:_HEAD], text.rstrip()[-_TAIL:]
    if found := _DATELINED.search(head):
        yield from _pieces(found["name"])
    if (found := _JOINED.search(head)) and is_press(found["name"]):
        yield found["name"]
    if found := _CLOSING.search(tail):
        # One name of two words may be the writer's, "(Anna Reed)"; of one word, or called an agency, it is a house's.
        names = _pieces(found["bracket"] or found["dash"] or found["label"])
        yield from (name for name in names if is_press(name) or (found["bracket"] and " " not in name))
    if found := _CONTRIBUTED.search(text[-400:]):
        yield from _press_in(found["name"])
    if found := _WITH.search(tail):
        if found["name"].lower().startswith(("news agenc", "agenc", "wire", "news wire")):
            yield _ANY_AGENCY
        elif is_press(found["name"]):
            yield found["name"]
    # Pages that lost their lines: "… in clan's hometown AFP Sunday 22 Feb 2015 A suicide bomber …".
    for word in re.finditer(r"\b[A-Z]{2,6}\b", head):
        if word.group().casefold() in AGENCIES and re.match(r"\s+(?:\w+day\b|\d{1,2}\s+[A-Z])", text[word.end() :]):
            yield word.group()


def _in_running_text(record: Record) -> Iterator[str]:
    """ "Reuters reported" at the beginning, "told AFP" anywhere: further down an agency is one source among others."""
    text, read = record.report.text, 0
    for found in _SAID.finditer(text, 0, _LEAD + _SAID_AT_MOST):
        if found.start() >= _LEAD:
            break
        read = found.end()
        yield from _if_press(found["by"] or found["to"])
    for found in _TOLD.finditer(text, read):  # a tenth of the time that looking for both takes
        yield from _if_press(found["to"])


def _if_press(words: str) -> Iterator[str]:
    name = _trimmed(words)
    if is_press(name):
        yield name


def _trimmed(name: str) -> str:
    """The name without a first word that only opens the sentence: "As Ukrinform", "The Guardian"."""
    first, _, rest = name.partition(" ")
    return rest if rest and first in ("As", "The", "But", "And", "While", "In") else name


def _press_in(words: str) -> Iterator[str]:
    """The agencies of a byline, a person's name before them or not."""
    run_in = _RUN_IN.match(words)
    if run_in:
        words = f"{run_in['person']}, {run_in['name']}"
    for piece in _SPLIT.split(words):
        if piece.lower().strip() in ("agencies", "news agencies", "wires", "staff and agencies"):
            yield _ANY_AGENCY
        elif is_press(piece.strip(" .")):
            yield piece.strip(" .")


def _pieces(words: str | None) -> Iterable[str]:
    """The names that stand in one place of credit: "(AFP, Reuters)"."""
    for piece in _SPLIT.split(words or ""):
        if piece and not any(c.isdigit() for c in piece.rpartition(" ")[2]):  # "(June 15)"
            yield _ANY_AGENCY if piece.lower() in ("agencies", "news agencies", "wires") else piece
