"""A record as rows, and rows as the record: `record_of` gives back to the byte what `reading_row` and the rest took.

Ids come from content. A report's is made from its original bytes, its text and what was said about it (title,
publisher, address, day); a reading's from everything the record holds but the name it was given. What the reader itself
worked out about the report (layout, dateline, language) belongs to the reading, so that a better reader does not make
another report.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dateline.errors import InputError
from dateline.ledger import tables
from dateline.ledger.words import fold, words_of
from dateline.record import Actor, Attribution, Claim, LeftOut, Part, Period, Record, Report, Span, Unknown, content_id

# Days are compared as text: these stand before and after every day that a report can name.
FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"


def check(record: Record) -> None:
    """Refuse a record that the ledger could never vouch for: rows stay for ever, so a wrong one must not come in.

    Raises:
        InputError: words that are not at their span, a text that is not the one its hash names, or text with half of a
            surrogate pair, which no database keeps.
    """
    report = record.report
    try:
        report.text.encode()
        record.to_json()
    except UnicodeEncodeError as error:
        raise InputError(f"report {record.id}: the text holds half a surrogate pair; decode it anew") from error
    if Report(text=report.text).sha256 != report.sha256:
        raise InputError(f"report {record.id}: sha256 {report.sha256[:12]}… is not that of its text; leave it empty")
    for problem in misplaced(record, report):
        raise InputError(f"report {record.id}: {problem}; read the report again")


def misplaced(value: object, report: Report) -> Iterator[str]:
    """Every part under `value` whose words are not the report's at its span, each told in one line."""
    if isinstance(value, tuple | list):
        for each in value:
            yield from misplaced(each, report)
    elif isinstance(value, Struct):
        if isinstance(value, Part):
            there = report.words_at(value.span, value.where)
            if there != value.text:
                yield f"{_name(value)} {_short(value.text)} is not at {_at(value.span)} of the {value.where}"
        elif isinstance(value, LeftOut | Unknown):
            within = report.text if value.where == "text" else report.title or ""
            if value.span and value.span.end > len(within):
                yield f"{_name(value)} {_at(value.span)} lies beyond the {value.where}"
        elif isinstance(value, Attribution):
            for span in (*value.source, *value.cue, *value.content):
                if span.end > len(report.text):
                    yield f"attribution {_at(span)} lies beyond the text"
            return
        for field in value.__struct_fields__:
            held = getattr(value, field)
            if isinstance(held, tuple | Struct):
                yield from misplaced(held, report)


def parts_in(value: object) -> int:
    """How many parts with words of the text lie under `value`."""
    if isinstance(value, tuple | list):
        return sum(parts_in(each) for each in value)
    if not isinstance(value, Struct):
        return 0
    held = (getattr(value, name) for name in value.__struct_fields__)
    return isinstance(value, Part) + sum(parts_in(each) for each in held if isinstance(each, tuple | Struct))


def report_id(report: Report, raw_sha256: str) -> str:
    day = report.published.isoformat() if report.published else None
    return content_id("report", raw_sha256, report.sha256, report.title, report.source, report.url, day)


def report_row(record: Record, *, raw_sha256: str, media_type: str, origin: str, at: str) -> dict[str, Any]:
    report = record.report
    return {
        "id": report_id(report, raw_sha256),
        "given_id": record.id,
        "title": report.title,
        "source": report.source,
        "url": report.url,
        "published": _iso(report.published),
        "language": report.language,
        "text_sha256": report.sha256,
        "raw_sha256": raw_sha256,
        "media_type": media_type,
        "origin": origin,
        "text": report.text,
        "added_at": at,
    }


def reading_row(record: Record, of_report: str, *, at: str) -> dict[str, Any]:
    """The reading without its `report` column, which is the place of the report's row."""
    unnamed = replace(record, id="", report=replace(record.report, text="", sha256=record.report.sha256))
    return {
        "id": content_id("reading", of_report, unnamed.to_json()),
        "made_by": msgspec.json.encode(record.made_by).decode(),
        "body": replace(unnamed, id=record.id, claims=()).to_json(),
        "added_at": at,
    }


def claim_rows(record: Record) -> list[dict[str, Any]]:
    """A row a claim, in the record's order, without `seq`, `reading` and `report`."""
    return [_claim_row(n, claim, record.report) for n, claim in enumerate(record.claims)]


def record_of(text: str, body: str, claims: Sequence[str]) -> Record:
    """The record that was added, from its report's text, its reading's body and its claims' bodies in order."""
    bare = msgspec.json.decode(body, type=Record)
    report = replace(bare.report, text=text)
    return replace(bare, report=report, claims=tuple(claim_of(each) for each in claims))


