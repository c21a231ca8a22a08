"""The pages, a file each: a file in this folder with `PAGES`, `ACTIONS` or `REPLIES` is a part of the desk."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from dateline.desk.page import Action, Page, Reply

# Forms that may be sent by who has not signed in.
OPEN_TO_ALL = frozenset(("sign_in", "sign_out"))


@cache
def every_page() -> tuple[Page, ...]:
    return tuple(page for module in _modules() for page in getattr(module, "PAGES", ()))


@cache
def every_action() -> tuple[Action, ...]:
    return tuple(action for module in _modules() for action in getattr(module, "ACTIONS", ()))


@cache
def every_reply() -> tuple[Reply, ...]:
    return tuple(reply for module in _modules() for reply in getattr(module, "REPLIES", ()))


def _modules() -> list[object]:
    return [import_module(f"{__name__}.{each.name}") for each in iter_modules(__path__)]
