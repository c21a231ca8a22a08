"""ACLED-like: columns, the crosswalk made definite, actors, days, notes."""

import csv
import re
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from export_incidents import (
    ALL,
    ARMY,
    AT_LEAST,
    BRIGADE,
    CLAN,
    FULL,
    GUNMEN,
    IN_PROVINCE,
    MARCHERS,
    NEIGHBOUR,
    NO_DATE,
    NO_PLACE,
    ONE_SIDED,
    PLAIN,
    PLANNED,
    POLICE,
    UP_TO,
    VILLAGERS,
    claims,
    estimate,
)
from msgspec.structs import replace

from dateline.codes import EVENTS, EventType
from dateline.export import acled, write
from dateline.export.acled_actors import INTERS
from dateline.export.acled_events import SUB_EVENTS, Coding, coding_of
from dateline.export.lookup import Lookup
from dateline.incidents.types import Incident, Party

USERS = Path(__file__).parents[3] / "shared" / "design" / "users.md"
# Written down once more, so that no slip in acled.py can pass.
COLUMNS = """
event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2
assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude
geo_precision source source_scale notes fatalities tags timestamp
""".split()


def rows(tmp_path: Path, *incidents: Incident, each_day: bool = False) -> list[dict[str, str]]:
    write("acled", incidents, claims, tmp_path / "x.csv", each_day=each_day)
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of_kind(event: EventType, **changes: object) -> Incident:
    return replace(PLAIN, **{"event": event, "events": (event,), "figures": (), **changes})


def test_the_header_is_that_of_acled() -> None:
    assert list(acled.HEADER) == COLUMNS
    assert len(COLUMNS) == 31


def test_the_header_is_the_one_in_the_conventions() -> None:
    if not USERS.exists():
        pytest.skip("../shared/design/users.md is not here")
    (said,) = re.findall(r"\*\*ACLED\*\*[^`]*`([^`]+)`", USERS.read_text("utf-8"))
    assert list(acled.HEADER) == said.split()


def test_the_sub_events_are_the_25_of_the_conventions() -> None:
    assert sum(map(len, SUB_EVENTS.values())) == 25
    if not USERS.exists():
        pytest.skip("../shared/design/users.md is not here")
    said = USERS.read_text("utf-8").split("sub_event_type (25): ")[1].split(". inter")[0]
    known = {re.sub(r" \(the.*?\)", "", each).strip() for each in said.split(";")}
    assert {sub for subs in SUB_EVENTS.values() for sub in subs} == known


def test_a_row_as_a_plain_reader_sees_it(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, PLAIN)
    wanted = {
        "event_id_cnty": "DL-" + "a" * 20, "event_date": "2014-06-17", "year": "2014", "time_precision": "1",
        "disorder_type": "Political violence", "event_type": "Explosions/Remote violence",
        "sub_event_type": "Shelling/artillery/missile attack", "actor1": "Army of Veldoria", "inter1": "State Forces",
        "actor2": "لواء الفجر", "inter2": "Rebel Groups", "interaction": "State Forces-Rebel Groups",
        "civilian_targeting": "", "iso": "368", "region": "", "country": "Iraq", "admin1": "Nineveh",
        "location": "Keshen", "latitude": "36.335", "longitude": "43.119", "geo_precision": "2",
        "source": "The Kesh Courier", "source_scale": "", "fatalities": "10", "tags": "", "timestamp": "1402963200",
    }  # fmt: skip
    assert {name: row[name] for name in wanted} == wanted


