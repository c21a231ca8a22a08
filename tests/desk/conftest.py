"""A desk over a small invented ledger: two reports of one shelling, one of an offensive that may come."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dateline.desk.app import make_app
from dateline.desk.desk import Desk
from dateline.desk.people import Role
from dateline.ledger import Decision, Ledger
from tests.cli.test_incident_commands import RECORDS, record

PASSWORD = "a long enough password"
OTHER = record("d4", "Ilvora Post", date(2024, 3, 7), "A school in Dunmarrow was shelled, killing 3, the mayor said.",
               "shelled", killed="3", by="mayor", place="Dunmarrow")  # fmt: skip

Client = Callable[..., "Browser"]


class Browser(TestClient):
    """A client that fills in forms as a browser does: with the token of the page that it saw."""

    def form_token(self, page: str = "/help") -> str:
        found = re.search(r'name="form_token" value="([0-9a-f]{64})"', self.get(page).text)
        return found.group(1) if found else ""

    def fill_in(self, path: str, page: str, **fields: str) -> object:
        headers = {"Accept": "text/html"}
        given = {"form_token": self.form_token(page), **fields}
        return self.post(path, data=given, headers=headers, follow_redirects=False)


@pytest.fixture
def ledger_path(tmp_path: Path) -> Path:
    path = tmp_path / "x.db"
    with Ledger(path) as made:
        for each in (*RECORDS, OTHER):
            made.add(each)
        one, two = (each.key for each in made.claims() if each.publisher in ("Tasman Wire", "Harrow Gazette"))
        made.decide(Decision(kind="same", by="mara", on="2024-03-08T09:00:00Z", reason="one market", claims=(one, two)))
    return path


@pytest.fixture
def desk(ledger_path: Path) -> Iterator[Desk]:
    """Open on this machine: nobody signs in."""
    with Desk(ledger_path, user="mara", keep=False) as opened:
        opened.keeper.look()
        yield opened


@pytest.fixture
def browser(desk: Desk) -> Browser:
    return Browser(make_app(desk), base_url="http://localhost", raise_server_exceptions=False)


@pytest.fixture
def guarded(ledger_path: Path) -> Iterator[Desk]:
    """A desk where people sign in, with a user of each role."""
    with Desk(ledger_path, sign_in=True, keep=False) as opened:
        opened.keeper.look()
        for role in ("reader", "coder", "editor", "admin"):
            opened.people.add(f"the {role}", role, PASSWORD, by="test")
        yield opened


@pytest.fixture
def signed_in(guarded: Desk) -> Client:
    """A browser signed in as the user of a role; without a role, one that is not."""
    app = make_app(guarded)

    def browser(role: Role | None = None) -> Browser:
        made = Browser(app, base_url="http://desk.test", raise_server_exceptions=False)
        if role:
            done = made.fill_in("/sign-in", "/sign-in", name=f"the {role}", password=PASSWORD)
            assert done.status_code == 303, done.text  # type: ignore[attr-defined]
        return made

    return browser


def shelling(browser: Browser) -> dict[str, object]:
    """The JSON of the incident that two reports tell."""
    rows = browser.get("/incidents.json?event=shelling").json()["incidents"]
    id = next(each["id"] for each in rows if each["reports"] == 2)
    made: dict[str, object] = browser.get(f"/incidents/{id}.json").json()
    return made
