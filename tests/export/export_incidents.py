"""Incidents and the claims behind them, made by hand. All names, places and numbers here are invented."""

from datetime import date
from hashlib import sha256
from typing import Literal

from msgspec.structs import replace

from dateline.codes import EventType, Measure
from dateline.incidents.types import (
    Contradiction,
    Copy,
    Estimate,
    Incident,
    Origin,
    Party,
    Share,
    Side,
    Spot,
    Step,
    Suggestion,
)
from dateline.ledger import ChainPlace, StoredClaim
from dateline.record import Claim, Figure, MadeBy, Part, Span

DAY = date(2014, 6, 17)
ARMY = Party(name="Army of Veldoria", actor_id="xv-military", kind="military", country="IQ")
POLICE = Party(name="Police of Veldoria", kind="police", country="IQ")
NEIGHBOUR = Party(name="Army of Sarnath", kind="military", country="SY")
BRIGADE = Party(name="لواء الفجر", actor_id="dawn-brigade", kind="rebel_group", may_be=("dawn-front",))
CLAN = Party(name="Ketu clan militia", kind="communal_militia")
GUNMEN = Party(name="gunmen", kind="armed_group")
VILLAGERS = Party(name="villagers", kind="civilians")
MARCHERS = Party(name="marchers", kind="protesters")
KESHEN = Spot(
    name="Keshen", written="outside Keshen", country="IQ", lat=36.335, lon=43.119, radius_km=25.0, precision="near",
    where_prec=2, geo_precision=2, geonames_id=99072,
)  # fmt: skip
PROVINCE = Spot(
    name="Nineveh", written="Nineveh province", country="IQ", lat=36.0, lon=42.5, radius_km=110.0, precision="province",
    where_prec=4, geo_precision=3,
)  # fmt: skip
COUNTRY = Spot(
    name="Iraq", written="Iraq", country="IQ", lat=33.0, lon=44.0, radius_km=370.0, precision="country", where_prec=6,
    geo_precision=3,
)  # fmt: skip
QUOTE = 'Officials said that 12 people\nwere killed outside Keshen, "a black day".'


def stored(
    key: str,
    *,
    quote: str = QUOTE,
    event: EventType = "shelling",
    trigger: str = "killed",
    number: str = "12",
    measure: Measure = "killed",
    publisher: str | None = "The Kesh Courier",
    seq: int = 7,
) -> StoredClaim:
    """A claim whose report is its quote alone."""
    report, _, claim = key.partition("/")
    at = quote.find(number)
    figures = (
        (Figure(text=number, span=Span(at, at + len(number)), measure=measure, low=float(number), high=float(number)),)
        if at >= 0
        else ()
    )
    digest = sha256(quote.encode()).hexdigest()
    return StoredClaim(
        claim=Claim(
            id=claim,
            event=event,
            trigger=Part(text=trigger, span=Span(0, len(trigger))),
            quote=Part(text=quote, span=Span(0, len(quote))),
            figures=figures,
        ),
        report_id=report,
        given_id=f"given-{report}",
        title=f"Headline of {report}",
        publisher=publisher,
        published=DAY,
        url=f"https://courier.example/{report}",
        text_sha256=digest,
        raw_sha256="ab" * 32,
        reading_id="d" * 20,
        latest=True,
        made_by=MadeBy(version="0.1.0"),
        chain=ChainPlace(seq=seq, hash="ef" * 32, previous="cd" * 32),
        added_at="2014-06-18T00:00:00Z",
    )


def estimate(
    low: float | None,
    best: float | None,
    high: float | None,
    measure: Measure = "killed",
    *,
    parts: tuple[Share, ...] = (),
    claims: tuple[str, ...] = ("r1/c1",),
) -> Estimate:
    return Estimate(
        measure=measure,
        low=None if low is None else float(low),
        best=None if best is None else float(best),
        high=None if high is None else float(high),
        rule="latest of the origins",
        low_from=claims if low is not None else (),
        best_from=claims if best is not None else (),
        high_from=claims if high is not None else (),
        parts=parts,
    )


def step(report: str, number: float, move: Literal["first", "raised"]) -> Step:
    return Step(
        known=DAY, report=report, claim=f"{report}/c1", outlet="x", voice=None, low=number, high=number, move=move
    )


