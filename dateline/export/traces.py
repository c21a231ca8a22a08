"""No orphan number: each figure in an export leads back to a document's hash, a span and a quote.

A table whose columns are fixed by others has no room for that, so a second file lies beside it (`FILE.trace.csv`): a
row for each claim that a figure came from.
"""

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from dateline.export.cells import day_cell, number_cell, text_cell
from dateline.export.lookup import Lookup
from dateline.incidents.quotes import quote_of, words_of
from dateline.incidents.types import Estimate
from dateline.ledger import StoredClaim
from dateline.record import Part


class Trace(Struct, frozen=True, kw_only=True):
    """One claim behind one figure: of which row and column, the value there, and the claim with the words of it.

    `figure` is what tells the number, where the claim or its report's toll does, and `quote` the sentence that it
    stands in.
    """

    row: str
    column: str
    value: float
    claim: StoredClaim
    quote: Part
    figure: Part | None


def of_estimate(row: str, estimate: Estimate, lookup: Lookup, columns: tuple[str, str, str]) -> Iterator[Trace]:
    """The claims behind an estimate's low, best and high, under the names that these columns have."""
    ends = (
        (columns[0], estimate.low, estimate.low_from),
        (columns[1], estimate.best, estimate.best_from),
        (columns[2], estimate.high, estimate.high_from),
    )
    for column, value, keys in ends:
        if value is not None:
            yield from of_claims(row, column, value, estimate, keys, lookup)


def of_claims(
    row: str, column: str, value: float, estimate: Estimate, keys: Iterable[str], lookup: Lookup
) -> Iterator[Trace]:
    """The claims that one number came from."""
    for claim in lookup.claims(keys):
        yield Trace(
            row=row, column=column, value=value, claim=claim,
            quote=quote_of(estimate, claim, value), figure=words_of(estimate, claim, value),
        )  # fmt: skip


_TRACE_COLUMNS: tuple[tuple[str, Callable[[Trace], str]], ...] = (
    ("row", lambda t: text_cell(t.row)),
    ("column", lambda t: t.column),
    ("value", lambda t: number_cell(t.value)),
    ("claim", lambda t: text_cell(t.claim.key)),
    ("publisher", lambda t: text_cell(t.claim.publisher)),
    ("published", lambda t: day_cell(t.claim.published)),
    ("title", lambda t: text_cell(t.claim.title)),
    ("url", lambda t: text_cell(t.claim.url)),
    ("text_sha256", lambda t: t.claim.text_sha256),
    ("raw_sha256", lambda t: t.claim.raw_sha256),
    ("quote_in", lambda t: t.quote.where),
    ("quote_start", lambda t: number_cell(t.quote.span.start)),
    ("quote_end", lambda t: number_cell(t.quote.span.end)),
    ("quote", lambda t: text_cell(t.quote.text)),
    ("figure_start", lambda t: number_cell(t.figure.span.start) if t.figure else ""),
    ("figure_end", lambda t: number_cell(t.figure.span.end) if t.figure else ""),
    ("figure", lambda t: text_cell(t.figure.text) if t.figure else ""),
    ("seq", lambda t: number_cell(t.claim.chain.seq)),
    ("hash", lambda t: t.claim.chain.hash),
)
TRACE_HEADER = tuple(name for name, _ in _TRACE_COLUMNS)


def trace_row(trace: Trace) -> list[str]:
    return [cell(trace) for _, cell in _TRACE_COLUMNS]
