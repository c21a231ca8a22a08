"""Evidence on the desk: attached by a form, shown only as it may be, judged with a reason; files can do no harm."""

import csv
import io
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from dateline.desk.desk import Desk
from dateline.desk.people import Role
from dateline.ledger import Ledger, evidence
from dateline.media.credentials import Credentials
from tests.desk.conftest import Browser, Client, shelling

sys.path.insert(0, str(Path(__file__).parent.parent / "media"))
from pictures import as_bytes, picture, with_exif

PDF = b"%PDF-1.7 invented"


def keys(browser: Browser) -> list[str]:
    made: Any = shelling(browser)
    return [each["key"] for each in made["claims"]]


def attach(browser: Browser, claim: str, raw: bytes | None = None, name: str = "a.bin", **fields: str) -> Any:
    page = f"/evidence/attach?claim={claim}"
    given = {"form_token": browser.form_token(page), "claim": claim, **fields}
    files = {"file": (name, raw, "text/html")} if raw is not None else {"file": ("", b"", "application/octet-stream")}
    return browser.post(
        "/evidence/attach", data=given, files=files, headers={"Accept": "text/html"}, follow_redirects=False
    )


def attached(browser: Browser, claim: str, raw: bytes | None = None, name: str = "a.bin", **fields: str) -> Any:
    """The JSON of what was attached."""
    done = attach(browser, claim, raw, name, **fields)
    assert done.status_code == 303, done.text
    return one(browser, done.headers["location"].partition("?")[0].rpartition("/")[2])


def one(browser: Browser, id: str) -> Any:
    return browser.get(f"/evidence/{id}.json").json()


def say(browser: Browser, made: Any, **fields: str) -> Any:
    page = f"/evidence/{made['id']}"
    return browser.fill_in(f"{page}/say", page, **{"seen": made["seen_at"], "reason": "for a test", **fields})


# --- attaching -------------------------------------------------------------------------------------------------------


def test_an_image_is_kept_with_all_that_is_known_of_it(browser: Browser, desk: Desk) -> None:
    claim, raw = keys(browser)[0], with_exif()
    made = attached(
        browser, claim, raw, "C:\\photos\\market.exe", posted_by="A witness", channel="a channel", url="https://q.example/1",
        captured_on="2024-03-04T11:05Z", note="the market", graphic="no",
    )  # fmt: skip
    assert (made["kind"], made["media_type"], made["size"]) == ("image", "image/jpeg", len(raw))
    assert made["name"] == "market.exe.jpg"
    assert (made["posted_by"], made["channel"], made["captured_on"]) == ("A witness", "a channel", "2024-03-04T11:05Z")
    assert (made["added_by"], made["added_from"]) == ("mara", "desk, this machine")
    assert made["file"]["pixels"] == [640, 480]
    assert {"name": "Model", "says": "Model 3"} in made["file"]["exif"]
    assert len(made["file"]["pdq"]) == 64
    assert desk.ledger.files.read(made["sha256"]) == raw
    assert desk.ledger.verify().ok
    said = browser.get(f"/evidence/{made['id']}").text
    assert "unchanged since it was kept here" in said
    assert "-37.50000, -119.26000" in said


def test_an_address_is_kept_as_an_address_alone(browser: Browser, desk: Desk) -> None:
    files = list(desk.ledger.files.folder.rglob("*"))
    made = attached(browser, keys(browser)[0], url="https://quorrin.example/video/7")
    assert (made["kind"], made["file"], made["sha256"]) == ("address", None, None)
    assert list(desk.ledger.files.folder.rglob("*")) == files
    page = f"/evidence/{made['id']}"
    assert "nothing was fetched" in browser.get(page).text
    assert browser.get(f"{page}/file").status_code == browser.get(f"{page}/still").status_code == 404