PARTS = (Share(of="soldiers", low=5.0, best=5.0, high=5.0), Share(of="civilians", low=3.0, best=3.0, high=4.0))
PLAIN = Incident(
    id="a" * 20,
    happened="happened",
    event="shelling",
    events=("shelling",),
    earliest=DAY,
    latest=DAY,
    date_prec=1,
    time_precision=1,
    place=KESHEN,
    places=(KESHEN,),
    actors=(ARMY,),
    targets=(BRIGADE,),
    figures=(estimate(10, 12, 15),),
    status="asserted",
    asserted_by=("Health Ministry",),
    denied_by=(),
    contradictions=(),
    reports=("r1",),
    wordings=1,
    origins=(Origin(name="Kesh News Agency", report="r1", voices=("Health Ministry",)),),
    claims=("r1/c1",),
    first_known=DAY,
    last_known=DAY,
)

FULL = replace(
    PLAIN,
    id="f" * 20,
    events=("shelling", "battle"),
    date_prec=2,
    time_precision=2,
    latest=date(2014, 6, 19),
    places=(KESHEN, replace(PROVINCE, role="from")),
    actors=(BRIGADE, CLAN),
    targets=(ARMY, VILLAGERS),
    figures=(
        replace(
            estimate(10, 12, 15, parts=PARTS),
            steps=(step("r1", 12.0, "first"), step("r2", 15.0, "raised")),
        ),
        estimate(30, None, None, "wounded", claims=("r2/c1",)),
    ),
    status="disputed",
    asserted_by=("Health Ministry", '=HYPERLINK("x")'),
    denied_by=("لواء الفجر",),
    contradictions=(
        Contradiction(
            field="killed",
            sides=(
                Side(says="12", voices=("Health Ministry",), claims=("r1/c1",)),
                Side(says="15; perhaps more", voices=(), claims=("r2/c1",)),
            ),
        ),
    ),
    reports=("r1", "r2", "r3"),
    wordings=2,
    origins=(
        Origin(
            name="Kesh News Agency",
            report="r1",
            voices=("Health Ministry",),
            copies=(Copy(original="r1", copy="r3", kind="near", score=0.9),),
            relays=("r4",),
        ),
        Origin(name="Sarnath Post", report="r2"),
    ),
    claims=("r1/c1", "r2/c1", "r2/c2"),
    set_aside={"r2/c2": "withdrawn"},
    foretold_by=("p" * 20,),
    suggestions=(Suggestion(incident="a" * 20, probability=0.4, claims=("r1/c1", "r9/c1")),),
    accepted_by="ana",
    decided={"place": "decision-1"},
)

NO_PLACE = replace(PLAIN, id="b" * 20, place=None, places=())
NO_DATE = replace(PLAIN, id="c" * 20, earliest=None, latest=None, date_prec=None, time_precision=None)
PLANNED = replace(PLAIN, id="d" * 20, happened="planned", event="offensive", events=("offensive",), status="asserted")
UNHURT = replace(PLAIN, id="e" * 20, figures=(), event="air_strike", events=("air_strike",))
AT_LEAST = replace(PLAIN, id="1" * 20, figures=(estimate(12, None, None),))
UP_TO = replace(PLAIN, id="2" * 20, figures=(estimate(None, None, 5),))
ONE_SIDED = replace(PLAIN, id="3" * 20, event="killing", events=("killing",), actors=(BRIGADE,), targets=(VILLAGERS,))
IN_PROVINCE = replace(PLAIN, id="4" * 20, place=PROVINCE, places=(PROVINCE,))
IN_COUNTRY = replace(PLAIN, id="5" * 20, place=COUNTRY, places=(COUNTRY,))
TAKEN_BACK = replace(PLAIN, id="6" * 20, status="set_aside", set_aside={"r1/c1": "withdrawn"})
ALL = (PLAIN, FULL, NO_PLACE, NO_DATE, PLANNED, UNHURT, AT_LEAST, UP_TO, ONE_SIDED, IN_PROVINCE, IN_COUNTRY, TAKEN_BACK)

CLAIMS = {
    "r1/c1": stored("r1/c1"),
    "r2/c1": stored(
        "r2/c1",
        quote="=30 people were wounded, the ministry said; 15 were killed.",
        number="15",
        publisher="Sarnath Post",
    ),
}


def claims(key: str) -> StoredClaim:
    return CLAIMS[key]
