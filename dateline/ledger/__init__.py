"""What was read and what became of it; rows are added, never changed."""

from dateline.ledger.chain import Head
from dateline.ledger.results import (
    Added,
    ChainPlace,
    ClaimQuery,
    Problem,
    StoredClaim,
    StoredFailure,
    Summary,
    Verification,
)
from dateline.ledger.store import Ledger

__all__ = [
    "Added",
    "ChainPlace",
    "ClaimQuery",
    "Head",
    "Ledger",
    "Problem",
    "StoredClaim",
    "StoredFailure",
    "Summary",
    "Verification",
]
