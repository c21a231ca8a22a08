"""Exports and releases: what is asked for comes out, with its losses told first; what is frozen stays as it was."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from dateline.desk import jobs as jobs_of_desk
from dateline.desk import releasing
from dateline.desk.app import make_app
from dateline.desk.desk import Desk
from dateline.desk.exporting import JOB, STATE, job_in, put_state, state_in
from dateline.export import FORMATS
from dateline.export.jsonl import incidents_in
from dateline.ledger import Decision, Ledger
from dateline.ledger.transfer import bring_in
from tests.desk.conftest import OTHER, Browser, Client


def asked(browser: Browser, path: str, **fields: str) -> Any:
    """Send a form of the exports' page; the address that it leads to."""
    done: Any = browser.fill_in(path, "/exports", **fields)
    assert done.status_code == 303, done.text
    return done.headers["location"]


def made(browser: Browser, path: str, **fields: str) -> Any:
    """The same, and wait until it is made; its page as JSON."""
    page = asked(browser, path, **fields)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        told = browser.get(f"{page}.json").json()
        if told["export"]["stage"] in ("done", "failed"):
            return told
        time.sleep(0.1)
    raise AssertionError(told)


def released(browser: Browser, name: str, **fields: str) -> Any:
    told = made(browser, "/releases", name=name, **{"formats": "csv", "every": "true", **fields})
    assert told["export"]["stage"] == "done", told
    return browser.get(f"{told['release']}.json").json()


@pytest.mark.parametrize("format", [each for each in FORMATS if each != "jsonl"])
def test_each_format_is_made_with_its_losses_told_before_the_file(browser: Browser, format: str) -> None:
    told = made(browser, "/exports", format=format, event="shelling")
    assert told["export"]["stage"] == "done"
    assert told["loss"]["incidents"] == told["export"]["written"] == 2
    page = browser.get(told["export"]["page"]).text
    assert page.index('id="loss"') < page.index('id="files"')
    for each in told["files"]:
        answer = browser.get(each["page"])
        assert answer.status_code == 200
        assert len(answer.content) == each["size"]
        name = re.fullmatch(r'attachment; filename="([\w.-]+)"', answer.headers["content-disposition"])
        assert name
        assert name[1] == each["name"]
        assert answer.headers["content-type"].partition(";")[0] in (
            "text/csv", "application/geo+json", "application/json", "application/vnd.apache.parquet"
        )  # fmt: skip


def test_an_export_holds_what_the_list_with_these_filters_shows(browser: Browser) -> None:
    for filters in ({"event": "shelling"}, {"place": "Quorrin"}, {"every": "true"}, {"since": "2024-03-07"}, {}):
        query = "&".join(f"{name}={value}" for name, value in filters.items())
        listed = [each["id"] for each in browser.get(f"/incidents.json?{query}").json()["incidents"]]
        told = made(browser, "/exports", format="csv", **filters)
        rows = csv.DictReader(io.StringIO(browser.get(told["files"][0]["page"]).text))
        assert [row["incident"].lstrip("'") for row in rows] == listed
    carried = re.search(r'href="(/exports\?[^"]*)"', browser.get("/incidents?event=shelling&size=5").text)
    assert carried
    assert '<option value="shelling" selected>' in browser.get(carried[1].replace("&amp;", "&")).text


def test_a_large_export_is_made_by_a_process_of_its_own(
    desk: Desk, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.desk.pages.exports._AT_ONCE", 1)
    told = made(browser, "/exports", format="csv", every="true")
    assert told["export"]["stage"] == "done"
    assert told["export"]["written"] == 3
    assert desk.jobs._running[told["export"]["id"]].wait(30) == 0


def test_the_whole_ledger_goes_out_and_can_be_read_back(browser: Browser, desk: Desk, tmp_path: Path) -> None:
    told = made(browser, "/exports", format="jsonl")
    file = tmp_path / "whole.jsonl"
    file.write_bytes(browser.get(told["files"][0]["page"]).content)
    bring_in(file, tmp_path / "again.db")
    with Ledger(tmp_path / "again.db", create=False) as again:
        assert again.head() == desk.ledger.head()


def test_as_known_on_a_day_and_by_another_policy(browser: Browser) -> None:
    told = made(browser, "/exports", format="csv", every="true", as_of="2024-03-05")
    assert told["export"]["written"] == 1  # the offensive and the school were not yet known
    by_other = made(browser, "/exports", format="csv", event="shelling", policy="highest")
    assert by_other["export"]["policy"] == "highest"
    rows = list(csv.DictReader(io.StringIO(browser.get(by_other["files"][0]["page"]).text)))
    assert {row["killed_best"] for row in rows} == {"18", "3"}


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"format": "xls"}, "xls"), ({"format": "csv", "policy": "/etc/passwd"}, "is none of"), ({}, "format"),
     ({"format": "csv", "since": "soon"}, "since"), ({"format": "csv", "colour": "red"}, "colour")],
)  # fmt: skip
def test_what_cannot_be_asked_for_is_one_line(browser: Browser, desk: Desk, fields: dict[str, str], said: str) -> None:
    done: Any = browser.fill_in("/exports", "/exports", **fields)
    assert done.status_code == 400
    assert said in done.text
    assert desk.jobs.every() == []


