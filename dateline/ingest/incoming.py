"""What comes in, before it is read: a report with its bytes, or a failure with its reason."""

from msgspec import Struct

from dateline.record import Report


class Incoming(Struct, frozen=True, kw_only=True):
    """One report as received. `id` is the row's own id, or the file's name without its ending."""

    id: str
    report: Report
    raw: bytes
    media_type: str = "text/plain"
    origin: str = ""
    warnings: tuple[str, ...] = ()


class Failure(Struct, frozen=True, kw_only=True):
    """One report that could not be taken in or read; the rest of the batch went on.

    `origin` is the file or address (with the row, for tables), `stage` what was being done, `message` one line for
    people.
    """

    origin: str
    stage: str
    message: str
    sha256: str | None = None
