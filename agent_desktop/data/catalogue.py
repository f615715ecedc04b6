"""What agents choose from: dispositions with their reasons, pause reasons."""

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from agent_desktop.data.centre_rows import DispositionRow, PauseReasonRow
from agent_desktop.data.models import Disposition, PauseReason, Queue


def dispositions(session: Session, queue: str = "") -> tuple[DispositionRow, ...]:
    """The dispositions for a call of this queue (its PBX name): the queue's own first, then those of every queue."""
    query = _DISPOSITIONS.where(or_(Disposition.queue_id.is_(None), Queue.name == queue))
    return _rows(session, query.order_by(Disposition.queue_id.is_(None), Disposition.position, Disposition.label))


def all_dispositions(session: Session) -> tuple[DispositionRow, ...]:
    """Every active disposition, queue by queue, those of every queue last."""
    last = Disposition.queue_id.is_(None)
    return _rows(session, _DISPOSITIONS.order_by(last, Queue.position, Disposition.position, Disposition.label))


def pause_reasons(session: Session) -> tuple[PauseReasonRow, ...]:
    """The active pause reasons, in order."""
    columns = (PauseReason.id, PauseReason.label, PauseReason.position, PauseReason.limit_s)
    query = select(*columns).where(PauseReason.active).order_by(PauseReason.position, PauseReason.label)
    return tuple(PauseReasonRow(row.id, row.label, row.position, row.limit_s) for row in session.execute(query))


def _rows(session: Session, query: Any) -> tuple[DispositionRow, ...]:
    return tuple(
        DispositionRow(
            row.id, row.label, row.queue_id, row.position, tuple(map(str, row.reasons or ())), bool(row.asks_callback)
        )
        for row in session.execute(query)
    )


_DISPOSITIONS: Any = (
    select(
        Disposition.id,
        Disposition.label,
        Disposition.queue_id,
        Disposition.position,
        Disposition.reasons,
        Disposition.asks_callback,
    )
    .outerjoin(Queue, Queue.id == Disposition.queue_id)
    .where(Disposition.active)
)
