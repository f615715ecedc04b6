"""A customer's words can be asked for without visiting the rows; tickets are found by the beginnings of words."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_customer_word_customer_id_word", "customer_word", ["customer_id", "word"])
    op.drop_index("ix_customer_word_customer_id", "customer_word")
    if op.get_bind().dialect.name == "sqlite":  # an index of other parts of words; the new one is made and filled after
        op.execute("DROP TABLE IF EXISTS ticket_found")
        op.execute("DROP TABLE IF EXISTS ticket_place")
