"""Signing in and out."""

from urllib.parse import urlsplit

from msgspec import Struct

from dateline.desk.page import Action, Dict, Done, Page, Visit
from dateline.desk.problems import NotAllowed, TooOften
from dateline.errors import InputError


class Next(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`next` is the page to go to afterwards."""

    next: str = "/"


class Given(Struct, frozen=True, kw_only=True):
    name: str = ""
    password: str = ""
    next: str = "/"


def sign_in_page(visit: Visit) -> Dict:
    return {"next": own(visit.query.next), "needed": visit.desk.sign_in}


def sign_in(visit: Visit) -> Done:
    who, asked = visit.who, visit.query
    try:
        session = visit.desk.people.sign_in(asked.name, asked.password, who.address, who.client)
    except InputError as error:
        raise TooOften(f"{str(error).capitalize()}.", headers={"Retry-After": "900"}) from error
    if session is None:
        raise NotAllowed("Name and password do not belong together.", {"again": "/sign-in"})
    visit.request.scope["desk.session"] = session
    return Done(next=own(asked.next))


def sign_out(visit: Visit) -> Done:
    token = visit.request.cookies.get("desk_session", "")
    visit.desk.people.sign_out(token, visit.who.name, visit.who.address, visit.who.client)
    visit.request.scope["desk.session"] = ""
    return Done(next="/sign-in")


def own(next: str) -> str:
    """An address of this desk; anything else leads to the first page, so that no link can send people elsewhere."""
    parts = urlsplit(next.replace("\\", "/"))
    fine = next.startswith("/") and not next.startswith("//") and not parts.netloc and next.isprintable()
    return next if fine and not parts.scheme and not parts.path.startswith("//") else "/"


PAGES = (Page(path="/sign-in", name="sign_in", title="Sign in", make=sign_in_page, query=Next),)
ACTIONS = (
    Action(path="/sign-in", name="sign_in", title="Sign in", run=sign_in, fields=Given),
    Action(path="/sign-out", name="sign_out", title="Sign out", run=sign_out),
)
