"""From how many independent origins an incident is known, as a tree: what `dateline origins` prints.

Under each origin's dispatch stand the parties that speak in it, the reports that copy it, and those that only relay it.
"""

from collections.abc import Iterator, Mapping

from rich.text import Text

from dateline.incidents.case import Heading
from dateline.incidents.types import Copy, CopyKind, Incident, Origin
from dateline.show import incident_rows
from dateline.show.layout import hanging, styled, wrap
from dateline.show.phrasing import GLUE, clean, quoted
from dateline.show.rows import QUIET, STRONG

Headings = Mapping[str, Heading]

KINDS: dict[CopyKind, str] = {
    "exact": "copies it word for word",
    "near": "copies it with changes",
    "excerpt": "prints a part of it",
    "rewrite": "tells it in other words",
}
_BRANCH, _LAST = "├ ", "└ "
_TRUNK, _BARE = "│ ", "  "


def origins_page(incident: Incident, sentence: str, reports: Headings, *, width: int) -> Iterator[Text]:
    """The lines of the tree: the incident's sentence, each origin with what hangs on it, and the counts."""
    yield from wrap(styled(clean(sentence), STRONG), width)
    for number, origin in enumerate(incident.origins, 1):
        yield Text()
        yield from _origin(number, origin, reports, width)
    yield Text()
    counts = (
        incident_rows.glued(len(incident.origins), "origin"),
        incident_rows.glued(incident.wordings, "wording"),
        incident_rows.glued(len(incident.reports), "report"),
    )
    yield from wrap(styled(", ".join(counts), QUIET), width)


def _origin(number: int, origin: Origin, reports: Headings, width: int) -> Iterator[Text]:
    head = styled(clean(origin.name), STRONG)
    for voice in origin.voices:
        if voice != origin.name:
            head.append(f" ←{GLUE}{clean(voice)}" if voice == origin.voices[0] else f", {clean(voice)}")
    yield from hanging(styled(f"{number}  ", QUIET), head, width, 3)
    branches = [(_headed(origin.report, reports), "")]
    branches += [
        (_headed(other_report(copy, origin), reports), _copied(copy, origin, reports)) for copy in origin.copies
    ]
    branches += [(_headed(id, reports), f"again from {clean(origin.name)}") for id in origin.later]
    branches += [(_headed(id, reports), "passes on what was said") for id in origin.relays]
    for at, (report, how) in enumerate(branches):
        if at == 0:
            yield from hanging(Text("   "), report, width, 3)
            continue
        last = at == len(branches) - 1
        lines = hanging(Text(), report.append(f"{GLUE}· {how}", QUIET), width - 5, 0)
        for row, line in enumerate(lines):
            mark = (_LAST if last else _BRANCH) if row == 0 else (_BARE if last else _TRUNK)
            yield styled(f"   {mark}", QUIET) + line


def other_report(copy: Copy, origin: Origin) -> str:
    """The report that a copy adds: never the origin's own, whichever of the two came first."""
    return copy.original if copy.copy == origin.report else copy.copy


def _copied(copy: Copy, origin: Origin, reports: Headings) -> str:
    how = f"{KINDS[copy.kind]}, {copy.score:.0%}"
    if origin.report in (copy.original, copy.copy):
        return how
    return f"{how}, after {clean(reports[copy.original].outlet) if copy.original in reports else copy.original}"


def _headed(id: str, reports: Headings) -> Text:
    """A report by outlet, day and headline."""
    heading = reports.get(id)
    if heading is None:
        return Text(id)
    made = Text(clean(heading.outlet))
    if heading.published:
        made.append(f" {heading.published}", QUIET)
    if heading.title:
        made.append(f" {quoted(heading.title)}", QUIET)
    return made
