"""Whether callers are who they say."""

import sqlalchemy as sa
from alembic import op

from agent_desktop.data.base import UtcTime, UuidType

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    asked = ("asks_birth", "asks_address", "asks_account", "asks_phone", "asks_email", "asks_word")
    op.create_table(
        "identity_policy",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("may_fail", sa.Integer(), nullable=False),
        sa.Column("ivr_counts", sa.Integer(), nullable=False),
        sa.Column("shows_answer", sa.Boolean(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in asked),
        sa.PrimaryKeyConstraint("id", name="pk_identity_policy"),
    )
    op.create_table(
        "identity_attempt",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("interaction_id", UuidType(), nullable=False),
        sa.Column("customer_id", UuidType(), nullable=True),
        sa.Column("agent_id", UuidType(), nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_identity_attempt"),
    )
    op.create_index("ix_identity_attempt_interaction_id_at", "identity_attempt", ["interaction_id", "at"])
    op.create_table(
        "identity_answer",
        sa.Column("customer_id", UuidType(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("agent_id", UuidType(), nullable=True),
        sa.PrimaryKeyConstraint("customer_id", "question", name="pk_identity_answer"),
        sqlite_with_rowid=False,
    )
