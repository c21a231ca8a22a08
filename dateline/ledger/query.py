"""A ClaimQuery as SQL, and the rows it finds as StoredClaims."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, exists, false, func, or_, select

from dateline.ledger.decisions import Decision, decision_of
from dateline.ledger.results import ChainPlace, ClaimQuery, StoredClaim
from dateline.ledger.rows import claim_of
from dateline.ledger.tables import (
    chain,
    claim_actors,
    claim_places,
    claim_sources,
    claim_words,
    claims,
    decisions,
    readings,
    reports,
)
from dateline.ledger.words import fold, phrase, words_of
from dateline.record import MadeBy

# Rows fetched at a time: enough to make the calls cheap, few enough (some 2 kB each) to keep memory flat.
_ROWS_AT_A_TIME = 500

_newer = readings.alias("newer")
_is_latest = ~exists().where(_newer.c.report == claims.c.report, _newer.c.seq > claims.c.reading)
_is_latest_reading = ~exists().where(_newer.c.report == readings.c.report, _newer.c.seq > readings.c.seq)

_SELECT = (
    select(
        claims.c.seq,
        claims.c.body,
        claims.c.quote,
        reports.c.id.label("report_id"),
        reports.c.given_id,
        reports.c.title,
        reports.c.source,
        reports.c.published,
        reports.c.url,
        reports.c.text_sha256,
        reports.c.raw_sha256,
        readings.c.id.label("reading_id"),
        readings.c.made_by,
        readings.c.added_at,
        chain.c.hash,
        chain.c.prev_hash,
        _is_latest.label("latest"),
    )
    .join(readings, readings.c.seq == claims.c.reading)
    .join(reports, reports.c.seq == claims.c.report)
    .join(chain, chain.c.seq == claims.c.seq)
)


def find(connection: Connection, query: ClaimQuery) -> Iterator[StoredClaim]:
    """The claims that `query` asks for, latest day first, then in the order they were added.

    The day of a claim is the first of its time, or the last where the first is open, else its report's publication
    day; claims without one come last.
    """
    chosen = _SELECT.where(*_conditions(query)).order_by(claims.c.day.desc().nulls_last(), claims.c.seq)
    quoted = phrase(query.text) if query.text else None
    if query.limit is not None and quoted is None:
        chosen = chosen.limit(query.limit)
    shown = 0
    with connection.execution_options(yield_per=_ROWS_AT_A_TIME).execute(chosen) as rows:
        for row in rows:
            # Words of the quote are compared here: too many to keep an index of, and no database folds as we do.
            if quoted is not None and (not quoted.strip() or quoted not in fold(row.quote)):
                continue
            if query.limit is not None and shown >= query.limit:
                return
            shown += 1
            yield stored(row)


def by_claim_id(connection: Connection, report: str | None, start: str) -> list[StoredClaim]:
    """Claims whose id begins with `start`, in the order they were added; of one id in one report the last."""
    chosen = _SELECT.where(begins(claims.c.claim_id, start)).order_by(claims.c.seq)
    if report is not None:
        chosen = chosen.where(_of_report(report))
    found = [stored(row) for row in connection.execute(chosen)]
    return list({(each.report_id, each.claim.id): each for each in found}.values())


def at_places(connection: Connection, places: Sequence[int]) -> list[StoredClaim]:
    """The claims at some places in the chain, in the order of the places that is given."""
    found = {row.seq: stored(row) for row in connection.execute(_SELECT.where(claims.c.seq.in_(places)))}
    return [found[place] for place in places if place in found]


def latest_places(connection: Connection, after: int) -> Sequence[int]:
    """The places of each report's latest reading behind place `after`, in order."""
    chosen = select(readings.c.seq).where(readings.c.seq > after, _is_latest_reading).order_by(readings.c.seq)
    return connection.execute(chosen).scalars().all()


def latest_readings(connection: Connection, after: int, until: int | None = None) -> Iterator[Any]:
    """(seq, report_id, added_at of the report, text, body) of each report's latest reading behind place `after`, and
    not behind `until`."""
    chosen = (
        select(readings.c.seq, reports.c.id.label("report_id"), reports.c.added_at, reports.c.text, readings.c.body)
        .join(reports, reports.c.seq == readings.c.report)
        .where(readings.c.seq > after, _is_latest_reading)
        .order_by(readings.c.seq)
    )
    if until is not None:
        chosen = chosen.where(readings.c.seq <= until)
    with connection.execution_options(yield_per=_ROWS_AT_A_TIME).execute(chosen) as rows:
        yield from rows


