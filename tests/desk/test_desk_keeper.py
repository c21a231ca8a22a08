"""The keeper brings incidents up to date apart from all pages, and by the desk's own policy."""

import threading
from pathlib import Path

import pytest
from msgspec.structs import replace

from dateline.desk.keeper import Keeper
from dateline.incidents.book import Book, IncidentQuery
from dateline.incidents.policies import policy
from dateline.ledger import Ledger
from tests.desk.conftest import OTHER

LOWEST = replace(policy(), name="lowest", best="lowest", outdated="counts")


def test_it_looks_when_woken_and_whoever_waits_sees_what_came_of_it(ledger_path: Path) -> None:
    keeper = Keeper(ledger_path, policy(), every_s=600)
    keeper.start()
    try:
        assert keeper.wait(keeper.wake(), 20)
        with Ledger(ledger_path) as ledger:
            ledger.add(replace(OTHER, claims=()))
            head = ledger.head().seq
        assert keeper.upto != head
        assert keeper.wait(keeper.wake(), 20)
        assert keeper.upto == head
        assert not keeper.trouble
    finally:
        keeper.stop()
    assert not [each for each in threading.enumerate() if each.name == "keeper"]


def test_incidents_made_by_another_policy_meanwhile_are_made_by_its_own_again(ledger_path: Path) -> None:
    keeper = Keeper(ledger_path, LOWEST)
    keeper.look()

    def best() -> list[float | None]:
        with Ledger(ledger_path) as ledger, Book(ledger, policy()) as book:
            found = book.find(IncidentQuery(event="shelling", origins=2))
            return [each.best for one in found for each in one.figures]

    assert best() == [11]
    with Ledger(ledger_path) as ledger, Book(ledger, policy("highest")) as other:
        other.catch_up()
    assert best() == [18]
    keeper.look()
    assert best() == [11]


def test_nothing_is_asked_where_nothing_came_in(ledger_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = Keeper(ledger_path, policy())
    keeper.look()
    monkeypatch.setattr(Book, "catch_up", lambda book: pytest.fail("the ledger ends where it did"))
    keeper.look()
    assert not keeper.trouble


def test_trouble_is_told_and_passes(ledger_path: Path) -> None:
    keeper = Keeper(ledger_path, policy())
    away = ledger_path.with_name("away.db")
    ledger_path.rename(away)
    keeper.look()
    assert "there is no ledger here" in keeper.trouble
    away.rename(ledger_path)
    keeper.look()
    assert not keeper.trouble
