"""What an administrator keeps besides people: teams, queues, dispositions, pause reasons, phones, the centre itself."""

import re
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from agent_desktop.data.admin_rows import (
    CentreRecord,
    DispositionRecord,
    PauseRecord,
    PhoneRecord,
    QueueRecord,
    TeamRecord,
)
from agent_desktop.data.admin_save import Stale, put, put_links, record_edit, required, taken
from agent_desktop.data.errors import Refused
from agent_desktop.data.models import (
    AccessSetting,
    Agent,
    AgentPhone,
    Disposition,
    PauseReason,
    Queue,
    QueueMember,
    Site,
    Team,
    TeamLead,
)
from agent_desktop.data.sql import on_server, table_of
from agent_desktop.data.words import SlVariant
from agent_desktop.told import told

_COUNTRY = re.compile("[A-Z]{2}")
_HOST = re.compile(r"[^\s;,<>@]+")
_TRANSPORTS, _SRTP = ("udp", "tcp", "tls"), ("off", "preferred", "required")


# ------------------------------------------------------------------ read


def teams(session: Session) -> tuple[TeamRecord, ...]:
    """All teams, by name, those switched off too."""
    leads = _grouped(session, TeamLead.team_id, TeamLead.agent_id)
    rows = session.execute(select(table_of(Team)).order_by(Team.name, Team.id))
    return tuple(TeamRecord(row.id, row.version, row.name, leads.get(row.id, ()), bool(row.active)) for row in rows)


def queues(session: Session) -> tuple[QueueRecord, ...]:
    """All queues in the order of the board, those switched off too."""
    members = _grouped(session, QueueMember.queue_id, QueueMember.agent_id)
    rows = session.execute(select(table_of(Queue)).order_by(Queue.position, Queue.label, Queue.id))
    return tuple(
        QueueRecord(
            row.id, row.version, row.name, row.label, row.position, row.sl_threshold_s, row.sl_target,
            row.short_abandon_s, row.wrap_up_s, bool(row.requires_disposition), members.get(row.id, ()),
            bool(row.active), SlVariant(row.sl_variant), bool(row.sl_exits),
        )
        for row in rows
    )  # fmt: skip


def dispositions(session: Session) -> tuple[DispositionRecord, ...]:
    """All dispositions: queue by queue, those of every queue last."""
    table = table_of(Disposition)
    rows = session.execute(
        select(table)
        .outerjoin(Queue, Queue.id == table.c.queue_id)
        .order_by(table.c.queue_id.is_(None), Queue.position, Queue.label, table.c.position, table.c.label)
    )
    return tuple(
        DispositionRecord(
            row.id, row.version, row.label, row.queue_id, row.position, tuple(map(str, row.reasons or ())),
            bool(row.asks_callback), bool(row.active),
        )
        for row in rows
    )  # fmt: skip


def pause_reasons(session: Session) -> tuple[PauseRecord, ...]:
    """All pause reasons, in order."""
    rows = session.execute(select(table_of(PauseReason)).order_by(PauseReason.position, PauseReason.label))
    return tuple(
        PauseRecord(row.id, row.version, row.label, row.position, row.limit_s, bool(row.active)) for row in rows
    )


def phones(session: Session) -> tuple[PhoneRecord, ...]:
    """The phones that were given to people; on a server an agent sees the own one only."""
    rows = session.execute(select(table_of(AgentPhone)).order_by(AgentPhone.agent_id))
    return tuple(
        PhoneRecord(
            row.agent_id, row.version, row.server, row.account, row.auth_user, row.transport, row.proxy, row.srtp,
            bool(row.active),
        )
        for row in rows
    )  # fmt: skip


def centre(session: Session) -> CentreRecord:
    """The centre's name and home country, and how long agents may edit."""
    site = session.execute(select(Site.site_id, Site.name, Site.region, Site.time_zone)).one()
    columns = (AccessSetting.version, AccessSetting.edit_hours, AccessSetting.tells_monitored)
    access = session.execute(select(*columns)).one()
    told = bool(access.tells_monitored)
    return CentreRecord(site.site_id, access.version, site.name, site.region, access.edit_hours, told, site.time_zone)


def _grouped(session: Session, key: Any, value: Any) -> dict[UUID, tuple[UUID, ...]]:
    found: dict[UUID, list[UUID]] = {}
    for row in session.execute(select(key.label("key"), value.label("value")).order_by(key, value)):
        found.setdefault(row.key, []).append(row.value)
    return {name: tuple(values) for name, values in found.items()}


# ------------------------------------------------------------------ save: each raises Stale, Refused


