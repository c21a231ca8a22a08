"""One export, or one release, made in a folder of its own: what was asked for (`job.json`), how far it is
(`state.json`), and the files. `making.py` runs it."""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec
from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import Connection

from dateline.desk import paging
from dateline.desk.people import now
from dateline.desk.wording import is_invented
from dateline.export import FORMATS, write
from dateline.export.loss import LossReport
from dateline.incidents.book import Book, IncidentQuery
from dateline.incidents.links import linked
from dateline.incidents.policies import Policy
from dateline.incidents.policy_moves import recounted
from dateline.incidents.rulings import rulings
from dateline.incidents.shelf import Shelf, in_parts
from dateline.incidents.types import Incident
from dateline.ledger import Ledger

JOB, STATE = "job.json", "state.json"
_TOGETHER = 400  # incidents that are linked at a time
_SAID_EVERY_S = 0.5
_IN_ONE_QUERY = 500
Stage: TypeAlias = Literal["waiting", "running", "done", "failed"]
Kind: TypeAlias = Literal["export", "release"]


class Job(Struct, frozen=True, kw_only=True):
    """What was asked for. `kept` is the policy by which the desk's incidents are made, `policy` the one wanted.

    Args:
        formats: of an export one, of a release some.
        name: of a release.
        file: a good beginning for names of files.
    """

    id: str
    kind: Kind
    ledger: str
    formats: tuple[str, ...]
    query: IncidentQuery
    kept: Policy
    policy: Policy
    by: str
    at: str
    file: str
    as_of: date | None = None
    each_day: bool = False
    name: str = ""
    note: str = ""


class Invented(Struct, frozen=True, kw_only=True):
    """How many of the reports say of themselves that they are made up."""

    reports: int
    of: int

    @property
    def said(self) -> Literal["all", "some", "none"]:
        if not self.reports:
            return "none"
        return "all" if self.reports == self.of else "some"


class Made(Struct, frozen=True, kw_only=True):
    """One file: its name, size, and the loss report of its format; a file of traces has none."""

    name: str
    size: int
    loss: LossReport | None = None


class State(Struct, frozen=True, kw_only=True):
    """How far a job is; `written` counts incidents, `doing` says what is being made."""

    stage: Stage
    pid: int = 0
    written: int = 0
    doing: str = ""
    began: str = ""
    ended: str = ""
    trouble: str = ""
    files: tuple[Made, ...] = ()
    invented: Invented | None = None


class Progress:
    """Writes down how far a job is, not more often than somebody looks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._began = now()
        self._written, self._doing = 0, ""
        self._said = 0.0

    def doing(self, what: str) -> None:
        self._doing, self._written = what, 0
        self._say()

    def counting(self, incidents: Iterable[Incident]) -> Iterator[Incident]:
        for each in incidents:
            yield each
            self._written += 1
            if time.monotonic() - self._said > _SAID_EVERY_S:
                self._say()

    def _say(self) -> None:
        self._said = time.monotonic()
        put_state(self._folder, State(stage="running", pid=os.getpid(), written=self._written, doing=self._doing,
                                      began=self._began))  # fmt: skip

    def ended(self, written: int, files: tuple[Made, ...], invented: Invented) -> State:
        made = State(stage="done", written=written, began=self._began, ended=now(), files=files, invented=invented)
        put_state(self._folder, made)
        return made

    def failed(self, why: str) -> State:
        made = State(stage="failed", began=self._began, ended=now(), trouble=why)
        put_state(self._folder, made)
        return made


def job_in(folder: Path) -> Job:
    return msgspec.json.decode((folder / JOB).read_bytes(), type=Job)


def state_in(folder: Path) -> State:
    return msgspec.json.decode((folder / STATE).read_bytes(), type=State)


def put_state(folder: Path, state: State) -> None:
    """Whole or not at all: a page may read at any moment."""
    part = folder / f".{STATE}.part"
    part.write_bytes(msgspec.json.encode(state))
    part.replace(folder / STATE)


# --- incidents -------------------------------------------------------------------------------------------------------


@contextmanager
def opened(job: Job) -> Iterator[tuple[Ledger, Iterator[Incident]]]:
    """The ledger and the incidents that are asked for, as they were at one moment; they are not held in memory, but
    where they are of another day or policy."""
    with Ledger(job.ledger, create=False) as ledger:
        if job.as_of is not None or job.policy != job.kept:
            with Book(ledger, job.kept, as_of=job.as_of) as book:
                if job.as_of is not None:
                    book.catch_up()
                found = book.find(job.query)
                other = job.policy != job.kept
                yield ledger, iter(recounted(found, book.by(job.policy)) if other else found)
            return
        path = Path(job.ledger)
        with closing(Shelf(path.with_name(path.name + ".incidents"))) as shelf, shelf.reading() as connection:
            yield ledger, _incidents(connection, shelf, ledger, job.query)


def _incidents(connection: Connection, shelf: Shelf, ledger: Ledger, query: IncidentQuery) -> Iterator[Incident]:
    ruled = rulings(ledger.decisions())
    for part in in_parts(paging.every(connection, query), _TOGETHER):
        yield from linked(connection, shelf, part, ruled)


class Reports:
    """The reports behind the incidents that pass, to say afterwards whether they are invented."""

    def __init__(self) -> None:
        self._ids: set[str] = set()

    def noting(self, incidents: Iterable[Incident]) -> Iterator[Incident]:
        for each in incidents:
            self._ids.update(each.reports)
            yield each

    def invented(self, ledger: Ledger) -> Invented:
        found = 0
        with ledger.reading() as connection:
            for part in in_parts(sorted(self._ids), _IN_ONE_QUERY):
                sql = f"SELECT url, substr(text, -400) FROM reports WHERE id IN ({','.join('?' * len(part))})"
                found += sum(is_invented(url, end) for url, end in connection.exec_driver_sql(sql, tuple(part)))
        return Invented(reports=found, of=len(self._ids))


# --- making ----------------------------------------------------------------------------------------------------------


def export(job: Job, folder: Path, progress: Progress) -> State:
    (format,) = job.formats
    out = folder / file_name(job.file, format)
    reports = Reports()
    progress.doing(f"writing {format}")
    with opened(job) as (ledger, incidents):
        passing = reports.noting(progress.counting(incidents))
        loss = write(format, passing, ledger.claim, out, ledger=ledger, each_day=job.each_day)
        invented = reports.invented(ledger)
    return progress.ended(loss.incidents, tuple(files_of(out, loss)), invented)


def files_of(out: Path, loss: LossReport) -> Iterator[Made]:
    """A file that was written, and what lies beside it."""
    yield Made(name=out.name, size=out.stat().st_size, loss=loss)
    for beside in sorted(out.parent.glob(f"{out.name}.*")):
        yield Made(name=beside.name, size=beside.stat().st_size)


def file_name(stem: str, format: str) -> str:
    """Such as "week-2024-03-08-ged-like.csv": the format's own name with `stem` instead of "dateline"."""
    return FORMATS[format].file_name.replace("dateline", stem, 1)


def plainly(query: IncidentQuery) -> dict[str, object]:
    """The filters that are set, as JSON has them."""
    made: dict[str, object] = msgspec.to_builtins({name: each for name, each in asdict(query).items() if each})
    return made
