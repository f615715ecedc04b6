"""Holidays, what each queue is staffed for, and how many agents are planned when."""

import sqlalchemy as sa
from alembic import op

from agent_desktop.data.base import UuidType

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "holiday",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_holiday"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "staffing_aim",
        sa.Column("queue_id", UuidType(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("shrinkage", sa.Double(), nullable=False),
        sa.Column("most_occupied", sa.Double(), nullable=False),
        sa.Column("patient", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["queue_id"], ["queue.id"], name="fk_staffing_aim_queue_id"),
        sa.PrimaryKeyConstraint("queue_id", name="pk_staffing_aim"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "planned_agents",
        sa.Column("queue_id", UuidType(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("agents", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["queue_id"], ["queue.id"], name="fk_planned_agents_queue_id"),
        sa.PrimaryKeyConstraint("queue_id", "day", "quarter", name="pk_planned_agents"),
        sqlite_with_rowid=False,
    )
