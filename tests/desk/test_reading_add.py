"""A claim that a person found: in the ledger with who and when, among the incidents, and taken back exactly."""

from typing import Any

import pytest
from msgspec.structs import replace

from dateline.desk.desk import Desk
from dateline.desk.people import Role
from dateline.ledger import Decision
from dateline.record import MadeBy
from tests.desk.conftest import Browser, Client
from tests.desk.test_reading_view import decide, report


def add(browser: Browser, made: Any, **fields: str) -> Any:
    page = f"/reports/{made['id']}"
    word = made["claims"][0]["quote"][1]
    given = {"seen": made["seen"], "event": "abduction", "trigger": word, "places": "Quorrin", **fields}
    return browser.fill_in(f"{page}/add", page, **given)


def incidents(browser: Browser) -> Any:
    return browser.get("/incidents.json?every=true").json()["incidents"]


def test_a_claim_that_was_found_is_shown_kept_and_set_side_by_side(browser: Browser, desk: Desk) -> None:
    made = report(browser)
    done = add(browser, made, figure=next(w for w in ("11", "18") if w in made["claims"][0]["quote"][0] +
               made["claims"][0]["quote"][2]), measure="abducted", reason="not read")  # fmt: skip
    assert done.status_code == 303, done.text
    kept = list(desk.ledger.decisions())[-1].decision
    assert (kept.kind, kept.by, kept.reason) == ("add", "mara", "not read [desk, this machine]")
    after = report(browser)
    (fresh,) = [each for each in after["claims"] if each["added_by"]]
    assert (fresh["event"], fresh["added_by"]) == ("abduction", "mara")
    assert "found by mara" in browser.get(f"/reports/{made['id']}").text
    assert fresh["incident"]
    there = browser.get(f"/incidents/{fresh['incident']}.json").json()
    assert there["row"]["event"] == "abduction"
    assert [each["key"] for each in there["claims"]] == [fresh["key"]]
    assert desk.ledger.verify().ok


def test_taking_it_back_leaves_everything_as_it_was(browser: Browser, desk: Desk) -> None:
    made, before = report(browser), incidents(browser)
    add(browser, made)
    after = report(browser)
    assert incidents(browser) != before
    undoes = after["decisions"][-1]["id"]
    assert decide(browser, after, "undo", claim="", undoes=undoes).status_code == 303
    assert incidents(browser) == before
    back = report(browser)
    # A claim's place in the chain is that of the reading it stands in.
    same = [{**each, "chain_seq": 0} for each in back["claims"]]
    assert same == [{**each, "chain_seq": 0} for each in made["claims"]]
    with desk.book() as book:
        kept = book.find()
        book.rebuild()
        assert book.find() == kept


def test_reading_the_report_again_drops_no_claim_of_a_person(browser: Browser, desk: Desk) -> None:
    made = report(browser)
    add(browser, made)
    record = desk.ledger.record(made["id"])
    anew = replace(record, claims=record.claims[:1], made_by=MadeBy(version="9.9.9"))
    desk.ledger.add(anew)
    desk.keeper.look()
    after = report(browser)
    assert [each["event"] for each in after["claims"] if each["added_by"]] == ["abduction"]
    assert after["made_by"]["version"] == "9.9.9"


def test_a_claim_that_was_found_is_decided_about_like_any_other(browser: Browser) -> None:
    add(browser, report(browser))
    after = report(browser)
    fresh = next(each for each in after["claims"] if each["added_by"])
    assert decide(browser, after, "correct", claim=fresh["id"], field="killed", value="3").status_code == 303
    again = report(browser)
    assert decide(browser, again, "reject", claim=fresh["id"], reason="not so").status_code == 303
    last = next(each for each in report(browser)["claims"] if each["id"] == fresh["id"])
    assert last["rejected"].startswith("rejected by mara")
    assert [each["says"] for each in last["corrections"]] == ["3"]


@pytest.mark.parametrize(
    "fields",
    [
        {"trigger": "bombed"}, {"trigger": ""}, {"event": "party"}, {"event": ""}, {"figure": "11"},
        {"figure": "Quorrin", "measure": "killed"}, {"time": "Monday", "days": "soon"}, {"places": "Atlantis"},
        {"trigger_at": "x"}, {"trigger_at": "99999999999"}, {"seen": "x"}, {"reason": "x" * 3000},
        {"quote": "x" * 3000}, {"event": "shelling"}, {"modality": "maybe"}, {"measure": "sheep"},
    ],
)  # fmt: skip
def test_what_the_report_does_not_say_is_refused_in_one_line(
    browser: Browser, desk: Desk, fields: dict[str, str]
) -> None:
    before = desk.ledger.head()
    done = add(browser, report(browser), **fields)
    assert done.status_code == 400, done.text
    assert desk.ledger.head() == before


def test_the_second_of_two_who_add_the_same_is_told(browser: Browser, desk: Desk) -> None:
    made = report(browser)
    assert add(browser, made).status_code == 303
    before = desk.ledger.head()
    late = add(browser, made)
    assert late.status_code == 409
    assert "added this claim since" in late.text
    assert desk.ledger.head() == before


def test_who_undid_the_addition_meanwhile_is_told_too(browser: Browser, desk: Desk) -> None:
    made = report(browser)
    add(browser, made)
    after = report(browser)
    fresh = next(each for each in after["claims"] if each["added_by"])
    undoes = after["decisions"][-1]["id"]
    desk.ledger.decide(Decision(kind="undo", by="omar", on="2024-03-09T09:00:00Z", reason="x", undoes=undoes))
    late = decide(browser, after, "accept", claim=fresh["id"])
    assert late.status_code == 409


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("coder", 303), ("editor", 303)])
def test_a_coder_adds_and_a_reader_does_not(signed_in: Client, role: Role, status: int) -> None:
    browser = signed_in(role)
    assert add(browser, report(browser)).status_code == status
    assert browser.post(f"/reports/{report(browser)['id']}/add", data={"event": "abduction"}).status_code == 403
