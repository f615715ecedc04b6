"""How each queue's service level is counted, and the time zone of the site's days."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("queue") as table:
        table.add_column(sa.Column("sl_variant", sa.Text(), nullable=False, server_default="offered"))
        table.add_column(sa.Column("sl_exits", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("site") as table:
        table.add_column(sa.Column("time_zone", sa.Text(), nullable=False, server_default=""))
