"""Search finds what `dateline claims` finds, counts it, marks it, and keeps searches by name."""

import csv
import io
import sqlite3
from datetime import date
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from dateline.desk import searching
from dateline.desk.app import make_app
from dateline.desk.desk import Desk
from dateline.desk.searching import Filters, marked, question, terms
from dateline.desk.store import Store
from dateline.desk.word_file import WordFile
from dateline.errors import LedgerDamaged
from dateline.ledger import ClaimQuery, Ledger
from tests.cli.test_incident_commands import record
from tests.desk.conftest import OTHER, Browser, Client


@pytest.mark.parametrize(
    "filters",
    [
        {}, {"event": "shelling"}, {"event": "offensive"}, {"place": "quorrin"}, {"place": "Dunmarrow"},
        {"country": "bv"},
        {"source": "doctors"}, {"source": "Tasman Wire"}, {"source": "tasman"}, {"since": "2024-03-05"},
        {"until": "2024-03-05"}, {"since": "2024-03-04", "until": "2024-03-04"},
        {"since": "1990-01-01", "until": "2030-01-01"}, {"since": "1990-01-01", "until": "1991-01-01"},
        {"modality": "possible"}, {"modality": "actual", "place": "Quorrin"},
        {"place": "!"}, {"actor": "nobody"}, {"target": "market"}, {"place": "quorrin dunmarrow"},
    ],
)  # fmt: skip
def test_filters_find_what_the_command_finds(browser: Browser, desk: Desk, filters: dict[str, str]) -> None:
    wanted = [each.key for each in desk.ledger.claims(msgspec.convert(filters, ClaimQuery, strict=False))]
    told = browser.get("/search.json", params=filters).json()
    assert [each["key"] for each in told["found"]] == wanted
    assert (told["count"], told["more"]) == (len(wanted), False)


def test_words_phrases_beginnings_and_words_that_must_not_be_there(browser: Browser) -> None:
    def found(q: str) -> int:
        return len(browser.get("/search.json", params={"q": q}).json()["found"])

    every = found("")
    assert found("SCHOOL") == 1
    assert found("school market") == 0
    assert found('"a school in Dunmarrow"') == 1
    assert found('"school a in"') == 0
    assert found("schoo") == 0
    assert found("schoo*") == 1
    assert found("-school") == every - 1
    assert found("shelled -school") == found("shelled") - 1
    assert found('"') == found("!!") == every
    assert found('NOT OR AND ( { : ^ "*') == 0
    assert found("'; DROP TABLE hits; --") == 0
    assert found("") == every


def test_each_result_leads_to_its_place_in_its_report_and_to_its_incident(browser: Browser) -> None:
    (one,) = browser.get("/search.json?q=school").json()["found"]
    path, _, anchor = one["address"].partition("#")
    assert f'id="{anchor}"' in browser.get(path).text
    assert one["key"] in browser.get(f"/incidents/{one['incident']}.json").text
    assert "".join(piece["text"] for piece in one["pieces"]) == one["quote"]
    assert [piece["text"] for piece in one["pieces"] if piece["hit"]] == ["school"]
    assert "<mark>school</mark>" in browser.get("/search?q=school").text


def test_marks_are_whole_words_in_a_row_and_the_text_stays_whole() -> None:
    text = "Da'esh shelled Al-Raqqah; Raqqa's car bombs, a car-bomb and the cars."
    for q, hit in (
        ("daesh", ["Da'esh"]), ("raqqa", ["Raqqa's"]), ('"car bomb"', ["car-bomb"]), ("car*", ["car", "car", "cars"]),
        ('"car bomb*"', ["car-bomb"]), ("-car raqqah", ["Raqqah"]), ("x", []), ("", []),
        ('"al raqqah" raqqah', ["Al-Raqqah"]),
    ):  # fmt: skip
        pieces = marked(text, terms(q))
        assert "".join(each.text for each in pieces) == text
        assert [each.text for each in pieces if each.hit] == hit, q
    assert marked("", terms("x"))[0].text == ""


def test_facets_count_what_their_links_show(browser: Browser) -> None:
    told = browser.get("/search.json").json()
    named = {facet["name"]: facet for facet in told["facets"]}
    assert set(named) == {"event", "country", "outlet", "month", "modality"}
    for facet in told["facets"]:
        assert facet["values"], facet["name"]
        for value in facet["values"]:
            there = browser.get(value["address"].replace("/search?", "/search.json?")).json()
            assert (there["count"], len(there["found"])) == (value["count"], value["count"]), value
            (again,) = [each for each in there["facets"] if each["name"] == facet["name"]]
            assert again["chosen"] == value["value"]
            assert again["without"] == "/search"


