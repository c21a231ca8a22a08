"""Words as the reader's encoder sees them: WordPiece, by a vocabulary that lies beside the weights.

Our own, because the libraries that do it bring a network client along (docs/decisions/0005). Over the words of
gold/train it gives the pieces that `tokenizers` gives.
"""

import unicodedata
from collections.abc import Sequence

LONGEST = 100  # characters: a longer word is unknown, as BERT has it
KEPT = 200_000  # words whose pieces are remembered


class Pieces:
    """A vocabulary: words in, numbers of pieces out. `first`, `last` and `unknown` are the special pieces' numbers."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._numbers = {piece: i for i, piece in enumerate(vocabulary)}
        self.first = self._numbers["<s>" if "<s>" in self._numbers else "[CLS]"]
        self.last = self._numbers["</s>" if "</s>" in self._numbers else "[SEP]"]
        self.unknown = self._numbers["[UNK]"]
        self._seen: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def of(self, word: str) -> tuple[int, ...]:
        """The pieces of one word; a word of nothing but marks that are dropped is one unknown piece."""
        known = self._seen.get(word)
        if known is None:
            known = tuple(n for part in _parts(word) for n in self._cut(part)) or (self.unknown,)
            if len(self._seen) < KEPT:
                self._seen[word] = known
        return known

    def _cut(self, part: str) -> list[int]:
        if len(part) > LONGEST:
            return [self.unknown]
        made: list[int] = []
        at = 0
        while at < len(part):
            end = len(part)
            while end > at and (piece := ("##" if at else "") + part[at:end]) not in self._numbers:
                end -= 1
            if end == at:
                return [self.unknown]
            made.append(self._numbers[piece])
            at = end
        return made


def _parts(word: str) -> list[str]:
    """A word in small letters without accents, its punctuation apart."""
    plain = unicodedata.normalize("NFD", word.lower())
    made: list[str] = []
    joined = False
    for c in plain:
        if c == "\ufffd" or unicodedata.category(c) == "Mn" or unicodedata.category(c).startswith("C"):
            continue
        if c.isspace():
            joined = False
        elif _is_mark(c):
            made.append(c)
            joined = False
        elif joined:
            made[-1] += c
        else:
            made.append(c)
            joined = True
    return made


def _is_mark(c: str) -> bool:
    code = ord(c)
    ascii_mark = 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126
    return ascii_mark or unicodedata.category(c).startswith("P")
