"""Who is planned to be there, what is aimed at, and the days that are not like others of their weekday."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from agent_desktop.data.base import Base


class Holiday(Base):
    """A day of the site's calendar; ``active`` off: it is none after all."""

    __tablename__ = "holiday"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    label: Mapped[str] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)


class StaffingAim(Base):
    """What one queue is staffed for, besides its service level; shares from 0 to below 1."""

    __tablename__ = "staffing_aim"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    queue_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("queue.id"), primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    shrinkage: Mapped[float] = mapped_column(default=0.3)  # of those on the roster who are not there to take calls
    most_occupied: Mapped[float] = mapped_column(default=0.85)
    patient: Mapped[bool] = mapped_column(default=True)  # as if nobody hung up


class PlannedAgents(Base):
    """How many are on the roster of a queue in one quarter hour of the local clock, 0 to 95; NULL: nothing planned."""

    __tablename__ = "planned_agents"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    queue_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("queue.id"), primary_key=True)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    quarter: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    agents: Mapped[int | None]


class PlannedShift(Base):
    """What one person is down for on one day of the site: minutes of its clock, which go on beyond 1,440 into the night
    after it; nothing: free.
    """

    __tablename__ = "planned_shift"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    agent_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agent.id"), primary_key=True)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    parts: Mapped[list[Any]]  # [first minute, minute after the last, "work" or "break"], in order
