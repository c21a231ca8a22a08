"""The commands about incidents and decisions on a small invented ledger: what they print, keep and refuse."""

import csv
import json
import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dateline.ledger import Decision, Ledger
from dateline.record import Actor, Claim, Figure, MadeBy, Part, Period, Place, Record, Report, Source, Span
from tests.cli.conftest import Outcome

Run = Callable[..., Outcome]

FOURTH, FIFTH, SIXTH = date(2024, 3, 4), date(2024, 3, 5), date(2024, 3, 6)


def claim(text: str, trigger: str, *, killed: str = "", event: Any = "shelling", by: str = "", place: str = "Quorrin",
          day: date = FOURTH, modality: Any = "actual") -> Claim:  # fmt: skip
    """A claim whose quote is the whole text; every word of it that is named is found in it."""

    def span(word: str) -> Span:
        at = text.index(word)
        return Span(at, at + len(word))

    number = float(killed or 0)
    figures = (Figure(text=killed, span=span(killed), measure="killed", low=number, high=number),) if killed else ()
    source = Source(source=Actor(text=by, name=by, span=span(by)), cue=None) if by else None
    where = Place(text=place, name=place, span=span(place), country="BV", lat=-37.0, lon=-119.0, radius_km=2.0,
                  precision="exact", role="at")  # fmt: skip
    when = None
    if "Monday" in text:
        when = Period(text="Monday", span=span("Monday"), type="DATE", earliest=day, latest=day, precision="day")
    return Claim(
        id="", event=event, trigger=Part(text=trigger, span=span(trigger)),
        quote=Part(text=text, span=Span(0, len(text))),
        places=(where,), time=when, figures=figures,
        attribution=(source,) if source else (), modality=modality, score=0.9,
    )  # fmt: skip


def record(id: str, outlet: str, published: date, text: str, trigger: str, **known: Any) -> Record:
    from msgspec.structs import replace

    made = replace(claim(text, trigger, **known), id=(id * 20)[:20])
    report = Report(text=text, title=f"{outlet}: {text[:20]}", published=published, source=outlet)
    return Record(id=id, report=report, claims=(made,), made_by=MadeBy(version="0.2.0"))


RECORDS = (
    record("a1", "Tasman Wire", FOURTH, "Shells hit the market of Quorrin on Monday, killing 11 people, police said.",
           "hit", killed="11", by="police"),
    record("b2", "Harrow Gazette", FIFTH, "The market of Quorrin was shelled on Monday; 18 people died, doctors said.",
           "shelled", killed="18", by="doctors"),
    record("c3", "Coast Monitor", SIXTH, "A rebel offensive on Dunmarrow may begin within days, Coast Monitor writes.",
           "offensive", event="offensive", place="Dunmarrow", modality="possible"),
)  # fmt: skip


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger of three reports: two of one shelling, one of an offensive that may come."""
    path = tmp_path / "x.db"
    with Ledger(path) as made:
        for each in RECORDS:
            made.add(each)
    monkeypatch.setenv("DATELINE_USER", "mara")
    return path


@pytest.fixture
def run(dateline: Run, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on that ledger."""

    def on_it(*args: object, status: int = 0) -> Outcome:
        monkeypatch.setenv("DATELINE_LEDGER", str(ledger))
        done = dateline(*args)
        assert done.status == status, done
        assert done.err.count("\n") <= 1 or "Usage:" in done.err
        return done

    return on_it


def listed(run: Run, *args: object) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("incidents", "--json", *args).out.splitlines()]


def the_shelling(run: Run) -> str:
    return str(listed(run, "--event", "shelling")[0]["id"])


# --- looking ---


def test_incidents_are_listed_and_counted(run: Run) -> None:
    done = run("incidents", "--every", "--width", 100)
    assert "shelling" in done.out
    assert "offensive, possible" in done.out
    assert re.search(r"\n\d incidents from 3 reports", done.out)
    assert not done.err


def test_only_what_happened_is_listed_unless_asked_otherwise(run: Run) -> None:
    assert {each["event"] for each in listed(run)} == {"shelling"}
    assert {each["happened"] for each in listed(run, "--happened", "possible")} == {"possible"}


@pytest.mark.parametrize(
    ("args", "found"),
    [
        (("--place", "quorrin"), True), (("--place", "Dunmarrow"), False), (("--country", "bv"), True),
        (("--since", "2024-03-05"), False), (("--until", "2024-03-04"), True), (("--measure", "killed"), True),
        (("--measure", "wounded"), False), (("--origins", "9"), False), (("--source", "police"), True),
        (("--as-of", "2024-03-03"), False), (("--as-of", "2024-03-04"), True), (("--status", "verified"), False),
        (("--policy", "highest"), True), (("--as-of", "2024-03-05", "--policy", "highest"), True),
    ],
)  # fmt: skip
def test_filters(run: Run, args: tuple[str, ...], found: bool) -> None:
    assert bool([each for each in listed(run, *args) if each["event"] == "shelling"]) is found


