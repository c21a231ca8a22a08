"""The application: every page of `pages/` with its JSON twin, the forms, signing in, static files, the API's page.

Endpoints are plain functions, which the server runs in a pool of threads: each opens what it needs of the desk.
"""

import logging
import os
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import quote, urlsplit

import anyio
import anyio.to_thread
import msgspec
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.telemetry import TelemetryConfig
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from dateline.desk import pages, problems
from dateline.desk.desk import Desk
from dateline.desk.page import Action, Dict, Form, Page, Reply, Upload, Visit, csv_of, read_fields, read_query
from dateline.desk.people import Person
from dateline.desk.problems import NotAllowed, NotFound, NotSignedIn, Problem, problem_of
from dateline.desk.render import Renderer
from dateline.desk.safety import LOCAL_NAMES, Safety
from dateline.errors import DatelineError
from dateline.settings import from_environment
from dateline.version import VERSION

SESSION, BROWSER = "desk_session", "desk_browser"  # cookies
FORM_TOKEN = "form_token"
_STATIC = Path(__file__).parent / "static"
_THREADS = 12  # pages made at a time; each holds a few connections
_MOST_BYTES = 32_000_000  # of one request that holds no evidence
_MOST_FORM = 1_000_000  # of one that holds no file
# Nothing is told to anybody, whatever the environment says.
_NO_TELEMETRY: TelemetryConfig = {
    "tracing": False, "metrics": False, "logs": False, "operation_spans": False, "auto_configure": False
}  # fmt: skip
_BY_STATUS = {each.status: each for each in problems.Problem.__subclasses__()}
_log = logging.getLogger("dateline.desk")


