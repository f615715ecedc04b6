"""Rows about staffing: days that are not like others, what a queue is staffed for, and what is known for a plan."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec


class HolidayRow(msgspec.Struct, frozen=True):
    """``version`` 0: not stored yet; ``active`` off: none after all."""

    day: date
    label: str
    version: int = 0
    active: bool = True


class AimRow(msgspec.Struct, frozen=True):
    """What one queue is staffed for, besides its service level; shares of 1. ``version`` 0: nobody has said it."""

    queue_id: UUID
    version: int = 0
    shrinkage: float = 0.3
    most_occupied: float = 0.85
    patient: bool = True


class PlannedRange(msgspec.Struct, frozen=True):
    """So many agents on the roster from the local quarter hour ``first`` to before ``last``, on each of ``days``.

    None takes the plan away.
    """

    queue_id: UUID
    days: tuple[date, ...]
    first: int
    last: int
    agents: int | None


class StaffingKnown(msgspec.Struct, frozen=True):
    """What is entered about one queue and a day; ``may_change``: by whoever is signed in."""

    aim: AimRow
    holidays: tuple[HolidayRow, ...]
    planned: Mapping[int, int]
    may_change: bool


class ShiftPart(msgspec.Struct, frozen=True, order=True, array_like=True):
    """Minutes of the site's clock from midnight on, ``last`` not in it; over 1,440: in the night after the day."""

    first: int
    last: int
    kind: str = "work"  # or "break"


class ShiftRow(msgspec.Struct, frozen=True):
    """What one person is down for on one day; no parts: free. ``version`` 0: nobody has said it."""

    agent_id: UUID
    day: date
    version: int = 0
    parts: tuple[ShiftPart, ...] = ()