def test_ids_are_never_in_acleds_space(tmp_path: Path) -> None:
    ids = [row["event_id_cnty"] for row in rows(tmp_path, *ALL, each_day=True)]
    assert not [each for each in ids if re.fullmatch(r"[A-Z]{3}\d+", each)]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("incident", "words", "wanted"),
    [
        (of_kind("battle"), "", "Battles / Armed clash"),
        (of_kind("attack"), "", "Battles / Armed clash"),
        (of_kind("attack", targets=(VILLAGERS,)), "", "Violence against civilians / Attack"),
        (of_kind("attack", targets=(VILLAGERS, POLICE)), "", "Battles / Armed clash"),
        (of_kind("air_strike"), "", "Explosions/Remote violence / Air/drone strike"),
        (of_kind("shelling"), "", "Explosions/Remote violence / Shelling/artillery/missile attack"),
        (of_kind("bombing"), "a suicide bomber", "Explosions/Remote violence / Suicide bomb"),
        (of_kind("bombing"), "hurled a grenade", "Explosions/Remote violence / Grenade"),
        (of_kind("bombing"), "a car bomb", "Explosions/Remote violence / Remote explosive/landmine/IED"),
        (of_kind("chemical_attack"), "", "Explosions/Remote violence / Chemical weapon"),
        (of_kind("killing"), "", "Violence against civilians / Attack"),
        (of_kind("abuse"), "raped", "Violence against civilians / Sexual violence"),
        (of_kind("abuse"), "tortured", "Violence against civilians / Attack"),
        (of_kind("abduction"), "", "Violence against civilians / Abduction/forced disappearance"),
        (of_kind("detention"), "", "Strategic developments / Arrests"),
        (of_kind("destruction"), "burnt", "Strategic developments / Looting/property destruction"),
        (of_kind("destruction"), "defused the bomb", "Strategic developments / Disrupted weapons use"),
        (of_kind("territory_gained"), "", "Battles / Government regains territory"),
        (of_kind("territory_gained", actors=(BRIGADE,)), "", "Battles / Non-state actor overtakes territory"),
        (of_kind("territory_gained", actors=()), "", "Battles / Armed clash"),
        (of_kind("territory_gained", events=("territory_gained", "territory_lost")), "",
         "Strategic developments / Non-violent transfer of territory"),
        (of_kind("territory_gained", events=("territory_gained", "territory_lost"), figures=(estimate(3, 3, 3),)), "",
         "Battles / Government regains territory"),
        (of_kind("territory_gained", events=("territory_gained", "surrender", "battle")), "",
         "Battles / Government regains territory"),
        (of_kind("territory_lost"), "", "Strategic developments / Non-violent transfer of territory"),
        (of_kind("siege"), "", "Strategic developments / Other"),
        (of_kind("offensive"), "", "Battles / Armed clash"),
        (of_kind("offensive", targets=()), "", "Strategic developments / Other"),
        (of_kind("deployment"), "set up a new base", "Strategic developments / Headquarters or base established"),
        (of_kind("deployment"), "sent", "Strategic developments / Change to group/activity"),
        (of_kind("surrender"), "", "Strategic developments / Other"),
        (of_kind("agreement"), "", "Strategic developments / Agreement"),
        (of_kind("organisation"), "", "Strategic developments / Change to group/activity"),
        (of_kind("protest", actors=(MARCHERS,), targets=()), "marched", "Protests / Peaceful protest"),
        (of_kind("protest", actors=(MARCHERS,), targets=(POLICE,)), "", "Protests / Protest with intervention"),
        (of_kind("protest", actors=(POLICE,), targets=(MARCHERS,), figures=(estimate(2, 2, 2),)), "",
         "Protests / Excessive force against protesters"),
        (of_kind("protest", actors=(MARCHERS,), targets=()), "rioted", "Riots / Violent demonstration"),
        (of_kind("protest", actors=(MARCHERS,), targets=()), "a mob lynched", "Riots / Mob violence"),
    ],
)  # fmt: skip
def test_events(incident: Incident, words: str, wanted: str) -> None:
    made = coding_of(incident, [words])
    assert made is not None
    assert f"{made.event} / {made.sub}" == wanted
    assert made.sub in SUB_EVENTS[made.event]


@pytest.mark.parametrize("event", get_args(EventType))
def test_the_crosswalk_of_codes_is_kept(event: EventType) -> None:
    """Whatever the facts, an event type is one that codes.py has for the kind; without one there is no row."""
    made = coding_of(of_kind(event), [""])
    said = EVENTS[event].acled
    assert (made is None) == (not said)
    if made is not None:
        assert made.event in {each.split(" / ")[0] for each in said}


