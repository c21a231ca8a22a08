"""The claims of a ledger, many at a time: what `dateline claims` and `dateline failures` print for people."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from rich.text import Text

from dateline.ledger import StoredClaim, StoredFailure
from dateline.show import phrasing, rows
from dateline.show.layout import GUTTER, column_widths, hanging, row, styled

# Claims laid out together, under one line of headings: enough to fill a screen, few enough for any ledger.
_AT_A_TIME = 200
_ID = 8  # characters of an id; more only where that many do not tell two claims apart


def claims_page(found: Iterable[StoredClaim], *, width: int, quotes: bool = False) -> Iterator[Text]:
    """The lines of a list of claims: a table where it fits, else blocks; at the end how many there are."""
    left, total = iter(found), 0
    while batch := list(islice(left, _AT_A_TIME)):
        if total:
            yield Text()
        yield from (_table if width >= rows.TABLE_FROM else _blocks)(batch, width, quotes)
        total += len(batch)
    if total:
        yield Text()
    yield styled(phrasing.count(total, "claim") if total else "no claim fits", rows.QUIET)


def short_ids(found: Sequence[StoredClaim]) -> list[str]:
    """For each claim the start of its id, as long as it takes to tell it from the others; after its report's id where
    two reports' claims share one."""
    shared = Counter(each.claim.id for each in found)
    ids = list(shared)
    return [
        f"{each.report_id[:_ID]}/{each.claim.id}" if shared[each.claim.id] > 1 else shortest(each.claim.id, ids)
        for each in found
    ]


def shortest(wanted: str, ids: Sequence[str]) -> str:
    """The start of an id, as long as it takes to tell it from the others."""
    alike = [other for other in ids if other != wanted and other.startswith(wanted[:_ID])]
    length = _ID
    while any(other.startswith(wanted[:length]) for other in alike) and length < len(wanted):
        length += 1
    return wanted[:length]


def _table(batch: Sequence[StoredClaim], width: int, quotes: bool) -> Iterator[Text]:
    body = [_cells(short, each) for short, each in zip(short_ids(batch), batch, strict=True)]
    head = [styled(name, rows.QUIET) for name in ("claim", *rows.COLUMNS)]
    widths = column_widths([head, *body], width)
    yield from row(head, widths)
    for each, cells in zip(batch, body, strict=True):
        yield Text()
        yield from row(cells, widths)
        if quotes:
            yield from rows.quote(each.claim, width, widths[0] + GUTTER)


def _cells(short: str, each: StoredClaim) -> tuple[Text, ...]:
    what, who, where, when, how_many, _, surely = rows.cells(each.claim)
    return styled(short, rows.QUIET), what, who, where, when, how_many, Text(says(each)), surely


def says(each: StoredClaim) -> str:
    """Who says so, the publisher outermost: "Harrow Gazette 2021-03-04 ← interior ministry"."""
    publisher = phrasing.clean(each.publisher or each.given_id)
    day = f" {each.published.isoformat()}" if each.published else ""
    chain = [phrasing.source(link) for link in each.claim.attribution]
    return f" ←{phrasing.GLUE}".join([f"{publisher}{day}", *chain])


def _blocks(batch: Sequence[StoredClaim], width: int, quotes: bool) -> Iterator[Text]:
    shorts = short_ids(batch)
    indent = max(map(len, shorts)) + GUTTER if max(map(len, shorts)) <= _ID else GUTTER
    for number, (short, each) in enumerate(zip(shorts, batch, strict=True)):
        if number:
            yield Text()
        lines = rows.block(each.claim, width - indent, says=says(each))
        if indent == GUTTER:  # long ids get a line of their own rather than a wide margin
            yield styled(short, rows.QUIET)
        for at, line in enumerate(lines):
            label = styled(short if at == 0 and indent > GUTTER else "", rows.QUIET)
            label.pad_right(indent - label.cell_len)
            yield label + line
        if quotes:
            yield from rows.quote(each.claim, width, indent)


def failures_page(found: Iterable[StoredFailure], *, width: int) -> Iterator[Text]:
    """Each failure: where, at what stage and when; under it what was wrong."""
    total = 0
    for each in found:
        total += 1
        head = styled(phrasing.clean(each.origin), rows.STRONG).append(f" · {each.stage} · {each.added_at}", rows.QUIET)
        yield from hanging(Text(), head, width, 0)
        yield from hanging(Text("  "), Text(phrasing.clean(each.message)), width, GUTTER)
    yield styled(phrasing.count(total, "failure"), rows.QUIET)
