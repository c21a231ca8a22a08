"""Incidents out, in the formats of the field and in Dateline's own."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from dateline.commands.books import open_book
from dateline.commands.options import as_of_option, incident_options, ledger_option, policy_option
from dateline.commands.output import print_json


@click.command()
@click.argument("format", metavar="FORMAT")
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="The file to write.  Where it is left out, a name that says what it holds, such as dateline-incidents.csv.",
)
@click.option("--each-day", is_flag=True, help="A row a day for events that last (acled).")
@ledger_option
@incident_options
@as_of_option
@policy_option
@click.option("--json", "as_json", is_flag=True, help="Print the loss report as one line of JSON.")
def export(
    format: str,
    out: str | None,
    each_day: bool,
    path: str | None,
    as_of: date | None,
    policy_name: str | None,
    as_json: bool,
    **asked: Any,
) -> None:
    """Write incidents to a file, in a format of choice.

    FORMAT is csv, parquet, geojson, ged, acled or jsonl; jsonl holds the whole ledger too. All incidents go in unless
    --happened, --status or another option says which; a format that is for what happened leaves the rest out. A report
    of what the format cannot hold is printed, and kept as FILE.loss.json; CSV files have the claims behind each figure
    beside them, in FILE.trace.csv.
    """
    from dateline.errors import ExportError
    from dateline.export import FORMATS, write
    from dateline.incidents.book import IncidentQuery
    from dateline.incidents.policies import policy
    from dateline.incidents.policy_moves import recounted

    if format not in FORMATS:
        raise ExportError(f"{format!r} is no format to export; choose one of {', '.join(FORMATS)}")
    query = IncidentQuery(**{**asked, "every": True})
    chosen = policy(policy_name) if policy_name else None
    with open_book(path, as_of=as_of) as book:
        found = book.find(query)
        if chosen:
            found = recounted(found, book.by(chosen))
        target = Path(out or FORMATS[format].file_name)
        report = write(format, found, book.ledger.claim, target, ledger=book.ledger, each_day=each_day)
    if as_json:
        print_json([report])
        return
    click.echo(str(target))
    for line in report.lines():
        click.echo(line)


COMMANDS = (export,)
