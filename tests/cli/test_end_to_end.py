"""The commands with the real reader, on the example reports: from a file to a claim that can be traced back."""

import json
import re
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from dateline.ledger import Ledger
from dateline.record import Record, schema
from tests.cli.conftest import Outcome

Run = Callable[..., Outcome]
EXAMPLES = Path(__file__).parents[2] / "examples"
FILES = sorted(EXAMPLES.iterdir())
DATELINE = [sys.executable, "-m", "dateline.cli"]


def test_every_example_says_that_it_is_invented() -> None:
    assert len(FILES) >= 8
    for path in FILES:
        for report in path.read_text().splitlines() if path.suffix == ".jsonl" else [path.read_text()]:
            assert "invented example, written for dateline: none of this happened" in report.lower(), path.name


@pytest.fixture(scope="module")
def records() -> list[Record]:
    done = subprocess.run([*DATELINE, "read", str(EXAMPLES), "--json"], capture_output=True, check=True, timeout=120)
    return [Record.from_json(line) for line in done.stdout.splitlines()]


def test_examples_are_read_in_order_and_as_the_schema_says(records: list[Record]) -> None:
    assert [record.id for record in records] == [
        "agency-dispatch", "capitals-cable", "corrected-report", "live-blog", "ministry-statement", "ngo-update",
        "page", "sahel-convoy", "cauca-talks", "strait-drill",
    ]  # fmt: skip
    checked = jsonschema.Draft202012Validator(schema())
    for record in records:
        checked.validate(json.loads(record.to_json()))


def test_every_example_makes_claims_whose_quotes_stand_in_it(records: list[Record]) -> None:
    for record in records:
        assert record.claims, record.id
        for claim in record.claims:
            for part in (claim.quote, claim.trigger, *claim.actors, *claim.targets, *claim.places, *claim.figures):
                assert record.report.words_at(part.span, part.where) == part.text


def test_examples_have_their_heads(records: list[Record]) -> None:
    heads = {record.id: (record.report.title, str(record.report.published)) for record in records}
    assert heads["page"] == ("Army says it has broken siege of Deir Hafer", "2017-03-21")
    assert heads["sahel-convoy"][1] == "2023-08-16"
    assert heads["agency-dispatch"] == (
        "Shelling kills at least 14 in Marib as both sides dispute who fired first", "2021-03-12",
    )  # fmt: skip


@pytest.mark.parametrize("width", [80, 160])
def test_examples_print_without_a_line_too_wide(dateline: Run, width: int) -> None:
    done = dateline("read", EXAMPLES, "--width", width, "--quotes", "--unknown")
    assert done.status == 0
    assert not done.err
    assert max(map(len, done.out.splitlines())) <= width
    assert "Army says it has broken siege of Deir Hafer" in done.out


def test_from_a_file_to_a_claim_that_leads_back(dateline: Run) -> None:
    done = dateline("add", EXAMPLES, "--ledger", "x.db")
    assert done.status == 0
    assert done.out.startswith("10 reports new, 0 already there, 0 failed; ")
    again = dateline("add", EXAMPLES, "--ledger", "x.db")
    assert again.out.startswith("0 reports new, 10 already there, 0 failed; no new claims")
    found = [json.loads(line) for line in dateline("claims", "--ledger", "x.db", "--json").out.splitlines()]
    assert found
    shown = dateline("show", f"{found[0]['report_id']}/{found[0]['claim']['id']}", "--ledger", "x.db", "--width", "300")
    assert shown.status == 0
    quote = re.sub(r"[»›‹«]", "", shown.out)
    assert re.sub(r"\s+", " ", found[0]["claim"]["quote"]["text"]) in quote
    assert found[0]["chain"]["hash"] in shown.out
    assert dateline("verify", "--ledger", "x.db").status == 0


def test_a_report_in_another_language_is_kept_and_marked(dateline: Run, tmp_path: Path) -> None:
    path = tmp_path / "bericht.txt"
    path.write_text(
        "Bei einem Angriff auf einen Markt im Norden des Landes sind nach Angaben der Behörden mindestens zwölf "
        "Menschen getötet worden. Die Regierung machte eine bewaffnete Gruppe dafür verantwortlich.\n"
    )
    done = dateline("read", path, "--json")
    record = Record.from_json(done.out)
    assert done.status == 0
    assert not record.claims
    assert any("not read: language" in warning for warning in record.warnings)


def test_no_date_is_a_warning(dateline: Run) -> None:
    done = dateline("read", "-", stdin=b"Rebels shelled the town of Homs on Tuesday and killed at least 12 people.\n")
    assert done.status == 0
    assert "Warning: no publication date" in done.out
    assert "shelling" in done.out


def _heeds_interrupts() -> None:
    """A shell starts what runs in its background deaf to Ctrl-C, tests and all that they start included."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_an_interrupt_from_outside_keeps_what_was_acknowledged(tmp_path: Path) -> None:
    """Ctrl-C in the middle of a run: exit status 130, one line, and every acknowledged report is in the ledger."""
    rows = tmp_path / "rows.jsonl"
    text = "Rebels shelled the town of Homs on Tuesday and killed at least 12 people."
    rows.write_text("".join(json.dumps({"id": f"r{at}", "text": f"{text} {at}"}) + "\n" for at in range(5000)))
    command = [*DATELINE, "add", str(rows), "--ledger", str(tmp_path / "x.db")]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, preexec_fn=_heeds_interrupts
    ) as process:
        assert process.stderr is not None
        seen = [process.stderr.readline() for _ in range(3)]
        process.send_signal(signal.SIGINT)
        seen += process.stderr.read().splitlines()
    assert process.returncode == 130
    assert seen[-1].startswith("dateline: stopped; ")
    kept = [line for line in seen if line.startswith("new report")]
    with Ledger(tmp_path / "x.db", create=False) as ledger:
        assert len(kept) <= ledger.summary().reports <= len(kept) + 1  # one may be stored and not yet told of
        for line in kept:
            ledger.record(line.split()[2].rstrip(":"))
        assert ledger.verify().ok


def test_help_starts_fast() -> None:
    """At most 0.3 s for `dateline --help`, in processor time: a busy machine must not fail it. benchmarks/ takes
    the wall time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*DATELINE, "--help"], capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime <= 0.3
