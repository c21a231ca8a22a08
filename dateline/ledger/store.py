"""The ledger: what was read, kept for good. Rows are added, never changed; `verify` finds any byte that was."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec
from msgspec.structs import asdict
from sqlalchemy import Connection, Table, func, insert, select

from dateline.errors import DatelineError, InputError, LedgerDamaged, LedgerError, LedgerNewer
from dateline.ingest.incoming import Failure
from dateline.ledger import chain, evidence, found, migrations, query, rows, sqlite, tables, verify
from dateline.ledger.chain import Head, Link
from dateline.ledger.decisions import Decision, decision_of, decision_row
from dateline.ledger.files import KeptFiles
from dateline.ledger.results import (
    Added,
    ClaimQuery,
    ReadReport,
    StoredClaim,
    StoredDecision,
    StoredFailure,
    Summary,
    Verification,
)
from dateline.record import Record, content_id

_EVERY_CLAIM = ClaimQuery()
_SHOWN_WHEN_AMBIGUOUS = 5  # claims named in the message about an id that fits several


class Ledger:
    """One ledger: a database file and, beside it, the folder of original bytes. Use it in a `with`, or close it.

    Args:
        path: the database's file. Its folder must exist.
        create: make the ledger where there is none. With False nothing is ever created: for commands that only read.
        timeout_s: how long to wait for another program that holds the ledger, in seconds.
    Raises:
        LedgerNewer: a later version of Dateline wrote it.
        LedgerDamaged: the file is not a ledger.
        LedgerLocked: another program holds it for longer than `timeout_s`.
        LedgerError: there is no such file or folder, or it may not be opened.
    Every method that reads or writes raises the same errors, and LedgerFull where the disk has no room.
    """

    def __init__(self, path: str | Path, *, create: bool = True, timeout_s: float = 10.0) -> None:
        if "://" in str(path):
            raise LedgerError(f"{path}: a ledger is a file on this machine; give its path")
        self.path = Path(path)
        self.files = KeptFiles(self.path)
        self._timeout_s = timeout_s
        self._closed = False
        check_path(self.path, create)
        self._engine = sqlite.engine_for(self.path, create=create, timeout_s=timeout_s)
        self._writer = self._engine.execution_options(**{sqlite.WRITES: True})
        try:
            self._bring_up_to_date(create)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file. A closed ledger cannot be used again."""
        self._closed = True
        self._engine.dispose()

    # --- adding ---

    def add(
        self,
        record: Record,
        *,
        raw: bytes | None = None,
        media_type: str = "text/plain",
        origin: str = "",
        only_if_unread: bool = False,
    ) -> Added:
        """Keep a record, its report and the bytes it came from, in one transaction that is on the disk on return.

        Adding what is there already adds nothing. A known report read differently is a new reading of it; the older
        reading stays.

        Args:
            raw: the original bytes; where there are none, the text in UTF-8 is the original.
            media_type: of `raw`.
            origin: the file or address the report came from.
            only_if_unread: add nothing where the report has any reading, whatever it says: a record that sets a report
                aside must not stand before the claims that were once read in it.
        Raises:
            InputError: the record quotes words that are not at their span, so nobody could ever vouch for it.
        """
        self._check_open()
        rows.check(record)
        digest = self.files.keep(record.report.text.encode() if raw is None else raw)
        at = _now()
        report = rows.report_row(record, raw_sha256=digest, media_type=media_type, origin=origin, at=at)
        reading = rows.reading_row(record, report["id"], at=at)
        with self._writing() as connection:
            report_seq = _seq_of(connection, tables.reports, report["id"])
            if report_seq and (only_if_unread or _seq_of(connection, tables.readings, reading["id"])):
                return Added(report_id=report["id"], new_report=False, new_reading=False, claims=0)
            batch = _Batch(chain.head(connection))
            seq = report_seq or batch.add(tables.reports, report["id"], report)
            batch.add_reading(record, seq, reading)
            if report_seq:
                self._keep_found(connection, batch, seq, report["id"], record, at)
            batch.write(connection)
        return Added(report_id=report["id"], new_report=not report_seq, new_reading=True, claims=len(record.claims))

    def add_failure(self, failure: Failure) -> bool:
        """Keep what could not be read and why; True if it is new."""
        row = {"id": content_id("failure", *asdict(failure).values()), **asdict(failure), "added_at": _now()}
        with self._writing() as connection:
            if _seq_of(connection, tables.failures, row["id"]):
                return False
            batch = _Batch(chain.head(connection))
            batch.add(tables.failures, row["id"], row)
            batch.write(connection)
        return True

    def decide(self, decision: Decision) -> StoredDecision:
        """Keep a decision; one that is there already is not added again.

        Where it adds a claim that a person found, or takes one back, the report gets another reading (found.py), in
        the same transaction.

        Raises:
            LedgerError: it is about a claim or a report, or undoes a decision, that is not in the ledger.
            InputError: a claim that is to be added is not borne out by the report's text, or is there already.
        """
        row = decision_row(decision, at=_now())
        with self._writing() as connection:
            seq = _seq_of(connection, tables.decisions, row["id"])
            if seq is None:
                self._check_known(connection, decision)
                batch = _Batch(chain.head(connection))
                seq = batch.add(tables.decisions, row["id"], row)
                self._read_with_found(connection, batch, row["id"], decision, row["added_at"])
                batch.write(connection)
        return StoredDecision(decision=decision, id=row["id"], seq=seq, added_at=row["added_at"])

    def attach(self, said: evidence.Attachment, raw: bytes | None = None) -> evidence.StoredAttachment:
        """Keep what is attached to a claim, and its file; what is there already is not added again.

        Raises:
            LedgerError: the claim is not in the ledger.
            InputError: the bytes are not those that it names, or are missing.
        """
        self._check_open()
        if (said.sha256 is None) != (raw is None) or (raw is not None and sha256(raw).hexdigest() != said.sha256):
            raise InputError("evidence: the file is missing, or is not the one that its sha256 names")
        if raw is not None:
            self.files.keep(raw)
        with self._writing() as connection:
            if _seq_of(connection, tables.evidence, said.id) is None:
                self._check_claims(connection, (said.claim,))
                before = next(iter(evidence.like(connection, said, 1)), None)
                batch = _Batch(chain.head(connection))
                batch.add(tables.evidence, said.id, evidence.evidence_row(said, before, at=_now()))
                batch.write(connection)
            return evidence.stored(connection, [said.id])[0]

    def say_of(self, said: evidence.State) -> evidence.StoredAttachment:
        """Keep what somebody says of an attachment.

        Raises:
            LedgerError: there is no such attachment.
        """
        with self._writing() as connection:
            if _seq_of(connection, tables.evidence, said.evidence) is None:
                raise LedgerError(f"{self.path}: no evidence {said.evidence!r}; `dateline evidence list` lists it")
            if _seq_of(connection, tables.evidence_states, said.id) is None:
                batch = _Batch(chain.head(connection))
                batch.add(tables.evidence_states, said.id, evidence.state_row(said, at=_now()))
                batch.write(connection)
            return evidence.stored(connection, [said.evidence])[0]

    # --- looking ---

    def claims(self, wanted: ClaimQuery = _EVERY_CLAIM) -> Iterator[StoredClaim]:
        """The claims that fit, latest day first, then in the order they were added; always in the same order."""
        with self._reading() as connection:
            yield from query.find(connection, wanted)

    def claim(self, claim_id: str) -> StoredClaim:
        """The one claim whose id is `claim_id` or begins with it; "report/claim" where two reports' claims share an id.

        Of a claim that several readings of its report hold, the latest. Claims of older readings are found too.

        Raises:
            LedgerError: no claim, or more than one, is named so.
        """
        report, _, start = claim_id.strip().rpartition("/")
        with self._reading() as connection:
            found = query.by_claim_id(connection, report or None, start) if start else []
        chosen = [each for each in found if each.claim.id == start] or [each for each in found if each.latest] or found
        if len(chosen) == 1:
            return chosen[0]
        if not chosen:
            raise LedgerError(f"{self.path}: no claim {claim_id!r}; `dateline claims` lists them with their ids")
        names = ", ".join(each.key for each in chosen[:_SHOWN_WHEN_AMBIGUOUS])
        more = ", …" if len(chosen) > _SHOWN_WHEN_AMBIGUOUS else ""
        raise LedgerError(f"{self.path}: {len(chosen)} claims begin with {claim_id!r}; give one in full: {names}{more}")

    def record(self, report_id: str) -> Record:
        """The record of a report's latest reading, equal to the byte to the one that was added.

        Args:
            report_id: the report's ledger id, or the start of it where no other begins so.
        """
        with self._reading() as connection:
            report = self._report(connection, report_id)
            latest = select(tables.readings).where(tables.readings.c.report == report.seq)
            reading = connection.execute(latest.order_by(tables.readings.c.seq.desc()).limit(1)).first()
            if reading is None:
                raise self._no_reading(report.id)
            return rows.record_of(report.text, reading.body, query.claim_bodies(connection, reading.seq))

    def raw(self, report_id: str) -> bytes:
        """The original bytes of a report, checked against their hash."""
        with self._reading() as connection:
            digest = self._report(connection, report_id).raw_sha256
        return self.files.read(digest)

    def failures(self) -> Iterator[StoredFailure]:
        """What could not be read, in the order it was written down."""
        kept = tables.failures.c
        chosen = select(kept.origin, kept.stage, kept.message, kept.sha256, kept.added_at).order_by(kept.seq)
        with self._reading() as connection:
            for row in connection.execute(chosen):
                yield StoredFailure(**row._mapping)

    def decisions(self) -> Iterator[StoredDecision]:
        """What people decided, in the order in which it was kept."""
        with self._reading() as connection:
            for row in connection.execute(select(tables.decisions).order_by(tables.decisions.c.seq)).mappings():
                yield StoredDecision(
                    decision=decision_of(dict(row)), id=row["id"], seq=row["seq"], added_at=row["added_at"]
                )

    def reading_places(self, after: int = 0) -> Sequence[int]:
        """The places in the chain of all that `readings` gives."""
        with self._reading() as connection:
            return query.latest_places(connection, after)

    def readings(self, after: int = 0, until: int | None = None) -> Iterator[ReadReport]:
        """The latest reading of each report, as far as it stands behind place `after` of the chain and not behind
        `until`, in its order."""
        with self._reading() as connection:
            for row in query.latest_readings(connection, after, until):
                bodies = query.claim_bodies(connection, row.seq)
                yield ReadReport(
                    seq=row.seq,
                    report_id=row.report_id,
                    added_at=row.added_at,
                    record=rows.record_of(row.text, row.body, bodies),
                )

    def head(self) -> Head:
        """The end of the chain now."""
        with self._reading() as connection:
            return chain.head(connection)

    def summary(self) -> Summary:
        """How much the ledger holds, and the head of its chain."""
        with self._reading() as connection:
            return Summary(
                reports=_count(connection, tables.reports),
                readings=_count(connection, tables.readings),
                claims=query.count_latest(connection),
                claims_of_every_reading=_count(connection, tables.claims),
                failures=_count(connection, tables.failures),
                decisions=_count(connection, tables.decisions),
                revision=migrations.applied(connection)[-1],
                head=chain.head(connection),
            )

    def verify(self, progress: verify.Progress | None = None, *, head: str | None = None) -> Verification:
        """Check every row, quote, text and kept file; list everything that is not as it was written (see verify.py).

        Args:
            progress: called now and then with (rows done, rows in all).
            head: a chain hash noted down before (`summary().head.hash`); it must still be in the chain.
        """
        with self._reading() as connection:
            return verify.verify(connection, self.files, head=head, progress=progress)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that only reads, for the questions that rooms above have of their own."""
        with self._reading() as connection:
            yield connection

    # --- within ---

    def _report(self, connection: Connection, report_id: str) -> Any:
        known = tables.reports
        found = connection.execute(select(known).where(query.begins(known.c.id, report_id)).limit(2)).all()
        if len(found) == 1 and report_id:
            return found[0]
        if not found:
            raise LedgerError(f"{self.path}: no report {report_id!r}; `dateline claims` shows the ids of reports")
        raise LedgerError(f"{self.path}: more than one report begins with {report_id!r}; give more of the id")

    def _no_reading(self, report: str) -> LedgerDamaged:
        return LedgerDamaged(f"{self.path}: report {report} has no reading; `dateline verify` tells more")

    def _keep_found(
        self, connection: Connection, batch: "_Batch", seq: int, report: str, record: Record, at: str
    ) -> None:
        """Let a reading of a known report be followed by one with what people found in it, if they did."""
        before = next((made_by for _, _, made_by in query.readings_of(connection, seq)), None)
        if before is None or not found.with_people(before) or found.with_people(record.made_by):
            return
        standing = found.standing_additions(query.additions(connection), report)
        joined = found.joined(record, [claim for _, claim in standing], before.tables[found.PEOPLE])
        batch.add_reading(joined, seq, rows.reading_row(joined, report, at=at))

    def _read_with_found(self, connection: Connection, batch: "_Batch", id: str, decision: Decision, at: str) -> None:
        """Read a report with what people found in it, where a decision changes that."""
        if decision.kind not in ("add", "undo"):
            return
        before = query.additions(connection)
        about = found.added_by(dict(before), decision)
        if about is None:
            return
        report = self._report(connection, about.claims[0].rpartition("/")[0])
        held = list(query.readings_of(connection, report.seq))
        if not held:
            raise self._no_reading(report.id)
        if decision.kind == "add":
            seq, body, _ = held[0]
            now = rows.record_of(report.text, body, query.claim_bodies(connection, seq))
            found.check_found(found.claim_found(decision), now.report, now)
        # Of a report that came in with a person's part in it, the first reading is what was read.
        seq, body, _ = next((each for each in held if not found.with_people(each[2])), held[-1])
        read = rows.record_of(report.text, body, query.claim_bodies(connection, seq))
        standing = found.standing_additions([*before, (id, decision)], report.id)
        joined = found.joined(read, [claim for _, claim in standing], id)
        batch.add_reading(joined, report.seq, rows.reading_row(joined, report.id, at=at))

    def _check_known(self, connection: Connection, decision: Decision) -> None:
        if decision.kind == "add":
            named = decision.claims[0].rpartition("/")[0]
            if self._report(connection, named).id != named:
                raise LedgerError(f"{self.path}: {named!r} is the beginning of a report's id; give it whole")
            return
        self._check_claims(connection, (*decision.claims, *decision.others))
        if decision.undoes and _seq_of(connection, tables.decisions, decision.undoes) is None:
            raise LedgerError(f"{self.path}: no decision {decision.undoes!r}; `dateline decisions` lists them")

    def _check_claims(self, connection: Connection, keys: Sequence[str]) -> None:
        for key in keys:
            report, _, claim = key.rpartition("/")
            if not query.holds(connection, report, claim):
                raise LedgerError(f"{self.path}: no claim {key!r}; `dateline claims` lists them with their ids")

    def _bring_up_to_date(self, create: bool) -> None:
        with self._reading() as connection:
            done = self._told_where(migrations.applied, connection)
            if not self._told_where(migrations.missing, done):
                return
        if not done and not create:
            raise LedgerError(f"{self.path}: holds no ledger yet; `dateline add` makes one")
        if not done:
            with self._plain_errors(), self._engine.connect() as connection:
                sqlite.prepare(connection, self._timeout_s)
        with self._writing() as connection:
            self._told_where(migrations.upgrade, connection, at=_now())

    def _told_where(self, step: Any, *given: Any, **named: Any) -> Any:
        """Do a step of migrations.py, which does not know the ledger's path, and put the path before what it says."""
        try:
            return step(*given, **named)
        except (LedgerNewer, LedgerDamaged) as error:
            raise type(error)(f"{self.path}: {error}") from error

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        self._check_open()
        with self._plain_errors(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        self._check_open()
        with self._plain_errors(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            with sqlite.plain_errors(self.path, self._timeout_s):
                yield
        except DatelineError:
            raise
        except (msgspec.DecodeError, ValueError) as error:  # a row that cannot be what was written
            raise LedgerDamaged(
                f"{self.path}: a row cannot be read ({error}); `dateline verify` tells which"
            ) from error

    def _check_open(self) -> None:
        if self._closed:
            raise LedgerError(f"{self.path}: this ledger was closed; open it again")


class _Batch:
    """Rows of one transaction, each with its link, gathered so that a table is written in one go."""

    def __init__(self, after: Head) -> None:
        self.after = after
        self.links: list[Link] = []
        self.rows: dict[str, list[dict[str, Any]]] = {}

    def add(
        self,
        table: Table,
        row_id: str,
        row: dict[str, Any],
        lookups: dict[str, list[dict[str, Any]]] | None = None,
    ) -> int:
        """Take in a row and what belongs to it; return its place in the chain."""
        under = lookups or {}
        hashed = chain.row_hash(table.name, row, list(under.items()))
        made = chain.link(self.after, table.name, row_id, hashed)
        self.after = Head(made.seq, made.hash)
        self.links.append(made)
        self.rows.setdefault(table.name, []).append({"seq": made.seq, **row})
        for name, each in under.items():
            self.rows.setdefault(name, []).extend({"claim": made.seq, **one} for one in each)
        return made.seq

    def add_reading(self, record: Record, report: int, reading: dict[str, Any]) -> None:
        """Take in a reading of the report at a place, and its claims."""
        seq = self.add(tables.readings, reading["id"], {"report": report, **reading})
        for row, claim in zip(rows.claim_rows(record), record.claims, strict=True):
            under = rows.lookups_of(claim, record.report.source)
            row_id = f"{reading['id']}/{row['position']}"
            self.add(tables.claims, row_id, {"reading": seq, "report": report, **row}, under)

    def write(self, connection: Connection) -> None:
        chain.append(connection, self.links)
        for table in (*tables.CHAINED, *tables.LOOKUPS):
            rows_of_table: Sequence[dict[str, Any]] = self.rows.get(table.name, ())
            if rows_of_table:
                connection.execute(insert(table), rows_of_table)


def check_path(path: Path, create: bool) -> None:
    """Refuse a path at which no ledger can be, in words that say what to do."""
    if path.is_dir():
        raise LedgerError(f"{path}: is a folder; give the path of a ledger's file")
    if path.exists():
        return
    if not create:
        raise LedgerError(f"{path}: there is no ledger here; check the path, or make one with `dateline add`")
    if not path.parent.is_dir():
        raise LedgerError(f"{path}: the folder {path.parent} does not exist; make it first")


def _seq_of(connection: Connection, table: Table, row_id: str) -> int | None:
    return connection.execute(select(table.c.seq).where(table.c.id == row_id)).scalar()


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
