"""What arrives about queues and people: events, stored once, keep visits, presence and memberships up to date."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

import msgspec
from sqlalchemy import CursorResult, and_, bindparam, case, func, insert, select, update
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data import desks, missed, presence_moves, server_time
from agent_desktop.data.centre_rows import QueueEventRow
from agent_desktop.data.desk_rows import OFFLINE_REASON
from agent_desktop.data.errors import Refused
from agent_desktop.data.models import PresenceSpan, QueueEvent, QueueMember, QueueVisit
from agent_desktop.data.operations import SetPresence
from agent_desktop.data.presence_moves import By
from agent_desktop.data.recount import mark_stale
from agent_desktop.data.rows import Changed
from agent_desktop.data.sql import insert_or_update, insert_returning_new, on_server, table_of
from agent_desktop.data.visit_fold import VisitFold
from agent_desktop.data.words import Presence, QueueEventKind
from agent_desktop.told import told

DESKTOP = "desktop"
_K = QueueEventKind

# What an agent does after an event, seen from the PBX: (presence, on hold).
PRESENCE_AFTER = {
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
_WRAP_UP = (_K.WRAP_UP_STARTED, _K.WRAP_UP_ENDED)
_WITH_WORDS = (_K.EXITED, _K.COMPLETED, _K.TRANSFERRED)  # whose data a visit is made of
_CHUNK = 500


def record_events(session: Session, rows: Sequence[QueueEventRow]) -> int:
    """Store events and what follows from them; ``(source, source_seq)`` already known counts for nothing.

    Returns how many were new. The result is the same in whatever batches the events come; within one visit even in any
    order. Presence of an agent whose own desktop reports it is left to that desktop.
    """
    new_rows = _store(session, rows)
    if new_rows:
        _keep_figures(session, new_rows)
        _keep_members(session, new_rows)
        told = [row for row in new_rows if row.agent_id is not None]
        _keep_presence(session, told + _rang_out(session, new_rows))
        missed.settle(session, {row.linked_id for row in new_rows if row.kind is _K.CONNECTED} - {""})
    return len(new_rows)


def record_history(session: Session, rows: Sequence[QueueEventRow]) -> int:
    """The same for what happened long ago: events and visits, but nobody's presence or membership of today."""
    if on_server(session):  # else a live event that gets its id before these and is seen after them would be missed
        session.execute(select(func.access.lock_writers()))
    new_rows = _store(session, rows)
    _keep_figures(session, new_rows)
    return len(new_rows)


def set_presence(session: Session, op: SetPresence) -> Changed:
    """This agent's own desktop says what its agent does."""
    if op.agent_id is None:
        raise Refused("Nobody is named whose presence this is.")
    try:
        presence = Presence(op.presence)
    except ValueError:
        raise Refused(told("“{0}” is no presence this version of the program knows.").format(op.presence)) from None
    if op.again and _goes_on(session, op):
        return Changed()
    since, ahead = _server_time(session, op.agent_id, op.at_us)
    values = {"agent_id": op.agent_id, "since": since, "presence": presence, "reason": op.reason}
    values |= {"on_hold": op.on_hold, "interaction_id": op.interaction_id, "source": DESKTOP}
    values["due_at"] = clock.from_us(op.due_us) + ahead if op.due_us is not None else None
    session.execute(insert(table_of(PresenceSpan)).values(values))
    if presence is Presence.OFFLINE and op.desk is not None:
        desks.release(session, op.agent_id, op.desk)
    return Changed(agents=True)


def _goes_on(session: Session, op: SetPresence) -> bool:
    """Whether the newest that stands there of the agent is this, as their desktop said it before."""
    spans = table_of(PresenceSpan)
    newest = session.execute(
        select(spans.c.presence, spans.c.reason, spans.c.on_hold, spans.c.source)
        .where(spans.c.agent_id == op.agent_id)
        .order_by(spans.c.since.desc(), spans.c.id.desc())
        .limit(1)
    ).one_or_none()
    return newest is not None and tuple(newest) == (op.presence, op.reason, op.on_hold, DESKTOP)


