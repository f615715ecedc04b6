"""Which report: what it lists, over which days of the site, by which step, of which queues and teams. No Qt."""

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

import msgspec

from agent_desktop.core.periods import Grain


class Kind(StrEnum):
    """What a line of the report is."""

    INTRADAY = "intraday"  # a quarter, half or whole hour
    DAYS = "days"  # a day, week or month
    QUEUES = "queues"
    TEAMS = "teams"
    AGENTS = "agents"
    CALLS = "calls"  # a figure of calls and customers
    ABANDONED = "abandoned"  # a caller who gave up, to be called back


class Span(StrEnum):
    """Days as people say them; ``DATES`` are the wish's own."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    THIS_WEEK = "this_week"
    LAST_WEEK = "last_week"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    DATES = "dates"


INTRADAY_GRAINS = (Grain.QUARTER, Grain.HALF, Grain.HOUR)
DAY_GRAINS = (Grain.DAY, Grain.WEEK, Grain.MONTH)
MOST_DAYS = 1_100
MOST_INTRADAY_DAYS = 62  # 6,000 quarter hours; as long for calls, each of which is read


class BadWish(ValueError):
    """No such report can be made; the text says why."""


class Wish(msgspec.Struct, frozen=True, omit_defaults=True):
    """One report. ``queues`` and ``teams`` empty: all; ``first`` and ``last`` only with ``Span.DATES``, both in it."""

    kind: Kind = Kind.INTRADAY
    span: Span = Span.TODAY
    grain: Grain = Grain.QUARTER
    queues: tuple[UUID, ...] = ()
    teams: tuple[UUID, ...] = ()
    first: date | None = None
    last: date | None = None

    @property
    def steps(self) -> tuple[Grain, ...]:
        """By which steps this kind of report can go; empty: it has none."""
        return {Kind.INTRADAY: INTRADAY_GRAINS, Kind.DAYS: DAY_GRAINS}.get(self.kind, ())

    def days(self, today: date) -> tuple[date, date]:
        """The first day and the one after the last; weeks begin on Monday. Raises BadWish."""
        first, end = _DAYS[self.span](self, today)
        if end <= first:
            raise BadWish("The last day lies before the first.")
        most = MOST_INTRADAY_DAYS if self.kind in (Kind.INTRADAY, Kind.CALLS) else MOST_DAYS
        if (end - first).days > most:
            raise BadWish(f"This report goes over {most} days at most.")
        return first, end


def fitting(wish: Wish) -> Wish:
    """The wish with a step that its kind can go by."""
    if wish.steps and wish.grain not in wish.steps:
        return msgspec.structs.replace(wish, grain=wish.steps[0])
    return wish


def _this_month(today: date) -> tuple[date, date]:
    first = today.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)


def _last_month(today: date) -> tuple[date, date]:
    end = today.replace(day=1)
    return (end - timedelta(days=1)).replace(day=1), end


def _week(today: date, weeks: int) -> tuple[date, date]:
    monday = today - timedelta(days=today.weekday() - 7 * weeks)
    return monday, monday + timedelta(days=7)


def _dates(wish: Wish) -> tuple[date, date]:
    if wish.first is None or wish.last is None:
        raise BadWish("The first and the last day are to be said.")
    return wish.first, wish.last + timedelta(days=1)


_DAY = timedelta(days=1)
_DAYS: dict[Span, Callable[[Wish, date], tuple[date, date]]] = {
    Span.TODAY: lambda _wish, today: (today, today + _DAY),
    Span.YESTERDAY: lambda _wish, today: (today - _DAY, today),
    Span.THIS_WEEK: lambda _wish, today: _week(today, 0),
    Span.LAST_WEEK: lambda _wish, today: _week(today, -1),
    Span.THIS_MONTH: lambda _wish, today: _this_month(today),
    Span.LAST_MONTH: lambda _wish, today: _last_month(today),
    Span.DATES: lambda wish, _today: _dates(wish),
}
