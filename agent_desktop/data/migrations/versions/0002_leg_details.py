"""Legs say who sent the call on to them, and what they were for."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("leg") as table:
        table.add_column(sa.Column("referred_by", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("purpose", sa.Text(), nullable=False, server_default=""))
