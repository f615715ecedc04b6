"""The rows of a report: a stretch of days cut into quarter hours, hours, days, weeks or months of the site's clock."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec

from agent_desktop.core.intervals import INTERVAL, SiteDay
from agent_desktop.data.tally_rows import Group as Group

GROUPS = tuple(Group)


class Grain(StrEnum):
    """How long a row of a report is."""

    QUARTER = "quarter"
    HALF = "half"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"  # from Monday
    MONTH = "month"


_WITHIN_A_DAY = {Grain.QUARTER: 1, Grain.HALF: 2, Grain.HOUR: 4}


class Period(msgspec.Struct, frozen=True):
    """From ``start`` up to, not including, ``end``, both aware UTC.

    ``label``: the clock's time within a day (``02:15 CEST`` where it comes twice), else ``2026-11-22``, ``2026-W47``,
    ``2026-11``. A week or month that begins or ends outside the days asked for is cut, and so has ``whole`` False.
    """

    start: datetime
    end: datetime
    day: date  # the local date it begins on
    label: str
    whole: bool = True


def periods(first: date, last: date, grain: Grain, zone: ZoneInfo) -> tuple[Period, ...]:
    """The days from ``first`` to ``last``, both included, cut by ``grain`` without a gap; none if ``last`` is before.

    Days last as long as the clock says: 23 hours in spring, 25 in autumn. Within a day time is counted in elapsed
    quarter hours since midnight, so a repeated hour has rows of its own.
    """
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    if grain in _WITHIN_A_DAY:
        return tuple(part for day in days for part in _parts(SiteDay(day, zone), _WITHIN_A_DAY[grain]))
    return tuple(_together(days, grain, zone))


def bounds(cut: Iterable[Period]) -> tuple[datetime, ...]:
    """Where periods that follow each other begin, and where the last one ends: what ``rollups.tallies`` takes."""
    found = tuple(cut)
    return (*(period.start for period in found), found[-1].end) if found else ()


def _parts(day: SiteDay, quarters: int) -> Iterator[Period]:
    for index in range(0, day.count, quarters):
        end = min(day.end, day.starts_at(index) + quarters * INTERVAL)
        yield Period(day.starts_at(index), end, day.date, day.label(index))


def _together(days: list[date], grain: Grain, zone: ZoneInfo) -> Iterator[Period]:
    start = 0
    for index, day in enumerate(days):
        if index + 1 < len(days) and _label(days[index + 1], grain) == _label(day, grain):
            continue
        first, last = days[start], day
        whole = _label(first - timedelta(days=1), grain) != _label(first, grain)
        whole = whole and _label(last + timedelta(days=1), grain) != _label(last, grain)
        begin, end = SiteDay(first, zone).start, SiteDay(last, zone).end
        yield Period(begin.astimezone(UTC), end.astimezone(UTC), first, _label(first, grain), whole)
        start = index + 1


def _label(day: date, grain: Grain) -> str:
    if grain is Grain.DAY:
        return day.isoformat()
    if grain is Grain.MONTH:
        return f"{day:%Y-%m}"
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"
