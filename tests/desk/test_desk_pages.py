"""Every page answers, its JSON twin is the very dict that its template got, and nothing on it comes from elsewhere."""

import csv
import io
import re
from collections.abc import Callable
from html import escape
from typing import Any

import msgspec
import pytest

from dateline.desk import pages
from dateline.desk.app import make_app
from dateline.desk.desk import Desk
from dateline.desk.page import csv_of
from dateline.desk.render import Renderer
from tests.desk.conftest import Browser, shelling

HERE = re.compile(r"""(?:src|href|action|poster|data)=["']([^"']*)["']""")


def addresses(browser: Browser) -> dict[str, str]:
    """An address of each page, by its name."""
    incident = shelling(browser)
    report = incident["claims"][0]["report"]  # type: ignore[index]
    known = {"incident": incident["id"], "matches": incident["id"], "report": report}
    return {
        page.name: page.path.replace("{id}", str(known.get(page.name, "")))
        for page in pages.every_page()
        if page.name in known or "{" not in page.path
    }


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The dicts that templates get, by page."""
    got: dict[str, Any] = {}
    render: Callable[..., str] = Renderer.render

    def noting(self: Renderer, name: str, made: dict[str, Any], *given: Any) -> str:
        got[name] = made
        return render(self, name, made, *given)

    monkeypatch.setattr(Renderer, "render", noting)
    return got


def test_each_page_and_its_json_are_one_dict(browser: Browser, shown: dict[str, Any]) -> None:
    own = ("overview", "incidents", "incident", "matches", "reports", "report", "help", "api", "sign_in")
    found = addresses(browser)
    for name in own:
        page = next(each for each in pages.every_page() if each.name == name)
        answer = browser.get(found[name])
        assert answer.status_code == 200, (name, answer.text)
        twin = browser.get(f"{page.twin or found[name]}.json")
        assert twin.status_code == 200, name
        assert twin.headers["content-type"] == "application/json"
        assert twin.json() == msgspec.json.decode(msgspec.json.encode(shown[name])), name


def test_no_page_refers_to_anything_outside_or_holds_script_or_style(browser: Browser) -> None:
    for name, address in addresses(browser).items():
        said = browser.get(address).text
        for target in HERE.findall(said):
            assert target.startswith(("/", "#", "data:")) or target == "", (name, target)
            assert not target.startswith("//"), (name, target)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", said), name
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", said)), name


def test_a_list_keeps_its_filters_in_the_address_and_goes_on_from_page_to_page(browser: Browser) -> None:
    every = browser.get("/incidents.json?every=true").json()
    first = browser.get("/incidents.json?every=true&size=2").json()
    assert first["next"].startswith("/incidents?")
    assert "every=true" in first["next"]
    rest = browser.get(first["next"].replace("/incidents?", "/incidents.json?")).json()
    assert [*first["incidents"], *rest["incidents"]] == every["incidents"]
    assert rest["next"] is None
    assert every["incidents"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [("event=shelling", 2), ("place=Quorrin", 1), ("source=doctors", 1), ("since=2024-03-07", 1),
     ("until=2024-03-04", 1),
     ("measure=killed", 2), ("origins=2", 1), ("country=bv", 2), ("actor=nobody", 0), ("status=set_aside", 0),
     ("happened=possible", 1), ("every=true", 3), ("event=&place=", 2)],
)  # fmt: skip
def test_filters_find_what_the_book_finds(browser: Browser, desk: Desk, filters: str, found: int) -> None:
    assert len(browser.get(f"/incidents.json?{filters}").json()["incidents"]) == found
    assert browser.get(f"/incidents?{filters}").status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nothing", 404), ("/incidents/nothing", 404), ("/reports/nothing", 404), ("/incidents/%00", 404),
        ("/incidents?since=yesterday", 400), ("/incidents?event=party", 400), ("/incidents?colour=red", 400),
        ("/incidents?size=0", 400), ("/incidents?size=99999999999999999999", 400), ("/incidents?after=x", 400),
        ("/incidents?after=%00~%00~%00", 200), ("/incidents?place=%22%27%3C", 200), ("/reports?before=0", 400),
        ("/incidents?country=xyz", 400), ("/incidents?place=" + "x" * 300, 400), ("/incidents/of/a/b", 404),
        ("/incidents/" + "é" * 500, 404), ("/static/../app.py", 404), ("/static/nothing.css", 404),
    ],
)  # fmt: skip
def test_what_cannot_be_is_a_page_and_a_problem_in_one_line(browser: Browser, address: str, status: int) -> None:
    answer = browser.get(address)
    assert answer.status_code == status
    if status == 200:
        return
    assert "<h1>" in answer.text
    told = browser.get(address, headers={"Accept": "application/json"}).json()
    path, mark, query = address.partition("?")
    twin = browser.get(f"{path}.json{mark}{query}")
    assert twin.status_code == status
    assert twin.headers["content-type"] == "application/problem+json"
    for said in (told, twin.json()):
        assert said["status"] == status
        assert "\n" not in said["detail"]
        assert said["detail"]


def test_a_table_is_csv_and_no_cell_is_a_formula(browser: Browser) -> None:
    rows = list(csv.DictReader(io.StringIO(browser.get("/incidents.csv?every=true").text)))
    assert [row["id"] for row in rows] == [
        each["id"] for each in browser.get("/incidents.json?every=true").json()["incidents"]
    ]
    assert csv_of([{"a": "=1+1", "b": ["x", "y"]}], ("a", "b")) == "a,b\r\n'=1+1,x; y\r\n"


def test_an_incident_tells_why_with_quotes_and_a_permanent_address(browser: Browser) -> None:
    made: Any = shelling(browser)
    assert made["row"]["origins"] == 2
    killed = next(each for each in made["fields"] if each["field"] == "killed")
    assert killed["figure"]["strip"]["dots"]
    assert killed["figure"]["steps"]["path"]
    assert any("18 people died" in "".join(each["quote"]) for each in made["claims"])
    assert made["decisions"][0]["by"] == "mara"
    there = browser.get(made["permanent"], follow_redirects=False)
    assert there.status_code == 302
    assert there.headers["location"] == f"/incidents/{made['id']}"


def test_a_report_shows_its_claims_in_its_own_text(browser: Browser) -> None:
    made: Any = shelling(browser)
    report = browser.get(f"/reports/{made['claims'][0]['report']}.json").json()
    assert "".join(piece["text"] for piece in report["text"]) == made["claims"][0]["quote"][0] + "".join(
        made["claims"][0]["quote"][1:]
    )
    marked = [piece for piece in report["text"] if "1.trigger.0" in piece["fields"]]
    assert [piece["text"] for piece in marked] == [made["claims"][0]["quote"][1]]
    assert report["claims"][0]["incident"] == made["id"]


def test_the_lag_is_told_until_the_keeper_has_looked(browser: Browser, desk: Desk) -> None:
    from msgspec.structs import replace

    from tests.desk.conftest import OTHER

    assert 'class="lag"' not in browser.get("/").text
    desk.ledger.add(replace(OTHER, claims=()))
    assert "Not yet set side by side: 1 report" in browser.get("/").text
    desk.keeper.look()
    assert 'class="lag"' not in browser.get("/").text


def test_the_api_describes_itself_without_anything_from_elsewhere(browser: Browser) -> None:
    described = browser.get("/api/openapi.json").json()
    assert "/incidents.json" in described["paths"]
    names = {each["name"] for each in described["paths"]["/incidents.json"]["get"]["parameters"]}
    assert {"event", "place", "since", "size"} <= names
    assert "cdn" not in browser.get("/api/docs").text


def test_every_page_is_in_the_navigation_once(desk: Desk) -> None:
    placed = [page.nav for page in pages.every_page() if page.nav]
    assert len({nav.place for nav in placed}) == len({nav.label for nav in placed}) == len(placed)
    keys = [nav.key for nav in placed if nav.key]
    assert len(set(keys)) == len(keys)
    assert make_app(desk).title == "Dateline desk"


def test_the_help_page_names_the_keys(browser: Browser) -> None:
    page, made = browser.get("/help").text, browser.get("/help.json").json()
    assert all(f'<th scope="row" class="days">{escape(each["keys"])}</th>' in page for each in made["keys"])
