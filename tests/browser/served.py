"""A desk over a part of the invented week, served in this process for a real browser, with something on every page.

Whoever adds a page to which no link leads here gives it something to show: a function in `FILLERS`.
"""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import uvicorn
from PIL import Image, ImageDraw
from starlette.routing import compile_path

from dateline.desk import pages
from dateline.desk.app import make_app
from dateline.desk.desk import Desk

ROOT = Path(__file__).parents[2]
WEEK = ROOT / "demo" / "week"
# One shelling told by many with copies and two tolls, an abduction, a plan, a denial, a withdrawal.
SOME = ("01", "02", "03", "04", "05", "07", "14", "31", "32", "37", "40")
DROPPED = "58"  # "Mine kills three farmers near Lashkel": told by none of the others
LOOK_EVERY_S = 0.5
_PATIENCE_S = 120.0


def chromium() -> str | None:
    """The browser of this machine, where it has one."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((found for name in names if (found := shutil.which(name))), None)


def rows(numbers: Iterable[str]) -> list[str]:
    """Reports of the invented week, as lines of JSON."""
    wanted = {f"week-{number}" for number in numbers}
    lines = (WEEK / "reports.jsonl").read_text("utf-8").splitlines()
    return [line for line in lines if json.loads(line)["id"] in wanted]


def everything() -> tuple[str, ...]:
    """All numbers of the invented week."""
    lines = (WEEK / "reports.jsonl").read_text("utf-8").splitlines()
    return tuple(json.loads(line)["id"].removeprefix("week-") for line in lines)


class Made:
    """A ledger in a folder, with the gazetteer and the actors of the invented week beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "week.db"
        self._environment = {
            **os.environ,
            "DATELINE_GAZETTEERS": str(folder / "places"),
            "DATELINE_ACTORS": str(folder / "actors"),
            "DATELINE_USER": "mara",
        }
        self.run("gazetteer", "add", str(WEEK / "places.txt"))
        self.run("actors", "add", str(WEEK / "actors.csv"), str(WEEK / "people.csv"))

    def add(self, numbers: Iterable[str]) -> None:
        """`dateline add`, as whoever drops reports into the ledger runs it, from another process."""
        dropped = self.folder / "dropped.jsonl"
        dropped.write_text("\n".join(rows(numbers)) + "\n", "utf-8")
        self.run("add", str(dropped), "--ledger", str(self.path))

    def run(self, *words: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "dateline", *words], env=self._environment, cwd=ROOT, capture_output=True, text=True,
            timeout=_PATIENCE_S,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr


class Served:
    """A served desk: its address, and one address of each page by the page's name."""

    def __init__(self, made: Made, desk: Desk, base: str) -> None:
        self.made, self.desk, self.base = made, desk, base
        self.addresses: Mapping[str, str] = {}


