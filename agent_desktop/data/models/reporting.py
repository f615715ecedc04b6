"""What reports are made by: what queues were set to and since when, and reports that are made by themselves."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from agent_desktop.data.base import Base, Serial


class QueueSetting(Base):
    """What a queue's figures are counted by, from ``at`` on. Written by triggers at each change; ``id`` is the version
    of all queues' settings together.
    """

    __tablename__ = "queue_setting"
    __table_args__ = (Index(None, "queue_id", "id"), {"sqlite_autoincrement": True})
    id: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    at: Mapped[dt.datetime]
    queue_id: Mapped[uuid.UUID]
    said: Mapped[dict[str, Any]]  # the columns of the queue that figures ask for


class ReportSchedule(Base):
    """A report that the collector makes by itself, at ``minute`` of the site's day."""

    __tablename__ = "report_schedule"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str]
    wish: Mapped[dict[str, Any]]  # which report; core/report_wish.py
    format: Mapped[str]  # xlsx, csv, pdf
    weekdays: Mapped[list[Any]]  # ISO, 1 is Monday; empty: by ``month_day``
    month_day: Mapped[int] = mapped_column(default=0)
    minute: Mapped[int]
    folder: Mapped[str] = mapped_column(default="")  # below the collector's own folder for reports
    to_folder: Mapped[bool] = mapped_column(default=True)
    addresses: Mapped[list[Any]]
    whole_numbers: Mapped[bool] = mapped_column(default=False)  # of callers; else masked
    active: Mapped[bool] = mapped_column(default=True)
    since: Mapped[dt.datetime]  # nothing that was due before is made


class ReportRun(Base):
    """One moment at which a schedule was due, and what came of it: its key makes it happen once."""

    __tablename__ = "report_run"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    schedule_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report_schedule.id"), primary_key=True)
    due_at: Mapped[dt.datetime] = mapped_column(primary_key=True)
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=1)
    begun_at: Mapped[dt.datetime]
    done_at: Mapped[dt.datetime | None]
    again_at: Mapped[dt.datetime | None]
    filed: Mapped[bool] = mapped_column(default=False)  # it lies in its folder; what failed was the mail
    answer: Mapped[str] = mapped_column(default="")  # where it went, or why not
