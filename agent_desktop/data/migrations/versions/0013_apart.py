"""Two customers who look like one person, and of whom somebody said that they are two."""

import sqlalchemy as sa
from alembic import op

from agent_desktop.data.base import UtcTime, UuidType

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "customer_apart",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("first_id", UuidType(), nullable=False),
        sa.Column("second_id", UuidType(), nullable=False),
        sa.Column("apart", sa.Boolean(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("agent_id", UuidType(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_customer_apart"),
    )
    op.create_index("ix_customer_apart_first_id", "customer_apart", ["first_id"])
    op.create_index("ix_customer_apart_second_id", "customer_apart", ["second_id"])
