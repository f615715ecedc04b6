"""A report read from the database: on the browse lane of a desktop, or by the collector. No Qt."""

import contextlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from agent_desktop import data
from agent_desktop.core import callbacks, report_calls
from agent_desktop.core.intervals import SiteDay
from agent_desktop.core.periods import Group, bounds, periods
from agent_desktop.core.report_wish import Kind, Wish, fitting
from agent_desktop.core.reports import NO_TEAM, NOTHING, Counted, Line, Maker, Report, Site, Window, title
from agent_desktop.core.shifts import shift_kept
from agent_desktop.data.agent_time_rows import AgentTime
from agent_desktop.data.callback_rows import CallBack

DAY_LONG = timedelta(days=1)


def fetch(session: Any, wish: Wish, zone: ZoneInfo, now: datetime, made_at: datetime | None = None) -> Report:
    """Count a report anew, as this login may see it. ``now`` (aware UTC) is the moment that "yesterday" and others
    begin from, and up to which is counted; ``made_at`` when that was done, if later. Raises BadWish, DatabaseTrouble.
    """
    wish = fitting(wish)
    first, end_day = wish.days(now.astimezone(zone).date())
    window = Window(SiteDay(first, zone).start, SiteDay(end_day, zone).start, now)
    maker = Maker(wish, _site(session, zone), window)
    lines, counted = _lines(session, maker)
    waiting: tuple[CallBack, ...] = ()
    if wish.kind is Kind.ABANDONED:
        ids = [queue.id for queue in maker.queues] if wish.queues else None
        waiting = callbacks.fetch(session, window.start, min(window.end, now), maker.site.queues, ids)
    settings = data.queue_settings.version(session)
    whole = maker.whole(counted)
    return Report(
        wish=wish,
        title=_title(maker),
        lines=lines,
        whole=whole,
        start=window.start,
        end=window.end,
        made_at=made_at or now,
        site=maker.site,
        queues=maker.queues,
        settings=settings,
        changes=data.queue_settings.changes(session, window.start, window.end),
        callbacks=waiting,
        calls=report_calls.fetch(session, maker, whole) if wish.kind is Kind.CALLS else (),
    )


def _lines(session: Any, maker: Maker) -> tuple[tuple[Line, ...], tuple[Counted, ...]]:
    wish, window, zone = maker.wish, maker.window, maker.site.zone
    ids = [queue.id for queue in maker.queues] if wish.queues else None
    whole = (window.start, window.end)
    if wish.kind in (Kind.INTRADAY, Kind.DAYS):
        first, end_day = wish.days(window.now.astimezone(zone).date())
        cut = periods(first, end_day - DAY_LONG, wish.grain, zone)
        cells = data.rollups.tallies(session, bounds(cut), Group.QUEUE, queue_ids=ids)
        counted = tuple(Counted(cell.starts_at, cell.key, cell.tally, None, cell.max_wait_us) for cell in cells)
        return maker.by_period(counted, cut), counted
    if wish.kind in (Kind.QUEUES, Kind.CALLS, Kind.ABANDONED):
        cells = data.rollups.tallies(session, whole, Group.QUEUE, queue_ids=ids)
        counted = tuple(Counted(None, cell.key, cell.tally, None, cell.max_wait_us) for cell in cells)
        return maker.by_queue(counted) if wish.kind is Kind.QUEUES else (), counted
    cells = data.rollups.tallies(session, whole, Group.AGENT, queue_ids=ids)
    # What somebody does is not of one queue: a report of some queues says nothing of it.
    times = {} if ids else _times(session, window, zone)
    counted = tuple(
        Counted(None, None, cell.tally, cell.key, cell.max_wait_us, times.pop(cell.key, None) if cell.key else None)
        for cell in cells
    )
    counted += tuple(
        Counted(None, None, NOTHING, who, None, time)
        for who, time in times.items()
        if time.signed_in_us or time.planned_us
    )
    if wish.kind is Kind.TEAMS:
        counted = maker.of_teams(_by_team(counted, maker.site))
        return maker.by_team(counted), counted
    counted = maker.of_teams(counted)
    return maker.by_agent(counted), counted


def _times(session: Any, window: Window, zone: ZoneInfo) -> dict[UUID, AgentTime]:
    """What everybody did, and how those with a plan kept to it."""
    end = min(window.end, window.now)
    found = dict(data.agent_times.times(session, window.start, end))
    for who, kept in shift_kept.times(session, window.start, end, zone).items():
        found[who] = found.get(who, AgentTime()) + kept
    return found


def _by_team(counted: Iterable[Counted], site: Site) -> tuple[Counted, ...]:
    """Each with the team its agent is in today."""

    def team(agent_id: UUID | None) -> UUID | None:
        row = site.agents.get(agent_id) if agent_id else None
        return (row.team_id or NO_TEAM) if row else agent_id and NO_TEAM

    return tuple(msgspec.structs.replace(cell, who=team(cell.who)) for cell in counted)


def _site(session: Any, zone: ZoneInfo) -> Site:
    queues = data.queues.queues(session, active_only=False)
    watched = data.queues.watched(session)
    agents = data.agents.agents(session, active_only=False)
    return Site(
        name=data.site.site(session).name,
        zone=zone,
        queues={row.id: row for row in queues if watched is None or row.id in watched},
        agents={row.id: row for row in agents},
        teams={row.id: row for row in data.agents.teams(session)},
    )


def _title(maker: Maker) -> str:
    names = [queue.label for queue in maker.queues] if maker.wish.queues else []
    names += [row.name for key, row in maker.site.teams.items() if key in maker.wish.teams]
    return ": ".join(part for part in (title(maker.wish.kind), ", ".join(names)) if part)


def site_zone(session: Any) -> ZoneInfo:
    """The zone that the site's days are counted in; the computer's own where none is said, or it does not know it."""
    name = data.site.site(session).time_zone
    with contextlib.suppress(ValueError, OSError, ZoneInfoNotFoundError):
        if name:
            return ZoneInfo(name)
    from agent_desktop.core.site_zone import zone_of  # asks Qt, which a service should not need

    return zone_of(name)
