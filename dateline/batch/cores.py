"""This machine's cores: reports go out to worker processes and come back in the order in which they went.

Each worker reads with one thread: a report is too small to share, and many reports keep all cores busy. A handful is
read here, since a worker takes a second to start. No more than a few reports a worker are under way at a time, so
memory stays the same however many come.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeAlias

from dateline.batch.one import How, failure, read_one
from dateline.errors import ResourceError
from dateline.processes import AHEAD, cores, pool

if TYPE_CHECKING:
    from dateline.ingest.incoming import Failure, Incoming
    from dateline.record import Record

Item: TypeAlias = "Incoming | Failure"
Made: TypeAlias = "Record | Failure"

FEW = 16  # reports that are read here before any worker is started


def read_all(items: Iterable[Item], how: How, workers: int = 0) -> Iterator[tuple[Item, Made]]:
    """Each item with its record or failure, in order.

    Args:
        workers: how many processes read; 0 means one a core, 1 that all is read here.
    """
    workers = workers or cores()
    arriving = iter(items)
    for item in islice(arriving, FEW) if workers > 1 else arriving:
        yield item, read_one(item, how)
    more = list(islice(arriving, 1))
    if more:
        yield from _shared_out(chain(more, arriving), how, workers)


def _shared_out(items: Iterator[Item], how: How, workers: int) -> Iterator[tuple[Item, Made]]:
    running = pool(workers)
    under_way: deque[tuple[Item, Future[Made]]] = deque()
    try:
        while True:
            while len(under_way) < AHEAD * workers and (item := next(items, None)) is not None:
                try:
                    under_way.append((item, running.submit(read_one, item, how)))
                except BrokenProcessPool:
                    items = chain([item], items)
                    if not under_way:  # a worker was stopped while it had nothing to do
                        running = pool(workers)
                        continue
                    break
                if under_way[0][1].done():
                    break  # what is read goes out before another is waited for: a slow source may take its time
            if not under_way:
                return
            item, promised = under_way.popleft()
            try:
                made = promised.result()
            except BrokenProcessPool:
                # Which of the reports under way did it is not known: the first is tried alone, the rest again.
                running.shutdown(cancel_futures=True)
                made = _alone(item, how)
                running = pool(workers)
                under_way = deque((kept, running.submit(read_one, kept, how)) for kept, _ in under_way)
            yield item, made
    finally:
        running.shutdown(wait=False, cancel_futures=True)


def _alone(item: Item, how: How) -> Made:
    running = pool(1)
    try:
        return running.submit(read_one, item, how).result()
    except BrokenProcessPool:
        error = ResourceError("the process that read this report was stopped, most often for want of memory")
        return failure(item.origin, "reading", error)
    finally:
        running.shutdown(cancel_futures=True)
