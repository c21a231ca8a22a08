"""Many reports on several cores: order, failures kept apart, and workers that die. All reports are invented."""

import os
import time
from collections.abc import Callable, Iterator

import pytest
from batch_readers import incoming, told, told_with_process

from dateline.batch import How, cores, read_all, read_one
from dateline.ingest.incoming import Failure, Incoming
from dateline.reading import pipeline, reader
from dateline.record import Record, Report

HOW = How()
Reader = Callable[..., Record | Failure]


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Callable[[Reader], None]:
    """Put a stand-in in the place of reading; all but the first report goes to a worker, so that tests stay short."""

    def put(stand_in: Reader) -> None:
        monkeypatch.setattr(cores, "read_one", stand_in)
        monkeypatch.setattr(cores, "FEW", 1)

    return put


def outcome(items: list[Incoming], workers: int) -> list[tuple[str, str]]:
    made = []
    for item, result in read_all(items, HOW, workers):
        assert isinstance(item, Incoming)
        assert result == told(item, HOW) or item.report.text == "die"
        made.append((item.id, "failed" if isinstance(result, Failure) else "read"))
    return made


def test_two_workers_give_what_one_gives_in_order(reads: Callable[[Reader], None]) -> None:
    reads(told)
    # The second and third take longer than those after them.
    items = incoming("read", "slow", "slow", *["read", "fail", "read"] * 4)
    alone = outcome(items, 1)
    assert [id for id, _ in alone] == [item.id for item in items]
    assert [id for id, how in alone if how == "failed"] == ["4", "7", "10", "13"]
    assert outcome(items, 2) == alone


def test_a_report_that_kills_its_worker_costs_only_itself(reads: Callable[[Reader], None]) -> None:
    reads(told)
    items = incoming("read", "read", "die", "read", "fail", "read", "read")
    made = list(read_all(items, HOW, 2))
    assert [item for item, _ in made] == items
    failed = {item.origin: result.message for item, result in made if isinstance(result, Failure)}
    assert list(failed) == ["2.txt", "4.txt"]
    assert "the process that read this report was stopped" in failed["2.txt"]
    assert "made up" in failed["4.txt"]


def test_a_worker_that_dies_while_nobody_waits_for_it_costs_only_its_report(reads: Callable[[Reader], None]) -> None:
    reads(told)
    items = incoming("read", "read", "die", *["read"] * 9)
    failed = []
    for item, result in read_all(items, HOW, 2):
        failed += [item.origin] if isinstance(result, Failure) else []
        if item.origin == "1.txt":
            time.sleep(0.5)  # a ledger that is slow to take the record in: the next report kills its worker meanwhile
    assert failed == ["2.txt"]


def test_what_is_read_comes_out_while_a_slow_source_goes_on(reads: Callable[[Reader], None]) -> None:
    reads(told)
    taken = 0

    def slowly() -> Iterator[Incoming]:
        nonlocal taken
        for item in incoming(*["read"] * 14):
            time.sleep(0.2)  # far longer than reading takes, once the workers are up
            taken += 1
            yield item

    ahead = [taken - number for number, _ in enumerate(read_all(slowly(), HOW, 2), start=1)]
    assert len(ahead) == 14
    assert max(ahead[8:]) <= 2, ahead


def test_workers_read_with_one_thread_each_and_a_handful_needs_none(reads: Callable[[Reader], None]) -> None:
    reads(told_with_process)
    made = [r.warnings[0].split() for _, r in read_all(incoming(*["slow"] * 7), HOW, 2) if isinstance(r, Record)]
    assert len(made) == 7
    assert made[0][0] == str(os.getpid())
    others = {process for process, _ in made[1:]}
    assert str(os.getpid()) not in others
    assert len(others) == 2
    assert {threads for _, threads in made[1:]} == {"1"}


def test_a_handful_starts_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "read_one", told_with_process)
    monkeypatch.setattr(cores, "pool", lambda workers: pytest.fail("a worker was started"))
    made = [r.warnings[0].split()[0] for _, r in read_all(incoming(*["read"] * cores.FEW), HOW, 2)
            if isinstance(r, Record)]  # fmt: skip
    assert made == [str(os.getpid())] * cores.FEW


@pytest.mark.parametrize("workers", [1, 2])
def test_reports_are_not_drawn_long_before_they_are_read(reads: Callable[[Reader], None], workers: int) -> None:
    reads(told)
    drawn = 0

    def arriving() -> Iterator[Incoming]:
        nonlocal drawn
        for item in incoming(*["read"] * 60):
            drawn += 1
            yield item

    making = read_all(arriving(), HOW, workers)
    for done in range(1, 4):
        next(making)
        assert drawn <= done + cores.AHEAD * workers
    making.close()  # type: ignore[attr-defined]
    assert drawn < 20


def test_no_reports_are_nothing() -> None:
    assert list(read_all([], HOW, 2)) == []


def test_a_failure_of_intake_passes_through() -> None:
    lost = Failure(origin="x.txt", stage="reading the file", message="x.txt: is empty")
    assert list(read_all([lost], HOW, 1)) == [(lost, lost)]


def test_whatever_goes_wrong_in_one_report_stays_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(report: Report, *, id: str, **_: object) -> Record:
        if report.text == "fail":
            raise RecursionError("too deep")
        made = told(Incoming(id=id, report=report, raw=b""), HOW)
        assert isinstance(made, Record)
        return made

    monkeypatch.setattr(pipeline, "read", broken)
    [before, wrong, after] = [read_one(item, HOW) for item in incoming("read", "fail", "read")]
    assert isinstance(before, Record)
    assert isinstance(after, Record)
    assert isinstance(wrong, Failure)
    assert (wrong.origin, wrong.stage) == ("1.txt", "reading")
    assert "RecursionError: too deep" in wrong.message
    assert wrong.message.count("\n") == 0
    assert wrong.sha256 == Report(text="fail").sha256


def test_cores_are_those_that_this_process_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {3, 5, 7}, raising=False)
    assert reader.cores() == 3
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert reader.cores() == 1
