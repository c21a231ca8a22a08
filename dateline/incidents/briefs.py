"""From a record to its Brief: all that setting reports side by side needs, made once a report and kept.

A pure function of the record and of the moment it came in; many can be made side by side on several cores.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from dateline.codes import EventType, Measure
from dateline.incidents.corrections import notice_of
from dateline.incidents.credits import credits_of
from dateline.incidents.leading import leading
from dateline.incidents.match import stories_of
from dateline.incidents.types import Brief, Count, Party, Quoted, Spot, Telling, Told, Voice
from dateline.incidents.wording import (
    facts_of,
    phrases_of,
    prints_of,
    proper_names,
    sentence_hash,
    telling_words,
)
from dateline.reading.sentences import split
from dateline.reading.tolls import Toll, tolls
from dateline.reading.words import Sentence
from dateline.record import Actor, Claim, Figure, Part, Place, Record, Report, Source

# Reports without a claim of these tell of nobody's harm: no toll is looked for.
_HARM: frozenset[EventType] = frozenset(
    ("battle", "attack", "air_strike", "shelling", "bombing", "chemical_attack", "killing", "abuse", "abduction",
     "detention", "destruction", "territory_gained", "siege", "offensive", "displacement", "casualties", "protest")
)  # fmt: skip
_NOBODY = frozenset(("nobody", "no one", "none", "no group", "no party", "no organisation", "no organization"))
TOLLED: tuple[Measure, ...] = ("killed", "wounded", "detained", "abducted", "displaced")


def brief(record: Record, *, report_id: str, known: date) -> Brief:
    """The brief of one record.

    Args:
        report_id: the id that the ledger gave the report.
        known: the day on which the report came into the ledger; its day of publication goes before.
    """
    return briefs([(record, report_id, known)])[0]


def briefs(records: Iterable[tuple[Record, str, date]]) -> list[Brief]:
    """The same for many records, each with its id and day; faster, since their claims are compared in one go."""
    made = [_without_stories(record, report_id, known) for record, report_id, known in records]
    shares = stories_of([(each.tellings, each) for each in made])
    return [replace(each, tellings=_with_stories(each.tellings, own)) for each, own in zip(made, shares, strict=True)]


def _with_stories(tellings: Sequence[Telling], shares: Sequence[float]) -> tuple[Telling, ...]:
    return tuple(replace(each, story=share) for each, share in zip(tellings, shares, strict=True))


def _without_stories(record: Record, report_id: str, known: date) -> Brief:
    report = record.report
    split_up = split(report, record.left_out)  # once, for the wording and for the tolls
    sentences = [each.text for each in split_up]
    first = leading(record)
    tellings = [telling(claim, report_id, at, report, lead=at == first) for at, claim in enumerate(record.claims)]
    return Brief(
        id=report_id,
        given_id=record.id,
        outlet=report.source,
        published=report.published,
        known=report.published or known,
        title=report.title,
        url=report.url,
        sentences=tuple(map(sentence_hash, sentences)),
        prints=tuple(map(prints_of, sentences)),
        terms=tuple(map(telling_words, sentences)),
        names=tuple(map(proper_names, sentences)),
        facts=tuple(map(facts_of, sentences)),
        phrases=tuple(map(phrases_of, sentences)),
        length=sum(len(each.split()) for each in sentences),
        credits=credits_of(record),
        notice=notice_of(record),
        told=tuple(_told(record, report_id, split_up)),
        tellings=tuple(tellings),
    )


def telling(claim: Claim, report_id: str, position: int, report: Report, *, lead: bool) -> Telling:
    """One claim as the matching and counting see it."""
    time = claim.time
    dated = time is not None and (time.earliest is not None or time.latest is not None)
    return Telling(
        key=f"{report_id}/{claim.id}",
        report=report_id,
        position=position,
        event=claim.event,
        trigger=claim.trigger.text,
        modality="actual" if claim.modality == "denied" and any(map(_is_nobody, claim.attribution)) else claim.modality,
        verification=claim.verification,
        hedge=claim.hedge.text if claim.hedge else None,
        earliest=time.earliest if time and dated else report.published,
        latest=time.latest if time and dated else report.published,
        dated=dated,
        date_prec=time.date_prec if time and dated else None,
        time_precision=time.time_precision if time and dated else None,
        spots=tuple(map(_spot, claim.places)),
        actors=tuple(map(_party, claim.actors)),
        targets=tuple(map(_party, claim.targets)),
        counts=tuple(_count(each) for each in claim.figures if each.measure),
        voices=tuple(_voice(link) for link in claim.attribution if not _is_nobody(link)),
        words=telling_words(claim.quote.text),
        names=proper_names(claim.quote.text),
        lead=lead,
        score=claim.score,
    )


def _told(record: Record, report_id: str, sentences: Sequence[Sentence]) -> Sequence[Told]:
    if not any(claim.event in _HARM for claim in record.claims):
        return []
    made = tolls(record, TOLLED, sentences=sentences).values()
    return [_toll(each, record, report_id, sentences) for each in made if each is not None]


def _toll(toll: Toll, record: Record, report_id: str, sentences: Sequence[Sentence]) -> Told:
    quoted = _quoted(toll, sentences)
    again = [
        figure for figure in record.mentions.figures if any(_tells_the_same(figure, each) for each in toll.figures)
    ]
    told = [*toll.figures, *toll.victims, *again]
    by = [claim.id for claim in record.claims if any(_holds(claim.quote, words) for words in told)]
    return Told(
        measure=toll.measure,
        low=_decimal(toll.low),
        best=float(toll.best),
        high=_decimal(toll.high),
        claims=tuple(f"{report_id}/{id}" for id in toll.claims),
        quoted=quoted,
        quoted_by=tuple(f"{report_id}/{id}" for id in by),
    )


def _quoted(toll: Toll, sentences: Sequence[Sentence]) -> Quoted | None:
    """Where a toll's number stands: of what it was summed from, the figure that is the whole of it, else the first."""
    whole = [each for each in toll.figures if toll.best in (each.low, each.high)]
    for words in (*whole, *toll.figures, *toll.victims):
        for sentence in sentences:
            if sentence.holds(words):
                part = Part(text=sentence.text, span=sentence.span, where=sentence.where)
                return Quoted(sentence=part, words=Part(text=words.text, span=words.span, where=words.where))
    return None


