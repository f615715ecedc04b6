"""What the PBX says of its queues' members, as the collector tells it; whom it would still ring though they left."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from sqlalchemy import Boolean, Integer, and_, case, cast, func, select
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data import server_time
from agent_desktop.data.desk_rows import PbxSaid
from agent_desktop.data.models import CollectorHealth, Desk, PbxMember, PresenceSpan
from agent_desktop.data.sql import insert_or_update, table_of
from agent_desktop.data.words import Presence

COLLECTOR_SILENT = timedelta(seconds=10)
_MEMBER, _HEALTH = table_of(PbxMember), table_of(CollectorHealth)
Key = tuple[UUID, UUID]  # queue, agent


class MemberSaid(msgspec.Struct, frozen=True):
    """One agent in one queue of the PBX."""

    member: bool = True
    paused: bool = False
    reason: str = ""
    reachable: bool = True


def known(session: Session) -> dict[Key, MemberSaid]:
    """What was told last."""
    return {
        (row.queue_id, row.agent_id): MemberSaid(bool(row.member), bool(row.paused), row.reason, bool(row.reachable))
        for row in session.execute(select(_MEMBER))
    }


def tell(session: Session, changed: Iterable[tuple[Key, MemberSaid]], at: datetime) -> None:
    """Store what has become so at this moment of the database's clock."""
    for (queue_id, agent_id), said in changed:
        values = msgspec.structs.asdict(said) | {"queue_id": queue_id, "agent_id": agent_id, "at": at}
        insert_or_update(session, PbxMember, values, ("queue_id", "agent_id"))


def collects(session: Session, now: datetime | None = None) -> bool:
    """Whether a collector is at work, connected to its PBX: only then what it said is true, and asking makes sense."""
    recent = _HEALTH.c.told_at > (now or server_time.now(session)) - COLLECTOR_SILENT
    at_work = and_(_HEALTH.c.active, _HEALTH.c.connected_at.is_not(None), recent)
    return session.execute(select(_HEALTH.c.name).where(at_work).limit(1)).first() is not None


def said_of(session: Session, agent_id: UUID) -> PbxSaid:
    """The same of one agent."""
    return _said(session, agent_id).get(agent_id) or PbxSaid(0, 0, "", False, clock.from_us(0))


def said(session: Session) -> dict[UUID, PbxSaid] | None:
    """What the PBX says of each agent over all queues, those who are in none of them left out; None without a
    collector.
    """
    return _said(session) if collects(session) else None


def _said(session: Session, agent_id: UUID | None = None) -> dict[UUID, PbxSaid]:
    paused = and_(_MEMBER.c.member, _MEMBER.c.paused)
    columns = (
        _MEMBER.c.agent_id,
        func.sum(cast(_MEMBER.c.member, Integer)).label("queues"),
        func.sum(case((paused, 1), else_=0)).label("paused"),
        func.max(case((paused, _MEMBER.c.reason), else_="")).label("reason"),
        func.max(case((and_(_MEMBER.c.member, _MEMBER.c.reachable), 1), else_=0)).label("reachable"),
        func.max(_MEMBER.c.at).label("at"),
    )
    query = select(*columns).group_by(_MEMBER.c.agent_id)
    rows = session.execute(query.where(_MEMBER.c.agent_id == agent_id) if agent_id is not None else query)
    return {row.agent_id: PbxSaid(row.queues, row.paused, row.reason, bool(row.reachable), row.at) for row in rows}


def to_be_paused(session: Session) -> tuple[UUID, ...]:
    """Who is Offline at a desktop that leads the PBX, by whatever way, and whom the PBX would still ring."""
    spans, desk = table_of(PresenceSpan), table_of(Desk)
    rings = select(_MEMBER.c.agent_id).where(_MEMBER.c.member, ~cast(_MEMBER.c.paused, Boolean)).distinct().subquery()
    newest = (
        select(spans.c.id)
        .where(spans.c.agent_id == desk.c.agent_id)
        .order_by(spans.c.since.desc(), spans.c.id.desc())
        .limit(1)
        .correlate(desk)
        .scalar_subquery()
    )
    query = (
        select(desk.c.agent_id)
        .join(rings, rings.c.agent_id == desk.c.agent_id)
        .join(spans, spans.c.id == newest)
        .where(desk.c.leads_pbx, spans.c.presence == Presence.OFFLINE.value)
    )
    return tuple(session.execute(query).scalars())
