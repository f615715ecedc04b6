"""Colleagues' shifts of today, as they stand in the database, in the time of the practice day."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from agent_desktop import clock, data
from agent_desktop.core.metrics import Planned, Span
from agent_desktop.core.shifts import shift_kept
from agent_desktop.core.site_zone import zone_of
from agent_desktop.practice.plan import Stint

_AROUND = timedelta(hours=16)
Shifts = Mapping[UUID, tuple[Span, ...]]


def shifts_around_now(session: Any, zone_name: str) -> Shifts | None:
    """What is planned for everybody; None: nobody plans here."""
    zone, now = zone_of(zone_name), clock.now()
    first, last = ((now + ahead).astimezone(zone).date() for ahead in (-_AROUND, _AROUND))
    rows = data.shifts.shifts(session, first, last)
    if not rows:
        return None
    found = shift_kept.spans(rows, zone, now - _AROUND, now + _AROUND)
    return {who: tuple(spans) for who, spans in found.items()}


def in_day_time(shifts: Shifts | None, ahead_us: int) -> Mapping[UUID, tuple[Stint, ...]] | None:
    """``ahead_us``: how far the day's time is ahead of the clock's."""
    if shifts is None:
        return None
    return {who: tuple(_stint(span, ahead_us) for span in spans) for who, spans in shifts.items()}


def _stint(span: Span, ahead_us: int) -> Stint:
    first, last = (clock.to_us(moment) + ahead_us for moment in (span.start, span.end))
    return Stint(first, last, span.kind is Planned.BREAK)
