"""Which texts of a data set stand in the training reports as well: those measure memory, not reading."""

import re
from collections.abc import Iterable

RUN = 8  # words: long enough that two texts share none by chance
SAME = 0.5  # of a text's runs; the texts of re3d share nearly all or nearly none with the training reports

Run = tuple[str, ...]


def runs(text: str) -> set[Run]:
    """Every eight words in a row, letters small; a shorter text is one run."""
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1))}


def seen(text: str, trained: set[Run]) -> bool:
    """Whether at least half of a text's runs are among those that were trained on."""
    own = runs(text)
    return len(own & trained) >= SAME * len(own)


def all_runs(texts: Iterable[str]) -> set[Run]:
    return set().union(*map(runs, texts))
