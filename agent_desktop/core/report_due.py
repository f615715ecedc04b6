"""When a report that makes itself is due, by the clock on the site's wall. No Qt."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from agent_desktop.data.report_rows import ScheduleRow

_LOOK_DAYS = 32  # a month and a day: every rule is due within it


def last_due(schedule: ScheduleRow, zone: ZoneInfo, now: datetime) -> datetime | None:
    """The newest moment (aware UTC) up to ``now``, but none up to ``since``: what was missed is made up once."""
    today = now.astimezone(zone).date()
    for back in range(_LOOK_DAYS):
        due = _on(schedule, today - timedelta(days=back), zone)
        if due is not None and due <= now:
            return due if due > schedule.since else None
    return None


def next_due(schedule: ScheduleRow, zone: ZoneInfo, now: datetime) -> datetime | None:
    """The first moment after ``now``; None while it is switched off."""
    if not schedule.active:
        return None
    today = now.astimezone(zone).date()
    moments = (_on(schedule, today + timedelta(days=ahead), zone) for ahead in range(_LOOK_DAYS + 1))
    return next((due for due in moments if due is not None and due > now), None)


def _on(schedule: ScheduleRow, day: date, zone: ZoneInfo) -> datetime | None:
    """The moment of a day; None on days that are not meant.

    Of an hour that comes twice the first is meant; a time that the clock skips is as much later as was skipped.
    """
    meant = day.isoweekday() in schedule.weekdays if schedule.weekdays else day.day == schedule.month_day
    if not meant:
        return None
    hour, minute = divmod(schedule.minute, 60)
    return datetime.combine(day, time(hour, minute), zone).astimezone(UTC)
