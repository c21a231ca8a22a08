"""How news uses the words that are also names of places: mostly as plain words, as people's names, or as places.

Source: dateline/data/words.csv (see its label).
"""

from functools import lru_cache

from msgspec import Struct

from dateline.world.labels import read_table


class Usage(Struct, frozen=True):
    """Counts over a pool of news: in lower case; with a capital inside a sentence; of those, after "in", "near" …"""

    lower: int
    upper: int
    located: int


@lru_cache(maxsize=1)
def _table() -> dict[str, Usage]:
    return {
        row["word"]: Usage(int(row["lower"]), int(row["upper"]), int(row["located"])) for row in read_table("words")
    }


@lru_cache(maxsize=1)
def _everyday() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("everyday_names"))


def is_everyday(key: str) -> bool:
    """Whether a one-word name of an actor or a person (its `key_of`) is a plain word of news as well.

    Source: dateline/data/everyday_names.csv (see its label).
    """
    return key in _everyday()


def usage(key: str) -> Usage | None:
    """The use of a one-word name (its `key_of`); None where it was seen too seldom to say."""
    return _table().get(key)
