"""Staffing: holidays, what queues are staffed for, who is planned, and the past that forecasts are made of."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from agent_desktop.data.admin_save import put, record_edit, required
from agent_desktop.data.errors import Refused
from agent_desktop.data.models import Holiday, PlannedAgents, StaffingAim
from agent_desktop.data.sql import insert_or_update_many, on_server, table_of
from agent_desktop.data.staffing_rows import AimRow, HolidayRow, PlannedRange, StaffingKnown
from agent_desktop.told import told

QUARTERS = 96  # of a day by the local clock
_MOST_AGENTS = 10_000
_AT_ONCE = 500


def known(session: Session, queue_id: UUID, day: date) -> StaffingKnown:
    """Everything entered that a plan of this queue and day rests on."""
    return StaffingKnown(
        aim(session, queue_id), holidays(session), planned(session, queue_id, day), may_change(session)
    )


def may_change(session: Session) -> bool:
    """Whether who is signed in plans: a supervisor on a server, whoever has the file elsewhere."""
    if not on_server(session):
        return True
    return bool(session.execute(select(func.access.is_member("supervisor"))).scalar_one())


def holidays(session: Session) -> tuple[HolidayRow, ...]:
    """All of them, by day."""
    rows = session.execute(select(table_of(Holiday)).order_by(Holiday.day))
    return tuple(HolidayRow(row.day, row.label, row.version, bool(row.active)) for row in rows)


def save_holidays(session: Session, rows: Sequence[HolidayRow]) -> int:
    """Add or change holidays, each by the version it was read at; those that are the same stay. Returns how many
    changed. Raises Refused, Stale."""
    stored = {row.day: row for row in holidays(session)}
    changed = 0
    for row in rows:
        label = required(row.label, "A holiday has a name.")
        before = stored.get(row.day)
        if before is not None and (before.label, before.active) == (label, row.active):
            continue
        put(session, Holiday, row.day, row.version, {"label": label, "active": row.active})
        changed += 1
    return changed


def aim(session: Session, queue_id: UUID) -> AimRow:
    """What a queue is staffed for; the defaults while nobody has said."""
    row = session.execute(select(table_of(StaffingAim)).where(StaffingAim.queue_id == queue_id)).one_or_none()
    if row is None:
        return AimRow(queue_id)
    return AimRow(queue_id, row.version, row.shrinkage, row.most_occupied, bool(row.patient))


def save_aim(session: Session, row: AimRow) -> None:
    """Raises Refused for shares that no number of agents can reach, Stale."""
    if not 0 <= row.shrinkage <= 0.9 or not 0.1 <= row.most_occupied <= 1:
        raise Refused("Shrinkage is 0 to 90 %, occupancy 10 to 100 %.")
    values = {"shrinkage": row.shrinkage, "most_occupied": row.most_occupied, "patient": row.patient}
    put(session, StaffingAim, row.queue_id, row.version, values)


def planned(session: Session, queue_id: UUID, day: date) -> dict[int, int]:
    """Agents on the roster by quarter hour of the local clock; those without a plan are left out."""
    table = table_of(PlannedAgents)
    rows = session.execute(
        select(table.c.quarter, table.c.agents)
        .where(table.c.queue_id == queue_id, table.c.day == day, table.c.agents.is_not(None))
        .order_by(table.c.quarter)
    )
    return {row.quarter: row.agents for row in rows}


def plan(session: Session, wanted: Sequence[PlannedRange]) -> None:
    """Store all of it; the later counts where they overlap. Raises Refused for no part of a day or number of agents."""
    rows: dict[tuple[UUID, date, int], int | None] = {}
    for one in wanted:
        if not 0 <= one.first < one.last <= QUARTERS or not one.days:
            raise Refused("A plan is for a part of a day that begins before it ends.")
        if one.agents is not None and not 0 <= one.agents <= _MOST_AGENTS:
            raise Refused(told("A plan has 0 to {0:,} agents.").format(_MOST_AGENTS))
        rows |= {(one.queue_id, day, at): one.agents for day in one.days for at in range(one.first, one.last)}
    before = {} if on_server(session) else _planned_before(session, rows)
    names = ("queue_id", "day", "quarter")
    values = [dict(zip(names, key, strict=True)) | {"agents": agents} for key, agents in rows.items()]
    for start in range(0, len(values), _AT_ONCE):
        insert_or_update_many(session, PlannedAgents, values[start : start + _AT_ONCE], names)
    for (queue_id, day), was in before.items():
        became = {at: agents for (queue, on, at), agents in rows.items() if (queue, on) == (queue_id, day)}
        changed = [at for at in sorted(became) if became[at] != was.get(at)]
        said = ({str(at): plan.get(at) for at in changed} for plan in (was, became))
        if changed:
            record_edit(session, PlannedAgents.__tablename__, f"{queue_id} {day}", *said)


def _planned_before(
    session: Session, rows: Iterable[tuple[UUID, date, int]]
) -> dict[tuple[UUID, date], dict[int, int]]:
    """What stood on the days that are planned anew; a server's triggers look themselves."""
    return {(queue_id, day): planned(session, queue_id, day) for queue_id, day, _quarter in rows}
