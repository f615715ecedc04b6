"""Who wrote a version of a script, and what was said each time one was handed in, given back, published or used."""

import sqlalchemy as sa
from alembic import op

from agent_desktop.data.base import UtcTime, UuidType

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("script_version", sa.Column("writer_id", UuidType(), nullable=True))
    op.execute("UPDATE script_version SET writer_id = agent_id")
    op.create_table(
        "script_review",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("script_id", UuidType(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("agent_id", UuidType(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_script_review"),
    )
    op.create_index("ix_script_review_script_id", "script_review", ["script_id"])
