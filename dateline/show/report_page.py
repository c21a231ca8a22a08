"""One record for people: what `dateline read` prints.

From the top: headline, publisher and date, warnings; a row a claim; then evidence, checks, what was left out and what
stayed unknown, each with its reason.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct
from rich.text import Text

from dateline.record import Record, Unknown
from dateline.show import phrasing, rows
from dateline.show.layout import GUTTER, column_widths, hanging, row, styled, used_columns, wrap

_MARGIN = 2  # cells; what belongs to a heading stands this far in


class Detail(Struct, frozen=True, kw_only=True):
    """What to print beyond the claims: their quotes; every unknown, not only how many there are."""

    quotes: bool = False
    unknown: bool = False


def report_page(record: Record, *, width: int, detail: Detail = Detail()) -> list[Text]:  # noqa: B008 (frozen)
    """The lines of a record, at most `width` cells each."""
    parts = (
        _head(record, width),
        _claims(record, width, detail),
        _evidence(record, width),
        _checks(record, width),
        _left_out(record, width),
        _unknown(record, width, detail),
    )
    return _spaced([part for part in parts if part])


def rule(width: int) -> Text:
    """What stands between two records."""
    return styled("─" * width, rows.QUIET)


def _spaced(parts: Sequence[Sequence[Text]]) -> list[Text]:
    """The parts with an empty line between them."""
    made: list[Text] = []
    for part in parts:
        made += [Text(), *part] if made else part
    return made


def _head(record: Record, width: int) -> list[Text]:
    lines = wrap(styled(phrasing.headline(record.report), rows.STRONG), width)
    lines += wrap(styled(f"{phrasing.head(record.report)} · {phrasing.size(record)}", rows.QUIET), width)
    if record.report.url:
        lines += wrap(styled(phrasing.clean(record.report.url), rows.QUIET), width)
    for warning in record.warnings:
        lines += hanging(styled("Warning: ", rows.DOUBT), Text(phrasing.clean(warning)), width, len("Warning: "))
    return lines


def _claims(record: Record, width: int, detail: Detail) -> list[Text]:
    if not record.claims:
        return []
    return list(_table(record, width, detail) if width >= rows.TABLE_FROM else _blocks(record, width, detail))


def _table(record: Record, width: int, detail: Detail) -> Iterator[Text]:
    body = [rows.cells(claim) for claim in record.claims]
    used = used_columns(body)
    head = [styled(rows.COLUMNS[at], rows.QUIET) for at in used]
    body = [tuple(cells[at] for at in used) for cells in body]
    indent = len(str(len(body))) + GUTTER
    widths = [indent - GUTTER, *column_widths([head, *body], width - indent)]
    yield from row([Text(), *head], widths)
    for number, claim, cells in zip(rows.numbered(len(body)), record.claims, body, strict=True):
        yield Text()
        yield from row([number, *cells], widths)
        if detail.quotes:
            yield from rows.quote(claim, width, indent)


def _blocks(record: Record, width: int, detail: Detail) -> Iterator[Text]:
    indent = len(str(len(record.claims))) + GUTTER
    for number, claim in zip(rows.numbered(len(record.claims)), record.claims, strict=True):
        if claim is not record.claims[0]:
            yield Text()
        number.pad_right(GUTTER)
        for at, line in enumerate(rows.block(claim, width - indent)):
            yield (number if at == 0 else Text(" " * indent)) + line
        if detail.quotes:
            yield from rows.quote(claim, width, indent)


def _evidence(record: Record, width: int) -> list[Text]:
    numbers = {claim.id: at for at, claim in enumerate(record.claims, 1)}
    said = [Text(f"{part.kind}: ").append(phrasing.evidence(part, numbers)) for part in record.evidence]
    return _section("Evidence", said, width)


def _checks(record: Record, width: int) -> list[Text]:
    return _section("Checks", [_check(phrasing.check(part), part.verdict) for part in record.checks], width)


def _check(said: str, verdict: str) -> Text:
    return styled(said, rows.PROBLEM if verdict == "inconsistent" else "")


def _left_out(record: Record, width: int) -> list[Text]:
    said = [
        Text(f"{phrasing.clean(part.reason)}: {phrasing.opening(record.report.words_at(part.span, part.where))}")
        for part in record.left_out
    ]
    return _section("Left out", said, width)


def _unknown(record: Record, width: int, detail: Detail) -> list[Text]:
    """By stage and reason, how many; or each with its words."""
    if detail.unknown:
        said = [Text(f"{part.stage}: {_words(record, part)}{phrasing.clean(part.reason)}") for part in record.unknown]
        return _section("Unknown", said, width)
    stages = Counter(part.stage for part in record.unknown)
    if not stages:
        return []
    counts = ", ".join(f"{phrasing.clean(stage)} {number:,}" for stage, number in stages.most_common())
    return hanging(styled("Unknown  ", rows.STRONG), Text(f"{counts} (listed with --unknown)"), width, len("Unknown  "))


def _words(record: Record, part: Unknown) -> str:
    return f"{phrasing.opening(record.report.words_at(part.span, part.where))}, " if part.span else ""


def _section(title: str, said: Sequence[Text], width: int) -> list[Text]:
    if not said:
        return []
    made = [styled(title, rows.STRONG)]
    for text in said:
        lines = hanging(Text(" " * _MARGIN), text, width - _MARGIN, _MARGIN)
        made += [lines[0], *(Text(" " * _MARGIN) + line for line in lines[1:])]
    return made
