"""Signing in, forms, tokens, the Host check and the headers: what keeps a desk safe."""

import re
from typing import Any

import pytest

from dateline.desk import pages, people
from dateline.desk.app import make_app
from dateline.desk.desk import Desk
from dateline.desk.pages.sign_in import own
from dateline.errors import InputError
from tests.desk.conftest import PASSWORD, Browser, Client, shelling


def test_who_has_not_signed_in_sees_no_page(signed_in: Client) -> None:
    browser = signed_in()
    for page in pages.every_page():
        address = re.sub(r"\{[^}]*\}", "x", page.path)
        answer = browser.get(address, follow_redirects=False)
        if page.name in pages.OPEN_TO_ALL:
            assert answer.status_code == 200
            continue
        assert answer.status_code == 303, page.name
        assert answer.headers["location"].startswith("/sign-in?next="), page.name
        stem = re.sub(r"\{[^}]*\}", "x", page.twin or page.path)
        assert browser.get(f"{stem}.json").status_code == 401, page.name
        if page.table:
            assert browser.get(f"{stem}.csv").status_code == 401, page.name


def test_each_role_sees_the_pages_that_are_its_own(signed_in: Client) -> None:
    for role in people.ROLES:
        browser = signed_in(role)
        for page in pages.every_page():
            if "{" in page.path:
                continue
            allowed = people.at_least(role, page.role)
            assert (browser.get(page.path).status_code == 403) != allowed, (role, page.name)


def test_every_action_refuses_a_form_without_its_token(signed_in: Client, browser: Browser) -> None:
    for action in pages.every_action():
        address = re.sub(r"\{[^}]*\}", "x", action.path)
        for client in (signed_in("admin"), browser):
            bare = client.post(address, data={"kind": "accept"})
            assert bare.status_code == 403, action.name
            assert client.post(address, data={"form_token": "0" * 64}).status_code == 403, action.name
            assert client.post(address, json={"form_token": "0" * 64}).status_code == 403, action.name


def test_a_form_from_another_site_is_refused_even_with_a_token(browser: Browser) -> None:
    made: Any = shelling(browser)
    page = f"/incidents/{made['id']}"
    given = {"form_token": browser.form_token(page), "kind": "accept", "seen": made["seen"]}
    for headers in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert browser.post(f"{page}/decide", data=given, headers=headers).status_code == 403


