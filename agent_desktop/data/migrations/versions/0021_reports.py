"""What queues were set to and since when, and reports that are made by themselves."""

import sqlalchemy as sa
from alembic import op

from agent_desktop import clock
from agent_desktop.data.base import Serial, UtcTime, UuidType

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_SAID = ("name", "label", "sl_threshold_s", "sl_target", "short_abandon_s", "sl_variant", "sl_exits", "active")


def upgrade() -> None:
    setting = op.create_table(
        "queue_setting",
        sa.Column("id", Serial, autoincrement=True, nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("queue_id", UuidType(), nullable=False),
        sa.Column("said", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_queue_setting"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_queue_setting_queue_id_id", "queue_setting", ["queue_id", "id"])
    queue = sa.table(
        "queue",
        sa.column("id", UuidType()),
        sa.column("position", sa.Integer()),
        sa.column("name", sa.Text()),
        sa.column("label", sa.Text()),
        sa.column("sl_threshold_s", sa.Integer()),
        sa.column("sl_target", sa.Float()),
        sa.column("short_abandon_s", sa.Integer()),
        sa.column("sl_variant", sa.Text()),
        sa.column("sl_exits", sa.Boolean()),
        sa.column("active", sa.Boolean()),
    )
    now = clock.now()
    for row in op.get_bind().execute(sa.select(queue).order_by(queue.c.position, queue.c.id)).mappings():
        said = {name: row[name] for name in _SAID}
        op.get_bind().execute(sa.insert(setting).values(at=now, queue_id=row["id"], said=said))
    op.create_table(
        "report_schedule",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("wish", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("weekdays", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("month_day", sa.Integer(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("to_folder", sa.Boolean(), nullable=False),
        sa.Column("addresses", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("since", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_report_schedule"),
    )
    op.create_table(
        "report_run",
        sa.Column("schedule_id", UuidType(), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("begun_at", UtcTime(), nullable=False),
        sa.Column("done_at", UtcTime(), nullable=True),
        sa.Column("again_at", UtcTime(), nullable=True),
        sa.Column("filed", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["schedule_id"], ["report_schedule.id"], name="fk_report_run_schedule_id"),
        sa.PrimaryKeyConstraint("schedule_id", "due_at", name="pk_report_run"),
        sqlite_with_rowid=False,
    )
