"""Walk every row and compare it with the chain, with its report's text and with the kept original.

What it can find: any row altered, taken out or slipped in, any kept file altered or gone, any index or page that SQLite
finds wrong, any trigger taken off. What it cannot find by itself: rows taken off the end together with their links, or
a chain made anew from the first altered row on; for that, compare the head with one noted down before (`head=`).
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Table, select
from sqlalchemy.exc import DBAPIError

from dateline.errors import InputError
from dateline.ledger import chain, rows, sqlite, tables
from dateline.ledger.chain import Head
from dateline.ledger.decisions import decision_of
from dateline.ledger.files import KeptFiles
from dateline.ledger.found import claim_found
from dateline.ledger.results import Problem, Verification
from dateline.record import Report

Progress = Callable[[int, int], None]
_Row = dict[str, Any]

# Links walked at a time: a window of claims is some 4 MB with all that belongs to them.
_WINDOW = 1000


def verify(
    connection: Connection, files: KeptFiles, *, head: str | None = None, progress: Progress | None = None
) -> Verification:
    """Check the whole ledger within one transaction, so that others may add meanwhile.

    Args:
        head: a chain hash noted down before; it must still be in the chain.
        progress: called with (links done, links in all).
    """
    walk = _Walk(connection, files, head)
    try:
        walk.whole(progress)
    except DBAPIError as error:
        walk.report("database", "", f"cannot be read any further ({_said(error)})")
    return Verification(checked=walk.checked, problems=tuple(walk.problems), head=walk.at)


class _Walk:
    """The walk from the first link to the last; holds where it is and what it found."""

    def __init__(self, connection: Connection, files: KeptFiles, wanted_head: str | None) -> None:
        self.connection = connection
        self.files = files
        self.wanted_head = wanted_head
        self.at = Head(0, chain.BEFORE_THE_FIRST)
        self.problems: list[Problem] = []
        self.checked: dict[str, int] = dict.fromkeys(("links", *(t.name for t in tables.CHAINED), "parts", "files"), 0)
        self._reading: tuple[int, _Row | None, Report | None] = (0, None, None)

    def report(self, table: str, row: str, what: str) -> None:
        self.problems.append(Problem(table, row, what))

    def whole(self, progress: Progress | None) -> None:
        for said in sqlite.damage(self.connection):
            self.report("database", "", said)
        for table, guard in sqlite.missing_guards(self.connection, tables.EVERY_TABLE):
            self.report(table, "", f"the trigger {guard} that keeps its rows unchanged is gone or was altered")
        seen_head = self.wanted_head is None
        total = chain.head(self.connection).seq
        after: int | None = None
        while after is None or after < total:
            after, hashes = self._window(after)
            seen_head |= self.wanted_head in hashes
            if progress:
                progress(after, total)
        self._strays(self._belonging(after, None))
        if not seen_head:
            self.report(
                "chain", "", f"the head {self.wanted_head} that was noted down is not in it: rows were taken off"
            )

    def _window(self, after: int | None) -> tuple[int, list[str]]:
        """Check the next links after `after` and the rows that stand there; return the last link's place, and hashes.

        Where something cannot be read at all, say so and go on behind it.
        """
        ends = select(tables.chain.c.seq, tables.chain.c.hash).order_by(tables.chain.c.seq).limit(_WINDOW)
        window = self.connection.execute(ends if after is None else ends.where(tables.chain.c.seq > after)).all()
        if not window:
            return 0, []
        end = window[-1].seq
        try:
            self._check(self._rows(tables.chain, "seq", after, end), self._belonging(after, end))
        except DBAPIError as error:
            self.report("database", "", f"a row at {window[0].seq} to {end} cannot be read ({_said(error)})")
            self.at = Head(end, window[-1].hash)
        return end, [each.hash for each in window]

    def _belonging(self, after: int | None, end: int | None) -> "_Belonging":
        """The rows that stand behind place `after` up to place `end`, and what belongs to them."""
        return _Belonging(
            {table.name: {row["seq"]: row for row in self._rows(table, "seq", after, end)} for table in tables.CHAINED},
            {table.name: _grouped(self._rows(table, "claim", after, end)) for table in tables.LOOKUPS},
        )

    def _check(self, links: list[_Row], held: "_Belonging") -> None:
        for each in links:
            self._link(each)
            row = held.rows.get(each["table_name"], {}).pop(each["seq"], None)
            under = [(name, groups.pop(each["seq"], [])) for name, groups in held.lookups.items()]
            self._row(each, row, under)
        self._strays(held)

    def _strays(self, held: "_Belonging") -> None:
        for table, left in held.rows.items():
            for row in left.values():
                self.report(table, _row_id(row), f"stands at {row['seq']} without a link in the chain")
        for table, groups in held.lookups.items():
            for seq in groups:
                self.report(table, str(seq), "belongs to no claim")

    def _link(self, each: _Row) -> None:
        self.checked["links"] += 1
        name = f"{each['table_name']} {each['row_id']}"
        if each["seq"] != self.at.seq + 1:
            self.report("chain", str(each["seq"]), f"follows {self.at.seq}: links between them are gone")
        elif each["prev_hash"] != self.at.hash:
            self.report("chain", str(each["seq"]), f"does not follow from the link before it ({name})")
        made = chain.link_hash(each["seq"], each["table_name"], each["row_id"], each["row_hash"], each["prev_hash"])
        if made != each["hash"]:
            self.report("chain", str(each["seq"]), f"its hash is not that of its content ({name})")
        self.at = Head(each["seq"], each["hash"])

    def _row(self, each: _Row, row: _Row | None, under: list[tuple[str, list[_Row]]]) -> None:
        table, row_id = each["table_name"], each["row_id"]
        if row is None:
            self.report(table, row_id, f"the row at {each['seq']} is gone")
            return
        self.checked[table] += 1
        seq = row.pop("seq")
        if chain.row_hash(table, row, under) != each["row_hash"]:
            self.report(table, row_id, "is not as it was written: its hash has changed")
        if table == tables.reports.name:
            self._report(row_id, row)
        elif table == tables.readings.name:
            self._reading_row(seq, row_id, row)
        elif table == tables.claims.name:
            self._claim(row_id, row)
        elif table == tables.decisions.name and row["kind"] == "add":
            self._addition(row_id, row)
        elif table == tables.evidence.name and row["sha256"]:
            self._file(table, row_id, row["sha256"])

    def _report(self, row_id: str, row: _Row) -> None:
        text = row["text"]
        if not isinstance(text, str) or Report(text=text).sha256 != row["text_sha256"]:
            self.report("reports", row_id, "its text is not the one its sha256 names")
        self._file("reports", row_id, row["raw_sha256"])

    def _file(self, table: str, row_id: str, digest: str) -> None:
        self.checked["files"] += 1
        wrong = self.files.problem_with(digest)
        if wrong:
            self.report(table, row_id, wrong)

    def _reading_row(self, seq: int, row_id: str, row: _Row) -> None:
        report = self._report_at(row["report"])
        self._reading = (seq, row, report)
        if report is None:
            self.report("readings", row_id, f"its report at {row['report']} is gone")
            return
        try:
            record = rows.record_of(report.text, row["body"], ())
        except msgspec.DecodeError as error:
            self.report("readings", row_id, f"cannot be read ({error})")
            return
        self._spans("readings", row_id, record, record.report)

    def _claim(self, row_id: str, row: _Row) -> None:
        report = self._report_of_reading(row["reading"])
        if report is None:
            self.report("claims", row_id, f"its reading at {row['reading']} or that reading's report is gone")
            return
        try:
            claim = rows.claim_of(row["body"])
        except msgspec.DecodeError as error:
            self.report("claims", row_id, f"cannot be read ({error})")
            return
        self._spans("claims", row_id, claim, report)

    def _addition(self, row_id: str, row: _Row) -> None:
        """A claim that a person found is borne out by its report's text, as one that was read."""
        try:
            decision = decision_of(row)
            claim = claim_found(decision)
        except (msgspec.DecodeError, InputError) as error:
            self.report("decisions", row_id, f"cannot be read ({error})")
            return
        of = select(tables.reports.c.seq).where(tables.reports.c.id == decision.claims[0].rpartition("/")[0])
        report = self._report_at(self.connection.execute(of).scalar() or 0)
        if report is None:
            self.report("decisions", row_id, "the report that it adds a claim to is gone")
            return
        self._spans("decisions", row_id, claim, report)

    def _spans(self, table: str, row_id: str, value: object, report: Report) -> None:
        self.checked["parts"] += rows.parts_in(value)
        for wrong in rows.misplaced(value, report):
            self.report(table, row_id, wrong)

    def _report_of_reading(self, seq: int) -> Report | None:
        if self._reading[0] != seq:  # claims follow their reading, so this happens only where rows were moved
            found = self._at(tables.readings, seq)
            self._reading = (seq, found[0], self._report_at(found[0]["report"])) if found else (seq, None, None)
        return self._reading[2]

    def _report_at(self, seq: int) -> Report | None:
        found = self._at(tables.reports, seq)
        return Report(text=found[0]["text"], title=found[0]["title"], sha256="-") if found else None

    def _rows(self, table: Table, key: str, after: int | None, end: int | None) -> list[_Row]:
        chosen = select(table).order_by(*table.primary_key.columns)
        if after is not None:
            chosen = chosen.where(table.c[key] > after)
        if end is not None:
            chosen = chosen.where(table.c[key] <= end)
        return [dict(row) for row in self.connection.execute(chosen).mappings()]

    def _at(self, table: Table, seq: int) -> list[_Row]:
        return [dict(row) for row in self.connection.execute(select(table).where(table.c.seq == seq)).mappings()]


class _Belonging(NamedTuple):
    """Rows by table and place, look-up rows by table and their claim's place; taken out as they are checked."""

    rows: dict[str, dict[int, _Row]]
    lookups: dict[str, dict[int, list[_Row]]]


def _said(error: DBAPIError) -> str:
    return " ".join(str(error.orig).split())


def _grouped(found: list[_Row]) -> dict[int, list[_Row]]:
    groups: dict[int, list[_Row]] = {}
    for row in found:
        groups.setdefault(row.pop("claim"), []).append(row)
    return groups


def _row_id(row: _Row) -> str:
    return str(row.get("id") or f"{row.get('reading')}/{row.get('position')}")
