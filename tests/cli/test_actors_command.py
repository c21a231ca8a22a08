"""`dateline actors`: what it prints, keeps and refuses; and that a reading goes by what was added."""

import json
import os
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from dateline.reading import pipeline
from dateline.record import Report
from dateline.world import actors, own_actors
from dateline.world.actor_rows import ACTOR_COLUMNS, PEOPLE_COLUMNS
from tests.cli.conftest import Outcome

Run = Callable[..., Outcome]
FRONT = "zorvan-front,Zorvan Liberation Front,rebel_group,IQ,,2010,,ZLF,allied_with islamic-state,,REB,invented"
PERSON = "Ada Zorvanov,Zorvanov,zorvan-front,spokeswoman,2012,,invented"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("DATELINE_ACTORS", str(tmp_path / "own"))
    own_actors.forget(), actors.forget()
    yield tmp_path / "own"
    monkeypatch.undo()
    own_actors.forget(), actors.forget()


def write(path: Path, *rows: str, people: bool = False) -> Path:
    path.write_text("\n".join((",".join(PEOPLE_COLUMNS if people else ACTOR_COLUMNS), *rows)) + "\n", "utf-8")
    return path


def test_added_actors_are_listed_looked_up_and_taken_away(dateline: Run, folder: Path, tmp_path: Path) -> None:
    front, people = write(tmp_path / "zorvan.csv", FRONT), write(tmp_path / "who.csv", PERSON, people=True)
    done = dateline("actors", "add", people, front)  # people hold posts of actors: those are added first
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines()[0].startswith("zorvan added: 1 actor, in ")
    assert done.out.splitlines()[1].startswith("who added: 1 post, in ")
    assert [line.split()[0] for line in dateline("actors", "list").out.splitlines()] == ["who", "zorvan"]
    shown = dateline("actors", "show", "zlf", "--on", "2014-06-17")
    assert "Zorvan Liberation Front  zorvan-front" in shown.out
    assert "rebel group, Iraq (2010-01-01 to …)" in shown.out
    assert "Ada Zorvanov, spokeswoman" in shown.out
    assert "invented (zorvan)" in shown.out
    assert dateline("actors", "remove", "zorvan").status == 0
    gone = dateline("actors", "show", "ZLF")
    assert gone.status == 1
    assert gone.err.startswith("dateline: 'ZLF': nobody in the register has this name; ")


def test_a_reading_goes_by_what_was_added(dateline: Run, tmp_path: Path) -> None:
    report = Report(text="ZLF fighters killed three soldiers near Mosul on Monday.", published=date(2014, 6, 17))
    before = pipeline.read(report)
    dateline("actors", "add", write(tmp_path / "zorvan.csv", FRONT))
    after = pipeline.read(report)
    assert {actor.actor_id for actor in before.mentions.actors if "ZLF" in actor.text} == {None}
    assert {actor.actor_id for actor in after.mentions.actors if "ZLF" in actor.text} == {"zorvan-front"}
    assert "actors/zorvan" in after.made_by.tables
    assert "actors/zorvan" not in before.made_by.tables


