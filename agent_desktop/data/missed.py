"""Missed calls that a queue handed to somebody after all: at a plain phone nobody's desktop says so, the queue does.

A visit that was answered settles the missed call of the same linked id, whichever of the two is stored first. On a
server both sides hold one lock until they are committed: else each could look before the other is to be seen.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from agent_desktop.data.models import Interaction, QueueVisit, WorkEntry
from agent_desktop.data.sql import on_server, table_of
from agent_desktop.data.words import WorkKind, WorkStatus

# A call's visits lie around its first ring: visits are found by the time of their entry.
_BEFORE, _AFTER = timedelta(hours=2), timedelta(hours=4)


def was_taken(session: Session, linked_id: str, started_at: datetime) -> bool:
    """Whether a queue handed this call of the PBX to anybody; asked before an entry for it is made."""
    if not linked_id:
        return False
    first, last = started_at - _BEFORE, started_at + _AFTER
    if on_server(session):  # an agent sees the visits of their own queues only, and the call may have gone on to others
        session.execute(
            text("SELECT pg_advisory_xact_lock_shared('access.settle_missed(text[])'::regprocedure::oid::bigint)")
        )
        return bool(session.execute(select(func.access.was_taken(linked_id, first, last))).scalar_one())
    visits = table_of(QueueVisit)
    query = select(visits.c.id).where(
        visits.c.entered_at.between(first, last), visits.c.linked_id == linked_id, visits.c.connected_at.is_not(None)
    )
    return session.execute(query.limit(1)).first() is not None


def settle(session: Session, linked_ids: Collection[str]) -> None:
    """These calls of the PBX were handed to somebody: entries for them are done."""
    if not linked_ids:
        return
    if on_server(session):
        session.execute(select(func.access.settle_missed(list(linked_ids))))
        return
    work, calls = table_of(WorkEntry), table_of(Interaction)
    found = (
        select(work.c.id)
        .join(calls, calls.c.id == work.c.interaction_id)
        .where(
            work.c.status.in_([WorkStatus.OPEN, WorkStatus.CLAIMED]),
            work.c.kind == WorkKind.MISSED,
            calls.c.linked_id.in_(linked_ids),
        )
    )
    done = update(work).where(work.c.id.in_(found)).values(status=WorkStatus.DONE, version=work.c.version + 1)
    session.execute(done)
