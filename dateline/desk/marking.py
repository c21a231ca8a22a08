"""A report's text cut into segments, each with the fields of claims that stand on it and with whose words it is.

Spans of several claims overlap in every way. A segment is a stretch in which nothing begins or ends: it lists all that
stands on it, so that no mark has to be cut by another. A field is named `NUMBER.NAME.POSITION`, as "2.places.0": claim
2, its first place.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from dateline.record import Claim, LeftOut, Part, Source, Span, Where
from dateline.show import phrasing

_LISTS = ("actors", "targets", "places", "figures", "also")
_ONE = ("time", "hedge")
_SENTENCES = ("quote", "also")


class Mark(Struct, frozen=True):
    """A field of a claim and where its words stand."""

    field: str
    part: Part


class Voice(Struct, frozen=True):
    """Whose words a stretch is: one link of an attribution chain. What is inside it lies within its span."""

    name: str
    span: Span


class Segment(Struct, frozen=True, kw_only=True):
    """A stretch in which nothing begins or ends.

    `begins` are the fields whose words begin here: the place a link to them leads to. `kinds` are the names of the
    fields, each once; `leads` is the one with the fewest words, empty where nothing but whole sentences lies here.
    `voices` go from the outermost to the innermost. `left_out` says why the stretch was set aside; empty where it was
    not.
    """

    start: int
    text: str
    fields: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    leads: str = ""
    voices: tuple[str, ...] = ()
    left_out: str = ""


def marks_of(claim: Claim, number: int) -> Iterator[Mark]:
    """Every field of a claim that has words of its own in the report."""
    yield Mark(f"{number}.quote.0", claim.quote)
    yield Mark(f"{number}.trigger.0", claim.trigger)
    for name in _LISTS:
        for at, part in enumerate(getattr(claim, name)):
            yield Mark(f"{number}.{name}.{at}", part)
    for name in _ONE:
        if (held := getattr(claim, name)) is not None:
            yield Mark(f"{number}.{name}.0", held)
    for at, link in enumerate(claim.attribution):
        for name, part in (("source", link.source), ("cue", link.cue)):
            if part is not None:
                yield Mark(f"{number}.{name}.{at}", part)


def voices_of(claim: Claim, where: Where) -> Iterator[Voice]:
    """The attribution chain as stretches that lie one within another: each link's words with all that it passes on.

    A link whose words stand outside the quote has no stretch: what lies between is not its.
    """
    if claim.quote.where != where:
        return
    reach = claim.trigger.span if claim.quote.span.holds(claim.trigger.span) else claim.quote.span
    for name in ("actors", "targets", "places", "figures"):
        for part in getattr(claim, name):
            if part.where == where and claim.quote.span.holds(part.span):
                reach = _hull(reach, part.span)
    for link in reversed(claim.attribution):
        own = [each.span for each in (link.source, link.cue) if each is not None and each.where == where]
        if not own or not all(claim.quote.span.holds(span) for span in own):
            continue
        for span in own:
            reach = _hull(reach, span)
        yield Voice(name=_said_by(link), span=reach)


def _hull(one: Span, other: Span) -> Span:
    return Span(min(one.start, other.start), max(one.end, other.end))


def _said_by(link: Source) -> str:
    return phrasing.source(link)


def segments(text: str, claims: Sequence[Claim], where: Where, left_out: Iterable[LeftOut] = ()) -> list[Segment]:
    """The text, or the headline where `where` says so, in segments; together they are the text."""
    marks = [mark for n, claim in enumerate(claims, 1) for mark in marks_of(claim, n) if mark.part.where == where]
    voices = _in_order(voice for claim in claims for voice in voices_of(claim, where))
    aside = [each for each in left_out if each.where == where]
    spans = [*(mark.part.span for mark in marks), *(voice.span for voice in voices), *(each.span for each in aside)]
    ends = {0, len(text), *(end for span in spans for end in (span.start, span.end))}
    made = []
    # By their beginnings, and let go of when they end: a long report has hundreds of each.
    waiting = sorted(marks, key=lambda mark: mark.part.span.start, reverse=True)
    open_marks: list[Mark] = []
    for start, end in pairwise(sorted(each for each in ends if each <= len(text))):
        here = Span(start, end)
        open_marks = [mark for mark in open_marks if mark.part.span.end > start]
        begins = []
        while waiting and waiting[-1].part.span.start <= start:
            begins.append(waiting.pop())
        open_marks += begins
        made.append(
            Segment(
                start=start,
                text=text[start:end],
                fields=tuple(sorted((mark.field for mark in open_marks), key=_order)),
                begins=tuple(sorted((mark.field for mark in begins), key=_order)),
                kinds=tuple(sorted({mark.field.split(".")[1] for mark in open_marks})),
                leads=_leads(open_marks),
                voices=tuple(dict.fromkeys(voice.name for voice in voices if voice.span.holds(here))),
                left_out=next((each.reason for each in aside if each.span.holds(here)), ""),
            )
        )
    return made


def _leads(marks: Iterable[Mark]) -> str:
    narrow = [mark for mark in marks if mark.field.split(".")[1] not in _SENTENCES]
    found = min(narrow, key=lambda mark: (mark.part.span.end - mark.part.span.start, _order(mark.field)), default=None)
    return found.field if found else ""


def _in_order(voices: Iterable[Voice]) -> list[Voice]:
    """The outermost first; one that several claims share once."""
    return sorted(set(voices), key=lambda voice: (voice.span.start, -voice.span.end, voice.name))


def _order(field: str) -> tuple[int, str, int]:
    number, name, at = field.split(".")
    return int(number), name, int(at)
