"""The wording of a report, reduced to what can be compared: sentences, their fingerprints, their telling words."""

import re
from hashlib import blake2b

from dateline.reading.sentences import split
from dateline.record import Record

SHINGLE = 5  # words in a row that make one fingerprint
SAMPLE = 4  # of the fingerprints one in this many is kept, by its value, so that the same ones are kept everywhere

_WORD = re.compile(r"[^\W_]+")
_SHORT = 3  # letters; shorter words tell nothing, numbers do


def sentences_of(record: Record) -> tuple[str, ...]:
    """The sentences of a report that say something: no notices, credits or bylines."""
    return tuple(each.text for each in split(record.report, record.left_out))


def words_of(sentence: str) -> list[str]:
    """The words of a sentence in order, folded."""
    return _WORD.findall(sentence.casefold())


def sentence_hash(sentence: str) -> int:
    return _hash(" ".join(words_of(sentence)))


def prints_of(sentence: str) -> tuple[int, ...]:
    """The sampled fingerprints of a sentence, sorted."""
    words = words_of(sentence)
    made = {_hash(" ".join(words[at : at + SHINGLE])) for at in range(max(1, len(words) - SHINGLE + 1))}
    return tuple(sorted(each for each in made if each % SAMPLE == 0))


def telling_words(sentence: str) -> tuple[str, ...]:
    """The distinct words of a sentence that tell something, folded and sorted."""
    return tuple(sorted({word for word in words_of(sentence) if len(word) >= _SHORT or word.isdigit()}))


def _hash(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=7).digest())
