"""Queues: who serves them, and everything that happened in them, as events and as visits."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from agent_desktop.data.centre_rows import QueueEventRow, QueueRow, VisitRow
from agent_desktop.data.feed import record_events
from agent_desktop.data.models import Queue, QueueEvent, QueueMember, QueueVisit
from agent_desktop.data.sql import on_server
from agent_desktop.data.words import QueueEventKind, SlVariant, VisitResult

__all__ = [
    "events_between",
    "events_since",
    "last_event_id",
    "queue_by_name",
    "queues",
    "record_events",
    "visits",
    "watched",
]


def queues(session: Session, *, active_only: bool = True) -> tuple[QueueRow, ...]:
    """The queues with their members, in the order of the board."""
    members: dict[UUID, list[UUID]] = {}
    for row in session.execute(
        select(QueueMember.queue_id, QueueMember.agent_id).order_by(QueueMember.queue_id, QueueMember.agent_id)
    ):
        members.setdefault(row.queue_id, []).append(row.agent_id)
    query = select(Queue.__table__).order_by(Queue.position, Queue.label)
    rows = session.execute(query.where(Queue.active) if active_only else query)
    return tuple(_queue(row, members.get(row.id, [])) for row in rows)


def watched(session: Session) -> frozenset[UUID] | None:
    """The queues whose events and visits this login sees; None for all of them (supervisors, services, files).

    Of the others an agent knows the names, for transfers; a figure of theirs would be an empty one.
    """
    if not on_server(session) or not session.execute(select(func.access.my_agent())).scalar_one():
        return None
    if session.execute(select(func.access.is_member("supervisor"))).scalar_one():
        return None
    return frozenset(session.execute(select(func.access.my_queues())).scalar_one())


def queue_by_name(session: Session, name: str) -> QueueRow | None:
    """The queue of this PBX name."""
    return next((queue for queue in queues(session) if queue.name == name), None)


def last_event_id(session: Session) -> int:
    """The cursor after the newest event; 0 when there is none."""
    return int(session.execute(select(func.coalesce(func.max(QueueEvent.id), 0))).scalar_one())


def events_since(session: Session, after_id: int, limit: int = 5_000) -> tuple[int, tuple[QueueEventRow, ...]]:
    """The events stored after the cursor ``after_id``, in the order of their storing, and the cursor after them.

    Cheap when nothing is new. On PostgreSQL one writer at a time keeps the order (the collector's lease).
    """
    rows = session.execute(_EVENTS_SINCE, {"after": after_id, "limit": limit}).all()
    return (rows[-1].id if rows else after_id), tuple(_event(row) for row in rows)


def events_between(session: Session, start: datetime, end: datetime) -> tuple[QueueEventRow, ...]:
    """The events of a window, in time."""
    query = _EVENTS.where(QueueEvent.at >= start, QueueEvent.at < end).order_by(QueueEvent.at, QueueEvent.id)
    return tuple(_event(row) for row in session.execute(query))


def visits(session: Session, start: datetime, end: datetime, *, queue_id: UUID | None = None) -> tuple[VisitRow, ...]:
    """The queue visits that were entered in the window, in time: every figure's source."""
    query = select(QueueVisit.__table__).where(QueueVisit.entered_at >= start, QueueVisit.entered_at < end)
    if queue_id is not None:
        query = query.where(QueueVisit.queue_id == queue_id)
    rows = session.execute(query.order_by(QueueVisit.entered_at, QueueVisit.id))
    return tuple(
        VisitRow(
            id=row.id,
            queue_id=row.queue_id,
            entered_at=row.entered_at,
            result=VisitResult(row.result),
            connected_at=row.connected_at,
            left_at=row.left_at,
            ended_at=row.ended_at,
            agent_id=row.agent_id,
            linked_id=row.linked_id,
            offers=row.offers,
            exit_reason=row.exit_reason if row.result == VisitResult.EXITED else "",
            hold_us=row.hold_us,
            wrap_us=row.wrap_us,
        )
        for row in rows
    )


def _queue(row: Any, members: list[UUID]) -> QueueRow:
    return QueueRow(
        id=row.id,
        name=row.name,
        label=row.label,
        sl_threshold_s=row.sl_threshold_s,
        sl_target=row.sl_target,
        short_abandon_s=row.short_abandon_s,
        wrap_up_s=row.wrap_up_s,
        requires_disposition=bool(row.requires_disposition),
        members=tuple(members),
        active=bool(row.active),
        sl_variant=SlVariant(row.sl_variant),
        sl_exits=bool(row.sl_exits),
    )


def _event(row: Any) -> QueueEventRow:
    return QueueEventRow(
        row.at,
        QueueEventKind(row.kind),
        row.source,
        row.source_seq,
        row.queue_id,
        row.visit_id,
        row.linked_id,
        row.agent_id,
        row.data or {},
    )


_EVENTS = select(QueueEvent.__table__)
_EVENTS_SINCE = _EVENTS.where(QueueEvent.id > bindparam("after")).order_by(QueueEvent.id).limit(bindparam("limit"))
