"""Actors: which phrases are parties, and the fullest name that the report itself gives each of them.

"Isis" becomes "Islamic State in Iraq and the Levant" where the report says so once; "al-Maliki" becomes "Nouri
al-Maliki"; "Israeli" in "Israeli jets" is Israel; "Washington" that acts is the US government; "he", "the group" and
"which" are whoever was last named and fits. Nothing is taken from outside the report but countries and the words for
kinds of parties.
"""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from dateline.codes import ActorKind
from dateline.reading.actor_spots import with_known_names
from dateline.reading.party_words import KINDS
from dateline.reading.phrases import Phrase, noun_phrases
from dateline.reading.words import Sentence
from dateline.record import Actor, Part
from dateline.world.actors import register
from dateline.world.countries import countries, country_of_demonym, government_of

_GROUP_WORDS = frozenset(
    "group militants rebels insurgents organisation organization movement guerrillas fighters terrorists extremists "
    "jihadists militia cartel gang faction".split()
)
_STATE_WORDS = frozenset("country nation state".split())
_ADJECTIVES = {"US": "US", "GB": "UK"}
_COUNTRY_SHORT = {"US": "US", "U.S.": "US", "UK": "GB", "EU": "EU"}
_PERSON_PRONOUNS = frozenset("he she him her his".split())
_PARTY_PRONOUNS = frozenset("it they them its their".split())
_TITLES = re.compile(
    r"(?i)^(?:(?:the|former|late|caretaker|acting|deputy|vice|prime|foreign|defen[cs]e|interior|us|u\.s\.|president|"
    r"premier|minister|secretary|general|gen\.?|lt\.?|lieutenant|col\.?|colonel|maj\.?|major|capt\.?|captain|brig\.?|"
    r"brigadier|sgt\.?|mr\.?|mrs\.?|ms\.?|dr\.?|sheikh|sheik|king|queen|prince|ayatollah|imam|bishop|archbishop|judge|"
    r"rep\.?|sen\.?|senator|governor|mayor|chancellor|ambassador|spokesman|spokeswoman|commander|leader|chief|director|"
    r"of|state|press)\s+)+(?=\S)"
)
_ACRONYM = re.compile(r"[(\[]\s*(?:the\s+)?[\"“‘']?([A-Z][\w.&-]{1,11})[\"”’']?\s*[)\]]")
_LONGEST_NAME = 90  # characters before a bracket that may be what it stands for
_ARTICLE = re.compile(r"(?i)^(?:the)\s+")


class Parties(Struct, frozen=True):
    """The phrases of a report and what each is called. `of` gives the actor of a phrase, `rules` by what it is known
    who that is."""

    phrases: tuple[Phrase, ...]
    actors: dict[tuple[str, int, int], Actor]
    rules: dict[tuple[str, int, int], str] = {}

    def of(self, phrase: Phrase) -> Actor:
        return self.actors[key_of_part(phrase.part)]


def key_of_part(part: Part) -> tuple[str, int, int]:
    """By what a party of a report is known: where it stands."""
    return part.where, part.span.start, part.span.end


def find_actors(sentences: Sequence[Sentence]) -> Parties:
    """Every phrase that may be a party, each with the fullest name the report gives it, in reading order."""
    known = register()
    phrases = tuple(p for s in sentences for p in with_known_names(s, noun_phrases(s), known))
    fuller = fuller_names(sentences, phrases)
    made: dict[tuple[str, int, int], Actor] = {}
    memory = _Memory()
    for phrase in phrases:
        sentence = sentences[phrase.sentence]
        actor = _named(phrase, sentence, fuller, memory)
        memory.note(phrase, actor)
        made[key_of_part(phrase.part)] = actor
    return Parties(phrases, made)


def mentioned(parties: Parties) -> tuple[Actor, ...]:
    """The phrases that are parties on their face: names, and nouns of a kind that acts."""
    return tuple(parties.of(p) for p in parties.phrases if _is_party(p, parties.of(p)))


