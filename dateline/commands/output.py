"""How a command prints, complains and leaves; and how it opens the ledger."""

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.text import Text

    from dateline.ledger import Ledger

FAILED, INTERRUPTED = 1, 130


def print_page(page: Callable[[int], Iterable["Text"]], width: int | None, colour: bool) -> None:
    from dateline.show.terminal import put, terminal

    console = terminal(width=width, colour=colour)
    put(console, page(console.width))


def print_json(values: Iterable[Any]) -> None:
    import msgspec

    for value in values:
        click.echo(msgspec.json.encode(value))


def open_ledger(path: str | None, *, create: bool = False) -> "Ledger":
    from dateline.ledger import Ledger
    from dateline.settings import from_environment

    return Ledger(path or from_environment().ledger, create=create)


def complain(line: str) -> None:
    from dateline.show.phrasing import clean

    click.echo(f"dateline: {clean(line)}", err=True)


def leave(failed: int) -> None:
    if failed:
        sys.exit(FAILED)
