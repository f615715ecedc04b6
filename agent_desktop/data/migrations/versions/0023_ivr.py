"""Customers handed to a menu of the PBX."""

import sqlalchemy as sa
from alembic import op

from agent_desktop.data.base import UtcTime, UuidType

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    now = sa.func.now() if op.get_bind().dialect.name == "postgresql" else sa.text("0")
    op.create_table(
        "ivr_handover",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False, server_default=now),
        sa.Column("interaction_id", UuidType(), nullable=False),
        sa.Column("agent_id", UuidType(), nullable=True),
        sa.Column("menu", sa.Text(), nullable=False),
        sa.Column("amount", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, server_default="asked"),
        sa.Column("step", sa.Text(), nullable=False, server_default=""),
        sa.Column("digits", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("reference", sa.Text(), nullable=False, server_default=""),
        sa.Column("answers", sa.JSON(none_as_null=True), nullable=False, server_default=sa.text("'{}'")),
        sa.Column("told_at", UtcTime(), nullable=True),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_ivr_handover"),
    )
    op.create_index("ix_ivr_handover_interaction_id", "ivr_handover", ["interaction_id"])
    op.create_index("ix_ivr_handover_agent_id_at", "ivr_handover", ["agent_id", "at"])
