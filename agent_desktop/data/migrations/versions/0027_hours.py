"""Sums of visits by agent stand by the hour, with NULL for 0: a sixth of what they took by quarter hours."""

import sqlalchemy as sa
from alembic import op

from agent_desktop.data.base import UtcTime, UuidType

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_FIELDS = (
    "entered", "answered", "answered_in_time", "abandoned", "abandoned_in_time", "abandoned_short", "exited",
    "unresolved", "refused", "timed_answers", "timed_abandons", "wait_answered_us", "wait_abandoned_us",
    "wait_exited_us", "handled", "talk_us", "hold_us", "wrap_us", "transferred", "timed_out", "left_by_key",
    "found_empty", "withdrawn",
)  # fmt: skip

_MOVE = """
INSERT INTO agent_hour (hour, agent_id, queue_id, {columns})
SELECT {hour}, agent_id, queue_id, {sums}, max(max_wait_us) FROM agent_quarter GROUP BY 1, 2, 3
"""


def upgrade() -> None:
    op.create_table(
        "agent_hour",
        sa.Column("hour", UtcTime(), nullable=False),
        sa.Column("agent_id", UuidType(), nullable=False),
        sa.Column("queue_id", UuidType(), nullable=False),
        *(sa.Column(name, sa.BigInteger() if name.endswith("_us") else sa.Integer()) for name in _FIELDS),
        sa.Column("max_wait_us", sa.BigInteger()),
    )
    on_server = op.get_bind().dialect.name == "postgresql"
    hour = "date_bin('1 hour', quarter, 'epoch'::timestamptz)" if on_server else "quarter - quarter % 3600000000"
    sums = ", ".join(f"nullif(sum({name}), 0)" for name in _FIELDS)
    columns = ", ".join([*_FIELDS, "max_wait_us"])
    op.execute(_MOVE.format(columns=columns, hour=hour, sums=sums))
    op.create_index("ix_agent_hour_hour", "agent_hour", ["hour"])
    op.drop_table("agent_quarter")
