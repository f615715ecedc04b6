"""Recordings: where each one is, which of its seconds are missing, and who agreed to it."""

import sqlalchemy as sa
from alembic import op

from agent_desktop.data.base import UtcTime, UuidType

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recording",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("interaction_id", UuidType(), nullable=False),
        sa.Column("leg_id", UuidType(), nullable=True),
        sa.Column("agent_id", UuidType(), nullable=True),
        sa.Column("started_at", UtcTime(), nullable=False),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("gaps", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("consent_at", UtcTime(), nullable=False),
        sa.Column("consent_by", UuidType(), nullable=True),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=True),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("stamps", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_recording"),
    )
    op.create_index("ix_recording_interaction_id", "recording", ["interaction_id"])
    op.create_index("ix_recording_started_at", "recording", ["started_at"])
