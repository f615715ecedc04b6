"""The people of a centre as an administrator keeps them: who they are, their login, their role, their end."""

import re
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from agent_desktop.data import access, admin_centre, admin_handoff, agents, audit, handoffs, identity_checks
from agent_desktop.data.admin_rows import (
    ROLES,
    Administration,
    CentreRecord,
    DispositionRecord,
    HandoffRecord,
    HistoryEntry,
    PauseRecord,
    PersonRecord,
    PhoneRecord,
    QueueRecord,
    Record,
    Saved,
    TeamRecord,
)
from agent_desktop.data.admin_save import put, required, taken
from agent_desktop.data.errors import Refused
from agent_desktop.data.identity_rows import NO_QUEUE, IdentityRecord
from agent_desktop.data.models import Agent, Team
from agent_desktop.data.sql import on_server, table_of
from agent_desktop.told import told

_LOGIN = re.compile(r"(?!pg_|public$|none$)[^\s\x00-\x1f\"'/@:]+")
_LOGIN_BYTES = 63  # a server cuts off the rest, and would know somebody else


def allowed(session: Session) -> bool:
    """Whether who is signed in may administer: an admin on a server, whoever has the file elsewhere."""
    if not on_server(session):
        return True
    return bool(session.execute(select(func.access.is_member("admin"))).scalar_one())


def load(session: Session) -> Administration:
    """Everything an administrator keeps, at one moment."""
    me = agents.signed_in(session)
    return Administration(
        server=on_server(session),
        me=me.id if me is not None else None,
        centre=admin_centre.centre(session),
        people=people(session),
        teams=admin_centre.teams(session),
        queues=admin_centre.queues(session),
        dispositions=admin_centre.dispositions(session),
        pause_reasons=admin_centre.pause_reasons(session),
        phones=admin_centre.phones(session),
        identity=_policies(session),
        handoff_rules=admin_handoff.rules(session),
        secret_headers=handoffs.warnings(session),
    )


def _policies(session: Session) -> tuple[IdentityRecord, ...]:
    """Of calls without a queue, then of each queue, those that have none yet with what is usual."""
    stored = {record.id: record for record in identity_checks.policies(session)}
    keys = (NO_QUEUE, *(queue.id for queue in admin_centre.queues(session) if queue.active or queue.id in stored))
    return tuple(stored.get(key) or IdentityRecord(key) for key in keys)


def people(session: Session) -> tuple[PersonRecord, ...]:
    """Everybody by name, with the role of their login, those switched off too."""
    roles: dict[str, str] = {}
    for line in access.logins(session):  # a login that somebody put into two groups has the rights of the higher
        if line.group in ROLES and ROLES.index(line.group) >= ROLES.index(roles.get(line.login, ROLES[0])):
            roles[line.login] = line.group
    rows = session.execute(select(table_of(Agent)).order_by(Agent.name, Agent.id))
    return tuple(_person(row, roles.get(row.login, "")) for row in rows)


def _person(row: Any, role: str) -> PersonRecord:
    return PersonRecord(
        row.id, row.version, row.name, row.login, row.team_id, role, row.extension, bool(row.active),
        row.access_until, bool(row.one_time),
    )  # fmt: skip


def save(session: Session, record: Record) -> Saved:
    """Store any record. Raises Stale when somebody else was first, Refused, in words."""
    match record:
        case PersonRecord():
            return Saved(record.id, save_person(session, record))
        case TeamRecord():
            admin_centre.save_team(session, record)
        case QueueRecord():
            admin_centre.save_queue(session, record)
        case DispositionRecord():
            admin_centre.save_disposition(session, record)
        case PauseRecord():
            admin_centre.save_pause_reason(session, record)
        case PhoneRecord():
            admin_centre.save_phone(session, record)
        case HandoffRecord():
            admin_handoff.save(session, record)
        case CentreRecord():
            admin_centre.save_centre(session, record)
        case IdentityRecord():
            identity_checks.save_policy(session, record)
    return Saved(record.id)


