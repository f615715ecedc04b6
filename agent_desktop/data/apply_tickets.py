"""Operations on tickets: a number nobody else can take, comments that always fit, guarded changes of state."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data.errors import Refused
from agent_desktop.data.ids import derived_id
from agent_desktop.data.models import Agent, Ticket, TicketEvent, TicketInteraction
from agent_desktop.data.operations import OpenTicket, UpdateTicket
from agent_desktop.data.rows import Changed
from agent_desktop.data.sql import insert_new, locked_row, update_row
from agent_desktop.data.tickets import MAX_DIGITS, MIN_DIGITS, number_of
from agent_desktop.data.words import Priority, TicketStatus
from agent_desktop.told import told

_CHANGED = ("status", "priority", "assignee_id")
# From opening to the promised answer, by priority.
DUE = {
    Priority.URGENT: timedelta(hours=4),
    Priority.HIGH: timedelta(days=1),
    Priority.NORMAL: timedelta(days=3),
    Priority.LOW: timedelta(days=7),
}


def open_ticket(session: Session, op: OpenTicket) -> Changed:
    """A new ticket. Its number is that of ``tickets.number_of``, with more digits where somebody has that one."""
    if not op.subject.strip():
        raise Refused("A ticket needs a subject.")
    priority = _priority(op.priority)
    at = clock.from_us(op.at_us)
    if locked_row(session, Ticket, op.ticket_id) is None:
        values = {"id": op.ticket_id, "subject": op.subject.strip(), "status": TicketStatus.NEW, "priority": priority}
        values |= {"customer_id": op.customer_id, "assignee_id": op.agent_id, "queue": op.queue or ""}
        values |= {"opened_at": at, "updated_at": at, "due_at": at + DUE[priority]}
        for digits in range(MIN_DIGITS, MAX_DIGITS + 1):
            if insert_new(session, Ticket, values | {"number": number_of(op.ticket_id, digits)}):
                break
        else:
            raise Refused("No ticket number is free.")
        _event(session, op, derived_id(op.ticket_id, "opened"), "opened", op.body)
    _link(session, op.ticket_id, op.interaction_id)
    return _changed(op.ticket_id, op.customer_id, op.interaction_id)


def update_ticket(session: Session, op: UpdateTicket) -> Changed:
    """Comment, link or change a ticket; only changes of state count up its version and can be stale."""
    row = locked_row(session, Ticket, op.ticket_id)
    if row is None:
        raise Refused("This ticket does not exist.")
    changes: dict[str, Any] = {}
    if op.status is not None and op.status != row["status"]:
        changes["status"] = _status(op.status)
    if op.priority is not None and op.priority != row["priority"]:
        changes["priority"] = _priority(op.priority)
        changes["due_at"] = row["opened_at"] + DUE[changes["priority"]]
    if op.assignee_id is not None and op.assignee_id != row["assignee_id"]:
        changes["assignee_id"] = op.assignee_id
    if _clashes(op, row, changes):
        raise Refused(
            told("Somebody else changed {0} meanwhile. Look at its new state and change it again.").format(
                row["number"]
            )
        )
    at = clock.from_us(op.at_us)
    if op.comment.strip():
        _event(session, op, op.event_id, "comment", op.comment)
    for kind, text in _spoken(session, changes):
        _event(session, op, derived_id(op.event_id, kind), kind, text)
    if _link(session, op.ticket_id, op.interaction_id) and not op.comment.strip():
        _event(session, op, derived_id(op.event_id, "linked"), "linked", "")
    if changes:
        changes["version"] = row["version"] + 1
    update_row(session, Ticket, op.ticket_id, changes | {"updated_at": max(at, row["updated_at"])})
    return _changed(op.ticket_id, row["customer_id"], op.interaction_id)


def _clashes(op: UpdateTicket, row: dict[str, Any], changes: dict[str, Any]) -> bool:
    """Whether somebody else changed, since this was said, what this changes."""
    if op.version is None or op.version == row["version"]:
        return False
    said = {name: str(row[name] or "") for name in _CHANGED}
    return any(name not in op.before or op.before[name] != said[name] for name in changes if name in _CHANGED)


def _spoken(session: Session, changes: dict[str, Any]) -> list[tuple[str, str]]:
    spoken: list[tuple[str, str]] = [(kind, str(changes[kind])) for kind in ("status", "priority") if kind in changes]
    if "assignee_id" in changes:
        name = session.execute(select(Agent.name).where(Agent.id == changes["assignee_id"])).scalar_one_or_none()
        spoken.append(("assigned", name or ""))
    return spoken


def _event(session: Session, op: OpenTicket | UpdateTicket, event_id: UUID, kind: str, text: str) -> None:
    values = {"id": event_id, "ticket_id": op.ticket_id, "at": clock.from_us(op.at_us), "agent_id": op.agent_id}
    insert_new(session, TicketEvent, values | {"kind": kind, "text": text})


def _link(session: Session, ticket_id: UUID, interaction_id: UUID | None) -> bool:
    if interaction_id is None:
        return False
    return insert_new(session, TicketInteraction, {"ticket_id": ticket_id, "interaction_id": interaction_id})


def _changed(ticket_id: UUID, customer_id: UUID | None, interaction_id: UUID | None) -> Changed:
    return Changed(
        tickets=frozenset({ticket_id}),
        customers=frozenset({customer_id} if customer_id else ()),
        interactions=frozenset({interaction_id} if interaction_id else ()),
    )


def _priority(value: str) -> Priority:
    try:
        return Priority(value)
    except ValueError:
        raise Refused(told("“{0}” is no priority this version of the program knows.").format(value)) from None


def _status(value: str) -> TicketStatus:
    try:
        return TicketStatus(value)
    except ValueError:
        raise Refused(told("“{0}” is no status this version of the program knows.").format(value)) from None
