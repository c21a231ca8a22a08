"""Takes the pictures of the desk in docs/desk again: `python -m tests.browser.pictures`, or of some pages, by name.

Every page, at 1400 and at 400 pixels, over the whole invented week; cut where a screen ends. It needs Chromium.
"""

import io
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpx2
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from dateline.desk import pages
from tests.browser.served import ROOT, Made, Served, chromium, everything, served

FOLDER = ROOT / "docs" / "desk"
SIZES = ((1400, 1000), (400, 900))
MOST_BYTES = 150_000
_COLOURS = 128


def main(wanted: Iterable[str]) -> None:
    executable = chromium()
    if executable is None:
        sys.exit("There is no chromium, chromium-browser or google-chrome on this machine.")
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = Made(Path(folder))
        made.add(everything())
        with served(made) as desk, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
            chosen = {**desk.addresses, **_telling(desk)}
            for name in wanted or sorted(page.name for page in pages.every_page() if not page.leads):
                for size in SIZES:
                    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
                    page = context.new_page()
                    page.goto(desk.base + chosen[name])
                    _take(page, FOLDER / f"{name}-{size[0]}.png")
                    context.close()
            browser.close()


def _telling(desk: Served) -> dict[str, str]:
    """Addresses that show more than the first ones found: the incident that most reports tell of, and what is in it."""
    with httpx2.Client(base_url=desk.base, timeout=60) as asked:
        found: list[dict[str, Any]] = asked.get("/incidents.json?event=shelling").json()["incidents"]
        incident = max(found, key=lambda each: int(each["reports"]))
        exports: list[dict[str, Any]] = asked.get("/exports.json").json()["exports"]
        claims: list[dict[str, Any]] = asked.get(f"/incidents/{incident['id']}.json").json()["claims"]
    return {
        "incident": f"/incidents/{incident['id']}",
        "matches": f"/incidents/{incident['id']}/matches",
        "report": f"/reports/{claims[0]['report']}",
        "export": next(each["page"] for each in exports if each["kind"] == "export"),
        "search": "/search?q=market",
        "search_incidents": "/search/incidents?q=market",
        "search_reports": "/search/reports?q=market",
    }


def _take(page: Page, path: Path) -> None:
    for island in page.locator("[data-island]").all():
        island.wait_for(state="visible", timeout=60_000)
        page.wait_for_timeout(30_000)  # without a graphics card the map is drawn bit by bit
    taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    # A page has few colours, and nobody sees the difference.
    taken.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}: {size:,} bytes")
    assert size <= MOST_BYTES, f"{path} is too large to be kept"


if __name__ == "__main__":
    main(sys.argv[1:])
