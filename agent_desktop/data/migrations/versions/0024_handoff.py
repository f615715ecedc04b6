"""What the PBX and its IVR said of calls, and the map by which it is read."""

import sqlalchemy as sa
from alembic import op

from agent_desktop.data.base import UtcTime, UuidType

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handoff_rule",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_handoff_rule"),
    )
    op.create_table(
        "handoff_field",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("interaction_id", UuidType(), nullable=False),
        sa.Column("linked_id", sa.Text(), nullable=False),
        sa.Column("pbx", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_handoff_field"),
    )
    op.create_index("ix_handoff_field_interaction_id_at", "handoff_field", ["interaction_id", "at"])
    op.create_table(
        "handoff_secret",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("interaction_id", UuidType(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_handoff_secret"),
    )
    op.create_index("ix_handoff_secret_at", "handoff_secret", ["at"])
    op.create_index("ix_handoff_secret_interaction_id", "handoff_secret", ["interaction_id"])
    op.create_table(
        "handoff_warning",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_handoff_warning"),
        sqlite_with_rowid=False,
    )
    rule = sa.table("retention_rule", sa.column("kind"), sa.column("days"), sa.column("version"))
    op.get_bind().execute(sa.insert(rule).values(kind="handoff_secret", days=1, version=1))