def _is_party(phrase: Phrase, actor: Actor) -> bool:
    return phrase.name in ("PER", "ORG", "NORP") or actor.kind not in (None, "person", "state")


def fuller_names(sentences: Iterable[Sentence], phrases: Sequence[Phrase]) -> dict[str, str]:
    """Short name (lower case) → the fullest name the report gives it.

    Acronyms in brackets, surnames, and names within names.
    """
    found: dict[str, str] = {}
    for sentence in sentences:
        for match in _ACRONYM.finditer(sentence.text):
            before = sentence.text[max(0, match.start() - _LONGEST_NAME) : match.start()]
            long = _spelled_out(re.split(r"[()]", before)[-1], match.group(1))
            if long:
                found.setdefault(match.group(1).lower(), long)
    people = {_without_title(p.part.text) for p in phrases if p.name == "PER"}
    for full in sorted(people, key=lambda name: (-len(name.split()), name)):
        parts = full.split()
        if len(parts) > 1:
            for short in (parts[-1], " ".join(parts[-2:])):
                found.setdefault(_bare(short), full)
    return found


def _spelled_out(before: str, short: str) -> str | None:
    """The words before a bracket that its short form stands for: their initials, or the last name in capitals there."""
    words = before.replace("\n", " ").split()
    letters = [c.lower() for c in short if c.isalpha()]
    # From the bracket leftwards, so that the shortest run of words that fits is the name and nothing before it.
    for size in range(2, min(len(words), 10) + 1):
        tail = words[-size:]
        if _opens_name(tail[0]) and (_has_initials(letters, tail) or _is_drawn_from(letters, tail)):
            return _without_the(" ".join(tail).strip("\"“”'"))
    return None


def _opens_name(word: str) -> bool:
    return word[:1].isupper() or word[:1] in '"“'


def _has_initials(letters: Sequence[str], words: Sequence[str]) -> bool:
    """Whether `letters` are the first of all words, or of those in capitals ("of" and "the" often lend none)."""
    bare = _without_quotes(words)
    return letters in ([w.lower()[:1] for w in bare], [w[0].lower() for w in bare if w[0].isupper()])


def _is_drawn_from(letters: Sequence[str], words: Sequence[str]) -> bool:
    """Whether `letters` begin as the words do and occur in them in order: "Centcom" takes more than one from a word.

    Two words in capitals and a length near that of the short form keep out words that only happen to hold its letters.
    """
    bare = _without_quotes(words)
    return (
        letters[:1] == [w.lower()[:1] for w in bare[:1]]
        and _subsequence(letters, "".join(words).lower())
        and sum(w[0].isupper() for w in bare) >= 2
        and len(words) >= len(letters) - 2
    )


def _without_quotes(words: Sequence[str]) -> list[str]:
    return [bare for word in words if (bare := word.strip("\"“'"))]


def _subsequence(letters: Sequence[str], text: str) -> bool:
    rest = iter(text)
    return all(c in rest for c in letters)


def _bare(name: str) -> str:
    return re.sub(r"^(?:al|el|ad|as|ash)[-‑]", "", name.lower())


def _without_title(text: str) -> str:
    flat = " ".join(text.split())
    return _TITLES.sub("", flat) or flat


def _without_the(text: str) -> str:
    return _ARTICLE.sub("", " ".join(text.split()))


def _named(phrase: Phrase, sentence: Sentence, fuller: dict[str, str], memory: "_Memory") -> Actor:
    text = " ".join(phrase.part.text.split())
    head = sentence.tokens[phrase.head].lower
    kind = _kind(phrase, sentence)
    country = None
    name = _without_the(text)
    if phrase.kind in ("pronoun", "relative") or _anaphoric(text, head):
        earlier = memory.meant(phrase, head)
        if earlier:
            name, kind, country = earlier.name, earlier.kind, earlier.country
    elif phrase.name == "PER":
        bare = _without_title(text)
        name = fuller.get(_bare(bare), fuller.get(_bare(bare.split()[-1]), bare))
    elif known := fuller.get(name.lower()) or fuller.get(text.lower()):
        name = known
    elif (phrase.kind == "modifier" and phrase.name == "NORP") or (phrase.name == "NORP" and head == name.lower()):
        country = country_of_demonym(name)
        if country:
            name, kind = countries()[country].name, "state"
    elif (
        phrase.kind == "name" and phrase.name == "LOC" and _acts(phrase, sentence) and (country := government_of(name))
    ):
        name, kind = memory.government(country), "government"
    part = phrase.part
    return Actor(text=part.text, span=part.span, where=part.where, name=name, kind=kind, country=country)


