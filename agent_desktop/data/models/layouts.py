"""Layouts of the board: people's own, and those that a supervisor publishes."""

import uuid
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from agent_desktop.data.base import Base
from agent_desktop.data.models.knowledge import CENTRE as CENTRE


class KeptLayout(Base):
    """A layout of one person, or (owner CENTRE) of a team; without a team of everybody. Desks of the team begin with
    it.
    """

    __tablename__ = "board_layout"
    __table_args__ = (Index(None, "owner_id"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    owner_id: Mapped[uuid.UUID]
    team_id: Mapped[uuid.UUID | None]
    name: Mapped[str]
    body: Mapped[dict[str, Any]]  # which queues, parts and columns; settings.BoardLayout
    active: Mapped[bool] = mapped_column(default=True)
