"""`dateline desk`: who may be served, users and tokens, and a desk in the background."""

import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from dateline.commands import desk as command
from dateline.desk import serving
from dateline.desk.people import SCOPES
from dateline.errors import InputError


def run(ledger: Path, *words: str, said: str = "", status: int = 0) -> "subprocess.CompletedProcess[str]":
    done = subprocess.run(
        [sys.executable, "-m", "dateline", "desk", *words, "--ledger", str(ledger)],
        input=said, capture_output=True, text=True, timeout=120, env={**os.environ, "DATELINE_USER": "mara"},
    )  # fmt: skip
    assert done.returncode == status, done.stdout + done.stderr
    return done


def test_nothing_is_served_to_others_while_nobody_could_sign_in(ledger_path: Path) -> None:
    for words in (("--host", "0.0.0.0"), ("--sign-in",)):
        done = run(ledger_path, *words, "--port", "0", "--no-browser", status=1)
        assert "add an admin first" in done.stderr
        assert done.stderr.count("\n") == 1


def test_users_and_tokens_by_command(ledger_path: Path) -> None:
    assert "no users" in run(ledger_path, "user", "list").stdout
    run(ledger_path, "user", "add", "nila", "--role", "admin", said="a long enough password\n")
    assert "short" not in run(ledger_path, "user", "add", "omar", said="short\n", status=1).stdout
    secret = run(ledger_path, "token", "add", "nila", "--scope", "read", "--scope", "add").stdout.strip()
    assert secret.startswith("dateline_")
    found = json.loads(run(ledger_path, "token", "list", "--json").stdout)
    assert (found["user"], found["scopes"]) == ("nila", ["read", "add"])
    run(ledger_path, "token", "remove", found["id"])
    run(ledger_path, "user", "role", "nila", "editor")
    assert "nila  editor" in run(ledger_path, "user", "list").stdout
    run(ledger_path, "user", "remove", "nila")
    assert "no user" in run(ledger_path, "user", "password", "nila", said="x\n", status=1).stderr


def test_there_must_be_a_ledger(tmp_path: Path) -> None:
    done = run(tmp_path / "none.db", "--background", status=1)
    assert "there is no ledger here" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_desk_in_the_background_answers_and_is_stopped(ledger_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    try:
        done = run(ledger_path, "--background", "--port", str(port))
        assert f"http://127.0.0.1:{port}/" in done.stdout
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/incidents.json", timeout=20) as answer:
            assert answer.status == 200
        again = run(ledger_path, "--background", "--port", str(port), status=1)
        assert "open already" in again.stderr
    finally:
        stopped = run(ledger_path, "stop")
    assert "closed" in stopped.stdout
    assert "no desk is open" in run(ledger_path, "stop").stdout
    assert serving.running(ledger_path) is None


def test_where_the_usual_port_is_taken_another_is_chosen_and_one_that_was_asked_for_is_not() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        chosen = serving.open_port("127.0.0.1", port, or_another=True)
        assert chosen not in (port, 0)
        with pytest.raises(InputError, match="another program listens there"):
            serving.open_port("127.0.0.1", port, or_another=False)
        with socket.socket() as there:
            there.bind(("127.0.0.1", chosen))
    assert serving.open_port("127.0.0.1", port, or_another=True) == port
    assert serving.open_port("localhost", 0, or_another=False) > 0


def test_two_desks_without_a_port_in_the_background_each_have_their_own(ledger_path: Path) -> None:
    other = ledger_path.with_name("y.db")
    shutil.copyfile(ledger_path, other)
    addresses = set()
    try:
        for path in (ledger_path, other):
            addresses.add(run(path, "--background").stdout.split(" at ")[1].split()[0])
        for address in addresses:
            with urllib.request.urlopen(f"{address}alive", timeout=20) as answer:
                assert answer.status == 200
    finally:
        for path in (ledger_path, other):
            run(path, "stop")
    assert len(addresses) == 2


def test_a_host_that_is_not_this_machine_is_one_clear_line(ledger_path: Path) -> None:
    run(ledger_path, "user", "add", "nila", "--role", "admin", said="a long enough password\n")
    done = run(ledger_path, "--host", "203.0.113.7", status=1)
    assert "cannot listen there" in done.stderr
    assert done.stderr.count("\n") == 1


def test_what_is_this_machine() -> None:
    for host, local in (
        ("localhost", True), ("127.0.0.1", True), ("127.1.2.3", True), ("::1", True), ("0.0.0.0", False),
        ("::", False), ("10.0.0.1", False), ("desk.example", False),
    ):  # fmt: skip
        assert serving.is_local(host) == local, host


def test_the_command_knows_the_same_roles_and_scopes_as_the_desk() -> None:
    from dateline.desk.people import ROLES

    assert command._ROLES == ROLES
    assert command._SCOPES == SCOPES
    assert command._PORT == serving.PORT


@pytest.mark.parametrize("page", ["desk", "user", "token"])
def test_help_answers(ledger_path: Path, page: str) -> None:
    words = [] if page == "desk" else [page]
    done = subprocess.run([sys.executable, "-m", "dateline", "desk", *words, "--help"], capture_output=True, text=True)
    assert done.returncode == 0
