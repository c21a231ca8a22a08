"""Invented reports and claims, as the steps take them: what a test leaves out is as in a plain report of one attack."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from dateline.codes import EventType, Measure, Modality, Qualifier
from dateline.incidents.types import Brief, Count, Party, Telling, Told, Voice

DAY = date(2020, 6, 15)


def day(number: int) -> date:
    """The day of the attack (0) and those after it."""
    return DAY + timedelta(days=number)


def count(
    best: float | None, of: str = "people", *, measure: Measure = "killed", high: float | None = None,
    qualifier: Qualifier | None = None, part_of: str | None = None, superseded: bool = False, text: str = "",
) -> Count:  # fmt: skip
    """So many; "at least" and "at most" leave the other side open."""
    low = None if qualifier == "at_most" else best
    top = high if high is not None else None if qualifier == "at_least" else best
    return Count(text=text or f"{best:g}", measure=measure, low=low, high=top, qualifier=qualifier, of=of,
                 part_of=part_of, superseded=superseded)  # fmt: skip


def claim(
    report: str, *counts: Count, position: int = 0, voices: Sequence[str | Voice] = (), lead: bool = False,
    modality: Modality = "actual", event: EventType = "bombing", first: date | None = DAY, last: date | None = None,
    actors: Sequence[Party] = (), targets: Sequence[Party] = (), words: tuple[str, ...] = (),
) -> Telling:  # fmt: skip
    return Telling(
        key=f"{report}/c{position}", report=report, position=position, event=event, trigger="exploded",
        modality=modality, earliest=first, latest=last or first, dated=first is not None,
        actors=tuple(actors), targets=tuple(targets), counts=counts, lead=lead, words=words or (f"{report}{position}",),
        voices=tuple(voice if isinstance(voice, Voice) else Voice(name=voice) for voice in voices),
    )  # fmt: skip


def brief(report: str, known: int = 0, *, outlet: str | None = None, told: Sequence[Told] = (), **more: Any) -> Brief:
    """A report known so many days after the attack."""
    return Brief(id=report, given_id=report, outlet=outlet or f"The {report}", published=day(known), known=day(known),
                 told=tuple(told), **more)  # fmt: skip


def told(
    best: float, claims: Sequence[str] = (), *, measure: Measure = "killed", low: float | None = None,
    high: float | None = None, open_high: bool = False,
) -> Told:  # fmt: skip
    top = None if open_high else high if high is not None else best
    return Told(measure=measure, low=low if low is not None else best, best=best, high=top, claims=tuple(claims))
