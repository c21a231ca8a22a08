"""How rare words are in the news: what is seldom written tells more when two reports share it."""

import math
from functools import lru_cache

from dateline.world.labels import read_rows

UNSEEN = 1.5  # reports of the pool that a word which the table leaves out is taken to stand in
SHORT = 3  # letters; shorter words tell nothing, numbers do
_STEPS = 100  # weights are whole hundredths, so that sums of them do not depend on their order


@lru_cache(maxsize=1)
def _table() -> dict[str, int]:
    rows = read_rows("word_rarity")
    reports = next(int(count) for word, count in rows if word == "")
    return {word: _weight(reports, int(count)) for word, count in rows} | {"": _weight(reports, UNSEEN)}


@lru_cache(maxsize=1 << 16)  # asked for by the million
def rarity(word: str) -> int:
    """Hundredths of the natural logarithm of (all reports / reports with the word): 0 stands in all, 925 in none.

    A word of one or two letters tells nothing; the table leaves those out.
    """
    table = _table()
    return table.get(word, table[""] if len(word) >= SHORT or word.isdigit() else 0)


@lru_cache(maxsize=1 << 16)
def rarity_of_name(name: str) -> int:
    """Of a name of several words: of its rarest word, and a half of the others."""
    parts = sorted(map(rarity, name.split()), reverse=True)
    return parts[0] + sum(parts[1:]) // 2 if parts else 0


def _weight(reports: int, having: float) -> int:
    return round(_STEPS * math.log(reports / having))