def test_a_program_attaches_an_address_with_a_token(signed_in: Client, guarded: Desk) -> None:
    browser = signed_in()
    _, decides = guarded.people.add_token("the coder", ("read", "decide"))
    head = {"Authorization": f"Bearer {decides}"}
    rows = browser.get("/incidents.json", headers=head).json()["incidents"]
    claim = browser.get(f"/incidents/{rows[0]['id']}.json", headers=head).json()["claims"][0]["key"]
    done = browser.post("/evidence/attach", json={"claim": claim, "url": "https://q.example/1"}, headers=head)
    assert done.status_code == 200
    assert browser.get(f"/evidence/{done.json()['evidence']}.json", headers=head).json()["added_by"] == "the coder"
    both = browser.post("/evidence/attach", data={"claim": claim}, files={"file": ("a", PDF)}, headers=head)
    assert browser.get(f"/evidence/{both.json()['evidence']}.json", headers=head).json()["kind"] == "document"


@pytest.mark.parametrize(
    ("raw", "fields", "status", "told"),
    [
        (None, {}, 400, "Choose a file"), (b"", {}, 400, "empty"),
        (b"MZ\x90\0", {}, 400, "none of those that are kept"),
        (b"\x89PNG\r\n\x1a\nno picture", {}, 400, "none can be read"),
        (PDF, {"url": "javascript:alert(1)"}, 400, "no address"),
        (PDF, {"captured_on": "yesterday"}, 400, "write a day"), (PDF, {"note": "x" * 3000}, 400, "at most"),
        (PDF, {"claim": "nothing/nothing"}, 400, "no claim"), (PDF, {"claim": "%00"}, 400, "no claim"),
        (PDF, {"graphic": "perhaps"}, 400, "graphic"), (None, {"url": "file:///etc/passwd"}, 400, "no address"),
        (None, {"url": "http://"}, 400, "no address"),
    ],
)  # fmt: skip
def test_what_cannot_be_attached_is_one_line_and_leaves_nothing(
    browser: Browser, desk: Desk, raw: bytes | None, fields: dict[str, str], status: int, told: str
) -> None:
    claim, before = keys(browser)[0], desk.ledger.head()
    page = f"/evidence/attach?claim={claim}"
    given = {"form_token": browser.form_token(page), "claim": claim, **fields}
    files = {"file": ("a.jpg", raw)} if raw is not None else None
    done = browser.post("/evidence/attach", data=given, files=files, headers={"Accept": "application/json"})
    assert done.status_code == status, done.text
    assert told in done.json()["detail"]
    assert "\n" not in done.json()["detail"]
    assert desk.ledger.head() == before


