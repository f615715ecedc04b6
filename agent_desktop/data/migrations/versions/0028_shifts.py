"""Shifts of people, layouts of the board, and whether a report that makes itself has whole numbers."""

import sqlalchemy as sa
from alembic import op

from agent_desktop.data.base import UuidType

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "planned_shift",
        sa.Column("agent_id", UuidType(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("parts", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name="fk_planned_shift_agent_id"),
        sa.PrimaryKeyConstraint("agent_id", "day", name="pk_planned_shift"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "board_layout",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("owner_id", UuidType(), nullable=False),
        sa.Column("team_id", UuidType(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_board_layout"),
    )
    op.create_index("ix_board_layout_owner_id", "board_layout", ["owner_id"])
    with op.batch_alter_table("report_schedule") as table:
        table.add_column(sa.Column("whole_numbers", sa.Boolean(), nullable=False, server_default=sa.false()))