def _acts(phrase: Phrase, sentence: Sentence) -> bool:
    """Whether a name of a place may stand for its government: not after "in", "to", "near"."""
    before = sentence.tokens[phrase.first - 1].tag if phrase.first else ""
    return before != "ADP" or sentence.tokens[phrase.first - 1].lower in ("by", "with", "between", "against")


def _anaphoric(text: str, head: str) -> bool:
    """ "the group", "the militants", "the army": a definite noun with nothing else."""
    words = text.lower().split()
    return len(words) == 2 and words[0] in ("the", "this", "that") and (head in _GROUP_WORDS or head in _STATE_WORDS)


def _kind(phrase: Phrase, sentence: Sentence) -> ActorKind | None:
    if phrase.name == "PER":
        return "person"
    head = sentence.tokens[phrase.head].lower
    words = {t.lower for t in sentence.tokens[phrase.first : phrase.last + 1]}
    for wanted in ({head}, words):
        for kind, names in KINDS:
            if wanted & names:
                return kind
    if phrase.name == "ORG":
        return "other"
    if phrase.name == "NORP":
        return "people"
    return "state" if phrase.name == "LOC" else None


class _Memory:
    """Who was named so far, for words that only point back."""

    def __init__(self) -> None:
        self._people: list[Actor] = []
        self._parties: list[tuple[int, Actor]] = []
        self._last: dict[int, list[tuple[int, Actor]]] = {}
        self._governments: dict[str, str] = {}

    def note(self, phrase: Phrase, actor: Actor) -> None:
        if phrase.kind in ("pronoun", "relative"):
            return
        self._last.setdefault(phrase.sentence, []).append((phrase.last, actor))
        if actor.kind == "person":
            self._people.append(actor)
        elif actor.kind is not None and phrase.kind != "modifier":
            self._parties.append((phrase.sentence, actor))
        if actor.kind == "government" and "government" in actor.name.lower():
            for word in actor.name.split():
                if code := country_of_demonym(word) or _COUNTRY_SHORT.get(word):
                    self._governments.setdefault(code, actor.name)

    def meant(self, phrase: Phrase, head: str) -> Actor | None:
        if phrase.kind == "relative":
            before = [actor for last, actor in self._last.get(phrase.sentence, []) if last < phrase.first]
            return before[-1] if before else None
        if head in _PERSON_PRONOUNS:
            return self._people[-1] if self._people else None
        if head in _STATE_WORDS:
            states = [a for _, a in self._parties if a.kind == "state"]
            return states[-1] if states else None
        if head in _GROUP_WORDS:
            groups = [a for _, a in self._parties if a.kind in ("armed_group", "other") and a.name[:1].isupper()]
            return groups[-1] if groups else None
        return self._party_near(phrase.sentence) if head in _PARTY_PRONOUNS else None

    def _party_near(self, sentence: int) -> Actor | None:
        """The first party of this sentence, else of the one before, else the latest of the one before that.

        The first party of a sentence is most often its subject, and what the text goes on about.
        """
        near = [(s, a) for s, a in self._parties if s >= sentence - 2]
        for wanted in (sentence, sentence - 1):
            if first := next((a for s, a in near if s == wanted), None):
                return first
        return near[-1][1] if near else None

    def government(self, code: str) -> str:
        country = countries()[code]
        adjective = _ADJECTIVES.get(code) or next(iter(country.demonyms), country.name)
        return self._governments.get(code) or f"{adjective} government"
