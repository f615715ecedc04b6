"""How long each person handled calls, waited for them, or was paused: summed up by the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Float, case, cast, func, literal, or_, select
from sqlalchemy.orm import Session

from agent_desktop.data.agent_time_rows import AgentTime
from agent_desktop.data.models import PresenceSpan
from agent_desktop.data.sql import on_server, table_of
from agent_desktop.data.words import Presence

LOOK_BACK = timedelta(days=7)  # a state that lasts longer is one of nobody
_HANDLING = (Presence.TALKING.value, Presence.WRAP_UP.value)
_AVAILABLE = (Presence.READY.value, Presence.RINGING.value)


def times(session: Session, start: datetime, end: datetime) -> Mapping[UUID, AgentTime]:
    """What each person did between these moments; a state lasts until the person's next one."""
    if end <= start:
        return {}
    spans = table_of(PresenceSpan)
    until = func.lead(spans.c.since).over(partition_by=spans.c.agent_id, order_by=(spans.c.since, spans.c.id))
    lasting = (
        select(spans.c.agent_id, spans.c.presence, spans.c.since.label("since"), until.label("until"))
        .where(spans.c.since >= start - LOOK_BACK, spans.c.since < end)
        .subquery()
    )
    first, last = (literal(moment, spans.c.since.type) for moment in (start, end))
    ended = func.coalesce(lasting.c.until, last)
    begins = case((lasting.c.since < first, first), else_=lasting.c.since)
    lasted = _us(session, ended, begins)
    rows = session.execute(
        select(lasting.c.agent_id, lasting.c.presence, func.sum(lasted).label("us"))
        .where(ended > first)
        .group_by(lasting.c.agent_id, lasting.c.presence)
    )
    found: dict[UUID, AgentTime] = {}
    for row in rows:
        found[row.agent_id] = found.get(row.agent_id, AgentTime()) + _as(row.presence, int(row.us))
    return found


def turns(
    session: Session, start: datetime, end: datetime, agent_ids: Sequence[UUID]
) -> tuple[tuple[UUID, datetime, Presence], ...]:
    """When people began to work, rested or went, in order for each: of what follows one another and is the same for a
    plan only the first. Of what began before ``start`` as much is there as ``times`` looks back.
    """
    spans = table_of(PresenceSpan)
    working = spans.c.presence.in_((*_HANDLING, *_AVAILABLE))
    kind = case((working, Presence.READY.value), else_=spans.c.presence)
    was = func.lag(kind).over(partition_by=spans.c.agent_id, order_by=(spans.c.since, spans.c.id))
    found = (
        select(spans.c.id, spans.c.agent_id, spans.c.since, kind.label("kind"), was.label("was"))
        .where(spans.c.since >= start - LOOK_BACK, spans.c.since < end, spans.c.agent_id.in_(agent_ids))
        .subquery()
    )
    rows = session.execute(
        select(found.c.agent_id, found.c.since, found.c.kind)
        .where(or_(found.c.was.is_(None), found.c.was != found.c.kind))
        .order_by(found.c.agent_id, found.c.since, found.c.id)
    )
    return tuple((row.agent_id, row.since, Presence(row.kind)) for row in rows)


def _as(presence: str, us: int) -> AgentTime:
    if presence in _HANDLING:
        return AgentTime(handling_us=us)
    if presence in _AVAILABLE:
        return AgentTime(available_us=us)
    return AgentTime(paused_us=us) if presence == Presence.PAUSED else AgentTime()


def _us(session: Session, later: Any, earlier: Any) -> Any:
    if on_server(session):
        return cast(cast(func.extract("epoch", later - earlier), Float) * 1_000_000, BigInteger)
    return cast(later, BigInteger) - cast(earlier, BigInteger)
