"""What keeps a desk safe from other pages in the same browser: headers, and by which name it is called."""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, TypeAlias

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "font-src 'self'",
        "manifest-src 'self'",
        "frame-ancestors 'none'",
        "form-action 'self'",
        "base-uri 'none'",
    )
)
# Of files that people attached: whatever such a file is taken for, nothing in it may run, load or be framed.
FILE_POLICY = "default-src 'none'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'; sandbox"
_POLICY_NAME = "Content-Security-Policy"
HEADERS = {
    _POLICY_NAME: POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")
# Set by a program between the browser and the desk. Where nobody signs in there must be none.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
_STATIC = "/static/"


class Safety:
    """Wraps the application: every answer gets the headers, and what must not be answered is refused here.

    Args:
        hosts: names by which the desk may be called; None for any, where people sign in.
        local: nobody signs in: what came through another program is refused.
    """

    def __init__(self, app: App, *, hosts: Iterable[str] | None, local: bool) -> None:
        self._app = app
        self._hosts = frozenset(hosts) if hosts is not None else None
        self._local = local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = self._refused(headers)
        if refused is not None:
            status, said = refused
            await PlainTextResponse(said + "\n", status)(scope, receive, _with_headers(scope, send))
            return
        await self._app(scope, receive, _with_headers(scope, send))

    def _refused(self, headers: Headers) -> tuple[int, str] | None:
        if self._hosts is not None and name_in(headers.get("host", "")) not in self._hosts:
            # Another page may have led the browser here under a name of its own (DNS rebinding).
            return 403, f"This desk answers to {', '.join(sorted(self._hosts))} alone; open it by that name."
        if self._local and any(name in headers for name in _FORWARDED):
            return 403, "This desk is open to its own machine alone; start it with --sign-in to serve it to others."
        return None


def name_in(host: str) -> str:
    """The name in a Host header, without its port."""
    name, _, port = host.rpartition(":")
    return (name if port.isdecimal() and name else host).lower().rstrip(".")


def _with_headers(scope: Scope, send: Send) -> Send:
    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            # A file that came from outside has a policy of its own, stricter than that of pages.
            own = headers.get(_POLICY_NAME, "")
            for name, value in HEADERS.items():
                headers[name] = value
            if own == FILE_POLICY:
                headers[_POLICY_NAME] = own
            if "cache-control" not in headers:
                fresh = scope["path"].startswith(_STATIC)
                headers["Cache-Control"] = "no-cache" if fresh else "no-store"
        await send(message)

    return sending
