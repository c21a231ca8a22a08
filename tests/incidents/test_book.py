"""The book of a ledger equals what is made of it from nothing, whatever was done to it before, and by whom."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import Connection

from dateline.errors import LedgerError, LedgerLocked
from dateline.incidents import book, reconcile, shelf
from dateline.incidents.book import Book, IncidentQuery, briefs_of
from dateline.incidents.policies import policy
from dateline.incidents.reconcile import Changed, Reconciler
from dateline.incidents.types import Incident
from dateline.ledger import Decision, Ledger
from dateline.ledger.decisions import DecisionKind
from tests.cli.test_incident_commands import RECORDS, record

FOURTH = date(2024, 3, 4)
LATER = record("d4", "Ilvora Post", FOURTH, "At Quorrin 12 died when it was shelled on Monday, the mayor said.",
               "shelled", killed="12", by="mayor")  # fmt: skip
EVERYTHING = IncidentQuery(every=True)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "x.db") as made:
        for each in RECORDS:
            made.add(each)
        # Whether these two are alike enough is for test_match.py; here they are one.
        pair = tuple(each.key for each in made.claims() if each.claim.event == "shelling")
        made.decide(decided("same", claims=pair, on="2024-03-08T09:00:00Z"))
        yield made


def looked_up(ledger: Ledger, by: str = "ucdp") -> list[bytes]:
    with Book(ledger, policy(by)) as book:
        book.catch_up()
        return [msgspec.json.encode(each) for each in book.find(EVERYTHING)]


def from_nothing(ledger: Ledger, by: str = "ucdp") -> list[bytes]:
    ledger.path.with_name(f"{ledger.path.name}.incidents").unlink()
    return looked_up(ledger, by)


def shelling(ledger: Ledger) -> Incident:
    with Book(ledger, policy()) as book:
        book.catch_up()
        return book.find(IncidentQuery(event="shelling"))[0]


def test_asking_for_a_day_by_another_policy_leaves_the_kept_incidents_as_they_are(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = looked_up(ledger)
    made: list[int] = []
    regroup = Reconciler._regroup

    def counted(self: Reconciler, connection: Connection) -> Changed:
        changed = regroup(self, connection)
        if self.shelf.path is not None:
            made.append(len(changed.made))
        return changed

    monkeypatch.setattr(Reconciler, "_regroup", counted)
    with Book(ledger, policy("highest"), as_of=FOURTH) as book:
        book.catch_up()
        assert all(each.rule.startswith("highest") for found in book.find(EVERYTHING) for each in found.figures)
    assert looked_up(ledger) == before
    assert not any(made)


def test_a_fault_of_a_shelf_in_memory_says_so() -> None:
    with (
        pytest.raises(LedgerError, match=r"^incidents in memory: no such table"),
        shelf.Shelf().reading() as connection,
    ):
        connection.exec_driver_sql("SELECT 1 FROM nowhere")


def decided(kind: DecisionKind, on: str = "2024-03-09T09:00:00Z", **said: object) -> Decision:
    return Decision(kind=kind, by="mara", on=on, reason="for a test", **said)  # type: ignore[arg-type]


@pytest.mark.parametrize("by", ["ucdp", "highest"])
def test_step_by_step_is_as_from_nothing(ledger: Ledger, by: str) -> None:
    first, second = shelling(ledger).claims
    split = decided("different", claims=(first,), others=(second,))
    unsplit = decided("undo", undoes=split.id)
    correction = decided("correct", claims=(second,), field="killed", value='{"low": 3, "high": 3}')
    steps = [
        lambda: ledger.decide(split),
        lambda: ledger.add(LATER),
        lambda: ledger.decide(unsplit),
        lambda: ledger.decide(correction),
        lambda: ledger.add(replace(LATER, claims=())),
        lambda: ledger.add(LATER),
        lambda: ledger.decide(decided("undo", undoes=correction.id)),
    ]
    seen = {tuple(looked_up(ledger, by))}
    for step in steps:
        step()
        for name in (by, "cautious", by):
            seen.add(tuple(looked_up(ledger, name)))
        assert looked_up(ledger, by) == from_nothing(ledger, by)
    assert len(seen) > len(steps)


def test_decisions_about_a_claim_that_is_read_no_more_do_no_harm(ledger: Ledger) -> None:
    first, second = shelling(ledger).claims
    for kind, said in (
        ("same", {"claims": (first, second)}), ("reject", {"claims": (first,)}), ("accept", {"claims": (second,)}),
        ("correct", {"claims": (first,), "field": "killed", "value": "3"}),
        ("correct", {"claims": (first, second), "field": "incident:killed", "value": "4"}),
    ):  # fmt: skip
        ledger.decide(decided(kind, **said))  # type: ignore[arg-type]
    ledger.add(replace(RECORDS[0], claims=()))
    assert looked_up(ledger) == from_nothing(ledger)
    assert shelling(ledger).claims == (second,)


@pytest.mark.parametrize(
    ("field", "value"),
    [("killed", "many"), ("deaths", "3"), ("killed", '"3"'), ("time", "null"), ("incident:modality", '"denied"')],
)
def test_a_correction_that_cannot_be_stops_nothing(ledger: Ledger, field: str, value: str) -> None:
    """The ledger keeps what it is given, by whatever program."""
    before = looked_up(ledger)
    ledger.decide(decided("correct", claims=shelling(ledger).claims, field=field, value=value))
    assert looked_up(ledger) == before


def test_what_is_set_for_an_incident_stays_with_it_when_its_first_claim_is_rejected(ledger: Ledger) -> None:
    first, second = shelling(ledger).claims
    ledger.decide(decided("different", claims=(first,), others=(second,)))
    ledger.decide(decided("undo", undoes=decided("different", claims=(first,), others=(second,)).id))
    ledger.decide(
        decided("correct", claims=(first, second), field="incident:killed", value="4", on="2024-03-10T09:00:00Z")
    )
    ledger.decide(decided("reject", claims=(first,), on="2024-03-11T09:00:00Z"))
    ledger.decide(decided("different", claims=(first,), others=(second,), on="2024-03-12T09:00:00Z"))
    with Book(ledger, policy()) as book:
        book.catch_up()
        assert "killed" not in book.incident(first).decided
        assert "killed" in book.incident(second).decided


def test_a_program_waits_while_another_brings_the_incidents_up_to_date(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it would obey a decision, and the first one, which knew nothing of it, would undo that for good."""
    monkeypatch.setattr(shelf, "_PATIENCE_S", 0.1)
    claims = shelling(ledger).claims
    ledger.add(LATER)
    with Ledger(ledger.path) as again, Book(ledger, policy()) as book, Book(again, policy()) as other:
        known = book.decisions()

        def meanwhile() -> list[object]:
            again.decide(decided("reject", claims=claims[:1]))
            with pytest.raises(LedgerLocked):
                other.catch_up()
            return known  # type: ignore[return-value]

        monkeypatch.setattr(book, "decisions", meanwhile)
        monkeypatch.setattr(book, "_is_up_to_date", lambda: False)
        book.catch_up()
    assert looked_up(ledger) == from_nothing(ledger)
    assert shelling(ledger).set_aside


