"""Made-up reports in any number: real records told again, of other days and in other words.

Nobody has a hundred thousand claims that were read lately, and reading them would take hours. A record is told again by
putting for each rare word of it another of the same length that is about as rare, and later days for its own: its spans
hold, words and names are as rare as they were, and no two tellings are copies of each other. What they say is nonsense,
so that they are good for measuring speed and memory and for nothing else.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from dateline.incidents.rarity import rarity
from dateline.world.labels import read_rows

RARE = 200  # what is told in one report of seven or fewer; words below hold a text together
_BAND = 50  # of rarity: words of one band are put for each other
_SHORTEST = 4  # letters
_DAYS = 400  # between two tellings: no incident, and no block of names, goes on for so long
_UNDATED = "2012-01-01"
_WORD = re.compile(r"[A-Za-z]{4,}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TOLD = frozenset(("text", "title", "name"))  # fields of a record that hold words of its report


def retold(record: dict[str, Any], number: int) -> dict[str, Any]:
    """A record as decoded JSON, told for the `number`th time; the 0th is itself."""
    if not number:
        return record
    made: dict[str, Any] = _walked(record, lru_cache(maxsize=None)(lambda word: _other(word, number)), number)
    report = made["report"]
    made["id"] = f"{made['id']}~{number}"
    # A report without a day is known from the one on which it comes in, which all its tellings would share.
    report["published"] = report.get("published") or _later(_UNDATED, number)
    report.pop("sha256", None)  # it is made from the text
    report["source"] = f"{report.get('source', 'nobody')} {number}"  # else what is left alike is an outlet's furniture
    if report.get("url"):
        report["url"] += f"#{number}"
    return made


def _walked(value: Any, other: Callable[[str], str], number: int, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _walked(each, other, number, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_walked(each, other, number, key) for each in value]
    if not isinstance(value, str):
        return value
    if key in _TOLD:
        return _WORD.sub(lambda found: other(found.group()), value)
    return _later(value, number) if _DAY.fullmatch(value) else value


def _later(day: str, number: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=_DAYS * number)).isoformat()
    except (ValueError, OverflowError):
        return day


def _other(word: str, number: int) -> str:
    """A word of the same length, about as rare and capitalised alike."""
    folded = word.casefold()
    if rarity(folded) < RARE:
        return word
    # A word that the table does not know is rarer than all that it does.
    bands = range(rarity(folded) // _BAND, 0, -1)
    alike = next((held for band in bands if (held := _alike().get((len(folded), band)))), [])
    place = alike.index(folded) if folded in alike else sum(map(ord, folded))
    made = alike[(place + number) % len(alike)] if alike else folded
    return made.upper() if word.isupper() else made.title() if word[0].isupper() else made


@lru_cache(maxsize=1)
def _alike() -> dict[tuple[int, int], list[str]]:
    found: dict[tuple[int, int], list[str]] = {}
    for word, _ in read_rows("word_rarity"):
        if len(word) >= _SHORTEST and word.isascii() and word.isalpha():
            found.setdefault((len(word), rarity(word) // _BAND), []).append(word)
    return found
