"""Keys, and what the API offers: pages that need nothing of the ledger."""

from typing import Any

from dateline.desk.page import Dict, Page, Visit


def help_page(visit: Visit) -> Dict:
    return {"keys": [{"keys": keys, "does": does} for keys, does in KEYS]}


def api_page(visit: Visit) -> Dict:
    """The addresses of the API as a plain list, made from its OpenAPI description; nothing comes from elsewhere."""
    described = visit.request.app.openapi()
    return {
        "openapi": "/api/openapi.json",
        "title": described["info"]["title"],
        "version": described["info"]["version"],
        "about": described["info"].get("description", ""),
        "addresses": [
            _told(path, method, operation)
            for path, methods in described["paths"].items()
            for method, operation in methods.items()
        ],
    }


def _told(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    return {
        "path": path,
        "method": method.upper(),
        "summary": operation.get("summary", ""),
        "parameters": [{"name": each["name"], "in": each["in"]} for each in operation.get("parameters", [])],
    }


KEYS = (
    ("j, k", "the next, the previous item of a list"),
    ("Enter or o", "open it"),
    ("/", "to the search field"),
    (
        "g, then a letter",
        "to a page: o overview, i incidents, m map, b inbox, r reports, d coding, s search,"
        " a actors, p places, u sources, e evidence, x exports",
    ),
    ("a, x, c", "on a report: accept, reject (asks why), correct the claim that is chosen"),
    ("+", "on a report: add a claim that was not read"),
    ("n, u", "on a report: read, and on to the next unread one; mark it unread"),
    ("Esc", "leave a field"),
    ("?", "this page"),
)

PAGES = (
    Page(path="/help", name="help", title="Keys and help", make=help_page),
    Page(path="/api/docs", name="api", title="The API's addresses", make=api_page, twin="/api/addresses"),
)
