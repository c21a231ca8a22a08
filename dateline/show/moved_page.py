"""What another policy moves: what `dateline policy compare` prints; and the policies themselves."""

from collections.abc import Iterator, Mapping, Sequence

from rich.text import Text

from dateline.incidents.policies import Policy
from dateline.incidents.policy_moves import Move, Total
from dateline.incidents.sentence import headline
from dateline.incidents.types import Estimate, Incident
from dateline.show import incident_rows, phrasing, rows
from dateline.show.incident_rows import SHORT
from dateline.show.layout import GUTTER, column_widths, hanging, row, styled, wrap
from dateline.show.phrasing import GLUE, clean
from dateline.show.rows import QUIET, STRONG

_WIDE = 16  # cells of a policy's key


def moved_page(
    found: Sequence[Move],
    incidents: Mapping[str, Incident],
    totals: Sequence[Total],
    names: tuple[str, str],
    *,
    width: int,
) -> Iterator[Text]:
    """The figures that two policies choose differently, side by side with the rule of each; then the sums of best."""
    shown = [(each, clean(headline(incidents[each.incident]))) for each in found]
    if shown:
        yield from (_table if width >= rows.TABLE_FROM else _blocks)(shown, names, width)
        yield Text()
    yield from _sums(totals, len(found), names, width)


def _table(found: Sequence[tuple[Move, str]], names: tuple[str, str], width: int) -> Iterator[Text]:
    head = [styled(name, QUIET) for name in ("incident", "what", "figure", *map(clean, names))]
    body = [
        (
            styled(each.incident[:SHORT], QUIET),
            Text(what),
            Text(each.measure),
            _chosen(each.before),
            _chosen(each.after),
        )
        for each, what in found
    ]
    widths = column_widths([head, *body], width)
    yield from row(head, widths)
    for cells in body:
        yield Text()
        yield from row(cells, widths)


def _chosen(estimate: Estimate | None, between: str = "\n") -> Text:
    """The three numbers and the rule, without the policy's name, which stands beside it."""
    if estimate is None:
        return styled("none", QUIET)
    rule = clean(estimate.rule.partition(": ")[2] or estimate.rule)
    return styled(incident_rows.three(estimate), STRONG).append(f"{between}{rule}", QUIET)


def _blocks(found: Sequence[tuple[Move, str]], names: tuple[str, str], width: int) -> Iterator[Text]:
    indent = SHORT + GUTTER
    wide = max(map(len, names)) + GUTTER
    for number, (each, what) in enumerate(found):
        if number:
            yield Text()
        yield from hanging(styled(each.incident[:SHORT], QUIET), Text(f"{what}: {each.measure}"), width, indent)
        for name, estimate in zip(names, (each.before, each.after), strict=True):
            label = styled(f"{' ' * indent}{clean(name)}", QUIET)
            yield from hanging(label, _chosen(estimate, "  "), width, indent + wide)


def _sums(totals: Sequence[Total], moved: int, names: tuple[str, str], width: int) -> Iterator[Text]:
    first, second = map(clean, names)
    if not moved:
        yield from wrap(styled(f"no figure differs between {first} and {second}", QUIET), width)
    for each in totals:
        if each.moved:
            sums = f"{first}{GLUE}{phrasing.number(each.before)}, {second}{GLUE}{phrasing.number(each.after)}"
            of = f" ({each.moved:,} of {phrasing.count(each.incidents, 'incident')})"
            yield from hanging(Text(), Text(f"{each.measure}, best added up: {sums}").append(of, QUIET), width, 0)


def policies_page(found: Sequence[Policy], *, width: int) -> Iterator[Text]:
    """Every policy by name, with what it is."""
    wide = max(len(each.name) for each in found) + GUTTER
    for each in found:
        yield from hanging(styled(clean(each.name), STRONG), Text(clean(each.title)), width, wide)


def policy_page(policy: Policy, *, width: int) -> Iterator[Text]:
    """One policy: what it is, where it comes from, and each of its rules by key."""
    yield from hanging(Text(), styled(clean(policy.title or policy.name), STRONG), width, 0)
    yield Text()
    for key, value in _rules(policy):
        yield from hanging(styled(f"  {key}", QUIET), Text(value), width, _WIDE + GUTTER)


def _rules(policy: Policy) -> Iterator[tuple[str, str]]:
    yield "best", f"{policy.best.replace('_', ' ')}: {_BEST[policy.best]}"
    yield "support", f"{phrasing.count(policy.support, 'origin')} must give a figure for it to count for low and high"
    yield "outdated", _OUTDATED[policy.outdated]
    yield "trust", ", ".join(kind.replace("_", " ") for kind in policy.trust)
    if policy.trusted_only:
        yield "trusted only", "best is chosen among the figures of the most trusted kind alone"
    yield "party own", f"a party's figure of its own dead {_COUNTS[policy.party_own]}"
    yield "party other", f"a party's figure of the dead of others {_COUNTS[policy.party_other]}"
    window = "no end" if policy.window is None else f"{phrasing.count(policy.window, 'day')} after the incident"
    yield "window", f"{window}: a toll told later is of something else" if policy.window is not None else window
    yield "source", clean(policy.source)
    yield "licence", clean(policy.licence)


_BEST = {
    "most_supported": "the figure that most independent origins give; in doubt the more trusted, then the lower one",
    "latest": "the figure that was told last",
    "lowest": "the lowest figure that stands",
    "highest": "the highest figure that stands",
    "median": "the middle one of the figures that stand",
}
_OUTDATED = {
    "aside": "a figure has no say once others tell only higher ones on later days",
    "counts": "a figure keeps its say, however many tell higher ones later",
}
_COUNTS = {
    "counts": "counts like any other",
    "alone": "counts where nobody else gives one",
    "never": "never counts",
}
