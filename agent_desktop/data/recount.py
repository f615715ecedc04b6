"""Summing up queue visits by quarter hour and hour: what has changed, all of it again, whether the sums are right."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CursorResult,
    Select,
    Table,
    and_,
    bindparam,
    case,
    delete,
    except_,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    true,
    tuple_,
    union_all,
    update,
)
from sqlalchemy.orm import Session

from agent_desktop.data import visit_sums
from agent_desktop.data.base import UuidType
from agent_desktop.data.db import Database
from agent_desktop.data.models import (
    AGENT_HOUR,
    QUEUE_QUARTER,
    CountedLimits,
    Queue,
    QueueEvent,
    QueueVisit,
    StaleQuarter,
)
from agent_desktop.data.models.figures import FIELDS, NOBODY
from agent_desktop.data.sql import on_server, table_of
from agent_desktop.data.words import QueueEventKind, VisitResult

QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)
DAY = timedelta(days=1)
_WITHIN_S = 60.0
_LOCK = 0x0FF1CE  # of whoever sums up, on a server: one at a time
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_KEYS = ("quarter", "hour", "agent_id", "queue_id")
_V = QueueVisit
Span = tuple[datetime, datetime]
Limits = dict[UUID, tuple[int, int]]  # of each queue: threshold and short abandon, in seconds


class Named(NamedTuple):
    """Queues whose ids come when the statement runs, as ``name``; ``nobody``: NOBODY will be one of them."""

    name: str
    nobody: bool

    def ids(self) -> BindParameter[Any]:
        """For ``in_``."""
        return bindparam(self.name, expanding=True, type_=UuidType())


Stretch = Span | tuple[BindParameter[datetime], BindParameter[datetime]]  # or given when the statement runs
Queues = Collection[UUID] | Named | None  # None: all


def quarter_of(at: datetime) -> datetime:
    """The beginning of the UTC quarter hour of a moment."""
    return at - (at - _BEGINNING) % QUARTER


def hour_of(at: datetime) -> datetime:
    """The beginning of the UTC hour of a moment."""
    return at - (at - _BEGINNING) % HOUR


def hours_of(spans: Iterable[Span]) -> list[Span]:
    """The whole hours that these stretches, in order, lie in."""
    found: list[Span] = []
    for start, end in spans:
        first, last = hour_of(start), hour_of(end)
        if last < end:
            last += HOUR
        if found and first <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return found


def mark_stale(session: Session, moments: Iterable[datetime]) -> None:
    """Something has changed in the quarter hours of these moments: their sums count no more."""
    quarters = {quarter_of(at) for at in moments}
    if quarters and not on_server(session):  # there is one writer, who sees what was marked before
        table = table_of(StaleQuarter)
        span = table.c.quarter.between(min(quarters), max(quarters))
        quarters -= set(session.execute(select(table.c.quarter).where(span)).scalars())
    if quarters:
        session.execute(insert(table_of(StaleQuarter)), [{"quarter": quarter} for quarter in sorted(quarters)])


def stale(session: Session, start: datetime, end: datetime) -> list[Span]:
    """The stretches from ``start`` to ``end`` of which something has changed since they were summed up."""
    column = StaleQuarter.quarter
    query = select(column).distinct().where(column >= start, column < end).order_by(column)
    return _joined(session.execute(query).scalars())


def limits_now(session: Session) -> Limits:
    """What each queue's limits are, and those of visits in no known queue."""
    rows = session.execute(select(Queue.id, Queue.sl_threshold_s, Queue.short_abandon_s))
    return {row.id: (row.sl_threshold_s, row.short_abandon_s) for row in rows} | {
        NOBODY: (visit_sums.THRESHOLD_S, visit_sums.SHORT_S)
    }


def uncounted(session: Session) -> set[UUID]:
    """The queues whose sums were made under other limits than theirs of today, or never."""
    table = table_of(CountedLimits)
    rows = session.execute(select(table.c.queue_id, table.c.threshold_s, table.c.short_s))
    counted = {row.queue_id: (row.threshold_s, row.short_s) for row in rows}
    return {queue_id for queue_id, limits in limits_now(session).items() if counted.get(queue_id) != limits}