def claim_of(body: str) -> Claim:
    return msgspec.json.decode(body, type=Claim)


def lookups_of(claim: Claim, publisher: str | None) -> dict[str, list[dict[str, Any]]]:
    """The look-up rows of one claim by table, without `claim`; each list in the order of its key."""
    actors = [_actor(a, "actor") for a in claim.actors] + [_actor(t, "target") for t in claim.targets]
    made = {
        tables.claim_actors.name: actors,
        tables.claim_places.name: _places(claim),
        tables.claim_figures.name: _figures(claim),
        tables.claim_sources.name: _sources(claim, publisher),
    }
    for rows in made.values():
        for position, row in enumerate(rows):
            row["position"] = position
    by_field = {
        "actor": [row["folded"] for row in actors if row["role"] == "actor"],
        "target": [row["folded"] for row in actors if row["role"] == "target"],
        "place": [row["folded"] for row in made["claim_places"]],
        "source": [row["folded"] for row in made["claim_sources"]],
    }
    words = [{"field": field, "word": word} for field, names in by_field.items() for word in words_of(names)]
    made[tables.claim_words.name] = sorted(words, key=lambda row: (row["field"], row["word"]))
    return made


def _claim_row(position: int, claim: Claim, report: Report) -> dict[str, Any]:
    first, last = days_of(claim.time, report.published)
    time = claim.time
    return {
        "position": position,
        "claim_id": claim.id,
        "event": claim.event,
        "trigger": claim.trigger.text,
        "quote": claim.quote.text,
        "quote_start": claim.quote.span.start,
        "quote_end": claim.quote.span.end,
        "quote_in": claim.quote.where,
        "modality": claim.modality,
        "hedge": claim.hedge.text if claim.hedge else None,
        "verification": claim.verification,
        "earliest": _iso(time.earliest) if time else None,
        "latest": _iso(time.latest) if time else None,
        "first_day": first,
        "last_day": last,
        "day": last if first == FIRST_DAY else first,
        "score": _float(claim.score),
        "body": msgspec.json.encode(claim).decode(),
    }


def days_of(time: Period | None, published: date | None) -> tuple[str | None, str | None]:
    """The first and last day a claim speaks of: those of its time, else the day of publication, else not known.

    An open side of a time reaches to the first or last day there is.
    """
    if time and (time.earliest or time.latest):
        return _iso(time.earliest) or FIRST_DAY, _iso(time.latest) or LAST_DAY
    return _iso(published), _iso(published)


def _actor(actor: Actor, role: str) -> dict[str, Any]:
    return {
        "role": role,
        "name": actor.name,
        "written": actor.text,
        "folded": fold(actor.name, actor.text),
        "actor_id": actor.actor_id,
        "kind": actor.kind,
        "country": actor.country,
    }


def _places(claim: Claim) -> list[dict[str, Any]]:
    return [
        {
            "name": place.name,
            "written": place.text,
            "folded": fold(place.name, place.text),
            "country": place.country,
            "role": place.role,
            "precision": place.precision,
            "lat": _float(place.lat),
            "lon": _float(place.lon),
            "geonames_id": place.geonames_id,
        }
        for place in claim.places
    ]


def _figures(claim: Claim) -> list[dict[str, Any]]:
    return [
        {
            "measure": figure.measure,
            "low": _float(figure.low),
            "high": _float(figure.high),
            "qualifier": figure.qualifier,
            "of_whom": figure.of,
        }
        for figure in claim.figures
    ]


def _sources(claim: Claim, publisher: str | None) -> list[dict[str, Any]]:
    said = [
        {
            "kind": "said",
            "name": link.source.name if link.source else None,
            "written": link.source.text if link.source else None,
            "folded": fold(link.source.name, link.source.text) if link.source else fold(),
            "cue": link.cue.text if link.cue else None,
        }
        for link in claim.attribution
    ]
    if not publisher:
        return said
    row = {"kind": "publisher", "name": publisher, "written": None, "folded": fold(publisher), "cue": None}
    return [*said, row]


def _float(value: float | int | None) -> float | None:
    # As the database gives it back: the hash of a row must not depend on whether 12 came in as 12 or 12.0, and the
    # -0.0 of a longitude at Greenwich comes back as 0.0 (which adding 0.0 makes of it).
    return None if value is None else float(value) + 0.0


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _name(value: Struct) -> str:
    return type(value).__name__.lower()


def _at(span: Span) -> str:
    return f"{span.start}:{span.end}"


def _short(words: str) -> str:
    return f'"{words}"' if len(words) <= 40 else f'"{words[:39]}…"'
