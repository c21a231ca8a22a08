"""Invented incidents of an invented conflict, with their claims, as the book and the ledger would give them."""

from datetime import date
from typing import Any

from msgspec.structs import replace

from dateline.incidents.case import Case, Heading
from dateline.incidents.reasons import reasons
from dateline.incidents.sentence import sentence
from dateline.incidents.types import (
    Contradiction,
    Copy,
    Count,
    Estimate,
    Feature,
    Incident,
    Match,
    Origin,
    Party,
    Share,
    Side,
    Spot,
    Step,
    Suggestion,
    Telling,
    Voice,
)
from dateline.ledger import ChainPlace, Decision, StoredClaim, StoredDecision
from dateline.record import Actor, Claim, MadeBy, Part, Source, Span

QUORRIN = Spot(name="Quorrin", written="Quorrin", country="BV", lat=-37.0, lon=-119.0, radius_km=2.0,
               precision="exact", where_prec=1, geo_precision=1)  # fmt: skip
ARMY = Party(name="Selvane Army", actor_id="selvane-army", kind="military", country="BV")
FRONT = Party(name="Harrow Front", actor_id="harrow-front", kind="rebel_group", country="BV")
CIVILIANS = Party(name="civilians", kind="civilians")
FOURTH, FIFTH, SIXTH = date(2024, 3, 4), date(2024, 3, 5), date(2024, 3, 6)

# report, outlet, day, voices, quote (its trigger between asterisks)
_SAID: tuple[tuple[str, str, date, tuple[str, ...], str], ...] = (
    ("r1", "Tasman Wire", FOURTH, ("Quorrin police",), "Shells *hit* the market of Quorrin, killing at least 11 "
     "people, Quorrin police said."),
    ("r2", "Harrow Gazette", FOURTH, ("Quorrin police",), "At least 11 died when shells *struck* Quorrin's market, "
     "police said, according to Tasman Wire."),
    ("r3", "Selvane Radio", FOURTH, ("Selvane Army",), "The army *denied* that any shell had been fired."),
    ("r4", "Orontes News Agency", FIFTH, ("Mercy Hospital",), "Eighteen bodies were brought in after the army "
     "*shelled* the market on Monday, a doctor at Mercy Hospital said."),
    ("r5", "Coast Monitor", SIXTH, (), "We have documented 19 people killed in the *shelling* of Quorrin on 4 March."),
    ("r6", "Harrow Gazette", SIXTH, (), "A rocket *killed* 500 in Quorrin."),
)  # fmt: skip
KEYS = tuple(f"{id * 10}/{chr(97 + at) * 2}c{at}{chr(97 + at) * 16}" for at, (id, *_) in enumerate(_SAID))
REPORTS = tuple(key.partition("/")[0] for key in KEYS)


def _stored(at: int) -> StoredClaim:
    _, outlet, day, voices, marked = _SAID[at]
    before, trigger, _ = marked.split("*")
    text = marked.replace("*", "")
    report, _, id = KEYS[at].partition("/")
    whole = Span(0, len(text))
    claim = Claim(
        id=id, event="shelling", trigger=Part(text=trigger, span=Span(len(before), len(before) + len(trigger))),
        quote=Part(text=text, span=whole),
        attribution=tuple(Source(source=_actor(voice), cue=None) for voice in voices),
    )  # fmt: skip
    return StoredClaim(
        claim=claim, report_id=report, given_id=f"week-0{at}", title=f"{outlet} on Quorrin", publisher=outlet,
        published=day, url=None, text_sha256="0" * 64, raw_sha256="0" * 64, reading_id="cd" * 10, latest=True,
        made_by=MadeBy(version="0.2.0"), chain=ChainPlace(seq=at, hash="ef" * 32, previous="01" * 32),
        added_at="2024-03-07T08:00:00Z",
    )  # fmt: skip


def _actor(name: str) -> Actor:
    return Actor(text=name, name=name, span=Span(0, len(name)))


STORED = {KEYS[at]: _stored(at) for at in range(len(KEYS))}


