"""The work list: callbacks and missed calls that wait for somebody."""

from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, case, or_, select, update
from sqlalchemy.orm import Session, aliased

from agent_desktop.data.models import Agent, Customer, Interaction, Queue, WorkEntry
from agent_desktop.data.rows import WorkItem
from agent_desktop.data.sql import table_of
from agent_desktop.data.words import WorkKind, WorkStatus


def open_work(session: Session, agent_id: UUID, *, limit: int = 200) -> tuple[WorkItem, ...]:
    """What waits for this agent or for anyone, the earliest due first; what a colleague has claimed says so."""
    return _listed(session, _mine(agent_id), limit)


def item(session: Session, work_id: UUID) -> WorkItem | None:
    """One entry, also a finished one."""
    return next(iter(_listed(session, (WorkEntry.id == work_id,), 1)), None)


def claim(session: Session, work_id: UUID, version: int, agent_id: UUID) -> bool:
    """Take an entry as it was seen (compare-and-set); False when somebody was faster or it has changed."""
    return _set_if(session, work_id, version, WorkStatus.OPEN, {"status": WorkStatus.CLAIMED, "claimed_by": agent_id})


def _set_if(session: Session, work_id: UUID, version: int, status: WorkStatus, values: dict[str, Any]) -> bool:
    table = table_of(WorkEntry)
    statement = (
        update(table)
        .where(table.c.id == work_id, table.c.version == version, table.c.status == status)
        .values(values | {"version": version + 1})
    )
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1


def _mine(agent_id: UUID) -> tuple[Any, ...]:
    return (
        WorkEntry.status.in_([WorkStatus.OPEN, WorkStatus.CLAIMED]),
        or_(WorkEntry.assigned_to.is_(None), WorkEntry.assigned_to == agent_id),
    )


def _listed(session: Session, conditions: tuple[Any, ...], limit: int) -> tuple[WorkItem, ...]:
    promiser, claimer = aliased(Agent), aliased(Agent)
    # The call may have been linked since. Not coalesce(): a server would take that for leaky and read all customers.
    linked = Interaction.customer_id
    customer_id = case((linked.is_not(None), linked), else_=WorkEntry.customer_id)
    rows = session.execute(
        select(
            WorkEntry.__table__,
            customer_id.label("whose"),
            Customer.name.label("customer"),
            Queue.label.label("queue_label"),
            promiser.name.label("promiser"),
            claimer.name.label("claimer"),
        )
        .outerjoin(Interaction, Interaction.id == WorkEntry.interaction_id)
        .outerjoin(Customer, Customer.id == customer_id)
        .outerjoin(Queue, Queue.name == WorkEntry.queue)
        .outerjoin(promiser, promiser.id == WorkEntry.promised_by)
        .outerjoin(claimer, claimer.id == WorkEntry.claimed_by)
        .where(*conditions)
        .order_by(WorkEntry.due_at, WorkEntry.id)
        .limit(limit)
    )
    return tuple(_item(row) for row in rows)


def _item(row: Any) -> WorkItem:
    return WorkItem(
        id=row.id,
        version=row.version,
        kind=WorkKind(row.kind),
        status=WorkStatus(row.status),
        number=row.number,
        due_at=row.due_at,
        created_at=row.created_at,
        customer_id=row.whose,
        customer=row.customer or "",
        note=row.note,
        queue=row.queue_label or row.queue,
        promised_by=row.promiser or "",
        assigned_to=row.assigned_to,
        claimed_by=row.claimed_by,
        claimed_by_name=row.claimer or "",
        interaction_id=row.interaction_id,
        attempts=row.attempts,
    )