def test_nothing_that_fits_is_said(run: Run) -> None:
    assert run("incidents", "--place", "Nowhere").out == "no incident fits\n"


def test_why_names_rule_claims_and_quotes(run: Run) -> None:
    said = run("why", the_shelling(run)[:8], "--width", 100).out
    assert "Shelling in Quorrin (BV) on 2024-03-04" in said
    assert "Tasman Wire 2024-03-04 ← police" in said
    assert "»hit«" in said
    assert "ucdp: " in said


def test_why_takes_a_claim_for_the_incident_that_holds_it(run: Run) -> None:
    assert run("why", "a1a1a1").out == run("why", the_shelling(run)).out


def test_why_of_one_field_and_as_json(run: Run) -> None:
    id = the_shelling(run)
    assert "»hit«" in run("why", id, "where").out
    made = json.loads(run("why", id, "--json").out)
    assert made["incident"]["id"] == id
    assert {key.partition("/")[2] for key in made["claims"]} >= {"a1" * 10}
    assert json.loads(run("why", id, "killed", "--json").out)["figure"]["measure"] == "killed"


def test_origins_are_a_tree_and_json(run: Run) -> None:
    id = the_shelling(run)
    assert "1  " in run("origins", id).out
    assert json.loads(run("origins", id, "--json").out)["incident"] == id


def test_what_changed_between_two_days(run: Run) -> None:
    said = run("diff", "--from", "2024-03-03", "--to", "2024-03-04", "--width", 100).out
    assert said.startswith("new ")
    assert "Tasman Wire 2024-03-04 ← police" in said
    assert said.endswith("2024-03-03 to 2024-03-04: 1 new\n")
    changes = [
        json.loads(line)
        for line in run("diff", "--from", "2024-03-04", "--to", "2024-03-06", "--json").out.splitlines()
    ]
    assert {cause["id"].partition("/")[2] for change in changes for cause in change["causes"]} == {"b2" * 10, "c3" * 10}
    assert "nothing changed" in run("diff", "--from", "2024-03-06", "--to", "2024-03-06").out


def test_rebuilding_gives_the_same_and_says_how_many(run: Run) -> None:
    before = run("incidents", "--every", "--json").out
    assert re.fullmatch(r"\d incidents from 3 reports; \d+\.\d s\n", run("rebuild").out)
    assert run("incidents", "--every", "--json").out == before


def test_policies_are_listed_shown_and_compared(run: Run, tmp_path: Path) -> None:
    assert run("policy", "list").out.startswith("ucdp")
    assert json.loads(run("policy", "show", "cautious", "--json").out)["best"] == "lowest"
    assert "lowest" in run("policy", "show", "cautious").out
    own = tmp_path / "mine.toml"
    own.write_text('best = "highest"\n')
    said = run("policy", "compare", "ucdp", own, "--width", 100).out
    assert "mine" in said or "no figure differs" in said
    for line in run("policy", "compare", "cautious", own, "--json").out.splitlines():
        assert json.loads(line)["measure"] == "killed"


def test_a_ledger_that_may_only_be_read_is_still_looked_at(
    run: Run, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = ledger.with_name("x.db.incidents")
    before = run("incidents", "--json").out
    shelf.unlink()
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and may(path, mode))
    assert run("incidents", "--json").out == before
    assert not shelf.exists()


def test_a_shelf_that_was_made_before_serves_a_reader(run: Run, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = run("incidents", "--json").out
    written = ledger.with_name("x.db.incidents").read_bytes()
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and may(path, mode))
    assert run("incidents", "--json").out == before
    assert ledger.with_name("x.db.incidents").read_bytes() == written


def test_a_damaged_shelf_is_one_line_that_says_what_to_do(run: Run, ledger: Path) -> None:
    ledger.with_name("x.db.incidents").write_bytes(b"not a database" * 500)
    assert "x.db.incidents: is damaged; delete it" in run("incidents", status=1).err


# --- deciding ---


