"""One page from one address, politely and without reaching into private networks.

The host's name is resolved here and the connection goes to that very address, so that a name cannot answer "public"
when it is checked and "private" when it is used. Every redirect is checked the same way.
"""

import ipaddress
import socket
import time
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urljoin, urlsplit

from msgspec import Struct

from dateline.errors import FetchError
from dateline.settings import Settings

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

USER_AGENT = "Dateline/0.1 (reads news reports about armed conflict)"
_CHUNK = 1 << 16
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_READABLE = ("text/html", "application/xhtml+xml", "text/plain")
_BROKEN = {  # errors of urllib3, whose own words speak of its insides
    "DecodeError": "what came is not compressed as it says",
    "ProtocolError": "the answer broke off or is not HTTP",
    "IncompleteRead": "the answer broke off",
}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Page(Struct, frozen=True, kw_only=True):
    """What an address answered. `url` is the address after redirects; `charset` what its header declares."""

    url: str
    body: bytes
    media_type: str
    charset: str | None = None


def fetch(url: str, settings: Settings) -> Page:
    """Get a page.

    Raises:
        FetchError: no answer within `fetch_timeout` seconds, an answer other than 200, too long a page, one that is
            neither HTML nor text, too many redirects, or an address that is not http(s) or not public.
    """
    deadline = time.monotonic() + settings.fetch_timeout
    address = url
    for _ in range(settings.fetch_redirects + 1):
        answer = _get(address, settings, deadline)
        if isinstance(answer, Page):
            return answer
        address = answer
    raise FetchError(f"{url}: sent on more than {settings.fetch_redirects} times")


def _get(url: str, settings: Settings, deadline: float) -> Page | str:
    """The page at `url`, or the address that it redirects to."""
    import urllib3
    from urllib3.exceptions import HTTPError

    parts, host, port = _split(url)
    ip = _resolve(url, host, port, allow_private=settings.allow_private_addresses)
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchError(f"{url}: no answer within {settings.fetch_timeout:g} seconds")
    common = {"port": port, "timeout": urllib3.Timeout(total=left), "retries": False, "maxsize": 1}
    pool: urllib3.HTTPConnectionPool
    if parts.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(ip, server_hostname=host, assert_hostname=host, **common)  # type: ignore[arg-type]
    else:
        pool = urllib3.HTTPConnectionPool(ip, **common)  # type: ignore[arg-type]
    headers = {
        "Host": parts.netloc.rpartition("@")[2],
        "User-Agent": USER_AGENT,
        "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9",
        "Accept-Encoding": "gzip, deflate",
    }
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with pool:
            response = pool.urlopen(
                "GET", target, headers=headers, redirect=False, preload_content=False, assert_same_host=False
            )
            return _answer(url, response, settings, deadline)
    except (HTTPError, OSError) as error:
        raise FetchError(f"{url}: did not answer ({_reason(error)})") from error


def _answer(url: str, response: "BaseHTTPResponse", settings: Settings, deadline: float) -> Page | str:
    if response.status in _REDIRECTS and response.headers.get("Location"):
        return _sent_on(url, response.headers["Location"])
    if response.status != 200:
        raise FetchError(f"{url}: answered {response.status} {response.reason or ''}".rstrip())
    media_type, charset = _content_type(response.headers.get("Content-Type", "text/html"))
    if media_type not in _READABLE:
        raise FetchError(f"{url}: answered with {media_type}, which is neither a page nor text")
    return Page(url=url, body=_body(url, response, settings, deadline), media_type=media_type, charset=charset)


def _sent_on(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise FetchError(f"{url}: sent on to {location!r}, which is no address") from error


def _body(url: str, response: "BaseHTTPResponse", settings: Settings, deadline: float) -> bytes:
    # Counted after decompression, so that a small answer cannot unfold into a large one.
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(_CHUNK, decode_content=True):  # what has come, not a full chunk: a drip must time out
        pieces.append(piece)
        size += len(piece)
        if size > settings.max_page_bytes:
            raise FetchError(f"{url}: more than {settings.max_page_bytes / 1e6:,.1f} MB; a page may have that much")
        if time.monotonic() > deadline:
            raise FetchError(f"{url}: not all of it came within {settings.fetch_timeout:g} seconds")
    return b"".join(pieces)


def _split(url: str) -> tuple[SplitResult, str, int]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(f"{url}: not an address ({error})") from error
    if parts.scheme not in ("http", "https") or not host:
        raise FetchError(f"{url}: not an http or https address")
    if any(c.isspace() or ord(c) < 32 for c in url):
        raise FetchError(f"{url!r}: an address holds no spaces or line ends")
    try:
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise FetchError(f"{url}: {host} is not a host name") from error
    return parts, host, port or (443 if parts.scheme == "https" else 80)


def _resolve(url: str, host: str, port: int, *, allow_private: bool) -> str:
    """The address to connect to; all of the host's addresses must be public, or none is used."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"{url}: {host} cannot be found ({_reason(error)})") from error
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    if not allow_private and (private := next((ip for ip in addresses if not is_public(ip)), None)):
        raise FetchError(
            f"{url}: {private} lies in a private network; DATELINE_ALLOW_PRIVATE_ADDRESSES=yes allows that"
        )
    return addresses[0]


def is_public(ip: str) -> bool:
    """Whether an address lies on the public internet, whatever it is wrapped in."""
    address = ipaddress.ip_address(ip)
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            address = inner
    return address.is_global and not address.is_multicast and not address.is_reserved


def _content_type(header: str) -> tuple[str, str | None]:
    from email.message import Message

    message = Message()
    message["Content-Type"] = header
    charset = message.get_param("charset")
    return message.get_content_type(), charset if isinstance(charset, str) else None


def _reason(error: BaseException) -> str:
    """The innermost plain reason: urllib3 wraps a refused connection three times."""
    name = type(error).__name__
    if "Timeout" in name:
        return "timed out"
    if "SSL" in name:
        return "its certificate does not hold"
    if name in _BROKEN:
        return _BROKEN[name]
    inner = error.__cause__ or error.__context__
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return _reason(inner) if isinstance(inner, OSError) and inner.strerror else name
