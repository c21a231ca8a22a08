"""Two code one report without seeing each other; an editor settles it; the ledger holds who said what."""

from typing import Any

import pytest
from msgspec.structs import replace

from dateline.desk import coding as codings
from dateline.desk.app import make_app
from dateline.desk.coding import agreements, as_read, same
from dateline.desk.desk import Desk
from dateline.desk.people import Role
from dateline.incidents.rulings import rulings
from dateline.ledger import Decision
from dateline.record import Figure, Span
from tests.desk.conftest import PASSWORD, Browser, Client
from tests.desk.test_reading_view import decide, report

ONE, TWO = "Ada Coder", "Bo Coder"


@pytest.fixture
def two(guarded: Desk) -> tuple[Browser, Browser]:
    """Two coders, signed in."""
    app = make_app(guarded)
    made = []
    for name in (ONE, TWO):
        guarded.people.add(name, "coder", PASSWORD, by="test")
        browser = Browser(app, base_url="http://desk.test", raise_server_exceptions=False)
        browser.fill_in("/sign-in", "/sign-in", name=name, password=PASSWORD)
        made.append(browser)
    return made[0], made[1]


@pytest.fixture
def editor(signed_in: Client) -> Browser:
    return signed_in("editor")


def post(browser: Browser, path: str, **fields: str) -> Any:
    return browser.fill_in(path, "/coding" if path == "/coding" else path.rpartition("/")[0], **fields)


def assigned(editor: Browser) -> tuple[str, str]:
    """A coding of the report of the shelling, and its claim."""
    made = report(editor)
    done = post(editor, "/coding", report=f"/reports/{made['id']}", one=ONE, two=TWO)
    assert done.status_code == 303, done.text
    return editor.get("/coding.json").json()["codings"][0]["id"], made["claims"][0]["id"]


def say(browser: Browser, id: str, claim: str, kind: str, **fields: str) -> Any:
    return post(browser, f"/coding/{id}/answer", claim=claim, kind=kind, **{"reason": f"why {kind}", **fields})


def settle(editor: Browser, id: str, **changes: str) -> Any:
    """Fill in the page's form as it stands; `changes` by name of the field are choices, or "own:VALUE"."""
    page = f"/coding/{id}/settle"
    made = editor.get(f"{page}.json").json()
    rows = [each for claim in made["claims"] for each in claim["fields"]]
    chosen = [changes.get(each["field"], "one" if each["same"] else "") for each in rows]
    fields = {
        "field": [each["name"] for each in rows],
        "choice": [each.partition(":")[0] for each in chosen],
        "own": [each.partition(":")[2] for each in chosen],
        "seen": made["seen"], "reason": "heard both", "form_token": editor.form_token(page),
    }  # fmt: skip
    return editor.post(page, data=fields, headers={"Accept": "text/html"}, follow_redirects=False)


def finish_both(editor: Browser, two: tuple[Browser, Browser]) -> tuple[str, str]:
    """Both accept; one says 12 were killed, the other 14."""
    id, claim = assigned(editor)
    for browser, killed in zip(two, ("12", "14"), strict=True):
        assert say(browser, id, claim, "accept").status_code == 303
        assert say(browser, id, claim, "correct", field="killed", value=killed).status_code == 303
        assert post(browser, f"/coding/{id}/finish").status_code == 303
    return id, claim


def killed_now(desk: Desk, claim: str) -> list[Any]:
    ruled = rulings(desk.ledger.decisions())
    found = [each for key, held in ruled.corrected.items() if key.endswith(claim) for each in held]
    return [each.value["low"] for each in found if each.field == "killed"]


