"""Opening the incidents of a ledger: brought up to date first, with progress where that takes long."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from dateline.commands.output import open_ledger

if TYPE_CHECKING:
    from dateline.incidents.book import Book
    from dateline.incidents.policies import Policy
    from dateline.ledger import Ledger


def policy_set() -> "Policy":
    """The policy that the settings name."""
    from dateline.incidents.policies import policy
    from dateline.settings import from_environment

    return policy(from_environment().policy)


@contextmanager
def open_book(path: str | None, *, policy: "Policy | None" = None, as_of: date | None = None) -> Iterator["Book"]:
    """The book of a ledger, brought up to date; nothing is said where nothing has changed."""
    with open_ledger(path) as ledger, caught_up(ledger, policy=policy, as_of=as_of) as book:
        yield book


@contextmanager
def caught_up(
    ledger: "Ledger", *, policy: "Policy | None" = None, as_of: date | None = None
) -> Iterator["Book"]:  # fmt: skip
    from dateline.incidents.book import Book
    from dateline.show.progress import stages

    with stages("incidents") as tell:
        book = Book(ledger, policy or policy_set(), as_of=as_of, told=lambda what, done: tell(what, done, 0))
        try:
            book.catch_up()
        except BaseException:
            book.close()
            raise
    with book:
        yield book
