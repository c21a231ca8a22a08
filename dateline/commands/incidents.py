"""What is known: the list of incidents, why each is so, where it comes from, and what changed between two days."""

from datetime import date
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from dateline.commands.books import book_of, caught_up, open_book
from dateline.commands.options import (
    DAY,
    as_of_option,
    colour_option,
    incident_options,
    json_option,
    ledger_option,
    policy_option,
    width_option,
)
from dateline.commands.output import open_ledger, print_json, print_page

if TYPE_CHECKING:
    from dateline.incidents.diff import Change
    from dateline.ledger import Ledger, StoredClaim


@click.command()
@ledger_option
@incident_options
@click.option("--every", is_flag=True, help="Also what has not happened, and what was set aside.")
@as_of_option
@policy_option
@json_option
@width_option
@colour_option
def incidents(
    path: str | None,
    as_of: date | None,
    policy_name: str | None,
    as_json: bool,
    width: int | None,
    no_colour: bool,
    **asked: Any,
) -> None:
    """List incidents, latest first.

    An incident is what the claims of all reports about one thing come to; its figures are low–best–high. Without
    --every, --happened or --status only what happened is shown. Every option that is given must fit.
    """
    from dateline.incidents.book import IncidentQuery
    from dateline.incidents.policies import policy
    from dateline.incidents.policy_moves import recounted
    from dateline.show.incidents_page import incidents_page

    query = IncidentQuery(**asked)
    chosen = policy(policy_name) if policy_name else None
    with open_book(path, as_of=as_of) as book:
        found = book.find(query)
        if chosen:
            found = recounted(found, book.by(chosen))
    if as_json:
        print_json(found)
    else:
        print_page(lambda columns: incidents_page(found, width=columns), width, not no_colour)


@click.command()
@click.argument("incident", metavar="INCIDENT")
@click.argument("field", metavar="[FIELD]", required=False)
@ledger_option
@as_of_option
@json_option
@width_option
@colour_option
def why(
    incident: str,
    field: str | None,
    path: str | None,
    as_of: date | None,
    as_json: bool,
    width: int | None,
    no_colour: bool,
) -> None:
    """Show why an incident is as it is.

    Each field stands with the rule that chose it and the claims for and against. INCIDENT is its id or the start of it,
    or that of a claim in it. FIELD is one of its fields (time, place, killed, …), shown with the quotes; or claims,
    matches, decisions or contradictions, shown in full.
    """
    from dateline.incidents.case import case, part
    from dateline.show.incident_page import incident_page

    with open_book(path, as_of=as_of) as book:
        made = case(book, book.incident(incident))
    if as_json:
        print_json([part(made, field) if field else made])
        return
    print_page(lambda columns: incident_page(made, width=columns, field=field), width, not no_colour)


@click.command()
@click.argument("incident", metavar="INCIDENT")
@ledger_option
@as_of_option
@json_option
@width_option
@colour_option
def origins(
    incident: str, path: str | None, as_of: date | None, as_json: bool, width: int | None, no_colour: bool
) -> None:
    """Show from whom an incident is known.

    A tree of its independent origins, the reports that copy each and those that only relay it. INCIDENT is named as
    for `dateline why`.
    """
    from dateline.incidents.case import headings
    from dateline.incidents.sentence import sentence
    from dateline.show.origins_page import origins_page

    with open_book(path, as_of=as_of) as book:
        found = book.incident(incident)
        reports = headings(book.ledger, found, {key: book.ledger.claim(key) for key in found.claims})
    if as_json:
        told = {"incident": found.id, "origins": found.origins, "wordings": found.wordings, "reports": reports}
        print_json([told])
        return
    said = sentence(found)
    print_page(lambda columns: origins_page(found, said, reports, width=columns), width, not no_colour)


@click.command()
@ledger_option
@click.option("--from", "first", type=DAY, metavar="DATE", required=True, help="What was known at the end of this day.")
@click.option("--to", "last", type=DAY, metavar="DATE", help="And at the end of this one.  [default: today]")
@json_option
@width_option
@colour_option
def diff(
    path: str | None, first: date, last: date | None, as_json: bool, width: int | None, no_colour: bool
) -> None:  # fmt: skip
    """Show what changed between two days.

    Each change stands with the claims and decisions that caused it.
    """
    from datetime import UTC, datetime

    from dateline.show.diff_page import diff_page

    last = last or datetime.now(UTC).date()
    if last < first:
        raise click.UsageError(f"--from {first} is later than --to {last}; give the earlier day first")
    with open_ledger(path) as ledger:
        found = _changes(ledger, first, last)
        claims = _claims_in(ledger, found)
    if as_json:
        print_json(found)
        return
    print_page(lambda columns: diff_page(found, first, last, claims, width=columns), width, not no_colour)


def _changes(ledger: "Ledger", first: date, last: date) -> "tuple[Change, ...]":
    from dateline.incidents.book import IncidentQuery
    from dateline.incidents.diff import changes

    everything = IncidentQuery(every=True)
    with caught_up(ledger, as_of=first) as book:
        before = book.find(everything)
    with caught_up(ledger, as_of=last) as book:
        after = book.find(everything)
        taken = [each for each in book.decisions() if each.decision.on[:10] > first.isoformat()]
        found = changes(before, after, taken)
        keys = {cause.id for change in found for cause in change.causes if cause.kind != "decision"}
        tellings = {key: claimed.telling for key, claimed in book.claimed(keys).items()}
    return changes(before, after, taken, tellings)


def _claims_in(ledger: "Ledger", found: "tuple[Change, ...]") -> "dict[str, StoredClaim]":
    keys = dict.fromkeys(cause.id for change in found for cause in change.causes if cause.kind != "decision")
    return {key: ledger.claim(key) for key in keys}


@click.command()
@ledger_option
def rebuild(path: str | None) -> None:
    """Make all incidents again from the ledger.

    The same ones come out. They are kept in a file beside the ledger, FILE.incidents, which may be deleted at any time.
    """
    from dateline.show.phrasing import count
    from dateline.show.progress import stages

    started = monotonic()
    with open_ledger(path) as ledger:
        with stages("incidents") as tell, book_of(ledger, tell) as book:
            made = book.rebuild().made
        reports = ledger.summary().reports
    click.echo(f"{count(len(made), 'incident')} from {count(reports, 'report')}; {monotonic() - started:.1f} s")


COMMANDS = (incidents, why, origins, diff, rebuild)