@pytest.mark.parametrize(
    "address",
    ["/exports/nothing", "/exports/..%2f..%2fx.db", "/exports/0123456789abcdef", "/exports/%00/x", "/releases/nothing",
     "/releases/..%2fx", "/releases/../x.db", "/exports?format=xls", "/releases/week?check=perhaps"],
)  # fmt: skip
def test_addresses_of_nothing_are_none(browser: Browser, address: str) -> None:
    assert browser.get(address).status_code in (400, 404)


def test_no_file_but_its_own_leaves_an_export(browser: Browser) -> None:
    told = made(browser, "/exports", format="csv")
    page = told["export"]["page"]
    for name in (JOB, STATE, "..%2f..%2fx.db", "%2e%2e", "nothing.csv"):
        assert browser.get(f"{page}/{name}").status_code == 404, name


def test_a_process_that_was_stopped_is_told(desk: Desk, browser: Browser) -> None:
    told = made(browser, "/exports", format="csv")
    folder = desk.jobs._folder / told["export"]["id"]
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    from dateline.desk.exporting import State

    put_state(folder, State(stage="running", pid=gone.pid, written=5))
    again = browser.get(f"{told['export']['page']}.json").json()
    assert again["export"]["stage"] == "failed"
    assert "stopped" in again["export"]["trouble"]
    assert again["files"] == []
    put_state(folder, State(stage="running", pid=os.getpid(), written=5, doing="writing csv"))
    page = browser.get(told["export"]["page"]).text
    assert 'http-equiv="refresh"' in page
    assert "writing csv: 5 incidents" in page


def test_no_more_than_a_few_at_a_time(desk: Desk, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.desk.pages.exports._AT_ONCE", 1)
    sleeping = [subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) for _ in range(2)]
    desk.jobs._running = {f"{n:016x}": each for n, each in enumerate(sleeping)}
    done: Any = browser.fill_in("/exports", "/exports", format="csv")
    assert done.status_code == 429
    desk.jobs.close()
    assert all(each.poll() is not None for each in sleeping)


def test_old_exports_are_taken_away(desk: Desk, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(browser, "/exports", format="csv")
    monkeypatch.setattr(jobs_of_desk, "_KEPT", 0)
    second = made(browser, "/exports", format="csv")
    assert [each.job.id for each in desk.jobs.every()] == [second["export"]["id"]]
    assert browser.get(first["export"]["page"]).status_code == 404


# --- releases --------------------------------------------------------------------------------------------------------


def test_a_release_holds_files_sums_manifest_and_a_citation(browser: Browser, desk: Desk) -> None:
    told = released(browser, "week-1", formats="csv\ngeojson", note="The first")
    manifest = told["manifest"]
    folder = releasing.releases_of(desk.path) / "week-1"
    names = {each["name"] for each in manifest["files"]}
    assert {"incidents.jsonl", "week-1-incidents.csv", "week-1-incidents.geojson", "changelog.json"} <= names
    assert manifest["head"]["hash"] == desk.ledger.head().hash
    assert manifest["incidents"] == 3 == len(list(incidents_in(folder / "incidents.jsonl")))
    for each in manifest["files"]:
        assert sha256((folder / each["name"]).read_bytes()).hexdigest() == each["sha256"]
        assert browser.get(each["page"] if "page" in each else f"/releases/week-1/{each['name']}").status_code == 200
    whole = browser.get(told["whole"])
    assert whole.headers["content-disposition"] == 'attachment; filename="week-1-manifest.json"'
    digest = sha256(whole.content).hexdigest()
    assert digest in told["citation"]
    assert "3 incidents from the Dateline ledger x.db" in told["citation"]
    assert f"{digest}  manifest.json" in browser.get(told["sums"]).text
    assert "The first" in browser.get("/releases/week-1").text


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="there is no sha256sum here")
def test_sha256sum_finds_all_as_it_was(browser: Browser, desk: Desk) -> None:
    released(browser, "week-1")
    folder = releasing.releases_of(desk.path) / "week-1"
    told = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout


def test_a_release_is_never_changed(browser: Browser, desk: Desk) -> None:
    before = released(browser, "week-1")
    again: Any = browser.fill_in("/releases", "/exports", name="week-1", formats="csv")
    assert again.status_code == 409
    assert "never changed" in again.text
    desk.ledger.add(OTHER)
    desk.keeper.look()
    assert browser.get("/releases/week-1.json").json() == before
    assert all(not each.stat().st_mode & 0o222 for each in (releasing.releases_of(desk.path) / "week-1").iterdir())


