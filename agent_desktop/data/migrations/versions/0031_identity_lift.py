"""That a supervisor let answers of a customer be compared again."""

import sqlalchemy as sa
from alembic import op

from agent_desktop.data.base import UtcTime, UuidType

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "identity_lift",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("customer_id", UuidType(), nullable=False),
        sa.Column("agent_id", UuidType(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_identity_lift"),
    )
    op.create_index("ix_identity_lift_customer_id_at", "identity_lift", ["customer_id", "at"])
