"""Actors, places, sources: what is counted of each, that nothing is merged on an alias, and that counts follow the
ledger."""

import csv
import html
import io
import re
import threading
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from msgspec.structs import replace

from dateline.desk import tally
from dateline.desk.app import make_app
from dateline.desk.desk import Desk
from dateline.desk.names import Asked, Names
from dateline.errors import LedgerDamaged
from dateline.incidents.shelf import Shelf
from dateline.ledger import Decision, Ledger
from dateline.record import Actor, Record, Speaker
from tests.cli.test_incident_commands import record
from tests.desk.conftest import OTHER, Browser


def listed(browser: Browser, address: str) -> dict[str, dict[str, Any]]:
    """The rows of a list by their names."""
    answer = browser.get(address)
    assert answer.status_code == 200, answer.text
    return {each["name"]: each for each in answer.json()["rows"]}


def spoken(made: Record, **known: Any) -> Record:
    """The same record with more known of whom it quotes."""
    (claim,) = made.claims
    (link,) = claim.attribution
    assert link.source is not None
    speaker = Speaker(text=link.source.text, span=link.source.span, name=known.pop("name", link.source.name), **known)
    claim = replace(claim, attribution=(replace(link, source=speaker),))
    return replace(made, claims=(claim,))


def test_sources_are_the_outlets_with_what_became_of_their_claims(browser: Browser) -> None:
    rows = listed(browser, "/sources.json")
    assert {name: row["reports"] for name, row in rows.items()} == {
        "Tasman Wire": 1, "Harrow Gazette": 1, "Coast Monitor": 1, "Ilvora Post": 1
    }  # fmt: skip
    assert rows["Tasman Wire"]["told"] == rows["Harrow Gazette"]["told"] == 1  # one shelling of two origins
    assert rows["Ilvora Post"]["told"] == 0
    assert (rows["Coast Monitor"]["own"], rows["Tasman Wire"]["own"]) == (1, 0)
    one = browser.get(f"{rows['Tasman Wire']['page']}.json").json()
    assert one["row"] == rows["Tasman Wire"]
    assert one["quotes"][0]["said"] == "police"
    assert one["claims"][0]["outlet"] == "Tasman Wire"
    assert browser.get(f"/incidents/{one['claims'][0]['incident']}").status_code == 200


def test_actors_have_the_claims_they_are_quoted_for_with_names_and_days(browser: Browser) -> None:
    rows = listed(browser, "/actors.json?sort=says")
    assert set(rows) == {"police", "doctors", "mayor"}
    police = rows["police"]
    assert (police["says"], police["acts"], police["told"], police["denied"]) == (1, 0, 1, 0)
    assert police["first"] == police["last"] == "2024-03-04"
    assert not police["registered"]
    one = browser.get(f"{police['page']}.json").json()
    assert [(each["name"], each["claims"], [out["name"] for out in each["in"]]) for each in one["used"]] == [
        ("police", 1, ["Tasman Wire"])
    ]
    assert one["events"] == [{"event": "shelling", "claims": 1, "says": 1}]
    assert "11" in "".join(one["claims"][0]["quote"])
    assert browser.get(police["page"]).status_code == 200


def test_places_lead_to_their_incidents_and_to_the_map(browser: Browser) -> None:
    rows = listed(browser, "/places.json")
    assert {name: row["claims"] for name, row in rows.items()} == {"Quorrin": 2, "Dunmarrow": 2}
    assert rows["Quorrin"]["incidents"] == 1
    one = browser.get(f"{rows['Quorrin']['page']}.json").json()
    assert len(browser.get(one["incidents"].replace("/incidents?", "/incidents.json?")).json()["incidents"]) == 1
    assert len(browser.get(one["map"].replace("/map?", "/map.json?")).json()["incidents"]) == 3  # all lie on one point
    assert browser.get(rows["Quorrin"]["page"]).status_code == 200


def test_lists_are_searched_sorted_and_paged_and_are_csv(browser: Browser) -> None:
    assert set(listed(browser, "/sources.json?text=wire")) == {"Tasman Wire"}
    assert listed(browser, "/sources.json?text=tasm") == listed(browser, "/sources.json?text=TASMAN")
    assert listed(browser, "/actors.json?text=%22%27%25") == {}
    names = [each["name"] for each in browser.get("/sources.json?sort=name").json()["rows"]]
    assert names == sorted(names)
    first = browser.get("/sources.json?sort=name&size=3").json()
    rest = browser.get(first["next"].replace("/sources?", "/sources.json?")).json()
    assert [each["name"] for each in (*first["rows"], *rest["rows"])] == names
    assert (first["matched"], rest["next"], first["previous"]) == (4, None, None)
    assert rest["previous"] == "/sources?sort=name&size=3"
    rows = list(csv.DictReader(io.StringIO(browser.get("/sources.csv?sort=name").text)))
    assert [each["name"] for each in rows] == names
    assert listed(browser, "/places.json?country=bv") == listed(browser, "/places.json")
    assert listed(browser, "/places.json?country=iq") == {}


