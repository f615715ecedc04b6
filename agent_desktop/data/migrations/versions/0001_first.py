"""The first schema."""

import sqlalchemy as sa
from alembic import op

from agent_desktop.data.base import KeyText, Serial, UtcTime, UuidType

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _applied_op()
    _interaction()
    _organisation()
    _pause_reason()
    _presence()
    _queue()
    _queue_event()
    _queue_visit()
    _site()
    _team()
    _ticket()
    _work_item()
    _agent()
    _customer()
    _disposition()
    _leg()
    _note()
    _ticket_event()
    _ticket_interaction()
    _wrap_up()
    _customer_word()
    _email()
    _phone()
    _product()
    _queue_member()


def _applied_op() -> None:
    op.create_table(
        "applied_op",
        sa.Column("op_id", UuidType(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("op_id", name="pk_applied_op"),
        sqlite_with_rowid=False,
    )


def _interaction() -> None:
    op.create_table(
        "interaction",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("started_at", UtcTime(), nullable=False),
        sa.Column("answered_at", UtcTime(), nullable=True),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("customer_id", UuidType(), nullable=True),
        sa.Column("agent_id", UuidType(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("e164", sa.Text(), nullable=True),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("wait_s", sa.Double(), nullable=True),
        sa.Column("linked_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("disposition_id", UuidType(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("handoff", sa.JSON(), nullable=True),
        sa.Column("stamps", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_interaction"),
    )
    op.create_index("ix_interaction_agent_id_started_at", "interaction", ["agent_id", "started_at"])
    op.create_index("ix_interaction_customer_id_started_at", "interaction", ["customer_id", "started_at"])
    op.create_index("ix_interaction_started_at", "interaction", ["started_at"])


def _organisation() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", KeyText, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
        sa.UniqueConstraint("name_key", name="uq_organisation_name_key"),
    )


def _pause_reason() -> None:
    op.create_table(
        "pause_reason",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pause_reason"),
    )


def _presence() -> None:
    op.create_table(
        "presence",
        sa.Column("id", Serial, autoincrement=True, nullable=False),
        sa.Column("agent_id", UuidType(), nullable=False),
        sa.Column("since", UtcTime(), nullable=False),
        sa.Column("presence", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("on_hold", sa.Boolean(), nullable=False),
        sa.Column("interaction_id", UuidType(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_presence"),
    )
    op.create_index("ix_presence_agent_id_since", "presence", ["agent_id", "since"])
    op.create_index("ix_presence_since", "presence", ["since"])


def _queue() -> None:
    op.create_table(
        "queue",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sl_threshold_s", sa.Integer(), nullable=False),
        sa.Column("sl_target", sa.Double(), nullable=False),
        sa.Column("short_abandon_s", sa.Integer(), nullable=False),
        sa.Column("wrap_up_s", sa.Integer(), nullable=False),
        sa.Column("requires_disposition", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_queue"),
        sa.UniqueConstraint("name", name="uq_queue_name"),
    )


def _queue_event() -> None:
    op.create_table(
        "queue_event",
        sa.Column("id", Serial, autoincrement=True, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_seq", Serial, nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("queue_id", UuidType(), nullable=True),
        sa.Column("visit_id", UuidType(), nullable=True),
        sa.Column("linked_id", sa.Text(), nullable=False),
        sa.Column("agent_id", UuidType(), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_queue_event"),
        sa.UniqueConstraint("source", "source_seq", name="uq_queue_event_source_source_seq"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_queue_event_at", "queue_event", ["at"])
    op.create_index("ix_queue_event_visit_id", "queue_event", ["visit_id"])


def _queue_visit() -> None:
    op.create_table(
        "queue_visit",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("queue_id", UuidType(), nullable=True),
        sa.Column("linked_id", sa.Text(), nullable=False),
        sa.Column("agent_id", UuidType(), nullable=True),
        sa.Column("entered_at", UtcTime(), nullable=False),
        sa.Column("connected_at", UtcTime(), nullable=True),
        sa.Column("left_at", UtcTime(), nullable=True),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.Column("offers", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("exit_reason", sa.Text(), nullable=False),
        sa.Column("ended_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_queue_visit"),
    )
    op.create_index("ix_queue_visit_entered_at", "queue_visit", ["entered_at"])
    op.create_index("ix_queue_visit_queue_id_entered_at", "queue_visit", ["queue_id", "entered_at"])


def _site() -> None:
    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("site_id", UuidType(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_site_one_row"),
        sa.PrimaryKeyConstraint("id", name="pk_site"),
    )


def _team() -> None:
    op.create_table(
        "team",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_team"),
        sa.UniqueConstraint("name", name="uq_team_name"),
    )


def _ticket() -> None:
    op.create_table(
        "ticket",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", KeyText, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("customer_id", UuidType(), nullable=True),
        sa.Column("assignee_id", UuidType(), nullable=True),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("opened_at", UtcTime(), nullable=False),
        sa.Column("updated_at", UtcTime(), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_ticket"),
        sa.UniqueConstraint("number", name="uq_ticket_number"),
    )
    op.create_index("ix_ticket_assignee_id_status", "ticket", ["assignee_id", "status"])
    op.create_index("ix_ticket_customer_id_updated_at", "ticket", ["customer_id", "updated_at"])
    op.create_index("ix_ticket_status_updated_at", "ticket", ["status", "updated_at"])


def _work_item() -> None:
    op.create_table(
        "work_item",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("customer_id", UuidType(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("promised_by", UuidType(), nullable=True),
        sa.Column("assigned_to", UuidType(), nullable=True),
        sa.Column("claimed_by", UuidType(), nullable=True),
        sa.Column("interaction_id", UuidType(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_work_item"),
    )
    op.create_index("ix_work_item_interaction_id", "work_item", ["interaction_id"])
    op.create_index("ix_work_item_status_due_at", "work_item", ["status", "due_at"])


def _agent() -> None:
    op.create_table(
        "agent",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("extension", sa.Text(), nullable=False),
        sa.Column("team_id", UuidType(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_agent_team_id"),
        sa.PrimaryKeyConstraint("id", name="pk_agent"),
        sa.UniqueConstraint("login", name="uq_agent_login"),
    )
    op.create_index("ix_agent_extension", "agent", ["extension"])


def _customer() -> None:
    op.create_table(
        "customer",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", KeyText, nullable=False),
        sa.Column("account_number", KeyText, nullable=False),
        sa.Column("organisation_id", UuidType(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("alert", sa.Text(), nullable=False),
        sa.Column("since", UtcTime(), nullable=True),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("changed_in", sa.JSON(), nullable=False),
        sa.Column("merged_into", UuidType(), nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("updated_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_customer_organisation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_customer"),
    )
    op.create_index("ix_customer_account_number", "customer", ["account_number"])
    op.create_index("ix_customer_name_key_id", "customer", ["name_key", "id"])
    op.create_index("ix_customer_organisation_id", "customer", ["organisation_id"])


def _disposition() -> None:
    op.create_table(
        "disposition",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("queue_id", UuidType(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("asks_callback", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["queue_id"], ["queue.id"], name="fk_disposition_queue_id"),
        sa.PrimaryKeyConstraint("id", name="pk_disposition"),
    )
    op.create_index("ix_disposition_queue_id", "disposition", ["queue_id"])


def _leg() -> None:
    op.create_table(
        "leg",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("interaction_id", UuidType(), nullable=False),
        sa.Column("agent_id", UuidType(), nullable=True),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("started_at", UtcTime(), nullable=False),
        sa.Column("answered_at", UtcTime(), nullable=True),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("remote", sa.Text(), nullable=False),
        sa.Column("sip_call_id", sa.Text(), nullable=False),
        sa.Column("sip_code", sa.Integer(), nullable=True),
        sa.Column("sip_reason", sa.Text(), nullable=False),
        sa.Column("ended_by", sa.Text(), nullable=False),
        sa.Column("hold_s", sa.Double(), nullable=False),
        sa.Column("cut", sa.Boolean(), nullable=False),
        sa.Column("stamps", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["interaction_id"], ["interaction.id"], name="fk_leg_interaction_id"),
        sa.PrimaryKeyConstraint("id", name="pk_leg"),
    )
    op.create_index("ix_leg_agent_id_started_at", "leg", ["agent_id", "started_at"])
    op.create_index("ix_leg_interaction_id", "leg", ["interaction_id"])


def _note() -> None:
    op.create_table(
        "note",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("interaction_id", UuidType(), nullable=False),
        sa.Column("agent_id", UuidType(), nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["interaction_id"], ["interaction.id"], name="fk_note_interaction_id"),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
    )
    op.create_index("ix_note_interaction_id", "note", ["interaction_id"])


def _ticket_event() -> None:
    op.create_table(
        "ticket_event",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("ticket_id", UuidType(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("agent_id", UuidType(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_ticket_event_ticket_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ticket_event"),
    )
    op.create_index("ix_ticket_event_ticket_id_at", "ticket_event", ["ticket_id", "at"])


def _ticket_interaction() -> None:
    op.create_table(
        "ticket_interaction",
        sa.Column("ticket_id", UuidType(), nullable=False),
        sa.Column("interaction_id", UuidType(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_ticket_interaction_ticket_id"),
        sa.PrimaryKeyConstraint("ticket_id", "interaction_id", name="pk_ticket_interaction"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ticket_interaction_interaction_id", "ticket_interaction", ["interaction_id"])


def _wrap_up() -> None:
    op.create_table(
        "wrap_up",
        sa.Column("interaction_id", UuidType(), nullable=False),
        sa.Column("agent_id", UuidType(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("disposition_id", UuidType(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("wrap_up_s", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["interaction_id"], ["interaction.id"], name="fk_wrap_up_interaction_id"),
        sa.PrimaryKeyConstraint("interaction_id", "agent_id", name="pk_wrap_up"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_wrap_up_agent_id_at", "wrap_up", ["agent_id", "at"])


def _customer_word() -> None:
    op.create_table(
        "customer_word",
        sa.Column("word", KeyText, nullable=False),
        sa.Column("customer_id", UuidType(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name="fk_customer_word_customer_id"),
        sa.PrimaryKeyConstraint("word", "customer_id", name="pk_customer_word"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_customer_word_customer_id", "customer_word", ["customer_id"])


def _email() -> None:
    op.create_table(
        "email",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("customer_id", UuidType(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("address_key", KeyText, nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name="fk_email_customer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_email"),
        sa.UniqueConstraint("customer_id", "address_key", name="uq_email_customer_id_address_key"),
    )
    op.create_index("ix_email_address_key", "email", ["address_key"])


def _phone() -> None:
    op.create_table(
        "phone",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("customer_id", UuidType(), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("e164", sa.Text(), nullable=True),
        sa.Column("key", KeyText, nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name="fk_phone_customer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_phone"),
        sa.UniqueConstraint("customer_id", "key", name="uq_phone_customer_id_key"),
    )
    op.create_index("ix_phone_key_customer_id", "phone", ["key", "customer_id"])


def _product() -> None:
    op.create_table(
        "product",
        sa.Column("id", UuidType(), nullable=False),
        sa.Column("customer_id", UuidType(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("since", UtcTime(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name="fk_product_customer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_product"),
    )
    op.create_index("ix_product_customer_id", "product", ["customer_id"])


def _queue_member() -> None:
    op.create_table(
        "queue_member",
        sa.Column("queue_id", UuidType(), nullable=False),
        sa.Column("agent_id", UuidType(), nullable=False),
        sa.Column("signed_in", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name="fk_queue_member_agent_id"),
        sa.ForeignKeyConstraint(["queue_id"], ["queue.id"], name="fk_queue_member_queue_id"),
        sa.PrimaryKeyConstraint("queue_id", "agent_id", name="pk_queue_member"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_queue_member_agent_id", "queue_member", ["agent_id"])
