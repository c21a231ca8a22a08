"""Each role, nobody, and each scope of a token, on every page, form and file that there is."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from dateline.desk import pages, people
from dateline.desk.app import make_app
from dateline.desk.desk import Desk
from dateline.desk.page import Action, Page, Reply
from tests.desk.conftest import Browser, Client

ACTIONS = [each for each in pages.every_action() if each.name not in pages.OPEN_TO_ALL]
PAGES = [each for each in pages.every_page() if each.name not in pages.OPEN_TO_ALL]
OF_THE_DESK_ITSELF = {"/alive", "/static", "/api/openapi.json"}  # hold nothing of the ledger


def address_of(each: Page | Action | Reply, ending: str = "") -> str:
    """An address of it, of a thing that is not there: who may not see it is refused before that is found out."""
    stem = (each.twin or each.path) if isinstance(each, Page) and ending else each.path
    return re.sub(r"\{[^}]*\}", "x", stem) + ending


def addresses() -> Iterator[tuple[str, people.Role]]:
    """What can be looked at, with the role that it takes."""
    for page in PAGES:
        yield address_of(page), page.role
        yield address_of(page, ".json"), page.role
        if page.table:
            yield address_of(page, ".csv"), page.role
    for reply in pages.every_reply():
        yield address_of(reply), reply.role


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def test_every_route_is_a_page_a_form_or_a_file(desk: Desk) -> None:
    known = {each.path for each in (*pages.every_page(), *pages.every_action(), *pages.every_reply())}
    for page in pages.every_page():
        known |= {f"{page.twin or page.path}.json", f"{page.twin or page.path}.csv"}
    there = {str(getattr(route, "path", "")) for route in make_app(desk).routes}
    assert there - known == OF_THE_DESK_ITSELF


@pytest.mark.parametrize("role", people.ROLES)
def test_a_role_looks_at_what_is_its_own(signed_in: Client, role: people.Role) -> None:
    browser = signed_in(role)
    for address, needed in addresses():
        refused = browser.get(address, follow_redirects=False).status_code == 403
        assert refused == (not people.at_least(role, needed)), address


@pytest.mark.parametrize("role", people.ROLES)
def test_a_role_does_what_is_its_own(signed_in: Client, role: people.Role) -> None:
    browser = signed_in(role)
    for action in ACTIONS:
        done: Any = browser.fill_in(address_of(action), "/help")
        assert done.status_code < 500, action.name
        refused = done.status_code == 403
        assert refused == (not people.at_least(role, action.role)), f"{action.name}: {done.status_code}"


def test_nobody_looks_at_anything_or_does_anything(signed_in: Client) -> None:
    browser = signed_in()
    for address, _ in addresses():
        seen = browser.get(address, headers={"Accept": "application/json"})
        assert seen.status_code == 401 or seen.url.path == "/sign-in", address
    token = browser.form_token("/sign-in")
    assert token
    for action in ACTIONS:
        done = browser.post(address_of(action), data={"form_token": token}, headers={"Accept": "application/json"})
        assert done.status_code == 401, action.name


@pytest.mark.parametrize("scope", people.SCOPES)
def test_a_token_looks_and_does_by_its_one_scope(signed_in: Client, guarded: Desk, scope: people.Scope) -> None:
    _, secret = guarded.people.add_token("the admin", (scope,))
    browser = signed_in()
    for address, _ in addresses():
        refused = browser.get(address, headers=bearer(secret), follow_redirects=False).status_code == 403
        assert refused == (scope != "read"), address
    for action in ACTIONS:
        done = browser.post(address_of(action), json={}, headers=bearer(secret))
        assert done.status_code < 500, action.name
        assert (done.status_code == 403) == (scope != action.scope), f"{action.name}: {done.status_code}"


def test_a_token_never_does_more_than_its_user(guarded: Desk) -> None:
    _, secret = guarded.people.add_token("the reader", people.SCOPES)
    browser = Browser(make_app(guarded), base_url="http://desk.test", raise_server_exceptions=False)
    for action in ACTIONS:
        done = browser.post(address_of(action), json={}, headers=bearer(secret))
        assert (done.status_code == 403) == (action.role != "reader"), f"{action.name}: {done.status_code}"
