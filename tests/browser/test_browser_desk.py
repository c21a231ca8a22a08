"""Every page in a real browser, wide and narrow, light and dark: it opens without an error, fetches nothing from
elsewhere, fits, shuts nobody out, works without JavaScript. And from a report that somebody drops into
the ledger to an exported incident, with the keyboard alone."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any, NamedTuple

import pytest

from dateline.desk import pages
from tests.browser.conftest import Browser
from tests.browser.served import DROPPED, Served, until

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
WIDE, NARROW = {"width": 1400, "height": 1000}, {"width": 400, "height": 900}
_MOST_TABS = 250
NAMES = sorted(page.name for page in pages.every_page() if not page.leads)
# Chromium without a graphics card says how slowly it draws; that is no fault of a page.
_OF_THE_MACHINE = ("GPU stall", "WebGL", "software")
_FAULTS = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .filter((each) => each.impact === "serious" || each.impact === "critical")
  .map((each) => `${each.id}: ${each.help}: ${each.nodes.map((one) => one.html.slice(0, 160)).join(" | ")}`)"""


class Opened(NamedTuple):
    """A page in the browser, what its console said, and what it asked from elsewhere."""

    page: Any
    said: list[str]
    elsewhere: list[str]


@contextmanager
def opened(browser: Browser, desk: Served, address: str, **how: Any) -> Iterator[Opened]:
    context = browser.new_context(**{"viewport": WIDE, **how})
    try:
        made = Opened(context.new_page(), [], [])
        page, said = made.page, made.said
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: _note_elsewhere(request.url, desk.base, made.elsewhere))
        answer = page.goto(desk.base + address)
        assert answer.status == 200, f"{address}: {answer.status}"
        yield made
    finally:
        context.close()


def _note_elsewhere(address: str, base: str, found: list[str]) -> None:
    if not address.startswith((f"{base}/", "data:", "blob:")):
        found.append(address)


def address_of(desk: Served, name: str) -> str:
    assert name in desk.addresses, f"no link leads to the page {name!r}: give it something in served.py, `FILLERS`"
    return desk.addresses[name]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_opens_fits_and_shuts_nobody_out(browser: Browser, desk: Served, name: str) -> None:
    with opened(browser, desk, address_of(desk, name)) as made:
        page = made.page
        for island in page.locator("[data-island]").all():
            island.wait_for(state="visible", timeout=60_000)
        assert page.locator("h1").count() == 1
        page.evaluate(AXE)
        for size, scheme in ((WIDE, "light"), (NARROW, "dark")):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
            assert wide <= seen, f"{name} scrolls sideways: {wide} of {seen} px"
            assert page.evaluate(_FAULTS) == [], f"{name}, {size['width']} px, {scheme}"
        assert [line for line in made.said if not any(word in line for word in _OF_THE_MACHINE)] == []
        assert made.elsewhere == []


@pytest.fixture(scope="module")
def bare(browser: Browser, desk: Served) -> Iterator[Any]:
    """A narrow page in which no script runs."""
    context = browser.new_context(viewport=NARROW, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_page_works_without_javascript(bare: Any, desk: Served, name: str) -> None:
    assert bare.goto(desk.base + address_of(desk, name)).status == 200
    heading, main = bare.locator("h1").inner_text(), bare.locator("main").inner_text()
    assert heading
    assert len(main) > len(heading), f"{name} shows nothing without JavaScript"
    assert "object at 0x" not in bare.content(), f"{name} shows what was meant for a program"


def test_the_map_has_its_incidents_as_a_table_without_javascript(bare: Any, desk: Served) -> None:
    bare.goto(f"{desk.base}/map")
    rows = bare.locator("#map-table tbody tr")
    everything = rows.count()
    bare.get_by_label("Types").select_option("strikes")
    bare.get_by_role("button", name="Show").click()
    assert "types=strikes" in bare.url
    assert 0 < rows.count() < everything


def test_a_decision_is_kept_without_javascript(bare: Any, desk: Served) -> None:
    bare.goto(f"{desk.base}/incidents?event=abduction")
    bare.locator("[data-open]").first.click()
    bare.locator("summary", has_text="Accept").click()
    bare.locator("#accept-why").fill("read without a script")
    bare.get_by_role("button", name="Accept as it is").click()
    assert "Kept as decision" in bare.locator("main").inner_text()
    assert "read without a script" in bare.locator("#decisions + ol").inner_text()


# --- by keyboard ------------------------------------------------------------------------------------------------------


def test_a_dropped_report_becomes_an_exported_incident_by_keyboard_alone(browser: Browser, desk: Served) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, accept_downloads=True)
    page = context.new_page()
    page.goto(f"{desk.base}/")
    desk.made.add([DROPPED])
    until(lambda: told_of(page, desk, "Lashkel"))

    press(page, "g", "b")
    page.wait_for_url("**/inbox")
    move_to(page, "Lashkel")
    press(page, "o")
    page.wait_for_url("**/incidents/*")
    assert "Lashkel" in page.locator("h1").inner_text()
    incident = page.url.rpartition("/")[2]

    tab_to(page, "summary", "Accept")
    press(page, "Enter")
    tab_to(page, "#accept-why")
    page.keyboard.type("a hospital and a mayor agree")
    press(page, "Enter")
    page.wait_for_url("**kept=*")
    assert "a hospital and a mayor agree" in page.locator("#decisions + ol").inner_text()

    press(page, "g", "i")
    page.wait_for_url("**/incidents")
    press(page, "/")
    page.keyboard.type("Lashkel")
    press(page, "Enter")
    page.wait_for_url("**/incidents?*place=Lashkel*")
    assert page.locator("table.rows tbody tr").count() == 1
    tab_to(page, "a", "Export these")
    press(page, "Enter")
    page.wait_for_url("**/exports?*place=Lashkel*")
    tab_to(page, "button", "Make the export")
    press(page, "Enter")
    page.wait_for_url("**/exports/*")
    page.get_by_text("What it holds, and what this format cannot hold").wait_for(timeout=60_000)

    tab_to(page, "a[download]")
    with page.expect_download() as waiting:
        press(page, "Enter")
    with open(waiting.value.path(), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["incident"] for row in rows] == [incident]
    assert rows[0]["accepted_by"] == "mara"
    context.close()


def told_of(page: Any, desk: Served, word: str) -> bool:
    """Whether the inbox tells of it by now."""
    return word in page.request.get(f"{desk.base}/inbox.json").text()


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def move_to(page: Any, word: str) -> None:
    """Down a list with `j` until the item that was chosen holds a word."""
    for _ in range(page.locator("[data-item]").count()):
        press(page, "j")
        if word in page.locator("[data-item].chosen").first.inner_text():
            return
    raise AssertionError(f"no item of the list holds {word!r}: {page.locator('main').inner_text()[:2000]}")


def tab_to(page: Any, selector: str, text: str = "") -> None:
    """On with Tab until what has the focus is that."""
    for _ in range(_MOST_TABS):
        press(page, "Tab")
        if page.evaluate(
            "([one, words]) => document.activeElement.matches(one) && document.activeElement.innerText.includes(words)",
            [selector, text],
        ):
            return
    raise AssertionError(f"Tab does not lead to {selector} {text!r}")
