"""Callers who gave up waiting: who they were, what came of them since, and the entry of the work list to call one."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from agent_desktop import clock, numbers
from agent_desktop.data import work
from agent_desktop.data.callback_rows import AbandonedVisit, CallBack, ClaimedWork, LaterCall
from agent_desktop.data.ids import missed_call_id
from agent_desktop.data.models import Agent, Customer, Interaction, Phone, Queue, QueueVisit, Site, WorkEntry
from agent_desktop.data.rows import WorkItem
from agent_desktop.data.sql import insert_new
from agent_desktop.data.words import Channel, Direction, Outcome, VisitResult, WorkKind, WorkStatus

_CHUNK = 400
_AROUND = timedelta(hours=1)  # a call begins before its visit: the menu, another queue
_SPOKEN = (Outcome.ANSWERED.value, Outcome.TRANSFERRED.value)


def abandoned(
    session: Session, start: datetime, end: datetime, queue_ids: Collection[UUID] | None = None, limit: int = 5_000
) -> tuple[AbandonedVisit, ...]:
    """The waits given up by callers who entered in the window, the newest first; a login sees its own queues'."""
    query = (
        select(QueueVisit.entered_at, QueueVisit.left_at, QueueVisit.queue_id, QueueVisit.linked_id, Queue.name)
        .outerjoin(Queue, Queue.id == QueueVisit.queue_id)
        .where(QueueVisit.entered_at >= start, QueueVisit.entered_at < end, QueueVisit.result == VisitResult.ABANDONED)
        .order_by(QueueVisit.entered_at.desc(), QueueVisit.id)
        .limit(limit)
    )
    visits = session.execute(query if queue_ids is None else query.where(QueueVisit.queue_id.in_(queue_ids))).all()
    calls = _calls(session, [row.linked_id for row in visits if row.linked_id], start - _AROUND, end + _AROUND)
    known = _customers(session, [row.number for row in calls.values() if row.customer_id is None])
    found = []
    for row in visits:
        call = calls.get(row.linked_id) if row.linked_id else None
        left = row.left_at or row.entered_at
        if call is None:
            found.append(AbandonedVisit(row.entered_at, left, row.queue_id, row.name or "", row.linked_id))
            continue
        whose = (call.customer_id, call.customer) if call.customer_id else known.get(call.number, (None, ""))
        found.append(
            AbandonedVisit(row.entered_at, left, row.queue_id, row.name or "", row.linked_id, call.id, call.number,
                           call.e164, whose[0], whose[1] or "")
        )  # fmt: skip
    return tuple(found)


def later_calls(session: Session, reaches: Sequence[str], since: datetime) -> tuple[LaterCall, ...]:
    """Calls to and from these numbers from then on, in time."""
    found = []
    for chunk in _chunks(sorted(set(reaches))):
        rows = session.execute(
            select(
                *(Interaction.number, Interaction.e164, Interaction.started_at, Interaction.direction),
                *(Interaction.outcome, Agent.name.label("agent")),
            )
            .outerjoin(Agent, Agent.id == Interaction.agent_id)
            .where(
                Interaction.started_at >= since,
                Interaction.channel == Channel.CALL,
                or_(Interaction.e164.in_(chunk), Interaction.number.in_(chunk)),
            )
        )
        found += [
            LaterCall(
                *(row.e164 or row.number, row.started_at, row.direction == Direction.OUTBOUND),
                *(row.outcome in _SPOKEN, row.agent or ""),
            )
            for row in rows
        ]
    return tuple(sorted(found, key=lambda call: call.at))


def claimed(session: Session, interaction_ids: Sequence[UUID]) -> tuple[ClaimedWork, ...]:
    """What the work list says of these calls."""
    found = []
    for chunk in _chunks(list(interaction_ids)):
        rows = session.execute(
            select(WorkEntry.interaction_id, WorkEntry.status, Agent.name)
            .outerjoin(Agent, Agent.id == WorkEntry.claimed_by)
            .where(WorkEntry.kind == WorkKind.MISSED, WorkEntry.interaction_id.in_(chunk))
        )
        found += [ClaimedWork(row.interaction_id, row.status, row.name or "") for row in rows]
    return tuple(found)


def entry(session: Session, line: CallBack) -> WorkItem | None:
    """The entry of the work list for a caller, made if there is none: what two agents cannot claim both."""
    if line.interaction_id is None or not line.number:
        return None
    key = missed_call_id(line.interaction_id)
    values = {"id": key, "kind": WorkKind.MISSED, "status": WorkStatus.OPEN, "number": line.number}
    values |= {"due_at": line.last_at, "created_at": clock.now(), "customer_id": line.customer_id}
    insert_new(session, WorkEntry, values | {"queue": line.queue, "interaction_id": line.interaction_id})
    return work.item(session, key)


def _calls(session: Session, linked_ids: list[str], start: datetime, end: datetime) -> dict[str, Any]:
    columns = (Interaction.id, Interaction.linked_id, Interaction.number, Interaction.e164, Interaction.customer_id)
    found: dict[str, Any] = {}
    for chunk in _chunks(sorted(set(linked_ids))):
        query = (
            select(*columns, Customer.name.label("customer"))
            .outerjoin(Customer, Customer.id == Interaction.customer_id)
            .where(Interaction.linked_id.in_(chunk), Interaction.started_at >= start, Interaction.started_at < end)
        )
        found |= {row.linked_id: row for row in session.execute(query)}
    return found


def _customers(session: Session, said: list[str]) -> dict[str, tuple[UUID, str]]:
    """The customer of each number, as it was said; a number that several share tells nothing."""
    region = session.execute(select(Site.region)).scalar_one()
    keys = {number: numbers.parse(number, region).key for number in set(said) if number}
    found: dict[str, dict[UUID, str]] = {}
    for chunk in _chunks(sorted({key for key in keys.values() if key})):
        rows = session.execute(
            select(Phone.key, Customer.id, Customer.name)
            .join(Customer, Customer.id == Phone.customer_id)
            .where(Phone.key.in_(chunk), Customer.merged_into.is_(None))
        )
        for key, whose, name in rows:
            found.setdefault(key, {})[whose] = name
    alone = {key: next(iter(whose.items())) for key, whose in found.items() if len(whose) == 1}
    return {number: alone[key] for number, key in keys.items() if key in alone}


def _chunks(values: list[Any]) -> list[list[Any]]:
    return [values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK)]
