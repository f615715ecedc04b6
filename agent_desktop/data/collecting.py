"""The collector's side of the database: the lease, its health, what it must know when it starts, and requests."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data import desks, ivr_handovers
from agent_desktop.data.centre_rows import CollectorRow, PbxRequestRow
from agent_desktop.data.feed import latest_presence
from agent_desktop.data.models import CollectorHealth, CollectorLease, PbxRequest, QueueEvent, QueueMember, QueueVisit
from agent_desktop.data.sql import insert_or_update, on_server, table_of
from agent_desktop.data.words import Presence, QueueEventKind, RequestKind, RequestState

_LEASE = table_of(CollectorLease)
_REQUEST = table_of(PbxRequest)
LOCK_MS = 900  # a collector that stands still must not keep the next one waiting
STUCK_MS = 3_000
READY_TELLS = timedelta(seconds=3)  # whoever is ready has told its health since then


class Lease(msgspec.Struct, frozen=True):
    """Who writes: this collector (``held``) or the one called ``name``."""

    held: bool
    token: int
    name: str
    server_now: datetime


# ------------------------------------------------------------------ the lease


def lease(session: Session, holder: UUID) -> Lease:
    """How it stands; nothing is locked."""
    return _told(session, session.execute(select(_LEASE)).one(), holder)


def hold_lease(session: Session, holder: UUID, name: str, lasts_s: float) -> Lease:
    """Take the lease if it is free, keep it if it is ours; whoever holds it is the only writer until this transaction
    ends, on a server too: what is written in it is fenced.
    """
    if on_server(session):
        limits = {"lock": f"{LOCK_MS}ms", "stuck": f"{STUCK_MS}ms"}
        session.execute(
            text(
                "SELECT set_config('lock_timeout', :lock, true), "
                "set_config('idle_in_transaction_session_timeout', :stuck, true)"
            ),
            limits,
        )
    row = session.execute(select(_LEASE).with_for_update()).one()
    now = _now(session)
    ours = row.holder == holder
    if not ours and row.holder is not None and row.expires_at is not None and row.expires_at > now:
        return _told(session, row, holder, now)
    token = row.token + (0 if ours else 1)
    values: dict[str, Any] = {"expires_at": now + timedelta(seconds=lasts_s)}
    if not ours:
        values |= {"holder": holder, "name": name, "token": token, "taken_at": now}
    if not ours or row.expires_at is None or row.expires_at - now < timedelta(seconds=lasts_s * 2 / 3):
        session.execute(update(_LEASE).values(values))
    return Lease(True, token, name, now)


def lock_writers(session: Session) -> None:
    """Nobody else writes events until this transaction ends."""
    session.execute(select(_LEASE.c.id).with_for_update())


def release_lease(session: Session, holder: UUID) -> None:
    """Give it up, so that the next one need not wait."""
    session.execute(update(_LEASE).where(_LEASE.c.holder == holder).values(holder=None, expires_at=None))


def _told(session: Session, row: Any, holder: UUID, now: datetime | None = None) -> Lease:
    now = now or _now(session)
    held = row.holder == holder and row.expires_at is not None and row.expires_at > now
    free = row.holder is None or row.expires_at is None or row.expires_at <= now
    return Lease(held, row.token, "" if free else row.name, now)


def _now(session: Session) -> datetime:
    if not on_server(session):
        return clock.now()
    moment: datetime = session.execute(select(func.clock_timestamp())).scalar_one()
    return moment


# ------------------------------------------------------------------ health


def tell_health(session: Session, row: CollectorRow) -> None:
    """Store how a collector's connection to a PBX goes; the moment is the database's."""
    values = msgspec.structs.asdict(row) | {"told_at": _now(session)}
    insert_or_update(session, CollectorHealth, values, ("name", "pbx"))


def health(session: Session) -> tuple[CollectorRow, ...]:
    """All collectors that ever ran, the active ones first."""
    table = table_of(CollectorHealth)
    rows = session.execute(select(table).order_by(table.c.active.desc(), table.c.name, table.c.pbx)).mappings()
    return tuple(CollectorRow(**row) for row in rows)


def health_now(session: Session) -> tuple[datetime, tuple[CollectorRow, ...]]:
    """The database's own moment, and the collectors as they stand then."""
    return _now(session), health(session)


def heard_longer(session: Session, name: str, since: datetime | None) -> bool:
    """Whether a collector of another name is ready and hears all its PBXs since before then; None: we do not at all."""
    table = table_of(CollectorHealth)
    alive = table.c.told_at > _now(session) - READY_TELLS
    found: dict[str, list[datetime | None]] = {}
    query = select(table.c.name, table.c.connected_at).where(table.c.name != name, alive, table.c.active.is_(False))
    for row in session.execute(query):
        found.setdefault(row.name, []).append(row.connected_at)
    began = [max(at for at in all_of_it if at) for all_of_it in found.values() if all(all_of_it)]
    return any(since is None or at < since for at in began)


# ------------------------------------------------------------------ to begin with


class OpenStay(msgspec.Struct, frozen=True):
    """An entry into a queue that is stored: ``data`` is that of the event; ``open`` unless its end is stored too."""

    at: datetime
    queue_id: UUID
    linked_id: str
    data: dict[str, str | int | float]
    connected_at: datetime | None
    agent_id: UUID | None
    open: bool


