"""How long each queue visit's wait, talk, holds and wrap-up were, and sums of visits by quarter hour."""

import sqlalchemy as sa
from alembic import op

from agent_desktop.data.base import Serial, UtcTime, UuidType

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_COUNTS = (
    "entered", "answered", "answered_in_time", "abandoned", "abandoned_in_time", "abandoned_short", "exited",
    "unresolved", "refused", "timed_answers", "timed_abandons", "wait_answered_us", "wait_abandoned_us",
    "wait_exited_us", "handled", "talk_us", "hold_us", "wrap_us", "transferred", "timed_out", "left_by_key",
    "found_empty", "withdrawn",
)  # fmt: skip

# As it was when this ran first; what visits are worked out by now stands in visit_events.py.
# What is known of each visit, from its events: {US:a:b} stands for the microseconds from a to b. An entry that was not
# heard of is the first that was; a hold lasts until it is resumed or the talk ends, a wrap-up until its end.
_FROM_EVENTS = """
WITH told AS (
    SELECT visit_id,
        min(at) FILTER (WHERE kind = 'entered') AS entered,
        min(at) FILTER (WHERE kind NOT IN ('wrap_up_started', 'wrap_up_ended')) AS heard,
        min(at) FILTER (WHERE kind = 'connected') AS connected,
        max(at) FILTER (WHERE kind IN ('completed', 'transferred')) AS over,
        min(at) FILTER (WHERE kind = 'abandoned') AS abandoned,
        min(at) FILTER (WHERE kind = 'exited') AS exited
    FROM queue_event WHERE visit_id IS NOT NULL GROUP BY visit_id
), marks AS (
    SELECT visit_id, at, kind IN ('held', 'wrap_up_started') AS begins, kind IN ('held', 'resumed') AS hold
    FROM queue_event
    WHERE visit_id IS NOT NULL AND kind IN ('held', 'resumed', 'wrap_up_started', 'wrap_up_ended')
), runs AS (
    SELECT visit_id, hold, at, begins, coalesce(sum(CASE WHEN begins THEN 0 ELSE 1 END) OVER (
        PARTITION BY visit_id, hold ORDER BY at, begins ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ), 0) AS run
    FROM marks
), spans AS (
    SELECT visit_id, hold, min(at) FILTER (WHERE begins) AS begun, max(at) FILTER (WHERE NOT begins) AS over
    FROM runs GROUP BY visit_id, hold, run
), lasted AS (
    SELECT s.visit_id,
        sum({US:s.begun:coalesce(s.over, t.over)}) FILTER (
            WHERE s.hold AND coalesce(s.over, t.over) > s.begun
        ) AS hold,
        sum({US:s.begun:s.over}) FILTER (WHERE NOT s.hold) AS wrap
    FROM spans s JOIN told t ON t.visit_id = s.visit_id GROUP BY s.visit_id
), known AS (
    SELECT t.*, coalesce(t.entered, t.heard) AS began,
        {US:t.entered:coalesce(t.connected, t.abandoned, t.exited)} AS wait,
        {US:t.connected:t.over} AS together, coalesce(l.hold, 0) AS hold, coalesce(l.wrap, 0) AS wrap
    FROM told t LEFT JOIN lasted l ON l.visit_id = t.visit_id
)
UPDATE queue_visit SET
    entered_at = k.began,
    result = CASE WHEN coalesce(k.connected, k.over) IS NOT NULL THEN 'answered'
        WHEN k.abandoned IS NOT NULL THEN 'abandoned' WHEN k.exited IS NOT NULL THEN 'exited' ELSE 'unresolved' END,
    wait_us = CASE WHEN k.over IS NOT NULL AND k.connected IS NULL THEN NULL WHEN k.wait < 0 THEN 0 ELSE k.wait END,
    talk_us = CASE WHEN k.together < 0 THEN 0 WHEN k.hold > k.together THEN 0 ELSE k.together - k.hold END,
    hold_us = CASE WHEN k.together IS NULL OR k.together < 0 THEN 0 WHEN k.hold > k.together THEN k.together
        ELSE k.hold END,
    wrap_us = k.wrap
FROM known k WHERE k.visit_id = queue_visit.id AND k.began IS NOT NULL
"""


def upgrade() -> None:
    with op.batch_alter_table("queue_visit") as table:
        table.add_column(sa.Column("wait_us", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("talk_us", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("hold_us", sa.BigInteger(), nullable=False, server_default="0"))
        table.add_column(sa.Column("wrap_us", sa.BigInteger(), nullable=False, server_default="0"))
    where = sa.text("kind = 'refused'")
    op.create_index("ix_queue_event_refused", "queue_event", ["at"], sqlite_where=where, postgresql_where=where)
    op.create_table(
        "queue_quarter",
        sa.Column("quarter", UtcTime(), nullable=False),
        sa.Column("queue_id", UuidType(), nullable=False),
        *_sums(),
        sa.PrimaryKeyConstraint("quarter", "queue_id", name="pk_queue_quarter"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "agent_quarter",
        sa.Column("quarter", UtcTime(), nullable=False),
        sa.Column("agent_id", UuidType(), nullable=False),
        sa.Column("queue_id", UuidType(), nullable=False),
        *_sums(),
    )
    op.create_index("ix_agent_quarter_quarter", "agent_quarter", ["quarter"])
    op.create_table(
        "stale_quarter",
        sa.Column("id", Serial, nullable=False, autoincrement=True),
        sa.Column("quarter", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stale_quarter"),
    )
    op.create_table(
        "counted_limits",
        sa.Column("queue_id", UuidType(), nullable=False),
        sa.Column("threshold_s", sa.Integer(), nullable=False),
        sa.Column("short_s", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("queue_id", name="pk_counted_limits"),
        sqlite_with_rowid=False,
    )
    op.execute(_statement())


def _sums() -> list[sa.Column[int]]:
    fields = [
        sa.Column(name, sa.BigInteger() if name.endswith("_us") else sa.Integer(), nullable=False) for name in _COUNTS
    ]
    return [*fields, sa.Column("max_wait_us", sa.BigInteger(), nullable=True)]


def _statement() -> str:
    on_server = op.get_bind().dialect.name == "postgresql"
    parts = _FROM_EVENTS.split("{US:")
    found = parts[0]
    for part in parts[1:]:
        inside, rest = part.split("}", 1)
        first, last = inside.split(":", 1)
        found += (
            f"CAST(extract(epoch FROM ({last}) - ({first})) * 1000000 AS bigint)"
            if on_server
            else f"(({last}) - ({first}))"
        )
        found += rest
    return found.replace("%", "%%")