def _telling(at: int, **more: Any) -> Telling:
    voices = _SAID[at][3]
    known: dict[str, Any] = {
        "event": "shelling", "trigger": STORED[KEYS[at]].claim.trigger.text, "earliest": FOURTH, "latest": FOURTH,
        "dated": True, "spots": (QUORRIN,), "voices": tuple(Voice(name=name) for name in voices), **more,
    }  # fmt: skip
    return Telling(key=KEYS[at], report=REPORTS[at], position=0, **known)


def _killed(low: float | None, high: float | None) -> tuple[Count, ...]:
    return (Count(text="", measure="killed", low=low, high=high),)


TELLINGS = {
    telling.key: telling
    for telling in (
        _telling(0, counts=_killed(11, None), targets=(CIVILIANS,)),
        _telling(1, counts=_killed(11, None), targets=(CIVILIANS,)),
        _telling(2, modality="denied", dated=False),
        _telling(3, counts=_killed(18, 18), actors=(ARMY,), verification="unverified"),
        _telling(4, counts=_killed(19, 19), actors=(FRONT,)),
        _telling(5, counts=_killed(500, 500), event="killing"),
    )
}


def _step(at: int, low: float, high: float | None, move: Any, aside: str | None = None) -> Step:
    _, outlet, day, voices, _ = _SAID[at]
    return Step(known=day, report=REPORTS[at], claim=KEYS[at], outlet=outlet, voice=voices[-1] if voices else outlet,
                low=low, high=high, move=move, set_aside=aside)  # fmt: skip


SHELLED = Incident(
    id="5e11" * 5, happened="happened", event="shelling", events=("shelling", "killing"), earliest=FOURTH,
    latest=FOURTH, date_prec=1, time_precision=1, place=QUORRIN, places=(QUORRIN,), actors=(ARMY, FRONT),
    targets=(CIVILIANS,),
    figures=(
        Estimate(
            measure="killed", low=11, best=18, high=19, rule="ucdp: told by 1 of 3 independent origins",
            low_from=(KEYS[0],), best_from=(KEYS[3],), high_from=(KEYS[4],),
            parts=(Share(of="children", low=3, best=4, high=4, claims=(KEYS[4],)),),
            steps=(
                _step(0, 11, None, "first"),
                _step(1, 11, None, "same", f"a copy of {REPORTS[0]}"),
                _step(3, 18, 18, "raised"),
                _step(4, 19, 19, "raised"),
                _step(5, 500, 500, "raised", "rejected by mara: a misprint, see the correction"),
            ),
        ),
        Estimate(measure="wounded", low=40, best=40, high=None, rule="ucdp: told by 1 of 1 independent origin",
                 low_from=(KEYS[3],), best_from=(KEYS[3],)),
    ),
    status="disputed", asserted_by=("Quorrin police", "Mercy Hospital", "Coast Monitor"), denied_by=("Selvane Army",),
    contradictions=(
        Contradiction(field="happened", sides=(
            Side(says="happened", voices=("Quorrin police", "Mercy Hospital", "Coast Monitor"),
                 claims=(KEYS[0], KEYS[1], KEYS[3], KEYS[4])),
            Side(says="did not happen", voices=("Selvane Army",), claims=(KEYS[2],)))),
        Contradiction(field="actor", sides=(
            Side(says="Selvane Army", voices=("Mercy Hospital",), claims=(KEYS[3],)),
            Side(says="Harrow Front", voices=("Coast Monitor",), claims=(KEYS[4],)))),
    ),
    reports=REPORTS, wordings=5,
    origins=(
        Origin(name="Tasman Wire", report=REPORTS[0], voices=("Quorrin police",),
               copies=(Copy(original=REPORTS[0], copy=REPORTS[1], kind="rewrite", score=0.83),)),
        Origin(name="Selvane Radio", report=REPORTS[2], voices=("Selvane Army",)),
        Origin(name="Orontes News Agency", report=REPORTS[3], voices=("Mercy Hospital",), relays=(REPORTS[5],)),
        Origin(name="Coast Monitor", report=REPORTS[4], voices=("Coast Monitor",)),
    ),
    claims=KEYS, set_aside={KEYS[5]: "rejected by mara: a misprint, see the correction"}, first_known=FOURTH,
    last_known=SIXTH,
    suggestions=(Suggestion(incident="b077" * 5, probability=0.41, claims=(KEYS[4], "r9" * 10 + "/" + "9" * 20)),),
    foretold_by=("f07e" * 5,),
)  # fmt: skip