def test_neither_sees_what_the_other_says_until_it_is_settled(
    guarded: Desk, editor: Browser, two: tuple[Browser, Browser]
) -> None:
    ada, bo = two
    id, claim = assigned(editor)
    head = guarded.ledger.head()
    assert say(ada, id, claim, "reject", reason="a secret of Ada's").status_code == 303
    assert say(ada, id, claim, "correct", field="killed", value="4321", reason="counted").status_code == 303
    assert ada.get(f"/coding/{id}.json").json()["claims"][0]["said"]["verdict"] == "reject"
    assert post(ada, f"/coding/{id}/finish").status_code == 303
    assert guarded.ledger.head() == head
    made = report(bo)
    for browser in (bo, editor):
        for page in (f"/coding/{id}", "/coding", f"/reports/{made['id']}", "/incidents", "/"):
            said = browser.get(page).text
            assert "secret of Ada" not in said
            assert "4321" not in said.replace(",", "")
    theirs = bo.get(f"/coding/{id}.json").json()
    assert theirs["claims"][0]["said"] == {"verdict": "", "changed": []}
    assert theirs["coding"]["finished"] == []
    assert editor.get(f"/coding/{id}/settle").status_code == 409
    assert bo.get(f"/coding/{id}/settle").status_code == 403
    assert bo.get("/coding.json").json()["agreement"] == []


def test_who_codes_blind_does_not_decide_in_the_open(editor: Browser, two: tuple[Browser, Browser]) -> None:
    ada, _ = two
    id, _ = assigned(editor)
    made = report(ada)
    assert made["blind"] == id
    done = decide(ada, made, "accept")
    assert done.status_code == 403
    assert f"/coding/{id}" in done.text
    word = made["claims"][0]["quote"][1]
    page = f"/reports/{made['id']}"
    add: Any = ada.fill_in(f"{page}/add", page, seen=made["seen"], event="abduction", trigger=word)
    assert add.status_code == 403
    assert decide(editor, report(editor), "accept").status_code == 303  # who does not code it may


@pytest.mark.parametrize(
    ("choice", "holds"), [("one", [12.0]), ("two", [14.0]), ("own:13", [13.0])],
)  # fmt: skip
def test_what_was_chosen_holds_and_the_ledger_tells_who_said_what(
    guarded: Desk, editor: Browser, two: tuple[Browser, Browser], choice: str, holds: list[float]
) -> None:
    id, claim = finish_both(editor, two)
    assert settle(editor, id).status_code == 400  # they differ, and nothing was chosen
    done = settle(editor, id, killed=choice)
    assert done.status_code == 303, done.text
    assert killed_now(guarded, claim) == holds
    kept = [each.decision for each in guarded.ledger.decisions()][1:]
    assert {each.by for each in kept if each.kind == "accept"} == {ONE, TWO}
    assert {(each.by, each.value) for each in kept if each.kind == "correct" and each.by in (ONE, TWO)} == {
        (ONE, '{"low":12.0,"high":12.0}'), (TWO, '{"low":14.0,"high":14.0}')
    }  # fmt: skip
    undone = [each for each in kept if each.kind == "undo"]
    assert len(undone) == (2 if choice.startswith("own") else 1)
    assert all(each.by == "the editor" and each.reason.startswith("heard both [desk") for each in undone)
    assert guarded.ledger.verify().ok
    after = editor.get(f"/coding/{id}/settle.json").json()
    assert after["coding"]["state"] == "settled"
    assert settle(editor, id, killed=choice).status_code == 409
    assert report(two[0])["blind"] is None


def test_where_one_left_what_was_read_that_can_be_chosen(
    guarded: Desk, editor: Browser, two: tuple[Browser, Browser]
) -> None:
    ada, bo = two
    id, claim = assigned(editor)
    before = report(editor)["claims"]
    say(ada, id, claim, "accept")
    say(bo, id, claim, "reject", reason="not so")
    say(bo, id, claim, "correct", field="killed", value="99")
    for browser in two:
        assert post(browser, f"/coding/{id}/finish").status_code == 303
    assert settle(editor, id, killed="one", verdict="one").status_code == 303
    assert killed_now(guarded, claim) == []
    (now,) = report(editor)["claims"]
    assert now["accepted_by"] == ONE
    assert now["rejected"] == ""
    assert {**now, "accepted_by": ""} == before[0]


