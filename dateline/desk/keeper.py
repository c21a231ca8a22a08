"""Brings the incidents up to date with the ledger, apart from all pages: after a write, and by a look now and then.

A page shows what was set side by side last, and says how many reports are not yet. Nothing is lost where the keeper is
stopped: all that it makes is made from the ledger, and made again.
"""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from dateline.errors import DatelineError
from dateline.incidents.book import Book
from dateline.incidents.policies import Policy
from dateline.incidents.reconcile import Changed
from dateline.incidents.shelf import Shelf
from dateline.ledger import Ledger

LOOK_EVERY_S = 20.0
_log = logging.getLogger("dateline.desk")


class Keeper:
    """One thread. `start` it, `wake` it after a write, `stop` it in the end.

    Args:
        path: of the ledger; the thread opens its own.
        done: called in the thread after the incidents were brought up to date, with what changed.
    """

    def __init__(
        self,
        path: Path,
        policy: Policy,
        *,
        workers: int = 1,
        every_s: float = LOOK_EVERY_S,
        done: Callable[[Ledger, Changed], None] = lambda ledger, changed: None,
    ) -> None:
        self._path, self._policy, self._workers, self._every_s, self._done = path, policy, workers, every_s, done
        self._woken = threading.Event()
        self._stopped = threading.Event()
        self._turn = threading.Condition()
        self._asked = 0  # how often it was woken
        self._answered = 0  # up to which of these it has looked
        self._thread: threading.Thread | None = None
        self._rules: dict[str, str] = {}
        self.upto: int | None = (
            None  # place in the chain up to which the incidents hold all; None before the first look
        )
        self.trouble = ""  # what went wrong last, in one line; empty where all is well

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop after what is under way; no longer than a few seconds are waited for it."""
        self._stopped.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def wake(self) -> int:
        """Ask it to look soon; what is returned can be waited for."""
        with self._turn:
            self._asked += 1
            asked = self._asked
        self._woken.set()
        return asked

    def wait(self, asked: int, seconds: float) -> bool:
        """Wait until it has looked after `wake` returned `asked`; False where that takes longer.

        Where it was never started, whoever waits looks.
        """
        if self._thread is None:
            self.look()
        until = time.monotonic() + seconds
        with self._turn:
            while self._answered < asked:
                left = until - time.monotonic()
                if left <= 0 or not self._turn.wait(left):
                    return self._answered >= asked
        return True

    def look(self) -> None:
        """Bring the incidents up to date now, in this thread."""
        with self._turn:
            asked = self._asked
        try:
            with Ledger(self._path, create=False) as ledger:
                self._done(ledger, self._brought_up_to_date(ledger))
            self.trouble = ""
        except DatelineError as error:
            self.trouble = str(error)
            _log.warning("incidents were not brought up to date: %s", error)
        except Exception:
            self.trouble = "incidents were not brought up to date; the desk's log tells why"
            _log.exception("incidents were not brought up to date")
        with self._turn:
            self._answered = max(self._answered, asked)
            self._turn.notify_all()

    def _brought_up_to_date(self, ledger: Ledger) -> Changed:
        """Nothing is asked of a large ledger that ends where it did, and whose incidents nobody made by other rules."""
        upto = ledger.head().seq
        if upto == self.upto and self._rules == self._kept_rules():
            return Changed()
        with Book(ledger, self._policy, workers=self._workers) as book:
            changed = book.catch_up()
        self.upto, self._rules = upto, self._kept_rules()
        return changed

    def _kept_rules(self) -> dict[str, str]:
        """By what the incidents were made last, by this program or another."""
        shelf = Shelf(self._path.with_name(self._path.name + ".incidents"))
        try:
            with shelf.reading() as connection:
                return {row[0]: row[1] for row in connection.exec_driver_sql("SELECT name, value FROM meta")}
        finally:
            shelf.close()

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._woken.clear()
            self.look()
            self._woken.wait(self._every_s)
