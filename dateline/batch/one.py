"""One report of many: its record, or why there is none. Nothing that goes wrong in it reaches the next."""

import os
from typing import TYPE_CHECKING

from msgspec import Struct

from dateline.errors import DatelineError

if TYPE_CHECKING:
    from dateline.ingest.incoming import Failure, Incoming
    from dateline.reading.reader import Size
    from dateline.record import Record


class How(Struct, frozen=True, kw_only=True):
    """How reports are read. With `gate`, one that holds nothing for a conflict record is set aside unread; `country` is
    the one that they are about, where the user has said so."""

    reader: "Size" = "default"
    gate: bool = False
    country: str | None = None


def read_one(item: "Incoming | Failure", how: How) -> "Record | Failure":
    """The record of one report, the warnings of its intake first; whatever goes wrong fails this one alone."""
    from msgspec.structs import replace

    from dateline.ingest.dates import future_warning
    from dateline.ingest.incoming import Failure
    from dateline.reading.gate import set_aside, worth_reading
    from dateline.reading.pipeline import read

    if isinstance(item, Failure):
        return item
    try:
        in_full = not how.gate or worth_reading(item.report)
        if in_full:
            record = read(item.report, id=item.id, reader=how.reader, country=how.country)
        else:
            record = set_aside(item.report, id=item.id)
    except Exception as error:
        return failure(item.origin or item.id, "reading", error, item.report.sha256)
    # The text's own date line may lie in the future as well; what day it is today is no part of a reading.
    warnings = (*item.warnings, *future_warning(record.report.published), *record.warnings)
    return replace(record, warnings=tuple(dict.fromkeys(warnings)))


def failure(origin: str, stage: str, error: Exception, sha256: str | None = None) -> "Failure":
    """A failure as a ledger keeps it. An error that nobody foresaw also prints where it happened, if asked for."""
    from dateline.ingest.incoming import Failure

    if not isinstance(error, DatelineError):
        debug()
    return Failure(origin=origin, stage=stage, message=explained(error, "this report was not read"), sha256=sha256)


def explained(error: BaseException, consequence: str) -> str:
    """One line for people: the message of an error raised on purpose, a guarded one of any other."""
    if isinstance(error, DatelineError):
        return " ".join(str(error).split())
    if isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{error.strerror.lower()}; {consequence}"
    said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return f"unexpected error ({said}); {consequence}; DATELINE_DEBUG=1 shows where it happened"


def debug() -> None:
    """The traceback of the error in hand, where DATELINE_DEBUG asks for it."""
    if os.environ.get("DATELINE_DEBUG", "") not in ("", "0"):
        import traceback

        traceback.print_exc()
