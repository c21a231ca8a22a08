"""What a search asks of the file of words: filters as one full-text question, rows by place, counts by facet."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Annotated

from msgspec import Meta, Struct

from dateline.codes import EventType, Measure, Modality
from dateline.desk.problems import BadRequest
from dateline.desk.word_file import EVERY, LONG, bounds, code, id_code, month_range, outlet_code
from dateline.ledger.words import fold, phrase

COUNTED = 10_000  # rows; of more, nobody waits to have them counted
SIZE = 50
_MOST_CODES = 200  # of months and years in a question; what has more is asked for by days alone
_FACET = 12  # values shown of each
_TERMS = 32  # words and phrases of one question
_COLUMNS = "{quote place actor target source}"
_NOTHING = 'codes : "nothing"'

Words = Annotated[str, Meta(max_length=200)]
Place = Annotated[int, Meta(ge=0, le=2**62)]


class Filters(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What claims are looked for. `q` are words, "phrases", beginnings* and -words that must not stand there; names are
    compared as in a ClaimQuery. `outlet` is a publisher's name in full, `month` the month a claim is sorted under,
    `after` the place behind which the page begins."""

    q: Words | None = None
    event: EventType | None = None
    place: Words | None = None
    country: Annotated[str, Meta(pattern="^[A-Za-z]{2}$")] | None = None
    actor: Words | None = None
    target: Words | None = None
    source: Words | None = None
    outlet: Words | None = None
    since: date | None = None
    until: date | None = None
    month: Annotated[str, Meta(pattern="^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])$")] | None = None
    modality: Modality | None = None
    measure: Measure | None = None
    after: Place | None = None
    size: Annotated[int, Meta(ge=1, le=200)] = SIZE


