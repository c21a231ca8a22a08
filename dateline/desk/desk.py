"""One open desk: the ledger, the incidents made from it, what belongs to the desk alone, and who keeps them current."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from msgspec import Struct
from sqlalchemy import text

from dateline.desk.jobs import Jobs
from dateline.desk.keeper import LOOK_EVERY_S, Keeper
from dateline.desk.names import Names
from dateline.desk.news import News
from dateline.desk.people import People
from dateline.desk.store import Store, store_path
from dateline.desk.word_file import WordFile, words_path
from dateline.incidents.book import Book
from dateline.incidents.policies import Policy, policy
from dateline.incidents.reconcile import Changed
from dateline.incidents.shelf import Shelf
from dateline.ledger import Ledger

_INDEXING_S = 2.0  # at a look; who decides meanwhile waits for the next one


class Lag(Struct, frozen=True, kw_only=True):
    """How far the incidents are behind the ledger: reports not yet set side by side, decisions not yet obeyed.

    `looked` is False until the keeper has looked once: then nobody knows how many these are.
    """

    reports: int = 0
    decisions: int = 0
    looked: bool = True
    trouble: str = ""

    @property
    def any(self) -> bool:
        return bool(self.reports or self.decisions or self.trouble or not self.looked)


class Desk:
    """Open it once for a server; its parts may be used from several threads. Use it in a `with`, or close it.

    Args:
        path: of the ledger, which must exist.
        rule: the policy by which figures are chosen.
        user: who decides where nobody signs in.
        sign_in: whether people sign in; without it everybody who comes is `user`, an admin.
        keep: start the thread that brings incidents up to date.
        look_every_s: how often that thread looks for what others added.
    """

    def __init__(
        self,
        path: Path,
        *,
        rule: Policy | None = None,
        user: str = "",
        sign_in: bool = False,
        workers: int = 1,
        keep: bool = True,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        self.path = path
        self.policy = rule or policy()
        self.user = user
        self.sign_in = sign_in
        self.ledger = Ledger(path, create=False)
        self.store = Store(store_path(path))
        self.people = People(self.store)
        self.news = News(self.policy)
        self.names = Names(path)
        self.jobs = Jobs(path)
        self.words = WordFile(words_path(path))
        # A decision is checked against what its page showed, and kept, with nobody in between.
        self.deciding = threading.Lock()
        self.keeper = Keeper(path, self.policy, workers=workers, every_s=look_every_s, done=self._done)
        if keep:
            self.keeper.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.keeper.stop()
        self.names.stop()
        self.jobs.close()
        self.store.close()
        self.ledger.close()

    def _done(self, ledger: Ledger, changed: Changed) -> None:
        """After each look of the keeper's thread: what the overview tells, the names, and the words to search."""
        self.news.look(ledger, changed)
        self.names.look(ledger)
        if not self.words.catch_up(ledger, _INDEXING_S):
            self.keeper.wake()

    @contextmanager
    def book(self) -> Iterator[Book]:
        """The incidents as they were set side by side last; of one thread. Nothing is brought up to date here."""
        with Book(self.ledger, self.policy) as book:
            yield book

    @contextmanager
    def shelf(self) -> Iterator[Shelf]:
        """The file that the incidents lie in, for pages that look through many of them."""
        shelf = Shelf(self.path.with_name(self.path.name + ".incidents"))
        try:
            yield shelf
        finally:
            shelf.close()

    def lag(self) -> Lag:
        """How far the incidents are behind: found by places in the chain, so that it costs little on a large ledger."""
        upto = self.keeper.upto
        if upto is None:
            return Lag(looked=False, trouble=self.keeper.trouble)
        with self.ledger.reading() as connection:
            reports = connection.execute(_REPORTS, {"upto": upto}).scalar_one()
            decisions = connection.execute(_DECISIONS, {"upto": upto}).scalar_one()
        return Lag(reports=reports, decisions=decisions, trouble=self.keeper.trouble)


# Reports, not readings: a report that was read twice since is one.
_REPORTS = text("SELECT count(DISTINCT report) FROM readings WHERE seq > :upto")
_DECISIONS = text("SELECT count(*) FROM decisions WHERE seq > :upto")
