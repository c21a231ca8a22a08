"""Invented claims and their reports, made from a few words each, for the tests of matching."""

from datetime import date
from typing import Any

from dateline.incidents.sheet import Claimed
from dateline.incidents.types import Brief, Count, Party, Spot, Telling
from dateline.incidents.wording import proper_names, sentence_hash, telling_words

PLACES = {
    "Quorrin": (-37.10, -119.20, 3.0),
    "Istrel": (-37.50, -119.00, 2.0),
    "Norvach": (-37.45, -118.96, 2.0),  # 6 km from Istrel
    "Veshmar": (-36.20, -118.40, 5.0),
    "Keshtal Province": (-37.2, -119.1, 60.0),
}
DAY = date(2024, 3, 4)


def spot(name: str) -> Spot:
    lat, lon, radius = PLACES[name]
    return Spot(name=name, written=name, country="BV", lat=lat, lon=lon, radius_km=radius)


def claim(
    report: str,
    sentence: str,
    *,
    place: str | None = None,
    day: date | None = DAY,
    published: date = DAY,
    killed: int | None = None,
    by: str | None = None,
    text: tuple[str, ...] = (),
    at: int = 0,
    **fields: Any,
) -> Claimed:
    """One claim, by default the first and the lead of its report, whose other sentences are `text`."""
    told = Telling(
        key=f"{report}/c{at}",
        report=report,
        position=at,
        event=fields.pop("event", "shelling"),
        trigger=fields.pop("trigger", "shelled"),
        earliest=day or published,
        latest=fields.pop("latest", day or published),
        dated=day is not None,
        spots=(spot(place),) if place else (),
        actors=(Party(name=by, actor_id=by.casefold().replace(" ", "-")),) if by else (),
        counts=(Count(text=str(killed), measure="killed", low=killed, high=killed),) if killed else (),
        words=telling_words(sentence),
        names=proper_names(sentence),
        lead=fields.pop("lead", at == 0),
        **fields,
    )
    sentences = (sentence, *text)
    brief = Brief(
        id=report,
        given_id=report,
        outlet=f"outlet of {report}",
        published=published,
        known=published,
        title=sentence,
        sentences=tuple(map(sentence_hash, sentences)),
        terms=tuple(map(telling_words, sentences)),
        names=tuple(map(proper_names, sentences)),
        tellings=(told,),
    )
    return Claimed(told, brief)
