"""`kill -9` during `dateline add`, again and again: nothing acknowledged is ever lost, and the next `add` goes on."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from add_reports import acknowledged, start, write_reports

from dateline.ledger import Ledger

ROUNDS = 6
REPORTS = 256
MORE = 5  # new acknowledgements at most before a kill: rounds must not run out of reports
LATEST_S = 0.12  # how long after an acknowledgement the kill comes at most; a report takes about 0.04 s
SEED = 20140617

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")


def killed_while_adding(folder: Path, ledger: Path, known: set[str], moments: random.Random) -> str:
    """Add the folder until some reports that were not known are acknowledged, and kill; what had been told."""
    adding = start(folder, ledger)
    assert adding.stderr is not None
    told, wanted = "", moments.randint(1, MORE)
    while len(set(acknowledged(told)) - known) < wanted:
        line = adding.stderr.readline()
        assert line, f"add ended by itself: {told}"
        told += line
    time.sleep(moments.uniform(0, LATEST_S))
    adding.send_signal(signal.SIGKILL)
    told += adding.communicate()[1]
    assert adding.returncode == -signal.SIGKILL, told
    return told


def verified(ledger: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dateline.cli", "verify", "--ledger", str(ledger)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def test_no_acknowledged_report_is_lost_when_add_is_killed_again_and_again(tmp_path: Path) -> None:
    folder, ledger, moments = tmp_path / "reports", tmp_path / "x.db", random.Random(SEED)
    folder.mkdir()
    texts = write_reports(folder, REPORTS)
    kept: dict[str, str] = {}
    for number in range(ROUNDS):
        told = acknowledged(killed_while_adding(folder, ledger, set(kept), moments))
        # What an earlier process acknowledged is known to this one, under the same id.
        assert {name: told[name] for name in kept} == {name: ("already there,", id) for name, id in kept.items()}
        kept |= {name: id for name, (_, id) in told.items()}
        checked = verified(ledger)
        assert checked.returncode == 0, f"round {number}: {checked.stderr}"
    assert ROUNDS <= len(kept) < REPORTS, "every kill must come in the middle of the work"

    last = start(folder, ledger)
    summary, told_last = last.communicate(timeout=120)
    assert last.returncode == 0, told_last
    ids = acknowledged(told_last)
    assert set(ids) == set(texts)
    assert {name: ids[name] for name in kept} == {name: ("already there,", id) for name, id in kept.items()}
    # At most one report a round was stored and not yet told of.
    unheard = {name for name in set(texts) - set(kept) if ids[name][0] != "new"}
    assert len(unheard) <= ROUNDS
    assert summary.startswith(
        f"{REPORTS - len(kept) - len(unheard)} reports new, {len(kept) + len(unheard)} already there, 0 failed; "
    )
    with Ledger(ledger, create=False) as opened:
        assert opened.verify().ok
        assert opened.summary().reports == opened.summary().readings == REPORTS
        for name, text in texts.items():
            assert opened.record(ids[name][1]).report.text == text
            assert opened.raw(ids[name][1]) == text.encode()
