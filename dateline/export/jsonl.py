"""The whole ledger as JSON lines, in the order of its chain, and after it the incidents as they stand.

Reading it back (`dateline import`, `ledger/transfer.py`) gives the same ledger, byte for byte in content, with the same
head of the chain. Incidents are left aside there: they are made anew from the rows.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from dateline.errors import ExportError
from dateline.export.aspects import EVERY_ASPECT
from dateline.export.loss import Losses
from dateline.incidents.types import Incident
from dateline.ledger import Ledger
from dateline.ledger.transfer import INCIDENT_LINE, SCHEMA, lines

__all__ = ["NOTES", "SCHEMA", "incidents_in", "write"]

NOTES = ("Every row of the ledger is in the file, whatever was filtered; the incidents are those that were asked for.",)


class _IncidentLine(msgspec.Struct, frozen=True):
    incident: Incident


def write(incidents: Iterable[Incident], path: Path, losses: Losses, *, ledger: Ledger | None) -> None:
    """Write the rows of the ledger, then the incidents, a line each.

    Raises:
        ExportError: no ledger was given.
    """
    if ledger is None:
        raise ExportError("jsonl: holds a whole ledger; name the ledger to export")
    encode = msgspec.json.Encoder().encode
    with path.open("wb") as file:
        for line in lines(ledger):
            file.write(line)
        for incident in incidents:
            file.write(encode(_IncidentLine(incident)) + b"\n")
            losses.wrote(incident, EVERY_ASPECT)


def incidents_in(path: Path) -> Iterator[Incident]:
    """The incidents of a file that `write` wrote, exactly as they were.

    Raises:
        ExportError: a line of an incident is not one.
    """
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.startswith(INCIDENT_LINE):
                try:
                    yield msgspec.json.decode(line, type=_IncidentLine).incident
                except msgspec.DecodeError as error:
                    raise ExportError(f"{path} line {number}: not an incident ({error}); export it again") from error
