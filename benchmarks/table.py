"""The results as tables for people, within 80 columns, with or without colour; and as one JSON object."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any

import msgspec
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from benchmarks.floors import State, Verdict
from benchmarks.measured import Breakdown, Classes, Figure, Outcome, Score
from dateline.show.layout import GUTTER, packed

_STYLES: dict[State, str] = {"under": "bold red", "gone": "bold red", "above": "green", "data changed": "yellow"}
_NONE = "–"
_FIELD_WIDTH = 5  # columns, of a score with three decimals


def print_tables(console: Console, outcomes: Sequence[Outcome], verdicts: Sequence[Verdict], *, by: bool) -> None:
    for title, body in _sections(outcomes, verdicts, by=by, width=console.width):
        console.print(Text(title, style="bold"))
        console.print(body)
        console.print()


def as_json(outcomes: Sequence[Outcome], verdicts: Sequence[Verdict], changed: dict[str, tuple[str, ...]]) -> str:
    whole: dict[str, Any] = {"outcomes": outcomes, "floors": verdicts, "changed": changed}
    return msgspec.json.format(msgspec.json.encode(whole), indent=2).decode()


def summary(
    outcomes: Sequence[Outcome],
    verdicts: Sequence[Verdict],
    changed: dict[str, tuple[str, ...]],
    *,
    pinned: bool,
) -> list[Text]:
    """What a reader must know, one line each; the worst first. `pinned`: the floors were raised to these scores."""
    if not any(outcome.measured or outcome.failed for outcome in outcomes):
        return [Text("Nothing was measured. DATELINE_DATA names the folder of the data sets (docs/benchmarks.md).")]
    return [*_broken(outcomes, verdicts), *_not_compared(changed), *_well(verdicts, pinned=pinned)]


def _broken(outcomes: Sequence[Outcome], verdicts: Sequence[Verdict]) -> list[Text]:
    lines = [Text(f"FAILED: {o.adapter}: {o.failed}", style="bold red") for o in outcomes if o.failed]
    for verdict in verdicts:
        if verdict.broken:
            name = f"{verdict.adapter} {verdict.score}"
            line = f"UNDER ITS FLOOR: {name} {_three(verdict.value)}, floor {_three(verdict.floor)}{_finer(verdict)}"
            lines.append(Text(line, style="bold red"))
    return lines


def _not_compared(changed: dict[str, tuple[str, ...]]) -> list[Text]:
    return [
        Text(f"NOT COMPARED: {name}: other data than its floors: {', '.join(files)}", style="yellow")
        for name, files in changed.items()
    ]


def _well(verdicts: Sequence[Verdict], *, pinned: bool) -> list[Text]:
    held, above, new = (sum(v.state == state for v in verdicts) for state in ("held", "above", "new"))
    if not held + above + new:
        return []
    counts = Text(f"{held} at their floors, {above} above, {new} without one.")
    if not above + new:
        return [counts]
    then = "Pinned now in benchmarks/floors.json." if pinned else "`python -m benchmarks --raise` pins them."
    return [counts, Text(then)]


def _sections(
    outcomes: Sequence[Outcome], verdicts: Sequence[Verdict], *, by: bool, width: int
) -> Iterable[tuple[str, RenderableType]]:
    if any(o.measured and o.measured.scores for o in outcomes):
        yield "Scores (F1) and floors", _scores(outcomes, {(v.adapter, v.score): v for v in verdicts})
        yield "Parts: shown, not pinned", _parts(outcomes, width)
    for outcome in outcomes:
        for breakdown in outcome.measured.breakdowns if by and outcome.measured else ():
            yield f"{outcome.adapter} by {breakdown.by}", _breakdown(breakdown)
            if any(row.fields for row in breakdown.rows):
                yield f"{outcome.adapter} by {breakdown.by}: fields over typed pairs", _fields(breakdown)
        for classes in outcome.measured.classes if by and outcome.measured else ():
            yield f"{outcome.adapter}: {classes.name} over {classes.over}", _classes(classes)
    if any(o.measured and o.measured.cost for o in outcomes):
        yield "Reading, a process a set, start-up included", _costs(outcomes)
    figures = [figure for o in outcomes if o.measured for figure in o.measured.figures]
    if figures:
        yield "Speed and memory on this machine (not pinned)", _figures(figures)
    notes = [f"{o.adapter}: {note}" for o in outcomes if o.measured for note in o.measured.notes]
    notes += [f"{o.adapter}: skipped: {o.skipped}" for o in outcomes if o.skipped]
    if notes:
        yield "Notes", Group(*(Text(note, overflow="fold") for note in notes))


def _table(*columns: str, left: int = 1) -> Table:
    """A table without rules; the first `left` columns hold words, the others numbers."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for i, column in enumerate(columns):
        table.add_column(column, justify="left" if i < left else "right", no_wrap=i >= left, overflow="fold")
    return table