@pytest.mark.parametrize(
    ("address", "status"),
    [("/actors?sort=truth", 400), ("/actors?kind=party%20people", 400), ("/actors?page=0", 400),
     ("/places?size=9999", 400), ("/sources?country=bv", 400), ("/actors/nobody", 404), ("/actors/~0", 404),
     ("/places/7", 404),
     ("/sources/No%20Such%20Paper", 404), ("/sources/a/b", 404), ("/actors/%00", 404), ("/actors?page=99999", 200)],
)  # fmt: skip
def test_what_cannot_be_is_one_line(browser: Browser, address: str, status: int) -> None:
    assert browser.get(address).status_code == status
    path, mark, query = address.partition("?")
    assert browser.get(f"{path}.json{mark}{query}").status_code == status


def test_an_outlet_with_signs_in_its_name_has_a_page(desk: Desk, browser: Browser) -> None:
    name = "Días & Noches / Ambrel? 100%"
    text = "A school in Dunmarrow was shelled, the mayor said."
    desk.ledger.add(record("e5", name, date(2024, 3, 7), text, "shelled", by="mayor", place="Dunmarrow"))
    desk.keeper.look()
    row = listed(browser, "/sources.json?text=noches")[name]
    assert row["page"] == f"/sources/{quote(name, safe='')}"
    assert browser.get(row["page"]).status_code == 200
    assert browser.get(f"{row['page']}.json").json()["row"]["name"] == name
    twin = re.search(r'This page as <a href="([^"]*)">JSON', browser.get(row["page"]).text)
    assert twin
    assert browser.get(html.unescape(twin[1])).json()["row"]["name"] == name


def test_the_register_ties_names_together_and_an_alias_alone_does_not(desk: Desk, browser: Browser) -> None:
    texts = ("A bridge in Dunmarrow was shelled, the group said.", "A mill in Dunmarrow was shelled, the group said.")
    for number, (text, name) in enumerate(zip(texts, ("Islamic State", "ISIL"), strict=True)):
        made = record(f"f{number}", "Ilvora Post", date(2024, 3, 8 + number), text, "shelled", by="group",
                      place="Dunmarrow")  # fmt: skip
        desk.ledger.add(spoken(made, name=name, actor_id="islamic-state"))
    alias = record("g1", "Ilvora Post", date(2024, 3, 9), "A barn in Dunmarrow was shelled, Daesh said.", "shelled",
                   by="Daesh", place="Dunmarrow")  # fmt: skip
    (claim,) = alias.claims
    party = Actor(text="Daesh", name="Daesh", span=claim.attribution[0].source.span, may_be=("islamic-state",))  # type: ignore[union-attr]
    desk.ledger.add(replace(alias, claims=(replace(claim, actors=(party,)),)))
    desk.keeper.look()
    one = browser.get("/actors/islamic-state.json").json()
    assert [(each["name"], each["first"]) for each in one["used"]] == [
        ("ISIL", "2024-03-09"), ("Islamic State", "2024-03-08")
    ]  # fmt: skip
    assert one["row"]["says"] == 2
    assert one["register"]["id"] == "islamic-state"
    (bare,) = one["may_be"]
    assert bare["name"] == "Daesh"
    other = browser.get(f"{bare['page']}.json").json()
    assert [each["key"] for each in other["may_be"]] == ["islamic-state"]
    assert other["row"]["claims"] == 1  # and is counted apart
    assert "May be the same as" in browser.get(bare["page"]).text


def test_a_denial_and_a_rejection_are_counted(desk: Desk, browser: Browser) -> None:
    text = "The market of Quorrin was not shelled on Monday, the army said."
    denial = record("h1", "Selvapress", date(2024, 3, 5), text, "shelled", by="army", modality="denied")
    desk.ledger.add(denial)
    keys = {each.publisher: each.key for each in desk.ledger.claims()}
    both = (keys["Tasman Wire"], keys["Selvapress"])
    desk.ledger.decide(Decision(kind="same", by="mara", on="2024-03-08T10:00:00Z", reason="one", claims=both))
    desk.keeper.look()
    rows = listed(browser, "/actors.json")
    assert (rows["police"]["denied"], rows["doctors"]["denied"]) == (1, 1)
    assert rows["army"]["denied"] == 0  # who denies is not denied by himself
    gone = (keys["Harrow Gazette"],)
    desk.ledger.decide(Decision(kind="reject", by="mara", on="2024-03-08T11:00:00Z", reason="not so", claims=gone))
    desk.keeper.look()
    rows = listed(browser, "/actors.json")
    assert (rows["doctors"]["aside"], rows["doctors"]["denied"], rows["doctors"]["told"]) == (1, 0, 0)
    assert rows["police"]["aside"] == 0


