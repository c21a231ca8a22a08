"""The overview's days: what is drawn is what the incidents hold, and each bar leads to its incidents."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from dateline.desk.app import make_app
from dateline.desk.desk import Desk
from dateline.desk.period import LONGEST, SHORTEST
from dateline.desk.svg import LANE, lane
from dateline.ledger import Ledger
from tests.cli.test_incident_commands import record
from tests.desk.conftest import Browser

MONDAY = date(2024, 3, 4)


@pytest.fixture
def overview(tmp_path: Path) -> Iterator[Any]:
    """The JSON of the first page over a ledger of reports, each of one event on the Monday before its day."""

    def made(*days: date) -> Any:
        path = tmp_path / f"{len(days)}.db"
        with Ledger(path) as ledger:
            for n, day in enumerate(days):
                text = f"A school in Quorrin was shelled on Monday, killing {n + 3}, witness {n} said."
                ledger.add(record(f"r{n}", f"Paper {n}", day, text, "shelled", killed=str(n + 3), day=day))
        desk = opened.enter_context(Desk(path, user="mara", keep=False))
        desk.keeper.look()
        browser = Browser(make_app(desk), base_url="http://localhost")
        return browser.get("/overview.json").json()["period"], browser.get("/").text, browser

    with ExitStack() as opened:
        yield made


def test_days_are_counted_as_the_incidents_hold_them_and_lead_to_them(overview: Any) -> None:
    period, page, browser = overview(MONDAY, MONDAY + timedelta(days=14))
    assert (period["first"], period["last"]) == ("2024-03-04", "2024-03-18")
    (strikes,) = period["lanes"]
    assert (strikes["family"], strikes["total"]) == ("strikes", 2)
    counted = {each["day"]: each["total"] for each in period["days"]}
    assert {day: total for day, total in counted.items() if total} == {"2024-03-04": 1, "2024-03-18": 1}
    assert len(counted) == 15
    for each in period["days"]:
        if each["total"]:
            there = browser.get(each["incidents"].replace("?", ".json?")).json()["incidents"]
            drawn = browser.get(each["map"].replace("?", ".json?")).json()["incidents"]
            assert len(there) == len(drawn) == each["total"]
    assert page.count("<rect") == 2
    assert 'href="/map?since=2024-03-18&amp;until=2024-03-18&amp;types=strikes"' in page


def test_the_days_are_the_last_weeks_and_never_fewer_than_one_week(overview: Any) -> None:
    period, _, _ = overview(MONDAY)
    assert len(period["days"]) == SHORTEST
    period, _, _ = overview(MONDAY - timedelta(days=LONGEST), MONDAY - timedelta(days=1), MONDAY)
    assert period["first"] == (MONDAY - timedelta(days=SHORTEST - 1)).isoformat()
    assert sum(each["total"] for each in period["days"]) == 2


def test_a_ledger_of_nothing_has_no_days(overview: Any) -> None:
    period, page, _ = overview()
    assert period is None
    assert "Day by day" not in page


def test_what_lasted_longer_is_said_and_not_drawn(browser: Browser) -> None:
    # conftest's ledger: a shelling on Monday, told by two; one "in these days", whose day is not known
    period = browser.get("/overview.json").json()["period"]
    known = browser.get("/incidents.json").json()["incidents"]
    one_day = [each for each in known if each["earliest"] == each["latest"] and each["earliest"]]
    assert sum(each["total"] for each in period["days"]) == len(one_day)
    assert period["longer"] == len([each for each in known if each["earliest"]]) - len(one_day)


def test_a_bar_is_as_high_as_its_number_and_never_too_low_to_be_seen() -> None:
    made = lane([(MONDAY, 200), (MONDAY + timedelta(days=1), 100), (MONDAY + timedelta(days=2), 1)], MONDAY,
                MONDAY + timedelta(days=6), 200)  # fmt: skip
    highs = [each["high"] for each in made["bars"]]
    assert highs == [LANE - 1, 13.5, 3.0]
    assert all(each["y"] + each["high"] == pytest.approx(LANE) for each in made["bars"])
