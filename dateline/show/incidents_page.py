"""The incidents of a ledger, many at a time: what `dateline incidents` prints for people."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from dateline.incidents.types import Incident
from dateline.show import incident_rows, phrasing, rows
from dateline.show.claims_page import shortest
from dateline.show.incident_rows import SHORT
from dateline.show.layout import GUTTER, column_widths, row, styled, used_columns, wrap

_AT_A_TIME = 200  # laid out together, under one line of headings


def incidents_page(found: Sequence[Incident], *, width: int) -> Iterator[Text]:
    """The lines of a list of incidents: a table where it fits, else blocks; at the end how many there are."""
    for start in range(0, len(found), _AT_A_TIME):
        if start:
            yield Text()
        batch = found[start : start + _AT_A_TIME]
        yield from (_table if width >= rows.TABLE_FROM else _blocks)(batch, width)
    if found:
        yield Text()
    yield from wrap(styled(_counted(found), rows.QUIET), width)


def _counted(found: Sequence[Incident]) -> str:
    if not found:
        return "no incident fits"
    reports = len({report for each in found for report in each.reports})
    said = f"{phrasing.count(len(found), 'incident')} from {phrasing.count(reports, 'report')}"
    disputed = sum(bool(each.contradictions) for each in found)
    return f"{said}; on {disputed:,} of them the claims disagree" if disputed else said


def short_ids(found: Sequence[Incident]) -> list[str]:
    ids = [each.id for each in found]
    return [shortest(id, ids) for id in ids]


def _table(batch: Sequence[Incident], width: int) -> Iterator[Text]:
    body = [
        (styled(short, rows.QUIET), *incident_rows.cells(each))
        for short, each in zip(short_ids(batch), batch, strict=True)
    ]
    used = used_columns(body)
    head = [styled(name, rows.QUIET) for name in ("incident", *incident_rows.COLUMNS)]
    chosen = [[cells[at] for at in used] for cells in (head, *body)]
    widths = column_widths(chosen, width)
    for number, cells in enumerate(chosen):
        if number:
            yield Text()
        yield from row(cells, widths)


def _blocks(batch: Sequence[Incident], width: int) -> Iterator[Text]:
    shorts = short_ids(batch)
    indent = max(SHORT, *map(len, shorts)) + GUTTER
    for number, (short, each) in enumerate(zip(shorts, batch, strict=True)):
        if number:
            yield Text()
        for at, line in enumerate(incident_rows.block(each, width - indent)):
            label = styled(short if at == 0 else "", rows.QUIET)
            label.pad_right(indent - label.cell_len)
            yield label + line
