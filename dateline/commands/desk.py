"""The desk: `dateline desk` opens a ledger as pages in a browser; its users and tokens are kept here too."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline.commands.options import InOrder, json_option, ledger_option, policy_option
from dateline.commands.output import print_json
from dateline.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.desk.people import People

_PORT = 8765
_ROLES = ("reader", "coder", "editor", "admin")
_SCOPES = ("read", "decide", "add", "admin")
_role_option = click.option(
    "--role", type=click.Choice(_ROLES), default="coder", show_default=True, help="What the user may do."
)


@click.group(cls=InOrder, invoke_without_command=True)
@ledger_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="H", help="Where to listen.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=_PORT, show_default=True, metavar="P", help="And at which port."
)
@policy_option
@click.option("--sign-in", is_flag=True, help="Ask everybody to sign in, on this machine too.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A name by which people call it; may be repeated.")
@click.option("--background", is_flag=True, help="Start it and return; `dateline desk stop` closes it.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.pass_context
def desk(
    context: click.Context,
    path: str | None,
    host: str,
    port: int,
    policy_name: str | None,
    sign_in: bool,
    names: tuple[str, ...],
    background: bool,
    no_browser: bool,
) -> None:
    """Open a ledger in a browser: read, check, reconcile.

    On this machine nobody signs in. To serve it to others give --host, and add an admin first with `dateline desk user
    add`. It runs until it is stopped with Ctrl-C, or with --background until `dateline desk stop`.
    """
    context.obj = path
    if context.invoked_subcommand is not None:
        return
    ledger = _ledger(path)
    usual = context.get_parameter_source("port") is click.core.ParameterSource.DEFAULT
    if background:
        _start(ledger, host, port, policy_name, sign_in, names, or_another=usual)
    else:
        _open(ledger, host, port, policy_name, sign_in, names, or_another=usual, browser=not no_browser)


def _open(
    ledger: Path, host: str, port: int, policy_name: str | None, sign_in: bool, names: tuple[str, ...], *,
    or_another: bool, browser: bool,
) -> None:  # fmt: skip
    from dateline.desk.desk import Desk
    from dateline.desk.serving import address_of, check_may_serve, is_local, open_port, serve
    from dateline.incidents.policies import policy
    from dateline.settings import from_environment

    settings = from_environment()
    rule = policy(policy_name or settings.policy)
    asked = sign_in or not is_local(host)
    user = "" if asked else _user()
    with Desk(ledger, rule=rule, user=user, sign_in=asked, workers=settings.workers, keep=False) as opened:
        check_may_serve(opened, host)
        port = open_port(host, port, or_another=or_another)
        opened.keeper.start()
        address = address_of(host, port)
        click.echo(f"{ledger} at {address} (Ctrl-C stops it)")
        if browser and is_local(host):
            _browse(address)
        serve(opened, host, port, hosts=names)


def _start(
    ledger: Path, host: str, port: int, policy_name: str | None, sign_in: bool, names: tuple[str, ...], *,
    or_another: bool,
) -> None:  # fmt: skip
    from dateline.desk.serving import command_line, open_port, running, start

    if running(ledger) is None:
        port = open_port(host, port, or_another=or_another)
    said = ["desk", "--ledger", str(ledger), "--host", host, "--port", str(port), "--no-browser"]
    said += ["--policy", policy_name] if policy_name else []
    said += ["--sign-in"] if sign_in else []
    for name in names:
        said += ["--name", name]
    found = start(ledger, host, port, command_line(*said))
    click.echo(f"{ledger} at {found.address} (dateline desk stop --ledger {ledger} closes it)")


def _browse(address: str) -> None:
    """Open the browser a moment later, when the server listens."""
    import threading
    import webbrowser

    timer = threading.Timer(1.0, webbrowser.open, [address])
    timer.daemon = True
    timer.start()


@desk.command()
@ledger_option
@click.pass_obj
def stop(outer: str | None, path: str | None) -> None:
    """Stop the desk in the background."""
    from dateline.desk.serving import stop

    ledger = _ledger(path or outer)
    found = stop(ledger)
    click.echo(f"{ledger}: closed at {found.address}" if found else f"{ledger}: no desk is open in the background")


# --- users -----------------------------------------------------------------------------------------------------------


@desk.group(cls=InOrder)
def user() -> None:
    """Who may sign in, and what they may do.

    A reader looks; a coder accepts, rejects and corrects claims; an editor also joins and parts incidents; an admin
    also looks after users. Needed only where the desk is served to other machines.
    """


@user.command("add")
@click.argument("name")
@_role_option
@ledger_option
@click.pass_obj
def user_add(outer: str | None, name: str, role: Any, path: str | None) -> None:
    """Add a user; the password is asked for, or read from standard input."""
    with _people(path or outer) as people:
        made = people.add(name, role, _password(), _user())
    click.echo(f"{made.name}, {made.role}: added")


@user.command("list")
@ledger_option
@json_option
@click.pass_obj
def user_list(outer: str | None, path: str | None, as_json: bool) -> None:
    """List users with their roles."""
    with _people(path or outer) as people:
        found = people.users()
    if as_json:
        print_json(found)
        return
    for each in found:
        click.echo(f"{each.name}  {each.role}  since {each.added_at[:10]}, by {each.added_by}")
    if not found:
        click.echo("no users; dateline desk user add NAME --role admin")


@user.command("role")
@click.argument("name")
@click.argument("role", type=click.Choice(_ROLES))
@ledger_option
@click.pass_obj
def user_role(outer: str | None, name: str, role: Any, path: str | None) -> None:
    """Give a user another role."""
    with _people(path or outer) as people:
        people.set_role(name, role)
    click.echo(f"{name}: {role}")


@user.command("remove")
@click.argument("name")
@ledger_option
@click.pass_obj
def user_remove(outer: str | None, name: str, path: str | None) -> None:
    """Take a user away; what they decided stays in the ledger, under their name."""
    with _people(path or outer) as people:
        people.remove(name)
    click.echo(f"{name}: removed")


@user.command("password")
@click.argument("name")
@ledger_option
@click.pass_obj
def user_password(outer: str | None, name: str, path: str | None) -> None:
    """Give a user a new password, and end their sessions."""
    with _people(path or outer) as people:
        people.user(name)
        people.set_password(name, _password())
    click.echo(f"{name}: new password; every session is over")


# --- tokens ----------------------------------------------------------------------------------------------------------


@desk.group(cls=InOrder)
def token() -> None:
    """What programs sign in with: tokens of the API."""


@token.command("add")
@click.argument("name", metavar="USER")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(_SCOPES),
    help="What it may do; may be repeated.  [default: read]",
)
@click.option("--note", default="", metavar="WORDS", help="What it is for.")
@ledger_option
@click.pass_obj
def token_add(outer: str | None, name: str, scopes: tuple[Any, ...], note: str, path: str | None) -> None:
    """Make a token of a user's. It is printed once, and kept as a hash."""
    with _people(path or outer) as people:
        made, secret = people.add_token(name, scopes or ("read",), note)
    click.echo(secret)
    click.echo(f"token {made.id} of {made.user}: {', '.join(made.scopes)}; it is not shown again", err=True)


