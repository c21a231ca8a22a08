"""The pattern of every page: one function makes one plain dict; a template renders it, and `.json` gives it as it is.

A page's address takes its filters as query parameters; they are the fields of its `query`, a msgspec struct, so that
what is written wrong is one clear line. A page whose dict holds a list of rows under `table` is also a `.csv`.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, TypeAlias
from urllib.parse import urlencode

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from dateline.desk.desk import Desk
from dateline.desk.people import Person, Role, Scope
from dateline.desk.problems import BadRequest

Form: TypeAlias = Literal["html", "json", "csv"]
Dict: TypeAlias = dict[str, Any]


class Nav(Struct, frozen=True, kw_only=True):
    """A page's place in the navigation: its label, its place from the left, and the key that follows `g`."""

    label: str
    place: int
    key: str = ""


class NoQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """A page without filters."""


class Upload(Struct, frozen=True):
    """A file that came with a form: the name that the sender gave it, and its bytes."""

    name: str
    raw: bytes


class Visit:
    """One request to a page: who asks, with which filters, of which desk.

    `path` holds the parts of the address that are named in the page's own, `query` the filters as the page's struct.
    """

    def __init__(self, desk: Desk, who: Person, request: Request, query: Any = None) -> None:
        self.desk, self.who, self.request, self.query = desk, who, request, query
        self.path: Mapping[str, str] = request.path_params

    @property
    def upload(self) -> Upload | None:
        """The file that came with the form, where the action takes one."""
        found: Upload | None = self.request.scope.get("desk.upload")
        return found

    def address(self, **changes: Any) -> str:
        """This page's own address with other filters; None takes a filter out."""
        return address(str(self.request.scope["desk.address"]), {**given(self.request), **changes})


class Page(Struct, frozen=True, kw_only=True):
    """One page.

    Args:
        path: its address, as "/incidents/{id}".
        name: of its template, `templates/NAME.html`, and of its kind.
        title: what it is, for lists of pages and for the API.
        make: makes the dict; everything in it must be plain (`plain` makes it so).
        query: the filters.
        table: the key of the dict under which a list of flat rows lies.
        columns: of the CSV, in their order.
        twin: the address of the JSON without ".json", where it is not `path`.
        leads: the key of the dict under which lies the address that a browser is sent on to.
    """

    path: str
    name: str
    title: str
    make: Callable[[Visit], Dict]
    role: Role = "reader"
    nav: Nav | None = None
    query: type[Struct] = NoQuery
    table: str | None = None
    columns: tuple[str, ...] = ()
    twin: str | None = None
    leads: str | None = None


class Reply(Struct, frozen=True, kw_only=True):
    """What is neither a page nor a form: a file to keep, a document of an API. `make` makes the whole answer."""

    path: str
    name: str
    title: str
    make: Callable[[Visit], Response]
    role: Role = "reader"
    query: type[Struct] = NoQuery


class Done(Struct, frozen=True, kw_only=True):
    """What came of a form: a browser goes on to `next`, a program gets `made` as JSON."""

    next: str
    made: Dict = {}


class Action(Struct, frozen=True, kw_only=True):
    """What a form sends: a POST that changes something and leads to another page.

    `run` finds what was sent as `visit.query`, in the struct `fields`; where it `takes_file`, that as `visit.upload`.
    `visit.upload`.
    """

    path: str
    name: str
    title: str
    run: Callable[[Visit], Done]
    role: Role = "coder"
    scope: Scope = "decide"
    fields: type[Struct] = NoQuery
    takes_file: bool = False


def plain(value: Any) -> Any:
    """Structs, dates and the like as JSON has them."""
    return msgspec.to_builtins(value, str_keys=True)


def given(request: Request) -> dict[str, str]:
    """The filters in an address; those that a form left empty are none."""
    return {name: value for name, value in request.query_params.items() if value.strip()}


def read_query(request: Request, query: type[Struct]) -> Any:
    """The filters as the page's struct.

    Raises:
        BadRequest: there is no such filter, or it cannot be that.
    """
    fields = given(request)
    known = {each.encode_name for each in msgspec.structs.fields(query)}
    if strange := [name for name in fields if name not in known]:
        some = f"it has {', '.join(sorted(known))}" if known else "it has none"
        raise BadRequest(f"This page has no filter {shown(strange[0])!r}; {some}.")
    return read_fields(fields, query)


def read_fields(fields: Mapping[str, str], kind: type[Struct]) -> Any:
    """Words of a form or an address as a struct.

    Raises:
        BadRequest: one of them cannot be that.
    """
    try:
        return msgspec.convert(dict(fields), kind, strict=False)
    except msgspec.ValidationError as error:
        raise BadRequest(f"{_said(str(error), fields)}.") from error


_WHERE = re.compile(r"^(?P<what>.*?)(?: - at `\$\.(?P<field>[^`]*)`)?$", re.S)


def _said(error: str, fields: Mapping[str, str]) -> str:
    """A message of msgspec's with the field by its name and what stood in it."""
    found = _WHERE.match(error)
    field = found.group("field") if found else None
    if not found or not field:
        return error
    return f"{field}={shown(fields.get(field, ''))!r}: {found.group('what')[:1].lower()}{found.group('what')[1:]}"


def shown(said: str, most: int = 60) -> str:
    """Somebody's words, cut to what a line can hold."""
    return said if len(said) <= most else said[: most - 1] + "…"


def address(path: str, filters: Mapping[str, Any]) -> str:
    """An address with filters; those that are None are left out."""
    kept = {name: str(value) for name, value in filters.items() if value is not None}
    return f"{path}?{urlencode(kept)}" if kept else path


def csv_of(rows: Iterable[Mapping[str, Any]], columns: Iterable[str]) -> str:
    """Rows as RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe before it."""
    buffer, names = io.StringIO(newline=""), list(columns)
    writer = csv.writer(buffer)
    writer.writerow(names)
    for row in rows:
        writer.writerow([_cell(row.get(name)) for name in names])
    return buffer.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple):
        value = "; ".join(map(str, value))
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value
