"""The reading view: what is decided on a report's page, and what each person has read."""

from typing import Any

import pytest

from dateline.desk.desk import Desk
from dateline.desk.people import Role
from dateline.ledger import Decision
from tests.desk.conftest import Browser, Client, shelling


def report(browser: Browser) -> Any:
    """The JSON of a report that tells of the shelling."""
    made: Any = shelling(browser)
    return browser.get(f"/reports/{made['claims'][0]['report']}.json").json()


def decide(browser: Browser, made: Any, kind: str, **fields: str) -> Any:
    page = f"/reports/{made['id']}"
    given = {"seen": made["seen"], "reason": "for a test", "claim": made["claims"][0]["id"], **fields}
    return browser.fill_in(f"{page}/decide", page, kind=kind, **given)


def last(desk: Desk) -> Decision:
    return list(desk.ledger.decisions())[-1].decision


def test_fields_and_their_words_lead_to_each_other_without_a_script(browser: Browser) -> None:
    made = report(browser)
    said = browser.get(f"/reports/{made['id']}").text
    for row in made["claims"][0]["rows"]:
        for mark in row["marks"]:
            name = mark.replace(".", "-")
            assert f'id="f-{name}"' in said
            assert f'id="t-{name}"' in said
    assert 'href="#f-1-trigger-0"' in said
    assert 'href="#t-1-trigger-0"' in said


@pytest.mark.parametrize(
    ("kind", "fields", "shown"),
    [
        ("accept", {}, "accepted by mara"),
        ("reject", {"reason": "no source"}, "rejected by mara: no source"),
        ("correct", {"field": "killed", "value": "12..14"}, "corrected: 12 to 14"),
        ("correct", {"field": "modality", "value": "denied"}, "corrected: denied"),
    ],
)
def test_a_decision_about_a_claim_is_kept_and_shown_at_once(
    browser: Browser, desk: Desk, kind: str, fields: dict[str, str], shown: str
) -> None:
    made = report(browser)
    done = decide(browser, made, kind, **fields)
    assert done.status_code == 303, done.text
    kept = last(desk)
    assert (kept.kind, kept.by, kept.claims) == (kind, "mara", (made["claims"][0]["key"],))
    assert kept.reason.endswith("[desk, this machine]")
    there = browser.get(done.headers["location"].partition("#")[0]).text
    assert shown in there
    assert "Kept as decision" in there


def test_an_undo_leaves_page_and_incidents_as_they_were(browser: Browser, desk: Desk) -> None:
    before, incident = report(browser), shelling(browser)["sentence"]
    assert decide(browser, before, "correct", field="killed", value="99").status_code == 303
    assert shelling(browser)["sentence"] != incident
    between = report(browser)
    done = decide(browser, between, "undo", claim="", undoes=between["decisions"][-1]["id"])
    assert done.status_code == 303, done.text
    after = report(browser)
    assert after["claims"] == before["claims"]
    assert shelling(browser)["sentence"] == incident
    again = decide(browser, after, "undo", claim="", undoes=between["decisions"][-1]["id"])
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("kind", "fields", "status"),
    [
        ("reject", {"reason": ""}, 400), ("correct", {"field": "killed", "value": "many"}, 400),
        ("correct", {"field": "killed", "value": ""}, 400),
        ("correct", {"field": "incident:killed", "value": "3"}, 400),
        ("correct", {"field": "colour", "value": "red"}, 400), ("accept", {"claim": "nothing"}, 409),
        ("accept", {"claim": ""}, 400), ("undo", {"undoes": "nothing"}, 400), ("same", {}, 400),
        ("accept", {"seen": "x"}, 400), ("reject", {"reason": "x" * 3000}, 400),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_changes_nothing(
    browser: Browser, desk: Desk, kind: str, fields: dict[str, str], status: int
) -> None:
    made, before = report(browser), desk.ledger.head()
    assert decide(browser, made, kind, **fields).status_code == status
    assert desk.ledger.head() == before


def test_the_second_of_two_is_told_but_may_decide_about_another_report(browser: Browser, desk: Desk) -> None:
    made = report(browser)
    other = next(each["id"] for each in browser.get("/reports.json").json()["reports"] if each["id"] != made["id"])
    elsewhere = browser.get(f"/reports/{other}.json").json()
    assert decide(browser, made, "reject", reason="no source").status_code == 303
    before = desk.ledger.head()
    late = decide(browser, made, "accept")
    assert late.status_code == 409
    assert "mara decided about this claim" in late.text
    assert f'href="/reports/{made["id"]}"' in late.text
    assert desk.ledger.head() == before
    assert decide(browser, elsewhere, "accept").status_code == 303


def test_a_form_without_the_token_of_its_page_is_refused(browser: Browser, desk: Desk) -> None:
    made, before = report(browser), desk.ledger.head()
    for action in ("decide", "mark"):
        done = browser.post(f"/reports/{made['id']}/{action}", data={"kind": "accept", "seen": made["seen"]})
        assert done.status_code == 403
    assert desk.ledger.head() == before


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("coder", 303), ("editor", 303), ("admin", 303)])
def test_a_reader_looks_and_a_coder_decides(signed_in: Client, guarded: Desk, role: Role, status: int) -> None:
    browser = signed_in(role)
    made = report(browser)
    assert (f'action="/reports/{made["id"]}/decide"' in browser.get(f"/reports/{made['id']}").text) == (status == 303)
    assert decide(browser, made, "accept").status_code == status


def test_a_coder_undoes_only_their_own(signed_in: Client, guarded: Desk) -> None:
    editor, coder = signed_in("editor"), signed_in("coder")
    decide(editor, report(editor), "accept")
    made = report(coder)
    undoes = made["decisions"][-1]["id"]
    assert decide(coder, made, "undo", claim="", undoes=undoes).status_code == 403
    assert decide(editor, report(editor), "undo", claim="", undoes=undoes).status_code == 303


# --- what was read ---------------------------------------------------------------------------------------------------


def test_read_marks_are_each_persons_own_and_lead_to_the_next_unread(signed_in: Client) -> None:
    reader, coder = signed_in("reader"), signed_in("coder")
    ids = [each["id"] for each in reader.get("/reports.json").json()["reports"]]
    seen = []
    for _ in ids:
        here = reader.get("/reports/unread", follow_redirects=False).headers["location"]
        seen.append(here.rpartition("/")[2])
        done: Any = reader.fill_in(f"{here}/mark", here, what="read", go="next")
        assert done.status_code == 303
    assert seen == ids
    assert done.headers["location"] == "/reports?all_read=true"
    assert "read all" in reader.get(done.headers["location"]).text
    assert all(each["read_at"] for each in reader.get("/reports.json").json()["reports"])
    assert not any(each["read_at"] for each in coder.get("/reports.json").json()["reports"])
    reader.fill_in(f"/reports/{ids[1]}/mark", f"/reports/{ids[1]}", what="unread")
    assert reader.get("/reports/unread.json").json()["address"] == f"/reports/{ids[1]}"


def test_next_begins_behind_the_report_at_hand_and_comes_round(browser: Browser) -> None:
    ids = [each["id"] for each in browser.get("/reports.json").json()["reports"]]
    done: Any = browser.fill_in(f"/reports/{ids[-1]}/mark", "/help", what="read", go="next")
    assert done.status_code == 403  # /help holds no form here: no token
    done = browser.fill_in(f"/reports/{ids[-1]}/mark", f"/reports/{ids[-1]}", what="read", go="next")
    assert done.headers["location"] == f"/reports/{ids[0]}"
    assert browser.get(f"/reports/{ids[-1][:10]}.json").json()["id"] == ids[-1]
