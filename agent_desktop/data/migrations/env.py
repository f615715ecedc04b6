"""What alembic runs: the connection is handed over by schema.py (or by a test)."""

from alembic import context

import agent_desktop.data.models  # noqa: F401 - its import fills the metadata
from agent_desktop.data.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
context.run_migrations()
