"""Running a desk: in front, or in the background with its process and address written down beside the ledger."""

import errno
import ipaddress
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import msgspec
import uvicorn
from msgspec import Struct

from dateline.desk.app import make_app
from dateline.desk.desk import Desk
from dateline.errors import DatelineError, InputError
from dateline.processes import is_alive

PORT = 8765
_WAIT_S = 60.0  # for a desk in the background to answer; a large ledger takes its time to be opened
_LOG = "%(asctime)s %(levelname)s %(name)s %(message)s"


class Running(Struct, frozen=True, kw_only=True):
    """A desk in the background: its process, and where it answers."""

    pid: int
    host: str
    port: int

    @property
    def address(self) -> str:
        return address_of(self.host, self.port)


def is_local(host: str) -> bool:
    """Whether a host is this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def address_of(host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"


def open_port(host: str, port: int, *, or_another: bool) -> int:
    """The port to listen at: the one that is wanted, or any free one where that is 0, or taken and another will do.

    Raises:
        InputError: it is taken, or this machine cannot listen there.
    """
    try:
        return _tried(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE and or_another:
            return _tried(host, 0)
        if error.errno == errno.EADDRINUSE:
            raise InputError(f"--port {port}: another program listens there; give another port, or none") from error
        raise InputError(f"--host {host} --port {port}: cannot listen there ({error.strerror})") from error


def _tried(host: str, port: int) -> int:
    """Listen there for a moment."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
        tried.bind((host, port))
        found: int = tried.getsockname()[1]
        return found


def check_may_serve(desk: Desk, host: str) -> None:
    """Refuse to be seen from elsewhere while nobody could sign in.

    Raises:
        InputError: the host is not this machine, or people shall sign in, and there is no admin.
    """
    if (desk.sign_in or not is_local(host)) and not desk.people.has_admin():
        raise InputError(
            f"{host}: nobody could sign in yet; add an admin first: dateline desk user add NAME --role admin"
        )


def serve(desk: Desk, host: str, port: int, *, hosts: tuple[str, ...] = ()) -> None:
    """Serve until stopped; requests that were begun are answered first."""
    check_may_serve(desk, host)
    logging.basicConfig(level=logging.WARNING, format=_LOG)
    uvicorn.run(
        make_app(desk, hosts=hosts), host=host, port=port, log_level="warning", server_header=False,
        proxy_headers=desk.sign_in, timeout_graceful_shutdown=10,
    )  # fmt: skip


# --- in the background -----------------------------------------------------------------------------------------------


def start(ledger: Path, host: str, port: int, command: list[str]) -> Running:
    """Start `command`, a desk in front, as a process of its own, and wait until it answers.

    Raises:
        InputError: a desk of this ledger runs already.
        DatelineError: it did not come to answer; the message names its log.
    """
    found = running(ledger)
    if found is not None:
        raise InputError(f"{ledger}: a desk is open already at {found.address} (dateline desk stop closes it)")
    log = beside(ledger, "log")
    with log.open("ab") as out:
        made = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True, close_fds=True
        )
    state = Running(pid=made.pid, host=host, port=port)
    beside(ledger, "pid").write_bytes(msgspec.json.encode(state))
    until = time.monotonic() + _WAIT_S
    while time.monotonic() < until:
        if made.poll() is not None:
            beside(ledger, "pid").unlink(missing_ok=True)
            raise DatelineError(f"{ledger}: the desk did not start: {_last_line(log)}")
        if answers(state):
            return state
        time.sleep(0.1)
    os.kill(made.pid, signal.SIGTERM)
    beside(ledger, "pid").unlink(missing_ok=True)
    raise DatelineError(f"{ledger}: the desk did not answer within {_WAIT_S:g} seconds; {log} tells more")


def stop(ledger: Path) -> Running | None:
    """Stop the desk in the background; None where there is none."""
    found = running(ledger)
    beside(ledger, "pid").unlink(missing_ok=True)
    if found is None:
        return None
    os.kill(found.pid, signal.SIGTERM)
    for _ in range(150):
        if not is_alive(found.pid):
            break
        time.sleep(0.1)
    return found


def running(ledger: Path) -> Running | None:
    """The desk of this ledger in the background, where it is one and lives."""
    try:
        state = msgspec.json.decode(beside(ledger, "pid").read_bytes(), type=Running)
    except (OSError, msgspec.DecodeError):
        return None
    return state if is_alive(state.pid) and answers(state) else None


def answers(state: Running) -> bool:
    """Whether a desk answers there, and not another program."""
    connection = HTTPConnection(state.host, state.port, timeout=2)
    try:
        connection.request("GET", "/alive", headers={"Host": f"localhost:{state.port}"})
        return connection.getresponse().read() == f"dateline desk {state.pid}\n".encode()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def beside(ledger: Path, what: str) -> Path:
    return ledger.with_name(f"{ledger.name}.desk.{what}")


def command_line(*words: str) -> list[str]:
    """This program, called with other words."""
    return [sys.executable, "-m", "dateline", *words]


def _last_line(log: Path) -> str:
    lines = [line for line in log.read_text("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1].removeprefix("dateline: ") if lines else f"{log} tells more"