def test_a_file_that_is_too_large_is_refused(browser: Browser, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    claim, before = keys(browser)[0], desk.ledger.head()
    monkeypatch.setenv("DATELINE_MAX_EVIDENCE_BYTES", "1000")
    assert attach(browser, claim, PDF + b"x" * 1000).status_code == 413
    assert desk.ledger.head() == before
    assert attach(browser, claim, PDF).status_code == 303


def test_a_bomb_is_refused(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.media import images

    monkeypatch.setattr(images, "MOST_PIXELS", 1000)
    done = attach(browser, keys(browser)[0], as_bytes(picture()))
    assert done.status_code == 400
    assert "1,000 pixels" in done.text


def test_the_same_is_attached_to_a_claim_once_and_the_second_is_told(browser: Browser, desk: Desk) -> None:
    claim, other = keys(browser)
    made = attached(browser, claim, PDF)
    before = desk.ledger.head()
    late = attach(browser, claim, PDF, name="b.pdf")
    assert late.status_code == 409
    assert "mara attached this" in late.text
    assert f'href="/evidence/{made["id"]}"' in late.text
    assert desk.ledger.head() == before
    again = attached(browser, other, PDF)
    assert (again["seen"], again["distance"]) == (made["id"], 0)
    assert say(browser, one(browser, made["id"]), set_aside="yes").status_code == 303
    assert attach(browser, claim, PDF).status_code == 303


# --- seen before -----------------------------------------------------------------------------------------------------


def test_nearly_the_same_image_is_found_across_the_ledger_from_both_sides(browser: Browser) -> None:
    claim, other = keys(browser)
    first = attached(browser, claim, as_bytes(picture(1), "PNG"))
    attached(browser, claim, as_bytes(picture(2)))
    small = attached(browser, other, as_bytes(picture(1).resize((320, 240)), quality=40))
    assert small["seen"] == first["id"]
    assert 0 <= small["distance"] <= 31
    assert [each["id"] for each in one(browser, first["id"])["elsewhere"]] == [small["id"]]
    assert "of 256 bits" in browser.get(f"/evidence/{first['id']}").text or small["distance"] == 0
    rows = browser.get("/evidence.json?seen=before").json()["evidence"]
    assert [each["id"] for each in rows] == [small["id"]]


def test_what_looks_like_a_graphic_picture_is_hidden_too(browser: Browser) -> None:
    claim, other = keys(browser)
    attached(browser, claim, as_bytes(picture(1)), graphic="yes")
    copy = attached(browser, other, as_bytes(picture(1).resize((320, 240))), graphic="no")
    page = browser.get(f"/evidence/{copy['id']}").text
    assert "<img" not in page
    assert "marked as graphic elsewhere" in page


# --- what is shown ---------------------------------------------------------------------------------------------------


def test_graphic_material_is_in_no_page_until_that_one_is_asked_for(browser: Browser) -> None:
    made: Any = shelling(browser)
    claim = made["claims"][0]["key"]
    graphic = attached(browser, claim, as_bytes(picture(1)))
    fine = attached(browser, claim, as_bytes(picture(2)), graphic="no")
    assert graphic["graphic"]  # whatever nobody said of it
    pages = ["/evidence", f"/evidence/{graphic['id']}", f"/incidents/{made['id']}",
             f"/reports/{made['claims'][0]['report']}", f"/evidence/attach?claim={claim}"]  # fmt: skip
    for page in pages:
        said = browser.get(page).text
        assert "<img" not in said, page
        assert f"/evidence/{graphic['id']}/still" not in said, page
    asked = browser.get(f"/evidence/{graphic['id']}?show=true").text
    assert f'<img class="shown" src="/evidence/{graphic["id"]}/still"' in asked
    assert f'src="/evidence/{fine["id"]}/still"' in browser.get(f"/evidence/{fine['id']}").text
    assert say(browser, fine, graphic="yes", reason="").status_code == 303
    assert "<img" not in browser.get(f"/evidence/{fine['id']}").text


def test_a_video_waits_to_be_asked_for_and_then_to_be_started(browser: Browser) -> None:
    raw = b"\0\0\0\x18ftypisom" + bytes(2000)
    made = attached(browser, keys(browser)[0], raw, graphic="no")
    page = f"/evidence/{made['id']}"
    assert "<video" not in browser.get(page).text
    asked = browser.get(f"{page}?show=true").text
    assert '<video class="shown" controls preload="none"' in asked
    assert "autoplay" not in asked
    part = browser.get(f"{page}/file", headers={"Range": "bytes=4-11"})
    assert (part.status_code, part.content) == (206, b"ftypisom")


def test_files_are_sent_to_be_kept_and_can_do_nothing(browser: Browser) -> None:
    claim = keys(browser)[0]
    cases = (
        (b"<html><script>alert(1)</script>", "a.html", "text/plain; charset=utf-8", 'filename="a.html.txt"'),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.svg", "text/plain; charset=utf-8",
         'filename="a.svg.txt"'),
        (PDF, 'a"\r\nSet-Cookie: x=y.pdf', "application/pdf", ".pdf"),
        (as_bytes(picture(), "PNG"), "شهود.png", "image/png", "filename*=utf-8''"),
    )  # fmt: skip
    for raw, name, kind, disposition in cases:
        made = attached(browser, claim, raw, name)
        answer = browser.get(f"/evidence/{made['id']}/file")
        assert answer.content == raw
        assert answer.headers["content-type"] == kind
        assert answer.headers["content-disposition"].startswith("attachment; ")
        assert disposition in answer.headers["content-disposition"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"].endswith("; sandbox")
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "set-cookie" not in answer.headers


def test_a_still_is_another_picture_without_what_the_file_says(browser: Browser) -> None:
    raw = with_exif()
    made = attached(browser, keys(browser)[0], raw, graphic="no")
    answer = browser.get(f"/evidence/{made['id']}/still")
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-disposition"].startswith("inline; ")
    assert answer.headers["content-security-policy"].endswith("; sandbox")
    with Image.open(io.BytesIO(answer.content)) as shown:
        assert not shown.getexif()
    assert b"Invented Works" not in answer.content


def test_a_file_that_was_altered_is_said_to_be_and_not_sent(browser: Browser, desk: Desk) -> None:
    raw = as_bytes(picture())
    made = attached(browser, keys(browser)[0], raw, graphic="no")
    path = desk.ledger.files.path_of(made["sha256"])
    path.write_bytes(raw + b"!")
    page = f"/evidence/{made['id']}"
    assert "was altered since it was kept here" in browser.get(page).text
    assert browser.get(f"{page}/file").status_code == browser.get(f"{page}/still").status_code == 404
    path.unlink()
    assert "is missing" in browser.get(page).text
    assert browser.get("/evidence").status_code == 200


def test_credentials_are_shown_and_where_they_are_not_read_that_is_said(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dateline.desk.pages import evidence as page_of

    made = attached(browser, keys(browser)[0], as_bytes(picture()))
    page = f"/evidence/{made['id']}"
    for found, told in (
        (Credentials(readable=False), "dateline[evidence]"), (Credentials(), "has none that can be read"),
        (Credentials(found=True, state="the file is as it was signed", signer="Camera 7", tool="<b>Works"),
         "&lt;b&gt;Works"),
    ):  # fmt: skip
        monkeypatch.setattr(page_of, "credentials", lambda raw, kind, found=found: found)
        assert told in browser.get(page).text
    assert one(browser, made["id"])["file"]["credentials"]["signer"] == "Camera 7"


# --- what is said of it ----------------------------------------------------------------------------------------------


def test_a_state_is_kept_with_reason_and_who_and_all_of_them_stay(browser: Browser, desk: Desk) -> None:
    made = attached(browser, keys(browser)[0], PDF)
    assert made["verification"] == "not_stated"
    done = say(browser, made, verification="verified", reason="the seal is right")
    assert done.status_code == 303, done.text
    made = one(browser, made["id"])
    assert (made["verification"], made["reason"], made["checked_by"]) == ("verified", "the seal is right", "mara")
    assert say(browser, made, verification="disputed", reason="another seal").status_code == 303
    made = one(browser, made["id"])
    assert [each["what"] for each in made["history"]] == ["attached, graphic", "verified", "disputed"]
    assert [each["reason"] for each in made["history"]][1:] == ["the seal is right", "another seal"]
    assert all(each["from"] == "desk, this machine" for each in made["history"])
    assert desk.ledger.verify().ok


def test_what_is_set_aside_stays_and_is_no_more_shown_with_its_claim(browser: Browser) -> None:
    incident: Any = shelling(browser)
    made = attached(browser, incident["claims"][0]["key"], PDF)
    here = f"/incidents/{incident['id']}"
    assert [each["id"] for each in browser.get(f"{here}.json").json()["attached"]] == [made["id"]]
    assert say(browser, made, set_aside="yes", reason="another town").status_code == 303
    assert browser.get(f"{here}.json").json()["attached"] == []
    assert browser.get("/evidence.json").json()["evidence"] == []
    (row,) = browser.get("/evidence.json?set_aside=true").json()["evidence"]
    assert (row["id"], row["set_aside"], row["reason"]) == (made["id"], True, "another town")
    assert "another town" in browser.get(f"/evidence/{made['id']}").text
    assert say(browser, one(browser, made["id"]), set_aside="no", reason="the same town").status_code == 303
    assert [each["id"] for each in browser.get(f"{here}.json").json()["attached"]] == [made["id"]]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 400), ({"verification": "verified", "reason": " "}, 400), ({"set_aside": "yes", "reason": ""}, 400),
        ({"verification": "true"}, 400), ({"graphic": "perhaps"}, 400), ({"seen": "x", "graphic": "no"}, 400),
        ({"verification": "verified", "reason": "x" * 3000}, 400),
    ],
)  # fmt: skip
def test_what_cannot_be_said_changes_nothing(browser: Browser, desk: Desk, fields: dict[str, str], status: int) -> None:
    made = attached(browser, keys(browser)[0], PDF)
    before = desk.ledger.head()
    assert say(browser, made, **fields).status_code == status
    assert desk.ledger.head() == before