def save_person(session: Session, record: PersonRecord) -> str:
    """Store a person, and on a server their login's role and end. Raises Stale, Refused.

    Answers with the password made for a login that is new, to be handed over: it is shown this once and kept nowhere.
    """
    before = next((person for person in people(session) if person.id == record.id), None)
    name = required(record.name, "A person needs a name.")
    login = required(record.login, "A person needs a login: it says whose work is whose.")
    if not _LOGIN.fullmatch(login) or len(login.encode()) > _LOGIN_BYTES:
        raise Refused(
            "A login is one word of at most 63 letters (31 with accents), without quotes, “/”, “:” and “@”; "
            "“public”, “none” and what begins with “pg_” are the server's own."
        )
    taken(session, Agent, record.id, told("The login “{0}” is taken.").format(login), login=login)
    if before is not None and before.role and before.login != login:
        raise Refused("A login that has a password keeps its name: add the person anew to give them another.")
    if record.team_id is not None and session.execute(select(Team.id).where(Team.id == record.team_id)).first() is None:
        raise Refused("There is no such team.")
    _keeps_an_admin(session, before, record)
    values = {
        "name": name, "login": login, "extension": record.extension.strip(), "team_id": record.team_id,
        "active": record.active, "access_until": record.access_until,
    }  # fmt: skip
    made = access.make_password() if on_server(session) and record.role and (before is None or not before.role) else ""
    if made:
        values["one_time"] = True
    put(session, Agent, record.id, record.version, values)
    if made:
        access.give_login(session, login, record.role, record.access_until, made)
    elif before is not None and before.role:
        role = record.role or before.role  # a login is switched off with its person, never taken away
        if (role, record.access_until) != (before.role, before.access_until):
            access.give_login(session, login, role, record.access_until, None)
    return made


def new_password(session: Session, person_id: UUID) -> Saved:
    """Make another password for somebody's login, to be handed over. Raises Refused when they have none."""
    person = next((person for person in people(session) if person.id == person_id), None)
    if person is None or not person.role:
        raise Refused("This person has no login on the server yet.")
    made = access.make_password()
    put(session, Agent, person.id, person.version, {"one_time": True})
    access.give_login(session, person.login, person.role, person.access_until, made)
    return Saved(person.id, made)


def _keeps_an_admin(session: Session, before: PersonRecord | None, record: PersonRecord) -> None:
    if before is None or before.role != "admin" or not before.active or before.access_until is not None:
        return
    if record.role not in ("admin", "") or not record.active or record.access_until is not None:
        access.keep_an_admin(session, before.login)


def history(session: Session, record: Record, *, limit: int = 50) -> tuple[HistoryEntry, ...]:
    """What was done to a record, newest first: by whom, when, before and after. Admins only on a server."""
    key = str(record.id)
    match record:
        case PersonRecord():
            about = [("agent", key), ("agent_phone", key), ("role", record.login)]
        case TeamRecord():
            about = [("team", key), ("team_lead", f"{key} %")]
        case QueueRecord():
            about = [("queue", key), ("queue_member", f"{key} %")]
        case DispositionRecord():
            about = [("disposition", key)]
        case PauseRecord():
            about = [("pause_reason", key)]
        case PhoneRecord():
            about = [("agent_phone", key)]
        case HandoffRecord():
            about = [("handoff_rule", key)]
        case CentreRecord():
            about = [("site", "1"), ("access_setting", "1")]
        case IdentityRecord():
            about = [("identity_policy", key)]
    return tuple(_entry(row) for row in audit.about(session, about, limit=limit))


def _entry(row: audit.AuditRow) -> HistoryEntry:
    before, after = row.before or {}, row.after or {}
    names = [name for name in {**before, **after} if name != "id"]
    changes = tuple((row.table, name, before.get(name), after.get(name)) for name in names)
    return HistoryEntry(row.id, row.at, row.who, row.action, changes, row.detail)
