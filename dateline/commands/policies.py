"""The rules by which figures are chosen: their list, one in full, and what another one would move."""

from datetime import date

import click

from dateline.commands.books import open_book
from dateline.commands.options import InOrder, as_of_option, colour_option, json_option, ledger_option, width_option
from dateline.commands.output import print_json, print_page


@click.group(cls=InOrder)
def policy() -> None:
    """Look at the rules by which figures are chosen."""


@policy.command("list")
@json_option
@width_option
@colour_option
def policy_list(as_json: bool, width: int | None, no_colour: bool) -> None:
    """List the policies that come with Dateline, the default first."""
    from dateline.incidents.policies import names
    from dateline.incidents.policies import policy as called
    from dateline.show.moved_page import policies_page

    found = [called(name) for name in names()]
    if as_json:
        print_json(found)
    else:
        print_page(lambda columns: policies_page(found, width=columns), width, not no_colour)


@policy.command("show")
@click.argument("name", metavar="NAME|FILE")
@json_option
@width_option
@colour_option
def policy_show(name: str, as_json: bool, width: int | None, no_colour: bool) -> None:
    """Show one policy: each of its rules in words."""
    from dateline.incidents.policies import policy as called
    from dateline.show.moved_page import policy_page

    found = called(name)
    if as_json:
        print_json([found])
    else:
        print_page(lambda columns: policy_page(found, width=columns), width, not no_colour)


@policy.command("compare")
@click.argument("a", metavar="NAME|FILE")
@click.argument("b", metavar="NAME|FILE")
@ledger_option
@as_of_option
@json_option
@width_option
@colour_option
def policy_compare(
    a: str, b: str, path: str | None, as_of: date | None, as_json: bool, width: int | None, no_colour: bool
) -> None:
    """Show which figures of a ledger's incidents two policies choose differently."""
    from dateline.incidents.policies import policy as called
    from dateline.incidents.policy_moves import moved, totals
    from dateline.show.moved_page import moved_page

    one, other = called(a), called(b)
    with open_book(path, as_of=as_of) as book:
        first, second = book.by(one), book.by(other)
    found = moved(first, second)
    if as_json:
        print_json(found)
        return
    by_id = {each.id: each for each in (*first, *second)}
    names, sums = (one.name, other.name), totals(first, second)
    print_page(lambda columns: moved_page(found, by_id, sums, names, width=columns), width, not no_colour)


COMMANDS = (policy,)
