"""UCDP-GED-like: columns, who comes in, sides, dates, deaths."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from export_incidents import (
    ALL,
    ARMY,
    AT_LEAST,
    BRIGADE,
    CLAN,
    DAY,
    FULL,
    GUNMEN,
    IN_COUNTRY,
    KESHEN,
    NEIGHBOUR,
    NO_DATE,
    NO_PLACE,
    ONE_SIDED,
    PLAIN,
    PLANNED,
    POLICE,
    UNHURT,
    UP_TO,
    VILLAGERS,
    claims,
    estimate,
)
from msgspec.structs import replace

from dateline.codes import EventType
from dateline.export import ged, write
from dateline.export.lookup import Lookup
from dateline.export.places import prio_grid
from dateline.export.sides import Deaths, sides_of
from dateline.export.toll import toll_of
from dateline.incidents.types import Incident, Party, Share

USERS = Path(__file__).parents[3] / "shared" / "design" / "users.md"
# Written down once more, so that no slip in ged.py can pass.
COLUMNS = """
id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id
dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources
source_article source_office source_date source_headline source_original where_prec where_coordinates where_description
adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec date_start
date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob
""".split()


def rows(tmp_path: Path, *incidents: Incident) -> list[dict[str, str]]:
    write("ged", incidents, claims, tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_header_is_that_of_ged() -> None:
    assert list(ged.HEADER) == COLUMNS
    assert len(COLUMNS) == 49


def test_the_header_is_the_one_in_the_conventions() -> None:
    if not USERS.exists():
        pytest.skip("../shared/design/users.md is not here")
    (said,) = re.findall(r"\*\*UCDP GED\*\*[^`]*`([^`]+)`", USERS.read_text("utf-8"))
    assert list(ged.HEADER) == said.split()


def test_a_row_as_a_plain_reader_sees_it(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, PLAIN)
    wanted = {
        "id": "DL-" + "a" * 20, "year": "2014", "type_of_violence": "1", "side_a": "Army of Veldoria",
        "side_b": "لواء الفجر", "dyad_name": "Army of Veldoria - لواء الفجر", "conflict_name": "",
        "number_of_sources": "1", "source_office": "Kesh News Agency", "source_date": "2014-06-17",
        "source_article": '"The Kesh Courier, 2014-06-17, Headline of r1"', "source_original": "Health Ministry",
        "where_prec": "2", "where_coordinates": "Keshen", "where_description": "outside Keshen",
        "latitude": "36.335", "longitude": "43.119", "geom_wkt": "POINT (43.119 36.335)", "country": "Iraq",
        "region": "Middle East", "event_clarity": "1", "date_prec": "1", "date_start": "2014-06-17 00:00:00.000",
        "date_end": "2014-06-17 00:00:00.000", "best": "12", "high": "15", "low": "10", "deaths_unknown": "12",
    }  # fmt: skip
    assert {name: row[name] for name in wanted} == wanted


def test_ids_are_never_in_ucdps_space(tmp_path: Path) -> None:
    for row in rows(tmp_path, *ALL):
        assert not row["id"].isdigit()
        assert row["relid"].endswith("not UCDP data")
        ids = [name for name in COLUMNS if name.endswith(("_dset_id", "_new_id"))] + ["country_id", "gwnoa", "gwnob"]
        assert {row[name] for name in ids} == {""}


@pytest.mark.parametrize(
    ("incident", "why"),
    [
        (PLANNED, "happened: it did not happen, as far as is known (planned)"),
        (replace(PLAIN, happened="denied"), "happened: it did not happen, as far as is known (denied)"),
        (replace(PLAIN, happened="possible"), "happened: it did not happen, as far as is known (possible)"),
        (UNHURT, "best: no death is known"),
        (UP_TO, "best: no death is known"),
        (replace(PLAIN, figures=(estimate(0, 0, 0),)), "best: no death is known"),
        (NO_DATE, "date_start: no day is known"),
        (replace(PLAIN, actors=()), "type_of_violence: no armed party is known to have done it"),
        (replace(PLAIN, targets=()), "type_of_violence: the other side is not known"),
        (
            replace(ONE_SIDED, event="aid", events=("aid",)),
            "type_of_violence: no use of armed force, by the crosswalk",
        ),
    ],
)
def test_what_ged_does_not_hold_is_left_out_with_the_reason(incident: Incident, why: str) -> None:
    assert ged.row_of(incident, Lookup(claims)) == why


@pytest.mark.parametrize(
    ("actors", "targets", "type", "a", "b"),
    [
        ((ARMY,), (BRIGADE,), 1, "Army of Veldoria", "لواء الفجر"),
        ((BRIGADE,), (ARMY,), 1, "Army of Veldoria", "لواء الفجر"),  # the state is side a, whoever began
        ((ARMY,), (NEIGHBOUR,), 1, "Army of Veldoria", "Army of Sarnath"),
        ((BRIGADE,), (CLAN,), 2, "لواء الفجر", "Ketu clan militia"),
        ((BRIGADE, CLAN), (GUNMEN,), 2, "لواء الفجر, Ketu clan militia", "gunmen"),
        ((BRIGADE,), (VILLAGERS,), 3, "لواء الفجر", "Civilians"),
        ((ARMY,), (VILLAGERS, Party(name="a market")), 3, "Army of Veldoria", "Civilians"),
        ((BRIGADE,), (VILLAGERS, POLICE), 1, "Police of Veldoria", "لواء الفجر"),
        ((ARMY, BRIGADE), (), 1, "Army of Veldoria", "لواء الفجر"),  # a battle has both among the actors
        ((BRIGADE, ARMY), (VILLAGERS,), 1, "Army of Veldoria", "لواء الفجر"),  # and civilians between them
        ((CLAN, BRIGADE), (), 2, "Ketu clan militia", "لواء الفجر"),
    ],
)
def test_sides_and_type_of_violence(
    actors: tuple[Party, ...], targets: tuple[Party, ...], type: int, a: str, b: str
) -> None:
    event: EventType = "battle" if len(actors) > 1 and a != "لواء الفجر, Ketu clan militia" else "attack"
    sides = sides_of(replace(PLAIN, event=event, actors=actors, targets=targets))
    assert not isinstance(sides, str)
    assert (sides.type, sides.name_a, sides.name_b) == (type, a, b)


@pytest.mark.parametrize(
    ("incident", "why"),
    [
        (replace(PLAIN, event="battle", actors=(ARMY, BRIGADE, CLAN), targets=()), "who of several fought whom"),
        (replace(PLAIN, event="shelling", actors=(ARMY, BRIGADE), targets=()), "the other side is not known"),
        (replace(PLAIN, targets=(Party(name="a house"),)), "bore arms is not known"),
        (replace(PLAIN, targets=(Party(name="Abu Anan", kind="person"),)), "bore arms is not known"),
        (replace(PLAIN, actors=(Party(name="somebody"),)), "no armed party"),
    ],
)
def test_where_the_kinds_do_not_tell_nothing_is_guessed(incident: Incident, why: str) -> None:
    said = sides_of(incident)
    assert isinstance(said, str)
    assert why in said


def test_parties_to_words_are_not_those_who_fought() -> None:
    condemned = replace(PLAIN, event="condemnation", events=("condemnation", "killing"))
    assert ged.row_of(condemned, Lookup(claims)) == "type_of_violence: no use of armed force, by the crosswalk"


def test_only_civilians_among_the_dead_make_it_one_sided(tmp_path: Path) -> None:
    dead = estimate(12, 12, 12, parts=(Share(of="children", low=4, best=4, high=4),))
    (row,) = rows(tmp_path, replace(PLAIN, event="air_strike", targets=(), figures=(dead,)))
    assert (row["type_of_violence"], row["side_b"], row["deaths_civilians"]) == ("3", "Civilians", "12")


def test_a_person_in_office_stands_for_the_body(tmp_path: Path) -> None:
    general = Party(name="General Anan", kind="person", actor_id="iq-military")
    (row,) = rows(tmp_path, replace(PLAIN, actors=(general,)))
    assert row["type_of_violence"] == "1"


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ((), Deaths(unknown=12)),
        ((Share(of="soldiers", low=5, best=5, high=5),), Deaths(a=5, unknown=7)),
        ((Share(of="fighters", low=5, best=5, high=5),), Deaths(b=5, unknown=7)),
        ((Share(of="لواء الفجر", low=2, best=2, high=2),), Deaths(b=2, unknown=10)),
        ((Share(of="Civilians", low=3, best=3, high=3), Share(of="children", low=2, best=2, high=2)),
         Deaths(civilians=3, unknown=9)),
        ((Share(of="soldiers", low=8, best=8, high=8), Share(of="policemen", low=4, best=4, high=4)), Deaths(a=12)),
        ((Share(of="soldiers", low=8, best=8, high=8), Share(of="rebels", low=8, best=8, high=8)),
         Deaths(unknown=12, fitted=False)),
        ((Share(of="soldiers", low=8, best=None, high=None),), Deaths(unknown=12)),
        ((Share(of="goats", low=8, best=8, high=8),), Deaths(unknown=12)),
    ],
)  # fmt: skip
def test_deaths_by_side(parts: tuple[Share, ...], wanted: Deaths) -> None:
    row = ged.row_of(replace(PLAIN, figures=(estimate(10, 12, 15, parts=parts),)), Lookup(claims))
    assert isinstance(row, ged.Row)
    assert row.deaths == wanted
    assert wanted.a + wanted.b + wanted.civilians + wanted.unknown == 12


def test_deaths_always_add_up_to_best(tmp_path: Path) -> None:
    for row in rows(tmp_path, *ALL):
        parts = sum(int(row[name]) for name in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"))
        assert parts == int(row["best"])
        assert int(row["low"]) <= int(row["best"]) <= int(row["high"])


@pytest.mark.parametrize(
    ("low", "best", "high", "wanted"),
    [
        (10, 12, 15, (10, 12, 15, 0)),
        (12, None, None, (12, 12, 12, 2)),
        (None, None, 5, None),
        (None, 12, None, (0, 12, 12, 2)),
        (24, None, 99, (24, 24, 99, 1)),
        (10.5, 12.5, 15.2, (10, 13, 16, 0)),
        (14, 12, 11, (12, 12, 12, 0)),  # a best outside its bounds still gives numbers in order
        (None, None, None, None),
    ],
)
def test_tolls(low: float | None, best: float | None, high: float | None, wanted: tuple[int, ...] | None) -> None:
    made = toll_of(estimate(low, best, high))
    assert (None if made is None else (made.low, made.best, made.high, made.filled)) == wanted


@pytest.mark.parametrize(
    ("last", "wanted"),
    [(date(2014, 6, 17), 1), (date(2014, 6, 18), 2), (date(2014, 6, 22), 2), (date(2014, 6, 23), 3),
     (date(2014, 6, 24), 4), (date(2014, 7, 17), 4), (date(2014, 7, 18), 5), (date(2015, 6, 1), 5)],
)  # fmt: skip
def test_date_precision_by_days(last: date, wanted: int) -> None:
    assert ged.date_precision(DAY, last) == wanted


def test_an_open_period_is_told_as_the_end_that_is_known(tmp_path: Path) -> None:
    open_ended = replace(PLAIN, latest=None, date_prec=None)
    (row,) = rows(tmp_path, open_ended)
    assert (row["date_start"], row["date_end"], row["date_prec"]) == (
        "2014-06-17 00:00:00.000", "2014-06-17 00:00:00.000", "5",
    )  # fmt: skip
    report = write("ged", (open_ended,), claims, tmp_path / "x.csv")
    assert "date_start, date_end" in {each.field for each in report.losses}


def test_an_incident_without_a_place_has_no_coordinates(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, NO_PLACE)
    names = ("latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "where_prec", "adm_1")
    assert {row[name] for name in names} == {""}


def test_a_country_known_by_name_alone_is_where_prec_6(tmp_path: Path) -> None:
    bare = replace(IN_COUNTRY.place or KESHEN, lat=None, lon=None, where_prec=None)
    (row,) = rows(tmp_path, replace(PLAIN, place=bare))
    assert (row["where_prec"], row["latitude"], row["country"]) == ("6", "", "Iraq")


def test_the_division_comes_from_the_gazetteer(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, PLAIN)  # GeoNames 99072 is Mosul
    assert row["adm_1"] == "Nineveh"


def test_two_origins_are_two_sources_and_copies_are_none(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, FULL)
    assert row["number_of_sources"] == "2"
    assert row["source_headline"] == "Headline of r1; Headline of r2"


def test_at_least_is_the_best_figure(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, AT_LEAST)
    assert (row["low"], row["best"], row["high"]) == ("12", "12", "12")


@pytest.mark.parametrize(
    ("lat", "lon", "wanted"),
    [(-89.75, -179.75, 1), (-89.75, 179.75, 720), (-89.25, -179.75, 721), (33.34, 44.40, 177569), (90, 180, 259200)],
)
def test_prio_grid(lat: float, lon: float, wanted: int) -> None:
    assert prio_grid(lat, lon) == wanted
