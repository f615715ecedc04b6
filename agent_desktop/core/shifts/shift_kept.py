"""How people kept to the shifts that are planned for them; adherence and conformance are metrics' own. No Qt."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from agent_desktop import data
from agent_desktop.core import metrics
from agent_desktop.core.metrics import Planned, Span
from agent_desktop.core.shift_plan import Plan
from agent_desktop.data.agent_time_rows import AgentTime
from agent_desktop.data.staffing_rows import ShiftRow

_DAY = timedelta(days=1)


def spans(rows: Iterable[ShiftRow], zone: ZoneInfo, start: datetime, end: datetime) -> dict[UUID, list[Span]]:
    """What is planned between two moments, by person, in order. Minutes are of the clock on the wall: a night in which
    it is changed is an hour shorter or longer.
    """
    found: dict[UUID, list[Span]] = {}
    for row in rows:
        for part in row.parts:
            begins, ends = max(moment(row.day, part.first, zone), start), min(moment(row.day, part.last, zone), end)
            if begins < ends:
                found.setdefault(row.agent_id, []).append(Span(begins, ends, Planned(part.kind)))
    return {who: sorted(planned) for who, planned in found.items()}


def moment(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """A minute of a day by the site's clock, aware UTC."""
    days, minutes = divmod(minute, 1_440)
    on_the_wall = datetime.combine(day + days * _DAY, time(minutes // 60, minutes % 60), zone)
    return on_the_wall.astimezone(UTC)


def times(session: Any, start: datetime, end: datetime, zone: ZoneInfo) -> Mapping[UUID, AgentTime]:
    """How everybody who has a plan kept to it between two moments; nobody else is in it."""
    if end <= start:
        return {}
    first, last = start.astimezone(zone).date() - _DAY, end.astimezone(zone).date()
    planned = spans(data.shifts.shifts(session, first, last), zone, start, end)
    if not planned:
        return {}
    lived: dict[UUID, list[Span]] = {}
    turns = data.agent_times.turns(session, start, end, tuple(planned))
    for (who, since, presence), after in zip_longest(turns, turns[1:]):
        until = after[1] if after is not None and after[0] == who else end
        span = metrics.lived(presence, max(since, start), until)
        if span is not None and span.start < span.end:
            lived.setdefault(who, []).append(span)
    return {who: _time(plan, lived.get(who, [])) for who, plan in planned.items()}


def last_days(session: Any, zone: ZoneInfo, now: datetime, days: int = 7) -> Plan:
    """What was planned on the last days up to now, by login, as a plan from a file is."""
    today = now.astimezone(zone).date()
    first, logins = today - days * _DAY, {row.id: row.login for row in data.agents.agents(session, active_only=False)}
    found = spans(data.shifts.shifts(session, first - _DAY, today), zone, moment(first, 0, zone), now)
    return {logins[who].casefold(): tuple(planned) for who, planned in found.items() if who in logins}


def _time(planned: list[Span], actual: list[Span]) -> AgentTime:
    adherence, conformance = metrics.adherence(planned, actual), metrics.conformance(planned, actual)
    return AgentTime(
        kept_us=round(adherence.numerator * 1e6),
        planned_us=round(adherence.denominator * 1e6),
        worked_us=round(conformance.numerator * 1e6),
        down_us=round(conformance.denominator * 1e6),
    )