# ------------------------------------------------------------------- summing up


def refresh(session: Session, span: Span | None = None) -> int:
    """Sum up again what has changed (in this stretch); how many quarter hours that were. Readers need not wait."""
    _alone(session)
    table = table_of(StaleQuarter)
    here = true() if span is None else within(table.c.quarter, [span])
    quarters = set(session.execute(delete(table).where(here).returning(table.c.quarter)).scalars())
    for hours in hours_of(_joined(sorted(quarters))):
        _sum_up(session, hours, None)
    return len(quarters)


def rebuild(session: Session, start: datetime, end: datetime, queue_ids: Collection[UUID] | None = None) -> None:
    """Sum up again what entered from ``start`` to ``end``, on hours; a day at a time keeps it quick."""
    _alone(session)
    if queue_ids is None:
        table = table_of(StaleQuarter)
        session.execute(delete(table).where(table.c.quarter >= start, table.c.quarter < end))
    _sum_up(session, (start, end), queue_ids)


def settle(session: Session, limits: Limits) -> bool:
    """All of these queues is summed up under these limits; False (and nothing said) where they are others by now."""
    now = limits_now(session)
    if any(now.get(queue_id) != counted for queue_id, counted in limits.items()):
        return False
    table = table_of(CountedLimits)
    session.execute(delete(table).where(table.c.queue_id.in_(list(limits))))
    rows = [{"queue_id": key, "threshold_s": counted[0], "short_s": counted[1]} for key, counted in limits.items()]
    session.execute(insert(table), rows)
    return True


def days(session: Session, queue_ids: Collection[UUID] | None = None) -> list[Span]:
    """The UTC days from the oldest visit or refusal (of these queues) to the newest, for ``rebuild``."""
    refused = QueueEvent.kind == QueueEventKind.REFUSED
    found: list[datetime] = []
    for column, condition in ((_V.entered_at, None), (QueueEvent.at, refused)):
        query = select(func.min(column), func.max(column))
        if condition is not None:
            query = query.where(condition)
        elif queue_ids is not None:
            query = query.where(of_queues(_V.queue_id, true(), queue_ids))
        found += [at for at in session.execute(query).one() if at is not None]
    if not found:
        return []
    first = min(found).replace(hour=0, minute=0, second=0, microsecond=0)
    number = (max(found) - first) // DAY + 1
    return [(first + day * DAY, first + (day + 1) * DAY) for day in range(number)]


def catch_up(database: Database, stopped: Callable[[], bool] = lambda: False) -> int:
    """Sum up what has changed, and all of the queues whose limits are others now; how many quarter hours that were.

    A day is a transaction: whoever stores events meanwhile waits for a fraction of a second, on a file. Until the last
    is done the visits themselves are read. What was stopped is begun again the next time.
    """
    with database.read(_WITHIN_S) as session:
        changed = session.execute(select(StaleQuarter.quarter).distinct()).scalars().all()
    done = 0
    for day in sorted({at - (at - _BEGINNING) % DAY for at in changed}):
        if stopped():
            return done
        with database.write(_WITHIN_S) as session:
            done += refresh(session, (day, day + DAY))
    with database.read(_WITHIN_S) as session:
        missing = uncounted(session)
        limits = {key: limit for key, limit in limits_now(session).items() if key in missing}
        spans = days(session, missing) if missing else []
    for span in spans:
        if stopped():
            return done
        with database.write(_WITHIN_S) as session:
            rebuild(session, *span, missing)
        done += (span[1] - span[0]) // QUARTER
    if limits:
        with database.write(_WITHIN_S) as session:
            settle(session, limits)
    return done


def all_at_once(session: Session) -> None:
    """Sum up everything in this transaction: of a database that nobody else has open yet."""
    if spans := days(session):
        rebuild(session, spans[0][0], spans[-1][1])
    settle(session, limits_now(session))


