"""Legs keep how their voice travelled."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("leg") as table:
        table.add_column(sa.Column("codec", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("encrypted", sa.Boolean(), nullable=True))
        table.add_column(sa.Column("mos", sa.Double(), nullable=True))
        table.add_column(sa.Column("loss", sa.Double(), nullable=True))
        table.add_column(sa.Column("jitter_ms", sa.Double(), nullable=True))
        table.add_column(sa.Column("round_trip_ms", sa.Double(), nullable=True))
