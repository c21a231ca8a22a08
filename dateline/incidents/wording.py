"""The wording of a report, reduced to what can be compared: sentences, their fingerprints, their telling words."""

import re
from hashlib import blake2b
from itertools import pairwise
from zlib import crc32

from dateline.incidents.rarity import rarity
from dateline.reading.sentences import split
from dateline.reading.stems import stem
from dateline.record import Record
from dateline.world.numbers import ONES, TENS

SHINGLE = 5  # words in a row that make one fingerprint
SAMPLE = 4  # of the fingerprints one in this many is kept, by its value, so that the same ones are kept everywhere

_WORD = re.compile(r"[^\W_]+")
_SHORT = 3  # letters; shorter words tell nothing, numbers do
_FACT = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_PLAIN = 60  # hundredths of `rarity`: words that stand in more than half of all reports ("said") make no phrase
_SPELLED = {word: str(value) for word, value in {**ONES, **TENS}.items() if value > 1}  # "one" is seldom a number
_HEADLINE = 0.6  # a sentence with a greater share of capitalised words is a headline: its capitals name nothing
_CALENDAR = frozenset(  # the day a report names is that of its news, whoever wrote it
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december".split()
)
_RUN = re.compile(r"[^\W\d_a-z][^\W\d_]*(?:[-'’.]?[^\W\d_]+)*(?:\.? [^\W\d_a-z][^\W\d_]*(?:[-'’.]?[^\W\d_]+)*)*")
_CAPITALS = 0.85  # of a sentence's longer words; with more of them it is a headline, whose capitals name nobody
_LONGER = 4  # letters
_RARE = 600  # rarity: what stands in one report of 400 or fewer


def sentences_of(record: Record) -> tuple[str, ...]:
    """The sentences of a report that say something: no notices, credits or bylines."""
    return tuple(each.text for each in split(record.report, record.left_out))


def words_of(sentence: str) -> list[str]:
    """The words of a sentence in order, folded."""
    return _WORD.findall(sentence.casefold())


def sentence_hash(sentence: str) -> int:
    return hashed(" ".join(words_of(sentence)))


def prints_of(sentence: str) -> tuple[int, ...]:
    """The sampled fingerprints of a sentence, sorted."""
    words = words_of(sentence)
    made = {hashed(" ".join(words[at : at + SHINGLE])) for at in range(max(1, len(words) - SHINGLE + 1))}
    return tuple(sorted(each for each in made if each % SAMPLE == 0))


def telling_words(sentence: str) -> tuple[str, ...]:
    """The distinct words of a sentence that tell something, folded and sorted."""
    return tuple(sorted({word for word in words_of(sentence) if len(word) >= _SHORT or word.isdigit()}))


def phrases_of(sentence: str) -> tuple[int, ...]:
    """Fingerprints of each two words that follow one another in a sentence when all common words and endings are taken
    away, sorted: what a rewrite keeps of an odd phrase. 32 bits each."""
    words = [word for word in words_of(sentence) if len(word) >= _SHORT or word.isdigit()]
    kept = [stem(word) for word in words if rarity(word) >= _PLAIN]
    return tuple(sorted({crc32(" ".join(pair).encode()) for pair in pairwise(kept)}))


def facts_of(sentence: str) -> tuple[str, ...]:
    """The names and numbers of a sentence in their order, folded: what a rewrite keeps while it changes the words.

    A capital at the start of a sentence makes no name; numbers in words are digits.
    """
    words = _FACT.findall(sentence)
    shouted = len(words) > 4 and sum(word[0].isupper() for word in words) > _HEADLINE * len(words)
    found = (_fact(word, named=not shouted and at > 0) for at, word in enumerate(words))
    return tuple(fact for fact in found if fact)


def _fact(word: str, *, named: bool) -> str | None:
    folded = word.casefold()
    if word[0].isdigit():
        return word.replace(",", "").rstrip(".")
    if folded in _SPELLED:
        return _SPELLED[folded]
    if named and word[0].isupper() and len(word) >= _SHORT and folded not in _CALENDAR:
        return folded[:-1] if folded.endswith("ah") else folded  # Raqqa, Raqqah
    return None


def proper_names(sentence: str) -> tuple[str, ...]:
    """The proper names of a sentence, folded and sorted: each of two and more words as its pairs of neighbours ("abu
    kamal"), each word of them, and single capitalised words that do not open the sentence. Nothing is told of what
    they name: a person's, a place's and a paper's count alike. Where all is in capitals, rare words stand for names."""
    longer = [word for word in _WORD.findall(sentence) if len(word) >= _LONGER]
    if sentence.isupper():
        return tuple(sorted({word for word in words_of(sentence) if rarity(word) >= _RARE}))
    if sum(word[0].isupper() for word in longer) > _CAPITALS * len(longer):
        return ()
    made: set[str] = set()
    for run in _RUN.finditer(sentence):
        parts = [part for part in words_of(run.group()) if len(part) >= _SHORT]
        opens = not sentence[: run.start()].strip(" \"'“‘(–-—")
        made.update(parts[1:] if opens else parts)
        made.update(map(" ".join, pairwise(parts)))
    return tuple(sorted(made))


def hashed(words: str) -> int:
    """A fingerprint of words, the same on every machine: 56 bits, which SQLite's integers hold."""
    return int.from_bytes(blake2b(words.encode(), digest_size=7).digest())