def test_the_second_of_two_is_told(browser: Browser, desk: Desk) -> None:
    made = attached(browser, keys(browser)[0], PDF)
    assert say(browser, made, verification="verified").status_code == 303
    before = desk.ledger.head()
    late = say(browser, made, verification="disputed")
    assert late.status_code == 409
    assert "mara said something of this evidence" in late.text
    assert desk.ledger.head() == before


@pytest.mark.parametrize(("role", "allowed"), [("reader", False), ("coder", True), ("editor", True), ("admin", True)])
def test_a_reader_looks_and_a_coder_attaches_and_judges(
    signed_in: Client, guarded: Desk, role: Role, allowed: bool
) -> None:
    made = attached(signed_in("admin"), keys(signed_in("admin"))[0], PDF)
    browser = signed_in(role)
    claim = keys(browser)[0]
    status = 303 if allowed else 403
    assert browser.get(f"/evidence/{made['id']}/file").status_code == 200
    assert ("Say what you know" in browser.get(f"/evidence/{made['id']}").text) == allowed
    assert ("Attach evidence" in browser.get(f"/reports/{claim.partition('/')[0]}").text) == allowed
    assert browser.get(f"/evidence/attach?claim={claim}").status_code == (200 if allowed else 403)
    assert attach(browser, claim, PDF + b"2").status_code == status
    assert say(browser, made, verification="verified").status_code == status


