"""The audit: who did what when. Edits write themselves down on a server; views and exports are said here."""

import getpass
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import and_, func, insert, or_, select
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data.models import AuditEntry
from agent_desktop.data.sql import on_server, table_of

VIEW = "view"
EXPORT = "export"
CALL = "call"


class AuditRow(msgspec.Struct, frozen=True):
    """One thing somebody did; ``before`` and ``after`` hold the columns that an edit changed."""

    id: int
    at: datetime
    who: str
    action: str  # insert, update, delete, view, export, call, grant; in a file also erase, retain, hold, release
    table: str
    row_id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    detail: str


def record_view(session: Session, table: str, row_id: UUID, *, detail: str = "") -> None:
    """Somebody looked at a row (a customer's page, a recording)."""
    _record(session, VIEW, table, str(row_id), detail)


def record_export(session: Session, what: str, rows: int, *, target: str = "", row_id: UUID | None = None) -> None:
    """Somebody took ``rows`` rows away; ``what`` is the table or the report, ``target`` the kind of file.

    ``row_id`` is whose they are, when they are all one person's.
    """
    _record(session, EXPORT, what, str(row_id or ""), f"{rows} rows" + (f", {target}" if target else ""))


def record_call(session: Session, customer_id: UUID, reason: str) -> None:
    """Somebody calls a customer who does not want to be called."""
    _record(session, CALL, "customer", str(customer_id), reason)


def entries(
    session: Session,
    *,
    table: str = "",
    row_id: str = "",
    who: str = "",
    before_id: int | None = None,
    limit: int = 100,
) -> tuple[AuditRow, ...]:
    """The newest entries, narrowed; the next page begins before the last one's ``id``. Admins only on a server."""
    query = select(table_of(AuditEntry)).order_by(AuditEntry.id.desc()).limit(limit)
    if table:
        query = query.where(AuditEntry.table_name == table)
    if row_id:
        query = query.where(AuditEntry.row_id == row_id)
    if who:
        query = query.where(AuditEntry.who == who)
    if before_id is not None:
        query = query.where(AuditEntry.id < before_id)
    return _rows(session, query)


def about(session: Session, rows: Sequence[tuple[str, str]], *, limit: int = 100) -> tuple[AuditRow, ...]:
    """The newest entries about some rows, each a table and an id (“ %” at its end: all that begin so)."""
    key = AuditEntry.row_id
    each = [
        and_(AuditEntry.table_name == table, key.like(wanted) if wanted.endswith(" %") else key == wanted)
        for table, wanted in rows
    ]
    return _rows(session, select(table_of(AuditEntry)).where(or_(*each)).order_by(AuditEntry.id.desc()).limit(limit))


def _rows(session: Session, query: Any) -> tuple[AuditRow, ...]:
    return tuple(
        AuditRow(row.id, row.at, row.who, row.action, row.table_name, row.row_id, row.before, row.after, row.detail)
        for row in session.execute(query)
    )


def _record(session: Session, action: str, table: str, row_id: str, detail: str) -> None:
    if on_server(session):
        session.execute(select(func.access.record(action, table, row_id, detail)))
        return
    record(session, action, table, row_id, detail)


def record(session: Session, action: str, table: str, row_id: str, detail: str) -> None:
    """Write down what somebody did in a file; a server's triggers do it themselves."""
    values = {"at": clock.now(), "who": user(), "action": action, "table_name": table, "row_id": row_id}
    session.execute(insert(table_of(AuditEntry)).values(values | {"detail": detail}))


def user() -> str:
    """A file knows no logins but the system's."""
    return getpass.getuser()
