"""Who collects a PBX's events and how that goes, and what desktops ask of the PBX."""

import sqlalchemy as sa
from alembic import op

from agent_desktop.data.base import UtcTime, UuidType

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    lease = op.create_table(
        "collector_lease",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("holder", UuidType(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token", sa.BigInteger(), nullable=False),
        sa.Column("taken_at", UtcTime(), nullable=True),
        sa.Column("expires_at", UtcTime(), nullable=True),
        sa.CheckConstraint("id = 1", name="ck_collector_lease_one_row"),
        sa.PrimaryKeyConstraint("id", name="pk_collector_lease"),
    )
    op.bulk_insert(lease, [{"id": 1, "name": "", "token": 0}])
    op.create_table(
        "collector_health",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pbx", sa.Text(), nullable=False),
        sa.Column("told_at", UtcTime(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("connected_at", UtcTime(), nullable=True),
        sa.Column("last_event_at", UtcTime(), nullable=True),
        sa.Column("events", sa.BigInteger(), nullable=False),
        sa.Column("unknown", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("lag_ms", sa.Integer(), nullable=False),
        sa.Column("clock_ms", sa.Integer(), nullable=False),
        sa.Column("spooled", sa.Integer(), nullable=False),
        sa.Column("put_right", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("pbx_started", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", "pbx", name="pk_collector_health"),
        sqlite_with_rowid=False,
    )
    # The server's own clock says when something was asked; a file has none, its only program says it.
    now = sa.func.now() if op.get_bind().dialect.name == "postgresql" else sa.text("0")
    op.create_table(
        "pbx_request",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False, server_default=now),
        sa.Column("asked_by", UuidType(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("agent_id", UuidType(), nullable=True),
        sa.Column("queue_id", UuidType(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, server_default="asked"),
        sa.Column("taken_at", UtcTime(), nullable=True),
        sa.Column("done_at", UtcTime(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name="pk_pbx_request"),
    )
    op.create_index("ix_pbx_request_state_at", "pbx_request", ["state", "at"])