@token.command("list")
@ledger_option
@json_option
@click.pass_obj
def token_list(outer: str | None, path: str | None, as_json: bool) -> None:
    """List tokens, without their secrets."""
    with _people(path or outer) as people:
        found = people.tokens()
    if as_json:
        print_json(found)
        return
    for each in found:
        note = f"  {each.note}" if each.note else ""
        click.echo(f"{each.id}  {each.user}  {', '.join(each.scopes)}  since {each.added_at[:10]}{note}")
    if not found:
        click.echo("no tokens; dateline desk token add USER --scope read")


@token.command("remove")
@click.argument("id")
@ledger_option
@click.pass_obj
def token_remove(outer: str | None, id: str, path: str | None) -> None:
    """Take a token away; it works no more from this moment."""
    with _people(path or outer) as people:
        people.remove_token(id)
    click.echo(f"token {id}: removed")


# --- what they share -------------------------------------------------------------------------------------------------


def _ledger(path: str | None) -> Path:
    """The ledger's path; it must be there.

    Raises:
        LedgerError: there is no ledger.
    """
    from dateline.errors import LedgerError
    from dateline.ledger.store import check_path
    from dateline.settings import from_environment

    made = Path(path or from_environment().ledger)
    check_path(made, False)
    if not made.is_file():
        raise LedgerError(f"{made}: there is no ledger here; check the path, or make one with `dateline add`")
    return made


def _people(path: str | None) -> "Any":
    from contextlib import contextmanager

    from dateline.desk.people import People
    from dateline.desk.store import Store, store_path

    @contextmanager
    def opened() -> "Iterator[People]":
        store = Store(store_path(_ledger(path)))
        try:
            yield People(store)
        finally:
            store.close()

    return opened()


def _password() -> str:
    """Asked for twice at a terminal; else the first line of standard input."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


def _user() -> str:
    from getpass import getuser

    from dateline.settings import from_environment

    try:
        return from_environment().user or getuser()
    except (KeyError, OSError):  # nobody is logged in, as in a container
        raise InputError("who are you? set DATELINE_USER") from None


COMMANDS = (desk,)