def test_copies_and_corrections_stand_with_their_outlets(ledger_path: Path) -> None:
    long = (
        "Shells hit the market of Quorrin on Monday, killing 11 people, police said. Rescuers searched the ruins until "
        "night fell, and the wounded were taken to the hospital in Hadrel by bus, said the head of the town council. "
        "Shops in the square stayed closed while engineers looked for shells that had not gone off."
    )
    with Ledger(ledger_path) as ledger:
        for id, outlet, day in (("k1", "Castellan", 4), ("k2", "Copy Daily", 5)):
            made = record(id, outlet, date(2024, 3, day), long, "hit", killed="11", by="police")
            ledger.add(replace(made, report=replace(made.report, title="Shells hit the market of Quorrin", sha256="")))
        new = record("k3", "Castellan", date(2024, 3, 6), long.replace("11", "12"), "hit", killed="12", by="police")
        title = "CORRECTED: Shells hit the market of Quorrin"
        ledger.add(replace(new, report=replace(new.report, title=title)))
    with Desk(ledger_path, user="mara", keep=False) as desk:
        desk.keeper.look()
        browser = Browser(make_app(desk), base_url="http://localhost", raise_server_exceptions=False)
        rows = listed(browser, "/sources.json")
        one = browser.get("/sources/Castellan.json").json()
    assert (rows["Castellan"]["copied"], rows["Copy Daily"]["copies"]) == (1, 1)
    assert [each["name"] for each in one["copied"]["by_others"]] == ["Copy Daily"]
    assert rows["Castellan"]["notices"] == 1
    assert one["notices"][0]["why"].startswith("corrected on 2024-03-06")


def test_counts_follow_the_ledger_and_say_when_they_were_made(desk: Desk, browser: Browser) -> None:
    before = browser.get("/sources.json").json()
    assert before["made"]["behind"] is False
    again = replace(OTHER, id="again", report=replace(OTHER.report, source="New Paper"))
    desk.ledger.add(again)
    assert browser.get("/sources.json").json()["made"]["behind"] is True
    assert "not yet in" in browser.get("/sources").text
    desk.keeper.look()
    after = browser.get("/sources.json").json()
    assert after["made"]["behind"] is False
    assert after["matched"] == before["matched"] + 1


def test_an_older_reading_counts_no_more(desk: Desk, browser: Browser) -> None:
    desk.ledger.add(replace(OTHER, claims=()))
    desk.keeper.look()
    assert "mayor" not in listed(browser, "/actors.json")
    assert listed(browser, "/sources.json")["Ilvora Post"]["claims"] == 0
    assert listed(browser, "/sources.json")["Ilvora Post"]["reports"] == 1


def test_counting_anew_gives_the_same(desk: Desk, browser: Browser) -> None:
    kept = {kind: browser.get(f"/{kind}.json").json()["rows"] for kind in ("actors", "places", "sources")}
    for path in desk.path.parent.glob("x.db.names*"):
        path.unlink()
    names = Names(desk.path)
    names.bring_up_to_date(desk.ledger)
    anew = {kind: browser.get(f"/{kind}.json").json()["rows"] for kind in kept}
    assert anew == kept


def test_a_file_of_another_ledger_is_made_anew(desk: Desk) -> None:
    with desk.names._open() as connection:
        tally.keep(connection, chain="of another")
    desk.ledger.add(replace(OTHER, claims=()))
    desk.names.bring_up_to_date(desk.ledger)
    with desk.names.reading() as connection:
        assert desk.names.listed(connection, Asked(kind="source")).matched == 4


def test_before_anything_was_counted_pages_say_so(ledger_path: Path) -> None:
    with Desk(ledger_path, user="mara", keep=False) as desk:
        browser = Browser(make_app(desk), base_url="http://localhost", raise_server_exceptions=False)
        for path in ("/actors", "/places", "/sources"):
            assert browser.get(f"{path}.json").json()["rows"] == []
            assert "being counted" in browser.get(path).text


def test_a_large_ledger_is_counted_in_a_thread_of_its_own(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.desk.names._AT_ONCE", -1)
    counted_in: list[str] = []
    count = tally.count

    def noting(*given: Any, **named: Any) -> None:
        counted_in.append(threading.current_thread().name)
        count(*given, **named)

    monkeypatch.setattr(tally, "count", noting)
    desk.ledger.add(replace(OTHER, claims=()))
    desk.names.look(desk.ledger)
    assert desk.names._thread is not None
    desk.names._thread.join(30)
    assert counted_in == ["names"]


def test_a_damaged_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "y.db.names").write_bytes(b"no database" * 1000)
    with pytest.raises(LedgerDamaged, match="delete it"):
        Names(tmp_path / "y.db")


@pytest.fixture
def broken_shelf(desk: Desk) -> Path:
    shelf = Shelf(desk.path.with_name("x.db.incidents"))
    with shelf.writing() as connection:
        connection.exec_driver_sql("DROP TABLE aside")
    shelf.close()
    return desk.path


def test_counting_that_fails_leaves_the_counts_before(
    broken_shelf: Path, desk: Desk, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    before = browser.get("/sources.json").json()["rows"]
    desk.ledger.add(replace(OTHER, id="again", report=replace(OTHER.report, source="New Paper")))
    desk.names.look(desk.ledger)
    assert browser.get("/sources.json").json()["rows"] == before
    assert "not counted" in caplog.text
