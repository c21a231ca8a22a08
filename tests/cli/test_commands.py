"""The commands with a stand-in for the reader: what they print, keep and refuse, and with which exit status."""

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import jsonschema
import pytest
from msgspec.structs import replace

from dateline.cli import cli
from dateline.codebook import codebook
from dateline.codes import EVENTS, MEASURES
from dateline.ledger import Ledger
from dateline.record import MadeBy, Record, Report, schema
from tests.cli.conftest import Outcome
from tests.cli.records import RECORD

Run = Callable[..., Outcome]

pytestmark = pytest.mark.usefixtures("plain_reader")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger with the five claims of the invented report."""
    path = tmp_path / "x.db"
    with Ledger(path) as made:
        made.add(RECORD)
    return path


# --- read ---


def test_read_prints_records_in_the_order_of_the_input(dateline: Run, reports: Path) -> None:
    done = dateline("read", reports / "c.txt", reports / "a.txt", "--json")
    records = [Record.from_json(line) for line in done.out.splitlines()]
    assert [record.id for record in records] == ["c", "a"]
    assert done.status == 0
    assert not done.err


def test_read_prints_one_line_a_record_that_the_schema_allows(dateline: Run, reports: Path) -> None:
    done = dateline("read", reports / "a.txt", "--json")
    assert done.out.count("\n") == 1
    jsonschema.validate(json.loads(done.out), printable_schema())


def printable_schema() -> dict[str, object]:
    made: dict[str, object] = json.loads(json.dumps(schema()))
    return made


def test_one_bad_report_is_one_line_and_the_rest_is_read(dateline: Run, reports: Path) -> None:
    done = dateline("read", reports, "--json")
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == ["a", "c"]
    assert done.status == 1
    assert done.err.count("\n") == 1
    assert done.err.startswith(f"dateline: {reports / 'b.txt'}: unexpected error (KeyError: 'no such")
    assert "this report was not read" in done.err


def test_the_traceback_is_there_for_who_asks(dateline: Run, reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_DEBUG", "1")
    assert "Traceback" in dateline("read", reports / "b.txt").err
    monkeypatch.setenv("DATELINE_DEBUG", "0")
    assert "Traceback" not in dateline("read", reports / "b.txt").err


def test_an_error_with_a_message_of_its_own_is_that_message(dateline: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text("UNUSABLE words\n")
    done = dateline("read", bad)
    assert done.err == f"dateline: {bad}: the text holds no sentence; give another report\n"
    assert done.status == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.txt", b""), ("binary.txt", b"\x00\x01\x02\xff\xfe" * 300), ("rows.jsonl", b'{"id": "a", "text": \n'),
     ("page.html", b"<html><body></body></html>"), ("gone.txt", None)],
)  # fmt: skip
def test_what_cannot_be_taken_in_is_one_line(dateline: Run, tmp_path: Path, name: str, content: bytes | None) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    done = dateline("read", path)
    assert done.status == 1
    assert not done.out
    assert re.fullmatch(rf"dateline: {re.escape(str(path))}[^\n]*: [^\n]+\n", done.err)
    assert done.err.count("\n") == 1
    assert done.err.count(str(path)) == 1


def test_a_record_that_cannot_be_printed_is_one_line(
    dateline: Run, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a surrogate pair has no place in JSON; the reports after it are still printed."""

    def spoilt(report: Report, *, id: str, **_: object) -> Record:
        title = "\ud800" if id == "a" else None
        return Record(id=id, report=replace(report, title=title), made_by=MadeBy(version="0.1.0"))

    monkeypatch.setattr(sys.modules["dateline.reading.pipeline"], "read", spoilt)
    done = dateline("read", reports, "--json")
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == ["b", "c"]
    assert done.err.startswith(f"dateline: {reports / 'a.txt'}: unexpected error (UnicodeEncodeError")
    assert done.status == 1


def test_warnings_of_the_intake_come_before_those_of_the_reading(dateline: Run, reports: Path) -> None:
    done = dateline("read", reports / "a.txt", "--published", "2999-01-01", "--json")
    warnings = Record.from_json(done.out).warnings
    assert "2999-01-01" in warnings[0]
    assert warnings[-1] == "a warning"
    assert done.status == 0


def test_read_from_standard_input(dateline: Run) -> None:
    done = dateline("read", "-", "--json", "--published", "2020-02-03", stdin=b"Farmers blocked a road.\n")
    record = Record.from_json(done.out)
    assert record.report.text == "Farmers blocked a road.\n"
    assert str(record.report.published) == "2020-02-03"