def _server_time(session: Session, agent_id: UUID, at_us: int) -> tuple[datetime, timedelta]:
    """A moment of this computer's clock by the database's, and how far that is ahead.

    Never before what this agent's desktop said last: two answers may measure a wrong clock a little differently.
    """
    since = clock.from_us(at_us)
    _, ahead = server_time.measure(session)
    if not ahead:
        return since, ahead
    told = latest_presence(session, [agent_id], source=DESKTOP).get(agent_id)
    return max(since + ahead, told[1]) if told is not None else since + ahead, ahead


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


def _keep_figures(session: Session, rows: Sequence[QueueEventRow]) -> None:
    _keep_visits(session, [row for row in rows if row.visit_id is not None])
    mark_stale(session, [row.at for row in rows if row.kind is _K.REFUSED])


def _keep_visits(session: Session, rows: Sequence[QueueEventRow]) -> None:
    if rows:
        known = _entries(session, list({row.visit_id for row in rows if row.visit_id is not None}))
        _put(session, [_visit(visit_id, told) for visit_id, told in _told(session, rows, known).items()], known)


def work_out_again(session: Session, visit_ids: Sequence[UUID]) -> None:
    """These visits anew, from what is stored of each; those of which nothing is stay as they are."""
    known, events = _entries(session, visit_ids), _by_visit(_stored(session, visit_ids, ()))
    _put(session, [_visit(visit_id, told) for visit_id, told in events.items()], known)


