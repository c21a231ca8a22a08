"""What outlives a kill -9, and two writers at once."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from ledger_records import numbered

from dateline.ledger import Ledger
from dateline.ledger.migrations import KNOWN

ADDER = Path(__file__).parent / "ledger_adder.py"
ROUNDS = 8
LONGEST_S = 0.3  # a process is killed at a random moment of this span, counted from its first acknowledgement
SEED = 20140617  # the moments are random in relation to the disk anyway; the seed only makes their spread the same


def start(path: Path, tag: str, first: int, count: int) -> "subprocess.Popen[str]":
    command = [sys.executable, str(ADDER), str(path), tag, str(first), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def acknowledged(told: str) -> dict[int, str]:
    """Number and report id of each full line; a line that the kill cut off acknowledges nothing."""
    whole = told[: told.rfind("\n") + 1]
    return {int(line.split()[0]): line.split()[1] for line in whole.splitlines()}


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
def test_nothing_acknowledged_is_lost_when_the_writer_is_killed_again_and_again(path: Path) -> None:
    moments = random.Random(SEED)
    kept: dict[int, str] = {}
    first = 0
    for _ in range(ROUNDS):
        adder = start(path, "k", first, 10_000)
        assert adder.stdout is not None
        opening = adder.stdout.readline()  # the ledger is open and being written to
        time.sleep(moments.uniform(0, LONGEST_S))
        adder.send_signal(signal.SIGKILL)
        told, complaints = adder.communicate()
        assert adder.returncode == -signal.SIGKILL, complaints
        kept |= acknowledged(opening + told)
        first = max(kept)  # the next process meets the last acknowledged report again, and maybe one not acknowledged
    with Ledger(path, create=False) as ledger:
        result = ledger.verify()
        assert result.ok, result.problems
        assert len(kept) >= ROUNDS
        for number, report_id in kept.items():
            assert ledger.record(report_id) == numbered(number, claims=3, tag="k")
        # Whole reports only, at most one a round that was written and not yet acknowledged.
        assert len(kept) <= result.checked["reports"] <= len(kept) + ROUNDS
        assert result.checked["claims"] == 3 * result.checked["readings"] == 3 * result.checked["reports"]


def test_a_kill_while_the_ledger_is_made_leaves_one_that_can_be_used(tmp_path: Path) -> None:
    moments = random.Random(SEED)
    for number in range(3):
        path = tmp_path / f"{number}.db"
        adder = start(path, "m", 0, 1)
        until = time.monotonic() + 20
        while not path.exists() and time.monotonic() < until:
            time.sleep(0.001)
        time.sleep(moments.uniform(0, 0.15))
        adder.kill()
        adder.communicate()
        with Ledger(path) as ledger:
            ledger.add(numbered(1))
            assert ledger.verify().ok


def test_two_writers_make_one_chain(path: Path) -> None:
    writers = [start(path, tag, 0, 25) for tag in ("a", "b")]  # the ledger is made by whichever comes first
    told = [writer.communicate(timeout=60) for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0], told
    with Ledger(path, create=False) as ledger:
        result = ledger.verify()
        assert result.ok, result.problems
        assert result.checked["reports"] == 50
        assert result.checked["claims"] == 150
        assert result.checked["revisions"] == len(KNOWN)
        for tag, (out, _) in zip(("a", "b"), told, strict=True):
            for number, report_id in acknowledged(out).items():
                assert ledger.record(report_id) == numbered(number, claims=3, tag=tag)


def test_two_writers_of_the_same_reports_keep_each_once(path: Path) -> None:
    writers = [start(path, "same", 0, 15) for _ in range(2)]
    told = [writer.communicate(timeout=60) for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0], told
    assert acknowledged(told[0][0]) == acknowledged(told[1][0])
    with Ledger(path, create=False) as ledger:
        result = ledger.verify()
        assert result.ok, result.problems
        assert (result.checked["reports"], result.checked["claims"]) == (15, 45)
