"""Dateline reads news reports about armed conflict and keeps an auditable record of what each one claims.

    record = dateline.read(text, published=date(2014, 6, 17))
    ledger = dateline.Ledger("x.db")
    ledger.add(record)

The names below are loaded when they are first used, so that importing the package costs nothing.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from dateline.version import VERSION

if TYPE_CHECKING:
    from dateline.ledger import ClaimQuery, Ledger
    from dateline.reading.reader import Size
    from dateline.record import Claim, Record, Report

__version__ = VERSION
__all__ = ["Claim", "ClaimQuery", "Ledger", "Record", "Report", "__version__", "read", "read_report"]

_HOMES = {
    "Claim": "dateline.record",
    "ClaimQuery": "dateline.ledger",
    "Ledger": "dateline.ledger",
    "Record": "dateline.record",
    "Report": "dateline.record",
}


def read(
    text: str,
    *,
    published: date | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    id: str | None = None,
    reader: "Size" = "default",
    country: str | None = None,
) -> "Record":
    """Read the text of one news report; return its claims, each with the words that support it.

    Args:
        published: the publication day, in the publisher's zone; by default the text's own date line, where it has one.
            Times such as "last week" are reckoned from it and stay unknown without it.
        title: the headline, where it is not part of the text.
        id: the record's id; by default made from the text, so that the same text has the same id.
        reader: "default", or "large" where it is installed (pip install 'dateline[large]'): slower and more exact.
        country: two letters (ISO 3166-1) of the country that the report is about: names are looked for there first.
    Returns:
        A Record whose spans count code points of `text`, which is kept unchanged.
    """
    from dateline.record import Report

    report = Report(text=text, published=published, title=title, source=source, url=url)
    return read_report(report, id=id, reader=reader, country=country)


def read_report(
    report: "Report", *, id: str | None = None, reader: "Size" = "default", country: str | None = None
) -> "Record":
    """As `read`, for a Report that is already made."""
    from dateline.reading.pipeline import read as read_one
    from dateline.world.countries import known_country

    return read_one(report, id=id, reader=reader, country=known_country(country) if country else None)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'dateline' has no attribute {name!r}")
