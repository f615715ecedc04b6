"""Sums of queue visits by period, and by queue, team or agent: what every report and forecast reads."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ARRAY, TIMESTAMP, Select, and_, bindparam, cast, func, null, select, union_all
from sqlalchemy.orm import Session

from agent_desktop.data import recount, visit_sums
from agent_desktop.data.base import UtcTime
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
    server = on_server(session)
    shape, values = _asked(session, moments, group, queue_ids)
    found: dict[tuple[int, UUID | None], Cell] = {}
    for row in session.execute(_statement(shape), values):
        at = row[0] - 1 if server else bisect_right(moments, row[0]) - 1
        who = None if row[1] == NOBODY else row[1]
        cell = Cell(moments[at], who, Tally(*row[2:-1]), row[-1])
        known = found.get((at, who))
        found[at, who] = cell if known is None else known + cell
    return tuple(found[place] for place in sorted(found, key=lambda place: (place[0], place[1] or NOBODY)))


class _Shape(NamedTuple):
    """What statements differ in, but for values. ``changed`` and ``still``: how many stretches have changed since they
    were summed up, and how many have not.
    """

    server: bool
    group: Group
    changed: int
    still: int
    queues: recount.Named | None  # only these
    missing: recount.Named | None  # whose sums are to be passed over
    again: recount.Named | None  # and which of them are asked for

    @property
    def by_queue(self) -> bool:
        return self.group in (Group.QUEUE, Group.SITE)


def _asked(
    session: Session, moments: Sequence[datetime], group: Group, queue_ids: Collection[UUID] | None
) -> tuple[_Shape, dict[str, Any]]:
    """The shape of the statement, and its values."""
    start, end = moments[0], moments[-1]
    changed = recount.stale(session, start, end)
    if group not in (Group.QUEUE, Group.SITE):
        changed = _hours(changed, moments)
    changed = _few(changed)
    still = recount.rest(start, end, changed)
    values: dict[str, Any] = {"moments": list(moments)} if on_server(session) else {}
    for name, spans in (("changed", changed), ("still", still)):
        for place, span in enumerate(spans):
            values |= zip(_limits(name, place), span, strict=True)

    def named(name: str, ids: Collection[UUID]) -> recount.Named | None:
        if not ids:
            return None
        values[name] = list(ids)
        return recount.Named(name, NOBODY in ids)

    missing = recount.uncounted(session) if still else set()
    again = missing if queue_ids is None else missing.intersection(queue_ids)
    chosen = (named("queues", queue_ids or ()), named("missing", missing), named("again", again))
    return _Shape(on_server(session), group, len(changed), len(still), *chosen), values


def _limits(name: str, place: int) -> tuple[str, str]:
    return f"{name}_{place}_from", f"{name}_{place}_to"


@lru_cache(32)  # building it takes longer than the database needs for the last interval
def _statement(shape: _Shape) -> Select[Any]:
    """Period, key, the fields and the longest wait."""
    rows = _rows(shape).subquery()
    period = _period(rows.c.begun) if shape.server else rows.c.begun
    key: Any = {Group.QUEUE: rows.c.queue_id, Group.TEAM: Agent.team_id}.get(shape.group, null())
    if shape.group is Group.AGENT:
        key = rows.c.agent_id
    query = select(period.label("period"), key.label("key"), *visit_sums.of_sums(rows)).group_by(period)
    if shape.group is not Group.SITE:
        query = query.group_by(key)
    if shape.group is Group.TEAM:
        query = query.outerjoin(Agent, Agent.id == rows.c.agent_id)
    return query


def _rows(shape: _Shape) -> Any:
    """Sums by queue and perhaps agent: those made before where they still are right, else made now."""
    table = QUEUE_QUARTER if shape.by_queue else AGENT_HOUR
    begun = table.c.quarter if shape.by_queue else table.c.hour
    changed, still = _stretches("changed", shape.changed), _stretches("still", shape.still)
    keys = [table.c.queue_id] if shape.by_queue else [table.c.agent_id, table.c.queue_id]
    names = [*(column.name for column in keys), *FIELDS, "max_wait_us"]
    parts = []
    if still:
        made = recount.of_queues(table.c.queue_id, recount.within(begun, still), shape.queues)
        if shape.missing is not None:
            made = and_(made, table.c.queue_id.not_in(shape.missing.ids()))
        parts.append(select(begun.label("begun"), *(table.c[name] for name in names)).where(made))
    now = [(changed, shape.queues)] if changed else []
    if shape.again is not None:
        now.append((still, shape.again))
    for spans, queues in now:
        for rows in (recount.visits_now, recount.refusals):
            found = rows(shape.server, spans, queues, table, visit_sums.QUARTER).subquery()
            parts.append(select(found.c[begun.name].label("begun"), *(found.c[name] for name in names)))
    return union_all(*parts)


def _stretches(name: str, count: int) -> list[recount.Stretch]:
    limits = (_limits(name, place) for place in range(count))
    return [(bindparam(start, type_=UtcTime()), bindparam(end, type_=UtcTime())) for start, end in limits]


def _hours(changed: Sequence[recount.Span], moments: Sequence[datetime]) -> list[recount.Span]:
    """The hours that have changed, and those that a period begins or ends in: they have to be read from the visits."""
    cut = [(at, at) for at in moments if at != recount.hour_of(at)]
    hours = recount.hours_of(sorted([*changed, *cut]))
    return [(max(start, moments[0]), min(end, moments[-1])) for start, end in hours]


def _few(spans: list[recount.Span]) -> list[recount.Span]:
    """Not more stretches than a question should name."""
    return spans if len(spans) <= _MOST_STRETCHES else [(spans[0][0], spans[-1][1])]


def _period(quarter: Any) -> Any:
    """Which period a quarter hour lies in, from 1, on PostgreSQL; SQLite has no quick way to find it."""
    kind = ARRAY(TIMESTAMP(timezone=True))
    return func.width_bucket(quarter, cast(bindparam("moments", type_=kind), kind))
