"""What is decided on a page lands in the ledger with who, when and from where; a stale page changes nothing."""

from typing import Any

import pytest

from dateline.desk.desk import Desk
from dateline.desk.people import Role
from dateline.ledger import Decision
from tests.desk.conftest import Browser, Client, shelling


def decide(browser: Browser, made: Any, kind: str, **fields: str) -> Any:
    page = f"/incidents/{made['id']}"
    given = {"seen": made["seen"], "reason": "for a test", **fields}
    return browser.fill_in(f"{page}/decide", page, kind=kind, **given)


def last(desk: Desk) -> Decision:
    return list(desk.ledger.decisions())[-1].decision


def test_a_rejected_claim_is_kept_as_a_decision_and_told_on_the_page(browser: Browser, desk: Desk) -> None:
    made: Any = shelling(browser)
    key = made["claims"][0]["key"]
    done = decide(browser, made, "reject", claims=key, reason="no source")
    assert done.status_code == 303
    kept = last(desk)
    assert (kept.kind, kept.by, kept.claims) == ("reject", "mara", (key,))
    assert kept.reason == "no source [desk, this machine]"
    there = browser.get(done.headers["location"].partition("#")[0])
    assert "Kept as decision" in there.text
    told = browser.get(f"/incidents/{made['id']}.json").json()["decisions"][-1]
    assert (told["reason"], told["from"]) == ("no source", "this machine")


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("accept", {}, {}),
        ("correct", {"field": "killed", "value": "12..14"}, {"field": "incident:killed"}),
        ("correct", {"field": "killed", "value": "12", "claims": "FIRST"}, {"field": "killed"}),
        ("same", {"other": "OTHER"}, {}),
        ("different", {"other": "http://localhost/incidents/OTHER?kept=1"}, {}),
        ("maybe", {"other": "OTHER"}, {}),
        ("split", {"claims": "FIRST"}, {}),
    ],
)
def test_each_kind_of_decision(
    browser: Browser, desk: Desk, kind: str, fields: dict[str, str], said: dict[str, str]
) -> None:
    made: Any = shelling(browser)
    rows = browser.get("/incidents.json?event=shelling").json()["incidents"]
    other = next(each["id"] for each in rows if each["reports"] == 1)
    given = {
        name: value.replace("OTHER", other).replace("FIRST", made["claims"][0]["key"]) for name, value in fields.items()
    }
    done = decide(browser, made, kind, **given)
    assert done.status_code == 303, done.text
    kept = last(desk)
    assert kept.kind == kind
    for name, value in said.items():
        assert getattr(kept, name) == value
    assert browser.get(done.headers["location"].partition("#")[0]).status_code == 200


def test_an_undo_takes_a_decision_back(browser: Browser, desk: Desk) -> None:
    made: Any = shelling(browser)
    decide(browser, made, "correct", field="killed", value="99")
    again: Any = shelling(browser)
    assert "99" in again["sentence"]
    done = decide(browser, again, "undo", undoes=again["decisions"][-1]["id"])
    assert done.status_code == 303, done.text
    assert shelling(browser)["sentence"] == made["sentence"]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("reject", {"reason": ""}), ("same", {"other": ""}), ("same", {"other": "nothing"}), ("split", {}),
        ("correct", {"field": "killed", "value": "many"}), ("correct", {"field": "colour", "value": "red"}),
        ("reject", {"claims": "a/b"}), ("undo", {"undoes": "nothing"}), ("dance", {}), ("reject", {"seen": "x"}),
        ("reject", {"reason": "x" * 3000}),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_one_line_and_changes_nothing(
    browser: Browser, desk: Desk, kind: str, fields: dict[str, str]
) -> None:
    before = desk.ledger.head()
    done = decide(browser, shelling(browser), kind, **fields)
    assert done.status_code == 400, done.text
    assert desk.ledger.head() == before


def test_the_second_of_two_is_told_and_nothing_is_overwritten(browser: Browser, desk: Desk) -> None:
    made: Any = shelling(browser)
    assert decide(browser, made, "correct", field="killed", value="20").status_code == 303
    before = desk.ledger.head()
    late = decide(browser, made, "reject", reason="I did not see that")
    assert late.status_code == 409
    assert "changed by mara" in late.text
    assert "20" in late.text
    assert desk.ledger.head() == before
    told = browser.post(
        f"/incidents/{made['id']}/decide",
        data={"form_token": browser.form_token(f"/incidents/{made['id']}"), "kind": "accept", "seen": made["seen"]},
        headers={"Accept": "application/json"},
    ).json()
    assert told["status"] == 409
    assert told["changed"]["decisions"][0]["kind"] == "correct"


def test_a_decision_that_the_incidents_do_not_obey_yet_makes_a_page_stale_too(browser: Browser, desk: Desk) -> None:
    made: Any = shelling(browser)
    desk.ledger.decide(
        Decision(kind="reject", by="omar", on="2024-03-09T09:00:00Z", reason="x", claims=(made["claims"][0]["key"],))
    )
    late = decide(browser, made, "accept")
    assert late.status_code == 409
    assert "omar" in late.text


def test_an_incident_that_is_no_more_is_told_as_stale(browser: Browser, desk: Desk) -> None:
    made: Any = shelling(browser)
    page = f"/incidents/{made['id']}"
    token = browser.form_token(page)
    done = browser.post(
        "/incidents/ffffffffffffffffffff/decide",
        data={"form_token": token, "kind": "accept", "seen": made["seen"], "claims": made["claims"][0]["key"]},
        headers={"Accept": "text/html"},
    )
    assert done.status_code == 409
    assert f"/incidents/{made['id']}" in done.text


@pytest.mark.parametrize(
    ("role", "kind", "status"),
    [
        ("reader", "accept", 403), ("reader", "split", 403), ("coder", "accept", 303), ("coder", "reject", 303),
        ("coder", "split", 403), ("editor", "accept", 303), ("editor", "split", 303), ("admin", "split", 303),
    ],
)  # fmt: skip
def test_roles_decide_what_they_may(signed_in: Client, guarded: Desk, role: Role, kind: str, status: int) -> None:
    browser = signed_in(role)
    made: Any = shelling(browser)
    page = f"/incidents/{made['id']}"
    assert (f'action="{page}/decide"' in browser.get(page).text) == (role != "reader")
    assert ('value="split"' in browser.get(page).text) == (role in ("editor", "admin"))
    before = guarded.ledger.head()
    # A reader's page has no such form; the token of the one that signs out is as good.
    done = decide(browser, made, kind, claims=made["claims"][0]["key"])
    assert done.status_code == status, done.text
    assert (guarded.ledger.head() == before) == (status == 403)


def test_a_coder_undoes_only_their_own(signed_in: Client, guarded: Desk) -> None:
    coder = signed_in("coder")
    made: Any = shelling(coder)
    assert decide(coder, made, "undo", undoes=made["decisions"][0]["id"]).status_code == 403
    assert decide(coder, made, "accept").status_code == 303
    again: Any = shelling(coder)
    assert decide(coder, again, "undo", undoes=again["decisions"][-1]["id"]).status_code == 303
    assert last(guarded).by == "the coder"
