"""What search and long lists ask for: a customer's words, open tickets, those somebody wrote in, missed calls."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_customer_word_customer_id_word", "customer_word", ["customer_id", "word"])
    op.drop_index("ix_customer_word_customer_id", "customer_word")
    op.create_index("ix_ticket_event_agent_id_ticket_id", "ticket_event", ["agent_id", "ticket_id"])
    for name, table, column, condition in (
        ("ix_ticket_open", "ticket", "updated_at", "status IN ('new', 'open', 'waiting')"),
        ("ix_interaction_unanswered", "interaction", "started_at", "outcome <> 'answered'"),
    ):
        where = sa.text(condition)
        op.create_index(name, table, [column], sqlite_where=where, postgresql_where=where)
    if op.get_bind().dialect.name == "sqlite":  # an index of other parts of words; the new one is made and filled after
        op.execute("DROP TABLE IF EXISTS ticket_found")
        op.execute("DROP TABLE IF EXISTS ticket_place")
