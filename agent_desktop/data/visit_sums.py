"""The fields of a tally as SQL, summed over visits or over what has been summed already."""

from functools import cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, cast, func, literal, text, type_coerce

from agent_desktop.data.base import UtcTime
from agent_desktop.data.models import Queue, QueueVisit
from agent_desktop.data.models.figures import FIELDS
from agent_desktop.data.words import ExitReason, VisitResult

THRESHOLD_S, SHORT_S = 20, 5  # of visits in no known queue
QUARTER, HOUR = "15 minutes", "1 hour"  # as PostgreSQL says them
_LASTS_US = {QUARTER: 900_000_000, HOUR: 3_600_000_000}
_V = QueueVisit


@cache  # columns without values: made once
def of_visits() -> tuple[ColumnElement[Any], ...]:
    """Each field over visits joined (outer) with their queues, in order, and the longest wait (NULL: none is known)."""
    answered, abandoned = _V.result == VisitResult.ANSWERED, _V.result == VisitResult.ABANDONED
    exited, timed = _V.result == VisitResult.EXITED, _V.wait_us.is_not(None)
    in_time = _V.wait_us <= func.coalesce(Queue.sl_threshold_s, THRESHOLD_S) * 1_000_000
    short = _V.wait_us <= func.coalesce(Queue.short_abandon_s, SHORT_S) * 1_000_000
    handled = and_(answered, _V.talk_us.is_not(None))

    def number(*conditions: Any) -> Any:
        return func.count().filter(*conditions)

    def total(what: Any, *conditions: Any) -> Any:
        return _whole(func.sum(what).filter(*conditions))

    def left_by(reason: ExitReason) -> Any:
        return number(exited, _V.exit_reason == reason)

    by_name = {
        "entered": func.count(),
        "answered": number(answered),
        "answered_in_time": number(answered, in_time),
        "abandoned": number(abandoned),
        "abandoned_in_time": number(abandoned, in_time),
        "abandoned_short": number(abandoned, short),
        "exited": number(exited),
        "unresolved": number(_V.result == VisitResult.UNRESOLVED),
        "refused": literal(0),
        "timed_answers": number(answered, timed),
        "timed_abandons": number(abandoned, timed),
        "wait_answered_us": total(_V.wait_us, answered),
        "wait_abandoned_us": total(_V.wait_us, abandoned),
        "wait_exited_us": total(_V.wait_us, exited),
        "handled": number(handled),
        "talk_us": total(_V.talk_us, handled),
        "hold_us": total(_V.hold_us, handled),
        "wrap_us": total(_V.wrap_us, handled),
        "transferred": number(answered, _V.ended_by == "transfer"),
        "timed_out": left_by(ExitReason.TIMEOUT),
        "left_by_key": left_by(ExitReason.KEY),
        "found_empty": left_by(ExitReason.EMPTY),
        "withdrawn": left_by(ExitReason.WITHDRAWN),
    }
    return (*(by_name[name].label(name) for name in FIELDS), func.max(_V.wait_us).label("max_wait_us"))


@cache
def of_refusals() -> tuple[ColumnElement[Any], ...]:
    """The same of events that say that somebody was turned away."""
    numbers = [(func.count() if name == "refused" else literal(0)).label(name) for name in FIELDS]
    return (*numbers, cast(literal(None), BigInteger).label("max_wait_us"))


def of_sums(table: Any) -> list[ColumnElement[Any]]:
    """The same over sums made before: a table or query with the fields."""
    fields = [_whole(func.sum(table.c[name])).label(name) for name in FIELDS]
    return [*fields, func.max(table.c.max_wait_us).label("max_wait_us")]


def begins(server: bool, at: Any, step: str) -> Any:
    """When the UTC quarter hour, or hour, began that a moment lies in; in PostgreSQL's words or SQLite's."""
    if server:
        # Constants, not values: said twice in a statement it is the same.
        return func.date_bin(text(f"interval '{step}'"), at, text("timestamptz 'epoch'"), type_=UtcTime())
    plain = cast(at, BigInteger)
    return type_coerce(plain - plain % _LASTS_US[step], UtcTime())


def _whole(total: Any) -> Any:
    """A sum of integers as one (PostgreSQL makes a numeric of it), nothing being 0."""
    return cast(func.coalesce(total, 0), BigInteger)