def test_who_only_looks_does_not_wait_for_who_writes(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "_PATIENCE_S", 0.1)
    before = looked_up(ledger)
    with Book(ledger, policy()) as book, book._shelf.writing() as connection:
        book._shelf.empty(connection)
        assert looked_up(ledger) == before


def test_a_book_sees_what_others_made_anew(ledger: Ledger) -> None:
    """Reports have other numbers after a rebuild, and what a book holds in memory goes by numbers."""
    with Book(ledger, policy()) as book:
        book.catch_up()
        book.matches(book.find(EVERYTHING)[-1])
        ledger.add(replace(RECORDS[0], claims=()))
        ledger.add(LATER)
        with Book(ledger, policy()) as other:
            other.rebuild()
        ledger.decide(decided("accept", claims=shelling(ledger).claims))
        book.catch_up()
        seen = [msgspec.json.encode(each) for each in book.find(EVERYTHING)]
        assert all(len(book.claimed(each.claims)) == len(each.claims) for each in book.find(EVERYTHING))
    assert seen == from_nothing(ledger)


KILLED = """
import os, signal, sys
from dateline.incidents import reconcile
from dateline.incidents.book import Book
from dateline.incidents.policies import policy
from dateline.ledger import Ledger

def step(what, done):
    if what == "reports compared":
        os.kill(os.getpid(), signal.SIGKILL)

with Ledger(sys.argv[1]) as ledger, Book(ledger, policy(), told=step) as book:
    book.rebuild()
"""


def test_what_was_killed_half_way_is_as_if_it_had_not_begun(ledger: Ledger) -> None:
    before = looked_up(ledger)
    done = subprocess.run([sys.executable, "-c", KILLED, str(ledger.path)], check=False)
    assert done.returncode == -9
    with Book(ledger, policy()) as book:
        assert [msgspec.json.encode(each) for each in book.find(EVERYTHING)] == before
    assert looked_up(ledger) == from_nothing(ledger) == before


def test_a_brief_that_was_kept_is_the_one_that_was_made(ledger: Ledger) -> None:
    made = [brief for _, brief in briefs_of(ledger)]
    kept = [shelf.BRIEF.decode(msgspec.json.encode(each)) for each in made]
    assert list(map(msgspec.json.encode, kept)) == list(map(msgspec.json.encode, made))
    assert any(telling.counts for each in made for telling in each.tellings)


def test_workers_make_the_same_of_a_ledger(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "_FEW", 0)
    monkeypatch.setattr(book, "_IN_A_PIECE", 2)
    assert list(briefs_of(ledger, workers=2)) == list(briefs_of(ledger, workers=1))


def test_what_nothing_ties_together_is_grouped_in_parts_with_the_same_outcome(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = looked_up(ledger)
    monkeypatch.setattr(reconcile, "_CLAIMS_AT_A_TIME", 1)
    assert from_nothing(ledger) == whole


def test_workers_make_the_same_incidents(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = looked_up(ledger)
    monkeypatch.setattr(reconcile, "_MANY", 0)
    monkeypatch.setattr(reconcile, "_CLAIMS_AT_A_TIME", 1)
    with Book(ledger, policy(), workers=2) as book:
        book.rebuild()
        assert [msgspec.json.encode(each) for each in book.find(EVERYTHING)] == whole
