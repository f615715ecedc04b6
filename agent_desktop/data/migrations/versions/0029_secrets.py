"""What only customers know is compared by the database, and who sees secrets typed in the menu is a setting."""

import sqlalchemy as sa
from alembic import op

from agent_desktop.data.base import UuidType
from agent_desktop.data.identity_rows import Question, compared

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    shown = sa.Column("reveals", sa.Text(), nullable=False, server_default="supervisor")
    op.add_column("identity_policy", shown)
    by_us: sa.Column[bool] = sa.Column("compared", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("identity_attempt", by_us)
    op.add_column("identity_answer", sa.Column("folded", sa.Text(), nullable=False, server_default=""))
    answer = sa.table(
        "identity_answer",
        sa.column("customer_id", UuidType()), sa.column("question"), sa.column("answer"), sa.column("folded"),
    )  # fmt: skip
    connection = op.get_bind()
    kept = connection.execute(sa.select(answer.c.customer_id, answer.c.question, answer.c.answer)).all()
    for row in kept:
        this = answer.c.customer_id == row.customer_id, answer.c.question == row.question
        folded = compared(Question(row.question), row.answer)
        connection.execute(sa.update(answer).where(*this).values(folded=folded))