def test_pages_are_parted_by_a_line(dateline: Run, reports: Path) -> None:
    done = dateline("read", reports / "a.txt", reports / "c.txt", "--width", "60")
    assert done.out.count("─" * 60) == 1
    assert "protest “Thousands”" in done.out
    assert "\x1b" not in done.out


def test_quotes_on_demand(dateline: Run, reports: Path) -> None:
    assert "»Thousands« marched" in dateline("read", reports / "a.txt", "--quotes").out
    assert "»" not in dateline("read", reports / "a.txt").out


@pytest.mark.parametrize(
    "args",
    [("read",), ("read", "x", "--published", "17.6.2014"), ("read", "x", "--width", "2"), ("nonsense",),
     ("read", "--no"),
     ("claims", "--event", "party"), ("claims", "--json", "--csv"), ("claims", "--limit", "0"),
     ("claims", "--country", "Iraq"), ("show",), ("explain",), ("add",)],
)  # fmt: skip
def test_what_is_not_understood_exits_with_2(dateline: Run, args: tuple[str, ...]) -> None:
    done = dateline(*args)
    assert done.status == 2
    assert not done.out
    assert "Usage: dateline" in done.err
    assert "Traceback" not in done.err


# --- add ---


def test_add_keeps_what_can_be_read_and_counts_the_rest(dateline: Run, reports: Path) -> None:
    done = dateline("add", reports, "--ledger", "y.db")
    assert done.status == 1
    assert done.out.startswith("2 reports new, 0 already there, 1 failed; 2 new claims; ")
    assert done.out.endswith("reports a second\n")
    lines = done.err.splitlines()
    assert re.fullmatch("new report [0-9a-f]{20}: a, 1 claim", lines[0])
    assert re.fullmatch("new report [0-9a-f]{20}: c, 1 claim", lines[2])
    assert str(reports / "b.txt") in lines[1]
    with Ledger("y.db", create=False) as kept:
        assert kept.summary().reports == 2
        assert [failure.stage for failure in kept.failures()] == ["reading"]


def test_adding_again_adds_nothing(dateline: Run, reports: Path) -> None:
    dateline("add", reports / "a.txt", "--ledger", "y.db")
    before = dateline("claims", "--ledger", "y.db", "--json").out
    done = dateline("add", reports / "a.txt", "--ledger", "y.db")
    assert done.out.startswith("0 reports new, 1 already there, 0 failed; no new claims; ")
    assert re.fullmatch("already there, report [0-9a-f]{20}: a\n", done.err)
    assert done.status == 0
    assert dateline("claims", "--ledger", "y.db", "--json").out == before


