"""Who acts, who is quoted, where, by which outlet, counted over all claims in a file beside the ledger: `x.db.names`.

Everything in it is made from the ledger and the incidents, and can be made again. What one claim says never changes, so
it is noted once, when the claim comes in (`note`); what became of it can change with every report, so that the counts
are made anew from the notes (`count`), in SQL, while pages read the counts before.

An actor is the register's where the claim says so, else a bare name: no two are held to be one for an alias.
"""

import sqlite3
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec
from msgspec import Struct
from sqlalchemy import text

from dateline.incidents.shelf import CLAIMS, Shelf, in_parts
from dateline.ledger import Ledger
from dateline.ledger.words import fold, words_of
from dateline.world.actor_rows import Listed

SCHEMA = 3  # PRAGMA user_version; a file of another one is made anew
Kind: TypeAlias = Literal["actor", "place", "source"]
ACTS, TARGET, SAYS, PLACE, OUTLET = 1, 2, 4, 8, 16  # what a name is in a claim, as bits
_AT_A_TIME = 2_000  # claims noted in one transaction
_BARE = "~"  # begins the key of a name that is in no register; no id of one has it

_TABLES = """
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    -- Notes: rows of what the ledger holds.
    CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE reports (
        seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, outlet INTEGER, day TEXT NOT NULL, reading INTEGER NOT NULL);
    CREATE TABLE claims (
        seq INTEGER PRIMARY KEY, report INTEGER NOT NULL, reading INTEGER NOT NULL, position INTEGER NOT NULL,
        id TEXT NOT NULL, event TEXT NOT NULL, denies INTEGER NOT NULL, own INTEGER NOT NULL);
    CREATE TABLE facts (
        subject INTEGER, day TEXT, claim INTEGER, name INTEGER, roles INTEGER NOT NULL, outlet INTEGER,
        PRIMARY KEY (subject, day, claim, name)) WITHOUT ROWID;
    CREATE TABLE may_be (
        subject INTEGER, other TEXT, claims INTEGER NOT NULL, PRIMARY KEY (subject, other)) WITHOUT ROWID;
    CREATE INDEX may_be_other ON may_be (other);
    CREATE TABLE subjects (
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL,
        is_what TEXT, country TEXT, lat REAL, lon REAL, precision TEXT,
        claims INTEGER NOT NULL DEFAULT 0, acts INTEGER NOT NULL DEFAULT 0, target INTEGER NOT NULL DEFAULT 0,
        says INTEGER NOT NULL DEFAULT 0, own INTEGER NOT NULL DEFAULT 0, told INTEGER NOT NULL DEFAULT 0,
        denied INTEGER NOT NULL DEFAULT 0, aside INTEGER NOT NULL DEFAULT 0, incidents INTEGER NOT NULL DEFAULT 0,
        listed INTEGER NOT NULL DEFAULT 0, names INTEGER NOT NULL DEFAULT 0,
        outlets INTEGER NOT NULL DEFAULT 0, reports INTEGER NOT NULL DEFAULT 0,
        copied INTEGER NOT NULL DEFAULT 0, copies INTEGER NOT NULL DEFAULT 0, notices INTEGER NOT NULL DEFAULT 0,
        first TEXT, last TEXT, UNIQUE (kind, key));
    CREATE INDEX subjects_by_what ON subjects (kind, listed, is_what, country);
    CREATE INDEX subjects_by_country ON subjects (kind, listed, country);
    -- Counts: made anew.
    CREATE TABLE called (kind TEXT, word TEXT, subject INTEGER, PRIMARY KEY (kind, word, subject)) WITHOUT ROWID;
    CREATE TABLE used (
        subject INTEGER, name INTEGER, outlet INTEGER, claims INTEGER NOT NULL, says INTEGER NOT NULL,
        first TEXT NOT NULL, last TEXT NOT NULL);
    CREATE INDEX used_by_subject ON used (subject, name, claims);
    CREATE INDEX used_in_outlet ON used (outlet, says);
    CREATE TABLE named (
        subject INTEGER, name INTEGER, claims INTEGER NOT NULL, says INTEGER NOT NULL, outlets INTEGER NOT NULL,
        first TEXT NOT NULL, last TEXT NOT NULL, PRIMARY KEY (subject, name)) WITHOUT ROWID;
    CREATE INDEX named_by_claims ON named (subject, claims);
    CREATE TABLE by_event (
        subject INTEGER, event TEXT, claims INTEGER NOT NULL, says INTEGER NOT NULL,
        PRIMARY KEY (subject, event)) WITHOUT ROWID;
    CREATE TABLE copied (
        original INTEGER, copy INTEGER, reports INTEGER NOT NULL, PRIMARY KEY (original, copy)) WITHOUT ROWID;
    CREATE INDEX copied_by_copy ON copied (copy);
    CREATE TABLE notices (
        outlet INTEGER, day TEXT, report TEXT, by_report TEXT, why TEXT,
        PRIMARY KEY (outlet, day, report, by_report)) WITHOUT ROWID;
"""
# Lists are sorted by these; each is an index, so that a page of many thousands is its first rows.
SORTED = (
    "claims", "acts", "target", "says", "told", "denied", "aside", "incidents", "outlets", "reports", "copied",
    "copies", "notices", "first", "last", "name",
)  # fmt: skip


