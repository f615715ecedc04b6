"""How the PBX reaches the database and back: who collects, how that goes, and what is asked of the PBX."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from agent_desktop.data.base import Base


class CollectorLease(Base):
    """One row: which collector writes. ``token`` grows with each that takes over."""

    __tablename__ = "collector_lease"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    holder: Mapped[uuid.UUID | None]
    name: Mapped[str] = mapped_column(default="")
    token: Mapped[int] = mapped_column(BigInteger, default=0)
    taken_at: Mapped[dt.datetime | None]
    expires_at: Mapped[dt.datetime | None]


class CollectorHealth(Base):
    """How one collector's connection to one PBX goes, by the database's clock."""

    __tablename__ = "collector_health"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    name: Mapped[str] = mapped_column(primary_key=True)
    pbx: Mapped[str] = mapped_column(primary_key=True)
    told_at: Mapped[dt.datetime]
    active: Mapped[bool] = mapped_column(default=False)  # holds the lease
    connected_at: Mapped[dt.datetime | None]
    last_event_at: Mapped[dt.datetime | None]
    events: Mapped[int] = mapped_column(BigInteger, default=0)  # of the manager, since it was connected
    unknown: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what nobody here is called: kind → name → how often
    lag_ms: Mapped[int] = mapped_column(default=0)  # from the PBX's event to the commit, the worst of the last second
    clock_ms: Mapped[int] = mapped_column(default=0)  # how far the PBX's clock is behind the database's
    spooled: Mapped[int] = mapped_column(default=0)  # events in the spool
    put_right: Mapped[int] = mapped_column(default=0)  # differences to the PBX's own state that were found
    trouble: Mapped[str] = mapped_column(default="")
    pbx_started: Mapped[str] = mapped_column(default="")


class PbxRequest(Base):
    """Something that somebody wants the PBX to do, and what it said. ``at`` is the database's, whoever asks."""

    __tablename__ = "pbx_request"
    __table_args__ = (
        Index(None, "state", "at"),
        Index(None, "agent_id", "at"),
        Index(
            "ix_pbx_request_monitor",
            "agent_id",
            sqlite_where=text("kind = 'monitor' AND over_at IS NULL"),
            postgresql_where=text("kind = 'monitor' AND over_at IS NULL"),
        ),
    )
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    asked_by: Mapped[uuid.UUID | None]
    kind: Mapped[str]
    agent_id: Mapped[uuid.UUID | None]  # whom it is about
    queue_id: Mapped[uuid.UUID | None]
    reason: Mapped[str]
    detail: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(server_default="asked")
    taken_at: Mapped[dt.datetime | None]
    done_at: Mapped[dt.datetime | None]
    answer: Mapped[str] = mapped_column(server_default="")
    over_at: Mapped[dt.datetime | None]  # of listening in: it has ended
