"""Worker processes: how they begin, and how they end with the process that started them."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 4  # pieces of work under way for each worker: memory stays the same however many come


def cores() -> int:
    """How many cores this process may use. Left to itself, ONNX Runtime takes all of the machine's and spreads its
    threads over them, also where a process is held to fewer."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def pool(workers: int) -> ProcessPoolExecutor:
    """A pool of processes that leave Ctrl-C to this one and end with it."""
    # A forked process would inherit the threads of the reader without their life; a spawned one starts clean.
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin)


def in_order(work: Callable[[T], R], pieces: Iterable[T], workers: int, *, ahead: int = AHEAD) -> Iterator[R]:
    """What `work` makes of each piece, in order, on several processes; work and pieces must be ones that can be sent.

    Args:
        ahead: pieces under way, or done and waiting to be taken, for each worker.

    Whatever one of them raises is raised here.
    """
    left = iter(pieces)
    with pool(workers) as running:
        under_way: deque[Future[R]] = deque(running.submit(work, piece) for piece in islice(left, ahead * workers))
        try:
            while under_way:
                yield under_way.popleft().result()
                under_way.extend(running.submit(work, piece) for piece in islice(left, 1))
        finally:
            running.shutdown(wait=False, cancel_futures=True)


def is_alive(pid: int) -> bool:
    """Whether a process is there, of whoever's it is; a child of this one that has ended is none."""
    if pid <= 0:  # these stand for groups of processes
        return False
    try:
        if os.waitpid(pid, os.WNOHANG)[0] == pid:
            return False
    except ChildProcessError:
        pass
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _begin() -> None:
    """A worker leaves Ctrl-C to the process that started it, and reads with one thread."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    os.environ["DATELINE_THREADS"] = "1"


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever; it ends as well."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
