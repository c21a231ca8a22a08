"""The formats by name, and the one way to write any of them: whole or not at all, with its loss report beside it."""

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from dateline.errors import ExportError
from dateline.export import acled, csv, ged, geojson, jsonl, parquet
from dateline.export.lookup import Lookup
from dateline.export.loss import Losses, LossReport
from dateline.export.target import loss_path, trace_path
from dateline.incidents.types import Incident
from dateline.ledger import Ledger, StoredClaim


class Options(Struct, frozen=True, kw_only=True):
    """What only some formats ask for: the ledger (jsonl), a row a day for events that last (acled)."""

    ledger: Ledger | None = None
    each_day: bool = False


Writer = Callable[[Iterable[Incident], Lookup, Path, Losses, Options], None]


class Format(Struct, frozen=True, kw_only=True):
    """One format: its name, what it is for, the schema that it stamps, and a good name for its file."""

    name: str
    about: str
    schema: str
    file_name: str
    write: Writer
    notes: tuple[str, ...] = ()


_ALL = (
    Format(
        name="ged",
        about="UCDP-GED-like CSV: deadly violence, 49 columns",
        schema=ged.SCHEMA,
        file_name="dateline-ged-like.csv",
        write=lambda incidents, lookup, path, losses, options: ged.write(incidents, lookup, path, losses),
        notes=ged.NOTES,
    ),
    Format(
        name="acled",
        about="ACLED-like CSV: violence, protest and strategic developments, 31 columns",
        schema=acled.SCHEMA,
        file_name="dateline-acled-like.csv",
        write=lambda incidents, lookup, path, losses, options: acled.write(
            incidents, lookup, path, losses, each_day=options.each_day
        ),
        notes=acled.NOTES,
    ),
    Format(
        name="geojson",
        about="GeoJSON (RFC 7946) for maps, a feature an incident",
        schema=geojson.SCHEMA,
        file_name="dateline-incidents.geojson",
        write=lambda incidents, lookup, path, losses, options: geojson.write(incidents, lookup, path, losses),
    ),
    Format(
        name="csv",
        about="Dateline's own table as CSV, a row an incident",
        schema=csv.SCHEMA,
        file_name="dateline-incidents.csv",
        write=lambda incidents, lookup, path, losses, options: csv.write(incidents, lookup, path, losses),
        notes=csv.NOTES,
    ),
    Format(
        name="parquet",
        about="the same table as Parquet, with types and nested figures",
        schema=csv.SCHEMA,
        file_name="dateline-incidents.parquet",
        write=lambda incidents, lookup, path, losses, options: parquet.write(incidents, lookup, path, losses),
    ),
    Format(
        name="jsonl",
        about="the whole ledger and its incidents as JSON lines; `dateline import` reads it back",
        schema=jsonl.SCHEMA,
        file_name="dateline-ledger.jsonl",
        write=lambda incidents, lookup, path, losses, options: jsonl.write(
            incidents, path, losses, ledger=options.ledger
        ),
        notes=jsonl.NOTES,
    ),
)
FORMATS: dict[str, Format] = {each.name: each for each in _ALL}


def write(
    format: str,
    incidents: Iterable[Incident],
    claims: Callable[[str], StoredClaim],
    out: Path,
    *,
    ledger: Ledger | None = None,
    each_day: bool = False,
) -> LossReport:
    """Write incidents in a format to a file, its loss report beside it (`FILE.loss.json`), and return that report.

    Incidents are taken one at a time and not kept. CSV formats also write `FILE.trace.csv`, the claims behind each
    figure. Files appear under their names only when they are whole; those of that name are replaced.

    Args:
        claims: finds a claim by its key, "report id/claim id"; called only for claims that the format needs.
        ledger: the ledger itself, which jsonl writes whole; others do not ask for it.
        each_day: for acled, a row a day for kinds of event that last.
    Raises:
        ExportError: there is no such format, or the file cannot be written.
    """
    chosen = FORMATS.get(format)
    if chosen is None:
        raise ExportError(f"{format!r} is no format to export; choose one of {', '.join(FORMATS)}")
    losses = Losses()
    with _in_place_of(out) as part:
        chosen.write(incidents, Lookup(claims), part, losses, Options(ledger=ledger, each_day=each_day))
        report = losses.report(chosen.name, chosen.schema, chosen.notes)
        loss_path(part).write_bytes(report.to_json())
    return report


@contextmanager
def _in_place_of(out: Path) -> Iterator[Path]:
    """A path beside `out` to write to; on success its files take the names that belong to `out`, the largest last."""
    if out.is_dir():
        raise ExportError(f"{out}: is a folder; give the path of a file")
    if not out.parent.is_dir():
        raise ExportError(f"{out}: the folder {out.parent} does not exist; make it first")
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    pairs = ((loss_path(part), loss_path(out)), (trace_path(part), trace_path(out)), (part, out))
    try:
        yield part
        for made, name in pairs:
            if made.exists():
                made.replace(name)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        what = "free some room" if full else "check the folder's permissions"
        raise ExportError(f"{out}: cannot be written ({error.strerror}); {what}") from error
    finally:
        for made, _ in pairs:
            with suppress(OSError):
                made.unlink()
