"""What administrators keep: phones of people, what is switched off, how long a pause may last, versions of it all."""

import sqlalchemy as sa
from alembic import op

from agent_desktop.data.base import UuidType

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table_name in ("team", "disposition", "pause_reason", "access_setting"):
        with op.batch_alter_table(table_name) as table:
            table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    for table_name in ("team", "queue"):
        with op.batch_alter_table(table_name) as table:
            table.add_column(sa.Column("active", sa.Boolean(), nullable=False, server_default="1"))
    with op.batch_alter_table("pause_reason") as table:
        table.add_column(sa.Column("limit_s", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("agent") as table:
        table.add_column(sa.Column("one_time", sa.Boolean(), nullable=False, server_default="0"))
    op.create_table(
        "agent_phone",
        sa.Column("agent_id", UuidType(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("server", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("auth_user", sa.Text(), nullable=False),
        sa.Column("transport", sa.Text(), nullable=False),
        sa.Column("proxy", sa.Text(), nullable=False),
        sa.Column("srtp", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name="fk_agent_phone_agent_id"),
        sa.PrimaryKeyConstraint("agent_id", name="pk_agent_phone"),
        sqlite_with_rowid=False,
    )