def test_signing_in_and_out(signed_in: Client, guarded: Desk) -> None:
    browser = signed_in()
    done: Any = browser.fill_in("/sign-in", "/sign-in", name="the coder", password=PASSWORD, next="/incidents?size=3")
    assert done.headers["location"] == "/incidents?size=3"
    cookie = next(each for each in done.headers.get_list("set-cookie") if each.startswith("desk_session="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    session = browser.cookies["desk_session"]
    assert session not in guarded.store.path.read_bytes().decode("latin-1")
    assert "the coder, coder" in browser.get("/incidents").text
    browser.fill_in("/sign-out", "/incidents")
    assert browser.get("/incidents.json").status_code == 401
    browser.cookies.set("desk_session", session)
    assert browser.get("/incidents.json").status_code == 401


def test_a_session_over_https_is_secure(guarded: Desk) -> None:
    browser = Browser(make_app(guarded), base_url="https://desk.test")
    done: Any = browser.fill_in("/sign-in", "/sign-in", name="the coder", password=PASSWORD)
    assert all("Secure" in each for each in done.headers.get_list("set-cookie"))


@pytest.mark.parametrize(
    "next",
    ["//evil.example", "http://evil.example", "/\\evil.example", "\\\\evil.example", "javascript:x", "", "/\n/x"],
)
def test_a_link_to_sign_in_leads_nowhere_else(next: str) -> None:
    assert own(next) == "/"


def test_a_session_ends_when_it_is_old_and_with_a_new_password(
    signed_in: Client, guarded: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = signed_in("reader")
    assert browser.get("/incidents.json").status_code == 200
    guarded.people.set_password("the reader", "another long password")
    assert browser.get("/incidents.json").status_code == 401
    browser = signed_in("coder")
    clock = people.time.time
    monkeypatch.setattr(people.time, "time", lambda: clock() + 13 * 3600)
    assert browser.get("/incidents.json").status_code == 401


def test_too_many_tries_are_refused_even_with_the_right_password(
    signed_in: Client, guarded: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "_TRIES_BY_NAME", 3)
    browser = signed_in()
    for _ in range(3):
        wrong: Any = browser.fill_in("/sign-in", "/sign-in", name="the coder", password="wrong")
        assert wrong.status_code == 403
    late: Any = browser.fill_in("/sign-in", "/sign-in", name="the coder", password=PASSWORD)
    assert late.status_code == 429
    assert late.headers["retry-after"] == "900"
    assert signed_in("editor").get("/incidents.json").status_code == 200
    monkeypatch.setattr(people, "_TRIES_BY_ADDRESS", 3)
    other: Any = signed_in().fill_in("/sign-in", "/sign-in", name="the admin", password=PASSWORD)
    assert other.status_code == 429


def test_a_token_does_what_its_scopes_allow(signed_in: Client, guarded: Desk) -> None:
    _, reads = guarded.people.add_token("the editor", ("read",))
    token, decides = guarded.people.add_token("the editor", ("read", "decide"))
    _, adds = guarded.people.add_token("the editor", ("add",))
    browser = signed_in()
    made: Any = browser.get("/incidents.json", headers={"Authorization": f"Bearer {reads}"}).json()
    page = f"/incidents/{made['incidents'][0]['id']}"
    made = browser.get(f"{page}.json", headers={"Authorization": f"Bearer {reads}"}).json()
    given = {"kind": "accept", "seen": made["seen"]}
    for secret, status in ((reads, 403), (decides, 200), (adds, 403), ("dateline_x_y", 401), (decides[:-1], 401)):
        done = browser.post(f"{page}/decide", json=given, headers={"Authorization": f"Bearer {secret}"})
        assert done.status_code == status, done.text
    assert browser.get("/incidents.json", headers={"Authorization": f"Bearer {adds}"}).status_code == 403
    assert browser.get("/incidents.json", headers={"Authorization": "Basic eDp5"}).status_code == 401
    guarded.people.remove_token(token.id)
    assert browser.get("/incidents.json", headers={"Authorization": f"Bearer {decides}"}).status_code == 401
    assert decides.rpartition("_")[2] not in guarded.store.path.read_bytes().decode("latin-1")


def test_a_desk_of_this_machine_answers_to_its_own_names_alone(browser: Browser) -> None:
    for host, status in (
        ("localhost", 200), ("127.0.0.1:8765", 200), ("[::1]:8765", 200), ("LOCALHOST.", 200),
        ("evil.example", 403), ("localhost.evil.example", 403), ("", 403),
    ):  # fmt: skip
        assert browser.get("/help", headers={"Host": host}).status_code == status, host
    for header in ("X-Forwarded-For", "Forwarded", "Via"):
        assert browser.get("/help", headers={header: "10.0.0.1"}).status_code == 403


def test_every_answer_has_its_headers(browser: Browser) -> None:
    for address in ("/", "/nothing", "/incidents.json", "/static/desk.css", "/api/openapi.json", "/incidents?x=1"):
        headers = browser.get(address).headers
        policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
        assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == "'self'"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == ("no-cache" if "static" in address else "no-store"), address


def test_a_body_that_is_too_large_is_refused(browser: Browser) -> None:
    assert browser.post("/sign-in", content=b"x" * 40_000_000).status_code == 413
    assert browser.post("/sign-in", json={"name": "x" * 2_000_000}).status_code == 413
    assert browser.post("/sign-in", content=b"\xff{", headers={"content-type": "application/json"}).status_code == 400
    assert browser.post("/sign-in", content=b"--", headers={"content-type": "multipart/form-data"}).status_code == 400


def test_users_are_named_once_and_an_admin_stays(guarded: Desk) -> None:
    for name, password in (("the coder", PASSWORD), ("THE CODER", PASSWORD), ("x" * 80, PASSWORD), ("new", "short")):
        with pytest.raises(InputError):
            guarded.people.add(name, "coder", password, by="test")
    for change in (lambda: guarded.people.remove("the admin"), lambda: guarded.people.set_role("the admin", "coder")):
        with pytest.raises(InputError, match="only admin"):
            change()