@pytest.mark.parametrize(
    ("event", "sub", "wanted"),
    [
        ("Battles", "Armed clash", "Political violence"),
        ("Explosions/Remote violence", "Grenade", "Political violence"),
        ("Violence against civilians", "Attack", "Political violence"),
        ("Protests", "Peaceful protest", "Demonstrations"),
        ("Protests", "Protest with intervention", "Demonstrations"),
        ("Protests", "Excessive force against protesters", "Political violence; Demonstrations"),
        ("Riots", "Violent demonstration", "Demonstrations"),
        ("Riots", "Mob violence", "Political violence"),
        ("Strategic developments", "Arrests", "Strategic developments"),
    ],
)
def test_disorder_types(event: str, sub: str, wanted: str) -> None:
    assert Coding(event, sub).disorder == wanted


@pytest.mark.parametrize(
    ("incident", "inter1", "inter2", "interaction"),
    [
        (PLAIN, "State Forces", "Rebel Groups", "State Forces-Rebel Groups"),
        (replace(PLAIN, actors=(BRIGADE,), targets=(ARMY,)), "Rebel Groups", "State Forces",
         "State Forces-Rebel Groups"),
        (replace(PLAIN, actors=(NEIGHBOUR,)), "External/Other Forces", "Rebel Groups",
         "Rebel Groups-External/Other Forces"),
        (ONE_SIDED, "Rebel Groups", "Civilians", "Rebel Groups-Civilians"),
        (replace(ONE_SIDED, targets=(Party(name="Veldorians", kind="people"),)), "Rebel Groups", "Civilians",
         "Rebel Groups-Civilians"),
        (replace(ONE_SIDED, targets=(Party(name="Abu Anan", kind="person"),)), "Rebel Groups", "", ""),
        (replace(PLAIN, targets=()), "State Forces", "", "Sole State Forces"),
        (replace(PLAIN, actors=(NEIGHBOUR,), targets=()), "External/Other Forces", "", "Sole Others"),
        (replace(PLAIN, actors=(GUNMEN,)), "", "Rebel Groups", ""),
        (of_kind("protest", actors=(MARCHERS,), targets=()), "Protesters", "", "Sole Protesters"),
        (replace(PLAIN, actors=(), targets=()), "", "", ""),
    ],
)  # fmt: skip
def test_kinds_of_actors(incident: Incident, inter1: str, inter2: str, interaction: str, tmp_path: Path) -> None:
    (row,) = rows(tmp_path, incident)
    assert (row["inter1"], row["inter2"], row["interaction"]) == (inter1, inter2, interaction)
    assert {row["inter1"], row["inter2"]} - {""} <= set(INTERS)


def test_the_one_side_known_is_actor1_and_others_are_joined(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, replace(PLAIN, actors=(), targets=(BRIGADE, CLAN)))
    assert (row["actor1"], row["actor2"], row["assoc_actor_2"]) == ("لواء الفجر", "Ketu clan militia", "")
    (row,) = rows(tmp_path, FULL)
    assert (row["actor1"], row["assoc_actor_1"]) == ("لواء الفجر", "Ketu clan militia")
    assert (row["actor2"], row["assoc_actor_2"]) == ("Army of Veldoria", "villagers")


@pytest.mark.parametrize(
    ("incident", "wanted"),
    [
        (PLAIN, ""),
        (ONE_SIDED, "Civilian targeting"),
        (replace(PLAIN, targets=(VILLAGERS,)), "Civilian targeting"),
        (replace(PLAIN, targets=(VILLAGERS, ARMY)), ""),
        (of_kind("detention", targets=(VILLAGERS,)), ""),  # no political violence
    ],
)
def test_civilian_targeting(incident: Incident, wanted: str, tmp_path: Path) -> None:
    (row,) = rows(tmp_path, incident)
    assert row["civilian_targeting"] == wanted


