"""Rows that reports are made by: versions of the queues' settings, schedules and their runs."""

import hashlib
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec


class QueueSettingRow(msgspec.Struct, frozen=True):
    """What one queue's figures are counted by; ``said`` are columns of the queue."""

    queue_id: UUID
    said: dict[str, Any]


class SettingsVersion(msgspec.Struct, frozen=True):
    """All queues' settings as they stood from ``at`` on; ``number`` counts the changes."""

    number: int
    at: datetime
    queues: tuple[QueueSettingRow, ...]

    @property
    def mark(self) -> str:
        """Eight hexadecimal digits that are others as soon as any limit or formula is another."""
        said = sorted((str(row.queue_id), sorted(row.said.items())) for row in self.queues)
        return hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:8]


class RunState(StrEnum):
    """How far a schedule's moment is."""

    MAKING = "making"
    SENDING = "sending"  # the mail is being handed over: who dies now leaves it unclear whether it went
    DONE = "done"
    AGAIN = "again"  # failed, and is tried again
    FAILED = "failed"
    UNCLEAR = "unclear"


class RunRow(msgspec.Struct, frozen=True):
    schedule_id: UUID
    due_at: datetime
    state: RunState
    attempts: int
    begun_at: datetime
    done_at: datetime | None
    again_at: datetime | None
    filed: bool
    answer: str


class ScheduleRow(msgspec.Struct, frozen=True):
    """A report that is made by itself. ``wish`` is read by core/report_wish.py. ``version`` 0: not stored yet."""

    id: UUID
    since: datetime
    version: int = 0
    name: str = ""
    wish: dict[str, Any] = msgspec.field(default_factory=dict)
    format: str = "pdf"
    weekdays: tuple[int, ...] = (1, 2, 3, 4, 5)  # ISO; empty: by month_day
    month_day: int = 0
    minute: int = 360  # of the site's day
    folder: str = ""
    to_folder: bool = True
    addresses: tuple[str, ...] = ()
    whole_numbers: bool = False  # of callers, where whoever made it may take them away
    active: bool = True
    last_run: RunRow | None = None