def save_team(session: Session, record: TeamRecord) -> None:
    """Store a team and who leads it."""
    name = required(record.name, "A team needs a name.")
    taken(session, Team, record.id, told("There is a team “{0}” already.").format(name), name=name)
    put(session, Team, record.id, record.version, {"name": name, "active": record.active})
    put_links(session, TeamLead, ("team_id", "agent_id"), record.id, record.leads)


def save_queue(session: Session, record: QueueRecord) -> None:
    """Store a queue, its targets and its members."""
    name = required(record.name, "A queue needs the name that the PBX gives it.")
    taken(session, Queue, record.id, told("There is a queue “{0}” already.").format(name), name=name)
    _within(record.sl_target, 0.01, 1.0, "A service level's target lies between 1 and 100 %.")
    for seconds in (record.sl_threshold_s, record.short_abandon_s, record.wrap_up_s):
        _within(seconds, 0, 86_400, "A time lies between nothing and a day.")
    values = {
        "name": name,
        "label": record.label.strip() or name,
        "position": record.position,
        "sl_threshold_s": record.sl_threshold_s,
        "sl_target": record.sl_target,
        "short_abandon_s": record.short_abandon_s,
        "sl_variant": record.sl_variant.value,
        "sl_exits": record.sl_exits,
        "wrap_up_s": record.wrap_up_s,
        "requires_disposition": record.requires_disposition,
        "active": record.active,
    }
    put(session, Queue, record.id, record.version, values)
    put_links(session, QueueMember, ("queue_id", "agent_id"), record.id, record.members)


def save_disposition(session: Session, record: DispositionRecord) -> None:
    """Store a disposition with its reasons."""
    reasons = [stripped for reason in record.reasons if (stripped := reason.strip())]
    values = {
        "label": required(record.label, "A disposition needs a name."),
        "queue_id": record.queue_id,
        "position": record.position,
        "reasons": list(dict.fromkeys(reasons)),
        "asks_callback": record.asks_callback,
        "active": record.active,
    }
    put(session, Disposition, record.id, record.version, values)


def save_pause_reason(session: Session, record: PauseRecord) -> None:
    """Store a pause reason and how long it may last."""
    _within(record.limit_s, 0, 86_400, "A pause lasts a day at most.")
    values = {
        "label": required(record.label, "A pause reason needs a name."),
        "position": record.position,
        "limit_s": record.limit_s,
        "active": record.active,
    }
    put(session, PauseReason, record.id, record.version, values)


def save_phone(session: Session, record: PhoneRecord) -> None:
    """Store somebody's phone account. Its password is asked for at the desk."""
    server, account, proxy = record.server.strip(), record.account.strip(), record.proxy.strip()
    if not _HOST.fullmatch(server) or not _HOST.fullmatch(account):
        raise Refused("A phone needs its server, as host or host:port, and its account there.")
    if proxy and not _HOST.fullmatch(proxy):
        raise Refused("The outbound proxy is a host or host:port.")
    if record.transport not in _TRANSPORTS or record.srtp not in _SRTP:
        raise Refused("The phone knows no such transport or encryption.")
    if session.execute(select(Agent.id).where(Agent.id == record.id)).first() is None:
        raise Refused("There is nobody for this phone.")
    values = {
        "server": server,
        "account": account,
        "auth_user": record.auth_user.strip(),
        "transport": record.transport,
        "proxy": proxy,
        "srtp": record.srtp,
        "active": record.active,
    }
    put(session, AgentPhone, record.id, record.version, values)


def save_centre(session: Session, record: CentreRecord) -> None:
    """Store the centre's name and country, and how long agents may edit."""
    if not _COUNTRY.fullmatch(record.region):
        raise Refused("A country is two letters, such as PL.")
    if record.edit_hours < 1:
        raise Refused("At least one hour: desktops send what they know when a call ends, or later.")
    if record.time_zone and record.time_zone not in available_timezones():
        raise Refused(told("There is no time zone “{0}”; one is Europe/Warsaw.").format(record.time_zone))
    before = centre(session)
    changed = update(table_of(AccessSetting)).where(AccessSetting.version == record.version)
    access = {"edit_hours": record.edit_hours, "tells_monitored": record.tells_monitored}
    result: Any = session.execute(changed.values(version=record.version + 1, **access))
    if result.rowcount != 1:
        raise Stale
    after = {"name": record.name.strip(), "region": record.region, "time_zone": record.time_zone}
    session.execute(update(table_of(Site)).values(after))
    if not on_server(session):
        was = {name: getattr(before, name) for name in (*after, *access)}
        record_edit(session, "site", "1", was, after | access)


def _within(value: float, least: float, most: float, words: str) -> None:
    if not least <= value <= most:
        raise Refused(words)
