"""What arrives about queues and people: events, stored once, keep visits, presence and memberships up to date."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import msgspec
from sqlalchemy import CursorResult, and_, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data.centre_rows import QueueEventRow
from agent_desktop.data.errors import Refused
from agent_desktop.data.models import PresenceSpan, QueueEvent, QueueMember, QueueVisit
from agent_desktop.data.operations import SetPresence
from agent_desktop.data.rows import Changed
from agent_desktop.data.sql import insert_or_update, insert_returning_new, on_server, table_of
from agent_desktop.data.words import Presence, QueueEventKind, VisitResult

DESKTOP = "desktop"
_K = QueueEventKind

# What an agent does after an event, seen from the PBX: (presence, on hold).
_PRESENCE_AFTER = {
    _K.OFFERED: (Presence.RINGING, False),
    _K.NOT_ANSWERED: (Presence.READY, False),
    _K.CONNECTED: (Presence.TALKING, False),
    _K.HELD: (Presence.TALKING, True),
    _K.RESUMED: (Presence.TALKING, False),
    _K.ABANDONED: (Presence.READY, False),  # while it rang here: an agent is named only then
    _K.EXITED: (Presence.READY, False),
    _K.COMPLETED: (Presence.READY, False),
    _K.TRANSFERRED: (Presence.READY, False),
    _K.LOST: (Presence.READY, False),
    _K.WRAP_UP_STARTED: (Presence.WRAP_UP, False),
    _K.WRAP_UP_ENDED: (Presence.READY, False),
    _K.PAUSED: (Presence.PAUSED, False),
    _K.UNPAUSED: (Presence.READY, False),
}

_END_RINGING = frozenset({_K.CONNECTED, _K.ABANDONED, _K.EXITED})


def record_events(session: Session, rows: Sequence[QueueEventRow]) -> int:
    """Store events and what follows from them; ``(source, source_seq)`` already known counts for nothing.

    Returns how many were new. The result is the same in whatever batches the events come; within one visit even in any
    order. Presence of an agent whose own desktop reports it is left to that desktop.
    """
    new_rows = _store(session, rows)
    if new_rows:
        _keep_visits(session, [row for row in new_rows if row.visit_id is not None])
        _keep_members(session, new_rows)
        told = [row for row in new_rows if row.agent_id is not None]
        _keep_presence(session, told + _rang_out(session, new_rows))
    return len(new_rows)


def record_history(session: Session, rows: Sequence[QueueEventRow]) -> int:
    """The same for what happened long ago: events and visits, but nobody's presence or membership of today."""
    if on_server(session):  # else a live event that gets its id before these and is seen after them would be missed
        session.execute(select(func.access.lock_writers()))
    new_rows = _store(session, rows)
    _keep_visits(session, [row for row in new_rows if row.visit_id is not None])
    return len(new_rows)


def set_presence(session: Session, op: SetPresence) -> Changed:
    """This agent's own desktop says what its agent does."""
    if op.agent_id is None:
        raise Refused("Nobody is named whose presence this is.")
    try:
        presence = Presence(op.presence)
    except ValueError:
        raise Refused(f"“{op.presence}” is no presence this version of the program knows.") from None
    values = {"agent_id": op.agent_id, "since": clock.from_us(op.at_us), "presence": presence, "reason": op.reason}
    values |= {"on_hold": op.on_hold, "interaction_id": op.interaction_id, "source": DESKTOP}
    session.execute(insert(table_of(PresenceSpan)).values(values))
    return Changed(agents=True)


def _store(session: Session, rows: Sequence[QueueEventRow]) -> list[QueueEventRow]:
    unique: dict[tuple[str, int], QueueEventRow] = {}
    for row in rows:
        unique.setdefault((row.source, row.source_seq), row)
    ordered = list(unique.values())
    if not ordered:
        return []
    values = [
        {
            "source": row.source,
            "source_seq": row.source_seq,
            "at": row.at,
            "kind": row.kind.value,
            "queue_id": row.queue_id,
            "visit_id": row.visit_id,
            "linked_id": row.linked_id,
            "agent_id": row.agent_id,
            "data": dict(row.data),
        }
        for row in ordered
    ]
    new = insert_returning_new(session, QueueEvent, values, ("source", "source_seq"))
    return [row for row in ordered if (row.source, row.source_seq) in new]


