"""Fetching, from a server of our own on this machine. All pages here are invented."""

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dateline.errors import FetchError
from dateline.ingest.fetch import USER_AGENT, fetch, is_public
from dateline.ingest.incoming import Failure, Incoming
from dateline.ingest.sources import incoming
from dateline.settings import Settings

PARAGRAPH = "<p>Shells hit a market in Qastal on Monday, killing nine traders, the hospital of the town said.</p>"
PAGE = f"<html><head><title>Qastal</title></head><body><article><h1>Qastal</h1>{PARAGRAPH * 5}</article></body></html>"
LOCAL = Settings(allow_private_addresses=True, fetch_timeout=3.0, max_page_bytes=100_000)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    agents: list[str] = []

    def do_GET(self) -> None:
        self.agents.append(self.headers["User-Agent"])
        routes = {
            "/page": lambda: self.answer(200, PAGE.encode()),
            "/text": lambda: self.answer(200, b"Two shells hit the bridge.", "text/plain; charset=utf-8"),
            "/latin": lambda: self.answer(
                200, "Two shells hit the caf\u00e9.".encode("latin-1"), "text/plain; charset=latin-1"
            ),
            "/klingon": lambda: self.answer(200, b"Two shells hit the bridge.", "text/plain; charset=klingon"),
            "/astray": lambda: self.answer(302, b"", location="http://[bad"),
            "/not-zipped": lambda: self.answer(200, b"Two shells hit the bridge.", encoding="gzip"),
            "/broken-off": self.broken_off,
            "/zipped": lambda: self.answer(200, gzip.compress(PAGE.encode()), encoding="gzip"),
            "/bomb": lambda: self.answer(200, gzip.compress(b" " * 5_000_000), encoding="gzip"),
            "/long": lambda: self.answer(200, b"x" * 200_000),
            "/pdf": lambda: self.answer(200, b"%PDF-1.7", "application/pdf"),
            "/gone": lambda: self.answer(404, b"no"),
            "/once": lambda: self.answer(302, b"", location="/page"),
            "/loop": lambda: self.answer(302, b"", location="/loop"),
            "/file": lambda: self.answer(302, b"", location="file:///etc/hostname"),
            "/chunked": self.chunked,
            "/drip": self.drip,
            "/empty": lambda: self.answer(200, b"<html><body></body></html>"),
        }
        routes[self.path]()

    def answer(self, status: int, body: bytes, kind: str = "text/html", location: str = "", encoding: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (("Location", location), ("Content-Encoding", encoding)):
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def chunked(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in (PAGE[:100], PAGE[100:]):
            self.wfile.write(f"{len(piece):x}\r\n{piece}\r\n".encode())
        self.wfile.write(b"0\r\n\r\n")

    def broken_off(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"Two shells hit the bri")
        self.close_connection = True

    def drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "1000")
        self.end_headers()
        try:
            for _ in range(40):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.2)
        except OSError:
            pass

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that has read enough closes the line: no error here."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    made = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{made.server_address[1]}"
    made.shutdown()
    made.server_close()


@pytest.mark.parametrize("path", ["/page", "/zipped", "/chunked", "/once"])
def test_a_page_is_fetched_however_it_is_sent(server: str, path: str) -> None:
    found = fetch(server + path, LOCAL)
    assert found.body == PAGE.encode()
    assert found.media_type == "text/html"
    assert Handler.agents[-1] == USER_AGENT
    if path == "/once":
        assert found.url == server + "/page"


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/gone", "answered 404"),
        ("/pdf", "application/pdf"),
        ("/long", "more than 0.1 MB"),
        ("/bomb", "more than 0.1 MB"),
        ("/loop", "more than 5 times"),
        ("/file", "not an http"),
        ("/astray", r"sent on to 'http://\[bad', which is no address"),
        ("/not-zipped", "is not compressed as it says"),
        ("/broken-off", "broke off"),
    ],
)
def test_what_is_no_page_is_one_clear_line(server: str, path: str, says: str) -> None:
    with pytest.raises(FetchError, match=says):
        fetch(server + path, LOCAL)


def test_a_drip_times_out_as_a_whole(server: str) -> None:
    started = time.monotonic()
    with pytest.raises(FetchError, match=r"within 0\.8 seconds"):
        fetch(server + "/drip", Settings(allow_private_addresses=True, fetch_timeout=0.8))
    assert time.monotonic() - started < 4


def test_private_addresses_are_refused_unless_allowed(server: str) -> None:
    before = len(Handler.agents)
    with pytest.raises(FetchError, match="private network"):
        fetch(server + "/page", Settings())
    assert len(Handler.agents) == before


def test_nobody_answers() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: the port answers nobody
        [failed] = incoming(f"http://127.0.0.1:{taken.getsockname()[1]}/", settings=LOCAL)
    assert isinstance(failed, Failure)
    assert failed.stage == "fetch"
    assert "refused" in failed.message


def test_an_address_becomes_a_report_or_a_failure(server: str) -> None:
    [made] = incoming(server + "/page", settings=LOCAL)
    assert isinstance(made, Incoming)
    assert made.id == "page"
    assert "killing nine traders" in made.report.text
    [text] = incoming(server + "/text", settings=LOCAL)
    assert isinstance(text, Incoming)
    assert text.report.text == "Two shells hit the bridge."
    [empty] = incoming(server + "/empty", settings=LOCAL)
    assert isinstance(empty, Failure)
    assert "no article" in empty.message


@pytest.mark.parametrize(
    ("path", "text"), [("/latin", "Two shells hit the caf\u00e9."), ("/klingon", "Two shells hit the bridge.")]
)
def test_a_text_is_read_in_the_encoding_that_the_server_declares(server: str, path: str, text: str) -> None:
    [made] = incoming(server + path, settings=LOCAL)
    assert isinstance(made, Incoming), made
    assert made.report.text == text


@pytest.mark.parametrize(
    "url", ["http://", "http://[::1", "http://exa mple.org/", "http://127.0.0.1:99999/", "https://\u2603\u2603.\u0000/"]
)
def test_no_address_is_one_clear_line(url: str) -> None:
    [failed] = incoming(url, settings=LOCAL)
    assert isinstance(failed, Failure)
    assert "\n" not in failed.message


@pytest.mark.parametrize(
    ("ip", "public"),
    [
        ("93.184.216.34", True), ("2606:4700:4700::1111", True),
        ("127.0.0.1", False), ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False), ("100.64.0.1", False), ("224.0.0.1", False), ("255.255.255.255", False),
        ("::1", False), ("fe80::1", False), ("fd00::1", False), ("::ffff:127.0.0.1", False), ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False), ("64:ff9b::7f00:1", False), ("64:ff9b::a9fe:a9fe", False), ("ff02::1", False),
    ],
)  # fmt: skip
def test_public_addresses(ip: str, public: bool) -> None:
    assert is_public(ip) == public
