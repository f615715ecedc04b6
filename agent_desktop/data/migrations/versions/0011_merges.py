"""Two customers that are one person: what a merge moved, so that it can be undone."""

import sqlalchemy as sa
from alembic import op

from agent_desktop.data.base import UtcTime, UuidType

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "customer_merge",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("kept_id", UuidType(), nullable=False),
        sa.Column("gone_id", UuidType(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("agent_id", UuidType(), nullable=True),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("undone_at", UtcTime(), nullable=True),
        sa.Column("left_alone", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_customer_merge"),
    )
    op.create_index("ix_customer_merge_kept_id", "customer_merge", ["kept_id"])
    op.create_index("ix_customer_merge_gone_id", "customer_merge", ["gone_id"])