def test_a_decision_is_told_kept_listed_and_undone(run: Run) -> None:
    id = the_shelling(run)
    before = run("incidents", "--every", "--json").out
    said = run("decide", "reject", id, "--reason", "a hoax", "--on", "2024-03-06").out
    assert re.match(r"decision [0-9a-f]{8}: reject ", said)
    assert "Set aside: shelling in Quorrin" in said
    assert id not in {each["id"] for each in listed(run)}
    (kept,) = (json.loads(line) for line in run("decisions", "--json").out.splitlines())
    assert kept["decision"]["by"] == "mara"
    assert kept["decision"]["on"] == "2024-03-06T00:00:00Z"
    run("decide", "undo", kept["id"][:8], "--reason", "it was none")
    assert run("incidents", "--every", "--json").out == before
    assert "undone" in run("decisions").out
    assert "was undone already" in run("decide", "undo", kept["id"], "--reason", "again", status=1).err


def test_a_figure_is_corrected_for_the_incident(run: Run) -> None:
    id = the_shelling(run)
    said = run("decide", "correct", id, "killed", "12..14", "--reason", "the list of names").out
    assert "12 to 14 killed" in said
    assert "set by decision" in run("why", id, "killed").out
    stored = json.loads(run("decisions", "--json").out)["decision"]
    assert stored["field"] == "incident:killed"
    assert json.loads(stored["value"]) == {"low": 12.0, "high": 14.0}


def test_a_claim_is_corrected_alone(run: Run) -> None:
    run("decide", "correct", "a1a1", "killed", "13", "--reason", "a slip of the reader")
    stored = json.loads(run("decisions", "--json").out)["decision"]
    assert stored["field"] == "killed"
    assert [key.partition("/")[2] for key in stored["claims"]] == ["a1" * 10]


def test_joining_and_parting(run: Run) -> None:
    run("decide", "different", "a1a1", "b2b2")
    ids = {each["id"] for each in listed(run, "--event", "shelling")}
    assert len(ids) == 2
    run("decide", "same", *ids)
    assert len(listed(run, "--event", "shelling")) == 1
    said = run("decide", "split", the_shelling(run), "b2b2").out
    assert said.count("Shelling in Quorrin") == 2
    assert len(listed(run, "--event", "shelling")) == 2


def test_maybe_becomes_a_suggestion(run: Run, ledger: Path) -> None:
    text = "Two men were abducted by gunmen in Larkspur."
    with Ledger(ledger) as made:
        made.add(record("d4", "Larkspur Times", SIXTH, text, "abducted", event="abduction", place="Larkspur"))
    assert "May be the same" not in run("why", "d4d4").out
    run("decide", "maybe", "d4d4", the_shelling(run))
    assert "May be the same" in run("why", "d4d4").out
    assert f"dateline decide same {listed(run, '--event', 'abduction')[0]['id'][:8]}" in run("why", "d4d4").out


def test_who_accepts_is_named(run: Run) -> None:
    run("decide", "accept", the_shelling(run), "--by", "ines")
    assert listed(run)[0]["accepted_by"] == "ines"
    assert "accepted by ines" in run("incidents").out


def test_a_decision_holds_from_its_moment_on(run: Run) -> None:
    id = the_shelling(run)
    run("decide", "reject", id, "--reason", "a hoax", "--on", "2024-03-06T10:00:00+02:00")
    assert listed(run, "--as-of", "2024-03-05")
    assert not [each for each in listed(run, "--as-of", "2024-03-06") if each["id"] == id]
    said = run("diff", "--from", "2024-03-05", "--to", "2024-03-06", "--width", 120).out
    assert "reject by mara: a hoax" in said


@pytest.mark.parametrize(
    ("args", "status", "said"),
    [
        (("why", "zzz"), 1, "no incident 'zzz', and no claim 'zzz'"),
        (("why", "a1a1", "deaths"), 1, "has no field 'deaths'"),
        (("origins", "zzz"), 1, "no incident 'zzz'"),
        (("incidents", "--policy", "mine"), 1, "no policy is called 'mine'"),
        (("incidents", "--event", "party"), 2, "'party' is not one of"),
        (("incidents", "--as-of", "soon"), 2, "'soon' is not a date"),
        (("diff", "--from", "2024-03-06", "--to", "2024-03-04"), 2, "is later than"),
        (("diff",), 2, "--from"),
        (("policy", "show", "gone.toml"), 1, "gone.toml: the policy cannot be read"),
        (("decide", "reject", "a1a1"), 1, "reject: give a reason"),
        (("decide", "reject", "zzz", "--reason", "x"), 1, "no incident 'zzz'"),
        (("decide", "same", "a1a1"), 2, "name at least two"),
        (("decide", "different", "a1a1", "a1a1"), 1, "a claim stands on both sides"),
        (("decide", "correct", "a1a1", "killed", "lots", "--reason", "x"), 1, "'lots' is not a number"),
        (("decide", "correct", "a1a1", "deaths", "3", "--reason", "x"), 1, "no field that can be corrected"),
        (("decide", "split", "a1a1", "c3c3"), 1, "is not of incident"),
        (("decide", "undo", "zzz", "--reason", "x"), 1, "no decision 'zzz'"),
        (("decide", "accept", "a1a1", "--on", "soon"), 1, "--on 'soon' is not a moment"),
    ],
)
def test_what_cannot_be_is_one_line_and_keeps_nothing(run: Run, args: tuple[str, ...], status: int, said: str) -> None:
    assert said in run(*args, status=status).err
    assert run("decisions").out == "no decisions\n"