def test_a_coder_sets_aside_only_what_they_attached(signed_in: Client, guarded: Desk) -> None:
    editor, coder = signed_in("editor"), signed_in("coder")
    claim = keys(coder)[0]
    own, other = attached(coder, claim, PDF), attached(editor, claim, PDF + b"2")
    assert say(coder, other, set_aside="yes").status_code == 403
    assert say(coder, own, set_aside="yes").status_code == 303
    assert say(editor, other, set_aside="yes").status_code == 303
    assert say(coder, one(coder, other["id"]), set_aside="no").status_code == 403


def test_who_has_not_signed_in_sends_and_gets_nothing(signed_in: Client, guarded: Desk) -> None:
    made = attached(signed_in("coder"), keys(signed_in("coder"))[0], PDF)
    browser = signed_in()
    for path in ("file", "still"):
        assert browser.get(f"/evidence/{made['id']}/{path}", follow_redirects=False).status_code in (303, 401)
    done = browser.post("/evidence/attach", data={"claim": made["claim"]}, files={"file": ("a.pdf", PDF)})
    assert done.status_code == 401


# --- the list --------------------------------------------------------------------------------------------------------


def test_the_list_has_filters_pages_and_a_csv(browser: Browser) -> None:
    incident: Any = shelling(browser)
    claim, other = (each["key"] for each in incident["claims"])
    image = attached(browser, claim, as_bytes(picture(1)), graphic="no")
    pdf = attached(browser, other, PDF, "=cmd.pdf")
    link = attached(browser, claim, url="https://q.example/1")
    again = attached(browser, other, url="https://q.example/1")
    say(browser, pdf, verification="disputed")
    for filters, wanted in (
        ("", [again, link, pdf, image]), ("kind=image", [image]), ("kind=address", [again, link]),
        ("verification=disputed", [pdf]), ("verification=not_stated", [again, link, image]), ("seen=before", [again]),
        (f"claim={claim}", [link, image]), (f"report={other.partition('/')[0]}", [again, pdf]),
        (f"incident={incident['id']}", [again, link, pdf, image]), ("kind=video", []),
    ):  # fmt: skip
        found = browser.get(f"/evidence.json?{filters}").json()["evidence"]
        assert [each["id"] for each in found] == [each["id"] for each in wanted], filters
        assert browser.get(f"/evidence?{filters}").status_code == 200
    first = browser.get("/evidence.json?size=3").json()
    rest = browser.get(first["next"].replace("/evidence?", "/evidence.json?")).json()
    assert [each["id"] for each in [*first["evidence"], *rest["evidence"]]] == [
        each["id"] for each in (again, link, pdf, image)
    ]
    assert rest["next"] is None
    rows = list(csv.DictReader(io.StringIO(browser.get("/evidence.csv?kind=document").text)))
    assert [(row["id"], row["name"], row["verification"]) for row in rows] == [(pdf["id"], "'=cmd.pdf", "disputed")]


