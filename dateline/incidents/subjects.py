"""What a decision is about: an incident or a claim by its id, as the claims that it stands for."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dateline.errors import InputError, LedgerError
from dateline.incidents.types import Incident
from dateline.ledger import StoredDecision

if TYPE_CHECKING:
    from dateline.incidents.book import Book


def claims_of(book: "Book", words: Iterable[str]) -> tuple[str, ...]:
    """The keys of all claims that the words name, each once: of an incident those that it holds now.

    Raises:
        LedgerError: a word names nothing, or more than one thing.
    """
    return tuple(dict.fromkeys(key for word in words for key in _claims_of(book, word)))


def _claims_of(book: "Book", word: str) -> tuple[str, ...]:
    incident = incident_called(book, word)
    return incident.claims if incident else (book.ledger.claim(word).key,)


def incident_called(book: "Book", word: str) -> Incident | None:
    """The incident whose own id begins so; None where a claim's does.

    Raises:
        LedgerError: neither does, or more than one incident's.
    """
    try:
        found = book.incident(word)
    except LedgerError:
        if _is_claim(book, word):
            return None
        raise
    return found if found.id.startswith(word.strip()) else None


def incidents_with(book: "Book", keys: Iterable[str]) -> list[Incident]:
    """The incidents that hold the claims now, each once; claims of no incident are passed over."""
    found: list[Incident] = []
    seen: set[str] = set()
    for key in sorted(keys):
        if key not in seen:
            try:
                found.append(book.incident(key))
            except LedgerError:  # a state, or a claim that a later reading of its report no longer has
                continue
            seen.update(found[-1].claims)
    return found


def _is_claim(book: "Book", word: str) -> bool:
    try:
        book.ledger.claim(word)
    except LedgerError:
        return False
    return True


def rest_of(incident: Incident, parted: Iterable[str]) -> tuple[str, ...]:
    """The claims of an incident beside those that are to be parted from it.

    Raises:
        InputError: one of them is not of the incident, or none would be left.
    """
    apart = set(parted)
    if strangers := sorted(apart - set(incident.claims)):
        raise InputError(f"claim {strangers[0]} is not of incident {incident.id}; `dateline why` lists its claims")
    rest = tuple(key for key in incident.claims if key not in apart)
    if not rest:
        raise InputError(f"these are all the claims of incident {incident.id}; name those that are of another one")
    return rest


def decision_called(decisions: Iterable[StoredDecision], word: str) -> StoredDecision:
    """The decision whose id begins so.

    Raises:
        LedgerError: there is none, or more than one.
    """
    found = [each for each in decisions if word.strip() and each.id.startswith(word.strip())]
    if len(found) == 1:
        return found[0]
    if not found:
        raise LedgerError(f"no decision {word!r}; `dateline decisions` lists them with their ids")
    raise LedgerError(f"{len(found)} decisions begin with {word!r}; give more of the id")
