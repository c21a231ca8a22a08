"""Make dateline/data/words.csv: how news uses words that are also names of places.

    python -m training.tables.words [FOLDER]      FOLDER holds news/pool.jsonl.gz; else $DATELINE_DATA or ../shared/data

"Nice", "Reading" and "Hit" are towns, yet news mostly means the words; "Carter" and "Allen" are towns, yet news mostly
means people. For every one-word name of the gazetteer the table counts, over a pool of news: how often the word stands
in lower case, how often with a capital inside a sentence, and how often of those right after a preposition of place.
Only counts are kept, no text.
"""

import csv
import gzip
import json
import os
import re
import sqlite3
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

from dateline.world.gazetteer import gazetteer_path, key_of
from dateline.world.labels import DATA

MIN_SEEN = 8  # times with either case: fewer say nothing
LOCATIVE = frozenset("in near at outside around into towards toward across throughout".split())
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|[.!?:;,()\"“”—]")


def main(folder: Path) -> None:
    db = sqlite3.connect(gazetteer_path())
    keys = db.execute("SELECT DISTINCT key FROM name WHERE key NOT LIKE '% %' AND key NOT LIKE '~%'")
    names = {key for (key,) in keys}
    lower, upper, located = Counter[str](), Counter[str](), Counter[str]()
    with gzip.open(folder / "news/pool.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            count(json.loads(line)["text"], lower, upper, located)
    with (DATA / "words.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("word", "lower", "upper", "located"))
        for word in sorted(names):
            if word.isascii() and lower[word] + upper[word] >= MIN_SEEN:
                writer.writerow((word, lower[word], upper[word], located[word]))


def count(text: str, lower: Counter[str], upper: Counter[str], located: Counter[str]) -> None:
    words = _WORD.findall(text)
    capitals = sum(word[0].isupper() for word in words)
    if sum(word.isupper() for word in words) > len(words) / 4 or capitals < len(words) / 25:
        return  # all capitals, or hardly any: case says nothing
    for before, word in pairwise(words):
        if word[0].islower():
            lower[key_of(word)] += 1
        elif word[0].isupper() and (before[0].islower() or before == ","):
            upper[key_of(word)] += 1
            located[key_of(word)] += before in LOCATIVE


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("DATELINE_DATA", "../shared/data")))
