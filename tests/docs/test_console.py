"""README and tutorial can be followed word for word: what they print is what the commands print."""

import re
from pathlib import Path

import pytest

from tests.docs.console import PAGES, plain, prepare, renewed, sessions


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_printed_sessions_are_true(page: Path, tmp_path: Path) -> None:
    prepare(tmp_path)
    text = page.read_text("utf-8")
    assert sessions(text) != [], "the page prints no session"
    assert plain(renewed(text, tmp_path)) == plain(text), f"run `python -m tests.docs.write` and look at {page.name}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_printed_command_is_a_mistake(page: Path) -> None:
    # A page written again prints whatever a command answers, a complaint about the command among it.
    assert not re.search(r"^(?:Usage:|Error:|Traceback|sh: )", page.read_text("utf-8"), re.M)


def test_a_wrong_output_is_found(tmp_path: Path) -> None:
    page = "```console\n$ dateline --version\nsomething else\n```\n"
    assert plain(renewed(page, tmp_path)) != plain(page)


def test_lines_left_out_stay_left_out(tmp_path: Path) -> None:
    page = "```console\n$ count\none\n…\nfour\n```\n"
    assert renewed(page, tmp_path, lambda command, folder: "one\ntwo\nthree\nfour") == page
