"""Who is down for which hours: one row for a person's day, kept by the version it was read at."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, cast
from uuid import UUID

import msgspec
from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.orm import Session

from agent_desktop.data.admin_save import Stale, record_edit
from agent_desktop.data.errors import Refused
from agent_desktop.data.models import PlannedShift
from agent_desktop.data.sql import NOT_YOURS, insert_new, on_server, table_of
from agent_desktop.data.staffing_rows import ShiftPart, ShiftRow
from agent_desktop.told import told

DAY = 1_440  # minutes
KINDS = ("work", "break")
_TABLE = table_of(PlannedShift)
_AT_ONCE = 500


def may_plan(session: Session) -> bool:
    """Whether who is signed in plans shifts: who leads a team its people's, a supervisor all, whoever has a file."""
    if not on_server(session):
        return True
    return bool(session.execute(select(func.access.is_member("team_lead"))).scalar_one())


def shifts(session: Session, first: date, last: date, agent_ids: Sequence[UUID] | None = None) -> tuple[ShiftRow, ...]:
    """What is planned on these days, both in it, by person and day; days once planned and free again are in it too."""
    query = select(_TABLE).where(_TABLE.c.day >= first, _TABLE.c.day <= last).order_by(_TABLE.c.agent_id, _TABLE.c.day)
    if agent_ids is None:
        return tuple(_row(row) for row in session.execute(query))
    found: list[ShiftRow] = []
    for start in range(0, len(agent_ids), _AT_ONCE):
        some = query.where(_TABLE.c.agent_id.in_(agent_ids[start : start + _AT_ONCE]))
        found += (_row(row) for row in session.execute(some))
    return tuple(found)


def save(session: Session, rows: Sequence[ShiftRow]) -> int:
    """Store people's days, each at the version it was read; those that are the same stay. How many changed.

    All or nothing: raises Stale when anybody changed one of them meanwhile, Refused for what is no shift, for shifts
    that overlap across midnight, and for people whom one does not plan.
    """
    if not rows:
        return 0
    for row in rows:
        check(row.parts)
    people = sorted({row.agent_id for row in rows})
    days = [row.day for row in rows]
    around = (min(days) - timedelta(days=1), max(days) + timedelta(days=1))
    stored = {(row.agent_id, row.day): row for row in shifts(session, *around, people)}
    changed = 0
    for row in rows:
        before = stored.get((row.agent_id, row.day))
        if (before.version if before is not None else 0) != row.version:
            raise Stale
        if (before.parts if before is not None else ()) == row.parts:
            continue
        _put(session, row, before)
        stored[row.agent_id, row.day] = row
        changed += 1
    _check_nights(stored)
    return changed


def check(parts: Sequence[ShiftPart]) -> None:
    """Raises Refused for what is no day of anybody."""
    for part in parts:
        if part.kind not in KINDS:
            raise Refused("A part of a shift is work or a break.")
        if not 0 <= part.first < part.last <= 2 * DAY or (part.first >= DAY and part is parts[0]):
            raise Refused("A shift begins within its day, and ends within the one after it.")
    for one, other in pairwise(parts):
        if other.first < one.last:
            raise Refused("Two parts of a shift overlap.")


def _check_nights(stored: Mapping[tuple[UUID, date], ShiftRow]) -> None:
    """A night must be over before the next day's shift begins."""
    for (agent_id, day), row in stored.items():
        after = stored.get((agent_id, day + timedelta(days=1)))
        if row.parts and after is not None and after.parts and row.parts[-1].last - DAY > after.parts[0].first:
            raise Refused(told("The night of {0} goes on into the next day’s shift.").format(day.isoformat()))


def _put(session: Session, row: ShiftRow, before: ShiftRow | None) -> None:
    parts = msgspec.to_builtins(row.parts)
    key = {"agent_id": row.agent_id, "day": row.day}
    if before is None:
        if not insert_new(session, PlannedShift, key | {"version": 1, "parts": parts}):
            raise Stale
    else:
        place = (_TABLE.c.agent_id == row.agent_id, _TABLE.c.day == row.day, _TABLE.c.version == row.version)
        result = session.execute(update(_TABLE).where(*place).values(version=row.version + 1, parts=parts))
        if cast("CursorResult[Any]", result).rowcount != 1:
            raise Refused(NOT_YOURS)
    if not on_server(session):
        was = key | {"parts": msgspec.to_builtins(before.parts)} if before is not None else None
        record_edit(session, _TABLE.name, f"{row.agent_id} {row.day}", was, key | {"parts": parts})


def _row(row: Any) -> ShiftRow:
    return ShiftRow(row.agent_id, row.day, row.version, msgspec.convert(row.parts or [], tuple[ShiftPart, ...]))


def by_person(rows: Iterable[ShiftRow]) -> dict[UUID, tuple[ShiftRow, ...]]:
    """The rows of each person, in order."""
    found: dict[UUID, tuple[ShiftRow, ...]] = {}
    for row in rows:
        found[row.agent_id] = (*found.get(row.agent_id, ()), row)
    return found
