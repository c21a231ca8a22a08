"""The loss report: what a format could not hold of the incidents that went into it, counted while they are written.

Nothing in it is a fixed text: each line comes from incidents that had something to lose. It is printed for people and
written beside the export as JSON (`FILE.loss.json`).
"""

from collections.abc import Collection, Iterator

import msgspec
from msgspec import Struct

from dateline.codes import EventType
from dateline.export.aspects import ASPECTS
from dateline.incidents.types import Incident
from dateline.version import VERSION

# Incidents named under a loss: enough to look one up, few enough to stay readable and small.
NAMED_MOST = 20
_KINDS_MOST = 7  # kinds of event in a line for people; the JSON has all


class Loss(Struct, frozen=True, kw_only=True):
    """One thing that was lost: of how many incidents, how many values in all, by kind of event, and some ids.

    `left_out` says that the incidents themselves are not in the file, and `what` then why.
    """

    field: str
    what: str
    incidents: int
    values: int
    by_event: dict[EventType, int]
    named: tuple[str, ...]
    left_out: bool = False

    def __str__(self) -> str:
        many = f" ({self.values:,} in all)" if self.values != self.incidents and not self.left_out else ""
        kinds = [f"{event} {n:,}" for event, n in self.by_event.items()]
        by = ", ".join(kinds if len(kinds) <= _KINDS_MOST else [*kinds[: _KINDS_MOST - 1], "…"])
        of = f"{self.incidents:,} {'incident' if self.incidents == 1 else 'incidents'}"
        return f"{of}: {self.what} ({by})" if self.left_out else f"{self.what}: of {of}{many}; {by}"


class LossReport(Struct, frozen=True, kw_only=True):
    """What one export wrote, and what it could not hold. `notes` say what a reader of the file must know."""

    format: str
    schema: str
    version: str
    incidents: int
    written: int
    rows: int
    losses: tuple[Loss, ...]
    notes: tuple[str, ...] = ()

    @property
    def left_out(self) -> tuple[Loss, ...]:
        return tuple(each for each in self.losses if each.left_out)

    @property
    def not_held(self) -> tuple[Loss, ...]:
        return tuple(each for each in self.losses if not each.left_out)

    def lines(self) -> Iterator[str]:
        """The report for people, a line at a time."""
        rows = f"{self.rows:,} {'row' if self.rows == 1 else 'rows'}"
        yield f"{self.format}: {self.written:,} of {self.incidents:,} incidents written, {rows} ({self.schema})"
        of_all = [each.what for each in self.not_held if each.incidents == self.written > 1]
        some = tuple(each for each in self.not_held if each.what not in of_all)
        if self.left_out:
            yield "Left out:"
            yield from (f"  {each}" for each in self.left_out)
        if of_all:
            yield f"Not held of any: {'; '.join(of_all)}."
        if some:
            yield "Not held of some:"
            yield from (f"  {each}" for each in some)
        if not self.losses:
            yield "Nothing was lost."
        yield from self.notes

    def to_json(self) -> bytes:
        return msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n"


class Losses:
    """Counts what is lost while incidents are written; memory does not grow with their number."""

    def __init__(self) -> None:
        self.incidents = 0
        self.written = 0
        self.rows = 0
        self._counts: dict[tuple[bool, str, str], _Count] = {}

    def left_out(self, incident: Incident, field: str, why: str) -> None:
        """The incident is not in the file, and why."""
        self.incidents += 1
        self._add(incident, field, why, 1, left_out=True)

    def wrote(self, incident: Incident, held: Collection[str], rows: int = 1) -> None:
        """The incident is in the file, with the aspects that the format keeps whole; all others are lost."""
        self.incidents += 1
        self.written += 1
        self.rows += rows
        for aspect in ASPECTS:
            if aspect.name not in held and (count := int(aspect.count(incident))):
                self._add(incident, aspect.name, aspect.said, count, left_out=False)

    def add(self, incident: Incident, field: str, what: str, values: int = 1) -> None:
        """Something else that the format could not hold as it is: in which field, and what became of it."""
        if values:
            self._add(incident, field, what, values, left_out=False)

    def report(self, name: str, schema: str, notes: tuple[str, ...] = ()) -> LossReport:
        return LossReport(
            format=name,
            schema=schema,
            version=VERSION,
            incidents=self.incidents,
            written=self.written,
            rows=self.rows,
            losses=tuple(sorted((count.loss(*key) for key, count in self._counts.items()), key=_by_size)),
            notes=notes,
        )

    def _add(self, incident: Incident, field: str, what: str, values: int, *, left_out: bool) -> None:
        self._counts.setdefault((left_out, field, what), _Count()).add(incident, values)


def _by_size(loss: Loss) -> tuple[bool, int, str]:
    """What was left out first, then by the number of incidents."""
    return not loss.left_out, -loss.incidents, loss.what


class _Count:
    """One loss while it is counted. An incident is counted once, however often it is added in a row."""

    def __init__(self) -> None:
        self.incidents = 0
        self.values = 0
        self.by_event: dict[EventType, int] = {}
        self.named: list[str] = []
        self._last = ""

    def add(self, incident: Incident, values: int) -> None:
        self.values += values
        if incident.id == self._last:
            return
        self._last = incident.id
        self.incidents += 1
        self.by_event[incident.event] = self.by_event.get(incident.event, 0) + 1
        if len(self.named) < NAMED_MOST:
            self.named.append(incident.id)

    def loss(self, left_out: bool, field: str, what: str) -> Loss:
        return Loss(
            field=field,
            what=what,
            incidents=self.incidents,
            values=self.values,
            by_event=dict(sorted(self.by_event.items(), key=lambda item: (-item[1], item[0]))),
            named=tuple(self.named),
            left_out=left_out,
        )
