"""What people decide: accept, reject, correct, join, part, undo; and the list of all that was decided."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dateline.commands.books import open_book
from dateline.commands.options import InOrder, colour_option, json_option, ledger_option, width_option
from dateline.commands.output import open_ledger, print_json, print_page
from dateline.errors import InputError

if TYPE_CHECKING:
    from dateline.incidents.book import Book
    from dateline.incidents.types import Incident
    from dateline.ledger import Decision
    from dateline.ledger.decisions import DecisionKind

_SHORT = 8  # characters of an id
_TOLD = 5  # incidents that are told of after a decision

Command = TypeVar("Command", bound=Callable[..., Any])


@click.group(cls=InOrder)
def decide() -> None:
    """Say what you know better.

    Incidents and claims are named by their ids. A decision is kept for good with who, when and why; `dateline decide
    undo` takes it back, and all is as it was. What is said of an incident is kept as said of the claims that it holds
    now.
    """


def _taken(command: Command) -> Command:
    """The options that every decision has."""
    for option in (
        ledger_option,
        click.option("--on", metavar="MOMENT", help="From when it holds, as 2024-03-04 or 2024-03-04T12:00:00Z."
                     "  [default: now]"),
        click.option("--by", metavar="NAME", help="Who decides.  [default: DATELINE_USER, or who is logged in]"),
        click.option("--reason", default="", metavar="WORDS", help="Why."),
    ):  # fmt: skip
        command = option(command)
    return command


@decide.command()
@click.argument("subjects", nargs=-1, required=True, metavar="INCIDENT|CLAIM...")
@_taken
def accept(subjects: tuple[str, ...], **taken: Any) -> None:
    """Accept incidents or claims as they are.

    A claim that comes in later opens an incident again.
    """
    _decide("accept", lambda book: {"claims": _claims(book, subjects)}, **taken)


@decide.command()
@click.argument("subjects", nargs=-1, required=True, metavar="INCIDENT|CLAIM...")
@_taken
def reject(subjects: tuple[str, ...], **taken: Any) -> None:
    """Set claims aside: they stay in sight and have no say. Needs a --reason."""
    _decide("reject", lambda book: {"claims": _claims(book, subjects)}, **taken)


@decide.command()
@click.argument("subject", metavar="INCIDENT|CLAIM")
@click.argument("field")
@click.argument("value")
@_taken
def correct(subject: str, field: str, value: str, **taken: Any) -> None:
    """Set a field of a claim, or of a whole incident. Needs a --reason.

    \b
    killed 12   killed 12..14   killed 12..     (any measure; an open end is left out)
    event shelling
    time 2024-03-04   time 2024-03-04..2024-03-05
    place "Quorrin,BV,-37.0,-119.0"             (name, country, degrees; what is not known is left out)
    actors "Harrow Front; Selvane Army"   targets civilians
    modality denied   verification verified     (of claims alone)
    """
    _decide("correct", lambda book: _correction(book, subject, field, value), **taken)


@decide.command()
@click.argument("subjects", nargs=-1, required=True, metavar="INCIDENT|CLAIM...")
@_taken
def same(subjects: tuple[str, ...], **taken: Any) -> None:
    """Say that all these are of one incident."""
    if len(subjects) < 2:
        raise click.UsageError("name at least two: incidents, claims, or both")
    _decide("same", lambda book: {"claims": _claims(book, subjects)}, **taken)


@decide.command()
@click.argument("one", metavar="INCIDENT|CLAIM")
@click.argument("other", metavar="INCIDENT|CLAIM")
@_taken
def different(one: str, other: str, **taken: Any) -> None:
    """Say that these two are not of one incident."""
    _decide("different", lambda book: _two(book, one, other), **taken)


@decide.command()
@click.argument("one", metavar="INCIDENT|CLAIM")
@click.argument("other", metavar="INCIDENT|CLAIM")
@_taken
def maybe(one: str, other: str, **taken: Any) -> None:
    """Note that these two may be of one incident; nothing is joined."""
    _decide("maybe", lambda book: _two(book, one, other), **taken)


@decide.command()
@click.argument("incident", metavar="INCIDENT")
@click.argument("claims", nargs=-1, required=True, metavar="CLAIM...")
@_taken
def split(incident: str, claims: tuple[str, ...], **taken: Any) -> None:
    """Say that some claims of an incident are another one."""
    _decide("split", lambda book: _split(book, incident, claims), **taken)


@decide.command()
@click.argument("decision", metavar="DECISION")
@_taken
def undo(decision: str, **taken: Any) -> None:
    """Take a decision back. Needs a --reason.

    All is then exactly as it was before.
    DECISION is its id or the start of it, as `dateline decisions` lists it. An undo can be undone too.
    """
    _decide("undo", lambda book: _undone(book, decision), **taken)


# --- what each says --------------------------------------------------------------------------------------------------

Said = dict[str, Any]


def _claims(book: "Book", subjects: Iterable[str]) -> tuple[str, ...]:
    from dateline.incidents.subjects import claims_of

    return claims_of(book, subjects)


def _two(book: "Book", one: str, other: str) -> Said:
    return {"claims": _claims(book, [one]), "others": _claims(book, [other])}


def _split(book: "Book", incident: str, claims: Iterable[str]) -> Said:
    from dateline.incidents.subjects import rest_of

    apart = _claims(book, claims)
    return {"claims": apart, "others": rest_of(book.incident(incident), apart)}


def _correction(book: "Book", subject: str, field: str, value: str) -> Said:
    from dateline.incidents.plain_values import correction

    return correction(book, subject, field, value)


def _undone(book: "Book", word: str) -> Said:
    from dateline.incidents.subjects import decision_called

    return {"undoes": decision_called(book.ledger.decisions(), word).id}


# --- keeping it ------------------------------------------------------------------------------------------------------


def _decide(
    kind: "DecisionKind",
    say: Callable[["Book"], Said],
    *,
    path: str | None,
    by: str | None,
    on: str | None,
    reason: str,
) -> None:
    """Keep a decision, and tell what has come of it."""
    from dateline.incidents.subjects import incidents_with
    from dateline.ledger import Decision
    from dateline.show.decisions_page import what

    moment = moment_of(on)
    with open_book(path) as book:
        decision = Decision(kind=kind, by=by or who_decides(), on=moment, reason=reason, **say(book))
        _check_standing(book, decision)
        keys = _about(book, decision)
        before = incidents_with(book, keys)
        kept = book.ledger.decide(decision)
        book.catch_up()
        after = incidents_with(book, keys)
    click.echo(f"decision {kept.id[:_SHORT]}: {what(decision)}")
    for line in _came_of_it(before, after):
        click.echo(line)


def _about(book: "Book", decision: "Decision") -> set[str]:
    from dateline.incidents.rulings import touched

    return touched(decision, {each.id: each.decision for each in book.ledger.decisions()})


def _check_standing(book: "Book", decision: "Decision") -> None:
    """A decision that was undone is not undone twice."""
    from dateline.incidents.rulings import undone

    if decision.undoes in undone(list(book.ledger.decisions())):
        short = (decision.undoes or "")[:_SHORT]
        raise InputError(f"decision {short} was undone already; `dateline decisions` tells by which")


def _came_of_it(before: "Sequence[Incident]", after: "Sequence[Incident]") -> Iterator[str]:
    """The incidents that the claims are now of, each in one sentence, and those that are no more."""
    from dateline.incidents.sentence import sentence
    from dateline.show.phrasing import clean

    for each in after[:_TOLD]:
        yield f"{each.id[:_SHORT]}  {clean(sentence(each))}"
    if len(after) > _TOLD:
        yield f"and {len(after) - _TOLD:,} more"
    gone = {each.id for each in before} - {each.id for each in after}
    if gone:
        yield f"no more: {', '.join(id[:_SHORT] for id in sorted(gone))}"


def who_decides() -> str:
    from getpass import getuser

    from dateline.settings import from_environment

    try:
        return from_environment().user or getuser()
    except (KeyError, OSError):  # nobody is logged in, as in a container
        raise InputError("who decides? give --by NAME, or set DATELINE_USER") from None


def moment_of(said: str | None) -> str:
    """The moment in UTC, to the second; a day alone is its first moment, and no zone is UTC."""
    if said is None:
        moment = datetime.now(UTC)
    else:
        try:
            moment = datetime.fromisoformat(said.strip())
        except ValueError:
            raise InputError(f"--on {said!r} is not a moment; write it as 2024-03-04T12:00:00Z") from None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@click.command()
@ledger_option
@json_option
@width_option
@colour_option
def decisions(path: str | None, as_json: bool, width: int | None, no_colour: bool) -> None:
    """List what was decided, with ids."""
    from msgspec.structs import asdict

    from dateline.incidents.rulings import undone
    from dateline.show.decisions_page import decisions_page

    with open_ledger(path) as ledger:
        found = list(ledger.decisions())
    out = undone(found)
    if as_json:
        print_json({**asdict(each), "undone": each.id in out} for each in found)
        return
    print_page(lambda columns: decisions_page(found, out, width=columns), width, not no_colour)


COMMANDS = (decide, decisions)