_BARE: dict[str, Any] = {
    "date_prec": 1, "time_precision": 1, "places": (), "figures": (), "denied_by": (), "contradictions": (),
    "wordings": 1, "claims": KEYS[:1], "reports": REPORTS[:1],
    "origins": (Origin(name="Tasman Wire", report=REPORTS[0], voices=("Tasman Wire",)),),
    "asserted_by": ("Tasman Wire",), "events": (), "first_known": FOURTH, "last_known": FOURTH,
}  # fmt: skip
THREATENED = Incident(
    id="f07e" * 5, happened="planned", event="offensive", earliest=FIFTH, latest=date(2024, 3, 9), place=QUORRIN,
    actors=(ARMY,), targets=(), status="asserted", came_true=SHELLED.id, **_BARE,
)  # fmt: skip
BOMBED = Incident(
    id="b077" * 5, happened="happened", event="bombing", earliest=FIFTH, latest=FIFTH,
    place=replace(QUORRIN, precision="near", name="Dunmarrow"), actors=(), targets=(CIVILIANS,), status="verified",
    accepted_by="mara",
    **{**_BARE, "figures": (Estimate(measure="killed", low=2, best=2, high=2, rule="ucdp: told by 1 of 1 origin"),)},
)  # fmt: skip
TALKED = Incident(
    id="7a1c" * 5, happened="happened", event="talks", earliest=None, latest=None, place=None, actors=(ARMY, FRONT),
    targets=(), status="asserted", **_BARE,
)  # fmt: skip
DENIED = Incident(
    id="de41" * 5, happened="denied", event="territory_lost", earliest=FIFTH, latest=None,
    place=replace(QUORRIN, precision="district"), actors=(ARMY,), targets=(), status="denied",
    **{**_BARE, "denied_by": ("Selvane Army",), "asserted_by": ()},
)  # fmt: skip
INCIDENTS = (THREATENED, BOMBED, SHELLED, DENIED, TALKED)

DECISIONS = (
    StoredDecision(
        id="d1" * 10, seq=20, added_at="2024-03-06T12:00:00Z",
        decision=Decision(kind="reject", by="mara", on="2024-03-06T12:00:00Z", claims=KEYS[5:],
                          reason="a misprint, see the correction"),
    ),
    StoredDecision(
        id="d2" * 10, seq=21, added_at="2024-03-06T13:00:00Z",
        decision=Decision(kind="correct", by="mara", on="2024-03-06T13:00:00Z", claims=KEYS, field="incident:killed",
                          value='{"low": 18, "high": 19}', reason="the hospital's list"),
    ),
)  # fmt: skip
MATCHES = (
    Match(a=KEYS[0], b=KEYS[1], probability=0.98, features=(
        Feature(name="place: the same", value=1.0, weight=1.3, said="Quorrin / Quorrin"),
        Feature(name="time: the same day", value=1.0, weight=1.6, said="2024-03-04 / 2024-03-04"),
        Feature(name="words: of the quotes", value=0.62, weight=4.0),
        Feature(name="targets: the same", value=1.0, weight=0.2, said="civilians / civilians"))),
    Match(a=KEYS[0], b=KEYS[3], probability=0.91, features=(
        Feature(name="place: the same", value=1.0, weight=1.3, said="Quorrin / Quorrin"),
        Feature(name="figures: contradict", value=1.0, weight=-0.4, said="≥ 11 / 18"))),
    Match(a=KEYS[1], b=KEYS[3], probability=0.88, features=(
        Feature(name="place: the same", value=1.0, weight=1.3, said="Quorrin / Quorrin"),)),
)  # fmt: skip
CASE = Case(
    sentence=sentence(SHELLED), incident=SHELLED, reasons=reasons(SHELLED, TELLINGS), claims=STORED,
    reports={REPORTS[at]: Heading(outlet=outlet, published=day, title=f"{outlet} on Quorrin")
             for at, (_, outlet, day, *_) in enumerate(_SAID)},
    matches=MATCHES, decisions=DECISIONS, undone=("d2" * 10,),
    others={each.id: sentence(each) for each in INCIDENTS},
)  # fmt: skip
