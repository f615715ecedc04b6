"""What figures of calls and customers are counted from: unique calls, outcomes, transfers, who contacted us when."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from agent_desktop.data.models import Interaction, QueueEvent, QueueVisit
from agent_desktop.data.words import Channel, Direction, QueueEventKind


def unique_calls(session: Session, start: datetime, end: datetime, queues: Collection[UUID] | None = None) -> int:
    """How many different calls entered a queue in the window; a visit of no known call is one by itself.

    Of several windows or queues the sums are more than the whole: one call may be in each.
    """
    named = QueueVisit.linked_id != ""
    calls = func.count(case((named, QueueVisit.linked_id)).distinct()) + func.count(case((~named, 1)))
    query = select(calls).where(QueueVisit.entered_at >= start, QueueVisit.entered_at < end)
    return int(session.execute(query.where(*_of(QueueVisit.queue_id, queues))).scalar_one())


def outcomes(session: Session, start: datetime, end: datetime, *, queue: str | None = None) -> dict[str, int]:
    """How many calls that began in the window ended how; those still going on are ``in_progress``.

    ``queue``: only those of this queue, by its PBX name.
    """
    outcome = func.coalesce(Interaction.outcome, "in_progress")
    query = select(outcome.label("outcome"), func.count().label("calls")).where(
        Interaction.started_at >= start, Interaction.started_at < end, Interaction.channel == Channel.CALL.value
    )
    if queue is not None:
        query = query.where(Interaction.queue == queue)
    return {row.outcome: row.calls for row in session.execute(query.group_by(outcome))}


def transfers(
    session: Session, start: datetime, end: datetime, queues: Collection[UUID] | None = None
) -> dict[str, int]:
    """How many talks of the queues were passed on in the window, by kind: blind, attended; empty where nobody said."""
    kind = func.coalesce(QueueEvent.data["kind"].as_string(), "")
    query = select(kind.label("kind"), func.count(QueueEvent.visit_id.distinct()).label("talks")).where(
        QueueEvent.at >= start, QueueEvent.at < end, QueueEvent.kind == QueueEventKind.TRANSFERRED.value
    )
    rows = session.execute(query.where(*_of(QueueEvent.queue_id, queues)).group_by(kind))
    return {row.kind: row.talks for row in rows}


def contacts(session: Session, start: datetime, end: datetime) -> tuple[tuple[UUID | None, datetime], ...]:
    """Each inbound contact that began in the window, on any channel: whose it was, and when; in time."""
    query = (
        select(Interaction.customer_id, Interaction.started_at)
        .where(
            Interaction.started_at >= start,
            Interaction.started_at < end,
            Interaction.direction == Direction.INBOUND.value,
            Interaction.channel != Channel.NOTE.value,
        )
        .order_by(Interaction.started_at, Interaction.id)
    )
    return tuple((row.customer_id, row.started_at) for row in session.execute(query))


def _of(column: InstrumentedAttribute[UUID | None], queues: Collection[UUID] | None) -> tuple[ColumnElement[bool], ...]:
    return () if queues is None else (column.in_(queues),)
