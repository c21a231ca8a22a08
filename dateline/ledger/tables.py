"""The ledger's tables as they stand today, in SQLAlchemy Core types that SQLite and PostgreSQL share.

`migrations/` holds how they came to be; a test compares the two. Every chained row carries `seq`, its place in the one
chain that runs through all tables. The look-up tables under a claim are part of that claim's row: its hash covers them.

Days are ISO text (YYYY-MM-DD), moments ISO text in UTC: both sort as they stand and hash the same on every database.
"""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint, text

metadata = MetaData()

chain = Table(
    "chain",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("table_name", Text, nullable=False),
    Column("row_id", Text, nullable=False),
    Column("row_hash", Text, nullable=False),
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
)


def _seq() -> Column[int]:
    return Column("seq", Integer, ForeignKey("chain.seq"), primary_key=True, autoincrement=False)


revisions = Table(
    "revisions",
    metadata,
    _seq(),
    Column("id", Text, nullable=False, unique=True),
    Column("added_at", Text, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    _seq(),
    Column("id", Text, nullable=False, unique=True),
    Column("given_id", Text, nullable=False),
    Column("title", Text),
    Column("source", Text),
    Column("url", Text),
    Column("published", Text),
    Column("language", Text, nullable=False),
    Column("text_sha256", Text, nullable=False),
    Column("raw_sha256", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    Index("reports_by_given_id", "given_id"),
)

# A reading's `body` is the record's JSON without the report's text and the claims, which have rows of their own.
readings = Table(
    "readings",
    metadata,
    _seq(),
    Column("id", Text, nullable=False, unique=True),
    Column("report", Integer, ForeignKey("reports.seq"), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    Index("readings_by_report", "report", "seq"),
)

# `first_day` and `last_day` are the days a claim speaks of, `day` the one it is sorted by (query.py says how each is
# found); `earliest` and `latest` are what the claim itself says.
claims = Table(
    "claims",
    metadata,
    _seq(),
    Column("reading", Integer, ForeignKey("readings.seq"), nullable=False),
    Column("report", Integer, ForeignKey("reports.seq"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("claim_id", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("trigger", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("quote_start", Integer, nullable=False),
    Column("quote_end", Integer, nullable=False),
    Column("quote_in", Text, nullable=False),
    Column("modality", Text, nullable=False),
    Column("hedge", Text),
    Column("verification", Text, nullable=False),
    Column("earliest", Text),
    Column("latest", Text),
    Column("first_day", Text),
    Column("last_day", Text),
    Column("day", Text),
    Column("score", Float, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("reading", "position", name="claims_place_in_reading"),
    Index("claims_by_claim_id", "claim_id"),
    Index("claims_by_event", "event", "day", "first_day", "last_day"),
    Index("claims_by_day", "day", "first_day", "last_day"),
    Index("claims_by_report", "report"),
)

failures = Table(
    "failures",
    metadata,
    _seq(),
    Column("id", Text, nullable=False, unique=True),
    Column("origin", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("sha256", Text),
    Column("added_at", Text, nullable=False),
)

# What people decided; `claims` and `others` are JSON lists of claim keys, "report id/claim id" (decisions.py).
decisions = Table(
    "decisions",
    metadata,
    _seq(),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("taken_by", Text, nullable=False),
    Column("taken_on", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("claims", Text, nullable=False),
    Column("others", Text, nullable=False),
    Column("field", Text),
    Column("value", Text),
    Column("undoes", Text),
    Column("added_at", Text, nullable=False),
)


# What people attach to claims (evidence.py). `seen` is what was there before of the same file, address or picture, and
# `distance` in how many of 256 bits the two pictures' perceptual hashes differ.
BAND_DIGITS = 4  # hexadecimal: 16 bits
BANDS = tuple(f"substr(pdq, {1 + start}, {BAND_DIGITS})" for start in range(0, 64, BAND_DIGITS))

evidence = Table(
    "evidence",
    metadata,
    _seq(),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("claim_key", Text, nullable=False),
    Column("sha256", Text),
    Column("media_type", Text),
    Column("size", Integer),
    Column("name", Text),
    Column("url", Text),
    Column("posted_by", Text),
    Column("channel", Text),
    Column("captured_on", Text),
    Column("note", Text, nullable=False),
    Column("graphic", Integer, nullable=False),
    Column("pdq", Text),
    Column("seen", Text),
    Column("distance", Integer),
    Column("added_by", Text, nullable=False),
    Column("added_on", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    Index("evidence_by_claim", "claim_key"),
    Index("evidence_by_sha256", "sha256"),
    Index("evidence_by_url", "url"),
    Index("evidence_by_seen", "seen"),
    *(Index(f"evidence_by_band_{number}", text(band)) for number, band in enumerate(BANDS)),
)

# What is said of an attachment; each row is its whole state, and the last one holds.
evidence_states = Table(
    "evidence_states",
    metadata,
    _seq(),
    Column("id", Text, nullable=False, unique=True),
    Column("evidence", Text, nullable=False),
    Column("verification", Text, nullable=False),
    Column("graphic", Integer, nullable=False),
    Column("set_aside", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("taken_by", Text, nullable=False),
    Column("taken_on", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    Index("evidence_states_by_evidence", "evidence", "seq"),
)


# Look-up tables have no hidden row number (`sqlite_with_rowid`): nothing but the key can name a row.
def _claim() -> Column[int]:
    return Column("claim", Integer, ForeignKey("claims.seq"), primary_key=True, autoincrement=False)


def _position() -> Column[int]:
    return Column("position", Integer, primary_key=True, autoincrement=False)


claim_actors = Table(
    "claim_actors",
    metadata,
    _claim(),
    _position(),
    Column("role", Text, nullable=False),  # actor or target
    Column("name", Text, nullable=False),
    Column("written", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("actor_id", Text),
    Column("kind", Text),
    Column("country", Text),
    Index("claim_actors_by_actor_id", "actor_id", "claim"),
    sqlite_with_rowid=False,
)

claim_places = Table(
    "claim_places",
    metadata,
    _claim(),
    _position(),
    Column("name", Text, nullable=False),
    Column("written", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("country", Text),
    Column("role", Text),
    Column("precision", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("geonames_id", Integer),
    Index("claim_places_by_country", "country", "claim"),
    sqlite_with_rowid=False,
)

claim_figures = Table(
    "claim_figures",
    metadata,
    _claim(),
    _position(),
    Column("measure", Text),
    Column("low", Float),
    Column("high", Float),
    Column("qualifier", Text),
    Column("of_whom", Text),
    Index("claim_figures_by_measure", "measure", "claim"),
    sqlite_with_rowid=False,
)

# Who says so: the attribution chain, outermost first, and last (`kind` publisher) the report's own publisher.
claim_sources = Table(
    "claim_sources",
    metadata,
    _claim(),
    _position(),
    Column("kind", Text, nullable=False),  # said or publisher
    Column("name", Text),
    Column("written", Text),
    Column("folded", Text, nullable=False),
    Column("cue", Text),
    sqlite_with_rowid=False,
)

# The words of names, so that "Mosul" finds "in and around Mosul" by index. `field`: actor, target, place or source.
claim_words = Table(
    "claim_words",
    metadata,
    _claim(),
    Column("field", Text, primary_key=True),
    Column("word", Text, primary_key=True),
    Index("claim_words_by_word", "field", "word", "claim"),
    sqlite_with_rowid=False,
)

CHAINED = (revisions, reports, readings, claims, failures, decisions, evidence, evidence_states)
LOOKUPS = (claim_actors, claim_places, claim_figures, claim_sources, claim_words)
EVERY_TABLE = (chain, *CHAINED, *LOOKUPS)
