"""Names of the register as phrases of their own, where the phrases of a sentence break them.

"The Justice and Equality Movement", "al-Qaeda in Iraq", "M23" and "Lord's Resistance Army rebels" are one party each;
runs of tags alone make two of them, or none.
"""

from collections.abc import Sequence

from msgspec import Struct

from dateline.reading.actor_words import FOLLOWING
from dateline.reading.phrases import Phrase
from dateline.reading.sentences import token_at
from dateline.reading.words import Sentence
from dateline.world.actor_keys import Word, located_words
from dateline.world.actors import Register


class _Name(Struct, frozen=True):
    """A name as it stands in a sentence: its first and last token, both included, and whether it is a person's."""

    first: int
    last: int
    person: bool


def with_known_names(sentence: Sentence, phrases: Sequence[Phrase], register: Register) -> tuple[Phrase, ...]:
    """The phrases of a sentence, those that a name of the register joins or cuts made one."""
    made = list(phrases)
    for name in _names(sentence, register):
        if any(p.first <= name.first and name.last <= p.last for p in made):
            continue
        first, last = _reach(sentence, name, made)
        made = [p for p in made if not (first <= p.first and p.last <= last)]
        made.append(_phrase(sentence, first, last, person=name.person))
    return tuple(sorted(made, key=lambda p: (p.first, -p.last)))


def _names(sentence: Sentence, register: Register) -> list[_Name]:
    """The longest names of the register in a sentence, left to right, none over another."""
    located = located_words(sentence.text)
    capitals = sentence.text.isupper()  # then a single word says nothing by its capitals: "IS"
    words = [word for word, _, _ in located]
    made, at = [], 0
    while at < len(words):
        length, person = _length(words, at, register)
        if length > 1 or (length == 1 and not capitals):
            start, end = located[at][1], located[at + length - 1][2]
            if tokens := _whole_tokens(sentence, sentence.span.start + start, sentence.span.start + end):
                made.append(_Name(*tokens, person))
        at += max(1, length)
    return made


def _whole_tokens(sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """The first and last token of a stretch of the report; None where it begins or ends inside one ("Sapa-AP")."""
    first, last = token_at(sentence, start), token_at(sentence, end) - 1
    tokens = sentence.tokens
    if not first <= last < len(tokens) or tokens[first].start != start or tokens[last].end != end:
        return None
    return first, last


def _length(words: Sequence[Word], at: int, register: Register) -> tuple[int, bool]:
    """How many words the name has that begins at one, 0 for none, and whether it is a person's."""
    if not register.opens_name(words[at].key) or not (words[at].text[0].isupper() or words[at].text[0].isdigit()):
        return 0, False
    bodies = [n for n in register.at(words, at) if register.actors[n.actor].kind != "state"]
    people = [n for n in register.person_at(words, at) if n.whole]
    body = len(bodies[0].words) if bodies and _is_telling(words[at : at + len(bodies[0].words)]) else 0
    person = len(people[0].words) if people and _is_telling(words[at : at + len(people[0].words)]) else 0
    return max(body, person), person > body


def _is_telling(words: Sequence[Word]) -> bool:
    """Whether words are written as a name: two of them with a capital or a digit, or one all in capitals."""
    if len(words) == 1:
        return words[0].text.isupper() and len(words[0].text) > 1
    return sum(word.text[0].isupper() or word.text[0].isdigit() for word in words) > 1


def _reach(sentence: Sentence, name: _Name, phrases: Sequence[Phrase]) -> tuple[int, int]:
    """From the article or adjectives before a name to the words after it that leave its bearer the same."""
    first, last = name.first, name.last
    for phrase in phrases:
        if phrase.last < name.first or name.last < phrase.first:
            continue
        before = sentence.tokens[phrase.first : name.first]
        after = sentence.tokens[name.last + 1 : phrase.last + 1]
        if all(token.tag in ("DET", "ADJ") for token in before):
            first = min(first, phrase.first)
        if all(token.lower in FOLLOWING for token in after):
            last = max(last, phrase.last)
    return first, last


def _phrase(sentence: Sentence, first: int, last: int, *, person: bool) -> Phrase:
    tokens = sentence.tokens
    return Phrase(
        sentence=sentence.index,
        first=first,
        last=last,
        head=last,
        kind="name",
        part=sentence.part(tokens[first].start, tokens[last].end),
        name="PER" if person else "ORG",
    )
