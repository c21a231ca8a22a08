"""The method, from top to bottom: a Report goes in, a Record comes out.

`read` is pure: the same report, the same weights and the same tables give the same record. docs/method.md follows it
heading by heading.
"""

from collections.abc import Sequence
from datetime import date

import msgspec

from dateline.reading.actor_identity import identified, identifier
from dateline.reading.actors import find_actors, mentioned
from dateline.reading.attribution import as_mention, find_attributions
from dateline.reading.checks import check
from dateline.reading.claims import Found, assemble
from dateline.reading.datelines import dateline_span
from dateline.reading.evidence import as_evidence, find_evidence
from dateline.reading.figures import find_figures
from dateline.reading.language import language_of
from dateline.reading.layout import lay_out
from dateline.reading.linear import fingerprints
from dateline.reading.place_belief import Seen
from dateline.reading.places import find_places
from dateline.reading.reader import Size, label, load
from dateline.reading.roles import assign, candidates
from dateline.reading.sentences import split
from dateline.reading.sides import find_sides, parted, with_elided
from dateline.reading.tagging import tag
from dateline.reading.time_ends import times_mentioned
from dateline.reading.times import find_times
from dateline.reading.triggers import find_faint, find_triggers
from dateline.reading.weigh import weighed
from dateline.record import Claim, LeftOut, MadeBy, Mentions, Record, Report, Span, Unknown, content_id
from dateline.version import VERSION
from dateline.world.gazetteer import added_hashes
from dateline.world.labels import table_hashes
from dateline.world.overrides import overrides_sha256
from dateline.world.own_actors import own_hashes


def read(report: Report, *, id: str | None = None, reader: Size = "default", country: str | None = None) -> Record:
    """Read one news report; return its claims, each with the words that support it.

    Args:
        id: the record's id; by default made from the text, so that the same text has the same id.
        country: alpha-2 code of the country that the report is about, where that is known: names are looked for there
            first.
    """
    report, left_out, warnings = prepare(report)
    id = id if id is not None else content_id(report.sha256)
    if report.language != "en":
        return _not_read(report, id, warnings, made_by(reader, country))

    found, unknown = find(report, left_out, reader, country)
    claims = likely(assemble(report, found), report, reader)
    evidence = as_evidence(find_evidence(found.sentences, found.said, found.places), claims)
    checks = check(found.sentences, found.places, found.times, found.figures, claims, published=report.published)
    return Record(
        id=id,
        report=report,
        claims=claims,
        evidence=evidence,
        checks=checks,
        left_out=left_out,
        mentions=Mentions(
            places=tuple(place for place in found.places if place.lat is not None),  # the others: `unknown`
            times=times_mentioned(found.times),
            figures=found.figures,
            actors=mentioned(found.parties),
            attributions=tuple(as_mention(s) for s in found.said),
        ),
        unknown=unknown,
        warnings=(*_date_warning(report.published), *warnings),
        made_by=made_by(reader, country),
    )


def prepare(report: Report) -> tuple[Report, tuple[LeftOut, ...], tuple[str, ...]]:
    """A report with its layout and language, what of it is not read, and warnings for people."""
    report, left_out, warnings = lay_out(report)
    return msgspec.structs.replace(report, language=language_of(report.text)[0]), left_out, warnings


def find(
    report: Report, left_out: Sequence[LeftOut], reader: Size, country: str | None = None
) -> tuple[Found, tuple[Unknown, ...]]:
    """What the stages up to the claims find in a prepared report, and what they could not settle."""
    sentences = tag(split(report, left_out))
    look = load(reader).look(sentences)
    parties = find_actors(sentences)
    places, lost_places = find_places(sentences, dateline=report.dateline, seen=Seen(look.names), country=country)
    who = identifier(parties, places, published=report.published, country=country)
    parties = identified(parties, who)
    times, lost_times = find_times(sentences, published=report.published)
    figures, lost_figures = find_figures(sentences)
    said = find_attributions(sentences, look)
    triggers = find_triggers(sentences, look.events)
    faint = find_faint(sentences, look.events, triggers)
    sides = find_sides(sentences, said, figures)
    triggers, faint, repeats = with_elided(sides, triggers, faint, sentences, figures)
    held = candidates(sentences, parties, places, times, figures, dateline_span(report))
    links = parted(assign((*triggers, *faint), sentences, held, look), sides, triggers, repeats, figures, sentences)
    found = Found(
        sentences=sentences,
        parties=parties,
        who=who,
        places=places,
        times=times,
        figures=figures,
        said=said,
        triggers=triggers,
        faint=faint,
        held=held,
        links=links,
        look=look,
    )
    return found, (*lost_places, *lost_times, *lost_figures)


def likely(claims: tuple[Claim, ...], report: Report, reader: Size) -> tuple[Claim, ...]:
    """The claims that are likely enough, scored; all of them by a reader that has no weights for it."""
    weights = load(reader).claim_weights
    return weighed(claims, report.text, report.title, weights) if weights else claims


def _not_read(report: Report, id: str, warnings: tuple[str, ...], by: MadeBy) -> Record:
    """The record of a report in a language that is not read: kept, marked, without claims."""
    reason = f"not read: language ({report.language})"
    return Record(
        id=id,
        report=report,
        left_out=(LeftOut(span=Span(0, len(report.text)), reason=reason),),
        made_by=by,
        warnings=(f"{reason}; only English is read as yet", *warnings),
    )


def _date_warning(published: date | None) -> tuple[str, ...]:
    return () if published else ("no publication date: times that need one stay unknown; give it with --published",)


def made_by(reader: Size = "default", country: str | None = None) -> MadeBy:
    weights = {**fingerprints(), "reader": label(reader)["sha256"]}
    return MadeBy(version=VERSION, weights=weights, tables=_tables(), country=country)


def _tables() -> dict[str, str]:
    """The sha256 of every table that has a say: the built-in ones, then the user's own."""
    own = {"overrides": digest} if (digest := overrides_sha256()) else {}
    return {**table_hashes(), **added_hashes(), **own_hashes(), **own}
