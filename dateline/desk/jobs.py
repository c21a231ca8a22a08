"""The exports that were asked for: a folder each in `x.db.exports/`, kept for some days. Small ones are made at once,
large ones by a process each, and never more than a few at a time."""

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

import msgspec
from msgspec import Struct

from dateline.desk.exporting import JOB, Job, State, job_in, put_state, state_in
from dateline.desk.making import run
from dateline.desk.problems import TooOften
from dateline.processes import is_alive

_AT_A_TIME = 2  # processes
_KEPT, _KEPT_S = 60, 7 * 24 * 3600  # exports, and how long
_ID = re.compile(r"[0-9a-f]{16}")


class Found(Struct, frozen=True, kw_only=True):
    """A job and how far it is."""

    job: Job
    state: State
    folder: Path


class Jobs:
    """The exports of one desk."""

    def __init__(self, ledger: Path) -> None:
        self._folder = ledger.with_name(ledger.name + ".exports")
        self._log = ledger.with_name(ledger.name + ".desk.log")
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._starting = threading.Lock()

    def close(self) -> None:
        """Stop what is under way: files appear whole or not at all."""
        with self._starting:
            for each in self._running.values():
                each.terminate()
            for each in self._running.values():
                with suppress(subprocess.TimeoutExpired):
                    each.wait(5)

    def start(self, job: Job, *, at_once: bool) -> Found:
        """Begin a job; it is done on return where it shall be made at once.

        Raises:
            TooOften: as many as may run at a time do.
        """
        with self._starting:
            if not at_once and len(self._alive()) >= _AT_A_TIME:
                raise TooOften(f"{_AT_A_TIME} exports are being made; try again when one of them is done.")
            self._tidy()
            folder = self._folder / job.id
            folder.mkdir(parents=True)
            (folder / JOB).write_bytes(msgspec.json.encode(job))
            put_state(folder, State(stage="waiting", pid=os.getpid()))
            if not at_once:
                self._running[job.id] = self._process(folder)
        if at_once:
            run(folder)
        return Found(job=job, state=state_in(folder), folder=folder)

    def _process(self, folder: Path) -> "subprocess.Popen[bytes]":
        with self._log.open("ab") as log:
            made = subprocess.Popen(
                [sys.executable, "-m", "dateline.desk.making", str(folder.absolute())],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, close_fds=True,
            )  # fmt: skip
        put_state(folder, State(stage="waiting", pid=made.pid))
        return made

    def _alive(self) -> list[str]:
        self._running = {id: each for id, each in self._running.items() if each.poll() is None}
        return list(self._running)

    def one(self, id: str) -> Found | None:
        folder = self._folder / id
        return self._read(folder) if _ID.fullmatch(id) else None

    def every(self) -> list[Found]:
        """All that are kept, the latest first."""
        found = [each for each in map(self._read, self._folders()) if each is not None]
        return sorted(found, key=lambda each: (each.job.at, each.job.id), reverse=True)

    def _folders(self) -> Iterator[Path]:
        yield from (each for each in self._folder.glob("*/") if _ID.fullmatch(each.name))

    def _read(self, folder: Path) -> Found | None:
        try:
            job, state = job_in(folder), state_in(folder)
        except (OSError, msgspec.DecodeError):  # begun this moment, taken away, or of another version
            return None
        if state.stage in ("waiting", "running") and not self._lives(job.id, state.pid):
            state = self._ended(folder)
        return Found(job=job, state=state, folder=folder)

    def _ended(self, folder: Path) -> State:
        """What a process left that is no more: its last word may have come since it was looked at."""
        state = state_in(folder)
        if state.stage in ("waiting", "running"):
            return State(
                stage="failed", began=state.began, trouble="it was stopped before it was done; ask for it again"
            )
        return state

    def _lives(self, id: str, pid: int) -> bool:
        process = self._running.get(id)
        if process is not None:
            return process.poll() is None
        return is_alive(pid)

    def _tidy(self) -> None:
        """Take away what is old, and what is more than is kept; never what is being made."""
        done = [each for each in self.every() if each.state.stage in ("done", "failed")]
        oldest = time.time() - _KEPT_S
        for number, each in enumerate(done):
            if number >= _KEPT or each.folder.stat().st_mtime < oldest:
                shutil.rmtree(each.folder, ignore_errors=True)


def new_id() -> str:
    return token_hex(8)
