"""Make dateline/data/everyday_names.csv: names of actors and people of one word that are plain words of news as well.

    python -m training.tables.everyday [FOLDER]   FOLDER holds news/pool.jsonl.gz; else $DATELINE_DATA or ../shared/data

"Dawn" is a newspaper and "Front" a group, yet news mostly means the words: such a name needs company to be taken for
its bearer (`reading/actor_identity.py`). Run it after a change of actors.csv or people.csv, then seal everyday_names.
"""

import csv
import os
import sys
from collections import Counter
from pathlib import Path

from benchmarks.shared import Shared
from dateline.world.actor_rows import read_actor, read_post
from dateline.world.actors import Register
from dateline.world.labels import DATA, read_table
from training.tables.words import MIN_SEEN, count

_NAMES_IN_LOWER_CASE = frozenset(("toi-gujarat2002",))  # sources of the pool that write names so
LEAST = 0.3  # share in lower case from which a word is an everyday one


def main(folder: Path) -> None:
    known = Register(map(read_actor, read_table("actors")), map(read_post, read_table("people")))
    names = known.single_words()
    lower, upper, located = Counter[str](), Counter[str](), Counter[str]()
    for row in Shared(folder).rows("data/news/pool.jsonl.gz"):
        if row["source"] not in _NAMES_IN_LOWER_CASE:
            count(row["text"], lower, upper, located)
    with (DATA / "everyday_names.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("word", "lower", "upper"))
        for word in sorted(names):
            seen = lower[word] + upper[word]
            if seen >= MIN_SEEN and lower[word] >= LEAST * seen:
                writer.writerow((word, lower[word], upper[word]))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("DATELINE_DATA", "../shared/data")))
