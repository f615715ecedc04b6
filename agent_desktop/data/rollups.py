"""Sums of queue visits by period, and by queue, team or agent: what every report and forecast reads."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, TIMESTAMP, and_, cast, func, null, select, union_all
from sqlalchemy.orm import Session

from agent_desktop.data import recount, visit_sums
from agent_desktop.data.models import AGENT_HOUR, QUEUE_QUARTER, Agent
from agent_desktop.data.models.figures import FIELDS, NOBODY
from agent_desktop.data.sql import on_server
from agent_desktop.data.tally_rows import Cell, Group, Tally

_MOST_STRETCHES = 200


def tallies(
    session: Session, moments: Sequence[datetime], group: Group, *, queue_ids: Collection[UUID] | None = None
) -> tuple[Cell, ...]:
    """What entered in each period, by ``group``; cells of nothing are left out, in the order of periods.

    ``moments``: where each period begins and where the last ends (``core.periods.bounds``), aware UTC, on quarter
    hours. ``queue_ids``: only these queues. Limits are each queue's own of today. A login sees what its policies show.

    What has changed since it was summed up is counted from the visits: the answer is right whether or not anybody
    sums up. All of it has to be read in one transaction.
    """
    if len(moments) < 2 or (queue_ids is not None and not queue_ids):
        return ()
    rows = _rows(session, moments, group, queue_ids).subquery()
    period = _period(session, rows.c.begun, moments)
    key: Any = {Group.QUEUE: rows.c.queue_id, Group.TEAM: Agent.team_id}.get(group, null())
    if group is Group.AGENT:
        key = rows.c.agent_id
    query = select(period.label("period"), key.label("key"), *visit_sums.of_sums(rows)).group_by(period)
    if group is not Group.SITE:
        query = query.group_by(key)
    if group is Group.TEAM:
        query = query.outerjoin(Agent, Agent.id == rows.c.agent_id)
    found: dict[tuple[int, UUID | None], Cell] = {}
    for row in session.execute(query):
        at = row[0] - 1 if on_server(session) else bisect_right(moments, row[0]) - 1
        who = None if row[1] == NOBODY else row[1]
        cell = Cell(moments[at], who, Tally(*row[2:-1]), row[-1])
        known = found.get((at, who))
        found[at, who] = cell if known is None else known + cell
    return tuple(found[place] for place in sorted(found, key=lambda place: (place[0], place[1] or NOBODY)))


def _rows(session: Session, moments: Sequence[datetime], group: Group, queue_ids: Collection[UUID] | None) -> Any:
    """Sums by queue and perhaps agent: those made before where they still are right, else made now."""
    start, end = moments[0], moments[-1]
    by_queue = group in (Group.QUEUE, Group.SITE)
    table = QUEUE_QUARTER if by_queue else AGENT_HOUR
    begun = table.c.quarter if by_queue else table.c.hour
    changed = recount.stale(session, start, end)
    if not by_queue:
        changed = _hours(changed, moments)
    changed = _few(changed)
    missing = recount.uncounted(session)
    still = recount.rest(start, end, changed)
    keys = [table.c.queue_id] if by_queue else [table.c.agent_id, table.c.queue_id]
    names = [*(column.name for column in keys), *FIELDS, "max_wait_us"]
    parts = []
    if still:
        made = recount.of_queues(table.c.queue_id, recount.within(begun, still), queue_ids)
        if missing:
            made = and_(made, table.c.queue_id.not_in(missing))
        parts.append(select(begun.label("begun"), *(table.c[name] for name in names)).where(made))
    again = missing if queue_ids is None else missing.intersection(queue_ids)
    for spans, queues in ((changed, queue_ids), (still, again)):
        if spans and (queues is None or queues):
            for rows in (recount.visits_now, recount.refusals):
                now = rows(session, spans, queues, table, visit_sums.QUARTER).subquery()
                parts.append(select(now.c[begun.name].label("begun"), *(now.c[name] for name in names)))
    return union_all(*parts)


def _hours(changed: Sequence[recount.Span], moments: Sequence[datetime]) -> list[recount.Span]:
    """The hours that have changed, and those that a period begins or ends in: they have to be read from the visits."""
    cut = [(at, at) for at in moments if at != recount.hour_of(at)]
    hours = recount.hours_of(sorted([*changed, *cut]))
    return [(max(start, moments[0]), min(end, moments[-1])) for start, end in hours]


def _few(spans: list[recount.Span]) -> list[recount.Span]:
    """Not more stretches than a question should name."""
    return spans if len(spans) <= _MOST_STRETCHES else [(spans[0][0], spans[-1][1])]


def _period(session: Session, quarter: Any, moments: Sequence[datetime]) -> Any:
    """Which period a quarter hour lies in, from 1 (PostgreSQL); or itself, where SQL has no quick way to find it."""
    if on_server(session):
        return func.width_bucket(quarter, cast(list(moments), ARRAY(TIMESTAMP(timezone=True))))
    return quarter