def make_app(desk: Desk, *, hosts: Iterable[str] | None = None) -> FastAPI:
    """The application of an open desk, which is closed with it.

    Args:
        hosts: further names by which the desk may be called. Where people sign in and none is given, any will do.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = _THREADS
        yield

    app = FastAPI(
        title="Dateline desk", version=VERSION, lifespan=lifespan, docs_url=None, redoc_url=None,
        openapi_url="/api/openapi.json", description=_ABOUT, max_body_size=_MOST_BYTES, telemetry=_NO_TELEMETRY,
    )  # fmt: skip
    front = Front(desk, app)

    @app.get("/alive", include_in_schema=False)
    def alive() -> Response:
        """For who started it, to see that it is this desk that answers."""
        return Response(f"dateline desk {os.getpid()}\n", media_type="text/plain")

    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    for page in pages.every_page():
        front.add_page(page)
    for action in pages.every_action():
        front.add_action(action)
    for reply in pages.every_reply():
        front.add_reply(reply)
    front.add_errors()
    names = None if desk.sign_in and not hosts else (*LOCAL_NAMES, *(hosts or ()))
    app.add_middleware(Safety, hosts=names, local=not desk.sign_in)
    return app


_ABOUT = (
    "Every page has a JSON twin: the same address with `.json`. A program sends `Authorization: Bearer TOKEN`, "
    "with a token of `dateline desk token add`."
)


class Front:
    """Ties pages and actions to the application, and knows who asks."""

    def __init__(self, desk: Desk, app: FastAPI) -> None:
        self.desk, self.app = desk, app
        self.renderer = Renderer(desk, pages.every_page())

    # --- pages ---

    def add_page(self, page: Page) -> None:
        """The page itself, its JSON twin, and its CSV where it is a table."""
        about = _documented(page)
        stem = page.twin or page.path
        if page.table:
            self.app.get(f"{stem}.csv", name=f"{page.name}.csv", **about)(self._endpoint(page, "csv"))
        self.app.get(f"{stem}.json", name=f"{page.name}.json", **about)(self._endpoint(page, "json"))
        looked = ["GET", "HEAD"]
        self.app.api_route(page.path, methods=looked, name=page.name, include_in_schema=False)(
            self._endpoint(page, "html")
        )

    def _endpoint(self, page: Page, form: Form) -> Callable[[Request], Response]:
        def endpoint(request: Request) -> Response:
            request.scope["desk.form"] = form
            request.scope["desk.address"] = _own_address(request, form)
            try:
                return self._show(page, form, request)
            except Exception as error:
                return self._on_any(request, error)

        return endpoint

    def _show(self, page: Page, form: Form, request: Request) -> Response:
        who = self.who(request)
        request.scope["desk.who"] = who
        if page.name not in pages.OPEN_TO_ALL:
            self._check(who, page)
        visit = Visit(self.desk, who, request, read_query(request, page.query))
        return self._answer(page, page.make(visit), form, visit)

    def _check(self, who: Person, page: Page | Action | Reply) -> None:
        scope = page.scope if isinstance(page, Action) else "read"
        if who.how == "nobody":
            raise NotSignedIn("Sign in to see this page.")
        if scope not in who.scopes:
            raise NotAllowed(f"This token may not do that: it lacks the scope {scope!r}.")
        if not who.may(page.role, scope):
            raise NotAllowed(f"That takes the role {page.role}; {who.name} is {who.role}. Ask an admin.")

    def _answer(self, page: Page, made: Dict, form: Form, visit: Visit) -> Response:
        if form == "json":
            return Response(msgspec.json.encode(made), media_type="application/json")
        if form == "csv":
            name = f"{page.name}.csv"
            headers = {"Content-Disposition": f'attachment; filename="{name}"'}
            said = csv_of(made[page.table or ""], page.columns)
            return Response(said, media_type="text/csv; charset=utf-8", headers=headers)
        if page.leads:
            return RedirectResponse(made[page.leads], 302)
        return self._html(page.name, made, visit.who, visit.request)

    def _html(self, name: str, made: Dict, who: Person, request: Request, status: int = 200) -> Response:
        browser = request.cookies.get(BROWSER, "")
        fresh = not browser
        if fresh:
            browser = token_urlsafe(24)
        said = self.renderer.render(name, made, who, request, self.desk.people.form_token(browser))
        answer = Response(said, status, media_type="text/html; charset=utf-8")
        if fresh:
            _set_cookie(answer, request, BROWSER, browser)
        return answer

    # --- files, and documents of an API ---

    def add_reply(self, reply: Reply) -> None:
        def endpoint(request: Request) -> Response:
            request.scope["desk.form"] = "html" if "text/html" in request.headers.get("accept", "") else "json"
            request.scope["desk.address"] = request.url.path
            try:
                who = self.who(request)
                request.scope["desk.who"] = who
                self._check(who, reply)
                return reply.make(Visit(self.desk, who, request, read_query(request, reply.query)))
            except Exception as error:
                return self._on_any(request, error)

        self.app.get(reply.path, name=reply.name, **_documented(reply))(endpoint)
        self.app.api_route(reply.path, methods=["HEAD"], name=reply.name, include_in_schema=False)(endpoint)

    # --- forms ---

    def add_action(self, action: Action) -> None:
        inside = [_in_path(name) for name in _names(action.path)]
        shape = msgspec.json.schema(action.fields)
        shape = shape.get("$defs", {}).get(action.fields.__name__, shape)
        wanted = {name: _as_words(each) for name, each in shape.get("properties", {}).items()}
        takes = {"type": "object", "properties": wanted, "required": shape.get("required", [])}
        content = {"application/json": {"schema": takes}}
        if action.takes_file:
            file = {"type": "string", "format": "binary"}
            content["multipart/form-data"] = {"schema": {**takes, "properties": {**wanted, "file": file}}}
        body = {"content": content}
        about: dict[str, Any] = {
            "summary": action.title,
            "tags": ["actions"],
            "openapi_extra": {"parameters": inside, "requestBody": body},
        }

        async def endpoint(request: Request) -> Response:
            request.scope["desk.form"] = "html" if "text/html" in request.headers.get("accept", "") else "json"
            request.scope["desk.address"] = request.url.path
            try:
                if action.takes_file:  # nobody who may not send one has a large body read
                    self._check(await anyio.to_thread.run_sync(self.who, request), action)
                fields = await _fields(request, takes_file=action.takes_file)
                return await anyio.to_thread.run_sync(self._act, action, request, fields)
            except HTTPException as error:
                return self._on_http(request, error)
            except Exception as error:
                return await anyio.to_thread.run_sync(self._on_any, request, error)

        most = from_environment().max_evidence_bytes + _MOST_FORM if action.takes_file else _MOST_BYTES
        self.app.post(action.path, name=action.name, max_body_size=most, **about)(endpoint)

    def _act(self, action: Action, request: Request, fields: dict[str, str]) -> Response:
        who = self.who(request)
        request.scope["desk.who"] = who
        given = fields.pop(FORM_TOKEN, "")
        if who.how != "token":
            self._check_form(request, given)
        if action.name not in pages.OPEN_TO_ALL:
            self._check(who, action)
        kept = {name: value for name, value in fields.items() if value.strip()}
        visit = Visit(self.desk, who, request, read_fields(kept, action.fields))
        done = action.run(visit)
        if request.scope["desk.form"] == "json":
            answer = Response(msgspec.json.encode({"next": done.next, **done.made}), media_type="application/json")
        else:
            answer = RedirectResponse(quote(done.next, safe="/?&=#%:+,;@!~*'()"), 303)
        self._cookies(answer, request)
        return answer

    def _cookies(self, answer: Response, request: Request) -> None:
        """A session that began or ended with this request."""
        session = request.scope.get("desk.session")
        if session:
            _set_cookie(answer, request, SESSION, session)
        elif session == "":
            answer.delete_cookie(SESSION)

    def _check_form(self, request: Request, given: str) -> None:
        """A form that another site made the browser send is refused."""
        origin = request.headers.get("origin")
        foreign = origin not in (None, "null") and urlsplit(origin or "").netloc != request.headers.get("host")
        cross = request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
        if foreign or cross or not self.desk.people.is_form_token(request.cookies.get(BROWSER, ""), given):
            raise NotAllowed("This form did not come from a page of this desk, or is too old; go back, load it again.")

    # --- who ---

    def who(self, request: Request) -> Person:
        """Who asks: by a token of the API, by a session, or, where nobody signs in, who started the desk."""
        address = request.client.host if request.client else ""
        client = request.headers.get("user-agent", "")[:200]
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind:
            found = self.desk.people.of_token(token.strip(), address, client) if kind.lower() == "bearer" else None
            if found is None:
                raise NotSignedIn("That token is not known here.", headers={"WWW-Authenticate": "Bearer"})
            return found
        if not self.desk.sign_in:
            return Person(name=self.desk.user, role="admin", address=address, client=client)
        session = request.cookies.get(SESSION, "")
        person = self.desk.people.of_session(session, address, client) if session else None
        return person or Person(name="", role="reader", address=address, client=client, scopes=(), how="nobody")

    # --- problems ---

    def add_errors(self) -> None:
        self.app.exception_handler(HTTPException)(self._on_http)
        self.app.exception_handler(RequestValidationError)(self._on_invalid)
        self.app.exception_handler(Exception)(self._on_any)
        for kind in (Problem, DatelineError, ValueError, OverflowError):
            self.app.exception_handler(kind)(self._on_any)

    def _on_http(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if error.status_code == 404:
            return self._problem(request, NotFound("Nothing lies at this address; the navigation names all pages."))
        made = _BY_STATUS.get(error.status_code, Problem)(str(error.detail))
        if made.status != error.status_code:
            made.status = error.status_code  # such as 405
        made.headers = dict(error.headers or {})
        return self._problem(request, made)

    def _on_invalid(self, request: Request, error: Exception) -> Response:
        return self._problem(
            request, problems.BadRequest("The request does not have the form that this address takes.")
        )

    def _on_any(self, request: Request, error: Exception) -> Response:
        found = problem_of(error)
        if found.status >= 500:
            _log.error("%s %s: %s", request.method, request.url.path, error, exc_info=error)
        return self._problem(request, found)

    def _problem(self, request: Request, problem: Problem) -> Response:
        made = {"status": problem.status, "title": problem.title, "detail": str(problem), **problem.facts}
        if _wants_json(request):
            said = msgspec.json.encode(made)
            return Response(said, problem.status, dict(problem.headers), media_type="application/problem+json")
        if isinstance(problem, NotSignedIn) and request.method == "GET":
            return RedirectResponse("/sign-in?" + f"next={quote(_here(request), safe='')}", 303)
        who = request.scope.get("desk.who") or self._who_or_nobody(request)
        answer = self._html("problem", {**made, "facts": problem.facts}, who, request, problem.status)
        answer.headers.update(problem.headers)
        return answer

    def _who_or_nobody(self, request: Request) -> Person:
        try:
            return self.who(request)
        except DatelineError:
            return Person(name="", role="reader", address="", scopes=(), how="nobody")


def _documented(page: Page | Reply) -> dict[str, Any]:
    """What the OpenAPI page says of a page's twins, or of a reply: its filters as parameters."""
    shape = msgspec.json.schema(page.query)
    fields = shape.get("$defs", {}).get(page.query.__name__, shape).get("properties", {})
    inside = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in _names(page.path)
    ]
    filters = [{"name": name, "in": "query", "schema": _flat(each)} for name, each in fields.items()]
    return {
        "summary": page.title,
        "tags": ["pages" if isinstance(page, Page) else "files and features"],
        "openapi_extra": {"parameters": [*inside, *filters]},
        "responses": {400: {"description": "a filter was not understood"}, 404: {"description": "there is none"}},
    }


