"""Leading others: who may, messages and who has read them, who is listened to, and orders of others to whoever asks."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import exc, func, insert, select, text, update
from sqlalchemy.orm import Session, aliased

from agent_desktop import clock
from agent_desktop.data.errors import Refused, trouble_of
from agent_desktop.data.models import AccessSetting, Agent, CollectorHealth, PbxRequest, Team, TeamMessage
from agent_desktop.data.models import TeamMessageReader as Reader
from agent_desktop.data.sql import on_server, table_of
from agent_desktop.data.supervision_rows import Audience, Leading, ListenerRow, MessageRow, OrderRow, Reach, SentRow
from agent_desktop.data.words import RequestKind, RequestState

LONGEST = 2_000  # signs of a message
COLLECTOR_SILENT = timedelta(seconds=10)
ORDER_COUNTS = timedelta(minutes=2)  # whoever signs in later was not meant
_HEARD = timedelta(hours=12)  # nobody is listened to for so long: its end was never heard of
_ORDERS = (RequestKind.PAUSE.value, RequestKind.LOG_OUT.value)
_REFUSED = "AD001"
_MESSAGE, _READER, _REQUEST = table_of(TeamMessage), table_of(Reader), table_of(PbxRequest)


def leading(session: Session) -> Leading:
    """Whom whoever is signed in leads; in a file, which knows no logins, everybody."""
    health = table_of(CollectorHealth)
    connected = (
        health.c.active & health.c.connected_at.is_not(None) & (health.c.told_at > _now(session) - COLLECTOR_SILENT)
    )
    collects = session.execute(select(health.c.name).where(connected).limit(1)).first() is not None
    if not on_server(session):
        return Leading(Reach.SITE, collects=collects)
    site, team, people = session.execute(
        select(func.access.is_member("supervisor"), func.access.is_member("team_lead"), func.access.my_people())
    ).one()
    if not site and not team:
        return Leading(collects=collects)
    return Leading(Reach.SITE if site else Reach.TEAM, frozenset(UUID(str(one)) for one in people), collects)


# ------------------------------------------------------------------ messages


def send(session: Session, key: UUID, sender_id: UUID | None, audience: Audience, whom: UUID | None, said: str) -> int:
    """Tell somebody, a team or everybody; how many it is for. Raises Refused, DatabaseTrouble (not theirs to tell)."""
    said = said.strip()
    if on_server(session):
        try:
            return int(session.execute(select(func.access.send_message(key, audience.value, whom, said))).scalar_one())
        except exc.DBAPIError as error:
            if getattr(error.orig, "sqlstate", "") == _REFUSED:
                cause: Any = error.orig
                raise Refused(cause.diag.message_primary) from error
            raise trouble_of(error) from error
    if not said or len(said) > LONGEST:
        raise Refused("A message needs words, 2,000 signs at most, and somebody to read it.")
    people = select(Agent.id).where(Agent.active)
    if audience is Audience.AGENT:
        people = people.where(Agent.id == whom)
    elif audience is Audience.TEAM:
        people = people.where(Agent.team_id == whom, Agent.id != sender_id)
    else:
        people = people.where(Agent.id != sender_id)
    readers = list(session.execute(people).scalars())
    if not readers:
        raise Refused("There is nobody to read it.")
    values = {"id": key, "at": clock.now(), "sender_id": sender_id, "audience": audience.value, "audience_id": whom}
    session.execute(insert(_MESSAGE).values(values | {"text": said}))
    session.execute(insert(_READER), [{"message_id": key, "agent_id": one, "sender_id": sender_id} for one in readers])
    return len(readers)


def unread(session: Session, agent_id: UUID) -> tuple[MessageRow, ...]:
    """What one was told and has not said to have read, oldest first."""
    rows = session.execute(
        select(_MESSAGE, Agent.name)
        .join(_READER, _READER.c.message_id == _MESSAGE.c.id)
        .outerjoin(Agent, Agent.id == _MESSAGE.c.sender_id)
        .where(_READER.c.agent_id == agent_id, _READER.c.read_at.is_(None))
        .order_by(_MESSAGE.c.at, _MESSAGE.c.id)
    )
    return tuple(MessageRow(row.id, row.at, row.name or "", row.text, Audience(row.audience)) for row in rows)


def mark_read(session: Session, agent_id: UUID, keys: Iterable[UUID]) -> None:
    """One has read these."""
    mine = (_READER.c.agent_id == agent_id) & _READER.c.read_at.is_(None) & _READER.c.message_id.in_(list(keys))
    session.execute(update(_READER).where(mine).values(read_at=_now(session)))


def sent(session: Session, sender_id: UUID, limit: int = 30) -> tuple[SentRow, ...]:
    """What one has sent, newest first, with who has read it."""
    newest = (
        select(_MESSAGE).where(_MESSAGE.c.sender_id == sender_id).order_by(_MESSAGE.c.at.desc(), _MESSAGE.c.id.desc())
    )
    found = session.execute(newest.limit(limit)).all()
    reading = (
        select(_READER.c.message_id, Agent.name, _READER.c.read_at)
        .join(Agent, Agent.id == _READER.c.agent_id)
        .where(_READER.c.message_id.in_([row.id for row in found]))
        .order_by(Agent.name)
    )
    readers: dict[UUID, list[Any]] = {}
    for row in session.execute(reading):
        readers.setdefault(row.message_id, []).append((row.name, row.read_at))
    teams: dict[UUID, str] = {row.id: row.name for row in session.execute(select(Team.id, Team.name))}
    shown = []
    for row in found:
        who, audience = tuple(readers.get(row.id, ())), Audience(row.audience)
        to = teams.get(row.audience_id, "") if audience is Audience.TEAM else ""
        to = who[0][0] if audience is Audience.AGENT and who else to
        shown.append(SentRow(row.id, row.at, row.text, audience, to, who))
    return tuple(shown)


# ------------------------------------------------------------------ what others asked about one


def listeners(session: Session, agent_id: UUID) -> tuple[ListenerRow, ...]:
    """Who listens to one now, where the centre lets people know that."""
    if not session.execute(select(AccessSetting.tells_monitored)).scalar_one():
        return ()
    other = aliased(Agent)
    query = (
        select(PbxRequest.id, PbxRequest.done_at, other.name)
        .outerjoin(other, other.id == PbxRequest.asked_by)
        .where(
            *(PbxRequest.agent_id == agent_id, PbxRequest.kind == RequestKind.MONITOR.value),
            *(PbxRequest.state == RequestState.DONE.value, PbxRequest.over_at.is_(None)),
            PbxRequest.at > _now(session) - _HEARD,
        )
        .order_by(PbxRequest.at)
    )
    return tuple(ListenerRow(row.id, row.done_at, row.name or "") for row in session.execute(query))


def orders(session: Session, agent_id: UUID) -> tuple[OrderRow, ...]:
    """What others asked about one in the last two minutes, oldest first."""
    query = (
        select(PbxRequest.id, PbxRequest.at, PbxRequest.kind, PbxRequest.reason, Agent.name)
        .outerjoin(Agent, Agent.id == PbxRequest.asked_by)
        .where(
            *(PbxRequest.agent_id == agent_id, PbxRequest.asked_by != agent_id, PbxRequest.kind.in_(_ORDERS)),
            *(PbxRequest.queue_id.is_(None), PbxRequest.at > _now(session) - ORDER_COUNTS),
        )
        .order_by(PbxRequest.at, PbxRequest.id)
    )
    rows = session.execute(query)
    return tuple(OrderRow(row.id, row.at, RequestKind(row.kind), row.reason, row.name or "") for row in rows)


def _now(session: Session) -> Any:
    """The database's clock on a server, else this computer's."""
    return session.execute(text("SELECT clock_timestamp()")).scalar_one() if on_server(session) else clock.now()