def test_a_field_that_an_incident_does_not_have_is_refused_before_it_is_kept(run: Run) -> None:
    done = run("decide", "correct", the_shelling(run), "modality", "denied", "--reason", "x", status=1)
    assert "modality is said of claims" in done.err
    assert listed(run)


def test_nobody_to_decide_is_an_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATELINE_USER")
    monkeypatch.setattr("getpass.getuser", lambda: (_ for _ in ()).throw(KeyError("uid not found")))
    assert "give --by NAME" in run("decide", "accept", "a1a1", status=1).err


def test_a_ledger_that_is_not_there_is_told(dateline: Run) -> None:
    done = dateline("incidents", "--ledger", "none.db")
    assert done.status == 1
    assert "none.db" in done.err


# --- out ---


@pytest.mark.parametrize("format", ["csv", "parquet", "geojson", "ged", "acled", "jsonl"])
def test_incidents_go_out_in_every_format(run: Run, tmp_path: Path, format: str) -> None:
    out = tmp_path / f"out.{format}"
    said = run("export", format, "--out", out).out
    assert said.splitlines()[0] == str(out)
    assert re.match(rf"{format}: \d of \d incidents written", said.splitlines()[1])
    assert out.stat().st_size
    assert json.loads(out.with_name(f"{out.name}.loss.json").read_bytes())["format"] == format


def test_an_export_takes_all_unless_told_which(run: Run) -> None:
    every = {each["id"] for each in listed(run, "--every")}
    assert every > {each["id"] for each in listed(run)}
    assert json.loads(run("export", "csv", "--json").out)["incidents"] == len(every)
    for more, number in (("--event", "shelling"), 1), (("--as-of", "2024-03-03"), 0), (("--happened", "possible"), 1):
        assert json.loads(run("export", "csv", "--json", *more).out)["incidents"] == number


def test_an_export_counts_by_the_policy_that_is_named(run: Run) -> None:
    Path("first.toml").write_text('best = "lowest"\noutdated = "counts"\n', "utf-8")
    best = {}
    for name in ("highest", "first.toml"):
        run("export", "csv", "--policy", name, "--event", "shelling")
        head, row = csv.reader(Path("dateline-incidents.csv").read_text("utf-8").splitlines())
        best[name] = dict(zip(head, row, strict=True))["killed_best"]
    assert best == {"highest": "18", "first.toml": "11"}


def test_a_ledger_goes_out_and_comes_in_again_with_all_that_was_decided(run: Run, tmp_path: Path) -> None:
    run("decide", "accept", the_shelling(run))
    run("export", "jsonl", "--out", "one.jsonl")
    run("import", "one.jsonl", "--ledger", "new.db")
    run("export", "jsonl", "--out", "two.jsonl", "--ledger", "new.db")
    assert Path("one.jsonl").read_bytes() == Path("two.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("xlsx",), "'xlsx' is no format to export; choose one of ged, acled, geojson, csv, parquet, jsonl"),
        (("csv", "--out", "nowhere/x.csv"), "the folder nowhere does not exist"),
    ],
)
def test_what_cannot_go_out_is_one_line(run: Run, args: tuple[str, ...], said: str) -> None:
    done = run("export", *args, status=1)
    assert said in done.err
    assert not done.out


def test_a_correction_that_is_no_json_is_listed_as_it_is(run: Run, ledger: Path) -> None:
    with Ledger(ledger) as kept:
        key = next(iter(kept.claims())).key
        kept.decide(Decision(kind="correct", by="a program", on="2024-03-09T09:00:00Z", reason="none", claims=(key,),
                             field="killed", value="many"))  # fmt: skip
    assert ": many" in run("decisions", "--width", 100).out
    assert "Shelling" in run("why", the_shelling(run)).out


def test_policies_are_compared_as_of_a_day(run: Run) -> None:
    Path("first.toml").write_text('best = "lowest"\noutdated = "counts"\n', "utf-8")
    compared = ("policy", "compare", "highest", "first.toml", "--json")
    assert run(*compared).out
    assert not run(*compared, "--as-of", "2024-03-04").out
