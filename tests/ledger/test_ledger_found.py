"""Claims that people found stand in the ledger like those that were read, with who and when; an undo is exact."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from ledger_records import numbered
from msgspec.structs import replace

from dateline.errors import InputError, LedgerError
from dateline.ledger import ClaimQuery, Decision, Ledger
from dateline.ledger.found import PEOPLE
from dateline.record import Claim, MadeBy, Part, Record

ON = "2026-01-05T09:00:00Z"


def report_of(ledger: Ledger, record: Record) -> str:
    return ledger.add(record).report_id


def found_in(record: Record, id: str = "f" * 20) -> Claim:
    """A claim at the words of the first one that was read."""
    return replace(record.claims[0], id=id, event="protest", score=1.0)


def addition(report: str, claim: Claim, by: str = "Ana Ruiz", on: str = ON) -> Decision:
    value = msgspec.json.encode(claim).decode()
    return Decision(kind="add", by=by, on=on, claims=(f"{report}/{claim.id}",), value=value)


def undo(id: str, on: str = ON) -> Decision:
    return Decision(kind="undo", by="Ben Okafor", on=on, reason="not so", undoes=id)


def test_a_claim_that_a_person_found_is_found_by_every_question(ledger: Ledger) -> None:
    record = numbered(1)
    report = report_of(ledger, record)
    claim = found_in(record)
    kept = ledger.decide(addition(report, claim))
    assert ledger.record(report).claims == (*record.claims, claim)
    (stored,) = ledger.claims(ClaimQuery(event="protest"))
    assert stored.claim == claim
    assert stored.latest
    assert ledger.claim(f"{report}/{claim.id}").made_by.tables[PEOPLE] == kept.id
    (decision,) = ledger.decisions()
    assert (decision.decision.by, decision.decision.on) == ("Ana Ruiz", ON)
    ledger.decide(Decision(kind="accept", by="Ben Okafor", on=ON, claims=(stored.key,)))
    assert ledger.verify().ok


def test_an_undo_is_exact_and_can_be_undone(ledger: Ledger) -> None:
    record = numbered(1)
    report = report_of(ledger, record)
    claim, before = found_in(record), ledger.record(report)
    kept = ledger.decide(addition(report, claim))
    taken = ledger.decide(undo(kept.id))
    after = ledger.record(report)
    assert replace(after, made_by=before.made_by) == before
    ledger.decide(undo(taken.id))
    assert ledger.record(report).claims == (*record.claims, claim)
    assert ledger.verify().ok


def test_only_what_was_undone_goes(ledger: Ledger) -> None:
    record = numbered(1)
    report = report_of(ledger, record)
    one, two = found_in(record, "1" * 20), replace(found_in(record, "2" * 20), event="threat")
    first = ledger.decide(addition(report, one))
    ledger.decide(addition(report, two, by="Ben Okafor"))
    ledger.decide(undo(first.id))
    assert ledger.record(report).claims == (*record.claims, two)


def test_reading_again_drops_nothing_that_a_person_found(ledger: Ledger) -> None:
    record = numbered(1)
    report = report_of(ledger, record)
    claim = found_in(record)
    kept = ledger.decide(addition(report, claim))
    anew = replace(record, claims=record.claims[:1], made_by=MadeBy(version="9.9.9"))
    assert ledger.add(anew).new_reading
    assert ledger.record(report).claims == (*anew.claims, claim)
    assert ledger.record(report).made_by.version == "9.9.9"
    assert not ledger.add(record).new_reading  # the older one is known; nothing changes
    assert ledger.record(report).claims == (*anew.claims, claim)
    ledger.decide(undo(kept.id))
    assert ledger.record(report).claims == anew.claims
    assert ledger.verify().ok


def test_where_the_program_reads_the_same_claim_later_the_persons_stands(ledger: Ledger) -> None:
    record = numbered(1)
    report = report_of(ledger, record)
    claim = found_in(record)
    kept = ledger.decide(addition(report, claim))
    read = replace(claim, places=(), score=0.4)
    anew = replace(record, claims=(read, *record.claims), made_by=MadeBy(version="9.9.9"))
    ledger.add(anew)
    assert ledger.record(report).claims == (*record.claims, claim)
    ledger.decide(undo(kept.id))
    assert ledger.record(report).claims == anew.claims


def _other_id(claim: Claim) -> Claim:
    return replace(claim, id="0" * 20)


def _wrong_words(claim: Claim) -> Claim:
    return replace(claim, trigger=replace(claim.trigger, text="x" * len(claim.trigger.text)))


def _outside(claim: Claim) -> Claim:
    return replace(claim, quote=claim.trigger, trigger=claim.quote)


@pytest.mark.parametrize(
    ("change", "told"), [(_wrong_words, "is not at"), (_outside, "not in the sentence"), (_other_id, "another claim")]
)
def test_what_the_report_does_not_bear_out_is_refused(
    ledger: Ledger, change: Callable[[Claim], Claim], told: str
) -> None:
    record = numbered(1)
    report = report_of(ledger, record)
    claim = found_in(record)
    head = ledger.head()
    decision = replace(addition(report, claim), value=msgspec.json.encode(change(claim)).decode())
    with pytest.raises(InputError, match=told):
        ledger.decide(decision)
    assert ledger.head() == head


def test_a_claim_that_is_there_already_or_of_no_report_is_refused(ledger: Ledger) -> None:
    record = numbered(1)
    report = report_of(ledger, record)
    with pytest.raises(InputError, match="already"):
        ledger.decide(addition(report, record.claims[0]))
    with pytest.raises(LedgerError, match="no report"):
        ledger.decide(addition("nowhere", found_in(record)))
    with pytest.raises(LedgerError, match="whole"):
        ledger.decide(addition(report[:8], found_in(record)))
    with pytest.raises(InputError, match="no claim"):
        ledger.decide(replace(addition(report, found_in(record)), value="{}"))
    kept = ledger.decide(addition(report, found_in(record)))
    assert ledger.decide(kept.decision).seq == kept.seq  # the very same again is kept once
    assert list(ledger.decisions()) == [kept]


def test_an_altered_addition_is_found(ledger: Ledger, path: Path) -> None:
    import sqlite3

    record = numbered(1)
    report = report_of(ledger, record)
    kept = ledger.decide(addition(report, found_in(record)))
    with sqlite3.connect(path) as raw:
        (name,) = raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'decisions' AND sql LIKE '%UPDATE%'"
        ).fetchone()
        raw.execute(f"DROP TRIGGER {name}")
        moved = replace(found_in(record), trigger=Part(text="x", span=record.claims[0].trigger.span))
        raw.execute("UPDATE decisions SET value = ?", (msgspec.json.encode(moved).decode(),))
    problems = [each for each in ledger.verify().problems if each.row == kept.id]
    assert any("is not at" in each.what for each in problems)
