"""What supervisors tell agents, and who has read it."""

import datetime as dt
import uuid

from sqlalchemy import Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from agent_desktop.data.base import Base


class TeamMessage(Base):
    """Said once, to whom it was for at that moment. ``at`` is the database's, whoever says it."""

    __tablename__ = "team_message"
    __table_args__ = (Index(None, "sender_id", "at"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    sender_id: Mapped[uuid.UUID | None]
    audience: Mapped[str]  # agent, team, all
    audience_id: Mapped[uuid.UUID | None]  # of the agent or the team
    text: Mapped[str]


class TeamMessageReader(Base):
    """One person it is for; ``read_at`` once they have said that they read it."""

    __tablename__ = "team_message_reader"
    __table_args__ = (
        Index(
            "ix_team_message_reader_unread",
            "agent_id",
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
        {"sqlite_with_rowid": False},
    )
    message_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    agent_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    sender_id: Mapped[uuid.UUID | None]
    read_at: Mapped[dt.datetime | None]
