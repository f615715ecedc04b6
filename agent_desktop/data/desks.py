"""Leases of desktops: who sits where, who has not been heard of for too long, and whom a supervisor signs out.

A desktop renews its lease every few seconds. When it runs out, whoever comes by next (the collector, else any desktop)
writes that its agent is Offline since then; a wrap-up lasts until it is due even then.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Select,
    and_,
    bindparam,
    case,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from agent_desktop.data import audit, presence_moves, server_time
from agent_desktop.data.desk_rows import DESK_LOST, LASTS_S, Hold, Said
from agent_desktop.data.errors import Refused
from agent_desktop.data.models import Desk, PresenceSpan
from agent_desktop.data.presence_moves import By
from agent_desktop.data.sql import NOT_YOURS, insert_ignoring, insert_or_update, on_server, table_of
from agent_desktop.data.words import Presence

LEASE, SUPERVISOR = By.LEASE.value, By.SUPERVISOR.value  # sources of presence
_LOOK_BACK = timedelta(days=2)  # what ran out before has been settled
_DESK, _SPAN = table_of(Desk), table_of(PresenceSpan)


def claim(session: Session, agent_id: UUID, desk_id: UUID, place: str, lasts_s: float = LASTS_S) -> None:
    """The agent works at this desktop from now on; another one that still says so hears it when it renews."""
    settle_lost(session)
    now = server_time.now(session)
    values = {"agent_id": agent_id, "desk_id": desk_id, "place": place, "since": now}
    values |= {"expires_at": now + timedelta(seconds=lasts_s), "due_at": None, "then_presence": "", "then_reason": ""}
    values |= {"dismissed_at": None, "dismissed_by": None, "dismissed_why": ""}
    insert_or_update(session, Desk, values, ("agent_id",))


def renew(
    session: Session, agent_id: UUID, desk_id: UUID, lasts_s: float = LASTS_S, now: datetime | None = None
) -> Hold:
    """This desktop is still there; ``now`` by the database's clock, where it has just been asked."""
    ours = and_(_DESK.c.agent_id == agent_id, _DESK.c.desk_id == desk_id, _DESK.c.expires_at.is_not(None))
    until = (now or server_time.now(session)) + timedelta(seconds=lasts_s)
    done = session.execute(update(_DESK).where(ours).values(expires_at=until))
    if cast("CursorResult[Any]", done).rowcount:
        return Hold(True)
    row = session.execute(select(_DESK).where(_DESK.c.agent_id == agent_id)).one_or_none()
    if row is None or (row.desk_id == desk_id and row.dismissed_at is None):
        return Hold(False)
    if row.dismissed_at is not None:
        return Hold(False, dismissed=True, dismissed_by=row.dismissed_by, why=row.dismissed_why)
    return Hold(False, place=row.place or "?") if row.expires_at is not None else Hold(False)


def lead_pbx(session: Session, agent_id: UUID, desk_id: UUID, leads: bool) -> None:
    """Whether the PBX is told from this desktop what its agent does."""
    ours = and_(_DESK.c.agent_id == agent_id, _DESK.c.desk_id == desk_id, _DESK.c.leads_pbx.is_not(leads))
    session.execute(update(_DESK).where(ours).values(leads_pbx=leads))


def say(session: Session, agent_id: UUID, desk_id: UUID, said: Said) -> None:
    """What follows the present call or wrap-up."""
    ours = and_(_DESK.c.agent_id == agent_id, _DESK.c.desk_id == desk_id)
    values = {"due_at": said.due_at, "then_presence": said.then, "then_reason": said.reason}
    session.execute(update(_DESK).where(ours).values(values))


def release(session: Session, agent_id: UUID, desk_id: UUID) -> None:
    """The agent has signed out here."""
    ours = and_(_DESK.c.agent_id == agent_id, _DESK.c.desk_id == desk_id)
    session.execute(update(_DESK).where(ours).values(expires_at=None, due_at=None, then_presence="", then_reason=""))