def entries_since(session: Session, source: str, since: datetime) -> tuple[OpenStay, ...]:
    """The entries that this source told of since then, in time."""
    event, visit = table_of(QueueEvent), table_of(QueueVisit)
    columns = (
        *(event.c.at, event.c.queue_id, event.c.linked_id, event.c.data, visit.c.connected_at, visit.c.agent_id),
        *(visit.c.left_at, visit.c.ended_at, visit.c.exit_reason),
    )
    query = select(*columns).join(visit, visit.c.id == event.c.visit_id).where(event.c.at >= since)
    entered = query.where(event.c.source == source, event.c.kind == QueueEventKind.ENTERED.value).order_by(event.c.at)
    return tuple(
        OpenStay(
            *(row.at, row.queue_id, row.linked_id, row.data or {}, row.connected_at, row.agent_id),
            open=row.left_at is None and row.ended_at is None and row.exit_reason != QueueEventKind.LOST.value,
        )
        for row in session.execute(entered)
        if row.queue_id is not None
    )


def signed_in(session: Session) -> frozenset[tuple[UUID, UUID]]:
    """Queue and agent of everybody who is signed in to a queue, as far as events said so."""
    table = table_of(QueueMember)
    rows = session.execute(select(table.c.queue_id, table.c.agent_id).where(table.c.signed_in))
    return frozenset((row.queue_id, row.agent_id) for row in rows)


def paused(session: Session, agents: Iterable[UUID]) -> frozenset[UUID]:
    """Who of these is paused, as the PBX last said it; not those whose own desktop says what they do."""
    found = latest_presence(session, list(agents))
    own = desks.spoken_for(session, list(found))
    return frozenset(key for key, row in found.items() if row[0] == Presence.PAUSED and key not in own)


# ------------------------------------------------------------------ requests


class Wanted(msgspec.Struct, frozen=True):
    """What is to be asked of the PBX. ``detail``: ``visit`` and ``to`` of a redirect; ``mode`` of monitoring,
    and ``of``, the request that goes on in another mode; ``menu``, ``interaction``, ``linked`` (the PBX's id of the
    call), ``amount`` and ``currency`` of handing over, ``of`` of taking back.
    """

    id: UUID
    kind: RequestKind
    asked_by: UUID
    agent_id: UUID | None = None
    queue_id: UUID | None = None
    reason: str = ""
    detail: dict[str, str] = msgspec.field(default_factory=dict)


def ask(session: Session, wanted: Wanted) -> None:
    """Ask; the collector answers in the same row. The database's roles say who may ask for what."""
    values = msgspec.structs.asdict(wanted) | {"kind": wanted.kind.value}
    if not on_server(session):
        values |= {"at": clock.now()}
    session.execute(insert(_REQUEST).values(values))
    if wanted.kind is RequestKind.HAND_OVER:
        ivr_handovers.begin(session, wanted.id, wanted.asked_by, wanted.detail)


def request(session: Session, key: UUID) -> PbxRequestRow | None:
    """One request and how far it is."""
    row = session.execute(select(_REQUEST).where(_REQUEST.c.id == key)).one_or_none()
    return _request(row) if row is not None else None


def are_asked(session: Session, kinds: Iterable[RequestKind]) -> bool:
    """Whether something of these kinds waits to be begun."""
    asked = (_REQUEST.c.state == RequestState.ASKED.value) & _REQUEST.c.kind.in_([kind.value for kind in kinds])
    return session.execute(select(_REQUEST.c.id).where(asked).limit(1)).first() is not None


def take_requests(
    session: Session, limit: int = 50, kinds: Iterable[RequestKind] = RequestKind
) -> tuple[PbxRequestRow, ...]:
    """What of these kinds has been asked for and nobody has begun; marked as begun."""
    asked = (_REQUEST.c.state == RequestState.ASKED.value) & _REQUEST.c.kind.in_([kind.value for kind in kinds])
    rows = [
        _request(row) for row in session.execute(select(_REQUEST).where(asked).order_by(_REQUEST.c.at).limit(limit))
    ]
    if rows:
        values = {"state": RequestState.TAKEN.value, "taken_at": _now(session)}
        session.execute(update(_REQUEST).where(_REQUEST.c.id.in_([row.id for row in rows])).values(values))
    return tuple(rows)


def left_begun(session: Session, before: datetime) -> tuple[PbxRequestRow, ...]:
    """What was begun before then and never finished: its collector died, and nobody knows whether it was done."""
    begun = (_REQUEST.c.state == RequestState.TAKEN.value) & (_REQUEST.c.taken_at < before)
    return tuple(_request(row) for row in session.execute(select(_REQUEST).where(begun)))


def finish_request(session: Session, key: UUID, state: RequestState, answer: str) -> None:
    """Write back what came of it."""
    if state is not RequestState.DONE:
        ivr_handovers.not_begun(session, key)
    values = {"state": state.value, "answer": answer, "done_at": _now(session)}
    session.execute(update(_REQUEST).where(_REQUEST.c.id == key).values(values))


def end_monitors(session: Session, keys: Iterable[UUID]) -> None:
    """These listen no more."""
    over = _REQUEST.c.id.in_(list(keys)) & _REQUEST.c.over_at.is_(None)
    session.execute(update(_REQUEST).where(over).values(over_at=_now(session)))


def open_monitors(session: Session) -> tuple[PbxRequestRow, ...]:
    """The requests to listen in that began and of which no end is known."""
    kind, done = _REQUEST.c.kind == RequestKind.MONITOR.value, _REQUEST.c.state == RequestState.DONE.value
    rows = session.execute(select(_REQUEST).where(kind, done, _REQUEST.c.over_at.is_(None)))
    return tuple(_request(row) for row in rows)


def _request(row: Any) -> PbxRequestRow:
    return PbxRequestRow(
        *(row.id, row.at, RequestKind(row.kind), RequestState(row.state), row.asked_by, row.agent_id, row.queue_id),
        *(row.reason, row.detail or {}, row.answer, row.done_at, row.over_at),
    )