def test_what_was_broken_off_is_taken_up_again_and_nothing_is_kept_twice(
    guarded: Desk, editor: Browser, two: tuple[Browser, Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    id, claim = finish_both(editor, two)
    real, calls = type(guarded.ledger).decide, []

    def failing(self: Any, decision: Decision) -> Any:
        calls.append(decision)
        if len(calls) == 3:
            raise OSError("the disk is gone")
        return real(self, decision)

    with monkeypatch.context() as patch:
        patch.setattr(type(guarded.ledger), "decide", failing)
        assert settle(editor, id, killed="two").status_code == 500
    there = editor.get(f"/coding/{id}/settle")
    assert "broken off" in there.text
    page = f"/coding/{id}/settle"
    done: Any = editor.fill_in(page, page, seen=editor.get(f"{page}.json").json()["seen"], reason="again")
    assert done.status_code == 303, done.text
    assert killed_now(guarded, claim) == [14.0]
    kept = [each.id for each in guarded.ledger.decisions()]
    assert len(kept) == len(set(kept)) == 1 + 2 + 2 + 1


def test_who_decides_meanwhile_makes_the_page_stale(
    guarded: Desk, editor: Browser, two: tuple[Browser, Browser]
) -> None:
    id, claim = finish_both(editor, two)
    page = f"/coding/{id}/settle"
    made = editor.get(f"{page}.json").json()
    key = f"{made['coding']['report']}/{claim}"
    guarded.ledger.decide(Decision(kind="reject", by="omar", on="2024-03-09T09:00:00Z", reason="x", claims=(key,)))
    rows = made["claims"][0]["fields"]
    fields = {"field": [e["name"] for e in rows], "choice": ["one"] * len(rows), "own": [""] * len(rows),
              "seen": made["seen"], "reason": "x", "form_token": editor.form_token(page)}  # fmt: skip
    before = guarded.ledger.head()
    late = editor.post(page, data=fields, headers={"Accept": "text/html"})
    assert late.status_code == 409
    assert "omar" in late.text
    assert guarded.ledger.head() == before


def test_agreement_is_told_per_field(editor: Browser, two: tuple[Browser, Browser]) -> None:
    id, _ = finish_both(editor, two)
    made = editor.get(f"/coding/{id}/settle.json").json()["agreement"]
    by_field = {each["field"]: each for each in made}
    assert by_field["figures"]["level"] == "ratio"
    assert (by_field["figures"]["units"], by_field["figures"]["same"]) == (1, 0)
    assert by_field["event"]["same"] == by_field["event"]["units"] == 1
    assert by_field["first day"]["level"] == "interval"
    assert editor.get("/coding.json").json()["agreement"] == made
    assert "cannot be told" in editor.get("/coding").text  # one unit that is the same leaves nothing to chance


def test_fields_of_a_claim_that_one_rejected_are_not_compared() -> None:
    one = {"c": {"verdict": "accept", "event": "attack"}, "d": {"verdict": "accept", "event": "attack"}}
    two = {"c": {"verdict": "reject", "event": "battle"}, "d": {"verdict": "accept", "event": "attack"}}
    made = agreements([(one, two)])
    assert made["verdict"][1].units == 2
    assert made["event"][1].units == 1


def test_names_are_the_same_whatever_their_order_and_case() -> None:
    assert same("actors", ["Army", "the Movement"], ["the movement", "army"])
    assert not same("actors", ["Army"], ["Movement"])
    assert same("place", {"name": "Quorrin", "country": "BV", "lat": 1.0}, {"name": "quorrin", "country": "BV"})
    assert same("killed", {"low": 12, "high": 12}, {"low": 12.0, "high": 12.0})
    assert not same("killed", None, {"low": 12.0, "high": 12.0})


def test_what_was_read_has_the_form_of_a_correction(guarded: Desk) -> None:
    from dateline.incidents.rulings import checked

    for stored in guarded.ledger.claims():
        old = Figure(text="x", span=Span(0, 1), measure="wounded", low=1, high=1, superseded=True)
        made = as_read(replace(stored.claim, figures=(*stored.claim.figures, old)))
        assert "wounded" not in made
        for field, held in made.items():
            checked(field, held)


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("coder", 403), ("editor", 303)])
def test_an_editor_assigns(
    signed_in: Client, two: tuple[Browser, Browser], role: Role, status: int, editor: Browser
) -> None:
    browser = signed_in(role)
    made = report(browser)
    token = browser.form_token(f"/reports/{made['id']}")
    fields = {"report": made["id"], "one": ONE, "two": TWO, "form_token": token}
    done = browser.post("/coding", data=fields, headers={"Accept": "text/html"}, follow_redirects=False)
    assert done.status_code == status
    assert browser.post("/coding", data={**fields, "form_token": ""}).status_code == 403


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"one": TWO}, 400), ({"one": "the reader"}, 400), ({"two": "nobody"}, 400), ({"report": "nothing"}, 404),
     ({"report": ""}, 400), ({"report": "/"}, 400)],
)  # fmt: skip
def test_who_cannot_code_is_not_asked(
    editor: Browser, two: tuple[Browser, Browser], fields: dict[str, str], status: int
) -> None:
    given = {"report": report(editor)["id"], "one": ONE, "two": TWO, **fields}
    assert post(editor, "/coding", **given).status_code == status
    assert editor.get("/coding.json").json()["codings"] == []