@contextmanager
def served(made: Made) -> Iterator[Served]:
    """Serve it at a free port; what was added is in, and every page has something to show."""
    with Desk(made.path, user="mara", look_every_s=LOOK_EVERY_S) as desk:
        config = uvicorn.Config(
            make_app(desk), host="127.0.0.1", port=0, log_level="warning", timeout_graceful_shutdown=2
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        until(lambda: server.started)
        port = server.servers[0].sockets[0].getsockname()[1]
        try:
            until(lambda: desk.news.changes is not None and not desk.lag().any)
            found = Served(made, desk, f"http://127.0.0.1:{port}")
            filled(found)
            found.addresses = addresses(found.base)
            yield found
        finally:
            server.should_exit = True
            thread.join(timeout=20)


def until(holds: Any, seconds: float = _PATIENCE_S) -> Any:
    """Wait for something, and fail where it does not come."""
    end = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < end, f"{holds} did not come to hold in {seconds:g} s"
        time.sleep(0.05)
    return found


# --- something for every page ----------------------------------------------------------------------------------------


def filled(on: Served) -> None:
    """A decision, an export, a release, a coding that both have finished: where lists are empty no link leads on."""
    there = {action.name for action in pages.every_action()}
    with httpx2.Client(base_url=on.base, follow_redirects=True, timeout=_PATIENCE_S) as browser:
        for name, fill in FILLERS.items():
            assert name in there, f"the desk has no action {name!r}"
            fill(on, browser)


def _decided(on: Served, browser: httpx2.Client) -> None:
    incident = browser.get("/incidents.json?event=shelling").json()["incidents"][0]["id"]
    seen = browser.get(f"/incidents/{incident}.json").json()["seen"]
    fill_in(browser, f"/incidents/{incident}/decide", kind="accept", seen=seen, reason="four origins agree")


def _exported(on: Served, browser: httpx2.Client) -> None:
    export = fill_in(browser, "/exports", format="csv")
    until(lambda: browser.get(f"{export.url.path}.json").json()["export"]["stage"] == "done")


def _released(on: Served, browser: httpx2.Client) -> None:
    fill_in(browser, "/releases", name="first-week", note="to be looked at", formats="csv")
    until(lambda: browser.get("/exports.json").json()["releases"])


def _coded(on: Served, browser: httpx2.Client) -> None:
    """Two coders finish one report, and "mara" may settle it; a second is being coded."""
    for name in ("omar", "nila"):
        on.desk.people.add(name, "coder", "a long enough password", by="mara")
    found = browser.get("/reports.json").json()["reports"]
    for report in [each["id"] for each in found if each["claims"]][:2]:
        fill_in(browser, "/coding", report=report, one="omar", two="nila")
    coding = browser.get("/coding.json").json()["codings"][-1]["id"]
    for name, kind in (("omar", "accept"), ("nila", "reject")):
        _, secret = on.desk.people.add_token(name, ("read", "decide"))
        browser.headers["Authorization"] = f"Bearer {secret}"
        sheet = browser.get(f"/coding/{coding}.json").json()
        for each in sheet["claims"]:
            send(browser, f"/coding/{coding}/answer", kind=kind, claim=each["id"], reason="as it stands in the text")
        send(browser, f"/coding/{coding}/finish")
    del browser.headers["Authorization"]


def _attached(on: Served, browser: httpx2.Client) -> None:
    """Two pictures at a claim: one that may be seen, and one that stays grey until somebody asks."""
    incident = browser.get("/incidents.json?event=shelling").json()["incidents"][0]["id"]
    claim = browser.get(f"/incidents/{incident}.json").json()["claims"][0]["key"]
    for colour, graphic in (("#5b7083", "no"), ("#836a5b", "yes")):
        form = {
            "form_token": _form_token(browser), "claim": claim, "graphic": graphic, "channel": "an invented channel",
            "posted_by": "a neighbour", "captured_on": "2024-03-04", "note": "an invented picture",
        }  # fmt: skip
        file = {"file": ("market.png", _picture(colour), "image/png")}
        sent = browser.post("/evidence/attach", data=form, files=file, headers={"Accept": "text/html"})
        assert sent.status_code == 200, sent.text[-1500:]


def _picture(colour: str) -> bytes:
    """A street with awnings, as a child would draw one."""
    made = Image.new("RGB", (480, 320), "#dfe6ea")
    draw = ImageDraw.Draw(made)
    draw.rectangle((0, 220, 480, 320), fill="#b9b1a3")
    for left in range(20, 460, 110):
        draw.rectangle((left, 120, left + 90, 230), fill=colour)
        draw.polygon(((left - 10, 140), (left + 100, 140), (left + 90, 110), (left, 110)), fill="#c9a66b")
    buffer = io.BytesIO()
    made.save(buffer, "PNG")
    return buffer.getvalue()


# By the action whose pages are filled.
FILLERS: Mapping[str, Callable[[Served, httpx2.Client], None]] = {
    "decide": _decided,
    "make_export": _exported,
    "make_release": _released,
    "assign_coding": _coded,
    "attach_evidence": _attached,
}


def send(browser: httpx2.Client, path: str, **fields: str) -> None:
    """A form's fields as a program sends them."""
    sent = browser.post(path, json=fields)
    assert sent.status_code == 200, f"{path}: {sent.text}"


def fill_in(browser: httpx2.Client, path: str, **fields: str) -> httpx2.Response:
    """Send a form; where it leads."""
    given = {"form_token": _form_token(browser), **fields}
    sent = browser.post(path, data=given, headers={"Accept": "text/html"})
    assert sent.status_code == 200, f"{path}: {sent.status_code} {sent.text[-1500:]}"
    return sent


def _form_token(browser: httpx2.Client) -> str:
    """The token that every form of a page carries."""
    found = re.search(r'name="form_token" value="([0-9a-f]{64})"', browser.get("/exports").text)
    assert found, "the page of exports has no form"
    return found.group(1)


# --- one address of each page ----------------------------------------------------------------------------------------

_HREF = re.compile(r'<a\b[^>]*?\bhref="(/[^"#]*)', re.I)


def addresses(base: str) -> dict[str, str]:
    """By the name of each page an address that shows one: links are followed from the first page on."""
    patterns = [(page.name, compile_path(page.path)[0]) for page in pages.every_page()]
    waiting = [(page.name, page.path) for page in pages.every_page() if "{" not in page.path]
    found: dict[str, str] = {}
    with httpx2.Client(base_url=base, timeout=_PATIENCE_S) as browser:
        while waiting:
            name, address = waiting.pop(0)
            answer = browser.get(address) if name not in found else None
            if answer is None or answer.status_code != 200:  # some pages want to know of what
                continue
            found[name] = address
            for link in _HREF.findall(answer.text):
                at = urlsplit(link.replace("&amp;", "&"))
                name = next((name for name, pattern in patterns if pattern.match(at.path)), None)
                if name is not None and name not in found:
                    waiting.append((name, f"{at.path}?{at.query}" if at.query else at.path))
    return found
