"""What changed, row by row, for the other desktops; lists of tickets and notes by time."""

import sqlalchemy as sa
from alembic import op

from agent_desktop.data.base import KeyText, Serial, UtcTime, UuidType

revision = "0008"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "change",
        sa.Column("id", Serial, autoincrement=True, nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("kind", KeyText, nullable=False),
        sa.Column("row_id", UuidType(), nullable=True),
        sa.Column("xid", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_change"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_change_xid", "change", ["xid"])
    op.create_index("ix_ticket_updated_at", "ticket", ["updated_at"])
    op.create_index("ix_note_at", "note", ["at"])
    op.create_index("ix_interaction_e164", "interaction", ["e164"])
