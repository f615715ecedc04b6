"""Operations on the work list: callbacks and missed calls.

An entry leaves the list only by FinishWork, or, a missed call, when its own interaction turns out to have been taken.
Speaking to the same number on another call does not close it: only the agent knows what that call was about.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data import missed
from agent_desktop.data.apply_calls import outcome_is_settled
from agent_desktop.data.errors import Refused
from agent_desktop.data.models import Interaction, WorkEntry
from agent_desktop.data.operations import AddMissedCall, FinishWork, ScheduleCallback
from agent_desktop.data.rows import Changed
from agent_desktop.data.sql import held_row, insert_new, locked_row, update_row
from agent_desktop.data.words import WorkKind, WorkStatus


def schedule_callback(session: Session, op: ScheduleCallback) -> Changed:
    """A promise to call; given again with the same id it is moved, and open again."""
    at = clock.from_us(op.at_us)
    promise = {"number": op.number, "due_at": clock.from_us(op.due_us), "note": op.note, "assigned_to": op.assigned_to}
    row = locked_row(session, WorkEntry, op.work_id)
    if row is None:
        values = {"id": op.work_id, "kind": WorkKind.CALLBACK, "status": WorkStatus.OPEN, "created_at": at}
        values |= {"customer_id": op.customer_id, "interaction_id": op.interaction_id, "queue": op.queue or ""}
        insert_new(session, WorkEntry, values | promise | {"promised_by": op.agent_id})
    else:
        again = {"status": WorkStatus.OPEN, "claimed_by": None, "version": row["version"] + 1}
        update_row(session, WorkEntry, op.work_id, promise | again)
    return Changed(work=True, customers=frozenset({op.customer_id} if op.customer_id else ()))


def add_missed_call(session: Session, op: AddMissedCall) -> Changed:
    """A missed call to return, once however many desktops it rang on; done from the start if somebody took it."""
    at = clock.from_us(op.at_us)
    columns = (Interaction.outcome, Interaction.linked_id, Interaction.started_at)
    query = select(*columns).where(Interaction.id == op.interaction_id)
    # Held: who takes the call at this moment must find the entry, or be found. Not to be held by who has no part in it.
    call = session.execute(query.with_for_update()).one_or_none() or session.execute(query).one_or_none()
    settled = call is not None and (
        outcome_is_settled(call.outcome) or missed.was_taken(session, call.linked_id, call.started_at)
    )
    status = WorkStatus.DONE if settled else WorkStatus.OPEN
    values = {"id": op.work_id, "kind": WorkKind.MISSED, "status": status, "number": op.number, "due_at": at}
    values |= {"created_at": at, "customer_id": op.customer_id, "queue": op.queue or ""}
    if not insert_new(session, WorkEntry, values | {"interaction_id": op.interaction_id}):
        row = held_row(session, WorkEntry, op.work_id)
        changes = {"created_at": min(at, row["created_at"]), "due_at": min(at, row["due_at"])}
        changes |= {"customer_id": row["customer_id"] or op.customer_id, "queue": row["queue"] or op.queue or ""}
        update_row(session, WorkEntry, op.work_id, changes)
    return Changed(work=True)


def finish_work(session: Session, op: FinishWork) -> Changed:
    """After an attempt: done for good, or back on the list for everybody it was for."""
    row = locked_row(session, WorkEntry, op.work_id)
    if row is None:
        raise Refused("This entry of the work list does not exist.")
    done = op.done or row["status"] == WorkStatus.DONE
    changes = {
        "status": WorkStatus.DONE if done else WorkStatus.OPEN,
        "claimed_by": None,
        "attempts": row["attempts"] + (op.attempt_interaction_id is not None),
        "version": row["version"] + 1,
    }
    update_row(session, WorkEntry, op.work_id, changes)
    return Changed(work=True)
