"""A real browser over a served desk. Where this machine has no Chromium, these tests are skipped."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.served import SOME, Made, Served, chromium, served

Browser = Any


@pytest.fixture(scope="session")
def executable() -> str:
    found = chromium()
    if found is None:
        pytest.skip("no chromium, chromium-browser or google-chrome on this machine")
    return found


@pytest.fixture(scope="module")
def desk(executable: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Some reports of the invented week, and something on every page. Decisions of one test are seen by the next."""
    made = Made(Path(tmp_path_factory.mktemp("browser")))
    made.add(SOME)
    with served(made) as on:
        yield on


@pytest.fixture(scope="module")
def browser(executable: str) -> Iterator[Browser]:
    """For one module: as long as Playwright runs, no other test could use an event loop in this thread."""
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield launched
        launched.close()
