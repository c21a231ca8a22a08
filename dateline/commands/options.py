"""The options and types that several commands share."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar, get_args

import click

from dateline.codes import EVENTS, MEASURES
from dateline.incidents.types import Happened, Status

Command = TypeVar("Command", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A day as 2014-06-17."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            return self.fail(f"{value!r} is not a date; write it as 2014-06-17", param, ctx)


class Country(click.ParamType[str]):
    """A country by its two letters, as claims hold it."""

    name = "country"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if len(value) == 2 and value.isascii() and value.isalpha():
            return str(value).upper()
        return self.fail(f"{value!r} is not two letters (ISO 3166-1), such as IQ", param, ctx)


class InOrder(click.Group):
    """Lists commands in the order in which a user meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


DAY = Day()
published_option = click.option(
    "--published", type=DAY, metavar="DATE",
    help="Publication day, e.g. 2014-06-17, for reports that do not give their own.",
)  # fmt: skip
ledger_option = click.option(
    "--ledger", "path", metavar="FILE", type=click.Path(dir_okay=False),
    help="The ledger to work on.  [default: DATELINE_LEDGER, or dateline.db]",
)  # fmt: skip
reader_option = click.option(
    "--reader", type=click.Choice(["default", "large"]),
    help="Which reader reads; large is slower and more exact, where it is installed.  [default: DATELINE_READER]",
)  # fmt: skip
workers_option = click.option(
    "--workers", type=click.IntRange(min=0), metavar="N",
    help="Read many reports with N processes; 0 is one a core.  [default: DATELINE_WORKERS]",
)  # fmt: skip
about_option = click.option(
    "--country", type=Country(), metavar="CC",
    help="The country that the reports are about, such as IQ: names are looked for there first.  [default: "
    "DATELINE_COUNTRY]",
)  # fmt: skip
width_option = click.option(
    "--width", type=click.IntRange(min=40), metavar="N", help="Print in N columns.  [default: the terminal's, or 80]"
)
colour_option = click.option(
    "--no-colour", "--no-color", "no_colour", is_flag=True,
    help="Print without colour; so does NO_COLOR, and anything but a terminal.",
)  # fmt: skip
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON value a line.")
as_of_option = click.option(
    "--as-of", type=DAY, metavar="DATE", help="What was known on that day: reports and decisions up to it."
)
policy_option = click.option(
    "--policy", "policy_name", metavar="NAME|FILE", help="Choose figures by this policy.  [default: DATELINE_POLICY]"
)
_OF_INCIDENTS = (
    click.option(
        "--event", type=click.Choice(list(EVENTS)), metavar="TYPE", help="Event type; `dateline codebook` lists all."
    ),
    click.option("--place", metavar="NAME", help="Where: words of a place's name."),
    click.option("--country", type=Country(), metavar="CC", help="Where: two letters (ISO 3166-1), such as IQ."),
    click.option("--actor", metavar="NAME", help="Who does it: words of a name, or an actor's id."),
    click.option("--target", metavar="NAME", help="To whom it is done: words of a name, or an actor's id."),
    click.option("--source", metavar="NAME", help="Who says or denies it: words of a name."),
    click.option("--since", type=DAY, metavar="DATE", help="On or after this day."),
    click.option("--until", type=DAY, metavar="DATE", help="On or before this day."),
    click.option("--happened", type=click.Choice(get_args(Happened)), help="Whether it happened."),
    click.option("--status", type=click.Choice(get_args(Status)), help="How surely."),
    click.option(
        "--measure", type=click.Choice(list(MEASURES)), metavar="M", help="With a figure of this, such as killed."
    ),
    click.option("--origins", type=click.IntRange(min=1), metavar="N", help="From at least N independent origins."),
    click.option("--contradicted", is_flag=True, help="Only those on which the claims disagree."),
    click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most N incidents."),
)


def incident_options(command: Command) -> Command:
    """The options of a command that looks for incidents: the fields of an `IncidentQuery`."""
    for option in reversed(_OF_INCIDENTS):
        command = option(command)
    return command
