"""The first tables: the chain, what was read, and what queries look up.

Written out in full, not taken from `tables.py`: that file moves on, this step stays as it was.
"""

import sqlalchemy as sa
from alembic import op

from dateline.ledger.sqlite import seal

revision = "0001"
down_revision = None


def _seq() -> "sa.Column[int]":
    return sa.Column("seq", sa.Integer, sa.ForeignKey("chain.seq"), primary_key=True, autoincrement=False)


def _lookup_key() -> "list[sa.Column[int]]":
    return [
        sa.Column("claim", sa.Integer, sa.ForeignKey("claims.seq"), primary_key=True, autoincrement=False),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    ]


def upgrade() -> None:
    seal(op.get_bind(), [*_chained(), *_lookups()])
    for name, table, columns in (
        ("reports_by_given_id", "reports", ["given_id"]),
        ("readings_by_report", "readings", ["report", "seq"]),
        ("claims_by_claim_id", "claims", ["claim_id"]),
        ("claims_by_event", "claims", ["event", "day", "first_day", "last_day"]),
        ("claims_by_day", "claims", ["day", "first_day", "last_day"]),
        ("claims_by_report", "claims", ["report"]),
        ("claim_actors_by_actor_id", "claim_actors", ["actor_id", "claim"]),
        ("claim_places_by_country", "claim_places", ["country", "claim"]),
        ("claim_figures_by_measure", "claim_figures", ["measure", "claim"]),
        ("claim_words_by_word", "claim_words", ["field", "word", "claim"]),
    ):
        op.create_index(name, table, columns)


def _chained() -> list[sa.Table]:
    return [
        op.create_table(
            "chain",
            sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
            sa.Column("table_name", sa.Text, nullable=False),
            sa.Column("row_id", sa.Text, nullable=False),
            sa.Column("row_hash", sa.Text, nullable=False),
            sa.Column("prev_hash", sa.Text, nullable=False),
            sa.Column("hash", sa.Text, nullable=False),
        ),
        op.create_table(
            "revisions",
            _seq(),
            sa.Column("id", sa.Text, nullable=False, unique=True),
            sa.Column("added_at", sa.Text, nullable=False),
        ),
        op.create_table(
            "reports",
            _seq(),
            sa.Column("id", sa.Text, nullable=False, unique=True),
            sa.Column("given_id", sa.Text, nullable=False),
            sa.Column("title", sa.Text),
            sa.Column("source", sa.Text),
            sa.Column("url", sa.Text),
            sa.Column("published", sa.Text),
            sa.Column("language", sa.Text, nullable=False),
            sa.Column("text_sha256", sa.Text, nullable=False),
            sa.Column("raw_sha256", sa.Text, nullable=False),
            sa.Column("media_type", sa.Text, nullable=False),
            sa.Column("origin", sa.Text, nullable=False),
            sa.Column("text", sa.Text, nullable=False),
            sa.Column("added_at", sa.Text, nullable=False),
        ),
        op.create_table(
            "readings",
            _seq(),
            sa.Column("id", sa.Text, nullable=False, unique=True),
            sa.Column("report", sa.Integer, sa.ForeignKey("reports.seq"), nullable=False),
            sa.Column("made_by", sa.Text, nullable=False),
            sa.Column("body", sa.Text, nullable=False),
            sa.Column("added_at", sa.Text, nullable=False),
        ),
        op.create_table(
            "claims",
            _seq(),
            sa.Column("reading", sa.Integer, sa.ForeignKey("readings.seq"), nullable=False),
            sa.Column("report", sa.Integer, sa.ForeignKey("reports.seq"), nullable=False),
            sa.Column("position", sa.Integer, nullable=False),
            sa.Column("claim_id", sa.Text, nullable=False),
            sa.Column("event", sa.Text, nullable=False),
            sa.Column("trigger", sa.Text, nullable=False),
            sa.Column("quote", sa.Text, nullable=False),
            sa.Column("quote_start", sa.Integer, nullable=False),
            sa.Column("quote_end", sa.Integer, nullable=False),
            sa.Column("quote_in", sa.Text, nullable=False),
            sa.Column("modality", sa.Text, nullable=False),
            sa.Column("hedge", sa.Text),
            sa.Column("verification", sa.Text, nullable=False),
            sa.Column("earliest", sa.Text),
            sa.Column("latest", sa.Text),
            sa.Column("first_day", sa.Text),
            sa.Column("last_day", sa.Text),
            sa.Column("day", sa.Text),
            sa.Column("score", sa.Float, nullable=False),
            sa.Column("body", sa.Text, nullable=False),
            sa.UniqueConstraint("reading", "position", name="claims_place_in_reading"),
        ),
        op.create_table(
            "failures",
            _seq(),
            sa.Column("id", sa.Text, nullable=False, unique=True),
            sa.Column("origin", sa.Text, nullable=False),
            sa.Column("stage", sa.Text, nullable=False),
            sa.Column("message", sa.Text, nullable=False),
            sa.Column("sha256", sa.Text),
            sa.Column("added_at", sa.Text, nullable=False),
        ),
    ]


def _lookups() -> list[sa.Table]:
    return [
        op.create_table(
            "claim_actors",
            *_lookup_key(),
            sa.Column("role", sa.Text, nullable=False),
            sa.Column("name", sa.Text, nullable=False),
            sa.Column("written", sa.Text, nullable=False),
            sa.Column("folded", sa.Text, nullable=False),
            sa.Column("actor_id", sa.Text),
            sa.Column("kind", sa.Text),
            sa.Column("country", sa.Text),
            sqlite_with_rowid=False,
        ),
        op.create_table(
            "claim_places",
            *_lookup_key(),
            sa.Column("name", sa.Text, nullable=False),
            sa.Column("written", sa.Text, nullable=False),
            sa.Column("folded", sa.Text, nullable=False),
            sa.Column("country", sa.Text),
            sa.Column("role", sa.Text),
            sa.Column("precision", sa.Text),
            sa.Column("lat", sa.Float),
            sa.Column("lon", sa.Float),
            sa.Column("geonames_id", sa.Integer),
            sqlite_with_rowid=False,
        ),
        op.create_table(
            "claim_figures",
            *_lookup_key(),
            sa.Column("measure", sa.Text),
            sa.Column("low", sa.Float),
            sa.Column("high", sa.Float),
            sa.Column("qualifier", sa.Text),
            sa.Column("of_whom", sa.Text),
            sqlite_with_rowid=False,
        ),
        op.create_table(
            "claim_sources",
            *_lookup_key(),
            sa.Column("kind", sa.Text, nullable=False),
            sa.Column("name", sa.Text),
            sa.Column("written", sa.Text),
            sa.Column("folded", sa.Text, nullable=False),
            sa.Column("cue", sa.Text),
            sqlite_with_rowid=False,
        ),
        op.create_table(
            "claim_words",
            sa.Column("claim", sa.Integer, sa.ForeignKey("claims.seq"), primary_key=True, autoincrement=False),
            sa.Column("field", sa.Text, primary_key=True),
            sa.Column("word", sa.Text, primary_key=True),
            sqlite_with_rowid=False,
        ),
    ]