def test_a_row_is_laid_over_the_one_there_is(dateline: Run, tmp_path: Path) -> None:
    row = "islamic-state,Islamic State,rebel_group,,,,,Khawarij of Zorvan,,,,ours"
    dateline("actors", "add", write(tmp_path / "more.csv", row))
    (found,) = map(json.loads, dateline("actors", "show", "Khawarij of Zorvan", "--json").out.splitlines())
    assert found["actor"]["id"] == "islamic-state"
    assert "Isis" in {used["name"] for used in found["actor"]["names"]}
    assert found["actor"]["ucdp"] == "IS"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("zf,Zorvan Front,rebels,,,,,,,,,invented",), "line 2: zf: kind 'rebels' is not one of "),
        (("zf,Zorvan Front",), "line 2: not 12 columns; a comma within a cell needs quotes around it"),
        ((FRONT, FRONT), "zorvan-front stands twice; leave one"),
        (
            ("zf,Zorvan Front,rebel_group,,nobody-here,,,,,,,x",),
            "zf: 'nobody-here' is no actor of this file or of the ",
        ),
    ],
)
def test_a_wrong_file_is_refused_whole(
    dateline: Run, folder: Path, tmp_path: Path, rows: tuple[str, ...], said: str
) -> None:
    good = write(tmp_path / "good.csv", FRONT)
    done = dateline("actors", "add", write(tmp_path / "bad.csv", *rows), good)
    assert done.status == 1
    assert said in done.err
    assert done.err.count("\n") == 1
    assert "nothing of it was added" in done.err
    assert [path.name for path in own_actors.files(folder)] == ["good.csv"]


def test_what_is_no_table_is_refused(dateline: Run, tmp_path: Path) -> None:
    (tmp_path / "plain.csv").write_text("name,kind\n", "utf-8")
    (tmp_path / "latin.csv").write_bytes(",".join(ACTOR_COLUMNS).encode() + b"\nS\xe9l\xe9ka")
    for name, said in (
        ("plain", "its first line must be id,name,kind"),
        ("latin", "not UTF-8"),
        ("none", "no such file"),
    ):
        done = dateline("actors", "add", tmp_path / f"{name}.csv")
        assert (done.status, done.out) == (1, "")
        assert said in done.err


def test_a_file_damaged_since_stops_the_reading_with_one_line(dateline: Run, folder: Path, tmp_path: Path) -> None:
    dateline("actors", "add", write(tmp_path / "zorvan.csv", FRONT))
    (folder / "zorvan.csv").write_text("id,name\n", "utf-8")
    own_actors.forget(), actors.forget()
    (tmp_path / "report.txt").write_text("Rebels shelled Homs on Monday.", "utf-8")
    done = dateline("read", tmp_path / "report.txt", "--published", "2014-06-17")
    assert done.status == 1
    assert "dateline actors remove zorvan" in done.err
    listed = dateline("actors", "list")
    assert listed.status == 1
    assert "dateline actors remove zorvan" in listed.err


def test_a_name_that_ends_in_an_article_breaks_nothing(dateline: Run, tmp_path: Path) -> None:
    assert dateline("actors", "add", write(tmp_path / "al.csv", FRONT.replace("ZLF", "ZLF|Zorvan et Al"))).status == 0
    assert "zorvan-front" in dateline("actors", "show", "Zorvan et Al").out
    assert dateline("actors", "show", "Hamas").status == 0


def test_posts_of_an_actor_that_was_taken_away_count_no_more(dateline: Run, tmp_path: Path) -> None:
    dateline("actors", "add", write(tmp_path / "front.csv", FRONT), write(tmp_path / "who.csv", PERSON, people=True))
    dateline("actors", "remove", "front")
    report = Report(text="Ada Zorvanov attacked Mosul in Iraq. The rebels killed three soldiers in Mosul.")
    assert all(actor.actor_id != "zorvan-front" for actor in pipeline.read(report).mentions.actors)


def test_nothing_is_left_behind_where_a_file_cannot_be_kept(dateline: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "front.csv").mkdir(parents=True)
    done = dateline("actors", "add", write(tmp_path / "front.csv", FRONT))
    assert done.status == 1
    assert done.err.count("\n") == 1
    assert [path.name for path in folder.iterdir()] == ["front.csv"]


def test_a_file_is_read_once(dateline: Run, tmp_path: Path) -> None:
    """A pipe gives its bytes once: what is checked is what is kept."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    text = write(tmp_path / "front.csv", FRONT).read_bytes()
    threading.Thread(target=lambda: pipe.write_bytes(text), daemon=True).start()
    done = dateline("actors", "add", pipe, "--name", "piped")
    assert (done.status, done.err) == (0, "")
