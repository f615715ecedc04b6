"""Who may do what: participants of an interaction, leaders of teams, the end of somebody's access, the audit."""

import sqlalchemy as sa
from alembic import op

from agent_desktop.data.base import Serial, UtcTime, UuidType

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

EDIT_HOURS = 72


def upgrade() -> None:
    with op.batch_alter_table("agent") as table:
        table.add_column(sa.Column("access_until", UtcTime(), nullable=True))
    op.create_table(
        "team_lead",
        sa.Column("team_id", UuidType(), nullable=False),
        sa.Column("agent_id", UuidType(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_team_lead_team_id"),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name="fk_team_lead_agent_id"),
        sa.PrimaryKeyConstraint("team_id", "agent_id", name="pk_team_lead"),
        sqlite_with_rowid=False,
    )
    setting = op.create_table(
        "access_setting",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("edit_hours", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_access_setting_one_row"),
        sa.PrimaryKeyConstraint("id", name="pk_access_setting"),
    )
    postgresql = op.get_bind().dialect.name == "postgresql"
    prefix = op.get_bind().execute(sa.text("SELECT current_database()")).scalar_one() if postgresql else ""
    op.bulk_insert(setting, [{"id": 1, "prefix": prefix, "edit_hours": EDIT_HOURS}])
    _participant()
    _audit()


def _participant() -> None:
    op.create_table(
        "participant",
        sa.Column("interaction_id", UuidType(), nullable=False),
        sa.Column("agent_id", UuidType(), nullable=False),
        sa.Column("joined_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("interaction_id", "agent_id", name="pk_participant"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO participant (interaction_id, agent_id, joined_at) "
        "SELECT interaction_id, agent_id, min(at) FROM ("
        " SELECT id AS interaction_id, agent_id, started_at AS at FROM interaction"
        " UNION ALL SELECT interaction_id, agent_id, started_at FROM leg"
        " UNION ALL SELECT interaction_id, agent_id, at FROM note"
        " UNION ALL SELECT interaction_id, agent_id, at FROM wrap_up"
        ") AS word WHERE agent_id IN (SELECT id FROM agent) GROUP BY interaction_id, agent_id"
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", Serial, autoincrement=True, nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_table_name_row_id", "audit", ["table_name", "row_id"])
    if op.get_bind().dialect.name == "sqlite":  # PostgreSQL's come with the roles, roles/3_audit.sql
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_no_{action.lower()} BEFORE {action} ON audit "
                "BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END"
            )
