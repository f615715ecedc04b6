"""Where somebody works now: the lease of a desktop, and what the PBX says of its members."""

import datetime as dt
import uuid

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from agent_desktop.data.base import Base


class Desk(Base):
    """The desktop somebody works at: it has been heard of until ``expires_at``, None once it was signed out.

    ``then_presence`` is what follows the present call or wrap-up, empty for nothing asked for; ``due_at`` when the
    present wrap-up ends, whether its desktop lives or not.
    """

    __tablename__ = "desk"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    agent_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    desk_id: Mapped[uuid.UUID]
    place: Mapped[str] = mapped_column(default="")
    since: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime | None]
    due_at: Mapped[dt.datetime | None]
    then_presence: Mapped[str] = mapped_column(default="")
    then_reason: Mapped[str] = mapped_column(default="")
    dismissed_at: Mapped[dt.datetime | None]
    dismissed_by: Mapped[uuid.UUID | None]
    dismissed_why: Mapped[str] = mapped_column(default="")
    leads_pbx: Mapped[bool] = mapped_column(default=False)  # the PBX is told what the agent does here


class PbxMember(Base):
    """An agent in a queue as the collector last heard of it; ``at`` is when that became so, by the database's clock."""

    __tablename__ = "pbx_member"
    __table_args__ = (Index(None, "agent_id"), {"sqlite_with_rowid": False})
    queue_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    agent_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]
    member: Mapped[bool] = mapped_column(default=True)
    paused: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")
    reachable: Mapped[bool] = mapped_column(default=True)  # the phone it would ring
