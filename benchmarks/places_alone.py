"""Time the places stage alone, on one core: `python -m benchmarks.places_alone WARM_UP < rows.jsonl`.

A process of its own, held to one processor; whoever starts it sees to it that numpy has one thread. The first WARM_UP
rows are read without being timed. Sentences and tags are made first and are not timed. Prints {"words": …,
"finding": …, "resolving": …, "rest": …}, the last three in CPU seconds over all rows that are timed:

- finding: the reader's pass over the report, the spots, and the belief in each
- resolving: which place each name means, given the spots
- rest: names in no table, relations ("in and around Mosul"), the Places of the record
"""

import json
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from time import process_time
from typing import TypeVar

from dateline.ingest.tables import read_row
from dateline.reading import places
from dateline.reading.pipeline import prepare
from dateline.reading.place_belief import Seen
from dateline.reading.place_senses import Mention, Senses
from dateline.reading.reader import load
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.reading.words import Sentence

T = TypeVar("T")


def main(warm_up: int) -> None:
    if hasattr(os, "sched_setaffinity"):  # Linux alone has it; elsewhere one thread must do
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    sums = {"words": 0.0, "finding": 0.0, "resolving": 0.0, "rest": 0.0}
    for number, line in enumerate(sys.stdin.buffer):
        row = read_row(line.strip(), origin=f"row {number + 1}", fallback=str(number))
        report, left_out, _ = prepare(row.report)
        cost = _cost(tag(split(report, left_out)), report.dateline)
        if number >= warm_up:
            sums["words"] += len(report.text.split())
            for part, seconds in zip(("finding", "resolving", "rest"), cost, strict=True):
                sums[part] += seconds
    print(json.dumps(sums))


def _cost(sentences: Sequence[Sentence], dateline: str | None) -> tuple[float, float, float]:
    """CPU seconds of finding, of resolving, and of the rest, for one report.

    The stage judges and resolves in one go. So the resolving is done once more by itself and taken off the whole: what
    it found in its caches is counted as finding. The rest is told by two more goes, both with full caches.
    """
    looking, seen = _timed(lambda: Seen(load("default").look(sentences).names))
    judge = partial(places.judge, sentences, dateline=dateline, seen=seen)
    judging, judged = _timed(judge)
    mentions = mentions_of(judged)
    resolving, _ = _timed(lambda: list(map(Senses(mentions, judged.worded, judged.hints).of, mentions)))
    again, _ = _timed(judge)
    whole, _ = _timed(lambda: places.find_places(sentences, dateline=dateline, seen=seen))
    return looking + judging - resolving, resolving, max(0.0, whole - again)


def _timed(do: Callable[[], T]) -> tuple[float, T]:
    started = process_time()
    made = do()
    return process_time() - started, made


def mentions_of(judged: places.Judged) -> list[Mention]:
    """The names that were weighed, places and others, in the order of the report."""
    kept = [(found.sentence.index, found.spot, found.belief) for found in judged.found]
    return [Mention(*each) for each in sorted([*kept, *judged.doubted], key=lambda each: (each[0], each[1].first))]


if __name__ == "__main__":
    main(int(sys.argv[1]))
