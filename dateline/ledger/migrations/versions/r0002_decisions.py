"""What people decide about claims and incidents."""

import sqlalchemy as sa
from alembic import op

from dateline.ledger.sqlite import seal

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    table = op.create_table(
        "decisions",
        sa.Column("seq", sa.Integer, sa.ForeignKey("chain.seq"), primary_key=True, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("taken_by", sa.Text, nullable=False),
        sa.Column("taken_on", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("claims", sa.Text, nullable=False),
        sa.Column("others", sa.Text, nullable=False),
        sa.Column("field", sa.Text),
        sa.Column("value", sa.Text),
        sa.Column("undoes", sa.Text),
        sa.Column("added_at", sa.Text, nullable=False),
    )
    seal(op.get_bind(), [table])
