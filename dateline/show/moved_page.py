"""What another policy moves: what `dateline policy compare` prints; and the policies themselves."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from dateline.incidents.moved import Moved, Total
from dateline.incidents.policies import Policy
from dateline.incidents.sentence import headline
from dateline.incidents.types import Estimate
from dateline.show import incident_rows, phrasing, rows
from dateline.show.incident_rows import SHORT
from dateline.show.layout import GUTTER, column_widths, hanging, row, styled, wrap
from dateline.show.phrasing import GLUE, clean
from dateline.show.rows import QUIET, STRONG

_WIDE = 16  # cells of a policy's key


def moved_page(
    found: Sequence[Moved], totals: Sequence[Total], names: tuple[str, str], *, width: int
) -> Iterator[Text]:
    """The figures that two policies choose differently, side by side with the rule of each; then the sums of best."""
    if found:
        yield from (_table if width >= rows.TABLE_FROM else _blocks)(found, names, width)
        yield Text()
    yield from _sums(totals, names, width)


def _table(found: Sequence[Moved], names: tuple[str, str], width: int) -> Iterator[Text]:
    head = [styled(name, QUIET) for name in ("incident", "what", "figure", *map(clean, names))]
    body = [
        (
            styled(each.incident.id[:SHORT], QUIET),
            Text(clean(headline(each.incident))),
            Text(each.measure),
            _chosen(each.a),
            _chosen(each.b),
        )
        for each in found
    ]
    widths = column_widths([head, *body], width)
    yield from row(head, widths)
    for cells in body:
        yield Text()
        yield from row(cells, widths)


def _chosen(estimate: Estimate) -> Text:
    return styled(incident_rows.three(estimate), STRONG).append(f"\n{_rule(estimate)}", QUIET)


def _rule(estimate: Estimate) -> str:
    """The rule without the policy's name, which stands beside it."""
    return clean(estimate.rule.partition(": ")[2] or estimate.rule)


def _blocks(found: Sequence[Moved], names: tuple[str, str], width: int) -> Iterator[Text]:
    wide = max(map(len, names)) + GUTTER
    indent = SHORT + GUTTER
    for number, each in enumerate(found):
        if number:
            yield Text()
        label = styled(each.incident.id[:SHORT], QUIET)
        yield from hanging(label, Text(clean(f"{headline(each.incident)}: {each.measure}")), width, indent)
        for name, estimate in zip(names, (each.a, each.b), strict=True):
            body = styled(incident_rows.three(estimate), STRONG).append(f"  {_rule(estimate)}", QUIET)
            yield from hanging(styled(f"{' ' * indent}{clean(name)}", QUIET), body, width, indent + wide)


def _sums(totals: Sequence[Total], names: tuple[str, str], width: int) -> Iterator[Text]:
    moved = sum(each.moved for each in totals)
    for each in totals:
        if each.moved:
            first, second = phrasing.number(each.a), phrasing.number(each.b)
            said = f"{each.measure}, best added up: {clean(names[0])}{GLUE}{first}, {clean(names[1])}{GLUE}{second}"
            of = f" ({each.moved:,} of {phrasing.count(each.incidents, 'incident')})"
            yield from hanging(Text(), Text(said).append(of, QUIET), width, 0)
    if not moved:
        yield from wrap(styled(f"no figure differs between {clean(names[0])} and {clean(names[1])}", QUIET), width)


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
    "most_supported": "the figure that most independent origins give; in doubt the more trusted, then the later one",
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