# --------------------------------------------------------------------- visits


def _keep_visits(session: Session, rows: Sequence[QueueEventRow]) -> None:
    if not rows:
        return
    table = table_of(QueueVisit)
    ids = list({row.visit_id for row in rows})
    known: dict[UUID, dict[str, Any]] = {}
    for start in range(0, len(ids), 500):
        chunk = select(table).where(table.c.id.in_(ids[start : start + 500])).with_for_update()
        known |= {row["id"]: dict(row) for row in session.execute(chunk).mappings()}
    old = set(known)
    for row in rows:
        assert row.visit_id is not None
        known[row.visit_id] = _visit_after(known.get(row.visit_id) or _new_visit(row), row)
    fresh = [visit for key, visit in known.items() if key not in old]
    if fresh:
        session.execute(insert(table), fresh)
    again = [{"visit": visit["id"], **_without(visit, "id")} for key, visit in known.items() if key in old]
    if again:
        columns: dict[str, Any] = {name: bindparam(name) for name in again[0] if name != "visit"}
        session.connection().execute(update(table).where(table.c.id == bindparam("visit")).values(columns), again)


def _without(values: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != name}


def _new_visit(row: QueueEventRow) -> dict[str, Any]:
    return {
        "id": row.visit_id,
        "queue_id": None,
        "linked_id": "",
        "agent_id": None,
        "entered_at": row.at,
        "connected_at": None,
        "left_at": None,
        "ended_at": None,
        "offers": 0,
        "result": VisitResult.UNRESOLVED.value,
        "exit_reason": "",
        "ended_by": "",
    }


def _visit_after(visit: dict[str, Any], row: QueueEventRow) -> dict[str, Any]:
    """The visit with one more event; the order of events does not matter."""
    visit["entered_at"] = min(visit["entered_at"], row.at)
    visit["queue_id"] = visit["queue_id"] or row.queue_id
    visit["linked_id"] = visit["linked_id"] or row.linked_id
    if row.kind is _K.OFFERED:
        visit["offers"] += 1
    elif row.kind is _K.CONNECTED and (visit["connected_at"] is None or row.at < visit["connected_at"]):
        visit["connected_at"], visit["agent_id"] = row.at, row.agent_id
    elif row.kind in (_K.ABANDONED, _K.EXITED) and _ends_wait(visit, row):
        visit["left_at"] = row.at
        visit["exit_reason"] = str(row.data.get("reason", "")) if row.kind is _K.EXITED else "abandoned"
    elif row.kind is _K.LOST:
        visit["exit_reason"] = visit["exit_reason"] or _K.LOST.value  # what ends it otherwise outweighs that
    elif row.kind in (_K.COMPLETED, _K.TRANSFERRED) and (visit["ended_at"] is None or row.at > visit["ended_at"]):
        visit["ended_at"] = row.at
        visit["ended_by"] = "transfer" if row.kind is _K.TRANSFERRED else str(row.data.get("by", ""))
    if visit["connected_at"] is not None:
        visit["result"] = VisitResult.ANSWERED.value
    elif visit["left_at"] is not None:
        gone = visit["exit_reason"] == "abandoned"
        visit["result"] = (VisitResult.ABANDONED if gone else VisitResult.EXITED).value
    return visit


def _ends_wait(visit: dict[str, Any], row: QueueEventRow) -> bool:
    """Whether this is how the wait ended: an abandon outweighs an exit, of two alike the earlier is meant."""
    if visit["left_at"] is None:
        return True
    gone = visit["exit_reason"] == "abandoned"
    if gone != (row.kind is _K.ABANDONED):
        return not gone
    return bool(row.at < visit["left_at"])


# ------------------------------------------------------ members and presence