def dismiss(session: Session, agent_id: UUID, by: UUID | None, why: str) -> None:
    """A supervisor signs somebody out: Offline from now on, and their desktop hears it. Stands in the audit.

    Raises Refused where that is not this login's to do, and when they are Offline already.
    """
    before = _newest_of(session, agent_id)
    if before is None or not presence_moves.allowed(Presence(before), Presence.OFFLINE, By.SUPERVISOR):
        raise Refused("They are Offline already.")
    if before == Presence.OFFLINE:
        raise Refused("They are Offline already.")
    now = server_time.now(session)
    ended: dict[str, Any] = {"expires_at": None, "due_at": None, "then_presence": "", "then_reason": ""}
    ended |= {"dismissed_at": now, "dismissed_by": by, "dismissed_why": why}
    done = session.execute(update(_DESK).where(_DESK.c.agent_id == agent_id).values(ended))
    if not cast("CursorResult[Any]", done).rowcount:
        if session.execute(select(_DESK.c.agent_id).where(_DESK.c.agent_id == agent_id)).first():
            raise Refused(NOT_YOURS)
        session.execute(insert(_DESK).values(ended | {"agent_id": agent_id, "desk_id": UUID(int=0), "since": now}))
    span = {"agent_id": agent_id, "since": now, "presence": Presence.OFFLINE.value, "reason": why}
    session.execute(insert(_SPAN).values(span | {"on_hold": False, "source": SUPERVISOR}))
    if not on_server(session):  # a server's trigger writes it down
        audit.record(session, "update", "desk", str(agent_id), f"signed out: {why}")


def settle_lost(session: Session) -> int:
    """Write down who is Offline because their desktop was not heard of; how many that were. Done twice it is the same.

    Offline since the lease ran out, or since the wrap-up they were in was due: a figure counts no minute longer.
    """
    server = on_server(session)
    values = {} if server else {"now": server_time.now(session)}
    return insert_ignoring(session, PresenceSpan, _LOST_COLUMNS, _lost(server), values)


_LOST_COLUMNS = ("agent_id", "since", "presence", "reason", "on_hold", "source")


@cache
def _lost(server: bool) -> Select[Any]:
    """On a file ``now`` is to be given."""
    now: Any = func.clock_timestamp() if server else bindparam("now", type_=Desk.since.type)
    newest = (
        select(_SPAN.c.id)
        .where(_SPAN.c.agent_id == _DESK.c.agent_id)
        .order_by(_SPAN.c.since.desc(), _SPAN.c.id.desc())
        .limit(1)
        .correlate(_DESK)
        .scalar_subquery()
    )
    in_wrap_up = _SPAN.c.presence == Presence.WRAP_UP.value
    end: Any = _DESK.c.expires_at
    for other in (
        _SPAN.c.since,
        case((in_wrap_up, _SPAN.c.due_at), else_=None),
        case((in_wrap_up, _DESK.c.due_at), else_=None),
    ):
        end = case((func.coalesce(other, _DESK.c.expires_at) > end, other), else_=end)
    states = [state.value for state in presence_moves.before(Presence.OFFLINE, By.LEASE)]
    said = (Presence.OFFLINE.value, DESK_LOST, False, LEASE)
    return (
        select(_DESK.c.agent_id, end, *(literal(value) for value in said))
        .join(_SPAN, _SPAN.c.id == newest)
        .where(
            _DESK.c.expires_at <= now,
            *((_DESK.c.expires_at > now - _LOOK_BACK, _could_renew(now)) if server else ()),
            _SPAN.c.presence.in_(states),
            _SPAN.c.source == "desktop",
            end <= now,
        )
    )


def _could_renew(now: Any) -> ColumnElement[bool]:
    """Whether the desk has had the time of a lease since the server began: none can renew while there is no server."""
    began: Any = func.pg_postmaster_start_time()
    return or_(_DESK.c.since > began, now - timedelta(seconds=LASTS_S) > began)


def spoken_for(session: Session, agents: Collection[UUID]) -> frozenset[UUID]:
    """Whose own desktop says what they do: it said so last, has not been lost, nor signed out."""
    said = _SPAN.c.source.in_(("desktop", LEASE, SUPERVISOR)) & _SPAN.c.agent_id.in_(list(agents))
    newest = select(_SPAN.c.agent_id, func.max(_SPAN.c.since).label("since")).where(said).group_by(_SPAN.c.agent_id)
    last = newest.subquery()
    same = and_(_SPAN.c.agent_id == last.c.agent_id, _SPAN.c.since == last.c.since)
    rows = select(_SPAN.c.agent_id, _SPAN.c.presence).join(last, same).where(said).order_by(_SPAN.c.id)
    found = {row.agent_id: row.presence for row in session.execute(rows)}
    return frozenset(key for key, presence in found.items() if presence != Presence.OFFLINE)


def _newest_of(session: Session, agent_id: UUID) -> str | None:
    newest = (
        select(_SPAN.c.presence)
        .where(_SPAN.c.agent_id == agent_id)
        .order_by(_SPAN.c.since.desc(), _SPAN.c.id.desc())
        .limit(1)
    )
    return session.execute(newest).scalar_one_or_none()
