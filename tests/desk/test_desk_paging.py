"""Pages of incidents, one after another, are what the book finds in one go, by whichever way they are found."""

from datetime import date
from typing import Any

import pytest

from dateline.desk import named, paging
from dateline.desk.desk import Desk
from dateline.incidents.book import IncidentQuery
from dateline.incidents.rulings import rulings
from dateline.incidents.types import Incident
from dateline.ledger import Decision

QUERIES: tuple[dict[str, Any], ...] = (
    {}, {"every": True}, {"place": "quorrin"}, {"place": "Dunmarrow", "every": True}, {"place": "nowhere"},
    {"country": "bv"}, {"country": "US"}, {"since": date(2024, 3, 5)}, {"until": date(2024, 3, 5)},
    {"since": date(2024, 3, 4), "until": date(2024, 3, 4), "place": "Quorrin"}, {"origins": 2}, {"event": "shelling"},
    {"status": "set_aside"}, {"happened": "possible"}, {"measure": "killed"}, {"source": "doctors"},
    {"place": "Lashkel"}, {"actor": "Harrow Front"}, {"place": "' OR 1=1"}, {"place": "—"},
)  # fmt: skip


def page_by_page(desk: Desk, query: IncidentQuery) -> list[Incident]:
    found: list[Incident] = []
    after: str | None = None
    ruled = rulings(desk.ledger.decisions())
    while True:
        with desk.shelf() as shelf:
            page = paging.find(desk.ledger, shelf, query, ruled, after=after, size=1)
        found += page.incidents
        after = page.next
        if after is None:
            return found


@pytest.mark.parametrize("rare", [0, 3_000])
@pytest.mark.parametrize("most", [1, 2_000])
def test_page_by_page_is_as_in_one_go(desk: Desk, monkeypatch: pytest.MonkeyPatch, rare: int, most: int) -> None:
    monkeypatch.setattr(named, "_RARE", rare)
    monkeypatch.setattr(paging, "_MOST", most)
    monkeypatch.setattr(paging, "_STRETCH", 2)
    keys = [each.key for each in desk.ledger.claims()]
    for field, value in (("place", '{"name": "Lashkel"}'), ("incident:actors", '["Harrow Front"]')):
        desk.ledger.decide(
            Decision(kind="correct", by="mara", on="2024-03-09T09:00:00Z", reason="x", claims=(keys[0],), field=field,
                     value=value)
        )  # fmt: skip
    desk.keeper.look()
    with desk.book() as book:
        for asked in QUERIES:
            query = IncidentQuery(**asked)
            assert page_by_page(desk, query) == book.find(query), asked


def test_a_page_that_would_take_too_long_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "_MOST", 1)
    monkeypatch.setattr(named, "_RARE", 0)
    with desk.shelf() as shelf:
        query = IncidentQuery(source="nobody at all", every=True)
        found = paging.find(desk.ledger, shelf, query, rulings(desk.ledger.decisions()), after=None, size=5)
    assert found.cut
    assert found.next is not None
    assert not found.incidents
    assert found.looked == 1