def _entries(session: Session, ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """Which of these visits have a row, and under which entry; nobody else changes them now."""
    table = table_of(QueueVisit)
    known: dict[UUID, datetime] = {}
    for start in range(0, len(ids), _CHUNK):
        query = select(table.c.id, table.c.entered_at).where(table.c.id.in_(list(ids[start : start + _CHUNK])))
        known |= {row.id: row.entered_at for row in session.execute(query.with_for_update())}
    return known


def _put(session: Session, rows: Sequence[dict[str, Any]], known: Mapping[UUID, datetime]) -> None:
    """Write the rows of visits; ``known``: those that have one, and under which entry."""
    table, visits = table_of(QueueVisit), [row for row in rows if row["entered_at"] is not None]
    fresh = [visit for visit in visits if visit["id"] not in known]
    if fresh:
        session.execute(insert(table), fresh)
    again = [{"visit": visit["id"], **_without(visit, "id")} for visit in visits if visit["id"] in known]
    if again:
        columns: dict[str, Any] = {name: bindparam(name) for name in again[0] if name != "visit"}
        session.connection().execute(update(table).where(table.c.id == bindparam("visit")).values(columns), again)
    mark_stale(session, [visit["entered_at"] for visit in visits] + list(known.values()))


def _told(session: Session, rows: Sequence[QueueEventRow], known: Collection[UUID]) -> dict[UUID, list[QueueEventRow]]:
    """All that is stored of the visits of new events."""
    fresh = [row for row in rows if row.visit_id not in known]
    events = _by_visit(row for row in fresh if row.kind not in _WRAP_UP)
    # Of a visit that has no row nothing but its wrap-up can have come before.
    before = _stored(session, list({row.visit_id for row in fresh if row.visit_id is not None}), _WRAP_UP)
    for part in (_stored(session, list(known), ()), before):
        for visit_id, found in _by_visit(part).items():
            events.setdefault(visit_id, []).extend(found)
    return events


def _by_visit(rows: Iterable[QueueEventRow]) -> dict[UUID, list[QueueEventRow]]:
    found: dict[UUID, list[QueueEventRow]] = {}
    for row in rows:
        assert row.visit_id is not None
        found.setdefault(row.visit_id, []).append(row)
    return found


def _stored(session: Session, ids: Sequence[UUID], kinds: Sequence[QueueEventKind]) -> Iterator[QueueEventRow]:
    table = table_of(QueueEvent)
    columns = (table.c.at, table.c.kind, table.c.source, table.c.source_seq, table.c.queue_id, table.c.visit_id,
               table.c.linked_id, table.c.agent_id, case((table.c.kind.in_(_WITH_WORDS), table.c.data)))  # fmt: skip
    for start in range(0, len(ids), _CHUNK):
        query = select(*columns).where(table.c.visit_id.in_(list(ids[start : start + _CHUNK])))
        for row in session.execute(query.where(table.c.kind.in_(kinds)) if kinds else query):
            yield QueueEventRow(row[0], QueueEventKind(row[1]), *row[2:8], row[8] or {})


def _visit(visit_id: UUID, events: list[QueueEventRow]) -> dict[str, Any]:
    """The row of a visit; ``entered_at`` is None while only its wrap-up is known."""
    fold = VisitFold()
    for event in sorted(events, key=lambda row: (row.at, row.source_seq, row.source)):
        fold.apply(event)
    talk, hold = fold.spoken_us()
    reason = "abandoned" if fold.abandoned_at else fold.exit_word if fold.exited_at else ""
    return {
        "id": visit_id,
        "queue_id": fold.queue_id,
        "linked_id": fold.linked_id,
        "agent_id": fold.agent_id,
        "entered_at": fold.began_at,
        "connected_at": fold.answered_at,
        "left_at": fold.abandoned_at or fold.exited_at,
        "ended_at": fold.talk_ended_at,
        "offers": fold.offers,
        "result": fold.result.value,
        "exit_reason": reason or (_K.LOST.value if fold.lost_at else ""),
        "ended_by": fold.ended_by,
        "wait_us": fold.wait_us,
        "talk_us": talk,
        "hold_us": hold,
        "wrap_us": fold.wrap_us,
    }


def _without(values: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != name}


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
    own = desks.spoken_for(session, agents)
    stands = latest_presence(session, agents - own)
    now, why = {key: row[0] for key, row in stands.items()}, {key: row[2] for key, row in stands.items()}
    spans = []
    for row in sorted(rows, key=lambda event: (event.at, event.source_seq)):
        agent_id = row.agent_id
        assert agent_id is not None
        after = None if agent_id in own else _presence_after(session, row, now.get(agent_id, Presence.OFFLINE.value))
        if after is not None:
            presence, on_hold = after
            if not presence_moves.allowed(Presence(now.get(agent_id, Presence.OFFLINE.value)), presence, By.PBX):
                continue
            reason = str(row.data.get("reason", "")) if presence is Presence.PAUSED else ""
            if reason == OFFLINE_REASON and now.get(agent_id, Presence.OFFLINE.value) == Presence.OFFLINE.value:
                continue  # what we told the PBX of them comes back: nobody who has left takes a break
            if (
                presence is Presence.PAUSED
                and now.get(agent_id) == Presence.PAUSED.value
                and reason in ("", why.get(agent_id, ""))
            ):
                continue  # told once more, of another queue or by a PBX that was started anew: the pause goes on
            now[agent_id], why[agent_id] = presence.value, reason
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
    return PRESENCE_AFTER.get(row.kind)


def latest_presence(
    session: Session, agents: Iterable[UUID], *, source: str | None = None
) -> dict[UUID, tuple[str, datetime, str]]:
    """The newest presence of each agent, since when and why, of one source or of any; who has none is missing."""
    spans = table_of(PresenceSpan)
    keys = list(agents)
    found: dict[UUID, tuple[str, datetime, str]] = {}
    if not keys:
        return found
    wanted = [spans.c.agent_id.in_(keys)] + ([spans.c.source == source] if source else [])
    newest = select(spans.c.agent_id, func.max(spans.c.since).label("since")).where(*wanted).group_by(spans.c.agent_id)
    last = newest.subquery()
    same = and_(spans.c.agent_id == last.c.agent_id, spans.c.since == last.c.since)
    columns = (spans.c.agent_id, spans.c.presence, spans.c.since, spans.c.reason)
    for row in session.execute(select(*columns).join(last, same).where(*wanted).order_by(spans.c.id)):
        found[row.agent_id] = (row.presence, row.since, row.reason)
    return found