def _scores(outcomes: Sequence[Outcome], verdicts: dict[tuple[str, str], Verdict]) -> Table:
    table = _table("benchmark", "score", "P", "R", "F1", "floor", "difference", "", left=2)
    table.columns[-1].justify = "left"
    for outcome in outcomes:
        name = outcome.adapter
        for score in _pinned(outcome):
            verdict = verdicts[outcome.adapter, score.name]
            compared = verdict.state != "data changed" and verdict.floor is not None and score.value is not None
            difference = f"{score.value - verdict.floor:+.3f}" if compared else _NONE  # type: ignore[operator]
            table.add_row(
                name, score.name, _three(score.precision), _three(score.recall), _three(score.value),
                _three(verdict.floor), difference, verdict.state, style=_STYLES.get(verdict.state),
            )  # fmt: skip
            name = ""
    for verdict in verdicts.values():
        if verdict.state == "gone":
            table.add_row(verdict.adapter, verdict.score, _NONE, _NONE, _NONE, _three(verdict.floor), _NONE, "gone",
                          style=_STYLES["gone"])  # fmt: skip
    return table


def _pinned(outcome: Outcome) -> list[Score]:
    return [score for score in outcome.measured.scores if score.pinned] if outcome.measured else []


def _parts(outcomes: Sequence[Outcome], width: int) -> Group:
    """A block of scores for each benchmark, beside its name."""
    shown = [(o.adapter, [s for s in o.measured.scores if not s.pinned]) for o in outcomes if o.measured]
    shown = [(name, parts) for name, parts in shown if parts]
    indent = max((len(name) for name, _ in shown), default=0) + GUTTER
    lines: list[Text] = []
    for name, parts in shown:
        block = packed([Text(f"{part.name} {_three(part.value)}") for part in parts], width - indent)
        for label, line in zip_longest((name,), block, fillvalue=""):
            lines.append(Text(f"{label:{indent}}").append_text(Text.assemble(line)))
    return Group(*lines)


def _breakdown(breakdown: Breakdown) -> Table:
    table = _table(breakdown.by, "gold", "read", f"found {breakdown.found}", "typed F1", "claim F1")
    for row in breakdown.rows:
        table.add_row(row.name, str(row.gold), str(row.predicted), *map(_three, (row.found, row.typed, row.claim)))
    return table


def _fields(breakdown: Breakdown) -> Table:
    """One row a group; long names of fields are cut so that nine of them fit 80 columns."""
    names = list(dict.fromkeys(name for row in breakdown.rows for name in row.fields))
    table = _table(
        breakdown.by, *(name if len(name) <= _FIELD_WIDTH else f"{name[: _FIELD_WIDTH - 1]}." for name in names)
    )
    for row in breakdown.rows:
        table.add_row(row.name, *(_three(row.fields.get(name)) for name in names))
    return table


def _classes(classes: Classes) -> Table:
    table = _table(classes.name, "gold", "read", "right", "P", "R", "F1")
    for row in classes.rows:
        counts = map(str, (row.gold, row.predicted, row.right))
        table.add_row(row.name, *counts, *map(_three, (row.precision, row.recall, row.f1)))
    return table


def _costs(outcomes: Sequence[Outcome]) -> Table:
    table = _table("benchmark", "reports", "words", "seconds", "CPU s", "words/CPU s", "peak MB")
    for outcome in outcomes:
        cost = outcome.measured.cost if outcome.measured else None
        if cost:
            table.add_row(
                outcome.adapter, f"{cost.reports:,}", f"{cost.words:,}", f"{cost.seconds:.1f}",
                f"{cost.cpu_seconds:.1f}", f"{cost.words / cost.cpu_seconds:,.0f}", f"{cost.peak_mb:,.0f}",
            )  # fmt: skip
    return table


def _figures(figures: Sequence[Figure]) -> Table:
    table = _table("figure", "now", "", "target", "")
    table.columns[2].justify = table.columns[-1].justify = "left"
    for figure in figures:
        target = "" if figure.target is None else f"≤ {figure.target:g}"
        target = target if figure.least is None else f"≥ {figure.least:,.0f}"
        met = {None: "", True: "met", False: "MISSED"}[figure.met]
        style = "red" if figure.met is False else None
        table.add_row(figure.name, _number(figure.value), figure.unit, target, met, style=style)
    return table


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.3f}"


def _three(value: float | None) -> str:
    return _NONE if value is None else f"{value:.3f}"


def _finer(verdict: Verdict) -> str:
    """The difference where three decimals do not show it."""
    if verdict.value is None or verdict.floor is None or _three(verdict.value) != _three(verdict.floor):
        return ""
    return f" (by {verdict.floor - verdict.value:.4f})"
