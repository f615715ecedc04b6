"""Imports of customers, and what each made and changed."""

import sqlalchemy as sa
from alembic import op

from agent_desktop.data.base import UtcTime, UuidType

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_run",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("counts", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_import_run"),
    )
    op.create_table(
        "import_change",
        sa.Column("run_id", UuidType(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("row_id", UuidType(), nullable=False),
        sa.Column("made", sa.Boolean(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name="fk_import_change_run_id"),
        sa.PrimaryKeyConstraint("run_id", "seq", name="pk_import_change"),
        sqlite_with_rowid=False,
    )
    # Whether a customer has been used since is asked for each that is taken back.
    merged = sa.text("merged_into IS NOT NULL")
    op.create_index(
        "ix_customer_merged_into", "customer", ["merged_into"], sqlite_where=merged, postgresql_where=merged
    )
    op.create_index("ix_work_item_customer_id", "work_item", ["customer_id"])