def test_a_page_that_looked_through_enough_leads_on(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.desk.pages import evidence as page_of

    claim = keys(browser)[0]
    oldest = attached(browser, claim, PDF)
    for number in range(4):
        attached(browser, claim, url=f"https://q.example/{number}")
    monkeypatch.setattr(page_of, "_LOOKED", 2)
    address, found = "/evidence.json?kind=document", []
    for _ in range(5):
        made = browser.get(address).json()
        found += [each["id"] for each in made["evidence"]]
        if not made["next"]:
            break
        address = made["next"].replace("/evidence?", "/evidence.json?")
    assert found == [oldest["id"]]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/evidence/nothing", 404), ("/evidence/%00", 404), ("/evidence/nothing/file", 404),
        ("/evidence/nothing/still", 404), ("/evidence?kind=song", 400), ("/evidence?incident=nothing", 404),
        ("/evidence?before=0", 400), ("/evidence?claim=" + "x" * 200, 400), ("/evidence/attach", 400),
        ("/evidence/attach?claim=nothing", 404), ("/evidence?report=nothing", 200), ("/evidence/x?show=perhaps", 400),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_line(browser: Browser, address: str, status: int) -> None:
    answer = browser.get(address, headers={"Accept": "application/json"})
    assert answer.status_code == status
    assert status == 200 or "\n" not in answer.json()["detail"]


def test_words_of_others_are_words_alone(browser: Browser) -> None:
    claim = keys(browser)[0]
    spoilt = "<script>alert(1)</script>"
    made = attached(
        browser, claim, PDF, f"{spoilt}.pdf", posted_by=spoilt, channel=spoilt, note=spoilt, url="https://q.example/<b>"
    )
    say(browser, made, verification="disputed", reason=spoilt)
    for page in ("/evidence", f"/evidence/{made['id']}", f"/reports/{claim.partition('/')[0]}"):
        said = browser.get(page).text
        assert not re.search(r"<script>|<b>&|/<b>", said), page
    assert 'href="https://q.example' not in browser.get(f"/evidence/{made['id']}").text


def test_a_list_of_many_is_made_by_index(ledger_path: Path) -> None:
    """The plans behind the list, an incident's evidence and what is alike: no statement reads all rows."""
    with Ledger(ledger_path) as ledger, ledger.reading() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT id FROM evidence WHERE claim_key IN ('a', 'b')"
        ).all()
        assert "evidence_by_claim" in plan[0][3]
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT max(seq) FROM evidence_states WHERE evidence = 'a'"
        ).all()
        assert "evidence_states_by_evidence" in plan[0][3]
        assert evidence.attached_to(connection, ["a/b"]) == []