def test_where_counting_would_cost_too_much_it_stops(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    every = len(browser.get("/search.json").json()["found"])
    monkeypatch.setattr(searching, "COUNTED", every - 1)
    told = browser.get("/search.json").json()
    assert (told["count"], told["more"], len(told["found"])) == (every - 1, True, every)
    assert f"more than {every - 1} claims" in browser.get("/search").text


@pytest.mark.parametrize("page", ["/search", "/search/incidents", "/search/reports"])
def test_pages_lead_on_with_nothing_twice_and_nothing_left_out(browser: Browser, page: str) -> None:
    name = "key" if page == "/search" else "id"
    whole = [each[name] for each in browser.get(f"{page}.json").json()["found"]]
    assert len(whole) > 2
    found: list[str] = []
    address: str | None = f"{page}?size=1"
    for _ in range(len(whole) + 2):
        if address is None:
            break
        told = browser.get(address.replace(page, f"{page}.json", 1)).json()
        found += [each[name] for each in told["found"]]
        address = told["next"]
    assert found == whole
    assert address is None


def test_incidents_and_reports_are_found_too(browser: Browser) -> None:
    (one,) = browser.get("/search/incidents.json?q=school").json()["found"]
    assert one["place"].startswith("Dunmarrow")
    assert len(browser.get("/search/incidents.json?event=shelling").json()["found"]) == 2
    title = browser.get("/reports.json").json()["reports"][0]["title"]
    found = browser.get("/search/reports.json", params={"q": title}).json()["found"]
    assert title in [each["title"] for each in found]
    by_outlet = browser.get("/search/reports.json?outlet=Ilvora Post").json()["found"]
    assert [each["source"] for each in by_outlet] == ["Ilvora Post"]
    assert len(browser.get("/search/reports.json?since=2024-03-07").json()["found"]) == 1
    assert browser.get("/search/reports.json?since=2030-01-01").json()["found"] == []


def test_csv_is_what_is_shown(browser: Browser) -> None:
    for page, name in (("/search", "key"), ("/search/incidents", "id"), ("/search/reports", "id")):
        rows = list(csv.DictReader(io.StringIO(browser.get(f"{page}.csv?since=2024-03-01&size=2").text)))
        told = browser.get(f"{page}.json?since=2024-03-01&size=2").json()["found"]
        assert [row[name] for row in rows] == [each[name] for each in told]
        assert rows


@pytest.mark.parametrize(
    "address",
    ["/search?event=party", "/search?since=x", "/search?month=2024-13", "/search?month=0000-01", "/search?country=xyz",
     "/search?after=-1", "/search?after=99999999999999999999", "/search?colour=red", "/search?size=0",
     "/search/reports?event=attack", "/search?q=" + "+x" * 99, "/search?q=" + "x" * 300],
)  # fmt: skip
def test_what_is_asked_wrong_is_one_line(browser: Browser, address: str) -> None:
    answer = browser.get(address, headers={"Accept": "application/json"})
    assert answer.status_code == 400, answer.text
    assert "\n" not in answer.json()["detail"]


@pytest.mark.parametrize(
    "address",
    ["/search?month=9999-12", "/search?month=0001-01", "/search?since=0001-01-01&until=9999-12-31",
     "/search?until=0001-01-01", "/search?since=2025-01-01&until=2024-01-01", "/search?q=%00%ff", "/search?after=0",
     "/search/incidents?after=1", "/search/reports?until=0001-01-01"],
)  # fmt: skip
def test_odd_filters_are_no_trouble(browser: Browser, address: str) -> None:
    assert browser.get(address).status_code == 200


def test_a_new_reading_takes_the_place_of_the_older_one(browser: Browser, desk: Desk) -> None:
    assert len(browser.get("/search.json?q=school").json()["found"]) == 1
    desk.ledger.add(replace(OTHER, claims=()))
    assert browser.get("/search.json").json()["behind"] is True
    assert "not in the index yet" in browser.get("/search").text
    desk.keeper.look()
    told = browser.get("/search.json?q=school").json()
    assert (told["found"], told["count"], told["behind"]) == ([], 0, False)
    assert len(browser.get("/search/reports.json?outlet=Ilvora Post").json()["found"]) == 1


def test_the_file_of_words_is_made_again_for_another_ledger_and_in_parts(desk: Desk, tmp_path: Any) -> None:
    path = tmp_path / "other.words"
    words = WordFile(path)
    assert words.catch_up(desk.ledger, -1) is False
    assert words.catch_up(desk.ledger)
    with words.reading() as connection:
        before = connection.execute("SELECT count(*) FROM hits").fetchone()
        assert before[0] == len(list(desk.ledger.claims()))
    with Ledger(tmp_path / "other.db") as other:
        said = "A bridge in Quorrin was shelled, killing 4, the mayor said."
        other.add(record("z1", "Ilvora Post", date(2025, 1, 1), said, "shelled", killed="4", by="mayor"))
        again = WordFile(path)
        assert again.catch_up(other)
        with again.reading() as connection:
            assert connection.execute("SELECT count(*) FROM hits").fetchone() == (1,)
            assert len(searching.hits(connection, question(connection, Filters(q="bridge")), 9)) == 1
            assert searching.hits(connection, question(connection, Filters(q="school")), 9) == []
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(LedgerDamaged, match="delete it"):
        WordFile(path)


# --- searches that are kept ------------------------------------------------------------------------------------------


def save(browser: Browser, **fields: str) -> Any:
    return browser.fill_in("/search/save", "/search?q=school", **fields)


def names(browser: Browser) -> list[tuple[str, str, bool]]:
    return [(each["user"], each["name"], each["own"]) for each in browser.get("/search.json").json()["saved"]]


def test_a_search_is_kept_for_oneself_shared_and_deleted(signed_in: Client) -> None:
    coder, reader, admin = signed_in("coder"), signed_in("reader"), signed_in("admin")
    assert (
        save(coder, name="schools", address="/search?q=school&size=3&after=9").headers["location"] == "/search?q=school"
    )
    assert save(coder, name="markets", address="/search/incidents?q=market", shared="true").status_code == 303
    assert names(coder) == [("the coder", "markets", True), ("the coder", "schools", True)]
    assert names(reader) == [("the coder", "markets", False)]
    assert save(reader, name="mine", address="/search?q=mine").status_code == 303
    assert names(reader) == [("the coder", "markets", False), ("the reader", "mine", True)]
    assert ("the reader", "mine", True) not in names(coder)
    page = reader.get("/search").text
    assert 'href="/search/incidents?q=market"' in page
    assert page.count('action="/search/forget"') == 1
    refused: Any = reader.fill_in("/search/forget", "/search", name="markets", user="the coder")
    assert refused.status_code == 403
    done: Any = reader.fill_in("/search/forget", "/search", name="mine")
    assert done.status_code == 303
    again: Any = reader.fill_in("/search/forget", "/search", name="mine")
    assert again.status_code == 404
    cleared: Any = admin.fill_in("/search/forget", "/search", name="markets", user="the coder")
    assert cleared.status_code == 303
    assert names(reader) == []


def test_what_cannot_be_kept(signed_in: Client) -> None:
    reader, coder = signed_in("reader"), signed_in("coder")
    assert save(reader, name="x", address="/search?q=a", shared="true").status_code == 403
    assert save(coder, name="x", address="/search?q=a").status_code == 303
    for fields in (
        {"name": "x", "address": "/search?q=b"}, {"name": "", "address": "/search?q=a"}, {"name": "y", "address": ""},
        {"name": "y", "address": "//evil.example/search?q=a"}, {"name": "y", "address": "https://evil.example/search"},
        {"name": "y", "address": "/incidents?event=attack"}, {"name": "y", "address": "/search?colour=red"},
        {"name": "y" * 81, "address": "/search?q=a"}, {"name": " ", "address": "/search?q=a"},
    ):  # fmt: skip
        assert save(coder, **fields).status_code == 400, fields
    assert names(coder) == [("the coder", "x", True)]
    assert coder.get("/search.json").json()["saved"][0]["address"] == "/search?q=a"
    assert coder.post("/search/save", data={"name": "y", "address": "/search?q=a"}).status_code == 403


def test_a_token_that_only_reads_keeps_no_search(signed_in: Client, guarded: Desk) -> None:
    _, secret = guarded.people.add_token("the coder", ("read",))
    given = {"name": "x", "address": "/search?q=a"}
    answer = signed_in().post("/search/save", json=given, headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 403


def test_a_file_of_the_version_before_learns_to_share(tmp_path: Any) -> None:
    path = tmp_path / "old.desk"
    with sqlite3.connect(path) as old:
        old.execute(
            "CREATE TABLE searches (user TEXT, name TEXT, address TEXT NOT NULL, added_at TEXT NOT NULL,"
            " PRIMARY KEY (user, name)) WITHOUT ROWID"
        )
        old.execute("INSERT INTO searches VALUES ('mara', 'schools', '/search?q=school', '2024-03-01T00:00:00Z')")
        old.execute("PRAGMA user_version = 1")
    store = Store(path)
    try:
        with store.reading() as connection:
            kept = connection.exec_driver_sql("SELECT name, shared FROM searches").all()
            assert [tuple(row) for row in kept] == [("schools", 0)]
            assert connection.exec_driver_sql("SELECT count(*) FROM triage").scalar() == 0
    finally:
        store.close()


def test_the_search_box_is_on_every_page(browser: Browser, desk: Desk) -> None:
    assert make_app(desk)
    for page in ("/", "/incidents", "/reports", "/help", "/search"):
        said = browser.get(page).text
        first = said.index("data-search")
        assert 'action="/search"' in said[:first], page
        assert 'name="q"' in said[first - 200 : first + 50], page