def _alone(session: Session) -> None:
    if on_server(session):
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        session.execute(text("SELECT set_config('work_mem', '64MB', true)"))  # a day's sums in memory, not on the disk


def _sum_up(session: Session, span: Span, queue_ids: Collection[UUID] | None) -> None:
    """Work out the sums of whole hours."""
    for column in (AGENT_HOUR.c.hour, QUEUE_QUARTER.c.quarter):
        table = column.table
        session.execute(delete(table).where(of_queues(table.c.queue_id, within(column, [span]), queue_ids)))
    if on_server(session):
        session.execute(_both_sums(span, queue_ids))
    else:
        for table in (AGENT_HOUR, QUEUE_QUARTER):
            made = visits_now(False, [span], queue_ids, table).subquery()
            session.execute(insert(table).from_select(_names(table), select(*_kept(made.c, table))))
    for table in (AGENT_HOUR, QUEUE_QUARTER):
        for row in session.execute(refusals(on_server(session), [span], queue_ids, table)).mappings():
            _add_refused(session, table, {name: row[name] for name in _names(table)})


def _kept(columns: Any, table: Table) -> list[Any]:
    """The columns of a table as they are stored in it."""
    found = [columns[name] for name in _names(table)]
    return [func.nullif(column, 0) if table is AGENT_HOUR and column.name in FIELDS else column for column in found]


def _both_sums(span: Span, queue_ids: Collection[UUID] | None) -> Any:
    """Both tables from one look at the visits: half the work on a server."""
    quarter, hour = (visit_sums.begins(True, _V.entered_at, step) for step in (visit_sums.QUARTER, visit_sums.HOUR))
    agent = _who_answered(text("'answered'"))
    both = func.grouping_sets(tuple_(hour, agent, _V.queue_id), tuple_(quarter, _V.queue_id))
    made = (
        select(
            func.grouping(agent).label("together"),
            quarter.label("quarter"),
            hour.label("hour"),
            func.coalesce(agent, _nobody()).label("agent_id"),
            func.coalesce(_V.queue_id, _nobody()).label("queue_id"),
            *visit_sums.of_visits(),
        )
        .select_from(_V)
        .outerjoin(Queue, Queue.id == _V.queue_id)
        .where(of_queues(_V.queue_id, within(_V.entered_at, [span]), queue_ids))
        .group_by(both)
        .cte("made")
    )
    agents, queues = (
        insert(table).from_select(_names(table), select(*_kept(made.c, table)).where(made.c.together == together))
        for together, table in enumerate((AGENT_HOUR, QUEUE_QUARTER))
    )
    return queues.add_cte(agents.cte("agents"))


def _who_answered(answered: Any) -> Any:
    return case((_V.result == answered, _V.agent_id))


def _names(table: Table) -> list[str]:
    return [column.name for column in table.c]


def _add_refused(session: Session, table: Table, row: dict[str, Any]) -> None:
    here = and_(*(table.c[name] == row[name] for name in _KEYS if name in row))
    done = session.execute(update(table).where(here).values(refused=row["refused"]))
    if not cast("CursorResult[Any]", done).rowcount:
        session.execute(insert(table).values(row))


# --------------------------------------------------------- from the visits as they are


def visits_now(
    server: bool, spans: Sequence[Stretch], queue_ids: Queues, table: Table, step: str | None = None
) -> Select[Any]:
    """The rows of a table of sums of what entered in ``spans`` and in these queues (None: all), but for refusals.

    ``server``: in the words of PostgreSQL. ``step``: by this, and not by the table's own.
    """
    query = (
        select(*_keys(server, table, _V.entered_at, _V.queue_id, step), *visit_sums.of_visits())
        .select_from(_V)
        .outerjoin(Queue, Queue.id == _V.queue_id)
        .where(of_queues(_V.queue_id, within(_V.entered_at, spans), queue_ids))
    )
    return query.group_by(*_first_columns(table))