def prepare(connection: sqlite3.Connection) -> None:
    """The tables; those of another version are taken away first."""
    if connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA:
        return
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute("PRAGMA user_version").fetchone()[0] != SCHEMA:
        empty(connection)
    connection.execute("COMMIT")


def empty(connection: sqlite3.Connection) -> None:
    """Everything anew, within a transaction."""
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        connection.execute(f'DROP TABLE "{name}"')
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            connection.execute(statement)
    for column in SORTED:
        connection.execute(f"CREATE INDEX subjects_by_{column} ON subjects (kind, listed, {column}, id)")
    connection.execute(f"PRAGMA user_version = {SCHEMA}")


def kept(connection: sqlite3.Connection, name: str) -> str:
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return row[0] if row else ""


def keep(connection: sqlite3.Connection, **values: object) -> None:
    rows = [(name, str(value)) for name, value in values.items()]
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)


def bare_key(name: str, country: str = "") -> str:
    """The key of a name that is in no register: the same however it is written, capitals and accents aside."""
    return _BARE + sha256(f"{fold(name).strip()}\x1f{country}".encode()).hexdigest()[:16]


# --- notes -----------------------------------------------------------------------------------------------------------


class _Named(Struct, frozen=True):
    """As much of an actor or speaker as is noted."""

    name: str
    actor_id: str | None = None
    kind: str | None = None
    country: str | None = None
    may_be: tuple[str, ...] = ()


class _Place(Struct, frozen=True):
    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None
    geonames_id: int | None = None


class _Link(Struct, frozen=True):
    source: _Named | None = None


class _Claim(Struct, frozen=True):
    """As much of a claim as is noted."""

    event: str
    actors: tuple[_Named, ...] = ()
    targets: tuple[_Named, ...] = ()
    places: tuple[_Place, ...] = ()
    attribution: tuple[_Link, ...] = ()
    modality: str = "actual"


_CLAIM = msgspec.json.Decoder(_Claim)
# Readings are the measure of how far the notes are: a reading's claims come in with it.
_READINGS = text(
    "SELECT readings.seq, reports.seq, reports.id, reports.source, coalesce(reports.published, "
    "substr(reports.added_at, 1, 10)) FROM readings JOIN reports ON reports.seq = readings.report "
    "WHERE readings.seq > :after ORDER BY readings.seq LIMIT :most"
)
_CLAIMS_OF = text(
    "SELECT seq, reading, report, position, claim_id, body FROM claims WHERE reading > :after AND reading <= :upto "
    "ORDER BY seq"
)


