"""Count in how many reports a word stands: `python -m training.incidents.count_words --data ../shared`.

Counted over the news pool, which is marked for training; writes dateline/data/word_rarity.csv with its label. A report
that the pool holds twice (the same first letters) counts once.
"""

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dateline.incidents.wording import telling_words
from training.incidents.tables import write_table

POOL = "data/news/pool.jsonl.gz"
LEAST = 4  # reports; a rarer word is as good as unseen, and the table stays under half a megabyte
_BEGINNING = 300  # letters


def counted(rows: Iterable[dict[str, Any]]) -> tuple[int, Counter[str]]:
    """How many reports there are, and in how many of them each word stands."""
    counts: Counter[str] = Counter()
    seen: set[str] = set()
    for row in rows:
        if row["lang"] == "en" and row["text"][:_BEGINNING] not in seen:
            seen.add(row["text"][:_BEGINNING])
            counts.update(telling_words(f"{row.get('title') or ''} {row['text']}"))
    return len(seen), counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    options = parser.parse_args()
    with gzip.open(options.data / POOL, "rt", encoding="utf-8") as lines:
        reports, counts = counted(map(json.loads, lines))
    kept = sorted((word, count) for word, count in counts.items() if count >= LEAST)
    lines_ = ["word,reports", f",{reports}", *(f"{word},{count}" for word, count in kept)]
    write_table(
        "word_rarity", lines_, title="In how many reports of the news pool a word stands; without a word, all of them",
        source="counted over the English reports of data/news/pool.jsonl.gz, each once",
        made="python -m training.incidents.count_words --data ../shared",
        reach="English news of 1987 to 2026; names of places and people that it never had count as rare",
    )  # fmt: skip


if __name__ == "__main__":
    main()