def _tells_the_same(one: Figure, other: Figure) -> bool:
    """Whether one figure has a number of the other, of the same: "19" and "at least 19"."""
    numbers = {one.low, one.high} & {other.low, other.high} - {None}
    return one.measure == other.measure and bool(numbers)


def _holds(quote: Part, words: Part) -> bool:
    return quote.where == words.where and quote.span.holds(words.span)


def _spot(place: Place) -> Spot:
    return Spot(
        name=place.name,
        written=place.text,
        country=place.country,
        role=place.role or "at",
        lat=place.lat,
        lon=place.lon,
        radius_km=place.radius_km,
        precision=place.precision,
        where_prec=place.where_prec,
        geo_precision=place.geo_precision,
        geonames_id=place.geonames_id,
    )


def _party(actor: Actor) -> Party:
    return Party(name=actor.name, actor_id=actor.actor_id, kind=actor.kind, country=actor.country, may_be=actor.may_be)


def _count(figure: Figure) -> Count:
    assert figure.measure is not None
    return Count(
        text=figure.text,
        measure=figure.measure,
        low=_decimal(figure.low),
        high=_decimal(figure.high),
        qualifier=figure.qualifier,
        of=figure.of,
        part_of=figure.part_of,
        superseded=figure.superseded,
    )


def _decimal(value: float | None) -> float | None:
    """A whole number as it comes back from where briefs are kept: else a brief just made and the same one kept would
    give incidents that differ by ".0"."""
    return None if value is None else float(value)


def _is_nobody(link: Source) -> bool:
    """Whether a link of a chain says that nobody said it: "nobody has claimed the attack" denies no attack."""
    return link.source is not None and link.source.name.casefold() in _NOBODY


def _voice(link: Source) -> Voice:
    cue = link.cue.text if link.cue else None
    if link.source is None:
        return Voice(name=None, cue=cue)
    return Voice(name=link.source.name, actor_id=link.source.actor_id, cue=cue)
