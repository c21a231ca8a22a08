"""The day and the province of a release's first event, on invented records; the divisions are the gazetteer's."""

from typing import Any

import pytest

from benchmarks.adapters.isaf import day, division, divisions_of, lead
from dateline.world.gazetteer import gazetteer

HELMAND, KHOST = ("AF", "10"), ("AF", "37")


def time(day: str, at: int = 0, last: str | None = None) -> dict[str, Any]:
    return {"earliest": day, "latest": last or day, "in": "text", "span": [at, at + 5]}


def place(name: str, at: int = 0) -> dict[str, Any]:
    entry = next(entry for entry in gazetteer().lookup(name) if entry.country == "AF")
    return {"geonames_id": entry.id, "in": "text", "span": [at, at + 5]}


def claim(event: str, **more: Any) -> dict[str, Any]:
    given = {"event": event, "modality": "actual", "time": None, "places": [], "quote": {"span": [10, 20]}}
    return given | {"trigger": {"in": "text"}} | more


def record(*claims: dict[str, Any], times: Any = (), places: Any = (), published: str | None = None) -> dict[str, Any]:
    report = {"text": "x" * 100, "published": published}
    return {"claims": list(claims), "mentions": {"times": list(times), "places": list(places)}, "report": report}


def test_the_lead_is_the_first_event_that_happened_and_is_told_of() -> None:
    headline = claim("killing", trigger={"in": "title"}, time=time("2011-01-01"))
    planned = claim("attack", modality="planned", time=time("2011-01-01"))
    bare, told = claim("attack"), claim("detention", time=time("2011-03-12"))
    assert lead(record(headline, planned, claim("talks", time=time("2011-01-01")), bare, told)) is told
    assert lead(record(planned, bare)) is bare
    talks = claim("talks")
    assert lead(record(planned, talks)) is talks
    assert lead(record()) is None


def test_the_day_falls_back_to_one_named_before_and_to_publication() -> None:
    assert day(record(claim("detention", time=time("2011-03-12")), published="2011-03-13")) == "2011-03-12"
    bare = claim("detention", places=[place("Helmand")])
    named = [time("2011-03-10", 0), time("2011-03-11", 5), time("2011-03-01", 6, "2011-03-31"), time("2011-03-12", 50)]
    assert day(record(bare, times=named, published="2011-03-13")) == "2011-03-11"
    assert day(record(bare, published="2011-03-13")) == "2011-03-13"
    assert day(record()) is None


def test_the_province_is_the_lead_claims_then_the_nearest() -> None:
    both = claim("killing", places=[place("Lashkar Gah"), place("Khost Province")])
    assert division(record(both)) == KHOST
    bare = claim("killing", time=time("2011-03-12"))
    near = [place("Khost Province", 0), place("Helmand Province", 15), place("Khost Province", 50)]
    assert division(record(bare, places=near)) == HELMAND
    assert division(record(bare, places=near[2:])) == KHOST
    assert division(record(bare)) is None


@pytest.mark.parametrize(("names", "expected"), [(["helmand"], {HELMAND}), (["khost", "helmand"], {HELMAND, KHOST})])
def test_names_of_provinces(names: list[str], expected: set[tuple[str, str]]) -> None:
    assert divisions_of(names) == expected
    assert divisions_of(["no such province"]) == frozenset()
