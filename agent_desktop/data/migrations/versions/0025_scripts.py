"""Call scripts with their versions and rules, agents' runs of them, and the steps that were left."""

import sqlalchemy as sa
from alembic import op

from agent_desktop.data.base import KeyText, UtcTime, UuidType

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_SAYS = ("campaign", "intent", "dialled", "queue", "segment", "language")


def upgrade() -> None:
    op.create_table(
        "script",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("key", KeyText, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("published", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_script"),
        sa.UniqueConstraint("key", name="uq_script_key"),
    )
    op.create_table(
        "script_version",
        sa.Column("script_id", UuidType(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("agent_id", UuidType(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reviewed_at", UtcTime(), nullable=True),
        sa.Column("reviewer_id", UuidType(), nullable=True),
        sa.Column("review_note", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("parts", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("script_id", "number", name="pk_script_version"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "script_rule",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("script_id", UuidType(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _SAYS),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_script_rule"),
    )
    op.create_table(
        "script_run",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("interaction_id", UuidType(), nullable=False),
        sa.Column("script_id", UuidType(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("begun_at", UtcTime(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("agent_id", UuidType(), nullable=True),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_script_run"),
    )
    op.create_index("ix_script_run_interaction_id", "script_run", ["interaction_id"])
    op.create_index("ix_script_run_script_id_number", "script_run", ["script_id", "number"])
    op.create_table(
        "script_step",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("run_id", UuidType(), nullable=False),
        sa.Column("script_id", UuidType(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("spent_ms", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_script_step"),
    )
    op.create_index("ix_script_step_run_id", "script_step", ["run_id"])
    op.create_index("ix_script_step_script_id_number", "script_step", ["script_id", "number"])