def test_an_acknowledged_report_is_stored(dateline: Run, reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the moment a line is printed, another connection finds the report."""
    seen: list[int] = []
    from dateline.show import progress

    def look(self: object, what: str, tally: progress.Tally) -> None:
        with Ledger("y.db", create=False) as other:
            seen.append(other.summary().reports)

    monkeypatch.setattr(progress.Lines, "done", look)
    dateline("add", reports / "a.txt", reports / "c.txt", "--ledger", "y.db")
    assert seen == [1, 2]


def test_an_interrupted_run_keeps_what_it_had(dateline: Run, reports: Path) -> None:
    stop = reports / "b.txt"
    stop.write_text("STOP here\n")
    done = dateline("add", reports, "--ledger", "y.db")
    assert done.status == 130
    assert done.err.splitlines()[-1].startswith("dateline: stopped; 1 report new, 0 already there, 0 failed; ")
    assert done.err.endswith("what was kept stays\n")
    with Ledger("y.db", create=False) as kept:
        assert kept.summary().reports == 1
        assert kept.verify().ok


def test_a_reading_that_is_interrupted_says_so(dateline: Run, tmp_path: Path) -> None:
    stop = tmp_path / "stop.txt"
    stop.write_text("STOP here\n")
    done = dateline("read", stop)
    assert (done.status, done.err.strip()) == (130, "dateline: interrupted")


def test_a_ledger_that_cannot_be_used_is_one_line(dateline: Run, reports: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(b"this is no database at all" * 50)
    for path in (damaged, tmp_path / "no" / "folder.db", tmp_path):
        done = dateline("add", reports / "a.txt", "--ledger", path)
        assert done.status in (1, 2)  # click itself refuses a folder
        assert "Traceback" not in done.err
        assert str(path) in done.err
        assert not done.out


def test_the_ledger_is_taken_from_the_environment(dateline: Run, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert dateline("claims").err.startswith("dateline: dateline.db: there is no ledger here")
    monkeypatch.setenv("DATELINE_LEDGER", str(ledger))
    assert dateline("claims").out.endswith("5 claims\n")


# --- claims, show, verify, failures ---


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ((), ["c3", "c4", "c5", "c2", "c1"]),
        (("--event", "killing"), ["c1"]),
        (("--place", "qamishli"), ["c3", "c2", "c1"]),
        (("--country", "sy"), ["c3", "c2", "c1"]),
        (("--actor", "northern front"), ["c3", "c4", "c1"]),
        (("--target", "civilians"), ["c2"]),
        (("--source", "orontes"), ["c2"]),
        (("--modality", "denied"), ["c3"]),
        (("--since", "2021-03-03"), ["c3", "c4", "c5", "c1"]),
        (("--until", "2021-03-01"), ["c1"]),
        (("--text", "need water"), ["c5"]),
        (("--report", "front", "--limit", "2"), ["c3", "c4"]),
        (("--event", "siege"), []),
    ],
)
def test_claims_by_what_is_asked(dateline: Run, ledger: Path, asked: tuple[str, ...], ids: list[str]) -> None:
    done = dateline("claims", "--ledger", ledger, "--json", *asked)
    assert [json.loads(line)["claim"]["id"][:2] for line in done.out.splitlines()] == ids
    assert done.status == 0


def test_csv_leads_back_to_the_sentence(dateline: Run, ledger: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(dateline("claims", "--ledger", ledger, "--csv").out)))
    assert len(rows) == 5
    for row in rows:
        text = RECORD.report.text
        assert text[int(row["quote_start"]) : int(row["quote_end"])] == row["quote"]
        assert row["text_sha256"] == RECORD.report.sha256
        assert re.fullmatch("[0-9a-f]{64}", row["hash"])
    fled = next(row for row in rows if row["event"] == "displacement")
    assert fled["places"] == "from Qamishli; to Al-Hasakah"
    assert fled["coordinates"] == "37.05 41.22; 36.5 40.75"
    assert fled["figures"] == "displaced 24..99; wounded 12.."
    assert fled["sources"] == "Orontes News Agency; interior ministry"
    assert (fled["earliest"], fled["latest"]) == ("2021-03-02", "2021-03-02")


def test_show_prints_the_claim_and_all_that_leads_back(dateline: Run, ledger: Path) -> None:
    done = dateline("show", "c1c1", "--ledger", ledger, "--width", "160")
    assert "claims to have ›executed‹ 240 border guards" in done.out
    for wanted in (
        "c1" * 10,
        RECORD.report.sha256,
        "dateline 0.1.0",
        "gazetteer ababab",
        "“alleged” at 208–215",
        "previous",
    ):
        assert wanted in done.out
    as_json = json.loads(dateline("show", "c1c1", "--ledger", ledger, "--json").out)
    assert as_json["chain"]["hash"] in done.out
    assert as_json["chain"]["previous"] in done.out


def test_show_says_what_is_wrong_with_an_id(dateline: Run, ledger: Path) -> None:
    assert "no claim 'zz'" in dateline("show", "zz", "--ledger", ledger).err
    done = dateline("show", "c", "--ledger", ledger)
    assert "5 claims begin with 'c'" in done.err
    assert done.status == 1


def test_verify_is_one_line_where_all_is_well(dateline: Run, ledger: Path) -> None:
    done = dateline("verify", "--ledger", ledger)
    assert done.status == 0
    assert done.out.count("\n") == 1
    head = done.out.split()[-1]
    assert dateline("verify", "--ledger", ledger, "--head", head).status == 0
    assert dateline("verify", "--ledger", ledger, "--head", "0" * 63 + "1").status == 1


def test_verify_lists_each_problem(dateline: Run, ledger: Path) -> None:
    import sqlite3

    with sqlite3.connect(ledger) as connection:
        triggers = connection.execute("select name from sqlite_master where type = 'trigger' and tbl_name = 'claims'")
        for (name,) in triggers.fetchall():
            connection.execute(f"drop trigger {name}")
        connection.execute("update claims set event = 'battle' where event = 'killing'")
    connection.close()
    done = dateline("verify", "--ledger", ledger)
    assert done.status == 1
    assert not done.out
    lines = done.err.splitlines()
    assert len(lines) >= 3  # the triggers, the row, and how many problems there are
    assert all(line.startswith(f"dateline: {ledger}: ") for line in lines)
    assert any("claims" in line for line in lines)


def test_failures_are_listed(dateline: Run, reports: Path) -> None:
    dateline("add", reports, "--ledger", "y.db")
    said = dateline("failures", "--ledger", "y.db", "--width", "400").out
    assert said.startswith(f"{reports / 'b.txt'} · reading · ")
    assert "unexpected error (KeyError" in said.splitlines()[1]
    assert said.endswith("1 failure\n")
    as_json = json.loads(dateline("failures", "--ledger", "y.db", "--json").out)
    assert as_json["origin"] == str(reports / "b.txt")
    assert as_json["stage"] == "reading"


# --- schema, codebook, help ---


def test_schema_is_that_of_the_types(dateline: Run) -> None:
    said = json.loads(dateline("schema").out)
    assert said == printable_schema()
    jsonschema.Draft202012Validator.check_schema(said)


def test_codebook_holds_every_code(dateline: Run) -> None:
    said = dateline("codebook").out
    assert said == codebook()
    for code in (*EVENTS, *MEASURES):
        assert f"| `{code}` |" in said
    assert "| `talks` | meetings, visits, negotiations, calls between parties | CONSULT |  |  |" in said


def test_version(dateline: Run) -> None:
    assert re.fullmatch(r"dateline \d+\.\d+\.\d+\n", dateline("--version").out)


COMMANDS = (
    "read",
    "add",
    "claims",
    "show",
    "explain",
    "incidents",
    "why",
    "origins",
    "diff",
    "rebuild",
    "decide",
    "decisions",
    "evidence",
    "policy",
    "export",
    "desk",
    "verify",
    "import",
    "failures",
    "gazetteer",
    "actors",
    "schema",
    "codebook",
)


def test_help_lists_commands_in_the_order_of_use(dateline: Run) -> None:
    said = dateline("--help").out
    places = [said.index(f"\n  {name} ") for name in COMMANDS]
    assert places == sorted(places)
    assert set(COMMANDS) == set(cli.commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_a_help_text(dateline: Run, name: str) -> None:
    command = cli.commands[name]
    assert command.help
    assert command.help[0].isupper()
    said = dateline(name, "--help").out
    ends = (
        ".",
        "dateline.db",
        "80",
        "DATELINE_READER",
        "DATELINE_WORKERS",
        "DATELINE_COUNTRY",
        "DATELINE_POLICY",
        "today",
    )
    for option in (param for param in command.params if isinstance(param, click.Option)):
        assert option.help, option.name
        assert option.help.rstrip("]").endswith(ends), option.name
        assert option.opts[0] in said


# --- the edges of a process ---

DATELINE = [sys.executable, "-m", "dateline.cli"]


def test_help_starts_without_the_heavy_libraries() -> None:
    code = (
        "import sys; from dateline.cli import cli; cli.main(['--help'], standalone_mode=False); "
        "heavy = {'numpy', 'sqlalchemy', 'rich', 'trafilatura', 'alembic', 'lxml'} & set(sys.modules); "
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False).returncode == 0


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    with subprocess.Popen([*DATELINE, "codebook"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_output_that_lacks_characters_is_printed_with_question_marks(ledger: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*DATELINE, "claims", "--ledger", ledger], capture_output=True, env=environment, check=False)
    assert done.returncode == 0
    assert b"? civilians" in done.stdout
    assert not done.stderr


@pytest.mark.parametrize(("extra", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_colour_is_for_terminals_that_want_it(ledger: Path, extra: dict[str, str], coloured: bool) -> None:
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", **extra}
    environment = {name: value for name, value in environment.items() if name != "NO_COLOR" or extra.get(name)}
    master, slave = pty.openpty()
    command = [*DATELINE, "claims", "--ledger", str(ledger), "--limit", "1"]
    with subprocess.Popen(command, stdout=slave, stderr=slave, stdin=slave, env=environment) as process:
        os.close(slave)
        said = b""
        try:
            while chunk := os.read(master, 4096):
                said += chunk
        except OSError:  # the terminal is gone once its last writer is
            pass
    os.close(master)
    assert process.returncode == 0
    assert bool(re.search(rb"\x1b\[[0-9;]*33m", said)) == coloured
    assert b"ministry spokesman" in said


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "dateline", "--version"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith("dateline")
