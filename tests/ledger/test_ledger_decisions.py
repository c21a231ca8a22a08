"""What people decide is kept like everything else: added once, chained, never changed."""

import sqlite3
from pathlib import Path

import pytest
from ledger_records import numbered

from dateline.errors import InputError, LedgerError
from dateline.ledger import Decision, Ledger, migrations
from dateline.ledger.decisions import DecisionKind

ON = "2026-01-05T09:00:00Z"


@pytest.fixture
def keys(ledger: Ledger) -> list[str]:
    ledger.add(numbered(1))
    ledger.add(numbered(2))
    return [each.key for each in ledger.claims()]


def test_a_decision_comes_back_as_it_was_taken(ledger: Ledger, keys: list[str]) -> None:
    taken = Decision(
        kind="different", by="Ana Ruiz", on=ON, reason="two towns", claims=(keys[0],), others=(keys[1], keys[2])
    )
    kept = ledger.decide(taken)
    (found,) = ledger.decisions()
    assert found == kept
    assert found.decision == taken
    assert found.id == taken.id
    assert ledger.summary().decisions == 1
    assert ledger.verify().ok


def test_the_same_decision_is_kept_once(ledger: Ledger, keys: list[str]) -> None:
    taken = Decision(kind="accept", by="Ana Ruiz", on=ON, claims=(keys[0],))
    before = ledger.decide(taken).seq
    assert ledger.decide(taken).seq == before
    assert len(list(ledger.decisions())) == 1
    ledger.decide(Decision(kind="accept", by="Ben Okafor", on=ON, claims=(keys[0],)))
    assert [each.decision.by for each in ledger.decisions()] == ["Ana Ruiz", "Ben Okafor"]


def test_an_undone_decision_stays_readable(ledger: Ledger, keys: list[str]) -> None:
    first = ledger.decide(Decision(kind="same", by="Ana Ruiz", on=ON, claims=(keys[0], keys[3])))
    ledger.decide(Decision(kind="undo", by="Ben Okafor", on=ON, reason="two days apart", undoes=first.id))
    assert [each.decision.kind for each in ledger.decisions()] == ["same", "undo"]


def test_decisions_about_what_is_not_there_are_refused(ledger: Ledger, keys: list[str]) -> None:
    with pytest.raises(LedgerError, match="no claim"):
        ledger.decide(Decision(kind="accept", by="Ana Ruiz", on=ON, claims=("nowhere/nothing",)))
    with pytest.raises(LedgerError, match="no decision"):
        ledger.decide(Decision(kind="undo", by="Ana Ruiz", on=ON, reason="wrong", undoes="0" * 20))
    assert list(ledger.decisions()) == []


@pytest.mark.parametrize(
    ("kind", "given", "told"),
    [
        ("accept", {}, "name the claims"),
        ("accept", {"claims": ("a/b",), "by": " "}, "who decides"),
        ("accept", {"claims": ("a/b",), "on": "yesterday"}, "not a moment"),
        ("reject", {"claims": ("a/b",)}, "give a reason"),
        ("correct", {"claims": ("a/b",), "reason": "misread"}, "name the field"),
        ("different", {"claims": ("a/b",)}, "other side"),
        ("split", {"claims": ("a/b",), "others": ("a/b",)}, "both sides"),
        ("undo", {"reason": "wrong"}, "decision to undo"),
    ],
)
def test_a_decision_that_lacks_something_is_refused_with_what_to_give(
    kind: DecisionKind, given: dict[str, object], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        Decision(**{"kind": kind, "by": "Ana Ruiz", "on": ON, **given})  # type: ignore[arg-type]


def test_a_ledger_from_before_decisions_takes_them(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = migrations.KNOWN[:1]
    with monkeypatch.context() as patched:  # the code as it was
        patched.setattr(migrations.missing, "__defaults__", (first,))
        patched.setitem(migrations.upgrade.__kwdefaults__, "known", first)
        with Ledger(path):
            pass
    with sqlite3.connect(path) as database:
        assert "decisions" not in {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
    with Ledger(path) as ledger:
        ledger.add(numbered(1))
        ledger.decide(Decision(kind="accept", by="Ana Ruiz", on=ON, claims=(next(ledger.claims()).key,)))
        assert ledger.verify().ok


def test_readings_are_the_latest_of_each_report_behind_a_place(ledger: Ledger, keys: list[str]) -> None:
    whole = list(ledger.readings())
    assert [each.record.id for each in whole] == [numbered(1).id, numbered(2).id]
    assert whole[0].record == ledger.record(whole[0].report_id)
    assert [each.report_id for each in ledger.readings(after=whole[0].seq)] == [whole[1].report_id]
    assert list(ledger.readings(after=whole[1].seq)) == []