class TitleFilters(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What reports are looked for, by the words of their headlines and of their outlets' names."""

    q: Words | None = None
    outlet: Words | None = None
    since: date | None = None
    until: date | None = None
    after: Place | None = None
    size: Annotated[int, Meta(ge=1, le=200)] = SIZE


class Term(Struct, frozen=True):
    """One thing that is looked for: words in a row, folded; the last may be the beginning of one."""

    words: tuple[str, ...]
    begins: bool = False
    without: bool = False


class Hit(Struct, frozen=True):
    """A claim that fits: where it stands in the order, its place in the ledger, its report's, and which of its claims
    it is."""

    place: int
    seq: int
    report: int
    position: int


class Value(Struct, frozen=True):
    """One value of a facet and how many of the counted claims have it."""

    value: str
    count: int


class Counts(Struct, frozen=True, kw_only=True):
    """How many claims fit: exact up to `COUNTED`; `more` says that there are more, and that facets count the latest
    of them alone."""

    count: int
    more: bool
    facets: dict[str, tuple[Value, ...]]


class Question(Struct, frozen=True, kw_only=True):
    """Filters as SQL: a full-text question, the range of places, and what is tested row by row."""

    match: str
    low: int = 0
    high: int = 2**62
    tests: tuple[tuple[str, str], ...] = ()

    def behind(self, place: int | None) -> "Question":
        if place is None:
            return self
        return Question(match=self.match, low=self.low, high=min(self.high, place), tests=self.tests)


# --- what is asked ---------------------------------------------------------------------------------------------------


def question(connection: sqlite3.Connection, asked: Filters) -> Question:
    """The filters on claims as SQL."""
    parts = [*_terms(terms(asked.q)), *_coded(connection, asked)]
    for column, name in (("place", asked.place), ("source", asked.source)):
        if name:
            parts.append(_named(column, name))
    for column, name in (("actor", asked.actor), ("target", asked.target)):
        if name:
            parts.append(f'({_named(column, name)} OR codes : "{id_code(column, name)}")')
    if months := _months(connection, asked.since, asked.until):
        parts.append(f"codes : ({' OR '.join(months)})")
    low, high = _month_bounds(asked.month) if asked.month else (0, 2**62)
    tests = [
        (test, day.isoformat())
        for test, day in (("last_day >= ?", asked.since), ("first_day <= ?", asked.until))
        if day is not None
    ]
    return Question(match=_all(parts, terms(asked.q), _COLUMNS), low=low, high=high, tests=tuple(tests))


def title_question(connection: sqlite3.Connection, asked: TitleFilters) -> Question:
    """The filters on reports as SQL."""
    parts = [*_terms(terms(asked.q), "{title outlet}")]
    if asked.outlet:
        parts.append(_of_outlet(connection, asked.outlet))
    low = bounds(asked.since, asked.since)[0] if asked.since else 0
    high = bounds(asked.until, asked.until)[1] if asked.until else 2**62
    if asked.until and not asked.since:
        low = bounds(date.min, date.min)[0]  # a report without a date is none of those before a day
    return Question(match=_all(parts, terms(asked.q), "{title outlet}"), low=low, high=high)


def terms(said: str | None) -> tuple[Term, ...]:
    """The words of a search box.

    Raises:
        BadRequest: there are too many.
    """
    made = [term for found in _TERM.finditer(said or "") if (term := _term(*found.groups()))]
    if len(made) > _TERMS:
        raise BadRequest(f"q: {len(made)} words are too many to look for; give up to {_TERMS}.")
    return tuple(made)


_TERM = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')


def _term(minus: str, quoted: str | None, bare: str | None) -> Term | None:
    words = tuple(phrase(bare or quoted or "").split())
    begins = bare is not None and bare.endswith("*")
    return Term(words, begins, bool(minus)) if words else None


def _terms(wanted: Iterable[Term], columns: str = _COLUMNS) -> Iterator[str]:
    yield from (f"{columns} : {_written(each)}" for each in wanted if not each.without)


def _written(term: Term) -> str:
    """A term in the language of the index; folded words hold no sign that means something in it."""
    return f'"{" ".join(term.words)}"{"*" if term.begins else ""}'


def _all(parts: Sequence[str], wanted: Iterable[Term], columns: str) -> str:
    held = " AND ".join(f"({each})" for each in parts) or f'codes : "{EVERY}"'
    for each in wanted:
        if each.without:
            held = f"({held}) NOT ({columns} : {_written(each)})"
    return held


def _coded(connection: sqlite3.Connection, asked: Filters) -> Iterator[str]:
    for kind in ("event", "country", "modality", "measure"):
        if value := getattr(asked, kind):
            yield f'codes : "{code(kind, value)}"'
    if asked.outlet:
        yield _of_outlet(connection, asked.outlet)


def _of_outlet(connection: sqlite3.Connection, name: str) -> str:
    row = connection.execute("SELECT number FROM outlets WHERE name = ?", (name,)).fetchone()
    return f'codes : "{outlet_code(row[0])}"' if row else _NOTHING


def _named(column: str, name: str) -> str:
    """A name as whole words in a row; one of marks alone is nobody's."""
    words = phrase(name).split()
    return f'{column} : "{" ".join(words)}"' if words else _NOTHING


def _months(connection: sqlite3.Connection, since: date | None, until: date | None) -> list[str]:
    """The codes of the months and whole years of a time, and that of the claims which have none; nothing where these
    are too many: then the days alone decide."""
    first, last = since or date.min, until or date.max
    if (since is None and until is None) or first > last:
        return []
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    if first.year == last.year:
        return [LONG, *month_range(start, end)]
    sql = "SELECT year FROM years WHERE year > ? AND year < ? LIMIT ?"
    whole = connection.execute(sql, (first.year, last.year, _MOST_CODES + 1)).fetchall()
    made = [
        LONG,
        *(f"yy{year:04}" for (year,) in whole),
        *month_range(start, first.year * 12 + 11),
        *month_range(last.year * 12, end),
    ]
    return made if len(made) <= _MOST_CODES else []


def _month_bounds(month: str) -> tuple[int, int]:
    first = date.fromisoformat(f"{month}-01")
    last = date.max if month == "9999-12" else (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return bounds(first, last)


# --- what is found ---------------------------------------------------------------------------------------------------


def hits(connection: sqlite3.Connection, asked: Question, size: int) -> list[Hit]:
    """The first claims that fit, the latest day first."""
    sql, values = _chosen("hits.place, seq, report, position", asked, size)
    return [Hit(*row) for row in connection.execute(sql, values)]


def fitting(connection: sqlite3.Connection, asked: Question, places: Sequence[int]) -> set[int]:
    """Which of some places hold claims that fit."""
    found: set[int] = set()
    for place in places:
        if asked.low <= place < asked.high:
            sql, values = _chosen(
                "hits.place", Question(match=asked.match, low=place, high=place + 1, tests=asked.tests), 1
            )
            found.update(row[0] for row in connection.execute(sql, values))
    return found


def counts(connection: sqlite3.Connection, asked: Question) -> Counts:
    """How many claims fit, and by facet how many of them have each value."""
    chosen, values = _chosen("hits.place, event, modality, month, outlet", asked, COUNTED + 1)
    facets: dict[str, list[Value]] = {"all": [], "event": [], "country": [], "outlet": [], "month": [], "modality": []}
    for kind, value, count in connection.execute(f"WITH found AS MATERIALIZED ({chosen}) {_FACETS}", values):
        facets[kind].append(Value(value, count))
    count = facets.pop("all")[0].count
    return Counts(
        count=min(count, COUNTED),
        more=count > COUNTED,
        facets={kind: _most(kind, each) for kind, each in facets.items()},
    )


def _most(kind: str, values: Sequence[Value]) -> tuple[Value, ...]:
    """The values that most claims have, in the order of their counts; months the latest first."""
    most = sorted((each for each in values if each.value), key=lambda each: (-each.count, each.value))
    return tuple(sorted(most, key=lambda each: each.value, reverse=True) if kind == "month" else most)[:_FACET]


_FACETS = """
    SELECT 'all', '', count(*) FROM found
    UNION ALL SELECT 'event', event, count(*) FROM found GROUP BY event
    UNION ALL SELECT 'modality', modality, count(*) FROM found GROUP BY modality
    UNION ALL SELECT 'month', month, count(*) FROM found GROUP BY month
    UNION ALL SELECT 'outlet', name, count FROM
        (SELECT outlet, count(*) AS count FROM found GROUP BY outlet) JOIN outlets ON number = outlet
    UNION ALL SELECT 'country', country, count(*)
        FROM found CROSS JOIN countries ON countries.place = found.place GROUP BY country
"""


def titles(connection: sqlite3.Connection, asked: Question, size: int) -> list[tuple[int, int]]:
    """The reports whose headlines fit, the last published first: their places in the order and in the ledger."""
    sql = (
        "SELECT reports.place, seq FROM titles CROSS JOIN reports ON reports.place = titles.rowid "
        "WHERE titles MATCH ? AND titles.rowid >= ? AND titles.rowid < ? ORDER BY titles.rowid DESC LIMIT ?"
    )
    return connection.execute(sql, (asked.match, asked.low, asked.high, size)).fetchall()


def title_count(connection: sqlite3.Connection, asked: Question) -> int:
    """How many headlines fit; one more than `COUNTED` stands for more."""
    sql = "SELECT count(*) FROM (SELECT 1 FROM titles WHERE titles MATCH ? AND rowid >= ? AND rowid < ? LIMIT ?)"
    count: int = connection.execute(sql, (asked.match, asked.low, asked.high, COUNTED + 1)).fetchone()[0]
    return count


def _chosen(columns: str, asked: Question, size: int) -> tuple[str, tuple[object, ...]]:
    """Rows in their order, which the index gives as it stands: it stops where there are enough."""
    tests = "".join(f" AND {test}" for test, _ in asked.tests)
    sql = (
        f"SELECT {columns} FROM words CROSS JOIN hits ON hits.place = words.rowid "
        f"WHERE words MATCH ? AND words.rowid >= ? AND words.rowid < ?{tests} ORDER BY words.rowid DESC LIMIT ?"
    )
    return sql, (asked.match, asked.low, asked.high, *(value for _, value in asked.tests), size)


# --- what is marked --------------------------------------------------------------------------------------------------


class Piece(Struct, frozen=True):
    """A stretch of a text; `hit` where it was looked for."""

    text: str
    hit: bool = False


_WORD = re.compile(r"[^\W_]+(?:['’‘ʼ`][^\W_]+)*")  # apostrophes stand inside words, as `fold` has it


def marked(text: str, wanted: Iterable[Term]) -> list[Piece]:
    """A text cut into what was looked for and the rest."""
    spans = [found.span() for found in _WORD.finditer(text)]
    forms = [tuple(fold(text[start:end]).replace("|", " ").split()) for start, end in spans]
    runs = sorted(run for term in wanted if not term.without for run in _runs(forms, term))
    made: list[Piece] = []
    at = 0
    for first, last in runs:
        start, end = max(at, spans[first][0]), spans[last][1]
        if end > at:
            made += [Piece(text[at:start])] if start > at else []
            made.append(Piece(text[start:end], hit=True))
            at = end
    return [*made, Piece(text[at:])] if at < len(text) or not made else made


def _runs(forms: Sequence[tuple[str, ...]], term: Term) -> Iterator[tuple[int, int]]:
    """Where the words of a term stand in a row: the first and the last of them."""
    size = len(term.words)
    for at in range(len(forms) - size + 1):
        here = forms[at : at + size]
        if all(
            _is(form, word, term.begins and n == size - 1)
            for n, (form, word) in enumerate(zip(here, term.words, strict=True))
        ):
            yield at, at + size - 1


def _is(forms: tuple[str, ...], word: str, begins: bool) -> bool:
    return any(form.startswith(word) if begins else form == word for form in forms)
