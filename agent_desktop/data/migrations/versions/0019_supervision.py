"""Messages to agents with who has read them, when listening in ended, and whether those listened to are told."""

import sqlalchemy as sa
from alembic import op

from agent_desktop.data.base import UtcTime, UuidType

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    now = sa.func.now() if op.get_bind().dialect.name == "postgresql" else sa.text("0")
    op.create_table(
        "team_message",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False, server_default=now),
        sa.Column("sender_id", UuidType(), nullable=True),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("audience_id", UuidType(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_team_message"),
    )
    op.create_index("ix_team_message_sender_id_at", "team_message", ["sender_id", "at"])
    op.create_table(
        "team_message_reader",
        sa.Column("message_id", UuidType(), nullable=False),
        sa.Column("agent_id", UuidType(), nullable=False),
        sa.Column("sender_id", UuidType(), nullable=True),
        sa.Column("read_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("message_id", "agent_id", name="pk_team_message_reader"),
        sqlite_with_rowid=False,
    )
    where = sa.text("read_at IS NULL")
    op.create_index(
        "ix_team_message_reader_unread", "team_message_reader", ["agent_id"], sqlite_where=where, postgresql_where=where
    )
    op.add_column("pbx_request", sa.Column("over_at", UtcTime(), nullable=True))
    op.create_index("ix_pbx_request_agent_id_at", "pbx_request", ["agent_id", "at"])
    where = sa.text("kind = 'monitor' AND over_at IS NULL")
    op.create_index("ix_pbx_request_monitor", "pbx_request", ["agent_id"], sqlite_where=where, postgresql_where=where)
    told: sa.Column[bool] = sa.Column("tells_monitored", sa.Boolean(), nullable=False, server_default=sa.true())
    op.add_column("access_setting", told)
