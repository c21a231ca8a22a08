"""What the ledger answers with: small frozen values."""

from datetime import date
from typing import get_args

from msgspec import Struct

from dateline.codes import EventType, Modality
from dateline.errors import InputError
from dateline.ledger.chain import Head
from dateline.ledger.decisions import Decision
from dateline.record import Claim, MadeBy, Record


class Added(Struct, frozen=True, kw_only=True):
    """What one `add` did. All is already on the disk when it returns. `claims` counts the claims it added."""

    report_id: str
    new_report: bool
    new_reading: bool
    claims: int


class ClaimQuery(Struct, frozen=True, kw_only=True):
    """Which claims to show; every field that is set must hold.

    Names (`place`, `actor`, `target`, `source`) and `text` match whole words in a row, whatever their case, accents and
    marks: "Mosul" finds "in and around Mosul", not "Mosulawi". `place` looks at the name and at what is written,
    `source` at everyone in the attribution chain and at the publisher, `actor` and `target` also at the exact
    `actor_id`, `text` at the quote. `country` is an ISO 3166-1 alpha-2 code. `report` is a report's ledger id or the
    start of it, or the id it was given.

    `since` and `until` (both included) keep a claim whose time overlaps them, or whose report was published then where
    the claim has no time; a claim with neither is not kept. An open side of a time reaches without end.

    `known_by` keeps the claims of reports that were published by that day or, without a date, taken in by then.

    Each report's latest reading is shown; `every_reading` shows the older ones too.
    """

    event: EventType | None = None
    place: str | None = None
    country: str | None = None
    actor: str | None = None
    target: str | None = None
    source: str | None = None
    since: date | None = None
    until: date | None = None
    modality: Modality | None = None
    report: str | None = None
    text: str | None = None
    known_by: date | None = None
    limit: int | None = None
    every_reading: bool = False

    def __post_init__(self) -> None:
        for value, known in ((self.event, EventType), (self.modality, Modality)):
            if value is not None and value not in get_args(known):
                raise InputError(f"{value!r} is none of {', '.join(get_args(known))}")
        if self.limit is not None and self.limit < 0:
            raise InputError(f"a limit of {self.limit} claims makes no sense; leave it out for all")


class ChainPlace(Struct, frozen=True, kw_only=True):
    """Where a row stands in the chain of all rows."""

    seq: int
    hash: str
    previous: str


class StoredClaim(Struct, frozen=True, kw_only=True):
    """A claim with all that leads back from it: report, original bytes, reader, place in the chain."""

    claim: Claim
    report_id: str
    given_id: str
    title: str | None
    publisher: str | None
    published: date | None
    url: str | None
    text_sha256: str
    raw_sha256: str
    reading_id: str
    latest: bool
    made_by: MadeBy
    chain: ChainPlace
    added_at: str

    @property
    def key(self) -> str:
        """Names this claim among all reports, also where two reports' claims share an id: "report/claim"."""
        return f"{self.report_id}/{self.claim.id}"


class StoredFailure(Struct, frozen=True, kw_only=True):
    """A report that could not be taken in or read, as it was written down."""

    origin: str
    stage: str
    message: str
    sha256: str | None
    added_at: str


class StoredDecision(Struct, frozen=True, kw_only=True):
    """A decision with its id, its place in the chain of all rows, and when it came in."""

    id: str
    seq: int
    decision: Decision
    added_at: str


class ReadReport(Struct, frozen=True, kw_only=True):
    """A report's latest reading: its place in the chain, the report's id, when the report came in, and the record."""

    seq: int
    report_id: str
    added_at: str
    record: Record


class Summary(Struct, frozen=True, kw_only=True):
    """How much a ledger holds. `claims` counts those of latest readings, `claims_of_every_reading` all.

    `head` stands for every row added so far: noted down elsewhere, it shows later that nothing was taken off the end.
    """

    reports: int
    readings: int
    claims: int
    claims_of_every_reading: int
    failures: int
    decisions: int
    revision: str
    head: Head


class Problem(Struct, frozen=True):
    """One thing that is not as it was written: in which table, in which row, and what is wrong."""

    table: str
    row: str
    what: str

    def __str__(self) -> str:
        return f"{self.table} {self.row}: {self.what}" if self.row else f"{self.table}: {self.what}"


class Verification(Struct, frozen=True, kw_only=True):
    """All problems that `verify` found; `checked` counts the links, rows by table, parts and files it looked at."""

    checked: dict[str, int]
    problems: tuple[Problem, ...]
    head: Head

    @property
    def ok(self) -> bool:
        return not self.problems