def refusals(
    server: bool, spans: Sequence[Stretch], queue_ids: Queues, table: Table, step: str | None = None
) -> Select[Any]:
    """The same rows of those turned away."""
    at, queue_id = QueueEvent.at, QueueEvent.queue_id
    query = select(*_keys(server, table, at, queue_id, step, nobody=True), *visit_sums.of_refusals())
    # as the index says it
    query = query.where(text("kind = 'refused'"), of_queues(queue_id, within(at, spans), queue_ids))
    return query.group_by(*_first_columns(table))


def _keys(server: bool, table: Table, at: Any, queue_id: Any, step: str | None, *, nobody: bool = False) -> list[Any]:
    hourly = table is AGENT_HOUR
    begun = visit_sums.begins(server, at, step or (visit_sums.HOUR if hourly else visit_sums.QUARTER))
    who = _nobody() if nobody else func.coalesce(_who_answered(VisitResult.ANSWERED.value), _nobody())
    keys = [begun.label("hour" if hourly else "quarter"), func.coalesce(queue_id, _nobody()).label("queue_id")]
    return [keys[0], who.label("agent_id"), keys[1]] if hourly else keys


def _first_columns(table: Table) -> list[Any]:
    return [text(str(place)) for place in range(1, 4 if table is AGENT_HOUR else 3)]


# ------------------------------------------------------------------------ whether it is right


def wrong_sums(session: Session, start: datetime, end: datetime) -> int:
    """How many sums say something else than the visits of this time, from hour to hour.

    Sums that are known to be out of date are not looked at: nobody reads them.
    """
    changed = stale(session, start, end)
    spans = rest(start, end, changed)
    counted = set(limits_now(session)) - uncounted(session)
    if not spans or not counted:
        return 0
    found, server = 0, on_server(session)
    for column, looked in ((QUEUE_QUARTER.c.quarter, spans), (AGENT_HOUR.c.hour, rest(start, end, hours_of(changed)))):
        if not looked:
            continue
        table = column.table
        now = union_all(visits_now(server, looked, counted, table), refusals(server, looked, counted, table))
        made = select(table).where(of_queues(table.c.queue_id, within(column, looked), counted))
        places = [name for name in _KEYS if name in table.c]
        one, other = (
            select(*(rows.c[name] for name in places), *visit_sums.of_sums(rows))
            .group_by(*(rows.c[name] for name in places))
            .subquery()
            for rows in (now.subquery(), made.subquery())
        )
        differ = union_all(*(_without(one, other), _without(other, one))).subquery()
        rows = session.execute(select(*(differ.c[name] for name in places))).all()
        found += len({tuple(row) for row in rows})
    return found


def _without(one: Any, other: Any) -> Select[Any]:
    return select(except_(select(one), select(other)).subquery())


def rest(start: datetime, end: datetime, spans: Sequence[Span]) -> list[Span]:
    """What lies between these stretches, from ``start`` to ``end``."""
    begins = [start, *(span[1] for span in spans)]
    ends = [*(span[0] for span in spans), end]
    return [span for span in zip(begins, ends, strict=True) if span[0] < span[1]]


def within(column: Any, spans: Sequence[Stretch]) -> ColumnElement[bool]:
    """Whether a moment lies in one of these."""
    return or_(false(), *(and_(column >= start, column < end) for start, end in spans))


def of_queues(column: Any, condition: Any, queue_ids: Queues) -> Any:
    """A condition, and that the queue is one of these; NOBODY stands for none at all."""
    if queue_ids is None:
        return condition
    if isinstance(queue_ids, Named):
        ours, nobody = column.in_(queue_ids.ids()), queue_ids.nobody
    else:
        ours, nobody = column.in_(list(queue_ids)), NOBODY in queue_ids
    return and_(condition, or_(ours, column.is_(None)) if nobody else ours)


def _nobody() -> Any:
    return literal(NOBODY, UuidType())


def _joined(quarters: Iterable[datetime]) -> list[Span]:
    """Quarter hours, in order, as stretches."""
    spans: list[Span] = []
    for quarter in quarters:
        if spans and spans[-1][1] == quarter:
            spans[-1] = spans[-1][0], quarter + QUARTER
        else:
            spans.append((quarter, quarter + QUARTER))
    return spans
