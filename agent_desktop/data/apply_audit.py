"""Applying what was looked at and taken away to the audit."""

from datetime import timedelta

from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data import audit
from agent_desktop.data.operations import RecordException, RecordExport, RecordView
from agent_desktop.data.rows import Changed

_LATE = timedelta(minutes=1)  # the audit's own time is the server's, when it heard of it


def record_view(session: Session, operation: RecordView) -> Changed:
    """Somebody looked at a row."""
    audit.record_view(session, operation.table, operation.row_id, detail=_when(operation.at_us))
    return Changed()


def record_exception(session: Session, operation: RecordException) -> Changed:
    """Somebody who does not want to be called is called, and why."""
    detail = ", ".join(part for part in (operation.reason, _when(operation.at_us)) if part)
    audit.record_call(session, operation.customer_id, detail)
    return Changed()


def record_export(session: Session, operation: RecordExport) -> Changed:
    """Somebody took rows away."""
    target = ", ".join(part for part in (operation.target, _when(operation.at_us)) if part)
    audit.record_export(session, operation.what, operation.rows, target=target)
    return Changed()


def _when(at_us: int) -> str:
    """When it was, if what a workstation kept through an outage comes later."""
    at = clock.from_us(at_us)
    return f"at {at.isoformat(timespec='seconds')}" if clock.now() - at > _LATE else ""
