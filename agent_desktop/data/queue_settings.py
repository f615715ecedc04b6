"""What the queues were set to, and since when: the versions that reports name, looked up."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from agent_desktop.data.models import QueueSetting
from agent_desktop.data.report_rows import QueueSettingRow, SettingsVersion
from agent_desktop.data.sql import table_of

_SETTING = table_of(QueueSetting)


def version(session: Session, number: int | None = None) -> SettingsVersion | None:
    """All queues' settings of a version, or of now; None where there is no such version."""
    asked = select(func.max(_SETTING.c.id).label("id"))
    query = asked.where(_SETTING.c.id <= number) if number is not None else asked
    newest = query.group_by(_SETTING.c.queue_id).subquery()
    rows = session.execute(select(_SETTING).join(newest, newest.c.id == _SETTING.c.id).order_by(_SETTING.c.id)).all()
    if not rows or (number is not None and rows[-1].id != number):
        return None
    return _version(rows)


def changes(session: Session, start: datetime, end: datetime, limit: int = 20) -> tuple[SettingsVersion, ...]:
    """The versions that began within a window, the oldest first; not what was there from the beginning on."""
    rows = session.execute(
        select(_SETTING.c.id)
        .where(_SETTING.c.at >= start, _SETTING.c.at < end, _SETTING.c.id.in_(_again()))
        .order_by(_SETTING.c.id)
        .limit(limit)
    )
    found = (version(session, row.id) for row in rows)
    return tuple(one for one in found if one is not None)


def _again() -> Any:
    """Rows of queues that had been set before: a new queue changes nobody's figures."""
    earlier = _SETTING.alias()
    return select(_SETTING.c.id).where(
        select(earlier.c.id)
        .where(earlier.c.queue_id == _SETTING.c.queue_id, earlier.c.id < _SETTING.c.id)
        .correlate(_SETTING)
        .exists()
    )


def _version(rows: Any) -> SettingsVersion:
    last = rows[-1]
    queues: dict[UUID, QueueSettingRow] = {row.queue_id: QueueSettingRow(row.queue_id, row.said) for row in rows}
    return SettingsVersion(last.id, last.at, tuple(queues.values()))
