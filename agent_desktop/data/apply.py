"""Applying operations to the shared database: each exactly once, by the merge rules of its noun."""

from collections.abc import Callable
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data import (
    access,
    apply_audit,
    apply_calls,
    apply_consent,
    apply_customers,
    apply_recordings,
    apply_tickets,
    apply_work,
    duplicates,
    feed,
    identity_answers,
    identity_checks,
    knowledge_edit,
    merging,
    scripts,
)
from agent_desktop.data import operations as ops
from agent_desktop.data.models import AppliedOp
from agent_desktop.data.rows import Changed
from agent_desktop.data.sql import insert_new

_BY_KIND: dict[type, Callable[[Session, Any], Changed]] = {
    ops.SaveInteraction: apply_calls.save_interaction,
    ops.LinkCustomer: apply_calls.link_customer,
    ops.SaveLeg: apply_calls.save_leg,
    ops.SaveRecording: apply_recordings.save_recording,
    ops.SaveNote: apply_calls.save_note,
    ops.CompleteWrapUp: apply_calls.complete_wrap_up,
    ops.SaveCustomer: apply_customers.save_customer,
    ops.MergeCustomers: merging.merge,
    ops.UndoMerge: merging.undo,
    ops.SetApart: duplicates.set_apart,
    ops.SetConsent: apply_consent.set_consent,
    ops.OpenTicket: apply_tickets.open_ticket,
    ops.UpdateTicket: apply_tickets.update_ticket,
    ops.ScheduleCallback: apply_work.schedule_callback,
    ops.AddMissedCall: apply_work.add_missed_call,
    ops.FinishWork: apply_work.finish_work,
    ops.SetPresence: feed.set_presence,
    ops.SaveScriptRun: scripts.save_run,
    ops.RecordView: apply_audit.record_view,
    ops.RecordException: apply_audit.record_exception,
    ops.RecordExport: apply_audit.record_export,
    ops.UseArticle: knowledge_edit.use_article,
    ops.RecordIdentityAttempt: identity_checks.record_attempt,
    ops.SetIdentityAnswer: identity_answers.keep,
}


def apply(session: Session, operation: ops.AnyOperation) -> Changed:
    """Apply one operation inside the caller's transaction; a replayed one changes nothing.

    Raises errors.Refused when it can never be applied: the caller must then roll back.
    """
    operation = access.signed(session, operation)
    if not insert_new(session, AppliedOp, {"op_id": operation.op_id, "at": clock.now()}):
        return Changed()
    return _BY_KIND[type(operation)](session, _of_the_living(session, operation))


def _of_the_living(session: Session, operation: ops.AnyOperation) -> Any:
    """The operation with the customer who stands for the one it means, should that one have been merged meanwhile."""
    meant = getattr(operation, "customer_id", None)
    if isinstance(operation, ops.SaveCustomer | ops.SetConsent):
        return operation  # they look themselves, holding the row: two who held it here would then wait for each other
    if meant is None or (found := merging.living(session, meant)) == meant:
        return operation
    return msgspec.structs.replace(operation, customer_id=found)
