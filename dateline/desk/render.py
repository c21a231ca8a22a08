"""Templates: what a page's dict becomes in HTML. Everything is escaped; a name that is missing is an error."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request

from dateline.desk import wording
from dateline.desk.desk import Desk
from dateline.desk.page import Dict, Page, address, given
from dateline.desk.people import Person
from dateline.version import VERSION

FOLDER = Path(__file__).parent / "templates"


class Renderer:
    """Renders templates with a page's dict and, under `desk`, what stands around every page."""

    def __init__(self, desk: Desk, pages: Iterable[Page]) -> None:
        self._desk = desk
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            lstrip_blocks=True,
        )  # fmt: skip
        self._environment.filters.update(wording.FILTERS)
        self._environment.globals["address"] = address
        self._pages = {page.name: page for page in pages}
        placed = [(page.nav, page) for page in pages if page.nav]
        self._nav = sorted(placed, key=lambda each: each[0].place)

    def render(self, name: str, made: Dict, who: Person, request: Request, form_token: str) -> str:
        around = self._around(name, who, request, form_token)
        return self._environment.get_template(f"{name}.html").render(**made, desk=around)

    def _around(self, name: str, who: Person, request: Request, form_token: str) -> dict[str, Any]:
        own = str(request.scope.get("desk.address", request.url.path))
        page = self._pages.get(name)
        filters = given(request)
        known = who.how != "nobody"
        return {
            "nav": [
                {"label": nav.label, "key": nav.key, "path": page.path, "name": page.name}
                for nav, page in self._nav
                if who.may(page.role)
            ],
            "here": name,
            "address": own,
            "filters": filters,
            "json": address(f"{page.twin or own}.json", filters) if page else "",
            "csv": address(f"{own}.csv", filters) if page and page.table else "",
            "who": {"name": who.name, "role": who.role, "how": who.how},
            "may": {role: known and who.may(role, "decide") for role in ("coder", "editor", "admin")},
            "form_token": form_token,
            "lag": self._desk.lag() if known else None,
            "ledger": self._desk.path.name,
            "policy": self._desk.policy.name,
            "version": VERSION,
        }
