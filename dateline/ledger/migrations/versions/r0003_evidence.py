"""What people attach to claims, and what they say of it."""

import sqlalchemy as sa
from alembic import op

from dateline.ledger.sqlite import seal

revision = "0003"
down_revision = "0002"

_BANDS = 16


def _seq() -> "sa.Column[int]":
    return sa.Column("seq", sa.Integer, sa.ForeignKey("chain.seq"), primary_key=True, autoincrement=False)


def upgrade() -> None:
    evidence = op.create_table(
        "evidence",
        _seq(),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("claim_key", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text),
        sa.Column("media_type", sa.Text),
        sa.Column("size", sa.Integer),
        sa.Column("name", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("posted_by", sa.Text),
        sa.Column("channel", sa.Text),
        sa.Column("captured_on", sa.Text),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("graphic", sa.Integer, nullable=False),
        sa.Column("pdq", sa.Text),
        sa.Column("seen", sa.Text),
        sa.Column("distance", sa.Integer),
        sa.Column("added_by", sa.Text, nullable=False),
        sa.Column("added_on", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("added_at", sa.Text, nullable=False),
    )
    states = op.create_table(
        "evidence_states",
        _seq(),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("verification", sa.Text, nullable=False),
        sa.Column("graphic", sa.Integer, nullable=False),
        sa.Column("set_aside", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("taken_by", sa.Text, nullable=False),
        sa.Column("taken_on", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("added_at", sa.Text, nullable=False),
    )
    seal(op.get_bind(), [evidence, states])
    op.create_index("evidence_by_claim", "evidence", ["claim_key"])
    op.create_index("evidence_by_sha256", "evidence", ["sha256"])
    op.create_index("evidence_by_url", "evidence", ["url"])
    op.create_index("evidence_by_seen", "evidence", ["seen"])
    op.create_index("evidence_states_by_evidence", "evidence_states", ["evidence", "seq"])
    for band in range(_BANDS):
        op.create_index(f"evidence_by_band_{band}", "evidence", [sa.text(f"substr(pdq, {4 * band + 1}, 4)")])