def note(connection: sqlite3.Connection, ledger: Ledger, most: int = _AT_A_TIME) -> bool:
    """Note what the next readings claim, some `most` of them; False where there were none."""
    after = int(kept(connection, "upto") or 0)
    with ledger.reading() as held:
        readings = held.execute(_READINGS, {"after": after, "most": most // 4 + 1}).all()
        if not readings:
            return False
        upto = readings[-1][0]
        found = held.execute(_CLAIMS_OF, {"after": after, "upto": upto}).all()
    connection.execute("BEGIN IMMEDIATE")
    notes = _Notes(connection)
    for reading, report, id, outlet, day in readings:
        notes.report(report, id, outlet, day, reading)
    for seq, reading, report, position, id, body in found:
        notes.claim(seq, reading, report, position, id, _CLAIM.decode(body))
    notes.write()
    keep(connection, upto=upto)
    connection.execute("COMMIT")
    return True


_IS_WHAT = "UPDATE subjects SET is_what = coalesce(is_what, ?), country = coalesce(country, ?) WHERE id = ?"


class _Notes:
    """The notes of some readings, gathered and then written."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._subjects: dict[tuple[str, str], int] = {}
        self._told: set[int] = set()  # of which it is known what they are
        self._names: dict[str, int] = {}
        self._reports: dict[int, tuple[str, int | None, str]] = {}  # id, outlet, day
        self._claims: list[tuple[object, ...]] = []
        self._facts: dict[tuple[int, str, int, int], tuple[int, int | None]] = {}
        self._may_be: dict[tuple[int, str], int] = {}

    def report(self, seq: int, id: str, outlet: str | None, day: str, reading: int) -> None:
        made = self._subject("source", outlet, outlet) if outlet else None
        self._reports[seq] = (id, made, day)
        self._connection.execute(
            "INSERT INTO reports VALUES (?, ?, ?, ?, ?) ON CONFLICT (seq) DO UPDATE SET reading = excluded.reading",
            (seq, id, made, day, reading),
        )

    def claim(self, seq: int, reading: int, report: int, position: int, id: str, claim: _Claim) -> None:
        _, outlet, day = self._reports[report]
        denies = claim.modality == "denied"
        self._claims.append((seq, report, reading, position, id, claim.event, denies, not claim.attribution))
        speakers = tuple(link.source for link in claim.attribution if link.source)
        for role, parties in ((ACTS, claim.actors), (TARGET, claim.targets), (SAYS, speakers)):
            for party in parties:
                self._party(party, role, day, seq, outlet)
        for place in claim.places:
            self._fact(self._place(place), day, seq, place.name, PLACE, outlet)
        if outlet is not None:
            self._facts[outlet, day, seq, 0] = (OUTLET, outlet)

    def _party(self, party: _Named, role: int, day: str, claim: int, outlet: int | None) -> None:
        key = party.actor_id or bare_key(party.name)
        subject = self._subject("actor", key, party.name, is_what=party.kind, country=party.country)
        if party.kind and subject not in self._told:  # who was only quoted so far has no kind yet
            self._connection.execute(_IS_WHAT, (party.kind, party.country, subject))
            self._told.add(subject)
        self._fact(subject, day, claim, party.name, role, outlet)
        if not party.actor_id:
            for other in party.may_be:
                self._may_be[subject, other] = self._may_be.get((subject, other), 0) + 1

    def _place(self, place: _Place) -> int:
        key = str(place.geonames_id) if place.geonames_id else bare_key(place.name, place.country or "")
        return self._subject(
            "place", key, place.name, country=place.country, lat=place.lat, lon=place.lon, precision=place.precision
        )

    def _fact(self, subject: int, day: str, claim: int, name: str, role: int, outlet: int | None) -> None:
        where = (subject, day, claim, self._name(name))
        roles, _ = self._facts.get(where, (0, None))
        self._facts[where] = (roles | role, outlet)

    def _subject(self, kind: Kind, key: str, name: str, **known: object) -> int:
        found = self._subjects.get((kind, key))
        if found is None:
            row = (
                self._connection.execute("SELECT id FROM subjects WHERE kind = ? AND key = ?", (kind, key)).fetchone()
                or self._connection.execute(
                    f"INSERT INTO subjects (kind, key, name, folded{''.join(f', {each}' for each in known)}) "
                    f"VALUES (?, ?, ?, ?{', ?' * len(known)}) RETURNING id",
                    (kind, key, name, fold(name), *known.values()),
                ).fetchone()
            )
            found = self._subjects[kind, key] = int(row[0])
        return found

    def _name(self, name: str) -> int:
        found = self._names.get(name)
        if found is None:
            row = self._connection.execute("SELECT id FROM names WHERE name = ?", (name,)).fetchone()
            row = (
                row or self._connection.execute("INSERT INTO names (name) VALUES (?) RETURNING id", (name,)).fetchone()
            )
            found = self._names[name] = int(row[0])
        return found

    def write(self) -> None:
        many = self._connection.executemany
        many("INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?)", self._claims)
        many("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?)", sorted((*at, *held) for at, held in self._facts.items()))
        many(
            "INSERT INTO may_be VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET claims = claims + excluded.claims",
            [(*at, claims) for at, claims in self._may_be.items()],
        )


# --- counts ----------------------------------------------------------------------------------------------------------


class _Outline(Struct, frozen=True):
    """As much of an incident as is counted."""

    denied_by: tuple[str, ...] = ()
    set_aside: dict[str, str] = {}


_OUTLINE = msgspec.json.Decoder(_Outline)
_STATES = f"""
    CREATE TEMP TABLE states AS
    SELECT c.seq AS claim, incs.n AS incident, c.event AS event, c.own AS own,
        gone.claim IS NOT NULL AS aside,
        gone.claim IS NULL AND coalesce(incs.origins, 0) >= 2 AS told,
        gone.claim IS NULL AND coalesce(incs.denied, 0) AND NOT c.denies AS denied
    FROM reports AS r CROSS JOIN claims AS c ON c.report = r.seq AND c.reading = r.reading
    LEFT JOIN numbers ON numbers.id = r.id
    LEFT JOIN shelf.claims AS held ON held.claim = numbers.number * {CLAIMS} + c.position
    LEFT JOIN incs ON incs.id = held.incident
    LEFT JOIN gone ON gone.report = r.id AND gone.claim = c.id
"""
# A claim that names somebody twice counts once: rows of one claim stand beside one another in the key.
_TOTALS = f"""
    CREATE TEMP TABLE totals AS
    SELECT subject, count(*) AS claims, sum(roles & {ACTS} > 0) AS acts, sum(roles & {TARGET} > 0) AS target,
        sum(says) AS says, sum(own) AS own, sum(told AND counts) AS told, sum(denied AND counts) AS denied,
        sum(aside AND counts) AS aside, count(DISTINCT incident) AS incidents, min(day) AS first, max(day) AS last
    FROM (
        SELECT subject, day, incident, own, told, denied, aside, roles, roles & {SAYS} > 0 AS says,
            roles & {SAYS | PLACE | OUTLET} > 0 AS counts
        FROM (
            SELECT subject, day, s.incident, s.own, s.told, s.denied, s.aside,
                max(roles & {ACTS}) | max(roles & {TARGET}) | max(roles & {SAYS}) | max(roles & {PLACE | OUTLET})
                    AS roles
            FROM facts CROSS JOIN states AS s ON s.claim = facts.claim GROUP BY subject, day, facts.claim
        )
    ) GROUP BY subject
"""
_USED = f"""
    INSERT INTO used SELECT subject, name, outlet, count(*), sum(roles & {SAYS} > 0), min(day), max(day)
    FROM facts CROSS JOIN states AS s ON s.claim = facts.claim GROUP BY subject, name, outlet
"""
_NAMED = """
    INSERT INTO named SELECT subject, name, sum(claims), sum(says), count(outlet), min(first), max(last)
    FROM used WHERE name > 0 GROUP BY subject, name
"""
_BY_EVENT = f"""
    INSERT INTO by_event SELECT subject, s.event, count(DISTINCT facts.claim), sum(roles & {SAYS | OUTLET} > 0)
    FROM facts CROSS JOIN states AS s ON s.claim = facts.claim GROUP BY subject, s.event
"""
_COPIED = """
    INSERT INTO copied SELECT one.outlet, other.outlet, count(DISTINCT other.seq)
    FROM (SELECT json_extract(CAST(body AS TEXT), '$.original') AS a, json_extract(CAST(body AS TEXT), '$.copy') AS b
        FROM shelf.copies) AS pairs
    CROSS JOIN reports AS one ON one.id = pairs.a CROSS JOIN reports AS other ON other.id = pairs.b
    WHERE one.outlet IS NOT NULL AND other.outlet IS NOT NULL AND one.outlet <> other.outlet
    GROUP BY one.outlet, other.outlet
"""
_NOTICES = """
    INSERT OR IGNORE INTO notices SELECT kept.outlet, later.known, earlier.id, later.id, aside.why
    FROM shelf.aside AS aside CROSS JOIN shelf.reports AS earlier ON earlier.number = aside.report
    CROSS JOIN shelf.reports AS later ON later.number = aside.by_report
    CROSS JOIN reports AS kept ON kept.id = earlier.id WHERE kept.outlet IS NOT NULL
"""
_COUNTED = (
    "listed", "claims", "acts", "target", "says", "own", "told", "denied", "aside", "incidents", "names", "outlets",
    "reports", "copied", "copies", "notices",
)  # fmt: skip
_UPDATES = (
    f"UPDATE subjects SET {', '.join(f'{each} = 0' for each in _COUNTED)}, first = NULL, last = NULL WHERE listed = 1",
    "UPDATE subjects SET listed = 1, claims = t.claims, acts = t.acts, target = t.target, says = t.says, own = t.own, "
    "told = t.told, denied = t.denied, aside = t.aside, incidents = t.incidents, first = t.first, last = t.last "
    "FROM totals AS t WHERE t.subject = subjects.id",
    "UPDATE subjects SET names = t.names FROM (SELECT subject, count(*) AS names FROM named GROUP BY subject) AS t "
    "WHERE t.subject = subjects.id",
    "UPDATE subjects SET outlets = t.outlets FROM (SELECT subject, count(DISTINCT outlet) AS outlets FROM used "
    "GROUP BY subject) AS t WHERE t.subject = subjects.id",
    "UPDATE subjects SET listed = 1, reports = t.reports, first = t.first, last = t.last "
    "FROM (SELECT outlet, count(*) AS reports, min(day) AS first, max(day) AS last "
    "FROM reports GROUP BY outlet) AS t WHERE t.outlet = subjects.id",
    "UPDATE subjects SET copied = t.reports FROM (SELECT original, sum(reports) AS reports FROM copied "
    "GROUP BY original) AS t WHERE t.original = subjects.id",
    "UPDATE subjects SET copies = t.reports FROM (SELECT copy, sum(reports) AS reports FROM copied GROUP BY copy) "
    "AS t WHERE t.copy = subjects.id",
    "UPDATE subjects SET notices = t.notices FROM (SELECT outlet, count(DISTINCT report) AS notices FROM notices "
    "GROUP BY outlet) AS t WHERE t.outlet = subjects.id",
)


def count(connection: sqlite3.Connection, shelf: Path, register: Mapping[str, Listed], **stamp: object) -> None:
    """Make all counts anew from the notes and the incidents; who reads meanwhile reads those before.

    Args:
        shelf: the file of the incidents.
        register: the actors of the register by id.
        stamp: what is kept in `meta` with them.
    """
    connection.execute("ATTACH DATABASE ? AS shelf", (str(shelf),))
    try:
        connection.execute("BEGIN IMMEDIATE")
        for name in ("incs", "gone", "numbers", "states", "totals"):
            connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
        _look_at_incidents(connection)
        connection.execute("CREATE TEMP TABLE numbers (id TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID")
        connection.execute("INSERT INTO numbers SELECT id, number FROM shelf.reports")
        connection.execute(_STATES)
        connection.execute("CREATE UNIQUE INDEX temp.states_by_claim ON states (claim)")
        connection.execute(_TOTALS)
        for table in ("used", "named", "by_event", "copied", "notices", "called"):
            connection.execute(f"DELETE FROM {table}")
        for statement in (_USED, _NAMED, _BY_EVENT, _COPIED, _NOTICES, *_UPDATES):
            connection.execute(statement)
        _name(connection, register)
        keep(connection, **stamp)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("DETACH DATABASE shelf")


def _look_at_incidents(connection: sqlite3.Connection) -> None:
    """What is counted of each incident: how many origins, whether somebody denies it, which claims have no say."""
    connection.execute(
        "CREATE TEMP TABLE incs (n INTEGER PRIMARY KEY, id TEXT UNIQUE, origins INTEGER, denied INTEGER)"
    )
    connection.execute("CREATE TEMP TABLE gone (report TEXT, claim TEXT, PRIMARY KEY (report, claim)) WITHOUT ROWID")
    rows = connection.execute("SELECT id, origins, body FROM shelf.incidents")
    for part in in_parts(rows, 1_000):
        outlines = [(id, origins, _OUTLINE.decode(body)) for id, origins, body in part]
        connection.executemany(
            "INSERT INTO incs (id, origins, denied) VALUES (?, ?, ?)",
            [(id, origins, bool(one.denied_by)) for id, origins, one in outlines],
        )
        keys = [key.rpartition("/") for _, _, one in outlines for key in one.set_aside]
        connection.executemany("INSERT OR IGNORE INTO gone VALUES (?, ?)", [(key[0], key[2]) for key in keys])


def _name(connection: sqlite3.Connection, register: Mapping[str, Listed]) -> None:
    """Call each by the register's name, else by the one used most; keep all names to be looked for."""
    connection.create_function(
        "folded", 1, lambda names: fold(*names.split("\x1f")) if names else "", deterministic=True
    )
    connection.execute(
        "UPDATE subjects SET folded = folded(t.said), name = t.most FROM (SELECT subject, "
        "group_concat(name, char(31)) AS said, max(CASE WHEN place = 1 THEN name END) AS most FROM ("
        "SELECT named.subject, names.name, row_number() OVER (PARTITION BY subject ORDER BY claims DESC, names.name) "
        "AS place FROM named JOIN names ON names.id = named.name) WHERE place <= 40 GROUP BY subject) AS t "
        "WHERE t.subject = subjects.id"
    )
    known = connection.execute("SELECT id, key, folded FROM subjects WHERE kind = 'actor' AND key NOT LIKE '~%'")
    rows = [
        (actor.name, f"{said}|{fold(actor.name)}", actor.kind, actor.country, id)
        for id, key, said in known
        if (actor := register.get(key))
    ]
    connection.executemany("UPDATE subjects SET name = ?, folded = ?, is_what = ?, country = ? WHERE id = ?", rows)
    named = connection.execute("SELECT kind, id, folded FROM subjects WHERE listed = 1")
    for part in in_parts(named, 1_000):
        words = [(kind, word, id) for kind, id, said in part for word in words_of([said])]
        connection.executemany("INSERT INTO called VALUES (?, ?, ?)", words)


def stamp_of(ledger: Ledger, shelf: Shelf) -> str:
    """What the counts depend on: the ledger up to here, and the rules by which incidents are made."""
    with shelf.reading() as connection:
        rows = connection.exec_driver_sql("SELECT name, value FROM meta ORDER BY name")
        rules = [f"{name}={value}" for name, value in rows]
    return sha256("\x1f".join((ledger.head().hash, *rules)).encode()).hexdigest()