def test_what_was_altered_is_found(browser: Browser, desk: Desk) -> None:
    released(browser, "week-1")
    assert browser.get("/releases/week-1.json?check=true").json()["altered"] == []
    file = releasing.releases_of(desk.path) / "week-1" / "incidents.jsonl"
    file.chmod(0o644)
    said = bytearray(file.read_bytes())
    said[5] ^= 1
    file.write_bytes(said)
    assert browser.get("/releases/week-1.json?check=true").json()["altered"] == ["incidents.jsonl"]
    assert "Not as they were written" in browser.get("/releases/week-1?check=true").text


def test_the_changelog_tells_what_changed_since_the_release_before(browser: Browser, desk: Desk) -> None:
    first = released(browser, "one")
    assert first["manifest"]["before"] is None
    key = next(each.key for each in desk.ledger.claims() if each.publisher == "Ilvora Post")
    desk.ledger.decide(Decision(kind="reject", by="mara", on="2024-03-09T09:00:00Z", reason="not so", claims=(key,)))
    desk.keeper.look()
    second = released(browser, "two")
    before = second["manifest"]["before"]
    assert before["name"] == "one"
    assert before["manifest_sha256"] == first["release"]["manifest_sha256"]
    assert before["changes"] == {"changed": 1}
    assert any("status: asserted -> set_aside" in line for line in second["changelog"])
    changelog = json.loads(browser.get("/releases/two/changelog.json").text)
    assert any("not so" in cause["said"] for cause in changelog["changes"][0]["causes"])
    third = released(browser, "three")
    assert third["manifest"]["before"]["changes"] == {}
    assert [each["name"] for each in browser.get("/exports.json").json()["releases"]] == ["three", "two", "one"]


def test_a_release_as_of_a_day_holds_what_was_known_then(browser: Browser) -> None:
    told = released(browser, "early", as_of="2024-03-05")
    assert told["manifest"]["incidents"] == 1
    assert "as known on 2024-03-05" in told["citation"]


def test_too_many_incidents_are_not_compared_and_that_is_said(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    released(browser, "one")
    monkeypatch.setattr(releasing, "_MOST_COMPARED", 1)
    told = released(browser, "two")
    assert told["manifest"]["before"]["compared"] is False
    assert "too many" in told["changelog"][0]


@pytest.mark.parametrize("name", ["", "Week", "a b", "../x", ".hidden", "a/b", "-", "x" * 61, "week\n", "job.json/.."])
def test_a_name_that_cannot_be_a_folder_is_refused(browser: Browser, desk: Desk, name: str) -> None:
    done: Any = browser.fill_in("/releases", "/exports", name=name, formats="csv")
    assert done.status_code == 303 if name == "week\n" else done.status_code == 400
    assert not (desk.path.parent / "x").exists()


def test_only_an_editor_freezes(signed_in: Client, guarded: Desk) -> None:
    for role in ("reader", "coder"):
        browser = signed_in(role)  # type: ignore[arg-type]
        done: Any = browser.fill_in("/releases", "/exports", name="mine", formats="csv")
        assert done.status_code == 403, role
        assert "Freeze a release" not in browser.get("/exports").text
    assert releasing.every(guarded.path) == []
    editor = signed_in("editor")
    assert "Freeze a release" in editor.get("/exports").text
    told = released(editor, "ours")
    assert told["manifest"]["made_by"] == "the editor"
    assert made(signed_in("reader"), "/exports", format="csv")["export"]["by"] == "the reader"


def test_an_export_takes_a_form_of_this_desk(browser: Browser) -> None:
    assert browser.post("/exports", data={"format": "csv"}).status_code == 403
    assert browser.post("/releases", data={"name": "x"}).status_code == 403


def test_invented_reports_are_told_everywhere(ledger_path: Path) -> None:
    from msgspec.structs import replace

    with Ledger(ledger_path) as ledger:
        ledger.add(replace(OTHER, report=replace(OTHER.report, url="https://post.example/1", source="Invented Post")))
    with Desk(ledger_path, user="mara", keep=False) as desk:
        desk.keeper.look()
        browser = Browser(make_app(desk), base_url="http://localhost", raise_server_exceptions=False)
        some = released(browser, "some")
        assert some["manifest"]["invented"] == "some"
        assert some["manifest"]["invented_reports"] == 1
        assert "Partly invented data." in some["citation"]
        all_of_it = made(browser, "/exports", format="csv", source="Invented Post")
        assert all_of_it["export"]["invented"] in ("all", "some")
        assert "partly invented" in browser.get("/exports").text
        none = made(browser, "/exports", format="csv", place="Quorrin")
        assert none["export"]["invented"] == "none"


def test_a_job_is_kept_as_it_was_asked_for(desk: Desk, browser: Browser) -> None:
    told = made(browser, "/exports", format="acled", each_day="true", event="shelling")
    folder = desk.jobs._folder / told["export"]["id"]
    job = job_in(folder)
    assert (job.formats, job.each_day, job.query.event, job.by) == (("acled",), True, "shelling", "mara")
    assert state_in(folder).stage == "done"