def _in_path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _names(path: str) -> list[str]:
    return [part.partition("}")[0].partition(":")[0] for part in path.split("{")[1:]]


def _as_words(schema: dict[str, Any]) -> dict[str, Any]:
    """A field of a form, which holds words whatever is made of them."""
    flat = _flat(schema)
    if not all(isinstance(one, str) for one in flat.get("enum", [])):
        return {"type": "string"}
    kept = {name: value for name, value in flat.items() if name in ("enum", "maxLength", "description")}
    return {"type": "string", **kept}


def _flat(schema: dict[str, Any]) -> dict[str, Any]:
    """A filter's type without "or null": a filter that is not wanted is left out."""
    made = {name: value for name, value in schema.items() if name != "default"}
    if "anyOf" in made:
        some = [each for each in made.pop("anyOf") if each.get("type") != "null"]
        made.update(some[0] if len(some) == 1 else {"anyOf": some})
    if "enum" in made:
        made["enum"] = [each for each in made["enum"] if each is not None]
    return made


async def _fields(request: Request, *, takes_file: bool) -> dict[str, str]:
    """The words of a form, or of a JSON object of words; a file is put aside for the visit.

    Raises:
        BadRequest: the body is neither, or too long.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        body = await request.body()
        if len(body) > _MOST_FORM:
            raise problems.TooLarge(f"That is more than {_MOST_FORM:,} bytes.")
        try:
            return msgspec.json.decode(body, type=dict[str, str])
        except msgspec.DecodeError as error:
            raise problems.BadRequest(f"The body is no JSON object of words: {error}.") from error
    form = await request.form(max_files=int(takes_file), max_fields=2_000, max_part_size=_MOST_FORM)
    made: dict[str, str] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            await _put_aside(request, value)
        elif isinstance(value, str):  # several boxes of one name are one list, parted by line breaks
            made[name] = f"{made[name]}\n{value}" if name in made else value
    return made


async def _put_aside(request: Request, file: UploadFile) -> None:
    raw = await file.read()
    if file.filename or raw:  # a form sends an empty one where no file was chosen
        request.scope["desk.upload"] = Upload(file.filename or "", raw)


def _set_cookie(answer: Response, request: Request, name: str, value: str) -> None:
    answer.set_cookie(name, value, httponly=True, samesite="lax", secure=request.url.scheme == "https", path="/")


def _own_address(request: Request, form: Form) -> str:
    """The page's address without the ending that asks for JSON or CSV."""
    path = request.url.path
    return path if form == "html" else path.removesuffix(f".{form}")


def _here(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _wants_json(request: Request) -> bool:
    """Whether a problem is told to a program."""
    accepts, form = request.headers.get("accept", ""), request.scope.get("desk.form")
    return (
        form in ("json", "csv")
        or (form is None and request.url.path.endswith((".json", ".csv")))
        or "authorization" in request.headers
        or ("application/json" in accepts and "text/html" not in accepts)
    )
