"""Weeks of the demo company's queues before today, as busy as today is, for forecasts, reports and looking back."""

import json
from datetime import timedelta

from agent_desktop.data import models
from agent_desktop.data.feed import PRESENCE_AFTER
from agent_desktop.data.seed_centre import CentreDay, Event, Person, arrivals, sign_in, sign_out, stranger, visit
from agent_desktop.data.seed_world import DAY_US, World
from agent_desktop.data.words import Presence
from agent_desktop.data.words import QueueEventKind as Kind

SOURCE = "seed-past"
_RECORDED_DAYS = 7  # of which every call is known; of those before only the ones of customers
_KNOWN = 0.3  # of the others' callers: a customer does not call every day
_ENDS = (Kind.COMPLETED, Kind.TRANSFERRED)  # wrap-up begins at the same moment
_PRESENCE = {kind: after for kind, after in PRESENCE_AFTER.items() if kind not in _ENDS}


def make_past_day(world: World, back: int) -> None:
    """The company's day so many days ago; ``world.callers``, who called on it, are among its callers."""
    date = world.company_clock.today - timedelta(days=back)
    midnight = world.company_clock.us(date)
    day = CentreDay(world, date, midnight, midnight + world.pattern.opens_s * 1_000_000, midnight + DAY_US)
    sign_in(day, {agent: shift for (agent, on), shift in world.shifts.items() if on == date})
    moments = arrivals(day)
    customers = _shared_out(world, len(moments))
    for place, at in enumerate(moments):
        caller = customers.get(place)
        if caller is None and back <= _RECORDED_DAYS:
            caller = stranger(world, _KNOWN)
        visit(day, at, caller, recorded=caller is not None)
    sign_out(day)
    _write(world, day)


def _shared_out(world: World, calls: int) -> dict[int, Person]:
    """Which of the day's calls are those of customers who called."""
    callers, world.callers = world.callers[:calls], []
    return dict(zip(world.rng.sample(range(calls), len(callers)), callers, strict=True))


def _write(world: World, day: CentreDay) -> None:
    present: dict[bytes, Presence] = {}
    for event in sorted(day.events, key=lambda event: event[0]):
        at, kind, queue, visited, agent, linked, data = event
        world.told += 1
        said = json.dumps(data) if data else "{}"
        world.add(models.QueueEvent, SOURCE, world.told, at, kind.value, queue, visited, linked, agent, said)
        if agent is not None:
            _keep_presence(world, event, agent, present)
    for row in day.visits:
        world.add(models.QueueVisit, *row)


def _keep_presence(world: World, event: Event, agent: bytes, present: dict[bytes, Presence]) -> None:
    """As it follows from events one by one."""
    at, kind, data = event[0], event[1], event[6]
    now = present.get(agent, Presence.OFFLINE)
    on_hold = False
    if kind is Kind.MEMBER_ADDED and now is Presence.OFFLINE:
        after = Presence.READY
    elif kind is Kind.MEMBER_REMOVED and now is not Presence.OFFLINE:
        after = Presence.OFFLINE
    elif kind in _PRESENCE:
        after, on_hold = _PRESENCE[kind]
    else:
        return
    present[agent] = after
    reason = data.get("reason", "") if after is Presence.PAUSED else ""
    world.add(models.PresenceSpan, agent, at, after.value, reason, on_hold, SOURCE)
