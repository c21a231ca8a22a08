"""What was read and what became of it; rows are added, never changed."""

from dateline.ledger.chain import Head
from dateline.ledger.decisions import Decision
from dateline.ledger.evidence import Attachment, State, StoredAttachment
from dateline.ledger.results import (
    Added,
    ChainPlace,
    ClaimQuery,
    Problem,
    ReadReport,
    StoredClaim,
    StoredDecision,
    StoredFailure,
    Summary,
    Verification,
)
from dateline.ledger.store import Ledger

__all__ = [
    "Added",
    "Attachment",
    "ChainPlace",
    "ClaimQuery",
    "Decision",
    "Head",
    "Ledger",
    "Problem",
    "ReadReport",
    "State",
    "StoredAttachment",
    "StoredClaim",
    "StoredDecision",
    "StoredFailure",
    "Summary",
    "Verification",
]
