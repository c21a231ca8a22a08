"""What a page answers when it cannot do what was asked: a status and one line that says what to do."""

from typing import Any

from dateline.errors import DatelineError, InputError, LedgerLocked


class Problem(DatelineError):
    """Base of what is answered instead of a page.

    Args:
        said: one line: what is wrong and what to do.
        facts: what else a reader of the page or of its JSON needs to know.
        headers: of the answer.
    """

    status = 400
    title = "That cannot be done"

    def __init__(self, said: str, facts: dict[str, Any] | None = None, headers: dict[str, str] | None = None) -> None:
        super().__init__(said)
        self.facts = facts or {}
        self.headers = headers or {}


class BadRequest(Problem):
    status, title = 400, "That was not understood"


class NotSignedIn(Problem):
    status, title = 401, "Sign in first"


class NotAllowed(Problem):
    status, title = 403, "That is not open to you"


class NotFound(Problem):
    status, title = 404, "There is no such page"


class Stale(Problem):
    """Somebody else changed the item since the page was made; nothing was written."""

    status, title = 409, "Somebody was faster"


class TooLarge(Problem):
    status, title = 413, "That is too large"


class TooOften(Problem):
    status, title = 429, "Too many tries"


class Busy(Problem):
    status, title = 503, "The ledger is busy"


class Broken(Problem):
    status, title = 500, "Something went wrong here"


def problem_of(error: Exception) -> Problem:
    """What is answered to an error that no page caught."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, InputError):
        return BadRequest(str(error))
    if isinstance(error, LedgerLocked):
        return Busy(str(error), headers={"Retry-After": "5"})
    if isinstance(error, DatelineError):
        return Broken(str(error))
    return Broken("The desk could not make this page; its log tells why. What was kept before is safe.")
