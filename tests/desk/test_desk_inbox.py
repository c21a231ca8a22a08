"""The inbox shows what nobody has looked at, by incident; what is said of a group is kept, and can be taken back."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from dateline.desk import waiting
from dateline.desk.desk import Desk
from dateline.desk.people import Role
from dateline.ledger import Decision, StoredDecision
from tests.cli.test_incident_commands import record
from tests.desk.conftest import Browser, Client

SAID = "The market of Quorrin was shelled on Monday; 19 people died, the mayor said."
LATER = record("e5", "Ilvora Post", date(2024, 3, 6), SAID, "shelled", killed="19", by="mayor")
COPY = record("f6", "Copy Courier", date(2024, 3, 7), SAID, "shelled", killed="19", by="mayor")
NO_CLAIM = replace(
    record("g7", "Ilvora Post", date(2024, 3, 8), "The weather in Quorrin will be fair on Sunday.", "fair"), claims=()
)


@pytest.fixture
def filled(desk: Desk) -> Desk:
    return fill(desk)


def fill(desk: Desk) -> Desk:
    """Besides the first reports, of which a decision joined two: two more of the same shelling, one a copy, and one
    without a claim. That all of the shelling is one was decided and undone, so that nobody has looked at the new ones.
    """
    for each in (LATER, COPY, NO_CLAIM):
        desk.ledger.add(each)
    of_market = tuple(each.key for each in desk.ledger.claims() if "market" in each.claim.quote.text)
    joined = Decision(kind="same", by="mara", on="2024-03-09T09:00:00Z", reason="one market", claims=of_market)
    undo = Decision(kind="undo", by="mara", on="2024-03-09T10:00:00Z", reason="for a test", undoes=joined.id)
    desk.ledger.decide(joined)
    desk.ledger.decide(undo)
    desk.keeper.look()
    return desk


def inbox(browser: Browser, more: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = browser.get(f"/inbox.json{more}").json()["groups"]
    return found


def group(browser: Browser, words: str) -> dict[str, Any]:
    return next(each for each in inbox(browser) if words in each["headline"])


def last(desk: Desk) -> StoredDecision:
    return list(desk.ledger.decisions())[-1]


def say(browser: Browser, made: dict[str, Any], kind: str, **fields: str) -> Any:
    given = {"seen": made["seen"], "reports": "\n".join(made["waiting"]), "reason": "for a test", **fields}
    return browser.fill_in(f"/inbox/{made['incident']}", "/inbox", kind=kind, **given)


def outlets(desk: Desk, reports: Sequence[str]) -> set[str | None]:
    return {desk.ledger.record(each).report.source for each in reports}


# --- what waits ------------------------------------------------------------------------------------------------------


def test_what_a_decision_is_about_does_not_wait(browser: Browser, desk: Desk) -> None:
    found = inbox(browser)
    assert outlets(desk, [id for each in found for id in each["waiting"]]) == {"Coast Monitor", "Ilvora Post"}
    assert all(each["new"] for each in found)
    before = {id for each in found for id in each["waiting"]}
    undo = Decision(kind="undo", by="mara", on="2024-03-09T09:00:00Z", reason="x", undoes=last(desk).id)
    desk.ledger.decide(undo)
    desk.keeper.look()
    after = {id for each in inbox(browser) for id in each["waiting"]}
    assert outlets(desk, sorted(after - before)) == {"Tasman Wire", "Harrow Gazette"}
    assert before < after


def test_a_group_tells_reports_copies_origins_and_that_it_adds_to_a_known_one(browser: Browser, filled: Desk) -> None:
    made = group(browser, "Quorrin")
    assert outlets(filled, made["waiting"]) == {"Ilvora Post", "Copy Courier"}
    assert (made["reports"], made["copies"], made["origins"]) == (4, 1, 3)
    assert (made["new"], made["known_before"]) == (False, 2)
    assert made["lowest_score"] == 0.9
    under = {branch["report"]["outlet"]: [each["outlet"] for each in branch["under"]] for branch in made["origins_of"]}
    assert under["Ilvora Post"] == ["Copy Courier"]
    page = browser.get("/inbox").text
    assert "adds to an incident" in page
    assert "3 independent origins" in page
    assert f'href="/incidents/{made["incident"]}"' in page


def test_a_report_that_came_in_last_brings_its_group_to_the_top(browser: Browser, filled: Desk) -> None:
    assert "Quorrin" in inbox(browser)[0]["headline"]


def test_reading_by_a_coder_ends_the_waiting_and_by_a_reader_does_not(signed_in: Client, guarded: Desk) -> None:
    fill(guarded)
    reader, coder = signed_in("reader"), signed_in("coder")
    made = group(coder, "Quorrin")
    for report in made["waiting"]:
        assert reader.fill_in(f"/reports/{report}/mark", f"/reports/{report}").status_code == 303  # type: ignore[attr-defined]
    assert group(coder, "Quorrin")["waiting"] == made["waiting"]
    coder.fill_in(f"/reports/{made['waiting'][0]}/mark", f"/reports/{made['waiting'][0]}")
    assert group(coder, "Quorrin")["waiting"] == made["waiting"][1:]


def test_pages_lead_on_with_nothing_twice_and_nothing_left_out(browser: Browser, filled: Desk) -> None:
    whole = [each["incident"] for each in inbox(browser)]
    assert len(whole) == 3
    found: list[str] = []
    address: str | None = "/inbox?size=1"
    while address is not None and len(found) <= len(whole):
        told = browser.get(address.replace("/inbox", "/inbox.json", 1)).json()
        found += [each["incident"] for each in told["groups"]]
        address = told["next"]
    assert found == whole
    assert len(set(found)) == len(found)


def test_a_page_stops_where_too_many_were_gone_through(
    browser: Browser, filled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [each["incident"] for each in inbox(browser)]
    monkeypatch.setattr(waiting, "_LOOKED", 1)
    told = browser.get("/inbox.json").json()
    assert (told["cut"], told["looked"]) == (True, 1)
    found: list[str] = []
    for _ in range(9):
        found += [each["incident"] for each in told["groups"]]
        if told["next"] is None:
            break
        told = browser.get(told["next"].replace("/inbox", "/inbox.json", 1)).json()
    assert found == whole


def test_csv_is_what_is_shown(browser: Browser, filled: Desk) -> None:
    rows = list(csv.DictReader(io.StringIO(browser.get("/inbox.csv?size=2").text)))
    told = inbox(browser, "?size=2")
    assert [(row["incident"], row["headline"]) for row in rows] == [
        (each["incident"], each["headline"]) for each in told
    ]


def test_the_doubt_is_that_of_the_incidents_own_page(browser: Browser, filled: Desk) -> None:
    made, other = group(browser, "Quorrin"), group(browser, "Dunmarrow")
    assert say(browser, made, "maybe", other=other["incident"]).status_code == 303
    again = replace(LATER.report, source="Quorrin Echo", title="Again", published=date(2024, 3, 9))
    filled.ledger.add(replace(LATER, id="h8", report=again))
    filled.keeper.look()
    back = group(browser, "Quorrin")
    assert back["new"] is False
    assert other["incident"] in [each["id"] for each in back["may_be"]]
    for each in inbox(browser):
        told = browser.get(f"/incidents/{each['incident']}.json").json()["may_be"]
        assert [(one["id"], one["probability"]) for one in each["may_be"]] == [
            (one["id"], one["probability"]) for one in told[:3]
        ]


# --- what is said ----------------------------------------------------------------------------------------------------


def test_looked_at_is_a_mark_and_no_decision(browser: Browser, filled: Desk) -> None:
    made, head = group(browser, "Quorrin"), filled.ledger.head()
    assert say(browser, made, "read", reason="").status_code == 303
    assert filled.ledger.head() == head
    assert not any("Quorrin" in each["headline"] for each in inbox(browser))


def test_what_came_in_since_the_page_was_made_still_waits(browser: Browser, desk: Desk) -> None:
    desk.ledger.add(LATER)
    desk.keeper.look()
    made = next(each for each in inbox(browser) if "Quorrin" in each["headline"])
    desk.ledger.add(COPY)
    desk.keeper.look()
    assert say(browser, made, "read").status_code == 303
    left = [id for each in inbox(browser) for id in each["waiting"]]
    assert "Copy Courier" in outlets(desk, left)
    assert not set(left) & set(made["waiting"])


def test_not_for_us_rejects_all_claims_of_the_reports_and_is_taken_back(browser: Browser, filled: Desk) -> None:
    made = group(browser, "Quorrin")
    done = say(browser, made, "not_for_us", reason="another desk's")
    assert done.status_code == 303, done.text
    kept = last(filled)
    assert (kept.decision.kind, kept.decision.by) == ("reject", "mara")
    assert kept.decision.reason == "not for us: another desk's [desk, this machine]"
    assert {key.partition("/")[0] for key in kept.decision.claims} == set(made["waiting"])
    assert not any("Quorrin" in each["headline"] for each in inbox(browser))
    there = browser.get(done.headers["location"]).text
    assert f"Kept as decision {kept.id[:8]}" in there
    back = there.partition('class="kept"')[2].partition('href="')[2].partition('"')[0]
    incident = browser.get(back.partition("#")[0] + ".json").json()
    undone: Any = browser.fill_in(
        f"/incidents/{incident['id']}/decide", f"/incidents/{incident['id']}", kind="undo", undoes=kept.id,
        reason="it is", seen=incident["seen"],
    )  # fmt: skip
    assert undone.status_code == 303
    assert group(browser, "Quorrin")["waiting"] == made["waiting"]


def test_not_for_us_of_the_ticked_reports_alone(browser: Browser, filled: Desk) -> None:
    made = group(browser, "Quorrin")
    assert say(browser, made, "not_for_us", picked=made["waiting"][0]).status_code == 303
    assert {key.partition("/")[0] for key in last(filled).decision.claims} == {made["waiting"][0]}
    assert group(browser, "Quorrin")["waiting"] == made["waiting"][1:]


@pytest.mark.parametrize("kind", ["same", "different", "maybe"])
def test_two_incidents_are_the_same_different_or_may_be(browser: Browser, filled: Desk, kind: str) -> None:
    made, other = group(browser, "Quorrin"), group(browser, "Dunmarrow")
    done = say(browser, made, kind, other=other["incident"], reason="looked at both")
    assert done.status_code == 303, done.text
    kept = last(filled).decision
    assert (kept.kind, kept.reason) == (kind, "looked at both [desk, this machine]")
    named = {key.partition("/")[0] for key in (*kept.claims, *kept.others)}
    assert {*made["waiting"], *other["waiting"]} <= named
    assert not {id for each in inbox(browser) for id in each["waiting"]} & named


def test_the_same_without_another_one_says_that_the_group_is_one(browser: Browser, filled: Desk) -> None:
    made = group(browser, "Quorrin")
    assert say(browser, made, "same").status_code == 303
    kept = last(filled).decision
    assert kept.kind == "same"
    assert len(kept.claims) == 4
    alone = next(each for each in inbox(browser) if each["claims"] == 1)
    assert say(browser, alone, "same").status_code == 400


def test_a_ticked_report_is_split_off(browser: Browser, filled: Desk) -> None:
    made = group(browser, "Quorrin")
    assert say(browser, made, "split").status_code == 400
    done = say(browser, made, "split", picked=made["waiting"][0], reason="another market")
    assert done.status_code == 303, done.text
    kept = last(filled).decision
    assert kept.kind == "split"
    assert {key.partition("/")[0] for key in kept.claims} == {made["waiting"][0]}
    assert len(kept.others) == 3


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("not_for_us", {"reason": ""}), ("not_for_us", {"reason": " "}), ("maybe", {}), ("different", {}),
        ("maybe", {"other": "nothing"}), ("dance", {}), ("not_for_us", {"seen": "x"}), ("not_for_us", {"reports": ""}),
        ("read", {"reports": ""}), ("not_for_us", {"reason": "x" * 3_000}), ("same", {"reason": ""}),
        ("read", {"before": "0"}),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_one_line_and_changes_nothing(
    browser: Browser, filled: Desk, kind: str, fields: dict[str, str]
) -> None:
    head, before = filled.ledger.head(), inbox(browser)
    done = say(browser, group(browser, "Quorrin"), kind, **fields)
    assert done.status_code == 400, done.text
    assert filled.ledger.head() == head
    assert inbox(browser) == before


def test_the_second_of_two_is_told_and_nothing_is_overwritten(browser: Browser, filled: Desk) -> None:
    made = group(browser, "Quorrin")
    assert say(browser, made, "maybe", other=group(browser, "Dunmarrow")["incident"]).status_code == 303
    head = filled.ledger.head()
    late = say(browser, made, "not_for_us", reason="I did not see that")
    assert late.status_code == 409
    assert "mara" in late.text
    assert filled.ledger.head() == head
    gone = say(browser, {**made, "incident": "f" * 20}, "not_for_us")
    assert gone.status_code == 409
    gone = say(browser, {**made, "waiting": ["no such report"]}, "read")
    assert gone.status_code == 409
    assert filled.ledger.head() == head


def test_a_claim_elsewhere_in_the_report_that_somebody_decided_about_makes_it_stale(
    browser: Browser, filled: Desk
) -> None:
    made = group(browser, "Quorrin")
    key = next(each.key for each in filled.ledger.claims() if each.report_id == made["waiting"][0])
    filled.ledger.decide(Decision(kind="accept", by="omar", on="2024-03-10T09:00:00Z", claims=(key,)))
    late = say(browser, made, "not_for_us")
    assert late.status_code == 409
    assert "omar" in late.text


@pytest.mark.parametrize(
    ("role", "kind", "status"),
    [
        ("reader", "read", 403), ("reader", "not_for_us", 403), ("coder", "read", 303), ("coder", "not_for_us", 303),
        ("coder", "maybe", 303), ("coder", "same", 403), ("coder", "split", 403), ("editor", "same", 303),
        ("editor", "split", 303), ("editor", "different", 303),
    ],
)  # fmt: skip
def test_roles_say_what_they_may(signed_in: Client, guarded: Desk, role: Role, kind: str, status: int) -> None:
    fill(guarded)
    browser = signed_in(role)
    made, other = group(browser, "Quorrin"), group(browser, "Dunmarrow")
    page = browser.get("/inbox").text
    assert ("/inbox/" + made["incident"] in page) == (role != "reader")
    assert ('value="same"' in page) == (role == "editor")
    head = guarded.ledger.head()
    done = say(browser, made, kind, other=other["incident"] if kind != "split" else "", picked=made["waiting"][0])
    assert done.status_code == status, done.text
    assert (guarded.ledger.head() == head) == (status == 403 or kind == "read")


def test_a_form_without_its_token_says_nothing(browser: Browser, filled: Desk) -> None:
    made, head = group(browser, "Quorrin"), filled.ledger.head()
    given = {"kind": "not_for_us", "seen": made["seen"], "reports": made["waiting"][0], "reason": "x"}
    assert browser.post(f"/inbox/{made['incident']}", data=given).status_code == 403
    assert browser.post("/inbox/reports", data={"kind": "read", "picked": made["waiting"][0]}).status_code == 403
    assert filled.ledger.head() == head


# --- reports without claims ------------------------------------------------------------------------------------------


def empties(browser: Browser, show: str = "empty") -> list[str]:
    return [each["id"] for each in browser.get(f"/inbox.json?show={show}").json()["reports"]]


def say_of(browser: Browser, kind: str, *reports: str, reason: str = "the weather") -> Any:
    return browser.fill_in("/inbox/reports", "/inbox", kind=kind, picked="\n".join(reports), reason=reason)


def test_a_report_without_claims_is_set_aside_and_put_back_and_both_stay_on_record(
    browser: Browser, filled: Desk
) -> None:
    (one,) = empties(browser)
    assert one not in [id for each in inbox(browser) for id in each["waiting"]]
    head = filled.ledger.head()
    assert say_of(browser, "not_for_us", one).status_code == 303
    assert (empties(browser), empties(browser, "aside")) == ([], [one])
    (told,) = browser.get("/inbox.json?show=aside").json()["reports"]
    assert (told["reason"], told["by"]) == ("the weather", "mara")
    assert "the weather" in browser.get("/inbox?show=aside").text
    assert say_of(browser, "not_for_us", one).status_code == 409
    assert say_of(browser, "back", one).status_code == 303
    assert (empties(browser), empties(browser, "aside")) == ([one], [])
    assert say_of(browser, "back", one).status_code == 409
    with filled.store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT state, by, address FROM triage ORDER BY rowid").all()
    assert [tuple(row) for row in rows] == [("not_for_us", "mara", "testclient"), ("waiting", "mara", "testclient")]
    assert say_of(browser, "read", one).status_code == 303
    assert empties(browser) == []
    assert filled.ledger.head() == head


def test_only_reports_without_claims_are_set_aside_so_and_a_reason_is_given(browser: Browser, filled: Desk) -> None:
    (one,) = empties(browser)
    other = group(browser, "Quorrin")["waiting"][0]
    for kind, reports, reason in (
        ("not_for_us", (other,), "x"), ("not_for_us", (one,), ""), ("not_for_us", (), "x"), ("dance", (one,), "x"),
        ("not_for_us", (one, "nothing"), "x"), ("not_for_us", (one,), "x" * 3_000), ("read", (other,), ""),
    ):  # fmt: skip
        assert say_of(browser, kind, *reports, reason=reason).status_code == 400, (kind, reports)
    assert empties(browser) == [one]


def test_a_reader_sets_nothing_aside(signed_in: Client, guarded: Desk) -> None:
    fill(guarded)
    reader, coder = signed_in("reader"), signed_in("coder")
    (one,) = empties(reader)
    assert 'name="picked"' not in reader.get("/inbox?show=empty").text
    assert say_of(reader, "not_for_us", one).status_code == 403
    assert say_of(reader, "read", one).status_code == 403
    assert say_of(coder, "not_for_us", one).status_code == 303


@pytest.mark.parametrize(
    "address", ["/inbox?show=all", "/inbox?before=0", "/inbox?before=x", "/inbox?size=101", "/inbox?x=1"]
)
def test_what_is_asked_wrong_is_one_line(browser: Browser, address: str) -> None:
    assert browser.get(address).status_code == 400


def test_an_inbox_with_nothing_says_so(browser: Browser, desk: Desk) -> None:
    for each in inbox(browser):
        assert say(browser, each, "read").status_code == 303
    assert inbox(browser) == []
    assert "Nothing waits" in browser.get("/inbox").text
    assert browser.get("/inbox?before=1").status_code == 200
