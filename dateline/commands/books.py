"""Opening the incidents of a ledger: brought up to date first, with progress where that takes long."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from dateline.commands.output import open_ledger

if TYPE_CHECKING:
    from dateline.incidents.book import Book
    from dateline.ledger import Ledger


def book_of(ledger: "Ledger", told: Callable[[str, int, int], None], *, as_of: date | None = None) -> "Book":
    """The book of a ledger by the policy, and with the processes, that the settings name; `told` as by `stages`."""
    from dateline.incidents.book import Book
    from dateline.incidents.policies import policy
    from dateline.settings import from_environment

    settings = from_environment()
    return Book(
        ledger,
        policy(settings.policy),
        as_of=as_of,
        workers=settings.workers,
        told=lambda what, done: told(what, done, 0),
    )


@contextmanager
def open_book(path: str | None, *, as_of: date | None = None) -> Iterator["Book"]:
    """The book of a ledger, brought up to date; nothing is said where nothing has changed."""
    with open_ledger(path) as ledger, caught_up(ledger, as_of=as_of) as book:
        yield book


@contextmanager
def caught_up(ledger: "Ledger", *, as_of: date | None = None) -> Iterator["Book"]:
    """The same for a ledger that is open; progress ends before anything is printed."""
    from dateline.show.progress import stages

    with stages("incidents") as tell:
        book = book_of(ledger, tell, as_of=as_of)
        try:
            book.catch_up()
        except BaseException:
            book.close()
            raise
    with book:
        yield book