@pytest.mark.parametrize(
    ("incident", "wanted"),
    [
        (PLAIN, "10"),
        (AT_LEAST, "12"),
        (UP_TO, "0"),
        (of_kind("battle"), "0"),
        (replace(PLAIN, figures=(estimate(10.9, 12, 15),)), "10"),
    ],
)
def test_fatalities_are_the_lowest_figure_that_holds(incident: Incident, wanted: str, tmp_path: Path) -> None:
    (row,) = rows(tmp_path, incident)
    assert row["fatalities"] == wanted


@pytest.mark.parametrize(
    ("incident", "field"),
    [
        (PLANNED, "happened"),
        (replace(PLAIN, happened="denied"), "happened"),
        (NO_DATE, "event_date"),
        (of_kind("displacement"), "event_type"),
        (of_kind("casualties"), "event_type"),
    ],
)
def test_what_acled_does_not_hold_is_left_out_with_the_reason(incident: Incident, field: str) -> None:
    made = acled.row_of(incident, Lookup(claims))
    assert isinstance(made, str)
    assert made.startswith(f"{field}: ")


def test_several_days_are_one_row_on_the_first(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, FULL)
    assert (row["event_date"], row["time_precision"]) == ("2014-06-17", "2")
    report = write("acled", (FULL,), claims, tmp_path / "x.csv")
    (loss,) = [each for each in report.losses if each.field == "event_date"]
    assert (loss.what, loss.values) == ("days after the first", 2)


def test_each_day_is_a_row_where_the_event_lasts(tmp_path: Path) -> None:
    three = rows(tmp_path, FULL, each_day=True)
    assert [row["event_date"] for row in three] == ["2014-06-17", "2014-06-18", "2014-06-19"]
    assert [row["event_id_cnty"][-2:] for row in three] == ["-1", "-2", "-3"]
    assert [row["fatalities"] for row in three] == ["4", "3", "3"]  # ten dead, shared out
    (strike,) = rows(tmp_path, replace(FULL, event="air_strike"), each_day=True)
    assert strike["event_date"] == "2014-06-17"  # one strike on a day that is not known exactly
    (long,) = rows(tmp_path, replace(FULL, latest=date(2014, 9, 1)), each_day=True)
    assert long["event_date"] == "2014-06-17"


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"latest": date(2014, 6, 23)}, "2"),
        ({"latest": date(2014, 6, 24)}, "3"),
        ({"latest": None}, "3"),
        ({}, "1"),
    ],
)
def test_time_precision_by_days_where_it_is_not_told(changes: dict[str, object], wanted: str, tmp_path: Path) -> None:
    (row,) = rows(tmp_path, replace(PLAIN, time_precision=None, **changes))
    assert row["time_precision"] == wanted


def test_notes_say_who_says_so_and_where_accounts_differ(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, FULL)
    assert row["notes"] == (
        "Between 17 June 2014 and 19 June 2014, a shelling by لواء الفجر, Ketu clan militia against Army of Veldoria, "
        'villagers was reported, near Keshen (Iraq). According to Health Ministry and =HYPERLINK("x"), 12 were killed '
        "(figures from 10 to 15) and at least 30 were wounded. لواء الفجر denied it. Accounts differ on killed: 12 "
        "(Health Ministry); 15; perhaps more. The reports call it disputed. "
        "Coded by Dateline 0.1.0 (ACLED-like/1) from 3 reports of 2 origins."
    )


def test_notes_name_the_outlet_where_nobody_else_speaks(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, replace(PLAIN, asserted_by=()))
    assert "According to The Kesh Courier, 12 were killed" in row["notes"]
    (row,) = rows(tmp_path, of_kind("battle", asserted_by=()))
    assert "This is according to The Kesh Courier." in row["notes"]


def test_places_known_no_better_say_so(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, IN_PROVINCE)
    assert "somewhere in the province of Nineveh (Iraq)" in row["notes"]
    assert row["geo_precision"] == "3"
    (row,) = rows(tmp_path, NO_PLACE)
    assert "at a place that is not known" in row["notes"]
    assert (row["latitude"], row["location"], row["iso"]) == ("", "", "")
