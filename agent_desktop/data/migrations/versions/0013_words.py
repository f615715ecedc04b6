"""A customer's words can be asked for without visiting the rows: whether one who has this word also has that."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_customer_word_customer_id_word", "customer_word", ["customer_id", "word"])
    op.drop_index("ix_customer_word_customer_id", "customer_word")
