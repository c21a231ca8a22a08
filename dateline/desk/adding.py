"""A claim that a person found in a report, from a form: chosen words become a claim, kept by a decision of its own."""

from datetime import date
from typing import Literal, TypeAlias

import msgspec
from msgspec import Struct

from dateline.codes import EventType, Measure, Modality, Verification
from dateline.desk.desk import Desk
from dateline.desk.people import Person, now
from dateline.desk.problems import BadRequest, Stale
from dateline.desk.reviewing import read_seen, reason_of
from dateline.errors import InputError
from dateline.ledger import Decision, Ledger, StoredDecision
from dateline.reading.by_hand import Found, FoundFigure, FoundLink, Words, claim_by_hand
from dateline.record import Claim, Record, Where

_WAIT_S = 1.5
_MOST = 2_000  # characters of one field
_MeasureOrNone: TypeAlias = Measure | Literal[""]


class Adding(Struct, frozen=True, kw_only=True):
    """What a form says. Fields hold words of the report; where a field's words were selected in the text, `NAME_at`
    says where each of them begins, as "120" or "title:4". Several are parted by semicolons.

    `sources` and `cues` are the attribution chain, the outermost first, link by link.
    """

    event: EventType
    trigger: str
    seen: str = ""
    reason: str = ""
    trigger_at: str = ""
    quote: str = ""
    quote_at: str = ""
    actors: str = ""
    actors_at: str = ""
    targets: str = ""
    targets_at: str = ""
    places: str = ""
    places_at: str = ""
    time: str = ""
    time_at: str = ""
    days: str = ""
    figure: str = ""
    figure_at: str = ""
    measure: _MeasureOrNone = ""
    figure_2: str = ""
    figure_2_at: str = ""
    measure_2: _MeasureOrNone = ""
    sources: str = ""
    sources_at: str = ""
    cues: str = ""
    cues_at: str = ""
    modality: Modality = "actual"
    hedge: str = ""
    hedge_at: str = ""
    verification: Verification = "not_stated"


def add(desk: Desk, who: Person, report: str, record: Record, asked: Adding) -> tuple[StoredDecision, Claim]:
    """Keep a claim that a person found; then have the incidents brought up to date.

    Args:
        report: the report's id in full.
        record: its latest reading.
    Raises:
        BadRequest: the words are not in the report, or something is missing.
        Stale: the report has such a claim by now.
    """
    head = read_seen(asked.seen)
    claim = claim_of(record, asked)
    key = f"{report}/{claim.id}"
    reason = reason_of(who, asked.reason, "add", needed=False)
    value = msgspec.json.encode(claim).decode()
    decision = Decision(kind="add", by=who.name, on=now(), reason=reason, claims=(key,), value=value)
    with desk.deciding:
        _check_fresh(desk.ledger, report, claim, head)
        try:
            kept = desk.ledger.decide(decision)
        except InputError as error:
            raise BadRequest(f"{error}.") from error
        desk.people.note(who, "decide add", kept.id)
    desk.keeper.wait(desk.keeper.wake(), _WAIT_S)
    return kept, claim


def claim_of(record: Record, asked: Adding) -> Claim:
    """The claim that a form describes.

    Raises:
        BadRequest: which words are not in the report.
    """
    try:
        return claim_by_hand(record, _found(asked))
    except InputError as error:
        raise BadRequest(f"{error}.") from error


def _check_fresh(ledger: Ledger, report: str, claim: Claim, head: int) -> None:
    """Whether the claim came into the report since the page was made."""
    if any(each.id == claim.id for each in ledger.record(report).claims):
        seq = ledger.claim(f"{report}/{claim.id}").chain.seq
        if seq > head:
            raise Stale(
                "Somebody added this claim since the page was made; nothing was written. Correct it, or leave it.",
                {"changed": {"decisions": [], "now": []}, "back": f"/reports/{report}"},
            )


def _found(asked: Adding) -> Found:
    return Found(
        event=asked.event,
        trigger=_one("trigger", asked.trigger, asked.trigger_at),
        quote=_one("quote", asked.quote, asked.quote_at) if asked.quote.strip() else None,
        actors=_several(asked.actors, asked.actors_at),
        targets=_several(asked.targets, asked.targets_at),
        places=_several(asked.places, asked.places_at),
        time=_one("time", asked.time, asked.time_at) if asked.time.strip() else None,
        days=_days(asked.days),
        figures=(
            *_figures(asked.figure, asked.figure_at, asked.measure),
            *_figures(asked.figure_2, asked.figure_2_at, asked.measure_2),
        ),
        attribution=_chain(asked),
        modality=asked.modality,
        hedge=_one("hedge", asked.hedge, asked.hedge_at) if asked.hedge.strip() else None,
        verification=asked.verification,
    )


def _one(name: str, words: str, at: str) -> Words:
    if not words.strip():
        raise InputError(f"{name}: give words of the report")
    if len(words) > _MOST:
        raise InputError(f"{name}: that is longer than {_MOST:,} characters")
    return _placed(words.strip(), at.strip())


def _several(words: str, at: str) -> tuple[Words, ...]:
    """Words parted by semicolons; places in the text are used where there is one for each."""
    said = [each.strip() for each in words.split(";") if each.strip()]
    places = at.split()
    if len(places) != len(said):
        places = [""] * len(said)
    return tuple(_placed(each, place) for each, place in zip(said, places, strict=True))


def _placed(words: str, at: str) -> Words:
    where: Where = "title" if at.startswith("title:") else "text"
    number = at.removeprefix("title:")
    if not number:
        return Words(text=words)
    if not number.isdecimal() or len(number) > 12:
        raise InputError(f"{at[:20]!r} is no place in the text; select the words anew")
    return Words(text=words, at=int(number), where=where)


def _figures(words: str, at: str, measure: _MeasureOrNone) -> tuple[FoundFigure, ...]:
    if not words.strip():
        return ()
    if not measure:
        raise InputError(f"say what the figure {words.strip()[:40]!r} counts")
    return (FoundFigure(words=_one("figure", words, at), measure=measure),)


def _chain(asked: Adding) -> tuple[FoundLink, ...]:
    sources, cues = _several(asked.sources, asked.sources_at), _several(asked.cues, asked.cues_at)
    links = max(len(sources), len(cues))
    return tuple(
        FoundLink(source=sources[n] if n < len(sources) else None, cue=cues[n] if n < len(cues) else None)
        for n in range(links)
    )


def _days(said: str) -> tuple[date, date] | None:
    if not said.strip():
        return None
    first, two, last = said.strip().partition("..")
    try:
        return date.fromisoformat(first.strip()), date.fromisoformat((last if two else first).strip())
    except ValueError:
        raise InputError(f"{said[:40]!r} is no day; write it as 2024-03-04 or 2024-03-04..2024-03-05") from None
