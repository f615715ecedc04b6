"""What a customer agreed to, who must be kept and who was erased, and how long each kind of data stays."""

import sqlalchemy as sa
from alembic import op

from agent_desktop.data.base import UtcTime, UuidType

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_DAYS = {
    "recording": 90, "note": 730, "interaction": 730, "ticket": 730, "queue_event": 730, "audit_view": 1825,
    "audit": 1825,
}  # fmt: skip


def upgrade() -> None:
    _customers()
    _consent()
    _holds_and_removals()
    _rules()


def _customers() -> None:
    with op.batch_alter_table("customer") as table:
        table.add_column(sa.Column("consents", sa.JSON(none_as_null=True), nullable=True))
        table.add_column(sa.Column("no_calls", sa.Boolean(), nullable=False, server_default="0"))
        table.add_column(sa.Column("erased_at", UtcTime(), nullable=True))
    op.create_index(
        "ix_customer_no_calls",
        "customer",
        ["id"],
        sqlite_where=sa.text("no_calls = 1"),
        postgresql_where=sa.text("no_calls"),
    )


def _consent() -> None:
    op.create_table(
        "consent",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("customer_id", UuidType(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("agent_id", UuidType(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_consent"),
    )
    op.create_index("ix_consent_customer_id_at", "consent", ["customer_id", "at"])


def _holds_and_removals() -> None:
    op.create_table(
        "legal_hold",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("customer_id", UuidType(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("released_at", UtcTime(), nullable=True),
        sa.Column("released_by", sa.Text(), nullable=False),
        sa.Column("release_reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_legal_hold"),
    )
    op.create_index("ix_legal_hold_customer_id", "legal_hold", ["customer_id"])
    op.create_table(
        "removal",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("customer_id", UuidType(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("counts", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("xid", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_removal"),
    )
    op.create_index("ix_removal_xid", "removal", ["xid"])


def _rules() -> None:
    rules = op.create_table(
        "retention_rule",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "days >= 0 AND (substr(kind, 1, 5) <> 'audit' OR days = 0 OR days >= 365)", name="ck_retention_rule_days"
        ),
        sa.PrimaryKeyConstraint("kind", name="pk_retention_rule"),
        sqlite_with_rowid=False,
    )
    op.bulk_insert(rules, [{"kind": kind, "version": 1, "days": days} for kind, days in _DAYS.items()])
