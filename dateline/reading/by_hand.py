"""A claim that a person found: chosen words of a report become the same Claim that the reader would have made.

Words are looked up where they stand. What the reader found at the same words anywhere in the report (a place with its
coordinates, days, a number, an actor of the register) is taken over; what it did not find is kept as written.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from dateline.codes import EventType, Measure, Modality, Verification
from dateline.errors import InputError
from dateline.reading.sentences import split, tokenize
from dateline.reading.times import precision_of
from dateline.record import (
    Actor,
    Claim,
    Figure,
    Part,
    Period,
    Place,
    Record,
    Source,
    Span,
    Speaker,
    Where,
    content_id,
)
from dateline.world.numbers import number_at, vague_at

_Mention = TypeVar("_Mention", bound=Part)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Words(Struct, frozen=True, kw_only=True):
    """Words of the report; `at` is where they begin, None where that is to be found."""

    text: str
    at: int | None = None
    where: Where | None = None


class FoundFigure(Struct, frozen=True, kw_only=True):
    words: Words
    measure: Measure


class FoundLink(Struct, frozen=True, kw_only=True):
    """Who says so, and the word that tells it."""

    source: Words | None = None
    cue: Words | None = None


class Found(Struct, frozen=True, kw_only=True):
    """What a person says of a claim. Without `quote` it is the sentence in which the trigger stands; `days` are used
    where the words for the time do not tell them."""

    event: EventType
    trigger: Words
    quote: Words | None = None
    actors: tuple[Words, ...] = ()
    targets: tuple[Words, ...] = ()
    places: tuple[Words, ...] = ()
    time: Words | None = None
    days: tuple[date, date] | None = None
    figures: tuple[FoundFigure, ...] = ()
    attribution: tuple[FoundLink, ...] = ()
    modality: Modality = "actual"
    hedge: Words | None = None
    verification: Verification = "not_stated"


def claim_by_hand(record: Record, found: Found) -> Claim:
    """The claim, with every part at its place in the report.

    Raises:
        InputError: words do not stand in the report, or at more than one place of it.
    """
    trigger, quote = _trigger_and_quote(record, found)

    def part(words: Words) -> Part:
        return _part(record, words, quote)

    mentions = record.mentions
    sha256 = record.report.sha256
    return Claim(
        id=content_id(sha256, found.event, trigger.where, trigger.span.start, trigger.span.end),
        event=found.event,
        trigger=trigger,
        quote=quote,
        actors=tuple(_actor(part(each), mentions.actors) for each in found.actors),
        targets=tuple(_actor(part(each), mentions.actors) for each in found.targets),
        places=tuple(_place(part(each), mentions.places) for each in found.places),
        time=_time(part(found.time), mentions.times, found.days) if found.time else None,
        figures=tuple(_figure(part(each.words), each.measure, mentions.figures) for each in found.figures),
        attribution=tuple(_link(each, part, mentions.actors) for each in found.attribution),
        modality=found.modality,
        hedge=part(found.hedge) if found.hedge else None,
        verification=found.verification,
        score=1.0,
    )


# --- where words stand -----------------------------------------------------------------------------------------------


def _trigger_and_quote(record: Record, found: Found) -> tuple[Part, Part]:
    quote = _part(record, found.quote, None) if found.quote else None
    trigger = _part(record, found.trigger, quote)
    if quote is None:
        for sentence in split(record.report, record.left_out):
            if sentence.holds(trigger):
                return trigger, Part(text=sentence.text, span=sentence.span, where=sentence.where)
        raise InputError(f"{_shown(trigger.text)} stands in no one sentence; choose the sentence too")
    if quote.where != trigger.where or not quote.span.holds(trigger.span):
        raise InputError(f"{_shown(trigger.text)} is not in the sentence that was chosen")
    return trigger, quote


def _part(record: Record, words: Words, within: Part | None) -> Part:
    """The words where they were chosen, else the one place where they stand: in the sentence, then in the report."""
    said = words.text.strip()
    if not said:
        raise InputError("no words are given")
    report = record.report
    if words.at is not None:
        span = Span(words.at, words.at + len(said))
        if report.words_at(span, words.where or "text") != said:
            raise InputError(f"{_shown(said)} does not stand where it was chosen; choose it anew")
        return Part(text=said, span=span, where=words.where or "text")
    places = [("text", report.text), ("title", report.title or "")]
    everywhere = [
        Part(text=said, span=Span(at, at + len(said)), where=where)  # type: ignore[arg-type]
        for where, text in places
        for at in _ends_of(text, said)
    ]
    here = [each for each in everywhere if within and each.where == within.where and within.span.holds(each.span)]
    chosen = here or [each for each in everywhere if each.where == "text"] or everywhere
    if not chosen:
        raise InputError(f"{_shown(said)} does not stand in the report; copy the words as they are")
    if len(chosen) > 1:
        raise InputError(f"{_shown(said)} stands at {len(chosen)} places; select it in the text, or give more words")
    return chosen[0]


def _ends_of(text: str, said: str) -> Iterator[int]:
    """Where words stand as words of their own."""
    for match in re.finditer(rf"(?<!\w){re.escape(said)}(?!\w)", text):
        yield match.start()


def _shown(said: str) -> str:
    return f"“{said}”" if len(said) <= 40 else f"“{said[:39]}…”"


# --- what the reader knows of them -----------------------------------------------------------------------------------


def _known(part: Part, mentions: Iterable[_Mention]) -> _Mention | None:
    """What the reader found at these words: of several, what shares most with them and least else."""
    near = [each for each in mentions if each.where == part.where and each.span.overlaps(part.span)]
    return max(near, key=lambda each: (_shared(each.span, part.span), each.span.start - each.span.end), default=None)


def _shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _actor(part: Part, mentions: Sequence[Actor]) -> Actor:
    known = _known(part, mentions)
    return (
        Actor(text=part.text, span=part.span, where=part.where, name=part.text)
        if known is None
        else _moved(known, part)
    )


def _place(part: Part, mentions: Sequence[Place]) -> Place:
    known = _known(part, mentions)
    if known is None:
        return Place(text=part.text, span=part.span, where=part.where, name=part.text, role="at")
    return replace(_moved(known, part), role=known.role or "at")


def _time(part: Part, mentions: Sequence[Period], days: tuple[date, date] | None) -> Period:
    known = _known(part, mentions)
    made = (
        Period(text=part.text, span=part.span, where=part.where, type="DATE") if known is None else _moved(known, part)
    )
    written = _DAY.fullmatch(part.text)
    if days is None and known is None and written:
        day = _day(part.text)
        days = (day, day)
    if days is None:
        return made
    if days[0] > days[1]:
        raise InputError(f"{days[0]} is later than {days[1]}; give the earlier day first")
    return replace(made, earliest=days[0], latest=days[1], **precision_of(*days))


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise InputError(f"{said!r} is not a date; write it as 2024-03-04") from None


def _figure(part: Part, measure: Measure, mentions: Sequence[Figure]) -> Figure:
    known = _known(part, mentions)
    if known is not None:
        return replace(_moved(known, part), measure=measure)
    words = [token.text.lower() for token in tokenize(part.text)]
    made = Figure(text=part.text, span=part.span, where=part.where, measure=measure)
    for at in range(len(words)):
        if vague := vague_at(words, at):
            return replace(made, low=vague.low, high=vague.high, qualifier="vague")
        if number := number_at(words, at):
            return replace(made, low=number.value, high=number.value)
    raise InputError(f"{_shown(part.text)} holds no number; choose the number itself")


def _link(link: FoundLink, part: Callable[[Words], Part], mentions: Sequence[Actor]) -> Source:
    source = part(link.source) if link.source else None
    known = _known(source, mentions) if source else None
    speaker = None
    if source is not None:
        name, actor_id = (known.name, known.actor_id) if known else (source.text, None)
        speaker = Speaker(text=source.text, span=source.span, where=source.where, name=name, actor_id=actor_id)
    return Source(source=speaker, cue=part(link.cue) if link.cue else None)


def _moved(known: _Mention, part: Part) -> _Mention:
    """What is known, at the words that a person chose."""
    return replace(known, text=part.text, span=part.span, where=part.where)
