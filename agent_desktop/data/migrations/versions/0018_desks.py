"""Who sits at which desk, and until when that was heard; when a wrap-up is due; what the PBX says of its members."""

import sqlalchemy as sa
from alembic import op

from agent_desktop.data.base import UtcTime, UuidType

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("presence", sa.Column("due_at", UtcTime(), nullable=True))
    lost = sa.text("source = 'lease'")
    op.create_index(
        "uq_presence_lost", "presence", ["agent_id", "since"], unique=True, sqlite_where=lost, postgresql_where=lost
    )
    op.create_table(
        "desk",
        sa.Column("agent_id", UuidType(), nullable=False),
        sa.Column("desk_id", UuidType(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("since", UtcTime(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=True),
        sa.Column("due_at", UtcTime(), nullable=True),
        sa.Column("then_presence", sa.Text(), nullable=False),
        sa.Column("then_reason", sa.Text(), nullable=False),
        sa.Column("dismissed_at", UtcTime(), nullable=True),
        sa.Column("dismissed_by", UuidType(), nullable=True),
        sa.Column("dismissed_why", sa.Text(), nullable=False),
        sa.Column("leads_pbx", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("agent_id", name="pk_desk"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pbx_member",
        sa.Column("queue_id", UuidType(), nullable=False),
        sa.Column("agent_id", UuidType(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("member", sa.Boolean(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("queue_id", "agent_id", name="pk_pbx_member"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_pbx_member_agent_id", "pbx_member", ["agent_id"])