def test_a_report_is_coded_once_at_a_time(editor: Browser, two: tuple[Browser, Browser]) -> None:
    assigned(editor)
    assert post(editor, "/coding", report=report(editor)["id"], one=ONE, two=TWO).status_code == 409


def test_only_the_two_code_and_only_until_they_have_finished(
    signed_in: Client, editor: Browser, two: tuple[Browser, Browser]
) -> None:
    ada, _ = two
    id, claim = assigned(editor)
    outsider = signed_in("coder")
    assert outsider.get(f"/coding/{id}").status_code == 403
    token = outsider.form_token("/coding") or outsider.form_token(f"/reports/{report(outsider)['id']}")
    given = {"claim": claim, "kind": "accept", "form_token": token}
    assert outsider.post(f"/coding/{id}/answer", data=given).status_code == 403
    assert outsider.post(f"/coding/{id}/finish", data={"form_token": token}).status_code == 403
    assert post(ada, f"/coding/{id}/finish").status_code == 400  # a claim without a word
    assert say(ada, id, claim, "correct", field="killed", value="many").status_code == 400
    assert say(ada, id, claim, "reject", reason="").status_code == 400
    assert say(ada, id, "nothing", "accept").status_code == 400
    assert say(ada, id, claim, "reject").status_code == 303
    assert say(ada, id, claim, "clear").status_code == 303
    assert ada.get(f"/coding/{id}.json").json()["claims"][0]["said"]["verdict"] == ""
    assert say(ada, id, claim, "accept").status_code == 303
    assert post(ada, f"/coding/{id}/finish").status_code == 303
    assert say(ada, id, claim, "reject").status_code in (403, 409)
    assert ada.get("/coding/nothing").status_code == 404


def test_a_coder_does_not_settle_even_as_an_editor(
    guarded: Desk, editor: Browser, two: tuple[Browser, Browser]
) -> None:
    id, _ = finish_both(editor, two)
    guarded.people.set_role(ONE, "editor")
    ada, _ = two
    assert ada.get(f"/coding/{id}/settle").status_code == 403
    token = ada.form_token("/coding")
    done = ada.post(
        f"/coding/{id}/settle", data={"form_token": token, "seen": "1", "reason": "x", "field": "a b", "choice": "one"}
    )
    assert done.status_code in (400, 403)
    assert codings.coding(guarded.store, id).outcome is None


def test_a_form_that_leaves_fields_out_is_refused(editor: Browser, two: tuple[Browser, Browser]) -> None:
    id, claim = finish_both(editor, two)
    page = f"/coding/{id}/settle"
    seen = editor.get(f"{page}.json").json()["seen"]
    for fields in ({"field": f"{claim} killed", "choice": "one"}, {"field": "a\nb", "choice": "one"}, {}):
        done: Any = editor.fill_in(page, page, seen=seen, reason="x", **fields)
        assert done.status_code == 400
