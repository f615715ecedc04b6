"""Reports that are made by themselves: what was asked for, when each was due, and what came of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from agent_desktop.data.admin_save import put, required
from agent_desktop.data.errors import Refused
from agent_desktop.data.models import ReportRun, ReportSchedule
from agent_desktop.data.report_rows import RunRow, RunState, ScheduleRow
from agent_desktop.data.sql import insert_new, on_server, table_of
from agent_desktop.told import told

_SCHEDULE = table_of(ReportSchedule)
_RUN = table_of(ReportRun)
_FORMATS = ("pdf", "xlsx", "csv")


def allowed(session: Session) -> bool:
    """Whether who is signed in sees and makes schedules: supervisors, and the one person who owns a file."""
    if not on_server(session):
        return True
    return bool(session.execute(select(func.access.is_member("supervisor"))).scalar_one())


def schedules(session: Session, *, active_only: bool = False) -> tuple[ScheduleRow, ...]:
    """By name, each with its last run."""
    query = select(_SCHEDULE).order_by(_SCHEDULE.c.name, _SCHEDULE.c.id)
    rows = session.execute(query.where(_SCHEDULE.c.active) if active_only else query).all()
    newest = select(_RUN.c.schedule_id, func.max(_RUN.c.due_at).label("due_at")).group_by(_RUN.c.schedule_id).subquery()
    last = select(_RUN).join(newest, (newest.c.schedule_id == _RUN.c.schedule_id) & (newest.c.due_at == _RUN.c.due_at))
    runs = {row.schedule_id: _run(row) for row in session.execute(last)}
    return tuple(_schedule(row, runs.get(row.id)) for row in rows)


def save(session: Session, row: ScheduleRow) -> None:
    """Store a schedule at the version it was read. Raises Stale, Refused."""
    name = required(row.name, "A schedule needs a name.")
    if row.format not in _FORMATS:
        raise Refused("A report is written as PDF, XLSX or CSV.")
    if not 0 <= row.minute < 1_440:
        raise Refused("A day has 1,440 minutes.")
    if not (row.weekdays or 1 <= row.month_day <= 28):
        raise Refused("Choose the weekdays, or a day of the month from the 1st to the 28th.")
    if any(part in ("", ".", "..") for part in row.folder.split("/")) and row.folder:
        raise Refused("The folder is a name below the collector’s folder for reports, such as “billing”.")
    if row.folder.startswith(("/", "~")) or "\\" in row.folder or "\0" in row.folder:
        raise Refused("The folder is a name below the collector’s folder for reports, such as “billing”.")
    for address in row.addresses:
        _check_address(address)
    if not row.to_folder and not row.addresses:
        raise Refused("Say where the report goes: into a folder, to e-mail addresses, or both.")
    plain = ("wish", "format", "month_day", "minute", "folder", "to_folder", "whole_numbers", "active", "since")
    values: dict[str, Any] = {key: getattr(row, key) for key in plain}
    values |= {"name": name, "weekdays": sorted(set(row.weekdays)), "addresses": list(row.addresses)}
    put(session, ReportSchedule, row.id, row.version, values)


def _check_address(address: str) -> None:
    name, at, domain = address.partition("@")
    odd = any(character.isspace() or character in '<>,;:"()[]\\' for character in address)
    if not (name and at and domain) or "@" in domain or odd or not address.isascii():
        raise Refused(told("“{0}” is no e-mail address.").format(address))


# ------------------------------------------------------------------ runs: the collector's


def run(session: Session, schedule_id: UUID, due_at: datetime) -> RunRow | None:
    """What came of one moment; None when nobody has begun it."""
    row = session.execute(select(_RUN).where(_RUN.c.schedule_id == schedule_id, _RUN.c.due_at == due_at)).one_or_none()
    return _run(row) if row is not None else None


def begin(session: Session, schedule_id: UUID, due_at: datetime, now: datetime) -> bool:
    """Take a moment as ours; False when somebody has taken it before."""
    values = {"schedule_id": schedule_id, "due_at": due_at, "state": RunState.MAKING.value, "attempts": 1}
    rest = {"begun_at": now, "done_at": None, "again_at": None, "filed": False, "answer": ""}
    return insert_new(session, ReportRun, values | rest)


def begin_again(session: Session, found: RunRow, now: datetime) -> bool:
    """Take up a run that is to be tried again; False when it is no longer as it was ``found``."""
    values = {"state": RunState.MAKING.value, "attempts": found.attempts + 1, "begun_at": now, "again_at": None}
    return _change(session, found, values)


def tell(session: Session, found: RunRow, **values: Any) -> bool:
    """Write down how far a run is; False when somebody else has taken it meanwhile."""
    if isinstance(values.get("state"), RunState):
        values["state"] = values["state"].value
    return _change(session, found, values)


def _change(session: Session, found: RunRow, values: dict[str, Any]) -> bool:
    statement = update(_RUN).where(
        _RUN.c.schedule_id == found.schedule_id,
        _RUN.c.due_at == found.due_at,
        _RUN.c.state == found.state.value,
        _RUN.c.attempts == found.attempts,
    )
    result: Any = session.execute(statement.values(**values))
    return bool(result.rowcount == 1)


def _run(row: Any) -> RunRow:
    return RunRow(
        *(row.schedule_id, row.due_at, RunState(row.state), row.attempts, row.begun_at, row.done_at, row.again_at),
        *(bool(row.filed), row.answer),
    )


def _schedule(row: Any, last_run: RunRow | None) -> ScheduleRow:
    return ScheduleRow(
        *(row.id, row.since, row.version, row.name, row.wish or {}, row.format, tuple(row.weekdays or ())),
        *(row.month_day, row.minute, row.folder, bool(row.to_folder), tuple(row.addresses or ())),
        *(bool(row.whole_numbers), bool(row.active)),
        last_run,
    )