def _keep_members(session: Session, rows: Iterable[QueueEventRow]) -> None:
    for row in rows:
        if row.kind in (_K.MEMBER_ADDED, _K.MEMBER_REMOVED) and row.queue_id and row.agent_id:
            key, signed_in = {"queue_id": row.queue_id, "agent_id": row.agent_id}, row.kind is _K.MEMBER_ADDED
            table = table_of(QueueMember)
            known = update(table).filter_by(**key).values(signed_in=signed_in)
            # Who comes and goes all day is no change of who belongs: to a server an upsert would be one each time.
            if not cast("CursorResult[Any]", session.execute(known)).rowcount:
                insert_or_update(session, QueueMember, key | {"signed_in": signed_in}, tuple(key))


def _keep_presence(session: Session, rows: Sequence[QueueEventRow]) -> None:
    agents = {row.agent_id for row in rows if row.agent_id is not None}
    if not agents:
        return
    own = {
        key for key, (presence, _) in latest_presence(session, agents, source=DESKTOP).items() if presence != "offline"
    }
    now = {key: presence for key, (presence, _) in latest_presence(session, agents - own).items()}
    spans = []
    for row in sorted(rows, key=lambda event: (event.at, event.source_seq)):
        agent_id = row.agent_id
        assert agent_id is not None
        after = None if agent_id in own else _presence_after(session, row, now.get(agent_id, Presence.OFFLINE.value))
        if after is not None:
            presence, on_hold = after
            reason = str(row.data.get("reason", "")) if presence is Presence.PAUSED else ""
            now[agent_id] = presence.value
            span = {"agent_id": agent_id, "since": row.at, "presence": presence.value, "reason": reason}
            spans.append(span | {"on_hold": on_hold, "source": row.source})
    if spans:
        session.execute(insert(table_of(PresenceSpan)), spans)


def _rang_out(session: Session, rows: Sequence[QueueEventRow]) -> list[QueueEventRow]:
    """The ends of waits once more, for each agent whose phone rang for nothing: nobody names them."""
    ends = {row.visit_id: row for row in rows if row.kind in _END_RINGING and row.visit_id is not None}
    table, keys = table_of(QueueEvent), list(ends)
    found = []
    for start in range(0, len(keys), 500):
        offered = (
            select(table.c.visit_id, table.c.agent_id)
            .distinct()
            .where(
                table.c.visit_id.in_(keys[start : start + 500]),
                table.c.kind == _K.OFFERED.value,
                table.c.agent_id.is_not(None),
            )
        )
        found += [(ends[row.visit_id], row.agent_id) for row in session.execute(offered)]
    return [
        msgspec.structs.replace(end, kind=_K.ABANDONED, agent_id=agent) for end, agent in found if agent != end.agent_id
    ]


def _presence_after(session: Session, row: QueueEventRow, before: str) -> tuple[Presence, bool] | None:
    if row.kind in _END_RINGING and row.kind is not _K.CONNECTED and before != Presence.RINGING:
        return None  # it rang there no more
    if row.kind is _K.MEMBER_ADDED:
        return (Presence.READY, False) if before == Presence.OFFLINE else None
    if row.kind is _K.MEMBER_REMOVED:
        signed_in = select(QueueMember.queue_id).where(QueueMember.agent_id == row.agent_id, QueueMember.signed_in)
        return None if session.execute(signed_in.limit(1)).first() else (Presence.OFFLINE, False)
    return _PRESENCE_AFTER.get(row.kind)


def latest_presence(
    session: Session, agents: Iterable[UUID], *, source: str | None = None
) -> dict[UUID, tuple[str, datetime]]:
    """The newest presence of each agent, of one source or of any; agents without one are missing."""
    spans = table_of(PresenceSpan)
    keys = list(agents)
    found: dict[UUID, tuple[str, datetime]] = {}
    if not keys:
        return found
    wanted = [spans.c.agent_id.in_(keys)] + ([spans.c.source == source] if source else [])
    newest = select(spans.c.agent_id, func.max(spans.c.since).label("since")).where(*wanted).group_by(spans.c.agent_id)
    last = newest.subquery()
    same = and_(spans.c.agent_id == last.c.agent_id, spans.c.since == last.c.since)
    rows = (
        select(spans.c.agent_id, spans.c.presence, spans.c.since).join(last, same).where(*wanted).order_by(spans.c.id)
    )
    for row in session.execute(rows):
        found[row.agent_id] = (row.presence, row.since)
    return found