def claim_bodies(connection: Connection, reading: int) -> Sequence[str]:
    """The claims of one reading as JSON, in the record's order."""
    of_reading = select(claims.c.body).where(claims.c.reading == reading).order_by(claims.c.position)
    return connection.execute(of_reading).scalars().all()


def readings_of(connection: Connection, report: int) -> Iterator[tuple[int, str, MadeBy]]:
    """(seq, body, made_by) of every reading of the report at a place, the latest first."""
    chosen = select(readings).where(readings.c.report == report).order_by(readings.c.seq.desc())
    for row in connection.execute(chosen):
        yield row.seq, row.body, _made_by(row.made_by)


def additions(connection: Connection) -> list[tuple[str, Decision]]:
    """The decisions that add a claim, and all undos, with their ids, in their order."""
    chosen = select(decisions).where(decisions.c.kind.in_(("add", "undo"))).order_by(decisions.c.seq)
    return [(row["id"], decision_of(dict(row))) for row in connection.execute(chosen).mappings()]


def holds(connection: Connection, report_id: str, claim_id: str) -> bool:
    """Whether any reading of the report has the claim."""
    found = (
        select(claims.c.seq)
        .join(reports, reports.c.seq == claims.c.report)
        .where(reports.c.id == report_id, claims.c.claim_id == claim_id)
    )
    return connection.execute(found.limit(1)).first() is not None


def count_latest(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(claims).where(_is_latest)).scalar_one()


def stored(row: Any) -> StoredClaim:
    return StoredClaim(
        claim=claim_of(row.body),
        report_id=row.report_id,
        given_id=row.given_id,
        title=row.title,
        publisher=row.source,
        published=date.fromisoformat(row.published) if row.published else None,
        url=row.url,
        text_sha256=row.text_sha256,
        raw_sha256=row.raw_sha256,
        reading_id=row.reading_id,
        latest=bool(row.latest),
        made_by=_made_by(row.made_by),
        chain=ChainPlace(seq=row.seq, hash=row.hash, previous=row.prev_hash),
        added_at=row.added_at,
    )


@lru_cache(maxsize=64)  # thousands of claims share a reader
def _made_by(body: str) -> MadeBy:
    return msgspec.json.decode(body, type=MadeBy)


def _conditions(query: ClaimQuery) -> list[ColumnElement[bool]]:
    made: list[ColumnElement[bool]] = [] if query.every_reading else [_is_latest]
    if query.event:
        made.append(claims.c.event == query.event)
    if query.modality:
        made.append(claims.c.modality == query.modality)
    if query.since:
        made.append(claims.c.last_day >= query.since.isoformat())
    if query.until:
        made.append(claims.c.first_day <= query.until.isoformat())
    if query.country:
        in_country = select(claim_places.c.claim).where(claim_places.c.country == query.country.strip().upper())
        made.append(claims.c.seq.in_(in_country))
    if query.place:
        made.append(_named("place", query.place, claim_places))
    if query.source:
        made.append(_named("source", query.source, claim_sources))
    for role, name in (("actor", query.actor), ("target", query.target)):
        if name:
            by_id = select(claim_actors.c.claim).where(claim_actors.c.actor_id == name, claim_actors.c.role == role)
            made.append(or_(_named(role, name, claim_actors, claim_actors.c.role == role), claims.c.seq.in_(by_id)))
    if query.report:
        made.append(_of_report(query.report))
    if query.known_by:
        known = func.coalesce(reports.c.published, func.substr(reports.c.added_at, 1, 10))
        made.append(known <= query.known_by.isoformat())
    return made


def _named(field: str, name: str, table: Any, *also: ColumnElement[bool]) -> ColumnElement[bool]:
    """Claims with `name` as whole words in a row: each word by index, then their order in the names so found."""
    wanted = phrase(name)
    if not wanted.strip():  # only marks: no name has none of its words
        return false()
    each_word: list[ColumnElement[bool]] = [
        claims.c.seq.in_(select(claim_words.c.claim).where(claim_words.c.field == field, claim_words.c.word == word))
        for word in words_of([wanted])
    ]
    in_a_row = exists().where(table.c.claim == claims.c.seq, table.c.folded.contains(wanted), *also)
    return and_(*each_word, in_a_row)


def _of_report(wanted: str) -> ColumnElement[bool]:
    return or_(begins(reports.c.id, wanted), reports.c.given_id == wanted)


def begins(column: ColumnElement[str], start: str) -> ColumnElement[bool]:
    """Text that begins with `start`, as a range, which an index serves on every database."""
    return and_(column >= start, column < start + "\U0010ffff")
