"""Briefs of invented reports, made as `briefs.py` makes them but without the reader: copies need no claims."""

from datetime import date

from dateline.incidents.copies import Wording, compared
from dateline.incidents.corrections import notice_of
from dateline.incidents.credits import credits_of
from dateline.incidents.types import Brief, Copy, Telling, Voice
from dateline.incidents.wording import (
    facts_of,
    phrases_of,
    prints_of,
    proper_names,
    sentence_hash,
    sentences_of,
    telling_words,
)
from dateline.reading.layout import lay_out
from dateline.record import MadeBy, Record, Report


def record(
    text: str, *, title: str | None = None, source: str | None = None, day: date | None = None, url: str | None = None
) -> Record:
    report, left_out, _ = lay_out(Report(text=text, title=title, published=day, source=source, url=url))
    return Record(id="invented", report=report, left_out=left_out, made_by=MadeBy(version="0"))


def brief(
    id: str,
    text: str,
    *,
    title: str | None = None,
    outlet: str | None = "Harbour Post",
    day: date = date(2021, 3, 4),
    url: str | None = None,
    credits: tuple[str, ...] | None = None,
) -> Brief:
    """The brief of an invented report; its credits and notice are read from the text unless given."""
    made = record(text, title=title, source=outlet, day=day, url=url)
    sentences = sentences_of(made)
    return Brief(
        id=id,
        given_id=id,
        outlet=outlet,
        published=day,
        known=day,
        title=title,
        url=url,
        sentences=tuple(map(sentence_hash, sentences)),
        prints=tuple(map(prints_of, sentences)),
        terms=tuple(map(telling_words, sentences)),
        names=tuple(map(proper_names, sentences)),
        length=sum(len(each.split()) for each in sentences),
        facts=tuple(map(facts_of, sentences)),
        phrases=tuple(map(phrases_of, sentences)),
        credits=credits_of(made) if credits is None else credits,
        notice=notice_of(made),
    )


def copy_of(a: Brief, b: Brief) -> Copy | None:
    """What two reports make that are compared as they stand, furniture and all."""
    return compared(Wording(a), Wording(b))


def telling(report: str, *voices: str, event: str = "attack", position: int = 0) -> Telling:
    """A claim of an invented incident; no voices: the report's own word."""
    return Telling(
        key=f"{report}/{position}",
        report=report,
        position=position,
        event=event,  # type: ignore[arg-type]
        trigger="attack",
        voices=tuple(Voice(name=name, cue="said") for name in voices),
        lead=position == 0,
    )
